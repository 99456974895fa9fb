// SPDX-License-Identifier: Apache-2.0

/// One template with the values of its parameters: resolves its functions, conditions and references.
///
/// What a template cannot tell before it is deployed is an unknown that says what would settle it. A reference to a
/// resource of the template is known: it stands for that resource whatever its id will be, so it becomes a text that is
/// the same wherever the resource is named.
final class Stack {
  static let depthLimit = 100
  /// Values that `Fn::ForEach` and nested lists may make, so that a small template cannot fill the memory.
  static let valueLimit = 2_000_000

  let template: Template
  let context: StackContext
  let identities: ResourceIdentities
  /// Outputs of nested stacks, by logical id of the stack.
  var nested: [String: [String: CodeNode]] = [:]
  private var parameters: [String: CodeNode] = [:]
  private var states: [String: ConditionState] = [:]
  private var bindings: [(name: String, node: CodeNode)] = []
  private(set) var values = 0
  /// Resources whose names are being found.
  var naming: Set<String> = []
  let types: [String: String]

  enum ConditionState {
    case evaluating
    case known(Bool)
    case unknown(CodeUnknown)
  }

  init(_ template: Template, _ context: StackContext, _ identities: ResourceIdentities, given: [String: CodeNode]) {
    self.template = template
    self.context = context
    self.identities = identities
    var types: [String: String] = [:]
    for member in template.resources { types[member.key] = member.node["Type"]?.string }
    self.types = types
    for member in template.parameters {
      parameters[member.key] = Self.parameter(member, given: given[member.key])
    }
  }

