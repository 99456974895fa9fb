// SPDX-License-Identifier: Apache-2.0

/// What is wrong with an expression, or with what it was given.
package struct ARMError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The text is no expression.
    case syntax
    case unknownFunction
    case wrongArguments
    /// The values do not allow what is asked of them.
    case failed
    /// A bound that keeps hostile expressions cheap was reached.
    case tooLarge
  }

  package let code: Code
  /// Offset in bytes, in the text of the expression, from 0.
  package let offset: Int
  package let message: String

  package init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }

  package var description: String { message }
}

/// Bounds that keep hostile expressions cheap.
package struct ARMLimits: Sendable {
  /// Longest expression in bytes; Resource Manager refuses longer ones (24,576 characters).
  package var length = 24_576
  /// Deepest nesting of calls.
  package var depth = 64
  /// Most calls and lambda rounds of one evaluation.
  package var steps = 200_000
  /// Most bytes of a text and most elements of an array that a function makes.
  package var size = 1 << 20

  package init() {}

  package static let standard = ARMLimits()
}
