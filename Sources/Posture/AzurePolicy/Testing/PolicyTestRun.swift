// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// What came of running the tests of a definition: which failed, which conditions they never saw both ways, and which
/// changes of the rule none of them noticed.
package struct PolicyTestRun: Sendable {
  /// Mutants of one rule that are tried.
  private static let mostMutants = 500

  package struct Failure: Sendable {
    package let test: PolicyTestSuite.Case
    package let message: String
  }

  package struct Coverage: Sendable {
    package let path: String
    package let text: String
    package let place: String
    package internal(set) var wasTrue = false
    package internal(set) var wasFalse = false
    package var isWhole: Bool { wasTrue && wasFalse }
  }

  package struct Survivor: Sendable {
    package let path: String
    package let change: String
    package let place: String
  }

  package let suite: PolicyTestSuite
  package private(set) var failures: [Failure] = []
  package private(set) var coverage: [Coverage] = []
  package private(set) var mutants = 0
  package private(set) var survivors: [Survivor] = []
  /// What is wrong with the definition itself.
  package private(set) var faults: [PolicyFault] = []

  package var passed: Int { suite.cases.count - failures.count }
  package var coveredBranches: Int { coverage.reduce(0) { $0 + ($1.wasTrue ? 1 : 0) + ($1.wasFalse ? 1 : 0) } }

  private let language: PolicyLanguage

  /// - Parameters:
  ///   - mutates: whether changed rules are tried as well, where all tests pass.
  ///   - now: ticks that `utcNow()` tells.
  package init(_ suite: PolicyTestSuite, _ language: PolicyLanguage, mutates: Bool = true, now: Int64) {
    self.suite = suite
    self.language = language
    let rule = suite.definition.properties.member(ignoringCase: "policyRule") ?? .null
    let tree = RuleTree(rule)
    let source = suite.definition.source
    for leaf in tree.leaves {
      coverage.append(
        Coverage(path: leaf.path, text: Self.text(leaf.node), place: "\(source.location(of: leaf.node))"))
    }
    for test in suite.cases {
      let trial = trial(test, suite.definition.properties, now)
      if faults.isEmpty { faults = trial.faults }
      if let message = trial.failure { failures.append(Failure(test: test, message: message)) }
      cover(tree, test, now)
    }
    guard mutates, failures.isEmpty else { return }
    for mutant in tree.mutants.prefix(Self.mostMutants) {
      let changed = RuleTree.replacing(rule, in: suite.definition.properties, with: .value(mutant.rule)).document().root
      mutants += 1
      let isNoticed = suite.cases.contains { trial($0, changed, now).failure != nil }
      if !isNoticed {
        survivors.append(
          Survivor(path: mutant.path, change: mutant.change, place: "\(source.location(of: mutant.node))"))
      }
    }
  }

  private struct Trial {
    var failure: String?
    var faults: [PolicyFault] = []
  }

  private func trial(_ test: PolicyTestSuite.Case, _ properties: JSONValue, _ now: Int64) -> Trial {
    let result = language.trial(
      suite.definition.with(properties), test.parameters, test.document, test.related, test.requestContext, now: now)
    var trial = Trial(failure: nil, faults: result.faults)
    guard let outcome = result.outcome else {
      trial.failure = "the policy cannot be evaluated: \(result.reason)"
      return trial
    }
    let state = outcome.expectation
    if state != test.expected {
      let why = result.summary.isEmpty ? "" : " (\(result.summary))"
      trial.failure = "expected \(test.expected.rawValue), it is \(state.rawValue)\(why)"
    } else if let effect = test.effect, effect.lowercased() != result.effect.lowercased() {
      trial.failure = "expected the effect \(effect), it is \(result.effect)"
    } else if let wanted = test.modified {
      let found = result.modified ?? test.document
      if found != wanted {
        let change = JSONDiff.changes(from: wanted, to: found).first
        trial.failure =
          "the changed document differs at \(change?.path.description ?? "the top"): expected "
          + "\(change?.before?.text ?? "nothing"), it is \(change?.after?.text ?? "nothing")"
      }
    }
    return trial
  }

  /// Notes of each condition whether it holds for the test's document, or one that is related to it.
  private mutating func cover(_ tree: RuleTree, _ test: PolicyTestSuite.Case, _ now: Int64) {
    for (index, leaf) in tree.leaves.enumerated() where !coverage[index].isWhole {
      let rule = JSONDraft.object([
        ("if", .value(leaf.node)), ("then", .object([("effect", .string("audit"))])),
      ]).document().root
      let properties = suite.definition.properties.members.compactMap {
        key, value -> (key: String, value: JSONDraft)? in
        let name = key.string ?? ""
        if name.lowercased() == "policyrule" { return (name, .value(rule)) }
        return name.lowercased() == "mode" ? (name, .string("All")) : (name, .value(value))
      }
      let definition = suite.definition.with(JSONDraft.object(properties).document().root)
      for document in leaf.isOfRelated ? test.related : [test.document] {
        let result = language.trial(
          definition, test.parameters, document, test.related, test.requestContext, now: now)
        guard let isMatch = result.outcome?.match else { continue }
        if isMatch { coverage[index].wasTrue = true } else { coverage[index].wasFalse = true }
      }
    }
  }

  private static func text(_ leaf: JSONValue) -> String {
    let text = leaf.text
    return text.utf8.count > 120 ? String(text.prefix(117)) + "…" : text
  }
}

extension PolicyRecord {
  /// The same with other properties, as a definition with an envelope.
  func with(_ properties: JSONValue) -> PolicyRecord {
    let object = JSONDraft.object([
      ("id", .string(id)), ("name", .string(name)), ("properties", .value(properties)),
    ]).document().root
    return PolicyRecord(
      kind: kind, id: id, name: name, object: object, properties: object["properties"] ?? object, source: source)
  }
}
