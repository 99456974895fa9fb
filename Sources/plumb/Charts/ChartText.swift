// SPDX-License-Identifier: Apache-2.0
import Charts
import KQL

/// A picture of block characters, for terminals.
struct ChartText {
  let data: ChartData
  let width: Int
  let height: Int
  let style: ChartStyle

  init(_ data: ChartData, width: Int, height: Int = 16, hasColors: Bool) {
    self.data = data
    (self.width, self.height) = (min(400, max(30, width)), min(60, max(4, height)))
    style = ChartStyle(hasColors: hasColors)
  }

  var lines: [String] {
    var lines: [String] = []
    if let title = data.title { lines += [TextWidth.cut(TextWidth.harmless(title), to: width), ""] }
    switch data.kind {
    case .line, .area, .scatter: lines += plot
    case .bars, .pie: lines += bars
    case .columns:
      // Columns need three cells each; more of them lie on their sides.
      let needed = data.categories.count * (data.series.count + 1)
      lines += needed <= width - 12 ? columns : bars
    }
    lines += legend
    if data.omitted.series > 0 { lines.append("\(data.omitted.series) more series are not drawn") }
    if data.omitted.categories > 0 { lines.append("\(data.omitted.categories) more categories are not drawn") }
    return lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
  }

  private var legend: [String] {
    guard data.series.count > 1 else { return [] }
    let isPlot = data.kind == .line || data.kind == .area || data.kind == .scatter
    var lines = [""]
    var used = 0
    for (index, series) in data.series.enumerated() {
      let name = TextWidth.cut(TextWidth.harmless(series.name), to: width - 4)
      let cells = TextWidth.of(name) + 4
      if used > 0, used + cells > width {
        lines.append("")
        used = 0
      }
      lines[lines.count - 1] +=
        style.paint(String(isPlot ? style.mark(index) : style.fill(index)), index) + " \(name)  "
      used += cells
    }
    return [""] + lines
  }

  // MARK: Lines, areas, dots

  private var plot: [String] {
    let stacked = data.kind == .area && data.isStacked ? data.stacked : data.series
    let points = stacked.flatMap(\.points)
    let scale = ChartScale(points.map(\.y), marks: max(2, height / 3), withZero: data.kind == .area)
    let labels = scale.marks.map(ChartScale.label)
    let margin = labels.map(\.count).max() ?? 0
    var canvas = ChartCanvas(columns: width - margin - 2, rows: height)
    let (low, high) = data.range
    func x(_ value: Double) -> Int {
      high > low ? Int(((value - low) / (high - low) * Double(canvas.width - 1)).rounded()) : canvas.width / 2
    }
    func y(_ value: Double) -> Int { Int(((1 - scale.place(value)) * Double(canvas.height - 1)).rounded()) }
    // A stack is painted from its top, so that what is below covers what is above.
    for index in data.kind == .area && data.isStacked ? Array(stacked.indices.reversed()) : Array(stacked.indices) {
      let glyph: Character? = style.hasColors || stacked.count == 1 ? nil : style.mark(index)
      let places = stacked[index].points.map { (x: x($0.x), y: y($0.y)) }
      for (number, place) in places.enumerated() {
        if data.kind == .scatter || number == 0 {
          canvas.dot(place.x, place.y, index, glyph: glyph)
          if data.kind == .area { canvas.line(place, (place.x, y(0)), index, glyph: glyph) }
          continue
        }
        let before = places[number - 1]
        canvas.line(before, place, index, glyph: glyph)
        guard data.kind == .area, place.x > before.x else { continue }
        for column in before.x...place.x {
          let part = Double(column - before.x) / Double(place.x - before.x)
          let top = Double(before.y) + part * Double(place.y - before.y)
          canvas.line((column, Int(top.rounded())), (column, y(0)), index, glyph: glyph)
        }
      }
    }
    var marks: [Int: String] = [:]
    for (mark, label) in zip(scale.marks, labels) { marks[y(mark) / 4] = label }
    var lines = (0..<canvas.rows).map { row in
      let label = marks[row] ?? ""
      return String(repeating: " ", count: margin - label.count) + label + (marks[row] == nil ? " │" : " ┤")
        + canvas.line(row, style)
    }
    lines += foot(
      margin + 2, canvas.columns, data.marks(wanted: max(2, canvas.columns / 16)).map { (x($0.place) / 2, $0.label) })
    return lines
  }

  /// The axis below with its marks, and names under those that have room.
  private func foot(_ margin: Int, _ columns: Int, _ marks: [(column: Int, label: String)]) -> [String] {
    var axis = [Character](repeating: "─", count: columns)
    var names = [Character](repeating: " ", count: columns)
    var free = 0
    for mark in marks where axis.indices.contains(mark.column) {
      axis[mark.column] = "┬"
      let label = Array(TextWidth.cut(mark.label, to: 20))
      let start = max(0, min(mark.column - label.count / 2, columns - label.count))
      guard start >= free, start + label.count <= columns else { continue }
      for (offset, letter) in label.enumerated() { names[start + offset] = letter }
      free = start + label.count + 2
    }
    let lead = String(repeating: " ", count: margin - 1)
    return [lead + "└" + String(axis), lead + " " + String(names)]
  }

