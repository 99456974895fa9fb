// SPDX-License-Identifier: Apache-2.0

extension Report {
  static let csvColumns = [
    "id", "checkId", "sameAs", "resourceId", "resourceType", "cloud", "account", "region", "status", "severity",
    "title",
    "reason", "evidence", "firstSeen", "lastSeen", "lastChanged", "owner", "due",
    "exemption", "place", "address", "calledFrom", "suppression",
  ]

  /// RFC 4180 with a header. `sameAs` and `calledFrom` are separated by spaces, `evidence` is JSON.
  func csv<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out = Array((Self.csvColumns.joined(separator: ",") + "\r\n").utf8)
    for finding in groups.lazy.flatMap({ findings(of: $0, listed: true) }) {
      let cells: [String] = [
        finding.id, finding.check.id, finding.check.sameAs.joined(separator: " "), finding.subject.id,
        finding.subject.type, finding.subject.cloud, finding.subject.account, finding.subject.region,
        finding.status.rawValue, finding.check.severity.rawValue, finding.check.title, finding.reason, finding.evidence,
        ReportText.time(finding.firstSeen), ReportText.time(finding.lastSeen), ReportText.time(finding.lastChanged),
        finding.mark?.owner ?? "", finding.mark?.due.map(ReportText.time) ?? "", finding.mark?.exemption?.id ?? "",
      ]
      for (index, cell) in (cells + Self.placeCells(finding)).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.cell(cell, into: &out)
      }
      out.append(contentsOf: [0x0D, 0x0A])
      try flush(&out)
    }
    return out
  }

  /// Rows of texts with a header, as RFC 4180 has them.
  package static func csv(_ header: [String], _ rows: [[String]]) -> [UInt8] {
    var out: [UInt8] = []
    for row in [header] + rows {
      for (index, text) in row.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        cell(text, into: &out)
      }
      out.append(contentsOf: [0x0D, 0x0A])
    }
    return out
  }

  /// Where it stands in code and what suppresses it; empty for live resources.
  private static func placeCells(_ finding: Finding) -> [String] {
    let suppression = finding.mark?.suppression?.text ?? ""
    guard let place = finding.place else { return ["", "", "", suppression] }
    let text = "\(place.path):\(place.line):\(place.column)"
    return [text, place.address, place.chain.joined(separator: " "), suppression]
  }

  /// Appends a cell, quoted where it has to be.
  package static func cell(_ text: String, into out: inout [UInt8]) {
    // A cell that a spreadsheet would run as a formula is disarmed: names of resources are anybody's to choose.
    let isFormula = text.utf8.first.map { "=+-@\t".utf8.contains($0) } ?? false
    let needsQuotes = isFormula || text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return out.append(contentsOf: text.utf8) }
    out.append(0x22)
    if isFormula { out.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == 0x22 { out.append(0x22) }
      out.append(byte)
    }
    out.append(0x22)
  }
}
