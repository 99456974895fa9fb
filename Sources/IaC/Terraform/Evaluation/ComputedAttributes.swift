// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Attributes that a provider computes from the arguments alone, so that they are known without it.
enum ComputedAttributes {
  static func of(
    _ type: String, _ mode: EvaluatedResource.Mode, _ body: EvaluatedBlock, _ address: String, _ module: ModuleInstance
  ) -> [(String, Value)] {
    switch (type, mode) {
    case ("terraform_data", .managed):
      return [("output", body.value("input") ?? .null(.any))]
    case ("aws_iam_policy_document", .data):
      let document = PolicyDocument.evaluate(body)
      let text = encoded(document)
      return [("json", text), ("minified_json", text)]
    case ("google_iam_policy", .data):
      return [("policy_data", encoded(googlePolicy(body.object(nil))))]
    case ("template_file", .data):
      guard let template = body.value("template"), let text = template.string else { return [] }
      let rendered = try? FunctionTable.call(
        "templatestring", [Value(text), body.value("vars") ?? Value(object: [])], body.place,
        Evaluator(module.scope()))
      return rendered.map { [("rendered", $0)] } ?? []
    default: return []
    }
  }

  /// The JSON text, or an unknown one that keeps what is known of it.
  private static func encoded(_ document: Value) -> Value {
    document.isWhollyKnown
      ? Value(document.jsonEncoded) : .unknown(.string, document.sources, twin: .json(document))
  }

  private static func googlePolicy(_ body: Value) -> Value {
    var pairs: [(String, Value)] = []
    let bindings = PolicyDocument.elements(body.members?["binding"]).map { binding in
      Value(object: (binding.members?.entries ?? []).map { ($0.key, $0.value) })
    }
    pairs.append(("bindings", Value(tuple: bindings)))
    let audits = PolicyDocument.elements(body.members?["audit_config"]).map { config in
      let logs = PolicyDocument.elements(config.members?["audit_log_configs"]).map { log in
        Value(
          object: [("log_type", "logType"), ("exempted_members", "exemptedMembers")].compactMap { from, to in
            log.members?[from].map { (to, $0) }
          })
      }
      return Value(
        object: [("auditLogConfigs", Value(tuple: logs))] + (config.members?["service"].map { [("service", $0)] } ?? [])
      )
    }
    if !audits.isEmpty { pairs.append(("auditConfigs", Value(tuple: audits))) }
    return Value(object: pairs)
  }
}

/// The document that `aws_iam_policy_document` makes of its blocks.
///
/// The text has its members sorted and no white space, where the provider's has them in AWS's order and indented: equal as
/// JSON, not as text.
enum PolicyDocument {
  static func evaluate(_ body: EvaluatedBlock) -> Value {
    let own = body.object(nil)
    func known(_ name: String) -> Value? { own.members?[name].flatMap { $0.isNull ? nil : $0 } }
    var statements: [Value] = []
    // Statements of the sources come first; own ones and overrides replace those of their Sid.
    for source in documents(known("source_policy_documents"))
      + documents(known("source_json").map { Value(tuple: [$0]) })
    {
      statements += parts(source)
    }
    statements = merged(statements, elements(known("statement")).map(statement))
    let overrides =
      documents(known("override_policy_documents")) + documents(known("override_json").map { Value(tuple: [$0]) })
    for override in overrides { statements = merged(statements, parts(override)) }
    var pairs: [(String, Value)] = [
      ("Version", known("version") ?? Value("2012-10-17")), ("Statement", Value(tuple: statements)),
    ]
    if let id = known("policy_id") { pairs.append(("Id", id)) }
    return Value(object: pairs)
  }

  /// The values of a block or list; where their number is not known, those that stand for them.
  static func elements(_ value: Value?) -> [Value] {
    guard let value else { return [] }
    if let elements = value.elements { return elements }
    if value.members != nil { return [value] }
    switch value.unknown?.twin {
    case .elements(let elements): return elements
    case .each(let element): return [element]
    case .either(let yes, let no): return elements(yes) + elements(no)
    default: return value.isKnown ? [] : [value]
    }
  }

