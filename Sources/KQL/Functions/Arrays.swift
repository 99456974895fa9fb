// SPDX-License-Identifier: Apache-2.0
import JSON

/// More of arrays and bags.
extension Functions {
  private static func build(_ body: (inout JSONBuilder) -> Void) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    body(&builder)
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  private static func shifted(_ name: String, _ meaning: String, rotates: Bool, _ sign: Int) -> ScalarFunction {
    cells(
      name, "\(name)(array, count\(rotates ? "" : ", fill"))", meaning, arity: rotates ? 2...2 : 2...3,
      [.dynamic, .long, nil], .dynamic
    ) { values in
      guard let items = elements(values[0]), let count = values[1].int64, !items.isEmpty else { return values[0] }
      let by = Int(max(-1_000_000_000, min(1_000_000_000, count))) * sign
      return build { builder in
        for index in items.indices {
          let from = index - by
          if rotates {
            builder.append(items[((from % items.count) + items.count) % items.count])
          } else if items.indices.contains(from) {
            builder.append(items[from])
          } else if values.count > 2 {
            builder.append(values[2])
          } else {
            builder.appendNull()
          }
        }
      }
    }
  }

  private static func jaccard(_ a: [JSONValue], _ b: [JSONValue]) -> Double {
    let (x, y) = (Set(a.map { $0.canonical() }), Set(b.map { $0.canonical() }))
    let union = x.union(y).count
    return union == 0 ? .nan : Double(x.intersection(y).count) / Double(union)
  }

  static let arrays: [ScalarFunction] = [
    shifted("array_shift_left", "The elements moved to the left, the gap filled.", rotates: false, -1),
    shifted("array_shift_right", "The elements moved to the right, the gap filled.", rotates: false, 1),
    shifted("array_rotate_left", "The elements rotated to the left.", rotates: true, -1),
    shifted("array_rotate_right", "The elements rotated to the right.", rotates: true, 1),
    cells(
      "array_iff", "array_iff(conditions, if_true, if_false)", "Elements chosen by conditions.", arity: 3...3,
      [.dynamic, nil, nil], .dynamic
    ) { values in
      guard let conditions = elements(values[0]) else { return .null(.dynamic) }
      let (yes, no) = (elements(values[1]), elements(values[2]))
      return build { builder in
        for (index, condition) in conditions.enumerated() {
          let truth = condition.boolean ?? condition.double.map { $0 != 0 }
          guard let truth else { builder.appendNull(); continue }
          let list = truth ? yes : no
          if let list {
            if index < list.count { builder.append(list[index]) } else { builder.appendNull() }
          } else {
            builder.append(truth ? values[1] : values[2])
          }
        }
      }
    },
    cells(
      "array_split", "array_split(array, index)", "The array cut at indices.", arity: 2...2, [.dynamic, nil], .dynamic
    ) { values in
      guard let items = elements(values[0]) else { return .null(.dynamic) }
      let marks = elements(values[1])?.compactMap(\.int64) ?? [values[1].converted(to: .long).int64 ?? 0]
      var cuts = marks.map { mark in Int(max(0, min(Int64(items.count), mark < 0 ? mark &+ Int64(items.count) : mark)))
      }
      cuts.append(items.count)
      return build { builder in
        var from = 0
        for cut in cuts {
          builder.beginArray()
          for item in items[min(from, cut)..<cut] { builder.append(item) }
          builder.endArray()
          from = max(from, cut)
        }
      }
    },
    cells(
      "bag_zip", "bag_zip(keys, values)", "A bag of keys with the values beside them.", arity: 2...2, [.dynamic],
      .dynamic
    ) { values in
      guard let keys = elements(values[0]), let items = elements(values[1]) else { return .null(.dynamic) }
      var members: [(String, JSONValue)] = []
      for (index, key) in keys.enumerated() {
        guard let name = key.string, !members.contains(where: { $0.0 == name }) else { continue }
        members.append((name, index < items.count ? items[index] : .null))
      }
      return bag(members)
    },
    cells(
      "bag_set_key", "bag_set_key(bag, key, value)", "The bag with a key set.", arity: 3...3, [.dynamic, .string, nil],
      .dynamic
    ) { values in
      guard let source = value(values[0]), source.kind == .object else { return .null(.dynamic) }
      let draft = JSONDraft.value(source)
      var members: [(String, JSONValue)] = source.members.map { ($0.key.string ?? "", $0.value) }
      let key = values[1].text
      if key.hasPrefix("$."), let path = JSONPath(String(key.dropFirst(2))) {
        var copy = draft
        copy.set(path, .value(values[2].json))
        return .dynamic(copy.document().root)
      }
      if let index = members.firstIndex(where: { $0.0 == key }) {
        members[index].1 = values[2].json
      } else {
        members.append((key, values[2].json))
      }
      return bag(members)
    },
    cells(
      "jaccard_index", "jaccard_index(a, b)", "The share of distinct values that both arrays hold.", arity: 2...2,
      [.dynamic], .real
    ) {
      guard let a = elements($0[0]), let b = elements($0[1]) else { return .null(.real) }
      return .real(jaccard(a, b))
    },
    cells("range", "range(start, stop, step)", "An array of equally spaced values.", arity: 2...3, [nil], .dynamic) {
      values in
      try range(values)
    },
    cells("repeat", "repeat(value, count)", "An array of one value.", arity: 2...2, [nil, .long], .dynamic) { values in
      guard let count = values[1].int64, count >= 0 else { return .null(.dynamic) }
      return build { builder in for _ in 0..<min(count, 1_048_576) { builder.append(values[0]) } }
    },
  ]

  private static func range(_ values: [Scalar]) throws -> Scalar {
    let limit = 1_048_576
    if values.contains(where: \.isNull) { return .null(.dynamic) }
    let isTime = values[0].type == .datetime || values[0].type == .timespan
    if !isTime,
      values.contains(where: {
        $0.type == .real || $0.type == .decimal || ($0.type == .dynamic && $0.converted(to: .long).isNull)
      })
    {
      guard let start = values[0].converted(to: .real).double, let stop = values[1].converted(to: .real).double,
        let step = values.count > 2 ? values[2].converted(to: .real).double : 1, step != 0, step.isFinite,
        start.isFinite,
        stop.isFinite
      else { return .null(.dynamic) }
      return build { builder in
        var index = 0
        while index < limit {
          let value = start + Double(index) * step
          if step > 0 ? value > stop : value < stop { break }
          builder.append(value)
          index += 1
        }
      }
    }
    let unit: Int64 = isTime ? DateTime.ticksPerSecond * 3600 : 1
    func number(_ scalar: Scalar) -> Int64? { scalar.int64 ?? scalar.converted(to: .long).int64 }
    guard var at = number(values[0]), let stop = number(values[1]),
      let step = values.count > 2 ? number(values[2]) : unit,
      step != 0
    else { return .null(.dynamic) }
    return build { builder in
      var count = 0
      while count < limit, step > 0 ? at <= stop : at >= stop {
        switch values[0].type {
        case .datetime: builder.append(Scalar.datetime(at))
        case .timespan: builder.append(Scalar.timespan(at))
        default: builder.append(at)
        }
        let (next, overflow) = at.addingReportingOverflow(step)
        if overflow { break }
        at = next
        count += 1
      }
    }
  }
}
