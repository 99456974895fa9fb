// SPDX-License-Identifier: Apache-2.0

/// Evaluates expressions as Terraform does. What it cannot know becomes an unknown value; what is wrong is thrown.
struct Evaluator {
  var scope: Scope
  private let budget: Budget

  init(_ scope: Scope) {
    self.scope = scope
    budget = scope.resolver?.budget ?? Budget()
  }

  private init(_ scope: Scope, _ budget: Budget) {
    self.scope = scope
    self.budget = budget
  }

  func with(_ scope: Scope) -> Evaluator { Evaluator(scope, budget) }

  func value(_ expression: Expression) throws(Diagnostic) -> Value {
    if case .literal(let value, _) = expression { return value }
    try budget.enter(expression.place)
    defer { budget.leave() }
    let value = try evaluate(expression)
    try Budget.check(value, at: expression.place)
    return value
  }

  private func evaluate(_ expression: Expression) throws(Diagnostic) -> Value {
    switch expression {
    case .literal(let value, _): return value
    case .template(let parts, let place): return try template(parts, place)
    case .wrapped(let inner, _), .parentheses(let inner, _): return try value(inner)
    case .traversal(let root, let steps, let place): return try traversal(root, steps, place)
    case .access(.index(.traversal("module", let before, _), let key, _), let steps, let place):
      // Only the output that is asked for is evaluated: others of the module may need what is evaluated here.
      guard let step = try staticStep(key) else {
        return try value(inner(of: expression)).taking(steps[...], at: place)
      }
      return try traversal("module", before + [step] + steps, place)
    case .access(let inner, let steps, let place): return try value(inner).taking(steps[...], at: place)
    case .index(let inner, let key, let place):
      let collection = try value(inner)
      return try collection.element(at: try value(key), place)
    case .splat(let source, let each, let place): return try splat(source, each, place)
    case .element(let place):
      guard let element = scope.element else { throw Diagnostic(.invalid, "there is no splat here", at: place) }
      return element
    case .call(let name, let arguments, let expands, let place):
      return try call(name, arguments, expands, place)
    case .conditional(let condition, let yes, let no, let place):
      return try conditional(condition, yes, no, place)
    case .binary(let op, let left, let right, let place): return try binary(op, left, right, place)
    case .negation(let inner, let place):
      return try number(try value(inner), place) { -$0 }
    case .not(let inner, let place): return try not(try value(inner), place)
    case .tuple(let elements, _):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements { values.append(try value(element)) }
      return Value(tuple: values)
    case .object(let items, _): return try object(items)
    case .forTuple(let clause, let body, let place): return try forTuple(clause, body, place)
    case .forObject(let clause, let key, let body, let groups, let place):
      return try forObject(clause, key, body, groups, place)
    }
  }

  // MARK: References

  private func staticStep(_ key: Expression) throws(Diagnostic) -> Expression.Step? {
    let key = try value(key)
    guard !key.isSensitive else { return nil }
    switch key.content {
    case .number(let number):
      if let index = number.int { return .index(index) }
      return nil
    case .string(let text): return .key(text)
    default: return nil
    }
  }

  private func inner(of access: Expression) -> Expression {
    if case .access(let inner, _, _) = access { return inner }
    return access
  }

  private func traversal(_ root: String, _ steps: [Expression.Step], _ place: Place) throws(Diagnostic) -> Value {
    if let local = scope.names.last(where: { $0.name == root }) { return try local.value.taking(steps[...], at: place) }
    guard let resolver = scope.resolver else {
      throw Diagnostic(.undeclared, "'\(root)' cannot be used here: only literal values can", at: place)
    }
    let (value, used) = try resolver.resolve(root, steps, at: place)
    return used == steps.count ? value : try value.taking(steps[used...], at: place)
  }

  private func splat(_ source: Expression, _ each: Expression, _ place: Place) throws(Diagnostic) -> Value {
    let collection = try value(source)
    func one(_ element: Value) throws(Diagnostic) -> Value {
      var inner = scope
      inner.element = element
      return try with(inner).value(each)
    }
    let isCollection =
      switch collection.type {
      case .list, .set, .tuple: true
      default: false
      }
    if collection.isNull {
      if isCollection { throw Diagnostic(.evaluation, "a splat cannot be taken of null", at: place) }
      return Value(tuple: []).marked(collection.isSensitive)
    }
    if let unknown = collection.unknown {
      if case .each(let element) = unknown.twin {
        return Value.unknown(.any, unknown.sources, twin: .each(try one(element))).marked(collection.isSensitive)
      }
      switch unknown.type {
      case .list(let element), .set(let element):
        let type = try one(.unknown(element, unknown.sources)).type
        return Value.unknown(.list(type), unknown.sources).marked(collection.isSensitive)
      case .any, .tuple: return Value.unknown(.any, unknown.sources).marked(collection.isSensitive)
      default: return Value(tuple: [try one(collection)]).marked(collection.isSensitive)
      }
    }
    guard let elements = collection.elements else {
      return Value(tuple: [try one(Value(collection.content))]).marked(collection.isSensitive)
    }
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements { values.append(try one(element)) }
    if case .tuple = collection.content { return Value(tuple: values).marked(collection.isSensitive) }
    guard let type = ValueType.unified(values.map(\.type)) else {
      return Value(tuple: values).marked(collection.isSensitive)
    }
    return Value(.list(values, of: type), isSensitive: collection.isSensitive)
  }

