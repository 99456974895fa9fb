// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Frameworks and evidence made for one test.
private enum Made {
  static let head = "id: own\ntitle: Own\nversion: \"1\"\nclouds: [aws]\n"

  static func library(_ framework: String, checks: [String: String] = [:]) throws -> FrameworkLibrary {
    try Fixture.withFolder { folder in
      let folder = URL(filePath: folder)
      var files = ["frameworks/own.yaml": framework]
      for (name, rest) in checks {
        files["checks/test/unit/\(name).yaml"] =
          Fixture.text(name, rule: "unhealthy: properties.X == 1") + "\n" + rest
      }
      for (path, text) in files {
        let url = folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      let content = ContentLibrary(overrides: [folder.path])
      return try FrameworkLibrary(content, checks: CheckLibrary(content, cloud: "test"))
    }
  }

  /// The framework `own` with one control `1` whose members are `rest`.
  static func framework(_ rest: String, checks: [String: String] = ["good": ""]) throws -> Framework {
    let library = try library(
      head + "groups:\n  - id: g\n    title: G\n    controls:\n      - id: \"1\"\n        title: One\n" + rest,
      checks: checks)
    return try #require(
      library.framework("own"), "\(library.problems.filter { $0.location.path.contains("own.yaml") })")
  }

  static let linked = "        checks: {test.unit.good: check}\n"

  static func evidence(_ statuses: [Status], account: String = "1") -> ComplianceEvidence {
    var evidence = ComplianceEvidence()
    for status in statuses {
      evidence.add("test.unit.good", ComplianceEvidence.Place(cloud: "aws", account: account), status)
    }
    return evidence
  }

  static func attestation(account: String = "", made: Int64 = 10, expires: Int64 = 20) -> Attestation {
    Attestation(
      framework: "own", control: "1", account: account, owner: "ana", evidence: "minutes", made: made, expires: expires)
  }
}

@Suite struct FrameworkReaderTests {
  private static let group = "groups:\n  - id: g\n    title: G\n    controls:\n"

  /// A framework with these lines of controls.
  private static func text(_ controls: String..., head: String = Made.head) -> String {
    head + group + controls.map { "      - {" + $0 + "}\n" }.joined()
  }

  private static let broken: [(String, String)] = [
    ("title: Own\n", "own.yaml:1:1: 'id' is missing"),
    (Made.head + "group: []\n", "own.yaml:5:1: unknown key 'group'; did you mean 'groups'?"),
    (Made.head, "own.yaml:1:1: 'groups' is missing"),
    (Made.head + "groups: []\n", "own.yaml:1:1: the framework has no controls"),
    (
      text("id: a, title: One", head: Made.head.replacing("aws", with: "oci")),
      "own.yaml:4:9: 'oci' is no cloud; one of aws, azure, gcp"
    ),
    (text("id: a, title: One", "id: A, title: Two"), "own.yaml:10:9: control 'A' is also defined at"),
    (
      text("id: a, title: One, checks: {test.unit.goof: check}"),
      "there is no check 'test.unit.goof'; did you mean 'test.unit.good'?"
    ),
    (text("id: a, title: One, manual: true, add: {test.unit.good: x}"), "a manual control takes no checks"),
    (
      text("id: a, title: One, checks: {test.unit.good: check}, drop: {test.unit.good: no}"),
      "check 'test.unit.good' is dropped and named at once"
    ),
    (
      text("id: a, title: One, checks: {test.unit.good: check}, add: {test.unit.good: so}"),
      "check 'test.unit.good' stands under 'checks' as well"
    ),
    (text("id: a, title: One, add: {test.unit.good: ' '}"), "'test.unit.good' has no reason"),
    (text("id: a, title: ' '"), "'title' is empty"),
    (
      text("id: a, title: One", head: Made.head.replacing("id: own", with: "id: other")),
      "framework 'other' belongs in frameworks/other.yaml"
    ),
  ]

  @Test(arguments: broken)
  func whatIsWrongIsNamedWithItsPlace(text: String, problem: String) throws {
    let library = try Made.library(text, checks: ["good": ""])
    let own = library.problems.map(\.description).filter { $0.contains("own.yaml") }
    #expect(own.count == 1 && own[0].contains(problem), "\(own)")
    #expect(own.first?.contains(#/own\.yaml:\d+:\d+: /#) ?? false)
  }

  @Test func groupsMayNotStandInGroupsWithoutEnd() throws {
    var text = Made.head
    for depth in 0..<7 {
      let pad = String(repeating: "    ", count: depth)
      text += "\(pad)groups:\n\(pad)  - id: g\n\(pad)    title: G\n"
    }
    let problems = try Made.library(text).problems.map(\.description)
    #expect(problems.contains { $0.contains("groups stand in groups more than 6 deep") })
  }

