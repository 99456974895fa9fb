// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/compliance` and `/api/v1/attestations`
enum ComplianceEndpoints {
  static let all = [list, one, control, attestations, attest, withdraw]

  private static let states = ControlState.allCases.map(\.rawValue)
  private static let place: [Parameter] = [
    Parameter("cloud", "Only this cloud.", .string),
    Parameter("account", "Only this account, subscription or project.", .string),
  ]

  private static let tally = Schema.object([
    .init("healthy", .integer), .init("unhealthy", .integer), .init("exempt", .integer), .init("unknown", .integer),
  ])
  private static let standing: [Schema.Member] = [
    .init("id", .string), .init("title", .string), .init("version", .string), .init("clouds", .texts),
    .init("controls", .integer), .init("proved", .integer), .init("failed", .integer), .init("attested", .integer),
    .init("unproved", .integer), .init("provedPercent", .number), .init("failedPercent", .number),
    .init("attestedPercent", .number), .init("unprovedPercent", .number),
  ]
  static let attestation = Schema.named(
    "Attestation",
    .object([
      .init("framework", .string), .init("control", .string),
      .init("account", .optional(.string), "The account that it speaks of; null for all."), .init("owner", .string),
      .init("evidence", .string), .init("note", .string), .init("made", .dateTime), .init("expires", .dateTime),
      .init("isLapsed", .boolean),
    ]))
  private static let result: [Schema.Member] = [
    .init("id", .string), .init("title", .string), .init("group", .string), .init("isManual", .boolean),
    .init("state", .word(states)), .init("reason", .string), .init("findings", tally),
    .init("attestation", .optional(attestation)),
  ]

  private static let list = APIRoute.ofState.endpoint(
    .get, "/compliance", .read, "The frameworks and how many of their controls hold", parameters: place,
    answers: [Answer(200, "All frameworks.", .object([.init("items", .array(.named("Standard", .object(standing))))]))]
  ) { call in
    let scope = scope(call)
    let frameworks = call.estate.frameworks.frameworks.filter { scope.cloud.map($0.clouds.contains) ?? true }
    return call.reply { json in
      json.member("items", frameworks) { json, framework in
        json.object { write(call.view.assessment(framework, in: scope), into: &$0) }
      }
    }
  }

  private static func scope(_ call: APICall) -> ComplianceScope {
    ComplianceScope(cloud: call.text("cloud"), account: call.text("account"))
  }

  private static func write(_ assessment: Assessment, into json: inout JSONWriter) {
    let framework = assessment.framework
    json.member("id", framework.id)
    json.member("title", framework.title)
    json.member("version", framework.version)
    json.member("clouds", framework.clouds)
    json.member("controls", assessment.results.count)
    for state in [ControlState.proved, .failed, .attested, .unproved] {
      json.member(state.rawValue.lowercased(), assessment.count(state))
    }
    for state in [ControlState.proved, .failed, .attested, .unproved] {
      json.member(state.rawValue.lowercased() + "Percent", assessment.percentage(state))
    }
  }

  private static let framework = Parameter("framework", in: .path, "The framework's id.", .text(1...200))

  private static let one = APIRoute.ofState.endpoint(
    .get, "/compliance/{framework}", .read, "A framework and what is known of each of its controls",
    parameters: [framework, Parameter("state", "Only controls of these states.", .array(.word(states)))] + place,
    answers: [
      Answer(
        200, "The framework.",
        .object(standing + [.init("items", .array(.named("Control", .object(result))), "Its controls in their order.")])
      )
    ]
  ) { call in
    let framework = try call.framework(call.path("framework"))
    let assessment = call.view.assessment(framework, in: scope(call))
    let (wanted, groups) = (call.texts("state"), groups(framework))
    return call.reply { json in
      write(assessment, into: &json)
      let shown = assessment.results.filter { wanted.isEmpty || wanted.contains($0.state.rawValue) }
      json.member("items", shown) { json, result in
        json.object { write(result, groups[result.control.id] ?? "", call, into: &$0) }
      }
    }
  }

