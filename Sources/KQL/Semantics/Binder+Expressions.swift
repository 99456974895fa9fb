// SPDX-License-Identifier: Apache-2.0
import JSON

extension Binder {
  /// The names that a list item gives and the expression it names.
  func named(_ syntax: ExprSyntax) -> ([String], ExprSyntax) {
    if case .named(let names, let value) = syntax.kind { (names, value) } else { ([], syntax) }
  }

  /// The name that Kusto derives for an expression, or nil for Column1, Column2, ...
  func derivedName(_ syntax: ExprSyntax) -> String? {
    switch syntax.kind {
    case .name(let name): return name
    case .member(let base, let name): return derivedName(base).map { $0 + "_" + name }
    case .index(let base, let index):
      guard let prefix = derivedName(base) else { return nil }
      switch index.kind {
      case .literal(.long(let value)): return "\(prefix)_\(value)"
      case .literal(.string(let key)): return "\(prefix)_\(key)"
      default: return nil
      }
    case .call("node_degree_in", _): return "node_degree_in"
    case .call("node_degree_out", _): return "node_degree_out"
    case .call("bin_auto", let arguments): return arguments.first.flatMap { derivedName($0) }
    case .call(let name, let arguments):
      if let function = Functions.find(name) {
        switch function.naming {
        case .numbered: return nil
        case .argument: return arguments.first.flatMap { derivedName($0) }
        case .prefixed(let prefix): return prefix + (arguments.first.flatMap { derivedName($0) } ?? "")
        }
      }
      if let aggregate = Functions.aggregates[name] {
        let argument = arguments.first.flatMap { derivedName($0) } ?? ""
        if name == "percentile", arguments.count > 1, case .literal(let p) = arguments[1].kind {
          return "percentile_\(argument)_\(p.text.map { $0 == "." ? "_" : String($0) }.joined())"
        }
        if name == "percentilew", arguments.count > 2, case .literal(let p) = arguments[2].kind {
          return "percentilew_\(argument)_\(p.text.map { $0 == "." ? "_" : String($0) }.joined())"
        }
        if name.hasPrefix("covariance"), arguments.count > 1, let second = derivedName(arguments[1]) {
          return "\(aggregate.prefix ?? "")\(argument)_\(second)"
        }
        guard let prefix = aggregate.prefix else { return argument.isEmpty ? nil : argument }
        return name == "countif" ? prefix : prefix + argument
      }
      return nil
    default: return nil
    }
  }

  mutating func bind(_ syntax: ExprSyntax) throws(KQLError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < 400 else { throw fail(.limit, "the expression is nested too deeply", syntax.range) }
    // Each case is a function of its own: one frame with the temporaries of all would use up the stack early.
    switch syntax.kind {
    case .literal(let value): return .literal(value)
    case .dynamic(let text): return .literal(try dynamic(text, syntax.range))
    case .name(let name): return try bindName(name, syntax.range)
    case .member(let base, let name): return try bindMember(base, name, syntax.range)
    case .index(let base, let index): return try bindIndex(base, index, syntax.range)
    case .named(_, let value): return try bind(value)
    case .unary(let op, let operand): return try bindUnary(op, operand, syntax.range)
    case .binary(let op, let left, let right):
      return op == "or" || op == "and"
        ? try bindChain(op, syntax) : try bindBinary(op, left, right, syntax.range)
    case .inList(let op, let subject, let items): return try bindList(op, subject, items, syntax.range)
    case .between(let value, let low, let high, let negated):
      return try bindBetween(value, low, high, negated, syntax.range)
    case .star: throw fail(.syntax, "'*' stands for columns only in a list of columns", syntax.range)
    case .query(let query): return try bindQuery(query)
    case .call(let name, let arguments): return try bindCall(name, arguments, syntax.range)
    }
  }

  private mutating func bindName(_ name: String, _ range: Range<Int>) throws(KQLError) -> Expression {
    if let element = try graphElement(name, range) { return element }
    return try self.name(name, range)
  }

