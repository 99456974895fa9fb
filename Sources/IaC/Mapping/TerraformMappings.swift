// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

/// How Terraform's types map to native shapes: `Content/mappings/terraform/<cloud>/*.yaml`.
///
/// `provider.yaml` of a cloud holds what is so for all its types; every other file maps types by name. The format is told
/// in `docs/mappings.md`.
package struct TerraformMappings: Sendable {
  /// A part of another resource.
  struct Merge: Sendable {
    var into: [String]
    /// The argument that names the other; empty where `by` says it.
    var on: ArgumentPath
    /// The argument of the other that names this one: `parameter_group_name`.
    var by: ArgumentPath?
    /// What is taken not to be there where it is judged by itself.
    var settled: [[String]] = []
    var set: [MappingRow] = []
    var append: [MappingRow] = []
    var when: [(path: ArgumentPath, values: [String])] = []
    /// Whether it is judged by itself as well, as a resource of which nothing else is known.
    var isJudged = false
  }

  /// A resource of the cloud that Terraform has as arguments of another one: `blobServices` of a storage account.
  struct Part: Sendable {
    var type: String
    var name: String
    /// The block that each is made of; one of the resource itself where there is none.
    var from: ArgumentPath?
    var settled: [[String]] = []
    var rows: [MappingRow] = []
    /// Arguments with one of whose values there is none.
    var unless: [(path: ArgumentPath, values: [String])] = []
    fileprivate(set) var told = ToldPaths([])
  }

  struct Entry: Sendable {
    let provider: String
    var type: String?
    var names: [ArgumentPath] = [ArgumentPath("name")]
    /// Of several the first whose arguments are known.
    var ids: [MappingTemplate] = []
    var parent: ArgumentPath?
    var attributes: [String: MappingTemplate] = [:]
    var settled: [[String]] = []
    var rows: [MappingRow] = []
    var merges: [Merge] = []
    var parts: [Part] = []
    /// Its rows, those of all types, satellites, and what is settled.
    fileprivate(set) var told = ToldPaths([])
  }

  /// What all types of a cloud share.
  struct Provider: Sendable {
    let cloud: String
    let prefixes: [String]
    var attributes: [String: MappingTemplate] = [:]
    var rows: [MappingRow] = []
    /// `{account}`, `{subscription}`, ... where the code does not say them.
    var facts: [String: String] = [:]
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var providers: [String: Provider] = [:]
  let identities: ResourceIdentities
  /// Native spellings of names, by their lower case: for providers that are written mechanically.
  private(set) var spellings: [String: String] = [:]

  package init(_ content: ContentLibrary) throws(ContentError) {
    identities = try ResourceIdentities(content)
    for file in try content.files(under: "mappings/terraform") {
      let parts = file.path.split(separator: "/")
      guard parts.count == 4 else { continue }
      let root = try YAMLDocument(file).node
      let cloud = String(parts[2])
      if parts[3] == "provider.yaml" {
        providers[cloud] = try Self.provider(root, cloud)
        continue
      }
      for (type, node) in try root.members {
        guard entries[type] == nil else { throw node.error("'\(type)' is mapped twice") }
        entries[type] = try Self.entry(node, provider: cloud)
      }
    }
    // Native paths that satellites tell, by native type.
    var merged: [String: [[String]]] = [:]
    for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
      for merge in entry.merges {
        for type in merge.into { merged[type, default: []] += (merge.set + merge.append).flatMap(\.leaves) }
      }
      // Other clouds spell the same names otherwise.
      guard entry.provider == "aws" else { continue }
      for path in (entry.rows + entry.merges.flatMap { $0.set + $0.append }).flatMap(\.leaves) {
        for key in path where spellings[key.lowercased()] == nil { spellings[key.lowercased()] = key }
      }
    }
    for (type, entry) in entries {
      let shared = providers[entry.provider]?.rows.flatMap(\.leaves) ?? []
      func told(_ native: String?, _ rows: [MappingRow], _ settled: [[String]]) -> ToldPaths {
        ToldPaths(rows.flatMap(\.leaves) + settled + (native.flatMap { merged[$0] } ?? []) + shared)
      }
      entries[type]?.told = told(entry.type, entry.rows, entry.settled)
      for (index, part) in entry.parts.enumerated() {
        entries[type]?.parts[index].told = told(part.type, part.rows, part.settled)
      }
    }
  }

  private static func provider(_ node: ContentNode, _ cloud: String) throws(ContentError) -> Provider {
    try node.allow(["prefixes", "attributes", "facts", "set"])
    var provider = Provider(cloud: cloud, prefixes: try node.require("prefixes").texts)
    provider.attributes = try templates(node.optional("attributes"))
    for (key, value) in try node.optional("facts")?.members ?? [] { provider.facts[key] = try value.text }
    if let rows = try node.optional("set") { provider.rows = try MappingRow.rows(rows) }
    return provider
  }

  private static func entry(_ node: ContentNode, provider: String) throws(ContentError) -> Entry {
    try node.allow(["type", "name", "id", "parent", "attributes", "settled", "set", "merges", "parts"])
    var entry = Entry(provider: provider)
    entry.type = try node.optional("type")?.text
    if let names = try node.optional("name")?.texts { entry.names = names.map(ArgumentPath.init) }
    entry.ids = try (node.optional("id")?.texts ?? []).map(MappingTemplate.init)
    entry.parent = try node.optional("parent").map { node throws(ContentError) in ArgumentPath(try node.text) }
    entry.attributes = try templates(node.optional("attributes"))
    entry.settled = try (node.optional("settled")?.texts ?? []).map { $0.split(separator: ".").map(String.init) }
    if let rows = try node.optional("set") { entry.rows = try MappingRow.rows(rows) }
    for element in try node.optional("merges")?.elements ?? [] { entry.merges.append(try merge(element)) }
    for element in try node.optional("parts")?.elements ?? [] { entry.parts.append(try part(element)) }
    guard entry.type != nil || !entry.merges.isEmpty || !entry.attributes.isEmpty else {
      throw node.error("give a type, merges or attributes")
    }
    return entry
  }

  private static func merge(_ node: ContentNode) throws(ContentError) -> Merge {
    try node.allow(["into", "on", "by", "set", "append", "when", "judged", "settled"])
    let by = try node.optional("by").map { node throws(ContentError) in ArgumentPath(try node.text) }
    let on = try by == nil ? node.require("on").text : ""
    var merge = Merge(into: try node.require("into").texts, on: ArgumentPath(on), by: by)
    merge.settled = try (node.optional("settled")?.texts ?? []).map { $0.split(separator: ".").map(String.init) }
    if let rows = try node.optional("set") { merge.set = try MappingRow.rows(rows) }
    if let rows = try node.optional("append") { merge.append = try MappingRow.rows(rows) }
    for (path, values) in try node.optional("when")?.members ?? [] {
      merge.when.append((ArgumentPath(path), try MappingSource.scalars(values)))
    }
    merge.isJudged = try node.optional("judged")?.value.boolean ?? false
    return merge
  }

  private static func part(_ node: ContentNode) throws(ContentError) -> Part {
    try node.allow(["type", "name", "from", "settled", "set", "unless"])
    var part = Part(type: try node.require("type").text, name: try node.optional("name")?.text ?? "default")
    part.from = try node.optional("from").map { node throws(ContentError) in ArgumentPath(try node.text) }
    part.settled = try (node.optional("settled")?.texts ?? []).map { $0.split(separator: ".").map(String.init) }
    if let rows = try node.optional("set") { part.rows = try MappingRow.rows(rows) }
    for (path, values) in try node.optional("unless")?.members ?? [] {
      part.unless.append((ArgumentPath(path), try MappingSource.scalars(values)))
    }
    return part
  }

  private static func templates(_ node: ContentNode?) throws(ContentError) -> [String: MappingTemplate] {
    var made: [String: MappingTemplate] = [:]
    for (key, value) in try node?.members ?? [] { made[key] = MappingTemplate(try value.text) }
    return made
  }

  /// The same for states: see ``stated(_:)``.
  var forStates: TerraformMappings {
    var mappings = self
    mappings.entries = entries.mapValues(stated)
    return mappings
  }

  /// The provider of a type of Terraform; nil where its cloud is none of ours.
  func provider(of type: String) -> Provider? {
    if let entry = entries[type] { return providers[entry.provider] }
    return providers.values.first { provider in provider.prefixes.contains { type.hasPrefix($0) } }
  }
}
