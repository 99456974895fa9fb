// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/findings`
enum FindingEndpoints {
  static let all = [list, groups, one]

  static let statuses = Status.allCases.map(\.rawValue)
  static let severities = Severity.allCases.reversed().map(\.rawValue)

  private static let optionalTime = Schema.optional(.dateTime)
  private static let optionalText = Schema.optional(.string)

  private static let members: [Schema.Member] = [
    .init("id", .string), .init("check", .string), .init("title", .string), .init("severity", .word(severities)),
    .init("goal", .string, "What the check is for, as `control` of its file says it."),
    .init("status", .word(statuses)), .init("reason", .string), .init("resource", .string),
    .init("resourceKey", optionalText, "Its name in paths of this API; null where it is no resource that is there."),
    .init("type", .string), .init("cloud", .string), .init("account", .string), .init("region", .string),
    .init("firstSeen", .dateTime), .init("lastSeen", .dateTime), .init("lastChanged", .dateTime),
    .init("faultSince", optionalTime), .init("timesOpened", .integer),
    .init("isFault", .boolean, "Unhealthy, not exempt, and not told of by another finding: it counts."),
    .init("owner", optionalText), .init("due", optionalTime), .init("isOverdue", .boolean), .init("hasGrace", .boolean),
    .init("rule", optionalText, "The governance rule that assigned it."),
    .init(
      "exemption",
      .optional(
        .object([.init("id", .string), .init("category", .string), .init("expires", optionalTime)]))),
    .init("twinOf", optionalText, "The finding that counts in its stead."),
  ]

  static let schema = Schema.named("Finding", .object(members))

  private static let event = Schema.object([
    .init("time", .dateTime), .init("event", .string), .init("from", optionalText), .init("to", optionalText),
    .init("reason", .string), .init("cause", optionalText), .init("changes", .anything),
  ])

  private static let detail = Schema.named(
    "FindingDetail",
    .object(
      members + [
        .init("evidence", .anything, "The values that decided: `[{path, value}]`."),
        .init("changes", .anything, "What changed in the document at the last flip: `[{path, before, after}]`."),
        .init("history", .array(event)), .init("why", optionalText), .init("effort", optionalText),
        .init(
          "fix",
          .optional(
            .object([
              .init("console", optionalText), .init("cli", optionalText), .init("terraform", .anything),
              .init("call", .anything),
            ]))),
        .init("references", .texts),
        .init(
          "controls",
          .array(.object([.init("framework", .string), .init("control", .string), .init("title", .string)])),
          "The controls of frameworks that it is evidence for."),
      ]))

  static let filters: [Parameter] = [
    Parameter("status", "Only of these; may be given again, as the others.", .array(.word(statuses))),
    Parameter("severity", "Only of these.", .array(.word(severities))),
    Parameter("check", "Only of these checks.", .texts),
    Parameter("goal", "Only of checks with these goals.", .texts),
    Parameter("service", "Only of checks of these services: the second part of their ids.", .texts),
    Parameter("cloud", "Only of these clouds.", .texts),
    Parameter("account", "Only of these accounts, subscriptions or projects.", .texts),
    Parameter("region", "Only of these regions.", .texts),
    Parameter("type", "Only of resources of these types.", .texts),
    Parameter("resource", "Only of the resources with these ids.", .texts),
    Parameter("owner", "Only those that these have to mend.", .texts),
    Parameter("rule", "Only those that these governance rules assigned.", .texts),
    Parameter("exemption", "Only those that these exemptions exempt.", .texts),
    Parameter("tag", "Only of resources with one of these tags: name=value, or name.", .texts),
    Parameter("framework", "Only of checks that are evidence for controls of this framework.", .string),
    Parameter("control", "With framework: only for these of its controls.", .texts),
    Parameter("text", "A part of the title, of the check's or the resource's id, or of the reason.", .text(0...500)),
    Parameter("isFault", "Only those that count, or only the others.", .boolean),
    Parameter("isExempt", "Only those that are exempt, or only the others.", .boolean),
    Parameter("isOverdue", "Only those that are overdue, or only the others.", .boolean),
    Parameter("changedSince", "Only those whose status changed at this time or later.", .dateTime),
  ]

