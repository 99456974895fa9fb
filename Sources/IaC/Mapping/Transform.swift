// SPDX-License-Identifier: Apache-2.0

/// How a value of code becomes the value that the cloud shows.
enum Transform: String, CaseIterable, Sendable {
  /// A canned ACL becomes the grants that it stands for.
  case cannedAcl

  func apply(_ node: CodeNode) -> CodeNode {
    switch self {
    case .cannedAcl: Self.grants(node)
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
}
