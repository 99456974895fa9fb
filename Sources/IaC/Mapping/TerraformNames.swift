// SPDX-License-Identifier: Apache-2.0

/// What the resources of one root module are called: names and ids as far as the code tells them, and made up, the same
/// wherever they are referred to, where only the cloud would give them.
final class TerraformNames {
  struct Identity {
    let name: String
    let id: String
    /// `{name}`, `{id}`, `{region}`, ... of templates.
    let facts: [String: String]
    /// Computed attributes that others may refer to.
    let attributes: [String: String]
  }

  private let mappings: TerraformMappings
  private let files: SourceFiles
  private let shown: (String) -> String
  private let region: String
  private var resources: [String: EvaluatedResource] = [:]
  private var known: [String: Identity] = [:]
  /// The resources of states beside the code: these have computed attributes, and nothing is made up. Nil without states.
  var applied: [String: EvaluatedResource]?
  /// Addresses by the ids that they were given.
  private var owners: [String: String] = [:]
  /// Resources whose names are being made, which need each other in a circle where they are met again.
  private var open: Set<String> = []
  /// Resources by native type, made when it is first needed.
  private var byName: [String: [EvaluatedResource]]?

  init(
    _ resources: [EvaluatedResource], _ mappings: TerraformMappings, files: SourceFiles,
    shown: @escaping (String) -> String, region: String
  ) {
    self.mappings = mappings
    self.files = files
    self.shown = shown
    self.region = region
    for resource in resources { self.resources[resource.address] = resource }
  }

  /// The values of resources, in which references to computed attributes are resolved.
  private(set) lazy var shape = TerraformShape(files: files, shown: shown) { [unowned self] reference in
    resolve(reference)
  }

  /// An attribute's text in the state.
  private func appliedText(_ address: String, _ attribute: String) -> String? {
    guard case .string(let text)? = applied?[address]?.body.value(attribute)?.content else { return nil }
    return text
  }

  /// What a reference to a computed attribute gives; nil where nobody can tell.
  private func resolve(_ reference: Reference) -> String? {
    if applied != nil { return appliedText(reference.address, String(reference.path.dropFirst())) }
    guard reference.kind == .resource || reference.kind == .data, reference.path.hasPrefix("."),
      let resource = resources[reference.address] ?? Self.undeclared(reference)
    else { return nil }
    return identity(of: resource)?.attributes[String(reference.path.dropFirst())]
  }

  /// Stands for what the code refers to and does not have: code that is scanned in part refers to much of it, and an id
  /// is an id whoever makes it.
  private static func undeclared(_ reference: Reference) -> EvaluatedResource? {
    var plain = ""
    var depth = 0
    var isQuoted = false
    for character in reference.address {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "[" { depth += 1 }
      if depth == 0 { plain.append(character) }
      if !isQuoted, character == "]" { depth -= 1 }
    }
    let parts = plain.split(separator: ".").map(String.init)
    guard parts.count >= 2 else { return nil }
    let place = Place(file: 0, byte: 0, line: 1, column: 1)
    return EvaluatedResource(
      address: reference.address, root: "", mode: reference.kind == .data ? .data : .managed,
      type: parts[parts.count - 2], name: parts[parts.count - 1], key: .none, module: "",
      body: EvaluatedBlock(place: place), provider: nil, place: place, callChain: [], isIndeterminate: false,
      ignoredChanges: [])
  }

  /// Nil where the resource is of a provider that has no mapping, or names itself.
  func identity(of resource: EvaluatedResource) -> Identity? {
    if let identity = known[resource.address] { return identity }
    guard let provider = mappings.provider(of: resource.type), open.insert(resource.address).inserted else {
      return nil
    }
    defer { open.remove(resource.address) }
    let entry = mappings.entries[resource.mode == .data ? "data.\(resource.type)" : resource.type]
    let named = NamedArguments(resource.body, shape)
    var facts = provider.facts
    for (fact, arguments) in Self.factArguments {
      for argument in arguments {
        let value = named.text(argument) ?? resource.provider.flatMap { text(argument, of: $0.body) }
        guard let value else { continue }
        facts[fact] = value
        break
      }
    }
    let applied = AppliedIdentity(cloud: provider.cloud, type: entry?.type ?? resource.type) { named.text($0) }
    facts.merge(applied.facts) { $1 }
    if facts["region"] == nil { facts["region"] = region }
    let name = (entry?.names ?? [ArgumentPath("name")]).lazy.compactMap { named.scope.get($0)?.scalar }.first
    let given = applied.name ?? appliedText(resource.address, "id").map(LiveIndex.lastPart)
    facts["name"] = name ?? given ?? Self.label(resource)
    let scope = MappingScope(named.node, facts: facts)
    var id = applied.id ?? id(resource, entry, provider, scope, facts["name"] ?? "")
    facts["id"] = id
    var full = MappingScope(named.node, facts: facts)
    // Two of one id are told apart by their labels, so that what refers to one does not refer to the other.
    if applied.id == nil, let other = owners[id.lowercased()], other != resource.address {
      var own = facts
      own["name"] = Self.label(resource)
      id = self.id(resource, entry, provider, MappingScope(named.node, facts: own), Self.label(resource))
      if owners[id.lowercased()] != nil { id += "~" + resource.address.replacing("/", with: "-") }
      own["id"] = id
      facts["id"] = id
      full = MappingScope(named.node, facts: own)
    }
    owners[id.lowercased()] = resource.address
    var attributes: [String: String] = [:]
    for (key, template) in provider.attributes { attributes[key] = full.text(template)?.scalar }
    for path in entry?.names ?? [] {
      if case .key(let key)? = path.steps.first, path.steps.count == 1 { attributes[key] = facts["name"] }
    }
    for (key, template) in entry?.attributes ?? [:] { attributes[key] = full.text(template)?.scalar }
    // A state or a plan has the computed attributes themselves.
    for key in attributes.keys {
      if let text = named.text(key) ?? appliedText(resource.address, key) { attributes[key] = text }
    }
    let identity = Identity(name: facts["name"] ?? "", id: id, facts: facts, attributes: attributes)
    known[resource.address] = identity
    return identity
  }

