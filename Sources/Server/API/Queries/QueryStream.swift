// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// The forms in which rows of a query are sent.
enum QueryForm: String, CaseIterable {
  /// `{"columns": [{"name", "type"}], "rows": [[...]]}`
  case json
  /// An object for each row, a line each.
  case ndjson
  /// RFC 4180 with a line of names.
  case csv

  var contentType: String {
    switch self {
    case .json: "application/json"
    case .ndjson: "application/x-ndjson"
    case .csv: "text/csv; charset=utf-8"
    }
  }
}

extension QueryResult {
  /// Bytes that are put together before they are sent.
  static let chunk = 64 << 10

  /// An answer that is written while the client takes it: no more than a piece of its text is in memory at once.
  ///
  /// - Parameter limit: the most rows.
  func reply(_ form: QueryForm, limit: Int = .max) -> Reply {
    let count = min(rows.count, limit)
    let this = self
    return .stream(type: form.contentType) { write in
      var out = this.head(form)
      for row in 0..<count {
        this.write(row, form, into: &out)
        if out.count >= Self.chunk {
          try await write(out)
          out.removeAll(keepingCapacity: true)
        }
      }
      if form == .json {
        out.append(contentsOf: "],\"total\":\(this.rows.count),\"isCut\":\(count < this.rows.count)".utf8)
        if let chart = this.chart {
          out.append(contentsOf: ",\"chart\":".utf8)
          chart.draft.document().root.write(into: &out)
        }
        out.append(0x7D)
      }
      try await write(out)
    }
  }

  private func head(_ form: QueryForm) -> [UInt8] {
    switch form {
    case .json:
      var json = JSONWriter()
      json.array(schema) { json, field in
        json.object { json in
          json.member("name", field.name)
          json.member("type", field.type.rawValue)
        }
      }
      return Array("{\"columns\":".utf8) + json.bytes + Array(",\"rows\":[".utf8)
    case .ndjson: return []
    case .csv: return Array((schema.map { Self.quoted($0.name) }.joined(separator: ",") + "\r\n").utf8)
    }
  }

  private func write(_ row: Int, _ form: QueryForm, into out: inout [UInt8]) {
    switch form {
    case .json:
      if row > 0 { out.append(0x2C) }
      writeArray(row, into: &out)
    case .ndjson:
      out.append(0x7B)
      for (index, field) in schema.enumerated() {
        if index > 0 { out.append(0x2C) }
        Scalar.string(field.name).json.write(into: &out)
        out.append(0x3A)
        Self.write(rows.columns[index][row], into: &out)
      }
      out.append(contentsOf: [0x7D, 0x0A])
    case .csv:
      out.append(contentsOf: rows.columns.map { Self.quoted($0[row].text) }.joined(separator: ",").utf8)
      out.append(contentsOf: [0x0D, 0x0A])
    }
  }

  /// The cells of a row as a list.
  func writeArray(_ row: Int, into out: inout [UInt8]) {
    out.append(0x5B)
    for (index, column) in rows.columns.enumerated() {
      if index > 0 { out.append(0x2C) }
      Self.write(column[row], into: &out)
    }
    out.append(0x5D)
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension ChartDescription {
  var draft: JSONDraft {
    .object([
      ("kind", .string(kind)),
      (
        "properties",
        .object(
          properties.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map(JSONDraft.string))) })
      ),
    ])
  }
}
