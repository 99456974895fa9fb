// SPDX-License-Identifier: Apache-2.0

/// A file that holds a function for queries to call, in any of the ways in which people keep them.
package enum StoredFunction {
  /// What the catalog keeps of a file: `(n: long) { ... }`. The file is a function written so, with `let name =` before it
  /// or as `.create-or-alter function name`, or a query, which is a function without parameters.
  package static func text(of file: String) -> String {
    let bytes = Array(file.utf8)
    guard let tokens = try? Lexer.tokens(of: bytes), let first = tokens.first else { return "() { \(file)\n}" }
    var at = 0
    func word(_ distance: Int = 0) -> String? {
      guard at + distance < tokens.count, case .identifier(let text) = tokens[at + distance].token else { return nil }
      return text
    }
    func symbol(_ distance: Int = 0) -> Token { at + distance < tokens.count ? tokens[at + distance].token : .end }
    if first.token == .symbol("."), let place = tokens.firstIndex(where: { $0.token == .identifier("function") }) {
      at = place + 1
      if word() == "ifnotexists" { at += 1 }
      if word() == "with", symbol(1) == .symbol("(") {
        while at < tokens.count, symbol() != .symbol(")") { at += 1 }
        at += 1
      }
      at = min(at + 1, tokens.count - 1)
    } else if word() == "let", symbol(2) == .symbol("=") {
      at = word(3) == "view" ? 4 : 3
    }
    guard isFunction(tokens[at...]) else { return "() { \(file)\n}" }
    return String(decoding: bytes[tokens[at].range.lowerBound...], as: UTF8.self)
  }

  /// Whether these are parameters and a body, and nothing after them. What stands within is looked at when it is called.
  private static func isFunction(_ tokens: ArraySlice<PlacedToken>) -> Bool {
    var rest = tokens.map(\.token)[...]
    func skipped(_ open: String, _ close: String) -> Bool {
      guard rest.first == .symbol(open) else { return false }
      var level = 0
      while let token = rest.popFirst() {
        if token == .symbol(open) { level += 1 }
        if token == .symbol(close) { level -= 1 }
        if level == 0 { return true }
      }
      return false
    }
    let inner = rest.dropFirst()
    guard inner.first == .symbol(")") || inner.dropFirst().first == .symbol(":") else { return false }
    guard skipped("(", ")"), skipped("{", "}") else { return false }
    return rest.allSatisfy { $0 == .symbol(";") || $0 == .end }
  }
}
