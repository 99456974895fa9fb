// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Columns as KQL writes them: `(a:string, b:long)`; the parentheses may be left out, odd names stand in `['...']`.
package enum SchemaText {
  package static func parse(_ text: String) throws(KQLError) -> Schema {
    var rest = Substring(text).trimmed
    if rest.hasPrefix("("), rest.hasSuffix(")") { rest = rest.dropFirst().dropLast().trimmed }
    var schema: Schema = []
    for part in rest.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = part.lastIndex(of: ":") else {
        throw KQLError(.syntax, "the schema has '\(part.trimmed)' where a column such as a:string is wanted")
      }
      var name = part[..<colon].trimmed
      if name.hasPrefix("['"), name.hasSuffix("']") { name = name.dropFirst(2).dropLast(2) }
      let typeName = String(part[part.index(after: colon)...].trimmed)
      guard let type = ScalarType(name: typeName) else {
        throw KQLError(
          .unknownName, "the schema has the type '\(typeName)', which KQL does not know",
          suggestion: Spelling.nearest(to: typeName, in: ScalarType.allCases.map(\.rawValue)))
      }
      guard !name.isEmpty, !schema.contains(where: { $0.name == name }) else {
        throw KQLError(.syntax, "the schema names \(name.isEmpty ? "a column without a name" : "'\(name)' twice")")
      }
      schema.append(Field(String(name), type))
    }
    return schema
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
