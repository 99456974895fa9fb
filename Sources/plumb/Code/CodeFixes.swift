// SPDX-License-Identifier: Apache-2.0
import IaC
import JSON
import KQL
import Posture

/// Mends faults whose mend is one attribute.
///
/// A check does not say what it wants in code. It is read off its predicate (`a.b != 'x'` wants `x`), put into the
/// resource, and judged again: only where the resource is Healthy then, and only one such change makes it so, the source
/// is changed. The check's own fix, which is written in Terraform, has the last word: where that takes several values, or
/// another one, one attribute is not enough. In Terraform it also names the argument, where the predicate's words are not
/// the code's.
struct CodeFixes {
  private let judging: CodeJudging
  private var sources: CodeSources
  private var edits: [String: SourceEdits] = [:]
  /// Faults that the patch mends, and all.
  private(set) var mended = 0
  private(set) var faults = 0

  /// A wish of a check for one of its findings.
  private struct Candidate {
    let finding: Int
    let wish: Predicate.Wish
  }

  /// - Parameter found: the findings, each with its resource.
  init(_ judging: CodeJudging, _ sources: CodeSources, _ found: [(finding: Finding, resource: Int)]) {
    (self.judging, self.sources) = (judging, sources)
    let open = found.filter(\.finding.isFault)
    faults = open.count
    let wishes = healing(open)
    for (index, (finding, resource)) in open.enumerated() {
      let resource = judging.estate.resources[resource]
      let isMended =
        if let wish = wishes[index] { mend(resource, wish) || mendArgument(finding) } else { mendArgument(finding) }
      if isMended { mended += 1 }
    }
  }

  // MARK: What is wanted

  /// The one wish of each fault that heals it, by the fault's place in the list.
  private func healing(_ open: [(finding: Finding, resource: Int)]) -> [Int: Predicate.Wish] {
    var wishes: [String: [Predicate.Wish]] = [:]
    var candidates: [Candidate] = []
    var changed = CodeEstate()
    var checks: [Check] = []
    for (index, (finding, resource)) in open.enumerated() {
      let check = finding.check
      if wishes[check.id] == nil {
        let all = check.ruleText("unhealthy").flatMap { try? Predicate.wishes(in: $0) } ?? []
        wishes[check.id] = all.filter { $0.path.count > 1 }.compactMap { Self.agreed($0, check) }
        checks.append(check)
      }
      for wish in wishes[check.id] ?? [] {
        var copy = judging.estate.resources[resource]
        copy.body.set(wish.path[...], CodeNode(Self.value(wish.value), at: copy.place))
        changed.resources.append(copy)
        candidates.append(Candidate(finding: index, wish: wish))
      }
    }
    guard !candidates.isEmpty else { return [:] }
    let again = CodeJudging(changed, checks: checks, defaults: judging.defaults, now: judging.now)
    var healing: [Int: [Predicate.Wish]] = [:]
    for (finding, index) in again.located(failed: { _, _ in }) where finding.status == .healthy {
      let candidate = candidates[index]
      if open[candidate.finding].finding.check === finding.check {
        healing[candidate.finding, default: []].append(candidate.wish)
      }
    }
    return healing.compactMapValues { $0.count == 1 ? $0[0] : nil }
  }

  /// The wish as far as the check's fix agrees with it; nil where that is not one value, or another.
  private static func agreed(_ wish: Predicate.Wish, _ check: Check) -> Predicate.Wish? {
    guard let (_, fix) = only(check.fix.terraform) else { return nil }
    switch (fix, wish.value) {
    // A predicate says the least that will do; the fix says what is reasonable.
    case (.number(let number), .number):
      var reasonable = wish
      reasonable.value = .number(number)
      return reasonable
    case (.bool, .bool): return wish
    case (.bool, .text(let text)):
      return ["enabled", "disabled", "on", "off", "true", "false"].contains(text.lowercased()) ? wish : nil
    case (.text(let fix), .text(let text)): return fix.lowercased() == text.lowercased() ? wish : nil
    default: return nil
    }
  }

  /// The value of a fix and its name, where there is one value.
  private static func only(_ fix: JSONValue?) -> (name: String, value: CodeLiteral)? {
    var found: [(name: String, value: CodeLiteral?)] = []
    func collect(_ value: JSONValue, _ name: String) {
      switch value.kind {
      case .object: for (key, member) in value.members { collect(member, key.string ?? "") }
      case .array: found.append((name, nil))
      default: found.append((name, literal(value)))
      }
    }
    guard let fix else { return nil }
    collect(fix, "")
    guard found.count == 1, let value = found[0].value else { return nil }
    return (found[0].name, value)
  }

  private static func literal(_ value: JSONValue) -> CodeLiteral? {
    if let flag = value.boolean { return .bool(flag) }
    if let number = value.numberLiteral { return .number(number) }
    return value.string.map { .text($0) }
  }

