// SPDX-License-Identifier: Apache-2.0

enum Join {
  static func run(
    _ left: Batch, _ right: Batch, _ kind: JoinKind, _ leftKeys: [Expression], _ rightKeys: [Expression],
    _ leftTypes: [ScalarType], _ rightTypes: [ScalarType], _ context: EvaluationContext
  ) throws -> Batch {
    let l = try encoded(left, leftKeys, context)
    let r = try encoded(right, rightKeys, context)
    var table: [[UInt8]: [Int]] = [:]
    for (row, key) in r.enumerated() { table[key, default: []].append(row) }
    var leftRows: [Int] = []
    var rightRows: [Int] = []
    switch kind {
    case .leftsemi: return left.gather(l.indices.filter { table[l[$0]] != nil })
    case .leftanti: return left.gather(l.indices.filter { table[l[$0]] == nil })
    case .rightsemi, .rightanti:
      let keys = Set(l)
      return right.gather(r.indices.filter { keys.contains(r[$0]) == (kind == .rightsemi) })
    default: break
    }
    var seen = Set<[UInt8]>()
    var matched = Bitmap(count: right.count)
    for (row, key) in l.enumerated() {
      if kind == .innerunique, !seen.insert(key).inserted { continue }
      if let matches = table[key] {
        for match in matches {
          leftRows.append(row)
          rightRows.append(match)
          matched[match] = true
        }
        try context.check(rows: leftRows.count)
      } else if kind == .leftouter || kind == .fullouter {
        leftRows.append(row)
        rightRows.append(-1)
      }
    }
    if kind == .rightouter || kind == .fullouter {
      for row in 0..<right.count where !matched[row] {
        leftRows.append(-1)
        rightRows.append(row)
      }
    }
    let columns = left.columns.map { $0.gather(leftRows) } + right.columns.map { $0.gather(rightRows) }
    return Batch(columns: columns, count: leftRows.count)
  }

  private static func encoded(_ batch: Batch, _ keys: [Expression], _ context: EvaluationContext) throws -> [[UInt8]] {
    let columns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    return (0..<batch.count).map { row in
      var key: [UInt8] = []
      for column in columns { Grouping.encode(column, row, into: &key) }
      return key
    }
  }
}