  private static func documents(_ list: Value?) -> [Value] {
    elements(list).compactMap { document in
      if let text = document.string, text.allSatisfy(\.isWhitespace) { return nil }
      if case .json(let value) = document.unknown?.twin { return value }
      guard document.isKnown else { return document }
      return document.string.flatMap { try? Value(json: JSONDocument.parse($0).root) }
    }
  }

  private static func parts(_ document: Value) -> [Value] {
    guard document.isKnown else { return [document] }
    guard let statement = document.members?["Statement"] else { return [] }
    return elements(statement)
  }

  private static func merged(_ base: [Value], _ more: [Value]) -> [Value] {
    var result = base
    for statement in more {
      let sid = statement.members?["Sid"]?.string ?? ""
      if !sid.isEmpty, let index = result.firstIndex(where: { $0.members?["Sid"]?.string == sid }) {
        result[index] = statement
      } else {
        result.append(statement)
      }
    }
    return result
  }

  private static func statement(_ block: Value) -> Value {
    guard let members = block.members else { return block }
    func given(_ name: String) -> Value? {
      members[name].flatMap { $0.isNull || $0.elements?.isEmpty == true ? nil : $0 }
    }
    var pairs: [(String, Value)] = [("Effect", given("effect") ?? Value("Allow"))]
    if let sid = given("sid"), sid.string != "" { pairs.append(("Sid", sid)) }
    for (from, to) in [
      ("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource"),
    ] {
      if let value = given(from) { pairs.append((to, single(value))) }
    }
    for (from, to) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
      let blocks = elements(members[from])
      if !blocks.isEmpty { pairs.append((to, principals(blocks))) }
    }
    let conditions = elements(members["condition"])
    if !conditions.isEmpty { pairs.append(("Condition", condition(conditions))) }
    return Value(object: pairs)
  }

  /// One value alone is written without a list; `&{` stands for the `${` of AWS's own variables.
  private static func single(_ value: Value) -> Value {
    guard let elements = value.elements else { return value }
    let resolved = elements.map(variables)
    return resolved.count == 1 ? resolved[0] : Value(tuple: resolved)
  }

  private static func variables(_ value: Value) -> Value {
    if let text = value.string { return Value(StringFunctions.replace(text, "&{", "${")) }
    if case .text(let parts) = value.unknown?.twin {
      return .unknown(.string, value.sources, twin: .text(parts.map(variables)))
    }
    return value
  }

  private static func principals(_ blocks: [Value]) -> Value {
    var byType: [(String, [Value])] = []
    var sources: [Reference] = []
    for block in blocks {
      guard let type = block.members?["type"]?.string else {
        sources += block.members?["type"]?.sources ?? block.sources
        continue
      }
      let identifiers = block.members?["identifiers"]
      let list = identifiers?.elements ?? identifiers.map { elements($0) } ?? []
      if let index = byType.firstIndex(where: { $0.0 == type }) {
        byType[index].1 += list
      } else {
        byType.append((type, list))
      }
    }
    guard sources.isEmpty else { return .unknown(.any, sources) }
    // Everybody: no object, but "*".
    if byType.count == 1, byType[0].0 == "*", byType[0].1.first?.string == "*" { return Value("*") }
    return Value(object: byType.map { ($0.0, single(Value(tuple: $0.1))) })
  }

  private static func condition(_ blocks: [Value]) -> Value {
    var tests: [(String, [(String, [Value])])] = []
    var sources: [Reference] = []
    for block in blocks {
      guard let test = block.members?["test"]?.string, let variable = block.members?["variable"]?.string else {
        sources += block.sources
        continue
      }
      let values = block.members?["values"]
      let list = values?.elements ?? values.map { elements($0) } ?? []
      if let index = tests.firstIndex(where: { $0.0 == test }) {
        if let inner = tests[index].1.firstIndex(where: { $0.0 == variable }) {
          tests[index].1[inner].1 += list
        } else {
          tests[index].1.append((variable, list))
        }
      } else {
        tests.append((test, [(variable, list)]))
      }
    }
    guard sources.isEmpty else { return .unknown(.any, sources) }
    return Value(
      object: tests.map { test, variables in
        (test, Value(object: variables.map { ($0.0, single(Value(tuple: $0.1))) }))
      })
  }
}
