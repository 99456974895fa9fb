// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

/// What to collect from one service: a file of `Content/collectors/aws`. docs/collectors.md is its reference.
package struct CollectorSpec: Sendable {
  package let service: String
  package var entries: [Entry]
  /// What the least-privilege policy is to make of the actions.
  package let permissions: Permissions

  package struct Permissions: Sendable {
    /// `rds:Describe*`: may stand for the actions it matches, for all that it grants is to read settings.
    package var patterns: [String] = []
    /// The resources that an action is limited to.
    package var resources: [(action: String, resources: [String])] = []
  }

  /// How much of an estate one call covers.
  package enum Level: Sendable { case organization, account, region }

  /// Targets of an answer's values in a resource.
  package typealias Targets = [(path: JSONPath, mapping: Mapping)]

  package struct Entry: Sendable {
    package enum Origin: Sendable {
      case account, region
      case operation(Listing)
    }
    package let type: String
    package let origin: Origin
    package let id: Mapping?
    package let name: Mapping?
    package let region: JSONPath?
    package let properties: Targets
    package let observed: Targets
    package let tags: Mapping?
    package let steps: [Step]
    package var lowerType: String { type.lowercased() }
  }

  package struct Listing: Sendable {
    package let call: Call
    package let level: Level
    package let items: JSONPath?
    package let item: JSONPath?
    package let orElse: JSONDraft?
    package let forEach: String?
    /// What is listed is listed for again: a tree.
    package let isNested: Bool
    /// Which of the items listed are resources; nil for all.
    package let when: Condition?
  }

  package struct Call: Sendable {
    package let service: String
    package let operation: String
    package let input: [(key: String, mapping: Mapping)]
    package let absent: [String]
    package let permission: String
    package let poll: (path: JSONPath, value: String)?
    package let decode: [(path: JSONPath, transform: Transform)]
  }

  package struct Condition: Sendable {
    package let path: JSONPath
    package let equals: [String]?
    /// A text that the value has in it.
    package let contained: Mapping?
    package let isNegated: Bool
  }

  package struct Step: Sendable {
    package let call: Call
    package let when: Condition?
    package let properties: Targets
    package let observed: Targets
    package let tags: Mapping?
    package let batch: Batch?
    package let isOnce: Bool
    package let row: Row?
    package let item: JSONPath?
    package let region: JSONPath?
    /// What is not known when the call fails.
    package let affected: [String]
  }

  package struct Batch: Sendable {
    package let parameter: String
    package let size: Int
    package let items: JSONPath
    package let by: JSONPath
    package let key: Mapping
  }

  package struct Row: Sendable {
    package let items: JSONPath
    package let columns: [(path: JSONPath, mapping: Mapping)]
  }
}

extension CollectorSpec {
  /// Every spec of `Content/collectors/aws`.
  package static func all(in content: ContentLibrary) throws(ContentError) -> [CollectorSpec] {
    var specs: [CollectorSpec] = []
    for file in try content.files(under: "collectors/aws") { specs.append(try CollectorSpec(file)) }
    return specs
  }

  package init(_ file: ContentFile) throws(ContentError) {
    let root = try YAMLDocument(file).node
    try root.allow(["service", "resources", "permissions"])
    service = try root.require("service").text
    var entries: [Entry] = []
    for node in try root.require("resources").elements { entries.append(try Entry(node, service: service)) }
    for (index, entry) in entries.enumerated() {
      guard case .operation(let listing) = entry.origin, let parent = listing.forEach else { continue }
      guard entries[..<index].contains(where: { $0.type == parent }) else {
        throw root.error("\(entry.type) is listed for each \(parent), which must stand before it in the file")
      }
    }
    self.entries = entries
    var permissions = Permissions()
    if let node = try root.optional("permissions") {
      try node.allow(["patterns", "resources"])
      permissions.patterns = try node.optional("patterns")?.texts ?? []
      for (action, list) in try node.optional("resources")?.members ?? [] {
        permissions.resources.append((action, try list.texts))
      }
    }
    self.permissions = permissions
  }

  fileprivate static func targets(_ node: ContentNode?) throws(ContentError) -> Targets {
    guard let node else { return [] }
    var targets: Targets = []
    for (key, mapping) in try node.members {
      guard let path = JSONPath(key) else { throw mapping.error("'\(key)' is not a path") }
      targets.append((path, try Mapping(mapping)))
    }
    return targets
  }
}

extension CollectorSpec.Entry {
  fileprivate init(_ node: ContentNode, service: String) throws(ContentError) {
    try node.allow(["type", "list", "id", "name", "region", "properties", "observed", "tags", "describe"])
    type = try node.require("type").text
    let list = try node.require("list")
    try list.allow([
      "self", "operation", "items", "item", "scope", "input", "absent", "orElse", "forEach", "permission", "poll",
      "decode", "when", "nested",
    ])
    if let whole = try list.optional("self") {
      switch try whole.text {
      case "account": origin = .account
      case "region": origin = .region
      default: throw whole.error("self is account or region")
      }
    } else {
      let level: CollectorSpec.Level
      let scope = try list.optional("scope")
      switch try scope?.text {
      case "organization": level = .organization
      case "account": level = .account
      case "region", nil: level = .region
      default: throw (scope ?? list).error("scope is organization, account or region")
      }
      origin = .operation(
        CollectorSpec.Listing(
          call: try CollectorSpec.Call(list, service: service), level: level,
          items: try list.optional("items")?.path, item: try list.optional("item")?.path,
          orElse: list.value["orElse"].map(JSONDraft.value), forEach: try list.optional("forEach")?.text,
          isNested: try list.optional("nested")?.boolean ?? false,
          when: try list.optional("when").map(CollectorSpec.Condition.init)))
    }
    id = try node.optional("id").map(Mapping.init)
    if case .operation = origin, id == nil { throw node.error("'id' is missing", code: .missingKey) }
    name = try node.optional("name").map(Mapping.init)
    region = try node.optional("region")?.path
    properties = try CollectorSpec.targets(try node.optional("properties"))
    observed = try CollectorSpec.targets(try node.optional("observed"))
    tags = try node.optional("tags").map(Mapping.init)
    var steps: [CollectorSpec.Step] = []
    for step in try node.optional("describe")?.elements ?? [] {
      steps.append(try CollectorSpec.Step(step, service: service))
    }
    self.steps = steps
  }
}

