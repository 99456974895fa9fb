// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KQL

/// Aggregates that keep a state per group give what their kernels give over all rows at once.
struct AccumulatorTests {
  static let names = [
    "count", "countif", "sum", "sumif", "avg", "avgif", "min", "minif", "max", "maxif", "stdev", "stdevif", "variance",
    "variancep", "dcount", "dcountif", "make_set", "make_set_if", "make_list", "make_list_if", "make_list_with_nulls",
    "take_any", "take_anyif", "arg_max", "arg_min",
    "percentile",
  ]
  static let types: [ScalarType] = [.int, .long, .real, .datetime, .timespan, .string, .guid, .bool]

  @Test(arguments: names, types)
  func `states put together give what the kernel gives`(_ name: String, _ type: ScalarType) throws {
    let function = try #require(Functions.aggregates[name])
    var dice = FuzzTests.Dice(state: 7)
    let rows = 500
    let (values, flags, others) = (
      Self.column(type, rows, &dice), Self.column(.bool, rows, &dice), Self.column(.string, rows, &dice)
    )
    var arguments: [Vector]
    switch name {
    case "count": arguments = []
    case "countif": arguments = [Vector(flags)]
    case "arg_max", "arg_min": arguments = [Vector(values), Vector(others)]
    case "percentile": arguments = [Vector(values), Vector(constant: .real(30))]
    case _ where name.hasSuffix("if"): arguments = [Vector(values), Vector(flags)]
    default: arguments = [Vector(values)]
    }
    for (index, parameter) in function.parameters.enumerated() where index < arguments.count {
      if let parameter { arguments[index] = Convert.vector(arguments[index], to: parameter) }
    }
    let infos = arguments.map { ArgumentInfo(type: $0.type, constant: $0.constant) }
    guard let result = function.resultType(infos) else { return }
    let columns = arguments.enumerated().map { index, argument -> Expression in
      argument.constant.map(Expression.literal) ?? .column(index, argument.type)
    }
    let aggregate = BoundAggregate(function: function, arguments: columns, type: result)
    // Groups appear one after another; the second half knows them by other numbers.
    let groups = (0..<rows).map { row in min(dice.roll(9), row) }
    let map: [UInt32] = [4, 7, 1, 0, 8, 2, 3, 6, 5]
    let states = [0..<200, 200..<rows].map { range -> any Accumulator in
      let state = Accumulators.states([aggregate])[0].accumulator
      let part = arguments.map { $0.isConstant ? $0 : Vector($0.column.gather(Array(range))) }
      let ids = groups[range].map { UInt32(range.lowerBound == 0 ? $0 : map.firstIndex(of: UInt32($0)) ?? 0) }
      #expect(throws: Never.self) { try state.update(part, ids, total: 9) }
      return state
    }
    try states[0].merge(states[1], map, total: 9)
    let found = try states[0].finish(total: 9)[0]
    let expected = try function.kernel(result)(arguments, groups, 9)
    for group in 0..<9 {
      let (a, b) = (found[group], expected[group])
      if let x = a.double, let y = b.double, name.contains("stdev") || name.contains("varia") {
        #expect(abs(x - y) <= abs(y) * 1e-12)
      } else {
        #expect(a.text == b.text && a.isNull == b.isNull, "\(name) of \(type.rawValue): \(a) for \(b)")
      }
    }
  }

  private static func column(_ type: ScalarType, _ rows: Int, _ dice: inout FuzzTests.Dice) -> Column {
    var builder = ColumnBuilder(type)
    for _ in 0..<rows {
      let number = Int64(dice.roll(60) - 30)
      switch dice.roll(6) == 0 ? ScalarType.dynamic : type {
      case .int: builder.append(.int(Int32(number)))
      case .long: builder.append(.long(number))
      case .real: builder.append(.real(Double(number) / 4))
      case .datetime: builder.append(.datetime(number + 100))
      case .timespan: builder.append(.timespan(number))
      case .bool: builder.append(.bool(number > 0))
      case .guid: builder.append(.guid("74be27de-1e4e-49d9-b579-0000000000\(abs(number) + 10)"))
      case .string:
        builder.append(.string(["", "a", "ab", "b", "é", "long enough to differ late: \(number)"][dice.roll(6)]))
      default: builder.append(.null(type))
      }
    }
    return builder.finish()
  }
}
