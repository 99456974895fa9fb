// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Synchronization

/// Operations of Compute Engine and Cloud SQL: under way in the answer that begins one, done at the next look.
final class GoogleOperations: Sendable {
  private struct State {
    var done: [String: JSONDraft] = [:]
    var next = 1
  }
  private let state = Mutex(State())

  /// - Parameters:
  ///   - place: the URL below which the operation is found.
  ///   - members: what else it says of itself.
  func begin(kind: String, at place: String, _ members: [(key: String, value: JSONDraft)]) -> TwinAnswer {
    let (name, number) = state.withLock { state -> (String, Int) in
      defer { state.next += 1 }
      return ("operation-\(state.next)", state.next)
    }
    func operation(_ status: String, _ progress: Int64) -> JSONDraft {
      .object(
        [
          ("kind", .string(kind)), ("id", .string(String(1000 + number))), ("name", .string(name)),
          ("status", .string(status)), ("progress", .int(progress)),
          ("selfLink", .string("\(place)/operations/\(name)")),
          ("insertTime", .string("2026-01-01T00:00:00.000Z")), ("user", .string("twin@example.test")),
        ] + members)
    }
    state.withLock { $0.done[name] = operation("DONE", 100) }
    return TwinAnswer(json: operation("RUNNING", 0))
  }

  func look(_ name: String) -> TwinAnswer {
    state.withLock { $0.done[name] }.map { TwinAnswer(json: $0) }
      ?? .google(404, "NOT_FOUND", "The resource 'operations/\(name)' was not found.")
  }
}