  /// The titles of the groups that each control stands in, from the outermost.
  private static func groups(_ framework: Framework) -> [String: String] {
    var titles: [String: String] = [:]
    func walk(_ group: Framework.Group, _ above: [String]) {
      let path = above + [group.title]
      for control in group.controls { titles[control.id] = path.joined(separator: " / ") }
      for inner in group.groups { walk(inner, path) }
    }
    for group in framework.groups { walk(group, []) }
    return titles
  }

  private static func write(_ result: ControlResult, _ group: String, _ call: APICall, into json: inout JSONWriter) {
    json.member("id", result.control.id)
    json.member("title", result.control.title)
    json.member("group", group)
    json.member("isManual", result.control.isManual)
    json.member("state", result.state.rawValue)
    json.member("reason", result.reason)
    json.member("findings") { write(result.tally, into: &$0) }
    json.key("attestation")
    if let attestation = result.attestation {
      json.object { write(attestation, call.estate, into: &$0) }
    } else {
      json.null()
    }
  }

  private static func write(_ tally: Tally, into json: inout JSONWriter) {
    json.member("healthy", tally.healthy)
    json.member("unhealthy", tally.unhealthy)
    json.member("exempt", tally.exempt)
    json.member("unknown", tally.unknown)
  }

  private static let control = APIRoute.ofState.endpoint(
    .get, "/compliance/{framework}/controls/{control}", .read, "A control and the evidence for it",
    parameters: [framework, Parameter("control", in: .path, "The control's id.", .text(1...200))] + place,
    answers: [
      Answer(
        200, "The control; its findings are those of /findings?framework=...&control=....",
        .object(
          result + [
            .init(
              "checks",
              .array(
                .object([
                  .init("check", .string), .init("title", .string),
                  .init("trace", .string, "Why the check is evidence for the control."),
                  .init("state", .word(["Passed", "Failed", "Skipped", "Unknown"])), .init("findings", tally),
                ])))
          ]))
    ]
  ) { call in
    let framework = try call.framework(call.path("framework"))
    let id = try call.control(call.path("control"), framework).id
    guard let result = call.view.assessment(framework, in: scope(call)).result(id) else { throw Problem(.notFound) }
    let groups = groups(framework)
    return call.reply { json in
      write(result, groups[id] ?? "", call, into: &json)
      json.member("checks", result.checks) { json, check in
        json.object { json in
          json.member("check", check.link.check)
          json.member("title", call.estate.checksByID[check.link.check]?.title ?? check.link.check)
          json.member("trace", check.link.trace)
          json.member("state", ComplianceTables.AssessmentState(check.tally).rawValue)
          json.member("findings") { write(check.tally, into: &$0) }
        }
      }
    }
  }

  // MARK: attestations

  static func write(_ attestation: Attestation, _ estate: EstateView, into json: inout JSONWriter) {
    json.member("framework", attestation.framework)
    json.member("control", attestation.control)
    json.member("account", orNull: attestation.account)
    json.member("owner", attestation.owner)
    json.member("evidence", attestation.evidence)
    json.member("note", attestation.note)
    json.member("made", time: attestation.made)
    json.member("expires", time: attestation.expires)
    json.member("isLapsed", !attestation.counts(at: estate.now))
  }

  private static let attestations = APIRoute.ofState.endpoint(
    .get, "/attestations", .read, "What people vouch for",
    parameters: [Parameter("framework", "Only of this framework.", .string)] + Paging.parameters,
    answers: [Answer(200, "A page of attestations.", Paging.schema(attestation))]
  ) { call in
    let framework = call.text("framework")
    let list = call.view.attestations.filter { framework == nil || $0.framework == framework }
    return try call.page(of: list, name: { "\($0.framework) \($0.control) \($0.account)" }) { json, attestation in
      write(attestation, call.estate, into: &json)
    }
  }

