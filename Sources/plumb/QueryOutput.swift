// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import JSON
import KQL

enum QueryFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, ndjson, csv, markdown
}

/// Rows of a query as text.
enum QueryOutput {
  static func text(_ result: QueryResult, _ format: QueryFormat, width: Int) -> [UInt8] {
    switch format {
    case .json: return result.json() + [0x0A]
    case .ndjson: return ndjson(result)
    case .csv: return csv(result)
    case .markdown: return markdown(result)
    case .table: return table(result, width: width)
    }
  }

  /// A cell on one line, with control characters made harmless.
  private static func cell(_ value: Scalar) -> String {
    String(String.UnicodeScalarView(value.text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }

  private static func ndjson(_ result: QueryResult) -> [UInt8] {
    var out: [UInt8] = []
    for row in 0..<result.rows.count {
      out.append(0x7B)
      for (index, field) in result.schema.enumerated() {
        if index > 0 { out.append(0x2C) }
        Scalar.string(field.name).json.write(into: &out)
        out.append(0x3A)
        QueryResult.write(result.rows.columns[index][row], into: &out)
      }
      out.append(contentsOf: [0x7D, 0x0A])
    }
    return out
  }

  private static func csv(_ result: QueryResult) -> [UInt8] {
    func quote(_ text: String) -> String {
      guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
      return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    var lines = [result.schema.map { quote($0.name) }.joined(separator: ",")]
    for row in 0..<result.rows.count {
      lines.append(result.rows.columns.map { quote($0[row].text) }.joined(separator: ","))
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }

  private static func markdown(_ result: QueryResult) -> [UInt8] {
    func escape(_ text: String) -> String {
      text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    var lines = ["| " + result.schema.map { escape($0.name) }.joined(separator: " | ") + " |"]
    lines.append("|" + result.schema.map { $0.type.isNumeric ? " ---: |" : " --- |" }.joined())
    for row in 0..<result.rows.count {
      lines.append("| " + result.rows.columns.map { escape(cell($0[row])) }.joined(separator: " | ") + " |")
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Columns as wide as they need; the widest give way until the table fits.
  private static func table(_ result: QueryResult, width: Int) -> [UInt8] {
    let shown = min(result.rows.count, 10_000)
    var cells = [result.schema.map(\.name)]
    for row in 0..<shown { cells.append(result.rows.columns.map { cell($0[row]) }) }
    var widths = result.schema.indices.map { column in cells.map { min(400, $0[column].count) }.max() ?? 0 }
    while widths.reduce(0, +) + 2 * max(0, widths.count - 1) > width,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 8
    {
      widths[widest] -= 1
    }
    var lines: [String] = []
    for (number, row) in cells.enumerated() {
      var line = ""
      for (column, text) in row.enumerated() {
        let clipped = text.count > widths[column] ? String(text.prefix(max(0, widths[column] - 1))) + "…" : text
        let padding = String(repeating: " ", count: max(0, widths[column] - clipped.count))
        let isNumber = number > 0 && result.schema[column].type.isNumeric
        line += isNumber ? padding + clipped : clipped + padding
        if column < row.count - 1 { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if number == 0 { lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")) }
    }
    let count = result.rows.count
    lines.append("")
    lines.append(count == 1 ? "1 row" : shown < count ? "\(count) rows, the first \(shown) shown" : "\(count) rows")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
