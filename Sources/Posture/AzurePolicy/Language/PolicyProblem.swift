// SPDX-License-Identifier: Apache-2.0

package import JSON

/// Something wrong in a policy file, where, and how to mend it.
package struct PolicyProblem: Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The file is not what it should be: a member missing, of the wrong kind, or unknown.
    case shape
    case unknownAlias, unknownFunction, unknownEffect, unknownOperator
    /// A parameter that is missing, unknown, or has a value that is not allowed.
    case parameter
    /// An expression that cannot be parsed or evaluated.
    case expression
    /// A bound that keeps hostile definitions cheap was reached.
    case tooLarge
    /// Allowed, but probably not what was meant.
    case warning
  }

  package let code: Code
  package let file: String
  /// Line and column (in bytes) from 1; 0 where they are not known.
  package let line: Int
  package let column: Int
  package let message: String

  package init(_ code: Code, in file: String, at value: JSONValue?, _ message: String) {
    let place = value?.place
    self.init(code, in: file, line: place?.line ?? 0, column: place?.column ?? 0, message)
  }

  package init(_ code: Code, in file: String, line: Int, column: Int, _ message: String) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  package var description: String { (line > 0 ? "\(file):\(line):\(column): " : "\(file): ") + message }
}

/// Why a definition cannot be used at all.
package struct PolicyError: Error, Sendable, CustomStringConvertible {
  package let problem: PolicyProblem
  package init(_ problem: PolicyProblem) { self.problem = problem }
  package var description: String { problem.description }
}
