// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

/// One policy object as it was read: a definition, an initiative, an assignment, an exemption or an attestation.
package struct PolicyRecord: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case definition = "policyDefinitions"
    case initiative = "policySetDefinitions"
    case assignment = "policyAssignments"
    case exemption = "policyExemptions"
    case attestation = "attestations"

    /// What a person calls it.
    package var word: String {
      switch self {
      case .definition: "policy definition"
      case .initiative: "initiative"
      case .assignment: "assignment"
      case .exemption: "exemption"
      case .attestation: "attestation"
      }
    }

    var provider: String { self == .attestation ? "Microsoft.PolicyInsights" : "Microsoft.Authorization" }
  }

  package let kind: Kind
  /// The resource id, as it was written or as its scope and name make it.
  package let id: String
  package let name: String
  /// The whole object, envelope and all.
  package let object: JSONValue
  /// What stands under `properties`, or the object itself where it has no envelope.
  package let properties: JSONValue
  package let source: PolicySource

  package var location: ContentLocation { source.location(of: object) }

  /// The id in lower case, without the version of a definition that was exported with one.
  var key: String {
    let parts = id.lowercased().split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 2, parts[parts.count - 2] == "versions" { return parts.dropLast(2).joined(separator: "/") }
    return parts.joined(separator: "/")
  }

  /// The version of a definition or an initiative: `1.2.0`, `1.0.0-preview`.
  var version: String? {
    properties.member(ignoringCase: "version")?.string
      ?? properties.member(ignoringCase: "metadata")?.member(ignoringCase: "version")?.string
  }

  /// What its `id` stands under; empty for the tenant.
  var scope: String {
    let marker = "/providers/\(kind.provider)/\(kind.rawValue)/".lowercased()
    guard let range = id.lowercased().ranges(of: marker).last else { return "" }
    return String(id[..<range.lowerBound])
  }

  func error(_ message: String, at value: JSONValue? = nil, code: ContentError.Code = .invalidValue) -> ContentError {
    ContentError(code, message, at: source.location(of: value ?? object))
  }
}

extension JSONValue {
  /// A member that is a list of texts; other elements are left out.
  func texts(_ name: String) -> [String] { member(ignoringCase: name)?.elements.compactMap(\.string) ?? [] }
}

extension PolicyRecord {
  package var displayName: String { properties.member(ignoringCase: "displayName")?.string ?? name }
  package var category: String {
    properties.member(ignoringCase: "metadata")?.member(ignoringCase: "category")?.string ?? ""
  }
  package var versionText: String { version ?? "" }
}
