// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON
internal import KQL

/// An estate as people write it: files of YAML, each a list of resources in their native shapes. docs/twin.md is the
/// reference of the format.
package enum EstateFolder {
  /// The documents of all files below a folder of the content.
  ///
  /// - Parameter now: the present, in ticks, from which `$(today-90d)` counts.
  /// - Throws: ``ContentError`` with file, line and column.
  package static func documents(
    _ name: String, in content: ContentLibrary, now: Int64 = DateTime.wallClock()
  ) throws(ContentError) -> [JSONValue] {
    var reader = EstateReader(content: content, values: EstateValues(now: now))
    try reader.read(name)
    return reader.documents
  }
}

/// Reads an estate and those that it extends, the furthest first.
private struct EstateReader {
  let content: ContentLibrary
  var values: EstateValues
  private var tenant = ""
  private var order: [String] = []
  private var found: [String: JSONDraft] = [:]
  /// Estates that extend one another in turn; more is a circle.
  private static let depthLimit = 4

  init(content: ContentLibrary, values: EstateValues) {
    self.content = content
    self.values = values
  }

  var documents: [JSONValue] { order.compactMap { found[$0]?.document().root } }

  mutating func read(_ folder: String, depth: Int = 0) throws(ContentError) {
    if let file = try content.file(at: folder + "/about.yaml") {
      let head = try YAMLDocument(file).node
      try head.allow(["title", "extends", "tenant", "values"])
      if let base = try head.optional("extends") {
        guard depth < Self.depthLimit else { throw base.error("estates extend one another in a circle") }
        try read("estates/" + base.text, depth: depth + 1)
        guard !order.isEmpty else { throw base.error("there is no estate '\(try base.text)', or it is empty") }
      }
      if let name = try head.optional("tenant") { tenant = try name.text }
      if let node = try head.optional("values") { try values.add(node) }
    }
    for file in try content.files(under: folder) {
      // What is said of the estate is no part of it.
      if ["/about.yaml", "/planted.yaml"].contains(where: { file.path == folder + $0 }) { continue }
      try read(file)
    }
  }

  private mutating func read(_ file: ContentFile) throws(ContentError) {
    let root = try YAMLDocument(file).node
    guard root.value.kind == .object else {
      for node in try root.elements { try add(node, values, defaults: nil) }
      return
    }
    try root.allow(["values", "defaults", "resources", "changes"])
    var values = values
    if let node = try root.optional("values") { try values.add(node) }
    let defaults = try root.optional("defaults")
    for node in try root.optional("resources")?.elements ?? [] { try add(node, values, defaults: defaults) }
    for node in try root.optional("changes")?.elements ?? [] {
      for values in try values.each(of: node) { try change(node, values) }
    }
  }

  // MARK: Resources

  /// Adds a resource, or one for each of what its `each` names, with its children.
  private mutating func add(
    _ node: ContentNode, _ values: EstateValues, defaults: ContentNode?, below parent: String? = nil
  ) throws(ContentError) {
    for values in try values.each(of: node) {
      var members = try own(node, values, besides: ["each", "children"])
      if let defaults {
        let patch = JSONDraft.object(members).document().root
        members = MergePatch.apply(patch, to: try values.filled(defaults)).thawed()
      }
      let written = try values.filled(try node.require("id")).string ?? ""
      let id = parent.map { "\($0)/\(written)" } ?? written
      let document = try document(id, members, node)
      let key = id.lowercased()
      guard found.updateValue(document, forKey: key) == nil else { throw node.error("'\(id)' is there already") }
      order.append(key)
      for child in try node.optional("children")?.elements ?? [] {
        try add(child, values, defaults: nil, below: id)
      }
    }
  }

  private func own(
    _ node: ContentNode, _ values: EstateValues, besides: Set<String>
  ) throws(ContentError) -> [(key: String, value: JSONDraft)] {
    var members: [(key: String, value: JSONDraft)] = []
    for (key, value) in try node.members where !besides.contains(key) {
      members.append((key, try values.filled(value)))
    }
    return members
  }

  /// A row of `resources`: what it does not say is taken from its id.
  private func document(
    _ id: String, _ members: [(key: String, value: JSONDraft)], _ node: ContentNode
  ) throws(ContentError) -> JSONDraft {
    var draft = JSONDraft.object(members.filter { $0.key != "id" && $0.key != "type" })
    func add(_ key: String, _ value: JSONDraft?) {
      if let value, draft[key] == nil { draft.set(JSONPath(steps: [.key(key)]), value) }
    }
    let parts = id.split(separator: "/").map(String.init)
    var type = members.first { $0.key == "type" }?.value.string
    if id.hasPrefix("//") {
      add("cloud", .string("gcp"))
      if let place = parts.firstIndex(of: "projects"), place + 1 < parts.count {
        add("subscriptionId", .string(parts[place + 1]))
      }
      if let type, draft["observed"]?["parent"] == nil, draft["observed"]?["assetType"] == nil {
        draft.set(JSONPath(steps: [.key("observed"), .key("assetType")]), .string(type))
      }
      add("name", .string(parts.last ?? id))
    } else if id.hasPrefix("arn:") {
      let parts = id.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      add("cloud", .string("aws"))
      add("subscriptionId", parts.count > 4 && !parts[4].isEmpty ? .string(parts[4]) : nil)
      add("location", .string(parts.count > 3 && !parts[3].isEmpty ? parts[3] : "global"))
      add("name", .string(id.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? id))
    } else {
      type = type ?? Self.azureType(id, parts)
      add("tenantId", tenant.isEmpty ? nil : .string(tenant))
      if parts.count > 1, parts[0].lowercased() == "subscriptions" { add("subscriptionId", .string(parts[1])) }
      if parts.count > 3, parts[2].lowercased() == "resourcegroups" {
        add("resourceGroup", .string(parts[3].lowercased()))
      }
      add("name", .string(parts.last ?? id))
      if type?.hasPrefix("microsoft.graph/") == true, draft["properties"]?["id"] == nil {
        draft.set(JSONPath(steps: [.key("properties"), .key("id")]), .string(parts.last ?? id))
      }
    }
    guard let type else { throw node.error("'type' is missing", code: .missingKey) }
    add("properties", .emptyObject)
    return .object([("id", .string(id)), ("type", .string(type.lowercased()))] + draft.thawed())
  }

  private static func azureType(_ id: String, _ parts: [String]) -> String? {
    if let path = ResourcePath(id) { return path.type }
    guard parts.first?.lowercased() == "subscriptions" else { return nil }
    switch parts.count {
    case 2: return "microsoft.resources/subscriptions"
    case 4 where parts[2].lowercased() == "resourcegroups": return "microsoft.resources/subscriptions/resourcegroups"
    default: return nil
    }
  }

  // MARK: Changes

  /// Merges into a resource of the estate that is extended (RFC 7396), or takes it away with what lies below it.
  private mutating func change(_ node: ContentNode, _ values: EstateValues) throws(ContentError) {
    let id = try values.filled(try node.require("id")).string ?? ""
    let key = id.lowercased()
    guard let before = found[key] else { throw node.error("there is no '\(id)' to change") }
    if try node.optional("remove")?.boolean ?? false {
      order.removeAll { $0 == key || $0.hasPrefix(key + "/") }
      found = found.filter { $0.key != key && !$0.key.hasPrefix(key + "/") }
      return
    }
    let patch = JSONDraft.object(try own(node, values, besides: ["id", "each", "remove"])).document().root
    found[key] = MergePatch.apply(patch, to: before)
  }
}
