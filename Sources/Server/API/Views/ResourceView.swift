// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
package import KQL

/// What resources are filtered, counted and sorted by.
package enum ResourceField: String, CaseIterable, Sendable {
  case id, name, type, cloud, account, location, resourceGroup, kind, source
}

/// The resources of one state of the estate. Documents are read one by one from the store.
package struct ResourceView: Sendable {
  private let columns: [TextColumn]
  /// The tags of all rows one after another as numbers of `tagTexts`, and where those of each row begin.
  private let tagCodes: [UInt32]
  private let tagStarts: [UInt32]
  /// `name=value` by number; the names in lower case, for clouds do not tell them apart.
  private let tagTexts: TextColumn
  private let tagNames: [String]
  private let tagValues: [String]
  /// Ticks of the scan that last saw each; 0 where that is not known.
  package private(set) var lastSeen: [Int64]
  /// The rows by the ranks of their ids.
  private let byID: [Int32]

  package var count: Int { lastSeen.count }
  package func column(_ field: ResourceField) -> TextColumn { columns[field.place] }
  package subscript(_ row: Int) -> ResourceRow { ResourceRow(view: self, row: row) }

  private static let kept: [(field: ResourceField, column: String)] = [
    (.id, "id"), (.name, "name"), (.type, "type"), (.cloud, "cloud"), (.account, "subscriptionId"),
    (.location, "location"), (.resourceGroup, "resourceGroup"), (.kind, "kind"), (.source, "source"),
  ]

  /// Reads the newest state.
  init(_ store: Store, _ catalog: Catalog) throws {
    let names = Self.kept.map(\.column) + ["tags"]
    let result = try Query("resources | project \(names.joined(separator: ", "))", catalog: catalog)
      .run(now: 0, maxRows: 50_000_000)
    let rows = result.rows
    var columns: [TextColumn] = []
    for index in Self.kept.indices {
      guard case .string(let column) = rows.columns[index] else { continue }
      columns.append(TextColumn(column))
    }
    self.columns = columns
    var (texts, starts) = (StringColumnBuilder(), [UInt32]())
    var split: [(name: String, value: String)] = []
    if case .dynamic(let column) = rows.columns[Self.kept.count] {
      for row in 0..<rows.count {
        starts.append(UInt32(texts.count))
        guard let tags = column[row], tags.kind == .object else { continue }
        for (key, value) in tags.members {
          guard let name = key.string?.lowercased() else { continue }
          let value = value.isNull ? "" : value.string ?? value.text
          texts.append("\(name)=\(value)")
          if texts.distinctCount > split.count { split.append((name, value)) }
        }
      }
    }
    starts.append(UInt32(texts.count))
    let tags = texts.finish()
    (tagCodes, tagStarts) = (tags.codes, starts)
    tagTexts = TextColumn(tags)
    (tagNames, tagValues) = (split.map(\.name), split.map(\.value))
    let ids = columns[0]
    byID = (0..<Int32(rows.count)).sorted { ids.rank(Int($0)) < ids.rank(Int($1)) }
    lastSeen = [Int64](repeating: 0, count: rows.count)
    var times = lastSeen
    try store.lastSeen { type, id, time in
      for row in self.rows(id: id) where columns[2][row] == type { times[row] = time }
    }
    lastSeen = times
  }

  /// The rows of an id: several where resources of different types share one.
  package func rows(id: String) -> [Int] {
    let ids = columns[0]
    guard let code = ids.code(of: id) else { return [] }
    let rank = ids.ranks[Int(code)]
    var (low, high) = (0, byID.count)
    while low < high {
      let middle = (low + high) / 2
      if ids.rank(Int(byID[middle])) < rank { low = middle + 1 } else { high = middle }
    }
    return byID[low...].prefix { ids.rank(Int($0)) == rank }.map { Int($0) }
  }

  /// The value of a tag; names in any case.
  package func tag(_ name: String, of row: Int) -> String? {
    let name = name.lowercased()
    return tagCodes(of: row).first { tagNames[Int($0)] == name }.map { tagValues[Int($0)] }
  }

  package func tags(of row: Int) -> [(name: String, value: String)] {
    tagCodes(of: row).map { (tagNames[Int($0)], tagValues[Int($0)]) }
  }

  private func tagCodes(of row: Int) -> ArraySlice<UInt32> { tagCodes[Int(tagStarts[row])..<Int(tagStarts[row + 1])] }

  /// Keeps the rows that carry one of the tags, each `name=value`, or `name` for any value.
  func keep(_ rows: inout Bitmap, tags: Set<String>) {
    let wanted = tags.map { tag -> (name: String, value: String?) in
      guard let equals = tag.firstIndex(of: "=") else { return (tag.lowercased(), nil) }
      return (tag[..<equals].lowercased(), String(tag[tag.index(after: equals)...]))
    }
    let isWanted = tagNames.indices.map { code in
      wanted.contains { $0.name == tagNames[code] && ($0.value ?? tagValues[code]) == tagValues[code] }
    }
    rows.keep { row in tagCodes(of: row).contains { isWanted[Int($0)] } }
  }

  /// How many of the rows carry each `name=value`, the most frequent first.
  package func tagFacet(of rows: Bitmap) -> [FacetValue] {
    var counts = [Int](repeating: 0, count: tagNames.count)
    rows.forEachSet { row in for code in tagCodes(of: row) { counts[Int(code)] += 1 } }
    return counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], tagTexts.ranks[$0]) < (counts[$0], tagTexts.ranks[$1]) }
      .map { FacetValue(value: tagTexts.text(ofCode: UInt32($0)), count: counts[$0]) }
  }

  /// The rows within a reach.
  func within(_ reach: Reach) -> Bitmap {
    if reach.isAll { return Bitmap(count: count, filledWith: true) }
    let accounts = column(.account)
    var rows = Bitmap(count: count)
    for row in 0..<count where reach.admits(subscription: accounts[row], tag: { tag($0, of: row) }) {
      rows[row] = true
    }
    return rows
  }
}

extension ResourceField {
  fileprivate var place: Int { Self.places[self] ?? 0 }
  private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// One resource. Texts are made when they are asked for.
package struct ResourceRow: Sendable {
  package let view: ResourceView
  package let row: Int

  package var id: String { view.column(.id)[row] }
  package var name: String { view.column(.name)[row] }
  package var type: String { view.column(.type)[row] }
  package var cloud: String { view.column(.cloud)[row] }
  package var account: String { view.column(.account)[row] }
  package var location: String { view.column(.location)[row] }
  package var resourceGroup: String { view.column(.resourceGroup)[row] }
  package var kind: String { view.column(.kind)[row] }
  package var source: String { view.column(.source)[row] }
  package var tags: [(name: String, value: String)] { view.tags(of: row) }
  /// Ticks of the scan that last saw it; nil where that is not known.
  package var lastSeen: Int64? { view.lastSeen[row] == 0 ? nil : view.lastSeen[row] }
}
