// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// The query editor with what a query answered.
struct QueryPage {
  /// A query that somebody keeps.
  struct Saved {
    var id: String
    var name: String
    var text: String
    var isMine = true
  }

  var text: String
  var asOf: String
  var span: String
  var answer: QueryResult?
  var problem: Markup?
  /// Where in the text a mistake is, in UTF-16 units; nil where it is nowhere.
  var offset: Int?
  var picture: Markup?
  var milliseconds: Int?
  var saved: [Saved]
  var tables: [(name: String, columns: [String])]
  let board: Board?

  /// Rows shown at most; exports have all.
  static let shown = 500

  static let spans = [
    ("", "All times"), ("1h", "Last hour"), ("1d", "Last day"), ("7d", "Last 7 days"), ("30d", "Last 30 days"),
    ("90d", "Last 90 days"),
  ]

  static let examples: [(name: String, text: String)] = [
    (
      "Faults by check",
      "Findings\n| where status == 'Unhealthy'\n| summarize faults = count() by checkId, severity\n| order by faults desc\n| take 20"
    ),
    (
      "Resources by type",
      "resources\n| summarize resources = count() by type, cloud\n| order by resources desc\n| take 25"
    ),
    (
      "Faults by severity, as a picture",
      "Findings\n| where status == 'Unhealthy'\n| summarize faults = count() by severity, cloud\n| render columnchart with (kind=stacked)"
    ),
    (
      "What could not be seen",
      "CoverageGaps\n| summarize times = count() by cloud, operation, reason, permission\n| order by times desc"
    ),
    (
      "What changed in the last week",
      "resourcechanges\n| extend time = todatetime(properties.changeAttributes.timestamp)\n| where time > ago(7d)\n| project time, kind = tostring(properties.changeType), resource = tostring(properties.targetResourceId)\n| order by time desc"
    ),
  ]

  func page(_ viewer: PageViewer) -> Page {
    let examples = Self.examples.map { "<li><a href=\"\(PageAddress.query($0.text))\">\($0.name)</a></li>" as Markup }
    let kept = saved.map { entry -> Markup in
      """
      <li><a href="\(PageAddress.query(entry.text))">\(entry.name)</a>\(if: entry.isMine, " <form class=\"inline\" method=\"post\" action=\"/query/forget\">\(viewer.tokenField)<input type=\"hidden\" name=\"id\" value=\"\(entry.id)\"><button class=\"link small\" type=\"submit\">remove<span class=\"quiet\"> \(entry.name)</span></button></form>")</li>
      """
    }
    let schema = tables.map { table -> Markup in
      """
      <li><details><summary>\(table.name)</summary><ul>\(table.columns.map { "<li><a href=\"#editor\" data-insert=\"\($0)\">\($0)</a></li>" as Markup })</ul></details></li>
      """
    }
    return Page(
      title: "Query", place: .query,
      lead: "Ask anything of the estate in KQL: resources, findings, changes, scores, compliance.",
      body: """
        <div class="query"><aside class="stack">
        <section class="card"><div class="card-head"><h2>Examples</h2></div><ul class="plain small">\(examples)</ul></section>
        \(if: !kept.isEmpty, "<section class=\"card\"><div class=\"card-head\"><h2>Saved</h2></div><ul class=\"plain small\">\(kept)</ul></section>")
        <section class="card"><div class="card-head"><h2>Tables</h2></div><div class="schema" tabindex="0" role="region" aria-label="Tables"><ul>\(schema)</ul></div></section>
        </aside><div class="stack">
        <form class="card" method="post" action="/query">\(viewer.tokenField)
        <label for="editor" class="quiet">Query in KQL</label>
        <div><div class="editor" data-editor data-words="/query/words.json"\(if: offset != nil, " data-offset=\"\(offset ?? 0)\"")><textarea id="editor" name="q" rows="8" spellcheck="false" autocapitalize="off" autocomplete="off"\(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"problem\"")>\(text)</textarea></div></div>
        \(if: problem != nil, "<div id=\"problem\">\(problem)</div>")
        <div class="tools"><button class="button main" type="submit">Run</button>
        \(Self.pick("Time range", "span", Self.spans, span))
        <label class="pick"><span>As of</span><input type="date" name="asOf" value="\(asOf)"></label>
        <button class="button" type="submit" formaction="/query.csv">CSV</button><button class="button" type="submit" formaction="/query.json">JSON</button>
        <label class="pick"><span>Save as</span><input name="name" autocomplete="off" size="14"></label><button class="button" type="submit" formaction="/query/keep">Save</button>
        <span class="muted small" data-scripted>Ctrl+Enter runs, Ctrl+Space completes</span></div></form>
        \(results)
        </div></div>
        """, scripts: ["query.js"], isWide: true)
  }

