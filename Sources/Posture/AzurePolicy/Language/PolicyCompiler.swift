// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// Compiles definitions for the values of their parameters.
///
///     let compiler = PolicyCompiler(aliases: .convention)
///     let policy = try compiler.compile(definition, parameters: ["effect": value])
package struct PolicyCompiler: Sendable {
  package struct Options: Sendable {
    /// Whether a field may be a path into the document, which Azure does not know.
    package var allowsPaths = false
    /// Deepest nesting of conditions.
    package var depth = 100
    /// Most conditions of a definition.
    package var conditions = 20_000

    package init() {}
  }

  package let aliases: AliasCatalog
  package let options: Options

  package init(aliases: AliasCatalog, options: Options = Options()) {
    self.aliases = aliases
    self.options = options
  }

  /// Compiles a definition.
  ///
  /// What keeps Azure from applying a policy (an unknown alias, a parameter without a value) does not keep it from being
  /// compiled: it is among the policy's problems and the policy then applies to nothing.
  ///
  /// - Parameters:
  ///   - parameters: values by name; a default takes the place of one that is missing.
  ///   - effect: an effect in place of the rule's own, as an override of an assignment sets it.
  /// - Throws: ``PolicyError`` where the definition is malformed.
  package func compile(
    _ definition: PolicyDefinition, parameters: [String: JSONValue] = [:], effect: String? = nil
  ) throws(PolicyError) -> CompiledPolicy {
    var run = RuleCompilation(definition, self)
    run.bind(parameters)
    return try run.compile(effect: effect)
  }

  /// What is wrong with a definition, whatever values its parameters get.
  package func problems(of definition: PolicyDefinition) -> [PolicyProblem] {
    do {
      return try compile(definition).problems.filter { $0.code != .parameter }
    } catch {
      return [error.problem]
    }
  }
}

/// The values that parameters have in one compilation.
struct ParameterEnvironment: ARMEnvironment {
  /// By lower-case name.
  var values: [String: ARMValue] = [:]
  var now: Double? { nil }

  func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    guard name == "parameters" else { throw ARMError(.unknownFunction, at: offset, "\(name)() has no value yet") }
    guard arguments.count == 1, let parameter = arguments[0].string else {
      throw ARMError(.wrongArguments, at: offset, "parameters() takes the name of a parameter")
    }
    guard let value = values[parameter.lowercased()] else {
      let near = Spelling.nearest(to: parameter, in: values.keys)
      throw ARMError(
        .failed, at: offset, "there is no parameter '\(parameter)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return value
  }
}

/// One compilation of one definition.
struct RuleCompilation {
  let definition: PolicyDefinition
  let compiler: PolicyCompiler
  var draft = ProgramDraft()
  var problems: [PolicyProblem] = []
  var parameters = ParameterEnvironment()
  /// The paths of the counts around what is compiled; nil for those of values.
  var scopes: [(path: FieldPath?, type: String?)] = []
  var depth = 0
  /// Whether the definition cannot be applied.
  var isBroken = false

  /// Functions that policies have beside the language's own.
  static let outer: Set<String> = [
    "parameters", "field", "current", "policy", "requestcontext", "subscription", "resourcegroup", "managementgroup",
    "tenant", "utcnow", "claims",
  ]

  init(_ definition: PolicyDefinition, _ compiler: PolicyCompiler) {
    self.definition = definition
    self.compiler = compiler
  }

  func fail(_ code: PolicyProblem.Code, _ at: JSONValue?, _ message: String) -> PolicyError {
    PolicyError(PolicyProblem(code, in: definition.file, at: at, message))
  }

  mutating func note(_ code: PolicyProblem.Code, _ at: JSONValue?, _ message: String) {
    problems.append(PolicyProblem(code, in: definition.file, at: at, message))
    // A value that is missing or not allowed is unknown where it is used.
    if code != .warning, code != .parameter { isBroken = true }
  }

  // MARK: Parameters

