// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// What forms of pages do: exempt, attest, govern. Each change stands in the audit log.
enum PageForms {
  static let all = [
    form("/exemptions", .exempt, "Exempts faults") { call, fields in
      try await exempt(call, fields)
      return fields["back"]
    },
    form("/exemptions/remove", .exempt, "Ends an exemption") { call, fields in
      let policies = PolicyStore(try FindingStore(call.services.inventory))
      let id = fields["id"] ?? ""
      guard call.principal.reach.isAll else { throw Problem(.forbidden, "Only whoever reaches all of the estate may.") }
      try call.services.store.change(call.author, "exemption.delete", at: call.services.clock()) { _, record in
        record.target = "exemption:" + id
        guard try policies.remove(exemption: id, by: call.principal.name, at: call.services.clock()) else {
          throw Problem(.notFound, "There is no exemption of that name in the store.")
        }
      }
      return "/administration/exemptions"
    },
    form("/governance", .govern, "Adds a governance rule") { call, fields in
      try govern(call, fields)
      return "/administration/governance"
    },
    form("/governance/remove", .govern, "Removes a governance rule") { call, fields in
      let policies = PolicyStore(try FindingStore(call.services.inventory))
      let id = fields["id"] ?? ""
      guard call.principal.reach.isAll else { throw Problem(.forbidden, "Only whoever reaches all of the estate may.") }
      try call.services.store.change(call.author, "governance.delete", at: call.services.clock()) { _, record in
        record.target = "governance:" + id
        guard try policies.remove(rule: id, by: call.principal.name, at: call.services.clock()) else {
          throw Problem(.notFound, "There is no rule of that name in the store.")
        }
      }
      return "/administration/governance"
    },
    form("/attestations", .attest, "Vouches for a control") { call, fields in
      try await attest(call, fields)
    },
    form("/attestations/withdraw", .attest, "Takes an attestation back") { call, fields in
      let (framework, control) = (fields["framework"] ?? "", fields["control"] ?? "")
      guard call.principal.reach.isAll else { throw Problem(.forbidden, "Only whoever reaches all of the estate may.") }
      let now = call.services.clock()
      let store = try AttestationStore(call.services.inventory)
      try call.services.store.change(call.author, "attestation.delete", at: now) { _, record in
        record.target = "control:\(framework)/\(control)"
        guard try store.withdraw(framework: framework, control: control, at: now) else {
          throw Problem(.notFound, "Nobody vouches for that control.")
        }
      }
      return PageAddress.control(framework, control).text
    },
  ]

  /// A form that does something and then leads on to a page, which shows what came of it.
  static func form(
    _ path: String, _ permission: Permission, _ summary: String, bodyLimit: Int = 65_536,
    _ act: @escaping @Sendable (Call, [String: String]) async throws -> String?
  ) -> Endpoint {
    Endpoint(
      .post, path, .signedIn(permission), summary, answers: [Answer(303, "Done", contentType: "text/html")],
      bodyLimit: bodyLimit, isPage: true
    ) { call in
      let next = AccountEndpoints.safe(try await act(call, try call.form()))
      try await call.services.views.refresh()
      // What was changed is on the page that follows.
      return .redirect(PageAddress(next).text + (next.contains("?") ? "&" : "?") + "fresh=1")
    }
  }

  private static func text(_ fields: [String: String], _ name: String, _ what: String) throws -> String {
    let value = (fields[name] ?? "").trimmed
    guard !value.isEmpty else { throw Problem(.unprocessableContent, "\(what) is missing.") }
    guard value.utf8.count <= 4000 else { throw Problem(.unprocessableContent, "\(what) is too long.") }
    return value
  }

  /// The end of a day that a form names; nil where it names none.
  private static func end(_ fields: [String: String], now: Int64) throws -> Int64? {
    let value = (fields["expires"] ?? "").trimmed
    guard !value.isEmpty else { return nil }
    guard let ticks = DateTime.parse(value), ticks > now else {
      throw Problem(.unprocessableContent, "'\(value)' is no day to come.")
    }
    return ticks
  }