  /// What checks say themselves counts as well; a correction by hand wins.
  @Test(arguments: [
    ("", ["check"]), ("        manual: true\n", []), ("        drop: {test.unit.good: not so}\n", []),
    ("        add: {test.unit.good: \"so it is\"}\n", ["hand: so it is"]),
    ("        checks: {test.unit.good: \"prowler:x\"}\n", ["prowler:x"]),
  ])
  func aChecksOwnEntryIsALink(rest: String, traces: [String]) throws {
    let framework = try Made.framework(rest, checks: ["good": "controls: {own: [\"1\", \"2\"], other: [\"1\"]}"])
    #expect(framework.controls.map { $0.links.map(\.trace) } == [traces])
  }
}

@Suite struct ControlStateTests {
  @Test(arguments: [
    (Tally(), false, ControlState.unproved), (Tally(), true, .attested),
    (Tally(healthy: 3), false, .proved), (Tally(healthy: 3), true, .proved),
    (Tally(healthy: 3, unknown: 1), false, .unproved), (Tally(healthy: 3, unknown: 1), true, .attested),
    (Tally(unknown: 1), false, .unproved),
    (Tally(healthy: 9, unhealthy: 1), false, .failed), (Tally(healthy: 9, unhealthy: 1), true, .failed),
    (Tally(healthy: 9, unhealthy: 1, unknown: 5), true, .failed),
    (Tally(healthy: 1, exempt: 4), false, .proved), (Tally(exempt: 4), false, .unproved),
    (Tally(exempt: 4), true, .attested), (Tally(exempt: 4, unknown: 1), false, .unproved),
  ])
  func theStateFollowsFromTheEvidence(tally: Tally, isAttested: Bool, state: ControlState) {
    #expect(ControlState(tally, isAttested: isAttested) == state)
  }

  @Test(arguments: [
    ([Status.healthy, .healthy], ControlState.proved, "2 healthy"),
    ([.healthy, .unhealthy, .unknown], .failed, "1 of 3 not as they should be"),
    ([.healthy, .unknown], .unproved, "1 of 2 unknown"),
    ([.notApplicable], .unproved, "nothing was judged by its checks"),
  ])
  func findingsOfTheChecksAreTheEvidence(statuses: [Status], state: ControlState, reason: String) throws {
    let assessment = Assessment(
      try Made.framework(Made.linked), evidence: Made.evidence(statuses), now: Fixture.now)
    #expect(assessment.results.map(\.state) == [state])
    #expect(assessment.results.map(\.reason) == [reason])
    #expect(assessment.percentage(state) == 100)
  }

  @Test(arguments: [
    (Int64(9), ControlState.unproved), (10, .attested), (19, .attested), (20, .unproved), (900, .unproved),
  ])
  func anAttestationCountsUntilItLapses(now: Int64, state: ControlState) throws {
    let assessment = Assessment(
      try Made.framework("        manual: true\n"), evidence: ComplianceEvidence(),
      attestations: [Made.attestation()], now: now)
    #expect(assessment.results[0].state == state)
    #expect(assessment.results[0].reason.hasSuffix("; the attestation has lapsed") == (state == .unproved))
  }

  @Test func aWordForOneAccountSaysNothingOfAll() throws {
    let framework = try Made.framework(Made.linked)
    func state(_ account: String?, _ said: [Attestation]) -> ControlState {
      Assessment(
        framework, in: ComplianceScope(account: account), evidence: ComplianceEvidence(), attestations: said, now: 15
      ).results[0].state
    }
    #expect(state("1", [Made.attestation(account: "1")]) == .attested)
    #expect(state("2", [Made.attestation(account: "1")]) == .unproved)
    #expect(state(nil, [Made.attestation(account: "1")]) == .unproved)
    #expect(state("2", [Made.attestation()]) == .attested)
    // The nearer one has lapsed, that for all stands.
    #expect(state("1", [Made.attestation(account: "1", expires: 12), Made.attestation()]) == .attested)
  }

  @Test func aScopeSeesOnlyItsOwn() throws {
    let framework = try Made.framework(Made.linked)
    var evidence = Made.evidence([.healthy], account: "1")
    evidence.add("test.unit.good", ComplianceEvidence.Place(cloud: "aws", account: "2"), .unhealthy)
    func state(_ scope: ComplianceScope) -> ControlState {
      Assessment(framework, in: scope, evidence: evidence, now: 0).results[0].state
    }
    #expect(state(ComplianceScope()) == .failed)
    #expect(state(ComplianceScope(account: "1")) == .proved)
    #expect(state(ComplianceScope(cloud: "aws", account: "2")) == .failed)
    #expect(state(ComplianceScope(cloud: "gcp")) == .unproved)
  }

