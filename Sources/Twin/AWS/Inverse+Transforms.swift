// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

extension Transform {
  /// Whether the source cannot be had from the result alone.
  var losesMuch: Bool {
    switch self {
    case .basename, .first, .count, .keys, .lower, .upper: true
    default: false
    }
  }

  /// A value that the transform makes this one of; nil where it may come from nothing.
  ///
  /// - Parameter place: where in the answer it goes: its shape tells how it is written there.
  func reversed(_ value: JSONDraft, to place: ShapeWalk) -> JSONDraft? {
    let kind = place.shape?.kind
    switch self {
    case .json, .policy:
      if value.string != nil { return value }
      if let kind, kind != .string, kind != .blob { return value }
      let text = value.finished.text
      // IAM writes documents percent-encoded, and its clients read them so.
      return .string(self == .policy && place.model?.service == "iam" ? PercentEncoding.encode(text) : text)
    case .defaultPolicy:
      guard let document = Transform.policy.reversed(value, to: place.element.member("Document")) else { return nil }
      return .array([.object([("IsDefaultVersion", .bool(true)), ("Document", document)])])
    case .tags, .pairs: return Self.listed(value, place)
    case .ingressRules: return .array(Self.permissions(value.elementList, source: "Source"))
    case .egressRules: return .array(Self.permissions(value.elementList, source: "Destination"))
    case .enabled:
      let isOn = value.scalarText == "true"
      return kind == .boolean ? .bool(isOn) : .string(isOn ? "ENABLED" : "DISABLED")
    case .not: return .bool(value.scalarText != "true")
    case .exists: return value.scalarText == "true" ? (kind == .string ? .string("********") : .emptyObject) : nil
    case .count: return value.scalarText.flatMap { Int($0) }.map { .array(Array(repeating: .emptyObject, count: $0)) }
    case .first: return .array([value])
    case .split: return .string(value.elementList.compactMap(\.scalarText).joined(separator: ","))
    case .keys: return .object(value.elementList.compactMap(\.scalarText).map { ($0, .emptyObject) })
    case .s3region: return value.scalarText == "us-east-1" ? nil : value
    case .csv: return .string(Self.commaSeparated(value.elementList))
    case .pascal: return Self.uncapitalised(value, place)
    case .bool, .int, .float, .string, .timestamp, .flatten, .lower, .upper, .basename, .orEmpty: return value
    }
  }

  /// An object of tags as the list that the shape wants.
  static func listed(_ value: JSONDraft, _ place: ShapeWalk) -> JSONDraft {
    guard value.isObject, place.shape?.kind != .map else { return value }
    let element = place.element
    let (key, text) =
      element.has("key")
      ? ("key", "value")
      : element.has("TagKey")
        ? ("TagKey", "TagValue")
        : element.has("Key") || !element.has("Name") ? ("Key", "Value") : ("Name", "Value")
    return .array(value.thawed().map { .object([(key, .string($0.key)), (text, $0.value)]) })
  }

  /// Keys as the shape's members are called where they differ in the case of their first letter.
  private static func uncapitalised(_ value: JSONDraft, _ place: ShapeWalk) -> JSONDraft {
    if value.isArray { return .array(value.elementList.map { uncapitalised($0, place.element) }) }
    guard value.isObject else { return value }
    return .object(
      value.thawed().map { key, value in
        let small = key.prefix(1).lowercased() + key.dropFirst()
        // A map's keys are the user's.
        let name =
          place.shape?.kind == .map || place.has(key) ? key : place.shape == nil || place.has(small) ? small : key
        return (name, uncapitalised(value, place.member(name)))
      })
  }

  /// CloudFormation's flat rules as the permissions of EC2: neighbours of one protocol and ports are one, as long as the
  /// order in which they are made flat again stays.
  private static func permissions(_ rules: [JSONDraft], source: String) -> [JSONDraft] {
    let lists = [
      ("CidrIp", "IpRanges", "CidrIp"), ("CidrIpv6", "Ipv6Ranges", "CidrIpv6"),
      ("\(source)SecurityGroupId", "UserIdGroupPairs", "GroupId"),
      ("\(source)PrefixListId", "PrefixListIds", "PrefixListId"),
    ]
    var permissions: [(head: [(key: String, value: JSONDraft)], last: Int, ranges: [[JSONDraft]])] = []
    for rule in rules {
      guard let list = lists.firstIndex(where: { rule[$0.0] != nil }) else { continue }
      var head: [(key: String, value: JSONDraft)] = []
      for name in ["IpProtocol", "FromPort", "ToPort"] {
        if let value = rule[name], !value.isNull { head.append((name, value)) }
      }
      var range: [(key: String, value: JSONDraft)] = [(lists[list].2, rule[lists[list].0] ?? .null)]
      if let owner = rule["SourceSecurityGroupOwnerId"] { range.append(("UserId", owner)) }
      if let text = rule["Description"] { range.append(("Description", text)) }
      if let before = permissions.last, before.last <= list,
        JSONDraft.object(before.head).finished == JSONDraft.object(head).finished
      {
        permissions[permissions.count - 1].ranges[list].append(.object(range))
        permissions[permissions.count - 1].last = list
      } else {
        var ranges: [[JSONDraft]] = [[], [], [], []]
        ranges[list].append(.object(range))
        permissions.append((head, list, ranges))
      }
    }
    return permissions.map { permission in
      .object(permission.head + zip(lists, permission.ranges).map { ($0.1, .array($1)) })
    }
  }

  /// Rows as text, their columns in the order in which they come up.
  private static func commaSeparated(_ rows: [JSONDraft]) -> String {
    var columns: [String] = []
    for row in rows {
      for member in row.thawed() where !columns.contains(member.key) { columns.append(member.key) }
    }
    func field(_ text: String) -> String {
      guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
      return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    let lines = rows.map { row in columns.map { field(row[$0]?.scalarText ?? "N/A") }.joined(separator: ",") }
    return ([columns.map(field).joined(separator: ",")] + lines).joined(separator: "\n")
  }
}
