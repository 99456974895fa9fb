// SPDX-License-Identifier: Apache-2.0
import Charts

/// Cells in columns, for people to read.
struct TextTable {
  var header: [String]
  /// Columns set to the right; none where it is empty.
  var isNumeric: [Bool] = []
  var rows: [[String]]

  /// The lines of the table.
  ///
  /// - Parameter width: the cells of the terminal that it has to fit: the widest columns give way first, long cells end
  ///   in `…`, and columns that find no place at the right are left out and named. nil cuts nothing.
  func lines(width: Int?) -> [String] {
    let all = [header] + rows
    var widths = header.indices.map { column in all.map { TextWidth.of($0[column]) }.max() ?? 0 }
    var shown = widths.count
    if let width {
      let least = widths.map { min($0, 8) }
      while shown > 1, least[..<shown].reduce(0, +) + 2 * (shown - 1) > width { shown -= 1 }
      widths = Self.fit(Array(widths[..<shown]), width - 2 * max(0, shown - 1))
    }
    var lines: [String] = []
    for (number, row) in all.enumerated() {
      var line = ""
      for column in 0..<shown {
        let text = TextWidth.cut(row[column], to: widths[column])
        let padding = String(repeating: " ", count: max(0, widths[column] - TextWidth.of(text)))
        let isRight = number > 0 && isNumeric.indices.contains(column) && isNumeric[column]
        line += isRight ? padding + text : text + padding
        if column < shown - 1 { line += "  " }
      }
      lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
      if number == 0 { lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")) }
    }
    if shown < header.count {
      let names = TextWidth.cut(header[shown...].joined(separator: ", "), to: max(20, width ?? 0))
      lines += ["Columns that did not fit:", names]
    }
    return lines
  }

  /// Widths whose sum is at most `room`: what is wider than a common limit is brought to it.
  private static func fit(_ widths: [Int], _ room: Int) -> [Int] {
    guard widths.reduce(0, +) > room else { return widths }
    var (low, high) = (1, widths.max() ?? 1)
    while low < high {
      let limit = (low + high + 1) / 2
      if widths.reduce(0, { $0 + min($1, limit) }) <= room { low = limit } else { high = limit - 1 }
    }
    var fitted = widths.map { min($0, low) }
    var spare = room - fitted.reduce(0, +)
    for index in fitted.indices where spare > 0 && fitted[index] < widths[index] {
      fitted[index] += 1
      spare -= 1
    }
    return fitted
  }
}
