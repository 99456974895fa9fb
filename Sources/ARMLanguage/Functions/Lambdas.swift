// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Functions that take a function: `map(array, lambda('x', ...))`.
  static let lambdas: [ARMFunction] = [
    ARMFunction("lambdaVariables", 1...1, .lazy(lambdaVariables)),
    ARMFunction("map", 2...2, .lazy(map)),
    ARMFunction("filter", 2...2, .lazy(filter)),
    ARMFunction("reduce", 3...3, .lazy(reduce)),
    ARMFunction("sort", 2...2, .lazy(sort)),
    ARMFunction("toObject", 2...3, .lazy(toObject)),
    ARMFunction("groupBy", 2...2, .lazy(groupBy)),
    ARMFunction("mapValues", 2...2, .lazy(mapValues)),
  ]

  private typealias Lambda = (names: [String], body: ARMExpression.Node)

  private static func lambda(_ node: ARMExpression.Node, _ counts: ClosedRange<Int>, at: Int) throws(ARMError) -> Lambda
  {
    guard case .lambda(let names, let body) = node, counts.contains(names.count) else {
      let wanted = counts.lowerBound == counts.upperBound ? "\(counts.lowerBound)" : "1 or 2"
      throw ARMError(.wrongArguments, at: at, "expected a lambda() of \(wanted) variables")
    }
    return (names, body)
  }

  private enum Input {
    case elements([ARMValue])
    case unknown(ARMValue)
  }

  private static func input(
    _ run: inout ARMEvaluation, _ node: ARMExpression.Node, at: Int
  ) throws(ARMError) -> Input {
    let value = try run.value(node)
    if value.reason != nil { return .unknown(value) }
    guard let elements = value.elements else {
      throw ARMError(.wrongArguments, at: at, "expected an array, not \(value.kindName)")
    }
    return .elements(elements)
  }

  private static func lambdaVariables(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    guard let name = try run.value(nodes[0]).string, let value = run.variable(name.lowercased()) else {
      throw ARMError(.failed, at: at, "lambdaVariables() names a variable that no lambda() around it has")
    }
    return value
  }

  private static func map(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let body = try lambda(nodes[1], 1...2, at: at)
    guard case .elements(let elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var result: [ARMValue] = []
    for (index, element) in elements.enumerated() {
      result.append(try run.apply(body, [element, .int(Int64(index))], at: at))
    }
    return .array(result)
  }

  private static func filter(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let body = try lambda(nodes[1], 1...2, at: at)
    guard case .elements(let elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var result: [ARMValue] = []
    for (index, element) in elements.enumerated() {
      let verdict = try run.apply(body, [element, .int(Int64(index))], at: at)
      if verdict.reason != nil { return verdict }
      guard let keeps = verdict.bool else {
        throw ARMError(.failed, at: at, "filter(): the lambda gives \(verdict.kindName), not a bool")
      }
      if keeps { result.append(element) }
    }
    return .array(result)
  }

  private static func reduce(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let body = try lambda(nodes[2], 2...3, at: at)
    guard case .elements(let elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var value = try run.value(nodes[1])
    for (index, element) in elements.enumerated() {
      value = try run.apply(body, [value, element, .int(Int64(index))], at: at)
    }
    return value
  }

  /// A stable merge sort: the order that the lambda gives may contradict itself.
  private static func sort(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let body = try lambda(nodes[1], 2...2, at: at)
    guard case .elements(var elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var width = 1
    while width < elements.count {
      var merged: [ARMValue] = []
      merged.reserveCapacity(elements.count)
      for start in stride(from: 0, to: elements.count, by: width * 2) {
        let (middle, end) = (min(start + width, elements.count), min(start + width * 2, elements.count))
        var (left, right) = (start, middle)
        while left < middle, right < end {
          // The lambda says whether its first stands before its second.
          let verdict = try run.apply(body, [elements[right], elements[left]], at: at)
          if verdict.reason != nil { return verdict }
          guard let isLess = verdict.bool else {
            throw ARMError(.failed, at: at, "sort(): the lambda gives \(verdict.kindName), not a bool")
          }
          if isLess {
            merged.append(elements[right])
            right += 1
          } else {
            merged.append(elements[left])
            left += 1
          }
        }
        merged += elements[left..<middle]
        merged += elements[right..<end]
      }
      elements = merged
      width *= 2
    }
    return .array(elements)
  }

  private static func toObject(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let naming = try lambda(nodes[1], 1...1, at: at)
    let valuing = nodes.count > 2 ? try lambda(nodes[2], 1...1, at: at) : nil
    guard case .elements(let elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var members: [ARMValue.Member] = []
    for element in elements {
      let key = try run.apply(naming, [element], at: at)
      if key.reason != nil { return key }
      guard let name = key.string else {
        throw ARMError(.failed, at: at, "toObject(): the name is \(key.kindName), not a string")
      }
      var value = element
      if let valuing { value = try run.apply(valuing, [element], at: at) }
      put(name, value, into: &members)
    }
    return .object(members)
  }

  private static func groupBy(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let naming = try lambda(nodes[1], 1...1, at: at)
    guard case .elements(let elements) = try input(&run, nodes[0], at: at) else { return try run.value(nodes[0]) }
    var names: [String] = []
    var groups: [String: [ARMValue]] = [:]
    for element in elements {
      let key = try run.apply(naming, [element], at: at)
      if key.reason != nil { return key }
      guard let name = key.string else {
        throw ARMError(.failed, at: at, "groupBy(): the key is \(key.kindName), not a string")
      }
      if groups[name] == nil { names.append(name) }
      groups[name, default: []].append(element)
    }
    return .object(names.map { .init($0, .array(groups[$0] ?? [])) })
  }

  private static func mapValues(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let body = try lambda(nodes[1], 1...1, at: at)
    let value = try run.value(nodes[0])
    if value.reason != nil { return value }
    guard let members = value.members else {
      throw ARMError(.wrongArguments, at: at, "expected an object, not \(value.kindName)")
    }
    var result: [ARMValue.Member] = []
    for member in members { result.append(.init(member.name, try run.apply(body, [member.value], at: at))) }
    return .object(result)
  }
}
