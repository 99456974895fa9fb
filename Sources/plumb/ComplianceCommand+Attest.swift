// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import Inventory
import JSON
import KQL
import Posture
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ComplianceCommand {
  /// The frameworks, after every file that cannot be used has been named.
  static func library(_ content: ContentLibrary, _ checks: CheckLibrary) throws -> FrameworkLibrary {
    let library = try FrameworkLibrary(content, checks: checks)
    guard library.problems.isEmpty else {
      for problem in library.problems { Terminal.complain("\(problem)") }
      throw ExitCode(2)
    }
    return library
  }

  /// What the tables of compliance are made of, read when a query names one of them, and once for all.
  private final class Loaded: Sendable {
    struct Material {
      let frameworks: [Framework]
      let checks: [Check]
      let evidence: ComplianceEvidence
      let attestations: [Attestation]
      let assessments: [Assessment]
    }

    private let material = Mutex<Material?>(nil)
    let content: ContentLibrary
    let findings: FindingTables

    init(_ content: ContentLibrary, _ findings: FindingTables) {
      self.content = content
      self.findings = findings
    }

    func get() throws -> Material {
      try material.withLock { material in
        if let material { return material }
        let checks = try CheckCommand.library(content)
        let frameworks = try library(content, checks)
          .adding(try PolicyStateStore(findings.store).frameworks()).frameworks
        let evidence = try ComplianceEvidence(findings.store, exempt: try findings.exempt())
        let attestations = try AttestationStore(findings.store).standing()
        let made = Material(
          frameworks: frameworks, checks: checks.checks, evidence: evidence, attestations: attestations,
          assessments: frameworks.map {
            Assessment($0, evidence: evidence, attestations: attestations, now: findings.now)
          })
        material = made
        return made
      }
    }
  }

  /// The tables of what stands now. Returns those of `securityresources`.
  static func addTables(
    to catalog: inout Catalog, _ content: ContentLibrary, _ findings: FindingTables
  ) -> SecurityTable.Part {
    let loaded = Loaded(content, findings)
    catalog.add(
      "ComplianceStandards",
      LazyTable(schema: ComplianceTables.standardsSchema) {
        ComplianceTables.standards(try loaded.get().assessments)
      })
    catalog.add(
      "ComplianceControls",
      LazyTable(schema: ComplianceTables.controlsSchema) { ComplianceTables.controls(try loaded.get().assessments) })
    catalog.add(
      "ComplianceAssessments",
      LazyTable(schema: ComplianceTables.assessmentsSchema) {
        let material = try loaded.get()
        return ComplianceTables.assessments(material.assessments, material.evidence)
      })
    return RegulatoryResources.part {
      let material = try loaded.get()
      return try RegulatoryResources(
        material.frameworks, material.checks, material.evidence, material.attestations, findings.store,
        now: findings.now)
    }
  }

  struct Attest: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keeps a person's word that a control holds.",
      discussion: """
        Examples:
          plumb compliance attest iso27001_2022 A.5.1 --owner ana@example.com --evidence policy.pdf --expires 365d
          plumb compliance attest pci_4.0.1 12.1.1 --owner ana --evidence 'board minutes 14' --expires 2027-06-30
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The framework.") var framework: String
    @Argument(help: "The control.") var control: String
    @Option(help: "Who vouches for it.") var owner: String
    @Option(help: "What proves it: a text, a link or a file. Of a file the SHA-256 is kept as well.")
    var evidence: String
    @Option(help: "When it counts no more: 2027-06-30, or 90d for in ninety days.") var expires: String
    @Option(help: "What else there is to say.") var note = ""
    @Option(help: "The account that it speaks of. Default: all.") var account = ""

    func validate() throws {
      for (text, option) in [(owner, "--owner"), (evidence, "--evidence")] where text.allSatisfy(\.isWhitespace) {
        throw ValidationError("\(option) is empty")
      }
      _ = try end(nowTicks())
    }

    func run() throws {
      let room = try Room(store)
      let framework = try room.framework(framework)
      let control = try room.control(control, framework)
      let now = nowTicks()
      let end = try end(now)
      try room.attestations.attest(
        Attestation(
          framework: framework.id, control: control.id, account: account, owner: owner, evidence: try proof(),
          note: note, made: now, expires: end))
      let text =
        "\(framework.id) \(control.id) (\(control.title)) is attested by \(owner) until \(DateTime.text(end))"
      Terminal.write(Array((TextWidth.harmless(text) + "\n").utf8))
    }

    /// When the attestation lapses.
    private func end(_ now: Int64) throws -> Int64 {
      let span = TimeSpan.literal(expires).map { now.addingReportingOverflow($0) }
      let sum = span.flatMap { $0.overflow ? nil : DateTime.inRange($0.partialValue) }
      guard let end = DateTime.parse(expires) ?? sum else {
        throw ValidationError("--expires \(expires): not a date such as 2027-06-30, nor a span such as 90d")
      }
      guard end > now else { throw ValidationError("--expires \(expires): that is past") }
      return end
    }

    /// The evidence, and of a file its hash: whoever looks later can tell whether it is still the same.
    private func proof() throws -> String {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: evidence, isDirectory: &isFolder), !isFolder else { return evidence }
      guard let bytes = FileManager.default.contents(atPath: evidence) else {
        throw UsageError("--evidence \(evidence): cannot be read")
      }
      return "\(evidence) sha256:\(JSONDigest(hashing: Array(bytes)).hex)"
    }
  }

  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes an attestation back.",
      discussion: """
        Examples:
          plumb compliance withdraw iso27001_2022 A.5.1
          plumb compliance withdraw pci_4.0.1 12.1.1 --account 123456789012
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The framework.") var framework: String
    @Argument(help: "The control.") var control: String
    @Option(help: "The account that it speaks of. Default: all.") var account = ""

    func run() throws {
      let room = try Room(store)
      let framework = try room.framework(framework)
      let control = try room.control(control, framework)
      guard
        try room.attestations.withdraw(
          framework: framework.id, control: control.id, account: account, at: nowTicks())
      else {
        throw UsageError("\(framework.id) \(control.id) is not attested\(account.isEmpty ? "" : " for \(account)")")
      }
      Terminal.write(Array("\(framework.id) \(control.id) is attested no more\n".utf8))
    }
  }
}
