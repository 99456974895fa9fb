// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import Crypto

/// What the expressions of one template see: its parameters, variables, functions and the deployments in it.
///
/// Where a deployment will go is not known when code is read; it gets a made-up subscription and group, so that ids agree.
/// What the cloud alone knows (`reference()`, keys, the group's location) is unknown with its reason.
final class ARMScope: ARMEnvironment {
  static let subscription = "00000000-0000-0000-0000-000000000000"
  static let group = "code"
  static let functions: Set<String> = [
    "parameters", "variables", "copyindex", "resourcegroup", "subscription", "deployment", "reference", "references",
    "environment", "tenant", "managementgroup", "providers", "pickzones", "uniquestring", "toLogicalZone", "deployer",
    "listkeys", "list*", "*.*",
  ]
  /// Variables within variables, functions within functions.
  static let depthLimit = 60

  let name: String
  private let template: CodeNode
  private let given: [String: CodeNode]
  private var parameters: [String: ARMValue] = [:]
  private var variables: [String: ARMValue] = [:]
  private var open: Set<String> = []
  /// Turns of the loops that are under way, innermost last.
  var loops: [(name: String, index: Int)] = []
  private var arguments: [(name: String, value: ARMValue)]?
  private var depth = 0
  /// Outputs of a deployment of this template, by its name or symbol; nil where there is none.
  var outputs: (String) -> CodeNode? = { _ in nil }
  let isSymbolic: Bool

  init(_ template: CodeNode, name: String, given: [String: CodeNode]) {
    self.template = template
    self.name = name
    self.given = given
    if case .map = template["resources"]?.value { isSymbolic = true } else { isSymbolic = false }
  }

  var now: Double? { nil }

  // MARK: Values

  /// The value of a node: expressions are evaluated, loops of properties run.
  func resolve(_ node: CodeNode, depth: Int = 0) -> CodeNode {
    guard depth < 120 else { return CodeNode(.unknown(CodeUnknown("the template is nested too deep")), at: node.place) }
    switch node.value {
    case .string(let text): return string(text, at: node.place)
    case .list(let elements):
      return CodeNode(.list(elements.map { resolve($0, depth: depth + 1) }), at: node.place)
    case .map(let members):
      var resolved: [CodeMember] = []
      resolved.reserveCapacity(members.count)
      for member in members {
        if member.key == "copy", case .list(let loops) = member.node.value {
          resolved += loops.compactMap { property($0, depth: depth + 1) }
        } else {
          let key = ARMExpression.isExpression(member.key) ? string(member.key, at: member.place).scalar : member.key
          resolved.append(
            CodeMember(key ?? member.key, resolve(member.node, depth: depth + 1), at: member.place))
        }
      }
      return CodeNode(.map(resolved), at: node.place)
    default: return node
    }
  }

  /// A loop of a property: `{name, count, input}`.
  private func property(_ loop: CodeNode, depth: Int) -> CodeMember? {
    guard let name = loop["name"]?.string, let input = loop["input"] else { return nil }
    let items = turns(of: loop, name: name, depth: depth) { resolve(input, depth: depth) }
    switch items {
    case .success(let nodes): return CodeMember(name, CodeNode(.list(nodes), at: loop.place), at: loop.place)
    case .failure(let unknown): return CodeMember(name, CodeNode(.unknown(unknown), at: loop.place), at: loop.place)
    }
  }

  enum Turns<Item> {
    case success([Item])
    case failure(CodeUnknown)
  }

  /// Runs `body` for each turn of a loop; more turns than Azure allows are an unknown.
  func turns<Item>(of loop: CodeNode, name: String, depth: Int = 0, _ body: () -> Item) -> Turns<Item> {
    guard let count = loop["count"].map({ resolve($0, depth: depth + 1) }) else {
      return .failure(CodeUnknown("the loop '\(name)' has no count"))
    }
    if let unknown = count.unknown { return .failure(unknown) }
    guard let times = count.scalar.flatMap(Int.init), (0...800).contains(times), loops.count < 20 else {
      return .failure(CodeUnknown("the loop '\(name)' needs a count from 0 to 800"))
    }
    return .success(
      (0..<times).map { index in
        loops.append((name, index))
        defer { loops.removeLast() }
        return body()
      })
  }