  private mutating func bindMember(_ base: ExprSyntax, _ name: String, _ range: Range<Int>) throws(KQLError)
    -> Expression
  {
    if case .name(let owner) = base.kind, let columns = members[owner], !scope.contains(where: { $0.name == owner }) {
      if let column = columns[name] { return column }
      throw fail(
        .unknownName, "'\(owner)' has no column '\(name)'", range,
        suggestion: Spelling.nearest(to: name, in: columns.keys))
    }
    return try walk(try bind(base), .key(name), range)
  }

  private mutating func bindIndex(_ base: ExprSyntax, _ index: ExprSyntax, _ range: Range<Int>) throws(KQLError)
    -> Expression
  {
    let target = try bind(base)
    let position = try bind(index)
    if let key = position.constant?.string { return try walk(target, .key(key), range) }
    if let number = position.constant?.int64, let number = Int(exactly: number) {
      return try walk(target, .index(number), range)
    }
    return try apply(Functions.find("index"), [target, position], range)
  }

  private mutating func bindUnary(_ op: String, _ operand: ExprSyntax, _ range: Range<Int>) throws(KQLError)
    -> Expression
  {
    let value = try bind(operand)
    if op == "+" { return value }
    switch value.constant {
    case .long(let number): return .literal(.long(0 &- number))
    case .int(let number): return .literal(.int(0 &- number))
    case .real(let number): return .literal(.real(-number))
    case .timespan(let ticks): return .literal(.timespan(0 &- ticks))
    default: return try apply(Functions.operators["negate"], [value], range)
    }
  }

  private mutating func bindBinary(
    _ op: String, _ left: ExprSyntax, _ right: ExprSyntax, _ range: Range<Int>
  ) throws(KQLError) -> Expression {
    if case .star = left.kind { return try bind(anyColumn(op, right, range)) }
    return try apply(Functions.operators[op], [try bind(left), try bind(right)], range, name: op)
  }

  /// A row of `or`s or of `and`s becomes a tree of even depth, so that hundreds of them do not nest.
  private mutating func bindChain(_ op: String, _ syntax: ExprSyntax) throws(KQLError) -> Expression {
    var operands: [ExprSyntax] = []
    var rest = syntax
    while case .binary(op, let left, let right) = rest.kind {
      operands.append(right)
      rest = left
    }
    operands.append(rest)
    var bound: [Expression] = []
    for operand in operands.reversed() { bound.append(try bind(operand)) }
    while bound.count > 1 {
      var next: [Expression] = []
      for index in stride(from: 0, to: bound.count - 1, by: 2) {
        next.append(try apply(Functions.operators[op], [bound[index], bound[index + 1]], syntax.range, name: op))
      }
      if bound.count % 2 == 1 { next.append(bound[bound.count - 1]) }
      bound = next
    }
    return bound[0]
  }

