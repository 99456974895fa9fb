// SPDX-License-Identifier: Apache-2.0

extension Dossier {
  /// Of each of `findings` the millionths of a point that it adds to the risk score.
  package var riskUnits: [Int] {
    struct Place: Hashable { let subject, check: Int }
    let units = Dictionary(
      ledger.faults.map { (Place(subject: $0.subject, check: $0.check), $0.units) }, uniquingKeysWith: +)
    return verdicts.list.map { verdict in
      verdict.status == .unhealthy ? units[Place(subject: verdict.subject, check: verdict.check)] ?? 0 : 0
    }
  }

  /// The scores that there would be if all that these checks find were as it should be; nil where the dossier has none.
  package func scores(mending checks: Set<String>) -> ScoreRecord? {
    guard let scores else { return nil }
    let mended = Set(verdicts.checks.indices.filter { checks.contains(verdicts.checks[$0].id) })
    let list = verdicts.list.map { verdict in
      verdict.status == .unhealthy && mended.contains(verdict.check)
        ? Verdict(
          check: verdict.check, subject: verdict.subject, status: .healthy, reason: verdict.reason,
          evidence: verdict.evidence) : verdict
    }
    let after = Verdicts(
      checks: verdicts.checks, subjects: verdicts.subjects, list: list, texts: verdicts.texts, failures: [])
    let exempt = Set(scores.exempt)
    let ledger = RiskLedger(after, resources, risk, model, exempt: exempt)
    return ScoreRecord(
      time: scores.time, state: scores.state, content: scores.content, exempt: scores.exempt,
      secure: SecureScore(after, model, exempt: exempt), risk: RiskScore(ledger, after, risk, model))
  }
}
