// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL

/// What was written to the estate, as Resource Graph's tables of changes tell it.
enum ChangeFeed {
  /// A row for each change of a document of a table.
  ///
  /// - Parameter subscriptions: lower-case ids; nil for all.
  static func rows(_ estate: TwinEstate, table: String, subscriptions: Set<String>?) -> JSONDocument {
    var builder = JSONBuilder()
    var number = 0
    for change in estate.changes where change.cloud == "azure" {
      let pairs = [(change.before, change.after)] + change.below.map { (Optional($0), nil) }
      for (before, after) in pairs {
        guard let document = after ?? before, estate.table(of: document) == table,
          subscriptions?.contains(document["subscriptionId"]?.string?.lowercased() ?? "") ?? true
        else { continue }
        number += 1
        row(number, document, before, after, change.time).write(into: &builder)
      }
    }
    return builder.finish()
  }

  private static func row(
    _ number: Int, _ document: JSONValue, _ before: JSONValue?, _ after: JSONValue?, _ time: Double
  ) -> JSONDraft {
    let id = document["id"]?.string ?? ""
    var changes: [JSONChange] = []
    if let before, let after { changes = JSONDiff.changes(from: before, to: after) }
    let kind = before == nil ? "Create" : after == nil ? "Delete" : "Update"
    let ticks = DateTime.unixEpoch + Int64(time * 1e7)
    let attributes = JSONDraft.object([
      ("timestamp", .string(DateTime.text(ticks))), ("changesCount", .int(Int64(changes.count))),
      ("changedBy", .string("twin")), ("changedByType", .string("Application")), ("clientType", .string("Unspecified")),
    ])
    let told = changes.map { change -> (key: String, value: JSONDraft) in
      (
        change.path.description,
        .object([
          ("previousValue", change.before.map(JSONDraft.value) ?? .null),
          ("newValue", change.after.map(JSONDraft.value) ?? .null), ("changeCategory", .string("User")),
        ])
      )
    }
    let properties = JSONDraft.object([
      ("targetResourceId", .string(id)), ("targetResourceType", document["type"].map(JSONDraft.value) ?? .string("")),
      ("changeType", .string(kind)), ("changeAttributes", attributes), ("changes", .object(told)),
    ])
    let name = "\(ticks)_\(number)"
    return .object([
      ("id", .string("\(id)/providers/Microsoft.Resources/changes/\(name)")), ("name", .string(name)),
      ("type", .string("microsoft.resources/changes")),
      ("tenantId", document["tenantId"].map(JSONDraft.value) ?? .string("")),
      ("subscriptionId", document["subscriptionId"].map(JSONDraft.value) ?? .string("")),
      ("resourceGroup", document["resourceGroup"].map(JSONDraft.value) ?? .string("")), ("properties", properties),
    ])
  }
}
