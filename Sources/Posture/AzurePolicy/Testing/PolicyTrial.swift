// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// One definition tried on one document.
struct PolicyTrial {
  var outcome: RuleOutcome?
  var effect = ""
  /// Why the outcome is what it is.
  var summary = ""
  /// Why there is no outcome.
  var reason = ""
  var faults: [PolicyFault] = []
  /// The document as the policy would leave it; nil where it changes nothing.
  var modified: JSONValue?
}

extension RuleOutcome {
  var expectation: PolicyTestSuite.Expectation {
    switch verdict {
    case .notApplicable: .notApplicable
    case .compliant: .compliant
    case .nonCompliant: .nonCompliant
    case .unknown, .manual: .unknown
    }
  }
}

extension PolicyLanguage {
  /// Judges a document by a definition as if it were assigned to everything.
  ///
  /// - Parameters:
  ///   - related: documents beside it, among them its group and subscription.
  ///   - now: ticks that `utcNow()` tells.
  func trial(
    _ record: PolicyRecord, _ parameters: [(name: String, value: JSONValue)], _ document: JSONValue,
    _ related: [JSONValue], _ requestContext: JSONValue?, now: Int64
  ) -> PolicyTrial {
    var trial = PolicyTrial()
    var wrong: [PolicyParameters.Fault] = []
    let values = PolicyParameters(
      record.properties.member(ignoringCase: "parameters"), given: parameters.map { ($0.name, ARMValue($0.value)) },
      faults: &wrong)
    if let fault = wrong.first {
      trial.reason = fault.message
      return trial
    }
    var facts = PolicyMemberFacts()
    facts.definitionId = record.id
    let (result, faults) = compile(record, values, effect: nil, facts: facts)
    trial.faults = faults
    guard case .rule(let rule) = result else {
      if case .passed(let reason) = result { trial.reason = reason }
      return trial
    }
    trial.effect = rule.policy.effectText
    let estate = PolicyEstate(documents: [document] + related)
    guard let resource = estate.resources.first, document.member(ignoringCase: "type") != nil else {
      trial.reason = "the document has no type"
      return trial
    }
    var evaluator = PolicyEvaluator(context: PolicySurroundings(resource, estate, now: now).context)
    evaluator.context.requestContext = requestContext
    let outcome = rule.judge(resource, &evaluator, estate)
    trial.outcome = outcome
    trial.summary = rule.told(outcome, resource, &evaluator).reason
    if case .unknown(let why) = outcome.verdict { trial.summary = why }
    if case .nonCompliant = outcome.verdict, !rule.policy.operations.isEmpty {
      trial.modified = evaluator.apply(rule.policy, to: resource.subject).document
    }
    return trial
  }
}