  private static func exempt(_ call: Call, _ fields: [String: String]) async throws {
    let now = call.services.clock()
    let check = try text(fields, "check", "The check")
    guard let board = try await call.services.boards.board(call.principal.reach), board.group(check) != nil else {
      throw Problem(.notFound)
    }
    var scope: [(key: String, value: JSONDraft)] = []
    for key in ["resource", "account", "resourceGroup", "tag"] {
      let value = (fields[key] ?? "").trimmed
      if !value.isEmpty { scope.append((key, .array([.string(value)]))) }
    }
    let view = try await call.services.views.current().scoped(to: call.principal.reach)
    if !view.reach.isAll, !scope.contains(where: { $0.key == "account" }),
      let row = fields["resource"].flatMap({ board.resources.row($0) })
    {
      // Whoever sees a part decides within accounts that they see whole: what lies below a resource may be elsewhere.
      scope.append(("account", .array([.string(board.resources.account[row])])))
    }
    try PolicyNames.check(scope: JSONDraft.object(scope).document().root, view)
    if scope.isEmpty { scope.append(("where", .string("true"))) }
    var members: [(key: String, value: JSONDraft)] = [
      ("id", .string(PolicyNames.new("ex"))),
      ("category", .string(fields["category"] ?? "Waiver")), ("checks", .array([.string(check)])),
      ("scope", .object(scope)), ("reason", .string(try text(fields, "reason", "The reason"))),
      ("approver", .string(try text(fields, "approver", "Who allowed it"))),
    ]
    if let end = try end(fields, now: now) { members.append(("expires", .string(DateTime.text(end)))) }
    let draft = JSONDraft.object(members)
    let id: String
    do {
      id = try PolicyStore.exemption(draft).id
    } catch {
      throw Problem(.unprocessableContent, error.message)
    }
    let policies = PolicyStore(try FindingStore(call.services.inventory))
    try call.services.store.change(call.author, "exemption.create", at: now) { _, record in
      (record.target, record.after) = ("exemption:" + id, draft)
      try policies.add(exemption: draft, by: call.principal.name, at: now)
    }
  }

  private static func govern(_ call: Call, _ fields: [String: String]) throws {
    guard call.principal.reach.isAll else { throw Problem(.forbidden, "Only whoever reaches all of the estate may.") }
    let now = call.services.clock()
    guard let priority = Int64(fields["priority"] ?? ""), let days = Int64(fields["days"] ?? "") else {
      throw Problem(.unprocessableContent, "Priority and days are whole numbers.")
    }
    var members: [(key: String, value: JSONDraft)] = [
      ("id", .string(try text(fields, "id", "The id"))), ("priority", .int(priority)), ("days", .int(days)),
    ]
    let severities = Severity.allCases.filter { fields["severity.\($0.rawValue)"] != nil }
    if !severities.isEmpty { members.append(("severity", .array(severities.map { .string($0.rawValue) }))) }
    for key in ["owner", "ownerTag"] {
      let value = (fields[key] ?? "").trimmed
      if !value.isEmpty { members.append((key, .string(value))) }
    }
    let account = (fields["account"] ?? "").trimmed
    if !account.isEmpty { members.append(("scope", .object([("account", .array([.string(account)]))]))) }
    if fields["grace"] != nil { members.append(("grace", .bool(true))) }
    let draft = JSONDraft.object(members)
    do {
      _ = try PolicyStore.rule(draft)
    } catch {
      throw Problem(.unprocessableContent, error.message)
    }
    let findings = try FindingStore(call.services.inventory)
    let policies = PolicyStore(findings)
    guard try !policies.book().rules.contains(where: { $0.removed == nil && $0.body.id == fields["id"] }) else {
      throw Problem(.conflict, "There is a rule of that id.")
    }
    try call.services.store.change(call.author, "governance.create", at: now) { _, record in
      (record.target, record.after) = ("governance:" + (fields["id"] ?? ""), draft)
      try policies.add(rule: draft, by: call.principal.name, at: now)
    }
  }

  private static func attest(_ call: Call, _ fields: [String: String]) async throws -> String {
    guard call.principal.reach.isAll else { throw Problem(.forbidden, "Only whoever reaches all of the estate may.") }
    let now = call.services.clock()
    let (framework, control) = (fields["framework"] ?? "", fields["control"] ?? "")
    guard let board = try await call.services.boards.board(call.principal.reach),
      board.dossier.assessments.contains(where: { $0.framework.id == framework && $0.result(control) != nil })
    else { throw Problem(.notFound) }
    guard let end = try end(fields, now: now) else {
      throw Problem(.unprocessableContent, "An attestation needs a day on which it ends.")
    }
    let attestation = Attestation(
      framework: framework, control: control, owner: try text(fields, "owner", "Who vouches for it"),
      evidence: try text(fields, "evidence", "The evidence"), note: (fields["note"] ?? "").trimmed, made: now,
      expires: end)
    let store = try AttestationStore(call.services.inventory)
    try call.services.store.change(call.author, "attestation.create", at: now) { _, record in
      record.target = "control:\(framework)/\(control)"
      record.after = .object([
        ("owner", .string(attestation.owner)), ("evidence", .string(attestation.evidence)),
        ("expires", .string(DateTime.text(end))),
      ])
      try store.attest(attestation)
    }
    return PageAddress.control(framework, control).text
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