  @Test func exemptFindingsOfAStoreAreNoFaults() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let rows = [
        try Fixture.row("a", #""properties":{"X":1}"#), try Fixture.row("b", #""properties":{"X":2}"#),
      ]
      let found = try FindingStore(store).record(Judge(checks: [check]).judge(Fixture.estate(rows)), at: Fixture.now)
      let framework = try Made.framework(Made.linked)
      let bad = try #require(found.first { $0.status == .unhealthy })
      func result(_ exempt: Set<Int64>) throws -> ControlResult {
        Assessment(framework, evidence: try ComplianceEvidence(store, exempt: exempt), now: Fixture.now).results[0]
      }
      #expect(try result([]).state == .failed)
      #expect(try result([bad.key]).state == .proved)
      #expect(try result([bad.key]).tally == Tally(healthy: 1, exempt: 1))
      #expect(try MicrosoftRollUp(framework, in: ComplianceScope(), store).percentage == 50)
      #expect(try MicrosoftRollUp(framework, in: ComplianceScope(), store, exempt: [bad.key]).percentage == 100)
    }
  }

  @Test func attestationsAreReplacedAndWithdrawn() throws {
    try Fixture.withFolder { folder in
      let attestations = try AttestationStore(Store(directory: folder))
      try attestations.attest(Made.attestation())
      try attestations.attest(Made.attestation(account: "1"))
      try attestations.attest(Made.attestation(made: 12, expires: 30))
      #expect(try attestations.standing() == [Made.attestation(made: 12, expires: 30), Made.attestation(account: "1")])
      #expect(try attestations.withdraw(framework: "own", control: "1", at: 13))
      #expect(try !attestations.withdraw(framework: "own", control: "1", at: 14))
      #expect(try attestations.standing() == [Made.attestation(account: "1")])
    }
  }
}

@Suite struct RollUpTests {
  @Test func oneOfTwentyResourcesIsFivePercent() {
    let kinds = [MicrosoftRollUp.Kind](repeating: .compliant, count: 12) + [.nonCompliant]
    let rollUp = MicrosoftRollUp(kinds + [.exempt, .exempt, .exempt, .unknown, .unknown, .unknown, .unknown])
    #expect(rollUp.percentage == 95)
    #expect(MicrosoftRollUp([]).percentage == nil)
  }
}

private let library = try? CheckLibrary(ContentLibrary())
private let shipped = library.flatMap { try? FrameworkLibrary(ContentLibrary(), checks: $0) }
private let shippedChecks = Dictionary((library?.checks ?? []).map { ($0.id, $0) }) { first, _ in first }

@Suite struct ShippedFrameworksTests {
  @Test func everyFrameworkFileReads() throws {
    let library = try #require(shipped)
    #expect(library.problems.map(\.description) == [])
    #expect(
      library.frameworks.map(\.id) == [
        "cis_aws_6.0", "cis_aws_7.0", "cis_azure_2.0", "cis_azure_3.0", "cis_azure_6.0", "cis_controls_8.1",
        "cis_gcp_4.0", "cis_gcp_5.0", "dora", "gdpr", "hipaa", "iso27001_2013", "iso27001_2022", "mcsb", "nis2",
        "nist_800_53_r5", "nist_csf_2.0", "pci_4.0.1", "soc2",
      ])
  }

  /// Each link can be followed to where it comes from.
  @Test(arguments: shipped?.frameworks.map(\.id) ?? [])
  func everyLinkHasAGround(id: String) throws {
    let framework = try #require(shipped?.framework(id))
    let controls = framework.controls
    #expect(Set(controls.map { $0.id.lowercased() }).count == controls.count)
    #expect(controls.contains { !$0.links.isEmpty })
    let names = Set([framework.id, "iso27001_2022"] + framework.aliases)
    for control in controls {
      #expect(Set(control.links.map(\.check)).count == control.links.count, "\(control.id)")
      for link in control.links where !link.trace.hasPrefix("hand: ") {
        let check = try #require(shippedChecks[link.check], "\(control.id): \(link.check)")
        #expect(framework.clouds.contains(check.cloud), "\(control.id): \(link.check)")
        let ground = link.trace.split(separator: " ").last.map(String.init) ?? ""
        #expect(
          ground == "check" ? check.controls.contains { names.contains($0.framework) } : check.sameAs.contains(ground),
          "\(control.id): \(link.check) by \(link.trace)")
      }
    }
  }
}
