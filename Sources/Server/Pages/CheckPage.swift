// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL
internal import Posture

/// One recommendation: why, how to mend it, and what it is about.
struct CheckPage {
  let board: Board
  let group: Board.Group
  let now: Int64

  private var check: Check { group.check }
  private static let pageSize = 50

  func page(_ viewer: PageViewer) -> Page {
    Page(
      title: check.title, place: .recommendations,
      trail: [("Recommendations", PageAddress("/recommendations")), (check.id, PageAddress.check(check.id))],
      lead: """
        \(Parts.severity(check.severity)) \(Parts.cloud(check.cloud)) <code>\(check.id)</code>
        """,
      actions: viewer.mayChange && group.faults > 0
        ? "<button class=\"button\" type=\"button\" data-dialog=\"exempt\" hidden>Exempt…</button><a class=\"button\" href=\"#exempt-form\" data-hide>Exempt…</a>"
        : "",
      body: """
        <div class="grid">
        <div class="s8 stack">
        \(Parts.card("Why", "<p>\(check.why)</p>\(references)"))
        \(fix)
        \(affected(viewer.address))
        \(if: viewer.mayChange && group.faults > 0, ExemptForm(board: board).markup(viewer, check: check.id, resource: nil))
        </div>
        <div class="s4 stack">\(numbers)\(rule)\(controls)\(sameAs)</div>
        </div>
        """)
  }

