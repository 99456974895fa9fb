// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import Content
internal import JSON

/// Values of the parameters of a definition or an initiative: what is given, else the default.
struct PolicyParameters: Sendable {
  /// In the order of the declarations.
  private(set) var values: [(name: String, value: ARMValue)] = []

  /// Something that keeps the values from being used.
  struct Fault {
    let name: String
    let message: String
    /// Whether only a value that is not needed is at fault.
    let isWarning: Bool
  }

  init() {}

  /// Binds given values to declarations.
  ///
  /// - Parameter declared: `{"name": {"type": …, "allowedValues": …, "defaultValue": …}}`.
  init(_ declared: JSONValue?, given: [(name: String, value: ARMValue)], faults: inout [Fault]) {
    var parameters: [PolicyParameter] = []
    do throws(PolicyError) {
      parameters = try PolicyParameter.read(declared, file: "")
    } catch {
      faults.append(Fault(name: "", message: error.problem.message, isWarning: false))
    }
    for parameter in parameters {
      let name = parameter.name
      if let found = given.first(where: { ARMText.equal($0.name, name) }) {
        if found.value.isKnown, let wrong = parameter.fault(of: found.value.json) {
          let near = Self.hint(found.value.string, parameter.allowedValues.compactMap(\.string))
          faults.append(Fault(name: name, message: wrong + near, isWarning: false))
        }
        values.append((name, found.value))
      } else if let standard = parameter.defaultValue {
        values.append((name, ARMValue(standard)))
      } else {
        faults.append(
          Fault(name: name, message: "parameter '\(name)' has no value and no default", isWarning: false))
      }
    }
    let names = parameters.map(\.name)
    for (name, _) in given where !names.contains(where: { ARMText.equal($0, name) }) {
      let near = Self.hint(name, names)
      let known = names.isEmpty ? "; there are none" : "; there are \(names.joined(separator: ", "))"
      faults.append(
        Fault(name: name, message: "there is no parameter '\(name)'\(near.isEmpty ? known : near)", isWarning: true))
    }
  }

  private static func hint(_ text: String?, _ names: [String]) -> String {
    text.flatMap { Spelling.nearest(to: $0, in: names) }.map { "; did you mean '\($0)'?" } ?? ""
  }

  subscript(_ name: String) -> ARMValue? { values.first { ARMText.equal($0.name, name) }?.value }

  /// The values as an object.
  var json: JSONValue {
    ARMValue.object(values.map { ARMValue.Member($0.name, $0.value) }).json
  }

  /// In the shape in which Azure shows them: `{"name": {"value": …}}`.
  var wrapped: String {
    ARMValue.object(values.map { ARMValue.Member($0.name, .object([ARMValue.Member("value", $0.value)])) }).json.text
  }

  /// The values that an assignment or a member gives: `{"name": {"value": …}}`, or the values themselves.
  ///
  /// - Parameter above: parameters that expressions in the values may name; nil where values are taken as they are.
  static func given(
    _ parameters: JSONValue?, above: PolicyParameters?, faults: inout [Fault]
  ) -> [(name: String, value: ARMValue)] {
    parameters?.members.map { key, entry in
      let name = key.string ?? ""
      let value = entry.kind == .object ? entry.member(ignoringCase: "value") ?? entry : entry
      guard let above else { return (name, ARMValue(value)) }
      do throws(ARMError) {
        return (name, try above.resolved(value, depth: 0))
      } catch {
        faults.append(Fault(name: name, message: "parameter '\(name)': \(error.message)", isWarning: false))
        return (name, .unknown(error.message))
      }
    } ?? []
  }

  /// A value in which texts may be expressions over the parameters.
  func resolved(_ value: JSONValue, depth: Int) throws(ARMError) -> ARMValue {
    guard depth < 64 else { throw ARMError(.tooLarge, at: 0, "the value is nested too deeply") }
    switch value.kind {
    case .string:
      let text = value.string ?? ""
      guard ARMExpression.isExpression(text) else { return .string(ARMExpression.literal(text)) }
      let expression = try ARMExpression(parsing: text, outer: ["parameters"])
      var evaluation = ARMEvaluation(in: Scope(parameters: self))
      return try evaluation.value(expression)
    case .array where value.withAnyExpression:
      var list: [ARMValue] = []
      for element in value.elements { list.append(try resolved(element, depth: depth + 1)) }
      return .array(list)
    case .object where value.withAnyExpression:
      var members: [ARMValue.Member] = []
      for (key, member) in value.members {
        members.append(ARMValue.Member(key.string ?? "", try resolved(member, depth: depth + 1)))
      }
      return .object(members)
    default: return ARMValue(value)
    }
  }

  private struct Scope: ARMEnvironment {
    let parameters: PolicyParameters
    var now: Double? { nil }

    func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
      guard name == "parameters", arguments.count == 1, let parameter = arguments[0].string else {
        throw ARMError(.wrongArguments, at: offset, "parameters() takes the name of one")
      }
      if let value = parameters[parameter] { return value }
      let hint = Spelling.nearest(to: parameter, in: parameters.values.map(\.name)).map { "; did you mean '\($0)'?" }
      throw ARMError(.failed, at: offset, "the initiative has no parameter '\(parameter)'\(hint ?? "")")
    }
  }
}

extension JSONValue {
  /// Whether a text somewhere in it may be an expression.
  fileprivate var withAnyExpression: Bool {
    switch kind {
    case .string: withUTF8 { $0.first == 0x5B } ?? false
    case .array: elements.contains(where: \.withAnyExpression)
    case .object: members.contains { $0.value.withAnyExpression }
    default: false
    }
  }
}