  private static let attest = APIRoute.once.endpoint(
    .post, "/attestations", .attest, "Vouches for a control; an earlier word for the same ends",
    body: .object([
      .init("framework", .text(1...200)), .init("control", .text(1...200)),
      .init("account", .optional(.text(1...200)), isRequired: false, "Of this account only."),
      .init("owner", .text(1...200), isRequired: false, "Who vouches. Default: whoever asks."),
      .init("evidence", .text(1...4000), "What it rests on: a text or a link."),
      .init("note", .text(0...4000), isRequired: false), .init("expires", .dateTime),
    ]), answers: [Answer(201, "The attestation.", attestation)]
  ) { call in
    let body = call.body
    func text(_ name: String) -> String { body[name]?.string ?? "" }
    let framework = try call.framework(text("framework"), at: "framework")
    let control = try call.control(text("control"), framework, at: "control")
    let now = call.services.clock()
    let account = try account(text("account"), call)
    guard let expires = DateTime.parse(text("expires")), expires > now else {
      throw APIErrors.unusable("expires", "is past")
    }
    let owner = text("owner").isEmpty ? call.call.principal.name : text("owner")
    for (name, value) in [("owner", owner), ("evidence", text("evidence"))] where value.allSatisfy(\.isWhitespace) {
      throw APIErrors.unusable(name, "is empty")
    }
    let made = Attestation(
      framework: framework.id, control: control.id, account: account, owner: owner, evidence: text("evidence"),
      note: text("note"), made: now, expires: expires)
    let services = call.services
    let author = call.call.author
    try await Blocking.run {
      try services.store.change(author, "attestation.create", at: now) { _, record in
        record.target = "attestation:\(framework.id)/\(control.id)"
        record.after = .object([
          ("account", .string(account)), ("owner", .string(owner)), ("evidence", .string(made.evidence)),
          ("expires", .string(DateTime.text(expires))),
        ])
        try AttestationStore(services.inventory).attest(made)
      }
    }
    let estate = try await services.views.refresh()
    return call.reply(.created) { write(made, estate, into: &$0) }
  }

  private static let withdraw = APIRoute.plain.endpoint(
    .delete, "/attestations/{framework}/{control}", .attest, "Takes an attestation back; it stays in the store",
    parameters: [
      framework, Parameter("control", in: .path, "The control's id.", .text(1...200)),
      Parameter("account", "The account that it speaks of; without it all.", .text(1...200)),
    ], answers: [Answer(204, "It counts no more.")]
  ) { call in
    let framework = try call.framework(call.path("framework"))
    let control = try call.control(call.path("control"), framework)
    let account = try account(call.text("account") ?? "", call)
    let (services, author, now) = (call.services, call.call.author, call.services.clock())
    try await Blocking.run {
      try services.store.change(author, "attestation.delete", at: now) { _, record in
        record.target = "attestation:\(framework.id)/\(control.id)"
        record.before = .object([("account", .string(account))])
        let stood = try AttestationStore(services.inventory)
          .withdraw(framework: framework.id, control: control.id, account: account, at: now)
        guard stood else { throw Problem(.notFound, "This control is not attested.") }
      }
    }
    try await services.views.refresh()
    return .noContent
  }

  /// The account that an attestation speaks of, which the principal has to see whole.
  private static func account(_ account: String, _ call: APICall) throws(Problem) -> String {
    guard call.view.reach.isAll || (!account.isEmpty && call.view.sees(account: account)) else {
      throw Problem(.forbidden, "You may speak for the accounts that you see only: give one of these as 'account'.")
    }
    return account
  }
}

extension APICall {
  /// A framework by its name.
  ///
  /// - Parameter field: where the name stands in the request; nil in its path.
  func framework(_ name: String, at field: String? = nil) throws(Problem) -> Framework {
    if let framework = estate.frameworks.framework(name) { return framework }
    let hint = estate.frameworks.suggestion(for: name).map { "; did you mean '\($0)'?" } ?? ""
    throw missing("there is no framework of that name\(hint)", field)
  }

  func control(
    _ id: String, _ framework: Framework, at field: String? = nil
  ) throws(Problem) -> Framework.Control {
    if let control = framework.control(id) { return control }
    let hint = Spelling.nearest(to: id, in: framework.controls.map(\.id)).map { "; did you mean '\($0)'?" } ?? ""
    throw missing("\(framework.id) has no control of that name\(hint)", field)
  }

  private func missing(_ message: String, _ field: String?) -> Problem {
    guard let field else { return Problem(.notFound, message) }
    guard call.head.method == .get else { return APIErrors.unusable(field, message) }
    return APIErrors.problem([SchemaFault(path: field, message: message)], "The parameters cannot be used.")
  }
}
