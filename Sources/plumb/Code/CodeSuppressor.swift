// SPDX-License-Identifier: Apache-2.0
import Content
import IaC
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Finds what suppresses findings in code: comments, metadata of resources, the configuration.
struct CodeSuppressor {
  private let estate: CodeEstate
  private let skips: [CodeSettings.Skip]
  private var sources: CodeSources
  private var directives: [String: [CodeDirective]] = [:]
  /// Resources by the file and line where they begin.
  private var starts: [String: [Int: Int]] = [:]
  /// Directives that hold nowhere, each with what is wrong.
  private(set) var notes: [String] = []
  /// Directives by file and check, as they were asked for.
  private var fitting: [String: [CodeDirective]] = [:]
  /// What was asked of each check before.
  private var matches: [String: Bool] = [:]
  private let today: String

  init(_ estate: CodeEstate, _ sources: CodeSources, skips: [CodeSettings.Skip], today: String) {
    (self.estate, self.sources, self.skips, self.today) = (estate, sources, skips, today)
    var paths: Set<String> = []
    for (index, resource) in estate.resources.enumerated() {
      starts[resource.place.path, default: [:]][resource.place.line] = index
      paths.insert(resource.place.path)
      for call in resource.chain { paths.insert(call.path) }
    }
    for path in paths.sorted() { load(path) }
    for resource in estate.resources {
      for directive in resource.metadata.map(CodeDirective.all(in:)) ?? [] { _ = holds(directive) }
    }
  }

  private mutating func load(_ path: String) {
    guard directives[path] == nil else { return }
    directives[path] = []
    guard let bytes = sources.bytes(path), Self.hasMark(bytes), let text = sources.text(path) else { return }
    directives[path] = CodeDirective.all(in: text, path: path).filter { holds($0) }
  }

