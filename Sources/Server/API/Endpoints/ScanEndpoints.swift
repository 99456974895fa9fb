// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL

/// `/api/v1/scans` and `/api/v1/coverage`: what scans there were, and what they did not get.
enum ScanEndpoints {
  static let all = [list, one, coverage]

  private static let schema = Schema.named(
    "Scan",
    .object([
      .init("id", .integer), .init("cloud", .string), .init("account", .string), .init("started", .dateTime),
      .init("finished", .dateTime), .init("resources", .integer), .init("calls", .integer), .init("gaps", .integer),
      .init("kind", .word([ScanKind.full.rawValue, ScanKind.changes.rawValue])),
    ]))

  private static let list = APIRoute.ofState.endpoint(
    .get, "/scans", .read, "The scans that were finished, the newest first",
    parameters: [Parameter("cloud", "Only of these clouds.", .texts)] + Paging.parameters,
    answers: [Answer(200, "A page of scans.", Paging.schema(schema))]
  ) { call in
    let (clouds, store) = (call.texts("cloud"), call.services.inventory)
    let scans = try await Blocking.run { try store.scanHistory() }
      .filter { (clouds.isEmpty || clouds.contains($0.scan.cloud)) && call.view.sees(account: $0.scan.account) }
    return try call.page(of: scans, name: { String($0.scan.key) }) { json, entry in
      write(entry.scan, entry.gaps, into: &json)
    }
  }

  private static func write(_ scan: ScanRow, _ gaps: Int, into json: inout JSONWriter) {
    json.member("id", Int(scan.key))
    json.member("cloud", scan.cloud)
    json.member("account", scan.account)
    json.member("started", time: scan.started)
    json.member("finished", time: scan.finished)
    json.member("resources", scan.resources)
    json.member("calls", scan.calls)
    json.member("gaps", gaps)
    json.member("kind", scan.kind.rawValue)
  }

  private static let one = APIRoute.ofState.endpoint(
    .get, "/scans/{id}", .read, "A scan",
    parameters: [Parameter("id", in: .path, "Its number.", .range(0...Int(Int32.max)))],
    answers: [Answer(200, "The scan.", schema)]
  ) { call in
    let (key, store) = (Int64(call.path("id")), call.services.inventory)
    let found = try await Blocking.run { try store.scanHistory() }.first { $0.scan.key == key }
    guard let found, call.view.sees(account: found.scan.account) else { throw Problem(.notFound) }
    return call.reply { write(found.scan, found.gaps, into: &$0) }
  }

  private static let coverage = APIRoute.ofState.endpoint(
    .get, "/coverage", .read, "What the newest scans did not get: for it nothing is known",
    parameters: [
      Parameter("cloud", "Only of these clouds.", .texts), Parameter("account", "Only of these accounts.", .texts),
      Parameter("type", "Only of resources of these types.", .texts),
    ] + Paging.parameters,
    answers: [
      Answer(
        200, "A page of gaps.",
        Paging.schema(
          .named(
            "CoverageGap",
            .object([
              .init("cloud", .string), .init("account", .string), .init("region", .string), .init("service", .string),
              .init("operation", .string), .init("type", .string), .init("resource", .optional(.string)),
              .init("paths", .texts, "Of the document; none for all of it."), .init("reason", .string),
              .init("code", .optional(.string)), .init("message", .optional(.string)),
              .init("permission", .optional(.string), "What was missing."),
            ]))))
    ]
  ) { call in
    let (clouds, accounts, types) = (call.texts("cloud"), call.texts("account"), call.texts("type"))
    let gaps = call.view.gaps.enumerated().filter { _, gap in
      (clouds.isEmpty || clouds.contains(gap.cloud)) && (accounts.isEmpty || accounts.contains(gap.account))
        && (types.isEmpty || types.contains(gap.type))
    }
    return try call.page(of: Array(gaps), name: { String($0.offset) }) { json, entry in
      let gap = entry.element
      json.member("cloud", gap.cloud)
      json.member("account", gap.account)
      json.member("region", gap.region)
      json.member("service", gap.service)
      json.member("operation", gap.operation)
      json.member("type", gap.type)
      json.member("resource", orNull: gap.resourceId)
      json.member("paths", gap.paths)
      json.member("reason", gap.reason.rawValue)
      json.member("code", orNull: gap.code)
      json.member("message", orNull: gap.message)
      json.member("permission", orNull: gap.permission)
    }
  }
}