  private static func value(_ value: Predicate.Wish.Value) -> CodeValue {
    switch value {
    case .bool(let flag): .bool(flag)
    case .number(let text): .number(text)
    case .text(let text): .string(text)
    }
  }

  // MARK: Where it is written

  private mutating func edit(_ path: String, _ change: (inout SourceEdits) -> Bool) -> Bool {
    guard let source = sources.text(path) else { return false }
    return change(&edits[path, default: SourceEdits(source)])
  }

  private mutating func mend(_ resource: CodeResource, _ wish: Predicate.Wish) -> Bool {
    let new: CodeLiteral =
      switch wish.value {
      case .bool(let flag): .bool(flag)
      case .number(let text): .number(text)
      case .text(let text): .text(text)
      }
    if let node = resource.body.get(wish.path) {
      guard let current = Self.literal(node.value) else { return false }
      return edit(node.place.path) { $0.replace(at: node.place, current, with: Self.sameKind(new, as: current)) }
    }
    // An absent value goes where the native shape is the code's own.
    guard resource.source != .terraform, resource.source != .plan, wish.path[0] == "properties",
      let text = sources.text(resource.place.path)
    else { return false }
    let block = text.block(at: resource.place.line)
    guard names(resource, in: block, of: text) else { return false }
    for count in stride(from: wish.path.count - 1, through: 1, by: -1) {
      guard let map = resource.body.get(wish.path[..<count]) else { continue }
      guard case .map = map.value, map.place.path == resource.place.path, block.contains(map.place.line) else {
        return false
      }
      return edit(map.place.path) { $0.insert(Array(wish.path[count...]), new, into: map) }
    }
    return false
  }

  /// Whether the block is written as the type that is judged: what SAM makes of its own types is not.
  private func names(_ resource: CodeResource, in block: ClosedRange<Int>, of text: SourceText) -> Bool {
    let last = resource.type.split(separator: "/").last.map(String.init) ?? resource.type
    return block.contains { line in
      let code = text.line(line).lowercased()
      guard code.contains("type") else { return false }
      return code.contains(resource.type) || resource.source == .arm && code.contains("\"\(last)\"")
    }
  }

  private static func literal(_ value: CodeValue) -> CodeLiteral? {
    switch value {
    case .bool(let flag): .bool(flag)
    case .number(let text): .number(text)
    case .string(let text): .text(text)
    default: nil
    }
  }

  /// `'true'` of a predicate is a truth value where the code has one.
  private static func sameKind(_ new: CodeLiteral, as current: CodeLiteral) -> CodeLiteral {
    switch (new, current) {
    case (.text("true"), .bool): .bool(true)
    case (.text("false"), .bool): .bool(false)
    default: new
    }
  }

  // MARK: Arguments of Terraform

  /// Changes the argument at which the finding stands to what the check's fix gives it for the block's type.
  private mutating func mendArgument(_ finding: Finding) -> Bool {
    guard let place = finding.place, let fix = finding.check.fix.terraform, let wanted = Self.only(fix),
      let text = sources.text(place.path),
      text.form == .hcl, let start = text.block(holding: place.line)
    else { return false }
    let head = text.line(start).split { $0 == " " || $0 == "\"" || $0 == "{" }
    let argument = text.line(place.line).split(separator: "=", maxSplits: 1)
    guard head.count > 1, head[0] == "resource", argument.count == 2, fix[String(head[1])] != nil else {
      return false
    }
    // A text of a fix may stand for what only the user knows; one that the rule has stands for itself.
    if case .text(let text) = wanted.value {
      let rule = ["unhealthy", "query"].compactMap { finding.check.ruleText($0) }.joined().lowercased()
      guard rule.contains("'\(text.lowercased())'") else { return false }
    }
    guard argument[0].filter({ $0 != " " && $0 != "\t" }) == wanted.name, let current = Self.written(argument[1]) else {
      return false
    }
    let new = wanted.value
    let column = text.line(place.line).utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count + 1
    let at = CodePlace(path: place.path, line: place.line, column: column)
    return current != new && edit(place.path) { $0.replace(at: at, current, with: new) }
  }

  /// The literal that stands behind `=`.
  private static func written(_ text: Substring) -> CodeLiteral? {
    let text = text.drop { $0 == " " }
    if text.first == "\"" {
      let inner = text.dropFirst().prefix { $0 != "\"" }
      return inner.contains("$") || inner.contains("\\") ? nil : .text(String(inner))
    }
    let word = String(text.prefix { !" #/".contains($0) })
    if word == "true" || word == "false" { return .bool(word == "true") }
    return Double(word) == nil ? nil : .number(word)
  }

  // MARK: The patch

  /// - Parameter relative: a path as the patch is to name it.
  func patch(_ relative: (String) -> String) -> [UInt8] {
    var out: [UInt8] = []
    for path in edits.keys.sorted() {
      if let edits = edits[path], !edits.isEmpty { UnifiedDiff.write(edits, path: relative(path), into: &out) }
    }
    return out
  }
}
