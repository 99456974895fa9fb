// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import Inventory
internal import JSON
internal import KQL

/// Reads one check file.
struct CheckReader {
  static let keys = [
    "id", "title", "type", "severity", "maturity", "control", "why", "applies", "unhealthy", "query", "decides",
    "message", "fix", "effort", "attack", "sameAs", "controls", "references", "examples",
  ]

  /// What a custom recommendation of Defender for Cloud returns.
  private static let entityColumns = [
    "Id", "Name", "Environment", "Identifiers", "AdditionalData", "Record", "HealthStatus",
  ]

  let schema: Schema
  /// What a query may name, without rows.
  let catalog: Catalog

  func read(_ file: ContentFile) throws(ContentError) -> Check {
    let document = try YAMLDocument(file)
    let node = document.node
    try node.allow(Self.keys)
    let id = try text("id", node)
    guard id.split(separator: ".").count >= 3 else {
      throw try node.require("id").error("an id has three parts: cloud.service.name")
    }
    let type = try text("type", node)
    guard type == type.lowercased() else { throw try node.require("type").error("the type is written in lower case") }
    let fix = try node.require("fix")
    try fix.allow(["console", "portal", "cli", "terraform", "call"])
    let rule = try rule(node)
    var controls: [(framework: String, ids: [String])] = []
    if let mapping = try node.optional("controls") {
      for (framework, ids) in try mapping.members { controls.append((framework, try ids.texts)) }
    }
    var decides = Decision.all
    if let node = try node.optional("decides") { decides = try node.choice() }
    return Check(
      id: id, title: try text("title", node), type: type, severity: try node.require("severity").choice(),
      maturity: try node.require("maturity").choice(), control: try text("control", node),
      why: try text("why", node), rule: rule,
      decides: decides, message: try optionalText("message", node),
      fix: Check.Fix(
        console: try optionalText(fix.has("console") ? "console" : "portal", fix), cli: try optionalText("cli", fix),
        terraform: try fix.optional("terraform")?.value, call: try fix.optional("call")?.value),
      effort: try optionalText("effort", node), attack: try texts("attack", node), sameAs: try texts("sameAs", node),
      controls: controls, references: try texts("references", node), location: node.location, document: document)
  }

  private func text(_ key: String, _ node: ContentNode) throws(ContentError) -> String {
    let value = try node.require(key)
    let text = try value.text
    guard !text.allSatisfy(\.isWhitespace) else { throw value.error("'\(key)' is empty") }
    return text
  }

  private func optionalText(_ key: String, _ node: ContentNode) throws(ContentError) -> String? {
    try node.has(key) ? text(key, node) : nil
  }

  private func texts(_ key: String, _ node: ContentNode) throws(ContentError) -> [String] {
    try node.optional(key)?.texts ?? []
  }

  private func rule(_ node: ContentNode) throws(ContentError) -> Check.Rule {
    if let query = try node.optional("query") {
      for key in ["applies", "unhealthy"] {
        if let other = try node.optional(key) { throw other.error("'\(key)' and 'query' exclude one another") }
      }
      let text = try query.text
      try bind(text, at: query)
      return .query(text)
    }
    if let decides = try node.optional("decides") { throw decides.error("'decides' belongs to a 'query'") }
    guard let unhealthy = try node.optional("unhealthy") else {
      throw node.error("'unhealthy' or 'query' is missing", code: .missingKey)
    }
    var applies: Predicate?
    if let node = try node.optional("applies") { applies = try predicate(node) }
    return .predicate(applies: applies, unhealthy: try predicate(unhealthy))
  }

  private func predicate(_ node: ContentNode) throws(ContentError) -> Predicate {
    let text = try node.scalarText
    do throws(KQLError) {
      return try Predicate(text, schema: schema)
    } catch {
      throw node.error("\(error)")
    }
  }

  private func bind(_ text: String, at node: ContentNode) throws(ContentError) {
    let query: Query
    do throws(KQLError) {
      query = try Query(text, catalog: catalog)
    } catch {
      throw node.error("\(error)")
    }
    let columns = query.schema
    if query.readsEntities(text) {
      let missing = Self.entityColumns.filter { name in !columns.contains { $0.name == name } }
      if !missing.isEmpty {
        throw node.error(
          "a query over \(EntityTable.name) must return \(Self.entityColumns.joined(separator: ", ")); it does not "
            + "return \(missing.joined(separator: ", "))")
      }
    }
    for (name, types) in [("Id", [ScalarType.string]), ("HealthStatus", [.string]), ("Reason", [.string])] {
      guard let column = columns.first(where: { $0.name == name }) else {
        if name == "Reason" { continue }
        throw node.error("the query must return a column '\(name)'")
      }
      guard types.contains(column.type) else {
        throw node.error("column '\(name)' of the query must be a string, it is a \(column.type.rawValue)")
      }
    }
  }
}