  private func text(_ argument: String, of body: EvaluatedBlock) -> String? {
    body.argument(argument).flatMap { shape.node($0, of: body).scalar }
  }

  /// Arguments of a resource, or of its provider, that tell where it is made.
  private static let factArguments = [
    ("region", ["region", "location"]), ("project", ["project"]), ("subscription", ["subscription_id"]),
    ("resourceGroup", ["resource_group_name"]),
  ]

  private func id(
    _ resource: EvaluatedResource, _ entry: TerraformMappings.Entry?, _ provider: TerraformMappings.Provider,
    _ scope: MappingScope, _ name: String
  ) -> String {
    var scope = scope
    for case .placeholder(let placeholder, _) in (entry?.ids ?? []).flatMap(\.parts) where placeholder.contains("@") {
      let parts = placeholder.split(separator: "@", maxSplits: 1).map(String.init)
      guard parts.count == 2, let name = scope.get(ArgumentPath(parts[0]))?.scalar else { continue }
      scope.facts[placeholder] = id(named: name, type: parts[1], by: resource.body.argument(parts[0])?.expression)
    }
    for template in entry?.ids ?? [] {
      if let id = scope.text(template)?.scalar { return id }
    }
    let type = entry?.type ?? resource.type
    let last = type.split(separator: "/").last.map(String.init) ?? type
    if let parent = entry?.parent.flatMap({ scope.get($0)?.scalar }) { return "\(parent)/\(last)/\(name)" }
    switch provider.cloud {
    case "aws":
      var context = StackContext(region: scope.facts["region"] ?? region, stack: "terraform")
      if let account = scope.facts["account"] { context.account = account }
      return mappings.identities.arn(name, type: type, context)
    case "azure":
      let subscription = "/subscriptions/\(scope.facts["subscription"] ?? "-")"
      return "\(subscription)/resourceGroups/\(scope.facts["resourceGroup"] ?? "-")/providers/\(type)/\(name)"
    default:
      let host = type.split(separator: "/").first.map(String.init) ?? type
      return "//\(host)/projects/\(scope.facts["project"] ?? "-")/\(last.lowercased())s/\(name)"
    }
  }

  /// The id of a resource of a native type by its name, for arguments that name a parent without its group.
  ///
  /// Of several the one that the argument's expression refers to.
  private func id(named name: String, type: String, by expression: Expression?) -> String? {
    if byName == nil {
      var made: [String: [EvaluatedResource]] = [:]
      for resource in resources.values.sorted(by: { $0.address < $1.address }) where resource.mode == .managed {
        guard let type = mappings.entries[resource.type]?.type else { continue }
        made[type, default: []].append(resource)
      }
      byName = made
    }
    let found = (byName?[type] ?? []).compactMap { resource -> (isMeant: Bool, id: String)? in
      guard let identity = identity(of: resource), identity.name == name else { return nil }
      guard case .traversal(let root, let steps, _)? = expression, case .attribute(let label)? = steps.first else {
        return (false, identity.id)
      }
      return (resource.type == root && resource.address.hasSuffix("\(root).\(label)"), identity.id)
    }
    return (found.first { $0.isMeant } ?? found.first)?.id
  }

  /// A name for what has none: its label, with those of the modules around it and its key.
  private static func label(_ resource: EvaluatedResource) -> String {
    let parts = resource.address.split(separator: ".").filter { $0 != "module" && $0 != resource.type && $0 != "data" }
    return parts.joined(separator: "-").filter { $0 != "\"" }.replacing("[", with: "-").replacing("]", with: "")
  }
}

/// The arguments of a block, of which a few are needed before all are.
private struct NamedArguments {
  let node: CodeNode
  let scope: MappingScope

  /// Only arguments: what names a resource stands in no block.
  init(_ body: EvaluatedBlock, _ shape: TerraformShape) {
    let members = body.arguments.map { argument in
      CodeMember(argument.name, shape.node(argument, of: body), at: shape.place(argument.place))
    }
    node = CodeNode(.map(members), at: shape.place(body.place))
    scope = MappingScope(node, facts: [:])
  }

  func text(_ argument: String) -> String? { scope.get(ArgumentPath(argument))?.scalar }
}
