// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Synchronization

/// Operations that take a while: the first look says that one is under way, the next that it is done.
/// <https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations>
final class AzureOperations: Sendable {
  private struct State {
    /// Looks that an operation has had, by its name.
    var looks: [String: Int] = [:]
    /// The resource that an operation makes, shown when it is done.
    var results: [String: JSONDraft] = [:]
    var next = 1
  }
  private let state = Mutex(State())

  /// The answer to the request that begins one.
  func begin(_ request: TwinRequest, subscription id: String, status: Int, body: JSONDraft?) -> TwinAnswer {
    let name = state.withLock { state -> String in
      defer { state.next += 1 }
      let name = "op\(state.next)"
      state.looks[name] = 0
      state.results[name] = body
      return name
    }
    let parts = id.split(separator: "/")
    let scope =
      parts.count > 1 && parts[0].lowercased() == "subscriptions" ? "/subscriptions/\(parts[1])" : "/subscriptions/0"
    let place = "\(request.base)\(scope)/providers/Microsoft.Resources"
    let headers: [(name: String, value: String)] = [
      ("azure-asyncoperation", "\(place)/operations/\(name)?api-version=2021-04-01"),
      ("location", "\(place)/operationresults/\(name)?api-version=2021-04-01"), ("retry-after", "1"),
    ]
    guard let body, status != 202 else { return TwinAnswer(status: status, headers: headers) }
    return TwinAnswer(status: status, json: body, headers: headers)
  }

  /// How an operation stands; nil where the path names none.
  func poll(_ request: TwinRequest) -> TwinAnswer? {
    let path = request.path
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return nil }
    let (looks, result) = state.withLock { state -> (Int?, JSONDraft?) in
      guard let looks = state.looks[name] else { return (nil, nil) }
      state.looks[name] = looks + 1
      return (looks, state.results[name])
    }
    guard let looks else { return .azure(404, "OperationNotFound", "The operation '\(name)' was not found.") }
    if parts.contains(where: { $0.lowercased() == "operationresults" }) {
      if looks == 0 {
        let again = "\(request.base)\(request.path)?api-version=2021-04-01"
        return TwinAnswer(status: 202, headers: [("location", again), ("retry-after", "1")])
      }
      return result.map { TwinAnswer(json: $0) } ?? TwinAnswer(status: 204)
    }
    let state = looks == 0 ? "InProgress" : "Succeeded"
    return TwinAnswer(
      json: .object([("id", .string(path)), ("name", .string(name)), ("status", .string(state))]),
      headers: looks == 0 ? [("retry-after", "1")] : [])
  }
}
