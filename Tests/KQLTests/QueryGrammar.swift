// SPDX-License-Identifier: Apache-2.0
import KQL

/// Makes queries at random whose answer does not depend on the order in which rows are met.
struct QueryGrammar {
  var dice: FuzzTests.Dice
  private let table: Schema
  private var columns: Schema
  private var names = 0
  /// Whether the last step says in what order the rows come, down to rows that are alike.
  private(set) var isOrdered = false

  init(_ table: Schema, _ dice: FuzzTests.Dice) {
    self.table = table
    self.dice = dice
    columns = table
  }

  mutating func query() -> String {
    columns = table
    var text = "T"
    if dice.roll(8) == 0 {
      text = "union (T | where \(predicate())), (T | where \(predicate()))"
    } else if dice.roll(10) == 0 {
      text += " | serialize rn = row_number(), pk = prev(k)"
      columns += [Field("rn", .long), Field("pk", .long)]
    }
    for _ in 0...dice.roll(5) where !columns.isEmpty {
      isOrdered = false
      text += " | " + step()
    }
    return text
  }

  private mutating func fresh() -> String {
    names += 1
    return "c\(names)"
  }

  private mutating func step() -> String {
    switch dice.roll(14) {
    case 12: return dynamics()
    case 13: return twice()
    case 0, 1, 2: return "where " + predicate()
    case 3, 4:
      let made = (0...dice.roll(2)).map { _ -> (Field, String) in
        let (type, expression) = expression()
        return (Field(fresh(), type), expression)
      }
      columns += made.map(\.0)
      return "extend " + made.map { "\($0.0.name) = \($0.1)" }.joined(separator: ", ")
    case 5:
      let kept = columns.filter { $0.name == "id" || dice.roll(2) == 0 }
      columns = kept.isEmpty ? [columns[0]] : kept
      if dice.roll(3) == 0 {
        let (type, expression) = expression()
        let name = fresh()
        let text = "project " + columns.map(\.name).joined(separator: ", ") + ", \(name) = \(expression)"
        columns.append(Field(name, type))
        return text
      }
      return "project " + columns.map(\.name).joined(separator: ", ")
    case 6, 7: return summarize()
    case 8: return top()
    case 9: return join()
    case 10:
      let chosen = plain.filter { _ in dice.roll(3) == 0 }.prefix(3)
      guard !chosen.isEmpty else { return "where " + predicate() }
      columns = Array(chosen)
      return "distinct " + columns.map(\.name).joined(separator: ", ")
    default:
      guard let dynamic = columns.first(where: { $0.type == .dynamic }) else { return "where " + predicate() }
      let path = dice.pick(["", ".l", ".l", ".b"])
      let type = dice.pick([ScalarType.dynamic, .long, .string])
      let name = fresh()
      columns.append(Field(name, type))
      return "mv-expand \(name) = \(dynamic.name)\(path)" + (type == .dynamic ? "" : " to typeof(\(type.rawValue))")
    }
  }

  private var plain: Schema { columns.filter { $0.type != .dynamic } }

  private mutating func summarize() -> String {
    var keys: [(Field, String)] = []
    for field in plain where dice.roll(5) == 0 && keys.count < 3 {
      let name = fresh()
      switch field.type {
      case .datetime: keys.append((Field(name, .datetime), "bin(\(field.name), \(dice.pick(["1h", "1d", "7d"])))"))
      case .long where dice.roll(2) == 0: keys.append((Field(name, .long), "bin(\(field.name), 4)"))
      default: keys.append((Field(name, field.type), field.name))
      }
    }
    var made: [(Field, String)] = []
    for _ in 0...dice.roll(3) {
      let name = fresh()
      let numbers = columns.filter { $0.type.isNumeric }
      let some = plain.isEmpty ? nil : dice.pick(plain)
      switch dice.roll(11) {
      case 0: made.append((Field(name, .long), "count()"))
      case 1: made.append((Field(name, .long), "countif(\(predicate()))"))
      case 2, 3:
        guard !numbers.isEmpty else { continue }
        let field = dice.pick(numbers)
        let type: ScalarType = field.type == .real ? .real : .long
        let function = dice.pick(["sum", "min", "max"])
        let result: ScalarType = function == "sum" ? type : field.type
        made.append((Field(name, result), "\(function)(\(field.name))"))
      case 4:
        guard !numbers.isEmpty else { continue }
        made.append((Field(name, .real), "round(avg(\(dice.pick(numbers).name)), 4)"))
      case 5:
        guard let some else { continue }
        made.append((Field(name, .long), "\(dice.pick(["dcount", "count_distinct"]))(\(some.name))"))
      case 6:
        guard let some, some.type != .string, some.type != .bool, some.type != .guid else { continue }
        made.append((Field(name, some.type), "\(dice.pick(["min", "max"]))(\(some.name))"))
      case 7:
        guard let some else { continue }
        made.append((Field(name, .long), "array_length(make_set(\(some.name)))"))
      case 8:
        guard let field = numbers.first(where: { $0.name == "id" }) else { continue }
        made.append((Field(name, .long), "array_length(make_list_if(\(field.name), \(predicate())))"))
      case 9:
        guard columns.contains(where: { $0.name == "id" }), let some, some.name != "id" else { continue }
        made.append((Field(name, .real), "round(stdev(id), 3)"))
      default:
        guard let field = numbers.first else { continue }
        made.append((Field(name, field.type), "percentile(\(field.name), \(dice.pick([5, 50, 95])))"))
      }
    }
    if dice.roll(2) == 0, let more = aggregate() { made.append((Field(fresh(), more.0), more.1)) }
    if made.isEmpty { made = [(Field(fresh(), .long), "count()")] }
    columns = keys.map(\.0) + made.map(\.0)
    let by = keys.isEmpty ? "" : " by " + keys.map { "\($0.0.name) = \($0.1)" }.joined(separator: ", ")
    return "summarize " + made.map { "\($0.0.name) = \($0.1)" }.joined(separator: ", ") + by
  }

