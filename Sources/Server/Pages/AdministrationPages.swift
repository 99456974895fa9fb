// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// Users, tokens, exemptions, governance rules and the audit log.
struct AdministrationPages {
  let now: Int64

  enum Tab: String, CaseIterable {
    case exemptions, governance, users, tokens, audit
    var title: String { rawValue.capitalizedASCII }
  }

  func page(_ tab: Tab, _ body: Markup, _ viewer: PageViewer) -> Page {
    let tabs = Tab.allCases.map { entry -> Markup in
      "<a class=\"seg\(if: entry == tab, " on")\" href=\"/administration/\(entry.rawValue)\"\(if: entry == tab, " aria-current=\"page\"")>\(entry.title)</a>"
    }
    return Page(
      title: "Administration", place: .administration,
      body:
        "<nav class=\"tools\" aria-label=\"Administration\"><div class=\"segs\">\(tabs)</div></nav><div class=\"stack\">\(body)</div>"
    )
  }

  // MARK: Exemptions and rules

  func exemptions(_ book: PolicyBook, counts: [String: Int], _ viewer: PageViewer) -> Markup {
    let rows = book.exemptions.sorted { ($0.removed ?? .max, $1.created ?? 0) > ($1.removed ?? .max, $0.created ?? 0) }
      .prefix(300).map { entry -> [Markup] in
        let body = entry.body
        let state: Markup =
          entry.removed != nil
          ? Parts.chip("Removed", "none")
          : body.isActive(at: now) ? Parts.chip("Active", "good") : Parts.chip("Lapsed", "medium")
        let remove: Markup =
          entry.removed == nil && entry.source == "store" && viewer.mayChange
          ? """
          <form method="post" action="/exemptions/remove" data-confirm="Remove the exemption? What it covers counts again at once.">\(viewer.tokenField)<input type="hidden" name="id" value="\(body.id)"><button class="link" type="submit">Remove<span class="quiet"> \(body.id)</span></button></form>
          """ : ""
        return [
          "<code>\(body.id)</code>", state, "\(body.category.rawValue)",
          "<code>\(body.checks.map(\.text).joined(separator: ", "))</code>",
          "<bdi>\(body.scope.text)</bdi>", "\(body.reason)", "<bdi>\(body.approver)</bdi>",
          body.expires.map { Parts.day($0) } ?? "no end", "\(counts[body.id] ?? 0)", remove,
        ]
      }
    return Parts.card(
      "Exemptions",
      rows.isEmpty
        ? "<p class=\"muted\">None. A recommendation or a finding is exempt from its own page.</p>"
        : Parts.table(
          "Exemptions",
          [
            .init("Id"), .init("State"), .init("Kind", minor: true), .init("Checks"), .init("Scope"),
            .init("Reason", minor: true), .init("Allowed by", minor: true),
            .init("Until"), .init("Faults", number: true), .init("<span class=\"quiet\">Remove</span>"),
          ], Array(rows)))
  }

  func governance(_ book: PolicyBook, _ viewer: PageViewer) -> Markup {
    let rows = book.rules.filter { $0.removed == nil }.sorted { $0.body.priority < $1.body.priority }.map {
      entry -> [Markup] in
      let rule = entry.body
      let remove: Markup =
        entry.source == "store" && viewer.mayGovern
        ? """
        <form method="post" action="/governance/remove" data-confirm="Remove the rule? It assigns nothing any more.">\(viewer.tokenField)<input type="hidden" name="id" value="\(rule.id)"><button class="link" type="submit">Remove<span class="quiet"> \(rule.id)</span></button></form>
        """ : ""
      return [
        "<code>\(rule.id)</code>", "\(rule.priority)", "\(rule.target)", "<bdi>\(rule.scope.text)</bdi>",
        "<bdi>\(rule.ownerText)</bdi>",
        "\(rule.days)", "\(if: rule.hasGrace, "yes")", remove,
      ]
    }
    let form: Markup = """
      <form method="post" action="/governance">\(viewer.tokenField)
      <div class="fields"><label>Id<input name="id" required pattern="[A-Za-z0-9._\\-]+" autocomplete="off"></label>
      <label>Priority, the lowest number goes first<input name="priority" type="number" min="1" max="1000" value="100" required></label>
      <label>Owner, an address<input name="owner" type="email" autocomplete="off"></label>
      <label>or the tag that names the owner<input name="ownerTag" autocomplete="off"></label>
      <label>Account<input name="account" autocomplete="off" placeholder="all"></label>
      <label>Due after<select name="days"><option>7</option><option>14</option><option selected>30</option><option>90</option></select></label></div>
      <fieldset><legend>Severities</legend>\(Severity.allCases.reversed().map { "<label class=\"radio\"><input type=\"checkbox\" name=\"severity.\($0.rawValue)\" value=\"on\"\(if: $0 >= .high, " checked")> \($0.rawValue)</label>" as Markup })</fieldset>
      <label class="radio"><input type="checkbox" name="grace" value="on"> scores leave a fault out until it is due</label>
      <p class="buttons"><button class="button main" type="submit">Add the rule</button></p></form>
      """
    return Parts.card(
      "Governance rules",
      rows.isEmpty
        ? "<p class=\"muted\">None. A rule gives faults an owner and a date.</p>"
        : Parts.table(
          "Governance rules",
          [
            .init("Id"), .init("Priority", number: true), .init("About"), .init("Scope"), .init("Owner"),
            .init("Days", number: true), .init("Grace", minor: true), .init("<span class=\"quiet\">Remove</span>"),
          ], rows))
      + "\(if: viewer.mayGovern, Parts.card("Add a rule", form))"
  }

  // MARK: Users and tokens

  func users(_ users: [User], _ viewer: PageViewer) -> Markup {
    let rows = users.map { user -> [Markup] in
      let forms: Markup = """
        <form class="inline" method="post" action="/administration/users/\(user.id)">\(viewer.tokenField)<input type="hidden" name="disabled" value="\(user.isDisabled ? "false" : "true")"><button class="link" type="submit">\(user.isDisabled ? "Enable" : "Disable")<span class="quiet"> \(user.name)</span></button></form>
        """
      return [
        "<b><bdi>\(user.name)</bdi></b>", "\(user.roles.sorted().map(\.title).joined(separator: ", "))",
        "\(if: user.reach.isAll, "everything", else: "<code>\(user.reach.draft.document().root.text)</code>")",
        user.signedIn.map { Parts.ago($0, now: now) } ?? "<span class=\"muted\">never</span>",
        user.isDisabled ? Parts.chip("Disabled", "none") : Parts.chip("Active", "good"), forms,
      ]
    }
    let roles = Role.allCases.map { role -> Markup in
      "<label class=\"radio\"><input type=\"checkbox\" name=\"role.\(role.rawValue)\" value=\"on\"\(if: role == .viewer, " checked")> \(role.title)</label>"
    }
    return Parts.card(
      "Users",
      Parts.table(
        "Users",
        [
          .init("Name"), .init("Roles"), .init("Reach", minor: true), .init("Signed in", minor: true), .init("State"),
          .init("<span class=\"quiet\">Change</span>"),
        ], rows))
      + Parts.card(
        "Add a user",
        """
        <form method="post" action="/administration/users">\(viewer.tokenField)<div class="fields">
        <label>Name<input name="name" required autocomplete="off"></label>
        <label>Password, at least twelve characters<input type="password" name="password" minlength="12" required autocomplete="new-password"></label>
        <label>Subscriptions, accounts or projects, separated by commas; empty for everything<input name="subscriptions" autocomplete="off"></label></div>
        <fieldset><legend>Roles</legend>\(roles)</fieldset>
        <p class="buttons"><button class="button main" type="submit">Add</button></p></form>
        """)
  }

  /// - Parameter secret: of a token that was just made: it is told this once.
  func tokens(
    _ tokens: [Token], users: [String: String], secret: String? = nil, action: String, _ viewer: PageViewer,
    permissions: Set<Permission>
  ) -> Markup {
    let rows = tokens.map { token -> [Markup] in
      [
        "<b>\(token.name)</b>", "<bdi>\(users[token.user] ?? token.user)</bdi>",
        "\(token.permissions.map(\.rawValue).sorted().joined(separator: ", "))", Parts.day(token.expires),
        token.seen.map { Parts.ago($0, now: now) } ?? "<span class=\"muted\">never</span>",
        """
        <form method="post" action="/account/tokens/delete" data-confirm="Delete the token? Whatever uses it stops working.">\(viewer.tokenField)<input type="hidden" name="id" value="\(token.id)"><input type="hidden" name="back" value="\(action)"><button class="link" type="submit">Delete<span class="quiet"> \(token.name)</span></button></form>
        """,
      ]
    }
    let boxes = permissions.sorted { $0.rawValue < $1.rawValue }.map { permission -> Markup in
      "<label class=\"radio\"><input type=\"checkbox\" name=\"permission.\(permission.rawValue)\" value=\"on\"\(if: permission == .read, " checked")> \(permission.rawValue)</label>"
    }
    let told: Markup =
      secret.map {
        "<div class=\"note good\" role=\"status\"><p>The token's secret. It is told this once:</p>\(CheckPage.code($0))</div>"
          as Markup
      } ?? ""
    return told
      + Parts.card(
        "API tokens",
        rows.isEmpty
          ? "<p class=\"muted\">None.</p>"
          : Parts.table(
            "API tokens",
            [
              .init("Name"), .init("Of", minor: true), .init("May"), .init("Until"), .init("Used", minor: true),
              .init("<span class=\"quiet\">Delete</span>"),
            ], rows))
      + Parts.card(
        "Make a token",
        """
        <form method="post" action="/account/tokens">\(viewer.tokenField)<div class="fields"><label>Name<input name="name" required autocomplete="off"></label>
        <label>Days that it lives<input type="number" name="days" min="1" max="366" value="90" required></label></div>
        <fieldset><legend>It may</legend><div class="boxes">\(boxes)</div></fieldset>
        <p class="buttons"><button class="button main" type="submit">Make it</button></p></form>
        """)
  }

  // MARK: Audit

  func audit(_ records: [JSONValue], older: PageAddress?, verdict: Markup) -> Markup {
    let rows = records.map { record -> [Markup] in
      func text(_ key: String) -> String { record[key].map { $0.string ?? $0.text } ?? "" }
      let what = [("before", "was"), ("after", "is")].compactMap { key, kind -> Markup? in
        guard let value = record[key], !value.isNull else { return nil }
        return "<code class=\"\(kind)\">\(String(value.text.prefix(300)))</code> "
      }
      return [
        "\(text("number"))", "\(DateTime.parse(text("time")).map { Parts.moment($0) } ?? "")",
        "<bdi>\(record["by"]?["name"]?.string ?? "")</bdi>",
        "<code>\(text("action"))</code>", "<code class=\"wrap\">\(text("target"))</code>",
        "<span class=\"diff\">\(what)</span>", "\(text("address"))",
      ]
    }
    return Parts.card(
      "Audit log",
      verdict
        + Parts.table(
          "Audit log",
          [
            .init("No", number: true), .init("When"), .init("Who"), .init("What"), .init("To"),
            .init("Before and after", minor: true), .init("From", minor: true),
          ], rows)
        + "\(if: older != nil, "<p><a class=\"button\" href=\"\(older ?? PageAddress("/"))\">Older</a></p>")")
  }

  // MARK: One's own account

  func account(_ viewer: PageViewer, _ tokens: Markup, changed: Bool, failure: String?) -> Page {
    Page(
      title: "My account",
      lead: "<bdi>\(viewer.name)</bdi>\(if: !viewer.roles.isEmpty, ", \(viewer.roles)")",
      body: """
        <div class="stack">\(if: changed, "<div class=\"note good\" role=\"status\">The password is changed; other sessions have ended.</div>")\(if: failure != nil, Parts.note("\(failure ?? "")", isError: true))
        \(Parts.card("Password", "<form method=\"post\" action=\"/account/password\">\(viewer.tokenField)<div class=\"fields\"><label>Now<input type=\"password\" name=\"current\" required autocomplete=\"current-password\"></label><label>New, at least twelve characters<input type=\"password\" name=\"password\" minlength=\"12\" required autocomplete=\"new-password\"></label></div><p class=\"buttons\"><button class=\"button main\" type=\"submit\">Change</button></p></form>"))
        \(tokens)</div>
        """)
  }
}

extension Role {
  /// For people: `policy author`.
  var title: String {
    switch self {
    case .policyAuthor: "policy author"
    case .dataCurator: "data curator"
    default: rawValue
    }
  }
}
