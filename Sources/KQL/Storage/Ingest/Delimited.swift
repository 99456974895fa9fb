// SPDX-License-Identifier: Apache-2.0
import JSON

/// Rows of comma- or tab-separated files (RFC 4180): a field in quotes may hold separators, line breaks and doubled quotes.
enum Delimited {
  /// The fields of one row, as places in the text or, where quotes were doubled, in a copy.
  struct Row {
    private var places: [(range: Range<Int>, isCopied: Bool)] = []
    private var copies: [UInt8] = []

    var count: Int { places.count }
    /// Nothing but a line break.
    var isBlank: Bool { places.count == 1 && places[0].range.isEmpty }

    func withField<R, E: Error>(
      _ index: Int, _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
      let place = places[index]
      if !place.isCopied { return try body(UnsafeBufferPointer(rebasing: text[place.range])) }
      return try copies.withUnsafeBufferPointer { copies throws(E) in
        try body(UnsafeBufferPointer(rebasing: copies[place.range]))
      }
    }

    /// Reads the row at `start`; returns where the next begins.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ separator: UInt8) -> Int {
      places.removeAll(keepingCapacity: true)
      copies.removeAll(keepingCapacity: true)
      var at = start
      while true {
        if at < text.count, text[at] == 0x22 {
          at = quoted(text, at + 1)
          while at < text.count, text[at] != separator, text[at] != 0x0A { at += 1 }
        } else {
          let begin = at
          while at < text.count, text[at] != separator, text[at] != 0x0A { at += 1 }
          let isCarried = at > begin && text[at - 1] == 0x0D && (at == text.count || text[at] == 0x0A)
          places.append((begin..<(isCarried ? at - 1 : at), false))
        }
        if at >= text.count { return text.count }
        at += 1
        if text[at - 1] == 0x0A { return at }
      }
    }

    /// A field in quotes that opens before `open`; returns the place after its closing quote.
    private mutating func quoted(_ text: UnsafeBufferPointer<UInt8>, _ open: Int) -> Int {
      var at = open
      var doubled = false
      while at < text.count {
        if text[at] == 0x22 {
          guard at + 1 < text.count, text[at + 1] == 0x22 else { break }
          doubled = true
          at += 1
        }
        at += 1
      }
      let end = min(at, text.count)
      if doubled {
        let begin = copies.count
        var index = open
        while index < end {
          copies.append(text[index])
          index += text[index] == 0x22 ? 2 : 1
        }
        places.append((begin..<copies.count, true))
      } else {
        places.append((open..<end, false))
      }
      return min(text.count, at + 1)
    }
  }

  static func row(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ separator: UInt8, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Int {
    var row = Row()
    let next = row.read(text, start, separator)
    for index in 0..<row.count { row.withField(index, text, body) }
    return next
  }
}

/// Puts the members of JSON objects in columns.
struct MemberReader {
  private let names: [[UInt8]]
  private let places: [String: Int]

  /// No table has more columns because members come that were not seen before.
  private static let mostColumns = 4096

  init(_ schema: Schema) {
    names = schema.map { Array($0.name.utf8) }
    places = Dictionary(schema.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// All rows of a document, or false where one cannot be kept; what was put is then to be taken back.
  ///
  /// Members that have no column get one where the columns are open, of the type that fits all their values here.
  mutating func readAll(_ document: JSONDocument, into columns: inout IngestColumns) -> Bool {
    guard let members = JSONMembers(document, names: names, places: places) else { return false }
    guard members.hasOthers, columns.isOpen, names.count < Self.mostColumns else { return columns.put(members) }
    columns.add(others(document).prefix(Self.mostColumns - names.count))
    self = MemberReader(columns.schema)
    return JSONMembers(document, names: names, places: places).map { columns.put($0) } ?? false
  }

  private func others(_ document: JSONDocument) -> Schema {
    var guesses: [(name: String, guess: TypeGuess)] = []
    var known: [String: Int] = [:]
    for index in 0..<document.rootCount {
      for (key, value) in document.root(at: index).members where !value.isNull {
        let name = key.string ?? ""
        if places[name] != nil { continue }
        let place = known[name] ?? guesses.count
        if place == guesses.count {
          known[name] = place
          guesses.append((name, TypeGuess()))
        }
        guesses[place].guess.see(value)
      }
    }
    return guesses.map { Field($0.name, $0.guess.type) }
  }

  /// Puts one row; or tells why it cannot be kept and puts nothing.
  func read(_ row: JSONValue, into columns: inout IngestColumns) -> String? {
    guard row.kind == .object else { return "the row is no JSON object" }
    do throws(IngestColumns.Misfit) {
      for (column, name) in names.enumerated() {
        try columns.put(name.withUnsafeBufferPointer { row.member($0) }, column)
      }
      columns.endRow()
      return nil
    } catch {
      columns.drop()
      return error.description
    }
  }
}

/// What type the values of a column have, seen so far.
struct TypeGuess {
  private var whole = true
  private var real = true
  private var time = true
  private var flag = true
  private var isDynamic = false
  private var isText = false
  private var seen = false

  mutating func see(_ field: UnsafeBufferPointer<UInt8>) {
    if field.isEmpty { return }
    seen = true
    let text = String(decoding: field, as: UTF8.self)
    // A number that begins with a zero is a code, not a quantity: a text keeps it as it is.
    let isCode = field.count > 1 && field[0] == 0x30 && field.allSatisfy { $0 &- 0x30 < 10 }
    whole = whole && !isCode && NumberText.long(text) != nil
    real = real && !isCode && NumberText.real(text) != nil
    time = time && DateTime.parse(utf8: field) != nil
    flag = flag && (text.lowercased() == "true" || text.lowercased() == "false")
    if field[0] == 0x7B || field[0] == 0x5B, (try? JSONDocument(parsing: Array(field))) != nil {
      isDynamic = true
    } else {
      isText = true
    }
  }

  mutating func see(_ value: JSONValue) {
    switch value.kind {
    case .null: return
    case .object, .array: isDynamic = true
    case .string:
      isText = true
      time = time && value.withUTF8(DateTime.parse(utf8:)) != .some(nil)
      whole = false
      real = false
      flag = false
    case .bool:
      isText = true
      whole = false
      real = false
      time = false
    case .integer:
      isText = true
      time = false
      flag = false
    case .double, .number:
      isText = true
      whole = false
      time = false
      flag = false
    }
    seen = true
  }

  /// The type to read the column as.
  ///
  /// - Parameters:
  ///   - known: the type that the column has in the table, which is kept where it holds what was seen.
  ///   - isAll: whether all values were seen. Where they were not, whole numbers may be followed by others, and a column
  ///     of reals stays one.
  func type(known: ScalarType?, isAll: Bool) -> ScalarType {
    guard let known else { return type }
    if !seen { return known }
    let grown = known.grown(by: type) { !isAll }
    return grown == known || grown == .dynamic && type != .long ? grown : type
  }

  var type: ScalarType {
    if !seen { return .string }
    if isDynamic { return .dynamic }
    if time { return .datetime }
    if flag { return .bool }
    if whole { return .long }
    return real ? .real : .string
  }
}
