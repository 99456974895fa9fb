// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import KQL

/// The rows of a dossier as tables: what queries for its figures read, and what its CSV has line by line.
package struct DossierTables: Sendable {
  package struct Table: Sendable {
    package let name: String
    /// The word in the column `record` of the CSV.
    package let record: String
    package let schema: Schema
    package let rows: Batch
  }

  package let list: [Table]

  package init(_ dossier: Dossier) {
    list = [
      Self.scan(dossier), Self.gaps(dossier), Self.inventory(dossier), Self.findings(dossier), Self.controls(dossier),
      Self.exemptions(dossier), Self.scores(dossier), Self.changes(dossier), Self.events(dossier),
    ]
  }

  package var catalog: Catalog {
    var catalog = Catalog()
    for table in list { catalog.add(table.name, MemoryTable(schema: table.schema, batches: [table.rows])) }
    return catalog
  }

  // MARK: The tables

  private static func scan(_ dossier: Dossier) -> Table {
    let scan = dossier.scan
    return table(
      "Scan", "scan",
      [
        ("scanId", .string), ("targets", .string), ("startedAt", .datetime), ("finishedAt", .datetime),
        ("judgedAt", .datetime), ("madeAt", .datetime), ("version", .string), ("content", .string),
      ]
    ) { add in
      add([
        .string(scan.id), .string(scan.targets.joined(separator: " ")), .datetime(scan.started),
        .datetime(scan.finished), .datetime(dossier.judged), .datetime(dossier.made), .string(scan.version),
        .string(dossier.content),
      ])
    }
  }

  private static func gaps(_ dossier: Dossier) -> Table {
    table(
      "Gaps", "gap",
      [
        ("cloud", .string), ("account", .string), ("region", .string), ("resourceType", .string),
        ("resourceId", .string), ("operation", .string), ("reason", .string), ("permission", .string),
      ]
    ) { add in
      for gap in dossier.scan.gaps {
        add([
          .string(gap.cloud), .string(gap.account), .string(gap.region), .string(gap.type), .string(gap.resourceId),
          .string(gap.call), .string(gap.reason.rawValue), .string(gap.permission),
        ])
      }
    }
  }

  private static func inventory(_ dossier: Dossier) -> Table {
    table(
      "Inventory", "inventory",
      [("cloud", .string), ("account", .string), ("resourceType", .string), ("resources", .long)]
    ) { add in
      for holding in dossier.holdings {
        add([.string(holding.cloud), .string(holding.account), .string(holding.type), .long(Int64(holding.resources))])
      }
    }
  }

  /// `exposurePercent` is what the fault says of its resource, `riskAdds` are the millionths that it adds to the risk
  /// score; `scoreControl` is empty where the check is in no score.
  private static func findings(_ dossier: Dossier) -> Table {
    var adds: [Int64: Int] = [:]
    let hashes = dossier.verdicts.checks.map { FindingKey(check: $0.id) }
    for fault in dossier.ledger.faults {
      adds[hashes[fault.check].key(resource: dossier.verdicts.subjects[fault.subject].id)] = fault.units
    }
    let index = RowIndex(Bench.subjects(dossier.resources))
    var rules = Rules(dossier)
    return table(
      "Findings", "finding",
      [
        ("id", .string), ("checkId", .string), ("title", .string), ("severity", .string), ("status", .string),
        ("cloud", .string), ("account", .string), ("region", .string), ("resourceType", .string),
        ("resourceId", .string), ("reason", .string), ("evidence", .string), ("firstSeen", .datetime),
        ("lastSeen", .datetime), ("lastChanged", .datetime), ("faultSince", .datetime), ("exemption", .string),
        ("exemptionCategory", .string), ("exemptUntil", .datetime), ("owner", .string), ("due", .datetime),
        ("rule", .string), ("twinOf", .string), ("sameAs", .string), ("scoreControl", .string), ("scoreMax", .long),
        ("riskPoints", .long), ("exposurePercent", .long), ("dataPercent", .long), ("criticalityPercent", .long),
        ("riskAdds", .long),
      ]
    ) { add in
      for finding in dossier.findings {
        let (check, subject, mark) = (finding.check, finding.subject, finding.mark)
        let rule = rules.of(check)
        let row = index.row(subject.id, type: subject.type)
        let tags = row.map { dossier.risk.tags(of: $0, in: dossier.resources) } ?? (data: 100, criticality: 100)
        add([
          .string(finding.id), .string(check.id), .string(check.title), .string(check.severity.rawValue),
          .string(finding.status.rawValue), .string(subject.cloud), .string(subject.account), .string(subject.region),
          .string(subject.type), .string(subject.id), .string(finding.reason), .string(finding.evidence),
          .datetime(finding.firstSeen), .datetime(finding.lastSeen), .datetime(finding.lastChanged),
          time(finding.faultSince), .string(mark?.exemption?.id ?? ""),
          .string(mark?.exemption?.category.rawValue ?? ""), time(mark?.exemption?.expires),
          .string(mark?.owner ?? ""), time(mark?.due), .string(mark?.rule ?? ""),
          .string(mark?.twinOf.map(Finding.text) ?? ""), .string(check.sameAs.joined(separator: " ")),
          .string(rule.control), .long(Int64(rule.max)), .long(Int64(rule.points)), .long(Int64(rule.exposure)),
          .long(Int64(tags.data)), .long(Int64(tags.criticality)), .long(Int64(adds[finding.key] ?? 0)),
        ])
      }
    }
  }

  /// What the scores make of a check.
  private struct Rules {
    typealias Rule = (control: String, max: Int, points: Int, exposure: Int)
    private let dossier: Dossier
    private var last: (check: Check, rule: Rule)?

    init(_ dossier: Dossier) { self.dossier = dossier }

    mutating func of(_ check: Check) -> Rule {
      if let last, last.check === check { return last.rule }
      var rule: Rule = ("", 0, 0, 100)
      if check.maturity == .stable, let place = dossier.model.control(of: check) {
        let control = dossier.model.controls[place]
        rule = (
          control.id, control.max, dossier.risk.severity[check.severity] ?? 0,
          dossier.risk.exposing.contains(control.id) ? dossier.risk.exposure : 100
        )
      }
      last = (check, rule)
      return rule
    }
  }

  private static func controls(_ dossier: Dossier) -> Table {
    table(
      "Controls", "control",
      [
        ("framework", .string), ("control", .string), ("title", .string), ("checks", .string), ("attestedBy", .string),
        ("attestedUntil", .datetime), ("attestationEvidence", .string), ("attested", .bool),
      ]
    ) { add in
      for assessment in dossier.assessments {
        for result in assessment.results {
          let word = result.attestation
          add([
            .string(assessment.framework.id), .string(result.control.id), .string(result.control.title),
            .string(result.checks.map(\.link.check).joined(separator: " ")), .string(word?.owner ?? ""),
            time(word?.expires), .string(word?.evidence ?? ""), .bool(word != nil && !result.isLapsed),
          ])
        }
      }
    }
  }

  private static func exemptions(_ dossier: Dossier) -> Table {
    table(
      "Exemptions", "exemption",
      [
        ("exemption", .string), ("exemptionCategory", .string), ("exemptChecks", .string), ("scope", .string),
        ("reason", .string), ("approver", .string), ("exemptUntil", .datetime),
      ]
    ) { add in
      for exemption in dossier.exemptions {
        add([
          .string(exemption.id), .string(exemption.category.rawValue),
          .string(exemption.checks.map(\.text).joined(separator: " ")), .string(exemption.scope.text),
          .string(exemption.reason), .string(exemption.approver), time(exemption.expires),
        ])
      }
    }
  }

  private static func scores(_ dossier: Dossier) -> Table {
    table(
      "Scores", "score", [("time", .datetime), ("secureScore", .real), ("riskScore", .real)]
    ) { add in
      for point in dossier.history?.points ?? [] {
        add([.datetime(point.time), point.secure.map(Scalar.real) ?? .null(.real), .real(point.risk)])
      }
    }
  }

  /// Why the scores moved: `before` and the three parts make up `after`.
  private static func changes(_ dossier: Dossier) -> Table {
    table(
      "ScoreChanges", "change",
      [
        ("score", .string), ("cloud", .string), ("account", .string), ("before", .real), ("byEstate", .real),
        ("byContent", .real), ("byExemptions", .real), ("after", .real),
      ]
    ) { add in
      guard let change = dossier.period?.change else { return }
      func row(_ score: String, _ cloud: String, _ account: String, _ parts: ScoreChange.Parts, _ scale: Double) {
        let numbers = [parts.before, parts.estate, parts.content, parts.exemptions, parts.after]
        add([.string(score), .string(cloud), .string(account)] + numbers.map { .real(Double($0) / scale) })
      }
      row("secure", "", "", change.secure, 100)
      row("risk", "", "", change.risk, Double(RiskScore.scale))
      for scope in change.scopes { row("secure", scope.cloud, scope.account, scope.parts, 100) }
    }
  }

  private static func events(_ dossier: Dossier) -> Table {
    table(
      "Events", "event",
      [
        ("time", .datetime), ("event", .string), ("id", .string), ("checkId", .string), ("resourceId", .string),
        ("cause", .string), ("from", .string), ("to", .string), ("reason", .string),
      ]
    ) { add in
      for event in dossier.period?.events ?? [] {
        add([
          .datetime(event.time), .string(event.event), .string(event.findingId), .string(event.checkId),
          .string(event.resourceId), .string(event.cause), .string(event.from), .string(event.to),
          .string(event.reason),
        ])
      }
    }
  }

  // MARK: Making them

  private static func time(_ ticks: Int64?) -> Scalar { ticks.map(Scalar.datetime) ?? .null(.datetime) }

  private static func table(
    _ name: String, _ record: String, _ columns: [(String, ScalarType)], _ fill: (([Scalar]) -> Void) -> Void
  ) -> Table {
    var builders = columns.map { ColumnBuilder($0.1) }
    var count = 0
    fill { cells in
      for (index, cell) in cells.enumerated() { builders[index].append(cell) }
      count += 1
    }
    return Table(
      name: name, record: record, schema: columns.map { Field($0.0, $0.1) },
      rows: Batch(columns: builders.map { $0.finish() }, count: count))
  }
}

extension DossierTables {
  /// One CSV of all tables, RFC 4180 with a header: `record` says which table a row is of, and the columns that the table
  /// does not have are empty.
  package func csv() -> [UInt8] {
    var names = ["record"]
    for table in list {
      for field in table.schema where !names.contains(field.name) { names.append(field.name) }
    }
    var out = Array((names.joined(separator: ",") + "\r\n").utf8)
    for table in list {
      let places = names.map { name in table.schema.firstIndex { $0.name == name } }
      for row in 0..<table.rows.count {
        out.append(contentsOf: table.record.utf8)
        for place in places.dropFirst() {
          out.append(UInt8(ascii: ","))
          guard let place else { continue }
          let cell = table.rows.columns[place][row]
          if cell.isNull { continue }
          // A number is no formula, whatever its sign.
          if cell.type.isNumeric { out.append(contentsOf: cell.text.utf8) } else { Report.cell(cell.text, into: &out) }
        }
        out += [0x0D, 0x0A]
      }
    }
    return out
  }
}
