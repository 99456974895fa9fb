// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// A value in the form in which two sides are compared: what means the same is the same.
indirect enum DriftForm: Sendable, Hashable {
  /// Null, an empty text, list or map.
  case nothing
  case scalar(String)
  /// In the order of their texts, but where the order counts.
  case list([DriftForm])
  case map([String: DriftForm])
}

/// Brings values into their form.
struct DriftNormaliser {
  let rules: DriftRules
  let cloud: String

  /// - Parameters:
  ///   - key: the name that the value stands under.
  ///   - isTag: whether it is a tag, or one of several, whose text is a person's own.
  func form(_ node: CodeNode, key: String, isTag: Bool = false, depth: Int = 0) -> DriftForm {
    // Documents that are deeper than any cloud's are cut alike on both sides.
    guard depth < 64 else { return .nothing }
    let isTag = isTag || Self.tagKeys.contains(key)
    switch node.value {
    case .null, .unknown: return .nothing
    case .bool(let flag): return .scalar(flag ? "true" : "false")
    case .number(let text): return .scalar(Self.number(text) ?? text)
    case .string(let text):
      if text.isEmpty { return .nothing }
      if let document = Self.document(text) { return form(document, key: key, isTag: isTag, depth: depth + 1) }
      return .scalar(scalar(text, key: key, isTag: isTag))
    case .list(let elements):
      if isTag, let pairs = Self.pairs(elements) {
        return form(CodeNode(.map(pairs), at: node.place), key: key, isTag: true, depth: depth + 1)
      }
      let forms = elements.map { form($0, key: key, isTag: isTag, depth: depth + 1) }.filter { $0 != .nothing }
      if forms.isEmpty { return .nothing }
      return .list(rules.ordered.contains(key.lowercased()) ? forms : forms.sorted { $0.rank < $1.rank })
    case .map(let members):
      if node["Statement"] != nil { return policy(node, depth: depth + 1) }
      var forms: [String: DriftForm] = [:]
      for member in members where !rules.isExcluded(member.key) || isTag {
        if isTag, isIgnored(tag: member.key) { continue }
        let form = form(member.node, key: member.key, isTag: isTag, depth: depth + 1)
        // A tag with an empty value is a tag.
        if isTag {
          forms[member.key] = form == .nothing ? .scalar("") : form
        } else if !isNothing(form) {
          forms[member.key] = form
        }
      }
      return forms.isEmpty ? .nothing : .map(forms)
    }
  }

  /// Whether it says no more than an absent value does: nothing, false, zero, `Disabled`.
  func isNothing(_ form: DriftForm) -> Bool {
    switch form {
    case .nothing: true
    case .scalar(let text): rules.absent.contains(text.lowercased())
    default: false
    }
  }

  static let tagKeys: Set<String> = ["tags", "Tags", "labels"]

  func isIgnored(tag: String) -> Bool { rules.ignoredTags.contains { $0.matches(tag) } }

  /// `[{Key, Value}]`, as AWS writes tags, as members of a map.
  private static func pairs(_ elements: [CodeNode]) -> [CodeMember]? {
    guard !elements.isEmpty else { return nil }
    var members: [CodeMember] = []
    for element in elements {
      guard let key = (element["Key"] ?? element["key"])?.string else { return nil }
      members.append(CodeMember(key, element["Value"] ?? element["value"] ?? CodeNode(.null, at: element.place)))
    }
    return members
  }

  /// Text that holds a document, as policies often are.
  static func document(_ text: String) -> CodeNode? {
    guard text.utf8.first == UInt8(ascii: "{") || text.utf8.first == UInt8(ascii: "["), text.utf8.count > 2,
      let document = try? JSONDocument(parsing: Array(text.utf8), limits: JSONLimits(depth: 60))
    else { return nil }
    return CodeNode(json: document.root)
  }

  // MARK: Scalars

  /// `1.0` and `1e3` as `1` and `1000`; nil for what is no number. Digits alone stay as they are: they may be a name.
  private static func number(_ text: String) -> String? {
    guard let first = text.utf8.first, first == 0x2D || (0x30...0x39).contains(first),
      text.utf8.contains(where: { $0 == 0x2E || $0 | 0x20 == 0x65 }), let value = Double(text), value.isFinite
    else { return nil }
    return value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
  }

  private func scalar(_ text: String, key: String, isTag: Bool) -> String {
    if isTag { return text }
    if let number = Self.number(text) { return number }
    let lower = text.lowercased()
    if lower == "true" || lower == "false" { return lower }
    switch cloud {
    case "azure":
      // Resource Manager takes ids, places and words of lists in any case, and gives them back as it likes.
      guard key.lowercased().hasSuffix("location") || key.lowercased().hasSuffix("locations") else { return lower }
      return lower.filter { $0 != " " }
    case "gcp":
      if let path = Self.googlePath(text) { return path }
      return key.lowercased() == "location" ? lower : text
    default: return text
    }
  }

