// SPDX-License-Identifier: Apache-2.0

internal import Crypto

extension ARMFunction {
  /// Identities: resource ids, GUIDs, and what only Azure itself can compute.
  static let ids: [ARMFunction] = [
    ARMFunction("resourceId", 2...Int.max, .lazy { run, nodes, at throws(ARMError) in try scoped(&run, nodes, at) }),
    ARMFunction(
      "subscriptionResourceId", 2...Int.max,
      .lazy { run, nodes, at throws(ARMError) in try scoped(&run, nodes, at, hasGroup: false) }),
    ARMFunction(
      "tenantResourceId", 2...Int.max,
      .strict { call throws(ARMError) in .string(try provider(call.name, call.arguments[...], call.offset)) }),
    ARMFunction("managementGroupResourceId", 2...Int.max, .lazy(managementGroup)),
    ARMFunction(
      "extensionResourceId", 3...Int.max,
      .strict { call throws(ARMError) in
        let scope = try call.string(0)
        let trimmed = scope.hasSuffix("/") ? String(scope.dropLast()) : scope
        return .string(trimmed + (try provider(call.name, call.arguments.dropFirst(), call.offset)))
      }),
    ARMFunction("guid", 1...Int.max, .strict(guid)),
    ARMFunction(
      "newGuid", 0...0,
      .moment { call, _ throws(ARMError) in .unknown("newGuid() gives another value each time") }),
    ARMFunction(
      "uniqueString", 1...Int.max,
      .strict { call throws(ARMError) in .unknown("uniqueString() uses a hash that only Azure has") }),
  ]

  /// `/providers/Namespace/type/name/subtype/name` of a type and the names that belong to its parts.
  private static func provider(
    _ function: String, _ arguments: ArraySlice<ARMValue>, _ at: Int
  ) throws(ARMError) -> String {
    var texts: [String] = []
    for argument in arguments {
      guard let text = argument.string else {
        throw ARMError(.wrongArguments, at: at, "\(function)(): a type and names are strings, not \(argument.kindName)")
      }
      texts.append(text)
    }
    let parts = (texts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
    let names = texts.dropFirst()
    guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw ARMError(.failed, at: at, "\(function)(): '\(texts.first ?? "")' is no resource type")
    }
    guard names.count == parts.count - 1 else {
      throw ARMError(
        .failed, at: at, "\(function)(): type \(texts[0]) needs \(parts.count - 1) names, not \(names.count)")
    }
    return "/providers/\(parts[0])" + zip(parts.dropFirst(), names).map { "/\($0)/\($1)" }.joined()
  }

  private static func values(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node]
  ) throws(ARMError) -> (values: [ARMValue], unknown: ARMValue?) {
    var values: [ARMValue] = []
    for node in nodes { values.append(try run.value(node)) }
    return (values, values.first { $0.reason != nil })
  }

  /// The id of a resource in a subscription or a group; what is not given is that of the deployment.
  private static func scoped(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int, hasGroup: Bool = true
  ) throws(ARMError) -> ARMValue {
    let function = hasGroup ? "resourceId" : "subscriptionResourceId"
    let (values, unknown) = try values(&run, nodes)
    if let unknown { return unknown }
    guard let type = values.prefix(3).firstIndex(where: { $0.string?.contains("/") ?? false }),
      type <= (hasGroup ? 2 : 1)
    else { throw ARMError(.failed, at: at, "\(function)(): none of the first arguments is a resource type") }
    let tail = try provider(function, values[type...], at)
    var subscription = type == (hasGroup ? 2 : 1) ? values[0].string : nil
    if subscription == nil {
      let own = try run.environment.call("subscription", [], at: at)
      if own.reason != nil { return own }
      subscription = own.member("subscriptionId")?.string
    }
    guard let subscription else { return .unknown("\(function)(): the subscription is not known") }
    if !hasGroup { return .string("/subscriptions/\(subscription)\(tail)") }
    var group = type > 0 ? values[type - 1].string : nil
    if group == nil {
      let own = try run.environment.call("resourcegroup", [], at: at)
      if own.reason != nil { return own }
      group = own.member("name")?.string
    }
    guard let group else { return .unknown("\(function)(): the resource group is not known") }
    return .string("/subscriptions/\(subscription)/resourceGroups/\(group)\(tail)")
  }

  private static func managementGroup(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let (values, unknown) = try values(&run, nodes)
    if let unknown { return unknown }
    let isOwn = values[0].string?.contains("/") ?? false
    var group = isOwn ? nil : values[0].string
    if group == nil {
      let own = try run.environment.call("managementgroup", [], at: at)
      if own.reason != nil { return own }
      group = own.member("name")?.string
    }
    guard let group else { return .unknown("the management group is not known") }
    let tail = try provider("managementGroupResourceId", values.dropFirst(isOwn ? 0 : 1), at)
    return .string("/providers/Microsoft.Management/managementGroups/\(group)\(tail)")
  }

  /// A name-based GUID (RFC 9562, version 5) of the texts joined by hyphens, in the namespace that Resource Manager uses.
  private static func guid(_ call: ARMCall) throws(ARMError) -> ARMValue {
    var texts: [String] = []
    for index in 0..<call.count { texts.append(try call.string(index)) }
    let namespace: [UInt8] = [
      0x11, 0xFB, 0x06, 0xFB, 0x71, 0x2D, 0x4D, 0xDD, 0x98, 0xC7, 0xE7, 0x1B, 0xBD, 0x58, 0x88, 0x30,
    ]
    var bytes = Array(Insecure.SHA1.hash(data: namespace + Array(texts.joined(separator: "-").utf8))).prefix(16)
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef")
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append("-") }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return .string(text)
  }
}
