// SPDX-License-Identifier: Apache-2.0

enum Join {
  private static func bytes(_ rows: Int, _ width: Int) throws -> Int {
    let (bytes, overflow) = rows.multipliedReportingOverflow(by: width)
    return overflow ? .max : bytes
  }

  /// Keys of both sides are numbered together, so a match is a look-up in an array. Null keys match null keys.
  static func run(
    _ left: Batch, _ right: Batch, _ kind: JoinKind, _ leftKeys: [Expression], _ rightKeys: [Expression],
    _ leftTypes: [ScalarType], _ rightTypes: [ScalarType], _ context: EvaluationContext
  ) throws -> Batch {
    // The sides, their keys in one column, and a few numbers per row.
    let holding = try context.hold(
      .join, left.heldBytes + right.heldBytes + (left.count + right.count) * (leftKeys.count * 16 + 24))
    defer { holding.release() }
    let keys = try zip(leftKeys, rightKeys).map { leftKey, rightKey in
      let l = try leftKey.evaluate(left, context).expanded(left.count)
      let r = try rightKey.evaluate(right, context).expanded(right.count)
      return try Column.concatenate([l, r], type: l.type)
    }
    let (numbers, firsts) = try Grouping.number(keys, left.count + right.count)
    let total = firsts.count
    switch kind {
    case .leftsemi, .leftanti:
      var present = [Bool](repeating: false, count: total)
      for number in numbers[left.count...] { present[number] = true }
      return left.gather((0..<left.count).filter { present[numbers[$0]] == (kind == .leftsemi) })
    case .rightsemi, .rightanti:
      var present = [Bool](repeating: false, count: total)
      for number in numbers[..<left.count] { present[number] = true }
      return right.gather((0..<right.count).filter { present[numbers[left.count + $0]] == (kind == .rightsemi) })
    default: break
    }
    // Rows of the right side by key: those of key k are `rows[starts[k]..<starts[k + 1]]`, in their order.
    var starts = [Int](repeating: 0, count: total + 1)
    for number in numbers[left.count...] { starts[number + 1] += 1 }
    for number in 0..<total { starts[number + 1] += starts[number] }
    var next = starts
    var rows = [Int](repeating: 0, count: right.count)
    for row in 0..<right.count {
      let number = numbers[left.count + row]
      rows[next[number]] = row
      next[number] += 1
    }
    // What the join makes is counted before it is made.
    var seen = [Bool](repeating: false, count: total)
    var count = 0
    for number in numbers[..<left.count] where !(kind == .innerunique && seen[number]) {
      seen[number] = true
      let matches = starts[number + 1] - starts[number]
      let (sum, overflow) = count.addingReportingOverflow(
        matches == 0 && (kind == .leftouter || kind == .fullouter) ? 1 : matches)
      count = overflow ? .max : sum
      try context.check(rows: count)
    }
    if kind == .rightouter || kind == .fullouter {
      for number in numbers[left.count...] where !seen[number] { count += 1 }
      try context.check(rows: count)
    }
    try holding.grow(by: try bytes(count, left.rowBytes + right.rowBytes + 16))

    var leftRows: [Int] = []
    var rightRows: [Int] = []
    leftRows.reserveCapacity(count)
    rightRows.reserveCapacity(count)
    seen = [Bool](repeating: false, count: total)
    var checkpoint = Checkpoint(every: 1 << 16)
    for row in 0..<left.count {
      let number = numbers[row]
      if kind == .innerunique, seen[number] { continue }
      seen[number] = true
      let matches = starts[number]..<starts[number + 1]
      if matches.isEmpty {
        guard kind == .leftouter || kind == .fullouter else { continue }
        leftRows.append(row)
        rightRows.append(-1)
      }
      for match in matches {
        leftRows.append(row)
        rightRows.append(rows[match])
        try checkpoint.step()
      }
    }
    if kind == .rightouter || kind == .fullouter {
      for row in 0..<right.count where !seen[numbers[left.count + row]] {
        leftRows.append(-1)
        rightRows.append(row)
      }
    }
    func gather(_ columns: [Column], _ rows: [Int]) throws -> [Column] {
      try columns.map { column in
        try context.check()
        return column.gather(rows)
      }
    }
    return Batch(columns: try gather(left.columns, leftRows) + gather(right.columns, rightRows), count: count)
  }
}
