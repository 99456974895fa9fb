// SPDX-License-Identifier: Apache-2.0

/// A resource block, evaluated: its instances and what a reference to it sees.
struct ResourceInstances {
  let all: [EvaluatedResource]
  let value: Value
}

extension ModuleInstance {
  private static let metaArguments: Set<String> = ["count", "for_each", "provider", "depends_on"]
  private static let metaBlocks: Set<String> = ["lifecycle", "provisioner", "connection"]

  /// - Parameter key: `type.name` or `data.type.name`.
  func resource(_ key: String, _ place: Place) throws(Diagnostic) -> ResourceInstances {
    guard let block = module.resources[key] else {
      let isData = key.hasPrefix("data.")
      let hint = Diagnostic.suggestion(key, module.resources.keys)
      let value = undeclared(
        "the \(isData ? "data source" : "resource") '\(key)' is not declared\(hint)",
        Reference(isData ? .data : .resource, prefixed(key)), place)
      return ResourceInstances(all: [], value: value)
    }
    return try once(\.resources, key, prefixed(key), place) { () throws(Diagnostic) in evaluate(block, key) }
  }

  private func evaluate(_ block: Block, _ key: String) -> ResourceInstances {
    let address = prefixed(key)
    func reference(_ key: InstanceKey) -> Reference {
      Reference(block.type == "resource" ? .resource : .data, address + key.text)
    }
    let expanded: Expansion
    do throws(Diagnostic) {
      expanded = try expansion(block.body, key)
    } catch {
      run.report(error)
      // It is not known which instances there are: one stands for them.
      let sources = [Reference(.error, run.result.files.text(block.place))]
      let names: [(name: String, value: Value)] =
        block.body.attribute("count") != nil
        ? [("count", Value(object: [("index", .unknown(.number, sources))]))]
        : [("each", Value(object: [("key", .unknown(.string, sources)), ("value", .unknown(.any, sources))]))]
      expanded = .unknown(names: names, isCount: block.body.attribute("count") != nil)
    }
    switch expanded {
    case .single:
      let instance = instance(block, key, .none, [])
      return ResourceInstances(all: [instance], value: instance.body.object(reference(.none)))
    case .instances(let keys):
      let all = keys.map { instance(block, key, $0.key, $0.names) }
      let values = all.map { $0.body.object(reference($0.key)) }
      guard block.body.attribute("for_each") != nil else {
        return ResourceInstances(all: all, value: Value(tuple: values))
      }
      let pairs = zip(all, values).map { instance, value in
        if case .key(let text) = instance.key { return (text, value) }
        return ("", value)
      }
      return ResourceInstances(all: all, value: Value(object: pairs))
    case .unknown(let names, _):
      let instance = instance(block, key, .unknown, names)
      let value = instance.body.object(reference(.unknown))
      return ResourceInstances(all: [instance], value: .unknown(.any, [reference(.none)], twin: .each(value)))
    }
  }

  private func instance(
    _ block: Block, _ local: String, _ key: InstanceKey, _ names: [(name: String, value: Value)]
  ) -> EvaluatedResource {
    var body = evaluate(block.body, names, at: block.place)
    let mode: EvaluatedResource.Mode = block.type == "resource" ? .managed : block.type == "data" ? .data : .ephemeral
    let address = prefixed(local) + key.text
    for (name, value) in ComputedAttributes.of(block.labels[0], mode, body, address, self) {
      body.arguments.append(.init(name: name, value: value, place: block.place, expression: nil))
    }
    if !run.countResource() {
      run.report(
        Diagnostic(.tooLarge, "the code makes more than \(TerraformRun.mostResources) resources", at: block.place))
    }
    var ignored: [String] = []
    for lifecycle in block.body.blocks("lifecycle") {
      if let attribute = lifecycle.body.attribute("ignore_changes") {
        if attribute.expression.keyword == "all" { ignored.append("*") }
        if case .tuple(let paths, _) = attribute.expression { ignored += paths.compactMap(\.reference) }
      }
      for condition in lifecycle.body.blocks("precondition") {
        check(condition, "the precondition of '\(address)' does not hold", scope(names))
      }
      let own = body.object(Reference(mode == .managed ? .resource : .data, address))
      for condition in lifecycle.body.blocks("postcondition") {
        check(condition, "the postcondition of '\(address)' does not hold", scope(names + [("self", own)]))
      }
    }
    return EvaluatedResource(
      address: address, root: root.module.folder, mode: mode, type: block.labels[0], name: block.labels[1], key: key,
      module: self.address, body: body, provider: provider(of: block), place: block.place, callChain: callChain,
      isIndeterminate: isIndeterminate || key == .unknown, ignoredChanges: ignored)
  }

  // MARK: Bodies

  /// Evaluates arguments and nested blocks, dynamic ones included.
  func evaluate(_ body: Body, _ names: [(name: String, value: Value)], at place: Place) -> EvaluatedBlock {
    var block = EvaluatedBlock(place: place)
    block.arguments.reserveCapacity(body.attributes.count)
    for attribute in body.attributes where !Self.metaArguments.contains(attribute.name) {
      block.arguments.append(
        .init(
          name: attribute.name, value: evaluate(attribute.expression, names), place: attribute.place,
          expression: attribute.expression))
    }
    for nested in body.blocks where !Self.metaBlocks.contains(nested.type) {
      if nested.type == "dynamic" {
        expand(nested, names, into: &block)
      } else {
        block.blocks.append(.init(type: nested.type, block: evaluate(nested.body, names, at: nested.place)))
      }
    }
    return block
  }

