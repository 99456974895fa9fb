// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A shell script beside a moto server of its own, and the files that it left behind.
struct MotoRun {
  let program: Run
  private let files: [String: String]

  /// - Parameters:
  ///   - script: bash; has PLUMB, PYTHON, WORK (a folder) and the server's address and keys.
  ///   - tools: files in WORK, by name.
  ///   - checked: whether the server is able to check signatures; `reset-auth` turns it on.
  init(_ script: String, tools: [String: String] = [:], checked: Bool = false) throws {
    let work = scratch()
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    for (name, text) in tools { try text.write(toFile: "\(work)/\(name)", atomically: true, encoding: .utf8) }
    let environment = [
      "WORK": work, "PLUMB": plumb, "PYTHON": python, "PYTHONPATH": work, "HOME": work,
    ]
    let arguments = ["Scripts/moto.py"] + (checked ? ["--free-calls", "1000000"] : [])
    program = try run(python, arguments + ["run", "bash", "-c", "set -e\n" + script], environment)
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: work) {
      files[name] = try? String(contentsOfFile: "\(work)/\(name)", encoding: .utf8)
    }
    self.files = files
  }

  subscript(file: String) -> String { files[file]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "" }
  func lines(_ file: String) -> Set<String> { Set(self[file].split(whereSeparator: \.isNewline).map(String.init)) }
}
