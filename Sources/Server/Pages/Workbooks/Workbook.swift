// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A workbook as Azure Monitor keeps it: text, queries, parameters, links and groups, one below the other.
struct Workbook: Sendable {
  /// When an item is shown: a parameter has, or has not, a value.
  struct Condition: Sendable {
    let parameter: String
    let value: String
    let isEqual: Bool
  }

  struct Query: Sendable {
    enum Look: Sendable { case grid, tiles, chart(String) }
    let text: String
    let title: String
    let look: Look
    /// Columns that are not shown, and those that are drawn as bars.
    let hidden: Set<String>
    let bars: Set<String>
    let labels: [String: String]
    /// Of tiles: the columns of title, number and words below.
    let tile: (title: String, number: String, words: String)
    let note: String?
  }

  struct Parameter: Sendable {
    enum Kind: Sendable { case text, choice, time }
    let name: String
    let label: String
    let kind: Kind
    let isMultiple: Bool
    let quote: String
    let delimiter: String
    let standard: [String]
    let options: [(value: String, label: String)]
    /// Gives further options: the first column is the value, the second its name.
    let query: String?
  }

  struct Link: Sendable {
    let label: String
    /// Sets a parameter, or leads somewhere.
    let parameter: (name: String, value: String)?
    let target: String
  }

  enum Body: Sendable {
    case text(String)
    case query(Query)
    case parameters([Parameter])
    case links([Link], isTabs: Bool)
    case group(title: String, [Item])
    case other(String)
  }

  struct Item: Sendable {
    let body: Body
    let conditions: [Condition]
    /// Percent of the width.
    let width: Int
  }

  let title: String
  let items: [Item]
  static let mostItems = 200

  /// - Parameter name: what it is called where it does not say.
  /// - Throws: ``WorkbookError`` with what is not as it should be.
  init(_ json: JSONValue, name: String) throws {
    // A template of Azure Resource Manager holds the workbook as a text.
    var root = json
    if let resource = json["resources"]?.elements.first(where: {
      ($0["type"]?.string ?? "").lowercased().hasSuffix("workbooks")
    }),
      let text = resource["properties"]?["serializedData"]?.string, let inner = try? JSONDocument.parse(text).root
    {
      root = inner
      title = resource["properties"]?["displayName"]?.string ?? name
    } else {
      title = json["plumbline"]?["title"]?.string ?? name
    }
    guard let list = root["items"], list.kind == .array else {
      throw WorkbookError(
        "This is no workbook: it has no 'items'. Use Advanced editor, Gallery template in Azure to copy one.")
    }
    var count = 0
    items = try Self.items(list, 0, &count)
  }

  private static func items(_ list: JSONValue, _ depth: Int, _ count: inout Int) throws -> [Item] {
    guard depth < 8 else { throw WorkbookError("Groups lie deeper than eight within each other.") }
    var items: [Item] = []
    for entry in list.elements {
      count += 1
      guard count <= mostItems else { throw WorkbookError("A workbook has at most \(mostItems) items.") }
      items.append(
        Item(
          body: try body(entry, depth, &count), conditions: conditions(entry),
          width: Int(entry["customWidth"]?.string ?? "") ?? 100))
    }
    return items
  }

  private static func conditions(_ entry: JSONValue) -> [Condition] {
    let list =
      [entry["conditionalVisibility"]].compactMap(\.self)
      + (entry["conditionalVisibilities"].map { Array($0.elements) } ?? [])
    return list.compactMap { item in
      item["parameterName"]?.string.map {
        Condition(
          parameter: $0, value: item["value"]?.string ?? "", isEqual: item["comparison"]?.string != "isNotEqualTo")
      }
    }
  }

  private static func body(_ entry: JSONValue, _ depth: Int, _ count: inout Int) throws -> Body {
    let content = entry["content"] ?? .null
    switch entry["type"].flatMap(\.int64) ?? -1 {
    case 1: return .text(content["json"]?.string ?? "")
    case 3: return .query(query(content))
    case 9: return .parameters(content["parameters"].map { $0.elements.compactMap(parameter) } ?? [])
    case 10: return .other("Metrics of Azure Monitor are not collected.")
    case 11:
      let style = content["style"]?.string ?? "list"
      return .links(content["links"].map { $0.elements.map(link) } ?? [], isTabs: style == "tabs" || style == "toolbar")
    case 12:
      return .group(title: content["title"]?.string ?? "", try items(content["items"] ?? .null, depth + 1, &count))
    case let type: return .other("Items of type \(type) are not shown.")
    }
  }

