// SPDX-License-Identifier: Apache-2.0

/// A place in a source file: which file of a `SourceFiles` it is, and where in it.
package struct Place: Sendable, Hashable {
  /// Index of the file in the run's `SourceFiles`.
  package let file: UInt32
  /// Offset in bytes, from 0.
  package let byte: UInt32
  /// Line, from 1.
  package let line: UInt32
  /// Column in bytes, from 1.
  package let column: UInt32

  package init(file: UInt32, byte: UInt32, line: UInt32, column: UInt32) {
    self.file = file
    self.byte = byte
    self.line = line
    self.column = column
  }
}

/// The files that a run has read, by the number that a `Place` holds.
package struct SourceFiles: Sendable {
  /// Paths relative to the scanned folder.
  package private(set) var paths: [String] = []

  package init() {}

  package mutating func add(_ path: String) -> UInt32 {
    paths.append(path)
    return UInt32(paths.count - 1)
  }

  package func path(_ place: Place) -> String {
    paths.indices.contains(Int(place.file)) ? paths[Int(place.file)] : "(unknown file)"
  }

  /// `path:line:column`.
  package func text(_ place: Place) -> String { "\(path(place)):\(place.line):\(place.column)" }
}

/// What a user should know about the code: a mistake in it, or what could not be evaluated.
package struct Diagnostic: Error, Sendable, Hashable {
  package enum Code: String, Sendable {
    /// The text is not HCL or JSON.
    case syntax
    /// Nested, long or many beyond the bounds that keep hostile input cheap.
    case tooLarge
    /// A block, argument or reference that Terraform does not accept.
    case invalid
    /// A reference to what is not declared.
    case undeclared
    /// Locals, variables or modules that need each other.
    case cycle
    /// A function, conversion or operator that failed on its operands.
    case evaluation
    /// A `validation`, `precondition`, `postcondition` or `check` that does not hold.
    case condition
    /// A file that cannot be read, or lies outside of the scanned folder.
    case file
  }

  package let code: Code
  /// What is wrong and how to mend it.
  package let message: String
  package let place: Place?

  package init(_ code: Code, _ message: String, at place: Place?) {
    self.code = code
    self.message = message
    self.place = place
  }

  package func text(_ files: SourceFiles) -> String { place.map { "\(files.text($0)): \(message)" } ?? message }
}
