// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL
internal import Posture

/// One finding: what decided, in the document itself; its history; who mends it by when.
struct FindingPage {
  let board: Board
  let position: Int
  /// The newest first.
  let history: [FindingDetail.Event]
  let now: Int64

  private var finding: Finding { board.dossier.findings[position] }
  private var check: Check { finding.check }

  func page(_ viewer: PageViewer) -> Page {
    let name = board.name(of: position)
    let canExempt = viewer.mayChange && finding.isFault
    return Page(
      title: check.title, place: .recommendations,
      trail: [
        ("Recommendations", PageAddress("/recommendations")), (check.id, PageAddress.check(check.id)),
        (name, PageAddress.finding(finding.id)),
      ],
      lead:
        "\(Parts.status(finding)) \(Parts.severity(check.severity)) on <a href=\"\(PageAddress.resource(finding.subject.id))\"><bdi>\(name)</bdi></a>",
      actions: canExempt
        ? "<button class=\"button\" type=\"button\" data-dialog=\"exempt\" hidden>Exempt…</button><a class=\"button\" href=\"#exempt-form\" data-hide>Exempt…</a>"
        : "",
      body: """
        <div class="grid">
        <div class="s8 stack">
        \(decided)
        \(CheckPage.fix(check, id: finding.subject.id))
        \(document)
        \(if: canExempt, ExemptForm(board: board).markup(viewer, check: check.id, resource: finding.subject.id))
        </div>
        <div class="s4 stack">\(facts)\(life)\(Parts.card("Why", "<p>\(check.why)</p>"))</div>
        </div>
        """)
  }

  private var decided: Markup {
    let rows = Evidence.items(finding).map { item -> [Markup] in
      ["<code>\(item.path.isEmpty ? "(value)" : item.path)</code>", "<code class=\"evidence\">\(item.value)</code>"]
    }
    return Parts.card(
      "What decided",
      "<p>\(finding.reason)</p>\(if: !rows.isEmpty, Parts.table("Values that decided", [.init("Path"), .init("Value")], rows))"
    )
  }

  private var document: Markup {
    guard let row = board.row(of: position) else {
      return Parts.card(
        "Document",
        "<p class=\"muted\">The finding is about no resource that was seen: what it is about could not be listed.</p>")
    }
    let value = board.resources.document(row)
    let raw = PageAddress("/inventory/resource.json", [("id", finding.subject.id)])
    return Parts.card(
      "Document", DocumentView.show(value, marked: Evidence.items(finding).map(\.path)),
      more: "<a class=\"more\" href=\"\(raw)\">Raw JSON</a>")
  }

  private var facts: Markup {
    let mark = finding.mark
    let due = mark?.due
    return Parts.card(
      "About it",
      """
      <dl class="facts">
      <div><dt>Resource</dt><dd><code class="wrap"><bdi>\(finding.subject.id)</bdi></code></dd></div>
      <div><dt>Type</dt><dd>\(finding.subject.type)</dd></div>
      <div><dt>Account</dt><dd><bdi>\(board.accountName(finding.subject.account))</bdi></dd></div>
      \(if: !finding.subject.region.isEmpty, "<div><dt>Region</dt><dd>\(finding.subject.region)</dd></div>")
      <div><dt>First seen</dt><dd>\(Parts.moment(finding.firstSeen))</dd></div>
      \(if: finding.faultSince != nil, "<div><dt>At fault since</dt><dd>\(Parts.moment(finding.faultSince ?? 0))</dd></div>")
      <div><dt>Owner</dt><dd>\(if: mark?.owner.isEmpty ?? true, "<span class=\"muted\">nobody</span>", else: "<bdi>\(mark?.owner ?? "")</bdi>")</dd></div>
      <div><dt>Due</dt><dd\(if: (due ?? .max) < now, " class=\"late\"")>\(if: due == nil, "<span class=\"muted\">no date</span>", else: "\(Parts.day(due ?? 0))\(if: (due ?? .max) < now, " overdue")")</dd></div>
      \(if: !(mark?.rule.isEmpty ?? true), "<div><dt>By rule</dt><dd><code>\(mark?.rule ?? "")</code></dd></div>")
      \(if: finding.isExempt, "<div><dt>Exempt</dt><dd>\(mark?.exemption?.category.rawValue ?? ""), <code>\(mark?.exemption?.id ?? "")</code></dd></div>")
      <div><dt>Adds to the risk</dt><dd>\(Parts.riskPoints(board.units[position]))</dd></div>
      <div><dt>Id</dt><dd><code>\(finding.id)</code></dd></div>
      </dl>
      """)
  }

