// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Posture

/// What there is to mend: faults chosen by facets, put together by check, resource, account or control.
struct RecommendationsPage {
  let board: Board
  let now: Int64

  private static let pageSize = 50
  static let facets = [
    ("status", "Status"), ("severity", "Severity"), ("cloud", "Cloud"), ("account", "Account"), ("due", "Due"),
    ("owner", "Owner"), ("control", "Control"), ("type", "Resource type"),
  ]
  private static let groupings = [
    ("check", "Recommendation"), ("resource", "Resource"), ("account", "Account"), ("control", "Control"),
    ("none", "Nothing"),
  ]
  private static let orders = [
    ("risk", "Risk"), ("severity", "Severity"), ("count", "Number of faults"), ("title", "Name"), ("age", "Age"),
  ]

  /// What stands together in one row.
  private struct Row {
    /// The position of the finding that it begins with.
    let first: Int
    var count = 0
    var units = 0
    var worst = 0
    var oldest = Int64.max
    var due = Int64.max
  }

  func page(_ viewer: PageViewer) -> Page {
    let address = viewer.address
    let choice = choose(address)
    let grouping = Self.groupings.first { $0.0 == address.value("group") }?.0 ?? "check"
    let order = Self.orders.first { $0.0 == address.value("sort") }?.0 ?? "risk"
    let rows = rows(choice.rows, grouping, order)
    let page = max(
      1, min(Int(address.value("page") ?? "") ?? 1, max(1, (rows.count + Self.pageSize - 1) / Self.pageSize)))
    let shown = rows.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize)
    let noun = ["check": "recommendation", "resource": "resource", "account": "account", "control": "control"][grouping]
    let many = Parts.count(choice.rows.count, "finding")
    return Page(
      title: "Recommendations", place: .recommendations,
      lead: "What is not as it should be, why it matters and how to mend it.",
      actions: "<a class=\"button\" href=\"\(PageAddress("/recommendations.csv", address.items))\">Export CSV</a>",
      body: """
        <div class="sided"><aside class="facets" aria-label="Filters"><details class="filter-fold" open><summary>Filters</summary>\(facetLists(choice, address))</details></aside>
        <div class="listing">
        <form class="tools" method="get" action="/recommendations" role="search">\(Parts.kept(address, except: ["q", "group", "sort"]))
        <label class="search"><span class="quiet">Search recommendations and resources</span><input type="search" name="q" value="\(address.value("q") ?? "")" placeholder="Search recommendations and resources"></label>
        \(Parts.choice("Group by", "group", Self.groupings.map { (value: $0.0, label: $0.1) }, grouping))
        \(Parts.choice("Sort by", "sort", Self.orders.map { (value: $0.0, label: $0.1) }, order))
        <button class="button" type="submit" data-hide>Show</button></form>
        \(Parts.chosen(Self.facets.map { (name: $0.0, label: $0.1) }, address, values: label))
        <p class="tally" aria-live="polite">\(if: noun != nil, "\(Parts.count(rows.count, noun ?? "")), ")\(many)</p>
        \(if: rows.isEmpty, Parts.empty("Nothing is like that", "Take a filter back, or <a href=\"/recommendations\">look at all faults</a>."))
        \(if: !rows.isEmpty, table(Array(shown), grouping))
        \(Parts.pager(address, page: page, size: Self.pageSize, total: rows.count))
        </div></div>
        """, isWide: true)
  }

  func choose(_ address: PageAddress) -> FacetTable.Choice {
    let search = (address.value("q") ?? "").lowercased()
    let findings = board.dossier.findings
    let matching = search.isEmpty ? nil : checksMatching(search)
    let rows = search.isEmpty ? [] : board.resources.holding(search)
    return board.findingFacets.choose(address, standard: ["status": ["unhealthy"]]) { position in
      guard let matching else { return true }
      return matching.contains(findings[position].check.id)
        || board.row(of: position).map { rows[$0] } ?? false
    }
  }

  /// Ids of the checks that say something of the kind.
  private func checksMatching(_ search: String) -> Set<String> {
    Set(
      board.groups.lazy.map(\.check).filter {
        $0.title.lowercased().contains(search) || $0.id.contains(search)
          || $0.sameAs.contains { $0.lowercased().contains(search) }
      }.map(\.id))
  }

  // MARK: Facets

  func label(_ facet: String, _ value: String) -> String {
    switch facet {
    case "status":
      [
        "unhealthy": "Unhealthy", "healthy": "Healthy", "unknown": "Unknown", "exempt": "Exempt",
        "notapplicable": "Not applicable", "twin": "Counted by another check",
      ][value] ?? value
    case "severity": value.capitalizedASCII
    case "cloud": Parts.cloudName(value)
    case "account": board.accountName(value)
    case "due": ["overdue": "Overdue", "week": "In seven days", "later": "Later", "none": "No date"][value] ?? value
    case "owner": value.isEmpty ? "Nobody" : value
    default: value
    }
  }

  private func facetLists(_ choice: FacetTable.Choice, _ address: PageAddress) -> Markup {
    Markup(
      Self.facets.map { name, title -> Markup in
        var values = board.findingFacets.values(name, choice) { label(name, $0) }
        // What has an order of its own keeps it.
        if name == "severity" {
          values.sort { Self.severityRank($0.value) > Self.severityRank($1.value) }
        } else if name == "status" {
          let order = ["unhealthy", "unknown", "exempt", "healthy", "notapplicable", "twin"]
          values.sort { (order.firstIndex(of: $0.value) ?? 9) < (order.firstIndex(of: $1.value) ?? 9) }
        } else if name == "due" {
          values.sort {
            (FacetTable.due.firstIndex(of: $0.value) ?? 9) < (FacetTable.due.firstIndex(of: $1.value) ?? 9)
          }
        }
        let shown =
          name == "status" && address.values("status").isEmpty ? address.toggling("status", "unhealthy") : address
        return Parts.facet("\(title)", name, values, shown, most: name == "status" ? 6 : 7)
      })
  }

  private static func severityRank(_ word: String) -> Int { Severity(rawValue: word).map(Board.rank) ?? 0 }

  // MARK: Rows

  private func rows(_ positions: [Int], _ grouping: String, _ order: String) -> [Row] {
    var rows: [Row] = []
    // What stands together has a number in common.
    let codes: [Int32]? =
      switch grouping {
      case "none": nil
      case "resource": board.subjectOfFinding
      case "account": board.findingFacets.codes("account")
      case "control": board.findingFacets.codes("control")
      default: board.groupOfFinding
      }
    if let codes {
      var places = [Int32](repeating: -1, count: Int(codes.max() ?? 0) + 1)
      for position in positions {
        let code = Int(codes[position])
        if places[code] < 0 {
          places[code] = Int32(rows.count)
          rows.append(Row(first: position))
        }
        add(position, to: &rows[Int(places[code])])
      }
    } else {
      rows = positions.map { Row(first: $0) }
      for index in rows.indices { add(rows[index].first, to: &rows[index]) }
    }
    // Positions are in the order of checks and resources.
    switch order {
    case "severity": rows.sort { ($1.worst, $1.units, $0.first) < ($0.worst, $0.units, $1.first) }
    case "count": rows.sort { ($1.count, $0.first) < ($0.count, $1.first) }
    case "age": rows.sort { ($0.oldest, $0.first) < ($1.oldest, $1.first) }
    case "title":
      let names = rows.map { name($0, grouping) }
      rows = rows.indices.sorted { (names[$0], rows[$0].first) < (names[$1], rows[$1].first) }.map { rows[$0] }
    default: rows.sort { ($1.units, $1.worst, $0.first) < ($0.units, $0.worst, $1.first) }
    }
    return rows
  }

  private func name(_ row: Row, _ grouping: String) -> String {
    let finding = board.dossier.findings[row.first]
    return switch grouping {
    case "resource": board.name(of: row.first)
    case "account": board.accountName(finding.subject.account)
    case "control": control(row.first)
    default: finding.check.title
    }
  }

  private func add(_ position: Int, to row: inout Row) {
    let finding = board.dossier.findings[position]
    row.count += 1
    row.units += board.units[position]
    row.worst = max(row.worst, Board.rank(finding.check.severity))
    row.oldest = min(row.oldest, finding.faultSince ?? finding.firstSeen)
    if let due = finding.mark?.due { row.due = min(row.due, due) }
  }

  private func control(_ position: Int) -> String {
    board.findingFacets.columns.first { $0.name == "control" }?.column[position] ?? ""
  }

  private func table(_ rows: [Row], _ grouping: String) -> Markup {
    let findings = board.dossier.findings
    let most = Double(rows.map(\.units).max() ?? 0)
    func risk(_ row: Row) -> Markup {
      guard row.units > 0 else { return "<span class=\"muted\">–</span>" }
      let bar = PageChart.stack(
        [(Double(row.units), "high")], label: "\(Parts.riskPoints(row.units)) points of the risk", of: max(most, 1))
      return "<span class=\"meter\">\(Markup(picture: bar))<span>\(Parts.riskPoints(row.units))</span></span>"
    }
    func severity(_ row: Row) -> Markup {
      Severity.allCases.indices.contains(row.worst - 1) ? Parts.severity(Severity.allCases[row.worst - 1]) : ""
    }
    func due(_ row: Row) -> Markup {
      row.due == .max
        ? ""
        : "<span\(if: row.due < now, " class=\"late\"")>\(Parts.day(row.due))\(if: row.due < now, " overdue")</span>"
    }
    switch grouping {
    case "none":
      return Parts.table(
        "Findings",
        [
          .init("Finding"), .init("Resource"), .init("Severity"), .init("Status"), .init("Risk", minor: true),
          .init("Since", minor: true), .init("Owner", minor: true), .init("Due", minor: true),
        ],
        rows.map { row in
          let finding = findings[row.first]
          return [
            "<a class=\"name\" href=\"\(PageAddress.finding(finding.id))\">\(finding.check.title)</a>",
            Parts.resource(finding.subject.id, name: board.name(of: row.first), more: place(finding.subject)),
            severity(row),
            Parts.status(finding), risk(row), Parts.day(row.oldest), "<bdi>\(finding.mark?.owner ?? "")</bdi>",
            due(row),
          ]
        })
    case "resource":
      return Parts.table(
        "Resources with faults",
        [
          .init("Resource"), .init("Worst"), .init("Faults", number: true), .init("Risk", minor: true),
          .init("Since", minor: true), .init("Due", minor: true),
        ],
        rows.map { row in
          [
            Parts.resource(
              findings[row.first].subject.id, name: board.name(of: row.first), more: place(findings[row.first].subject)),
            severity(row),
            "\(Parts.grouped(row.count))", risk(row), Parts.day(row.oldest), due(row),
          ]
        })
    case "account", "control":
      return Parts.table(
        grouping == "account" ? "Accounts with faults" : "Controls with faults",
        [
          .init(grouping == "account" ? "Account" : "Control"), .init("Worst"), .init("Faults", number: true),
          .init("Risk", minor: true), .init("Since", minor: true),
        ],
        rows.map { row in
          [
            "<a class=\"name\" href=\"\(PageAddress("/recommendations", [(grouping, grouping == "account" ? findings[row.first].subject.account : control(row.first))]))\"><bdi>\(name(row, grouping))</bdi></a>",
            severity(row), "\(Parts.grouped(row.count))", risk(row), Parts.day(row.oldest),
          ]
        })
    default:
      return Parts.table(
        "Recommendations",
        [
          .init("Recommendation"), .init("Severity"), .init("Resources", number: true), .init("Risk", minor: true),
          .init("Cloud", minor: true), .init("Since", minor: true), .init("Due", minor: true),
        ],
        rows.map { row in
          let check = findings[row.first].check
          let group = board.group(check.id)
          let judged = (group?.faults ?? 0) + (group?.healthy ?? 0)
          return [
            "<a class=\"name\" href=\"\(PageAddress.check(check.id))\">\(check.title)</a><p class=\"id\">\(check.id)</p>",
            severity(row),
            "<b>\(Parts.grouped(row.count))</b><span class=\"muted\"> of \(Parts.grouped(max(judged, row.count)))</span>",
            risk(row),
            Parts.cloud(findings[row.first].subject.cloud), Parts.day(row.oldest), due(row),
          ]
        })
    }
  }

  private func place(_ subject: Subject) -> Markup {
    "<p class=\"id\"><bdi>\(board.accountName(subject.account))</bdi>\(if: !subject.region.isEmpty, " · \(subject.region)") · \(subject.type)</p>"
  }
}
