// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// Workflow commands of GitHub Actions: an annotation a fault, one for all instances of a place.
  ///
  /// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  func github<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    for group in bySeverity where group.count(.unhealthy) > 0 {
      let check = group.check
      let command =
        switch check.severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "notice"
        }
      func annotate(_ place: FindingPlace?, _ names: [String], _ reason: String) {
        var properties =
          place.map {
            ["file=\(Self.property(RelativePath.of($0.path)))", "line=\($0.line)", "col=\($0.column)"]
          } ?? []
        properties.append("title=\(Self.property("\(check.title) (\(check.id))"))")
        let message = "\(reason)\n\(names.joined(separator: "\n"))"
        out += Array("::\(command) \(properties.joined(separator: ","))::\(Self.message(message))\n".utf8)
      }
      let faults = findings(of: group, [.unhealthy])
      for place in CodePlaceFindings.grouped(faults) {
        annotate(place.place, place.instances, place.findings[0].reason)
        try flush(&out)
      }
      for finding in faults where finding.place == nil {
        annotate(nil, [finding.subject.id], finding.reason)
        try flush(&out)
      }
    }
    return out
  }

  /// Text behind `::`; a line break would end the command.
  private static func message(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A value before `::`, where commas and colons divide.
  private static func property(_ text: String) -> String {
    message(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// The Code Quality report of GitLab.
  ///
  /// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
  func gitlab<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out = ReportText()
    out.open("[")
    for group in bySeverity {
      for finding in findings(of: group, [.unhealthy]) {
        let severity: StaticString =
          switch finding.check.severity {
          case .critical: "blocker"
          case .high: "critical"
          case .medium: "major"
          case .low: "minor"
          }
        out.open("{")
        out.member(
          "description", "\(finding.check.title): \(finding.place?.address ?? finding.subject.id): \(finding.reason)")
        out.member("check_name", finding.check.id)
        // Two findings of one fingerprint would be one for GitLab.
        out.member(
          "fingerprint", finding.place.map { "\(finding.fingerprint)\($0.occurrence)" } ?? finding.id)
        out.member("severity", "\(severity)")
        out.member("location") { out in
          out.member("path", RelativePath.of(finding.place?.path ?? finding.subject.id))
          out.member("lines") { $0.member("begin", Int64(finding.place?.line ?? 1)) }
        }
        out.close("}")
        try flush(&out.bytes)
      }
    }
    out.close("]")
    out.raw("\n")
    return out.bytes
  }
}

/// Paths as services that know the repository want them.
enum RelativePath {
  /// Without a leading `./`.
  static func of(_ path: String) -> String { path.hasPrefix("./") ? String(path.dropFirst(2)) : path }
}
