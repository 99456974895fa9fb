// SPDX-License-Identifier: Apache-2.0

package import Content
internal import JSON

/// What everybody has to know to compare a state with a cloud: `mappings/drift.yaml`.
package struct DriftRules: Sendable {
  /// A resource that nobody writes code for: the cloud, or another resource, makes it.
  struct Child: Sendable {
    let types: [GlobPattern]
    /// Paths and the values, of which any holds.
    let conditions: [(path: JSONPath, values: [GlobPattern])]
    /// Paths with the id or name of the resource that it belongs to.
    let parents: [JSONPath]
    /// Types that the parent may have; any where there are none.
    let parentTypes: Set<String>
    /// Whether it belongs to the resource that its id lies below.
    let isBelow: Bool
    /// Whether the parent has to be a child itself: what stands in a default network, not what somebody put into a managed one.
    let needsChild: Bool
    let reason: String
  }

  /// Keys, in lower case, that no state settles: times, tags of versions, states of work.
  let excluded: Set<String>
  /// Keys, in lower case, below which values are not shown.
  let hidden: Set<String>
  /// Keys, in lower case, of maps whose members are data: one that only one side has counts.
  let maps: Set<String>
  /// Keys, in lower case, of lists whose order counts.
  let ordered: Set<String>
  /// Keys, in lower case, of lists of pairs of which a state knows some: others are not compared.
  let partial: Set<String>
  /// Words, in lower case, that say no more than an absent value does.
  let absent: Set<String>
  /// Words, in lower case, that tell what a resource is doing.
  let states: Set<String>
  let ignoredTags: [GlobPattern]
  let unmanageable: [GlobPattern]
  let children: [Child]

  package init(_ content: ContentLibrary) throws(ContentError) {
    guard let file = try content.file(at: "mappings/drift.yaml") else {
      (excluded, hidden, maps, ordered, partial, absent, states) = ([], [], [], [], [], [], [])
      (ignoredTags, unmanageable, children) = ([], [], [])
      return
    }
    let root = try YAMLDocument(file).node
    try root.allow([
      "excluded", "hidden", "maps", "ordered", "partial", "absent", "states", "ignoredTags", "unmanageable", "children",
    ])
    func keys(_ name: String) throws(ContentError) -> Set<String> {
      Set(try root.optional(name)?.texts.map { $0.lowercased() } ?? [])
    }
    func patterns(_ name: String) throws(ContentError) -> [GlobPattern] {
      try root.optional(name)?.texts.map { GlobPattern($0) } ?? []
    }
    excluded = try keys("excluded")
    hidden = try keys("hidden")
    maps = try keys("maps")
    ordered = try keys("ordered")
    partial = try keys("partial")
    absent = Set(
      try root.optional("absent")?.elements.map { node throws(ContentError) in try node.scalarText.lowercased() } ?? [])
    states = try keys("states")
    ignoredTags = try patterns("ignoredTags")
    unmanageable = try patterns("unmanageable")
    var children: [Child] = []
    for node in try root.optional("children")?.elements ?? [] {
      try node.allow(["type", "when", "of", "is", "below", "defaults", "reason"])
      var conditions: [(JSONPath, [GlobPattern])] = []
      for (path, value) in try node.optional("when")?.members ?? [] {
        let values = value.value.kind == .array ? try value.elements : [value]
        var patterns: [GlobPattern] = []
        for value in values { patterns.append(GlobPattern(try value.scalarText)) }
        conditions.append((try Self.path(path, at: value), patterns))
      }
      var parents: [JSONPath] = []
      if let of = try node.optional("of") {
        for text in try of.texts { parents.append(try Self.path(text, at: of)) }
      }
      children.append(
        Child(
          types: try node.require("type").texts.map { GlobPattern($0) }, conditions: conditions, parents: parents,
          parentTypes: Set(try node.optional("is")?.texts.map { $0.lowercased() } ?? []),
          isBelow: try node.optional("below")?.boolean ?? false,
          needsChild: try node.optional("defaults")?.boolean ?? false, reason: try node.require("reason").text))
    }
    self.children = children
  }

  private static func path(_ text: String, at node: ContentNode) throws(ContentError) -> JSONPath {
    guard let path = JSONPath(text) else { throw node.error("'\(text)' is no path such as properties.VpcId") }
    return path
  }

  /// Whether a value under this key is of no state's making.
  func isExcluded(_ key: String) -> Bool { excluded.contains(key.lowercased()) }

  /// Whether the value tells what the resource is doing at the moment.
  func isWork(_ key: String, _ node: CodeNode?) -> Bool {
    guard ["state", "status"].contains(key.lowercased()) else { return false }
    return node?.string.map { states.contains($0.lowercased()) } ?? true
  }

  /// Whether a value under this key is not to be shown.
  func isHidden(_ key: String) -> Bool {
    hidden.contains(key.lowercased()) || AppliedValues.isSecret(Self.snake(key))
  }

  /// `adminPassword` as `admin_password`, the form in which names of secrets are known.
  private static func snake(_ key: String) -> String {
    var out = ""
    var wasLower = false
    for character in key {
      if character.isUppercase, wasLower { out.append("_") }
      wasLower = character.isLowercase || character.isNumber
      out += character == "-" ? "_" : character.lowercased()
    }
    return out
  }
}

/// A pattern in which `*` stands for any text; letters of either case are the same.
package struct GlobPattern: Sendable {
  package let text: String
  private let parts: [String]

  package init(_ text: String) {
    self.text = text
    parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
  }

  package func matches(_ subject: String) -> Bool {
    let subject = subject.lowercased()
    guard let first = parts.first, let last = parts.last else { return false }
    guard parts.count > 1 else { return subject == first }
    guard subject.hasPrefix(first) else { return false }
    var rest = subject.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}

/// A rule of the configuration or of `--ignore`: a pattern of addresses, ids and types, and behind `#` one of paths.
///
///     aws_instance.build*          resources
///     *#tags.costCenter            a path, of all resources
package struct DriftIgnore: Sendable {
  package let text: String
  let subject: GlobPattern
  let path: GlobPattern?

  package init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    subject = GlobPattern(parts[0].isEmpty ? "*" : parts[0])
    path = parts.count > 1 ? GlobPattern(parts[1]) : nil
  }

  func isAbout(_ resource: DriftedResource) -> Bool {
    [resource.address, resource.id, resource.type, resource.kind].contains { !$0.isEmpty && subject.matches($0) }
  }

  /// Whether the path, or one that it lies below, is named.
  func isAbout(path: String) -> Bool {
    guard let pattern = self.path else { return false }
    return pattern.matches(path) || GlobPattern(pattern.text + ".*").matches(path)
      || GlobPattern(pattern.text + "[*").matches(path)
  }
}
