// SPDX-License-Identifier: Apache-2.0

/// What can be said of a control.
package enum ControlState: String, Sendable, CaseIterable {
  /// A resource is not as it should be, and is not exempt.
  case failed = "Failed"
  /// There is evidence, and all of it is healthy.
  case proved = "Proved"
  /// Not proved by a program, but a person vouches for it.
  case attested = "Attested"
  /// Nothing shows that it holds. Never green.
  case unproved = "Unproved"

  /// A failure stands whatever anybody says; a proof needs nobody's word.
  package init(_ tally: Tally, isAttested: Bool) {
    if tally.unhealthy > 0 {
      self = .failed
    } else if tally.healthy > 0, tally.unknown == 0 {
      self = .proved
    } else {
      self = isAttested ? .attested : .unproved
    }
  }
}

/// One control, judged.
package struct ControlResult: Sendable {
  package struct CheckTally: Sendable {
    package let link: Framework.Link
    package let tally: Tally
  }

  package let control: Framework.Control
  package let state: ControlState
  package let tally: Tally
  package let checks: [CheckTally]
  /// The attestation that stands for the scope, be it lapsed.
  package let attestation: Attestation?
  package let isLapsed: Bool

  /// Why the state is what it is, for what the counts do not tell.
  package var reason: String {
    var reason: String
    switch state {
    case .failed: reason = "\(tally.unhealthy) of \(tally.total) not as they should be"
    case .proved:
      reason = tally.exempt > 0 ? "\(tally.healthy) healthy, \(tally.exempt) exempt" : "\(tally.healthy) healthy"
    case .attested: reason = "vouched for by \(attestation?.owner ?? "")"
    case .unproved:
      if tally.unknown > 0 {
        reason = "\(tally.unknown) of \(tally.total) unknown"
      } else if tally.exempt > 0 {
        reason = "all \(tally.exempt) exempt"
      } else if checks.isEmpty {
        reason = control.isManual ? "only a person can vouch for it" : "no check covers it"
      } else {
        reason = "nothing was judged by its checks"
      }
    }
    if isLapsed, state != .proved { reason += "; the attestation has lapsed" }
    return reason
  }
}

/// One framework over one part of the estate.
package struct Assessment: Sendable {
  package let framework: Framework
  package let scope: ComplianceScope
  /// In the order of the file.
  package let results: [ControlResult]
  private let index: [String: Int]

  /// - Parameters:
  ///   - attestations: those that stand, of any framework.
  ///   - now: ticks.
  package init(
    _ framework: Framework, in scope: ComplianceScope = ComplianceScope(), evidence: ComplianceEvidence,
    attestations: [Attestation] = [], now: Int64
  ) {
    self.framework = framework
    self.scope = scope
    // The word for one account says nothing of all; that for all holds for each. The nearer one is taken.
    let ours = attestations.filter {
      $0.framework == framework.id && ($0.account.isEmpty || $0.account == scope.account)
    }
    let byControl = Dictionary(grouping: ours, by: \.control)
    results = framework.controls.map { control in
      let checks = control.links.map { link in
        ControlResult.CheckTally(link: link, tally: evidence.tally(link.check, in: scope))
      }
      let tally = checks.reduce(into: Tally()) { $0 += $1.tally }
      let said = byControl[control.id] ?? []
      let valid = said.filter { $0.counts(at: now) }
      return ControlResult(
        control: control, state: ControlState(tally, isAttested: !valid.isEmpty), tally: tally, checks: checks,
        attestation: (valid.isEmpty ? said : valid).max { $0.account < $1.account },
        isLapsed: valid.isEmpty && !said.isEmpty)
    }
    index = Self.index(results)
  }

  private init(_ framework: Framework, _ scope: ComplianceScope, _ results: [ControlResult]) {
    self.framework = framework
    self.scope = scope
    self.results = results
    index = Self.index(results)
  }

  private static func index(_ results: [ControlResult]) -> [String: Int] {
    Dictionary(results.enumerated().map { ($1.control.id, $0) }) { first, _ in first }
  }

  /// The same of one control alone.
  package func only(_ control: String) -> Assessment {
    Assessment(framework, scope, results.filter { $0.control.id == control })
  }

  package func result(_ control: String) -> ControlResult? { index[control].map { results[$0] } }

  package func count(_ state: ControlState) -> Int { results.count { $0.state == state } }

  /// Hundredths of the controls in a state, to one decimal: `12.5`.
  package func percentage(_ state: ControlState) -> Double {
    Self.percentage(count(state), of: results.count)
  }

  static func percentage(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double((part * 2000 + whole) / (2 * whole)) / 10
  }
}
