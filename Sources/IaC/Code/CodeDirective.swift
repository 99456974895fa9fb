// SPDX-License-Identifier: Apache-2.0

/// What code says against a check: `plumb:skip=ID reason`, and the forms of Checkov, Trivy and tfsec, in a comment or in
/// a resource's metadata.
///
/// - https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
/// - https://trivy.dev/latest/docs/scanner/misconfiguration/config/config/#skipping-resources-by-inline-comments
/// - https://aquasecurity.github.io/tfsec/latest/guides/configuration/ignores
package struct CodeDirective: Sendable {
  package enum Tool: String, Sendable { case plumb, checkov, trivy, tfsec }

  package let tool: Tool
  /// The check, as the tool names it; `*` for all.
  package let id: String
  package let reason: String
  /// As it is written, without its reason: `checkov:skip=CKV_AWS_18`.
  package let text: String
  package let place: CodePlace
  /// The last day on which it holds: `2027-01-31`.
  package var lastDay: String?
  /// What it says besides that is not evaluated here; it holds nowhere then.
  package var condition: String?
  /// The lines of what it stands on or above; nil for metadata, and for a comment that is above nothing.
  package var scope: ClosedRange<Int>?
  /// Whether anywhere in the resource's block will do.
  package var isForBlock: Bool { tool == .plumb || tool == .checkov }

  /// Marks that every directive in a comment has one of.
  package static let marks = [":skip=", ":ignore:"].map { Array($0.utf8) }

  /// Directives in the comments of a file.
  package static func all(in source: SourceText, path: String) -> [CodeDirective] {
    source.comments.flatMap { comment -> [CodeDirective] in
      guard comment.text.contains(":skip=") || comment.text.contains(":ignore:") else { return [] }
      let subject = source.subject(of: comment)
      let place = CodePlace(path: path, line: comment.line, column: comment.column)
      return parse(comment.text, at: place).map { directive in
        var directive = directive
        directive.scope = subject.map { source.block(at: $0) }
        return directive
      }
    }
  }

  /// Directives of a resource's metadata: `{checkov: {skip: [{id, comment}]}}`, `{plumb: {skip: [{id, reason}]}}`, or
  /// texts `ID: reason` in place of the maps.
  package static func all(in metadata: CodeNode) -> [CodeDirective] {
    metadata.members.flatMap { member -> [CodeDirective] in
      guard let tool = Tool(rawValue: member.key) else { return [] }
      let node = member.node["skip"] ?? member.node
      let items: [CodeNode] =
        if case .list(let elements) = node.value { elements } else if node["id"] == nil, !node.members.isEmpty {
          node.members.map(\.node)
        } else { [node] }
      return items.compactMap { item in
        var (id, reason) = (item["id"]?.scalar, (item["comment"] ?? item["reason"])?.scalar ?? "")
        if let text = item.string {
          let parts = text.split(separator: ":", maxSplits: 1)
          id = parts.first.map { trimmed($0) }
          reason = parts.count > 1 ? trimmed(parts[1]) : ""
        }
        guard let id, !id.isEmpty else { return nil }
        return CodeDirective(
          tool: tool, id: id, reason: reason, text: "metadata \(tool.rawValue) skip \(id)", place: item.place)
      }
    }
  }

  // MARK: Comments

  private static let heads: [(text: String, tool: Tool)] = [
    ("plumb:skip=", .plumb), ("checkov:skip=", .checkov), ("bridgecrew:skip=", .checkov), ("cortex:skip=", .checkov),
    ("trivy:ignore:", .trivy), ("tfsec:ignore:", .tfsec),
  ]

  static func parse(_ comment: String, at place: CodePlace) -> [CodeDirective] {
    var rest = comment[...]
    var found: [(head: String, tool: Tool, text: Substring)] = []
    // Each runs to the next.
    while let (head, range) = first(in: rest) {
      let behind = rest[range.upperBound...]
      let next = first(in: behind)?.range.lowerBound ?? behind.endIndex
      found.append((head.text, head.tool, behind[..<next]))
      rest = behind[next...]
    }
    return found.flatMap { head, tool, text in
      tool == .trivy || tool == .tfsec ? ignore(head, tool, text, place) : skip(head, tool, text, place)
    }
  }

  private static func first(in text: Substring) -> (head: (text: String, tool: Tool), range: Range<String.Index>)? {
    heads.compactMap { head in text.firstRange(of: head.text).map { (head, $0) } }.min {
      $0.1.lowerBound < $1.1.lowerBound
    }
  }

  /// `ID,ID reason` or `ID:reason`
  private static func skip(_ head: String, _ tool: Tool, _ text: Substring, _ place: CodePlace) -> [CodeDirective] {
    let body = text.drop { $0 == " " }
    let end = body.firstIndex { !($0.isASCII && ($0.isLetter || $0.isNumber) || "_-.,*".contains($0)) } ?? body.endIndex
    let reason = reason(body[end...])
    return body[..<end].split(separator: ",").map { id in
      CodeDirective(tool: tool, id: String(id), reason: reason, text: head + id, place: place)
    }
  }

  /// `ID[attribute=value]:exp:2027-01-31:ws:NAME reason`
  private static func ignore(_ head: String, _ tool: Tool, _ text: Substring, _ place: CodePlace) -> [CodeDirective] {
    let word = text.prefix { !$0.isWhitespace }
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else { return [] }
    let id = first.prefix { $0 != "[" }
    var directive = CodeDirective(
      tool: tool, id: String(id), reason: reason(text[word.endIndex...]), text: head + word, place: place)
    if id.count < first.count { directive.condition = String(first.dropFirst(id.count)) }
    for (name, value) in zip(parts.dropFirst(), parts.dropFirst(2)) {
      if name == "exp" {
        // Days are compared as texts, so they have to be written in full.
        let form = value.utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "9") : $0 }
        if form == Array("9999-99-99".utf8) {
          directive.lastDay = String(value)
        } else {
          directive.condition = "exp \(value)"
        }
      }
      if name == "ws" { directive.condition = "workspace \(value)" }
    }
    return [directive]
  }

  private static func reason(_ text: Substring) -> String {
    var text = text
    if let close = text.firstRange(of: "*/") { text = text[..<close.lowerBound] }
    return trimmed(text.drop { $0 == ":" || $0 == " " || $0 == "#" })
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
