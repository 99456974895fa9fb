// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL

/// What the engine says, as `plumb query --format json` prints it.
enum Answer {
  struct NoEngine: Error {}
  static func json(to query: String) throws -> JSONDocument { throw NoEngine() }
}
