// SPDX-License-Identifier: Apache-2.0
import JSON

extension Functions {
  static func array(_ items: some Sequence<JSONValue>) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for item in items { builder.append(item) }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  static func value(_ scalar: Scalar) -> JSONValue? { if case .dynamic(let value) = scalar { value } else { nil } }

  static func elements(_ scalar: Scalar) -> [JSONValue]? {
    guard let value = value(scalar), value.kind == .array else { return nil }
    return Array(value.elements)
  }

  static func bag(_ members: [(String, JSONValue)]) -> Scalar {
    var builder = JSONBuilder()
    builder.beginObject()
    for (key, value) in members {
      builder.key(key)
      builder.append(value)
    }
    builder.endObject()
    return .dynamic(builder.finish().root)
  }

  /// Values without repeats, by canonical form.
  private static func distinct(_ values: [JSONValue], _ keep: ([UInt8]) -> Bool = { _ in true }) -> [JSONValue] {
    var seen = Set<[UInt8]>()
    return values.filter { value in
      let key = value.canonical()
      return keep(key) && seen.insert(key).inserted
    }
  }

  static let dynamics: [ScalarFunction] = [
    cells(
      "array_length", "array_length(array)", "The number of elements; null where the value is no array.", arity: 1...1,
      [.dynamic], .long
    ) { elements($0[0]).map { .long(Int64($0.count)) } ?? .null(.long) },
    cells("array_concat", "array_concat(a, b, ...)", "The elements of all arrays.", arity: 1...64, [.dynamic], .dynamic)
    {
      array($0.flatMap { elements($0) ?? [] })
    },
    cells(
      "array_index_of", "array_index_of(array, value, start, length, occurrence)", "Where a value is, or -1.",
      arity: 2...5, [.dynamic, nil, .long], .long
    ) { values in
      guard let items = elements(values[0]) else { return .null(.long) }
      let wanted = values[1].json
      func number(_ index: Int, _ fallback: Int) -> Int {
        values.count > index ? values[index].int64.map { Int(clamping: $0) } ?? fallback : fallback
      }
      let from = number(2, 0)
      let start = from < 0 ? items.count + max(-items.count, from) : min(from, items.count)
      let length = number(3, -1)
      let end = length < 0 || length > items.count - start ? items.count : start + length
      var left = number(4, 1)
      for place in start..<end where items[place] == wanted {
        left -= 1
        if left == 0 { return .long(Int64(place)) }
      }
      return .long(-1)
    },
    cells(
      "array_slice", "array_slice(array, start, end)", "The elements from start to end, both included.", arity: 3...3,
      [.dynamic, .long, .long], .dynamic
    ) { values in
      guard let items = elements(values[0]) else { return .null(.dynamic) }
      func place(_ value: Scalar) -> Int {
        let index = value.int64 ?? 0
        return Int(max(-1_000_000_000, min(1_000_000_000, index < 0 ? index &+ Int64(items.count) : index)))
      }
      let start = max(0, place(values[1]))
      let end = min(items.count - 1, place(values[2]))
      return array(start <= end ? Array(items[start...end]) : [])
    },
    cells("array_reverse", "array_reverse(array)", "The elements in reverse order.", arity: 1...1, [.dynamic], .dynamic)
    {
      elements($0[0]).map { array($0.reversed()) } ?? .null(.dynamic)
    },
    sorting("array_sort_asc", ascending: true), sorting("array_sort_desc", ascending: false),
    cells("array_sum", "array_sum(array)", "The sum of the numbers.", arity: 1...1, [.dynamic], .real) {
      guard let items = elements($0[0]) else { return .null(.real) }
      return .real(items.reduce(0) { $0 + ($1.double ?? 0) })
    },
    cells("pack_array", "pack_array(a, b, ...)", "An array of the values.", arity: 0...64, [nil], .dynamic) {
      array($0.map(\.json))
    },
    cells("bag_pack", "bag_pack(key, value, ...)", "A bag of keys and values.", arity: 0...128, [nil], .dynamic) {
      values in
      var members: [(String, JSONValue)] = []
      for index in stride(from: 0, to: values.count - 1, by: 2) {
        let key = values[index].text
        members.removeAll { $0.0 == key }
        members.append((key, values[index + 1].json))
      }
      return bag(members)
    },
    cells(
      "bag_pack_nonempty", "pack_all(true)", "A bag of the values that are not null or empty.", arity: 0...128, [nil],
      .dynamic
    ) { values in
      var members: [(String, JSONValue)] = []
      for index in stride(from: 0, to: values.count - 1, by: 2) where !values[index + 1].text.isEmpty {
        members.append((values[index].text, values[index + 1].json))
      }
      return bag(members)
    },
    cells("bag_keys", "bag_keys(bag)", "The keys of a bag.", arity: 1...1, [.dynamic], .dynamic) {
      guard let value = value($0[0]), value.kind == .object else { return .null(.dynamic) }
      return array(value.members.map(\.key))
    },
    cells("bag_has_key", "bag_has_key(bag, key)", "Whether a bag has a key.", arity: 2...2, [.dynamic, .string], .bool)
    {
      guard let value = value($0[0]), value.kind == .object else { return .bool(false) }
      let key = $0[1].text
      if key.hasPrefix("$"),
        let path = JSONPath(key.dropFirst().hasPrefix(".") ? String(key.dropFirst(2)) : String(key.dropFirst()))
      {
        return .bool(value.value(at: path) != nil)
      }
      return .bool(value[key] != nil)
    },
    cells(
      "bag_merge", "bag_merge(a, b, ...)", "One bag of all; the first value of a key wins.", arity: 1...64, [.dynamic],
      .dynamic
    ) {
      values in
      var members: [(String, JSONValue)] = []
      for bag in values.compactMap({ value($0) }) where bag.kind == .object {
        for (key, value) in bag.members where !members.contains(where: { $0.0 == key.string }) {
          members.append((key.string ?? "", value))
        }
      }
      return bag(members)
    },
    cells(
      "bag_remove_keys", "bag_remove_keys(bag, keys)", "The bag without some keys.", arity: 2...2, [.dynamic], .dynamic
    ) {
      values in
      guard let source = value(values[0]), source.kind == .object else { return .null(.dynamic) }
      let keys = Set((elements(values[1]) ?? []).compactMap(\.string))
      return bag(
        source.members.compactMap { key, value in keys.contains(key.string ?? "") ? nil : (key.string ?? "", value) })
    },
    cells(
      "set_has_element", "set_has_element(array, value)", "Whether an array holds a value.", arity: 2...2,
      [.dynamic, nil], .bool
    ) {
      guard let items = elements($0[0]) else { return .null(.bool) }
      let wanted = $0[1].json
      return .bool(items.contains { $0 == wanted })
    },
    cells(
      "set_union", "set_union(a, b, ...)", "The distinct values of all arrays.", arity: 1...64, [.dynamic], .dynamic
    ) {
      array(distinct($0.flatMap { elements($0) ?? [] }))
    },
    cells(
      "set_intersect", "set_intersect(a, b, ...)", "The distinct values that every array holds.", arity: 2...64,
      [.dynamic], .dynamic
    ) { values in
      let others = values.dropFirst().map { Set((elements($0) ?? []).map { $0.canonical() }) }
      return array(distinct(elements(values[0]) ?? []) { key in others.allSatisfy { $0.contains(key) } })
    },
    cells(
      "set_difference", "set_difference(a, b, ...)", "The distinct values of a that no other array holds.",
      arity: 2...64,
      [.dynamic], .dynamic
    ) { values in
      let others = Set(values.dropFirst().flatMap { elements($0) ?? [] }.map { $0.canonical() })
      return array(distinct(elements(values[0]) ?? []) { !others.contains($0) })
    },
    cells("zip", "zip(a, b, ...)", "An array of the arrays' elements by position.", arity: 2...16, [.dynamic], .dynamic)
    { values in
      let arrays = values.map { elements($0) ?? [] }
      var builder = JSONBuilder()
      builder.beginArray()
      for index in 0..<(arrays.map(\.count).max() ?? 0) {
        builder.beginArray()
        for items in arrays { if index < items.count { builder.append(items[index]) } else { builder.appendNull() } }
        builder.endArray()
      }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    cells(
      "index", "value[index]", "The element or member at an index that is computed.", arity: 2...2, [.dynamic, nil],
      .dynamic
    ) {
      guard let value = value($0[0]) else { return .null(.dynamic) }
      let found: JSONValue?
      if let index = $0[1].converted(to: .long).int64, value.kind == .array {
        found = Int(exactly: index).flatMap { value[$0] }
      } else {
        found = value[$0[1].text]
      }
      return found.map(Scalar.dynamic) ?? .null(.dynamic)
    },
  ]

  /// Sorts the first array and moves the others along; several arrays give several results, as one array.
  private static func sorting(_ name: String, ascending: Bool) -> ScalarFunction {
    cells(
      name, "\(name)(array, more, nulls_last)", "The elements in \(ascending ? "ascending" : "descending") order.",
      arity: 1...64,
      [.dynamic, nil], .dynamic
    ) { values in
      guard let keys = elements(values[0]) else { return .null(.dynamic) }
      var nullsLast = true
      if values.count > 1, case .bool(let flag) = values[values.count - 1] { nullsLast = flag }
      let others = values.dropFirst().compactMap { value -> [JSONValue]? in
        if case .bool = value { return nil }
        return elements(value) ?? []
      }
      let order = keys.indices.sorted { a, b in
        if keys[a].isNull || keys[b].isNull {
          return keys[a].isNull == keys[b].isNull ? a < b : keys[a].isNull != nullsLast
        }
        let order = Compare.order(.dynamic(keys[a]), .dynamic(keys[b]))
        return order == 0 ? a < b : (order < 0) == ascending
      }
      let first = array(order.map { keys[$0] })
      if others.isEmpty { return first }
      let rest = others.map { other in
        other.count == keys.count ? array(order.map { other[$0] }).json : .null
      }
      return array([first.json] + rest)
    }
  }
}
