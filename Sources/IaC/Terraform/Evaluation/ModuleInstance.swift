// SPDX-License-Identifier: Apache-2.0

/// One use of a module: its declarations with the values that they have there, each evaluated when it is first asked for.
final class ModuleInstance: ReferenceResolver {
  /// A value that is evaluated once; a failure is kept as well.
  enum State<T> {
    case evaluating
    case done(Result<T, Diagnostic>)
  }

  let root: RootModule
  let module: Module
  let parent: ModuleInstance?
  let call: Module.Call?
  /// `each` and `count` of the call.
  let callScope: Scope
  /// `module.a["k"].module.b`; empty for the root.
  let address: String
  /// Names of the calls that lead here, without keys.
  let names: [String]
  let callChain: [Place]
  let isIndeterminate: Bool

  private var variables: [String: State<Value>] = [:]
  private var locals: [String: State<Value>] = [:]
  private var outputValues: [String: State<Value>] = [:]
  var resources: [String: State<ResourceInstances>] = [:]
  var calls: [String: State<ModuleInstances>] = [:]
  var providerConfigurations: [String: ProviderConfiguration?] = [:]

  var run: TerraformRun { root.run }
  var files: FileAccess { root.files }
  var budget: Budget { root.run.budget }

  init(_ root: RootModule) {
    self.root = root
    module = root.module
    parent = nil
    call = nil
    callScope = .empty
    address = ""
    names = []
    callChain = []
    isIndeterminate = false
  }

  init(_ module: Module, _ call: Module.Call, in parent: ModuleInstance, _ key: InstanceKey, _ scope: Scope) {
    root = parent.root
    self.module = module
    self.parent = parent
    self.call = call
    callScope = scope
    address = parent.prefixed("module.\(call.name)\(key.text)")
    names = parent.names + [call.name]
    callChain = parent.callChain + [call.block.place]
    isIndeterminate = parent.isIndeterminate || key == .unknown
  }

  /// An address of this module as it is seen from the root.
  func prefixed(_ local: String) -> String { address.isEmpty ? local : address + "." + local }

  /// A scope of this module with `each` and `count`.
  func scope(_ names: [(name: String, value: Value)] = []) -> Scope {
    var scope = Scope.empty
    scope.names = names
    scope.resolver = self
    return scope
  }

  func number(ofFile path: String) -> UInt32 { run.result.files.add(FilePaths.join(root.module.folder, path)) }

  func note(functionNotEvaluated name: String, at place: Place) {
    let entry = TerraformCoverage.FunctionCall(name: name, place: place)
    if !run.result.coverage.functionsNotEvaluated.contains(entry) {
      run.result.coverage.functionsNotEvaluated.append(entry)
    }
  }

  /// Evaluates once; who comes back while that goes on has gone in a circle.
  func once<T>(
    _ table: ReferenceWritableKeyPath<ModuleInstance, [String: State<T>]>, _ key: String, _ what: String,
    _ place: Place,
    _ body: () throws(Diagnostic) -> T
  ) throws(Diagnostic) -> T {
    switch self[keyPath: table][key] {
    case .done(let result): return try result.get()
    case .evaluating:
      let start = run.pending.firstIndex(of: what) ?? 0
      let circle = (run.pending[start...] + [what]).joined(separator: " -> ")
      throw Diagnostic(.cycle, "this needs itself: \(circle)", at: place)
    case nil:
      self[keyPath: table][key] = .evaluating
      run.pending.append(what)
      defer { run.pending.removeLast() }
      do throws(Diagnostic) {
        let value = try body()
        self[keyPath: table][key] = .done(.success(value))
        return value
      } catch {
        self[keyPath: table][key] = .done(.failure(error))
        throw error
      }
    }
  }

  // MARK: References