  /// The part of a link or full name from `projects/` on, by which Google knows a resource whatever the API.
  ///
  /// A key that something is encrypted with is shown with the version in use; code names the key.
  static func googlePath(_ text: String) -> String? {
    let roots = ["projects/", "folders/", "organizations/"]
    var path = text[...]
    if !roots.contains(where: text.hasPrefix) {
      guard text.hasPrefix("https://") || text.hasPrefix("//"), let host = text.firstRange(of: "googleapis.com/"),
        let start = roots.compactMap({ text[host.upperBound...].firstRange(of: $0)?.lowerBound }).min()
      else { return nil }
      path = text[start...]
    }
    if let version = path.firstRange(of: "/cryptoKeyVersions/") { path = path[..<version.lowerBound] }
    return String(path)
  }

  /// Whether two scalars mean one thing though they are written differently: a name, and the ARN or link that ends in it.
  func isSame(_ left: DriftForm, _ right: DriftForm) -> Bool {
    if left == right { return true }
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)): return isShort(left, for: right) || isShort(right, for: left)
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
    case (.map(let left), .map(let right)):
      return left.count == right.count
        && left.allSatisfy { key, value in right[key].map { isSame(value, $0) } ?? false }
    default: return false
    }
  }

  private func isShort(_ name: String, for long: String) -> Bool {
    guard !name.isEmpty, name.utf8.count < long.utf8.count, long.hasSuffix(name) else { return false }
    let isLong =
      cloud == "aws"
      ? long.hasPrefix("arn:") : cloud == "gcp" ? long.contains("/") && Self.googlePath(long) == long : false
    guard isLong, !name.hasPrefix("arn:"), !name.contains("/") || cloud == "aws" else { return false }
    let before = long.dropLast(name.count).last
    return before == "/" || before == ":"
  }

  // MARK: Policies

  /// A policy document of AWS: lists of one are their element, statements and what they list are sets, actions have no case.
  private func policy(_ node: CodeNode, depth: Int) -> DriftForm {
    var forms: [String: DriftForm] = [:]
    for member in node.members {
      if member.key == "Statement" {
        let statements = Self.list(member.node).map { statement($0, depth: depth) }
        forms[member.key] = .list(statements.sorted { $0.rank < $1.rank })
      } else {
        let form = form(member.node, key: member.key, depth: depth + 1)
        if form != .nothing { forms[member.key] = form }
      }
    }
    return .map(forms)
  }

  private static func list(_ node: CodeNode) -> [CodeNode] {
    if case .list(let elements) = node.value { elements } else { node.isNull ? [] : [node] }
  }

  private func texts(_ node: CodeNode, _ change: (String) -> String = { $0 }) -> DriftForm {
    .list(Set(Self.list(node).map { change($0.scalar ?? "") }).sorted().map(DriftForm.scalar))
  }

  private func statement(_ node: CodeNode, depth: Int) -> DriftForm {
    var forms: [String: DriftForm] = [:]
    for member in node.members {
      switch member.key {
      case "Action", "NotAction": forms[member.key] = texts(member.node) { $0.lowercased() }
      case "Resource", "NotResource": forms[member.key] = texts(member.node)
      case "Principal", "NotPrincipal":
        guard case .map(let kinds) = member.node.value else {
          forms[member.key] = .map(["AWS": texts(member.node, Self.principal)])
          continue
        }
        forms[member.key] = .map(
          Dictionary(kinds.map { ($0.key, texts($0.node, Self.principal)) }, uniquingKeysWith: { $1 }))
      case "Condition":
        var operators: [String: DriftForm] = [:]
        for condition in member.node.members {
          operators[condition.key] = .map(
            Dictionary(condition.node.members.map { ($0.key, texts($0.node)) }, uniquingKeysWith: { $1 }))
        }
        if !operators.isEmpty { forms[member.key] = .map(operators) }
      default:
        let form = form(member.node, key: member.key, depth: depth + 1)
        if form != .nothing { forms[member.key] = form }
      }
    }
    return .map(forms)
  }

  /// An account's number stands for its root.
  private static func principal(_ text: String) -> String {
    text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "arn:aws:iam::\(text):root" : text
  }
}

extension DriftForm {
  /// A text by which forms are put in order; equal forms have equal ones.
  var rank: String {
    switch self {
    case .nothing: ""
    case .scalar(let text): "s" + text
    case .list(let elements): "l" + elements.map(\.rank).joined(separator: "\u{1}") + "\u{2}"
    case .map(let members):
      "m"
        + members.sorted { $0.key < $1.key }.map { $0.key + "\u{3}" + $0.value.rank }.joined(separator: "\u{1}")
        + "\u{2}"
    }
  }
}
