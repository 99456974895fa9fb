// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// Azure Policy: what is assigned, the states of resources, why they are as they are, and trying a definition.
enum PolicyPages {
  static let all = [
    PageEndpoints.page("/policy", "Assignments and their states", place: .policy) { call, _, viewer in
      let query = """
        PolicyStates
        | summarize bad = countif(complianceState == 'NonCompliant'), good = countif(complianceState == 'Compliant'),
            exempt = countif(complianceState == 'Exempt'), other = countif(complianceState !in ('NonCompliant', 'Compliant', 'Exempt'))
            by policyAssignmentId, assignment = coalesce(policyAssignmentName, policyAssignmentId), displayName, policyDefinitionId,
            effect = policyDefinitionAction, initiative = policySetDefinitionName, isEnforced
        | order by bad desc, displayName asc
        | take 2000
        """
      return overview(try await QueryRequest(text: query).result(call), viewer)
    },
    PageEndpoints.page("/policy/states", "States under one policy", place: .policy) { call, board, viewer in
      var request = QueryRequest(
        text: """
          declare query_parameters(assignment: string, definition: string);
          PolicyStates
          | where policyAssignmentId == assignment and policyDefinitionId == definition
          | project resourceId, complianceState, reason, displayName, stateSince, stateWeight
          | order by stateWeight desc, resourceId asc
          | take 1000
          """)
      request.parameters = [
        "assignment": .string(call.query("assignment") ?? ""), "definition": .string(call.query("definition") ?? ""),
      ]
      return states(try await request.result(call), board, viewer)
    },
    PageEndpoints.page("/policy/explain", "Why a resource has its state", place: .policy) { call, board, viewer in
      guard let row = call.query("resource").flatMap({ board.resources.row($0) }), let policy = call.query("policy")
      else {
        return nil
      }
      let id = board.resources.id[row]
      let (inventory, content, now) = (call.services.inventory, call.services.content, call.services.clock())
      let found = try await call.services.api.desk.run { _ in
        let snapshot = try inventory.snapshot()
        var corpus = PolicyCorpus()
        corpus.add(rows: (0..<snapshot.documents.rootCount).lazy.map(snapshot.documents.root(at:)))
        let judge = PolicyJudge(PoliciesInForce(corpus, try PolicyLanguage(catalogues: [], content: content)))
        let estate = PolicyEstate(snapshot)
        guard let number = estate.resources.firstIndex(where: { $0.id.lowercased() == id.lowercased() }) else {
          return [JSONDocument]()
        }
        return judge.explain(number, estate, policy: policy, now: now).map { $0.draft.document() }
      }
      guard !found.isEmpty else { return nil }
      return explained(found.map(\.root), id, board.resources.name[row], viewer) { other in
        call.principal.reach.isAll || board.resources.row(other) != nil
      }
    },
    Endpoint(
      .post, "/policy/try", .signedIn(.policy), "Tries a definition on the estate", bodyLimit: 262_144, isPage: true
    ) {
      call in
      guard let board = try await call.services.boards.board(call.principal.reach) else { throw Problem(.notFound) }
      var viewer = PageEndpoints.viewer(call)
      viewer.address = PageAddress("/policy")
      let text = try call.form()["definition"] ?? ""
      return .html(try await trial(call, text, board, viewer).document(for: viewer))
    },
  ]

  // MARK: Pages

  private static func overview(_ result: QueryResult, _ viewer: PageViewer) -> Page {
    func text(_ name: String, _ row: Int) -> String { result.column(name)?[row].text ?? "" }
    func number(_ name: String, _ row: Int) -> Int { Int(text(name, row)) ?? 0 }
    let rows = (0..<result.rows.count).map { row -> [Markup] in
      let (bad, good) = (number("bad", row), number("good", row))
      let (exempt, other) = (number("exempt", row), number("other", row))
      let address = PageAddress(
        "/policy/states",
        [("assignment", text("policyAssignmentId", row)), ("definition", text("policyDefinitionId", row))])
      let bar = PageChart.stack(
        [(Double(bad), "critical"), (Double(good), "good"), (Double(exempt), "none"), (Double(other), "medium")],
        label: "\(bad) not compliant, \(good) compliant, \(exempt) exempt, \(other) not known")
      return [
        "<a class=\"name\" href=\"\(address)\">\(text("displayName", row))</a>\(if: !text("initiative", row).isEmpty, "<p class=\"id\">\(text("initiative", row))</p>")",
        "\(text("assignment", row))\(if: text("isEnforced", row) == "false", " <span class=\"muted small\">not enforced</span>")",
        "\(text("effect", row))", Markup(picture: bar), "\(Parts.grouped(bad))", "\(Parts.grouped(good))",
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty(
        "No policy is in force",
        "Nothing of Azure Policy was collected in what you may see. Scans of Azure read assignments and definitions; others stand in the files that the configuration names."
      )
      : Parts.table(
        "Policies by assignment",
        [
          .init("Policy"), .init("Assigned by", minor: true), .init("Effect", minor: true),
          .init("<span class=\"quiet\">States</span>", minor: true),
          .init("Not compliant", number: true), .init("Compliant", number: true),
        ], rows)
    return Page(
      title: "Policy", place: .policy, lead: "Azure Policy, evaluated here over what was seen.",
      body: "<div class=\"stack\"><div class=\"card\">\(table)</div>\(tryForm("", viewer))</div>")
  }

