// SPDX-License-Identifier: Apache-2.0
import JSON

/// Covariance, weighted percentiles, schemas and names kept for older queries.
extension Aggregates {
  private static func covariance(_ name: String, population: Bool) -> AggregateFunction {
    make(
      name, "\(name)(x, y)", "The covariance of two numbers\(population ? ", of a whole population" : "").",
      prefix: name + "_", arity: 2...2, [.real, .real], { _ in .real }
    ) { _ in
      fold(
        .real, (n: 0.0, x: 0.0, y: 0.0, sum: 0.0),
        { state, cells in
          guard let x = cells[0].double, let y = cells[1].double else { return }
          state.n += 1
          let delta = x - state.x
          state.x += delta / state.n
          state.y += (y - state.y) / state.n
          state.sum += delta * (y - state.y)
        }
      ) { state in
        let divisor = population ? state.n : state.n - 1
        return .real(divisor > 0 ? state.sum / divisor : 0)
      }
    }
  }

  /// Values of a group in ascending order with their weights, and where each percentile falls.
  private static func picks(_ cells: [(Scalar, Double)], _ percents: [Double]) -> [Scalar?] {
    let sorted = cells.sorted { Compare.order($0.0, $1.0) < 0 }
    let total = sorted.reduce(0) { $0 + $1.1 }
    return percents.map { percent in
      let goal = max(0, min(100, percent)) / 100 * total
      var sum = 0.0
      for (value, weight) in sorted {
        sum += weight
        if sum >= goal { return value }
      }
      return sorted.last?.0
    }
  }

  private static func percents(_ vectors: ArraySlice<Vector>) -> [Double] {
    vectors.flatMap { vector -> [Double] in
      guard let value = vector.constant else { return [] }
      return Functions.elements(value)?.compactMap(\.double) ?? [value.converted(to: .real).double].compactMap { $0 }
    }
  }

  private static func gather(_ arguments: [Vector], _ groups: [Int], _ count: Int, weighted: Bool) -> [[(
    Scalar, Double
  )]] {
    var cells = [[(Scalar, Double)]](repeating: [], count: count)
    for (row, group) in groups.enumerated() where !arguments[0].isNull(row) {
      let weight = weighted ? arguments[1][row].converted(to: .real).double ?? 0 : 1
      if weight > 0 { cells[group].append((arguments[0][row], weight)) }
    }
    return cells
  }

  private static func percentileArray(_ name: String, weighted: Bool) -> AggregateFunction {
    make(
      name, "\(name)(x, \(weighted ? "weight, " : "")p, ...)", "An array of the values below which p percent lie.",
      prefix: "percentiles_", arity: (weighted ? 3 : 2)...32, [nil], { _ in .dynamic }
    ) { _ in
      { arguments, groups, count in
        let wanted = percents(arguments.dropFirst(weighted ? 2 : 1))
        var builder = JSONBuilder()
        for cells in gather(arguments, groups, count, weighted: weighted) {
          builder.beginArray()
          if !cells.isEmpty { for value in picks(cells, wanted) { builder.append(value ?? .null(.dynamic)) } }
          builder.endArray()
        }
        return .dynamic(DynamicColumn(roots: builder.finish()))
      }
    }
  }

  private static let weightedPercentile = make(
    "percentilew", "percentilew(x, weight, p)",
    "The value below which p percent of the weight lies.", prefix: "percentilew_", arity: 3...3, [nil, nil, .real],
    { $0[0].type == .int ? .long : $0[0].type }
  ) { type in
    { arguments, groups, count in
      let wanted = percents(arguments.dropFirst(2))
      var builder = ColumnBuilder(type)
      for cells in gather(arguments, groups, count, weighted: true) {
        builder.append(picks(cells, wanted).first.flatMap { $0 }?.converted(to: type) ?? .null(type))
      }
      return builder.finish()
    }
  }

  private static let schema = make(
    "buildschema", "buildschema(value)",
    "The schema that all values fit: types by key, alternatives as arrays, elements of arrays under `indexer`.",
    prefix: "schema_",
    arity: 1...1, [.dynamic], { _ in .dynamic }
  ) { _ in
    fold(.dynamic, ValueSchema(), { state, cells in if case .dynamic(let value) = cells[0] { state.add(value) } }) {
      .dynamic($0.draft.document().root)
    }
  }

  private static func alias(_ name: String, _ base: AggregateFunction, prefix: String?) -> AggregateFunction {
    make(
      name, base.signature, base.meaning, prefix: prefix, arity: base.arity, base.parameters, base.resultType,
      base.kernel)
  }

  static let more: [AggregateFunction] = {
    let sample = covariance("covariance", population: false)
    let population = covariance("covariancep", population: true)
    var functions = [
      sample, population, conditional(sample, "covarianceif", prefix: "covarianceif_", at: 2),
      conditional(population, "covariancepif", prefix: "covariancepif_", at: 2),
      percentileArray("percentiles_array", weighted: false),
      percentileArray("percentilesw_array", weighted: true), weightedPercentile, schema,
    ]
    for function in all {
      switch function.name {
      case "stdevp": functions.append(conditional(function, "stdevpif", prefix: "stdevpif_"))
      case "variancep": functions.append(conditional(function, "variancepif", prefix: "variancepif_"))
      case "take_any": functions.append(conditional(function, "anyif", prefix: "anyif_"))
      case "make_bag": functions.append(alias("make_dictionary", function, prefix: "dictionary_"))
      case "count_distinct": functions.append(conditional(function, "count_distinctif", prefix: "count_distinctif_"))
      default: break
      }
    }
    return functions
  }()
}

/// What values of a dynamic column look like, merged.
private struct ValueSchema: Sendable {
  private var scalars: Set<String> = []
  private var members: [(key: String, schema: ValueSchema)]?
  private var items: [ValueSchema]?

  mutating func add(_ value: JSONValue) {
    switch value.kind {
    case .null: break
    case .bool: scalars.insert("bool")
    case .integer: scalars.insert("long")
    case .double, .number: scalars.insert("double")
    case .string: scalars.insert("string")
    case .array:
      var inner = items?.first ?? ValueSchema()
      for element in value.elements { inner.add(element) }
      items = [inner]
    case .object:
      var known = members ?? []
      for (key, member) in value.members {
        let name = key.string ?? ""
        if let index = known.firstIndex(where: { $0.key == name }) {
          known[index].schema.add(member)
        } else {
          var fresh = ValueSchema()
          fresh.add(member)
          known.append((name, fresh))
        }
      }
      members = known
    }
  }

  var draft: JSONDraft {
    var choices: [JSONDraft] = []
    if let members { choices.append(.object(members.map { ($0.key, $0.schema.draft) })) }
    if let inner = items?.first { choices.append(.object([("`indexer`", inner.draft)])) }
    choices += scalars.sorted().map(JSONDraft.string)
    return choices.count == 1 ? choices[0] : .array(choices)
  }
}
