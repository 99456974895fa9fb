// SPDX-License-Identifier: Apache-2.0
package import KQL

/// All that a report tells of one judging, or of one framework in it: the one source of every format.
package struct Dossier: Sendable {
  /// How many resources of a type an account has.
  package struct Holding: Sendable, Hashable, Comparable {
    package let cloud: String
    package let account: String
    package let type: String
    package let resources: Int

    package static func < (left: Holding, right: Holding) -> Bool {
      (left.cloud, left.account, left.type) < (right.cloud, right.account, right.type)
    }
  }

  /// What a dossier is made of.
  package struct Material: Sendable {
    package var scan: Report.Scan
    /// Ticks: when it was judged, when the report was made, and the time that exemptions and attestations are seen at.
    package var judged: Int64
    package var made: Int64
    package var seen: Int64
    /// The fingerprint of the content that judged.
    package var content: String
    /// All that stand, exempt ones too, in the order of check and resource.
    package var findings: [Finding]
    /// Rows of `resources` that were judged.
    package var resources: Batch
    package var model: SecureScoreModel
    package var risk: RiskModel
    package var frameworks: [Framework]
    package var attestations: [Attestation]
    /// Those in force.
    package var exemptions: [Exemption]
    /// What a reader has to know before the numbers.
    package var notes: [String]
  }

  package let scan: Report.Scan
  package let judged: Int64
  package let made: Int64
  package let content: String
  /// The framework that it is about; nil where it is about everything.
  package let framework: Framework?
  package let findings: [Finding]
  package let holdings: [Holding]
  package let model: SecureScoreModel
  /// nil where it is about one framework, for scores are of the whole estate.
  package let scores: ScoreRecord?
  package let assessments: [Assessment]
  package let exemptions: [Exemption]
  package let notes: [String]
  package var history: ScoreHistory?
  package var period: Period?

  /// Rows of `resources`, in the columns of ``ResourceRows/schema``.
  package let resources: Batch
  let risk: RiskModel
  /// A verdict for each of `findings`, in their order.
  package let verdicts: Verdicts
  let ledger: RiskLedger

  /// - Parameter framework: the one that the report is about; nil for everything.
  package init(_ material: Material, framework: Framework? = nil) {
    let frameworks = framework.map { [$0] } ?? material.frameworks
    let wanted = framework.map { Set($0.controls.flatMap { $0.links.map(\.check) }) }
    let findings = wanted.map { wanted in material.findings.filter { wanted.contains($0.check.id) } }
    self.findings = findings ?? material.findings
    (scan, judged, made, content) = (material.scan, material.judged, material.made, material.content)
    (model, risk, resources) = (material.model, material.risk, material.resources)
    (exemptions, notes, self.framework) = (material.exemptions, material.notes, framework)
    holdings = Self.holdings(material.resources)
    verdicts = Verdicts(self.findings, of: material.resources)
    let exempt = Set(self.findings.lazy.filter(\.isExempt).map(\.key))
    ledger = RiskLedger(verdicts, material.resources, risk, model, exempt: exempt)
    scores =
      framework == nil
      ? ScoreRecord(
        time: judged, state: judged, content: content, exempt: exempt.sorted(),
        secure: SecureScore(verdicts, model, exempt: exempt), risk: RiskScore(ledger, verdicts, risk, model)) : nil
    let evidence = ComplianceEvidence(self.findings)
    assessments = frameworks.map {
      Assessment($0, evidence: evidence, attestations: material.attestations, now: material.seen)
    }
  }

  private static func holdings(_ batch: Batch) -> [Holding] {
    var counts: [Holding: Int] = [:]
    for subject in Bench.subjects(batch) {
      counts[Holding(cloud: subject.cloud, account: subject.account, type: subject.type, resources: 0), default: 0] += 1
    }
    return counts.map { Holding(cloud: $0.cloud, account: $0.account, type: $0.type, resources: $1) }.sorted()
  }

  /// Faults that count: neither exempt nor told of by another check.
  package var faults: [Finding] { findings.filter(\.isFault) }

  /// The report of a scan over the same findings, for the formats that both have.
  package var report: Report { Report(scan: scan, findings: findings, keepsAll: true) }
}

/// The scores of several judgings.
package struct ScoreHistory: Sendable {
  package struct Point: Sendable {
    /// Ticks.
    package let time: Int64
    /// 0 to 100; nil where nothing was assessed.
    package let secure: Double?
    package let risk: Double
  }

  package let points: [Point]

  package init(_ records: [ScoreRecord]) {
    points = records.map {
      Point(
        time: $0.time, secure: $0.secure.percentage, risk: Double($0.risk.units) / Double(RiskScore.scale))
    }
  }
}

extension Dossier {
  /// What happened between two times.
  package struct Period: Sendable {
    package struct Event: Sendable {
      /// Ticks.
      package let time: Int64
      /// `Opened`, `Reopened`, `Resolved`, `Closed`, `Returned`, `Changed`.
      package let event: String
      package let findingId: String
      package let checkId: String
      package let resourceId: String
      package let cause: String
      package let reason: String
      /// Status before and after; empty where there was none.
      package let from: String
      package let to: String
    }

    /// Ticks.
    package let since: Int64
    package let until: Int64
    package let events: [Event]
    /// The scores before and after, and why they differ; nil where there is nothing to compare.
    package let change: ScoreChange?
    /// Why there is no `change`.
    package let note: String?

    package init(since: Int64, until: Int64, events: [Event], change: ScoreChange?, note: String?) {
      self.since = since
      self.until = until
      self.events = events
      self.change = change
      self.note = note
    }

    package func count(_ event: String) -> Int { events.count { $0.event == event } }
  }
}
