// SPDX-License-Identifier: Apache-2.0
import Charts

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One line at a time from a terminal, with a cursor, a history and completion.
struct LineEditor {
  enum Input {
    case line(String)
    /// Ctrl-C: what was typed so far is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// Earlier entries, oldest first; those of several lines hold line breaks, which show as `↵`.
  var history: [String] = []
  /// What may stand in place of the word that ends before the cursor: the word's length and the candidates.
  var complete: (_ before: String) -> (length: Int, candidates: [String]) = { _ in (0, []) }
  private let keys: TerminalKeys

  init(_ keys: TerminalKeys) { self.keys = keys }

  private struct State {
    var text: [Character] = []
    var cursor = 0
    var place: Int
    var draft = ""
    var listed = false
  }

  func read(_ prompt: String) -> Input {
    var state = State(place: history.count)
    draw(prompt, state)
    while let key = keys.next() {
      let wasListed = state.listed
      state.listed = false
      switch key {
      case .enter:
        state.cursor = state.text.count
        draw(prompt, state)
        Terminal.write(Array("\n".utf8))
        return .line(String(state.text))
      case .control(0x03):
        Terminal.write(Array("^C\n".utf8))
        return .interrupted
      case .control(0x04):
        if state.text.isEmpty {
          Terminal.write(Array("\n".utf8))
          return .end
        }
        if state.cursor < state.text.count { state.text.remove(at: state.cursor) }
      case .control(0x09):
        state.listed = true
        insertCompletion(&state, isSecond: wasListed)
      case .control(0x0C): Terminal.write(Array("\u{1B}[2J\u{1B}[H".utf8))
      default: edit(key, &state)
      }
      draw(prompt, state)
    }
    Terminal.write(Array("\n".utf8))
    return .end
  }

  private func edit(_ key: TerminalKeys.Key, _ state: inout State) {
    switch key {
    case .character(let character):
      state.text.insert(character, at: state.cursor)
      state.cursor += 1
    case .left, .control(0x02): state.cursor = max(0, state.cursor - 1)
    case .right, .control(0x06): state.cursor = min(state.text.count, state.cursor + 1)
    case .home, .control(0x01): state.cursor = 0
    case .end, .control(0x05): state.cursor = state.text.count
    case .up, .control(0x10): recall(state.place - 1, &state)
    case .down, .control(0x0E): recall(state.place + 1, &state)
    case .backspace:
      guard state.cursor > 0 else { return }
      state.cursor -= 1
      state.text.remove(at: state.cursor)
    case .delete: if state.cursor < state.text.count { state.text.remove(at: state.cursor) }
    case .control(0x0B): state.text.removeSubrange(state.cursor...)
    case .control(0x15):
      state.text.removeSubrange(..<state.cursor)
      state.cursor = 0
    case .control(0x17):
      var start = state.cursor
      while start > 0, state.text[start - 1] == " " { start -= 1 }
      while start > 0, state.text[start - 1] != " " { start -= 1 }
      state.text.removeSubrange(start..<state.cursor)
      state.cursor = start
    case .enter, .control, .other: break
    }
  }

  private func recall(_ place: Int, _ state: inout State) {
    guard place >= 0, place <= history.count, place != state.place else { return }
    if state.place == history.count { state.draft = String(state.text) }
    state.place = place
    state.text = Array(place == history.count ? state.draft : history[place])
    state.cursor = state.text.count
  }

  private func insertCompletion(_ state: inout State, isSecond: Bool) {
    let (length, candidates) = complete(String(state.text[..<state.cursor]))
    guard let first = candidates.first, length <= state.cursor else { return }
    let start = state.cursor - length
    var common = candidates.dropFirst().reduce(Array(first)) { common, candidate in
      Array(zip(common, candidate).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
    if candidates.count == 1, common.last != "(" { common.append(" ") }
    if common.count > length || candidates.count == 1 {
      state.text.replaceSubrange(start..<state.cursor, with: common)
      state.cursor = start + common.count
    } else if isSecond {
      Terminal.write(Array(("\n" + Self.columns(candidates, Terminal.width) + "\n").utf8))
    }
  }

  private static func columns(_ candidates: [String], _ width: Int) -> String {
    let shown = candidates.prefix(200)
    let cell = (shown.map(TextWidth.of).max() ?? 0) + 2
    let across = max(1, width / cell)
    let names = Array(shown)
    var lines = stride(from: 0, to: names.count, by: across).map { start in
      names[start..<min(start + across, names.count)]
        .map { $0 + String(repeating: " ", count: cell - TextWidth.of($0)) }.joined()
    }
    if candidates.count > shown.count { lines.append("and \(candidates.count - shown.count) more") }
    return lines.joined(separator: "\n")
  }

  /// Draws as much of the line around the cursor as the terminal has room for.
  private func draw(_ prompt: String, _ state: State) {
    let room = max(8, Terminal.width - TextWidth.of(prompt) - 1)
    let cells = state.text.map { $0.isNewline ? 1 : max(1, TextWidth.of($0)) }
    var start = 0
    var before = cells[..<state.cursor].reduce(0, +)
    while before >= room, start < state.cursor {
      before -= cells[start]
      start += 1
    }
    var (end, used) = (start, 0)
    while end < cells.count, used + cells[end] <= room {
      used += cells[end]
      end += 1
    }
    let shown = state.text[start..<end].map { $0.isNewline ? "↵" : TextWidth.harmless(String($0)) }.joined()
    Terminal.write(Array("\r\u{1B}[K\(prompt)\(shown)\r\u{1B}[\(TextWidth.of(prompt) + before)C".utf8))
  }
}