  private mutating func bindList(
    _ op: String, _ subject: ExprSyntax, _ items: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> Expression {
    var arguments = [try bind(subject)]
    for item in items {
      if let table = try tabular(item) {
        arguments.append(.listQuery(share(table).plan))
      } else {
        arguments.append(try bind(item))
      }
    }
    return try apply(Functions.operators[op], arguments, range, name: op)
  }

  private mutating func bindBetween(
    _ value: ExprSyntax, _ low: ExprSyntax, _ high: ExprSyntax, _ negated: Bool, _ range: Range<Int>
  ) throws(KQLError) -> Expression {
    let subject = try bind(value)
    let bottom = try bind(low)
    var top = try bind(high)
    if subject.type == .datetime, top.type == .timespan {
      top = try apply(Functions.operators["+"], [bottom, top], high.range)
    }
    let above = try apply(Functions.operators[">="], [subject, bottom], range)
    let below = try apply(Functions.operators["<="], [subject, top], range)
    let both = try apply(Functions.operators["and"], [above, below], range)
    return negated ? try apply(Functions.find("not"), [both], range) : both
  }

  private mutating func bindQuery(_ query: QuerySyntax) throws(KQLError) -> Expression {
    let bound = try bind(query)
    return .scalarQuery(share(bound).plan, bound.schema.first?.type ?? .dynamic)
  }

  private mutating func name(_ name: String, _ range: Range<Int>) throws(KQLError) -> Expression {
    if let index = scope.firstIndex(where: { $0.name == name }) {
      if aggregates != nil {
        throw fail(.type, "'\(name)' stands outside of an aggregate: write take_any(\(name)), or group by it", range)
      }
      return .column(index, scope[index].type)
    }
    if case .scalar(let value) = environment[name] {
      level = max(level, value.level(of: enclosing.count))
      size.read(scalar: name)
      return value
    }
    if isOpen { return .literal(.null(.dynamic)) }
    var known = scope.map(\.name)
    for (name, binding) in environment { if case .scalar = binding { known.append(name) } }
    throw fail(
      .unknownName, "there is no column '\(name)'", range, suggestion: Spelling.nearest(to: name, in: known))
  }

  private func walk(_ base: Expression, _ step: JSONPath.Step, _ range: Range<Int>) throws(KQLError) -> Expression {
    if case .path(let root, var path) = base {
      path.steps.append(step)
      return .path(root, path)
    }
    guard base.type == .dynamic else {
      throw fail(.type, "a \(base.type.rawValue) has no members; only a dynamic has", range)
    }
    return .path(base, JSONPath(steps: [step]))
  }

  private func dynamic(_ text: String, _ range: Range<Int>) throws(KQLError) -> Scalar {
    let trimmed = TimeSpan.trimSpaces(text)
    if trimmed.isEmpty || trimmed == "null" { return .null(.dynamic) }
    if let document = try? JSONDocument.parse(trimmed) { return .dynamic(document.root) }
    // Kusto also takes single quotes and its own literals inside.
    var parser = try DynamicLiteral(trimmed, range, bytes)
    return .dynamic(try parser.parse())
  }

  private mutating func bindCall(_ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>) throws(KQLError)
    -> Expression
  {
    if let collected = aggregates, let function = Functions.aggregates[name], environment[name] == nil {
      aggregates = nil
      var inputs: [Expression] = []
      for argument in arguments { inputs.append(try bind(argument)) }
      let (type, converted) = try check(
        name, arity: function.arity, parameters: function.parameters, inputs, range, function.resultType)
      aggregates = collected + [BoundAggregate(function: function, arguments: converted, type: type)]
      return .column(aggregateBase + collected.count, type)
    }
    if let element = try graphCall(name, arguments, range) { return element }
    if isFunction(name) {
      let result = try call(name, arguments, range)
      if let value = result.value { return value }
      if let table = result.table { return .scalarQuery(table.plan, table.schema.first?.type ?? .dynamic) }
    }
    switch name {
    case "toscalar":
      guard let first = arguments.first else { throw fail(.arguments, "toscalar takes a query", range) }
      if let table = try tabular(first) {
        return .scalarQuery(share(table).plan, table.schema.first?.type ?? .dynamic)
      }
      return try bind(first)
    case "column_ifexists", "columnifexists":
      guard arguments.count == 2, let column = try bind(arguments[0]).constant?.string else {
        throw fail(.arguments, "column_ifexists takes a column's name as a text and a default", range)
      }
      return scope.contains { $0.name == column } ? try self.name(column, range) : try bind(arguments[1])
    case "pack_all":
      var packed: [Expression] = []
      for field in scope { packed += [.literal(.string(field.name)), try self.name(field.name, range)] }
      var skipsEmpty = false
      if let first = arguments.first, case .bool(true) = try bind(first).constant { skipsEmpty = true }
      return try apply(Functions.find(skipsEmpty ? "bag_pack_nonempty" : "bag_pack"), packed, range)
    case "bag_pack_columns":
      var packed: [Expression] = []
      for argument in arguments { packed += [.literal(.string(derivedName(argument) ?? "")), try bind(argument)] }
      return try apply(Functions.find("bag_pack"), packed, range)
    case "iscolumnexists":
      guard arguments.count == 1, let column = try bind(arguments[0]).constant?.string else {
        throw fail(.arguments, "iscolumnexists takes a column's name as a text", range)
      }
      return .literal(.bool(scope.contains { $0.name == column }))
    case "ingestion_time":
      let column = catalog.ingestionColumn
      guard arguments.isEmpty, scope.contains(where: { $0.name == column }) else { break }
      return try self.name(column, range)
    case "column_names_of":
      guard let first = arguments.first, let table = try inputTable(first) else {
        throw fail(.arguments, "column_names_of takes a table", range)
      }
      return .literal(Functions.array(table.schema.map { Scalar.string($0.name).json }))
    case "bin_auto":
      guard arguments.count == 1, let first = arguments.first else {
        throw fail(.arguments, "bin_auto takes a value", range)
      }
      guard let size = options["query_bin_auto_size"] else {
        throw fail(.arguments, "bin_auto needs a size: set query_bin_auto_size=1h;", range)
      }
      let value = try bind(first)
      guard let origin = options["query_bin_auto_at"] else {
        return try apply(Functions.find("bin"), [value, size], range)
      }
      return try apply(Functions.find("bin_at"), [value, size, origin], range)
    case "typeof":
      guard case .name(let type) = arguments.first?.kind else { throw fail(.arguments, "typeof takes a type", range) }
      return .literal(.string(type))
    case "datetime", "timespan", "guid", "long", "int", "real", "double", "bool":
      // A typed literal whose inside is computed, such as datetime(@'...') is not one; convert it.
      if let type = ScalarType(name: name), let first = arguments.first { return convert(try bind(first), to: type) }
    default: break
    }
    guard let function = Functions.find(name) else { throw unknownFunction(name, range) }
    var inputs: [Expression] = []
    for argument in arguments {
      if case .star = argument.kind, function.mostArguments > 8 {
        inputs += scope.enumerated().map { .column($0, $1.type) }
      } else {
        inputs.append(try bind(argument))
      }
    }
    return try apply(function, inputs, range)
  }

  func apply(
    _ function: ScalarFunction?, _ arguments: [Expression], _ range: Range<Int>, name: String = ""
  ) throws(KQLError) -> Expression {
    guard let function else { throw fail(.notSupported, "'\(name)' is not supported yet", range) }
    let (type, inputs) = try check(
      function.name, arity: function.arity, parameters: function.parameters, arguments, range, function.resultType)
    return .call(function, inputs, type)
  }

  private func check(
    _ name: String, arity: ClosedRange<Int>, parameters: [ScalarType?], _ arguments: [Expression], _ range: Range<Int>,
    _ result: @Sendable ([ArgumentInfo]) -> ScalarType?
  ) throws(KQLError) -> (ScalarType, [Expression]) {
    guard arity.contains(arguments.count) else {
      let wanted =
        arity.lowerBound == arity.upperBound ? "\(arity.lowerBound)" : "\(arity.lowerBound) to \(arity.upperBound)"
      throw fail(.arguments, "'\(name)' takes \(wanted) arguments, not \(arguments.count)", range)
    }
    var inputs: [Expression] = []
    for (index, argument) in arguments.enumerated() {
      guard let wanted = parameters.isEmpty ? nil : parameters[min(index, parameters.count - 1)],
        wanted != argument.type
      else {
        inputs.append(argument)
        continue
      }
      guard Self.accepts(wanted, argument) else {
        throw fail(
          .type, "'\(name)' needs a \(wanted.rawValue) as argument \(index + 1), not a \(argument.type.rawValue)", range
        )
      }
      inputs.append(convert(argument, to: wanted))
    }
    let infos = inputs.map { ArgumentInfo(type: $0.type, constant: $0.constant) }
    guard let type = result(infos) else {
      throw fail(.type, "'\(name)' does not take \(infos.map(\.type.rawValue).joined(separator: " and "))", range)
    }
    return (type, inputs)
  }

  private static func accepts(_ wanted: ScalarType, _ argument: Expression) -> Bool {
    if argument.type == .dynamic || wanted == .string || wanted == .dynamic { return true }
    if wanted.isNumeric { return argument.type.isNumeric || argument.type == .bool }
    if wanted == .bool { return argument.type.isNumeric }
    return argument.type == .string && argument.constant != nil
  }

  func convert(_ expression: Expression, to type: ScalarType) -> Expression {
    if expression.type == type { return expression }
    if let constant = expression.constant { return .literal(constant.converted(to: type)) }
    let name =
      switch type {
      case .string: "tostring"
      case .bool: "tobool"
      case .int: "toint"
      case .long: "tolong"
      case .real: "toreal"
      case .decimal: "todecimal"
      case .datetime: "todatetime"
      case .timespan: "totimespan"
      case .guid: "toguid"
      case .dynamic: "parse_json"
      }
    guard let function = Functions.scalar[name] else { return expression }
    return .call(function, [expression], type)
  }
}
