// SPDX-License-Identifier: Apache-2.0

/// The scalar types of Kusto.
package enum ScalarType: String, Sendable, CaseIterable {
  case bool, int, long, real, decimal, string, datetime, timespan, guid, dynamic

  package var isNumeric: Bool {
    switch self {
    case .int, .long, .real, .decimal: true
    default: false
    }
  }

  /// A type by any of the names that Kusto accepts for it.
  package init?(name: String) {
    switch name {
    case "bool", "boolean": self = .bool
    case "int", "int32": self = .int
    case "long", "int64": self = .long
    case "real", "double", "float": self = .real
    case "decimal": self = .decimal
    case "string": self = .string
    case "datetime", "date": self = .datetime
    case "timespan", "time": self = .timespan
    case "guid", "uuid", "uniqueid": self = .guid
    case "dynamic": self = .dynamic
    default: return nil
    }
  }
}
