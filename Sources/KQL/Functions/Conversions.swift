// SPDX-License-Identifier: Apache-2.0
import JSON

extension Functions {
  static let conversions: [ScalarFunction] =
    [
      ("tostring", ScalarType.string), ("tobool", .bool), ("toint", .int), ("tolong", .long), ("toreal", .real),
      ("todecimal", .decimal), ("todatetime", .datetime), ("totimespan", .timespan), ("toguid", .guid),
    ].map { name, type in
      ScalarFunction(
        name: name, signature: "\(name)(value)", meaning: "The value as \(type.rawValue), or null where it is none.",
        naming: .argument, arity: 1...1, parameters: [nil], resultType: { _ in type }
      ) { vectors, _, _ in Convert.vector(vectors[0], to: type) }
    } + [
      typed(
        "parse_json", "parse_json(text)", "The JSON value of a text; other text is a dynamic string.", arity: 1...1,
        [nil], naming: .argument, { _ in .dynamic },
        fast: { vectors, _, _ in
          guard case .string(let strings) = vectors[0].column, !vectors[0].isConstant else {
            return vectors[0].type == .dynamic ? vectors[0] : nil
          }
          return Vector(try ParsedTexts.column(strings))
        }
      ) { values in
        guard case .string(let text) = values[0] else { return values[0].converted(to: .dynamic) }
        return ParsedTexts.value(text)
      },
      cells(
        "gettype", "gettype(value)", "The name of the value's type at run time.", arity: 1...1, [nil], .string,
        naming: .prefixed("type_")
      ) { values in
        guard case .dynamic(let value) = values[0] else {
          return .string(values[0].isNull ? "null" : values[0].type.rawValue)
        }
        switch value.kind {
        case .null: return .string("null")
        case .bool: return .string("bool")
        case .integer: return .string("long")
        case .double, .number: return .string("double")
        case .string: return .string("string")
        case .array: return .string("array")
        case .object: return .string("dictionary")
        }
      },
    ]

  /// The common type of alternatives, as iff, case and coalesce give.
  static func unify(_ types: [ScalarType]) -> ScalarType? {
    var result: ScalarType?
    for type in types {
      guard let known = result else {
        result = type
        continue
      }
      if known == type { continue }
      if known.isNumeric && type.isNumeric {
        result = known == .real || type == .real ? .real : .long
      } else if known == .dynamic || type == .dynamic {
        result = .dynamic
      } else {
        return nil
      }
    }
    return result
  }

  static let conditional: [ScalarFunction] = [
    typed(
      "iff", "iff(predicate, then, else)", "One of two values; a null predicate counts as false.", arity: 3...3,
      [.bool, nil, nil], { unify($0.dropFirst().map(\.type)) },
      fast: { TypedKernels.choice([$0[0]], Array($0.dropFirst()), $1, $2) }
    ) { values in if case .bool(true) = values[0] { values[1] } else { values[2] } },
    typed(
      "case", "case(predicate, then, ..., else)", "The value of the first predicate that holds.", arity: 3...65, [nil],
      { infos in
        guard infos.count % 2 == 1 else { return nil }
        return unify(infos.indices.filter { $0 % 2 == 1 || $0 == infos.count - 1 }.map { infos[$0].type })
      },
      fast: { vectors, count, type in
        let last = vectors.count - 1
        let conditions = stride(from: 0, to: last, by: 2).map { vectors[$0] }
        let values = vectors.indices.filter { $0 % 2 == 1 || $0 == last }.map { vectors[$0] }
        return TypedKernels.choice(conditions, values, count, type)
      }
    ) { values in
      for index in stride(from: 0, to: values.count - 1, by: 2) {
        if case .bool(true) = values[index].converted(to: .bool) { return values[index + 1] }
      }
      return values[values.count - 1]
    },
    typed(
      "coalesce", "coalesce(a, b, ...)", "The first value that is not null (not empty, for strings).", arity: 1...64,
      [nil],
      { unify($0.map(\.type)) }
    ) { values in values.first { !$0.isNull && !($0.type == .string && $0.text.isEmpty) } ?? values[values.count - 1] },
    cells(
      "not", "not(value)", "The opposite; null stays null.", arity: 1...1, [.bool], .bool,
      fast: { vectors, _, _ in TypedKernels.not(vectors) }
    ) {
      if case .bool(let value) = $0[0] { .bool(!value) } else { .null(.bool) }
    },
    cells("isnan", "isnan(x)", "Whether x is not a number.", arity: 1...1, [.real], .bool) {
      .bool($0[0].double?.isNaN ?? false)
    },
    cells("isinf", "isinf(x)", "Whether x is infinite.", arity: 1...1, [.real], .bool) {
      .bool($0[0].double?.isInfinite ?? false)
    },
    cells("isfinite", "isfinite(x)", "Whether x is finite.", arity: 1...1, [.real], .bool) {
      .bool($0[0].double?.isFinite ?? false)
    },
  ]
}