  private static func pick(_ label: Markup, _ name: String, _ options: [(String, String)], _ chosen: String) -> Markup {
    let list = options.map { "<option value=\"\($0.0)\"\(if: $0.0 == chosen, " selected")>\($0.1)</option>" as Markup }
    return "<label class=\"pick\"><span>\(label)</span><select name=\"\(name)\">\(list)</select></label>"
  }

  private var results: Markup {
    guard let answer else { return "" }
    let count = answer.rows.count
    let time = milliseconds.map { " in \(Parts.grouped($0)) ms" } ?? ""
    let others = answer.others.map {
      "<section class=\"card results\"><h2>\($0.name)</h2>\(grid($0.result))</section>" as Markup
    }
    return """
      \(if: picture != nil, "<section class=\"card\"><h2 class=\"quiet\">Picture</h2><div class=\"picture\">\(picture)</div></section>")
      <section class="card results" aria-live="polite"><div class="card-head"><h2>\(Parts.count(count, "row"))\(time)</h2>\(if: count > Self.shown, "<span class=\"muted small\">the first \(Self.shown) are shown; CSV and JSON have all</span>")</div>\(if: count > 0, grid(answer))</section>\(others)
      """
  }

  func grid(_ result: QueryResult) -> Markup {
    let heads = result.schema.map { Parts.Head("\($0.name)", number: $0.type.isNumeric) }
    let rows = (0..<min(result.rows.count, Self.shown)).map { row in
      zip(result.schema, result.rows.columns).map { field, column in Self.cell(field, column[row].text, board) }
    }
    return Parts.table("Rows", heads, rows)
  }

  /// What is known by its id leads to its page.
  static func cell(_ field: Field, _ text: String, _ board: Board?) -> Markup {
    let name = field.name
    if field.type == .datetime, let ticks = DateTime.parse(text) {
      let iso = DateTime.text(ticks)
      return
        "<time datetime=\"\(iso.prefix(19))Z\" title=\"\(text)\">\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8))</time>"
    }
    let shown = text.utf8.count > 2000 ? String(text.prefix(2000)) + "…" : text
    guard let board, !text.isEmpty else { return "\(shown)" }
    if name == "findingId" || name == "id", board.position(text) != nil {
      return "<a href=\"\(PageAddress.finding(text))\">\(shown)</a>"
    }
    if name == "checkId", board.group(text) != nil { return "<a href=\"\(PageAddress.check(text))\">\(shown)</a>" }
    if text.utf8.count > 8, board.resources.row(text) != nil {
      return "<a href=\"\(PageAddress.resource(text))\">\(shown)</a>"
    }
    return "\(shown)"
  }

  /// A mistake with a caret below the place that is meant.
  static func problem(_ error: KQLError) -> Markup {
    "<div class=\"note bad\" role=\"alert\"><pre>\(error.description)</pre></div>"
  }

  /// Where in the text an error is, in UTF-16 units, as the script in the browser counts.
  static func offset(_ error: KQLError, in text: String) -> Int? {
    guard error.line > 0 else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard error.line <= lines.count else { return nil }
    let before = lines.prefix(error.line - 1).reduce(0) { $0 + $1.utf16.count + 1 }
    return before + lines[error.line - 1].prefix(error.column - 1).utf16.count
  }

  /// What the editor completes, as JSON.
  static func words(_ catalog: Catalog) -> [UInt8] {
    func texts(_ list: [String]) -> JSONDraft { .array(list.map(JSONDraft.string)) }
    let columns = catalog.names.map { name in
      (key: name, value: texts(catalog.table(name)?.source.schema.map(\.name) ?? []))
    }
    return JSONDraft.object([
      ("operators", texts(KQLVocabulary.operators)), ("functions", texts(FunctionReference.all.map(\.name))),
      ("words", texts(KQLVocabulary.words + KQLVocabulary.charts)), ("tables", texts(catalog.names)),
      ("columns", .object(columns)),
    ]).document().root.serialized()
  }
}
