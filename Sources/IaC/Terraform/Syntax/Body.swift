// SPDX-License-Identifier: Apache-2.0

/// An argument: `name = expression`.
package struct Attribute: Sendable {
  package let name: String
  package let expression: Expression
  /// Where the name stands.
  package let place: Place
}

/// A block: `type "label" { ... }`.
package struct Block: Sendable {
  package let type: String
  package let labels: [String]
  package let body: Body
  package let place: Place
}

/// What stands between the braces of a block, or in a file.
package struct Body: Sendable {
  package var attributes: [Attribute] = []
  package var blocks: [Block] = []
  /// Whether it was written in JSON, where a nested block cannot be told from an argument.
  package var isJSON = false

  package init() {}

  package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
  package func blocks(_ type: String) -> [Block] { blocks.filter { $0.type == type } }
}

/// A file that was parsed: what could be read of it, and what is wrong with the rest.
package struct ParsedFile: Sendable {
  package var body: Body
  package var diagnostics: [Diagnostic]
}
