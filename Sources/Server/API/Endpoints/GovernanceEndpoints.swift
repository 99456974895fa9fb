// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/governance`
enum GovernanceEndpoints {
  static let all = [list, add, remove, owners]

  private static let schema = Schema.named(
    "GovernanceRule",
    .object([
      .init("id", .string), .init("priority", .integer, "The lowest number is asked first."),
      .init("severity", .array(.word(FindingEndpoints.severities))), .init("checks", .texts),
      .init("scope", ExemptionEndpoints.scope), .init("owner", .optional(.string)),
      .init("ownerTag", .optional(.string)), .init("days", .integer), .init("grace", .boolean),
      .init("findings", .integer, "How many it has assigned."), .init("source", .string),
      .init("created", .optional(.dateTime)), .init("createdBy", .optional(.string)),
      .init("removed", .optional(.dateTime)), .init("removedBy", .optional(.string)),
    ]))

  private static let list = APIRoute.ofState.endpoint(
    .get, "/governance/rules", .read, "The rules that say who mends what by when, in the order in which they are asked",
    parameters: [Parameter("removed", "Also those that were removed.", .boolean)] + Paging.parameters,
    answers: [Answer(200, "A page of rules.", Paging.schema(schema))]
  ) { call in
    let counts = counts(call.view)
    let entries = call.estate.book.rules
      .filter { ($0.removed == nil || call.flag("removed") == true) && isVisible($0.body, counts, call.view) }
      .sorted { ($0.body.priority, $0.body.id, $0.created ?? 0) < ($1.body.priority, $1.body.id, $1.created ?? 0) }
    return try call.page(of: entries, name: { "\($0.body.id) \($0.created ?? 0)" }) { json, entry in
      write(entry, counts, into: &json)
    }
  }

  private static func counts(_ view: ScopedView) -> [String: Int] {
    Dictionary(
      view.estate.findings.column(.rule).facet(of: view.findingRows).map { ($0.value, $0.count) }, uniquingKeysWith: +)
  }

  /// Whoever sees a part sees the rules that assign something in it, that are about everything, or about accounts of it.
  private static func isVisible(_ rule: GovernanceRule, _ counts: [String: Int], _ view: ScopedView) -> Bool {
    view.reach.isAll || counts[rule.id] != nil || rule.scope.isEverything
      || ExemptionEndpoints.covers(rule.scope.accounts, view)
  }

  private static func write(
    _ entry: PolicyBook.Entry<GovernanceRule>, _ counts: [String: Int], into json: inout JSONWriter
  ) {
    let rule = entry.body
    var (owner, tag): (String?, String?)
    switch rule.owner {
    case .mail(let mail): owner = mail
    case .tag(let name, let other): (tag, owner) = (name, other)
    }
    json.member("id", rule.id)
    json.member("priority", rule.priority)
    json.member("severity", rule.severities.map(\.rawValue))
    json.member("checks", rule.checks.map(\.text))
    ExemptionEndpoints.write(rule.scope, into: &json)
    json.member("owner", orNull: owner)
    json.member("ownerTag", orNull: tag)
    json.member("days", rule.days)
    json.member("grace", rule.hasGrace)
    json.member("findings", entry.removed == nil ? counts[rule.id] ?? 0 : 0)
    ExemptionEndpoints.writeOrigin(entry, into: &json)
  }