  func resolve(
    _ root: String, _ steps: [Expression.Step], at place: Place
  ) throws(Diagnostic) -> (value: Value, used: Int) {
    func name(_ index: Int, _ wanted: String) throws(Diagnostic) -> String {
      if index < steps.count, case .attribute(let name) = steps[index] { return name }
      throw Diagnostic(.invalid, "'\(root)' is followed by \(wanted)", at: place)
    }
    switch root {
    case "var": return (try variable(try name(0, "'.' and the name of a variable"), place), 1)
    case "local": return (try local(try name(0, "'.' and the name of a local value"), place), 1)
    case "module": return try moduleOutput(try name(0, "'.' and the name of a module"), steps, place)
    case "path":
      switch try name(0, ".module, .root or .cwd") {
      case "module": return (Value(FilePaths.relative(module.folder, from: self.root.module.folder)), 1)
      case "root": return (Value("."), 1)
      case "cwd": return (Value(files.absolute(".")), 1)
      case let other:
        throw Diagnostic(.undeclared, "there is no path.\(other); there are module, root and cwd", at: place)
      }
    case "terraform":
      switch try name(0, ".workspace") {
      case "workspace": return (Value(run.options.workspace), 1)
      case let other: return (.unknown(.any, itself: Reference(.function, "terraform.\(other)")), 1)
      }
    case "data", "ephemeral":
      let key = "\(root).\(try name(0, "a type")).\(try name(1, "a type and a name"))"
      return (try resource(key, place).value, 2)
    case "each", "count", "self":
      let owner = root == "each" ? "for_each" : root
      throw Diagnostic(.undeclared, "'\(root)' can only be used in a block with '\(owner)'", at: place)
    default:
      guard !steps.isEmpty else {
        // Other languages write it so; what is meant is plain.
        if let flag = ["True": true, "False": false][root] {
          run.report(Diagnostic(.undeclared, "'\(root)' is no value; write \(flag)", at: place))
          return (Value(flag), 0)
        }
        throw Diagnostic(.undeclared, "'\(root)' is no value; write \"\(root)\" for a text, or var.\(root)", at: place)
      }
      return (try resource("\(root).\(try name(0, "the name of a resource"))", place).value, 1)
    }
  }

  // MARK: Variables

  private func variable(_ name: String, _ place: Place) throws(Diagnostic) -> Value {
    guard let block = module.variables[name] else {
      let hint = Diagnostic.suggestion(name, module.variables.keys)
      return undeclared(
        "the variable '\(name)' is not declared\(hint)", Reference(.variable, prefixed("var.\(name)")), place)
    }
    return try once(\.variables, name, prefixed("var.\(name)"), place) { () throws(Diagnostic) in
      try evaluateVariable(name, block)
    }
  }

  private func evaluateVariable(_ name: String, _ block: Block) throws(Diagnostic) -> Value {
    let constraint = try module.constraint(of: name)
    let isSensitive = block.body.attribute("sensitive")?.expression.literalBool ?? false
    let isNullable = block.body.attribute("nullable")?.expression.literalBool ?? true
    var value: Value?
    var place = block.place
    if let call {
      if let attribute = call.block.body.attribute(name), let parent {
        place = attribute.place
        value = parent.evaluate(attribute.expression, callScope.names)
      }
    } else if let input = root.inputs[name] {
      value = try input.isText ? text(input, name, constraint, block) : input.value
      if let at = input.place { place = at }
    }
    if let given = value, given.isNull, !isNullable { value = nil }
    if value == nil, let attribute = block.body.attribute("default") {
      place = attribute.place
      value = try Evaluator(.empty).value(attribute.expression)
    }
    guard let value else {
      if parent == nil {
        run.result.coverage.variablesWithoutValue.append(
          .init(root: module.folder, name: name, place: block.place))
      } else {
        run.report(
          Diagnostic(.invalid, "the argument '\(name)' is required by the module", at: call?.block.place ?? place))
      }
      return Value.unknown(constraint.type.concrete, itself: Reference(.variable, prefixed("var.\(name)")))
        .marked(isSensitive)
    }
    do {
      return try constraint.apply(value).marked(isSensitive)
    } catch {
      throw Diagnostic(
        .evaluation, "the value of the variable '\(name)' does not have its type: \(error.text)", at: place)
    }
  }

