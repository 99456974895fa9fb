// SPDX-License-Identifier: Apache-2.0
import Dispatch
import KQL
import Synchronization

/// A line on the terminal that says how far a query is, from a second after its beginning until it ends.
final class QueryProgressLine: Sendable {
  private let progress: QueryProgress
  private let state = Mutex((hasEnded: false, isShown: false))

  init(_ progress: QueryProgress) {
    self.progress = progress
    show(after: .seconds(1))
  }

  private func show(after interval: DispatchTimeInterval) {
    DispatchQueue.global().asyncAfter(deadline: .now() + interval) { [weak self] in
      guard let self else { return }
      let goesOn = state.withLock { state in
        if state.hasEnded { return false }
        Terminal.status("\r" + Self.text(progress.state) + "\u{1B}[K")
        state.isShown = true
        return true
      }
      if goesOn { show(after: .milliseconds(250)) }
    }
  }

  /// Wipes the line; it does not come again.
  func end() {
    state.withLock { state in
      if state.isShown, !state.hasEnded { Terminal.status("\r\u{1B}[K") }
      state.hasEnded = true
    }
  }

  static func text(_ state: (read: Int, parts: Int, rows: Int)) -> String {
    guard state.parts > 0 else { return "running" }
    let read = "\(state.read) of \(state.parts) blocks read, \(state.rows) rows"
    return state.read < state.parts ? read : read + "; working on them"
  }
}
