// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL

extension Dossier {
  /// The report as one page that needs nothing from anywhere and runs no script.
  package func html() -> [UInt8] { DossierPage(self).bytes() }
}

/// The page of a report. Everything that is not ours is escaped; numbers say which figure they are.
struct DossierPage {
  let dossier: Dossier
  let figures: Figures
  var out = ""

  init(_ dossier: Dossier) {
    self.dossier = dossier
    figures = Figures.of(dossier)
  }

  consuming func bytes() -> [UInt8] {
    head()
    coverage()
    if dossier.scores != nil { summary() } else { faultsCard() }
    if let period = dossier.period { changes(period) }
    if dossier.framework != nil { compliance() }
    faults()
    if dossier.framework == nil { compliance() }
    if let scores = dossier.scores { scoreTables(scores) }
    exemptions()
    holdings()
    foot()
    return Array(out.utf8)
  }

  // MARK: Words

  func text(_ text: String) -> String { XMLText.escaped(text) }

  /// A number of the report, marked so that whoever reads the page by program finds it.
  func figure(_ name: String, _ shown: String? = nil) -> String {
    let value = figures[name]
    let plain = value == value.rounded() ? String(Int(value)) : String(value)
    return "<data data-figure=\"\(text(name))\" value=\"\(plain)\">\(text(shown ?? plain))</data>"
  }

  /// A score to the hundredth.
  func score(_ name: String) -> String { figure(name, ScoreNumber.text(figures[name])) }

  func day(_ ticks: Int64) -> String { String(DateTime.text(ticks).prefix(10)) }

  /// A day on one line; nothing for none.
  func day(_ ticks: Int64?) -> String { ticks.map { "<span class=\"nb\">\(day($0) as String)</span>" } ?? "" }

  func moment(_ ticks: Int64) -> String {
    let iso = DateTime.text(ticks)
    return "<time datetime=\"\(iso.prefix(19))Z\">\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC</time>"
  }

  func chip(_ word: String) -> String {
    "<span class=\"chip \(text(word.lowercased()))\">\(text(word.capitalizedASCII))</span>"
  }

  func plural(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }

  static let clouds = ["aws": "AWS", "azure": "Azure", "gcp": "Google Cloud"]

  func cloud(_ name: String) -> String { Self.clouds[name] ?? name }

  /// The name of a cloud on one line.
  func cloudCell(_ name: String) -> String { "<span class=\"nb\">\(text(cloud(name)))</span>" }

  /// A table whose rows are HTML already.
  ///
  /// - Parameter most: rows that are shown at once; a table of more is folded away.
  mutating func table(
    _ caption: String, _ header: [(title: String, isNumber: Bool)], _ rows: [[String]], kind: String = "stack",
    most: Int = .max
  ) {
    if rows.count > most { out += "<details><summary>\(rows.count) rows</summary>" }
    defer { if rows.count > most { out += "</details>\n" } }
    out += "<div class=\"scroll\"><table class=\"\(kind)\"><caption>\(caption)</caption><thead><tr>"
    for cell in header { out += "<th scope=\"col\"\(cell.isNumber ? " class=\"n\"" : "")>\(cell.title)</th>" }
    out += "</tr></thead><tbody>\n"
    for row in rows {
      out += "<tr>"
      for (column, (cell, head)) in zip(row, header).enumerated() {
        let kind = head.isNumber ? " class=\"n\"" : ""
        out +=
          column == 0 ? "<th scope=\"row\"\(kind)>\(cell)</th>" : "<td\(kind) data-t=\"\(head.title)\">\(cell)</td>"
      }
      out += "</tr>\n"
    }
    out += "</tbody></table></div>\n"
  }

  // MARK: Head and foot

  private var title: String { dossier.framework?.title ?? (dossier.period == nil ? "Cloud posture" : "What changed") }

  private mutating func head() {
    let ours = dossier.framework?.clouds ?? dossier.scan.targets
    let places = dossier.scan.targets.filter(ours.contains).map(cloud).joined(separator: ", ")
    out += """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="generator" content="Plumbline \(text(dossier.scan.version))">
      <title>\(text(title)): \(text(places)), \(day(dossier.judged))</title>
      <style>\(PageStyle.css)</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>
      <header>
      <p class="brand">Plumbline</p>
      <h1>\(text(title))</h1>
      <p class="lead">\(text(lead(places)))</p>
      <dl class="meta">
      <div><dt>Scanned</dt><dd>\(moment(dossier.scan.started)) to \(moment(dossier.scan.finished))</dd></div>
      <div><dt>Accounts</dt><dd>\(Set(dossier.holdings.map { [$0.cloud, $0.account] }).count)</dd></div>
      <div><dt>Resources</dt><dd>\(figure("resources"))</dd></div>
      <div><dt>Checks</dt><dd>\(Set(dossier.verdicts.checks.map(\.id)).count)</dd></div>
      <div><dt>Report made</dt><dd>\(moment(dossier.made))</dd></div>
      </dl>
      </header>
      <nav aria-label="Contents"><ul>

      """
    for (id, name, isShown) in [
      ("coverage", "Coverage", true), ("summary", "Summary", true), ("changes", "What changed", dossier.period != nil),
      ("compliance", "Compliance", dossier.framework != nil), ("findings", "Findings", true),
      ("compliance", "Compliance", dossier.framework == nil), ("scores", "Scores", dossier.scores != nil),
      ("exemptions", "Exemptions", true), ("inventory", "Inventory", true),
    ] where isShown {
      out += "<li><a href=\"#\(id)\">\(name)</a></li>"
    }
    out += "</ul></nav>\n<main id=\"main\">\n"
  }

