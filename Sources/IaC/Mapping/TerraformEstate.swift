// SPDX-License-Identifier: Apache-2.0

/// Evaluated Terraform resources in the shapes in which their clouds would show them.
package struct TerraformEstate {
  private let mappings: TerraformMappings
  private let files: SourceFiles
  private let shown: (String) -> String
  private let region: String
  private let source: CodeResource.Source

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
      satellites += entry.merges.map { Satellite(merge: $0, scope: scope, blank: blank) }
    }
    join(satellites, to: &made)
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
    let sources = [
      ("tags", shape.node(body)["default_tags"]?.elements.first?["tags"]),
      ("labels", shape.node(body)["default_labels"]),
    ]
    for (key, defaults) in sources {
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
  }

  private func join(_ satellites: [Satellite], to made: inout [CodeResource]) {
    var byHandle: [String: [Int]] = [:]
    for (index, resource) in made.enumerated() {
      for handle in Set(resource.handles) {
        byHandle["\(resource.type) \(handle.lowercased())", default: []].append(index)
      }
    }
    var judged: [CodeResource] = []
    for satellite in satellites {
      let merge = satellite.merge
      guard Self.holds(merge.when, satellite.scope) else { continue }
      let named = satellite.scope.get(merge.on)
      let names = named.map { node in ([node] + node.elements).compactMap(\.scalar) } ?? []
      let targets = merge.into.flatMap { type in names.flatMap { byHandle["\(type) \($0.lowercased())"] ?? [] } }
      for index in Set(targets).sorted() { Self.apply(merge, satellite.scope, to: &made[index].body) }
      if merge.isJudged, let type = merge.into.first {
        var alone = satellite.blank
        alone.type = type
        alone.isPartial = true
        // What it does not say is not known here; the whole of which it is a part may say it.
        alone.told = ToldPaths(
          (merge.set + merge.append).filter { $0.source.value(in: satellite.scope) != nil }.flatMap(\.leaves))
        Self.apply(merge, satellite.scope, to: &alone.body)
        judged.append(alone)
      }
    }
    made += judged
  }

  private static func holds(_ conditions: [(path: ArgumentPath, values: [String])], _ scope: MappingScope) -> Bool {
    conditions.allSatisfy { path, values in
      guard let scalar = scope.get(path)?.scalar else { return false }
      return values.contains { $0.lowercased() == scalar.lowercased() }
    }
  }

  private static func apply(_ merge: TerraformMappings.Merge, _ scope: MappingScope, to body: inout CodeNode) {
    for row in merge.set {
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
