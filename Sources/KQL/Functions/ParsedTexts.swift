// SPDX-License-Identifier: Apache-2.0
import JSON

/// `parse_json` over a column of texts. Many texts become one document with a root for each: a document of its own for
/// every row would cost more than the parsing.
enum ParsedTexts {
  private static let mostTexts = 4096
  private static let mostBytes = 1 << 20

  static func column(_ strings: StringColumn) throws -> Column {
    guard strings.pool.count <= strings.codes.count * 2 else {
      return .dynamic(try values(of: strings.codes, strings.pool))
    }
    var known = [UInt32](repeating: .max, count: strings.pool.count)
    var distinct: [UInt32] = []
    let places = strings.codes.map { code -> UInt32 in
      if known[Int(code)] == .max {
        known[Int(code)] = UInt32(truncatingIfNeeded: distinct.count)
        distinct.append(code)
      }
      return known[Int(code)]
    }
    return Column.dynamic(try values(of: distinct, strings.pool)).gather(codes: places)
  }

  private static func values(of codes: [UInt32], _ pool: StringPool) throws -> DynamicColumn {
    var made = DynamicColumn.Places()
    made.refs.reserveCapacity(codes.count)
    var sizes = CellSizes()
    var row = 0
    while row < codes.count {
      try QueryRun.current?.check()
      var bytes: [UInt8] = []
      // Where the value of each text begins; nil where there is none.
      var starts: [Int?] = []
      let first = row
      while row < codes.count, starts.count < mostTexts, bytes.count < mostBytes {
        pool.withUTF8(Int(codes[row])) { text in
          starts.append(text.firstIndex { !isSpace($0) }.map { bytes.count + $0 })
          bytes.append(contentsOf: text)
          bytes.append(0x0A)
        }
        row += 1
      }
      var found: [Int] = []
      // A text that is no JSON, or is more than one value, would take the place of its neighbours.
      if bytes.count < 2 * mostBytes, let document = try? JSONDocument.lines(bytes, starts: &found),
        found == starts.compactMap({ $0 })
      {
        append(document, starts, to: &made)
      } else {
        for code in codes[first..<row] {
          let value = value(pool.string(Int(code)))
          try sizes.add(value)
          made.append(value)
        }
      }
    }
    return DynamicColumn(documents: made.documents, refs: made.refs)
  }

  private static func append(_ document: JSONDocument, _ starts: [Int?], to made: inout DynamicColumn.Places) {
    let base = UInt64(made.documents.count) << 32
    made.documents.append(document)
    var root = 0
    for start in starts {
      guard start != nil else {
        made.refs.append(DynamicColumn.null)
        continue
      }
      let isNull = document.root(at: root).isNull
      made.refs.append(isNull ? DynamicColumn.null : base | UInt64(document.rootNode(at: root)))
      root += 1
    }
  }

  /// One text alone: what is no JSON is a text.
  static func value(_ text: String) -> Scalar {
    if text.utf8.allSatisfy(isSpace) { return .null(.dynamic) }
    if let document = try? JSONDocument.parse(text) { return .dynamic(document.root) }
    return .dynamic(Scalar.string(text).json)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}

extension DynamicColumn.Places {
  fileprivate mutating func append(_ value: Scalar) {
    guard case .dynamic(let json) = value, !json.isNull else { return refs.append(DynamicColumn.null) }
    refs.append(UInt64(documents.count) << 32 | UInt64(json.node))
    documents.append(json.document)
  }
}
