// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Synchronization

/// The table `resources` of an estate that is judged: a query that names types is given the rows of these only.
///
/// Hundreds of queries read one estate, each a few of its types. The rows of a set of types are gathered once, and kept as
/// long as no more are kept than the estate has.
final class RowsByType: TableSource {
  let schema = ResourceRows.schema
  private let all: Batch
  private let rows: [String: [Int]]
  private let isLowerCase: Bool
  private let gathered = Mutex<(batches: [Set<String>: Batch], rows: Int)>(([:], 0))
  private static let column = ResourceRows.index(of: "type")

  /// - Parameter rows: the rows of each type, in lower case as documents have it.
  init(_ all: Batch, _ rows: [String: [Int]]) {
    self.all = all
    self.rows = rows
    isLowerCase = rows.keys.allSatisfy { $0 == $0.lowercased() }
  }

  func parts(_ request: ScanRequest) -> [TablePart] {
    // Types that are not written in lower case are found by reading everything.
    guard let texts = request.texts[Self.column], isLowerCase else {
      return [TablePart { [all] in all }]
    }
    let types = Set(texts.map { $0.lowercased() }).filter { rows[$0] != nil }
    if types.isEmpty { return [] }
    return [TablePart { [self] in batch(of: types) }]
  }

  private func batch(of types: Set<String>) -> Batch {
    gathered.withLock { known in
      if let batch = known.batches[types] { return batch }
      let batch = all.gather(types.flatMap { rows[$0] ?? [] }.sorted())
      if known.rows + batch.count > all.count { known = ([:], 0) }
      known.batches[types] = batch
      known.rows += batch.count
      return batch
    }
  }
}
