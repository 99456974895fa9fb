// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// What is not known about the rows of an estate, ready to be asked per check.
struct Unknowns {
  /// Gaps of single resources, by row.
  private var byRow: [Int: [Estate.Gap]] = [:]
  /// Gaps of whole lists, by type.
  private var byType: [String: [Estate.Gap]] = [:]
  private var stale: Set<Int> = []

  init(_ estate: Estate, _ index: RowIndex) {
    for gap in estate.gaps {
      if let id = gap.resourceId, !id.isEmpty {
        let rows = index.rows(id)
        for row in rows where rows.count == 1 || gap.type.isEmpty || gap.type == index.type(row) {
          byRow[row, default: []].append(gap)
        }
      } else {
        byType[gap.type, default: []].append(gap)
      }
    }
    for id in estate.notRefreshed {
      stale.formUnion(index.rows(id))
    }
  }

  var isEmpty: Bool { byRow.isEmpty && stale.isEmpty }

  func isStale(_ row: Int) -> Bool { stale.contains(row) }

  /// The first gap of the resource that touches one of the paths.
  func gap(_ row: Int, reading paths: [String]) -> Estate.Gap? {
    guard let gaps = byRow[row] else { return nil }
    return gaps.first { gap in
      gap.paths.isEmpty || gap.paths.contains { lost in paths.contains { Self.overlap($0, lost) } }
    }
  }

  /// Whether one path is the other or lies below it.
  static func overlap(_ left: String, _ right: String) -> Bool {
    let (short, long) = left.utf8.count <= right.utf8.count ? (left.utf8, right.utf8) : (right.utf8, left.utf8)
    guard long.starts(with: short) else { return false }
    guard let next = long.dropFirst(short.count).first else { return true }
    return next == UInt8(ascii: ".") || next == UInt8(ascii: "[") || short.isEmpty
  }

  func listGaps(of type: String) -> [Estate.Gap] { byType[type] ?? [] }

  /// Gaps of other types that a query reads: of lists, and of single resources' paths.
  func gaps(types: Set<String>, paths: [String]) -> [Estate.Gap] {
    var found: [Estate.Gap] = []
    for type in types.sorted() { found += byType[type] ?? [] }
    for row in byRow.keys.sorted() {
      found += (byRow[row] ?? []).filter { gap in
        types.contains(gap.type)
          && (gap.paths.isEmpty || gap.paths.contains { lost in paths.contains { Self.overlap($0, lost) } })
      }
    }
    return found
  }
}

/// What a query's text says that it reads.
struct QueryReads {
  /// Texts that look like types of resources, in lower case.
  private(set) var types: Set<String> = []
  /// Those of them that the column `type` is compared with: `type == 'x'`, `type in ('x', 'y')`.
  private(set) var selectedTypes: Set<String> = []
  /// `properties.X.Y` and the like.
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
    var isSelecting = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == byte {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != byte { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        let text = String(decoding: bytes[start..<min(at, bytes.count)], as: UTF8.self).lowercased()
        if Self.isType(text) {
          types.insert(text)
          if isSelecting { selectedTypes.insert(text) }
        }
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
        isSelecting = text == "type" && !isMember || isSelecting && text == "in"
        if !isMember, columns.contains(String(text.prefix { $0 != "." })), !paths.contains(text) { paths.append(text) }
        at = end
      } else {
        if !"=~(, \t\r\n".utf8.contains(byte) { isSelecting = false }
        at += 1
      }
    }
  }
}
