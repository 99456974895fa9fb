// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// The feed of changes that Resource Graph keeps for 14 days: the table `resourcechanges`, of resources of the table
/// `resources`. <https://learn.microsoft.com/azure/governance/resource-graph/changes/resource-graph-changes>
extension AzureCollector {
  /// Seconds for which the feed keeps changes, with an hour to spare.
  package static let feedIsKept = 14.0 * 86_400 - 3600
  /// Seconds by which the feed may be late.
  private static let lateness = 900.0
  /// Resources that one query names.
  private static let atOnce = 100

  /// Ids, in lower case, of what changed since a time; nil where everything is to be read.
  func changes(since: Double?, _ extent: Extent, _ sink: CollectionSink) async throws -> Set<String>? {
    guard let since else { return nil }
    let graph = graph(extent)
    let time = CivilTime(epoch: Int64(since - Self.lateness)).iso()
    do {
      return try await transport.onLoop {
        var ids: Set<String> = []
        try await graph.rows(
          of: "resourcechanges", where: "todatetime(properties.changeAttributes.timestamp) >= datetime(\(time))"
        ) { rows in
          for row in rows {
            if let id = row["properties"]?["targetResourceId"]?.string { ids.insert(id.lowercased()) }
          }
        }
        return ids
      }
    } catch let failure as APIFailure {
      sink.note("the feed of changes cannot be read (\(failure.code)): everything is read")
      return nil
    }
  }

  /// Conditions under which what changed comes, a bounded number of resources each; and all of subscriptions that joined.
  static func parts(_ changed: Set<String>, joined: [String]) -> [String] {
    func list(_ texts: some Sequence<String>) -> String {
      texts.map { "'" + $0.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'" }.joined(separator: ",")
    }
    let ids = changed.sorted()
    var parts = stride(from: 0, to: ids.count, by: atOnce).map { start in
      "id in~ (\(list(ids[start..<min(ids.count, start + atOnce)])))"
    }
    if !joined.isEmpty { parts.append("subscriptionId in~ (\(list(joined)))") }
    return parts
  }
}
