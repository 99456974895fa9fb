// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How long a table keeps rows.
package struct Retention: Sendable, Equatable {
  /// A datetime column that says how old a row is. Rows without a time are kept.
  package var column: String
  /// Ticks of 100 ns.
  package var age: Int64

  package init(column: String, age: Int64) {
    self.column = column
    self.age = age
  }

  /// The present, in ticks since 0001-01-01.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return DateTime.unixEpoch + Int64(time.tv_sec) * 10_000_000 + Int64(time.tv_nsec) / 100
  }
}

extension TableEditor {
  /// The column that tells how old rows are, and the time before which they are too old.
  var cut: (column: Int, time: Int64)? {
    let manifest = manifest
    guard let retention = manifest.retention,
      let column = manifest.schema.firstIndex(where: { $0.name == retention.column })
    else { return nil }
    return (column, Retention.now() - retention.age)
  }

  /// Drops extents in which every row is too old.
  func expire() throws(KQLError) {
    guard let cut else { return }
    let name = manifest.schema[cut.column].name
    let old = manifest.extents.filter { entry in
      guard let newest = (try? entry.open(in: folder))?.newest(name) else { return false }
      return newest < cut.time
    }
    if old.isEmpty { return }
    try commit { manifest throws(KQLError) in manifest.extents.removeAll(where: old.contains) }
  }
}

extension Extent {
  private func times(_ name: String) -> [Block]? {
    guard let place = place(of: name), columns[place].field.type == .datetime else { return nil }
    return columns[place].blocks
  }

  /// The newest time in a column; nil where a row has none.
  func newest(_ name: String) -> Int64? {
    guard let blocks = times(name), blocks.allSatisfy({ $0.nulls == 0 && $0.range != nil }) else { return nil }
    return blocks.compactMap(\.range?.upperBound).max()
  }

  /// The oldest time in a column; nil where there is none.
  func oldest(_ name: String) -> Int64? { times(name)?.compactMap(\.range?.lowerBound).min() }
}
