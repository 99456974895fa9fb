// SPDX-License-Identifier: Apache-2.0
internal import JSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
extension Stack {
  /// The value of an intrinsic function; nil for `AWS::NoValue`.
  func call(_ name: String, _ argument: CodeNode, at place: CodePlace, _ depth: Int) -> CodeNode? {
    switch name {
    case "Ref": return reference(argument.string ?? "", at: place)
    case "Fn::GetAtt": return attribute(argument, at: place, depth)
    case "Fn::Sub": return substitute(argument, at: place, depth)
    case "Fn::If": return choose(argument, at: place, depth)
    case "Fn::FindInMap": return find(argument, at: place, depth)
    case "Fn::ImportValue":
      let export = resolve(argument, depth)?.scalar ?? "another stack"
      return unknown("the export '\(export)' belongs to another stack", decider: "export \(export)", at: place)
    case "Fn::GetAZs":
      guard let region = resolve(argument, depth) else { return nil }
      let name = region.string.flatMap { $0.isEmpty ? nil : $0 } ?? context.region
      return CodeNode(.list(["a", "b", "c"].map { CodeNode(.string(name + $0), at: place) }), at: place)
    case "Fn::Transform": return unknown("macros run when the stack is deployed", at: place)
    default: break
    }
    guard let value = resolve(argument, depth) else { return nil }
    if let unknown = value.unknown { return CodeNode(.unknown(unknown), at: place) }
    switch name {
    case "Fn::Join": return join(value, at: place)
    case "Fn::Select": return select(value, at: place)
    case "Fn::Split":
      guard value.elements.count == 2 else { return unknown("Fn::Split needs a separator and a text", at: place) }
      if let unknown = value.elements[1].unknown { return CodeNode(.unknown(unknown), at: place) }
      guard let separator = value.elements[0].string, !separator.isEmpty, let text = value.elements[1].scalar else {
        return unknown("Fn::Split needs a separator and a text", at: place)
      }
      let parts = Self.split(text, by: separator).map { CodeNode(.string($0), at: place) }
      return CodeNode(.list(parts), at: place)
    case "Fn::Base64":
      guard let text = value.scalar else { return unknown("Fn::Base64 needs a text", at: place) }
      return CodeNode(.string(Data(text.utf8).base64EncodedString()), at: place)
    case "Fn::Length": return CodeNode(.number(String(value.elements.count)), at: place)
    case "Fn::ToJsonString": return CodeNode(.string(Self.json(value)), at: place)
    case "Fn::Cidr": return CIDRBlocks.list(value, at: place)
    default: return unknown("there is no function '\(name)'", at: place)
    }
  }

