// SPDX-License-Identifier: Apache-2.0
import Collectors
import Synchronization

/// One line on the terminal that tells how far the services are.
final class ProgressLine: Sendable {
  private struct State {
    var running: [String: Int] = [:]
    var resources = 0
    var done = 0
  }
  private let isShown: Bool
  private let state = Mutex(State())

  init(isShown: Bool) { self.isShown = isShown }

  func update(_ progress: CollectionSink.Progress) {
    guard isShown else { return }
    let line = state.withLock { state -> String in
      let key = "\(progress.account) \(progress.service) \(progress.region)"
      if progress.isDone {
        state.running[key] = nil
        state.done += 1
        state.resources += progress.resources
      } else {
        state.running[key] = progress.resources
      }
      let total = state.resources + state.running.values.reduce(0, +)
      let names = state.running.keys.sorted().prefix(3).joined(separator: ", ")
      return "\(total) resources, \(state.done) services done" + (names.isEmpty ? "" : "; reading \(names)")
    }
    Terminal.status("\r\u{1B}[K" + line.prefix(max(20, Terminal.width - 1)))
  }

  func end() { if isShown { Terminal.status("\r\u{1B}[K") } }
}
