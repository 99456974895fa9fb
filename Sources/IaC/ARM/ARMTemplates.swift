// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage

/// Evaluates templates of Azure Resource Manager, Bicep's compiled ones included, into resources.
///
/// Format: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
package struct ARMTemplates {
  static let nestingLimit = 10
  /// Members of a resource that stand in `resources` under the same name.
  private static let columns = [
    "kind", "sku", "identity", "zones", "plan", "managedBy", "extendedLocation", "location", "tags", "properties",
  ]

  private let shown: (String) -> String
  private let read: (String) -> [UInt8]?
  private var estate = CodeEstate()

  /// Whether a document is a deployment template.
  static func isTemplate(_ root: CodeNode) -> Bool {
    guard let schema = root["$schema"]?.string?.lowercased() else { return false }
    return schema.contains("deploymenttemplate.json") && root["resources"] != nil
  }

  /// - Returns: nil where the document is no template.
  package static func evaluate(
    _ root: CodeNode, path: String, parameters: [String: String] = [:],
    shown: @escaping (String) -> String = { $0 }, read: @escaping (String) -> [UInt8]?
  ) -> CodeEstate? {
    guard isTemplate(root) else { return nil }
    var run = ARMTemplates(shown: shown, read: read)
    var given = run.parameterFile(beside: path)
    for (name, text) in parameters { given[name] = CodeNode(value(text), at: root.place) }
    let name = path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? "deployment"
    let scope = ARMScope(root, name: name, given: given)
    for member in root["parameters"]?.members ?? [] {
      let isGiven = given.keys.contains { ARMText.equal($0, member.key) } || member.node["defaultValue"] != nil
      guard !isGiven, member.node["nullable"]?.flag != true else { continue }
      let reason = "the parameter '\(member.key)' has no value"
      run.estate.gaps.append(CodeGap(.variable, member.key, reason, at: member.place))
    }
    run.deploy(root, scope, path: path, chain: [])
    return run.estate
  }

  private init(shown: @escaping (String) -> String, read: @escaping (String) -> [UInt8]?) {
    self.shown = shown
    self.read = read
  }

  /// A value of the command line: JSON where it is JSON, else a text.
  private static func value(_ text: String) -> CodeValue {
    (try? CodeJSON.read(Array(text.utf8), path: "--param"))?.value ?? .string(text)
  }

  /// The values of `main.parameters.json` beside `main.json`.
  private mutating func parameterFile(beside path: String) -> [String: CodeNode] {
    let stem = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
    let file = stem + ".parameters.json"
    guard let bytes = read(file) else { return [:] }
    do {
      var given: [String: CodeNode] = [:]
      for member in try CodeJSON.read(bytes, path: shown(file))["parameters"]?.members ?? [] {
        if let value = member.node["value"] {
          given[member.key] = value
        } else if member.node["reference"] != nil {
          let unknown = CodeUnknown("the parameter '\(member.key)' is read from a key vault")
          given[member.key] = CodeNode(.unknown(unknown), at: member.place)
        }
      }
      return given
    } catch {
      estate.errors.append(error)
      return [:]
    }
  }

  // MARK: Deployments

  private mutating func deploy(_ template: CodeNode, _ scope: ARMScope, path: String, chain: [CodePlace]) {
    guard chain.count < Self.nestingLimit else {
      estate.errors.append(CodeError("deployments are nested deeper than \(Self.nestingLimit)", at: template.place))
      return
    }
    var items: [(symbol: String?, node: CodeNode)] = []
    switch template["resources"]?.value {
    case .map(let members): items = members.map { ($0.key, $0.node) }
    case .list(let elements): items = elements.map { (nil, $0) }
    default: break
    }
    let nested = items.filter { Self.isDeployment($0.node) }
    let (outer, shown, read) = (scope.outputs, shown, read)
    scope.outputs = { name in
      for item in nested where item.symbol == name || item.node["name"].flatMap({ scope.resolve($0).string }) == name {
        return Self.outputs(of: item.node, scope, path: path, shown, read, depth: chain.count)
      }
      return outer(name)
    }
    for item in items {
      each(item.node, scope) { run, suffix in
        if Self.isDeployment(item.node) {
          run.nest(item.node, scope, path: path, chain: chain + [item.node.place])
        } else {
          run.emit(item.node, scope, symbol: item.symbol.map { $0 + suffix }, parent: nil, chain: chain)
        }
      }
    }
  }

  private static func isDeployment(_ node: CodeNode) -> Bool {
    ARMText.equal(node["type"]?.string ?? "", "Microsoft.Resources/deployments")
  }

  /// Runs `body` for each turn of a resource's loop, unless its condition says that it is not made.
  private mutating func each(
    _ node: CodeNode, _ scope: ARMScope, _ body: (inout ARMTemplates, _ suffix: String) -> Void
  ) {
    guard node["existing"]?.flag != true else { return }
    func isWanted() -> Bool {
      guard let condition = node["condition"] else { return true }
      return scope.resolve(condition).flag != false
    }
    guard let loop = node["copy"], case .map = loop.value else {
      if isWanted() { body(&self, "") }
      return
    }
    let name = loop["name"]?.string ?? "copy"
    var turns = self
    let result = scope.turns(of: loop, name: name) {
      if isWanted() { body(&turns, "[\(scope.loops.last?.index ?? 0)]") }
    }
    self = turns
    if case .failure(let unknown) = result {
      // How many there will be is open; what one of them is like is not.
      estate.gaps.append(CodeGap(.variable, name, unknown.reason, at: loop.place))
      scope.loops.append((name, 0))
      defer { scope.loops.removeLast() }
      body(&self, "")
    }
  }

  /// The template of a nested deployment, the scope in which it is evaluated and where it stands.
  private static func inner(
    _ node: CodeNode, _ scope: ARMScope, path: String, _ shown: (String) -> String, _ read: (String) -> [UInt8]?
  ) -> Result<(template: CodeNode, scope: ARMScope, path: String), CodeError> {
    let properties = node["properties"]
    let name = node["name"].flatMap { scope.resolve($0).string } ?? "nested"
    var given: [String: CodeNode] = [:]
    for member in properties?["parameters"]?.members ?? [] {
      if let value = member.node["value"] {
        given[member.key] = scope.resolve(value)
      } else {
        // Bicep passes a condition's whole `{value: ...}` as one expression.
        let whole = scope.resolve(member.node)
        given[member.key] =
          whole["value"]
          ?? CodeNode(.unknown(whole.unknown ?? CodeUnknown("'\(member.key)' is a secret")), at: member.place)
      }
    }
    if let template = properties?["template"] {
      let mode = properties?["expressionEvaluationOptions"]?["scope"]?.string ?? "outer"
      // In outer mode the parent's parameters and variables are meant.
      let inner = ARMText.equal(mode, "inner") ? ARMScope(template, name: name, given: given) : scope
      return .success((template, inner, path))
    }
    let link = properties?["templateLink"]
    guard let relative = (link?["relativePath"] ?? link?["uri"]).flatMap({ scope.resolve($0).string }),
      !relative.contains("://"), let bytes = read(CodePath.join(path, relative))
    else { return .failure(CodeError("the template of '\(name)' is not in the scanned folder", at: node.place)) }
    let file = CodePath.join(path, relative)
    do {
      let template = try CodeJSON.read(bytes, path: shown(file))
      return .success((template, ARMScope(template, name: name, given: given), file))
    } catch {
      return .failure(error)
    }
  }

  private mutating func nest(_ node: CodeNode, _ scope: ARMScope, path: String, chain: [CodePlace]) {
    switch Self.inner(node, scope, path: path, shown, read) {
    case .success(let inner): deploy(inner.template, inner.scope, path: inner.path, chain: chain)
    case .failure(let error):
      let name = node["name"]?.string ?? "nested"
      estate.gaps.append(CodeGap(.module, name, error.message, at: error.place))
    }
  }

  /// `{output: {value: ...}}` of a nested deployment.
  private static func outputs(
    of node: CodeNode, _ scope: ARMScope, path: String, _ shown: @escaping (String) -> String,
    _ read: @escaping (String) -> [UInt8]?, depth: Int
  ) -> CodeNode? {
    guard depth < nestingLimit, case .success(let inner) = inner(node, scope, path: path, shown, read)
    else { return nil }
    let members = (inner.template["outputs"]?.members ?? []).compactMap { member -> CodeMember? in
      guard let value = member.node["value"] else { return nil }
      var output = CodeNode(.map([]), at: member.place)
      output.set(["value"], inner.scope.resolve(value))
      return CodeMember(member.key, output)
    }
    return CodeNode(.map(members), at: node.place)
  }

  // MARK: Resources

  private struct Parent {
    var id: String
    var type: String
  }

  private mutating func emit(
    _ node: CodeNode, _ scope: ARMScope, symbol: String?, parent: Parent?, chain: [CodePlace]
  ) {
    guard let declared = node["type"].flatMap({ scope.resolve($0).string }), !declared.isEmpty else {
      estate.errors.append(CodeError("a resource has no type", at: node.place))
      return
    }
    let nameNode = node["name"].map { scope.resolve($0) }
    // A name that is not known is called as it is written.
    let name = nameNode?.scalar ?? symbol ?? node["name"]?.string ?? "unnamed"
    // Within a resource a child's type may be given in full.
    let isWhole = parent.map { declared.lowercased().hasPrefix($0.type.lowercased() + "/") } ?? false
    let isRelative = parent != nil && (isWhole || !declared.contains("."))
    let type = isRelative && !isWhole ? "\(parent?.type ?? "")/\(declared)" : declared
    let identity = Self.identity(
      type, name, parent: isRelative ? parent : nil, scope: node["scope"].flatMap { scope.resolve($0).string })
    var body = CodeNode(.map([]), at: node.place)
    for column in Self.columns {
      if let value = node[column] { body.set([column], scope.resolve(value)) }
    }
    if body["properties"] == nil { body.set(["properties"], CodeNode(.map([]), at: node.place)) }
    func set(_ key: String, _ text: String) {
      body.set([key], CodeNode(.string(text), at: nameNode?.place ?? node.place))
    }
    set("name", identity.name)
    set("subscriptionId", ARMScope.subscription)
    if identity.id.contains("/resourceGroups/") { set("resourceGroup", ARMScope.group) }
    var resource = CodeResource(
      source: .arm, address: "\(declared).\(symbol ?? name)", type: identity.type.lowercased(), cloud: "azure",
      id: identity.id, handles: [identity.id, name], place: node.place, chain: chain, body: body)
    resource.metadata = node["metadata"]
    estate.resources.append(resource)
    for child in node["resources"]?.elements ?? [] {
      each(child, scope) { run, _ in
        run.emit(child, scope, symbol: nil, parent: Parent(id: identity.id, type: type), chain: chain)
      }
    }
  }

  /// Id, type and short name of a resource whose name may hold those of its parents (`server/db`), and whose type may be
  /// an extension's below its target's (`Microsoft.Storage/storageAccounts/providers/locks`).
  private static func identity(
    _ type: String, _ name: String, parent: Parent?, scope: String?
  ) -> (id: String, type: String, name: String) {
    if let parent {
      let kind = type.split(separator: "/").last.map(String.init) ?? type
      let last = name.split(separator: "/").last.map(String.init) ?? name
      return ("\(parent.id)/\(kind)/\(last)", type, last)
    }
    let group = "/subscriptions/\(ARMScope.subscription)/resourceGroups/\(ARMScope.group)"
    var kinds = type.split(separator: "/").map(String.init)
    // A name that is an expression is one, whatever is in it.
    var names = name.hasPrefix("[") ? [name.replacing("/", with: "|")] : name.split(separator: "/").map(String.init)
    let base: String
    if let scope, !scope.isEmpty {
      base = scope.hasPrefix("/") ? scope : "\(group)/providers/\(scope)"
    } else {
      base = type.lowercased().hasPrefix("microsoft.management/") ? "" : group
    }
    guard let provider = kinds.first else { return (base, type, name) }
    kinds.removeFirst()
    // A child whose parents are not named is still called by its own name.
    let missing = kinds.count { !ARMText.equal($0, "providers") } - names.count
    if missing > 0, !kinds.contains(where: { ARMText.equal($0, "providers") }) {
      names = Array(repeating: "default", count: missing) + names
    }
    var id = "\(base)/providers/\(provider)"
    var final = [provider]
    while !kinds.isEmpty {
      let kind = kinds.removeFirst()
      if ARMText.equal(kind, "providers"), !names.isEmpty {
        let next = names.removeFirst()
        id += "/providers/\(next)"
        final = [next]
        continue
      }
      id += "/\(kind)/\(names.isEmpty ? "default" : names.removeFirst())"
      final.append(kind)
    }
    // A name with more parts than its type has is one name with slashes.
    if !names.isEmpty { id += "/" + names.joined(separator: "/") }
    return (id, final.joined(separator: "/"), id.split(separator: "/").last.map(String.init) ?? name)
  }
}
