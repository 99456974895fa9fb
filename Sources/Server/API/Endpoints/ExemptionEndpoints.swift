// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/exemptions`
enum ExemptionEndpoints {
  static let all = [list, one, add, remove]

  private static let categories = Exemption.Category.allCases.map(\.rawValue)
  private static let states = ["active", "lapsed", "removed"]

  static let scope = Schema.named(
    "Scope",
    .object([
      .init("tenant", .texts, isRequired: false), .init("managementGroup", .texts, isRequired: false),
      .init("account", .texts, isRequired: false), .init("resourceGroup", .texts, isRequired: false),
      .init("resource", .texts, isRequired: false, "Resources and what is below their ids."),
      .init("tag", .texts, isRequired: false, "name=value, or name."),
      .init("where", .text(1...4000), isRequired: false, "KQL over a row of `resources`."),
    ]))

  private static let schema = Schema.named(
    "Exemption",
    .object([
      .init("id", .string), .init("category", .word(categories)), .init("checks", .texts), .init("scope", scope),
      .init("reason", .string), .init("approver", .string), .init("expires", .optional(.dateTime)),
      .init("state", .word(states)), .init("findings", .integer, "How many it exempts now."),
      .init("source", .string, "store, or the file that it stands in."), .init("created", .optional(.dateTime)),
      .init("createdBy", .optional(.string)), .init("removed", .optional(.dateTime)),
      .init("removedBy", .optional(.string)),
    ]))

  /// A scope of a body: at least something is named, and no list is empty.
  static let scopeBody = Schema.object(
    ["tenant", "managementGroup", "account", "resourceGroup", "resource", "tag"].map {
      .init($0, .array(.text(1...2000)), isRequired: false)
    } + [.init("where", .text(1...4000), isRequired: false)])

  private static let list = APIRoute.ofState.endpoint(
    .get, "/exemptions", .read, "What is exempt from being mended, by whose word and until when",
    parameters: [Parameter("state", "Only of these states. Default: active.", .array(.word(states)))]
      + Paging.parameters, answers: [Answer(200, "A page of exemptions.", Paging.schema(schema))]
  ) { call in
    let wanted = call.texts("state").isEmpty ? ["active"] : call.texts("state")
    let counts = counts(call)
    let entries = call.estate.book.exemptions.filter {
      wanted.contains(state($0, call.estate)) && isVisible($0, counts, call.view)
    }
    return try call.page(of: entries, name: { "\($0.body.id) \($0.created ?? 0)" }) { json, entry in
      write(entry, counts, call.estate, into: &json)
    }
  }

  private static let one = APIRoute.ofState.endpoint(
    .get, "/exemptions/{id}", .read, "An exemption; what it exempts is /findings?exemption=...",
    parameters: [Parameter("id", in: .path, "The exemption's id.", .name)],
    answers: [Answer(200, "The exemption.", schema)]
  ) { call in
    let (id, counts) = (call.path("id"), counts(call))
    let entry = call.estate.book.exemptions.last { $0.body.id == id && isVisible($0, counts, call.view) }
    guard let entry else { throw Problem(.notFound) }
    return call.reply { write(entry, counts, call.estate, into: &$0) }
  }

  private static func state(_ entry: PolicyBook.Entry<Exemption>, _ estate: EstateView) -> String {
    entry.removed != nil ? "removed" : entry.body.isActive(at: estate.now) ? "active" : "lapsed"
  }

  /// How many findings within the reach each exempts.
  private static func counts(_ call: APICall) -> [String: Int] {
    Dictionary(
      call.estate.findings.column(.exemption).facet(of: call.view.findingRows).map { ($0.value, $0.count) },
      uniquingKeysWith: +)
  }

