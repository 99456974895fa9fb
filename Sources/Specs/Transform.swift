// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A named change of a value on its way from an answer to a resource.
package enum Transform: String, Sendable, CaseIterable {
  case json, policy, defaultPolicy, tags, ingressRules, egressRules, bool, int, float, enabled, csv, flatten, lower,
    upper, pairs, basename, string, timestamp, first, count, exists, not, split, keys, s3region, pascal, orEmpty

  /// The changed value; nil where there is nothing to say.
  package func apply(_ value: JSONDraft?) -> JSONDraft? {
    switch self {
    case .exists: return .bool(value != nil)
    case .orEmpty: return value ?? .string("")
    case .count: return .int(Int64(value.map { $0.isArray ? $0.elementList.count : $0.thawed().count } ?? 0))
    case .s3region:
      // S3 names its first region by nothing, and Ireland by what it was called when it was the only one in Europe.
      let name = value?.scalarText ?? ""
      return .string(name.isEmpty ? "us-east-1" : name == "EU" ? "eu-west-1" : name)
    default: break
    }
    guard let value else { return nil }
    switch self {
    case .json: return Self.parsed(value.string) ?? value
    case .policy:
      guard let text = value.string else { return value }
      // URL-encoded by IAM, with each quote escaped by API Gateway.
      return Self.parsed(text) ?? Self.parsed(PercentEncoding.decode(text))
        ?? Self.parsed(text.split(separator: "\\", omittingEmptySubsequences: false).joined()) ?? value
    case .defaultPolicy:
      let version = value.elementList.first { $0["IsDefaultVersion"]?.scalarText == "true" }
      return version?["Document"].flatMap { Transform.policy.apply($0) }
    case .tags, .pairs: return Self.pairs(value)
    case .ingressRules: return .array(value.elementList.flatMap { Self.rules($0, source: "Source") })
    case .egressRules: return .array(value.elementList.flatMap { Self.rules($0, source: "Destination") })
    case .bool:
      switch value.scalarText?.lowercased() {
      case "true", "1", "yes": return .bool(true)
      case "false", "0", "no": return .bool(false)
      default: return nil
      }
    case .int: return value.scalarText.flatMap { Int64($0) }.map(JSONDraft.int)
    case .float: return value.scalarText.flatMap { Double($0) }.map(JSONDraft.double)
    case .enabled:
      guard let text = value.scalarText?.lowercased() else { return nil }
      return .bool(text == "enabled" || text == "true" || text == "on" || text == "enabling")
    case .csv: return value.string.map(Self.table)
    case .flatten: return .array(value.elementList.flatMap { $0.isArray ? $0.elementList : [$0] })
    case .lower: return value.scalarText.map { .string($0.lowercased()) }
    case .upper: return value.scalarText.map { .string($0.uppercased()) }
    case .basename:
      return value.scalarText.map { text in
        .string(text.lastIndex { $0 == "/" || $0 == ":" }.map { String(text[text.index(after: $0)...]) } ?? text)
      }
    case .string: return value.scalarText.map(JSONDraft.string)
    case .timestamp: return value.scalarText.map { .string(ScalarDecoder.timestamp($0)) }
    case .first: return value.elementList.first
    case .not: return value.scalarText.map { .bool($0 != "true") }
    case .split: return value.scalarText.map { .array($0.split(separator: ",").map { .string($0.trimmed) }) }
    case .keys: return .array(value.thawed().map { .string($0.key) })
    case .pascal: return Self.pascal(value)
    case .exists, .count, .s3region, .orEmpty: return nil
    }
  }

  /// The value with the keys of all its objects as CloudFormation writes them, the first letter upper case.
  private static func pascal(_ value: JSONDraft) -> JSONDraft {
    if value.isArray { return .array(value.elementList.map(pascal)) }
    guard value.isObject else { return value }
    return .object(value.thawed().map { ($0.key.prefix(1).uppercased() + $0.key.dropFirst(), pascal($0.value)) })
  }

  private static func parsed(_ text: String?) -> JSONDraft? {
    guard let text, let document = try? JSONDocument.parse(text) else { return nil }
    return .value(document.root)
  }

  /// A list of {Key, Value} (in either case) as an object.
  package static func pairs(_ value: JSONDraft) -> JSONDraft? {
    if value.isObject { return value }
    guard value.isArray else { return nil }
    var members: [(key: String, value: JSONDraft)] = []
    var seen: Set<String> = []
    for element in value.elementList {
      let key = (element["Key"] ?? element["key"] ?? element["TagKey"] ?? element["Name"])?.scalarText
      guard let key, seen.insert(key).inserted else { continue }
      members.append((key, element["Value"] ?? element["value"] ?? element["TagValue"] ?? .string("")))
    }
    return .object(members)
  }

  /// One EC2 permission as the flat rules of CloudFormation: one for each range, group and prefix list.
  private static func rules(_ permission: JSONDraft, source: String) -> [JSONDraft] {
    var common: [(key: String, value: JSONDraft)] = []
    for name in ["IpProtocol", "FromPort", "ToPort"] {
      if let value = permission[name], !value.isNull { common.append((name, value)) }
    }
    var rules: [JSONDraft] = []
    func add(_ list: String, _ key: String, _ name: String) {
      for range in permission[list]?.elementList ?? [] {
        guard let value = range[key], !value.isNull else { continue }
        var rule = common
        rule.append((name, value))
        if let owner = range["UserId"], source == "Source", key == "GroupId" {
          rule.append(("SourceSecurityGroupOwnerId", owner))
        }
        if let text = range["Description"], !text.isNull { rule.append(("Description", text)) }
        rules.append(.object(rule))
      }
    }
    add("IpRanges", "CidrIp", "CidrIp")
    add("Ipv6Ranges", "CidrIpv6", "CidrIpv6")
    add("UserIdGroupPairs", "GroupId", "\(source)SecurityGroupId")
    add("PrefixListIds", "PrefixListId", "\(source)PrefixListId")
    return rules
  }

  /// Rows of comma-separated values, named by the first line.
  package static func table(_ text: String) -> JSONDraft {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var quoted = false
    let bytes = Array(text.utf8)
    var at = 0
    func take(_ bytes: inout [UInt8]) -> String {
      defer { bytes = [] }
      return String(decoding: bytes, as: UTF8.self)
    }
    while at < bytes.count {
      let byte = bytes[at]
      if quoted {
        if byte == 0x22 {
          if at + 1 < bytes.count, bytes[at + 1] == 0x22 {
            field.append(byte)
            at += 1
          } else {
            quoted = false
          }
        } else {
          field.append(byte)
        }
      } else if byte == 0x22 {
        quoted = true
      } else if byte == 0x2C {
        row.append(take(&field))
      } else if byte == 0x0A {
        row.append(take(&field))
        rows.append(row)
        row = []
      } else if byte != 0x0D {
        field.append(byte)
      }
      at += 1
    }
    if !field.isEmpty || !row.isEmpty {
      row.append(take(&field))
      rows.append(row)
    }
    guard let head = rows.first else { return .array([]) }
    return .array(rows.dropFirst().map { row in .object(zip(head, row).map { ($0, .string($1)) }) })
  }
}
