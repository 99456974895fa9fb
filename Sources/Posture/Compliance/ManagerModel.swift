// SPDX-License-Identifier: Apache-2.0
package import Content

/// Points in the manner of Microsoft Purview Compliance Manager: `Content/scores/compliance-manager.yaml`.
///
/// An action prevents, detects or corrects, and is mandatory, where nobody can pass it by, or discretionary. Microsoft
/// publishes 27 and 9 points for what prevents, 3 and 1 for the others.
package struct ManagerModel: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case preventative, detective, corrective }

  /// What an action does, and what it is worth.
  package struct Worth: Sendable, Equatable {
    package let kind: Kind
    package let isMandatory: Bool
    package let points: Int
  }

  static let path = "scores/compliance-manager.yaml"

  private let points: [Kind: (mandatory: Int, discretionary: Int)]
  private let kinds: [String: Kind]
  private let discretionary: Set<String>
  private let outside: Set<String>
  /// Of a control that only a person can vouch for.
  package let nontechnical: Worth

  /// - Throws: ``ContentError`` where the file cannot be used.
  package init(_ content: ContentLibrary) throws(ContentError) {
    guard let file = try content.file(at: Self.path) else {
      throw ContentError(.unreadable, "the file is missing", at: ContentLocation(path: Self.path))
    }
    let node = try YAMLDocument(file).node
    try node.allow(["points", "technical", "discretionary", "nontechnical", "outside"])
    var points: [Kind: (mandatory: Int, discretionary: Int)] = [:]
    for kind in Kind.allCases {
      let entry = try node.require("points").require(kind.rawValue)
      try entry.allow(["mandatory", "discretionary"])
      let pair = (try entry.require("mandatory").integer, try entry.require("discretionary").integer)
      guard (0...1000).contains(pair.0), (0...1000).contains(pair.1) else { throw entry.error("points are 0 to 1000") }
      points[kind] = pair
    }
    var kinds: [String: Kind] = [:]
    let technical = try node.require("technical")
    try technical.allow(Kind.allCases.map(\.rawValue))
    for kind in Kind.allCases {
      for goal in try technical.optional(kind.rawValue)?.texts ?? [] {
        guard kinds.updateValue(kind, forKey: goal) == nil else { throw technical.error("goal '\(goal)' stands twice") }
      }
    }
    let person = try node.require("nontechnical")
    try person.allow(["kind", "mandatory"])
    self.points = points
    self.kinds = kinds
    discretionary = Set(try node.optional("discretionary")?.texts ?? [])
    outside = Set(try node.optional("outside")?.texts ?? [])
    nontechnical = Self.worth(
      try person.require("kind").choice(), try person.require("mandatory").boolean, points)
  }

  /// nil for what is in no score.
  package func worth(of check: Check) -> Worth? {
    guard !outside.contains(check.control) else { return nil }
    return Self.worth(kinds[check.control] ?? .preventative, !discretionary.contains(check.control), points)
  }

  private static func worth(
    _ kind: Kind, _ isMandatory: Bool, _ points: [Kind: (mandatory: Int, discretionary: Int)]
  ) -> Worth {
    let pair = points[kind] ?? (0, 0)
    return Worth(kind: kind, isMandatory: isMandatory, points: isMandatory ? pair.mandatory : pair.discretionary)
  }
}
