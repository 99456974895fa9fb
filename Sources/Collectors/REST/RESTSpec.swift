// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON
internal import Specs

/// What to ask a JSON API for beside a cloud's inventory service: a file of `Content/collectors/azure` or `gcp`.
/// docs/collectors.md is its reference.
package struct RESTSpec: Sendable {
  /// The name by which people choose it: the file's, without its ending.
  package let name: String
  /// Which of a cloud's APIs is asked: `arm`, `graph`, or a Google host such as `sqladmin.googleapis.com`.
  let api: String
  package internal(set) var entries: [Entry]

  package struct Entry: Sendable {
    /// Types of the rows that it is asked for, each by itself: lower case; `tenant`, `organization` or `project` once each.
    package let parents: [String]
    /// Lower-case type of the rows that come of it.
    package let type: String
    /// Path and query of the URL, with holes for what the parent says of itself.
    let url: Template
    let query: [(key: String, value: String)]
    /// Where the rows are in the answer; nil where the answer is the one row.
    let items: JSONPath?
    let when: CollectorSpec.Condition?
    /// Which items are rows.
    let filter: CollectorSpec.Condition?
    let id: Mapping?
    let rowName: Mapping?
    let location: Mapping?
    /// The part of an item that becomes `properties`; nil for the item's own `properties` (Azure) or all of it.
    let properties: Mapping?
    let absent: [String]
    package let permission: String
  }
}

extension RESTSpec.Entry {
  /// Path of the URL that is asked for a row, and the member of the answer that its rows are in.
  package func path(for row: JSONValue) -> String? { url.resolve(RowSource(row: row)) }
  package var itemsName: String? { items.map(\.description) }
}

extension RESTSpec {
  /// Every spec of a cloud's folder.
  package static func all(in content: ContentLibrary, cloud: String) throws(ContentError) -> [RESTSpec] {
    var specs: [RESTSpec] = []
    for file in try content.files(under: "collectors/\(cloud)") { specs.append(try RESTSpec(file, cloud: cloud)) }
    return specs
  }

  package init(_ file: ContentFile, cloud: String) throws(ContentError) {
    let root = try YAMLDocument(file).node
    try root.allow(["api", "version", "absent", "resources"])
    let base = file.path.split(separator: "/").last.map(String.init) ?? file.path
    name = String(base.prefix { $0 != "." })
    api = try root.require("api").text
    let version = try root.optional("version")?.scalarText
    let absent = try root.optional("absent")?.texts ?? []
    var entries: [Entry] = []
    for node in try root.require("resources").elements {
      entries.append(try Entry(node, version: version, absent: absent))
    }
    self.entries = entries
  }
}

extension RESTSpec.Entry {
  fileprivate init(_ node: ContentNode, version: String?, absent: [String]) throws(ContentError) {
    try node.allow([
      "of", "type", "get", "list", "query", "version", "items", "when", "filter", "id", "name", "location",
      "properties", "absent", "permission",
    ])
    let of = try node.require("of")
    parents = of.value.kind == .array ? try of.texts.map { $0.lowercased() } : [try of.text.lowercased()]
    type = try node.require("type").text.lowercased()
    guard node.has("get") != node.has("list") else {
      throw node.error("one of 'get' (the answer is the row) and 'list' is needed")
    }
    let isList = node.has("list")
    url = try Template(try node.require(isList ? "list" : "get"))
    var query: [(key: String, value: String)] = []
    if let version = try node.optional("version")?.scalarText ?? version { query.append(("api-version", version)) }
    for (key, value) in try node.optional("query")?.members ?? [] { query.append((key, try value.scalarText)) }
    self.query = query
    items = isList ? try node.optional("items")?.path ?? JSONPath(steps: [.key("value")]) : nil
    when = try node.optional("when").map(CollectorSpec.Condition.init)
    filter = try node.optional("filter").map(CollectorSpec.Condition.init)
    id = try node.optional("id").map(Mapping.init)
    rowName = try node.optional("name").map(Mapping.init)
    location = try node.optional("location").map(Mapping.init)
    properties = try node.optional("properties").map(Mapping.init)
    self.absent = try node.optional("absent")?.texts ?? absent
    permission = try node.require("permission").text
  }
}
