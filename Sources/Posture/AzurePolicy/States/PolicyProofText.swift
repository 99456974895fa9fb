// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What decided, as JSON in the shape of Azure's policyEvaluationDetails and as a sentence.
enum PolicyProofText {
  /// `{"evaluatedExpressions": […], "ifNotExistsDetails": {…}}`
  ///
  /// - Parameter related: ids of the related resources that were examined.
  static func json(_ leaves: [PolicyLeaf], looksForRelated: Bool, related: [String]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(64 + leaves.count * 160)
    out += "{\"evaluatedExpressions\":[".utf8
    for (index, leaf) in leaves.enumerated() {
      if index > 0 { out.append(0x2C) }
      out += "{\"expressionKind\":".utf8
      quote(leaf.name.hasPrefix("count(") ? "Count" : leaf.name.hasPrefix("[") ? "Value" : "Field", &out)
      out += ",\"expression\":".utf8
      quote(leaf.name, &out)
      out += ",\"path\":".utf8
      quote(leaf.path, &out)
      out += ",\"operator\":".utf8
      quote(leaf.condition, &out)
      out += ",\"targetValue\":".utf8
      leaf.expected.write(into: &out)
      out += ",\"expressionValue\":".utf8
      if let actual = leaf.actual { actual.write(into: &out) } else { out += "null".utf8 }
      if let id = leaf.relatedId {
        out += ",\"resourceId\":".utf8
        quote(id, &out)
      }
      out.append(0x7D)
    }
    out.append(0x5D)
    if looksForRelated {
      out += ",\"ifNotExistsDetails\":{\"totalResources\":\(related.count),\"resourceIds\":[".utf8
      for (index, id) in related.enumerated() {
        if index > 0 { out.append(0x2C) }
        quote(id, &out)
      }
      out += "]}".utf8
    }
    out.append(0x7D)
    return String(decoding: out, as: UTF8.self)
  }

  private static func quote(_ text: String, _ out: inout [UInt8]) {
    var text = text
    text.withUTF8 { JSONText.quote($0, into: &out) }
  }

  /// `properties.supportsHttpsTrafficOnly is false (notEquals true)`: the conditions that say more than which resource it
  /// is, three at most.
  static func summary(_ leaves: [PolicyLeaf], policy: CompiledPolicy, examined: Int) -> String {
    if policy.effect.looksForRelated {
      let type = policy.details?.member(ignoringCase: "type")?.string ?? "related resource"
      return examined == 0
        ? "there is no \(type)" : "none of \(examined) \(type) meets the condition"
    }
    let own = leaves.filter { !["type", "kind"].contains($0.name.lowercased()) }
    return (own.isEmpty ? leaves : own).prefix(3).map(sentence).joined(separator: "; ")
  }

  static func sentence(_ leaf: PolicyLeaf) -> String {
    let what = leaf.path.isEmpty ? leaf.name : leaf.path
    let value = leaf.actual.map { short($0.text) } ?? "missing"
    return "\(short(what)) is \(value) (\(leaf.condition) \(short(leaf.expected.text)))"
  }

  private static func short(_ text: String) -> String { text.utf8.count > 80 ? "\(text.prefix(77))…" : text }
}
