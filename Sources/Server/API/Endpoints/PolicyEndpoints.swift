// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// `/api/v1/policies`: what Azure Policy says of the estate.
enum PolicyEndpoints {
  static let all = [assignments, states]

  private static let words = ["NonCompliant", "Compliant", "Exempt", "Unknown", "Conflict", "Error", "Protected"]

  private static let assignments = APIRoute.ofState.endpoint(
    .get, "/policies/assignments", .read, "The policies that are assigned, and how many resources comply",
    parameters: Paging.parameters,
    answers: [
      Answer(
        200, "A page of assignments, those with the most that does not comply first.",
        Paging.schema(
          .object([
            .init("assignment", .string), .init("name", .string), .init("initiative", .optional(.string)),
            .init("definition", .optional(.string), "Null where it is an initiative."), .init("policies", .integer),
            .init("compliant", .integer), .init("nonCompliant", .integer), .init("exempt", .integer),
            .init("unknown", .integer),
          ])))
    ]
  ) { call in
    let result = try await QueryRequest(
      text: """
        PolicyStates
        | summarize policies = dcount(strcat(policyDefinitionId, policyDefinitionReferenceId)),
          compliant = countif(complianceState == 'Compliant'), nonCompliant = countif(complianceState == 'NonCompliant'),
          exempt = countif(complianceState == 'Exempt'),
          unknown = countif(complianceState !in ('Compliant', 'NonCompliant', 'Exempt')),
          definition = take_any(policyDefinitionId)
          by assignment = policyAssignmentId, name = policyAssignmentName, initiative = policySetDefinitionId
        | extend definition = iff(isempty(initiative), definition, '')
        | project assignment, name, initiative, definition, policies, compliant, nonCompliant, exempt, unknown
        | order by nonCompliant desc, assignment asc
        """
    ).result(call.call)
    let rows = Array(0..<result.rows.count)
    return try call.page(of: rows, name: { result.text($0, "assignment") }) { json, row in
      for (index, field) in result.schema.enumerated() {
        let cell = result.rows.columns[index][row]
        if field.type == .string {
          let isNullable = field.name == "initiative" || field.name == "definition"
          json.member(field.name, orNull: isNullable || !cell.text.isEmpty ? cell.text : nil)
        } else {
          json.member(field.name, Int(cell.int64 ?? 0))
        }
      }
    }
  }

  private static let states = APIRoute.ofState.endpoint(
    .get, "/policies/states", .read, "What policies say of resources",
    parameters: [
      Parameter("state", "Only of these states.", .array(.word(words))),
      Parameter("assignment", "Only of these assignments, by id or name.", .texts),
      Parameter("resource", "Only of the resources with these ids.", .texts),
    ] + Paging.parameters,
    answers: [
      Answer(
        200, "A page of states, by resource.",
        Paging.schema(
          .named(
            "PolicyState",
            .object([
              .init("resource", .string), .init("type", .string), .init("account", .string),
              .init("assignment", .string), .init("definition", .string), .init("reference", .optional(.string)),
              .init("name", .string), .init("effect", .string), .init("state", .string), .init("reason", .string),
              .init("since", .optional(.dateTime)), .init("details", .anything),
            ]))))
    ]
  ) { call in
    let cursor = try call.cursor()
    let skipped = cursor?.skipped ?? 0
    let lists: [(String, Set<String>)] = [
      ("states", call.texts("state")), ("assignments", call.texts("assignment")), ("resources", call.texts("resource")),
    ]
    var request = QueryRequest(
      text: """
        let rows = PolicyStates
          | where array_length(states) == 0 or set_has_element(states, complianceState)
          | where array_length(assignments) == 0 or set_has_element(assignments, policyAssignmentId)
            or set_has_element(assignments, policyAssignmentName)
          | where array_length(resources) == 0 or set_has_element(resources, resourceId);
        rows
        | project resource = resourceId, type = resourceType, account = subscriptionId, assignment = policyAssignmentId,
          definition = policyDefinitionId, reference = policyDefinitionReferenceId, name = displayName,
          effect = policyDefinitionAction, state = complianceState, reason, since = stateSince,
          details = policyEvaluationDetails
        | order by resource asc, assignment asc, definition asc, reference asc
        """)
    for (name, values) in lists {
      request.parameters[name] = .dynamic(
        JSONDraft.array(values.sorted().map(JSONDraft.string)).document().root)
    }
    let result = try await request.result(call.call)
    let end = min(result.rows.count, skipped + call.limit)
    let rows = Array(min(skipped, end)..<end)
    let page = RowPage(rows: rows, total: result.rows.count, next: end < result.rows.count ? end : nil)
    return try call.page(page, name: { "\(result.text($0, "resource"))" }) { json, row in
      for (index, field) in result.schema.enumerated() {
        json.key(field.name)
        let cell = result.rows.columns[index][row]
        switch cell {
        case .string(let text) where field.name == "reference" && text.isEmpty: json.null()
        case .string(let text): json.text(text)
        case .datetime(let ticks): json.text(DateTime.text(ticks))
        case .dynamic(let value): json.value(value)
        default: json.null()
        }
      }
    }
  }
}

extension QueryResult {
  /// The text of a cell; empty where there is no such column.
  func text(_ row: Int, _ name: String) -> String { column(name)?[row].text ?? "" }
}
