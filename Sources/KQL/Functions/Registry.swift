// SPDX-License-Identifier: Apache-2.0
import JSON

/// Every function by name. `plumb kql functions` and docs are made from these entries.
package enum Functions {
  package static let scalar: [String: ScalarFunction] = table(
    [
      Functions.conditional, Functions.conversions, Functions.strings, Functions.dynamics, Functions.times,
      Functions.numbers, Functions.windows, Functions.encodings, Functions.arrays, Functions.networks,
      Functions.series, Functions.seriesShapes, Functions.seriesSignals, Functions.codecs, Functions.clocks,
      Functions.moreWindows, Functions.readers, Functions.geospatial, Functions.sketches, Functions.environment,
      Functions.userAgents,
    ].flatMap { $0 })
  package static let aggregates: [String: AggregateFunction] = {
    var table: [String: AggregateFunction] = [:]
    for function in Aggregates.all + Aggregates.more + Aggregates.sketches { table[function.name] = function }
    return table
  }()
  /// Operators are functions too; their names are no identifiers, so no query can call them by name.
  static let operators: [String: ScalarFunction] = table(
    Functions.logic + Functions.arithmetic + Functions.textOperators)

  private static func table(_ functions: [ScalarFunction]) -> [String: ScalarFunction] {
    var table: [String: ScalarFunction] = [:]
    for function in functions { table[function.name] = function }
    return table
  }

  /// Names that Kusto keeps for functions under another name.
  static let aliases: [String: String] = [
    "iif": "iff", "weekofyear": "week_of_year", "array_iif": "array_iff", "parseurl": "parse_url", "todouble": "toreal",
    "toguid": "toguid", "pack": "bag_pack", "pack_dictionary": "bag_pack",
    "extractjson": "extract_json", "extractall": "extract_all", "notempty": "isnotempty", "notnull": "isnotnull",
    "parsejson": "parse_json", "todynamic": "parse_json",
    "toobject": "parse_json", "tolongint": "tolong", "floor": "bin", "ceil": "ceiling", "strcat_arr": "strcat_array",
    "replace": "replace_regex", "base64_encodestring": "base64_encode_tostring",
    "base64_decodestring": "base64_decode_tostring", "toboolean": "tobool", "min_of": "min_of",
    "array_strcat": "strcat_array",
  ]

  static func find(_ name: String) -> ScalarFunction? { scalar[aliases[name] ?? name] }

  // MARK: Making functions

  /// A function of cells. It runs once per distinct text where one string column varies, once where none does.
  static func cells(
    _ name: String, _ signature: String, _ meaning: String, arity: ClosedRange<Int>, _ parameters: [ScalarType?],
    _ result: ScalarType, naming: ResultNaming = .numbered, fast: Fast? = nil,
    _ body: @escaping @Sendable ([Scalar]) throws -> Scalar
  ) -> ScalarFunction {
    typed(name, signature, meaning, arity: arity, parameters, naming: naming, { _ in result }, fast: fast, body)
  }

  /// A function of one time that gives the same for all times within a span of `unit` ticks, as far as the other
  /// arguments tell one.
  static func perUnit(
    _ name: String, _ signature: String, _ meaning: String, arity: ClosedRange<Int>, _ parameters: [ScalarType?],
    _ result: ScalarType, naming: ResultNaming = .numbered, unit: @escaping @Sendable ([Vector]) -> Int64?,
    _ body: @escaping @Sendable ([Scalar]) throws -> Scalar
  ) -> ScalarFunction {
    cells(
      name, signature, meaning, arity: arity, parameters, result, naming: naming,
      fast: { vectors, _, type in
        try unit(vectors).flatMap { unit in try TypedKernels.perUnit(vectors, unit, type, body) }
      }, body)
  }

  /// Cells from typed columns, to the same effect as the function's own definition; nil where there is no such way.
  typealias Fast = @Sendable ([Vector], Int, ScalarType) throws -> Vector?

  static func typed(
    _ name: String, _ signature: String, _ meaning: String, arity: ClosedRange<Int>, _ parameters: [ScalarType?],
    naming: ResultNaming = .numbered, _ result: @escaping @Sendable ([ArgumentInfo]) -> ScalarType?,
    fast: Fast? = nil, _ body: @escaping @Sendable ([Scalar]) throws -> Scalar
  ) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: signature, meaning: meaning, naming: naming, arity: arity, parameters: parameters,
      resultType: result
    ) { vectors, count, context in
      let infos = vectors.map { ArgumentInfo(type: $0.type, constant: $0.constant) }
      let type = result(infos) ?? .dynamic
      if let made = try fast?(vectors, count, type) { return made }
      return try run(vectors, count, type, body)
    }
  }

  static func run(
    _ vectors: [Vector], _ count: Int, _ type: ScalarType, _ body: ([Scalar]) throws -> Scalar
  ) throws -> Vector {
    let varying = vectors.indices.filter { !vectors[$0].isConstant }
    var cells = vectors.map { $0.isConstant ? $0.column[0] : .null($0.type) }
    var sizes = CellSizes()
    func convert(_ value: Scalar) throws -> Scalar {
      let value = value.type == type ? value : value.converted(to: type)
      try sizes.add(value)
      return value
    }
    if varying.isEmpty { return Vector(constant: try convert(body(cells))) }
    var checkpoint = Checkpoint(every: 256)
    if varying.count == 1, case .string(let strings) = vectors[varying[0]].column {
      return Vector(
        try Distinct.map(strings, to: type) { text in
          try checkpoint.step()
          cells[varying[0]] = .string(text)
          return try convert(body(cells))
        })
    }
    if varying.count == 1, case .dynamic(let values) = vectors[varying[0]].column, case .coded(let rows) = values.form {
      return Vector(
        try Distinct.map(rows, to: type) { value in
          try checkpoint.step()
          cells[varying[0]] = value
          return try convert(body(cells))
        })
    }
    var builder = ColumnBuilder(type)
    for row in 0..<count {
      try checkpoint.step()
      for index in varying { cells[index] = vectors[index].column[row] }
      builder.append(try convert(body(cells)))
    }
    return Vector(builder.finish())
  }
}
