// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import Posture
import Testing

/// The classic secure score, the risk score, and why they change.
struct ScoreTests {
  private static let model = Result { try SecureScoreModel(ContentLibrary()) }
  private var model: SecureScoreModel { get throws { try Self.model.get() } }

  private func scope(_ account: String, weight: Int, _ counts: [(max: Int, healthy: Int, unhealthy: Int)]) -> ScopeScore
  {
    ScopeScore(
      cloud: "azure", account: account, weight: weight,
      controls: counts.enumerated().map { index, count in
        ControlScore(control: "c\(index)", max: count.max, healthy: count.healthy, unhealthy: count.unhealthy)
      })
  }

  // MARK: Arithmetic

  @Test func sixOf78HealthyAtFourPointsGive031() {
    let control = ControlScore(control: "c", max: 4, healthy: 6, unhealthy: 72)
    #expect(ScoreNumber.text(control.current) == "0.31")
    #expect(ScoreNumber.text(control.potential) == "3.69")
  }

  @Test func theMaximaAreThePublishedOnes() throws {
    #expect(try model.controls.map(\.max) == [10, 8, 6, 6, 4, 4, 4, 4, 4, 3, 2, 2, 1, 0, 0])
    #expect(try model.controls.reduce(0) { $0 + $1.max } == 58)
  }

  @Test func aControlWithNothingAssessedDropsOutOfBothSums() {
    let score = scope("a", weight: 4, [(10, 0, 0), (4, 3, 1), (8, 0, 0)])
    #expect(score.max == 4)
    #expect(score.current == 3)
    #expect(score.percentage == 75)
    #expect(score.increase(of: "c1") == 25)
    #expect(score.increase(of: "c0") == 0)
    #expect(scope("a", weight: 0, [(10, 0, 0), (0, 5, 1)]).percentage == nil)
  }

  @Test func scopesWeighAsManyAsTheyHaveResources() {
    let score = SecureScore(scopes: [
      scope("a", weight: 30, [(10, 1, 0)]), scope("b", weight: 10, [(10, 0, 1)]), scope("c", weight: 99, [(0, 1, 1)]),
    ])
    #expect(score.percentage == 75)
    #expect(score.weight == 40)
    #expect(score.increase(of: "c0") == 25)
    #expect(SecureScore(scopes: []).percentage == nil)
  }

  // MARK: What counts

  /// Verdicts of checks by name; `a: 1` makes a row for which check `a` is unhealthy.
  private func verdicts(
    _ checks: [Check], _ rows: [(id: String, members: String)], gaps: [Estate.Gap] = []
  ) throws -> (Verdicts, Estate) {
    let estate = Fixture.estate(try rows.map { try Fixture.row($0.id, $0.members) }, gaps: gaps)
    return (Judge(checks: checks).judge(estate), estate)
  }

  private func check(
    _ name: String, control: String, maturity: String = "stable", severity: String = "high"
  ) throws -> Check {
    let text = Fixture.text(
      name, rule: "applies: isnotnull(properties.\(name))\nunhealthy: properties.\(name) == 1"
    )
    .replacing("control: testing", with: "control: \(control)")
    .replacing("maturity: stable", with: "maturity: \(maturity)")
    .replacing("severity: high", with: "severity: \(severity)")
    let library = try Fixture.library(["checks/test/unit/\(name).yaml": text])
    return try #require(library.checks.first)
  }

  private func counts(_ score: SecureScore, _ control: String) -> [Int] {
    let total = score.total(control)
    return [total.healthy, total.unhealthy, total.notApplicable, total.unknown]
  }

