// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import KQL

/// A fault that is borne for a time, or that something else guards against.
package struct Exemption: Sendable {
  package enum Category: String, Sendable, CaseIterable {
    /// Something else does what the check demands.
    case mitigated = "Mitigated"
    /// The risk is accepted.
    case waiver = "Waiver"
  }

  static let keys = ["id", "category", "checks", "scope", "reason", "approver", "expires"]

  package let id: String
  package let category: Category
  package let checks: [CheckPattern]
  package let scope: PolicyScope
  package let reason: String
  package let approver: String
  /// Ticks from which on it exempts nothing; nil for no end.
  package let expires: Int64?

  init(_ node: ContentNode) throws(ContentError) {
    try node.allow(Self.keys)
    id = try Policy.name(node)
    category = try Policy.choice(try node.require("category"))
    checks = try Policy.checks(try node.require("checks"))
    let place = try node.require("scope")
    scope = try PolicyScope(place)
    guard !scope.isEverything else {
      throw place.error("the scope names nothing; to exempt everywhere write where: 'true'")
    }
    reason = try Policy.text("reason", node)
    approver = try Policy.text("approver", node)
    expires = try node.optional("expires").map { node throws(ContentError) in
      guard let ticks = DateTime.parse(try node.scalarText) else {
        throw node.error("'\(try node.scalarText)' is no time; write 2027-01-31 or 2027-01-31T12:00:00Z")
      }
      return ticks
    }
  }

  /// The members from which it is read again.
  var draft: JSONDraft {
    func texts(_ list: [String]) -> JSONDraft { .array(list.map(JSONDraft.string)) }
    var place: [(key: String, value: JSONDraft)] = []
    let tags = scope.tags.map { tag in tag.value.map { "\(tag.name)=\($0)" } ?? tag.name }
    for (key, list) in [
      ("tenant", scope.tenants), ("account", scope.accounts), ("resourceGroup", scope.groups),
      ("resource", scope.resources), ("tag", tags),
    ] where !list.isEmpty {
      place.append((key, texts(list)))
    }
    if let condition = scope.condition { place.append(("where", .string(condition))) }
    return .object(
      [
        ("id", .string(id)), ("category", .string(category.rawValue)), ("checks", texts(checks.map(\.text))),
        ("scope", .object(place)), ("reason", .string(reason)), ("approver", .string(approver)),
      ] + (expires.map { [("expires", .string(DateTime.text($0)))] } ?? []))
  }

  package func isActive(at now: Int64) -> Bool { expires.map { now < $0 } ?? true }
}

/// Reading what exemptions and governance rules share.
enum Policy {
  static func name(_ node: ContentNode, _ key: String = "id") throws(ContentError) -> String {
    let id = try node.require(key)
    let text = try id.scalarText
    let isName = text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard !text.isEmpty, text.utf8.count <= 80, isName else {
      throw id.error("'\(text)' is no name: letters, digits, '-', '_' and '.', at most 80")
    }
    return text
  }

  static func text(_ key: String, _ node: ContentNode) throws(ContentError) -> String {
    let value = try node.require(key)
    let text = try value.scalarText
    guard !text.allSatisfy(\.isWhitespace) else { throw value.error("'\(key)' is empty") }
    return text
  }

  static func checks(_ node: ContentNode) throws(ContentError) -> [CheckPattern] {
    let texts = try node.texts
    guard !texts.isEmpty, !texts.contains("") else { throw node.error("'checks' names no check") }
    return texts.map(CheckPattern.init)
  }

  /// A word of an enumeration, whatever its case.
  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: ContentNode
  ) throws(ContentError) -> Choice where Choice.RawValue == String {
    let text = try node.text.lowercased()
    if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == text }) { return choice }
    return try node.choice()
  }
}
