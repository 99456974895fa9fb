// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// A picture as SVG 1.1: the same rows give the same bytes, and every text is escaped.
package struct ChartSVG {
  private let data: ChartData
  private var out = ""
  private static let size = (width: 800.0, height: 420.0)
  private static let colors = [
    "#0f6cbd", "#c45a00", "#107c41", "#8e3a9d", "#b3261e", "#00707a", "#6b5b00", "#4a4fb5", "#a83279", "#3d6e22",
    "#7a4a21", "#5c6670",
  ]

  package static func text(_ data: ChartData) -> String {
    var chart = ChartSVG(data: data)
    return chart.draw()
  }

  private init(data: ChartData) { self.data = data }

  private mutating func draw() -> String {
    let (width, height) = Self.size
    let legend = data.series.count > 1 || data.kind == .pie ? 170.0 : 0
    let top = data.title == nil ? 16.0 : 44.0
    let box = Box(left: 64, top: top, right: width - 20 - legend, bottom: height - 58)
    out = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img" \
      font-family="system-ui, sans-serif" font-size="12" fill="#242424">

      """
    out +=
      "<title>\(XMLText.escaped(data.title ?? [data.yTitle, data.xTitle].filter { !$0.isEmpty }.joined(separator: " by ")))</title>\n"
    out += "<rect width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" fill=\"#ffffff\"/>\n"
    if let title = data.title {
      label(
        title, (box.left + box.right) / 2, 26, anchor: "middle", more: " font-size=\"16\" font-weight=\"600\"", most: 80
      )
    }
    switch data.kind {
    case .pie: pie(box)
    case .bars: bars(box, isUpright: false)
    case .columns: bars(box, isUpright: true)
    case .line, .area, .scatter: plot(box)
    }
    if legend > 0 { drawLegend(width - legend) }
    return out + "</svg>\n"
  }

  private struct Box {
    var left, top, right, bottom: Double
    var width: Double { right - left }
    var height: Double { bottom - top }
  }

  // MARK: Kinds

  private mutating func plot(_ box: Box) {
    let series = data.kind == .area && data.isStacked ? data.stacked : data.series
    let scale = ChartScale(series.flatMap { $0.points.map(\.y) }, marks: 6, withZero: data.kind == .area)
    let (low, high) = data.range
    func x(_ value: Double) -> Double {
      high > low ? box.left + (value - low) / (high - low) * box.width : (box.left + box.right) / 2
    }
    func y(_ value: Double) -> Double { box.bottom - scale.place(value) * box.height }
    upright(scale, box)
    along(data.marks(wanted: 7).map { (x($0.place), $0.label) }, box)
    for index in data.isStacked ? Array(series.indices.reversed()) : Array(series.indices) {
      let color = Self.color(index)
      let places = series[index].points.map { "\(Self.number(x($0.x))),\(Self.number(y($0.y)))" }
      if data.kind == .area, let first = series[index].points.first, let last = series[index].points.last {
        let ends = [
          "\(Self.number(x(last.x))),\(Self.number(y(0)))", "\(Self.number(x(first.x))),\(Self.number(y(0)))",
        ]
        let opacity = data.isStacked ? "1" : "0.35"
        out +=
          "<polygon points=\"\((places + ends).joined(separator: " "))\" fill=\"\(color)\" fill-opacity=\"\(opacity)\"/>\n"
      }
      if data.kind != .scatter, places.count > 1 {
        out +=
          "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>\n"
      } else {
        for point in series[index].points {
          out +=
            "<circle cx=\"\(Self.number(x(point.x)))\" cy=\"\(Self.number(y(point.y)))\" r=\"3\" fill=\"\(color)\"/>\n"
        }
      }
    }
  }

  private mutating func bars(_ outer: Box, isUpright: Bool) {
    var box = outer
    if !isUpright { box.left += 70 }
    let categories = data.categories
    let values = categories.indices.map { category in data.series.indices.map { data.value($0, at: category) ?? 0 } }
    let sums = values.flatMap { row in [row.filter { $0 > 0 }.reduce(0, +), row.filter { $0 < 0 }.reduce(0, +)] }
    let scale = ChartScale(data.isStacked ? sums : values.flatMap { $0 }, marks: 6, withZero: true)
    let slot = (isUpright ? box.width : box.height) / Double(max(1, categories.count))
    let thickness = slot * 0.8 / Double(data.isStacked ? 1 : max(1, data.series.count))
    if isUpright { upright(scale, box) } else { flat(scale, box) }
    let start = isUpright ? box.left : box.top
    for (category, row) in values.enumerated() {
      var (above, below) = (0.0, 0.0)
      for (index, value) in row.enumerated() where value != 0 {
        let side = start + (Double(category) + 0.1) * slot + (data.isStacked ? 0 : Double(index) * thickness)
        let base = data.isStacked ? (value > 0 ? above : below) : 0
        if value > 0 { above += value } else { below += value }
        let (a, b) = (scale.place(min(base, base + value)), scale.place(max(base, base + value)))
        if isUpright {
          rectangle(side, box.bottom - b * box.height, thickness, (b - a) * box.height, index)
        } else {
          rectangle(box.left + a * box.width, side, (b - a) * box.width, thickness, index)
        }
      }
    }
    let middles = categories.indices.map { start + (Double($0) + 0.5) * slot }
    if isUpright {
      along(zip(middles, categories).map { ($0, $1) }, box, most: max(3, Int(slot / 7)))
    } else {
      for (middle, name) in zip(middles, categories) { label(name, box.left - 8, middle + 4, anchor: "end", most: 18) }
      axes(box)
    }
  }

  /// Shares of a whole as sectors; negative values have none.
  private mutating func pie(_ box: Box) {
    let categories = data.categories
    let values = categories.indices.map { category in
      max(0, data.series.indices.compactMap { data.value($0, at: category) }.reduce(0, +))
    }
    let total = values.reduce(0, +)
    let (x, y) = ((box.left + box.right) / 2, (box.top + box.bottom) / 2 + 16)
    let radius = min(box.width, box.height) / 2
    guard total > 0 else { return }
    var turn = 0.0
    for (index, value) in values.enumerated() where value > 0 {
      let share = value / total
      if share > 0.999_999 {
        out +=
          "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" fill=\"\(Self.color(index))\"/>\n"
        break
      }
      let (a, b) = (Self.circle(turn), Self.circle(turn + share))
      let from = "\(Self.number(x + radius * a.x)) \(Self.number(y + radius * a.y))"
      let to = "\(Self.number(x + radius * b.x)) \(Self.number(y + radius * b.y))"
      let arc = "A\(Self.number(radius)) \(Self.number(radius)) 0 \(share > 0.5 ? 1 : 0) 1 \(to)"
      out +=
        "<path d=\"M\(Self.number(x)) \(Self.number(y))L\(from)\(arc)Z\" fill=\"\(Self.color(index))\" stroke=\"#ffffff\"/>\n"
      turn += share
    }
  }

  /// A place on the circle, clockwise from the top, by the part of a turn.
  private static func circle(_ turn: Double) -> (x: Double, y: Double) {
    let angle = (turn - turn.rounded(.down)) * 2 * Double.pi
    return (Self.sine(angle), -Self.sine(angle + Double.pi / 2))
  }

  /// The sine by its series, so that no library of mathematics decides the bytes. `angle` is within 0 and 3π.
  private static func sine(_ angle: Double) -> Double {
    var x = angle
    while x > Double.pi { x -= 2 * Double.pi }
    var (term, sum) = (x, x)
    for n in 1...14 {
      term *= -x * x / Double(2 * n * (2 * n + 1))
      sum += term
    }
    return sum
  }

  // MARK: Axes

  private mutating func upright(_ scale: ChartScale, _ box: Box) {
    for mark in scale.marks {
      let y = box.bottom - scale.place(mark) * box.height
      line(box.left, y, box.right, y, "#e0e0e0")
      label(ChartScale.label(mark), box.left - 8, y + 4, anchor: "end", most: 12)
    }
    let middle = Self.number((box.top + box.bottom) / 2)
    if !data.yTitle.isEmpty {
      label(
        data.yTitle, 16, (box.top + box.bottom) / 2, anchor: "middle", more: " transform=\"rotate(-90 16 \(middle))\"",
        most: 50)
    }
  }

  private mutating func flat(_ scale: ChartScale, _ box: Box) {
    for mark in scale.marks {
      let x = box.left + scale.place(mark) * box.width
      line(x, box.top, x, box.bottom, "#e0e0e0")
      label(ChartScale.label(mark), x, box.bottom + 18, anchor: "middle", most: 12)
    }
    if !data.yTitle.isEmpty {
      label(data.yTitle, (box.left + box.right) / 2, box.bottom + 44, anchor: "middle", most: 80)
    }
  }

  private mutating func along(_ marks: [(Double, String)], _ box: Box, most: Int = 20) {
    // Names that would run into each other are left out.
    var free = -Double.infinity
    for (x, name) in marks {
      line(x, box.bottom, x, box.bottom + 4, "#616161")
      let half = Double(min(most, name.count)) * 3.4
      guard x - half >= free else { continue }
      label(name, x, box.bottom + 18, anchor: "middle", most: most)
      free = x + half + 6
    }
    label(data.xTitle, (box.left + box.right) / 2, box.bottom + 44, anchor: "middle", most: 80)
    axes(box)
  }

  private mutating func axes(_ box: Box) {
    line(box.left, box.top, box.left, box.bottom, "#616161")
    line(box.left, box.bottom, box.right, box.bottom, "#616161")
  }

  private mutating func drawLegend(_ left: Double) {
    let names = data.kind == .pie ? data.categories : data.series.map(\.name)
    for (index, name) in names.prefix(18).enumerated() {
      let y = 48 + Double(index) * 19
      rectangle(left, y, 11, 11, index)
      label(name, left + 18, y + 10, anchor: "start", most: 22)
    }
  }

  // MARK: Parts

  private mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String) {
    let (a, b) = (
      "x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\"", "x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\""
    )
    out += "<line \(a) \(b) stroke=\"\(color)\"/>\n"
  }

  private mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ series: Int) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    out += "<rect \(place) \(size) fill=\"\(Self.color(series))\"/>\n"
  }

  private mutating func label(
    _ text: String, _ x: Double, _ y: Double, anchor: String, more: String = "", most: Int
  ) {
    let shown = XMLText.escaped(TextWidth.cut(text, to: most))
    out += "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\"\(more)>\(shown)</text>\n"
  }

  private static func color(_ index: Int) -> String { colors[index % colors.count] }
  private static func number(_ value: Double) -> String { ChartScale.decimal(value, 2) }
}