  private var life: Markup {
    guard !history.isEmpty else {
      return Parts.card("History", "<p class=\"muted\">Nothing has happened to it since it was first seen.</p>")
    }
    let items = history.prefix(30).map { event -> Markup in
      let kind =
        ["Opened", "Reopened"].contains(event.event) ? "critical" : event.event == "Resolved" ? "good" : "none"
      return """
        <li><i class="dot \(kind)"></i><div><b>\(event.event)</b> <span class="muted small">\(Parts.moment(event.time))</span><p class="small">\(event.reason)\(if: !event.cause.isEmpty, " <span class=\"muted\">because of \(event.cause)</span>")</p>\(changes(event))</div></li>
        """
    }
    return Parts.card("History", "<ol class=\"timeline\">\(Array(items))</ol>")
  }

  private func changes(_ event: FindingDetail.Event) -> Markup {
    guard let list = (try? JSONDocument.parse(event.changes))?.root, list.kind == .array, list.count > 0 else {
      return ""
    }
    return DiffView.show(
      list.elements.compactMap { item in
        item["path"]?.string.map {
          (
            $0, item["before"].flatMap { $0.isNull ? nil : $0.text },
            item["after"].flatMap { $0.isNull ? nil : $0.text }
          )
        }
      })
  }
}

/// The form that exempts faults: a dialog with scripts, a card without.
struct ExemptForm {
  let board: Board

  func markup(_ viewer: PageViewer, check: String, resource: String?) -> Markup {
    let scope: Markup =
      resource != nil
      ? """
      <input type="hidden" name="resource" value="\(resource ?? "")"><p class="muted">Only this resource.</p>
      """
      : """
      <label>Account, subscription or project<input name="account" list="exempt-accounts" placeholder="all that you may see" autocomplete="off"></label>
      <datalist id="exempt-accounts">\(Set(board.dossier.holdings.map(\.account)).subtracting([""]).sorted().map { "<option value=\"\($0)\">\(board.accountName($0))</option>" as Markup })</datalist>
      <label>Resource group<input name="resourceGroup" autocomplete="off"></label>
      <label>Tag, as <code>name=value</code><input name="tag" autocomplete="off"></label>
      """
    return """
      <dialog class="card" id="exempt" aria-labelledby="exempt-form" open data-dialog-form><form method="post" action="/exemptions">\(viewer.tokenField)
      <input type="hidden" name="check" value="\(check)"><input type="hidden" name="back" value="\(viewer.address)">
      <h2 id="exempt-form">Exempt</h2>
      <p class="muted">What is exempt is left out of scores and counts, and comes back at once when the exemption ends.</p>
      <fieldset><legend>Because</legend>
      <label class="radio"><input type="radio" name="category" value="Waiver" checked> the risk is accepted</label>
      <label class="radio"><input type="radio" name="category" value="Mitigated"> something else guards against it</label></fieldset>
      \(scope)
      <label>Reason<textarea name="reason" rows="2" required></textarea></label>
      <label>Allowed by<input name="approver" required autocomplete="off" value="\(viewer.name)"></label>
      <label>Ends on<input type="date" name="expires"></label>
      <p class="buttons"><button class="button main" type="submit">Exempt</button><button class="button" type="button" data-close hidden>Cancel</button></p>
      </form></dialog>
      """
  }
}
