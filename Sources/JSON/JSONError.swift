// SPDX-License-Identifier: Apache-2.0

/// Why a text is not an acceptable JSON document, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unexpectedEnd, unexpectedCharacter, invalidNumber, invalidEscape, loneSurrogate, controlCharacter, invalidUTF8,
      duplicateKey, tooDeep, tooLarge, trailingContent
  }

  package let code: Code
  /// Offset of the offending byte, from 0.
  package let offset: Int
  /// Line and column (in bytes) of that byte, from 1.
  package let line: Int
  package let column: Int
  package let detail: String

  package var description: String { "\(detail) at byte \(offset) (line \(line), column \(column))" }

  init(_ code: Code, _ offset: Int, _ detail: String, in bytes: UnsafeBufferPointer<UInt8>) {
    self.code = code
    self.offset = offset
    self.detail = detail
    var line = 1
    var lineStart = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    self.line = line
    self.column = offset - lineStart + 1
  }
}

/// Bounds that keep hostile documents cheap.
package struct JSONLimits: Sendable {
  /// Deepest nesting of arrays and objects, at most 512: what walks a document recurses.
  package let depth: Int
  /// Largest document in bytes; offsets are 32 bits wide.
  package let bytes: Int

  package init(depth: Int = 512, bytes: Int = 1 << 31) {
    self.depth = max(0, min(depth, 512))
    self.bytes = max(0, min(bytes, 1 << 31))
  }

  package static let standard = JSONLimits()
}
