// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// What a check's query reads of the estate.
struct QueryReads {
  /// The types that it names: `type == 'x'`, `type in ('x', 'y')`. In lower case.
  let types: Set<String>
  /// `properties.X.Y` and the like, wherever they stand in the text.
  let paths: [String]
  /// What it reads of `resources`; nil where the plan does not tell, so that the text has to.
  private let resources: [TableRead]?

  /// - Parameter tables: what the bound query reads.
  init(_ query: String, tables: [TableRead]?) {
    let text = QueryWords(query)
    paths = text.paths
    guard let tables else {
      (types, resources) = (text.types, nil)
      return
    }
    let named = tables.map { ($0, $0.table.lowercased()) }
    let resources = named.filter { $0.1 == "resources" }.map(\.0)
    let hasContainers = named.contains { $0.1 == "resourcecontainers" }
    let selected = resources.compactMap { $0.texts(of: "type") }.joined().map { $0.lowercased() }
    types = Set(selected).union(hasContainers ? ["aws::::account"] : [])
    self.resources = resources
  }

  /// Whether a resource of a type other than the check's can make a difference.
  func canRead(_ type: String) -> Bool {
    guard !type.isEmpty else { return false }
    guard let resources else { return types.contains(type) }
    // The rows that are judged are of the check's type, whether or not the query says so.
    return types.contains(type)
      || resources.contains { $0.canMatter(type, in: "type") && !($0.isSource && $0.texts(of: "type") == nil) }
  }
}

/// Words of a query's text that look like types and paths.
private struct QueryWords {
  private(set) var types: Set<String> = []
  private(set) var paths: [String] = []

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
        if !isMember, columns.contains(String(text.prefix { $0 != "." })), !paths.contains(text) { paths.append(text) }
        at = end
      } else {
        at += 1
      }
    }
  }
}
