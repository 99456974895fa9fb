// SPDX-License-Identifier: Apache-2.0

enum CollectionFunctions {
  static let all: [String: Function] = [
    "alltrue": Function(.list(.bool, .known), returns: .bool) { args, _ in quantified(args[0], until: false) },
    "anytrue": Function(.list(.bool, .known), returns: .bool) { args, _ in quantified(args[0], until: true) },
    "chunklist": Function(.open, .number, returns: .any) { args, _ throws(FunctionFailure) in
      let (elements, type) = try list(args[0])
      let size = try NumericFunctions.int(args[1])
      guard size >= 0 else { throw FunctionFailure("the size must not be negative") }
      var chunks: [Value] = []
      if size == 0 {
        chunks = [Value(.list(elements, of: type))]
      } else {
        for start in stride(from: 0, to: elements.count, by: size) {
          chunks.append(Value(.list(Array(elements[start..<min(start + size, elements.count)]), of: type)))
        }
      }
      return Value(.list(chunks, of: .list(type))).marked(args[0].isSensitive)
    },
    "coalesce": Function(rest: .raw, returns: .any) { args, _ throws(FunctionFailure) in
      guard let type = ValueType.unified(args.map(\.type)) else {
        throw FunctionFailure("all arguments must have one type")
      }
      for arg in args {
        let value = try convert(arg, type)
        if let unknown = value.unknown { return Value.unknown(type, unknown.sources).marked(arg.isSensitive) }
        if !value.isNull, value.string != "" { return value }
      }
      throw FunctionFailure("all arguments are null or empty")
    },
    "coalescelist": Function(rest: .raw, returns: .any) { args, _ throws(FunctionFailure) in
      for arg in args {
        if let unknown = arg.unknown { return .unknown(.any, unknown.sources) }
        guard let elements = arg.elements else { throw FunctionFailure("all arguments must be lists or tuples") }
        if !elements.isEmpty { return arg }
      }
      throw FunctionFailure("all lists are empty or null")
    },
    "compact": Function(.list(.string, .known), returns: .list(.string)) { args, _ in
      let elements = args[0].elements ?? []
      guard elements.allSatisfy(\.isKnown) else {
        return .unknown(.list(.string), args[0].sources, twin: .elements(elements))
      }
      return Value(.list(elements.filter { !$0.isNull && $0.string != "" }, of: .string))
    },
    "concat": Function(rest: .open, returns: .any) { args, _ throws(FunctionFailure) in
      guard !args.isEmpty else { throw FunctionFailure("needs at least one list") }
      var all: [Value] = []
      for arg in args {
        switch arg.content {
        case .list(let elements, _), .tuple(let elements), .set(let elements, _): all += elements
        default: throw FunctionFailure("all arguments must be lists or tuples, not a \(arg.type.name)")
        }
      }
      let marked = args.contains(where: \.isSensitive)
      let lists = args.compactMap { arg -> ValueType? in
        if case .list(_, let type) = arg.content { return type }
        return nil
      }
      if lists.count == args.count, let type = ValueType.unified(lists) {
        var converted: [Value] = []
        for value in all { converted.append(try convert(value, type)) }
        return Value(.list(converted, of: type)).marked(marked)
      }
      return Value(tuple: all).marked(marked)
    },
    "contains": Function(.any, Parameter(need: .known, allowsNull: true), returns: .bool) {
      args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else {
        throw FunctionFailure("the first argument must be a list, tuple or set")
      }
      return contains(elements, args[1])
    },
    "distinct": Function(.any, returns: .any) { args, _ throws(FunctionFailure) in
      let (elements, type) = try list(args[0])
      guard elements.allSatisfy(\.isWhollyKnown) else {
        return .unknown(.list(type), args[0].sources, twin: .elements(elements))
      }
      return Value(.list(distinct(elements), of: type))
    },
    "element": Function(.open, .number, returns: .any) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else { throw FunctionFailure("the first argument must be a list or tuple") }
      let index = try NumericFunctions.int(args[1])
      guard !elements.isEmpty else { throw FunctionFailure("an empty list has no elements") }
      guard index >= 0 else { throw FunctionFailure("the index must not be negative") }
      return elements[index % elements.count].marked(args[0].isSensitive)
    },
    "flatten": Function(.open, returns: .any) { args, _ throws(FunctionFailure) in
      guard args[0].elements != nil else { throw FunctionFailure("needs a list, set or tuple") }
      var flat: [Value] = []
      var unknown: [Reference] = []
      var marked = false
      flatten(args[0], into: &flat, &unknown, &marked)
      if !unknown.isEmpty { return Value.unknown(.any, unknown, twin: .elements(flat)).marked(marked) }
      return Value(tuple: flat).marked(marked)
    },
    "index": Function(.whole, .whole, returns: .number) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else { throw FunctionFailure("the first argument must be a list or tuple") }
      guard let index = elements.firstIndex(where: { $0.equals(args[1]) == true }) else {
        throw FunctionFailure("the value is not in the list")
      }
      return Value(index)
    },
    "keys": Function(.open, returns: .any) { args, _ throws(FunctionFailure) in
      guard let members = args[0].members else { throw FunctionFailure("needs a map or object") }
      let keys = members.keys.map { Value($0) }
      if case .map = args[0].content { return Value(.list(keys, of: .string)).marked(args[0].isSensitive) }
      return Value(tuple: keys).marked(args[0].isSensitive)
    },
    "values": Function(.open, returns: .any) { args, _ throws(FunctionFailure) in
      guard let members = args[0].members else { throw FunctionFailure("needs a map or object") }
      let values = members.entries.map(\.value)
      if case .map(_, let type) = args[0].content {
        return Value(.list(values, of: type)).marked(args[0].isSensitive)
      }
      return Value(tuple: values).marked(args[0].isSensitive)
    },
    "length": Function(.open, returns: .number) { args, _ throws(FunctionFailure) in
      if let text = args[0].string { return Value(text.count).marked(args[0].isSensitive) }
      guard let count = args[0].elements?.count ?? args[0].members?.count else {
        throw FunctionFailure("needs a list, set, map, object or string, not a \(args[0].type.name)")
      }
      return Value(count).marked(args[0].isSensitive)
    },
    "lookup": Function(.open, .string, .raw, optional: 1, returns: .any) { args, _ throws(FunctionFailure) in
      guard let members = args[0].members else { throw FunctionFailure("the first argument must be a map or object") }
      let key = try StringFunctions.string(args[1])
      let marked = args[0].isSensitive || args[1].isSensitive
      if let found = members[key] { return found.marked(marked) }
      guard args.count == 3 else { throw FunctionFailure("there is no element \"\(key)\"; give a default") }
      if case .map(_, let type) = args[0].content { return try convert(args[2], type).marked(marked) }
      return args[2].marked(marked)
    },
    "matchkeys": Function(.open, .whole, .whole, returns: .any) { args, _ throws(FunctionFailure) in
      let (values, type) = try list(args[0])
      let (keys, _) = try list(args[1])
      let (search, _) = try list(args[2])
      guard values.count == keys.count else { throw FunctionFailure("there must be as many keys as values") }
      let found = zip(values, keys).filter { pair in search.contains { $0.equals(pair.1) == true } }.map(\.0)
      return Value(.list(found, of: type))
    },
    "merge": Function(rest: Parameter(allowsNull: true, keepsMarks: true), returns: .any) {
      args, _ throws(FunctionFailure) in
      var pairs: [(String, Value)] = []
      for arg in args where !arg.isNull {
        guard let members = arg.members else {
          throw FunctionFailure("all arguments must be maps or objects, not a \(arg.type.name)")
        }
        pairs += members.entries.map { ($0.key, $0.value) }
      }
      let marked = args.contains(where: \.isSensitive)
      let members = Members(pairs)
      let types = args.compactMap { arg -> ValueType? in
        if case .map(_, let type) = arg.content { return type }
        return nil
      }
      if !types.isEmpty, types.count == args.count, let type = types.first, types.allSatisfy({ $0 == type }) {
        return Value(.map(members, of: type)).marked(marked)
      }
      return Value(.object(members, rest: nil)).marked(marked)
    },
    "one": Function(.open, returns: .any) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else { throw FunctionFailure("needs a list, set or tuple") }
      guard elements.count < 2 else { throw FunctionFailure("must have one element or none, not \(elements.count)") }
      if let only = elements.first { return only.marked(args[0].isSensitive) }
      switch args[0].content {
      case .list(_, let type), .set(_, let type): return Value.null(type).marked(args[0].isSensitive)
      default: return Value.null(.any).marked(args[0].isSensitive)
      }
    },
    "range": Function(rest: .number, returns: .list(.number)) { args, _ throws(FunctionFailure) in
      try range(args)
    },
    "reverse": Function(.open, returns: .any) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else { throw FunctionFailure("needs a list, set or tuple") }
      let reversed = Array(elements.reversed())
      switch args[0].content {
      case .list(_, let type), .set(_, let type):
        return Value(.list(reversed, of: type)).marked(args[0].isSensitive)
      default: return Value(tuple: reversed).marked(args[0].isSensitive)
      }
    },
    "slice": Function(.open, .number, .number, returns: .any) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements else { throw FunctionFailure("needs a list or tuple") }
      let (start, end) = (try NumericFunctions.int(args[1]), try NumericFunctions.int(args[2]))
      guard start >= 0, start <= end, end <= elements.count else {
        throw FunctionFailure("the bounds \(start) and \(end) do not lie within the \(elements.count) elements")
      }
      let part = Array(elements[start..<end])
      if case .list(_, let type) = args[0].content { return Value(.list(part, of: type)).marked(args[0].isSensitive) }
      return Value(tuple: part).marked(args[0].isSensitive)
    },
    "sort": Function(.list(.string), returns: .list(.string)) { args, _ throws(FunctionFailure) in
      var texts: [String] = []
      for element in args[0].elements ?? [] { texts.append(try StringFunctions.string(element)) }
      return Value(.list(texts.sorted().map { Value($0) }, of: .string))
    },
    "transpose": Function(Parameter(type: .map(.list(.string)), need: .whollyKnown), returns: .map(.list(.string))) {
      args, _ throws(FunctionFailure) in
      var lists: [String: [String]] = [:]
      for entry in args[0].members?.entries ?? [] {
        for element in entry.value.elements ?? [] {
          lists[try StringFunctions.string(element), default: []].append(entry.key)
        }
      }
      return Value(
        .map(
          Members(lists.map { ($0.key, Value(.list($0.value.sorted().map { Value($0) }, of: .string))) }),
          of: .list(.string)))
    },
    "zipmap": Function(.list(.string), .open, returns: .any) { args, _ throws(FunctionFailure) in
      let keys = args[0].elements ?? []
      guard let values = args[1].elements else { throw FunctionFailure("the values must be a list or tuple") }
      guard keys.count == values.count else {
        throw FunctionFailure("there are \(keys.count) keys and \(values.count) values")
      }
      var pairs: [(String, Value)] = []
      for (key, value) in zip(keys, values) { pairs.append((try StringFunctions.string(key), value)) }
      if case .list(_, let type) = args[1].content {
        return Value(.map(Members(pairs), of: type)).marked(args[1].isSensitive)
      }
      return Value(object: pairs).marked(args[1].isSensitive)
    },
  ]

  static func convert(_ value: Value, _ type: ValueType) throws(FunctionFailure) -> Value {
    do throws(ConversionFailure) {
      return try value.converted(to: type)
    } catch {
      throw FunctionFailure(error.text)
    }
  }

  /// Elements of one type, as a parameter of type list gets them.
  static func list(_ value: Value) throws(FunctionFailure) -> ([Value], ValueType) {
    let converted = try convert(Value(value.content), .list(.any))
    guard case .list(let elements, let type) = converted.content else { throw FunctionFailure("needs a list") }
    return (elements, type)
  }

  /// Whether an element has the value that decides; null elements count as false.
  private static func quantified(_ list: Value, until deciding: Bool) -> Value {
    var sources: [Reference] = []
    for element in list.elements ?? [] {
      if !element.isKnown {
        sources += element.sources
      } else if (element.bool ?? false) == deciding {
        return Value(deciding)
      }
    }
    return sources.isEmpty ? Value(!deciding) : .unknown(.bool, sources)
  }

  private static func contains(_ elements: [Value], _ wanted: Value) -> Value {
    var sources: [Reference]?
    for element in elements {
      switch element.equals(wanted) {
      case true: return Value(true)
      case nil: sources = (sources ?? []) + element.sources + wanted.sources
      default: break
      }
    }
    return sources.map { .unknown(.bool, $0) } ?? Value(false)
  }

  static func distinct(_ elements: [Value]) -> [Value] {
    if elements.allSatisfy({ $0.string != nil }) {
      var seen: Set<String> = []
      return elements.filter { seen.insert($0.string ?? "").inserted }
    }
    var kept: [Value] = []
    for element in elements where !kept.contains(where: { $0.equals(element) == true }) { kept.append(element) }
    return kept
  }

  private static func flatten(
    _ value: Value, into flat: inout [Value], _ unknown: inout [Reference], _ marked: inout Bool
  ) {
    marked = marked || value.isSensitive
    for element in value.elements ?? [] {
      if element.elements != nil {
        flatten(element, into: &flat, &unknown, &marked)
        continue
      }
      if let inner = element.unknown {
        // It may turn out to be a list.
        switch inner.type {
        case .any, .list, .set, .tuple: unknown += inner.sources
        default: break
        }
      }
      flat.append(element)
    }
  }

  private static func range(_ args: [Value]) throws(FunctionFailure) -> Value {
    var numbers: [Number] = []
    for arg in args { numbers.append(try NumericFunctions.number(arg)) }
    let (start, end, step): (Number, Number, Number)
    func one(_ from: Number, _ to: Number) -> Number { to < from ? Number(-1) : Number(1) }
    switch numbers.count {
    case 1: (start, end, step) = (Number(0), numbers[0], one(Number(0), numbers[0]))
    case 2: (start, end, step) = (numbers[0], numbers[1], one(numbers[0], numbers[1]))
    case 3: (start, end, step) = (numbers[0], numbers[1], numbers[2])
    default: throw FunctionFailure("takes 1 to 3 numbers")
    }
    guard step.sign != 0 else { throw FunctionFailure("the step must not be zero") }
    guard step.sign > 0 ? start <= end : start >= end else {
      throw FunctionFailure("the step leads away from the end")
    }
    var values: [Value] = []
    var at = start
    while step.sign > 0 ? at < end : at > end {
      guard values.count < 1024 else { throw FunctionFailure("more than 1024 values would be made") }
      values.append(Value(at))
      at = at + step
    }
    return Value(.list(values, of: .number))
  }
}
