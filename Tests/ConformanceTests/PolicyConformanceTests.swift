// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Posture
import Testing

/// Runs the Azure Policy suite. `PLUMB_PIN=1` writes down the cases that match; `PLUMB_CASE=id` tells of one case.
struct PolicyConformanceTests {
  static let families = ["regorus_eval", "regorus_function", "regorus_parser", "psrule_policy"]

  static let file: URL? = {
    var folders = [Suite.package.deletingLastPathComponent().appending(path: "shared")]
    if let named = ProcessInfo.processInfo.environment["PLUMB_CASES"] { folders.insert(URL(filePath: named), at: 0) }
    return folders.map { $0.appending(path: "azure-policy/cases.json") }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  /// Names and paths of the aliases that built-in definitions use; no path where the provider is retired.
  @Test func `aliases of built-in definitions lead where Azure says`() throws {
    guard let file = Self.file?.deletingLastPathComponent().appending(path: "aliases_used_by_builtins.json"),
      FileManager.default.fileExists(atPath: file.path)
    else {
      print("policy conformance: skipped, no azure-policy/aliases_used_by_builtins.json")
      return
    }
    let catalog = try AliasCatalog.embedded(ContentLibrary())
    let root = try JSONDocument(parsing: Array(Data(contentsOf: file))).root
    var (count, unknown) = (0, [String]())
    for (name, entry) in (root["aliases"] ?? .null).members {
      let alias = name.string ?? ""
      count += 1
      guard let path = catalog.defaultPath(of: alias) else {
        unknown.append(alias)
        continue
      }
      if let wanted = entry[0]?.string, alias.split(separator: "/").count > 2 {
        #expect(path.lowercased() == wanted.lowercased(), "\(alias)")
      }
    }
    print("policy conformance aliases: \(count - unknown.count) of \(count) known")
    #expect(unknown.isEmpty, "\(unknown)")
  }

  @Test func `policy cases that once matched still match`() throws {
    guard let file = Self.file else {
      print("policy conformance: skipped, no azure-policy/cases.json (set PLUMB_CASES to the folder that holds it)")
      return
    }
    let environment = ProcessInfo.processInfo.environment
    let suite = try PolicyCases(file, table: AliasCatalog.embedded(ContentLibrary()))
    let pins = Suite.package.appending(path: "Tests/ConformanceTests/pinned/policy")
    var failures = ""
    for family in Self.families {
      var cases = suite.cases(family)
      try #require(!cases.isEmpty, "no cases of \(family) in \(file.path)")
      if let id = environment["PLUMB_CASE"] { cases = cases.filter { $0.id.contains(id) } }
      let results = cases.map(suite.run)
      let matched = results.filter { $0.fault == nil }
      let applied = results.filter(\.isApplicable)
      print(
        "policy conformance \(family): \(matched.count) of \(results.count) match; of \(applied.count) that apply,"
          + " \(applied.count { $0.fault == nil })")
      for result in results {
        guard let fault = result.fault else { continue }
        failures += "\(family)\t\(result.item.id)\t\(fault.replacing("\n", with: " "))\n"
        if environment["PLUMB_CASE"] != nil { print("\(result.item.id): \(fault)\n\(result.item.item.text)") }
      }
      let pinned = pins.appending(path: "\(family).txt")
      if environment["PLUMB_PIN"] != nil {
        try FileManager.default.createDirectory(at: pins, withIntermediateDirectories: true)
        try Data(matched.map { $0.item.id + "\n" }.sorted().joined().utf8).write(to: pinned)
      }
      let kept = Set((try? String(contentsOf: pinned, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? [])
      for result in results where result.fault != nil && kept.contains(result.item.id) {
        Issue.record("\(family) \(result.item.id): \(result.fault ?? "")")
      }
    }
    let folder = Suite.package.appending(path: ".build/conformance")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(failures.utf8).write(to: folder.appending(path: "policy-failures.txt"))
  }
}