  @Test func aResourceIsHealthyOnlyWhereAllItsChecksOfTheControlAre() throws {
    let checks = [
      try check("a", control: "encrypt-data-at-rest"), try check("b", control: "manage-keys"),
      try check("c", control: "logging"), try check("d", control: "cost"),
      try check("e", control: "encrypt-data-at-rest", maturity: "experimental"),
    ]
    let (verdicts, _) = try verdicts(
      checks,
      [
        ("r1", #""properties":{"a":0,"b":0,"c":1,"d":1,"e":1}"#), ("r2", #""properties":{"a":0,"b":1}"#),
        ("r3", #""properties":{"a":1}"#), ("r4", #""properties":{"d":1,"e":1}"#),
      ])
    let score = SecureScore(verdicts, try model)
    #expect(counts(score, "enable-encryption-at-rest") == [1, 2, 1, 0])
    #expect(counts(score, "enable-auditing-and-logging") == [0, 1, 3, 0])
    #expect(score.scopes.map(\.weight) == [3])
    // 4 points of which a third, 1 point of which nothing.
    #expect(ScoreNumber.text(score.percentage ?? 0) == "26.67")
  }

  @Test func whatIsExemptOrNotKnownCountsNeitherWay() throws {
    let checks = [try check("a", control: "logging"), try check("b", control: "logging")]
    let rows = (1...4).map { ("r\($0)", #""properties":{"a":\#($0 == 1 ? 0 : 1),"b":0}"#) }
    let (verdicts, _) = try verdicts(checks, rows, gaps: [Fixture.gap(id: "r1", paths: ["properties.b"])])
    let all = SecureScore(verdicts, try model)
    #expect(counts(all, "enable-auditing-and-logging") == [0, 3, 0, 1])

    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder)).record(verdicts, at: 1)
      let exempt = findings.filter { $0.check.id == "test.unit.a" && ["r2", "r3"].contains($0.subject.id) }
      #expect(exempt.count == 2)
      let less = SecureScore(verdicts, try model, exempt: Set(exempt.map(\.key)))
      #expect(counts(less, "enable-auditing-and-logging") == [2, 1, 0, 1])
    }
  }

  @Test func everyGoalAndCheckOfTheContentHasItsControl() throws {
    let library = try CheckLibrary(ContentLibrary())
    let model = try model
    #expect(Set(library.checks.map(\.control)).subtracting(model.goals) == [])
    #expect(model.checks.subtracting(library.checks.map(\.id)) == [])
    let ports = library.checks.filter { check in
      model.control(of: check).map { model.controls[$0].id } == "secure-management-ports"
    }
    #expect(Set(ports.map(\.cloud)) == ["aws", "azure", "gcp"])
    #expect(library.checks.filter { $0.control == "cost" }.allSatisfy { model.control(of: $0) == nil })
  }

  // MARK: Sums

  @Test(arguments: 0..<50) func sharesAddUpToTheWhole(_ seed: Int) {
    var random = Seeded(state: UInt64(seed) &+ 1)
    let weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      Bool.random(using: &random) ? 0 : Int.random(in: 0...Int.max / 64, using: &random)
    }
    let total = Int.random(in: 0...Int.max / 2, using: &random)
    let shares = Apportion.shares(of: total, by: weights)
    let hasWeight = weights.contains { $0 > 0 }
    #expect(shares.reduce(0, +) == (hasWeight ? total : 0))
    #expect(zip(shares, weights).allSatisfy { $1 > 0 || $0 == 0 })
  }

  @Test func theLargestRemainderHasTheUnit() {
    #expect(Apportion.shares(of: 10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(Apportion.shares(of: 3, by: [50, 30, 20]) == [1, 1, 1])
    #expect(Apportion.shares(of: 5, by: [0, 0]) == [0, 0])
    #expect(Apportion.shares(of: 5, by: []) == [])
  }

