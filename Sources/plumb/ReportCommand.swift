// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import Inventory
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ReportCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case html, pdf, csv, json, ocsf, sarif, oscal }

  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Writes reports for people and programs, and evidence that can be verified.",
    discussion: """
      Examples:
        plumb report --output report.html
        plumb report --framework cis_azure_3.0 --format pdf --output cis.pdf
        plumb report --since 7d --output week.html
        plumb report --since 2026-01-01 --until 2026-04-01 --format csv > quarter.csv
        plumb report --format oscal --framework nist_800_53_r5 > results.json
        plumb report --evidence pack.zip --framework iso27001_2022
        plumb report verify pack.zip --key ZjI0...=
        plumb report key
      """,
    subcommands: [Make.self, Verify.self, Key.self], defaultSubcommand: Make.self)

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "make", abstract: "Writes a report of a scan, a framework or a stretch of time.",
      discussion: """
        Without --as-of it is the newest scan. An earlier one is judged again from the documents of then. With --since it
        also tells what was opened, resolved and reopened since, and why the scores moved.

        HTML is one page that needs nothing from the network. PDF is printed by the Chromium or Chrome of this machine.
        CSV has the rows from which every number of the report can be reckoned again.

        Examples:
          plumb report --output report.html
          plumb report --framework cis_azure_3.0 --format pdf --output cis.pdf
          plumb report --since 7d --format json
          plumb report --as-of 2026-03-31 --format csv > march.csv
          plumb report --scan 12 --format json
          plumb report --evidence pack.zip
        """)

    @OptionGroup var store: StoreOptions
    @Option(help: "Only this framework: its controls, and the findings of their checks.") var framework: String?
    @Option(help: "Of the scan with this number, as the table Scans has it.") var scan: Int64?
    @Option(help: "Of the newest scan at this time: a datetime, or a span such as 2d for two days ago.") var asOf:
      String?
    @Option(help: "Also tell what happened from this time on.") var since: String?
    @Option(help: "Tell what happened until this time, and report on the newest scan then. Default: now.")
    var until: String?
    @Option(help: "html, pdf, csv, json, ocsf, sarif or oscal. Default: html.") var format: Format?
    @Option(help: ArgumentHelp("Write the report to this file instead of standard output.", valueName: "file"))
    var output: String?
    @Option(
      help: ArgumentHelp(
        "Write a signed pack: the report with the documents, checks and verdicts that prove it.", valueName: "file"))
    var evidence: String?

    func validate() throws {
      if until != nil, since == nil { throw ValidationError("--until needs --since") }
      if [until, asOf, scan.map(String.init)].compactMap(\.self).count > 1 {
        throw ValidationError("--until, --as-of and --scan each name the scan; give one")
      }
      if evidence != nil, format != nil || output != nil || since != nil {
        throw ValidationError("--evidence writes a pack of its own: it takes no --format, --output or --since")
      }
      if format == .pdf, output == nil { throw ValidationError("--format pdf needs --output FILE") }
    }

    func run() throws {
      let now = nowTicks()
      let settings = try store.settings()
      let content = try store.library(settings)
      let library = try CheckCommand.library(content)
      let frameworks = try ComplianceCommand.library(content, library)
      let chosen = try framework.map { try Self.framework($0, frameworks) }
      let inventory = try Store(directory: try store.directory(settings))
      let tables = try FindingTables(inventory, settings, now: now)
      let reader = DossierReader(
        tables.findings, tables.book, library, frameworks, try Scorer(content, checks: library.stable),
        version: Plumb.version)
      var end = try (until ?? asOf).map {
        try Moment.ticks($0, now: now, option: until == nil ? "--as-of" : "--until")
      }
      if let scan {
        end = try reader.time(ofScan: scan)
        guard end != nil else {
          throw UsageError("--scan \(scan): there is no such scan; plumb query Scans lists them")
        }
      }
      let material = try reader.material(at: end ?? .max, made: now)
      if let evidence {
        let (estate, documents) = try reader.estate(of: material)
        let key = try SigningKey(directory: inventory.directory)
        let pack = try EvidencePack.make(
          material, framework: chosen, estate: estate, documents: documents, content: content, key: key)
        try Self.write(pack, to: evidence, option: "--evidence")
        return Terminal.complain("plumb: \(evidence) is signed with \(key.publicKey.text)")
      }
      var dossier = Dossier(material, framework: chosen)
      dossier.history = try reader.history(until: material.judged)
      if let since {
        let start = try Moment.ticks(since, now: now, option: "--since")
        guard start < end ?? now else { throw UsageError("--since \(since) is not before the end") }
        dossier.period = try reader.period(since: start, until: end ?? now)
      }
      try write(dossier)
    }

    private func write(_ dossier: Dossier) throws {
      let bytes: [UInt8]
      switch format ?? .html {
      case .html: bytes = dossier.html()
      case .pdf: return try Browser.print(dossier.html(), to: output ?? "")
      case .csv: bytes = DossierTables(dossier).csv()
      case .json: bytes = dossier.json()
      case .ocsf: bytes = dossier.report.text(.ocsf)
      case .sarif: bytes = dossier.report.text(.sarif)
      case .oscal: bytes = dossier.oscal()
      }
      guard let output else { return Terminal.write(bytes) }
      try Self.write(bytes, to: output, option: "--output")
    }

    /// A framework by its name, with `-` for `_` as well.
    private static func framework(_ name: String, _ library: FrameworkLibrary) throws -> Framework {
      let plain = String(name.map { $0 == "-" ? "_" : $0 })
      if let framework = library.framework(name) ?? library.framework(plain) { return framework }
      let hint = library.suggestion(for: plain).map { "did you mean '\($0)'?" } ?? "plumb compliance lists them"
      throw UsageError("there is no framework '\(name)'; \(hint)")
    }

    private static func write(_ bytes: [UInt8], to path: String, option: String) throws {
      guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
        throw UsageError("\(option) \(path): cannot be written")
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a pack: its signature, its hashes, and every verdict and figure derived anew from it alone.",
      discussion: """
        Exit codes: 0 all is as it was signed and follows from the documents, 1 something differs and is named, 2 the pack
        cannot be read.

        Examples:
          plumb report verify pack.zip --key ZjI0...=
          plumb report verify pack.zip --key auditor/key.txt
        """)

    @Argument(help: "The pack.") var pack: String
    @Option(help: "The public key, or a file of it, as plumb report key prints it where the pack was made.")
    var key: String?

    func run() throws {
      var expected: PublicKey?
      if let key {
        let text = FileManager.default.contents(atPath: key).map { String(decoding: $0.prefix(1000), as: UTF8.self) }
        expected = PublicKey(text ?? key)
        guard expected != nil else { throw UsageError("--key \(key): is no public key, nor a file of one") }
      }
      let size = (try? FileManager.default.attributesOfItem(atPath: pack)[.size] as? Int) ?? nil
      guard let size, size <= ZipArchive.sizeLimit, let data = FileManager.default.contents(atPath: pack) else {
        throw UsageError("\(pack): cannot be read, or is larger than any pack")
      }
      let review = EvidenceReview(of: Array(data), expecting: expected)
      var out = ""
      for step in review.steps {
        let name = step.name + String(repeating: " ", count: max(1, 12 - step.name.count))
        if step.problems.isEmpty { out += "ok     \(name)\(step.said)\n" }
        for problem in step.problems { out += "WRONG  \(name)\(TextWidth.harmless(problem))\n" }
      }
      if expected == nil, review.key != nil {
        out += "note   key         whose key it is was not checked: give --key, as plumb report key prints it\n"
      }
      out += review.problems.isEmpty ? "The pack is whole.\n" : "The pack is not what was signed.\n"
      Terminal.write(Array(out.utf8))
      if !review.isPack { throw ExitCode(2) }
      if !review.problems.isEmpty { throw ExitCode(1) }
    }
  }

  struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the public key that this installation's packs are signed with.",
      discussion: """
        Examples:
          plumb report key
          plumb report key > plumbline.pub
        """)
    @OptionGroup var store: StoreOptions

    func run() throws {
      let directory = try Store(directory: try store.directory(try store.settings())).directory
      Terminal.write(Array((try SigningKey(directory: directory).publicKey.text + "\n").utf8))
    }
  }
}