  /// Whoever sees a part sees the exemptions that exempt something in it, and those that name accounts of it alone.
  private static func isVisible(
    _ entry: PolicyBook.Entry<Exemption>, _ counts: [String: Int], _ view: ScopedView
  ) -> Bool {
    view.reach.isAll || counts[entry.body.id] != nil || covers(entry.body.scope.accounts, view)
  }

  /// Whether accounts are named, and all of them are seen whole.
  static func covers(_ accounts: [String], _ view: ScopedView) -> Bool {
    !accounts.isEmpty && accounts.allSatisfy { view.sees(account: $0) }
  }

  private static func write(
    _ entry: PolicyBook.Entry<Exemption>, _ counts: [String: Int], _ estate: EstateView, into json: inout JSONWriter
  ) {
    let exemption = entry.body
    json.member("id", exemption.id)
    json.member("category", exemption.category.rawValue)
    json.member("checks", exemption.checks.map(\.text))
    write(exemption.scope, into: &json)
    json.member("reason", exemption.reason)
    json.member("approver", exemption.approver)
    json.member("expires", time: exemption.expires)
    json.member("state", state(entry, estate))
    json.member("findings", entry.removed == nil ? counts[exemption.id] ?? 0 : 0)
    writeOrigin(entry, into: &json)
  }

  static func writeOrigin<Body>(_ entry: PolicyBook.Entry<Body>, into json: inout JSONWriter) {
    json.member("source", entry.source == "store" ? "store" : "file")
    json.member("created", time: entry.created)
    json.member("createdBy", orNull: entry.createdBy)
    json.member("removed", time: entry.removed)
    json.member("removedBy", orNull: entry.removedBy)
  }

  static func write(_ scope: PolicyScope, into json: inout JSONWriter) {
    json.member("scope") { json in
      for (name, values) in [
        ("tenant", scope.tenants), ("managementGroup", scope.managementGroups), ("account", scope.accounts),
        ("resourceGroup", scope.groups), ("resource", scope.resources),
        ("tag", scope.tags.map { tag in tag.value.map { "\(tag.name)=\($0)" } ?? tag.name }),
      ] where !values.isEmpty {
        json.member(name, values)
      }
      if let condition = scope.condition { json.member("where", condition) }
    }
  }

  private static let add = APIRoute.once.endpoint(
    .post, "/exemptions", .exempt, "Exempts resources from checks",
    body: .object([
      .init("id", .name, isRequired: false, "A name for it; one is made up where none is given."),
      .init("category", .word(categories)), .init("checks", .array(.text(1...200)), "Ids, or patterns with *."),
      .init("scope", scopeBody), .init("reason", .text(1...4000)),
      .init("approver", .text(1...200), isRequired: false, "Who allowed it. Default: whoever asks."),
      .init("expires", .optional(.dateTime), isRequired: false),
    ]), answers: [Answer(201, "The exemption.", schema)]
  ) { call in
    let now = call.services.clock()
    let id = call.body["id"]?.string ?? PolicyNames.new("ex")
    let draft = try draft(call, id, now)
    guard !call.estate.book.exemptions.contains(where: { $0.removed == nil && $0.body.id == id }) else {
      throw Problem(.conflict, "There is an exemption of that name.")
    }
    let (services, author) = (call.services, call.call.author)
    try await Blocking.run {
      try services.store.change(author, "exemption.create", at: now) { _, record in
        (record.target, record.after) = ("exemption:" + id, draft)
        try PolicyStore(FindingStore(services.inventory)).add(exemption: draft, by: author.name, at: now)
      }
    }
    let estate = try await services.views.refresh()
    guard let entry = estate.book.exemptions.last(where: { $0.body.id == id }) else {
      throw Problem(.internalServerError)
    }
    let view = estate.scoped(to: call.view.reach)
    let count = view.rows(of: FindingFilter(values: [.exemption: [id]])).popcount
    return call.reply(.created) { write(entry, [id: count], estate, into: &$0) }
  }

