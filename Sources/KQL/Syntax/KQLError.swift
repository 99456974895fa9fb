// SPDX-License-Identifier: Apache-2.0

/// Why a query cannot be parsed, bound or run, and where in its text.
package struct KQLError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case syntax, unknownName, unknownFunction, type, arguments, notSupported, limit, cancelled, execution, data
  }

  package let code: Code
  package let message: String
  /// A name that may have been meant.
  package let suggestion: String?
  /// Line and column (in characters) from 1; 0 where no place is known.
  package private(set) var line: Int
  package let column: Int
  /// The line of the query and the length of the part meant, for the caret.
  package let source: String
  package let length: Int
  /// The stored function whose text line and column count in, where it is not that of the query.
  var function: String?
  /// Further errors of the same query, in order.
  package var others: [KQLError] = []

  package init(_ code: Code, _ message: String, suggestion: String? = nil) {
    self.code = code
    self.message = message
    self.suggestion = suggestion
    line = 0
    column = 0
    source = ""
    length = 0
  }

  init(_ code: Code, _ message: String, _ range: Range<Int>, in bytes: [UInt8], suggestion: String? = nil) {
    self.code = code
    self.message = message
    self.suggestion = suggestion
    let start = min(range.lowerBound, bytes.count)
    let lineStart = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    line = bytes[..<start].count { $0 == 0x0A } + 1
    column = String(decoding: bytes[lineStart..<start], as: UTF8.self).count + 1
    source = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
    length = max(1, String(decoding: bytes[start..<max(start, min(range.upperBound, lineEnd))], as: UTF8.self).count)
  }

  /// The error as one within the text of a stored function, which was read with a line before it.
  func inside(_ function: String) -> KQLError {
    guard self.function == nil else { return self }
    var error = self
    error.function = function
    error.line = max(0, line - 1)
    error.others = others.map { $0.inside(function) }
    return error
  }

  /// The message with its place, the line of the query and a caret under the part meant.
  package var description: String {
    var text = function.map { "in the function '\($0)', " } ?? ""
    text += line > 0 ? "line \(line), column \(column): \(message)" : message
    if let suggestion { text += "; did you mean '\(suggestion)'?" }
    if line > 0 {
      let lead = source.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      text += "\n  \(source)\n  \(lead)\(String(repeating: "^", count: min(length, 80)))"
    }
    return ([text] + others.map(\.description)).joined(separator: "\n")
  }
}