  // MARK: Conditions

  private func conditional(
    _ condition: Expression, _ yes: Expression, _ no: Expression, _ place: Place
  ) throws(Diagnostic) -> Value {
    let test = try bool(try value(condition), condition.place, "the condition")
    guard let chosen = test.bool else {
      let (a, b) = (try value(yes), try value(no))
      let type = ValueType.unified([a.type, b.type]) ?? .any
      let sources = test.sources + a.sources + b.sources
      return Value.unknown(type, sources, twin: .either(a, b)).marked(
        test.isSensitive || a.isSensitive || b.isSensitive)
    }
    let result = try value(chosen ? yes : no)
    // The other branch only gives a type, so its failure does no harm.
    guard let other = try? value(chosen ? no : yes) else { return result.marked(test.isSensitive) }
    if case .null(.any) = other.content { return result.marked(test.isSensitive) }
    if case .null(.any) = result.content { return Value.null(other.type).marked(test.isSensitive) }
    guard let type = ValueType.unified([result.type, other.type]) else {
      throw Diagnostic(
        .evaluation,
        "both results of a conditional must have one type, but these are a \(result.type.name) and a "
          + "\(other.type.name)", at: place)
    }
    if case .any = other.type, !result.isNull { return result.marked(test.isSensitive) }
    do {
      return try result.converted(to: type).marked(test.isSensitive)
    } catch {
      throw Diagnostic(.evaluation, "the results of the conditional differ in type: \(error.text)", at: place)
    }
  }

  func bool(_ value: Value, _ place: Place, _ what: String) throws(Diagnostic) -> Value {
    guard !value.isNull else { throw Diagnostic(.evaluation, "\(what) must be true or false, not null", at: place) }
    do {
      return try value.converted(to: .bool)
    } catch {
      throw Diagnostic(.evaluation, "\(what) must be true or false: \(error.text)", at: place)
    }
  }

  private func not(_ operand: Value, _ place: Place) throws(Diagnostic) -> Value {
    let test = try bool(operand, place, "the operand of '!'")
    guard let value = test.bool else { return .unknown(.bool, test.sources).marked(test.isSensitive) }
    return Value(!value).marked(test.isSensitive)
  }

  private func binary(
    _ op: Expression.Operator, _ left: Expression, _ right: Expression, _ place: Place
  ) throws(Diagnostic) -> Value {
    switch op {
    case .and, .or:
      let deciding = op == .or
      let a = try bool(try value(left), left.place, "the left operand")
      if a.bool == deciding { return a }
      let b = try bool(try value(right), right.place, "the right operand")
      let marked = a.isSensitive || b.isSensitive
      if b.bool == deciding { return b.marked(marked) }
      guard a.isKnown, b.isKnown else { return .unknown(.bool, a.sources + b.sources).marked(marked) }
      return Value(!deciding).marked(marked)
    case .equal, .notEqual:
      let (a, b) = (try value(left), try value(right))
      let marked = a.isSensitiveWithin || b.isSensitiveWithin
      guard let same = a.equals(b) else { return .unknown(.bool, a.sources + b.sources).marked(marked) }
      return Value(same == (op == .equal)).marked(marked)
    case .less: return try compare(left, right, place) { $0 < $1 }
    case .lessOrEqual: return try compare(left, right, place) { $0 <= $1 }
    case .greater: return try compare(left, right, place) { $0 > $1 }
    case .greaterOrEqual: return try compare(left, right, place) { $0 >= $1 }
    case .add: return try arithmetic(left, right, place) { $0 + $1 }
    case .subtract: return try arithmetic(left, right, place) { $0 - $1 }
    case .multiply: return try arithmetic(left, right, place) { $0 * $1 }
    case .divide: return try arithmetic(left, right, place) { $0.divided(by: $1) }
    case .modulo: return try arithmetic(left, right, place) { $0.remainder(by: $1) }
    }
  }

