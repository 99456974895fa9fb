// SPDX-License-Identifier: Apache-2.0
import KQL

/// What a half-written query may go on with.
enum ShellCompletion {
  static let commands = [".exit", ".help", ".quit", ".schema", ".tables"]

  /// Whether a query ends here: at a `;` outside of texts and brackets that is not the end of a `let` or its kin.
  static func isComplete(_ text: String) -> Bool {
    var start = text.startIndex
    var isEnd = false
    var last = text[start..<start]
    scan(text) { index in
      if text[index] == ";" {
        last = text[start..<index]
        start = text.index(after: index)
        isEnd = true
      } else if !text[index].isWhitespace {
        isEnd = false
      }
    }
    guard isEnd else { return false }
    let word = last.drop { $0.isWhitespace }.prefix { $0.isLetter }
    return !["let", "declare", "set", "alias", "restrict"].contains(String(word))
  }

  /// Calls `visit` at each character outside of texts, comments and brackets; a whole text counts as its first one.
  private static func scan(_ text: String, _ visit: (String.Index) -> Void) {
    var index = text.startIndex
    var depth = 0
    while index < text.endIndex {
      let character = text[index]
      if character == "'" || character == "\"" {
        if depth == 0 { visit(index) }
        let isVerbatim = index > text.startIndex && text[text.index(before: index)] == "@"
        index = text.index(after: index)
        while index < text.endIndex, text[index] != character, !text[index].isNewline {
          if text[index] == "\\", !isVerbatim { index = text.index(after: index) }
          if index < text.endIndex { index = text.index(after: index) }
        }
      } else if character == "/", text[text.index(after: index)...].first == "/" {
        while index < text.endIndex, !text[index].isNewline { index = text.index(after: index) }
        continue
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth = max(0, depth - 1)
        if depth == 0 { visit(index) }
      } else if depth == 0 {
        visit(index)
      }
      if index < text.endIndex { index = text.index(after: index) }
    }
  }

  /// - Parameter text: the query up to the cursor.
  /// - Returns: the length of the word at its end, and what may stand in its place, in order.
  static func candidates(_ text: String, _ catalog: Catalog) -> (length: Int, candidates: [String]) {
    if text.hasPrefix(".") { return command(text, catalog) }
    var word = String(text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    var before = text.dropLast(word.count)
    // Names of operators hold hyphens.
    let withHyphen = String(text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.reversed())
    if text.dropLast(withHyphen.count).last(where: { !$0.isWhitespace }) == "|" {
      word = withHyphen
      before = text.dropLast(word.count)
      return (word.count, matching(word, KQLVocabulary.operators))
    }
    let previous = String(before.reversed().drop { $0.isWhitespace }.prefix { $0.isLetter || $0 == "-" }.reversed())
    let sign = before.last { !$0.isWhitespace }
    if previous == "render" { return (word.count, matching(word, KQLVocabulary.charts)) }
    if sign == nil || sign == ";" {
      return (word.count, matching(word, catalog.names + KQLVocabulary.beginnings))
    }
    var names = columns(String(before), catalog)
    if sign == "(" || sign == "," || ["union", "join", "lookup", "in"].contains(previous) { names += catalog.names }
    names += FunctionReference.all.map { $0.name + "(" } + KQLVocabulary.words
    return (word.count, matching(word, names))
  }

  private static func command(_ text: String, _ catalog: Catalog) -> (length: Int, candidates: [String]) {
    guard let space = text.lastIndex(of: " ") else { return (text.count, matching(text, commands)) }
    let word = String(text[text.index(after: space)...])
    return (word.count, text.hasPrefix(".schema ") ? matching(word, catalog.names) : [])
  }

  /// Columns that the query has before its last operator, or those of the tables that it names.
  private static func columns(_ text: String, _ catalog: Catalog) -> [String] {
    if let bar = text.lastIndex(of: "|") {
      let head = String(text[..<bar])
      // Plugins may run their input while they are bound.
      if !head.contains("evaluate"), let query = try? Query(head, catalog: catalog) { return query.schema.map(\.name) }
    }
    let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    return catalog.names.filter(words.contains).flatMap { catalog.table($0)?.source.schema.map(\.name) ?? [] }
  }

  private static func matching(_ word: String, _ names: [String]) -> [String] {
    let lower = word.lowercased()
    return Set(names.filter { $0.lowercased().hasPrefix(lower) }).sorted {
      ($0.lowercased(), $0) < ($1.lowercased(), $1)
    }
  }
}
