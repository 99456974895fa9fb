// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL

/// What the engine says, as `plumb query --format json` prints it.
enum Answer {
  static func json(to query: String) throws -> JSONDocument {
    // The suite asks nothing of the clock; a time in 2026 keeps now() sensible.
    let now: Int64 = 638_712_864_000_000_000
    let result = try Query(query, catalog: Catalog()).run(now: now, maxRows: 5_000_000, timeLimit: .seconds(20))
    return try JSONDocument(parsing: result.json())
  }
}