  /// An aggregate whose value does not depend on the order of the rows, but for the last digits of a real.
  private mutating func aggregate() -> (ScalarType, String)? {
    let numbers = columns.filter { $0.type == .long || $0.type == .real }
    let hasID = columns.contains { $0.name == "id" && $0.type == .long }
    guard !numbers.isEmpty, !plain.isEmpty else { return nil }
    let (number, some) = (dice.pick(numbers), dice.pick(plain))
    let wholes = columns.filter { $0.type == .long }
    switch dice.roll(13) {
    case 0: return (.real, "\(dice.pick(["variance", "stdevp", "variancep"]))(\(number.name))")
    case 1: return (.real, "\(dice.pick(["avgif", "stdevif", "varianceif"]))(\(number.name), \(predicate()))")
    case 2: return (number.type, "\(dice.pick(["sumif", "minif", "maxif"]))(\(number.name), \(predicate()))")
    case 3: return (.long, "dcountif(\(some.name), \(predicate()))")
    case 4: return (.string, "tostring(array_sort_asc(make_set(tostring(\(some.name)))))")
    case 5: return (.string, "tostring(array_sort_asc(make_list(tostring(\(some.name)))))")
    case 6: return hasID ? (some.type, "take_anyif(\(some.name), id == \(dice.roll(900)))") : nil
    case 7: return hasID && some.name != "id" ? (some.type, "arg_\(dice.pick(["min", "max"]))(id, \(some.name))") : nil
    case 8:
      return wholes.isEmpty
        ? nil : (.long, "binary_all_\(dice.pick(["and", "or", "xor"]))(\(dice.pick(wholes).name))")
    case 9: return (.string, "tostring(percentiles_array(\(number.name), 10, 50, 90))")
    case 10: return (.long, "array_length(make_list(\(some.name)))")
    case 11: return (.long, "dcount_hll(hll(\(some.name)))")
    default: return (.long, "count_distinctif(\(some.name), \(predicate()))")
    }
  }

  /// Work on the dynamic column: its paths as columns and keys, its elements and members as rows.
  private mutating func dynamics() -> String {
    guard let dynamic = columns.first(where: { $0.type == .dynamic })?.name else { return "where " + predicate() }
    let (a, b) = (fresh(), fresh())
    switch dice.roll(6) {
    case 0:
      columns.append(Field(a, .long))
      columns.append(Field(b, .string))
      return "extend \(a) = tolong(\(dynamic).a), \(b) = tostring(\(dynamic).b.c)"
    case 1:
      columns = [Field(a, .string), Field(b, .long)]
      return
        "summarize \(b) = count() by \(a) = tostring(\(dynamic)\(dice.pick([".a", ".b.c", ".b", ".l", "['l'][0]"])))"
    case 2:
      columns.append(Field(a, .dynamic))
      columns.append(Field(b, .long))
      return "mv-expand with_itemindex=\(b) \(a) = \(dynamic)\(dice.pick(["", ".l", ".b"]))"
    case 3:
      columns.append(Field(a, .long))
      return "mv-expand \(a) = \(dynamic).l to typeof(long) limit \(1 + dice.roll(3))"
    case 4:
      columns.append(Field(a, .real))
      return "mv-apply \(b) = \(dynamic).l to typeof(real) on (summarize \(a) = sum(\(b)))"
    default:
      columns.append(Field(a, .string))
      return "extend \(a) = strcat(tostring(array_sort_asc(bag_keys(\(dynamic)))), gettype(\(dynamic).a))"
    }
  }

