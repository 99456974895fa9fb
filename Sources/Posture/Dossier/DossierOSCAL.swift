// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON
internal import KQL

extension Dossier {
  /// Assessment results in OSCAL 1.1.2. Ids follow from what they name, so that equal findings give equal documents.
  package func oscal() -> [UInt8] {
    AssessmentResults(self).draft.document().root.serialized() + [0x0A]
  }
}

/// The one result of a dossier: a finding for each control, an observation for each fault and each thing not known, one
/// for all that a check found healthy, and a risk for each fault.
private struct AssessmentResults {
  typealias Members = [(key: String, value: JSONDraft)]

  let dossier: Dossier
  private let judged: [Finding]
  private let byCheck: [String: [Finding]]

  init(_ dossier: Dossier) {
    self.dossier = dossier
    let linked = Set(
      dossier.assessments.flatMap { $0.results.flatMap { $0.checks.map(\.link.check) } })
    judged = dossier.findings.filter { $0.status != .notApplicable && linked.contains($0.check.id) }
    byCheck = Dictionary(grouping: judged, by: \.check.id)
  }

  // MARK: Words of OSCAL

  /// A uuid of version 5: the same name has the same one, anywhere.
  private static func uuid(_ name: String) -> String {
    // The namespace of URLs (RFC 9562).
    let namespace: [UInt8] = [
      0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]
    var bytes = Array(Insecure.SHA1.hash(data: namespace + Array("urn:plumbline:\(name)".utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = JSONDigest.hex(bytes)
    var out = ""
    for (index, digit) in hex.enumerated() {
      if [8, 12, 16, 20].contains(index) { out += "-" }
      out.append(digit)
    }
    return out
  }

  private func uuid(_ kind: String, _ parts: String...) -> JSONDraft {
    .string(Self.uuid(([kind, dossier.scan.id, dossier.content] + parts).joined(separator: "\u{1F}")))
  }

  /// A property, which has a value on one line; none where there is nothing to say.
  private static func property(_ name: String, _ value: String) -> JSONDraft? {
    let line = String(
      String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    let words = line.split(separator: " ")
    guard !words.isEmpty else { return nil }
    return .object([
      ("name", .string(name)), ("ns", .string("urn:plumbline:oscal")), ("value", .string(words.joined(separator: " "))),
    ])
  }

  private static func properties(_ pairs: [(String, String)]) -> Members {
    let list = pairs.compactMap { property($0, $1) }
    return list.isEmpty ? [] : [("props", .array(list))]
  }

  private static func time(_ ticks: Int64) -> JSONDraft { .string(Report.milliseconds(ticks)) }

  /// An id as OSCAL allows it: it begins with a letter. NIST's catalogue has `ac-2.1` for AC-2(1).
  private static func token(_ control: String, of framework: String) -> String {
    if framework == "nist_800_53_r5" {
      return control.lowercased().replacing("(", with: ".").replacing(")", with: "")
    }
    let name = "\(framework)-\(control)"
    return String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
  }

  // MARK: The document

  var draft: JSONDraft {
    let plan = uuid("plan", dossier.framework?.id ?? "")
    let planText = plan.string ?? ""
    return .object([
      (
        "assessment-results",
        .object([
          ("uuid", uuid("document", dossier.framework?.id ?? "", DateTime.text(dossier.judged))),
          (
            "metadata",
            .object([
              ("title", .string(dossier.framework.map { "Posture against \($0.title)" } ?? "Cloud posture")),
              ("last-modified", Self.time(dossier.judged)), ("version", .string(dossier.scan.id)),
              ("oscal-version", .string("1.1.2")),
            ])
          ),
          ("import-ap", .object([("href", .string("#\(planText)"))])),
          ("results", .array([result])),
          (
            "back-matter",
            .object([
              (
                "resources",
                .array([
                  .object([
                    ("uuid", plan), ("title", .string("What was assessed, and how")),
                    (
                      "description",
                      .string(
                        "All checks of Plumbline \(dossier.scan.version), content \(dossier.content), over what the scan of "
                          + "\(dossier.scan.targets.joined(separator: ", ")) read.")
                    ),
                  ])
                ])
              )
            ])
          ),
        ])
      )
    ])
  }

  private var result: JSONDraft {
    let faults = judged.filter { $0.status == .unhealthy }
    var members: Members = [
      ("uuid", uuid("result", dossier.framework?.id ?? "", DateTime.text(dossier.judged))),
      ("title", .string("Scan \(dossier.scan.id)")),
      (
        "description",
        .string(
          dossier.scan.gaps.isEmpty
            ? "Every call was answered."
            : "\(dossier.scan.gaps.count) calls gave no answer; what they would have told is not known.")
      ),
      ("start", Self.time(dossier.scan.started)), ("end", Self.time(dossier.scan.finished)),
    ]
    let items = inventory
    if !items.isEmpty { members.append(("local-definitions", .object([("inventory-items", .array(items))]))) }
    members.append(
      (
        "reviewed-controls",
        .object([
          (
            "control-selections",
            .array(
              dossier.assessments.map { assessment in
                .object([
                  ("description", .string(assessment.framework.title)),
                  (
                    "include-controls",
                    .array(
                      assessment.results.map {
                        .object([("control-id", .string(Self.token($0.control.id, of: assessment.framework.id)))])
                      })
                  ),
                ])
              })
          )
        ])
      ))
    let observations = observations
    if !observations.isEmpty { members.append(("observations", .array(observations))) }
    if !faults.isEmpty { members.append(("risks", .array(faults.map(risk)))) }
    members.append(("findings", .array(dossier.assessments.flatMap(findings))))
    return .object(members)
  }

  private var inventory: [JSONDraft] {
    var seen: Set<Subject> = []
    return judged.compactMap { finding in
      let subject = finding.subject
      guard seen.insert(subject).inserted else { return nil }
      return .object(
        [("uuid", item(subject)), ("description", .string("A resource of type \(subject.type)"))]
          + Self.properties([
            ("asset-id", subject.id), ("resource-type", subject.type), ("cloud", subject.cloud),
            ("account", subject.account), ("region", subject.region),
          ]))
    }
  }

  private func item(_ subject: Subject) -> JSONDraft {
    uuid("item", subject.type, subject.id, subject.account, subject.region)
  }

  private func subject(_ finding: Finding) -> JSONDraft {
    .object([("subject-uuid", item(finding.subject)), ("type", .string("inventory-item"))])
  }

  // MARK: Observations and risks

  /// An observation of its own has what is at fault or not known; all that a check found healthy shares one.
  private func observation(of finding: Finding) -> JSONDraft {
    finding.status == .healthy ? uuid("observation", finding.check.id) : uuid("observation", finding.id)
  }

  private var observations: [JSONDraft] {
    var list: [JSONDraft] = []
    var healthy: [(check: Check, findings: [Finding])] = []
    for finding in judged {
      guard finding.status != .healthy else {
        if healthy.last?.check.id != finding.check.id { healthy.append((finding.check, [])) }
        healthy[healthy.count - 1].findings.append(finding)
        continue
      }
      list.append(
        observation(
          observation(of: finding), finding.check, finding.reason, [finding],
          [
            ("status", finding.status.rawValue), ("severity", finding.check.severity.rawValue),
            ("finding-id", finding.id),
          ], evidence: finding.evidence))
    }
    for (check, findings) in healthy {
      guard let first = findings.first else { continue }
      list.append(
        observation(
          observation(of: first), check, "\(findings.count) resources are as they should be.", findings,
          [("status", Status.healthy.rawValue)], evidence: nil))
    }
    return list
  }

  private func observation(
    _ id: JSONDraft, _ check: Check, _ text: String, _ findings: [Finding], _ pairs: [(String, String)],
    evidence: String?
  ) -> JSONDraft {
    var members: Members = [("uuid", id), ("title", .string(check.title)), ("description", .string(text))]
    members += Self.properties([("check", check.id)] + pairs)
    members += [
      ("methods", .array([.string("TEST")])), ("types", .array([.string("finding")])),
      ("subjects", .array(findings.map(subject))),
    ]
    if let evidence, evidence != "[]" {
      members.append(
        (
          "relevant-evidence",
          .array([.object([("description", .string("The values that decided: \(evidence)"))])])
        ))
    }
    members.append(("collected", Self.time(findings.map(\.lastSeen).max() ?? dossier.judged)))
    return .object(members)
  }

  private func riskId(_ finding: Finding) -> JSONDraft { uuid("risk", finding.id) }

  private func risk(_ finding: Finding) -> JSONDraft {
    let (check, mark) = (finding.check, finding.mark)
    var members: Members = [
      ("uuid", riskId(finding)), ("title", .string(check.title)), ("description", .string(finding.reason)),
      ("statement", .string(check.why)),
    ]
    members += Self.properties([
      ("severity", check.severity.rawValue), ("owner", mark?.owner ?? ""), ("exemption", mark?.exemption?.id ?? ""),
      ("exemption-category", mark?.exemption?.category.rawValue ?? ""),
      ("exempt-until", mark?.exemption?.expires.map { DateTime.text($0) } ?? ""),
    ])
    members.append(("status", .string(finding.isExempt ? "deviation-approved" : "open")))
    if let due = mark?.due { members.append(("deadline", Self.time(due))) }
    if let fix = check.fix.console ?? check.fix.cli {
      members.append(
        (
          "remediations",
          .array([
            .object([
              ("uuid", uuid("remedy", finding.id)), ("lifecycle", .string("recommendation")),
              ("title", .string("How to mend it")), ("description", .string(fix)),
            ])
          ])
        ))
    }
    members.append(
      ("related-observations", .array([.object([("observation-uuid", observation(of: finding))])])))
    return .object(members)
  }

  // MARK: Findings

  private func findings(_ assessment: Assessment) -> [JSONDraft] {
    assessment.results.map { result in
      let evidence = result.checks.flatMap { byCheck[$0.link.check] ?? [] }
      let target = Self.token(result.control.id, of: assessment.framework.id)
      let isSatisfied = result.state == .proved || result.state == .attested
      let reason =
        switch result.state {
        case .proved: "pass"
        case .failed: "fail"
        case .attested, .unproved: "other"
        }
      var members: Members = [
        ("uuid", uuid("finding", assessment.framework.id, result.control.id)),
        ("title", .string("\(result.control.id) \(result.control.title)")),
        ("description", .string("\(result.state.rawValue): \(result.reason)")),
      ]
      members += Self.properties([("state", result.state.rawValue), ("framework", assessment.framework.id)])
      members.append(
        (
          "target",
          .object([
            ("type", .string("objective-id")), ("target-id", .string(target)),
            (
              "status",
              .object([("state", .string(isSatisfied ? "satisfied" : "not-satisfied")), ("reason", .string(reason))])
            ),
          ])
        ))
      var seen: Set<String> = []
      let observed = evidence.map { observation(of: $0) }.filter { seen.insert($0.string ?? "").inserted }
      if !observed.isEmpty {
        members.append(("related-observations", .array(observed.map { .object([("observation-uuid", $0)]) })))
      }
      let risks = evidence.filter { $0.status == .unhealthy }.map(riskId).filter {
        seen.insert($0.string ?? "").inserted
      }
      if !risks.isEmpty {
        members.append(("related-risks", .array(risks.map { .object([("risk-uuid", $0)]) })))
      }
      return .object(members)
    }
  }
}
