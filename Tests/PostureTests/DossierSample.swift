// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Testing

@testable import Posture

/// A small estate that was judged, with all that a report of it needs: three checks, a framework, names that hold markup,
/// something not known, something exempt.
struct DossierSample {
  static let markup = #"<script>alert("1")</script>&'x"#

  let content: ContentLibrary
  let library: CheckLibrary
  let framework: Framework
  let estate: Estate
  let documents: [[UInt8]]
  let material: Dossier.Material

  private static let framework = """
    id: house
    title: House rules <b>
    version: "1"
    clouds: [aws]
    groups:
      - id: A
        title: All
        controls:
          - {id: A1, title: Nothing is bad, checks: {test.unit.bad: by hand}}
          - {id: A2, title: Nothing is open, checks: {test.unit.open: by hand, test.unit.bad: by hand}}
          - {id: A3, title: Somebody says so, manual: true}
          - {id: A4, title: Nobody says so}
          - {id: A5, title: Nothing is strange, checks: {test.unit.strange: by hand}}

    """

  private static func check(_ name: String, _ control: String, _ severity: String, _ rule: String) -> ContentFile {
    let text = Fixture.text(name, rule: rule).replacing("control: testing", with: "control: \(control)")
      .replacing("severity: high", with: "severity: \(severity)")
    return ContentFile(path: "checks/test/unit/\(name).yaml", bytes: Array(text.utf8))
  }

  /// - Parameter rows: what is bad, open, strange and not known of each resource; its tags.
  init(
    _ rows: [(id: String, account: String, flaws: Set<String>, tags: String)] = Self.standard,
    exempt: Set<String> = ["x"]
  ) throws {
    let shipped = ContentLibrary()
    var files = [
      Self.check(
        "bad", "encrypt-data-in-transit", "high", "applies: properties.skip != true\nunhealthy: properties.bad == true"),
      Self.check("open", "restrict-network-access", "critical", "unhealthy: properties.open == true"),
      Self.check(
        "strange", "manage-access", "low",
        """
        query: |
          resources | where type == 'aws::test::thing'
          | extend HealthStatus = iff(properties.strange == true, 'UNHEALTHY', 'HEALTHY')
          | project Id = id, HealthStatus, Evidence = pack('strange', properties.strange)
        """),
      ContentFile(path: "frameworks/house.yaml", bytes: Array(Self.framework.utf8)),
    ]
    for path in ["scores/secure-score.yaml", "scores/risk.yaml"] {
      files.append(try #require(try shipped.file(at: path)))
    }
    content = ContentLibrary(files: files)
    library = try CheckLibrary(content)
    #expect(library.problems.map(\.description) == [])
    let frameworks = try FrameworkLibrary(content, checks: library)
    #expect(frameworks.problems.map(\.description) == [])
    framework = try #require(frameworks.framework("house"))
    let scorer = try Scorer(content, checks: library.stable)

    let values = try rows.map { row in
      let flaws = ["bad", "open", "strange", "skip"].filter(row.flaws.contains).map { "\"\($0)\":true" }
      let id = JSONDraft.string(row.id).document().root.text
      return try JSONDocument.parse(
        """
        {"id":\(id),"type":"aws::test::thing","cloud":"aws","subscriptionId":"\(row.account)","location":"us-east-1",\
        "properties":{\(flaws.joined(separator: ","))},"tags":\(row.tags)}
        """
      ).root
    }
    documents = values.map { $0.serialized() }
    let gaps = rows.filter { $0.flaws.contains("hidden") }.map {
      Fixture.gap(id: $0.id, paths: ["properties.open"], account: $0.account)
    }
    estate = Fixture.estate(values, gaps: gaps, covered: nil)
    let exemption =
      try exempt.isEmpty
      ? nil
      : PolicyStore.exemption(
        .object([
          ("id", .string("ex-1")), ("category", .string("Waiver")), ("checks", .array([.string("test.unit.bad")])),
          ("scope", .object([("resource", .array(exempt.sorted().map(JSONDraft.string)))])),
          ("reason", .string("because of \(Self.markup)")), ("approver", .string("ada@example.org")),
        ]))
    let judged = estate
    let findings = try Fixture.withFolder { folder in
      try FindingStore(try Store(directory: folder)).record(scorer.judge.judge(judged), at: Fixture.now)
    }
    let marked = findings.map { finding in
      var finding = finding
      guard finding.status == .unhealthy else { return finding }
      var mark = FindingMark(owner: Self.markup, due: Fixture.now - 1)
      if finding.check.id == "test.unit.bad", exempt.contains(finding.subject.id) {
        mark.exemption = .init(id: "ex-1", category: .waiver, expires: nil)
      }
      finding.mark = mark
      return finding
    }
    material = Dossier.Material(
      scan: Report.Scan(
        id: "7", targets: ["aws"], started: Fixture.now, finished: Fixture.now + 10_000_000, resources: rows.count,
        calls: 3,
        gaps: [
          CoverageGap(
            cloud: "aws", account: "1", region: "us-east-1", service: "test", operation: "GetThing",
            type: "aws::test::thing", reason: .accessDenied, message: Self.markup, permission: "test:GetThing")
        ], version: "9.9"),
      judged: Fixture.now, made: Fixture.now + 20_000_000, seen: Fixture.now + 20_000_000, content: scorer.fingerprint,
      findings: marked,
      resources: estate.resources, model: scorer.controls, risk: scorer.risk, frameworks: frameworks.frameworks,
      attestations: [
        Attestation(
          framework: "house", control: "A3", owner: "ana@example.org", evidence: Self.markup, made: Fixture.now - 5,
          expires: Fixture.now + 1_000_000_000_000)
      ], exemptions: [exemption].compactMap(\.self), notes: [Self.markup])
  }

  static let standard: [(id: String, account: String, flaws: Set<String>, tags: String)] = [
    ("a", "1", ["bad"], #"{"env":"prod","note":"<b>"}"#), ("b", "1", [], "{}"), ("c", "2", ["hidden"], "{}"),
    ("d", "2", ["open", "bad", "strange"], #"{"classification":"pii"}"#), ("x", "2", ["bad"], "{}"),
    (markup, "1", ["open", "skip"], #"{"owner":"<img src=x onerror=alert(1)>"}"#),
  ]

  /// Estates of any kind, the same for the same seed.
  init(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let tags = ["{}", #"{"env":"prod"}"#, #"{"environment":"sandbox"}"#, #"{"sensitivity":"phi","env":"dev"}"#]
    let rows = (0..<Int.random(in: 1...60, using: &random)).map { index in
      (
        id: "r\(index)", account: String(Int.random(in: 1...3, using: &random)),
        flaws: Set(
          ["bad", "open", "strange", "skip", "hidden"].filter { _ in Int.random(in: 0..<4, using: &random) == 0 }),
        tags: tags[Int.random(in: 0..<4, using: &random)]
      )
    }
    try self.init(rows, exempt: Set(rows.map(\.id).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }))
  }

  func pack(_ key: SigningKey, framework: Framework? = nil) throws -> [UInt8] {
    try EvidencePack.make(
      material, framework: framework, estate: estate, documents: documents, content: content, key: key)
  }
}

/// Numbers that are the same for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
