// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL

/// Runs queries for the tests.
enum Ask {
  static let now: Int64 = 638_712_864_000_000_000

  static func result(_ query: String, catalog: Catalog = Catalog()) throws -> QueryResult {
    try Query(query, catalog: catalog).run(now: now, maxRows: 100_000, timeLimit: .seconds(60))
  }

  /// `name:type, ...`
  static func columns(_ query: String) throws -> String {
    try Query(query, catalog: Catalog()).schema.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: ", ")
  }

  /// The rows as compact JSON.
  static func rows(_ query: String) throws -> String {
    try JSONDocument(parsing: result(query).json()).root["rows"]?.text ?? ""
  }

  /// The first cell as compact JSON.
  static func cell(_ expression: String) throws -> String {
    try JSONDocument(parsing: result("print " + expression).json()).root["rows"]?[0]?[0]?.text ?? ""
  }

  static func error(_ query: String, catalog: Catalog = Catalog()) -> KQLError? {
    do throws(KQLError) {
      _ = try Query(query, catalog: catalog)
      return nil
    } catch {
      return error
    }
  }
}
