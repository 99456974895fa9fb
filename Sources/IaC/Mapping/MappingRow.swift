// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// A path of arguments as a mapping writes it: `site_config.minimum_tls_version`, `ingress[*].from_port`, `/name`.
struct ArgumentPath: Sendable {
  enum Start: Sendable {
    /// The element that an `each` or `block` goes over; the resource where there is none.
    case element
    /// The resource, from within an `each`: written `/path`.
    case resource
    /// `@value`, `@key`: the element and its key.
    case value, key
    /// `@name`, `@id`, `@self`.
    case name, id
  }
  enum Step: Sendable {
    case key(String)
    case all
  }

  let start: Start
  let steps: [Step]

  init(_ text: String) {
    var rest = Substring(text)
    switch rest.prefix(while: { $0 != "." }) {
    case "@value": start = .value
    case "@key": start = .key
    case "@name": start = .name
    case "@id", "@self": start = .id
    default: start = rest.hasPrefix("/") ? .resource : .element
    }
    if rest.hasPrefix("@") { rest = rest.drop { $0 != "." } }
    if rest.hasPrefix("/") { rest = rest.dropFirst() }
    steps = rest.split(separator: ".").flatMap { part -> [Step] in
      part.hasSuffix("[*]") ? [.key(String(part.dropLast(3))), .all] : [.key(String(part))]
    }
  }
}

/// A text with `{placeholders}`: what the engine knows of a resource, or paths of arguments.
struct MappingTemplate: Sendable {
  enum Part: Sendable {
    case text(String)
    case placeholder(String, ArgumentPath)
  }
  let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      let name = String(rest[rest.index(after: open)..<close])
      parts.append(.placeholder(name, ArgumentPath(name)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }
}

/// Where a native value comes from.
struct MappingSource: Sendable {
  indirect enum Origin: Sendable {
    /// The first of several paths that is there: arguments that were renamed between versions of a provider.
    case paths([ArgumentPath])
    case text(MappingTemplate)
    case constant(CodeValue)
    /// Lists, one after the other.
    case concat([MappingSource])
    /// The first source that gives a value.
    case first([MappingSource])
  }
  enum Conversion: Sendable {
    case transform(Transform)
    case table([String: CodeValue], other: CodeValue?)
  }

  var origin: Origin
  /// Arguments that must have one of the values.
  var when: [(path: ArgumentPath, values: [String])] = []
  var conversions: [Conversion] = []
  /// Rows for each element of a list of blocks, or of a list or map of objects.
  var each: [MappingRow]?
  /// The argument of an element that is its key: `each` makes a map then, and no list.
  var key: ArgumentPath?
  /// One element for each value of each list.
  var spread: [(to: String, path: ArgumentPath)] = []
  /// Rows of a single block.
  var block: [MappingRow]?
  /// The provider's default.
  var otherwise: CodeValue?

  /// Paths below the target that are told; `[[]]` for the target itself.
  var leaves: [[String]] {
    switch origin {
    case .concat(let sources), .first(let sources): return sources.flatMap(\.leaves)
    default:
      guard key == nil, let rows = each ?? block else { return [[]] }
      return rows.flatMap(\.leaves) + spread.map { [$0.to] }
    }
  }
}

/// A native path and where its value comes from.
struct MappingRow: Sendable {
  let to: [String]
  let source: MappingSource

  var leaves: [[String]] { source.leaves.map { to + $0 } }
}

// MARK: Reading

extension MappingRow {
  /// Rows as `native path: source`.
  static func rows(_ node: ContentNode) throws(ContentError) -> [MappingRow] {
    var rows: [MappingRow] = []
    for (to, source) in try node.members {
      rows.append(MappingRow(to: to.split(separator: ".").map(String.init), source: try MappingSource(source)))
    }
    return rows
  }
}

extension MappingSource {
  private static let keys = [
    "from", "text", "value", "concat", "first", "as", "otherwise", "each", "key", "spread", "block", "when",
  ]