  private var references: Markup {
    let links = check.references.filter { $0.hasPrefix("https://") }
    guard !links.isEmpty else { return "" }
    return
      "<ul class=\"links\">\(links.map { "<li><a href=\"\(link: $0)\" rel=\"noreferrer noopener\">\(Self.host($0))</a></li>" as Markup })</ul>"
  }

  /// What a link is called: its host and the last part of its path.
  private static func host(_ link: String) -> String {
    let parts = link.dropFirst(8).split(separator: "/")
    guard let host = parts.first else { return link }
    return parts.count > 1 ? "\(host): \(parts.last.map { $0.prefix { $0 != "#" && $0 != "?" } } ?? "")" : String(host)
  }

  // MARK: Fix

  private var fix: Markup { Self.fix(check, id: "{id}") }

  /// The ways to mend it, in tabs where there are scripts and below each other where not.
  static func fix(_ check: Check, id: String) -> Markup {
    func filled(_ text: String) -> String { id == "{id}" ? text : text.replacing("{id}", with: id) }
    var ways: [(id: String, name: Markup, body: Markup)] = []
    if let console = check.fix.console { ways.append(("console", "Console", "<p>\(console)</p>")) }
    if let cli = check.fix.cli { ways.append(("cli", "Command line", code(filled(cli)))) }
    if let terraform = check.fix.terraform {
      ways.append(("terraform", "Terraform", code(terraform.string ?? Self.hcl(terraform))))
    }
    if let call = check.fix.call { ways.append(("call", "API call", code(filled(pretty(call))))) }
    guard !ways.isEmpty else { return "" }
    let tabs = ways.map { "<a class=\"tab\" href=\"#fix-\($0.id)\">\($0.name)</a>" as Markup }
    let panels = ways.map {
      "<section class=\"panel\" id=\"fix-\($0.id)\"><h3>\($0.name)</h3>\($0.body)</section>" as Markup
    }
    return """
      <section class="card"><div class="card-head"><h2>How to mend it</h2>\(if: check.effort != nil, "<span class=\"muted small\">\(check.effort ?? "") effort</span>")</div>
      <div class="tabs" data-tabs><div class="tablist" aria-label="Ways to mend it">\(tabs)</div>\(panels)</div></section>
      """
  }

  static func code(_ text: String) -> Markup {
    "<div class=\"copy\"><pre><code>\(text)</code></pre><button class=\"button small\" type=\"button\" data-copy hidden>Copy</button></div>"
  }

  private static func pretty(_ value: JSONValue) -> String {
    let method = value["method"]?.string ?? ""
    let path = value["path"]?.string ?? ""
    let version = value["apiVersion"]?.string.map { "?api-version=\($0)" } ?? ""
    guard !method.isEmpty else { return value.text }
    return "\(method) \(path)\(version)\n\(value["body"].map(\.text) ?? "")"
  }

  /// `{type: {argument: value}}` as blocks of Terraform.
  private static func hcl(_ value: JSONValue) -> String {
    var out = ""
    for type in value.members where type.value.kind == .object {
      out += "resource \"\(type.key.string ?? "")\" \"example\" {\n"
      out += block(type.value, 1)
      out += "}\n"
    }
    return out.isEmpty ? value.text : out
  }

  private static func block(_ value: JSONValue, _ depth: Int) -> String {
    let indent = String(repeating: "  ", count: depth)
    var out = ""
    for member in value.members {
      let key = member.key.string ?? ""
      if member.value.kind == .object, depth < 12 {
        out += "\(indent)\(key) {\n\(block(member.value, depth + 1))\(indent)}\n"
      } else {
        out += "\(indent)\(key) = \(member.value.text)\n"
      }
    }
    return out
  }

  // MARK: About it

  private var numbers: Markup {
    let judged = group.faults + group.healthy
    let bar = PageChart.stack(
      [
        (Double(group.faults), check.severity.rawValue), (Double(group.healthy), "good"),
        (Double(group.unknown), "medium"),
        (Double(group.exempt), "none"),
      ], label: "\(group.faults) unhealthy, \(group.healthy) healthy, \(group.unknown) unknown, \(group.exempt) exempt")
    return Parts.card(
      "\(Parts.grouped(group.faults)) of \(Parts.grouped(judged)) at fault",
      """
      \(Markup(picture: bar))<dl class="facts">
      <div><dt>Adds to the risk</dt><dd>\(Parts.riskPoints(group.units))</dd></div>
      <div><dt>Healthy</dt><dd>\(Parts.grouped(group.healthy))</dd></div>
      <div><dt>Unknown</dt><dd>\(Parts.grouped(group.unknown))</dd></div>
      <div><dt>Exempt</dt><dd>\(Parts.grouped(group.exempt))</dd></div>
      <div><dt>Not applicable</dt><dd>\(Parts.grouped(group.notApplicable))</dd></div>
      \(if: scoreControl != nil, "<div><dt>Secure score</dt><dd>\(scoreControl ?? "")</dd></div>")
      </dl>
      """)
  }

  private var scoreControl: String? {
    board.dossier.model.control(of: check).map { board.dossier.model.controls[$0].title }
  }

  private var rule: Markup {
    let texts = [("applies", "Applies where"), ("unhealthy", "Unhealthy where"), ("query", "Query")].compactMap {
      key, name in
      check.ruleText(key).map { (name, $0) }
    }
    guard !texts.isEmpty else { return "" }
    let query =
      check.ruleText("query")
      ?? check.ruleText("unhealthy").map { "resources\n| where type =~ '\(check.type)'\n| where \($0)" }
    return Parts.card(
      "The rule",
      Markup(texts.map { "<h3>\($0.0)</h3><pre class=\"small\"><code>\($0.1)</code></pre>" as Markup })
        + "\(if: query != nil, "<p><a href=\"\(PageAddress.query(query ?? ""))\">Open as a query</a></p>")")
  }

  private var controls: Markup {
    var items: [Markup] = []
    for assessment in board.dossier.assessments {
      for result in assessment.results where result.checks.contains(where: { $0.link.check == check.id }) {
        items.append(
          "<li><a href=\"\(PageAddress.control(assessment.framework.id, result.control.id))\"><b>\(assessment.framework.title)</b> \(result.control.id)</a> \(Parts.state(result.state))<p class=\"muted small\">\(result.control.title)</p></li>"
        )
      }
    }
    guard !items.isEmpty else { return "" }
    let rest = Array(items.dropFirst(8))
    return Parts.card(
      "Controls that it is evidence for",
      "<ul class=\"plain\">\(Array(items.prefix(8)))</ul>\(if: !rest.isEmpty, "<details><summary>\(rest.count) more</summary><ul class=\"plain\">\(rest)</ul></details>")"
    )
  }

  private var sameAs: Markup {
    var rows = check.sameAs.map { "<li><code>\($0)</code></li>" as Markup }
    rows += check.attack.map {
      "<li><code>\($0)</code> <span class=\"muted small\">MITRE ATT&amp;CK</span></li>" as Markup
    }
    return rows.isEmpty ? "" : Parts.card("Known elsewhere as", "<ul class=\"plain\">\(rows)</ul>")
  }

  // MARK: Resources

  private func affected(_ address: PageAddress) -> Markup {
    let findings = board.dossier.findings
    let wanted = address.value("status") ?? "unhealthy"
    let tabs = [
      ("unhealthy", "At fault", group.faults), ("unknown", "Unknown", group.unknown),
      ("exempt", "Exempt", group.exempt), ("healthy", "Healthy", group.healthy),
    ]
    let column = board.findingFacets.columns[0].column
    let positions = group.findings.filter { column[$0] == wanted }.sorted {
      (board.units[$1], findings[$0].subject.id) < (board.units[$0], findings[$1].subject.id)
    }
    let page = max(
      1, min(Int(address.value("page") ?? "") ?? 1, max(1, (positions.count + Self.pageSize - 1) / Self.pageSize)))
    let rows = positions.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize).map { position -> [Markup] in
      let finding = findings[position]
      let due = finding.mark?.due
      return [
        Parts.resource(finding.subject.id, name: board.name(of: position))
          + "<p class=\"id\"><bdi>\(board.accountName(finding.subject.account))</bdi>\(if: !finding.subject.region.isEmpty, " · \(finding.subject.region)")</p>",
        Evidence.short(finding),
        Parts.day(finding.faultSince ?? finding.firstSeen),
        "<bdi>\(finding.mark?.owner ?? "")</bdi>\(if: due != nil, "<p class=\"small\(if: (due ?? .max) < now, " late")\">\(due.map { Parts.day($0) })</p>")",
        "<a href=\"\(PageAddress.finding(finding.id))\">Open<span class=\"quiet\"> the finding on \(board.name(of: position))</span></a>",
      ]
    }
    let links = tabs.map { value, name, count -> Markup in
      "<a class=\"seg\(if: value == wanted, " on")\" href=\"\(address.setting("status", value))#affected\"\(if: value == wanted, " aria-current=\"true\"")>\(name) <span class=\"count\">\(Parts.grouped(count))</span></a>"
    }
    return """
      <section class="card" id="affected"><div class="card-head"><h2>Resources</h2><div class="segs">\(links)</div></div>
      \(if: rows.isEmpty, "<p class=\"muted\">None.</p>", else: Parts.table("Resources", [.init("Resource"), .init("Evidence"), .init("Since", minor: true), .init("Owner and due", minor: true), .init("<span class=\"quiet\">Finding</span>")], Array(rows)))
      \(Parts.pager(address, page: page, size: Self.pageSize, total: positions.count))</section>
      """
  }
}

/// What a finding rests on.
enum Evidence {
  static func items(_ finding: Finding) -> [(path: String, value: String)] {
    guard let list = (try? JSONDocument.parse(finding.evidence))?.root else { return [] }
    return list.elements.compactMap { item in
      guard let path = item["path"]?.string else { return nil }
      return (path, item["value"].map { $0.isNull ? "absent" : $0.text } ?? "absent")
    }
  }

  static func short(_ finding: Finding) -> Markup {
    let items = items(finding)
    guard !items.isEmpty else { return "<span class=\"small\">\(finding.reason)</span>" }
    return Markup(
      items.prefix(3).map {
        "<code class=\"evidence\">\($0.path.isEmpty ? $0.value : "\($0.path) = \($0.value)")</code>" as Markup
      })
  }
}
