// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import JSON
import KQL

enum QueryFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, ndjson, csv, markdown, svg
}

/// Rows of a query as text.
enum QueryOutput {
  /// - Parameter width: the cells of the terminal that a table has to fit; nil cuts nothing.
  static func text(_ result: QueryResult, _ format: QueryFormat, width: Int?) throws -> [UInt8] {
    switch format {
    case .json: return result.json() + [0x0A]
    case .ndjson: return ndjson(result)
    case .csv: return csv(result)
    case .markdown: return markdown(result)
    case .svg: return Array(ChartSVG.text(try ChartData(result)).utf8)
    case .table:
      // Further results, of fork and facet, stand below with their names.
      let others = result.others.map {
        Array("\n\(TextWidth.harmless($0.name)):\n".utf8) + table($0.result, width: width)
      }
      return table(result, width: width) + others.flatMap { $0 }
    }
  }

  private static func cell(_ value: Scalar) -> String { TextWidth.harmless(value.text) }

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
      TextWidth.harmless(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    var lines = ["| " + result.schema.map { escape($0.name) }.joined(separator: " | ") + " |"]
    lines.append("|" + result.schema.map { $0.type.isNumeric ? " ---: |" : " --- |" }.joined())
    for row in 0..<result.rows.count {
      lines.append("| " + result.rows.columns.map { escape(cell($0[row])) }.joined(separator: " | ") + " |")
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func table(_ result: QueryResult, width: Int?) -> [UInt8] {
    let count = result.rows.count
    let shown = width == nil ? count : min(count, 10_000)
    let table = TextTable(
      header: result.schema.map { TextWidth.harmless($0.name) }, isNumeric: result.schema.map(\.type.isNumeric),
      rows: (0..<shown).map { row in result.rows.columns.map { cell($0[row]) } })
    var lines = table.lines(width: width)
    lines.append("")
    lines.append(count == 1 ? "1 row" : shown < count ? "\(count) rows, the first \(shown) shown" : "\(count) rows")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
