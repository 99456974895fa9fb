// SPDX-License-Identifier: Apache-2.0
internal import Charts
internal import JSON
internal import KQL
internal import Posture

/// A workbook as a page: its queries are asked one after the other, each of what the reader may see.
struct WorkbookPage {
  /// Asks a query.
  typealias Ask = (String) async throws -> QueryResult

  let book: Workbook
  let address: PageAddress
  let board: Board
  let ask: Ask
  /// Rows of a grid that are shown, and queries that one page asks.
  private static let (mostRows, mostQueries) = (200, 60)

  /// What is chosen of the parameters, with the words for it.
  private struct Values {
    var values: [String: [String]] = [:]
    var labels: [String: [String]] = [:]
    var parameters: [String: Workbook.Parameter] = [:]
    var asked = 0
  }

  func body() async throws -> Markup {
    var values = Values()
    // What links set stands in the address without being a parameter that is shown.
    for item in address.items where item.name.hasPrefix("p.") {
      values.values[String(item.name.dropFirst(2)), default: []].append(item.value)
    }
    return "<div class=\"book\">\(try await items(book.items, &values))</div>"
  }

  private func items(_ items: [Workbook.Item], _ values: inout Values) async throws -> Markup {
    var out = Markup()
    for item in items {
      let isShown = item.conditions.allSatisfy { condition in
        let value = (values.values[condition.parameter] ?? []).joined(separator: ",")
        return (value == condition.value) == condition.isEqual
      }
      // What chooses among parameters is read even where it is hidden: queries below may name them.
      if case .parameters(let parameters) = item.body {
        let form = try await form(parameters, &values)
        if isShown { out += form }
        continue
      }
      guard isShown else { continue }
      let kind: Markup = item.width <= 34 ? " class=\"third\"" : item.width <= 60 ? " class=\"narrow\"" : ""
      out += "<div\(kind)>\(try await show(item.body, &values))</div>\n"
    }
    return out
  }

  private func show(_ body: Workbook.Body, _ values: inout Values) async throws -> Markup {
    switch body {
    case .text(let text): return "<div class=\"prose\">\(Markdown.html(Self.filled(text, values, isText: true)))</div>"
    case .parameters: return ""
    case .links(let links, let isTabs): return show(links, isTabs, values)
    case .group(let title, let items):
      let inner = try await self.items(items, &values)
      return
        "<section>\(if: !title.isEmpty, "<h2>\(Self.filled(title, values, isText: true))</h2>")<div class=\"book\">\(inner)</div></section>"
    case .other(let text): return Parts.note("\(text)")
    case .query(let query): return try await show(query, &values)
    }
  }

  // MARK: Links

