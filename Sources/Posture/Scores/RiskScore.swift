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

extension RiskScore {
  /// What is known of one resource while its faults are added up.
  private struct Load {
    var isJudged = false
    var isExposed = false
    var faults: [(check: Int, points: Int)] = []
  }

  /// - Parameters:
  ///   - estate: what the verdicts are of; its rows are the first of their subjects.
  ///   - exempt: keys of findings that are left out.
  package init(
    _ verdicts: Verdicts, _ estate: Estate, _ model: RiskModel, _ controls: SecureScoreModel, exempt: Set<Int64> = []
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
    let tags: (Int) -> JSONValue? = { row in
      guard row < estate.resources.count,
        case .dynamic(let column) = estate.resources.columns[ResourceRows.index(of: "tags")]
      else { return nil }
      return column[row]
    }
    struct Factors {
      var (exposure, data, criticality, risk) = (100, 100, 100, 0)
    }
    var factors = [Factors](repeating: Factors(), count: loads.count)
    var (weighted, weights, judged) = (0, 0, 0)
    for (subject, load) in loads.enumerated() where load.isJudged {
      let tags = tags(subject)
      var own = Factors()
      own.exposure = load.isExposed ? model.exposure : 100
      own.data = model.data.value(tags) ?? 100
      own.criticality = model.criticality.value(tags) ?? 100
      let points = load.faults.reduce(0) { $0 + $1.points }
      own.risk = min(100 * Self.scale, points * own.exposure * own.data * (Self.scale / 10_000))
      factors[subject] = own
      weighted += own.criticality * own.risk
      weights += own.criticality
      judged += 1
    }

    // The whole is shared among the resources by what each added to the sum, and of each among its faults.
    let total = weights == 0 ? 0 : (weighted + weights / 2) / weights
    let shares = Apportion.shares(of: total, by: factors.map { $0.criticality * $0.risk })
    var byAccount: [String: Int] = [:]
    var byControl = [Int](repeating: 0, count: controls.controls.count)
    var bySeverity: [Severity: Int] = [:]
    for (subject, load) in loads.enumerated() where !load.faults.isEmpty {
      let place = verdicts.subjects[subject]
      byAccount["\(place.cloud)/\(place.account)", default: 0] += shares[subject]
      for (fault, part) in zip(load.faults, Apportion.shares(of: shares[subject], by: load.faults.map(\.points))) {
        if let control = places[fault.check] { byControl[control] += part }
        bySeverity[verdicts.checks[fault.check].severity, default: 0] += part
      }
    }
    let order = loads.indices.filter { shares[$0] > 0 }.sorted {
      (shares[$1], verdicts.subjects[$0].id) < (shares[$0], verdicts.subjects[$1].id)
    }
    worst = order.prefix(Self.listed).map { subject in
      let (place, own) = (verdicts.subjects[subject], factors[subject])
      return Resource(
        id: place.id, type: place.type, cloud: place.cloud, account: place.account,
        faults: loads[subject].faults.count, risk: own.risk, units: shares[subject], exposure: own.exposure,
        data: own.data, criticality: own.criticality)
    }
    others = order.dropFirst(Self.listed).reduce(0) { $0 + shares[$1] }
    self.byAccount = byAccount.sorted { $0.key < $1.key }.map { Part(name: $0.key, units: $0.value) }
    self.byControl = zip(controls.controls, byControl).filter { $0.1 > 0 }.map { Part(name: $0.id, units: $1) }
    self.bySeverity = Severity.allCases.reversed().map { Part(name: $0.rawValue, units: bySeverity[$0] ?? 0) }
    units = total
    resources = judged
    absent = model.absent
  }
}
