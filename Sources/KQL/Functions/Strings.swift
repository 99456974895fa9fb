// SPDX-License-Identifier: Apache-2.0
import JSON

extension Functions {
  private static func strings(_ parts: [String]) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for part in parts { builder.append(part) }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  static let strings: [ScalarFunction] = [
    cells("tolower", "tolower(text)", "The text in lower case.", arity: 1...1, [.string], .string) {
      .string($0[0].text.lowercased())
    },
    cells("toupper", "toupper(text)", "The text in upper case.", arity: 1...1, [.string], .string) {
      .string($0[0].text.uppercased())
    },
    cells(
      "strlen", "strlen(text)", "The number of characters.", arity: 1...1, [.string], .long,
      naming: .prefixed("strlen_")
    ) {
      .long(Int64($0[0].text.unicodeScalars.count))
    },
    cells("strcat", "strcat(a, b, ...)", "The values as one text.", arity: 1...64, [.string], .string) {
      let texts = $0.map(\.text)
      try CellSize.check(texts.reduce(0) { $0 + $1.utf8.count })
      return .string(texts.joined())
    },
    cells(
      "strcat_delim", "strcat_delim(delimiter, a, b, ...)", "The values as one text with a delimiter between.",
      arity: 2...65, [.string], .string
    ) { .string($0.dropFirst().map(\.text).joined(separator: $0[0].text)) },
    cells(
      "strrep", "strrep(text, times, delimiter)", "The text repeated.", arity: 2...3, [.string, .long, .string], .string
    ) {
      let times = Int(max(0, min($0[1].int64 ?? 0, 1024)))
      let delimiter = $0.count > 2 ? $0[2].text : ""
      try CellSize.check(times * ($0[0].text.utf8.count + delimiter.utf8.count))
      return .string([String](repeating: $0[0].text, count: times).joined(separator: delimiter))
    },
    cells("reverse", "reverse(text)", "The characters in reverse order.", arity: 1...1, [.string], .string) {
      .string(String($0[0].text.reversed()))
    },
    cells(
      "substring", "substring(text, start, length)", "A part of the text from a 0-based start.", arity: 2...3,
      [.string, .long, .long], .string
    ) { values in
      let scalars = Array(values[0].text.unicodeScalars)
      var start = values[1].int64 ?? 0
      if start < 0 { start = max(0, Int64(scalars.count) &+ start) }
      guard start < scalars.count else { return .string("") }
      let length = values.count > 2 ? max(0, values[2].int64 ?? 0) : .max
      let end = min(Int64(scalars.count), length > Int64(scalars.count) ? .max : start + length)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[Int(start)..<Int(max(start, end))])
      return .string(String(view))
    },
    cells(
      "indexof", "indexof(text, part)", "Where a part begins, or -1.", arity: 2...5,
      [.string, .string, .long, .long, .long], .long
    ) { values in
      let text = Array(values[0].text.unicodeScalars)
      let part = Array(values[1].text.unicodeScalars)
      func number(_ index: Int, _ fallback: Int) -> Int {
        values.count > index ? values[index].int64.map { Int(clamping: $0) } ?? fallback : fallback
      }
      var start = number(2, 0)
      if start < 0 { start = max(0, text.count + max(-text.count, start)) }
      let length = number(3, -1)
      let end = length < 0 || length > text.count - min(start, text.count) ? text.count : start + length
      var left = number(4, 1)
      guard part.count <= text.count, start <= text.count else { return .long(-1) }
      for at in start..<max(start, text.count - part.count + 1) where at < end || part.isEmpty {
        guard text[at..<at + part.count].elementsEqual(part) else { continue }
        left -= 1
        if left == 0 { return .long(Int64(at)) }
      }
      return .long(-1)
    },
    cells(
      "countof", "countof(text, part)", "How often a part occurs, overlaps counted.", arity: 2...3, [.string], .long
    ) {
      values in
      if values.count > 2, values[2].text == "regex" {
        return .long(Int64(try RegularExpression.cached(values[1].text).all(in: values[0].text).count))
      }
      let (text, part) = (Array(values[0].text.utf8), Array(values[1].text.utf8))
      guard !part.isEmpty else { return .long(0) }
      var count: Int64 = 0
      var from = 0
      while let found = ByteSearch.find(part, in: text, from: from) {
        count += 1
        from = found + 1
      }
      return .long(count)
    },
    cells(
      "replace_string", "replace_string(text, old, new)", "Every occurrence replaced.", arity: 3...3, [.string], .string
    ) {
      .string(split($0[0].text, $0[1].text).joined(separator: $0[2].text))
    },
    cells(
      "replace_regex", "replace_regex(text, regex, rewrite)", "Every match rewritten.", arity: 3...3, [.string], .string
    ) {
      .string(try RegularExpression.cached($0[1].text).replace(in: $0[0].text, with: $0[2].text))
    },
    cells(
      "split", "split(text, delimiter, index)", "The parts between delimiters, empty ones kept.", arity: 2...3,
      [.string, .string, .long], .dynamic, naming: .argument
    ) { values in
      let parts = split(values[0].text, values[1].text)
      guard values.count > 2 else { return strings(parts) }
      guard let index = values[2].int64, index >= 0, index < parts.count else { return .null(.dynamic) }
      return strings([parts[Int(index)]])
    },
    typed(
      "extract", "extract(regex, group, text, typeof(type))", "A group of the first match.", arity: 3...4,
      [.string, .long, .string, nil],
      { $0.count > 3 ? $0[3].constant.flatMap { ScalarType(name: $0.text) } ?? .string : .string }
    ) { values in
      let type = values.count > 3 ? ScalarType(name: values[3].text) ?? .string : .string
      guard let groups = try RegularExpression.cached(values[0].text).find(in: values[2].text),
        let index = values[1].int64, index >= 0, index < groups.count, let group = groups[Int(index)]
      else { return type == .string ? .string("") : .null(type) }
      return Scalar.string(String(group)).converted(to: type)
    },
    typed(
      "extract_json", "extract_json(path, text, type)", "The value at a path of a JSON text.", arity: 2...3,
      [.string, .string, .string],
      { $0.count > 2 ? $0[2].constant.flatMap { ScalarType(name: $0.text) } ?? .string : .string }
    ) { values in
      let path = values[0].text
      guard path.hasPrefix("$"), let steps = JSONPath(String(path.dropFirst(path.hasPrefix("$.") ? 2 : 1))),
        let document = try? JSONDocument.parse(values[1].text), let found = document.root.value(at: steps)
      else { return .null(.dynamic) }
      return .dynamic(found)
    },
    cells(
      "indexof_regex", "indexof_regex(text, regex)", "Where an expression matches, or -1.", arity: 2...5,
      [.string, .string, .long, .long, .long], .long
    ) { values in
      let text = values[0].text
      let scalars = Array(text.unicodeScalars)
      if values.count > 2, (values[2].int64 ?? 0) < 0 { return .null(.long) }
      let start = Int(max(0, min(Int64(scalars.count), values.count > 2 ? values[2].int64 ?? 0 : 0)))
      let length = values.count > 3 ? values[3].int64 ?? -1 : -1
      let wanted = Int(max(1, min(1_000_000, values.count > 4 ? values[4].int64 ?? 1 : 1)))
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start...])
      let rest = String(view)
      let matches = try RegularExpression.cached(values[1].text).all(in: rest)
      guard wanted <= matches.count, let whole = matches[wanted - 1].first ?? nil else { return .long(-1) }
      let at = rest.unicodeScalars.distance(from: rest.startIndex, to: whole.startIndex)
      return .long(length >= 0 && Int64(at) >= length ? -1 : Int64(start + at))
    },
    cells(
      "extract_all", "extract_all(regex, groups, text)",
      "The groups of every match: all of them, or those of an array of numbers.", arity: 2...3,
      [.string, nil, .string], .dynamic
    ) {
      values in
      let text = values.last?.text ?? ""
      var matches = try RegularExpression.cached(values[0].text).all(in: text)
      guard !matches.isEmpty else { return .null(.dynamic) }
      if values.count > 2, let wanted = elements(values[1])?.map({ $0.int64 }), !wanted.contains(nil) {
        matches = matches.map { groups in
          let chosen = wanted.map { index in
            index.flatMap { groups.indices.contains(Int(clamping: $0)) ? groups[Int($0)] : nil }
          }
          return [groups[0]] + chosen
        }
      }
      var builder = JSONBuilder()
      builder.beginArray()
      for match in matches {
        let groups = match.count > 1 ? Array(match.dropFirst()) : match
        if groups.count == 1 {
          builder.append(String(groups[0] ?? ""))
        } else {
          builder.beginArray()
          for group in groups { builder.append(String(group ?? "")) }
          builder.endArray()
        }
      }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    cells("trim", "trim(regex, text)", "The text without matches at both ends.", arity: 2...2, [.string], .string) {
      let start = try RegularExpression.cached("^(?:\($0[0].text))+").replace(in: $0[1].text, with: "")
      return .string(try RegularExpression.cached("(?:\($0[0].text))+$").replace(in: start, with: ""))
    },
    cells(
      "trim_start", "trim_start(regex, text)", "The text without matches at its start.", arity: 2...2, [.string],
      .string
    ) {
      .string(try RegularExpression.cached("^(?:\($0[0].text))+").replace(in: $0[1].text, with: ""))
    },
    cells("trim_end", "trim_end(regex, text)", "The text without matches at its end.", arity: 2...2, [.string], .string)
    {
      .string(try RegularExpression.cached("(?:\($0[0].text))+$").replace(in: $0[1].text, with: ""))
    },
    cells(
      "isempty", "isempty(value)", "Whether a value is null or the empty text.", arity: 1...1, [nil], .bool,
      fast: { vectors, _, _ in TypedKernels.isNull(vectors, true) }
    ) {
      .bool($0[0].isNull || $0[0].text.isEmpty)
    },
    cells(
      "isnotempty", "isnotempty(value)", "Whether a value is neither null nor the empty text.", arity: 1...1, [nil],
      .bool, fast: { vectors, _, _ in TypedKernels.isNull(vectors, false) }
    ) {
      .bool(!($0[0].isNull || $0[0].text.isEmpty))
    },
    cells(
      "isnull", "isnull(value)", "Whether a value is null; a string never is.", arity: 1...1, [nil], .bool,
      fast: { vectors, _, _ in TypedKernels.isNull(vectors, true) }
    ) {
      .bool($0[0].isNull)
    },
    cells(
      "isnotnull", "isnotnull(value)", "Whether a value is not null.", arity: 1...1, [nil], .bool,
      fast: { vectors, _, _ in TypedKernels.isNull(vectors, false) }
    ) {
      .bool(!$0[0].isNull)
    },
    cells(
      "has_any_index", "has_any_index(text, terms)", "Index of the first term that occurs, or -1.", arity: 2...2,
      [.string, .dynamic], .long
    ) { values in
      var text = values[0].text
      let items = listItems(values.dropFirst())
      return .long(
        text.withUTF8 { bytes in
          Int64(items.firstIndex { TextMatch.tester(.has, $0.text, caseSensitive: false)(bytes) } ?? -1)
        })
    },
    cells(
      "strcat_array", "strcat_array(array, delimiter)", "The elements as one text.", arity: 2...2, [.dynamic, .string],
      .string
    ) {
      guard case .dynamic(let array) = $0[0] else { return .string("") }
      return .string(array.elements.map { Scalar.dynamic($0).text }.joined(separator: $0[1].text))
    },
    cells("strcmp", "strcmp(a, b)", "-1, 0 or 1 by order.", arity: 2...2, [.string], .long) {
      .long(Int64(Compare.order($0[0], $0[1])))
    },
  ]

  static func split(_ text: String, _ delimiter: String) -> [String] {
    guard !delimiter.isEmpty else { return [text] }
    let (bytes, needle) = (Array(text.utf8), Array(delimiter.utf8))
    var parts: [String] = []
    var from = 0
    while let found = ByteSearch.find(needle, in: bytes, from: from) {
      parts.append(String(decoding: bytes[from..<found], as: UTF8.self))
      from = found + needle.count
    }
    return parts + [String(decoding: bytes[from...], as: UTF8.self)]
  }
}
