// SPDX-License-Identifier: Apache-2.0
import ARMLanguage
import Foundation
import JSON
import Posture

/// One case of the Azure Policy suite.
struct PolicyCase {
  let family: String
  let id: String
  let item: JSONValue
}

struct PolicyResult {
  let item: PolicyCase
  /// Nil where the answer is as expected; else what is wrong.
  let fault: String?
  /// Whether the policy applied to the resource: an answer of "compliant" is free where it does not.
  let isApplicable: Bool
}

/// The Azure Policy suite: `azure-policy/cases.json` below a folder that is no part of the repository.
struct PolicyCases {
  let root: JSONValue
  let table: AliasCatalog
  let catalogues: [String: AliasCatalog]

  init(_ file: URL, table: AliasCatalog) throws {
    root = try JSONDocument(parsing: Array(Data(contentsOf: file))).root
    self.table = table
    var catalogues: [String: AliasCatalog] = [:]
    for (key, value) in (root["aliasCatalogues"] ?? .null).members {
      catalogues[key.string ?? ""] = try table.adding(providers: value, file: key.string ?? "")
    }
    self.catalogues = catalogues
  }

  /// The cases of a family that are targets.
  func cases(_ family: String) -> [PolicyCase] {
    let isTarget = { (item: JSONValue) in (item["ownChoice"]?.isNull ?? true) && (item["differs"]?.isNull ?? true) }
    return (root["cases"]?[family] ?? .null).elements.filter(isTarget).map { item in
      let parts = [item["file"], item["builtin"], item["note"], item["policy"], item["document"], item["name"]]
      return PolicyCase(family: family, id: parts.compactMap { $0?.string }.joined(separator: "/"), item: item)
    }
  }

  func run(_ item: PolicyCase) -> PolicyResult {
    switch item.family {
    case "regorus_function": PolicyResult(item: item, fault: function(item.item), isApplicable: true)
    case "psrule_policy": builtIn(item)
    default: evaluation(item)
    }
  }

  // MARK: Evaluation

  private func evaluation(_ test: PolicyCase) -> PolicyResult {
    let item = test.item
    let expect = item["expect"] ?? .null
    func result(_ fault: String?, _ isApplicable: Bool = true) -> PolicyResult {
      PolicyResult(item: test, fault: fault, isApplicable: isApplicable)
    }
    let source = ["policyRule", "policyDefinition", "rawPolicy"].compactMap { item[$0] }.first { !$0.isNull } ?? .null
    var options = PolicyCompiler.Options()
    options.allowsPaths = true
    let aliases = item["aliases"]?.string.flatMap { catalogues[$0] } ?? table
    let policy: CompiledPolicy
    do {
      let definition = try PolicyDefinition.read(source, file: test.id)
      let parameters = Dictionary(
        (item["parameters"] ?? .null).members.map { ($0.key.string ?? "", $0.value) }
      ) { first, _ in first }
      policy = try PolicyCompiler(aliases: aliases, options: options).compile(definition, parameters: parameters)
    } catch {
      return result(expect["error"] == nil ? "\(error)" : nil)
    }
    if expect["parses"] != nil || expect["error"]?.string == "parse" {
      let fault = policy.problems.first { $0.code != .warning && $0.code != .parameter }
      if expect["error"] != nil { return result(fault == nil ? "expected to be refused" : nil) }
      return result(fault?.description)
    }
    let evaluator = PolicyEvaluator(context: Self.context(item))
    let subject = PolicySubject(
      item["resource"] ?? .null, apiVersion: item["apiVersion"]?.string ?? item["requestContext"]?["apiVersion"]?.string
    )
    let outcome = evaluator.judge(policy, subject) { request, _ in
      let found = (item["related"] ?? .null).elements.compactMap { $0["resource"] }.filter { !$0.isNull }
      return .resources(found.map { PolicySubject($0, type: request.type) })
    }
    let isApplicable = outcome.verdict != .notApplicable
    if expect["error"] != nil {
      return result(policy.isBroken || outcome.verdict == .unknown ? nil : "expected an error, got \(outcome.verdict)")
    }
    if policy.isBroken { return result("\(policy.problems[0])") }
    if outcome.verdict == .unknown { return result("unknown: \(outcome.reason)") }
    if expect["none"] != nil {
      return result(outcome.verdict == .nonCompliant ? "expected none, got \(policy.effectText)" : nil, isApplicable)
    }
    guard let effect = expect["effect"]?.string else { return result("no expectation") }
    guard outcome.verdict == .nonCompliant else {
      return result("expected \(effect), got \(outcome.verdict)", isApplicable)
    }
    guard policy.effectText == effect else { return result("expected \(effect), got \(policy.effectText)") }
    if let details = expect["details"] {
      let got = evaluator.details(of: policy, subject)
      let isSame =
        details.kind == .object
        ? details.members.allSatisfy { key, value in got?[key.string ?? ""] == value } : got == details
      if !isSame { return result("details \(got?.text ?? "none") instead of \(details.text)") }
    }
    _ = evaluator.proof(of: outcome, policy, subject)
    return result(nil)
  }

