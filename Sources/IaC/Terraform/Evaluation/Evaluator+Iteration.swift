// SPDX-License-Identifier: Apache-2.0

/// `for` and templates: what goes over collections and puts parts together.
extension Evaluator {
  // MARK: for

  private enum Iteration {
    case pairs([(key: Value, value: Value)], isSensitive: Bool)
    case unknown(Value)
  }

  private func iterate(_ clause: Expression.ForClause, _ place: Place) throws(Diagnostic) -> Iteration {
    let collection = try value(clause.collection)
    guard let pairs = collection.pairs else {
      if !collection.isWhollyKnown { return .unknown(Value.unknown(.any, collection.sources)) }
      throw Diagnostic(
        .evaluation,
        "'for' goes over a list, set, map or object, not over \(collection.isNull ? "null" : "a \(collection.type.name)")",
        at: clause.collection.place)
    }
    return .pairs(pairs, isSensitive: collection.isSensitive)
  }

  private func scope(_ clause: Expression.ForClause, _ pair: (key: Value, value: Value)) -> Scope {
    let inner = clause.keyName.map { scope.adding($0, pair.key) } ?? scope
    return inner.adding(clause.valueName, pair.value)
  }

  /// Whether an element is taken; nil where that is not known.
  private func includes(
    _ clause: Expression.ForClause, _ inner: Evaluator, _ marked: inout Bool, _ sources: inout [Reference]
  ) throws(Diagnostic) -> Bool? {
    guard let condition = clause.condition else { return true }
    let test = try inner.bool(try inner.value(condition), condition.place, "the condition of 'for'")
    marked = marked || test.isSensitive
    if test.bool == nil { sources += test.sources }
    return test.bool
  }

  func forTuple(
    _ clause: Expression.ForClause, _ body: Expression, _ place: Place
  ) throws(Diagnostic) -> Value {
    switch try iterate(clause, place) {
    case .unknown(let value): return value
    case .pairs(let pairs, var marked):
      var values: [Value] = []
      values.reserveCapacity(pairs.count)
      var sources: [Reference] = []
      var known = true
      for pair in pairs {
        let inner = with(scope(clause, pair))
        switch try includes(clause, inner, &marked, &sources) {
        case true: values.append(try inner.value(body))
        case nil: known = false
        default: break
        }
      }
      return (known ? Value(tuple: values) : .unknown(.any, sources)).marked(marked)
    }
  }

  func forObject(
    _ clause: Expression.ForClause, _ keyExpression: Expression, _ body: Expression, _ groups: Bool, _ place: Place
  ) throws(Diagnostic) -> Value {
    switch try iterate(clause, place) {
    case .unknown(let value): return value
    case .pairs(let pairs, var marked):
      var order: [String] = []
      var values: [String: [Value]] = [:]
      var sources: [Reference] = []
      var known = true
      for pair in pairs {
        let inner = with(scope(clause, pair))
        switch try includes(clause, inner, &marked, &sources) {
        case false: continue
        case nil:
          known = false
          continue
        default: break
        }
        let key = try self.key(try inner.value(keyExpression), keyExpression.place)
        marked = marked || key.isSensitive
        guard let text = key.string else {
          known = false
          sources += key.sources
          continue
        }
        let member = try inner.value(body)
        if values[text] == nil {
          order.append(text)
        } else if !groups {
          throw Diagnostic(
            .evaluation, "two elements have the key \"\(text)\"; write '...' after the value to group them",
            at: keyExpression.place)
        }
        values[text, default: []].append(member)
      }
      guard known else { return Value.unknown(.any, sources).marked(marked) }
      return Value(
        object: order.map { ($0, groups ? Value(tuple: values[$0] ?? []) : values[$0]?.first ?? .null(.any)) }
      )
      .marked(marked)
    }
  }

  // MARK: Templates

  func template(_ parts: [TemplatePart], _ place: Place) throws(Diagnostic) -> Value {
    var output = TemplateOutput()
    try write(parts, to: &output, place)
    return output.value
  }

  private func write(
    _ parts: [TemplatePart], to output: inout TemplateOutput, _ place: Place
  ) throws(Diagnostic) {
    for part in parts {
      switch part {
      case .text(let text): output.append(text)
      case .interpolation(let inner):
        let part = try value(inner)
        guard !part.isNull else {
          throw Diagnostic(
            .evaluation, "null cannot be part of a text; give a default with coalesce()", at: inner.place)
        }
        do {
          output.append(try part.converted(to: .string))
        } catch {
          throw Diagnostic(
            .evaluation, "a \(part.type.name) cannot be part of a text; use jsonencode() or join()", at: inner.place)
        }
      case .conditional(let condition, let then, let otherwise):
        let test = try bool(try value(condition), condition.place, "the condition of 'if'")
        output.isSensitive = output.isSensitive || test.isSensitive
        if let chosen = test.bool {
          try write(chosen ? then : otherwise, to: &output, place)
        } else {
          output.append(.unknown(.string, test.sources))
        }
      case .loop(let clause, let body):
        switch try iterate(clause, place) {
        case .unknown(let value): output.append(.unknown(.string, value.sources))
        case .pairs(let pairs, let marked):
          output.isSensitive = output.isSensitive || marked
          for pair in pairs { try with(scope(clause, pair)).write(body, to: &output, place) }
        }
      }
      guard output.size <= Budget.longest else {
        throw Diagnostic(.tooLarge, "this text is longer than \(Budget.longest) bytes", at: place)
      }
    }
  }
}
