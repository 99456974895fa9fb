// SPDX-License-Identifier: Apache-2.0
import JSON

extension Functions {
  private static let bool: @Sendable ([ArgumentInfo]) -> ScalarType? = { _ in .bool }

  static let logic: [ScalarFunction] = [
    connective("and"), connective("or"),
    compare(.equal), compare(.notEqual), compare(.less), compare(.lessEqual), compare(.greater), compare(.greaterEqual),
  ]

  private static func connective(_ name: String) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "a \(name) b", meaning: "Three-valued logic.", naming: .numbered, arity: 2...2,
      parameters: [.bool, .bool], resultType: bool
    ) { vectors, count, _ in
      let constant = vectors.allSatisfy(\.isConstant)
      let rows = constant ? 1 : count
      func parts(_ vector: Vector) -> (true: Bitmap, false: Bitmap) {
        guard case .bool(let column) = vector.column else { return (Bitmap(count: rows), Bitmap(count: rows)) }
        if vector.isConstant {
          return (
            Bitmap(count: rows, filledWith: column[0] == true), Bitmap(count: rows, filledWith: column[0] == false)
          )
        }
        let valid = column.validity ?? Bitmap(count: rows, filledWith: true)
        return (column.values & valid, ~column.values & valid)
      }
      let (a, b) = (parts(vectors[0]), parts(vectors[1]))
      let yes = name == "and" ? a.true & b.true : a.true | b.true
      let no = name == "and" ? a.false | b.false : a.false & b.false
      return Vector(.bool(BoolColumn(yes, validity: yes | no)), isConstant: constant)
    }
  }

  private static func compare(_ op: Compare.Op) -> ScalarFunction {
    ScalarFunction(
      name: op.rawValue, signature: "a \(op.rawValue) b", meaning: "Compares two values of one type.",
      naming: .numbered,
      arity: 2...2, parameters: [nil, nil],
      resultType: { Compare.common($0[0].type, $0[1].type, for: op) == nil ? nil : .bool }
    ) { vectors, count, _ in try Compare.vectors(op, vectors[0], vectors[1], count) }
  }

  // MARK: Text

  static let textOperators: [ScalarFunction] = {
    var functions: [ScalarFunction] = []
    for op in [TextMatch.Op.has, .contains, .startswith, .endswith, .hasprefix, .hassuffix] {
      for sensitive in [false, true] {
        for negated in [false, true] {
          let name = (negated ? "!" : "") + op.rawValue + (sensitive ? "_cs" : "")
          functions.append(text(name, op, caseSensitive: sensitive, negated: negated))
        }
      }
    }
    functions.append(text("=~", .equals, caseSensitive: false, negated: false))
    functions.append(text("!~", .equals, caseSensitive: false, negated: true))
    functions.append(membership("in", caseSensitive: true, negated: false))
    functions.append(membership("!in", caseSensitive: true, negated: true))
    functions.append(membership("in~", caseSensitive: false, negated: false))
    functions.append(membership("!in~", caseSensitive: false, negated: true))
    functions.append(anyOf("has_any", all: false))
    functions.append(anyOf("has_all", all: true))
    functions.append(matchesRegex)
    functions.append(like("like", negated: false))
    functions.append(like("notlike", negated: true))
    return functions
  }()

  /// An older operator: `%` and `*` stand for any text.
  private static func like(_ name: String, negated: Bool) -> ScalarFunction {
    cells(name, "a \(name) b", "Whether a text fits a pattern with % or *.", arity: 2...2, [.string], .bool) { values in
      let pattern = values[1].text.lowercased().replacing("%", with: "*")
      return .bool(Binder.matches(pattern, values[0].text.lowercased()) != negated)
    }
  }

  private static let matchesRegex = ScalarFunction(
    name: "matches regex", signature: "a matches regex b", meaning: "Whether a regular expression is found.",
    naming: .numbered, arity: 2...2, parameters: [.string, .string], resultType: bool
  ) { vectors, count, _ in
    guard vectors[1].isConstant, !vectors[0].isConstant, case .string(let texts) = vectors[0].column else {
      return try run(vectors, count, .bool) { values in
        var text = values[0].text
        let expression = try RegularExpression.cached(values[1].text)
        return .bool(text.withUTF8(expression.matches))
      }
    }
    let test = try RegularExpression.cached(vectors[1].column[0].text).tester()
    return Vector(.bool(BoolColumn(Distinct.test(texts, test))))
  }

  private static func text(_ name: String, _ op: TextMatch.Op, caseSensitive: Bool, negated: Bool) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "a \(name) b", meaning: "Tests a text.", naming: .numbered, arity: 2...2,
      parameters: [.string, .string], resultType: bool
    ) { vectors, count, _ in
      guard case .string(let texts) = vectors[0].column, case .string(let needles) = vectors[1].column else {
        throw KQLError(.type, "'\(name)' needs two strings")
      }
      let constant = vectors[0].isConstant && vectors[1].isConstant
      var result: Bitmap
      if vectors[1].isConstant {
        let needle = needles[0]
        result =
          TermSearch.rows(texts, op, needle, caseSensitive: caseSensitive)
          ?? Distinct.test(texts, TextMatch.tester(op, needle, caseSensitive: caseSensitive))
        if vectors[0].isConstant && !constant { result = Bitmap(count: count, filledWith: result[0]) }
      } else {
        result = Bitmap(count: count)
        for row in 0..<count {
          let test = TextMatch.tester(op, needles[row], caseSensitive: caseSensitive)
          result[row] = texts.pool.withUTF8(Int(texts.codes[vectors[0].cell(row)]), test)
        }
      }
      return Vector(.bool(BoolColumn(negated ? ~result : result)), isConstant: constant)
    }
  }

  /// Values of the list: each argument, or the elements of an array.
  static func listItems(_ values: ArraySlice<Scalar>) -> [Scalar] {
    values.flatMap { value -> [Scalar] in
      if case .dynamic(let json) = value, json.kind == .array { return json.elements.map(Scalar.dynamic) }
      return [value]
    }
  }

  private static func membership(_ name: String, caseSensitive: Bool, negated: Bool) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "a \(name) (b, c, ...)", meaning: "Whether a value is in a list.", naming: .numbered,
      arity: 1...100_000, parameters: [nil], resultType: bool
    ) { vectors, count, context in
      func key(_ value: Scalar, _ type: ScalarType) -> String {
        let text = (type == .real || type == .long ? value.converted(to: .real) : value.converted(to: type)).text
        return caseSensitive ? text : text.lowercased()
      }
      let subject = vectors[0]
      let lists = vectors.dropFirst()
      func type(_ items: [Scalar]) -> ScalarType {
        if subject.type.isNumeric { return .real }
        if subject.type != .dynamic { return subject.type }
        return items.allSatisfy { $0.double != nil } && !items.isEmpty ? .real : .string
      }
      if lists.allSatisfy(\.isConstant) {
        func keys(_ items: [Scalar], _ type: ScalarType) -> Set<String> {
          Set(items.filter { !$0.isNull }.map { key($0, type) })
        }
        func list() -> [Scalar] { listItems(lists.map { $0.column[0] }[...]) }
        let itemType: ScalarType
        let known: Set<String>
        if subject.type != .dynamic, lists.count == 1, case .dynamic(let array)? = vectors[1].constant,
          array.count > 4096
        {
          // The list of a sub-query may be long; batches share its keys.
          itemType = type([])
          known = context.keys(of: array.document, "\(itemType) \(caseSensitive) \(array.node)") {
            keys(list(), itemType)
          }
        } else {
          let items = list()
          if let made = TypedKernels.membership(subject, items, negated: negated) { return made }
          itemType = type(items)
          known = keys(items, itemType)
        }
        return try run([subject], count, .bool) {
          .bool((!$0[0].isNull && known.contains(key($0[0], itemType))) != negated)
        }
      }
      return try run(vectors, count, .bool) { values in
        let items = listItems(values.dropFirst())
        let itemType = type(items)
        let subject = key(values[0], itemType)
        return .bool((!values[0].isNull && items.contains { key($0, itemType) == subject }) != negated)
      }
    }
  }

  private static func anyOf(_ name: String, all: Bool) -> ScalarFunction {
    cells(name, "a \(name) (b, c, ...)", "Whether terms occur in a text.", arity: 1...100_000, [.string, nil], .bool) {
      values in
      var text = values[0].text
      let items = listItems(values.dropFirst())
      return .bool(
        text.withUTF8 { bytes in
          func holds(_ item: Scalar) -> Bool { TextMatch.tester(.has, item.text, caseSensitive: false)(bytes) }
          return all ? items.allSatisfy(holds) : items.contains(where: holds)
        })
    }
  }

  // MARK: Arithmetic

  static let arithmetic: [ScalarFunction] =
    ["+", "-", "*", "/", "%"].map { op in
      ScalarFunction(
        name: op, signature: "a \(op) b", meaning: "Arithmetic; integers give long, a real makes the result real.",
        naming: .numbered, arity: 2...2, parameters: [nil, nil],
        resultType: { arithmeticType(op, $0[0].type, $0[1].type) }
      ) { vectors, count, _ in
        guard let type = arithmeticType(op, vectors[0].type, vectors[1].type) else {
          throw KQLError(.type, "'\(op)' does not take \(vectors[0].type.rawValue) and \(vectors[1].type.rawValue)")
        }
        if let typed = TypedKernels.arithmetic(op, vectors, count, type) { return typed }
        return try run(vectors, count, type) { arithmetic(op, $0[0], $0[1], type) }
      }
    } + [
      ScalarFunction(
        name: "negate", signature: "-a", meaning: "The negative.", naming: .numbered, arity: 1...1, parameters: [nil],
        resultType: { info in
          switch info[0].type {
          case .int, .long: .long
          case .real, .decimal, .timespan: info[0].type
          case .dynamic: .real
          default: nil
          }
        }
      ) { vectors, count, _ in
        let type: ScalarType = vectors[0].type == .int ? .long : vectors[0].type == .dynamic ? .real : vectors[0].type
        return try run(vectors, count, type) { value in
          switch value[0].converted(to: type) {
          case .long(let number): .long(0 &- number)
          case .timespan(let ticks): .timespan(0 &- ticks)
          case .real(let number): .real(-number)
          case .decimal(let number): .decimal(-number)
          default: .null(type)
          }
        }
      }
    ]

  static func arithmeticType(_ op: String, _ a: ScalarType, _ b: ScalarType) -> ScalarType? {
    switch (a, b) {
    case (.dynamic, .dynamic): return .real
    case (.dynamic, let other), (let other, .dynamic):
      return arithmeticType(
        op, other == .int || other == .long ? .real : other, other == .int || other == .long ? .real : other)
    case (.datetime, .timespan):
      return op == "+" || op == "-" ? .datetime : op == "%" ? .timespan : op == "/" ? .real : nil
    case (.timespan, .datetime): return op == "+" ? .datetime : nil
    // The sum of two times is one only on the way to their mean: (a + b) / 2.
    case (.datetime, .datetime):
      return op == "-" || op == "%" ? .timespan : op == "+" ? .datetime : op == "/" ? .real : nil
    case (.datetime, _) where b.isNumeric: return op == "/" ? .datetime : nil
    case (.timespan, .timespan): return op == "/" ? .real : op == "*" ? nil : .timespan
    case (.timespan, _) where b.isNumeric: return op == "*" || op == "/" ? .timespan : nil
    case (_, .timespan) where a.isNumeric: return op == "*" ? .timespan : nil
    default:
      guard a.isNumeric, b.isNumeric else { return nil }
      if a == .decimal || b == .decimal { return .decimal }
      return a == .real || b == .real ? .real : .long
    }
  }

  private static func arithmetic(_ op: String, _ a: Scalar, _ b: Scalar, _ type: ScalarType) -> Scalar {
    if a.isNull || b.isNull { return .null(type) }
    if type == .real || type == .decimal, a.type != .timespan, a.type != .datetime {
      guard let x = a.converted(to: .real).double, let y = b.converted(to: .real).double else { return .null(type) }
      let value: Double
      switch op {
      case "+": value = x + y
      case "-": value = x - y
      case "*": value = x * y
      case "/": value = x / y
      default:
        let rest = x.truncatingRemainder(dividingBy: y)
        value = rest < 0 ? rest + abs(y) : rest
      }
      return type == .real ? .real(value) : .decimal(value)
    }
    if type == .datetime, b.type.isNumeric {
      guard let ticks = a.int64, let divisor = b.double, divisor != 0 else { return .null(type) }
      let mean = Int64(exactly: (Double(ticks) / divisor).rounded())
      return mean.flatMap(DateTime.inRange).map(Scalar.datetime) ?? .null(type)
    }
    if type == .timespan, a.type.isNumeric || b.type.isNumeric {
      guard let x = a.type == .timespan ? a.int64.map(Double.init) : a.double,
        let y = b.type == .timespan ? b.int64.map(Double.init) : b.double
      else { return .null(type) }
      let value = op == "*" ? x * y : x / y
      return value.isFinite ? Int64(exactly: value.rounded()).map(Scalar.timespan) ?? .null(type) : .null(type)
    }
    guard let x = a.converted(to: a.type == .dynamic ? .long : a.type).int64,
      let y = b.converted(to: b.type == .dynamic ? .long : b.type).int64
    else { return .null(type) }
    if type == .real { return y == 0 ? .real(.nan) : .real(Double(x) / Double(y)) }
    let value: Int64
    switch op {
    case "+": value = x &+ y
    case "-": value = x &- y
    case "*": value = x &* y
    case "/":
      guard y != 0 else { return .null(type) }
      value = y == -1 ? 0 &- x : x / y
    default:
      guard y != 0 else { return .null(type) }
      let rest = y == -1 ? 0 : x % y
      value = rest < 0 ? rest + Int64(clamping: y.magnitude) : rest
    }
    switch type {
    case .datetime: return DateTime.inRange(value).map(Scalar.datetime) ?? .null(type)
    case .timespan: return .timespan(value)
    default: return .long(value)
    }
  }
}
