// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import Inventory
internal import JSON
internal import KQL

/// Judges examples of checks.
struct ExampleBench: Sendable {
  /// One example: the rows of its estate, and where it stands.
  struct Example {
    let rows: [JSONValue]
    let node: ContentNode
    var location: ContentLocation { node.location }
  }

  let defaults: Defaults

  /// The examples of a kind, with all that every row has.
  func examples(of check: Check, _ kind: String) throws(ContentError) -> [Example] {
    var list: [Example] = []
    for node in try check.document.node.require("examples").optional(kind)?.elements ?? [] {
      list.append(try example(of: check, node, kind))
    }
    return list
  }

  func example(of check: Check, _ node: ContentNode, _ kind: String) throws(ContentError) -> Example {
    var rows: [ContentNode] = [node]
    let extra = kind == "unknown" ? ["gap"] : []
    if check.isLongForm {
      try node.allow(["resources"] + extra)
      rows = try node.require("resources").elements
    }
    var documents: [JSONValue] = []
    for (index, row) in rows.enumerated() {
      try row.allow(ResourceRows.schema.map(\.name) + (check.isLongForm ? [] : extra))
      documents.append(complete(row.value, check, index))
    }
    return Example(rows: documents, node: node)
  }

  /// A partial row with what every row has.
  private func complete(_ row: JSONValue, _ check: Check, _ index: Int) -> JSONValue {
    var draft = JSONDraft.value(row)
    for (key, value) in [
      ("id", "example-\(index + 1)"), ("type", check.type), ("cloud", check.cloud), ("source", "live"),
      ("subscriptionId", "123456789012"), ("location", check.cloud == "aws" ? "us-east-1" : ""),
    ] where row[key] == nil {
      draft.set(JSONPath(steps: [.key(key)]), .string(value))
    }
    return draft.document().root
  }

  func judge(_ check: Check, _ rows: [JSONValue], gaps: [Estate.Gap] = []) -> Verdicts {
    let estate = Estate(resources: ResourceRows.batch(rows), gaps: gaps, now: CheckExamples.now)
    return Judge(checks: [check], defaults: defaults).judge(estate)
  }

  /// The paths that the check reads of its rows: a column, then keys.
  func paths(of check: Check) -> [[String]] {
    let columns = Set(ResourceRows.schema.map(\.name))
    switch check.rule {
    case .predicate(let applies, let unhealthy):
      return (applies?.paths ?? []).filter { !unhealthy.paths.contains($0) } + unhealthy.paths
    case .query(let text):
      guard let reads = QueryReads(text, judging: check.type) else { return [] }
      return reads.paths.map { $0.split(separator: ".").map(String.init) }
        .filter { columns.contains($0.first ?? "") }
    }
  }

  /// Whether one of several estates has a resource that is not judged so.
  func hasOther(than status: Status, _ estates: [[JSONValue]], _ check: Check) -> Bool {
    guard case .predicate(let applies, let unhealthy) = check.rule else {
      return estates.contains { rows in
        let verdicts = judge(check, rows)
        return verdicts.list.isEmpty || verdicts.list.contains { $0.status != status }
      }
    }
    // Estates of one row each, which may have one id: judged by the predicates as the rows of one batch.
    let documents = estates.flatMap { $0 }
    let rows = defaults.applied(
      to: ResourceRows.batch(documents), rowsByType: [check.type: Array(documents.indices)])
    let context = EvaluationContext(now: CheckExamples.now)
    let everything = Bitmap(count: rows.count, filledWith: true)
    guard let bad = try? unhealthy.rows(of: rows, context),
      let concerned = try? applies?.rows(of: rows, context) ?? everything
    else { return false }
    return documents.indices.contains { row in
      let found: Status = concerned[row] ? bad[row] ? .unhealthy : .healthy : .notApplicable
      return found != status
    }
  }
}