  private static let sorts = FindingSort.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }
  private static let facetNames = FindingField.allCases.filter { $0 != .resource }.map(name)

  /// The word of the API for a field: a control is one of a framework there.
  static func name(_ field: FindingField) -> String { field == .control ? "goal" : field.rawValue }

  /// The filter that the parameters say.
  static func filter(_ call: APICall) throws(Problem) -> FindingFilter {
    var filter = FindingFilter()
    for field in FindingField.allCases {
      let values = field == .control ? call.texts("goal") : call.texts(field.rawValue)
      if !values.isEmpty, name(field) != "control" { filter.values[field] = values }
    }
    filter.text = call.text("text") ?? ""
    (filter.isFault, filter.isExempt, filter.isOverdue) = (
      call.flag("isFault"), call.flag("isExempt"), call.flag("isOverdue")
    )
    filter.tags = call.texts("tag")
    filter.changedSince = call.time("changedSince")
    let controls = call.list("control")
    if let name = call.text("framework") {
      let framework = try call.framework(name, at: "framework")
      let wanted = try controls.map { id throws(Problem) in try call.control(id, framework, at: "control") }
      filter.checks = Set((controls.isEmpty ? framework.controls : wanted).flatMap(\.links).map(\.check))
    } else if !controls.isEmpty {
      throw APIErrors.problem(
        [SchemaFault(path: "control", message: "needs a framework")], "The parameters cannot be used.")
    }
    return filter
  }

  private static let list = APIRoute.ofState.endpoint(
    .get, "/findings", .read, "The findings that stand",
    parameters: filters + [
      Parameter(
        "sort", "By what: priority has what counts first, the most severe first of these. - turns it round.",
        .word(sorts)),
      Parameter("facets", "Fields of which the values are counted.", .array(.word(facetNames))),
    ] + Paging.parameters, answers: [Answer(200, "A page of findings.", Paging.schema(schema, facets: true))]
  ) { call in
    let filter = try filter(call)
    let sort = call.text("sort") ?? "priority"
    let cursor = try call.cursor()
    let view = call.estate.findings
    let page = call.view.findings(
      filter, by: FindingSort(rawValue: sort.hasPrefix("-") ? String(sort.dropFirst()) : sort) ?? .priority,
      descending: sort.hasPrefix("-"), skipping: cursor?.skipped ?? 0,
      after: cursor.flatMap { view.row(id: $0.after) }, limit: call.limit)
    let facets = FindingField.allCases.filter { call.texts("facets").contains(name($0)) }
      .map { (name($0), call.view.facet($0, filter)) }
    return try call.page(page, name: { view[$0].id }, facets: facets) { json, row in
      write(view[row], call.estate, into: &json)
    }
  }

  private static let counts = Schema.object([
    .init("healthy", .integer), .init("unhealthy", .integer), .init("notApplicable", .integer),
    .init("unknown", .integer), .init("exempt", .integer), .init("overdue", .integer),
    .init("faults", .integer, "Those that count."), .init("critical", .integer), .init("high", .integer),
    .init("medium", .integer), .init("low", .integer),
  ])

  private static let groups = APIRoute.ofState.endpoint(
    .get, "/findings/by-check", .read, "What each check found: the recommendations", parameters: filters,
    answers: [
      Answer(
        200, "All checks with findings, those with the most severe faults first.",
        .object([
          .init("counts", counts),
          .init(
            "items",
            .array(
              .object([
                .init("check", .string), .init("title", .string), .init("severity", .word(severities)),
                .init("cloud", .string), .init("counts", counts), .init("oldestFault", optionalTime),
              ]))),
        ]))
    ]
  ) { call in
    let filter = try filter(call)
    return call.reply { json in
      json.member("counts") { write(call.view.counts(filter), into: &$0) }
      json.member("items", call.view.groups(filter)) { json, group in
        json.object { json in
          json.member("check", group.check)
          json.member("title", group.title)
          json.member("severity", group.severity)
          json.member("cloud", group.cloud)
          json.member("counts") { write(group.counts, into: &$0) }
          json.member("oldestFault", time: group.oldest)
        }
      }
    }
  }

  static func write(_ counts: FindingCounts, into json: inout JSONWriter) {
    for (name, count) in [
      ("healthy", counts.healthy), ("unhealthy", counts.unhealthy), ("notApplicable", counts.notApplicable),
      ("unknown", counts.unknown), ("exempt", counts.exempt), ("overdue", counts.overdue), ("faults", counts.faults),
      ("critical", counts.critical), ("high", counts.high), ("medium", counts.medium), ("low", counts.low),
    ] {
      json.member(name, count)
    }
  }

  static func write(_ finding: FindingRow, _ estate: EstateView, into json: inout JSONWriter) {
    json.member("id", finding.id)
    json.member("check", finding.check)
    json.member("title", finding.title)
    json.member("severity", finding.severity)
    json.member("goal", finding.control)
    json.member("status", finding.status.rawValue)
    json.member("reason", finding.reason)
    json.member("resource", finding.resource)
    json.member("resourceKey", orNull: finding.resourceRow.map { ResourceKey.text(estate.resources[$0]) })
    json.member("type", finding.type)
    json.member("cloud", finding.cloud)
    json.member("account", finding.account)
    json.member("region", finding.region)
    json.member("firstSeen", time: finding.firstSeen)
    json.member("lastSeen", time: finding.lastSeen)
    json.member("lastChanged", time: finding.lastChanged)
    json.member("faultSince", time: finding.faultSince)
    json.member("timesOpened", finding.timesOpened)
    json.member("isFault", finding.isFault)
    json.member("owner", orNull: finding.owner)
    json.member("due", time: finding.due)
    json.member("isOverdue", finding.isFault && (finding.due ?? .max) < estate.now)
    json.member("hasGrace", finding.hasGrace)
    json.member("rule", orNull: finding.rule)
    json.key("exemption")
    if let exemption = finding.exemption {
      json.object { json in
        json.member("id", exemption.id)
        json.member("category", exemption.category.rawValue)
        json.member("expires", time: exemption.expires)
      }
    } else {
      json.null()
    }
    json.member("twinOf", orNull: finding.twinOf)
  }

  private static let one = APIRoute.ofState.endpoint(
    .get, "/findings/{id}", .read, "A finding with its evidence, its history and how to mend it",
    parameters: [Parameter("id", in: .path, "The finding's id.", .text(.init(16...16, pattern: "[0-9a-f]{16}")))],
    answers: [Answer(200, "The finding.", detail)]
  ) { call in
    guard let finding = call.view.finding(id: call.path("id")) else { throw Problem(.notFound) }
    let store = call.services.inventory
    let detail = try await Blocking.run { try FindingStore(store).detail(finding.key) }
    let check = call.estate.checksByID[finding.check]
    return call.reply { json in
      write(finding, call.estate, into: &json)
      json.member("evidence", json: detail?.evidence ?? "[]")
      json.member("changes", json: detail?.changes ?? "[]")
      json.member("history", detail?.events ?? []) { json, event in
        json.object { json in
          json.member("time", time: event.time)
          json.member("event", event.event)
          json.member("from", orNull: event.from)
          json.member("to", orNull: event.to)
          json.member("reason", event.reason)
          json.member("cause", orNull: event.cause)
          json.member("changes", json: event.changes)
        }
      }
      CheckEndpoints.writeMend(check, call.estate, finding.check, into: &json)
    }
  }
}