  /// Whether a file has what every directive has: `:skip=` or `:ignore:`.
  private static func hasMark(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      for at in bytes.indices where bytes[at] == 0x3A && at + 6 <= bytes.count {
        if CodeDirective.marks.contains(where: { bytes[at...].starts(with: $0) }) { return true }
      }
      return false
    }
  }

  private mutating func holds(_ directive: CodeDirective) -> Bool {
    if let day = directive.lastDay, day < today {
      notes.append("\(directive.place): \(directive.text) has expired and suppresses nothing")
      return false
    }
    if let condition = directive.condition {
      notes.append("\(directive.place): \(directive.text) suppresses nothing: '\(condition)' is not evaluated")
      return false
    }
    return true
  }

  /// What suppresses a finding of a resource.
  mutating func suppression(of finding: Finding, resource index: Int) -> Suppression? {
    guard let place = finding.place else { return nil }
    if let skip = skips.first(where: { matches($0.check, finding.check) }) {
      return Suppression(directive: "skip \(skip.check)", reason: skip.reason, place: skip.place, isInSource: false)
    }
    let resource = estate.resources[index]
    load(place.path)
    var owners = [resource]
    if let block = siblingBlock(resource, place), block.lowerBound != resource.place.line,
      let other = starts[place.path]?[block.lowerBound]
    {
      owners.append(estate.resources[other])
    }
    for owner in owners {
      for directive in owner.metadata.map(CodeDirective.all(in:)) ?? [] where matches(directive.id, finding.check) {
        if directive.lastDay.map({ $0 < today }) != true { return Self.made(directive) }
      }
    }
    let paths = Set([place.path, resource.place.path] + resource.chain.map(\.path))
    for path in paths.sorted() {
      for directive in fitting(path, finding.check) where covers(directive, resource, place) {
        return Self.made(directive)
      }
    }
    return nil
  }

  /// Directives of a file that are about a check.
  private mutating func fitting(_ path: String, _ check: Check) -> [CodeDirective] {
    guard let all = directives[path], !all.isEmpty else { return [] }
    let key = "\(path)\n\(check.id)"
    if let known = fitting[key] { return known }
    var found: [CodeDirective] = []
    for directive in all where matches(directive.id, check) { found.append(directive) }
    fitting[key] = found
    return found
  }

  private static func made(_ directive: CodeDirective) -> Suppression {
    Suppression(
      directive: directive.text, reason: directive.reason, place: "\(directive.place.path):\(directive.place.line)",
      isInSource: true)
  }

  // MARK: Where

  /// The block of the resource in which the value stands: of a satellite such as a bucket's policy its own.
  private mutating func siblingBlock(_ resource: CodeResource, _ place: FindingPlace) -> ClosedRange<Int>? {
    guard place.path == resource.place.path, let text = sources.text(place.path),
      let start = text.sibling(of: resource.place.line, holding: place.line)
    else { return nil }
    return text.block(at: start)
  }

  private mutating func covers(_ directive: CodeDirective, _ resource: CodeResource, _ place: FindingPlace) -> Bool {
    let path = directive.place.path
    guard let text = sources.text(path) else { return false }
    let line = directive.place.line
    var blocks: [ClosedRange<Int>] = []
    if path == resource.place.path { blocks.append(text.block(at: resource.place.line)) }
    let sibling = siblingBlock(resource, place)
    if path == place.path, let sibling { blocks.append(sibling) }
    for call in resource.chain where call.path == path { blocks.append(text.block(at: call.line)) }
    if directive.isForBlock, blocks.contains(where: { $0.contains(line) }) { return true }
    guard let scope = directive.scope else { return false }
    if blocks.contains(where: { $0.lowerBound == scope.lowerBound }) { return true }
    // On or above the value that decides, within the block that holds it.
    guard path == place.path, scope.contains(place.line) else { return false }
    return scope.lowerBound >= (sibling ?? 1...1).lowerBound
  }

  // MARK: Which

  /// Whether an id is the check's own (`*` stands for anything) or that of another tool for the same.
  private mutating func matches(_ id: String, _ check: Check) -> Bool {
    let key = "\(id) \(check.id)"
    if let known = matches[key] { return known }
    let fits = Self.names(id, check)
    matches[key] = fits
    return fits
  }

  static func names(_ id: String, _ check: Check) -> Bool {
    if PathPattern(id, crossesFolders: true).matches(check.id) { return true }
    let wanted = plain(id)
    return check.sameAs.contains { name in
      name.firstIndex(of: ":").map { plain(String(name[name.index(after: $0)...])) == wanted } ?? false
    }
  }

  /// Trivy writes `AVD-AWS-0086` and `AWS-0086`.
  private static func plain(_ id: String) -> String {
    let id = id.lowercased()
    return id.hasPrefix("avd-") ? String(id.dropFirst(4)) : id
  }

  /// Notes of the ids that no check of `checks` goes by; all checks are asked for only where one is not met at once.
  func unknownIds(_ known: [Check], all: () throws -> [Check]) rethrows -> [String] {
    var asked: [(id: String, text: String, place: String)] = []
    for path in directives.keys.sorted() {
      asked += (directives[path] ?? []).map { ($0.id, $0.text, "\($0.place)") }
    }
    for resource in estate.resources {
      asked += (resource.metadata.map(CodeDirective.all(in:)) ?? []).map { ($0.id, $0.text, "\($0.place)") }
    }
    asked += skips.map { ($0.check, "skip \($0.check)", $0.place) }
    var ids = Set(asked.map(\.id))
    ids = ids.filter { id in !known.contains { Self.names(id, $0) } }
    if !ids.isEmpty {
      let all = try all()
      ids = ids.filter { id in !all.contains { Self.names(id, $0) } }
    }
    let open = asked.filter { ids.contains($0.id) }
    var seen: Set<String> = []
    return open.map { "\($0.place): \($0.text): no check goes by that id; it suppresses nothing" }
      .filter { seen.insert($0).inserted }
  }
}
