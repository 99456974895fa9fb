// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Posture

struct PolicyRuleTests {
  static let storage = "Microsoft.Storage/storageAccounts"

  @Test func `aliases lead to their paths, and only for their type`() throws {
    let policy = try RuleFixture.compile(
      if: #"{"field": "Microsoft.Storage/storageAccounts/networkAcls.defaultAction", "equals": "Allow"}"#,
      allowsPaths: false)
    let resource = #""properties": {"networkAcls": {"defaultAction": "Allow"}}"#
    let own = try PolicySubject(RuleFixture.value(#"{"type": "\#(Self.storage)", \#(resource)}"#))
    let other = try PolicySubject(RuleFixture.value(#"{"type": "Microsoft.Sql/servers", \#(resource)}"#))
    #expect(PolicyEvaluator().judge(policy, own).verdict == .nonCompliant)
    #expect(PolicyEvaluator().judge(policy, other).verdict == .compliant)
  }

  @Test(arguments: [
    (
      "Microsoft.Network/networkSecurityGroups/securityRules[*].access", "properties.securityRules[*].properties.access"
    ),
    ("Microsoft.Compute/virtualMachines/sku.name", "properties.hardwareProfile.vmSize"),
    ("Microsoft.Storage/storageAccounts/sku.name", "sku.name"),
    ("Microsoft.Web/sites/config/web.ftpsState", "properties.ftpsState"),
    ("Microsoft.Insights/diagnosticSettings/logs.enabled", "properties.logs[*].enabled"),
    ("Contoso.Things/widgets/colour.shade", "properties.colour.shade"),
    ("Microsoft.Media/x/y/input.#Microsoft-Media-Clip.files[*]", "properties.input.files[*]"),
    ("Microsoft.Storage/storageAccounts/networkAcls.ipRules", "properties.networkAcls.ipRules"),
  ])
  func `an alias has its path`(name: String, path: String) throws {
    let catalog = try #require(RuleFixture.aliases)
    let source: FieldSource
    switch catalog.field(name, allowsPaths: false) {
    case .source(let found), .assumed(let found): source = found
    case .unknown: throw CancellationError()
    }
    guard case .path(let found) = source.kind else { throw CancellationError() }
    #expect(found.steps == FieldPath(path)?.steps)
  }

  @Test func `a supplied catalogue chooses paths by the version of the API`() throws {
    let providers = try RuleFixture.value(
      """
      {"value": [{"namespace": "Contoso.Things", "resourceTypes": [{"resourceType": "widgets",
       "capabilities": "SupportsTags, SupportsLocation", "aliases": [{"name": "Contoso.Things/widgets/shade",
       "defaultPath": "properties.shade", "defaultMetadata": {"attributes": "Modifiable"},
       "paths": [{"path": "properties.old.shade", "apiVersions": ["2019-01-01"]}]},
       {"name": "Contoso.Things/widgets/parts[*]", "defaultPath": "properties.parts[*]",
        "paths": [{"path": "properties.old.parts[*]", "apiVersions": ["2019-01-01"]}]},
       {"name": "Contoso.Things/widgets/parts[*].size", "defaultPath": "properties.parts[*].size",
        "paths": [{"path": "properties.old.parts[*].size", "apiVersions": ["2019-01-01"]}]}]}]}]}
      """)
    let catalog = try AliasCatalog.convention.adding(providers: providers, file: "providers.json")
    #expect(catalog.isIndexed(type: "contoso.things/WIDGETS") == true)
    let policy = try RuleFixture.compile(
      if: #"{"field": "Contoso.Things/widgets/shade", "equals": "red"}"#, allowsPaths: false, aliases: catalog)
    let resource = #"{"type": "Contoso.Things/widgets", "properties": {"shade": "red", "old": {"shade": "blue"}}}"#
    var subject = try PolicySubject(RuleFixture.value(resource))
    #expect(PolicyEvaluator().judge(policy, subject).verdict == .nonCompliant)
    subject.apiVersion = "2019-01-01"
    #expect(PolicyEvaluator().judge(policy, subject).verdict == .compliant)
    let count =
      #"{"count": {"field": "Contoso.Things/widgets/parts[*]", "where": {"allOf": [{"field": "Contoso.Things/widgets/parts[*].size", "greater": 1}, {"value": "[first(field('Contoso.Things/widgets/parts[*].size'))]", "less": 9}]}}, "equals": 1}"#
    let counting = try RuleFixture.compile(if: count, allowsPaths: false, aliases: catalog)
    let parts =
      #"{"type": "Contoso.Things/widgets", "properties": {"parts": [{"size": 1}], "old": {"parts": [{"size": 1}, {"size": 2}]}}}"#
    var widget = try PolicySubject(RuleFixture.value(parts))
    #expect(PolicyEvaluator().judge(counting, widget).verdict == .compliant)
    widget.apiVersion = "2019-01-01"
    #expect(PolicyEvaluator().judge(counting, widget).verdict == .nonCompliant)
  }

  /// What is written, the part of the message that mends it, and the line and column of it.
  @Test(arguments: [
    (
      #"{"field": "Microsoft.Storage/storageAccounts/minimumTlsVersoin", "equals": 1}"#,
      "did you mean 'Microsoft.Storage/storageAccounts/minimumTlsVersion'?"
    ),
    (#"{"field": "properties.x", "equals": 1}"#, "no field is called 'properties.x'"),
    (#"{"value": "[contcat('a')]", "equals": 1}"#, "did you mean 'concat'?"),
    (#"{"value": "[concat('a']", "equals": 1}"#, "a ( is not closed"),
    (#"{"value": "[padLeft('a')]", "equals": 1}"#, "padLeft() takes 2 to 3 arguments, not 1"),
  ])
  func `what Azure would not apply is a problem, and applies to nothing`(condition: String, message: String) throws {
    let policy = try RuleFixture.compile(if: condition, allowsPaths: false)
    let problem = try #require(policy.problems.first)
    #expect(problem.message.contains(message), "\(problem)")
    #expect(problem.line == 1 && problem.column > 1)
    let outcome = try PolicyEvaluator().judge(policy, PolicySubject(RuleFixture.value("{}")))
    #expect(outcome.verdict == .notApplicable)
    #expect(outcome.reason == problem.message)
  }

  @Test(arguments: [
    (#"{"field": "name"}"#, "no operator"), (#"{"field": "name", "equels": 1}"#, "did you mean 'equals'?"),
    (#"{"field": "name", "equals": 1, "like": "x"}"#, "one operator"), (#"{"equals": 1}"#, "needs field"),
    (#"{"field": "name", "value": 1, "equals": 1}"#, "not both"), (#"{"allOf": {}}"#, "array of conditions"),
    (#"{"not": {"field": "name", "equals": 1}, "equals": 1}"#, "not has no operator"), (#"{"not": []}"#, "object"),
    (#"{"field": "name", "in": "x"}"#, "in needs an array"),
    (#"{"field": "name", "exists": "maybe"}"#, "true or false"),
    (#"{"count": {"field": "a"}, "equals": 1}"#, "elements of an array"),
    (#"{"count": {}, "equals": 1}"#, "field or value"),
    (#"{"count": {"field": "a[*]", "wher": {}}, "equals": 1}"#, "did you mean 'where'?"), ("[]", "object"),
  ])
  func `a malformed condition is refused`(condition: String, message: String) throws {
    do {
      _ = try RuleFixture.compile(if: condition)
      Issue.record("it was let through")
    } catch let error as PolicyError {
      #expect(error.problem.message.contains(message), "\(error)")
    }
  }

  @Test(
    arguments: [
      (
        #"{"allOf": [{"field": "type", "equals": "A/b"}, {"field": "name", "equals": "x"}, {"field": "p", "equals": 1}]}"#,
        ["a/b"]
      ),
      (
        #"{"anyOf": [{"field": "type", "in": ["A/b", "A/c"]}, {"field": "TYPE", "equals": "A/d"}]}"#,
        ["a/b", "a/c", "a/d"]
      ),
      (#"{"allOf": [{"field": "type", "in": ["A/b", "A/c"]}, {"field": "type", "equals": "A/C"}]}"#, ["a/c"]),
      (#"{"field": "type", "notEquals": "A/b"}"#, nil), (#"{"not": {"field": "type", "equals": "A/b"}}"#, nil),
      (#"{"anyOf": [{"field": "type", "equals": "A/b"}, {"field": "p", "equals": 1}]}"#, nil),
      (#"{"field": "type", "equals": "[parameters('t')]"}"#, ["a/p"]),
    ] as [(String, [String]?)])
  func `a rule knows its types`(condition: String, types: [String]?) throws {
    let policy = try RuleFixture.compile(
      if: condition, parameters: #"{"t": {"type": "String"}}"#, given: ["t": #""A/P""#])
    #expect(policy.types == types.map { Set($0) })
  }

  /// Applicability goes by type, name and kind; all else is taken to hold.
  @Test(arguments: [
    (#"{"allOf": [{"field": "type", "equals": "A/b"}, {"field": "p", "equals": 2}]}"#, PolicyVerdict.compliant),
    (#"{"allOf": [{"field": "type", "equals": "A/c"}, {"field": "p", "equals": 2}]}"#, .notApplicable),
    (
      #"{"allOf": [{"field": "type", "equals": "A/b"}, {"field": "kind", "equals": "z"}, {"field": "p", "equals": 1}]}"#,
      .notApplicable
    ),
    (#"{"allOf": [{"field": "type", "equals": "A/b"}, {"field": "kind", "equals": "z"}]}"#, .compliant),
    (#"{"field": "name", "equals": "z"}"#, .compliant),
    (#"{"not": {"field": "type", "equals": "A/b"}}"#, .notApplicable),
    (#"{"allOf": [{"not": {"field": "p", "equals": 1}}, {"field": "kind", "equals": "k"}]}"#, .compliant),
  ])
  func `applicability is decided apart from compliance`(condition: String, verdict: PolicyVerdict) throws {
    let resource = #"{"type": "A/b", "name": "n", "kind": "k", "p": 1}"#
    #expect(try RuleFixture.verdict(condition, resource) == verdict)
  }

  @Test(arguments: [
    (#"{"policyRule": {"then": {"effect": "audit"}}}"#, "policyRule has no if"),
    (#"{"policyRule": {"if": {"field": "name", "equals": 1}}}"#, "policyRule has no then"),
    (#"{"properties": {"mode": "All"}}"#, "needs policyRule"), ("[]", "must be an object"),
    (#"{"displayName": "a", "properties": {"policyRule": {}}}"#, "'displayName' stands outside of properties"),
    (#"{"policyRule": {"if": {}, "then": {}, "else": {}}}"#, "not 'else'"),
    (#"{"parameters": [], "policyRule": {"if": {}, "then": {}}}"#, "parameters must be an object"),
  ])
  func `a malformed definition is refused`(text: String, message: String) throws {
    do throws(PolicyError) {
      _ = try PolicyDefinition.read((try? RuleFixture.value(text)) ?? .null, file: "d.json")
      Issue.record("it was let through")
    } catch {
      #expect(error.problem.message.contains(message), "\(error)")
    }
  }

  @Test func `a definition is read as REST gives it`() throws {
    let text = #"""
      {"id": "/x/1", "name": "1", "properties": {"displayName": "D", "mode": "indexed", "policyType": "BuiltIn",
       "metadata": {"version": "1.0.0-deprecated", "category": "C"}, "policyRule":
       {"IF": {"field": "name", "equals": 1}, "Then": {"Effect": "Deny"}}}}
      """#
    let definition = try PolicyDefinition.read(RuleFixture.value(text), file: "d.json")
    #expect(definition.id == "/x/1" && definition.name == "1" && definition.displayName == "D")
    #expect(definition.mode == .indexed && definition.isDeprecated && definition.category == "C")
    #expect(try PolicyCompiler(aliases: .convention).compile(definition).effect == .deny)
    #expect(try PolicyCompiler(aliases: .convention).compile(definition, effect: "Disabled").effect == .disabled)
  }

  @Test func `parameters have defaults and allowed values`() throws {
    let parameters =
      #"{"p": {"type": "String", "defaultValue": "a", "allowedValues": ["a", "b"]}, "q": {"type": "Array"}}"#
    func problems(_ given: [String: String]) throws -> String {
      try RuleFixture.compile(
        if: #"{"field": "name", "equals": "[parameters('p')]"}"#, parameters: parameters, given: given
      )
      .problems.map(\.message).joined(separator: "; ")
    }
    #expect(try problems(["q": "[]"]) == "")
    #expect(try problems(["p": #""c""#, "q": "[]"]).contains("does not allow"))
    #expect(try problems(["q": "1"]).contains("is of type array"))
    #expect(try problems([:]).contains("'q' has no value"))
    #expect(try problems(["q": "[]", "pp": "1"]).contains("did you mean 'p'?"))
  }

  static let existence =
    #"{"effect": "auditIfNotExists", "details": {"type": "A/b/c", "name": "default", "existenceScope": "subscription", "existenceCondition": {"field": "p", "equals": "[field('wanted')]"}}}"#

  @Test func `the proof of a count names the elements that it found`() throws {
    let condition = #"{"count": {"field": "a[*]", "where": {"field": "a[*].b", "equals": 1}}, "greater": 1}"#
    let policy = try RuleFixture.compile(if: condition)
    let subject = try PolicySubject(RuleFixture.value(#"{"a": [{"b": 1}, {"b": 2}, {"b": 1}]}"#))
    let evaluator = PolicyEvaluator()
    let leaves = evaluator.proof(of: evaluator.judge(policy, subject), policy, subject)
    #expect(leaves.map(\.elements) == [["a[0]", "a[2]"]])
  }

  @Test(arguments: [
    (#"[{"id": "1", "name": "default", "p": "w"}]"#, PolicyVerdict.compliant),
    (#"[{"id": "1", "name": "default", "p": "x"}]"#, .nonCompliant), ("[]", .nonCompliant),
    (#"[{"id": "1", "name": "other", "p": "w"}]"#, .nonCompliant),
    (#"[{"id": "1", "name": "parent/default", "p": "x"}, {"id": "2", "name": "default", "p": "w"}]"#, .compliant),
  ])
  func `an IfNotExists effect asks for related resources`(found: String, verdict: PolicyVerdict) throws {
    let policy = try RuleFixture.compile(if: #"{"field": "type", "equals": "A/b"}"#, then: Self.existence)
    let subject = try PolicySubject(RuleFixture.value(#"{"type": "A/b", "wanted": "w"}"#))
    let related = try RuleFixture.value(found)
    let outcome = PolicyEvaluator().judge(policy, subject) { request, _ in
      #expect(request.type == "A/b/c" && request.name == "default" && request.scope == .subscription)
      return .resources(related.elements.map { PolicySubject($0, type: request.type) })
    }
    #expect(outcome.verdict == verdict)
    let unknown = PolicyEvaluator().judge(policy, subject) { _, _ in .unknown("not collected") }
    #expect(unknown.verdict == .unknown && unknown.reason == "not collected")
    let other = try PolicySubject(RuleFixture.value(#"{"type": "A/z"}"#))
    #expect(PolicyEvaluator().judge(policy, other).verdict == .notApplicable)
  }

  @Test func `the proof names the conditions that decided`() throws {
    let condition = #"""
      {"allOf": [{"field": "type", "equals": "A/b"}, {"anyOf": [{"field": "p", "equals": 1}, {"field": "rules[*].access", "notEquals": "Deny"}]},
       {"count": {"field": "rules[*]", "where": {"field": "rules[*].port", "in": [22, 3389]}}, "greater": 0}]}
      """#
    let policy = try RuleFixture.compile(if: condition)
    let evaluator = PolicyEvaluator()
    func leaves(_ resource: String) throws -> [String] {
      let subject = try PolicySubject(RuleFixture.value(resource))
      return evaluator.proof(of: evaluator.judge(policy, subject), policy, subject).map {
        "\($0.name) \($0.path) \($0.condition) \($0.expected.text) \($0.actual?.text ?? "missing")"
      }
    }
    #expect(
      try leaves(#"{"type": "A/b", "p": 1, "rules": [{"port": "22", "access": "Allow"}]}"#) == [
        #"type type equals "A/b" "A/b""#, "p p equals 1 1", "count(rules[*])  greater 0 1",
      ])
    #expect(
      try leaves(#"{"type": "A/b", "rules": [{"port": 1, "access": "Allow"}, {"access": "deny"}]}"#) == [
        "p p equals 1 missing", #"rules[*].access rules[1].access notEquals "Deny" "deny""#,
      ])
  }

  @Test(
    arguments: [
      (#"{"field": "p", "equals": "Disabled"}"#, #"{"p": "Enabled"}"#, #"p "Enabled" "Disabled""#),
      (#"{"field": "p", "exists": false}"#, "{}", "p missing true"),
      (
        #"{"allOf": [{"field": "p", "equals": true}, {"field": "q", "less": 5}]}"#, #"{"p": true, "q": 3}"#,
        "p true false"
      ),
      (#"{"field": "q", "less": 5}"#, #"{"q": 3}"#, "q 3 5"),
      (#"{"anyOf": [{"field": "p", "equals": 1}, {"field": "q", "equals": 1}]}"#, #"{"p": 1, "q": 1}"#, nil),
    ] as [(String, String, String?)])
  func `the smallest flip is one property`(condition: String, resource: String, flip: String?) throws {
    let policy = try RuleFixture.compile(if: condition)
    let subject = try PolicySubject(RuleFixture.value(resource))
    let evaluator = PolicyEvaluator()
    let found = evaluator.smallestFlip(of: evaluator.judge(policy, subject), policy, subject)
    #expect(found.map { "\($0.path) \($0.before?.text ?? "missing") \($0.after?.text ?? "gone")" } == flip)
  }

  @Test func `the smallest flip may be of a related resource`() throws {
    let policy = try RuleFixture.compile(if: #"{"field": "type", "equals": "A/b"}"#, then: Self.existence)
    let subject = try PolicySubject(RuleFixture.value(#"{"type": "A/b", "wanted": "w"}"#))
    let plain = try RuleFixture.compile(
      if: #"{"field": "type", "equals": "A/b"}"#,
      then:
        #"{"effect": "auditIfNotExists", "details": {"type": "A/b/c", "existenceCondition": {"field": "q.state", "equals": "Enabled"}}}"#
    )
    let found = try PolicySubject(
      RuleFixture.value(#"{"id": "/r/1", "name": "default", "p": "x", "q": {"state": "off"}}"#))
    let evaluator = PolicyEvaluator()
    let lookup: RelatedLookup = { _, _ in .resources([found]) }
    let flip = evaluator.smallestFlip(
      of: evaluator.judge(plain, subject, related: lookup), plain, subject, related: lookup)
    #expect(flip?.relatedId == "/r/1" && flip?.path == "q.state" && flip?.after?.string == "Enabled")
    // What is compared with is computed: no property alone is known to do.
    #expect(evaluator.smallestFlip(of: evaluator.judge(policy, subject, related: lookup), policy, subject)?.path == nil)
  }

  @Test(arguments: [
    (
      #"{"operation": "addOrReplace", "field": "tags['env']", "value": "[concat('a', field('name'))]"}"#,
      #"{"name":"n","a":[1],"tags":{"env":"an"}}"#
    ),
    (
      #"{"operation": "add", "field": "tags['x']", "value": "new"}"#,
      #"{"name":"n","a":[1],"tags":{"env":"old","x":"new"}}"#
    ),
    (#"{"operation": "add", "field": "tags['env']", "value": "new"}"#, #"{"name":"n","a":[1],"tags":{"env":"old"}}"#),
    (#"{"operation": "remove", "field": "tags['ENV']"}"#, #"{"name":"n","a":[1],"tags":{}}"#),
    (#"{"operation": "add", "field": "a[*]", "value": 2}"#, #"{"name":"n","a":[1,2],"tags":{"env":"old"}}"#),
    (
      #"{"operation": "addOrReplace", "field": "b.c.d", "value": {"e": 1}}"#,
      #"{"name":"n","a":[1],"tags":{"env":"old"},"b":{"c":{"d":{"e":1}}}}"#
    ),
    (
      #"{"operation": "addOrReplace", "field": "tags.env", "value": "x", "condition": "[greater(requestContext().apiVersion, '2030')]"}"#,
      #"{"name":"n","a":[1],"tags":{"env":"old"}}"#
    ),
  ])
  func `modify changes the document`(operation: String, result: String) throws {
    let policy = try RuleFixture.compile(
      if: #"{"field": "name", "equals": "n"}"#,
      then: #"{"effect": "modify", "details": {"operations": [\#(operation)]}}"#)
    let subject = try PolicySubject(RuleFixture.value(#"{"name": "n", "a": [1], "tags": {"env": "old"}}"#))
    let (document, changes) = try PolicyEvaluator(context: RuleFixture.context()).apply(policy, to: subject)
    #expect(document.text == result)
    #expect(changes.count == 1)
  }

  @Test func `definitions made to hurt end within limits`() throws {
    let deep =
      String(repeating: #"{"not":"#, count: 200) + #"{"field": "name", "equals": 1}"#
      + String(repeating: "}", count: 200)
    #expect(throws: PolicyError.self) { try RuleFixture.compile(if: deep) }
    let nested = "[" + String(repeating: "not(", count: 500) + "true()" + String(repeating: ")", count: 500) + "]"
    let policy = try RuleFixture.compile(if: #"{"value": "\#(nested)", "equals": true}"#)
    #expect(policy.problems.first?.message.contains("nested deeper") ?? false)
    let count =
      #"{"count": {"value": "[range(0, 10000)]", "name": "a", "where": {"count": {"value": "[range(0, 10000)]", "where": {"field": "p", "equals": 1}}, "greater": 5}}, "greater": 5}"#
    let outcome = try PolicyEvaluator().judge(
      RuleFixture.compile(if: count), PolicySubject(RuleFixture.value("{}")))
    #expect(outcome.verdict == .unknown && outcome.reason.contains("steps"))
    let text = "[length(join(map(range(0, 10000), lambda('i', padLeft('x', 1000000))), ''))]"
    #expect(try RuleFixture.verdict(#"{"value": "\#(text)", "equals": 1}"#, "{}") == .unknown)
  }

  @Test func `a compiled member is small`() throws {
    let condition = #"""
      {"allOf": [{"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
       {"anyOf": [{"field": "Microsoft.Storage/storageAccounts/minimumTlsVersion", "exists": false},
       {"field": "Microsoft.Storage/storageAccounts/minimumTlsVersion", "notIn": "[parameters('v')]"}]}]}
      """#
    let policy = try RuleFixture.compile(
      if: condition, parameters: #"{"v": {"type": "Array"}}"#, given: ["v": #"["TLS1_2", "TLS1_3"]"#])
    #expect(policy.heldBytes < 2048)
  }
}
