// SPDX-License-Identifier: Apache-2.0

package import Content

/// Reads states, and the states that plans begin with, into the shapes of their clouds. Secrets stay behind.
package struct StateReader: Sendable {
  let mappings: TerraformMappings

  package init(_ content: ContentLibrary) throws(ContentError) { mappings = try TerraformMappings(content) }

  /// Native types that Terraform can manage, as far as they are mapped.
  package var manageable: Set<String> {
    Set(mappings.entries.values.flatMap { entry in (entry.type.map { [$0] } ?? []) + entry.merges.flatMap(\.into) })
  }

  /// A state as it was read.
  package struct Contents: Sendable {
    package let name: String
    let files: SourceFiles
    var resources: [EvaluatedResource]
    /// Where a plan says that a resource was before, by address.
    var previous: [String: String] = [:]

    package var addresses: Set<String> { Set(resources.map(\.address)) }
  }

  /// - Parameter name: the state as people are to be told.
  /// - Throws: ``CodeError`` with the place and the mend.
  package static func read(_ bytes: [UInt8], name: String) throws(CodeError) -> Contents {
    var files = SourceFiles()
    do throws(Diagnostic) {
      let isPlan = bytes.firstRange(of: Array("\"resource_changes\"".utf8)) != nil
      if !isPlan {
        let state = try TerraformState.read(bytes, path: name, files: &files)
        let resources = state.instances.map { instance in
          instance.deposed.map { instance.resource.renamed("\(instance.resource.address) (deposed \($0))") }
            ?? instance.resource
        }
        return Contents(name: name, files: files, resources: resources)
      }
      let plan = try TerraformPlan.read(bytes, path: name, files: &files)
      // What Terraform saw to have changed is in the plan's own word the state before.
      let drift = Dictionary(plan.drift.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
      var contents = Contents(name: name, files: files, resources: [])
      for change in plan.changes {
        guard let before = (drift[change.address] ?? change).before else { continue }
        contents.resources.append(before)
        if let previous = change.previousAddress { contents.previous[change.address] = previous }
      }
      return contents
    } catch {
      let place = error.place.map { CodePlace(path: name, line: Int($0.line), column: Int($0.column)) }
      throw CodeError(error.message, at: place ?? CodePlace(path: name, line: 1, column: 1))
    }
  }

  /// The resources in native shapes.
  ///
  /// - Parameter ignored: paths of `ignore_changes` by address; `*` for all.
  package func resources(
    of contents: Contents, ignored: [String: [String]] = [:]
  ) -> (stated: [StatedResource], parts: [StatedPart]) {
    let managed = contents.resources.filter { $0.mode == .managed }.map { resource in
      let ignored = ignored[resource.address] ?? ignored[CodeSide.withoutKeys(resource.address)] ?? []
      return resource.withOwnTags().ignoring(ignored)
    }
    let estate = TerraformEstate(mappings.forStates, files: contents.files)
    let made = Dictionary(
      estate.resources(of: managed).resources.filter { !$0.isPartial }.map { ($0.address, $0) },
      uniquingKeysWith: { first, _ in first })
    let shape = TerraformShape(files: contents.files, shown: { $0 }, resolve: { _ in nil })
    var stated: [StatedResource] = []
    var parts: [StatedPart] = []
    for resource in managed {
      // What belongs to no cloud of ours, as random_id or local_file, has nothing to drift from.
      guard let provider = mappings.provider(of: resource.type) else { continue }
      let entry = mappings.entries[resource.type]
      let arguments = MappingScope(shape.node(resource.body), facts: [:])
      func text(_ name: String) -> String? { arguments.get(ArgumentPath(name))?.string }
      let place = shape.place(resource.place)
      if let entry, entry.type == nil {
        let owners = entry.merges.flatMap { merge -> [(type: String, name: String)] in
          let node = arguments.get(merge.on)
          let names = node.map { ([$0] + $0.elements).compactMap(\.scalar) } ?? []
          return merge.into.flatMap { type in names.map { (type, $0) } }
        }
        parts.append(
          StatedPart(
            state: contents.name, address: resource.address, kind: resource.type, cloud: provider.cloud,
            id: text("id") ?? "", owners: owners, place: place))
        continue
      }
      let isMapped = entry?.type != nil || resource.type.hasPrefix("awscc_") || resource.type == "azapi_resource"
      let native = isMapped ? made[resource.address] : nil
      let identity = AppliedIdentity(cloud: provider.cloud, type: native?.type ?? "", text: text)
      let account = ["account", "subscription", "project"].lazy.compactMap { identity.facts[$0] }.first
      stated.append(
        StatedResource(
          state: contents.name, address: resource.address, previousAddress: contents.previous[resource.address],
          kind: resource.type, resource: native, cloud: provider.cloud, account: account ?? text("project") ?? "",
          region: identity.facts["region"] ?? text("region") ?? "",
          names: [identity.id, text("arn"), text("id"), text("self_link"), text("unique_id")].compactMap(\.self).filter
          { !$0.isEmpty },
          settled: entry.map { Self.settled($0, arguments) } ?? [], place: place))
    }
    return (Self.withAccounts(stated), parts)
  }

  /// Native paths whose argument the state has, without a value.
  private static func settled(_ entry: TerraformMappings.Entry, _ arguments: MappingScope) -> [[String]] {
    entry.rows.compactMap { row in
      guard row.source.when.isEmpty, row.source.otherwise == nil, case .paths(let paths) = row.source.origin else {
        return nil
      }
      let isThere = paths.contains { path in
        guard path.start == .element, case .key(let name)? = path.steps.first, let node = arguments.resource[name]
        else {
          return false
        }
        return node.isEmpty
      }
      return isThere ? row.to : nil
    }
  }

  /// Of AWS not every resource tells its account. Where all that do are of one, so are the others.
  private static func withAccounts(_ stated: [StatedResource]) -> [StatedResource] {
    let accounts = Set(stated.filter { $0.cloud == "aws" }.map(\.account)).subtracting([""])
    guard accounts.count == 1, let account = accounts.first else { return stated }
    return stated.map { resource in
      guard resource.cloud == "aws", resource.account.isEmpty else { return resource }
      var resource = resource
      resource.account = account
      return resource
    }
  }
}

/// A resource of a state that is a part of another as its cloud shows it: the versioning of a bucket, a rule of a group.
package struct StatedPart: Sendable {
  package var state: String
  package var address: String
  package var kind: String
  package var cloud: String
  package var id: String
  /// Native type and name of what it belongs to.
  package var owners: [(type: String, name: String)]
  package var place: CodePlace
}

extension CodeNode {
  /// Whether it says that there is nothing.
  var isEmpty: Bool {
    switch value {
    case .null: true
    case .string(let text): text.isEmpty
    case .list(let elements): elements.isEmpty
    case .map(let members): members.isEmpty
    default: false
    }
  }
}

extension EvaluatedResource {
  private func with(address: String? = nil, _ body: EvaluatedBlock) -> EvaluatedResource {
    EvaluatedResource(
      address: address ?? self.address, root: root, mode: mode, type: type, name: name, key: key, module: module,
      body: body, provider: provider, place: place, callChain: callChain, isIndeterminate: isIndeterminate,
      ignoredChanges: ignoredChanges)
  }

  func renamed(_ address: String) -> EvaluatedResource { with(address: address, body) }

  /// Tags as the cloud shows them, with those that the provider gives to every resource.
  func withOwnTags() -> EvaluatedResource {
    var body = body
    for (name, all) in [("tags", "tags_all"), ("labels", "terraform_labels")] {
      guard let value = body.value(all) else { continue }
      if case .null = value.content { continue }
      let own = EvaluatedBlock.Argument(name: name, value: value, place: place, expression: nil)
      if let index = body.arguments.firstIndex(where: { $0.name == name }) {
        body.arguments[index] = own
      } else {
        body.arguments.append(own)
      }
    }
    return with(body)
  }

  /// With unknown values where changes are to be ignored, so that nothing differs there.
  func ignoring(_ paths: [String]) -> EvaluatedResource {
    guard !paths.isEmpty else { return self }
    var body = body
    for index in body.arguments.indices {
      let argument = body.arguments[index]
      let name = argument.name
      // Without its ids nobody knows what the resource is.
      if Self.ids.contains(name) { continue }
      func unknown(_ path: String) -> Value {
        .unknown(.any, itself: Reference(.resource, address, path: "." + path))
      }
      var value = argument.value
      for path in paths {
        // Tags of the provider's configuration stand in `tags` here as well.
        guard path != "*", path != name, path != "tags_all" || name != "tags" else {
          value = unknown(name)
          break
        }
        guard path.hasPrefix(name + ".") || path.hasPrefix(name + "[") else { continue }
        let key = Self.key(path.dropFirst(name.count))
        switch (key, value.content) {
        case (let key?, .object(let members, _)), (let key?, .map(let members, _)):
          value = Value(
            object: members.entries.filter { $0.key != key }.map { ($0.key, $0.value) } + [(key, unknown(path))])
        case (let key?, .null): value = Value(object: [(key, unknown(path))])
        default: value = unknown(name)
        }
      }
      body.arguments[index] = .init(
        name: name, value: value, place: argument.place, expression: argument.expression)
    }
    return with(body)
  }

  private static let ids: Set<String> = ["id", "arn", "self_link", "name", "bucket"]

  /// The key of `.key`, `["key"]`; nil where more follows, or an index.
  private static func key(_ rest: Substring) -> String? {
    if rest.hasPrefix("[\""), rest.hasSuffix("\"]") {
      let key = rest.dropFirst(2).dropLast(2)
      return key.contains("\"") ? nil : String(key)
    }
    guard rest.hasPrefix(".") else { return nil }
    let key = rest.dropFirst()
    return key.contains(".") || key.contains("[") ? nil : String(key)
  }
}