  private func show(_ links: [Workbook.Link], _ isTabs: Bool, _ values: Values) -> Markup {
    let shown = links.enumerated().map { index, link -> Markup in
      if let (name, value) = link.parameter {
        let chosen = values.values[name]?.first
        let isOn = chosen == value || (chosen == nil && index == 0 && isTabs)
        return
          "<a class=\"seg\(if: isOn, " on")\" href=\"\(address.setting("p." + name, value))\"\(if: isOn, " aria-current=\"true\"")>\(link.label)</a>"
      }
      return
        "<a class=\"seg\" href=\"\(link: Self.filled(link.target, values, isText: true))\" rel=\"noreferrer noopener\">\(link.label)</a>"
    }
    return "<div class=\"segs\" role=\"group\" aria-label=\"Choose\">\(shown)</div>"
  }

  // MARK: Parameters

  private func form(_ parameters: [Workbook.Parameter], _ values: inout Values) async throws -> Markup {
    var fields: [Markup] = []
    for parameter in parameters {
      var options = parameter.options
      if let query = parameter.query, values.asked < Self.mostQueries {
        values.asked += 1
        if let result = try? await ask(Self.filled(query, values)), let first = result.rows.columns.first {
          for row in 0..<min(result.rows.count, 500) {
            let value = first[row].text
            options.append((value, result.rows.columns.count > 1 ? result.rows.columns[1][row].text : value))
          }
        }
      }
      let chosen = (values.values[parameter.name] ?? parameter.standard).filter { !$0.isEmpty }
      values.values[parameter.name] = chosen
      values.labels[parameter.name] = chosen.map { value in options.first { $0.value == value }?.label ?? value }
      values.parameters[parameter.name] = parameter
      let name = "p." + parameter.name
      switch parameter.kind {
      case .text:
        fields.append(
          "<label class=\"pick\"><span>\(parameter.label)</span><input name=\"\(name)\" value=\"\(chosen.first ?? "")\"></label>"
        )
      case .choice, .time:
        if parameter.kind == .choice, !parameter.isMultiple { options.insert(("", "(any)"), at: 0) }
        if parameter.isMultiple {
          let boxes = options.map {
            "<label class=\"radio\"><input type=\"checkbox\" name=\"\(name)\" value=\"\($0.value)\"\(if: chosen.contains($0.value), " checked")> \($0.label)</label>"
              as Markup
          }
          fields.append(
            "<details class=\"user\" data-dropdown><summary class=\"button\">\(parameter.label)\(if: !chosen.isEmpty, " (\(chosen.count))")</summary><fieldset class=\"sheet\"><legend class=\"quiet\">\(parameter.label)</legend>\(boxes)<button class=\"button main\" type=\"submit\">Show</button></fieldset></details>"
          )
        } else {
          fields.append(Parts.choice("\(parameter.label)", name, options, chosen.first ?? ""))
        }
      }
    }
    let names = Set(parameters.map { "p." + $0.name })
    return """
      <form class="tools" method="get" action="\(address.path)">\(Parts.kept(address, except: names))\(fields)<button class="button" type="submit" data-hide>Show</button></form>
      """
  }

  /// A text with what its parameters stand for: `{Name}`, `{Name:label}`.
  private static func filled(_ text: String, _ values: Values, isText: Bool = false) -> String {
    guard text.contains("{") else { return text }
    var out = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      let inner = rest[rest.index(after: open)...]
      guard let close = inner.firstIndex(of: "}") else { break }
      let parts = inner[..<close].split(separator: ":", maxSplits: 1).map(String.init)
      rest = inner[inner.index(after: close)...]
      if let name = parts.first, let chosen = values.values[name] {
        out += value(name, chosen, parts.count > 1 ? parts[1] : "", values, isText)
      } else {
        out += "{" + inner[..<close] + "}"
      }
    }
    return out + rest
  }

  private static func value(
    _ name: String, _ chosen: [String], _ form: String, _ values: Values, _ isText: Bool
  ) -> String {
    let parameter = values.parameters[name]
    if form == "label" || (isText && form.isEmpty) { return (values.labels[name] ?? chosen).joined(separator: ", ") }
    if parameter?.kind == .time, let milliseconds = chosen.first.flatMap(Int64.init) {
      let seconds = milliseconds / 1000
      return switch form {
      case "seconds": String(seconds)
      case "grain": "\(max(60, seconds / 50))s"
      case "start": "ago(\(seconds)s)"
      case "end": "now()"
      default: "> ago(\(seconds)s)"
      }
    }
    guard let parameter, parameter.isMultiple else { return chosen.first ?? "" }
    return chosen.map { parameter.quote + $0 + parameter.quote }.joined(separator: parameter.delimiter)
  }

  // MARK: Queries

  private func show(_ query: Workbook.Query, _ values: inout Values) async throws -> Markup {
    let title = Self.filled(query.title, values, isText: true)
    let head: Markup = title.isEmpty ? "" : "<div class=\"card-head\"><h2>\(title)</h2></div>"
    guard values.asked < Self.mostQueries else {
      return
        "<section class=\"card\">\(head)<p class=\"muted\">A page asks at most \(Self.mostQueries) queries.</p></section>"
    }
    values.asked += 1
    var text = Self.filled(query.text, values)
    if case .chart(let kind) = query.look, !text.contains("| render") { text += "\n| render \(kind)" }
    let open: Markup = "<p class=\"small\"><a href=\"\(PageAddress.query(text))\">Open as a query</a></p>"
    do {
      let result = try await ask(text)
      guard result.rows.count > 0 else {
        return "<section class=\"card\">\(head)<p class=\"muted\">\(query.note ?? "No rows.")</p>\(open)</section>"
      }
      let shown: Markup
      if case .tiles = query.look {
        shown = tiles(result, query)
      } else if result.chart != nil, let data = try? ChartData(result) {
        shown = "<div class=\"picture\">\(Markup(picture: ChartSVG.text(data)))</div>"
      } else {
        shown = grid(result, query)
      }
      return "<section class=\"card results\">\(head)\(shown)\(open)</section>"
    } catch let error as KQLError {
      return "<section class=\"card\">\(head)\(QueryPage.problem(error))</section>"
    }
  }

  private func grid(_ result: QueryResult, _ query: Workbook.Query) -> Markup {
    let columns = result.schema.indices.filter { !query.hidden.contains(result.schema[$0].name) }
    let heads = columns.map { index in
      let field = result.schema[index]
      return Parts.Head(
        "\(query.labels[field.name] ?? field.name)", number: field.type.isNumeric && !query.bars.contains(field.name))
    }
    var most: [Int: Double] = [:]
    for index in columns where query.bars.contains(result.schema[index].name) {
      most[index] = (0..<result.rows.count).compactMap { result.rows.columns[index][$0].double }.max() ?? 0
    }
    let rows = (0..<min(result.rows.count, Self.mostRows)).map { row in
      columns.map { index -> Markup in
        let cell = result.rows.columns[index][row]
        if let most = most[index], let value = cell.double {
          let bar = PageChart.stack([(value, "low")], label: cell.text, of: max(most, 1e-9))
          return "<span class=\"meter\">\(Markup(picture: bar))<span>\(cell.text)</span></span>"
        }
        return QueryPage.cell(result.schema[index], cell.text, board)
      }
    }
    return Parts.table("Rows", heads, rows)
      + "\(if: result.rows.count > Self.mostRows, "<p class=\"muted small\">the first \(Self.mostRows) of \(Parts.grouped(result.rows.count)) rows</p>")"
  }

  private func tiles(_ result: QueryResult, _ query: Workbook.Query) -> Markup {
    func column(_ name: String, _ otherwise: Int) -> Int? {
      result.schema.firstIndex { $0.name == name } ?? (result.schema.indices.contains(otherwise) ? otherwise : nil)
    }
    let number = column(query.tile.number, result.schema.firstIndex { $0.type.isNumeric } ?? 0)
    let title = column(query.tile.title, result.schema.firstIndex { !$0.type.isNumeric } ?? 0)
    let words = result.schema.firstIndex { $0.name == query.tile.words }
    let items = (0..<min(result.rows.count, 60)).map { row -> Markup in
      func text(_ column: Int?) -> String { column.map { result.rows.columns[$0][row].text } ?? "" }
      return
        "<li><span class=\"muted small\">\(text(title))</span><b>\(text(number))</b>\(if: words != nil, "<span class=\"small\">\(text(words))</span>")</li>"
    }
    return "<ul class=\"numbers\">\(items)</ul>"
  }
}
