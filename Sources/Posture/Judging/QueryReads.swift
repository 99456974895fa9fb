// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import KQL

/// What a check's query reads of the estate.
struct QueryReads: Sendable {
  /// The types that it names: `type == 'x'`, `type in ('x', 'y')`. In lower case.
  let types: Set<String>
  /// `properties.X.Y` and the like, wherever they stand in the text.
  let paths: [String]
  /// What it reads of `resources`; nil where the plan does not tell, so that the text has to.
  private let resources: [TableRead]?
  /// Whether it reads `RawEntityMetadata`, as Defender's custom recommendations do.
  let readsEntities: Bool
  /// Whether it reads that table without a word on types.
  private let readsAllEntities: Bool

  /// - Parameters:
  ///   - query: the query, bound.
  ///   - type: the type of the resources judged.
  init(_ words: String, _ query: Query, judging type: String) {
    let text = QueryWords(words)
    readsEntities = query.readsEntities(words)
    paths = text.paths + (readsEntities ? text.recordPaths(isAzure: type.hasPrefix("microsoft.")) : [])
    guard let tables = query.reads else {
      (types, resources, readsAllEntities) = (text.types, nil, false)
      return
    }
    let resources = tables.filter { $0.table.lowercased() == "resources" }
    let hasContainers = tables.contains { $0.table.lowercased() == "resourcecontainers" }
    let selected = resources.compactMap { $0.texts(of: "type") }.joined().map { $0.lowercased() }
    let entities = tables.filter(\.isOfEntities)
    let names = entities.map { $0.texts(of: "Identifiers", at: EntityTable.typePath) }
    readsAllEntities = names.contains(nil)
    // A name may be that of types of several clouds: a query is of one.
    let cloud = Self.cloud(of: type)
    let named = names.compactMap { $0 }.joined().compactMap { name in
      EntityType.types(of: name).first { Self.cloud(of: $0) == cloud }
    }
    types = Set(selected).union(named).union(hasContainers ? ["aws::::account"] : [])
    self.resources = resources
  }

  /// The same of a text alone; nil where it cannot be bound.
  init?(_ words: String, judging type: String) {
    guard let query = try? Query(words, catalog: ResourceRows.emptyCatalog) else { return nil }
    self.init(words, query, judging: type)
  }

  private static func cloud(of type: String) -> String {
    type.hasPrefix("aws::") ? "aws" : type.contains(".googleapis.com/") ? "gcp" : "azure"
  }

  /// Whether the plan tells what is read; otherwise only the text does.
  var isComplete: Bool { resources != nil }

  /// Whether a resource of a type other than the check's can make a difference.
  func canRead(_ type: String) -> Bool {
    guard !type.isEmpty else { return false }
    guard let resources else { return types.contains(type) }
    // The rows that are judged are of the check's type, whether or not the query says so.
    return types.contains(type) || readsAllEntities
      || resources.contains { $0.canMatter(type, in: "type") && !($0.isSource && $0.texts(of: "type") == nil) }
  }
}

extension Query {
  /// Whether the query reads `RawEntityMetadata`; where its plan does not tell, whether its text names it.
  func readsEntities(_ text: String) -> Bool {
    reads?.contains(where: \.isOfEntities) ?? text.lowercased().contains(EntityTable.name.lowercased())
  }
}

extension TableRead {
  fileprivate var isOfEntities: Bool { table.lowercased() == EntityTable.name.lowercased() }
}

/// Words of a query's text that look like types and paths.
private struct QueryWords {
  private(set) var types: Set<String> = []
  private(set) var paths: [String] = []
  /// What is read below `Record`.
  private var records: [String] = []

  /// Paths of `resources` that paths below `Record` stand for.
  func recordPaths(isAzure: Bool) -> [String] { isAzure ? records : records.map { "properties." + $0 } }

  /// `aws::s3::bucket`, `microsoft.storage/storageaccounts`, `storage.googleapis.com/bucket`; no ARN, path or pattern.
  private static func isType(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x3A || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
    }
    guard isPlain else { return false }
    if text.hasPrefix("aws::") { return true }
    guard let slash = text.firstIndex(of: "/"), !text.contains(":") else { return false }
    return text[..<slash].contains(".")
  }

  init(_ query: String) {
    let bytes = Array(query.utf8)
    let columns = Set(ResourceRows.schema.filter { $0.type == .dynamic }.map(\.name))
    var at = 0
    func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == byte {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != byte { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        let text = String(decoding: bytes[start..<min(at, bytes.count)], as: UTF8.self).lowercased()
        if Self.isType(text) { types.insert(text) }
        at += 1
      } else if isWord(byte) {
        var end = at
        var isPath = true
        while isPath {
          while end < bytes.count, isWord(bytes[end]) { end += 1 }
          isPath = end + 1 < bytes.count && bytes[end] == UInt8(ascii: ".") && isWord(bytes[end + 1])
          if isPath { end += 1 }
        }
        let text = String(decoding: bytes[at..<end], as: UTF8.self)
        let isMember = at > 0 && bytes[at - 1] == UInt8(ascii: ".")
        if !isMember, text.hasPrefix("Record.") { records.append(String(text.dropFirst(7))) }
        if !isMember, columns.contains(String(text.prefix { $0 != "." })), !paths.contains(text) { paths.append(text) }
        at = end
      } else {
        at += 1
      }
    }
  }
}
