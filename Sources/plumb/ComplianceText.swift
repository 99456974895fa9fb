// SPDX-License-Identifier: Apache-2.0
import Charts
import KQL
import Posture

/// Assessments for people to read.
enum ComplianceText {
  static func list(_ assessments: [Assessment], showsScope: Bool, width: Int?) -> String {
    let scope = showsScope ? ["cloud", "account"] : []
    let table = TextTable(
      header: ["framework", "title"] + scope + ["controls", "proved", "failed", "attested", "unproved"],
      isNumeric: [false, false] + scope.map { _ in false } + [true, true, true, true, true],
      rows: assessments.map { assessment in
        let place = showsScope ? [assessment.scope.cloud ?? "", assessment.scope.account ?? ""] : []
        return [assessment.framework.id, assessment.framework.title].map(TextWidth.harmless)
          + place.map(TextWidth.harmless) + ["\(assessment.results.count)"]
          + [ControlState.proved, .failed, .attested, .unproved].map { percent(assessment.percentage($0)) }
      })
    return table.lines(width: width).joined(separator: "\n") + "\n"
  }

  static func tree(_ assessment: Assessment, color: Bool) -> String {
    let framework = assessment.framework
    var out = paint(TextWidth.harmless(framework.title), "1", color) + " (\(framework.id))\n"
    out += "\(framework.controls.count) controls: \(sums(assessment))\n"
    let width = min(24, framework.controls.map { TextWidth.of($0.id) }.max() ?? 0)
    for group in framework.groups { add(group, assessment, depth: 0, width, color, to: &out) }
    return out
  }

  private static func add(
    _ group: Framework.Group, _ assessment: Assessment, depth: Int, _ width: Int, _ color: Bool, to out: inout String
  ) {
    let pad = String(repeating: "  ", count: depth)
    let states = group.allControls.compactMap { assessment.result($0.id)?.state }
    let counts = ControlState.allCases.compactMap { state -> String? in
      let count = states.count { $0 == state }
      return count > 0 ? "\(count) \(state.rawValue.lowercased())" : nil
    }
    out += "\n\(pad)" + paint(TextWidth.harmless("\(group.id) \(group.title)"), "1", color)
    out += ": \(counts.joined(separator: ", "))\n"
    for control in group.controls {
      guard let result = assessment.result(control.id) else { continue }
      let id = TextWidth.harmless(control.id)
      let state = result.state.rawValue
      out += "\(pad)  " + id + String(repeating: " ", count: max(0, width - TextWidth.of(id)) + 2)
      out += paint(state, colour(result.state), color) + String(repeating: " ", count: 10 - state.count)
      out += TextWidth.harmless("\(control.title): \(result.reason)") + "\n"
    }
    for below in group.groups { add(below, assessment, depth: depth + 1, width, color, to: &out) }
  }

  static func control(_ result: ControlResult, _ assessment: Assessment, _ checks: CheckLibrary, color: Bool) -> String
  {
    var out = paint(
      TextWidth.harmless("\(assessment.framework.id) \(result.control.id): \(result.control.title)"), "1", color)
    out += "\n" + paint(result.state.rawValue, colour(result.state), color) + ": \(TextWidth.harmless(result.reason))\n"
    if let attestation = result.attestation {
      var lines = ["owner     \(attestation.owner)", "evidence  \(attestation.evidence)"]
      lines.append("\(result.isLapsed ? "lapsed " : "expires")   \(DateTime.text(attestation.expires))")
      if !attestation.note.isEmpty { lines.append("note      \(attestation.note)") }
      out += "\nAttestation\n" + lines.map { "  \(TextWidth.harmless($0))\n" }.joined()
    }
    guard !result.checks.isEmpty else { return out }
    out += "\nChecks\n"
    for check in result.checks {
      let title = checks.check(check.link.check)?.title ?? ""
      out += "  " + TextWidth.harmless("\(check.link.check): \(title)") + "\n"
      out += "    " + TextWidth.harmless("\(counts(check.tally)) (by \(check.link.trace))") + "\n"
    }
    return out
  }

  static func microsoft(_ rollUp: MicrosoftRollUp) -> String {
    guard let percentage = rollUp.percentage else { return "\nAzure Policy's reckoning: nothing was judged\n" }
    return """

      Azure Policy's reckoning: \(percent(percentage)) of \(rollUp.counts.values.reduce(0, +)) resources \
      (\(rollUp.count(.nonCompliant)) non-compliant, \(rollUp.count(.compliant)) compliant, \
      \(rollUp.count(.exempt)) exempt, \(rollUp.count(.unknown)) unknown); it takes exempt and unknown for good

      """
  }

  private static func counts(_ tally: Tally) -> String {
    let parts = [
      (tally.unhealthy, "unhealthy"), (tally.unknown, "unknown"), (tally.exempt, "exempt"), (tally.healthy, "healthy"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "nothing judged" : parts.joined(separator: ", ")
  }

  private static func sums(_ assessment: Assessment) -> String {
    [ControlState.proved, .failed, .attested, .unproved].map {
      "\(percent(assessment.percentage($0))) \($0.rawValue.lowercased())"
    }.joined(separator: ", ")
  }

  private static func percent(_ value: Double) -> String { "\(value) %" }

  private static func colour(_ state: ControlState) -> String {
    switch state {
    case .failed: "31"
    case .proved: "32"
    case .attested: "36"
    case .unproved: "33"
    }
  }

  private static func paint(_ text: String, _ code: String, _ color: Bool) -> String {
    color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