  private func attribute(_ argument: CodeNode, at place: CodePlace, _ depth: Int) -> CodeNode? {
    var parts: [String]
    if let text = argument.string {
      let dot = text.firstIndex(of: ".") ?? text.endIndex
      parts = [String(text[..<dot]), String(text[dot...].dropFirst())]
    } else {
      let elements = argument.elements.map { resolve($0, depth) ?? $0 }
      if let unknown = elements.lazy.compactMap(\.unknown).first { return CodeNode(.unknown(unknown), at: place) }
      parts = elements.compactMap(\.scalar)
    }
    guard parts.count >= 2, let type = types[parts[0]] else {
      return unknown("there is no resource '\(parts.first ?? "")'", at: place)
    }
    let name = parts.dropFirst().joined(separator: ".")
    if name.hasPrefix("Outputs."), type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application" {
      let output = String(name.dropFirst("Outputs.".count))
      if let known = nested[parts[0]]?[output] { return CodeNode(known.value, at: place) }
      return unknown(
        "the output '\(output)' of the nested stack '\(parts[0])' is not known", decider: "\(parts[0]).\(name)",
        at: place)
    }
    let known = self.name(of: parts[0])
    if name == "Arn" || name == identities[type]?.arnIn {
      return CodeNode(.string(identities.arn(known, type: type, context)), at: place)
    }
    // A property of the template says the same; else it is something only the resource has, by a name of its own.
    return CodeNode(.string(name == identities[type]?.name ? known : "\(known).\(name)"), at: place)
  }

  private func substitute(_ argument: CodeNode, at place: CodePlace, _ depth: Int) -> CodeNode? {
    let text: String
    var names: [String: CodeNode] = [:]
    if let plain = argument.string {
      text = plain
    } else {
      guard let first = argument.elements.first?.string else { return unknown("Fn::Sub needs a text", at: place) }
      text = first
      for member in argument.elements.dropFirst().first?.members ?? [] {
        names[member.key] = resolve(member.node, depth + 1)
      }
    }
    var out = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${") {
      out += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else {
        out += "${"
        break
      }
      let name = rest[..<end].filter { $0 != " " }
      rest = rest[rest.index(after: end)...]
      if name.hasPrefix("!") {
        out += "${" + name.dropFirst() + "}"
        continue
      }
      let value: CodeNode?
      if let given = names[name] {
        value = given
      } else if name.contains("."), types[String(name.prefix { $0 != "." })] != nil {
        value = attribute(CodeNode(.string(name), at: place), at: place, depth)
      } else {
        value = reference(name, at: place)
      }
      if let unknown = value?.unknown { return CodeNode(.unknown(unknown), at: place) }
      out += value?.scalar ?? value.map { Self.json($0) } ?? ""
    }
    return CodeNode(.string(out + rest), at: place)
  }

  private func choose(_ argument: CodeNode, at place: CodePlace, _ depth: Int) -> CodeNode? {
    let parts = argument.elements
    guard parts.count == 3, let name = parts[0].string else { return unknown("Fn::If needs three values", at: place) }
    switch condition(name, at: place) {
    case .known(let holds): return resolve(parts[holds ? 1 : 2], depth)
    case .evaluating: return unknown("the condition '\(name)' refers to itself", at: place)
    case .unknown(let reason):
      // What both branches agree on does not hang on the condition.
      let (left, right) = (resolve(parts[1], depth), resolve(parts[2], depth))
      if left == nil, right == nil { return nil }
      if let left, let right, left.isSame(as: right) { return left }
      return CodeNode(.unknown(reason), at: place)
    }
  }

  private func find(_ argument: CodeNode, at place: CodePlace, _ depth: Int) -> CodeNode? {
    let parts = argument.elements.map { resolve($0, depth) ?? $0 }
    guard parts.count >= 3 else { return unknown("Fn::FindInMap needs a map and two keys", at: place) }
    let fallback = parts.dropFirst(3).first?["DefaultValue"]
    if let unknown = parts.prefix(3).lazy.compactMap(\.unknown).first {
      return fallback ?? CodeNode(.unknown(unknown), at: place)
    }
    let keys = parts.prefix(3).compactMap(\.scalar)
    guard keys.count == 3, let found = template.mappings?[keys[0]]?[keys[1]]?[keys[2]] else {
      return fallback ?? unknown("the mapping has no \(keys.joined(separator: "."))", at: place)
    }
    return CodeNode(found.value, at: found.place)
  }

  private func join(_ value: CodeNode, at place: CodePlace) -> CodeNode {
    guard value.elements.count == 2, let separator = value.elements[0].scalar else {
      return unknown("Fn::Join needs a separator and a list", at: place)
    }
    let items = value.elements[1]
    if let unknown = items.unknown ?? items.elements.lazy.compactMap(\.unknown).first {
      return CodeNode(.unknown(unknown), at: place)
    }
    return CodeNode(.string(items.elements.compactMap(\.scalar).joined(separator: separator)), at: place)
  }

  private func select(_ value: CodeNode, at place: CodePlace) -> CodeNode {
    guard value.elements.count == 2 else { return unknown("Fn::Select needs an index and a list", at: place) }
    let items = value.elements[1]
    if let unknown = value.elements[0].unknown ?? items.unknown { return CodeNode(.unknown(unknown), at: place) }
    guard let index = value.elements[0].scalar.flatMap(Int.init), items.elements.indices.contains(index) else {
      return unknown("Fn::Select names an element that is not there", at: place)
    }
    return items.elements[index]
  }

  private static func split(_ text: String, by separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(text)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }

  static func json(_ node: CodeNode) -> String { node.json().text }
}

/// `Fn::Cidr: [block, count, bits]`: the first subnets of a block that leave `bits` for hosts.
enum CIDRBlocks {
  static let countLimit = 256

  static func list(_ value: CodeNode, at place: CodePlace) -> CodeNode {
    let parts = value.elements
    if let unknown = parts.lazy.compactMap(\.unknown).first { return CodeNode(.unknown(unknown), at: place) }
    guard parts.count >= 2, let block = parts[0].scalar, let count = parts[1].scalar.flatMap(Int.init),
      (1...countLimit).contains(count), let start = address(block)
    else {
      return CodeNode(.unknown(CodeUnknown("Fn::Cidr needs an IPv4 block, a count and the bits of hosts")), at: place)
    }
    let bits = parts.count > 2 ? parts[2].scalar.flatMap(Int.init) ?? 8 : 8
    guard (0...32).contains(bits) else {
      return CodeNode(.unknown(CodeUnknown("Fn::Cidr: \(bits) is no number of bits")), at: place)
    }
    let blocks = (0..<UInt64(count)).map { index -> CodeNode in
      let base = UInt64(start) + index << UInt64(bits)
      let text = [24, 16, 8, 0].map { String(base >> $0 & 0xFF) }.joined(separator: ".")
      return CodeNode(.string("\(text)/\(32 - bits)"), at: place)
    }
    return CodeNode(.list(blocks), at: place)
  }

  private static func address(_ block: String) -> UInt32? {
    let parts = block.prefix { $0 != "/" }.split(separator: ".").compactMap { UInt8($0) }
    guard parts.count == 4 else { return nil }
    return parts.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
