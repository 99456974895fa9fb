// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// SARIF 2.1.0: what is Unhealthy as `fail`, what is Unknown as `open`.
  func sarif<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    let shown = groups.filter { $0.count(.unhealthy) + $0.count(.unknown) + $0.uncounted > 0 }
    var out = ReportText()
    out.open("{")
    out.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    out.member("version", "2.1.0")
    out.key("runs")
    out.open("[")
    out.open("{")
    out.member("tool") { out in
      out.member("driver") { out in
        out.member("name", "Plumbline")
        out.member("version", scan.version)
        out.key("rules")
        out.open("[")
        for group in shown { Self.rule(group.check, into: &out) }
        out.close("]")
      }
    }
    out.key("invocations")
    out.open("[")
    out.open("{")
    out.member("executionSuccessful", json: scan.gaps.isEmpty ? "true" : "false")
    out.member("startTimeUtc", Self.milliseconds(scan.started))
    out.member("endTimeUtc", Self.milliseconds(scan.finished))
    out.close("}")
    out.close("]")
    out.member("columnKind", "utf16CodeUnits")
    out.key("results")
    out.open("[")
    for (rule, group) in shown.enumerated() {
      for finding in findings(of: group, [.unhealthy, .unknown], listed: true) {
        Self.result(finding, rule: rule, into: &out)
        try flush(&out.bytes)
      }
    }
    out.close("]")
    out.close("}")
    out.close("]")
    out.close("}")
    out.raw("\n")
    return out.bytes
  }

  private static func rule(_ check: Check, into out: inout ReportText) {
    out.open("{")
    out.member("id", check.id)
    out.member("shortDescription") { $0.member("text", check.title) }
    out.member("fullDescription") { $0.member("text", check.why) }
    let help = [check.fix.console.map { "Console: \($0)" }, check.fix.cli.map { "CLI: \($0)" }].compactMap(\.self)
    if !help.isEmpty { out.member("help") { $0.member("text", help.joined(separator: "\n")) } }
    if let first = check.references.first { out.member("helpUri", first) }
    out.member("defaultConfiguration") { $0.member("level", check.severity.sarifLevel) }
    out.member("properties") { out in
      out.member("tags", json: ReportText.array(["security", check.control] + check.attack))
      out.member("security-severity", check.severity.score)
      out.member("sameAs", json: ReportText.array(check.sameAs))
    }
    out.close("}")
  }

  private static func result(_ finding: Finding, rule: Int, into out: inout ReportText) {
    let isFault = finding.status == .unhealthy
    out.open("{")
    out.member("ruleId", finding.check.id)
    out.member("ruleIndex", Int64(rule))
    out.member("kind", isFault ? "fail" : "open")
    out.member("level", isFault ? finding.check.severity.sarifLevel : "none")
    out.member("message") { $0.member("text", "\(finding.check.title): \(finding.reason)") }
    out.key("locations")
    out.open("[")
    out.open("{")
    out.member("physicalLocation") { out in
      out.member("artifactLocation") { $0.member("uri", uri(finding.place?.path ?? finding.subject.id)) }
      if let place = finding.place {
        out.member("region") { out in
          out.member("startLine", Int64(place.line))
          out.member("startColumn", Int64(place.column))
        }
      }
    }
    out.key("logicalLocations")
    out.open("[")
    out.open("{")
    out.member("fullyQualifiedName", finding.place?.address ?? finding.subject.id)
    out.member("kind", "resource")
    out.close("}")
    out.close("]")
    out.close("}")
    out.close("]")
    out.member("partialFingerprints") { out in
      // What GitHub tells alerts apart by; without it a moved line would be a new alert.
      if let place = finding.place {
        out.member("primaryLocationLineHash", "\(finding.fingerprint):\(place.occurrence)")
      }
      out.member("plumblineFinding/v1", finding.id)
    }
    if let isKnown = finding.mark?.isKnown { out.member("baselineState", isKnown ? "unchanged" : "new") }
    if let chain = finding.place?.chain, !chain.isEmpty { Self.calls(chain, into: &out) }
    out.member("properties") { out in
      out.member("resourceType", finding.subject.type)
      out.member("account", finding.subject.account)
      out.member("region", finding.subject.region)
      out.member("evidence", json: finding.evidence)
      if let mark = finding.mark { mark.write(into: &out) }
    }
    if let suppression = finding.mark?.suppression {
      out.key("suppressions")
      out.open("[")
      out.open("{")
      out.member("kind", suppression.isInSource ? "inSource" : "external")
      out.member("status", "accepted")
      out.member("justification", suppression.text)
      out.close("}")
      out.close("]")
    } else if let exemption = finding.mark?.exemption {
      out.key("suppressions")
      out.open("[")
      out.open("{")
      out.member("kind", "external")
      out.member("status", "accepted")
      out.member("justification", "Exempt by \(exemption.id) (\(exemption.category.rawValue))")
      out.close("}")
      out.close("]")
    }
    out.close("}")
  }

  /// Calls of modules, outermost first, as related places.
  private static func calls(_ chain: [String], into out: inout ReportText) {
    out.key("relatedLocations")
    out.open("[")
    for call in chain {
      let colon = call.lastIndex(of: ":") ?? call.endIndex
      out.open("{")
      out.member("physicalLocation") { out in
        out.member("artifactLocation") { $0.member("uri", uri(String(call[..<colon]))) }
        if let line = Int64(call[colon...].dropFirst()), line > 0 {
          out.member("region") { $0.member("startLine", line) }
        }
      }
      out.member("message") { $0.member("text", "called from here") }
      out.close("}")
    }
    out.close("]")
  }

  /// The id as a URI: what RFC 3986 does not allow is percent-encoded.
  package static func uri(_ id: String) -> String {
    var out: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    let allowed = Set("-._~:/@!$&'()*+,;=".utf8)
    for byte in id.utf8 {
      let isWord = byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
      if isWord || allowed.contains(byte) {
        out.append(byte)
      } else {
        out.append(contentsOf: [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Date and time as RFC 3339 has them, to the millisecond.
  static func milliseconds(_ ticks: Int64) -> String { ReportText.time(ticks).dropLast(5) + "Z" }
}

extension Severity {
  var sarifLevel: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low: "note"
    }
  }

  /// What code scanning shows as the severity of a rule, from 0 to 10.
  var score: String {
    switch self {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "3.0"
    }
  }
}