  private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  /// Verdicts of a made-up estate.
  private func estate(_ seed: Int, checks: [Check]) throws -> (Verdicts, Estate) {
    var random = Seeded(state: UInt64(seed) &+ 99)
    let tags = [
      "", #","tags":{"criticality":"high"}"#, #","tags":{"env":"dev","Data-Classification":"PII"}"#,
      #","tags":{"criticality":"unheard-of"}"#,
    ]
    return try verdicts(
      checks,
      (0..<Int.random(in: 1...60, using: &random)).map { row in
        let values = ["a", "b", "c"].map { #""\#($0)":\#(Int.random(in: 0...1, using: &random))"# }
        let tag = tags.randomElement(using: &random) ?? ""
        return ("r\(row)", #""properties":{\#(values.joined(separator: ","))}\#(tag)"#)
      })
  }

  private func checks() throws -> [Check] {
    [
      try check("a", control: "logging", severity: "low"), try check("b", control: "restrict-network-access"),
      try check("c", control: "encrypt-data-at-rest", severity: "critical"),
    ]
  }

  @Test func partsOfTheRiskAddUpExactly() throws {
    let content = ContentLibrary()
    let (risk, checks) = (try RiskModel(content), try checks())
    for seed in 0..<40 {
      let (verdicts, estate) = try estate(seed, checks: checks)
      let score = RiskScore(verdicts, estate, risk, try model)
      #expect((0...100 * RiskScore.scale).contains(score.units))
      for parts in [score.byAccount, score.byControl, score.bySeverity] {
        #expect(parts.reduce(0) { $0 + $1.units } == score.units)
      }
      #expect(score.worst.reduce(score.others) { $0 + $1.units } == score.units)
    }
  }

  @Test func theRiskIsWhatTheFormulaSays() throws {
    let (verdicts, estate) = try verdicts(
      try checks(),
      [
        // 12 points, exposed, sensitive: 27 of 100, weighing 2.
        ("r1", #""properties":{"a":0,"b":1},"tags":{"criticality":"high","data-classification":"Confidential"}"#),
        // 41 points, weighing half.
        ("r2", #""properties":{"a":1,"c":1},"tags":{"env":"dev"}"#),
        // Nothing wrong, weighing 1.
        ("r3", #""properties":{"a":0}"#),
      ])
    let score = RiskScore(verdicts, estate, try RiskModel(ContentLibrary()), try model)
    // (2 * 27 + 0.5 * 41 + 0) / 3.5
    #expect(ScoreNumber.risk(score.units) == "21.285714")
    #expect(score.worst.map(\.id) == ["r1", "r2"])
    #expect(score.worst.map { ScoreNumber.risk($0.risk) } == ["27.000000", "41.000000"])
    #expect(score.absent == ["privileges"])
  }

  // MARK: Change

  @Test func partsOfAChangeAddUpExactly() throws {
    let (content, checks) = (ContentLibrary(), try checks())
    let (old, new) = (try Scorer(content, checks: [checks[0], checks[1]]), try Scorer(content, checks: checks))
    #expect(old.fingerprint != new.fingerprint)
    for seed in 0..<20 {
      let (before, after) = (try estate(seed, checks: checks).1, try estate(seed + 500, checks: checks).1)
      func score(_ scorer: Scorer, _ estate: Estate, _ exempt: Set<Int64>) -> ScoreRecord {
        scorer.score(scorer.judge.judge(estate), estate, state: 0, exempt: exempt)
      }
      let change = ScoreChange(
        from: score(old, before, []), content: score(new, before, []), estate: score(new, after, []),
        to: score(new, after, [1]))
      for parts in [change.secure, change.risk] + change.scopes.map(\.parts) {
        #expect(parts.before + parts.content + parts.estate + parts.exemptions == parts.after)
        #expect(parts.exemptions == 0)
      }
      #expect(change.secure.after == ScoreNumber.hundredths(score(new, after, []).secure.percentage ?? 0))
    }
  }

  /// A store in which two scans saw one thing, the second in another state.
  private func scans(_ body: (Store, [ScoreRecord]) throws -> Void, first: Scorer, second: Scorer, exempt: Set<Int64>)
    throws
  {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let kept = try ScoreStore(store)
      var records: [ScoreRecord] = []
      for (index, (scorer, value)) in [(first, 0), (second, 1)].enumerated() {
        let time = Int64(1_000 + index)
        let session = try store.beginScan(started: time)
        let row = try Fixture.row("r1", #""properties":{"a":\#(value),"b":1}"#)
        let scope = Scope(cloud: "aws", account: "1", region: "us-east-1", type: "aws::test::thing")
        try session.add(ResourceRecord(scope: scope, document: JSONDraft.value(row).document()))
        session.covered(scope)
        try session.commit(cloud: "aws", account: "1", finished: time, calls: 1)
        let estate = Estate(try store.snapshot(), now: time)
        let record = scorer.score(
          scorer.judge.judge(estate), estate, state: time, exempt: index == 1 ? exempt : [])
        try kept.record(record)
        records.append(record)
      }
      #expect(try kept.newest() == records[1])
      #expect(try kept.newest(at: 1_000) == records[0])
      #expect(try kept.newest(at: 999) == nil)
      try body(store, records)
    }
  }

  @Test func aChangeIsSplitIntoEstateContentAndExemptions() throws {
    let content = ContentLibrary()
    let (a, b) = (try check("a", control: "logging"), try check("b", control: "encrypt-data-at-rest"))
    let (one, both) = (try Scorer(content, checks: [a]), try Scorer(content, checks: [a, b]))
    try scans(
      { store, records in
        let change = try #require(try both.change(from: records[0], to: records[1], in: store))
        // 100 % by logging alone; encryption fails: 1 of 5 points; then logging does too.
        #expect(change.secure == ScoreChange.Parts(before: 10_000, content: 2_000, estate: 0, after: 0))
        #expect(change.isContentChanged)
        #expect(try one.change(from: records[0], to: records[1], in: store) == nil)
      }, first: one, second: both, exempt: [])
    let (verdicts, _) = try verdicts([a, b], [("r1", #""properties":{"a":1,"b":1}"#)])
    let exempt = try Fixture.withFolder { folder in
      try FindingStore(Store(directory: folder)).record(verdicts, at: 1).filter { $0.check.id == b.id }.map(\.key)
    }
    try scans(
      { store, records in
        let change = try #require(try both.change(from: records[0], to: records[1], in: store))
        // Encryption is exempt now, and logging failed before that: nothing of 1 point.
        #expect(change.secure == ScoreChange.Parts(before: 2_000, content: 2_000, estate: 0, after: 0))
        #expect(!change.isContentChanged && change.secure.content == 0)
        #expect(change.risk.exemptions < 0 && change.risk.estate > 0)
      }, first: both, second: both, exempt: Set(exempt))
  }
}