  /// The rows joined to the groups of the same table.
  private mutating func twice() -> String {
    let keys = table.filter { field in ["k", "s", "g", "b", "t"].contains(field.name) && columns.contains(field) }
    guard !keys.isEmpty else { return "where " + predicate() }
    let key = dice.pick(keys).name
    let kept = columns
    columns = table
    let condition = predicate()
    columns = kept
    let name = fresh()
    columns.append(Field(name, .long))
    return
      "join kind=\(dice.pick(["inner", "leftouter"])) (T | where \(condition) | summarize \(name) = count() by \(key))"
      + " on \(key) | project-away \(key)1"
  }

  /// Sorted by all columns, or only the one kept, so that rows on the edge are alike whichever come first.
  private mutating func top() -> String {
    guard !plain.isEmpty else { return "where " + predicate() }
    var keys: [String] = []
    var order = plain
    order.swapAt(0, dice.roll(order.count))
    for field in order {
      keys.append(field.name + dice.pick([" asc", " desc"]) + dice.pick(["", "", " nulls first", " nulls last"]))
    }
    let count = dice.roll(60)
    if dice.roll(2) == 0 {
      columns = [order[0]]
      return "top \(count) by \(keys[0]) | project \(order[0].name)"
    }
    let dynamics = columns.filter { $0.type == .dynamic }.map(\.name).joined(separator: ", ")
    columns = plain
    isOrdered = true
    return (dynamics.isEmpty ? "" : "project-away \(dynamics) | ")
      + "sort by \(keys.joined(separator: ", ")) | take \(count)"
  }

  private mutating func join() -> String {
    let shared = table.filter { field in
      ["k", "i", "s", "t", "g", "b"].contains(field.name) && columns.contains(field)
    }
    guard !shared.isEmpty else { return "where " + predicate() }
    let key = dice.pick(shared)
    let kind = dice.pick(["inner", "leftouter", "leftsemi", "leftanti", "rightouter", "fullouter", "rightsemi"])
    let kept = columns
    columns = table
    let condition = predicate()
    let (right, rightType) = ("v\(names)", ScalarType.long)
    let text =
      "join kind=\(kind) (S | where \(condition) | take 15 | project \(key.name), \(right) = id) on \(key.name)"
    switch kind {
    case "leftsemi", "leftanti": columns = kept
    case "rightsemi": columns = [key, Field(right, rightType)]
    default: columns = kept + [Field(key.name + "1", key.type), Field(right, rightType)]
    }
    names += 1
    if Set(columns.map(\.name)).count < columns.count {
      // Names that stand twice are numbered; the steps after do without them.
      columns = kept
      return text + " | project " + kept.map(\.name).joined(separator: ", ")
    }
    return text
  }

  // MARK: Expressions

