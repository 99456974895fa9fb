// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// Administration, and one's own account.
enum PageAdministration {
  static let all = pages + account + changes

  private static func tab(
    _ tab: AdministrationPages.Tab, _ permission: Permission, _ summary: String,
    _ body: @escaping @Sendable (Call, AdministrationPages, PageViewer) async throws -> Markup
  ) -> Endpoint {
    Endpoint(.get, "/administration/\(tab.rawValue)", .signedIn(permission), summary, isPage: true) { call in
      let viewer = PageEndpoints.viewer(call)
      let pages = AdministrationPages(now: call.services.clock())
      return .html(pages.page(tab, try await body(call, pages, viewer), viewer).document(for: viewer))
    }
  }

  private static func book(_ call: Call) async throws -> (book: PolicyBook, counts: [String: Int]) {
    guard let board = try await call.services.boards.board(call.principal.reach, fresh: call.query("fresh") != nil)
    else { return (PolicyBook(), [:]) }
    let counts = board.dossier.findings.reduce(into: [String: Int]()) { counts, finding in
      if let id = finding.mark?.exemption?.id { counts[id, default: 0] += 1 }
    }
    return (call.principal.reach.isAll ? board.book : PolicyBook(), counts)
  }

  private static let pages = [
    Endpoint(.get, "/administration", .signedIn(.account), "Administration", isPage: true) { call in
      let first: AdministrationPages.Tab =
        call.principal.may(.exempt) ? .exemptions : call.principal.may(.govern) ? .governance : .audit
      return .redirect("/administration/\(first.rawValue)")
    },
    tab(.exemptions, .read, "Exemptions") { call, pages, viewer in
      let (book, counts) = try await book(call)
      return pages.exemptions(book, counts: counts, viewer)
    },
    tab(.governance, .read, "Governance rules") { call, pages, viewer in
      pages.governance(try await book(call).book, viewer)
    },
    tab(.users, .users, "Users") { call, pages, viewer in
      try AccountEndpoints.unbound(call)
      return pages.users(try call.services.accounts.users(), viewer)
    },
    tab(.tokens, .users, "All API tokens") { call, pages, viewer in
      try AccountEndpoints.unbound(call)
      let users = Dictionary(try call.services.accounts.users().map { ($0.id, $0.name) }) { first, _ in first }
      return pages.tokens(
        try call.services.accounts.tokens(of: nil), users: users, action: "/administration/tokens", viewer,
        permissions: call.principal.permissions)
    },
    tab(.audit, .audit, "The audit log") { call, pages, _ in
      try AuditEndpoints.wholeReach(call)
      let before = call.query("before").flatMap(Int64.init) ?? .max
      let store = call.services.store
      let (records, audit) = try await Blocking.run {
        (try store.auditRecords(before: before), try store.verifyAudit())
      }
      let verdict: Markup =
        audit.broken.map { Parts.note("The chain breaks at record \(Int($0.number)): \($0.reason).", isError: true) }
        ?? "<p class=\"ok\">The chain of \(Parts.count(Int(audit.head.number), "record")) is whole.</p>"
      let older = records.count == 100 ? records.last?.root["number"]?.int64 : nil
      return pages.audit(
        records.map(\.root), older: older.map { PageAddress("/administration/audit", [("before", String($0))]) },
        verdict: verdict)
    },
  ]

  // MARK: One's own account

  private static func account(
    _ call: Call, secret: String? = nil, changed: Bool = false, failure: String? = nil
  ) throws -> Reply {
    var viewer = PageEndpoints.viewer(call)
    viewer.address = PageAddress("/account")
    let pages = AdministrationPages(now: call.services.clock())
    let tokens = pages.tokens(
      try call.services.accounts.tokens(of: call.principal.id), users: [call.principal.id: call.principal.name],
      secret: secret, action: "/account", viewer, permissions: call.principal.permissions)
    return .html(pages.account(viewer, tokens, changed: changed, failure: failure).document(for: viewer))
  }

  private static let account = [
    Endpoint(.get, "/account", .signedIn(.account), "One's own account", isPage: true) { call in
      try account(call, changed: call.query("changed") != nil)
    },
    Endpoint(
      .post, "/account/password", .signedIn(.account), "Changes one's own password", bodyLimit: 4096, isPage: true
    ) {
      call in
      try AccountEndpoints.person(call)
      let fields = try call.form()
      do {
        _ = try await call.services.accounts.signIn(
          name: call.principal.name, password: fields["current"] ?? "", by: call.author)
        try await call.services.accounts.setPassword(
          of: call.principal.id, to: fields["password"] ?? "", keeping: AccountEndpoints.session(of: call),
          by: call.author)
      } catch let problem as Problem {
        return try account(call, failure: problem.detail)
      }
      return .redirect("/account?changed=1")
    },
    Endpoint(.post, "/account/tokens", .signedIn(.account), "Makes an API token", bodyLimit: 4096, isPage: true) {
      call in
      try AccountEndpoints.person(call)
      let fields = try call.form()
      let permissions = Set(Permission.allCases.filter { fields["permission.\($0.rawValue)"] != nil })
      do {
        let (_, secret) = try call.services.accounts.createToken(
          name: (fields["name"] ?? "").trimmed, permissions: permissions, reach: .all,
          days: Int64(fields["days"] ?? "") ?? 0, of: call.principal, by: call.author)
        return try account(call, secret: secret)
      } catch let problem as Problem {
        return try account(call, failure: problem.detail)
      }
    },
    Endpoint(
      .post, "/account/tokens/delete", .signedIn(.account), "Deletes an API token", bodyLimit: 4096, isPage: true
    ) {
      call in
      let fields = try call.form()
      let owner = call.principal.may(.users) && call.principal.reach.isAll ? nil : call.principal.id
      try call.services.accounts.deleteToken(fields["id"] ?? "", of: owner, by: call.author)
      return .redirect(AccountEndpoints.safe(fields["back"] ?? "/account"))
    },
  ]

  // MARK: Users

  private static let changes = [
    Endpoint(.post, "/administration/users", .signedIn(.users), "Makes a user", bodyLimit: 16_384, isPage: true) {
      call in
      try AccountEndpoints.unbound(call)
      let fields = try call.form()
      let roles = Set(Role.allCases.filter { fields["role.\($0.rawValue)"] != nil })
      try AccountEndpoints.within(roles.isEmpty ? [.viewer] : roles, call)
      let subscriptions = (fields["subscriptions"] ?? "").split(separator: ",").map { String($0).trimmed }.filter {
        !$0.isEmpty
      }
      _ = try await call.services.accounts.create(
        name: (fields["name"] ?? "").trimmed, password: fields["password"] ?? "",
        roles: roles.isEmpty ? [.viewer] : roles,
        reach: subscriptions.isEmpty ? .all : Reach(subscriptions: subscriptions), by: call.author)
      return .redirect("/administration/users")
    },
    Endpoint(
      .post, "/administration/users/{id}", .signedIn(.users), "Lets a user in, or not", bodyLimit: 4096, isPage: true
    ) { call in
      try AccountEndpoints.unbound(call)
      let isDisabled = try call.form()["disabled"] == "true"
      try AccountEndpoints.within(try call.services.accounts.user(call.path("id")).roles, call)
      _ = try call.services.accounts.update(call.path("id"), by: call.author) { $0.isDisabled = isDisabled }
      return .redirect("/administration/users")
    },
  ]
}
