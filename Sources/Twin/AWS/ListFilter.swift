// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// What of a list a request wants: by the names of its members, and by EC2's and RDS's `Filters`.
struct ListFilter {
  private struct Wanted {
    let name: String
    let values: [String]
    /// Whether all values must be found.
    let isExact: Bool
    let isPrefix: Bool
  }

  private let operation: AWSCatalog.Operation
  private var wanted: [Wanted] = []
  private var filters: [(name: String, values: [String])] = []

  /// - Parameter known: the members of the input that the specs use themselves.
  init(_ operation: AWSCatalog.Operation, _ input: JSONDraft, known: Set<String>) {
    self.operation = operation
    let tokens = Set(operation.model.pages?.input ?? [])
    for (name, value) in input.thawed() where !known.contains(name) && !tokens.contains(name) && !value.isNull {
      if name == "Filters" || name == "filters" || name == "Filter" {
        for filter in value.elementList {
          let key = (filter["Name"] ?? filter["name"] ?? filter["Key"] ?? filter["key"])?.scalarText ?? ""
          let list = filter["Values"] ?? filter["values"]
          filters.append((key, (list?.elementList ?? []).compactMap(\.scalarText)))
        }
        continue
      }
      let values = value.isArray ? value.elementList.compactMap(\.scalarText) : [value.scalarText].compactMap(\.self)
      guard !values.isEmpty, !Self.isAboutForm(name, value) else { continue }
      let isPrefix = name.lowercased().hasSuffix("prefix")
      wanted.append(
        Wanted(
          name: isPrefix ? String(name.dropLast(6)) : name, values: values, isExact: !isPrefix, isPrefix: isPrefix))
    }
  }

  /// Sizes, flags and the like say how to answer, not with what.
  private static func isAboutForm(_ name: String, _ value: JSONDraft) -> Bool {
    let lower = name.lowercased()
    return ["maxresults", "maxitems", "maxrecords", "limit", "pagesize", "maxbuckets", "dryrun"].contains(lower)
      || lower.hasPrefix("include") || lower.hasPrefix("max") || ["true", "false"].contains(value.scalarText)
  }

  /// The member and the values by which the request chooses, where it does so by one: for an index.
  func choice(among first: JSONDraft?) -> (member: String, values: [String])? {
    guard let first, let one = wanted.first(where: { $0.isExact }),
      let member = Self.member(named: one.name, in: [first]), !member.isEmpty
    else { return nil }
    return (member, one.values)
  }

  func applied(to items: [JSONDraft]) throws(AWSError) -> [JSONDraft] {
    guard !wanted.isEmpty || !filters.isEmpty else { return items }
    var items = items
    for one in wanted {
      guard let member = Self.member(named: one.name, in: items) else { continue }
      if one.isPrefix {
        let prefix = one.values.first ?? ""
        items = items.filter { Self.text($0, member)?.hasPrefix(prefix) == true }
        continue
      }
      let values = Set(one.values)
      let found = items.filter { item in Self.text(item, member).map(values.contains) ?? false }
      let seen = Set(found.compactMap { Self.text($0, member) })
      if let lacking = one.values.first(where: { !seen.contains($0) }), Self.namesResource(one.name) {
        throw notFound(lacking, one.name)
      }
      items = found
    }
    for (name, values) in filters {
      items = items.filter { item in Self.filterTexts(item, name).contains { Self.matches($0, values) } }
    }
    return items
  }

  private static func namesResource(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["id", "ids", "arn", "arns", "name", "names", "identifier", "namelist"].contains { lower.hasSuffix($0) }
      && !["vpcid", "owner"].contains(lower)
  }