extension CollectorSpec.Call {
  fileprivate init(_ node: ContentNode, service: String) throws(ContentError) {
    let operation = try node.require("operation").text
    if let colon = operation.firstIndex(of: ":") {
      self.service = String(operation[..<colon])
      self.operation = String(operation[operation.index(after: colon)...])
    } else {
      self.service = service
      self.operation = operation
    }
    input = try node.optional("input").map(Mapping.members) ?? []
    absent = try node.optional("absent")?.texts ?? []
    permission = try node.optional("permission")?.text ?? "\(Self.actionPrefix(self.service)):\(self.operation)"
    if let poll = try node.optional("poll") {
      self.poll = (try poll.require("until").path, try poll.require("equals").scalarText)
    } else {
      poll = nil
    }
    var decode: [(path: JSONPath, transform: Transform)] = []
    for (key, value) in try node.optional("decode")?.members ?? [] {
      guard let path = JSONPath(key), let transform = Transform(rawValue: try value.text) else {
        throw value.error("decode is a mapping of paths to transforms")
      }
      decode.append((path, transform))
    }
    self.decode = decode
  }

  /// The prefix that IAM gives a service's actions.
  package static func actionPrefix(_ service: String) -> String {
    switch service {
    case "elbv2", "elb": "elasticloadbalancing"
    case "efs": "elasticfilesystem"
    case "s3control": "s3"
    case "accessanalyzer": "access-analyzer"
    case "apigatewayv2": "apigateway"
    case "opensearch": "es"
    case "emr": "elasticmapreduce"
    case "stepfunctions": "states"
    case "bedrock-agent": "bedrock"
    case "sesv2": "ses"
    default: service
    }
  }
}

extension CollectorSpec.Condition {
  package init(_ node: ContentNode) throws(ContentError) {
    try node.allow(["path", "equals", "notEquals", "exists", "contains", "notContains"])
    path = try node.require("path").path
    let (differs, lacks) = (try node.optional("notEquals"), try node.optional("notContains"))
    var values = try node.optional("equals")
    if values == nil { values = differs }
    var part = try node.optional("contains")
    if part == nil { part = lacks }
    contained = try part.map(Mapping.init)
    if let values {
      let list = values.value.elements.map { $0.string ?? $0.text }
      equals = values.value.kind == .array ? list : [try values.scalarText]
    } else {
      equals = nil
    }
    let exists = try node.optional("exists")?.boolean
    isNegated = differs != nil || lacks != nil || exists == false
  }

  package func holds(_ source: some MappingSource) -> Bool {
    let value = source.value(at: path)
    if let contained {
      let part = contained.resolve(source)?.scalarText ?? ""
      return (value?.scalarText?.contains(part) ?? false) != isNegated
    }
    guard let equals else { return (value != nil) != isNegated }
    return (value?.scalarText).map(equals.contains) ?? false != isNegated
  }
}

extension CollectorSpec.Step {
  fileprivate init(_ node: ContentNode, service: String) throws(ContentError) {
    try node.allow([
      "operation", "input", "absent", "when", "properties", "observed", "tags", "permission", "batch", "once", "row",
      "poll", "decode", "item", "region",
    ])
    call = try CollectorSpec.Call(node, service: service)
    when = try node.optional("when").map(CollectorSpec.Condition.init)
    properties = try CollectorSpec.targets(try node.optional("properties"))
    observed = try CollectorSpec.targets(try node.optional("observed"))
    tags = try node.optional("tags").map(Mapping.init)
    if let batch = try node.optional("batch") {
      self.batch = CollectorSpec.Batch(
        parameter: try batch.require("param").text, size: max(1, try batch.require("size").integer),
        items: try batch.require("items").path, by: try batch.require("by").path,
        key: try Mapping(try batch.require("key")))
    } else {
      batch = nil
    }
    isOnce = try node.optional("once")?.boolean ?? false
    if let row = try node.optional("row") {
      var columns: [(path: JSONPath, mapping: Mapping)] = []
      for (key, mapping) in try row.require("where").members {
        guard let path = JSONPath(key) else { throw mapping.error("'\(key)' is not a path") }
        columns.append((path, try Mapping(mapping)))
      }
      self.row = CollectorSpec.Row(items: try row.require("items").path, columns: columns)
    } else {
      row = nil
    }
    item = try node.optional("item")?.path
    region = try node.optional("region")?.path
    affected =
      properties.map { "properties.\($0.path)" } + observed.map { "observed.\($0.path)" }
      + (tags == nil ? [] : ["tags"])
  }
}
