// SPDX-License-Identifier: Apache-2.0
internal import Inventory

extension Report {
  /// `{"scan":{...},"findings":[...]}`, a finding a line.
  func json<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out = ReportText()
    out.raw("{\"scan\":")
    out.open("{")
    out.member("id", scan.id)
    out.member("targets", json: ReportText.array(scan.targets))
    out.member("startedAt", ReportText.time(scan.started))
    out.member("finishedAt", ReportText.time(scan.finished))
    out.member("version", scan.version)
    out.member("resources", Int64(scan.resources))
    out.member("calls", Int64(scan.calls))
    out.member("complete", json: scan.gaps.isEmpty ? "true" : "false")
    out.member("summary") { out in
      for (key, status) in [
        ("healthy" as StaticString, Status.healthy), ("unhealthy", .unhealthy), ("notApplicable", .notApplicable),
        ("unknown", .unknown),
      ] {
        out.member(key, Int64(count(status)))
      }
      if exempt > 0 { out.member("exempt", Int64(exempt)) }
      if twins > 0 { out.member("countedElsewhere", Int64(twins)) }
      if suppressed > 0 { out.member("suppressed", Int64(suppressed)) }
      if known > 0 { out.member("known", Int64(known)) }
    }
    if let code { code.write(into: &out) }
    out.key("gaps")
    out.open("[")
    for gap in scan.gaps {
      out.open("{")
      out.member("cloud", gap.cloud)
      out.member("account", gap.account)
      out.member("region", gap.region)
      out.member("service", gap.service)
      out.member("operation", gap.operation)
      out.member("type", gap.type)
      out.member("resourceId", gap.resourceId)
      out.member("paths", json: ReportText.array(gap.paths))
      out.member("reason", gap.reason.rawValue)
      out.member("code", gap.code)
      out.member("message", gap.message)
      out.member("permission", gap.permission)
      out.close("}")
    }
    out.close("]")
    out.close("}")
    out.raw(",\n\"findings\":[")
    var separator = "\n"
    var writer = FindingWriter()
    for group in groups {
      writer.check = group.check
      for finding in findings(of: group, listed: true) {
        out.raw(separator)
        separator = ",\n"
        writer.write(finding, into: &out.bytes)
        try flush(&out.bytes)
      }
    }
    out.raw("\n]}\n")
    return out.bytes
  }

  /// A finding a line.
  func ndjson<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = FindingWriter()
    for group in groups {
      writer.check = group.check
      for finding in findings(of: group, listed: true) {
        writer.write(finding, into: &bytes)
        bytes.append(0x0A)
        try flush(&bytes)
      }
    }
    return bytes
  }

  /// Writes findings as JSON.
  private struct FindingWriter {
    /// Whose findings are written; what they share is written once.
    var check: Check? {
      didSet {
        guard let check else { return }
        var text = ReportText()
        text.raw(",\"checkId\":")
        text.json(ReportText.array([check.id]).dropFirst().dropLast().description)
        text.raw(",\"sameAs\":" + ReportText.array(check.sameAs))
        head = text.bytes
        text = ReportText()
        text.raw(",\"severity\":\"\(check.severity.rawValue)\",\"title\":")
        ReportText.quote(check.title, into: &text.bytes)
        middle = text.bytes
      }
    }
    private var head: [UInt8] = []
    private var middle: [UInt8] = []

    /// Most findings of a scan share their times.
    private var times: [Int64: String] = [:]

    private mutating func time(_ ticks: Int64) -> String {
      if let known = times[ticks] { return known }
      let text = ReportText.time(ticks)
      times[ticks] = text
      return text
    }

    mutating func write(_ finding: Finding, into bytes: inout [UInt8]) {
      func member(_ key: StaticString, _ text: String) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        ReportText.quote(text, into: &bytes)
      }
      member("{\"id\":", finding.id)
      bytes.append(contentsOf: head)
      member(",\"resourceId\":", finding.subject.id)
      member(",\"resourceType\":", finding.subject.type)
      member(",\"cloud\":", finding.subject.cloud)
      member(",\"account\":", finding.subject.account)
      member(",\"region\":", finding.subject.region)
      member(",\"status\":", finding.status.rawValue)
      bytes.append(contentsOf: middle)
      member(",\"reason\":", finding.reason)
      bytes.append(contentsOf: ",\"evidence\":".utf8)
      bytes.append(contentsOf: finding.evidence.utf8)
      if let place = finding.place {
        member(",\"file\":", place.path)
        bytes.append(contentsOf: ",\"line\":\(place.line),\"column\":\(place.column)".utf8)
        member(",\"address\":", place.address)
        if !place.chain.isEmpty { bytes.append(contentsOf: ",\"calledFrom\":\(ReportText.array(place.chain))".utf8) }
        member(",\"fingerprint\":", finding.fingerprint)
      }
      member(",\"firstSeen\":", time(finding.firstSeen))
      member(",\"lastSeen\":", time(finding.lastSeen))
      member(",\"lastChanged\":", time(finding.lastChanged))
      if let mark = finding.mark {
        if !mark.owner.isEmpty { member(",\"owner\":", mark.owner) }
        if let due = mark.due { member(",\"due\":", time(due)) }
        if let exemption = mark.exemption { bytes.append(contentsOf: ",\"exemption\":\(exemption.json)".utf8) }
        if let suppression = mark.suppression {
          member(",\"suppression\":{\"directive\":", suppression.directive)
          member(",\"reason\":", suppression.reason)
          member(",\"place\":", suppression.place)
          bytes.append(UInt8(ascii: "}"))
        }
        if let isKnown = mark.isKnown { member(",\"baseline\":", isKnown ? "known" : "new") }
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