  private func lead(_ places: String) -> String {
    if let framework = dossier.framework {
      return
        "How far \(places) meets the controls of \(framework.title), as far as a program can see: a control without "
        + "evidence is never counted as good."
    }
    if let period = dossier.period {
      return
        "What was opened, resolved and came back in \(places) from \(day(period.since)) to \(day(period.until)), and "
        + "how it stands now."
    }
    return "How far \(places) stands from where it should, and what to mend first."
  }

  private mutating func foot() {
    out += """
      </main>
      <footer>
      <p>Made by Plumbline \(text(dossier.scan.version)) of scan \(text(dossier.scan.id)), judged
      \(moment(dossier.judged)) by content <code>\(text(dossier.content))</code>. Every number can be reckoned again from the
      rows of <code>plumb report --format csv</code>.</p>
      </footer>
      </body>
      </html>

      """
  }

  // MARK: Coverage

  private mutating func coverage() {
    let (gaps, unknown) = (dossier.scan.gaps, Int(figures["unknown"]))
    let isWhole = gaps.isEmpty && unknown == 0
    out += "<section id=\"coverage\" class=\"note\(isWhole ? " good" : "")\"><h2>Coverage</h2>\n"
    if gaps.isEmpty {
      out += "<p>Every call was answered (\(figure("gaps")) gaps): nothing that was asked for is unseen.</p>\n"
    } else {
      out += "<p>\(figure("gaps")) \(gaps.count == 1 ? "call" : "calls") gave no answer. What they would have told is "
      out += "Unknown, and never counted as healthy.</p>\n"
    }
    if unknown > 0 {
      out += "<p>\(figure("unknown")) \(unknown == 1 ? "verdict is" : "verdicts are") Unknown.</p>\n"
    }
    if !dossier.notes.isEmpty {
      out += "<ul>" + dossier.notes.map { "<li>\(text($0))</li>" }.joined() + "</ul>\n"
    }
    if !gaps.isEmpty {
      var groups: [String: (gap: CoverageGap, count: Int)] = [:]
      for gap in gaps { groups["\(gap.cloud) \(gap.call) \(gap.reason.rawValue)", default: (gap, 0)].count += 1 }
      let rows = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(30).map { _, group in
        [
          "<span class=\"id\">\(text(group.gap.call))</span>", cloudCell(group.gap.cloud),
          text(group.gap.reason.rawValue), "<span class=\"id\">\(text(group.gap.permission))</span>",
          String(group.count),
        ]
      }
      out += "<details><summary>Which calls</summary>\n"
      table(
        groups.count > 30 ? "The 30 most frequent of \(groups.count); the CSV has all" : "Calls that gave no answer",
        [("Call", false), ("Cloud", false), ("Reason", false), ("Needs", false), ("Times", true)], Array(rows))
      out += "</details>\n"
    }
    out += "</section>\n"
  }

  // MARK: Exemptions and inventory

  private mutating func exemptions() {
    out += "<section id=\"exemptions\"><h2>Exemptions</h2>\n"
    out += "<p class=\"lead\">\(figure("exempt")) \(figures["exempt"] == 1 ? "fault is" : "faults are") exempt now and "
    out += "left out of all counts and scores. What lapses counts again at once.</p>\n"
    if !dossier.exemptions.isEmpty {
      var counts: [String: Int] = [:]
      for finding in dossier.findings { if let name = finding.mark?.exemption?.id { counts[name, default: 0] += 1 } }
      out += "<div class=\"card\">"
      table(
        "Exemptions in force",
        [
          ("Exemption", false), ("Kind", false), ("Checks", false), ("Scope", false), ("Reason", false),
          ("Approved by", false), ("Until", false), ("Faults", true),
        ],
        dossier.exemptions.sorted { ($0.expires ?? .max, $0.id) < ($1.expires ?? .max, $1.id) }.map { exemption in
          [
            text(exemption.id), text(exemption.category.rawValue),
            "<span class=\"id\">\(text(exemption.checks.map(\.text).joined(separator: ", ")))</span>",
            "<bdi>\(text(exemption.scope.text))</bdi>", text(exemption.reason), text(exemption.approver),
            exemption.expires.map { day($0 as Int64?) } ?? "no end", String(counts[exemption.id] ?? 0),
          ]
        })
      out += "</div>\n"
    }
    out += "</section>\n"
  }

  private mutating func holdings() {
    var accounts: [[String]: (resources: Int, types: Int)] = [:]
    for holding in dossier.holdings {
      accounts[[holding.cloud, holding.account], default: (0, 0)].resources += holding.resources
      accounts[[holding.cloud, holding.account], default: (0, 0)].types += 1
    }
    out += "<section id=\"inventory\"><h2>Inventory</h2>\n<div class=\"card\">"
    table(
      "Resources that were judged, by account",
      [("Account", false), ("Cloud", false), ("Types", true), ("Resources", true)],
      accounts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { place, count in
        [
          "<bdi>\(text(place[1].isEmpty ? "(directory)" : place[1]))</bdi>", cloudCell(place[0]), String(count.types),
          String(count.resources),
        ]
      }, kind: "plain", most: 40)
    out += "</div></section>\n"
  }
}
