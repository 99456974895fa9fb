// SPDX-License-Identifier: Apache-2.0
package import Content

/// The controls of the classic secure score, and which checks each holds: `Content/scores/secure-score.yaml`.
package struct SecureScoreModel: Sendable {
  package struct Control: Sendable {
    package let id: String
    package let title: String
    /// The most points that it gives.
    package let max: Int
  }

  static let path = "scores/secure-score.yaml"
  private static let rest = "best-practices"

  /// In the order of the file.
  package let controls: [Control]
  private let byGoal: [String: Int]
  private let byCheck: [String: Int]
  private let outside: Set<String>
  private let restIndex: Int

  /// - Throws: ``ContentError`` where the file cannot be used.
  package init(_ content: ContentLibrary) throws(ContentError) {
    let location = ContentLocation(path: Self.path)
    guard let file = try content.file(at: Self.path) else {
      throw ContentError(.unreadable, "the file is missing", at: location)
    }
    let node = try YAMLDocument(file).node
    try node.allow(["controls", "outside"])
    var controls: [Control] = []
    var (byGoal, byCheck) = ([String: Int](), [String: Int]())
    for (id, entry) in try node.require("controls").members {
      try entry.allow(["title", "max", "goals", "checks"])
      let max = try entry.require("max").integer
      guard (0...1000).contains(max) else { throw try entry.require("max").error("'max' is 0 to 1000 points") }
      for goal in try entry.optional("goals")?.texts ?? [] where byGoal.updateValue(controls.count, forKey: goal) != nil
      {
        throw entry.error("goal '\(goal)' is in two controls")
      }
      for check in try entry.optional("checks")?.texts ?? []
      where byCheck.updateValue(controls.count, forKey: check) != nil {
        throw entry.error("check '\(check)' is in two controls")
      }
      controls.append(Control(id: id, title: try entry.require("title").text, max: max))
    }
    guard let restIndex = controls.firstIndex(where: { $0.id == Self.rest }) else {
      throw node.error("the control '\(Self.rest)', for goals that are nowhere, is missing")
    }
    self.restIndex = restIndex
    self.controls = controls
    self.byGoal = byGoal
    self.byCheck = byCheck
    outside = Set(try node.optional("outside")?.texts ?? [])
  }

  /// Position of the control that a check counts under; nil for what is in no score.
  package func control(of check: Check) -> Int? {
    outside.contains(check.control) ? nil : byCheck[check.id] ?? byGoal[check.control] ?? restIndex
  }

  package func title(of id: String) -> String { controls.first { $0.id == id }?.title ?? id }

  /// What the file names, for a test that it names nothing that is not there.
  package var goals: Set<String> { outside.union(byGoal.keys) }
  package var checks: Set<String> { Set(byCheck.keys) }
}
