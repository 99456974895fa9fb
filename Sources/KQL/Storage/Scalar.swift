// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One value: a literal, a folded constant, or a cell of a result. Never used per row in a kernel.
package enum Scalar: Sendable {
  case null(ScalarType)
  case bool(Bool)
  case int(Int32)
  case long(Int64)
  case real(Double)
  case decimal(Double)
  case string(String)
  /// Ticks of 100 ns since 0001-01-01.
  case datetime(Int64)
  /// Ticks of 100 ns.
  case timespan(Int64)
  case guid(String)
  case dynamic(JSONValue)

  package var type: ScalarType {
    switch self {
    case .null(let type): type
    case .bool: .bool
    case .int: .int
    case .long: .long
    case .real: .real
    case .decimal: .decimal
    case .string: .string
    case .datetime: .datetime
    case .timespan: .timespan
    case .guid: .guid
    case .dynamic: .dynamic
    }
  }

  package var isNull: Bool {
    switch self {
    case .null: true
    case .dynamic(let value): value.isNull
    default: false
    }
  }

  /// An integer, where the value is one.
  package var int64: Int64? {
    switch self {
    case .int(let value): Int64(value)
    case .long(let value), .datetime(let value), .timespan(let value): value
    default: nil
    }
  }

  package var double: Double? {
    switch self {
    case .real(let value), .decimal(let value): value
    default: int64.map(Double.init)
    }
  }

  package var string: String? {
    switch self {
    case .string(let value), .guid(let value): value
    default: nil
    }
  }

  /// The value as Kusto prints it.
  package var text: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .long(let value): String(value)
    case .real(let value), .decimal(let value): NumberText.format(value)
    case .string(let value), .guid(let value): value
    case .datetime(let ticks): DateTime.text(ticks)
    case .timespan(let ticks): TimeSpan.text(ticks)
    case .dynamic(let value): value.isNull ? "" : value.string ?? value.text
    }
  }
}
