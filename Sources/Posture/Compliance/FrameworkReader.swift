// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Reads one framework file.
struct FrameworkReader {
  static let keys = ["id", "title", "version", "clouds", "aliases", "groups"]
  /// How deep groups may stand in groups.
  static let deepest = 6

  /// Ids of the checks that there are.
  let checks: Set<String>

  func read(_ file: ContentFile) throws(ContentError) -> Framework {
    let node = try YAMLDocument(file).node
    try node.allow(Self.keys)
    let id = try text("id", node)
    let clouds = try node.require("clouds")
    for cloud in try clouds.texts where !["aws", "azure", "gcp"].contains(cloud) {
      throw clouds.error("'\(cloud)' is no cloud; one of aws, azure, gcp")
    }
    var seen: [String: ContentLocation] = [:]
    let groups = try groups(node.require("groups"), depth: 1, &seen)
    guard !seen.isEmpty else { throw node.error("the framework has no controls") }
    return Framework(
      id: id, title: try text("title", node), version: try text("version", node), clouds: try clouds.texts,
      aliases: try node.optional("aliases")?.texts ?? [], groups: groups, location: node.location)
  }

  private func groups(
    _ list: ContentNode, depth: Int, _ seen: inout [String: ContentLocation]
  ) throws(ContentError) -> [Framework.Group] {
    guard depth <= Self.deepest else { throw list.error("groups stand in groups more than \(Self.deepest) deep") }
    var groups: [Framework.Group] = []
    for node in try list.elements {
      try node.allow(["id", "title", "controls", "groups"])
      var controls: [Framework.Control] = []
      for element in try node.optional("controls")?.elements ?? [] {
        let control = try control(element)
        if let first = seen.updateValue(control.location, forKey: control.id.lowercased()) {
          throw element.error("control '\(control.id)' is also defined at \(first)", code: .duplicateKey)
        }
        controls.append(control)
      }
      var below: [Framework.Group] = []
      if let list = try node.optional("groups") { below = try self.groups(list, depth: depth + 1, &seen) }
      groups.append(
        Framework.Group(id: try text("id", node), title: try text("title", node), controls: controls, groups: below))
    }
    return groups
  }

  private func control(_ node: ContentNode) throws(ContentError) -> Framework.Control {
    try node.allow(["id", "title", "manual", "checks", "add", "drop"])
    let isManual = try node.optional("manual")?.boolean ?? false
    let derived = try reasons("checks", node)
    let added = try reasons("add", node)
    let dropped = try reasons("drop", node)
    if isManual, let first = derived.first ?? added.first {
      throw first.node.error("a manual control takes no checks")
    }
    var links: [Framework.Link] = []
    for (check, reason) in derived { links.append(Framework.Link(check: check, trace: try reason.text)) }
    for (check, reason) in added {
      guard !links.contains(where: { $0.check == check }) else {
        throw reason.error("check '\(check)' stands under 'checks' as well", code: .duplicateKey)
      }
      links.append(Framework.Link(check: check, trace: "hand: \(try reason.text)"))
    }
    var without: [String: String] = [:]
    for (check, reason) in dropped {
      guard !links.contains(where: { $0.check == check }) else {
        throw reason.error("check '\(check)' is dropped and named at once", code: .duplicateKey)
      }
      without[check] = try reason.text
    }
    return Framework.Control(
      id: try text("id", node), title: try text("title", node), isManual: isManual, links: links, dropped: without,
      location: node.location)
  }

  /// Checks with a text each, which says why they stand there.
  private func reasons(
    _ key: String, _ node: ContentNode
  ) throws(ContentError) -> [(check: String, node: ContentNode)] {
    guard let mapping = try node.optional(key) else { return [] }
    var list: [(check: String, node: ContentNode)] = []
    for (check, reason) in try mapping.members {
      guard checks.contains(check) else {
        let hint = Spelling.nearest(to: check, in: Array(checks)).map { "; did you mean '\($0)'?" } ?? ""
        throw reason.error("there is no check '\(check)'\(hint)")
      }
      guard try !reason.text.allSatisfy(\.isWhitespace) else { throw reason.error("'\(check)' has no reason") }
      list.append((check, reason))
    }
    return list
  }

  private func text(_ key: String, _ node: ContentNode) throws(ContentError) -> String {
    let value = try node.require(key)
    let text = try value.text
    guard !text.allSatisfy(\.isWhitespace) else { throw value.error("'\(key)' is empty") }
    return text
  }
}
