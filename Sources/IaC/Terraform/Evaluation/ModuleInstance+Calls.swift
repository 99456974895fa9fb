// SPDX-License-Identifier: Apache-2.0

/// Which instances a `count` or `for_each` makes.
enum Expansion {
  case single
  case instances([(key: InstanceKey, names: [(name: String, value: Value)])])
  /// It hangs on an unknown value; the names are for one instance that stands for all.
  case unknown(names: [(name: String, value: Value)], isCount: Bool)
}

/// The instances of a module call.
struct ModuleInstances {
  let instances: [(key: InstanceKey, instance: ModuleInstance)]
  /// Whether the call has neither `count` nor `for_each`.
  let isSingle: Bool
  /// Why there are none, where the module's code is not there.
  let isMissing: Bool
}

extension ModuleInstance {
  /// - Parameter address: of the block, for messages and for what hangs on its keys.
  func expansion(_ body: Body, _ address: String) throws(Diagnostic) -> Expansion {
    if let attribute = body.attribute("count") {
      let value = try Evaluator(scope()).value(attribute.expression)
      let place = attribute.expression.place
      guard !value.isNull else { throw Diagnostic(.evaluation, "'count' is null; write 0 or 1", at: place) }
      guard let number = try? value.converted(to: .number) else {
        throw Diagnostic(.evaluation, "'count' must be a number, not a \(value.type.name)", at: place)
      }
      if let unknown = number.unknown {
        let index = Value.unknown(.number, unknown.sources)
        return .unknown(names: [("count", Value(object: [("index", index)]))], isCount: true)
      }
      guard let count = number.number?.int, count >= 0 else {
        throw Diagnostic(.evaluation, "'count' must be a whole number from 0", at: place)
      }
      guard count <= TerraformRun.mostInstances else {
        throw Diagnostic(
          .tooLarge, "'count' is \(count); at most \(TerraformRun.mostInstances) instances are evaluated", at: place)
      }
      return .instances((0..<count).map { (.index($0), [("count", Value(object: [("index", Value($0))]))]) })
    }
    guard let attribute = body.attribute("for_each") else { return .single }
    let value = try Evaluator(scope()).value(attribute.expression)
    let place = attribute.expression.place
    func each(_ key: Value, _ value: Value) -> [(name: String, value: Value)] {
      [("each", Value(object: [("key", key), ("value", value)]))]
    }
    var instances: [(key: InstanceKey, names: [(name: String, value: Value)])] = []
    switch value.content {
    case .map(let members, _), .object(let members, nil):
      instances = members.entries.map { (.key($0.key), each(Value($0.key), $0.value)) }
    case .set(let elements, _):
      for element in elements {
        guard let text = element.string else {
          throw Diagnostic(.evaluation, "'for_each' takes a set of strings, without null", at: place)
        }
        instances.append((.key(text), each(element, element)))
      }
    case .list(let elements, _) where value.isWhollyKnown, .tuple(let elements) where value.isWhollyKnown:
      let texts = elements.compactMap(\.string)
      let problem = Diagnostic(
        .evaluation, "'for_each' takes a map, an object or a set of strings, not a \(value.type.name); use toset()",
        at: place)
      guard texts.count == elements.count, Set(texts).count == texts.count else { throw problem }
      // Terraform refuses it. What is meant is plain, and judging it is better than passing over it.
      run.report(problem)
      instances = texts.map { (.key($0), each(Value($0), Value($0))) }
    case .null: throw Diagnostic(.evaluation, "'for_each' is null; write {} for none", at: place)
    default:
      guard !value.isWhollyKnown else {
        throw Diagnostic(
          .evaluation, "'for_each' takes a map, an object or a set of strings, not a \(value.type.name); use toset()",
          at: place)
      }
      let key = Value.unknown(.string, value.sources)
      if case .each(let element) = value.unknown?.twin { return .unknown(names: each(key, element), isCount: false) }
      if case .set = value.type { return .unknown(names: each(key, key), isCount: false) }
      return .unknown(names: each(key, .unknown(.any, value.sources)), isCount: false)
    }
    guard instances.count <= TerraformRun.mostInstances else {
      throw Diagnostic(.tooLarge, "'for_each' makes more than \(TerraformRun.mostInstances) instances", at: place)
    }
    return .instances(instances)
  }

  // MARK: Module calls