  private func expand(_ dynamic: Block, _ names: [(name: String, value: Value)], into block: inout EvaluatedBlock) {
    guard let type = dynamic.labels.first, let content = dynamic.body.blocks("content").first,
      let forEach = dynamic.body.attribute("for_each")
    else {
      return run.report(
        Diagnostic(
          .invalid, "dynamic needs the type of the block as its label, 'for_each' and a 'content' block",
          at: dynamic.place))
    }
    let iterator = dynamic.body.attribute("iterator")?.expression
    let name = iterator?.keyword ?? iterator?.literalString ?? type
    let collection = evaluate(forEach.expression, names)
    func add(_ key: Value, _ value: Value, isIndeterminate: Bool) {
      let each = Value(object: [("key", key), ("value", value)])
      var nested = evaluate(content.body, names + [(name, each)], at: content.place)
      nested.isIndeterminate = isIndeterminate
      block.blocks.append(.init(type: type, block: nested))
    }
    if let pairs = collection.pairs {
      for pair in pairs {
        add(pair.key, collection.isSensitive ? pair.value.marked() : pair.value, isIndeterminate: false)
      }
    } else if collection.isNull {
      run.report(
        Diagnostic(
          .evaluation, "'for_each' of a dynamic block is null; write [] for none", at: forEach.expression.place))
    } else if !collection.isWhollyKnown {
      let key = Value.unknown(.any, collection.sources)
      switch collection.unknown?.twin {
      case .each(let element): add(key, element, isIndeterminate: true)
      case .elements(let elements): for element in elements { add(element, element, isIndeterminate: true) }
      case .either(let yes, let no):
        // Either branch may be the one: the blocks of both stand there, marked as not certain.
        for branch in [yes, no] {
          for pair in branch.pairs ?? [] { add(pair.key, pair.value, isIndeterminate: true) }
          if branch.pairs == nil, !branch.isNull { add(key, .unknown(.any, branch.sources), isIndeterminate: true) }
        }
      default: add(key, .unknown(.any, collection.sources), isIndeterminate: true)
      }
    } else {
      run.report(
        Diagnostic(
          .evaluation, "'for_each' of a dynamic block takes a list, set, map or object, not a \(collection.type.name)",
          at: forEach.expression.place))
    }
  }

  // MARK: Providers

  private func provider(of block: Block) -> ProviderConfiguration? {
    let type = block.labels[0]
    let name = block.body.attribute("provider")?.expression.reference
    return provider(name ?? String(type.prefix { $0 != "_" }))
  }

  /// - Parameter key: a provider's name, or `name.alias`.
  private func provider(_ key: String) -> ProviderConfiguration? {
    if let known = providerConfigurations[key] { return known }
    let configuration = findProvider(key)
    providerConfigurations[key] = .some(configuration)
    return configuration
  }

  private func findProvider(_ key: String) -> ProviderConfiguration? {
    if let block = module.providers[key] {
      // While its arguments are evaluated, whatever needs the provider itself does without it.
      providerConfigurations[key] = .some(nil)
      return ProviderConfiguration(
        name: block.labels[0], alias: block.body.attribute("alias")?.expression.literalString,
        body: evaluate(block.body, [], at: block.place))
    }
    guard let parent, let call else { return nil }
    if case .object(let items, _) = call.block.body.attribute("providers")?.expression {
      for item in items where (item.key.reference ?? item.key.literalString) == key {
        return item.value.reference.flatMap { parent.provider($0) }
      }
    }
    return key.contains(".") ? nil : parent.provider(key)
  }

  // MARK: The whole module

  /// Evaluates every resource of the module and of the modules that it calls.
  func collect(into root: inout EvaluatedRoot) {
    checkVariables()
    for key in module.resourceOrder {
      guard let block = module.resources[key] else { continue }
      do throws(Diagnostic) {
        root.resources += try resource(key, block.place).all
        for block in module.repeated[key] ?? [] { root.resources += evaluate(block, key).all }
      } catch {
        run.report(error)
      }
    }
    for name in module.callOrder {
      guard let call = module.calls[name] else { continue }
      do throws(Diagnostic) {
        for (_, instance) in try instances(name, call.block.place).instances { instance.collect(into: &root) }
      } catch {
        run.report(error)
      }
    }
    for block in module.others { collect(block, into: &root) }
    for name in module.outputs.keys.sorted() {
      for condition in module.outputs[name]?.body.blocks("precondition") ?? [] {
        check(condition, "the precondition of the output '\(name)' does not hold", scope())
      }
    }
  }

  private func collect(_ block: Block, into root: inout EvaluatedRoot) {
    func target(_ name: String) -> String? {
      block.body.attribute(name)?.expression.reference.map(prefixed)
    }
    switch block.type {
    case "moved":
      root.identityChanges.append(
        IdentityChange(kind: .moved, from: target("from"), to: target("to"), id: nil, place: block.place))
    case "removed":
      root.identityChanges.append(
        IdentityChange(kind: .removed, from: target("from"), to: nil, id: nil, place: block.place))
    case "import":
      let id = block.body.attribute("for_each") == nil ? block.body.attribute("id") : nil
      root.identityChanges.append(
        IdentityChange(
          kind: .imported, from: nil, to: target("to"), id: id.map { evaluate($0.expression, []) }, place: block.place))
    case "check":
      for condition in block.body.blocks("assert") {
        check(condition, "the check '\(block.labels.first ?? "")' does not hold", scope())
      }
    default: break
    }
  }
}

extension Expression {
  /// `a.b["c"]` as text, where the expression is a plain reference.
  var reference: String? {
    if case .traversal(let root, let steps, _) = self { return root + steps.text }
    return literalString
  }
}