  /// The value of a parameter: what was given, else its default, as the type says.
  private static func parameter(_ member: CodeMember, given: CodeNode?) -> CodeNode {
    let type = member.node["Type"]?.scalar ?? "String"
    guard let node = given ?? member.node["Default"] else {
      let unknown = CodeUnknown("the parameter '\(member.key)' has no value", decider: "parameter \(member.key)")
      return CodeNode(.unknown(unknown), at: member.place)
    }
    if type.hasPrefix("AWS::SSM::Parameter::Value") {
      let unknown = CodeUnknown(
        "the parameter '\(member.key)' is read from the parameter store", decider: "parameter \(member.key)")
      return CodeNode(.unknown(unknown), at: node.place)
    }
    guard type == "CommaDelimitedList" || type.hasPrefix("List<"), let text = node.scalar else { return node }
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      let text = String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      return CodeNode(type == "List<Number>" ? .number(text) : .string(text), at: node.place)
    }
    return CodeNode(.list(text.isEmpty ? [] : items), at: node.place)
  }

  // MARK: Conditions

  /// Whether a condition of the template holds.
  func condition(_ name: String, at place: CodePlace) -> ConditionState {
    switch states[name] {
    case .evaluating: return .unknown(CodeUnknown("the condition '\(name)' refers to itself"))
    case let state?: return state
    case nil: break
    }
    guard let member = template.conditions.first(where: { $0.key == name }) else {
      return .unknown(CodeUnknown("there is no condition '\(name)'"))
    }
    states[name] = .evaluating
    let state = truth(member.node, depth: 0)
    states[name] = state
    return state
  }

  private func truth(_ node: CodeNode, depth: Int) -> ConditionState {
    guard depth < Self.depthLimit else { return .unknown(CodeUnknown("conditions are nested too deep")) }
    if node.members.count == 1, let member = node.members.first {
      let list = member.node.elements
      switch member.key {
      case "Condition": return condition(member.node.string ?? "", at: node.place)
      case "Fn::Not": return list.first.map { Self.negated(truth($0, depth: depth + 1)) } ?? .known(false)
      case "Fn::And", "Fn::Or":
        // One that decides is enough, whatever the others are.
        let decisive = member.key == "Fn::Or"
        var unknown: CodeUnknown?
        for element in list {
          switch truth(element, depth: depth + 1) {
          case .known(decisive): return .known(decisive)
          case .unknown(let reason): unknown = unknown ?? reason
          default: break
          }
        }
        return unknown.map(ConditionState.unknown) ?? .known(!decisive)
      case "Fn::Equals":
        guard list.count == 2 else { return .unknown(CodeUnknown("Fn::Equals needs two values")) }
        let (left, right) = (resolve(list[0], depth + 1), resolve(list[1], depth + 1))
        if let unknown = left?.unknown ?? right?.unknown { return .unknown(unknown) }
        guard let left, let right else { return .known(left == nil && right == nil) }
        if let left = left.scalar, let right = right.scalar { return .known(left == right) }
        return .known(left.isSame(as: right))
      case "Fn::Contains":
        guard list.count == 2, let items = resolve(list[0], depth + 1), let wanted = resolve(list[1], depth + 1) else {
          return .unknown(CodeUnknown("Fn::Contains needs a list and a value"))
        }
        if let unknown = items.unknown ?? wanted.unknown { return .unknown(unknown) }
        return .known(items.elements.contains { $0.scalar == wanted.scalar })
      default: break
      }
    }
    switch resolve(node, depth + 1)?.value {
    case .bool(let flag): return .known(flag)
    case .string(let text): return .known(text == "true")
    case .unknown(let unknown): return .unknown(unknown)
    default: return .unknown(CodeUnknown("the condition is neither true nor false"))
    }
  }

  private static func negated(_ state: ConditionState) -> ConditionState {
    if case .known(let flag) = state { .known(!flag) } else { state }
  }

  // MARK: Values

  /// The value of a node; nil where it is `AWS::NoValue`, which takes the property away.
  func resolve(_ node: CodeNode, _ depth: Int = 0) -> CodeNode? {
    values += 1
    guard depth < Self.depthLimit, values < Self.valueLimit else {
      return CodeNode(.unknown(CodeUnknown("the template is nested too deep or too large")), at: node.place)
    }
    switch node.value {
    case .list(let elements):
      return CodeNode(.list(elements.compactMap { resolve($0, depth + 1) }), at: node.place)
    case .map(let members):
      if members.count == 1, let member = members.first, Self.isFunction(member.key) {
        return call(member.key, member.node, at: node.place, depth + 1)
      }
      var resolved: [CodeMember] = []
      resolved.reserveCapacity(members.count)
      for member in members {
        if member.key.hasPrefix("Fn::ForEach::") {
          resolved += loop(member, depth + 1) { [$0] }
        } else if let value = resolve(member.node, depth + 1) {
          resolved.append(CodeMember(member.key, value, at: member.place))
        }
      }
      return CodeNode(.map(resolved), at: node.place)
    case .string(let text) where text.contains("{{resolve:"):
      return unknown("'{{resolve:…}}' is read when the stack is deployed", at: node.place)
    default: return node
    }
  }

  private static func isFunction(_ key: String) -> Bool {
    key == "Ref" || key.hasPrefix("Fn::") && !key.hasPrefix("Fn::ForEach::")
  }

  func unknown(_ reason: String, decider: String? = nil, at place: CodePlace) -> CodeNode {
    CodeNode(.unknown(CodeUnknown(reason, decider: decider)), at: place)
  }

  /// What `Ref` of a name means here.
  func reference(_ name: String, at place: CodePlace) -> CodeNode? {
    if let bound = bindings.last(where: { $0.name == name }) { return bound.node }
    if name.hasPrefix("AWS::") { return pseudo(name, at: place) }
    if let parameter = parameters[name] { return CodeNode(parameter.value, at: place) }
    guard let type = types[name] else { return unknown("there is nothing named '\(name)'", at: place) }
    let known = self.name(of: name)
    switch identities[type]?.reference ?? .name {
    case .name: return CodeNode(.string(known), at: place)
    case .arn: return CodeNode(.string(identities.arn(known, type: type, context)), at: place)
    case .url:
      let url = "https://sqs.\(context.region).amazonaws.com/\(context.account)/\(known)"
      return CodeNode(.string(url), at: place)
    }
  }

  private func pseudo(_ name: String, at place: CodePlace) -> CodeNode? {
    switch name {
    case "AWS::NoValue": nil
    case "AWS::Region": CodeNode(.string(context.region), at: place)
    case "AWS::AccountId": CodeNode(.string(context.account), at: place)
    case "AWS::Partition": CodeNode(.string("aws"), at: place)
    case "AWS::URLSuffix": CodeNode(.string("amazonaws.com"), at: place)
    case "AWS::StackName": CodeNode(.string(context.stack), at: place)
    case "AWS::StackId":
      CodeNode(
        .string("arn:aws:cloudformation:\(context.region):\(context.account):stack/\(context.stack)/0"), at: place)
    case "AWS::NotificationARNs": CodeNode(.list([]), at: place)
    default: unknown("there is no pseudo parameter '\(name)'", at: place)
    }
  }

  /// Runs `body` for each turn of a loop `Fn::ForEach::NAME: [variable, collection, {key: value}]`; keys may hold
  /// `${variable}` or `&{variable}`, which leaves out what is no letter or digit.
  func loop(_ member: CodeMember, _ depth: Int, _ body: (CodeMember) -> [CodeMember]) -> [CodeMember] {
    let parts = member.node.elements
    guard depth < Self.depthLimit, parts.count == 3, let variable = parts[0].string,
      let collection = resolve(parts[1], depth), case .list(let items) = collection.value
    else { return [] }
    var made: [CodeMember] = []
    for item in items {
      guard let text = item.scalar else { continue }
      bindings.append((variable, item))
      defer { bindings.removeLast() }
      let plain = String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
      for template in parts[2].members {
        if template.key.hasPrefix("Fn::ForEach::") {
          made += loop(template, depth + 1, body)
          continue
        }
        let key = template.key.replacing("${\(variable)}", with: text).replacing("&{\(variable)}", with: plain)
        guard let value = resolve(template.node, depth + 1) else { continue }
        made += body(CodeMember(key, value, at: template.place))
        guard values < Self.valueLimit else { return made }
      }
    }
    return made
  }
}

/// What a stack is deployed as.
struct StackContext: Sendable {
  /// Not a real account: policies that name the own account name this one.
  var account = "000000000000"
  var region = "us-east-1"
  var stack: String
}
