// SPDX-License-Identifier: Apache-2.0

/// How many resources of a scope a control found good and bad.
package struct ControlScore: Sendable, Codable, Equatable {
  package let control: String
  package let max: Int
  package let healthy: Int
  package let unhealthy: Int
  /// Resources to which no check of the control applies, or that are exempt from all that do.
  package let notApplicable: Int
  /// Resources of which it is not known whether they are healthy; they are not counted as assessed.
  package let unknown: Int

  package init(
    control: String, max: Int, healthy: Int, unhealthy: Int, notApplicable: Int = 0, unknown: Int = 0
  ) {
    self.control = control
    self.max = max
    self.healthy = healthy
    self.unhealthy = unhealthy
    self.notApplicable = notApplicable
    self.unknown = unknown
  }

  package var assessed: Int { healthy + unhealthy }
  /// Points: `max / (healthy + unhealthy) * healthy`; 0 where nothing is assessed.
  package var current: Double { assessed == 0 ? 0 : Double(max * healthy) / Double(assessed) }
  /// Points that its unhealthy resources would add.
  package var potential: Double { assessed == 0 ? 0 : Double(max * unhealthy) / Double(assessed) }
}

/// The score of one account, subscription or project.
package struct ScopeScore: Sendable, Codable, Equatable {
  package let cloud: String
  package let account: String
  /// Resources assessed by a control that gives points: what the scope weighs among others.
  package let weight: Int
  /// Every control, in the order of the model.
  package let controls: [ControlScore]

  package init(cloud: String, account: String, weight: Int, controls: [ControlScore]) {
    self.cloud = cloud
    self.account = account
    self.weight = weight
    self.controls = controls
  }

  package var current: Double { controls.reduce(0) { $0 + $1.current } }
  /// The points of the controls that assessed something: one with nothing assessed drops out of both sums.
  package var max: Int { controls.reduce(0) { $0 + ($1.assessed > 0 ? $1.max : 0) } }
  /// 0 to 100; nil where nothing that gives points is assessed.
  package var percentage: Double? { max == 0 ? nil : 100 * current / Double(max) }

  /// How much the percentage would grow if the control's unhealthy resources were healthy.
  package func increase(of control: String) -> Double {
    guard max > 0, let control = controls.first(where: { $0.control == control }) else { return 0 }
    return 100 * control.potential / Double(max)
  }
}

/// The classic secure score of several scopes.
package struct SecureScore: Sendable, Codable, Equatable {
  /// In the order of cloud and account.
  package let scopes: [ScopeScore]

  package init(scopes: [ScopeScore]) { self.scopes = scopes }

  package func filtered(cloud: String? = nil, account: String? = nil) -> SecureScore {
    SecureScore(
      scopes: scopes.filter {
        (cloud ?? $0.cloud) == $0.cloud && (account ?? $0.account).lowercased() == $0.account.lowercased()
      })
  }

  package var clouds: [String] { Set(scopes.map(\.cloud)).sorted() }
  package var weight: Int { scopes.reduce(0) { $0 + ($1.percentage == nil ? 0 : $1.weight) } }

  /// The scopes' percentages, each weighing as many as it has assessed resources; nil where none has a score.
  package var percentage: Double? { mean { $0.percentage } }

  /// How much the percentage would grow if the control's unhealthy resources were healthy everywhere.
  package func increase(of control: String) -> Double {
    mean { scope in scope.percentage.map { _ in scope.increase(of: control) } } ?? 0
  }

  /// The control's resources over all scopes.
  package func total(_ control: String) -> ControlScore {
    let all = scopes.flatMap(\.controls).filter { $0.control == control }
    func sum(_ value: (ControlScore) -> Int) -> Int { all.reduce(0) { $0 + value($1) } }
    return ControlScore(
      control: control, max: all.first?.max ?? 0, healthy: sum(\.healthy), unhealthy: sum(\.unhealthy),
      notApplicable: sum(\.notApplicable), unknown: sum(\.unknown))
  }

  private func mean(_ value: (ScopeScore) -> Double?) -> Double? {
    var (sum, weights) = (0.0, 0.0)
    for scope in scopes {
      guard let value = value(scope) else { continue }
      sum += value * Double(scope.weight)
      weights += Double(scope.weight)
    }
    return weights > 0 ? sum / weights : nil
  }
}

extension SecureScore {
  private struct Place: Hashable {
    let cloud: String
    let account: String
  }

  /// What was said of a resource by the checks of a control.
  private struct Words: OptionSet {
    let rawValue: UInt8
    static let healthy = Words(rawValue: 1)
    static let unhealthy = Words(rawValue: 2)
    static let notApplicable = Words(rawValue: 4)
    static let unknown = Words(rawValue: 8)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ status: Status) {
      self =
        switch status {
        case .healthy: .healthy
        case .unhealthy: .unhealthy
        case .notApplicable: .notApplicable
        case .unknown: .unknown
        }
    }
  }

  /// Counts verdicts. A resource is healthy in a control only where all its checks there are; one of which a word is
  /// not known is not healthy, nor is it held against the account.
  ///
  /// - Parameter exempt: keys of findings that count as not applicable.
  package init(_ verdicts: Verdicts, _ model: SecureScoreModel, exempt: Set<Int64> = []) {
    let width = model.controls.count
    var words = [Words](repeating: [], count: verdicts.subjects.count * width)
    let controls = verdicts.checks.map { $0.maturity == .stable ? model.control(of: $0) : nil }
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    for verdict in verdicts.list {
      guard let control = controls[verdict.check] else { continue }
      let isExempt =
        !exempt.isEmpty
        && exempt.contains(hashes[verdict.check].key(resource: verdicts.subjects[verdict.subject].id))
      words[verdict.subject * width + control].formUnion(isExempt ? .notApplicable : Words(verdict.status))
    }

    struct Tally {
      var weight = 0
      var counts: [(healthy: Int, unhealthy: Int, notApplicable: Int, unknown: Int)]
    }
    var tallies: [Place: Tally] = [:]
    for (subject, place) in verdicts.subjects.map({ Place(cloud: $0.cloud, account: $0.account) }).enumerated() {
      let row = words[(subject * width)..<((subject + 1) * width)]
      if row.allSatisfy(\.isEmpty) { continue }
      var tally = tallies[place] ?? Tally(counts: Array(repeating: (0, 0, 0, 0), count: width))
      var isAssessed = false
      for (control, said) in row.enumerated() where !said.isEmpty {
        if said.contains(.unhealthy) {
          tally.counts[control].unhealthy += 1
        } else if said.contains(.unknown) {
          tally.counts[control].unknown += 1
          continue
        } else if said.contains(.healthy) {
          tally.counts[control].healthy += 1
        } else {
          tally.counts[control].notApplicable += 1
          continue
        }
        isAssessed = isAssessed || model.controls[control].max > 0
      }
      if isAssessed { tally.weight += 1 }
      tallies[place] = tally
    }
    let places = tallies.keys.sorted { ($0.cloud, $0.account) < ($1.cloud, $1.account) }
    scopes = places.compactMap { place in
      tallies[place].map { tally in
        ScopeScore(
          cloud: place.cloud, account: place.account, weight: tally.weight,
          controls: zip(model.controls, tally.counts).map { control, count in
            ControlScore(
              control: control.id, max: control.max, healthy: count.healthy, unhealthy: count.unhealthy,
              notApplicable: count.notApplicable, unknown: count.unknown)
          })
      }
    }
  }
}
