// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import IaC
import JSON
import Posture
import Testing

@testable import plumb

/// Fixtures of infrastructure code with the resources that pass and fail a check of Checkov, judged by its twins here.
struct CodeCasesTests {
  @Test func `checks agree with Checkov on its fixtures`() throws {
    guard let file = CaseFiles.find("iac-cases/cases.json") else {
      print("conformance code: skipped, no iac-cases/cases.json (PLUMB_CASES names the folder that holds it)")
      return
    }
    let root = try JSONDocument(parsing: Array(Data(contentsOf: file))).root
    let content = ContentLibrary()
    let reader = try CodeReader(content)
    let library = try CheckLibrary(content)
    let defaults = try Defaults(content)
    var twins: [String: [Check]] = [:]
    for check in library.checks {
      for name in check.sameAs where name.hasPrefix("checkov:") {
        twins[String(name.dropFirst(8)), default: []].append(check)
      }
    }
    var tally = Tally("code")
    for item in (root["cases"] ?? .null).elements {
      let name = item["check"]?.string ?? ""
      let framework = item["framework"]?.string ?? ""
      let folder = file.deletingLastPathComponent().appending(path: item["dir"]?.string ?? "")
      let findings = try Self.findings(folder.path, twins[name] ?? [], reader, defaults)
      let passing = (item["pass"]?.elements.compactMap(\.string)) ?? []
      let failing = (item["fail"]?.elements.compactMap(\.string)) ?? []
      for (addresses, wanted) in [(passing, Status.healthy), (failing, .unhealthy)] {
        for address in addresses {
          let words = findings.filter { Self.names(Self.address($0) ?? "", address) }.map(\.status)
          // One address may stand in several files of a case, once passing and once failing; an expression for several.
          let isTwofold = passing.contains(address) && failing.contains(address) || address.contains(".[")
          let isSo =
            isTwofold || wanted == .unhealthy
            ? words.contains(wanted)
            // Checkov has no word for what a check does not apply to: it passes.
            : words.contains { $0 == .healthy || $0 == .notApplicable } && !words.contains(.unhealthy)
          let found = words.isEmpty ? "no verdict" : Set(words.map(\.rawValue)).sorted().joined(separator: ", ")
          let failure = twins[name] == nil ? "no check names it" : "expected \(wanted.rawValue), was \(found)"
          tally.add(
            "\(item["dir"]?.string ?? "") \(address) \(wanted.rawValue)", family: framework,
            failure: isSo ? nil : failure)
        }
      }
    }
    try tally.settle()
  }

  /// Whether an address of ours is one of Checkov's, which keeps names of templates that it does not evaluate as they are
  /// written: `Microsoft.Sql/servers.[concat(...)]` is any server.
  private static func names(_ ours: String, _ theirs: String) -> Bool {
    guard ours != theirs, let bracket = theirs.firstRange(of: ".[")?.lowerBound, theirs.contains("/") else {
      return ours == theirs
    }
    return ours.hasPrefix(theirs[...bracket])
  }

  /// As the cases name it: data sources without `data.` and without the key of an instance.
  private static func address(_ finding: Finding) -> String? {
    guard let address = finding.place?.address, address.hasPrefix("data.") else { return finding.place?.address }
    return String(address.dropFirst(5).prefix { $0 != "[" })
  }

  private static func findings(
    _ folder: String, _ checks: [Check], _ reader: CodeReader, _ defaults: Defaults
  ) throws -> [Finding] {
    guard !checks.isEmpty else { return [] }
    let estate = reader.evaluate(try CodeFolder(folder))
    return CodeJudging(estate, checks: checks, defaults: defaults, now: CheckExamples.now).findings { _, _ in }
  }
}
