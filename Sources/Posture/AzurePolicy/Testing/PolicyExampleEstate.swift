// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// An estate that is made of what policies ask for, to measure judging with: of each type that a rule is about, documents
/// whose properties have now the value that a condition wants and now another, and what rules look for beside them.
package enum PolicyExampleEstate {
  private static let subscriptionSize = 2_000
  private static let groupSize = 50

  /// Makes an estate of about `count` resources, always the same for the same policies.
  package static func make(of policies: PoliciesInForce, count: Int) -> PolicyEstate {
    var fields: [String: [(path: JSONPath, value: JSONValue)]] = [:]
    for member in policies.members {
      for type in member.rule.types ?? [] {
        collect(member.rule.policy.definition.condition, policies.language, &fields[type, default: []], depth: 0)
      }
    }
    let types = policies.byType.keys.sorted().filter { !$0.hasPrefix("microsoft.resources/") }
    guard !types.isEmpty else { return PolicyEstate(documents: []) }
    let related = types.map { type in
      Set((policies.byType[type] ?? []).flatMap { policies.members[Int($0)].rule.relatedTypes }).sorted()
    }
    var builder = JSONBuilder()
    var (number, seed) = (0, UInt64(88_172_645_463_325_252))
    func random(_ limit: Int) -> Int {
      seed ^= seed << 13
      seed ^= seed >> 7
      seed ^= seed << 17
      return Int(seed % UInt64(limit))
    }
    while builder.rootCount < count {
      let index = number % types.count
      let type = types[index]
      let subscription = "00000000-0000-0000-0000-\(number / subscriptionSize + 100_000_000_000)"
      let group = "g\(number % subscriptionSize / groupSize)"
      let id = PolicyDocuments.id(
        type: type, name: type.split(separator: "/").dropFirst().map { _ in "r\(number)" }.joined(separator: "/"),
        under: "/subscriptions/\(subscription)/resourceGroups/\(group)")
      var draft = JSONDraft.object([
        ("id", .string(id)), ("name", .string("r\(number)")), ("type", .string(type)),
        ("location", .string(["westeurope", "northeurope", "eastus"][random(3)])), ("resourceGroup", .string(group)),
        ("subscriptionId", .string(subscription)), ("tags", .object([("env", .string(["prod", "test"][random(2)]))])),
        ("properties", .object([("provisioningState", .string("Succeeded"))])),
      ])
      for field in fields[type] ?? [] {
        switch random(3) {
        case 0: draft.set(field.path, .value(field.value))
        case 1: draft.set(field.path, field.value.boolean.map { .bool(!$0) } ?? .string("other"))
        default: break
        }
      }
      draft.write(into: &builder)
      if let other = related[index].first, random(3) == 0 {
        let name = "r\(number)-x"
        let last = other.split(separator: "/").last ?? ""
        let own = other.hasPrefix(type + "/") ? "\(id)/\(last)/\(name)" : "\(id)/providers/\(other)/\(name)"
        JSONDraft.object([
          ("id", .string(own)), ("name", .string(name)), ("type", .string(other)), ("resourceGroup", .string(group)),
          ("subscriptionId", .string(subscription)), ("properties", .object([("enabled", .bool(random(2) == 0))])),
        ]).write(into: &builder)
      }
      number += 1
    }
    let document = builder.finish()
    return PolicyEstate(documents: (0..<document.rootCount).map { document.root(at: $0) })
  }

  /// Paths that conditions compare, with what they compare them with.
  private static func collect(
    _ condition: JSONValue, _ language: PolicyLanguage, _ fields: inout [(path: JSONPath, value: JSONValue)],
    depth: Int
  ) {
    guard depth < 32, fields.count < 64 else { return }
    for key in ["allOf", "anyOf"] {
      for element in condition.member(ignoringCase: key)?.elements.map(\.self) ?? [] {
        collect(element, language, &fields, depth: depth + 1)
      }
    }
    if let inner = condition.member(ignoringCase: "not") { collect(inner, language, &fields, depth: depth + 1) }
    guard let name = condition.member(ignoringCase: "field")?.string, name.contains("/"),
      let value = condition.member(ignoringCase: "equals") ?? condition.member(ignoringCase: "notEquals"),
      case .source(let source) = language.compiler.aliases.field(name, allowsPaths: false),
      case .path(let path) = source.kind, !path.hasWildcard
    else { return }
    let steps = path.steps.compactMap { step -> JSONPath.Step? in
      if case .key(let key) = step { .key(key) } else { nil }
    }
    fields.append((JSONPath(steps: steps), value))
  }
}
