// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Chance, checks, where the query runs, and what else is no function of its arguments alone.
extension Functions {
  private static func drawn(
    _ name: String, _ signature: String, _ meaning: String, arity: ClosedRange<Int>, _ type: ScalarType,
    _ body: @escaping @Sendable (Scalar?) -> Scalar
  ) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: signature, meaning: meaning, naming: .numbered, arity: arity, parameters: [.long],
      resultType: { _ in type }
    ) { vectors, count, _ in
      var builder = ColumnBuilder(type)
      for row in 0..<count { builder.append(body(vectors.first?[row])) }
      return Vector(builder.finish())
    }
  }

  private static func fixed(_ name: String, _ meaning: String, _ value: Scalar) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "\(name)()", meaning: meaning, naming: .numbered, arity: 0...0, parameters: [],
      resultType: { _ in value.type }
    ) { _, _, _ in Vector(constant: value) }
  }

  /// Names that Kusto has for what a query engine over files cannot give, with the reason.
  static let unsupported: [String: String] = [
    "cursor_after": "database cursors", "cursor_before_or_at": "database cursors", "cursor_current": "database cursors",
    "current_principal_is_member_of": "a directory of users", "materialized_view": "materialized views",
    "external_table": "external tables", "stored_query_result": "stored results", "graph": "stored graphs",
    "entity_group": "entity groups", "ai_embed_text": "a model", "ai_chat_completion": "a model",
  ]

  static let environment: [ScalarFunction] = [
    drawn(
      "rand", "rand(n)", "A random number from 0 to 1, or a random whole number below n.", arity: 0...1, .real
    ) { limit in
      guard let limit = limit?.int64, limit > 1 else { return .real(Double.random(in: 0..<1)) }
      return .real(Double(Int64.random(in: 0..<limit)))
    },
    drawn("new_guid", "new_guid()", "A random GUID.", arity: 0...0, .guid) { _ in
      var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
      bytes[6] = bytes[6] & 0x0F | 0x40
      bytes[8] = bytes[8] & 0x3F | 0x80
      let digits = Array(JSONDigest.hex(bytes))
      return .guid([0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-"))
    },
    fixed("current_database", "The name of the database: there is one here.", .string("NetDefaultDB")),
    fixed("current_cluster_endpoint", "Where the query runs: here.", .string("localhost")),
    fixed("current_principal", "Who asks; Plumbline does not tell.", .string("<null identity>")),
    fixed("current_principal_details", "Who asks, as a bag; Plumbline does not tell.", bag([])),
    fixed("extent_id", "The extent a row lies in; null, as tables here do not tell.", .null(.guid)),
    fixed("extent_tags", "The tags of a row's extent; there are none.", array([])),
    cells(
      "assert", "assert(condition, message)", "True, or an error with the message where the condition does not hold.",
      arity: 2...2, [.bool, .string], .bool
    ) { values in
      guard case .bool(true) = values[0] else { throw KQLError(.execution, "assert: \(values[1].text)") }
      return .bool(true)
    },
    cells(
      "hash_combine", "hash_combine(h1, h2, ...)",
      "One hash of several: the xxHash64 of their bytes. Kusto combines them in an unpublished way.", arity: 2...64,
      [.long], .long
    ) { values in
      if values.contains(where: \.isNull) { return .null(.long) }
      return .long(Int64(bitPattern: XXHash64.hash(values.flatMap(hashBytes))))
    },
    cells(
      "hash_many", "hash_many(a, b, ...)",
      "One hash of several values: hash_combine() of the hash of each.", arity: 2...64, [nil], .long
    ) { values in
      let hashes = values.flatMap { value in
        withUnsafeBytes(of: XXHash64.hash(hashBytes(value)).littleEndian) { Array($0) }
      }
      return .long(Int64(bitPattern: XXHash64.hash(hashes)))
    },
    perUnit(
      "week_of_year", "week_of_year(date)", "The ISO 8601 week of the year.", arity: 1...1, [.datetime], .long,
      unit: { _ in DateTime.ticksPerDay }
    ) {
      guard case .datetime(let ticks) = $0[0] else { return .null(.long) }
      return .long(Int64(isoWeek(ticks)))
    },
    cells(
      "datetime_list_timezones", "datetime_list_timezones()", "The names of the time zones known here, sorted.",
      arity: 0...0, [], .dynamic
    ) { _ in array(TimeZoneRules.names.map { Scalar.string($0).json }) },
    cells(
      "welch_test", "welch_test(mean1, variance1, count1, mean2, variance2, count2)",
      "The two-sided p-value of Welch's t-test.", arity: 6...6, [.real], .real
    ) { values in
      let x = values.map { $0.double ?? .nan }
      let (a, b) = (x[1] / x[2], x[4] / x[5])
      guard a + b > 0, x[2] > 1, x[5] > 1 else { return .real(.nan) }
      let t = (x[0] - x[3]) / (a + b).squareRoot()
      let freedom = (a + b) * (a + b) / (a * a / (x[2] - 1) + b * b / (x[5] - 1))
      return .real(incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5))
    },
    cells(
      "treepath", "treepath(value)", "The paths to all members and elements of a dynamic value.", arity: 1...1,
      [.dynamic], .dynamic
    ) { values in
      guard let root = value(values[0]), root.kind == .object || root.kind == .array else { return .null(.dynamic) }
      var paths: [String] = []
      var met: Set<String> = []
      func add(_ path: String) { if met.insert(path).inserted { paths.append(path) } }
      func visit(_ value: JSONValue, _ path: String) {
        guard paths.count < 100_000 else { return }
        if value.kind == .object {
          for (key, member) in value.members {
            let here = "\(path)['\(key.string ?? "")']"
            add(here)
            visit(member, here)
          }
        } else if value.kind == .array {
          // All elements are told as one, the first.
          for element in value.elements {
            add(path + "[0]")
            visit(element, path + "[0]")
          }
        }
      }
      visit(root, "")
      return array(paths.map { Scalar.string($0).json })
    },
    cells(
      "to_utf8", "to_utf8(text)", "The code points of a text as an array.", arity: 1...1, [.string], .dynamic
    ) { array($0[0].text.unicodeScalars.map { Scalar.long(Int64($0.value)).json }) },
  ]
}
