// SPDX-License-Identifier: Apache-2.0

/// `parse`: columns cut out of a text between literal parts.
enum ParseOperator {
  static func run(
    _ batch: Batch, _ subject: Expression, _ pattern: ParsePattern, _ context: EvaluationContext
  ) throws -> Batch {
    let vector = Convert.vector(try subject.evaluate(batch, context), to: .string)
    var types: [ScalarType] = []
    for case .column(let type) in pattern.parts { types.append(type) }
    var builders = types.map(ColumnBuilder.init)
    var kept: [Int] = []
    var known: [String: [Scalar]?] = [:]
    var regex: RegularExpression?
    if case .regex(let flags) = pattern.mode { regex = try expression(pattern, flags: flags) }
    for row in 0..<batch.count {
      let text = vector[row].string ?? ""
      let cells: [Scalar]?
      if let found = known[text] {
        cells = found
      } else {
        cells = regex.map { match(text, $0, pattern, types) } ?? match(text, pattern, types)
        known[text] = cells
      }
      if cells == nil && pattern.filters { continue }
      kept.append(row)
      for (index, type) in types.enumerated() { builders[index].append(cells?[index] ?? .null(type)) }
    }
    let rest = kept.count == batch.count ? batch : batch.gather(kept)
    return Batch(columns: rest.columns + builders.map { $0.finish() }, count: kept.count)
  }

  /// The pattern of kind=regex: literal parts are expressions, what lies between is greedy unless flag U is given.
  private static func expression(_ pattern: ParsePattern, flags: String) throws -> RegularExpression {
    let lazy = flags.contains("U") ? "?" : ""
    let kept = flags.filter { "ims".contains($0) }
    var text = kept.isEmpty ? "" : "(?\(kept))"
    for part in pattern.parts {
      switch part {
      case .text(let literal): text += "(?:\(literal))"
      case .star: text += ".*\(lazy)"
      case .column(.long), .column(.int): text += "([+-]?[0-9]+)"
      case .column(.real), .column(.decimal): text += "([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)"
      case .column: text += "(.*\(lazy))"
      }
    }
    return try RegularExpression.cached(text)
  }

  private static func match(
    _ text: String, _ expression: RegularExpression, _ pattern: ParsePattern, _ types: [ScalarType]
  ) -> [Scalar]? {
    guard let groups = expression.find(in: text) else { return nil }
    var columns: [Substring?] = []
    var index = 1
    for part in pattern.parts {
      switch part {
      case .text(let literal): index += groupCount(literal)
      case .star: break
      case .column:
        columns.append(index < groups.count ? groups[index] : nil)
        index += 1
      }
    }
    return zip(columns, types).map { Scalar.string(String($0 ?? "")).converted(to: $1) }
  }

  /// Capturing groups of an expression.
  private static func groupCount(_ pattern: String) -> Int {
    var count = 0
    var escaped = false
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      if escaped {
        escaped = false
      } else if byte == 0x5C {
        escaped = true
      } else if byte == 0x28, bytes.first != 0x3F {
        count += 1
      }
    }
    return count
  }

  private static func match(_ text: String, _ pattern: ParsePattern, _ types: [ScalarType]) -> [Scalar]? {
    var rest = Substring(text)
    var values: [Substring] = []
    var open = false
    var anchored = true
    for (index, part) in pattern.parts.enumerated() {
      switch part {
      case .text(let literal):
        if literal.isEmpty { continue }
        if anchored {
          guard rest.hasPrefix(literal) else { return nil }
          rest = rest.dropFirst(literal.count)
        } else {
          guard let found = find(literal, in: rest) else { return nil }
          if open { values.append(rest[..<found.lowerBound]) }
          rest = rest[found.upperBound...]
        }
        open = false
        anchored = true
      case .star:
        if open, typeBefore(index, pattern).isNumeric {
          let taken = leading(rest, typeBefore(index, pattern))
          values.append(taken)
          rest = rest[taken.endIndex...]
          open = false
        }
        anchored = false
      case .column(let type):
        if open {
          // Two columns in a row: the first takes what its type reads.
          let taken = leading(rest, typeBefore(index, pattern))
          values.append(taken)
          rest = rest[taken.endIndex...]
        }
        _ = type
        open = true
        anchored = false
      }
    }
    let isSimple = if case .simple = pattern.mode { true } else { false }
    if open { values.append(rest) } else if anchored, !rest.isEmpty, isSimple { return nil }
    let cells = zip(values, types).map { Scalar.string(String($0)).converted(to: $1) }
    guard cells.count == types.count else { return nil }
    if isSimple, zip(cells, types).contains(where: { $0.isNull && $1 != .string }) { return nil }
    return cells
  }

  private static func typeBefore(_ index: Int, _ pattern: ParsePattern) -> ScalarType {
    for part in pattern.parts[..<index].reversed() {
      if case .column(let type) = part { return type }
    }
    return .string
  }

  private static func leading(_ text: Substring, _ type: ScalarType) -> Substring {
    guard type.isNumeric else { return text.prefix { $0 != " " } }
    return text.prefix { $0.isNumber || $0 == "-" || (type == .real && $0 == ".") }
  }

  private static func find(_ needle: String, in text: Substring) -> Range<Substring.Index>? {
    guard let found = ByteSearch.find(Array(needle.utf8), in: Array(text.utf8)) else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: found)
    return start..<text.utf8.index(start, offsetBy: needle.utf8.count)
  }
}

enum ByteSearch {
  /// Offset of the first occurrence of `needle`.
  static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
    bytes.withUnsafeBufferPointer { find(needle, in: $0, from: start) }
  }

  static func find(_ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard let first = needle.first else { return start }
    guard bytes.count >= needle.count else { return nil }
    var at = start
    let last = bytes.count - needle.count
    outer: while at <= last {
      if bytes[at] != first {
        at += 1
        continue
      }
      for index in 1..<needle.count where bytes[at + index] != needle[index] {
        at += 1
        continue outer
      }
      return at
    }
    return nil
  }
}