  private func notFound(_ value: String, _ name: String) -> AWSError {
    var kind = name
    for end in ["List", "s", "Arn", "Id", "ARN", "ID", "Name", "Identifier"] where kind.hasSuffix(end) && kind != end {
      kind = String(kind.dropLast(end.count))
    }
    let code: String
    switch (operation.service.service, kind.lowercased()) {
    case ("ec2", "group"): code = "InvalidGroup.NotFound"
    case ("ec2", "vpc"): code = "InvalidVpcID.NotFound"
    case ("ec2", "image"): code = "InvalidAMIID.NotFound"
    default: code = operation.notFoundCode(of: kind)
    }
    return AWSError(AWSTwin.status(of: code, operation), code, "'\(value)' does not exist.")
  }

  /// The member of the items that a parameter speaks of: `InstanceIds` of `InstanceId`, `Names` of `LoadBalancerName`.
  private static func member(named name: String, in items: [JSONDraft]) -> String? {
    guard let first = items.first else { return nil }
    if first.string != nil { return "" }
    let members = first.thawed().map(\.key)
    var forms = [name]
    if name.hasSuffix("List") { forms.append(String(name.dropLast(4))) }
    if name.hasSuffix("s") { forms.append(String(name.dropLast())) }
    for form in forms {
      if let same = members.first(where: { $0.lowercased() == form.lowercased() }) { return same }
    }
    for form in forms {
      if let ends = members.first(where: { $0.lowercased().hasSuffix(form.lowercased()) }) { return ends }
    }
    // `trailName` of a trail's `Name`.
    return members.first { member in
      ["name", "id", "arn"].contains(member.lowercased())
        && forms.contains { $0.lowercased().hasSuffix(member.lowercased()) }
    }
  }

  private static func text(_ item: JSONDraft, _ member: String) -> String? {
    member.isEmpty ? item.scalarText : item[member]?.scalarText
  }

  // MARK: Filters

  /// What an item has of `group-id`, `tag:Name`, `attachment.instance-id`.
  private static func filterTexts(_ item: JSONDraft, _ name: String) -> [String] {
    let tags = (item["Tags"] ?? item["TagSet"] ?? item["tags"])?.elementList ?? []
    func text(_ tag: JSONDraft, _ key: String) -> String? { (tag[key] ?? tag[key.lowercased()])?.scalarText }
    if name.hasPrefix("tag:") {
      return tags.filter { text($0, "Key") == String(name.dropFirst(4)) }.compactMap { text($0, "Value") }
    }
    if name == "tag-key" { return tags.compactMap { text($0, "Key") } }
    let word = name.split(separator: ".").last.map(String.init) ?? name
    let key = word.split(separator: "-").joined().lowercased()
    var texts: [String] = []
    collect(item, key, &texts, depth: 0)
    return texts
  }

  private static func collect(_ value: JSONDraft, _ key: String, _ texts: inout [String], depth: Int) {
    guard depth < 6 else { return }
    if value.isArray {
      for element in value.elementList { collect(element, key, &texts, depth: depth + 1) }
    } else if value.isObject {
      for (name, inner) in value.thawed() {
        let own = name.lowercased()
        let isNamed =
          own == key || (key.hasSuffix("name") && own == "name" && depth == 1) || "is\(key)" == own
          || (key.hasSuffix("statename") && own == "name" && depth == 1)
        if isNamed, let text = inner.scalarText { texts.append(text) }
        collect(inner, key, &texts, depth: depth + 1)
      }
    }
  }

  /// Values may have `*` and `?`.
  private static func matches(_ text: String, _ values: [String]) -> Bool {
    values.contains { value in
      value.contains { $0 == "*" || $0 == "?" } ? glob(Array(value.utf8)[...], Array(text.utf8)[...]) : value == text
    }
  }

  private static func glob(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    var (pattern, text) = (pattern, text)
    var star: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while !text.isEmpty {
      if pattern.first == 0x2A {
        star = (pattern.dropFirst(), text)
        pattern = pattern.dropFirst()
      } else if let byte = pattern.first, byte == 0x3F || byte == text.first {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else if let last = star {
        pattern = last.pattern
        text = last.text.dropFirst()
        star = (last.pattern, text)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == 0x2A }
  }
}