  private func operands(
    _ left: Expression, _ right: Expression, _ place: Place
  ) throws(Diagnostic) -> (Value, Value) {
    func number(_ operand: Expression) throws(Diagnostic) -> Value {
      let operandValue = try value(operand)
      guard !operandValue.isNull else { throw Diagnostic(.evaluation, "the operand is null", at: operand.place) }
      do {
        return try operandValue.converted(to: .number)
      } catch {
        throw Diagnostic(.evaluation, "the operand is no number: \(error.text)", at: operand.place)
      }
    }
    return (try number(left), try number(right))
  }

  private func compare(
    _ left: Expression, _ right: Expression, _ place: Place, _ holds: (Number, Number) -> Bool
  ) throws(Diagnostic) -> Value {
    let (a, b) = try operands(left, right, place)
    let marked = a.isSensitive || b.isSensitive
    guard let x = a.number, let y = b.number else { return .unknown(.bool, a.sources + b.sources).marked(marked) }
    return Value(holds(x, y)).marked(marked)
  }

  private func arithmetic(
    _ left: Expression, _ right: Expression, _ place: Place, _ compute: (Number, Number) -> Number?
  ) throws(Diagnostic) -> Value {
    let (a, b) = try operands(left, right, place)
    let marked = a.isSensitive || b.isSensitive
    guard let x = a.number, let y = b.number else { return .unknown(.number, a.sources + b.sources).marked(marked) }
    guard let result = compute(x, y) else { throw Diagnostic(.evaluation, "division by zero", at: place) }
    return Value(result).marked(marked)
  }

  private func number(_ operand: Value, _ place: Place, _ compute: (Number) -> Number) throws(Diagnostic) -> Value {
    do {
      let converted = try operand.converted(to: .number)
      if let unknown = converted.unknown { return .unknown(.number, unknown.sources).marked(operand.isSensitive) }
      if let number = converted.number { return Value(compute(number)).marked(operand.isSensitive) }
    } catch {
      throw Diagnostic(.evaluation, "the operand of '-' is no number: \(error.text)", at: place)
    }
    throw Diagnostic(.evaluation, "the operand of '-' is null", at: place)
  }

  // MARK: Objects

  private func object(_ items: [Expression.ObjectItem]) throws(Diagnostic) -> Value {
    var pairs: [(String, Value)] = []
    pairs.reserveCapacity(items.count)
    var unknown: [Reference]?
    var marked = false
    for item in items {
      let member = try value(item.value)
      if let word = item.key.keyword {
        pairs.append((word, member))
        continue
      }
      let key = try self.key(try value(item.key), item.place)
      marked = marked || key.isSensitive
      if let text = key.string { pairs.append((text, member)) } else { unknown = (unknown ?? []) + key.sources }
    }
    if let unknown { return Value.unknown(.any, unknown).marked(marked) }
    return Value(object: pairs).marked(marked)
  }

  /// A key as a string, known or not.
  func key(_ key: Value, _ place: Place) throws(Diagnostic) -> Value {
    guard !key.isNull else { throw Diagnostic(.evaluation, "the key of an object must not be null", at: place) }
    do {
      return try key.converted(to: .string)
    } catch {
      throw Diagnostic(.evaluation, "the key of an object must be a string: \(error.text)", at: place)
    }
  }

  // MARK: Calls

  private func call(
    _ name: String, _ arguments: [Expression], _ expands: Bool, _ place: Place
  ) throws(Diagnostic) -> Value {
    switch name {
    case "try", "core::try":
      var failure: Diagnostic?
      for argument in arguments {
        do throws(Diagnostic) {
          return try value(argument)
        } catch {
          if error.code == .tooLarge { throw error }
          failure = error
        }
      }
      throw failure ?? Diagnostic(.evaluation, "try() needs an argument", at: place)
    case "can", "core::can":
      guard let argument = arguments.first else {
        throw Diagnostic(.evaluation, "can() needs an argument", at: place)
      }
      do throws(Diagnostic) {
        let result = try value(argument)
        // Whether an unknown value will turn out well is not known either.
        if !result.isWhollyKnown { return .unknown(.bool, result.sources) }
        return Value(true)
      } catch {
        if error.code == .tooLarge { throw error }
        return Value(false)
      }
    default: break
    }
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for (index, argument) in arguments.enumerated() {
      let argumentValue = try value(argument)
      guard expands, index == arguments.count - 1 else {
        values.append(argumentValue)
        continue
      }
      guard let elements = argumentValue.elements else {
        if !argumentValue.isWhollyKnown {
          return .unknown(FunctionTable.all[name]?.returns ?? .any, argumentValue.sources)
        }
        throw Diagnostic(.evaluation, "'...' needs a list, set or tuple before it", at: argument.place)
      }
      values += argumentValue.isSensitive ? elements.map { $0.marked() } : elements
    }
    return try FunctionTable.call(name, values, place, self)
  }
}
