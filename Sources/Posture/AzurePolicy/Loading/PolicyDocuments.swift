// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Resource documents that are judged before they are deployed, or from a snapshot of what is: rows of Resource Graph or
/// of the REST API, ARM templates as `bicep build` makes them, and Terraform's plans as JSON.
package struct PolicyDocuments: Sendable {
  /// A document, and what of it is not known.
  package struct Entry: Sendable {
    package let document: JSONValue
    /// Paths whose values only the deployment tells, with the reason.
    package let unknown: [(path: String, reason: String)]
    package let place: ContentLocation
  }

  /// Where what a template describes would be deployed.
  package struct Target: Sendable {
    package var subscription: String
    package var resourceGroup: String
    package var location: String

    package init(
      subscription: String = "00000000-0000-0000-0000-000000000000", resourceGroup: String = "deployment",
      location: String = "westeurope"
    ) {
      (self.subscription, self.resourceGroup, self.location) = (subscription, resourceGroup, location)
    }
  }

  package private(set) var entries: [Entry] = []
  /// What was found but cannot be judged, and why.
  package private(set) var notes: [String] = []

  package init() {}

  /// Reads a file, or all JSON files of a folder.
  ///
  /// - Throws: ``ContentError`` where a file cannot be read, or one that was named holds no resources.
  package mutating func load(_ path: String, target: Target = Target()) throws(ContentError) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ContentError(.unreadable, "there is no such file or folder", at: ContentLocation(path: path))
    }
    guard isFolder else {
      guard try load(file: path, target) else {
        throw ContentError(
          .invalidValue, "the file holds no resources: it is no snapshot, template or plan",
          at: ContentLocation(path: path))
      }
      return
    }
    var files: [String] = []
    try PolicyCorpus.list(path, depth: 0, &files)
    for file in files where file.hasSuffix(".json") || file.hasSuffix(".jsonc") || file.hasSuffix(".ndjson") {
      if try !load(file: file, target) { notes.append("\(file): holds no resources") }
    }
  }

  private mutating func load(file path: String, _ target: Target) throws(ContentError) -> Bool {
    let bytes = try PolicyCorpus.bytes(path)
    if path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") {
      let document: JSONDocument
      do {
        document = try JSONDocument.lines(bytes)
      } catch {
        throw ContentError(
          .syntax, error.detail, at: ContentLocation(path: path, line: error.line, column: error.column))
      }
      let source = PolicySource(document.root, at: ContentLocation(path: path))
      for index in 0..<document.rootCount { _ = resource(document.root(at: index), source) }
      return true
    }
    return try read(PolicySource(parsing: bytes, path: path), target)
  }

  /// Reads what a parsed file holds. False where that is no resource.
  package mutating func read(_ source: PolicySource, _ target: Target) throws(ContentError) -> Bool {
    let root = source.root
    if root.kind == .array { return list(root, source) }
    if let schema = root["$schema"]?.string?.lowercased(), schema.contains("deploymenttemplate") {
      var template = ARMTemplate(source, target)
      entries += try template.resources()
      notes += template.notes
      return true
    }
    if root["resource_changes"] != nil || root["planned_values"] != nil {
      plan(root, source, target)
      return true
    }
    for key in ["value", "data", "resources"] {
      if let list = root[key], list.kind == .array { return self.list(list, source) }
    }
    return resource(root, source)
  }

  private mutating func list(_ list: JSONValue, _ source: PolicySource) -> Bool {
    var found = list.count == 0
    for element in list.elements where resource(element, source) { found = true }
    return found
  }

  private mutating func resource(_ value: JSONValue, _ source: PolicySource) -> Bool {
    guard let type = value["type"]?.string, type.contains("/") else { return false }
    entries.append(Entry(document: value, unknown: [], place: source.location(of: value)))
    return true
  }

  // MARK: Terraform

  /// Takes from a plan the resources that are written as Azure has them (`azapi_resource`).
  private mutating func plan(_ root: JSONValue, _ source: PolicySource, _ target: Target) {
    var others: [String: Int] = [:]
    var modules = root["planned_values"]?["root_module"].map { [$0] } ?? []
    var seen = 0
    while let module = modules.popLast(), seen < 10_000 {
      seen += 1
      modules += module["child_modules"].map { Array($0.elements) } ?? []
      for entry in module["resources"]?.elements.map(\.self) ?? [] where entry["mode"]?.string != "data" {
        let kind = entry["type"]?.string ?? ""
        guard kind == "azapi_resource", let values = entry["values"], let draft = Self.document(values, target) else {
          if kind.hasPrefix("azurerm_") || kind.hasPrefix("azapi_") { others[kind, default: 0] += 1 }
          continue
        }
        entries.append(
          Entry(document: draft.document().root, unknown: [], place: source.location(of: entry)))
      }
    }
    for (kind, count) in others.sorted(by: { $0.key < $1.key }) {
      notes.append("\(source.path): \(count) \(kind) not judged: only azapi_resource is written as Azure has it")
    }
  }

  private static func document(_ values: JSONValue, _ target: Target) -> JSONDraft? {
    guard let full = values["type"]?.string else { return nil }
    let parts = full.split(separator: "@", maxSplits: 1)
    let type = String(parts[0])
    let name = values["name"]?.string ?? "(known after apply)"
    let parent =
      values["parent_id"]?.string ?? "/subscriptions/\(target.subscription)/resourceGroups/\(target.resourceGroup)"
    var members: [(key: String, value: JSONDraft)] = []
    let body = values["body"].flatMap { body in
      body.string.map { (try? JSONDocument.parse($0))?.root ?? .null } ?? body
    }
    for (key, value) in body?.members.map(\.self) ?? [] { members.append((key.string ?? "", .value(value))) }
    func add(_ key: String, _ draft: JSONDraft) {
      if !members.contains(where: { $0.key == key }) { members.append((key, draft)) }
    }
    add("type", .string(type))
    add("name", .string(name))
    add("id", .string(id(type: type, name: name, under: parent)))
    if parts.count > 1 { add("apiVersion", .string(String(parts[1]))) }
    for key in ["location", "tags"] {
      if let value = values[key], !value.isNull { add(key, .value(value)) }
    }
    return .object(members)
  }

  /// The id of a resource: a child's type repeats that of its parent.
  static func id(type: String, name: String, under parent: String) -> String {
    let types = type.split(separator: "/")
    guard types.count > 1 else { return parent }
    if types.count > 2, parent.lowercased().contains("/providers/\(types[0])/".lowercased()) {
      return "\(parent)/\(types[types.count - 1])/\(name)"
    }
    let names = name.split(separator: "/")
    let pairs = zip(types.dropFirst(), names).map { "/\($0)/\($1)" }.joined()
    return "\(parent)/providers/\(types[0])\(pairs)"
  }
}
