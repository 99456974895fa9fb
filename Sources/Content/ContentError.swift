// SPDX-License-Identifier: Apache-2.0

/// A place in a content file; lines and columns count from 1.
package struct ContentLocation: Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let line: Int?
  package let column: Int?

  package init(path: String, line: Int? = nil, column: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// `path:line:column`, as far as they are known.
  package var description: String {
    [path, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }
}

/// Why a content file cannot be used, and where in it.
package struct ContentError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unreadable, tooLarge, syntax, duplicateKey, unknownKey, missingKey, wrongType, invalidValue
  }

  package let code: Code
  package let message: String
  package let location: ContentLocation

  package init(_ code: Code, _ message: String, at location: ContentLocation) {
    self.code = code
    self.message = message
    self.location = location
  }

  package var description: String { "\(location): \(message)" }
}