  private static func query(_ content: JSONValue) -> Query {
    let look: Query.Look =
      switch content["visualization"]?.string ?? "table" {
      case "tiles": .tiles
      case "barchart", "categoricalbar": .chart("barchart")
      case "unstackedbar": .chart("columnchart")
      case "linechart", "timechart": .chart("timechart")
      case "area", "areachart": .chart("areachart")
      case "piechart": .chart("piechart")
      case "scatterchart": .chart("scatterchart")
      default: .grid
      }
    var (hidden, bars, labels) = (Set<String>(), Set<String>(), [String: String]())
    for formatter in content["gridSettings"]?["formatters"].map({ Array($0.elements) }) ?? [] {
      guard let column = formatter["columnMatch"]?.string else { continue }
      switch formatter["formatter"].flatMap(\.int64) ?? 0 {
      case 5: hidden.insert(column)
      case 3, 4, 8, 22: bars.insert(column)
      default: continue
      }
    }
    for label in content["gridSettings"]?["labelSettings"].map({ Array($0.elements) }) ?? [] {
      if let column = label["columnId"]?.string { labels[column] = label["label"]?.string }
    }
    let tiles = content["tileSettings"] ?? .null
    func column(_ name: String) -> String { tiles[name]?["columnMatch"]?.string ?? "" }
    return Query(
      text: content["query"]?.string ?? "", title: content["title"]?.string ?? "", look: look, hidden: hidden,
      bars: bars,
      labels: labels, tile: (column("titleContent"), column("leftContent"), column("subtitleContent")),
      note: content["noDataMessage"]?.string)
  }

  private static func parameter(_ entry: JSONValue) -> Parameter? {
    guard let name = entry["name"]?.string, !name.isEmpty else { return nil }
    let type = entry["type"].flatMap(\.int64) ?? 1
    var options: [(value: String, label: String)] = []
    if let text = entry["jsonData"]?.string, let list = try? JSONDocument.parse(text).root {
      options = list.elements.compactMap { item in
        item.string.map { ($0, $0) }
          ?? item["value"].map { ($0.string ?? $0.text, item["label"]?.string ?? $0.string ?? $0.text) }
      }
    }
    var standard: [String] = []
    let value = entry["value"] ?? .null
    if type == 4 {
      let spans =
        entry["typeSettings"]?["selectableValues"].map { $0.elements.compactMap { $0["durationMs"]?.int64 } } ?? []
      options = (spans.isEmpty ? [3_600_000, 86_400_000, 604_800_000, 2_592_000_000] : spans).filter { $0 > 0 }.map {
        (String($0), Self.words($0))
      }
      standard = [String(value["durationMs"]?.int64 ?? 86_400_000)]
    } else if value.kind == .array {
      standard = value.elements.compactMap(\.string)
    } else if let text = value.string {
      standard = [text]
    }
    let query = entry["query"]?.string
    return Parameter(
      name: name, label: entry["label"]?.string ?? name,
      kind: type == 4 ? .time : type == 2 || query != nil || !options.isEmpty ? .choice : .text,
      isMultiple: entry["multiSelect"]?.boolean ?? false, quote: entry["quote"]?.string ?? "'",
      delimiter: entry["delimiter"]?.string ?? ",", standard: standard, options: options, query: type == 4 ? nil : query
    )
  }

  static func words(_ milliseconds: Int64) -> String {
    let minutes = milliseconds / 60_000
    if minutes % 1440 == 0 { return "Last \(Parts.count(Int(minutes / 1440), "day"))" }
    if minutes % 60 == 0 { return "Last \(Parts.count(Int(minutes / 60), "hour"))" }
    return "Last \(Parts.count(Int(minutes), "minute"))"
  }

  private static func link(_ entry: JSONValue) -> Link {
    let target = entry["linkTarget"]?.string ?? ""
    let cell = entry["cellValue"]?.string ?? ""
    let isParameter = target.lowercased() == "parameter"
    return Link(
      label: entry["linkLabel"]?.string ?? cell,
      parameter: isParameter ? (cell, entry["subTarget"]?.string ?? "") : nil, target: isParameter ? "" : cell)
  }
}

/// What is not as it should be in a workbook, with the mend.
struct WorkbookError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