  mutating func bind(_ given: [String: JSONValue]) {
    var given = Dictionary(given.map { ($0.key.lowercased(), ($0.key, $0.value)) }) { first, _ in first }
    for parameter in definition.parameters {
      let key = parameter.name.lowercased()
      if let (_, value) = given.removeValue(forKey: key) {
        if let fault = parameter.fault(of: value) { note(.parameter, definition.condition, fault) }
        parameters.values[key] = ARMValue(value)
      } else if let value = parameter.defaultValue {
        // A default may be an expression, such as utcNow() or another parameter.
        parameters.values[key] =
          constant(of: template(value, at: value)) ?? .unknown("the default of '\(parameter.name)'")
      } else {
        parameters.values[key] = .unknown("parameter '\(parameter.name)' has no value")
        note(.parameter, definition.condition, "parameter '\(parameter.name)' has no value and no default")
      }
    }
    if definition.parameters.isEmpty {
      // A bare rule declares nothing: what it is given is what it has.
      for (key, (_, value)) in given { parameters.values[key] = ARMValue(value) }
    } else {
      for (_, (name, _)) in given.sorted(by: { $0.key < $1.key }) {
        let near = Spelling.nearest(to: name, in: definition.parameters.map(\.name))
        note(
          .parameter, definition.condition,
          "the definition has no parameter '\(name)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      }
    }
  }

  // MARK: Values

  /// A value with the expressions in it parsed and those that need no resource evaluated.
  mutating func template(_ value: JSONValue, at place: JSONValue, depth: Int = 0) -> PolicyTemplate {
    switch value.kind {
    case .string:
      let text = value.string ?? ""
      guard ARMExpression.isExpression(text) else { return .constant(.string(ARMExpression.literal(text))) }
      return expression(text, at: value)
    case .array where hasExpressions(value):
      return .array(value.elements.map { template($0, at: place, depth: depth + 1) })
    case .object where hasExpressions(value):
      return .object(value.members.map { ($0.key.string ?? "", template($0.value, at: place, depth: depth + 1)) })
    default: return .constant(ARMValue(value))
    }
  }

  /// Whether a string somewhere within begins with a bracket.
  private func hasExpressions(_ value: JSONValue) -> Bool {
    value.document.withNodes { nodes in
      var at = Int(value.node)
      let end = nodes.next(at)
      while at < end {
        let kind = nodes.kind(at)
        if kind == .string || kind == .escaped, nodes.raw(at).first == UInt8(ascii: "[") { return true }
        at += 1
      }
      return false
    }
  }

  /// Parses an expression and folds what is constant in it.
  mutating func expression(_ text: String, at value: JSONValue) -> PolicyTemplate {
    let parsed: ARMExpression
    do throws(ARMError) {
      parsed = try ARMExpression(parsing: text, outer: Self.outer)
    } catch {
      let place = value.place
      problems.append(
        PolicyProblem(
          error.code == .unknownFunction ? .unknownFunction : .expression, in: definition.file, line: place?.line ?? 0,
          column: (place?.column ?? 0) + error.offset, error.message))
      isBroken = true
      return .failed(error.message)
    }
    ARMExpression.visit(parsed.root) { node in
      if case .outer("field", let arguments, _) = node, case .literal(.string(let name))? = arguments.first {
        remember(name, at: value)
      } else if case .outer("current", let arguments, _) = node, case .literal(.string(let name))? = arguments.first,
        name.contains("/") || name.contains("[")
      {
        remember(name, at: value)
      }
    }
    let folded = fold(parsed.root)
    if case .literal(let constant) = folded { return .constant(constant) }
    return .expression(folded)
  }

  private mutating func remember(_ name: String, at value: JSONValue) {
    guard draft.named[name.lowercased()] == nil, let source = source(of: name, at: value) else { return }
    draft.named[name.lowercased()] = source
  }

  /// The expression with each part that needs no resource in place of its value.
  private func fold(_ node: ARMExpression.Node) -> ARMExpression.Node {
    var needs = false
    ARMExpression.visit(node) { inner in
      switch inner {
      case .outer(let name, _, _): if name != "parameters" { needs = true }
      case .call(let function, _, _): if function.isVolatile || function.name == "lambdaVariables" { needs = true }
      default: break
      }
    }
    if !needs {
      if case .literal = node { return node }
      if case .lambda = node { return node }
      var evaluation = ARMEvaluation(in: parameters)
      // What fails here fails for each resource alike; it is found out there, where a branch may leave it out.
      if let value = try? evaluation.value(ofNode: node) { return .literal(value) }
      return node
    }
    switch node {
    case .call(let function, let arguments, let at): return .call(function, arguments.map(fold), at: at)
    case .outer(let name, let arguments, let at): return .outer(name, arguments.map(fold), at: at)
    case .member(let target, let name, let at): return .member(fold(target), name, at: at)
    case .index(let target, let index, let at): return .index(fold(target), fold(index), at: at)
    default: return node
    }
  }

  /// The value of a template that needs no resource.
  func constant(of template: PolicyTemplate) -> ARMValue? {
    switch template {
    case .constant(let value): return value
    case .failed(let reason): return .unknown(reason)
    case .expression: return nil
    case .array(let elements):
      var values: [ARMValue] = []
      for element in elements {
        guard let value = constant(of: element) else { return nil }
        values.append(value)
      }
      return .array(values)
    case .object(let members):
      var values: [ARMValue.Member] = []
      for (name, member) in members {
        guard let value = constant(of: member) else { return nil }
        values.append(.init(name, value))
      }
      return .object(values)
    }
  }

  // MARK: Fields

  /// Where a field is found; nil, and a problem, where nobody knows it.
  mutating func source(of name: String, at value: JSONValue) -> FieldSource? {
    switch compiler.aliases.field(name, allowsPaths: compiler.options.allowsPaths) {
    case .source(let source): return source
    case .assumed(let source):
      let message = "the type of '\(name)' is not known: its path is taken from its name"
      if !problems.contains(where: { $0.message == message }) { note(.warning, value, message) }
      return source
    case .unknown(let near):
      note(
        .unknownAlias, value,
        "no \(name.contains("/") ? "alias" : "field") is called '\(name)'"
          + (near.map { "; did you mean '\($0)'?" } ?? ""))
      return nil
    }
  }
}