  private static func draft(_ call: APICall, _ id: String, _ now: Int64) throws -> JSONDraft {
    let body = call.body
    let checks = body["checks"]?.elements.compactMap(\.string) ?? []
    try PolicyNames.check(patterns: checks, call.estate.checks)
    let place = body["scope"] ?? .null
    guard place.count > 0 else {
      throw APIErrors.unusable("scope", "names nothing; {\"where\": \"true\"} exempts everywhere")
    }
    try PolicyNames.check(scope: place, call.view)
    var expires: Int64?
    if let text = body["expires"]?.string {
      expires = DateTime.parse(text)
      guard (expires ?? 0) > now else { throw APIErrors.unusable("expires", "is past: nothing would be exempt") }
    }
    let draft = JSONDraft.object(
      [
        ("id", .string(id)), ("category", .value(body["category"] ?? .null)),
        ("checks", .array(checks.map(JSONDraft.string))), ("scope", .value(place)),
        ("reason", .value(body["reason"] ?? .null)),
        ("approver", .string(body["approver"]?.string ?? call.call.principal.name)),
      ] + (expires.map { [("expires", .string(DateTime.text($0)))] } ?? []))
    _ = try PolicyStore.exemption(draft)
    return draft
  }

  private static let remove = APIRoute.plain.endpoint(
    .delete, "/exemptions/{id}", .exempt, "Ends an exemption; it stays to be looked at",
    parameters: [Parameter("id", in: .path, "The exemption's id.", .name)],
    answers: [Answer(204, "It exempts nothing.")]
  ) { call in
    let (id, counts) = (call.path("id"), counts(call))
    let entry = call.estate.book.exemptions.last { $0.removed == nil && $0.body.id == id }
    guard let entry, isVisible(entry, counts, call.view) else { throw Problem(.notFound) }
    guard call.view.reach.isAll || covers(entry.body.scope.accounts, call.view) else {
      throw Problem(.forbidden, "It reaches beyond what you see.")
    }
    guard entry.source == "store" else { throw Problem(.conflict, "It stands in a file; remove it there.") }
    let (services, author, now) = (call.services, call.call.author, call.services.clock())
    try await Blocking.run {
      try services.store.change(author, "exemption.delete", at: now) { _, record in
        record.target = "exemption:" + id
        let policies = PolicyStore(try FindingStore(services.inventory))
        guard try policies.remove(exemption: id, by: author.name, at: now) else { throw Problem(.notFound) }
      }
    }
    try await services.views.refresh()
    return .noContent
  }
}

/// What exemptions and governance rules share.
enum PolicyNames {
  /// A name that nobody has to think of.
  static func new(_ prefix: String) -> String {
    prefix + "-" + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 36).suffix(8)
  }

  /// Refuses patterns that no check has.
  static func check(patterns: [String], _ library: CheckLibrary) throws(Problem) {
    guard !patterns.isEmpty else { throw APIErrors.unusable("checks", "names no check") }
    for (index, text) in patterns.enumerated() {
      let pattern = CheckPattern(text)
      guard !library.checks.contains(where: { pattern.matches($0.id) }) else { continue }
      let hint = library.suggestion(for: text).map { "; did you mean '\($0)'?" } ?? ""
      throw APIErrors.unusable("checks[\(index)]", "no check has that id or pattern\(hint)")
    }
  }

  /// Whoever sees a part of the estate decides about accounts that they see whole, and has to name them.
  static func check(scope: JSONValue, _ view: ScopedView) throws(Problem) {
    for (key, value) in scope.members where value.kind == .array && value.count == 0 {
      throw APIErrors.unusable("scope.\(key.string ?? "")", "names nothing")
    }
    guard !view.reach.isAll else { return }
    let accounts = scope["account"]?.elements.compactMap(\.string) ?? []
    guard ExemptionEndpoints.covers(accounts, view) else {
      throw Problem(.forbidden, "Name the accounts in scope.account; they must be such as you see whole.")
    }
  }
}