  // MARK: Bars

  /// Bars from the left, a line for each series of a category; a pie's with its share.
  private var bars: [String] {
    let categories = data.categories
    let values = categories.indices.map { category in data.series.indices.map { data.value($0, at: category) } }
    let total = values.flatMap { $0 }.compactMap { $0 }.reduce(0) { $0 + $1.magnitude }
    func label(_ value: Double) -> String {
      let number = ChartScale.label(value)
      return data.kind == .pie && total > 0
        ? "\(number) (\(ChartScale.decimal(value.magnitude / total * 100, 1)) %)" : number
    }
    let names = categories.map { TextWidth.cut($0, to: max(8, width / 3)) }
    let margin = names.map(TextWidth.of).max() ?? 0
    let numbers = values.flatMap { $0 }.compactMap { $0 }
    let tail = numbers.map { label($0).count }.max() ?? 0
    let room = max(4, width - margin - tail - 4)
    let (low, high) = (min(0, numbers.min() ?? 0), max(0, numbers.max() ?? 0))
    let span = high > low ? high - low : 1
    // Negative values end at the line where positive ones begin.
    let zero = Int((-low / span * Double(room)).rounded())
    var lines: [String] = []
    for (category, name) in names.enumerated() {
      for index in data.series.indices {
        guard let value = values[category][index] else { continue }
        let lead = index == 0 || values[category][..<index].allSatisfy { $0 == nil } ? name : ""
        let cells = value.magnitude / span * Double(room)
        let bar: String
        if value < 0 {
          let length = min(zero, Int(cells.rounded()))
          bar = String(repeating: " ", count: zero - length) + String(repeating: style.fill(index), count: length)
        } else {
          bar = String(repeating: " ", count: zero) + length(cells, index)
        }
        lines.append(
          lead + String(repeating: " ", count: margin - TextWidth.of(lead)) + " │" + style.paint(bar, index) + " "
            + label(value))
      }
    }
    return lines
  }

  /// A bar to an eighth of a cell, where the fill allows it.
  private func length(_ cells: Double, _ series: Int) -> String {
    let fill = style.fill(series)
    let eighths = Int((cells * 8).rounded())
    guard fill == "█" else { return String(repeating: fill, count: max(eighths > 0 ? 1 : 0, Int(cells.rounded()))) }
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: fill, count: eighths / 8) + parts[eighths % 8]
  }

  /// Columns that stand on the axis, grouped by category.
  private var columns: [String] {
    let categories = data.categories
    let values = categories.indices.map { category in data.series.indices.map { data.value($0, at: category) ?? 0 } }
    let scale = ChartScale(values.flatMap { $0 }, marks: max(2, height / 3), withZero: true)
    let labels = scale.marks.map(ChartScale.label)
    let margin = (labels.map(\.count).max() ?? 0) + 2
    let room = width - margin
    let group = max(data.series.count + 1, min(24, room / max(1, categories.count)))
    let bar = max(1, (group - 1) / data.series.count)
    func level(_ value: Double) -> Int { Int((scale.place(value) * Double(height * 8)).rounded()) }
    let zero = level(0)
    var marks: [Int: String] = [:]
    for (mark, label) in zip(scale.marks, labels) { marks[max(0, min(height - 1, (level(mark) - 1) / 8))] = label }
    var lines: [String] = []
    for row in stride(from: height - 1, through: 0, by: -1) {
      let label = marks[row] ?? ""
      var line = String(repeating: " ", count: margin - 2 - label.count) + label + (marks[row] == nil ? " │" : " ┤")
      for group in values {
        line += " "
        for (index, value) in group.enumerated() {
          let (from, to) = (min(zero, level(value)), max(zero, level(value)))
          let (below, above) = (from - row * 8, to - row * 8)
          var cell: Character = " "
          if above >= 8, below < 8 {
            cell = style.fill(index)
          } else if above > 0, below < 8 {
            let parts: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"]
            cell = style.fill(index) == "█" ? parts[above] : above >= 4 ? style.fill(index) : " "
          }
          line += style.paint(String(repeating: cell, count: bar), index)
        }
        line += String(repeating: " ", count: self.gap(bar, group.count, self.group(categories.count, room)))
      }
      lines.append(line)
    }
    let places = categories.indices.map {
      (column: $0 * group + 1 + bar * data.series.count / 2, label: categories[$0])
    }
    let shown = places.map { (column: $0.column, label: TextWidth.cut($0.label, to: max(3, group - 1))) }
    return lines + foot(margin, min(room, group * categories.count + 1), shown)
  }

  private func group(_ categories: Int, _ room: Int) -> Int {
    max(data.series.count + 1, min(24, room / max(1, categories)))
  }
  private func gap(_ bar: Int, _ count: Int, _ group: Int) -> Int { max(0, group - 1 - bar * count) }
}
