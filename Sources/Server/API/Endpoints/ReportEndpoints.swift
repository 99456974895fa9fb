// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/reports`: what `plumb report` writes. Reports are of the whole estate.
enum ReportEndpoints {
  static let all = [report, evidence]

  private enum Form: String, CaseIterable {
    case html, csv, json, ocsf, sarif, oscal

    var contentType: String {
      switch self {
      case .html: "text/html; charset=utf-8"
      case .csv: "text/csv; charset=utf-8"
      case .json, .ocsf, .oscal: "application/json"
      case .sarif: "application/sarif+json"
      }
    }
  }

  private static let framework = Parameter(
    "framework", "Only this framework: its controls, and the findings of their checks.")

  private static let report = APIRoute.ofState.endpoint(
    .get, "/reports/{format}", .export, "A report of a scan, a framework or a stretch of time",
    parameters: [
      Parameter("format", in: .path, "In which form.", .word(Form.allCases.map(\.rawValue))), framework,
      Parameter("scan", "Of the scan with this number.", .range(0...Int(Int32.max))),
      Parameter("asOf", "Of the newest scan at this time.", .dateTime),
      Parameter("since", "Also tell what happened from this time on.", .dateTime),
      Parameter("until", "With since: until this time, of the newest scan then.", .dateTime),
    ],
    answers: [
      Answer(200, "The report.", contentType: "text/html", .string),
      Answer(
        200, "Rows from which every number of the report can be reckoned again.", contentType: "text/csv", .string),
      Answer(200, "As json, ocsf or oscal.", .anything),
      Answer(200, "As sarif.", contentType: "application/sarif+json", .anything),
      Answer(409, "Nothing had been judged, or by other checks than those at hand."),
    ], timeout: .seconds(120)
  ) { call in
    let form = Form(rawValue: call.path("format")) ?? .html
    let (since, until) = (call.time("since"), call.time("until"))
    if until != nil, since == nil {
      throw APIErrors.problem(
        [SchemaFault(path: "until", message: "needs since")], "The parameters cannot be used.")
    }
    if [until != nil, call.time("asOf") != nil, call.number("scan") != nil].count(where: { $0 }) > 1 {
      throw APIErrors.problem(
        [SchemaFault(path: "scan", message: "until, asOf and scan each name the scan; give one")],
        "The parameters cannot be used.")
    }
    let (reader, chosen, now) = (try reader(call), try framework(call), call.services.clock())
    let (asOf, scan) = (call.time("asOf"), call.number("scan"))
    let bytes = try await call.services.api.desk.run { _ in
      var end = until ?? asOf
      if let scan {
        end = try reader().time(ofScan: Int64(scan))
        guard end != nil else { throw Problem(.conflict, "There is no such scan, or it was not judged.") }
      }
      let reader = try reader()
      let material = try reader.material(at: end ?? .max, made: now)
      var dossier = Dossier(material, framework: chosen)
      dossier.history = try reader.history(until: material.judged)
      if let since {
        guard since < end ?? now else { throw Problem(.badRequest, "'since' is not before the end.") }
        dossier.period = try reader.period(since: since, until: end ?? now)
      }
      switch form {
      case .html: return dossier.html()
      case .csv: return DossierTables(dossier).csv()
      case .json: return dossier.json()
      case .ocsf: return dossier.report.text(.ocsf)
      case .sarif: return dossier.report.text(.sarif)
      case .oscal: return dossier.oscal()
      }
    }
    // A report brings scripts and styles of its own: it is a file to keep, never a page of this server.
    return .bytes(
      bytes, type: form.contentType,
      headers: [
        .contentDisposition:
          "attachment; filename=\"plumbline-report.\(form == .html ? "html" : form == .csv ? "csv" : "json")\""
      ])
  }

  private static let evidence = APIRoute.plain.endpoint(
    .get, "/reports/evidence", .export,
    "A signed pack: the report with the documents, checks and verdicts that prove it",
    parameters: [framework],
    answers: [
      Answer(200, "A ZIP archive; plumb report verify checks it.", contentType: "application/zip", .string),
      Answer(409, "Nothing had been judged, or by other checks than those at hand."),
    ], timeout: .seconds(120)
  ) { call in
    let (reader, chosen, services) = (try reader(call), try framework(call), call.services)
    let bytes = try await services.api.desk.run { _ in
      let reader = try reader()
      let material = try reader.material(made: services.clock())
      let (estate, documents) = try reader.estate(of: material)
      return try EvidencePack.make(
        material, framework: chosen, estate: estate, documents: documents, content: services.content,
        key: SigningKey(directory: services.inventory.directory))
    }
    return .bytes(
      bytes, type: "application/zip", headers: [.contentDisposition: "attachment; filename=\"plumbline-evidence.zip\""])
  }

  private static func framework(_ call: APICall) throws(Problem) -> Framework? {
    guard let name = call.text("framework") else { return nil }
    return try call.framework(name, at: "framework")
  }

  private static func reader(_ call: APICall) throws(Problem) -> @Sendable () throws -> DossierReader {
    guard call.view.reach.isAll else {
      throw Problem(.forbidden, "Reports are of the whole estate, of which you see a part.")
    }
    let (estate, services) = (call.estate, call.services)
    return {
      DossierReader(
        try FindingStore(services.inventory), estate.book, estate.checks, estate.frameworks,
        try Scorer(services.content, checks: estate.checks.stable), version: services.version)
    }
  }
}
