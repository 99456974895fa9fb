// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON

/// Reads whole tables of Azure Resource Graph.
/// <https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources>
struct ResourceGraph: Sendable {
  let client: RESTClient
  let cloud: AzureEnvironment
  let tenant: String
  /// The subscriptions to read; empty for all that can be seen.
  let subscriptions: [String]
  /// The subscriptions to leave out.
  var excluded: [String] = []

  /// Whether rows of an account are wanted.
  func holds(_ account: String) -> Bool {
    func isIn(_ list: [String]) -> Bool { list.contains { $0.lowercased() == account.lowercased() } }
    return (subscriptions.isEmpty || isIn(subscriptions)) && !isIn(excluded)
  }

  /// The most rows that one answer may have.
  private static let pageSize: Int64 = 1000

  /// Calls `body` with every row of a table, a page at a time.
  ///
  /// - Parameter condition: of KQL; a server that cannot take it is asked for the whole table, so rows that it would have
  ///   held back may come.
  func rows(
    of table: String, where condition: String = "", _ body: ([JSONValue]) async throws -> Void
  ) async throws {
    var terms = condition.isEmpty ? [] : [condition]
    if !excluded.isEmpty {
      terms.append("subscriptionId !in~ (\(excluded.map { "'\($0)'" }.joined(separator: ",")))")
    }
    let query = terms.isEmpty ? table : "\(table) | where \(terms.joined(separator: " and "))"
    var size = Self.pageSize
    var token: String?
    // An order keeps pages apart; a server that refuses it is asked for the bare table.
    var isOrdered = true
    var (seen, total): (Int64, Int64?) = (0, nil)
    while true {
      let root: JSONValue
      do throws(APIFailure) {
        root = try await page(of: isOrdered ? "\(query) | order by id asc" : table, size, token)
      } catch {
        if token == nil, isOrdered, error.status == 400 {
          isOrdered = false
          continue
        }
        // An answer may not be larger than 16 MB.
        if error.code.contains("PayloadTooLarge"), size > 1 {
          size = max(1, size / 4)
          continue
        }
        throw error
      }
      guard let rows = root["data"], rows.kind == .array else {
        throw APIFailure(reason: .malformed, code: "MalformedAnswer", message: "the answer has no rows in 'data'")
      }
      let page = Array(rows.elements)
      seen += Int64(page.count)
      total = root["totalRecords"]?.int64 ?? total
      try await body(page)
      let next = root["$skipToken"]?.string ?? root["skipToken"]?.string
      guard let next, !next.isEmpty else { break }
      guard next != token else {
        throw APIFailure(
          reason: .error, code: "PageLoop", message: "the page token came back: rows after it are unknown")
      }
      token = next
    }
    if let total, seen < total {
      throw APIFailure(
        reason: .error, code: "Truncated", message: "\(seen) of \(total) rows came, and no token for the others")
    }
  }

  private func page(of query: String, _ size: Int64, _ token: String?) async throws(APIFailure) -> JSONValue {
    var options: [(key: String, value: JSONDraft)] = [("resultFormat", .string("objectArray")), ("$top", .int(size))]
    if let token { options.append(("$skipToken", .string(token))) }
    var body: [(key: String, value: JSONDraft)] = [("query", .string(query)), ("options", .object(options))]
    if !subscriptions.isEmpty { body.append(("subscriptions", .array(subscriptions.map(JSONDraft.string)))) }
    let url = "\(cloud.resourceManager)/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01"
    var call = RESTClient.Call(url: url, audience: cloud.audience, account: "resourcegraph")
    call.method = "POST"
    call.body = JSONDraft.object(body).document()
    let (answer, document) = try await client.send(call)
    // The quota is the caller's, not a subscription's: all wait until it is whole again.
    if answer["x-ms-user-quota-remaining"].flatMap(Double.init) ?? 1 < 1,
      let pause = Self.seconds(answer["x-ms-user-quota-resets-after"])
    {
      client.hold("resourcegraph", url, for: min(pause, 120) + 0.02)
    }
    return document.root
  }

  /// A span as the quota's header has it: `hh:mm:ss`.
  static func seconds(_ text: String?) -> Double? {
    guard let parts = text?.split(separator: ":").map({ Double($0) }), parts.count == 3 else { return nil }
    var seconds = 0.0
    for part in parts {
      guard let part, part >= 0 else { return nil }
      seconds = seconds * 60 + part
    }
    return seconds
  }
}