  /// A path, or a mapping of ``keys``.
  init(_ node: ContentNode) throws(ContentError) {
    if node.value.kind == .string {
      self.init(origin: .paths([ArgumentPath(try node.text)]))
      return
    }
    try node.allow(Self.keys)
    var origins: [Origin] = []
    if let from = try node.optional("from") { origins.append(.paths(try from.texts.map(ArgumentPath.init))) }
    if let text = try node.optional("text") { origins.append(.text(MappingTemplate(try text.text))) }
    if let value = node.value["value"] { origins.append(.constant(CodeValue(json: value))) }
    for (key, make) in [("concat", Origin.concat), ("first", Origin.first)] {
      guard let list = try node.optional(key) else { continue }
      var sources: [MappingSource] = []
      for element in try list.elements { sources.append(try MappingSource(element)) }
      origins.append(make(sources))
    }
    // Rows of a single element that nothing is taken from: `append: {to: {block: {...}}}`.
    let isElement = node.has("block") && origins.isEmpty
    guard origins.count == 1 || isElement else {
      throw node.error("give one of from, text, value, concat, first")
    }
    self.init(origin: origins.first ?? .paths([ArgumentPath("")]))
    otherwise = node.value["otherwise"].map { CodeValue(json: $0) }
    if let rows = try node.optional("each") { each = try MappingRow.rows(rows) }
    key = try node.optional("key").map { node throws(ContentError) in ArgumentPath(try node.text) }
    if let rows = try node.optional("block") { block = try MappingRow.rows(rows) }
    for (to, path) in try node.optional("spread")?.members ?? [] {
      spread.append((to, ArgumentPath(try path.text)))
    }
    for (path, values) in try node.optional("when")?.members ?? [] {
      when.append((ArgumentPath(path), try MappingSource.scalars(values)))
    }
    if let written = try node.optional("as") {
      let list = written.value.kind == .array ? try written.elements : [written]
      for element in list { conversions.append(try Conversion(element)) }
    }
  }

  static func scalars(_ node: ContentNode) throws(ContentError) -> [String] {
    let list = node.value.kind == .array ? try node.elements : [node]
    return list.compactMap { CodeNode(json: $0.value).scalar }
  }
}

extension MappingSource.Conversion {
  init(_ node: ContentNode) throws(ContentError) {
    guard node.value.kind == .object else {
      self = .transform(try node.choice())
      return
    }
    var table: [String: CodeValue] = [:]
    for (key, value) in try node.members { table[key] = CodeValue(json: value.value) }
    let other = table.removeValue(forKey: "*")
    self = .table(table, other: other)
  }
}

extension CodeValue {
  /// A value of a content file, without places.
  init(json: JSONValue) { self = CodeNode(json: json).value }
}

extension CodeNode {
  /// - Parameter place: of the value and all its parts.
  init(json: JSONValue, at place: CodePlace = CodePlace(path: "", line: 1, column: 1)) {
    switch json.kind {
    case .null: self.init(.null, at: place)
    case .bool: self.init(.bool(json.boolean == true), at: place)
    case .integer, .double, .number: self.init(.number(json.numberLiteral ?? "0"), at: place)
    case .string: self.init(.string(json.string ?? ""), at: place)
    case .array: self.init(.list(json.elements.map { CodeNode(json: $0, at: place) }), at: place)
    case .object:
      let members = json.members.map { CodeMember($0.key.string ?? "", CodeNode(json: $0.value, at: place)) }
      self.init(.map(members), at: place)
    }
  }

  /// The same value, all of it standing at `place`.
  func moved(to place: CodePlace) -> CodeNode {
    switch value {
    case .list(let elements): CodeNode(.list(elements.map { $0.moved(to: place) }), at: place)
    case .map(let members):
      CodeNode(.map(members.map { CodeMember($0.key, $0.node.moved(to: place), at: place) }), at: place)
    default: CodeNode(value, at: place)
    }
  }
}
