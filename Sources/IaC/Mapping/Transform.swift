// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// How a value of code becomes the value that the cloud shows.
enum Transform: String, CaseIterable, Sendable {
  /// A canned ACL becomes the grants that it stands for.
  case cannedAcl
  /// A text that holds JSON becomes the document; what is a document already stays.
  case json
  /// A map becomes a list of `{Key, Value}`.
  case tags
  /// The opposite of a truth value.
  case not
  /// A value alone becomes a list of one.
  case list
  /// The first element of a list.
  case first
  case lower, upper
  /// What stands after the last `/`.
  case basename
  case text, number
  /// `true` and `false` as `Enabled` and `Disabled`.
  case enabledDisabled
  /// Names or values of a map, as a list.
  case keys, values

  func apply(_ node: CodeNode) -> CodeNode {
    func made(_ value: CodeValue) -> CodeNode { CodeNode(value, at: node.place) }
    switch self {
    case .cannedAcl: return Self.grants(node)
    case .json: return Self.document(node)
    case .tags:
      guard case .map(let members) = node.value else { return node }
      return made(
        .list(
          members.map { member in
            let key = CodeMember("Key", CodeNode(.string(member.key), at: member.place))
            return CodeNode(.map([key, CodeMember("Value", member.node)]), at: member.place)
          }))
    case .not: return node.flag.map { made(.bool(!$0)) } ?? node
    case .list:
      if case .list = node.value { return node }
      return made(.list([node]))
    case .first:
      guard case .list(let elements) = node.value else { return node }
      return elements.first ?? made(.null)
    case .lower: return node.string.map { made(.string($0.lowercased())) } ?? node
    case .upper: return node.string.map { made(.string($0.uppercased())) } ?? node
    case .basename:
      guard let text = node.string, let slash = text.lastIndex(of: "/") else { return node }
      return made(.string(String(text[text.index(after: slash)...])))
    case .text:
      if let text = node.scalar { return made(.string(text)) }
      return made(.string(node.json().text))
    case .number:
      guard let text = node.string, Double(text) != nil else { return node }
      return made(.number(text))
    case .enabledDisabled: return node.flag.map { made(.string($0 ? "Enabled" : "Disabled")) } ?? node
    case .keys:
      guard case .map(let members) = node.value else { return node }
      return made(.list(members.map { CodeNode(.string($0.key), at: $0.place) }))
    case .values:
      guard case .map(let members) = node.value else { return node }
      return made(.list(members.map(\.node)))
    }
  }

  /// A text that is no JSON is a value that nobody can read.
  private static func document(_ node: CodeNode) -> CodeNode {
    guard let text = node.string else { return node }
    guard let document = try? CodeJSON.read(Array(text.utf8), path: node.place.path) else {
      return CodeNode(.unknown(CodeUnknown("the text is no JSON")), at: node.place)
    }
    return document.moved(to: node.place)
  }

  /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
  private static func grants(_ node: CodeNode) -> CodeNode {
    let everyone = "http://acs.amazonaws.com/groups/global/AllUsers"
    let signedIn = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
    let logs = "http://acs.amazonaws.com/groups/s3/LogDelivery"
    let rights: [(String, String)]
    switch node.string?.lowercased().replacing("-", with: "") {
    case "publicread": rights = [("READ", everyone)]
    case "publicreadwrite": rights = [("READ", everyone), ("WRITE", everyone)]
    case "authenticatedread": rights = [("READ", signedIn)]
    case "logdeliverywrite": rights = [("WRITE", logs), ("READ_ACP", logs)]
    default: rights = []
    }
    func text(_ text: String) -> CodeNode { CodeNode(.string(text), at: node.place) }
    let grants = rights.map { permission, group in
      CodeNode(
        .map([
          CodeMember("Permission", text(permission)), CodeMember("Type", text("Group")),
          CodeMember("URI", text(group)),
        ]), at: node.place)
    }
    return CodeNode(.list(grants), at: node.place)
  }
}

extension CodeNode {
  /// A truth value, also where it is written as a text.
  var flag: Bool? {
    switch value {
    case .bool(let flag): flag
    case .string("true"), .string("True"): true
    case .string("false"), .string("False"): false
    default: nil
    }
  }
}
