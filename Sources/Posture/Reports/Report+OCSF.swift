// SPDX-License-Identifier: Apache-2.0

extension Report {
  static let ocsfVersion = "1.4.0"

  /// A list of OCSF Compliance Findings (class 2003). What a check does not apply to has no place there.
  func ocsf<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out = ReportText()
    out.open("[")
    for group in groups {
      let shared = Shared(group.check)
      for finding in findings(of: group, [.healthy, .unhealthy, .unknown]) {
        write(finding, shared, into: &out)
        try flush(&out.bytes)
      }
    }
    out.close("]")
    out.raw("\n")
    return out.bytes
  }

  /// Lists that findings of one check share, as JSON.
  private struct Shared {
    let types, standards, requirements, references, sameAs: String

    init(_ check: Check) {
      types = ReportText.array([check.control])
      // OCSF requires a standard; a check that no framework asks for is of our own.
      standards = ReportText.array(check.controls.isEmpty ? ["Plumbline"] : check.controls.map(\.framework))
      requirements = ReportText.array(
        check.controls.flatMap { entry in entry.ids.map { "\(entry.framework):\($0)" } })
      references = ReportText.array(check.references)
      sameAs = ReportText.array(check.sameAs)
    }
  }

  private func write(_ finding: Finding, _ shared: Shared, into out: inout ReportText) {
    let check = finding.check
    let isNew = finding.firstSeen == finding.lastSeen
    out.open("{")
    out.member("activity_id", isNew ? 1 : 2)
    out.member("activity_name", isNew ? "Create" : "Update")
    out.member("category_uid", 2)
    out.member("category_name", "Findings")
    out.member("class_uid", 2003)
    out.member("class_name", "Compliance Finding")
    out.member("type_uid", isNew ? 200_301 : 200_302)
    out.member("time", ReportText.unixMilliseconds(finding.lastSeen))
    out.member("severity_id", Int64(check.severity.rank + 1))
    out.member("severity", check.severity.rawValue.capitalizedASCII)
    out.member("status_id", finding.status == .healthy ? 4 : finding.isExempt ? 3 : 1)
    out.member("status", finding.status == .healthy ? "Resolved" : finding.isExempt ? "Suppressed" : "New")
    out.member("message", finding.reason)
    out.member("metadata") { out in
      out.member("version", Self.ocsfVersion)
      out.member("event_code", check.id)
      out.member("profiles", json: "[\"cloud\"]")
      out.member("product") { out in
        out.member("name", "Plumbline")
        out.member("vendor_name", "Plumbline")
        out.member("version", scan.version)
      }
    }
    out.member("cloud") { out in
      out.member("provider", finding.subject.cloud.uppercased())
      out.member("region", finding.subject.region)
      out.member("account") { $0.member("uid", finding.subject.account) }
    }
    out.member("finding_info") { out in
      out.member("uid", finding.id)
      out.member("title", check.title)
      out.member("desc", check.why)
      out.member("created_time", ReportText.unixMilliseconds(finding.firstSeen))
      out.member("first_seen_time", ReportText.unixMilliseconds(finding.firstSeen))
      out.member("last_seen_time", ReportText.unixMilliseconds(finding.lastSeen))
      out.member("modified_time", ReportText.unixMilliseconds(finding.lastChanged))
      out.member("types", json: shared.types)
    }
    out.member("compliance") { out in
      let (id, name): (Int64, String) =
        switch finding.status {
        case .healthy: (1, "Pass")
        case .unhealthy: (3, "Fail")
        // In OCSF's words: the check "did not yield a result due to missing information".
        case .unknown, .notApplicable: (2, "Warning")
        }
      out.member("control", check.control)
      out.member("standards", json: shared.standards)
      out.member("requirements", json: shared.requirements)
      out.member("status_id", id)
      out.member("status", name)
      out.member("status_detail", finding.reason)
    }
    out.key("resources")
    out.open("[")
    out.open("{")
    out.member("uid", finding.subject.id)
    out.member("type", finding.subject.type)
    out.member("region", finding.subject.region)
    out.member("data") { $0.member("evidence", json: finding.evidence) }
    out.close("}")
    out.close("]")
    let remedy = check.fix.console ?? check.fix.cli ?? check.title
    out.member("remediation") { out in
      out.member("desc", remedy)
      out.member("references", json: shared.references)
    }
    out.member("unmapped") { out in
      out.member("sameAs", json: shared.sameAs)
      if let mark = finding.mark { mark.write(into: &out) }
    }
    out.close("}")
  }
}

extension String {
  /// With a capital first letter.
  package var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}

extension FindingMark {
  /// Who is to mend it by when, and what exempts it, as members of an object.
  func write(into out: inout ReportText) {
    if !owner.isEmpty { out.member("owner", owner) }
    if let due { out.member("due", ReportText.time(due)) }
    if let exemption { out.member("exemption", json: exemption.json) }
  }
}
