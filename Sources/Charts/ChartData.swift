// SPDX-License-Identifier: Apache-2.0
internal import JSON
package import KQL

/// The numbers of a picture, taken from rows as Kusto's clients take them: the first column (of a time chart the first
/// datetime) goes along, numbers go up, texts between them tell series apart.
package struct ChartData {
  package enum Kind { case line, area, scatter, bars, columns, pie }
  package enum Axis { case categories([String]), numbers, times }
  package struct Point { package var x, y: Double }
  package struct Series {
    package var name: String
    package var points: [Point]
  }

  package let kind: Kind
  package let isStacked: Bool
  package let title: String?
  package let xTitle: String
  package let yTitle: String
  package let axis: Axis
  /// In the order of the rows; points in order along the axis where a line joins them.
  package let series: [Series]
  /// How many series and categories were left out.
  package let omitted: (series: Int, categories: Int)

  package static let mostSeries = 12
  package static let mostCategories = 60

  package init(_ result: QueryResult) throws {
    let chart = result.chart ?? ChartDescription(kind: Self.guess(result.schema))
    kind = try Self.kind(chart.kind)
    func property(_ name: String) -> [String] { chart.properties[name] ?? [] }
    isStacked = chart.kind == "stackedareachart" || ["stacked", "stacked100"].contains(property("kind").first ?? "")
    let layout = try Layout(result.schema, chart, kind)
    title = property("title").first
    xTitle = property("xtitle").first ?? result.schema[layout.x].name
    yTitle =
      property("ytitle").first ?? (layout.y.count == 1 ? result.schema[layout.y[0]].name : "")

    // Cells of arrays, as make-series gives them, are as many points.
    var cells: [(x: Scalar, y: Scalar, series: String)] = []
    for row in 0..<result.rows.count {
      let x = Self.items(result.rows.columns[layout.x][row])
      let names = layout.series.map { TextWidth.harmless(result.rows.columns[$0][row].text) }
      for column in layout.y {
        let y = Self.items(result.rows.columns[column][row])
        let own = names.isEmpty || layout.y.count > 1 ? [result.schema[column].name] : []
        let name = (names + own).joined(separator: " · ")
        for index in 0..<min(x.count, y.count) { cells.append((x[index], y[index], name)) }
      }
    }
    var axis = Axis.numbers
    var places: [String: Int] = [:]
    var categories: [String] = []
    let isBars = kind == .bars || kind == .columns || kind == .pie
    if isBars || cells.contains(where: { Self.number($0.x) == nil && !$0.x.isNull }) {
      for cell in cells where places[cell.x.text] == nil {
        places[cell.x.text] = categories.count
        categories.append(cell.x.text)
      }
      axis = .categories(categories.prefix(Self.mostCategories).map { TextWidth.harmless($0.isEmpty ? "(empty)" : $0) })
    } else if cells.contains(where: { Self.isTime($0.x) }) {
      axis = .times
    }
    var order: [String: Int] = [:]
    var series: [Series] = []
    for cell in cells {
      guard let y = Self.number(cell.y), y.isFinite else { continue }
      guard let x = places.isEmpty ? Self.number(cell.x) : places[cell.x.text].map(Double.init), x.isFinite else {
        continue
      }
      if !places.isEmpty, Int(x) >= Self.mostCategories { continue }
      if order[cell.series] == nil {
        order[cell.series] = series.count
        series.append(Series(name: cell.series, points: []))
      }
      series[order[cell.series] ?? 0].points.append(Point(x: x, y: y))
    }
    guard !series.isEmpty else { throw ChartError("there is nothing to draw: the query gives no numbers") }
    if kind == .line || kind == .area {
      // Points of one place keep the order of the rows.
      for index in series.indices {
        series[index].points = series[index].points.enumerated().sorted {
          ($0.element.x, $0.offset) < ($1.element.x, $1.offset)
        }.map(\.element)
      }
    }
    self.axis = axis
    omitted = (max(0, series.count - Self.mostSeries), max(0, categories.count - Self.mostCategories))
    self.series = Array(series.prefix(Self.mostSeries))
  }

  /// The value of a series at a category; several rows of one add up.
  package func value(_ series: Int, at category: Int) -> Double? {
    let values = self.series[series].points.filter { Int($0.x) == category }.map(\.y)
    return values.isEmpty ? nil : values.reduce(0, +)
  }

  package var categories: [String] { if case .categories(let names) = axis { names } else { [] } }

  private static func guess(_ schema: Schema) -> String {
    schema.contains { $0.type == .datetime } ? "timechart" : "barchart"
  }

  private static func kind(_ name: String) throws -> Kind {
    switch name {
    case "timechart", "linechart", "anomalychart": return .line
    case "areachart", "stackedareachart": return .area
    case "scatterchart": return .scatter
    case "barchart": return .bars
    case "columnchart": return .columns
    case "piechart": return .pie
    default: throw ChartError("render \(name): there is no picture of it; try timechart, barchart or columnchart")
    }
  }

  private static func items(_ cell: Scalar) -> [Scalar] {
    guard case .dynamic(let value) = cell, value.kind == .array else { return [cell] }
    return value.elements.map { .dynamic($0) }
  }

  private static func isTime(_ cell: Scalar) -> Bool {
    switch cell {
    case .datetime: true
    case .dynamic(let value): value.string.flatMap { DateTime.parse($0) } != nil
    default: false
    }
  }

  private static func number(_ cell: Scalar) -> Double? {
    switch cell {
    case .dynamic(let value):
      if let text = value.string { return DateTime.parse(text).map(Double.init) }
      return cell.converted(to: .real).double
    case .timespan(let ticks): return Double(ticks) / 1e7
    default: return cell.double
    }
  }

  /// Which columns are which.
  private struct Layout {
    var x: Int
    var y: [Int]
    var series: [Int]

    init(_ schema: Schema, _ chart: ChartDescription, _ kind: Kind) throws {
      func columns(_ property: String) throws -> [Int]? {
        guard let names = chart.properties[property] else { return nil }
        return try names.map { name in
          guard let index = schema.firstIndex(where: { $0.name == name }) else {
            let meant = Spelling.nearest(to: name, in: schema.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
            throw ChartError("render with (\(property)=\(name)): there is no such column\(meant)")
          }
          return index
        }
      }
      func isValue(_ type: ScalarType) -> Bool { type.isNumeric || type == .timespan || type == .dynamic }
      guard !schema.isEmpty else { throw ChartError("there is nothing to draw: the query gives no columns") }
      var along = try columns("xcolumn")?.first
      if along == nil, chart.kind == "timechart" || chart.kind == "anomalychart" || kind == .line || kind == .area {
        // The arrays of make-series stand behind its values, the times last.
        along =
          schema.firstIndex { $0.type == .datetime }
          ?? (schema.filter { $0.type == .dynamic }.count > 1 ? schema.lastIndex { $0.type == .dynamic } : nil)
      }
      let place = along ?? 0
      let given = try columns("series")
      let values =
        try columns("ycolumns")
        ?? schema.indices.filter { $0 != place && isValue(schema[$0].type) && !(given ?? []).contains($0) }
      guard !values.isEmpty else {
        throw ChartError("there is nothing to draw: beside '\(schema[place].name)' no column holds numbers")
      }
      (x, y) = (place, values)
      series =
        given ?? schema.indices.filter { $0 != place && (schema[$0].type == .string || schema[$0].type == .bool) }
    }
  }
}

/// Why no picture can be made of rows, with the mend.
package struct ChartError: Error, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

extension ChartData {
  /// The ends of the axis along.
  package var range: (low: Double, high: Double) {
    if case .categories(let names) = axis { return (0, Double(max(1, names.count - 1))) }
    let places = series.flatMap { $0.points.map(\.x) }
    return (places.min() ?? 0, places.max() ?? 0)
  }

  /// Places along the axis with their names.
  package func marks(wanted: Int) -> [(place: Double, label: String)] {
    let (low, high) = range
    switch axis {
    case .categories(let names): return names.enumerated().map { (Double($0.offset), $0.element) }
    case .times: return ChartScale.times(low, high, marks: wanted)
    case .numbers:
      if low == high { return [(low, ChartScale.label(low))] }
      let step = ChartScale.step((high - low) / Double(wanted))
      var marks: [(Double, String)] = []
      var at = (low / step).rounded(.up)
      while at * step <= high, marks.count < 100 {
        marks.append((at * step, ChartScale.label(at * step)))
        at += 1
      }
      return marks
    }
  }

  /// Each series on top of those before it.
  package var stacked: [Series] {
    var sums: [Double: Double] = [:]
    return series.map { series in
      Series(
        name: series.name,
        points: series.points.map { point in
          sums[point.x, default: 0] += point.y
          return Point(x: point.x, y: sums[point.x] ?? 0)
        })
    }
  }
}