  private static func tryForm(_ text: String, _ viewer: PageViewer) -> Markup {
    Parts.card(
      "Try a definition",
      """
      <p class="muted">A policy definition as JSON is put to every resource that you may see; nothing is kept or changed.</p>
      <form method="post" action="/policy/try">\(viewer.tokenField)<label>Definition<textarea class="code" name="definition" rows="10" spellcheck="false" required>\(text.isEmpty ? sample : text)</textarea></label>
      <p class="buttons"><button class="button main" type="submit">Try it</button></p></form>
      """)
  }

  private static let sample = """
    {
      "displayName": "Storage accounts refuse plain HTTP",
      "policyRule": {
        "if": {
          "allOf": [
            {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
            {"field": "Microsoft.Storage/storageAccounts/supportsHttpsTrafficOnly", "notEquals": true}
          ]
        },
        "then": {"effect": "audit"}
      }
    }
    """

  private static func chip(_ state: String) -> Markup {
    switch state {
    case "NonCompliant", "Conflict": Parts.chip(state == "Conflict" ? state : "Not compliant", "critical")
    case "Compliant": Parts.chip("Compliant", "good")
    case "Exempt": Parts.chip("Exempt", "none")
    default: Parts.chip(state, "unknown")
    }
  }

  private static func states(_ result: QueryResult, _ board: Board, _ viewer: PageViewer) -> Page? {
    guard result.rows.count > 0 else { return nil }
    func text(_ name: String, _ row: Int) -> String { result.column(name)?[row].text ?? "" }
    let policy = viewer.address.value("definition") ?? ""
    let rows = (0..<result.rows.count).map { row -> [Markup] in
      let id = text("resourceId", row)
      let why = PageAddress("/policy/explain", [("resource", id), ("policy", policy)])
      return [
        Parts.resource(id, name: board.resources.row(id).map { board.resources.name[$0] } ?? ""),
        chip(text("complianceState", row)), "<span class=\"small\">\(text("reason", row))</span>",
        "<a href=\"\(why)\">Explain<span class=\"quiet\"> \(Parts.shortName(id))</span></a>",
      ]
    }
    return Page(
      title: text("displayName", 0), place: .policy,
      trail: [("Policy", PageAddress("/policy")), (text("displayName", 0), viewer.address)],
      lead: "<code>\(policy)</code>",
      body:
        "<div class=\"card\">\(Parts.table("States", [.init("Resource"), .init("State"), .init("Reason", minor: true), .init("<span class=\"quiet\">Why</span>")], rows))</div>"
    )
  }

  /// - Parameter isSeen: whether the viewer may see a related resource.
  private static func explained(
    _ found: [JSONValue], _ id: String, _ name: String, _ viewer: PageViewer, isSeen: (String) -> Bool
  ) -> Page {
    let cards = found.map { one -> Markup in
      let flip = one["flip"]?.string
      let seen = (one["related"].map { Array($0.elements) } ?? []).filter { $0["id"]?.string.map(isSeen) ?? false }
      let related = seen.map { item -> Markup in
        "<h3>\(item["id"]?.string ?? "A related resource")</h3>\(item["tree"].map { tree($0) })"
      }
      return Parts.card(
        "\(one["policy"]?.string ?? "")",
        """
        <p>\(chip(one["state"]?.string ?? "")) \(one["reason"]?.string ?? "")</p>
        <h3>The rule, with what each condition found</h3>\(one["tree"].map { tree($0) })\(related)
        \(if: flip != nil, "<p><b>\(one["state"]?.string == "Compliant" ? "To break it" : "To comply"):</b> <code>\(flip ?? "")</code></p>")
        """, more: "<span class=\"muted small\">\(one["effect"]?.string ?? "")</span>")
    }
    return Page(
      title: "Why \(name) has its state", place: .policy,
      trail: [("Policy", PageAddress("/policy")), (name, PageAddress.resource(id))],
      lead: "What decided is marked.", body: "<div class=\"stack\">\(cards)</div>")
  }

  private static func tree(_ node: JSONValue, _ depth: Int = 0) -> Markup {
    func item(_ node: JSONValue, _ depth: Int) -> Markup {
      let truth = node["holds"]?.boolean
      let found = node["found"]?.string
      let children = depth < 32 ? node["conditions"].map { $0.elements.map { item($0, depth + 1) } } ?? [] : []
      let decides = node["decides"]?.boolean == true
      return """
        <li\(if: decides, " class=\"decides\"")>\(truth.map { Parts.chip($0 ? "true" : "false", $0 ? "good" : "none") } ?? Parts.chip("unknown", "unknown")) <span><code>\(node["condition"]?.string ?? "")</code></span>\(if: found != nil, " <span class=\"muted small\">found \(found ?? "")</span>")\(if: decides, "<span class=\"quiet\"> decides</span>")\(if: !children.isEmpty, "<ul>\(children)</ul>")</li>
        """
    }
    return "<ul class=\"tree\">\(item(node, depth))</ul>"
  }

  // MARK: Trying

  private static func trial(_ call: Call, _ text: String, _ board: Board, _ viewer: PageViewer) async throws -> Page {
    func page(_ more: Markup) -> Page {
      Page(
        title: "Try a definition", place: .policy, trail: [("Policy", PageAddress("/policy"))],
        body: "<div class=\"stack\">\(more)\(tryForm(text, viewer))</div>")
    }
    let json: JSONValue
    do {
      json = try JSONDocument(parsing: Array(text.utf8), limits: JSONLimits(depth: 64)).root
    } catch {
      return page(Parts.note("That is no JSON: \("\(error)")", isError: true))
    }
    let properties = json["properties"] ?? json
    let row = JSONDraft.object([
      ("id", .string("/providers/Microsoft.Authorization/policyDefinitions/trial")), ("name", .string("trial")),
      ("type", .string("microsoft.authorization/policydefinitions")), ("properties", .value(properties)),
    ]).document()
    let (inventory, content, now) = (call.services.inventory, call.services.content, call.services.clock())
    let outcome = try await call.services.api.desk.run {
      _ -> (problems: [String], rows: [(id: String, state: String, reason: String)]) in
      var corpus = PolicyCorpus()
      corpus.add(rows: [row.root])
      corpus.assignAll()
      let policies = PoliciesInForce(corpus, try PolicyLanguage(catalogues: [], content: content))
      let problems = (corpus.problems + policies.faults).map { "\($0)" }
      let run = try PolicyJudge(policies).judge(PolicyEstate(try inventory.snapshot()), now: now)
      return (problems, run.rows.map { (run.resources[Int($0.resource)].id, $0.state.text, run.reason($0)) })
    }
    let problems =
      outcome.problems.isEmpty
      ? "" : Parts.note("<ul>\(outcome.problems.prefix(20).map { "<li>\($0)</li>" as Markup })</ul>", isError: true)
    // Only what the reader may see is told of.
    let seen = outcome.rows.filter { board.resources.row($0.id) != nil }
    let counts = Dictionary(grouping: seen, by: \.state).mapValues(\.count).sorted { $0.value > $1.value }
    let bad = seen.sorted { ($0.state == "NonCompliant" ? 0 : 1, $0.id) < ($1.state == "NonCompliant" ? 0 : 1, $1.id) }
    let rows = bad.prefix(200).map { entry -> [Markup] in
      [
        Parts.resource(entry.id, name: board.resources.row(entry.id).map { board.resources.name[$0] } ?? ""),
        chip(entry.state), "<span class=\"small\">\(entry.reason)</span>",
      ]
    }
    let summary = counts.map { "<li><b>\(Parts.grouped($0.value))</b><span>\(chip($0.key))</span></li>" as Markup }
    let table =
      rows.isEmpty
      ? "<p class=\"muted\">It is about no resource that you may see.</p>"
      : Parts.table("States", [.init("Resource"), .init("State"), .init("Reason", minor: true)], Array(rows))
    return page(problems + Parts.card("What it finds", "<ul class=\"counts\">\(summary)</ul>\(table)"))
  }
}
