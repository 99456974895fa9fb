// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// The resources that there are, and one of them.
struct InventoryPages {
  let board: Board
  let now: Int64

  private static let pageSize = 50
  static let facets = [
    ("cloud", "Cloud"), ("type", "Type"), ("account", "Account"), ("location", "Location"), ("group", "Resource group"),
    ("health", "Findings"),
  ]
  private static let orders = [("risk", "Most faults"), ("name", "Name"), ("type", "Type")]
  private static let health = ["0": "Without faults", "1": "Low", "2": "Medium", "3": "High", "4": "Critical"]

  func list(_ viewer: PageViewer) -> Page {
    let address = viewer.address
    let list = board.resources
    let choice = choose(address)
    let order = Self.orders.first { $0.0 == address.value("sort") }?.0 ?? "risk"
    let page = max(
      1, min(Int(address.value("page") ?? "") ?? 1, max(1, (choice.rows.count + Self.pageSize - 1) / Self.pageSize)))
    let shown = sorted(choice.rows, order, upTo: page * Self.pageSize).dropFirst((page - 1) * Self.pageSize)
    let rows = shown.map { row -> [Markup] in
      let faults = board.faultsOfRow[row]
      return [
        Parts.resource(list.id[row], name: list.name[row]) + "<p class=\"id\">\(list.type[row])</p>",
        Parts.cloud(list.cloud[row]),
        "<bdi>\(board.accountName(list.account[row]))</bdi>", "\(list.location[row])",
        "<bdi>\(list.group[row])</bdi>",
        "\(if: faults.count > 0, "\(severity(Int(faults.worst))) \(Int(faults.count))", else: "<span class=\"muted\">–</span>")",
      ]
    }
    return Page(
      title: "Inventory", place: .inventory,
      lead: "Every resource that was seen, with its document and its history.",
      actions:
        "<a class=\"button\" href=\"\(PageAddress("/inventory.csv", address.items))\">Export CSV</a><a class=\"button\" href=\"\(PageAddress.query(query(address)))\">Open as a query</a>",
      body: """
        <div class="sided"><aside class="facets" aria-label="Filters"><details class="filter-fold" open><summary>Filters</summary>\(facetLists(choice, address))</details></aside>
        <div class="listing">
        <form class="tools" method="get" action="/inventory" role="search">\(Parts.kept(address, except: ["q", "sort"]))
        <label class="search"><span class="quiet">Name, id or tag</span><input type="search" name="q" value="\(address.value("q") ?? "")" placeholder="Name, id, or a tag such as env=prod"></label>
        \(Parts.choice("Sort by", "sort", Self.orders.map { (value: $0.0, label: $0.1) }, order))
        <button class="button" type="submit" data-hide>Show</button></form>
        \(Parts.chosen(Self.facets.map { (name: $0.0, label: $0.1) }, address, values: label))
        <p class="tally" aria-live="polite">\(Parts.count(choice.rows.count, "resource"))</p>
        \(if: rows.isEmpty, Parts.empty("Nothing is like that", "Take a filter back, or <a href=\"/inventory\">look at everything</a>."), else: Parts.table("Resources", [.init("Resource"), .init("Cloud", minor: true), .init("Account"), .init("Location", minor: true), .init("Group", minor: true), .init("Faults")], rows))
        \(Parts.pager(address, page: page, size: Self.pageSize, total: choice.rows.count))
        </div></div>
        """, isWide: true)
  }

  /// `env=prod` as a word looks for a tag; every word has to be there.
  private func choose(_ address: PageAddress) -> FacetTable.Choice {
    let words = (address.value("q") ?? "").lowercased().split(separator: " ").map(String.init)
    let found = words.map(board.resources.holding)
    return board.resourceFacets.choose(address) { row in found.allSatisfy { $0[row] } }
  }

  func csv(_ address: PageAddress) -> [UInt8] {
    let list = board.resources
    let rows = choose(address).rows.map { row in
      [
        list.id[row], list.name[row], list.type[row], list.cloud[row], list.account[row], list.location[row],
        list.group[row], String(board.faultsOfRow[row].count),
      ]
    }
    return Report.csv(["id", "name", "type", "cloud", "account", "location", "resourceGroup", "faults"], rows)
  }

  /// The first rows in the order asked for.
  private func sorted(_ rows: [Int], _ order: String, upTo most: Int) -> [Int] {
    let list = board.resources
    switch order {
    case "name": return Array(rows.sorted { list.nameRank[$0] < list.nameRank[$1] }.prefix(most))
    case "type": return Array(rows.prefix(most))
    default:
      let faults = board.faultsOfRow
      return Array(
        rows.sorted { (faults[$1].worst, faults[$1].count, $0) < (faults[$0].worst, faults[$0].count, $1) }.prefix(most)
      )
    }
  }

  private func severity(_ rank: Int) -> Markup {
    Severity.allCases.indices.contains(rank - 1) ? Parts.severity(Severity.allCases[rank - 1]) : ""
  }

  private func label(_ facet: String, _ value: String) -> String {
    switch facet {
    case "cloud": Parts.cloudName(value)
    case "account": board.accountName(value)
    case "health": Self.health[value] ?? value
    default: value
    }
  }

  private func facetLists(_ choice: FacetTable.Choice, _ address: PageAddress) -> Markup {
    Markup(
      Self.facets.map { name, title -> Markup in
        var values = board.resourceFacets.values(name, choice) { label(name, $0) }
        if name == "health" { values.sort { $0.value > $1.value } }
        return Parts.facet("\(title)", name, values, address, most: 7)
      })
  }

  /// What is chosen as KQL, for somebody who wants to go on from there.
  private func query(_ address: PageAddress) -> String {
    var text = "resources"
    for (facet, column) in [
      ("cloud", "cloud"), ("type", "type"), ("account", "subscriptionId"), ("location", "location"),
      ("group", "resourceGroup"),
    ] {
      let values = address.values(facet)
      if !values.isEmpty { text += "\n| where \(column) in (\(values.map(Self.quoted).joined(separator: ", ")))" }
    }
    if let word = address.value("q"), !word.isEmpty { text += "\n| where * contains \(Self.quoted(word))" }
    return text + "\n| project name, type, subscriptionId, location, tags"
  }

  static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  // MARK: One resource

  func resource(_ row: Int, versions: [ResourceVersion], _ viewer: PageViewer) -> Page {
    let list = board.resources
    let id = list.id[row]
    let document = list.document(row)
    let raw = PageAddress("/inventory/resource.json", [("id", id)])
    return Page(
      title: list.name[row], place: .inventory,
      trail: [
        ("Inventory", PageAddress("/inventory")),
        (list.type[row], PageAddress("/inventory", [("type", list.type[row])])),
        (list.name[row], PageAddress.resource(id)),
      ],
      lead: "\(Parts.cloud(list.cloud[row])) \(list.type[row])",
      actions:
        "<a class=\"button\" href=\"\(raw)\">Raw JSON</a><a class=\"button\" href=\"\(PageAddress.query("resources\n| where id =~ \(Self.quoted(id))"))\">Query</a>",
      body: """
        <div class="grid"><div class="s8 stack">\(findings(row))\(Parts.card("Document", DocumentView.show(document, marked: faultPaths(row))))</div>
        <div class="s4 stack">\(facts(row, document))\(timeline(versions))\(relations(row, document))</div></div>
        """)
  }

  private func faultPaths(_ row: Int) -> [String] {
    board.findingsOfRow[row].lazy.map { board.dossier.findings[Int($0)] }.filter(\.isFault).flatMap { finding in
      Evidence.items(finding).map(\.path)
    }
  }

  private func findings(_ row: Int) -> Markup {
    let all = board.findingsOfRow[row].map(Int.init)
    let order: [Status] = [.unhealthy, .unknown, .healthy, .notApplicable]
    let sorted = all.sorted { left, right in
      let (a, b) = (board.dossier.findings[left], board.dossier.findings[right])
      let (x, y) = (order.firstIndex(of: a.status) ?? 9, order.firstIndex(of: b.status) ?? 9)
      return x != y ? x < y : (Board.rank(b.check.severity), a.check.id) < (Board.rank(a.check.severity), b.check.id)
    }
    func rows(_ positions: some Sequence<Int>) -> [[Markup]] {
      positions.map { position in
        let finding = board.dossier.findings[position]
        return [
          "<a class=\"name\" href=\"\(PageAddress.finding(finding.id))\">\(finding.check.title)</a>",
          Parts.status(finding),
          Evidence.short(finding), Parts.day(finding.lastChanged),
        ]
      }
    }
    let heads: [Parts.Head] = [
      .init("Check"), .init("Says"), .init("Evidence", minor: true), .init("Since", minor: true),
    ]
    let bad = sorted.filter { [.unhealthy, .unknown].contains(board.dossier.findings[$0].status) }
    let rest = sorted.filter { ![.unhealthy, .unknown].contains(board.dossier.findings[$0].status) }
    let faults = Int(board.faultsOfRow[row].count)
    return Parts.card(
      "\(Parts.count(faults, "fault")), \(Parts.count(all.count, "check")) in all",
      "\(if: bad.isEmpty, "<p class=\"ok\">Nothing is at fault that counts.</p>", else: Parts.table("Faults and what is not known", heads, rows(bad)))\(if: !rest.isEmpty, "<details><summary>\(rest.count) healthy or not applicable</summary>\(Parts.table("Other findings", heads, rows(rest)))</details>")"
    )
  }

  private func facts(_ row: Int, _ document: JSONValue) -> Markup {
    let list = board.resources
    let tags =
      document["tags"].map { tags in tags.members.map { ($0.key.string ?? "", $0.value.string ?? $0.value.text) } }
      ?? []
    let chips = tags.prefix(40).map { name, value -> Markup in
      "<li><a class=\"chosen\" href=\"\(PageAddress("/inventory", [("q", "\(name)=\(value)".lowercased())]))\"><bdi>\(name)=\(value)</bdi></a></li>"
    }
    return Parts.card(
      "About it",
      """
      <dl class="facts">
      <div><dt>Id</dt><dd><code class="wrap"><bdi>\(list.id[row])</bdi></code></dd></div>
      <div><dt>Account</dt><dd><a href="\(PageAddress("/inventory", [("account", list.account[row])]))"><bdi>\(board.accountName(list.account[row]))</bdi></a></dd></div>
      \(if: !list.group[row].isEmpty, "<div><dt>Resource group</dt><dd><a href=\"\(PageAddress("/inventory", [("group", list.group[row])]))\"><bdi>\(list.group[row])</bdi></a></dd></div>")
      \(if: !list.location[row].isEmpty, "<div><dt>Location</dt><dd>\(list.location[row])</dd></div>")
      \(if: document["kind"] != nil, "<div><dt>Kind</dt><dd>\(document["kind"]?.string ?? "")</dd></div>")
      </dl>\(if: !chips.isEmpty, "<h3>Tags</h3><ul class=\"choices\">\(Array(chips))</ul>")
      """)
  }

  private func timeline(_ versions: [ResourceVersion]) -> Markup {
    var items: [Markup] = []
    for (index, version) in versions.enumerated() {
      // What holds no longer and has no successor is gone.
      if index == 0, let until = version.until {
        items.append(
          "<li><i class=\"dot none\"></i><div><b>Gone</b> <span class=\"muted small\">\(Parts.moment(until))</span></div></li>"
        )
      }
      if index + 1 < versions.count {
        let before = versions[index + 1]
        let changes = JSONDiff.changes(from: before.document.root, to: version.document.root)
        let table = DiffView.show(changes.map { ($0.path.description, $0.before?.text, $0.after?.text) })
        items.append(
          "<li><i class=\"dot low\"></i><div><details\(if: index == 0, " open")><summary>Changed <span class=\"muted small\">\(Parts.moment(version.since)) · \(Parts.count(changes.count, "value"))</span></summary>\(table)</details></div></li>"
        )
      } else {
        items.append(
          "<li><i class=\"dot good\"></i><div><b>First seen</b> <span class=\"muted small\">\(Parts.moment(version.since))</span></div></li>"
        )
      }
    }
    return Parts.card("Timeline", "<ol class=\"timeline\">\(items)</ol>")
  }

  /// Resources that the document names, and those whose documents name it among the same account.
  private func relations(_ row: Int, _ document: JSONValue) -> Markup {
    let list = board.resources
    var found: [Int] = []
    var seen: Set<Int> = [row]
    func visit(_ value: JSONValue, _ depth: Int) {
      guard depth < 32, found.count < 30 else { return }
      if value.kind == .object { for member in value.members { visit(member.value, depth + 1) } }
      if value.kind == .array { for element in value.elements { visit(element, depth + 1) } }
      if let text = value.string, text.utf8.count > 5, let other = list.row(text), seen.insert(other).inserted {
        found.append(other)
      }
    }
    visit(document, 0)
    let names = found.map { other -> Markup in
      "<li>\(Parts.resource(list.id[other], name: list.name[other]))<p class=\"id\">\(list.type[other])</p></li>"
    }
    let parent = Self.parent(of: list.id[row]).flatMap { list.row($0) }
    let above: Markup? = parent.map {
      "<h3>Part of</h3><ul class=\"plain\"><li>\(Parts.resource(list.id[$0], name: list.name[$0]))<p class=\"id\">\(list.type[$0])</p></li></ul>"
    }
    return Parts.card(
      "Relations",
      "\(above)\(if: names.isEmpty && above == nil, "<p class=\"muted\">It names no other resource that was seen.</p>")\(if: !names.isEmpty, "<h3>Names</h3><ul class=\"plain\">\(names)</ul>")<h3>Permissions</h3><p class=\"muted small\">Who may reach it is told once exposure is worked out.</p>"
    )
  }

  /// The id of what holds a resource of Azure.
  private static func parent(of id: String) -> String? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 3, id.hasPrefix("/") else { return nil }
    let short = parts.dropLast(2)
    if short.count > 2, short.dropLast().last?.lowercased() == "providers" {
      return short.dropLast(2).joined(separator: "/")
    }
    return short.joined(separator: "/")
  }
}
