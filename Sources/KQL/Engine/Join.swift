// SPDX-License-Identifier: Apache-2.0

enum Join {
  /// Keys of both sides are numbered together, so a match is a look-up in an array. Null keys match null keys.
  static func run(
    _ left: Batch, _ right: Batch, _ kind: JoinKind, _ leftKeys: [Expression], _ rightKeys: [Expression],
    _ leftTypes: [ScalarType], _ rightTypes: [ScalarType], _ context: EvaluationContext
  ) throws -> Batch {
    let keys = try zip(leftKeys, rightKeys).map { leftKey, rightKey in
      let l = try leftKey.evaluate(left, context).expanded(left.count)
      let r = try rightKey.evaluate(right, context).expanded(right.count)
      return Column.concatenate([l, r], type: l.type)
    }
    let (numbers, firsts) = Grouping.number(keys, left.count + right.count)
    let total = firsts.count
    let (l, r) = (numbers[..<left.count], numbers[left.count...])
    switch kind {
    case .leftsemi, .leftanti:
      var present = [Bool](repeating: false, count: total)
      for number in r { present[number] = true }
      return left.gather(l.indices.filter { present[l[$0]] == (kind == .leftsemi) })
    case .rightsemi, .rightanti:
      var present = [Bool](repeating: false, count: total)
      for number in l { present[number] = true }
      return right.gather((0..<right.count).filter { present[numbers[left.count + $0]] == (kind == .rightsemi) })
    default: break
    }
    // Rows of the right side by key: those of key k are `rows[starts[k]..<starts[k + 1]]`, in their order.
    var starts = [Int](repeating: 0, count: total + 1)
    for number in r { starts[number + 1] += 1 }
    for number in 0..<total { starts[number + 1] += starts[number] }
    var next = starts
    var rows = [Int](repeating: 0, count: right.count)
    for row in 0..<right.count {
      let number = numbers[left.count + row]
      rows[next[number]] = row
      next[number] += 1
    }
    var leftRows: [Int] = []
    var rightRows: [Int] = []
    var seen = [Bool](repeating: false, count: total)
    for row in 0..<left.count {
      let number = numbers[row]
      if kind == .innerunique, seen[number] { continue }
      seen[number] = true
      let matches = starts[number]..<starts[number + 1]
      if matches.isEmpty {
        guard kind == .leftouter || kind == .fullouter else { continue }
        leftRows.append(row)
        rightRows.append(-1)
      } else {
        for match in matches {
          leftRows.append(row)
          rightRows.append(rows[match])
        }
        try context.check(rows: leftRows.count)
      }
    }
    if kind == .rightouter || kind == .fullouter {
      for row in 0..<right.count where !seen[numbers[left.count + row]] {
        leftRows.append(-1)
        rightRows.append(row)
      }
    }
    let columns = left.columns.map { $0.gather(leftRows) } + right.columns.map { $0.gather(rightRows) }
    return Batch(columns: columns, count: leftRows.count)
  }
}
