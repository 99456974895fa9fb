// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// How much risk an estate's faults carry: 0 is none, 100 is all. docs/scores.md has the formula.
///
/// All numbers are whole: millionths of a point, so that what stands in the parts adds up to what stands in the whole.
package struct RiskScore: Sendable, Codable, Equatable {
  /// Units of one point.
  package static let scale = 1_000_000

  /// A part of the whole, named.
  package struct Part: Sendable, Codable, Equatable {
    package let name: String
    package let units: Int
  }

  /// One resource: its own risk of 100 points, and what it adds to the whole.
  package struct Resource: Sendable, Codable, Equatable {
    package let id: String
    package let type: String
    package let cloud: String
    package let account: String
    package let faults: Int
    package let risk: Int
    package let units: Int
    /// Percent: exposure, data, criticality.
    package let exposure: Int
    package let data: Int
    package let criticality: Int
  }

  static let listed = 25

  package let units: Int
  /// Resources judged, each weighing what its criticality says.
  package let resources: Int
  package let byAccount: [Part]
  package let byControl: [Part]
  package let bySeverity: [Part]
  /// Those that add most, the first 25.
  package let worst: [Resource]
  /// What all other resources add.
  package let others: Int
  /// Factors without facts.
  package let absent: [String]
}

/// The risk score with what each resource and each fault adds to it.
struct RiskLedger {
  struct Factors {
    var (exposure, data, criticality, risk) = (100, 100, 100, 0)
  }

  struct Fault {
    let subject: Int
    let check: Int
    let units: Int
  }

  let units: Int
  /// Resources judged.
  let resources: Int
  /// By subject: its factors, what it adds, and how many faults it has.
  let factors: [Factors]
  let shares: [Int]
  let counts: [Int]
  let faults: [Fault]

  /// What is known of one resource while its faults are added up.
  private struct Load {
    var isJudged = false
    var isExposed = false
    var faults: [(check: Int, points: Int)] = []
  }

  /// - Parameters:
  ///   - estate: rows of `resources`, the first of the subjects.
  ///   - exempt: keys of findings that are left out.
  init(
    _ verdicts: Verdicts, _ estate: Batch, _ model: RiskModel, _ controls: SecureScoreModel, exempt: Set<Int64>
  ) {
    let places = verdicts.checks.map { $0.maturity == .stable ? controls.control(of: $0) : nil }
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    var loads = [Load](repeating: Load(), count: verdicts.subjects.count)
    for verdict in verdicts.list {
      guard let place = places[verdict.check], verdict.status == .healthy || verdict.status == .unhealthy else {
        continue
      }
      let check = verdicts.checks[verdict.check]
      let key = hashes[verdict.check].key(resource: verdicts.subjects[verdict.subject].id)
      if !exempt.isEmpty, exempt.contains(key) { continue }
      loads[verdict.subject].isJudged = true
      guard verdict.status == .unhealthy else { continue }
      loads[verdict.subject].faults.append((verdict.check, model.severity[check.severity] ?? 0))
      if model.exposing.contains(controls.controls[place].id) { loads[verdict.subject].isExposed = true }
    }

    // Each resource's own risk, and what it weighs.
    var factors = [Factors](repeating: Factors(), count: loads.count)
    var (weighted, weights, judged) = (0, 0, 0)
    for (subject, load) in loads.enumerated() where load.isJudged {
      let tags = model.tags(of: subject, in: estate)
      var own = Factors()
      own.exposure = load.isExposed ? model.exposure : 100
      (own.data, own.criticality) = (tags.data, tags.criticality)
      let points = load.faults.reduce(0) { $0 + $1.points }
      own.risk = min(100 * RiskScore.scale, points * own.exposure * own.data * (RiskScore.scale / 10_000))
      factors[subject] = own
      weighted += own.criticality * own.risk
      weights += own.criticality
      judged += 1
    }

    // The whole is shared among the resources by what each added to the sum, and of each among its faults.
    units = weights == 0 ? 0 : (weighted + weights / 2) / weights
    shares = Apportion.shares(of: units, by: factors.map { $0.criticality * $0.risk })
    var faults: [Fault] = []
    for (subject, load) in loads.enumerated() where !load.faults.isEmpty {
      for (fault, part) in zip(load.faults, Apportion.shares(of: shares[subject], by: load.faults.map(\.points))) {
        faults.append(Fault(subject: subject, check: fault.check, units: part))
      }
    }
    self.faults = faults
    self.factors = factors
    counts = loads.map(\.faults.count)
    resources = judged
  }
}

extension RiskScore {
  /// - Parameters:
  ///   - estate: what the verdicts are of; its rows are the first of their subjects.
  ///   - exempt: keys of findings that are left out.
  package init(
    _ verdicts: Verdicts, _ estate: Estate, _ model: RiskModel, _ controls: SecureScoreModel, exempt: Set<Int64> = []
  ) {
    self.init(
      RiskLedger(verdicts, estate.resources, model, controls, exempt: exempt), verdicts, model, controls)
  }

  init(_ ledger: RiskLedger, _ verdicts: Verdicts, _ model: RiskModel, _ controls: SecureScoreModel) {
    var byAccount: [String: Int] = [:]
    var byControl = [Int](repeating: 0, count: controls.controls.count)
    var bySeverity: [Severity: Int] = [:]
    for fault in ledger.faults {
      let (place, check) = (verdicts.subjects[fault.subject], verdicts.checks[fault.check])
      byAccount["\(place.cloud)/\(place.account)", default: 0] += fault.units
      if let control = controls.control(of: check) { byControl[control] += fault.units }
      bySeverity[check.severity, default: 0] += fault.units
    }
    let shares = ledger.shares
    let order = shares.indices.filter { shares[$0] > 0 }.sorted {
      (shares[$1], verdicts.subjects[$0].id) < (shares[$0], verdicts.subjects[$1].id)
    }
    worst = order.prefix(Self.listed).map { subject in
      let (place, own) = (verdicts.subjects[subject], ledger.factors[subject])
      return Resource(
        id: place.id, type: place.type, cloud: place.cloud, account: place.account,
        faults: ledger.counts[subject], risk: own.risk, units: shares[subject], exposure: own.exposure,
        data: own.data, criticality: own.criticality)
    }
    others = order.dropFirst(Self.listed).reduce(0) { $0 + shares[$1] }
    self.byAccount = byAccount.sorted { $0.key < $1.key }.map { Part(name: $0.key, units: $0.value) }
    self.byControl = zip(controls.controls, byControl).filter { $0.1 > 0 }.map { Part(name: $0.id, units: $1) }
    self.bySeverity = Severity.allCases.reversed().map { Part(name: $0.rawValue, units: bySeverity[$0] ?? 0) }
    units = ledger.units
    resources = ledger.resources
    absent = model.absent
  }
}

extension RiskModel {
  /// What the tags of a resource say of its data and its worth, in percent.
  func tags(of row: Int, in estate: Batch) -> (data: Int, criticality: Int) {
    guard row < estate.count,
      case .dynamic(let column) = estate.columns[ResourceRows.index(of: "tags")]
    else { return (100, 100) }
    let tags = column[row]
    return (data.value(tags) ?? 100, criticality.value(tags) ?? 100)
  }
}
