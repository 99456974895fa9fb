// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Chooses resources by what Azure Policy lets choose them: location, type, or that they have no location.
///
/// All conditions of a selector must hold. Of several selectors one is enough.
struct ResourceSelector: Sendable {
  struct Condition: Sendable {
    enum Kind: String, CaseIterable {
      case location = "resourceLocation"
      case type = "resourceType"
      case withoutLocation = "resourceWithoutLocation"
      /// Of overrides only: which members of the initiative.
      case reference = "policyDefinitionReferenceId"
      /// Who makes the request; nobody does when what is there is judged.
      case user = "userPrincipalId"
      case group = "groupPrincipalId"
    }
    let kind: Kind
    /// In lower case, locations without blanks.
    let values: Set<String>
    let isNegative: Bool
  }

  let conditions: [Condition]

  /// The conditions that stand under `selectors` of an entry.
  init(_ entry: JSONValue, _ record: PolicyRecord, _ problems: inout [PolicyFault]) {
    var conditions: [Condition] = []
    for selector in entry.member(ignoringCase: "selectors")?.elements.map(\.self) ?? [] {
      let name = selector.member(ignoringCase: "kind")?.string ?? ""
      guard let kind = Condition.Kind.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
        let hint = Spelling.nearest(to: name, in: Condition.Kind.allCases.map(\.rawValue))
          .map { "; did you mean '\($0)'?" }
        problems.append(
          PolicyFault(record.error("'\(name)' is no kind of selector\(hint ?? "")", at: selector)))
        continue
      }
      if kind == .user || kind == .group {
        problems.append(
          PolicyFault(
            record.error("a selector by who makes a request chooses nothing of what is there", at: selector),
            isWarning: true))
      }
      let isNegative = selector.member(ignoringCase: "in") == nil
      let values = selector.texts(isNegative ? "notIn" : "in").map { Self.folded($0, kind) }
      conditions.append(Condition(kind: kind, values: Set(values), isNegative: isNegative))
    }
    self.conditions = conditions
  }

  private static func folded(_ text: String, _ kind: Condition.Kind) -> String {
    kind == .location ? location(text) : text.lowercased()
  }

  /// `West Europe` and `westeurope` are one place.
  static func location(_ text: String) -> String { text.lowercased().filter { $0 != " " } }

  /// Whether only the members of an initiative are chosen, so that resources need not be looked at.
  var isOfMembersOnly: Bool { conditions.allSatisfy { $0.kind == .reference } }

  func chooses(member reference: String) -> Bool {
    conditions.filter { $0.kind == .reference }.allSatisfy {
      $0.values.contains(reference.lowercased()) != $0.isNegative
    }
  }

  /// - Parameters:
  ///   - type: in lower case.
  ///   - location: in lower case without blanks; empty where the resource has none.
  func chooses(type: String, location: String) -> Bool {
    conditions.allSatisfy { condition in
      switch condition.kind {
      case .location: condition.values.contains(location) != condition.isNegative
      case .type: condition.values.contains(type) != condition.isNegative
      case .withoutLocation: (location.isEmpty || location == "global") != condition.isNegative
      case .reference, .user, .group: true
      }
    }
  }
}

extension [ResourceSelector] {
  /// None choose everything.
  func choose(type: String, location: String) -> Bool {
    isEmpty || contains { $0.chooses(type: type, location: location) }
  }
}
