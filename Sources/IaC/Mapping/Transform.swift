// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// How a value of code becomes the value that the cloud shows.
enum Transform: String, CaseIterable, Sendable {
  /// A text of JSON becomes the document that it holds.
  case json
  /// true is `Enabled`, false `Disabled`.
  case enabledDisabled
  /// true is false.
  case inverted
  /// One value becomes a list of it.
  case list
  /// The one element of a list.
  case first
  /// A canned ACL becomes the grants that it stands for.
  case cannedAcl

  func apply(_ node: CodeNode) -> CodeNode {
    switch self {
    case .json:
      guard let text = node.string else { return node }
      return (try? CodeJSON.read(Array(text.utf8), path: node.place.path)).map { $0.placed(at: node.place) } ?? node
    case .enabledDisabled:
      guard let flag = node.flag else { return node }
      return CodeNode(.string(flag ? "Enabled" : "Disabled"), at: node.place)
    case .inverted:
      guard let flag = node.flag else { return node }
      return CodeNode(.bool(!flag), at: node.place)
    case .list:
      if case .list = node.value { return node }
      return CodeNode(.list([node]), at: node.place)
    case .first:
      guard case .list(let elements) = node.value else { return node }
      return elements.first ?? CodeNode(.null, at: node.place)
    case .cannedAcl: return Self.grants(node)
    }
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

  /// The value with every part at one place: of a document that stands in a text.
  func placed(at place: CodePlace) -> CodeNode {
    switch value {
    case .list(let elements): CodeNode(.list(elements.map { $0.placed(at: place) }), at: place)
    case .map(let members):
      CodeNode(.map(members.map { CodeMember($0.key, $0.node.placed(at: place)) }), at: place)
    default: CodeNode(value, at: place)
    }
  }
}
