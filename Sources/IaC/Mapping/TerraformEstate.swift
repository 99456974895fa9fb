// SPDX-License-Identifier: Apache-2.0

/// Evaluated Terraform resources in the shapes in which their clouds would show them.
package struct TerraformEstate {
  private let mappings: TerraformMappings
  private let files: SourceFiles
  private let shown: (String) -> String
  private let region: String
  private let source: CodeResource.Source
  /// The resources of states beside the code, by address.
  var applied: [String: EvaluatedResource]?

  /// - Parameters:
  ///   - files: the files that places of the resources are in.
  ///   - shown: the path of a file as people are to be told.
  ///   - region: where the code does not say one.
  package init(
    _ mappings: TerraformMappings, files: SourceFiles, shown: @escaping (String) -> String = { $0 },
    region: String = "us-east-1", source: CodeResource.Source = .terraform
  ) {
    self.mappings = mappings
    self.files = files
    self.shown = shown
    self.region = region
    self.source = source
  }

  /// The resources of one root module, with what satellites say of them.
  package func resources(of root: [EvaluatedResource]) -> (resources: [CodeResource], gaps: [CodeGap]) {
    let names = TerraformNames(root, mappings, files: files, shown: shown, region: region)
    names.applied = applied
    let shape = names.shape
    var made: [CodeResource] = []
    var satellites: [Satellite] = []
    var unmapped: [String: (count: Int, place: CodePlace)] = [:]
    for resource in root {
      guard resource.mode != .ephemeral else { continue }
      let entry = mappings.entries[resource.mode == .data ? "data.\(resource.type)" : resource.type]
      guard entry != nil || resource.mode == .managed else { continue }
      guard let provider = mappings.provider(of: resource.type), let identity = names.identity(of: resource) else {
        unmapped[resource.type, default: (0, shape.place(resource.place))].count += 1
        continue
      }
      var arguments = shape.node(resource.body)
      addDefaultTags(resource, shape, &arguments)
      let scope = MappingScope(arguments, facts: identity.facts)
      let blank = CodeResource(
        source: source, address: resource.address, type: resource.type, cloud: provider.cloud, id: identity.id,
        handles: Self.handles(identity), place: shape.place(resource.place),
        chain: resource.callChain.map(shape.place),
        body: MappingRow.map(provider.rows, scope))
      if let mechanical = Mechanical.resource(blank, arguments, mappings) {
        made.append(mechanical)
        continue
      }
      guard let entry else {
        unmapped[resource.type, default: (0, blank.place)].count += 1
        var native = blank
        native.body.set(["properties", "tf"], arguments)
        made.append(native)
        continue
      }
      if let type = entry.type {
        var native = blank
        native.type = type
        for row in entry.rows {
          if let value = row.source.value(in: scope) { native.body.set(row.to[...], value) }
        }
        native.handles += entry.names.compactMap { Self.unknownName(resource, $0) }
        native.told = entry.told
        made.append(native)
      }
      for part in entry.parts where !part.unless.contains(where: { Self.holds([$0], scope) }) {
        let elements = part.from.map { path in scope.get(path).map { $0.elements.isEmpty ? [$0] : $0.elements } ?? [] }
        for element in elements ?? [arguments] {
          var native = blank
          native.type = part.type
          native.id += "/\(part.type.split(separator: "/").last ?? "")/\(part.name)"
          native.handles = [native.id]
          native.body.set(["name"], CodeNode(.string(part.name), at: blank.place))
          let inner = scope.entering(element)
          for row in part.rows {
            if let value = row.source.value(in: inner) { native.body.set(row.to[...], value) }
          }
          native.told = part.told
          made.append(native)
        }
      }
      satellites += entry.merges.map { Satellite(merge: $0, scope: scope, blank: blank, resource: resource) }
    }
    join(satellites, to: &made, root)
    let gaps = unmapped.sorted { $0.key < $1.key }.map { type, found in
      CodeGap(
        .type, type, "\(found.count == 1 ? "1 resource" : "\(found.count) resources") of a type that has no mapping",
        at: found.place)
    }
    return (made, gaps)
  }

  private static func handles(_ identity: TerraformNames.Identity) -> [String] {
    [identity.name, identity.id] + identity.attributes.values.sorted()
  }

  /// Tags of the provider's configuration, which those of the resource override.
  private func addDefaultTags(_ resource: EvaluatedResource, _ shape: TerraformShape, _ arguments: inout CodeNode) {
    guard let body = resource.provider?.body else { return }
    func node(_ argument: String, _ block: EvaluatedBlock?) -> CodeNode? {
      guard let block, let found = block.argument(argument) else { return nil }
      return shape.node(found, of: block)
    }
    let sources = [
      ("tags", node("tags", body.blocks("default_tags").first)), ("labels", node("default_labels", body)),
    ]
    for (key, defaults) in sources {
      if let defaults, defaults.unknown != nil { arguments.set([key], defaults) }
      guard let defaults, case .map(let members) = defaults.value else { continue }
      var merged = arguments[key] ?? CodeNode(.map([]), at: defaults.place)
      guard merged.unknown == nil else { continue }
      if merged.isNull { merged = CodeNode(.map([]), at: defaults.place) }
      for member in members where merged[member.key] == nil { merged.set([member.key], member.node) }
      arguments.set([key], merged)
    }
  }

  // MARK: Satellites

  private struct Satellite {
    let merge: TerraformMappings.Merge
    let scope: MappingScope
    /// The satellite's resource without a native shape.
    let blank: CodeResource
    let resource: EvaluatedResource

    /// The address, without an instance's key, of a resource of the types merged into that the argument refers to; nil
    /// where it is written otherwise.
    func referred(_ mappings: TerraformMappings) -> String? {
      guard let referred = Self.referred(merge.on, resource), let native = mappings.entries[referred.type]?.type,
        merge.into.contains(native)
      else { return nil }
      return referred.address
    }

    /// The resource that an argument refers to, whatever attribute of it and instance.
    static func referred(_ path: ArgumentPath, _ resource: EvaluatedResource) -> (address: String, type: String)? {
      guard case .key(let name)? = path.steps.first, path.steps.count == 1,
        let expression = resource.body.argument(name)?.expression,
        let (type, label) = Self.resource(expression)
      else { return nil }
      return ((resource.module.isEmpty ? "" : resource.module + ".") + type + "." + label, type)
    }

    private static func resource(_ expression: Expression) -> (type: String, label: String)? {
      switch expression {
      case .wrapped(let inner, _), .parentheses(let inner, _), .access(let inner, _, _), .index(let inner, _, _):
        return resource(inner)
      case .traversal(let root, let steps, _):
        guard case .attribute(let label)? = steps.first else { return nil }
        return (root, label)
      default: return nil
      }
    }
  }

  /// Joins satellites that their resources name: parameter groups.
  private func joinNamed(_ satellites: [Satellite], to made: inout [CodeResource], _ root: [EvaluatedResource]) {
    guard !satellites.isEmpty else { return }
    let evaluated = Dictionary(root.map { ($0.address, $0) }) { first, _ in first }
    let byType = Dictionary(grouping: made.indices) { made[$0].type }
    // Resources by type and argument, and in it by the address or the name that it holds.
    var namers: [String: [String: [Int]]] = [:]
    func indexed(_ type: String, _ by: ArgumentPath, _ argument: String) -> [String: [Int]] {
      var found: [String: [Int]] = [:]
      for index in byType[type] ?? [] {
        guard let target = evaluated[made[index].address] else { continue }
        if let referred = Satellite.referred(by, target), mappings.entries[referred.type] != nil {
          found["@" + referred.address, default: []].append(index)
        } else if let name = target.body.value(argument)?.string {
          found["=" + name, default: []].append(index)
        }
      }
      return found
    }
    for satellite in satellites where Self.holds(satellite.merge.when, satellite.scope) {
      guard let by = satellite.merge.by, case .key(let argument)? = by.steps.first, by.steps.count == 1
      else { continue }
      let own = satellite.resource.address
      var keys = ["@" + own] + own.indices.filter { own[$0] == "[" }.map { "@" + own[..<$0] }
      if let name = satellite.scope.facts["name"] { keys.append("=" + name) }
      for type in satellite.merge.into {
        let table = "\(type) \(argument)"
        let known = namers[table] ?? indexed(type, by, argument)
        namers[table] = known
        for index in Set(keys.flatMap { known[$0] ?? [] }).sorted() {
          Self.apply(satellite.merge, satellite.scope, to: &made[index].body, isCertain: true)
        }
      }
    }
  }

  /// A handle of what is named by something unknown, such as a variable: satellites may have the same.
  private static func unknownName(_ resource: EvaluatedResource, _ path: ArgumentPath) -> String? {
    guard case .key(let name)? = path.steps.first, path.steps.count == 1,
      let identity = resource.body.value(name)?.unknown?.identity
    else { return nil }
    return "?\(identity.text)"
  }

  private func join(_ satellites: [Satellite], to made: inout [CodeResource], _ root: [EvaluatedResource]) {
    joinNamed(satellites.filter { $0.merge.by != nil }, to: &made, root)
    let satellites = satellites.filter { $0.merge.by == nil }
    var byHandle: [String: [Int]] = [:]
    for (index, resource) in made.enumerated() {
      for handle in Set(resource.handles) {
        byHandle["\(resource.type) \(handle.lowercased())", default: []].append(index)
      }
    }
    var judged: [CodeResource] = []
    for satellite in satellites {
      let merge = satellite.merge
      let isOpen = Self.unsettled(merge.when, satellite.scope) != nil
      guard isOpen || Self.holds(merge.when, satellite.scope) else { continue }
      let named = satellite.scope.get(merge.on)
      var names = named.map { node in ([node] + node.elements).compactMap(\.scalar) } ?? []
      if let unknown = Self.unknownName(satellite.resource, merge.on) { names.append(unknown) }
      var targets = merge.into.flatMap { type in names.flatMap { byHandle["\(type) \($0.lowercased())"] ?? [] } }
      // Of several resources of one name the one that the code refers to is meant.
      let referred = satellite.referred(mappings)
      if let referred {
        targets.removeAll { made[$0].address != referred && !made[$0].address.hasPrefix(referred + "[") }
      }
      for index in Set(targets).sorted() {
        if let unknown = Self.doubt(satellite, of: made[index]) {
          for row in merge.set + merge.append { made[index].body.set(row.to[...], unknown) }
        } else {
          Self.apply(merge, satellite.scope, to: &made[index].body, isCertain: referred != nil)
        }
      }
      if !isOpen, merge.isJudged, let type = merge.into.first {
        var alone = satellite.blank
        alone.type = type
        alone.isPartial = true
        // What it does not say is not known here; the whole of which it is a part may say it.
        alone.told = ToldPaths(
          (merge.set + merge.append).filter { $0.source.value(in: satellite.scope) != nil }.flatMap(\.leaves))
        alone.settled = merge.settled
        Self.apply(merge, satellite.scope, to: &alone.body, isCertain: true)
        judged.append(alone)
      }
    }
    made += judged
  }

  /// Why it is not known whether a part is there: its resource may not be made, or a condition hangs on what is unknown
  /// and no other fails.
  private static func doubt(_ satellite: Satellite, of target: CodeResource) -> CodeNode? {
    // Instances of one unknown collection come and go together.
    if satellite.resource.isIndeterminate, !target.address.contains("[?]") {
      let words = "it is not known whether \(satellite.resource.address) is made"
      return CodeNode(.unknown(CodeUnknown(words)), at: satellite.blank.place)
    }
    return unsettled(satellite.merge.when, satellite.scope)
  }

  /// The unknown value that conditions hang on; nil where one of them fails, or all are known.
  private static func unsettled(
    _ conditions: [(path: ArgumentPath, values: [String])], _ scope: MappingScope
  ) -> CodeNode? {
    var open: CodeNode?
    for (path, values) in conditions {
      guard let node = scope.get(path) else { return nil }
      if node.unknown != nil {
        open = open ?? node
      } else if !values.contains(where: { $0.lowercased() == node.scalar?.lowercased() }) {
        return nil
      }
    }
    return open
  }

  private static func holds(_ conditions: [(path: ArgumentPath, values: [String])], _ scope: MappingScope) -> Bool {
    conditions.allSatisfy { path, values in
      guard let scalar = scope.get(path)?.scalar else { return false }
      return values.contains { $0.lowercased() == scalar.lowercased() }
    }
  }

  /// - Parameter isCertain: whether the code refers to the resource. By a name alone several may be meant, and what they
  ///   say themselves stays.
  private static func apply(
    _ merge: TerraformMappings.Merge, _ scope: MappingScope, to body: inout CodeNode, isCertain: Bool
  ) {
    for row in merge.set where isCertain || body.get(row.to) == nil {
      if let value = row.source.value(in: scope) { body.set(row.to[...], value) }
    }
    for row in merge.append {
      guard let value = row.source.value(in: scope) else { continue }
      let known = body.get(row.to)
      // A list that is not known stays so: what is in it besides cannot be told.
      if known?.unknown != nil { continue }
      let added = if case .list(let elements) = value.value { elements } else { [value] }
      body.set(row.to[...], CodeNode(.list((known?.elements ?? []) + added), at: known?.place ?? value.place))
    }
  }
}
