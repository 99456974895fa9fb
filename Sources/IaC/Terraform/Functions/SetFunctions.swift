// SPDX-License-Identifier: Apache-2.0

enum SetFunctions {
  static let all: [String: Function] = [
    "setintersection": operation { first, rest in
      first.filter { element in rest.allSatisfy { contains($0, element) } }
    },
    "setunion": operation { first, rest in first + rest.flatMap { $0 } },
    "setsubtract": Function(.whole, .whole, returns: .set(.any)) { args, _ throws(FunctionFailure) in
      let (sets, type) = try unified(args)
      return .set(sets[0].filter { !contains(sets[1], $0) }, of: type)
    },
    "setproduct": Function(rest: .open, returns: .any) { args, _ throws(FunctionFailure) in
      guard args.count >= 2 else { throw FunctionFailure("needs at least two sets or lists") }
      var lists: [[Value]] = []
      var types: [ValueType] = []
      var size = 1
      for arg in args {
        guard let elements = arg.elements else { throw FunctionFailure("all arguments must be sets or lists") }
        if case .tuple = arg.content {
          let (converted, type) = try CollectionFunctions.list(arg)
          lists.append(converted)
          types.append(type)
        } else {
          lists.append(elements)
          switch arg.content {
          case .list(_, let type), .set(_, let type): types.append(type)
          default: types.append(.any)
          }
        }
        size = size.multipliedReportingOverflow(by: elements.count).overflow ? .max : size * elements.count
      }
      guard size.multipliedReportingOverflow(by: lists.count).overflow == false, size * lists.count < 2_000_000 else {
        throw FunctionFailure("more than 2000000 values would be made", code: .tooLarge)
      }
      var product: [[Value]] = [[]]
      for list in lists { product = product.flatMap { prefix in list.map { prefix + [$0] } } }
      let marked = args.contains(where: \.isSensitive)
      let rows = size == 0 ? [] : product.map { Value(tuple: $0) }
      let isSet = args.allSatisfy { if case .set = $0.content { true } else { false } }
      return (isSet ? Value.set(rows, of: .tuple(types)) : Value(.list(rows, of: .tuple(types)))).marked(marked)
    },
  ]

  private static func operation(_ body: @escaping @Sendable ([Value], [[Value]]) -> [Value]) -> Function {
    Function(rest: .whole, returns: .set(.any)) { args, _ throws(FunctionFailure) in
      guard !args.isEmpty else { throw FunctionFailure("needs at least one set") }
      let (sets, type) = try unified(args)
      return .set(body(sets[0], Array(sets.dropFirst())), of: type)
    }
  }

  /// The elements of all sets, converted to one type.
  private static func unified(_ args: [Value]) throws(FunctionFailure) -> ([[Value]], ValueType) {
    var sets: [[Value]] = []
    var types: [ValueType] = []
    for arg in args {
      guard case .set(let elements, let type) = try CollectionFunctions.convert(arg, .set(.any)).content else {
        throw FunctionFailure("all arguments must be sets")
      }
      sets.append(elements)
      types.append(elements.isEmpty ? .any : type)
    }
    guard let type = ValueType.unified(types) else { throw FunctionFailure("the sets must have elements of one type") }
    var converted: [[Value]] = []
    for set in sets {
      var elements: [Value] = []
      for element in set { elements.append(try CollectionFunctions.convert(element, type)) }
      converted.append(elements)
    }
    return (converted, type)
  }

  private static func contains(_ elements: [Value], _ wanted: Value) -> Bool {
    elements.contains { $0.equals(wanted) == true }
  }
}