  private func string(_ text: String, at place: CodePlace) -> CodeNode {
    guard ARMExpression.isExpression(text) else { return CodeNode(.string(ARMExpression.literal(text)), at: place) }
    return ARMBridge.node(evaluate(text), at: place)
  }

  private func evaluate(_ text: String) -> ARMValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return .unknown("expressions refer to one another too deeply") }
    do throws(ARMError) {
      let expression = try ARMExpression(parsing: text, outer: Self.functions)
      var evaluation = ARMEvaluation(in: self)
      return try evaluation.value(expression)
    } catch {
      return .unknown("the expression \(text.prefix(80)) fails: \(error.message)")
    }
  }

  // MARK: Calls

  func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    let first = arguments.first?.string ?? ""
    switch name {
    case "parameters":
      if let own = self.arguments { return own.first { ARMText.equal($0.name, first) }?.value ?? .null }
      return parameter(first)
    case "variables": return variable(first)
    case "copyindex": return try index(arguments, at: offset)
    case "uniquestring": return .string(Self.unique(arguments))
    case "resourcegroup":
      return .object([
        .init("id", .string("/subscriptions/\(Self.subscription)/resourceGroups/\(Self.group)")),
        .init("name", .string(Self.group)), .init("type", .string("Microsoft.Resources/resourceGroups")),
        .init("location", .unknown("the resource group's location is given when it is deployed")),
        .init("tags", .object([])), .init("properties", .object([])),
      ])
    case "subscription":
      return .object([
        .init("id", .string("/subscriptions/\(Self.subscription)")),
        .init("subscriptionId", .string(Self.subscription)), .init("tenantId", .string(Self.subscription)),
        .init("displayName", .string("code")),
      ])
    case "tenant": return .object([.init("tenantId", .string(Self.subscription))])
    case "managementgroup":
      return .object([
        .init("id", .string("/providers/Microsoft.Management/managementGroups/code")), .init("name", .string("code")),
      ])
    case "deployment":
      return .object([
        .init("name", .string(self.name)), .init("location", .unknown("where it is deployed is not in the template")),
        .init("properties", .object([.init("templateLink", .object([.init("uri", .string(""))]))])),
      ])
    case "environment": return Self.environment
    case "reference": return reference(first)
    default:
      if name.contains(".") { return try function(name, arguments, at: offset) }
      return .unknown("\(name)() is answered by Azure when it is deployed")
    }
  }

  /// Ends of names and addresses that templates use: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-deployment#environment
  private static let environment = ARMValue.object([
    .init("name", .string("AzureCloud")), .init("resourceManager", .string("https://management.azure.com/")),
    .init("authentication", .object([.init("loginEndpoint", .string("https://login.microsoftonline.com/"))])),
    .init(
      "suffixes",
      .object([
        .init("storage", .string("core.windows.net")), .init("keyvaultDns", .string(".vault.azure.net")),
        .init("sqlServerHostname", .string(".database.windows.net")),
        .init("acrLoginServer", .string(".azurecr.io")),
      ])),
  ])

  private func parameter(_ name: String) -> ARMValue {
    let key = name.lowercased()
    if let known = parameters[key] { return known }
    guard let member = template["parameters"]?.members.first(where: { ARMText.equal($0.key, name) }) else {
      return .unknown("there is no parameter '\(name)'")
    }
    guard open.insert("p " + key).inserted else { return .unknown("the parameter '\(name)' refers to itself") }
    defer { open.remove("p " + key) }
    let value: ARMValue
    if let given = given.first(where: { ARMText.equal($0.key, name) })?.value {
      value = ARMBridge.value(given)
    } else if let standard = member.node["defaultValue"] {
      value = ARMBridge.value(resolve(standard))
    } else if member.node["nullable"]?.flag == true {
      value = .null
    } else {
      value = .unknown("the parameter '\(name)' has no value")
    }
    parameters[key] = value
    return value
  }

  private func variable(_ name: String) -> ARMValue {
    let key = name.lowercased()
    if let known = variables[key] { return known }
    let section = template["variables"]
    guard open.insert("v " + key).inserted else { return .unknown("the variable '\(name)' refers to itself") }
    defer { open.remove("v " + key) }
    let value: ARMValue
    if let member = section?.members.first(where: { ARMText.equal($0.key, name) && $0.key != "copy" }) {
      value = ARMBridge.value(resolve(member.node))
    } else if let loop = section?["copy"]?.elements.first(where: { ARMText.equal($0["name"]?.string ?? "", name) }) {
      value = property(loop, depth: 0).map { ARMBridge.value($0.node) } ?? .null
    } else {
      return .unknown("there is no variable '\(name)'")
    }
    variables[key] = value
    return value
  }

  private func index(_ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    var shift: Int64 = 0
    var name: String?
    for argument in arguments {
      if let number = argument.int { shift = number }
      if let text = argument.string { name = text }
    }
    let loop = name.map { name in loops.last { ARMText.equal($0.name, name) } } ?? loops.last
    guard let loop else { throw ARMError(.failed, at: offset, "copyIndex() stands outside its loop") }
    return .int(Int64(loop.index) + shift)
  }

  private func reference(_ name: String) -> ARMValue {
    let key = name.split(separator: "/").last.map(String.init) ?? name
    guard let outputs = outputs(key) ?? outputs(name) else {
      return .unknown("reference('\(name)') is answered by Azure when it is deployed")
    }
    return .object([.init("outputs", ARMBridge.value(outputs))])
  }

  /// A function of the template itself: `namespace.member`.
  private func function(_ name: String, _ values: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let spaces = template["functions"]?.elements ?? []
    let members = spaces.filter { ARMText.equal($0["namespace"]?.string ?? "", parts[0]) }
      .flatMap { $0["members"]?.members ?? [] }
    guard parts.count == 2, let member = members.first(where: { ARMText.equal($0.key, parts[1]) }),
      let output = member.node["output"]?["value"]
    else { throw ARMError(.unknownFunction, at: offset, "no function is called '\(name)'") }
    let names = member.node["parameters"]?.elements.compactMap { $0["name"]?.string } ?? []
    let outer = arguments
    arguments = Array(zip(names, values).map { (name: $0, value: $1) })
    defer { arguments = outer }
    return ARMBridge.value(resolve(output))
  }

  /// 13 letters and digits that are the same for the same texts. Azure's own hash is not public.
  private static func unique(_ values: [ARMValue]) -> String {
    let text = values.map { $0.string ?? $0.kindName }.joined(separator: "\u{0}")
    let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
    return String(SHA256.hash(data: Array(text.utf8)).prefix(13).map { letters[Int($0) & 31] })
  }
}

/// Values of code and of the template language.
enum ARMBridge {
  static func value(_ node: CodeNode) -> ARMValue {
    switch node.value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let text): Int64(text).map(ARMValue.int) ?? .double(Double(text) ?? 0)
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(value))
    case .map(let members): .object(members.map { .init($0.key, value($0.node)) })
    case .unknown(let unknown): .unknown(unknown.reason)
    }
  }

  static func node(_ value: ARMValue, at place: CodePlace) -> CodeNode {
    let made: CodeValue
    switch value {
    case .null: made = .null
    case .bool(let flag): made = .bool(flag)
    case .int(let number): made = .number(String(number))
    case .double(let number): made = .number(String(number))
    case .string(let text): made = .string(text)
    case .unknown(let reason): made = .unknown(CodeUnknown(reason))
    default:
      if let elements = value.elements {
        made = .list(elements.map { node($0, at: place) })
      } else {
        made = .map((value.members ?? []).map { CodeMember($0.name, node($0.value, at: place)) })
      }
    }
    return CodeNode(made, at: place)
  }
}
