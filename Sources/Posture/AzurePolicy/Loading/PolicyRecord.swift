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
    properties.lenient("version")?.string ?? properties.lenient("metadata")?.lenient("version")?.string
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
  /// The member of that name whatever its case, as Azure Policy reads its documents.
  func lenient(_ name: String) -> JSONValue? {
    if let exact = self[name] { return exact }
    guard kind == .object else { return nil }
    return lenientMember(name)?.value
  }

  private func lenientMember(_ name: String) -> (key: JSONValue, value: JSONValue)? {
    let length = name.utf8.count
    for (key, value) in members {
      let isSame = key.withUTF8 { bytes in
        bytes.count == length && zip(bytes, name.utf8).allSatisfy { Self.lower($0) == Self.lower($1) }
      }
      if isSame ?? false { return (key, value) }
    }
    return nil
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// A member that is a list of texts; other elements are left out.
  func texts(_ name: String) -> [String] { lenient(name)?.elements.compactMap(\.string) ?? [] }
}
