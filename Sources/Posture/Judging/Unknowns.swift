// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// What is not known about the rows of an estate, ready to be asked per check.
struct Unknowns {
  /// Gaps of single resources, by row.
  private var byRow: [Int: [Estate.Gap]] = [:]
  /// The same by the type that they are of, in the order of rows: a query reads a few types of many.
  private var rowsByType: [String: [(row: Int, gap: Estate.Gap)]] = [:]
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
    for row in byRow.keys.sorted() {
      for gap in byRow[row] ?? [] { rowsByType[gap.type, default: []].append((row, gap)) }
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

  /// Gaps of the types that `isRead` says a query reads: of lists, and of single resources' paths.
  func gaps(paths: [String], isRead: (String) -> Bool) -> [Estate.Gap] {
    var found: [Estate.Gap] = []
    for type in byType.keys.sorted() where isRead(type) { found += byType[type] ?? [] }
    let read = rowsByType.filter { isRead($0.key) }
    var ofRows: [(row: Int, gap: Estate.Gap)] = []
    for type in read.keys.sorted() {
      ofRows += (read[type] ?? []).filter { _, gap in
        gap.paths.isEmpty || gap.paths.contains { lost in paths.contains { Self.overlap($0, lost) } }
      }
    }
    if read.count > 1 { ofRows.sort { $0.row < $1.row } }
    found += ofRows.map(\.gap)
    return found
  }
}