  func instances(_ name: String, _ place: Place) throws(Diagnostic) -> ModuleInstances {
    guard let call = module.calls[name] else {
      throw Diagnostic(
        .undeclared, "the module '\(name)' is not called here\(Diagnostic.suggestion(name, module.calls.keys))",
        at: place)
    }
    return try once(\.calls, name, prefixed("module.\(name)"), place) { () throws(Diagnostic) in try expand(call) }
  }

  private func missing(_ call: Module.Call, _ reason: String) -> ModuleInstances {
    let source = call.source ?? "(computed)"
    run.result.coverage.modulesNotExpanded.append(
      .init(address: prefixed("module.\(call.name)"), source: source, reason: reason, place: call.block.place))
    return ModuleInstances(instances: [], isSingle: true, isMissing: true)
  }

  private func expand(_ call: Module.Call) throws(Diagnostic) -> ModuleInstances {
    guard let source = call.source else { return missing(call, "its source is no plain text") }
    let folder: String
    if TerraformRun.isLocal(source) {
      folder = FilePaths.join(module.folder, source)
      if run.tree.leads(out: folder) { return missing(call, "its folder lies outside of the scanned one") }
    } else {
      let key = (names + [call.name]).joined(separator: ".")
      guard let found = root.installed[key] else {
        return missing(call, "its code is not here; 'terraform init' fetches it")
      }
      folder = found
    }
    var ancestor: ModuleInstance? = self
    var depth = 0
    while let module = ancestor {
      if module.module.folder == folder {
        throw Diagnostic(.cycle, "the module in '\(folder)' calls itself", at: call.block.place)
      }
      depth += 1
      ancestor = module.parent
    }
    guard depth <= TerraformRun.deepestModules else {
      throw Diagnostic(
        .tooLarge, "modules are nested more than \(TerraformRun.deepestModules) deep", at: call.block.place)
    }
    guard let target = run.module(folder) else { return missing(call, "there is no Terraform code in '\(folder)'") }
    switch try expansion(call.block.body, "module.\(call.name)") {
    case .single:
      return ModuleInstances(
        instances: [(.none, ModuleInstance(target, call, in: self, .none, scope()))], isSingle: true, isMissing: false)
    case .instances(let all):
      return ModuleInstances(
        instances: all.map { ($0.key, ModuleInstance(target, call, in: self, $0.key, scope($0.names))) },
        isSingle: false, isMissing: false)
    case .unknown(let names, _):
      return ModuleInstances(
        instances: [(.unknown, ModuleInstance(target, call, in: self, .unknown, scope(names)))], isSingle: false,
        isMissing: false)
    }
  }

  /// `module.name.output`, `module.name["k"].output` or the whole of it.
  func moduleOutput(
    _ name: String, _ steps: [Expression.Step], _ place: Place
  ) throws(Diagnostic) -> (value: Value, used: Int) {
    let all = try instances(name, place)
    if all.isMissing {
      return (Value(.object(Members([]), rest: Reference(.module, prefixed("module.\(name)")))), 1)
    }
    func outputName(_ index: Int) -> String? {
      if index < steps.count, case .attribute(let output) = steps[index] { return output }
      return nil
    }
    if all.isSingle, let only = all.instances.first {
      if let output = outputName(1) { return (try only.instance.output(output, place), 2) }
      return (Value(object: only.instance.outputs().map { ($0.name, $0.value) }), 1)
    }
    if all.instances.first?.key == .unknown, let only = all.instances.first {
      switch steps.dropFirst().first {
      case .index, .key: if let output = outputName(2) { return (try only.instance.output(output, place), 3) }
      default: break
      }
      let value = Value(object: only.instance.outputs().map { ($0.name, $0.value) })
      let sources = [Reference(.module, prefixed("module.\(name)"))]
      return (.unknown(.any, sources, twin: .each(value)), 1)
    }
    let wanted: InstanceKey? =
      switch steps.dropFirst().first {
      case .index(let index): .index(index)
      case .key(let key): .key(key)
      default: nil
      }
    if let wanted, let output = outputName(2), let found = all.instances.first(where: { $0.key == wanted }) {
      return (try found.instance.output(output, place), 3)
    }
    func whole(_ instance: ModuleInstance) -> Value { Value(object: instance.outputs().map { ($0.name, $0.value) }) }
    if module.calls[name]?.block.body.attribute("for_each") != nil {
      return (
        Value(
          object: all.instances.map { key, instance in
            if case .key(let text) = key { return (text, whole(instance)) }
            return ("", whole(instance))
          }), 1
      )
    }
    return (Value(tuple: all.instances.map { whole($0.instance) }), 1)
  }
}
