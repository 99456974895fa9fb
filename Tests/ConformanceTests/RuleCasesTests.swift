// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Documents of Azure resources with the verdicts of PSRule for Azure, judged by the checks that name its rule as twin.
struct RuleCasesTests {
  private static let columns: Set<String> = [
    "id", "name", "type", "kind", "location", "properties", "tags", "sku", "identity", "zones", "plan", "managedBy",
    "extendedLocation",
  ]

  @Test func `checks agree with the rules that they name as twins`() throws {
    guard let file = CaseFiles.find("azure-rule-cases/cases.json") else {
      print("conformance rules: skipped, no azure-rule-cases/cases.json (PLUMB_CASES names the folder that holds it)")
      return
    }
    let root = try JSONDocument(parsing: Array(Data(contentsOf: file))).root
    let content = ContentLibrary()
    let checks = try CheckLibrary(content, cloud: "azure").checks
    let defaults = try Defaults(content)
    var twins: [String: [Check]] = [:]
    for check in checks {
      for name in check.sameAs where name.hasPrefix("psrule:") {
        twins[String(name.dropFirst(7)), default: []].append(check)
      }
    }
    var tally = Tally("rules")
    for (number, item) in (root["cases"] ?? .null).elements.enumerated() {
      let rule = item["rule"]?.string ?? ""
      for check in twins[rule] ?? [] {
        var rows: [JSONDraft] = []
        Self.flatten(item["resource"] ?? .null, parent: nil, into: &rows)
        guard let failure = Self.judge(rows, check, defaults, expected: item["expect"]?.string ?? "") else { continue }
        tally.add(
          "\(rule)/\(item["name"]?.string ?? "")/\(check.id)/\(number)",
          family: item["options"]?.boolean == true ? "with options" : "as they come",
          failure: failure.isEmpty ? nil : failure)
      }
    }
    try tally.settle()
  }

  /// Empty where the verdicts are as expected; nil where the document has nothing that the check judges.
  private static func judge(_ rows: [JSONDraft], _ check: Check, _ defaults: Defaults, expected: String) -> String? {
    let documents = rows.map { $0.document().root }
    guard documents.contains(where: { $0["type"]?.string == check.type }) else { return nil }
    var builder = JSONBuilder()
    for document in documents { builder.append(document) }
    let batch = Snapshot.rows(of: builder.finish(), ResourceRows.schema)
    let verdicts = Judge(checks: [check], defaults: defaults).judge(Estate(resources: batch, now: CheckExamples.now))
    // A query says of what it does not return that the check does not apply to it.
    let words = verdicts.list.map(\.status)
    let wanted: Status = expected == "Pass" ? .healthy : expected == "Fail" ? .unhealthy : .notApplicable
    let isSo =
      switch wanted {
      case .unhealthy: words.contains(.unhealthy)
      case .healthy: words.contains(.healthy) && !words.contains(.unhealthy)
      default: words.allSatisfy { $0 == .notApplicable }
      }
    return isSo ? "" : "expected \(wanted.rawValue), was \(words.map(\.rawValue).joined(separator: ", "))"
  }

  /// The resource and those below it as rows; PSRule keeps children inside their parents.
  private static func flatten(_ item: JSONValue, parent: (id: String, type: String)?, into rows: inout [JSONDraft]) {
    var type = item["type"]?.string ?? ""
    var id = item["id"]?.string ?? ""
    let name = item["name"]?.string ?? ""
    if let parent {
      let last = name.split(separator: "/").last.map(String.init) ?? "default"
      let providers = id.ranges(of: "/providers/")
      if providers.count > 1, let start = providers.last {
        // An extension resource: its id names its own provider behind the parent's.
        let parts = id[start.upperBound...].split(separator: "/").map(String.init)
        type = ([parts.first ?? ""] + stride(from: 1, to: parts.count, by: 2).map { parts[$0] }).joined(separator: "/")
        id = parent.id + id[start.lowerBound...]
      } else if !id.lowercased().hasPrefix(parent.id.lowercased() + "/") {
        let isChild = type.lowercased().hasPrefix(parent.type + "/")
        let kind = type.split(separator: "/").last.map(String.init) ?? "x"
        if isChild || id.isEmpty { id = "\(parent.id)/\(isChild ? kind : "x")/\(last)" }
      }
    }
    if id.isEmpty { id = "/subscriptions/s/resourceGroups/g/providers/\(type)/\(name.isEmpty ? "x" : name)" }
    type = type.lowercased()
    var row = JSONDraft.emptyObject
    for (key, value) in item.members {
      guard let key = key.string, columns.contains(key) else { continue }
      if key == "identity" || key == "tags" || key == "properties", value.kind != .object { continue }
      row.set(JSONPath(steps: [.key(key)]), .value(value))
    }
    row.set(JSONPath(steps: [.key("id")]), .string(id))
    row.set(JSONPath(steps: [.key("type")]), .string(type))
    row.set(JSONPath(steps: [.key("cloud")]), .string("azure"))
    rows.append(row)
    for child in item["resources"]?.elements.map({ $0 }) ?? [] where child["type"]?.string != nil {
      flatten(child, parent: (id, type), into: &rows)
    }
  }
}
