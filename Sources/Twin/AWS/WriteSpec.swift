// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import Specs

/// What a writing operation changes in a document: an entry of `Content/twin/aws/writes`. docs/twin.md is its reference.
struct WriteSpec: Sendable {
  typealias Members = [(path: JSONPath, mapping: Mapping)]

  /// A change of a list.
  struct ListChange: Sendable {
    let list: JSONPath
    /// One element, or several.
    let value: Mapping?
    let each: Mapping?
    /// The member that tells elements apart; the whole element where there is none.
    let by: String?
    /// The list in the element of this list, instead of the list itself.
    let within: (by: String, equals: Mapping, list: String)?
    let when: CollectorSpec.Condition?
    /// The error where an element to add is there, or one to take is not.
    let error: String?
    /// The error where an element to change is not there; nil where it is added.
    let missing: String?
    let isAdded: Bool
  }

  struct Creation: Sendable {
    let id: Mapping
    let name: Mapping
    let exists: String
  }

  let service: String
  let operation: String
  /// The document's type, in lower case.
  let type: String
  /// How the request names the document, as the inputs of a spec's step.
  let input: [(key: String, mapping: Mapping)]
  /// The error where there is no such document.
  let missing: String?
  let creation: Creation?
  let when: CollectorSpec.Condition?
  /// What the request says takes the place of what was there, which goes where the request says nothing.
  let put: Members
  /// As `put`, but what the request is silent about stays.
  let set: Members
  /// What a document that lacks it gets.
  let otherwise: Members
  let remove: [JSONPath]
  let lists: [ListChange]
  let answer: [(path: JSONPath, mapping: Mapping)]

  static func all(_ file: ContentFile) throws(ContentError) -> [WriteSpec] {
    let root = try YAMLDocument(file).node
    try root.allow(["service", "writes"])
    let service = try root.require("service").text
    var writes: [WriteSpec] = []
    for node in try root.require("writes").elements { writes.append(try WriteSpec(node, service: service)) }
    return writes
  }

  private init(_ node: ContentNode, service: String) throws(ContentError) {
    try node.allow([
      "operation", "of", "input", "missing", "create", "when", "put", "set", "otherwise", "remove", "add", "take",
      "answer",
    ])
    self.service = service
    operation = try node.require("operation").text
    type = try node.require("of").text.lowercased()
    input = try node.optional("input").map(Mapping.members) ?? []
    missing = try node.optional("missing")?.text
    when = try node.optional("when").map(CollectorSpec.Condition.init)
    if let create = try node.optional("create") {
      try create.allow(["id", "name", "exists"])
      creation = Creation(
        id: try Mapping(try create.require("id")), name: try Mapping(try create.require("name")),
        exists: try create.require("exists").text)
    } else {
      creation = nil
    }
    put = try Self.members(node, "put")
    set = try Self.members(node, "set")
    otherwise = try Self.members(node, "otherwise")
    answer = try Self.members(node, "answer")
    var remove: [JSONPath] = []
    for path in try node.optional("remove")?.elements ?? [] { remove.append(try path.path) }
    self.remove = remove
    var lists: [ListChange] = []
    for change in try node.optional("take")?.elements ?? [] { lists.append(try ListChange(change, isAdded: false)) }
    for change in try node.optional("add")?.elements ?? [] { lists.append(try ListChange(change, isAdded: true)) }
    self.lists = lists
  }

  private static func members(_ node: ContentNode, _ key: String) throws(ContentError) -> Members {
    var members: Members = []
    for (key, mapping) in try node.optional(key)?.members ?? [] {
      guard let path = JSONPath(key) else { throw mapping.error("'\(key)' is not a path") }
      members.append((path, try Mapping(mapping)))
    }
    return members
  }
}

extension WriteSpec.ListChange {
  fileprivate init(_ node: ContentNode, isAdded: Bool) throws(ContentError) {
    try node.allow(["list", "value", "each", "by", "within", "when", "error", "missing"])
    list = try node.require("list").path
    value = try node.optional("value").map(Mapping.init)
    each = try node.optional("each").map(Mapping.init)
    by = try node.optional("by")?.text
    if let within = try node.optional("within") {
      try within.allow(["by", "equals", "list"])
      self.within = (
        try within.require("by").text, try Mapping(try within.require("equals")), try within.require("list").text
      )
    } else {
      within = nil
    }
    when = try node.optional("when").map(CollectorSpec.Condition.init)
    error = try node.optional("error")?.text
    missing = try node.optional("missing")?.text
    self.isAdded = isAdded
  }
}
