// SPDX-License-Identifier: Apache-2.0

/// What `render` says of a picture of the rows.
package struct ChartDescription: Sendable, Equatable {
  /// `timechart`, `barchart`, ...
  package var kind: String
  /// What stands within `with (...)`, names in lower case, and `kind=`: `["title": ["Errors"], "ycolumns": ["a", "b"]]`.
  package var properties: [String: [String]] = [:]

  package init(kind: String, properties: [String: [String]] = [:]) {
    self.kind = kind
    self.properties = properties
  }
}

extension Parser {
  /// What follows the word `render`.
  mutating func chart() throws(KQLError) -> ChartDescription {
    var chart = ChartDescription(kind: try name())
    if isWord("kind"), ahead == .symbol("="), case .identifier(let kind) = ahead(2) {
      chart.properties["kind"] = [kind]
    }
    parameters()
    if takeWord("by") { chart.properties["series"] = try list { p throws(KQLError) in try p.name() } }
    guard takeWord("with"), take("(") else { return chart }
    // Properties of the picture: name=value, where a value may be a list, in parentheses or not.
    var level = 1
    var property = ""
    while level > 0 {
      switch token {
      case .end: throw fail("expected ')'")
      case .symbol("("): level += 1
      case .symbol(")"): level -= 1
      case .identifier(let name) where ahead == .symbol("="): property = name.lowercased()
      case .identifier(let text), .quotedName(let text), .string(let text):
        chart.properties[property, default: []].append(text)
      case .long(let number): chart.properties[property, default: []].append(String(number))
      case .real(let number): chart.properties[property, default: []].append(NumberText.format(number))
      default: break
      }
      advance()
    }
    return chart
  }
}
