// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import KQL

/// Who has to mend which faults by when.
package struct GovernanceRule: Sendable {
  package enum Owner: Sendable {
    case mail(String)
    /// The value of a tag of the resource, else of its resource group, else of its account; `other` where none has it.
    case tag(String, other: String)
  }

  static let keys = ["id", "priority", "scope", "severity", "checks", "owner", "ownerTag", "days", "grace"]
  package static let spans = [7, 14, 30, 90]

  package let id: String
  /// The rule with the lowest number wins.
  package let priority: Int
  package let scope: PolicyScope
  /// Severities that it is about; all where it is empty.
  package let severities: [Severity]
  /// Checks that it is about; all where it is empty.
  package let checks: [CheckPattern]
  package let owner: Owner
  package let days: Int
  /// Whether what it assigns does not weigh on scores until it is due.
  package let hasGrace: Bool

  init(_ node: ContentNode) throws(ContentError) {
    try node.allow(Self.keys)
    id = try Policy.name(node)
    let number = try node.require("priority")
    priority = try number.integer
    guard (1...1000).contains(priority) else { throw number.error("the priority is a number from 1 to 1000") }
    if let place = try node.optional("scope") { scope = try PolicyScope(place) } else { scope = PolicyScope() }
    var severities: [Severity] = []
    if let list = try node.optional("severity") {
      for item in list.value.kind == .array ? try list.elements : [list] { severities.append(try Policy.choice(item)) }
    }
    self.severities = severities
    checks = try node.optional("checks").map(Policy.checks) ?? []
    if !checks.isEmpty, !severities.isEmpty {
      throw try node.require("checks").error("a rule is about severities or about checks, not both")
    }
    let mail = try node.optional("owner").map(Self.mail)
    if let tag = try node.optional("ownerTag") {
      owner = .tag(try Policy.text("ownerTag", node).lowercased(), other: mail ?? "")
      if try tag.scalarText.contains("=") { throw tag.error("'ownerTag' is the name of a tag, without a value") }
    } else if let mail {
      owner = .mail(mail)
    } else {
      throw node.error("a rule needs 'owner', an e-mail address, or 'ownerTag', the name of a tag", code: .missingKey)
    }
    let span = try node.require("days")
    days = try span.integer
    guard Self.spans.contains(days) else { throw span.error("'days' is 7, 14, 30 or 90") }
    hasGrace = try node.optional("grace")?.boolean ?? false
  }

  private static func mail(_ node: ContentNode) throws(ContentError) -> String {
    let text = try node.text
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else {
      throw node.error("'\(text)' is no e-mail address")
    }
    return text
  }

  package var ownerText: String {
    switch owner {
    case .mail(let mail): mail
    case .tag(let name, let other): other.isEmpty ? "tag \(name)" : "tag \(name), else \(other)"
    }
  }

  /// What it is about: `critical, high`, patterns of checks, or `all`.
  package var target: String {
    let words = severities.map(\.rawValue) + checks.map(\.text)
    return words.isEmpty ? "all" : words.joined(separator: ", ")
  }

  func concerns(check: String, severity: Severity?) -> Bool {
    (severities.isEmpty || severity.map(severities.contains) ?? false)
      && (checks.isEmpty || checks.contains { $0.matches(check) })
  }
}
