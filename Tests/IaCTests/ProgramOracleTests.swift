// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@testable import IaC

/// Generated programs against Terraform: live where it is installed, and against what it said when the file was recorded.
///
/// PLUMB_TF_PROGRAMS=500 sets how many programs are planned live; PLUMB_TF_RECORD=1 records anew.
@Suite struct ProgramOracleTests {
  /// Programs that one plan evaluates.
  private static let batch = 10
  private static let recordedCount = 120

  private static func folder(_ seeds: [UInt64]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var main = ""
    for seed in seeds {
      let program = ProgramGenerator.program(seed: seed)
      for (name, text) in program.files { try folder.write("p\(seed)/\(name)", text) }
      main += "module \"p\(seed)\" {\n  source = \"./p\(seed)\"\n\(program.arguments)}\n"
      main += "output \"p\(seed)\" {\n  value = module.p\(seed).r\n}\n"
    }
    try folder.write("main.tf", main)
    return folder
  }

  private static func ours(_ seeds: [UInt64]) throws -> [UInt64: String] {
    let folder = try folder(seeds)
    let result = try withExtendedLifetime(folder) { try TerraformRun.scan(folder.path) }
    let root = try #require(result.roots.first)
    let byName = Dictionary(uniqueKeysWithValues: root.outputs.map { ($0.name, $0.value) })
    let problems = result.diagnostics.map { $0.text(result.files) }
    return Dictionary(
      uniqueKeysWithValues: seeds.map { seed in
        guard let value = byName["p\(seed)"], value.isWhollyKnown else {
          return (seed, "unknown: \(problems.filter { $0.contains("p\(seed)/") }.joined(separator: "; "))")
        }
        return (seed, Shown.text(value) + " " + Shown.type(value.type))
      })
  }

  /// What Terraform makes of programs; those that it rejects are left out.
  private static func theirs(_ seeds: [UInt64]) throws -> [UInt64: String] {
    do {
      let outputs = try Oracle.outputs(try folder(seeds))
      return Dictionary(
        uniqueKeysWithValues: seeds.map { seed in
          let output = outputs["p\(seed)"]
          return (seed, Shown.text(output?["value"]) + " " + Shown.text(output?["type"]))
        })
    } catch let failure as Oracle.Failure {
      if seeds.count == 1 {
        if let log = ProcessInfo.processInfo.environment["PLUMB_TF_REJECTED"] {
          let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
          try Data((text + "\(seeds[0]): \(failure)\n").utf8).write(to: URL(fileURLWithPath: log))
        }
        return [:]
      }
      // One program that Terraform rejects takes the batch with it.
      return try seeds.map { try theirs([$0]) }.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
  }

  private static func check(_ expected: [UInt64: String], _ seeds: [UInt64]) throws {
    var wrong: [String] = []
    let accepted = seeds.filter { expected[$0] != nil && expected[$0]?.hasPrefix("unknown") == false }
    for start in stride(from: 0, to: accepted.count, by: batch) {
      let some = Array(accepted[start..<min(start + batch, accepted.count)])
      let ours = try ours(some)
      for seed in some where ours[seed] != expected[seed] {
        wrong.append("program \(seed)\n    ours      \(ours[seed] ?? "")\n    Terraform \(expected[seed] ?? "")")
      }
    }
    if let file = ProcessInfo.processInfo.environment["PLUMB_TF_FAILURES"] {
      try Data(wrong.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
    }
    #expect(accepted.count * 10 >= seeds.count * 7, "only \(accepted.count) of \(seeds.count) programs are valid")
    #expect(wrong.isEmpty, "\(wrong.count) of \(accepted.count) differ:\n\(wrong.prefix(5).joined(separator: "\n"))")
    print(
      "generated programs: \(accepted.count - wrong.count) of \(accepted.count) equal, \(seeds.count - accepted.count) rejected by Terraform"
    )
  }

  @Test func generatedProgramsHaveTheValuesThatTerraformRecorded() throws {
    let file = Shown.recorded.appendingPathComponent("programs.jsonl")
    let seeds = (1...UInt64(Self.recordedCount)).map { $0 }
    if ProcessInfo.processInfo.environment["PLUMB_TF_RECORD"] != nil {
      var lines: [String] = []
      for start in stride(from: 0, to: seeds.count, by: Self.batch) {
        let some = Array(seeds[start..<min(start + Self.batch, seeds.count)])
        let found = try Self.theirs(some)
        lines += some.map { "\($0) \(found[$0] ?? "rejected")" }
      }
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    var expected: [UInt64: String] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2, let seed = UInt64(parts[0]), parts[1] != "rejected" { expected[seed] = String(parts[1]) }
    }
    try Self.check(expected, seeds)
  }

  @Test(.enabled(if: Oracle.executable != nil, "terraform is not on the PATH: nothing is planned live"))
  func generatedProgramsHaveTheValuesThatTerraformPlans() throws {
    let count = ProcessInfo.processInfo.environment["PLUMB_TF_PROGRAMS"].flatMap { Int($0) } ?? 20
    var seeds: [UInt64] = []
    var expected: [UInt64: String] = [:]
    // Programs that Terraform rejects do not count.
    while expected.count < count, seeds.count < 2 * count + Self.batch {
      let some = (0..<UInt64(Self.batch)).map { 10_000 + UInt64(seeds.count) + $0 }
      seeds += some
      expected.merge(try Self.theirs(some)) { first, _ in first }
    }
    try Self.check(expected, seeds)
  }

  @Test(.enabled(if: Oracle.executable != nil, "terraform is not on the PATH: nothing is planned live"))
  func plannedResourcesAreThoseOfTheCode() throws {
    let folder = try Self.folder((0..<5).map { 20_003 + $0 })
    let bytes: [UInt8]
    do {
      bytes = try Oracle.plan(folder)
    } catch let failure as Oracle.Failure {
      Issue.record("the programs are not valid: \(failure)")
      return
    }
    var files = SourceFiles()
    let plan = try TerraformPlan.read(bytes, path: "plan.json", files: &files)
    let root = try #require(try TerraformRun.scan(folder.path).roots.first)
    #expect(plan.resources.map(\.address).sorted() == root.resources.map(\.address).sorted())
    #expect(!plan.resources.isEmpty)
    let ours = Dictionary(
      uniqueKeysWithValues: root.resources.map { ($0.address, $0.body.value("input") ?? .null(.any)) })
    for resource in plan.resources {
      let planned = resource.body.value("input") ?? .null(.any)
      #expect(ours[resource.address].map { Shown.text($0) } == Shown.text(planned), "\(resource.address)")
    }
  }
}
