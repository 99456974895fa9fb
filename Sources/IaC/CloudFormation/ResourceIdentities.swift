// SPDX-License-Identifier: Apache-2.0
internal import Content

/// How resources of a template are named before they have a name: `Content/mappings/cloudformation/identities.yaml`.
///
/// A resource without a name of its own goes by its logical id, so that everything that refers to it agrees.
struct ResourceIdentities: Sendable {
  enum Reference: String, CaseIterable { case name, arn, url }

  struct Identity: Sendable {
    /// The property that holds the name.
    var name: String?
    /// `arn:aws:s3:::{name}`
    var arn: String
    /// What `Ref` gives.
    var reference: Reference
    /// The property in which the live resource shows its ARN.
    var arnIn: String?
  }

  private var byType: [String: Identity] = [:]

  init(_ content: ContentLibrary) throws(ContentError) {
    guard let file = try content.file(at: "mappings/cloudformation/identities.yaml") else { return }
    for (type, node) in try YAMLDocument(file).node.members {
      try node.allow(["name", "arn", "ref", "arnIn"])
      byType[type] = Identity(
        name: try node.optional("name")?.text, arn: try node.require("arn").text,
        reference: try node.optional("ref")?.choice() ?? .name, arnIn: try node.optional("arnIn")?.text)
    }
  }

  subscript(type: String) -> Identity? { byType[type.lowercased()] }

  /// The ARN of a resource by its name; parts of a parent's id that only the cloud knows read `-`.
  func arn(_ name: String, type: String, _ context: StackContext) -> String {
    guard let identity = self[type] else {
      let parts = type.lowercased().split(separator: ":", omittingEmptySubsequences: true)
      let service = parts.count > 1 ? parts[1] : "cloudformation"
      return "arn:aws:\(service):\(context.region):\(context.account):\(parts.last ?? "resource")/\(name)"
    }
    var out = ""
    var rest = Substring(identity.arn)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "name": out += name
      case "region": out += context.region
      case "account": out += context.account
      default: out += "-"
      }
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