  private mutating func predicate(_ depth: Int = 0) -> String {
    if depth < 2 {
      switch dice.roll(6) {
      case 0: return "(\(predicate(depth + 1)) and \(predicate(depth + 1)))"
      case 1: return "(\(predicate(depth + 1)) or \(predicate(depth + 1)))"
      case 2 where depth > 0: return "not(\(predicate(depth + 1)))"
      default: break
      }
    }
    guard !columns.isEmpty else { return "true" }
    let field = dice.pick(columns)
    let name = field.name
    let compare = dice.pick(["==", "!=", "<", "<=", ">", ">="])
    if dice.roll(12) == 0 {
      return dice.pick(
        field.type == .string
          ? ["isempty(\(name))", "isnotempty(\(name))"] : ["isnull(\(name))", "isnotnull(\(name))"])
    }
    switch field.type {
    case .long, .int:
      let number = dice.roll(name == "id" ? 2000 : 14) - 3
      return dice.pick([
        "\(name) \(compare) \(number)", "\(name) in (\(number), 2, 5)",
        "\(name) between (\(number) .. \(number + 300))",
        "\(name) % 3 == 1", "\(number) \(compare) \(name)",
      ])
    case .real, .decimal: return "\(name) \(compare) \(Double(dice.roll(400) - 200) / 4)"
    case .bool: return dice.pick([name, "not(\(name))", "\(name) == false"])
    case .datetime:
      return dice.pick([
        "\(name) \(compare) datetime(2025-01-02) + \(dice.roll(90))h",
        "\(name) \(compare) datetime(2025-01-0\(1 + dice.roll(5)) 05:00)",
        "startofday(\(name)) == datetime(2025-01-03)",
        "\(name) between (datetime(2025-01-02) .. 1d)", "hourofday(\(name)) < 7",
      ])
    case .timespan: return "\(name) \(compare) \(dice.roll(50))h"
    case .guid: return "\(name) == guid(74be27de-1e4e-49d9-b579-00000000000\(dice.roll(9)))"
    case .string:
      let word = dice.pick([
        "alpha", "Beta", "a", "delta-x", "ERROR", "10.0", "é", "host", "code=1", "x", "1", "日本", "",
      ])
      let op = dice.pick([
        "has", "contains", "startswith", "endswith", "hasprefix", "hassuffix", "==", "=~", "!=", "!~", "!has",
        "!contains", "has_cs", "contains_cs", "startswith_cs", "!hasprefix", "hassuffix_cs", "<", ">=",
      ])
      return dice.pick([
        "\(name) \(op) '\(word)'", "\(name) \(op) '\(word)'", "\(name) has_any ('\(word)', 'gamma')",
        "\(name) in ('\(word)', 'alpha')", "\(name) in~ ('ALPHA', '\(word)')", "\(name) matches regex 'a[lm]+[a-z]'",
        "strlen(\(name)) > \(dice.roll(40))",
      ])
    case .dynamic:
      return dice.pick([
        "\(name).a == \(dice.roll(5))", "\(name).b.c has 'alpha'", "isnotnull(\(name).l)", "\(name).l[0] == 2",
        "array_length(\(name).l) > 1", "tostring(\(name)) contains 'e'", "gettype(\(name)) == 'array'",
        "\(name).b.c in ('alpha', 'a')", "tolong(\(name).a) \(compare) 3", "\(name) has 'Beta'",
      ])
    }
  }

  private mutating func expression() -> (ScalarType, String) {
    let field = dice.pick(columns)
    let name = field.name
    switch field.type {
    case .long, .int:
      return dice.pick([
        (.long, "tolong(\(name)) + 7"), (.long, "tolong(\(name)) * 3 % 11"), (.long, "bin(tolong(\(name)), 10)"),
        (.string, "strcat('n', \(name))"), (.real, "\(name) / 4.0"), (.long, "coalesce(tolong(\(name)), 0)"),
        (.bool, "\(name) > 2"), (.string, "iff(\(predicate()), 'yes', tostring(\(name)))"),
      ])
    case .real, .decimal:
      return dice.pick([
        (.real, "\(name) * 2"), (.long, "tolong(\(name))"), (.real, "round(\(name), 0)"), (.real, "abs(\(name))"),
      ])
    case .bool: return dice.pick([(.long, "tolong(\(name))"), (.bool, "not(\(name))"), (.string, "tostring(\(name))")])
    case .datetime:
      return dice.pick([
        (.datetime, "bin(\(name), 6h)"), (.timespan, "\(name) - datetime(2025-01-01)"),
        (.string, "format_datetime(\(name), 'yyyy-MM-dd HH')"), (.datetime, "\(name) + 1d"),
        (.long, "datetime_diff('hour', \(name), datetime(2025-01-01))"),
      ])
    case .timespan:
      return dice.pick([(.real, "\(name) / 1h"), (.timespan, "\(name) * 2"), (.string, "tostring(\(name))")])
    case .guid: return (.string, "tostring(\(name))")
    case .string:
      return dice.pick([
        (.string, "strcat(\(name), '-', \(name))"), (.long, "strlen(\(name))"), (.string, "toupper(\(name))"),
        (.string, "substring(\(name), 2, 5)"), (.string, "tostring(split(\(name), ' ')[0])"),
        (.string, "extract('code=([0-9]+)', 1, \(name))"), (.long, "indexof(\(name), 'a')"),
        (.long, "hash(\(name), 50)"),
        (.string, "replace_string(\(name), 'a', 'o')"), (.dynamic, "split(\(name), '/')"),
        (.long, "countof(\(name), 'a')"),
      ])
    case .dynamic:
      return dice.pick([
        (.dynamic, "\(name).b"), (.long, "tolong(\(name).a)"), (.string, "tostring(\(name).b.c)"),
        (.long, "array_length(\(name).l)"), (.string, "tostring(\(name))"), (.dynamic, "bag_pack('z', \(name).a)"),
        (.string, "strcat(\(name).a, '|', \(name).b.c)"),
      ])
    }
  }
}