  private static let add = APIRoute.once.endpoint(
    .post, "/governance/rules", .govern, "Adds a rule that assigns findings",
    body: .object([
      .init("id", .name), .init("priority", .range(1...1000), "The lowest number wins."),
      .init("severity", .array(.word(FindingEndpoints.severities)), isRequired: false),
      .init("checks", .array(.text(1...200)), isRequired: false, "Ids, or patterns with *."),
      .init("owner", .text(1...200), isRequired: false, "An e-mail address; with ownerTag where nothing has the tag."),
      .init("ownerTag", .text(1...200), isRequired: false),
      .init("days", .choice(GovernanceRule.spans)),
      .init("grace", .boolean, isRequired: false, "Until it is due a finding does not weigh on scores."),
      .init("scope", ExemptionEndpoints.scopeBody, isRequired: false, "Without it all resources."),
    ]), answers: [Answer(201, "The rule.", schema)]
  ) { call in
    let body = call.body
    let id = body["id"]?.string ?? ""
    if let checks = body["checks"] {
      try PolicyNames.check(patterns: checks.elements.compactMap(\.string), call.estate.checks)
    }
    try PolicyNames.check(scope: body["scope"] ?? .null, call.view)
    let members = ["id", "priority", "severity", "checks", "owner", "ownerTag", "days", "grace", "scope"]
    let draft = JSONDraft.object(
      members.compactMap { name in
        // Empty lists and scopes say what leaving them out says.
        body[name].flatMap { value in
          (value.kind == .array || value.kind == .object) && value.count == 0 ? nil : (name, .value(value))
        }
      })
    _ = try PolicyStore.rule(draft)
    guard !call.estate.book.rules.contains(where: { $0.removed == nil && $0.body.id == id }) else {
      throw Problem(.conflict, "There is a governance rule of that name.")
    }
    let (services, author, now) = (call.services, call.call.author, call.services.clock())
    try await Blocking.run {
      try services.store.change(author, "governance.create", at: now) { _, record in
        (record.target, record.after) = ("governance:" + id, draft)
        try PolicyStore(FindingStore(services.inventory)).add(rule: draft, by: author.name, at: now)
      }
    }
    let estate = try await services.views.refresh()
    guard let entry = estate.book.rules.last(where: { $0.body.id == id }) else { throw Problem(.internalServerError) }
    return call.reply(.created) { write(entry, counts(estate.scoped(to: call.view.reach)), into: &$0) }
  }

  private static let remove = APIRoute.plain.endpoint(
    .delete, "/governance/rules/{id}", .govern, "Removes a rule; it stays to be looked at",
    parameters: [Parameter("id", in: .path, "The rule's name.", .name)], answers: [Answer(204, "It assigns nothing.")]
  ) { call in
    let id = call.path("id")
    let entry = call.estate.book.rules.last { $0.removed == nil && $0.body.id == id }
    guard let entry, isVisible(entry.body, counts(call.view), call.view) else { throw Problem(.notFound) }
    guard call.view.reach.isAll || ExemptionEndpoints.covers(entry.body.scope.accounts, call.view) else {
      throw Problem(.forbidden, "It reaches beyond what you see.")
    }
    guard entry.source == "store" else { throw Problem(.conflict, "It stands in a file; remove it there.") }
    let (services, author, now) = (call.services, call.call.author, call.services.clock())
    try await Blocking.run {
      try services.store.change(author, "governance.delete", at: now) { _, record in
        record.target = "governance:" + id
        let policies = PolicyStore(try FindingStore(services.inventory))
        guard try policies.remove(rule: id, by: author.name, at: now) else { throw Problem(.notFound) }
      }
    }
    try await services.views.refresh()
    return .noContent
  }

  private struct Load {
    var (open, overdue) = (0, 0)
    var next: Int64?
  }

  private static let owners = APIRoute.ofState.endpoint(
    .get, "/governance/owners", .read, "Who has what to mend, and who is late",
    answers: [
      Answer(
        200, "Those with the most overdue first; an owner of null is nobody.",
        .object([
          .init(
            "items",
            .array(
              .object([
                .init("owner", .optional(.string)), .init("open", .integer), .init("overdue", .integer),
                .init("nextDue", .optional(.dateTime)),
              ])))
        ]))
    ]
  ) { call in
    let view = call.estate.findings
    let owner = view.column(.owner)
    var loads: [UInt32: Load] = [:]
    (call.view.findingRows & view.isFault).forEachSet { row in
      var load = loads[owner.codes[row]] ?? Load()
      load.open += 1
      if let due = view.due[row] {
        if due < call.estate.now { load.overdue += 1 } else { load.next = min(load.next ?? .max, due) }
      }
      loads[owner.codes[row]] = load
    }
    let sorted = loads.sorted {
      ($1.value.overdue, $1.value.open, owner.text(ofCode: $0.key))
        < ($0.value.overdue, $0.value.open, owner.text(ofCode: $1.key))
    }
    return call.reply { json in
      json.member("items", sorted) { json, entry in
        json.object { json in
          json.member("owner", orNull: owner.text(ofCode: entry.key))
          json.member("open", entry.value.open)
          json.member("overdue", entry.value.overdue)
          json.member("nextDue", time: entry.value.next)
        }
      }
    }
  }
}
