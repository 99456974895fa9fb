// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import Posture

/// `/api/v1/checks`
enum CheckEndpoints {
  static let all = [list, one]

  private static let optionalText = Schema.optional(.string)
  private static let members: [Schema.Member] = [
    .init("id", .string), .init("title", .string), .init("severity", .word(FindingEndpoints.severities)),
    .init("type", .string), .init("cloud", .string), .init("service", .string), .init("goal", .string),
    .init("maturity", .word(Maturity.allCases.map(\.rawValue))),
  ]

  /// What helps to mend what a check finds.
  private static let mend: [Schema.Member] = [
    .init("why", optionalText), .init("effort", optionalText),
    .init(
      "fix",
      .optional(
        .object([
          .init("console", optionalText), .init("cli", optionalText), .init("terraform", .anything),
          .init("call", .anything),
        ]))),
    .init("references", .texts),
    .init(
      "controls", .array(.object([.init("framework", .string), .init("control", .string), .init("title", .string)]))),
  ]

  private static let list = APIRoute.ofState.endpoint(
    .get, "/checks", .read, "The checks at hand",
    parameters: [
      Parameter("cloud", "Only of these clouds.", .texts), Parameter("type", "Only of these types.", .texts),
      Parameter("severity", "Only of these.", .array(.word(FindingEndpoints.severities))),
      Parameter("text", "A part of the id or the title.", .text(0...500)),
    ] + Paging.parameters,
    answers: [
      Answer(200, "A page of checks, in the order of their ids.", Paging.schema(.named("Check", .object(members))))
    ]
  ) { call in
    let (clouds, types, severities) = (call.texts("cloud"), call.texts("type"), call.texts("severity"))
    let text = call.text("text")?.lowercased() ?? ""
    let checks = call.estate.checks.checks
    let found = checks.indices.filter { index in
      let check = checks[index]
      return (clouds.isEmpty || clouds.contains(check.cloud)) && (types.isEmpty || types.contains(check.type))
        && (severities.isEmpty || severities.contains(check.severity.rawValue))
        && (text.isEmpty || check.id.contains(text) || check.title.lowercased().contains(text))
    }
    return try call.page(of: found, name: { checks[$0].id }) { json, index in write(checks[index], into: &json) }
  }

  private static let one = APIRoute.ofState.endpoint(
    .get, "/checks/{id}", .read, "A check: why it is there, and how to mend what it finds",
    parameters: [Parameter("id", in: .path, "The check's id.", .text(1...200))],
    answers: [Answer(200, "The check.", .named("CheckDetail", .object(members + mend)))]
  ) { call in
    guard let check = call.estate.checksByID[call.path("id")] else { throw Problem(.notFound) }
    return call.reply { json in
      write(check, into: &json)
      writeMend(check, call.estate, check.id, into: &json)
    }
  }

  private static func write(_ check: Check, into json: inout JSONWriter) {
    json.member("id", check.id)
    json.member("title", check.title)
    json.member("severity", check.severity.rawValue)
    json.member("type", check.type)
    json.member("cloud", check.cloud)
    json.member("service", check.service)
    json.member("goal", check.control)
    json.member("maturity", check.maturity.rawValue)
  }

  /// - Parameter id: of the check, which need not be among those at hand.
  static func writeMend(_ check: Check?, _ estate: EstateView, _ id: String, into json: inout JSONWriter) {
    json.member("why", orNull: check?.why)
    json.member("effort", orNull: check?.effort)
    json.key("fix")
    if let fix = check?.fix {
      json.object { json in
        json.member("console", orNull: fix.console)
        json.member("cli", orNull: fix.cli)
        json.key("terraform")
        json.value(fix.terraform ?? .null)
        json.key("call")
        json.value(fix.call ?? .null)
      }
    } else {
      json.null()
    }
    json.member("references", check?.references ?? [])
    let controls = estate.frameworks.frameworks.flatMap { framework in
      framework.controls.filter { $0.links.contains { $0.check == id } }.map { (framework.id, $0) }
    }
    json.member("controls", controls) { json, entry in
      json.object { json in
        json.member("framework", entry.0)
        json.member("control", entry.1.id)
        json.member("title", entry.1.title)
      }
    }
  }
}