  /// A value from the command line or the environment: an expression, or for strings the text itself.
  private func text(
    _ input: RootModule.Input, _ name: String, _ constraint: TypeConstraint, _ block: Block
  ) throws(Diagnostic) -> Value {
    let isLiteral = constraint.type.isPrimitive || block.body.attribute("type") == nil
    guard !isLiteral, let text = input.value.string else { return input.value }
    do throws(Diagnostic) {
      return try Evaluator(.empty).value(try Parser.expression(Array(text.utf8), file: block.place.file))
    } catch {
      throw Diagnostic(.evaluation, "the value given for '\(name)' is no expression: \(error.message)", at: nil)
    }
  }

  /// Reports a reference to what is not declared. Its value is unknown and nothing else fails: code that is scanned in part
  /// refers to much that is not there.
  func undeclared(_ message: String, _ reference: Reference, _ place: Place) -> Value {
    run.report(Diagnostic(.undeclared, message, at: place))
    return .unknown(.any, itself: reference)
  }

  /// Checks the `validation` blocks of all variables.
  func checkVariables() {
    for (name, block) in module.variables.sorted(by: { $0.key < $1.key }) {
      let validations = block.body.blocks("validation")
      guard (try? variable(name, block.place)) != nil || parent == nil else { continue }
      do throws(Diagnostic) { _ = try variable(name, block.place) } catch { run.report(error) }
      for validation in validations {
        check(validation, "the value of the variable '\(name)' is not valid", scope())
      }
    }
  }

  /// Reports a condition that is known not to hold.
  func check(_ block: Block, _ what: String, _ scope: Scope) {
    guard let condition = block.body.attribute("condition") else { return }
    do throws(Diagnostic) {
      let evaluator = Evaluator(scope)
      let holds = try evaluator.bool(try evaluator.value(condition.expression), condition.place, "a condition")
      guard holds.bool == false else { return }
      let message = block.body.attribute("error_message").flatMap { try? evaluator.value($0.expression) }
      let text = message.flatMap { $0.isSensitiveWithin ? nil : $0.string } ?? "its condition does not hold"
      run.report(Diagnostic(.condition, "\(what): \(text)", at: condition.place))
    } catch {
      run.report(error)
    }
  }

  // MARK: Locals and outputs

  private func local(_ name: String, _ place: Place) throws(Diagnostic) -> Value {
    guard let attribute = module.locals[name] else {
      let hint = Diagnostic.suggestion(name, module.locals.keys)
      return undeclared(
        "the local value '\(name)' is not declared\(hint)", Reference(.error, prefixed("local.\(name)")), place)
    }
    return try once(\.locals, name, prefixed("local.\(name)"), place) { () throws(Diagnostic) in
      try Evaluator(scope()).value(attribute.expression)
    }
  }

  func output(_ name: String, _ place: Place) throws(Diagnostic) -> Value {
    guard let block = module.outputs[name], let attribute = block.body.attribute("value") else {
      let hint = Diagnostic.suggestion(name, module.outputs.keys)
      return undeclared(
        "the module has no output '\(name)'\(hint)", Reference(.module, address, path: ".\(name)"), place)
    }
    return try once(\.outputValues, name, prefixed("output.\(name)"), place) { () throws(Diagnostic) in
      let value = try Evaluator(scope()).value(attribute.expression)
      return value.marked(block.body.attribute("sensitive")?.expression.literalBool ?? false)
    }
  }

  /// All outputs that can be evaluated; the others are reported and unknown.
  func outputs() -> [(name: String, value: Value)] {
    module.outputs.keys.sorted().map { name in
      do throws(Diagnostic) {
        return (name, try output(name, module.outputs[name]?.place ?? Place(file: 0, byte: 0, line: 1, column: 1)))
      } catch {
        run.report(error)
        return (name, .unknown(.any, [Reference(.error, prefixed("output.\(name)"))]))
      }
    }
  }

  /// The value of an argument; unknown where it fails, which is reported.
  func evaluate(_ expression: Expression, _ names: [(name: String, value: Value)]) -> Value {
    do throws(Diagnostic) {
      return try Evaluator(scope(names)).value(expression)
    } catch {
      run.report(error)
      return .unknown(.any, [Reference(.error, "\(run.result.files.text(expression.place))")])
    }
  }
}
