// SPDX-License-Identifier: Apache-2.0

/// The Markdown that workbooks and lessons are written in: headings, paragraphs, lists, code, tables, emphasis, links.
/// HTML in it is text.
enum Markdown {
  /// - Parameter level: of the first headings, so that they stand below those of the page.
  static func html(_ text: String, level: Int = 2) -> Markup {
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    var out = Markup()
    var paragraph: [String] = []
    var index = 0
    func flush() {
      guard !paragraph.isEmpty else { return }
      out += "<p>\(inline(paragraph.joined(separator: " ")))</p>\n"
      paragraph = []
    }
    while index < lines.count {
      let line = lines[index].trimmed
      let hashes = line.prefix { $0 == "#" }.count
      if line.hasPrefix("```") {
        flush()
        var code: [String] = []
        index += 1
        while index < lines.count, !lines[index].trimmed.hasPrefix("```") {
          code.append(lines[index])
          index += 1
        }
        out += "<pre><code>\(code.joined(separator: "\n"))</code></pre>\n"
      } else if hashes > 0, hashes < 7, line.dropFirst(hashes).first == " " {
        flush()
        out += heading(min(6, level + hashes - 1), inline(String(line.dropFirst(hashes)).trimmed))
      } else if bullet(line) != nil || number(line) != nil {
        flush()
        let isNumbered = number(line) != nil
        var items: [Markup] = []
        while index < lines.count, let item = isNumbered ? number(lines[index].trimmed) : bullet(lines[index].trimmed) {
          items.append("<li>\(inline(item))</li>")
          index += 1
        }
        out += isNumbered ? "<ol>\(items)</ol>\n" : "<ul>\(items)</ul>\n"
        continue
      } else if line.hasPrefix("|"), index + 1 < lines.count, isRule(lines[index + 1].trimmed) {
        flush()
        let head = cells(line)
        var rows: [[String]] = []
        index += 2
        while index < lines.count, lines[index].trimmed.hasPrefix("|") {
          rows.append(cells(lines[index].trimmed))
          index += 1
        }
        let heads = head.map { "<th scope=\"col\">\(inline($0))</th>" as Markup }
        let body = rows.map { row in "<tr>\(row.map { "<td>\(inline($0))</td>" as Markup })</tr>" as Markup }
        out += "<div class=\"scroll\"><table><thead><tr>\(heads)</tr></thead><tbody>\(body)</tbody></table></div>\n"
        continue
      } else if line == "---" || line == "***" {
        flush()
        out += "<hr>\n"
      } else if line.isEmpty {
        flush()
      } else {
        paragraph.append(line.hasPrefix(">") ? String(line.dropFirst()).trimmed : line)
      }
      index += 1
    }
    flush()
    return out
  }

  private static func heading(_ level: Int, _ text: Markup) -> Markup {
    switch level {
    case 2: "<h2>\(text)</h2>\n"
    case 3: "<h3>\(text)</h3>\n"
    default: "<h4>\(text)</h4>\n"
    }
  }

  private static func bullet(_ line: String) -> String? {
    ["- ", "* ", "+ "].first(where: line.hasPrefix).map { _ in String(line.dropFirst(2)) }
  }

  private static func number(_ line: String) -> String? {
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count < 4, line.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return String(line.dropFirst(digits.count + 2))
  }

  private static func isRule(_ line: String) -> Bool {
    line.hasPrefix("|") && line.contains("-") && line.allSatisfy { "|-: ".contains($0) }
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast(line.hasSuffix("|") ? 1 : 0)
      .map { String($0).trimmed }
  }

  /// Code, strong, emphasis and links within a line.
  static func inline(_ text: String) -> Markup {
    var out = Markup()
    var plain = ""
    var rest = Substring(text)
    func flush() {
      if !plain.isEmpty { out += "\(plain)" }
      plain = ""
    }
    /// What stands up to the next of a mark, and what follows it.
    func upTo(_ mark: String, in text: Substring) -> (inner: String, rest: Substring)? {
      // Bounded, so that a text of opening marks alone is not searched to its end for each of them.
      guard let range = text.prefix(500).firstRange(of: mark), range.lowerBound > text.startIndex else { return nil }
      return (String(text[..<range.lowerBound]), text[range.upperBound...])
    }
    while let first = rest.first {
      if first == "`", let (inner, after) = upTo("`", in: rest.dropFirst()) {
        flush()
        out += "<code>\(inner)</code>"
        rest = after
      } else if rest.hasPrefix("**"), let (inner, after) = upTo("**", in: rest.dropFirst(2)) {
        flush()
        out += "<strong>\(inline(inner))</strong>"
        rest = after
      } else if first == "*" || first == "_", rest.dropFirst().first?.isWhitespace == false,
        plain.last?.isLetter != true,
        let (inner, after) = upTo(String(first), in: rest.dropFirst()), after.first?.isLetter != true
      {
        flush()
        out += "<em>\(inline(inner))</em>"
        rest = after
      } else if first == "[", let (label, after) = upTo("](", in: rest.dropFirst()),
        let (target, last) = upTo(")", in: after)
      {
        flush()
        // A page of this server, or the web.
        if target.hasPrefix("/"), !target.hasPrefix("//") {
          out += "<a href=\"\(target)\">\(label)</a>"
        } else {
          out += "<a href=\"\(link: target)\" rel=\"noreferrer noopener\">\(label)</a>"
        }
        rest = last
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    flush()
    return out
  }
}