  static func context(_ item: JSONValue) -> PolicyContext {
    var context = PolicyContext()
    let given = item["context"] ?? .null
    func value(_ name: String) -> JSONValue? { given[name].flatMap { $0.isNull ? nil : $0 } }
    func json(_ text: String) -> JSONValue? { try? JSONDocument.parse(text).root }
    context.subscription =
      value("subscription") ?? json(#"{"subscriptionId": "00000000-0000-0000-0000-000000000000"}"#)
    context.resourceGroup = value("resourceGroup") ?? json(#"{"name": "myRG", "location": "eastus"}"#)
    context.policy = value("policy")
    // Without a version the request has none.
    let version = item["apiVersion"]?.string.map { #"{"apiVersion": "\#($0)"}"# } ?? "{}"
    context.requestContext =
      value("requestContext") ?? item["requestContext"].flatMap { $0.isNull ? nil : $0 } ?? json(version)
    if let text = value("utcNow")?.string { context.now = ARMDate(text).map { Double($0.seconds) } }
    return context
  }

  // MARK: Built-ins

  private func builtIn(_ test: PolicyCase) -> PolicyResult {
    let item = test.item
    func result(_ fault: String?, _ isApplicable: Bool = true) -> PolicyResult {
      PolicyResult(item: test, fault: fault, isApplicable: isApplicable)
    }
    guard let source = root["definitions"]?[item["policy"]?.string ?? ""] else { return result("no definition") }
    do {
      let definition = try PolicyDefinition.read(source, file: test.id)
      let compiler = PolicyCompiler(aliases: table)
      var policy = try compiler.compile(definition)
      if policy.effect == .disabled { policy = try compiler.compile(definition, effect: "audit") }
      if policy.isBroken { return result("\(policy.problems[0])") }
      let resource = item["resource"] ?? .null
      var context = PolicyContext()
      context.requestContext = try JSONDocument.parse(#"{"apiVersion": "2024-01-01"}"#).root
      context.subscription = try JSONDocument.parse(#"{"subscriptionId": "00000000-0000-0000-0000-000000000000"}"#).root
      context.resourceGroup = try JSONDocument.parse(#"{"name": "test-rg", "location": "region", "tags": {}}"#).root
      let evaluator = PolicyEvaluator(context: context)
      let outcome = evaluator.judge(policy, PolicySubject(resource)) { request, subject in
        var found: [PolicySubject] = []
        if request.type.lowercased() == subject.type.lowercased() { found.append(subject) }
        for child in (resource["resources"] ?? .null).elements
        where Self.isChild(child, of: subject.type, request.type) {
          found.append(PolicySubject(child, type: request.type))
        }
        return .resources(found)
      }
      let isApplicable = outcome.verdict != .notApplicable
      switch (item["expect"]?.string, outcome.verdict) {
      case ("nonCompliant", .nonCompliant), ("compliant", .compliant), ("compliant", .notApplicable):
        _ = evaluator.proof(of: outcome, policy, PolicySubject(resource))
        return result(nil, isApplicable)
      default:
        return result(
          "expected \(item["expect"]?.string ?? ""), got \(outcome.verdict) \(outcome.reason)", isApplicable)
      }
    } catch {
      return result("\(error)")
    }
  }

  private static func isChild(_ child: JSONValue, of parent: String, _ type: String) -> Bool {
    let own = child["type"]?.string ?? child["ResourceType"]?.string ?? ""
    return own.lowercased() == type.lowercased() || (parent + "/" + own).lowercased() == type.lowercased()
  }

  // MARK: Functions

  /// What the suite calls differently.
  private static let names = ["int_div": "div", "int_mod": "mod", "logic_all": "and", "logic_any": "or"]

  private func function(_ item: JSONValue) -> String? {
    let builtin = (item["builtin"]?.string ?? "").split(separator: ".").last.map(String.init) ?? ""
    let arguments = (item["args"] ?? .null).elements.map { ARMValue($0) }
    let fails = item["want_undefined"] != nil || item["want_error"] != nil
    do {
      let value: ARMValue
      switch builtin {
      case "get_parameter", "resolve_field": value = try surrounding(builtin, item)
      default:
        let words = builtin.split(separator: "_")
        let camel = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        value = try ARMFunction.call(Self.names[builtin] ?? String(camel), arguments)
      }
      if fails { return value.reason != nil || value == .string("") ? nil : "expected a failure, got \(value)" }
      if item["want_null"] != nil { return value.isNull ? nil : "expected null, got \(value)" }
      let want = ARMValue(item["want"] ?? .null)
      return value == want ? nil : "expected \(want.json.text), got \(value.json.text)"
    } catch {
      return fails ? nil : "\(error)"
    }
  }

  /// Parameters and fields go by a definition whose details ask for them.
  private func surrounding(_ builtin: String, _ item: JSONValue) throws -> ARMValue {
    let arguments = Array((item["args"] ?? .null).elements)
    let isField = builtin == "resolve_field"
    let asked = isField ? arguments[1] : arguments[2]
    let call = "[\(isField ? "field" : "parameters")(\(asked.string.map { "'\($0)'" } ?? asked.text))]"
    var parameters = "{}"
    var given: [String: JSONValue] = [:]
    if !isField {
      given = Dictionary(arguments[0].members.map { ($0.key.string ?? "", $0.value) }) { first, _ in first }
      let declared = arguments[1].members.map { "\"\($0.key.string ?? "")\": {\"defaultValue\": \($0.value.text)}" }
      parameters = "{\(declared.joined(separator: ","))}"
    }
    let text = """
      {"parameters": \(parameters), "policyRule": {"if": {"field": "type", "exists": true},
       "then": {"effect": "audit", "details": {"answer": "\(call)"}}}}
      """
    let definition = try PolicyDefinition.read(JSONDocument.parse(text).root, file: "case")
    var options = PolicyCompiler.Options()
    options.allowsPaths = true
    let policy = try PolicyCompiler(aliases: .convention, options: options).compile(definition, parameters: given)
    let evaluator = PolicyEvaluator()
    let details = evaluator.details(of: policy, PolicySubject(isField ? arguments[0] : .null))
    guard let answer = details?["answer"], !answer.isNull else { return .unknown("no answer") }
    return ARMValue(answer)
  }
}
