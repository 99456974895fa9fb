// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Scripts over a store of their own.
enum TableShell {
  /// Runs bash with PLUMB and WORK; `ingest`, `ask` and `table` work on a store in WORK.
  static func run(_ script: String) throws -> Run {
    let work = scratch()
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let prelude = """
      set -u; cd "$WORK"
      ingest() { "$PLUMB" ingest --data "$WORK/data" "$@"; }
      ask() { "$PLUMB" query --data "$WORK/data" --format csv "$1" | tail -n +2 | tr -d '\\r'; }
      table() { "$PLUMB" table "$1" --data "$WORK/data" "${@:2}"; }
      # Waits until a command succeeds.
      await() { for _ in $(seq 1 400); do "$@" && return 0; sleep 0.05; done; echo "waited in vain for: $*"; return 1; }

      """
    return try CommandTests.run("/bin/bash", ["-c", prelude + script], ["WORK": work, "PLUMB": plumb, "HOME": work])
  }
}
