// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@testable import IaC

/// Expressions against what Terraform makes of them. PLUMB_TF_RECORD=1 records anew.
@Suite struct ExpressionOracleTests {
  static let cases: [String] = {
    let text = try? String(contentsOf: Shown.recorded.appendingPathComponent("expressions.txt"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map { String($0) }.filter { !$0.hasPrefix("#") }
  }()

  /// A root module with an output for every case; a case that fails gives "!failed".
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["prelude.tf", "files/a.txt", "files/sub/b.txt", "files/t.csv", "files/greet.tftpl"] {
      try folder.write(
        name, try String(contentsOf: Shown.recorded.appendingPathComponent(name), encoding: .utf8))
    }
    let outputs = cases.enumerated().map { index, text in
      "output \"c\(index)\" {\n  value     = try({ v = \(text) }, \"!failed\")\n  sensitive = true\n}\n"
    }
    try folder.write("main.tf", outputs.joined())
    return folder
  }

  private static func ours() throws -> [String] {
    let folder = try folder()
    let result = try withExtendedLifetime(folder) { try TerraformRun.scan(folder.path) }
    let root = try #require(result.roots.first)
    let byName = Dictionary(uniqueKeysWithValues: root.outputs.map { ($0.name, $0.value) })
    return cases.indices.map { index in
      let value = byName["c\(index)"] ?? Value("!missing")
      return Shown.text(value) + " " + Shown.type(value.type)
    }
  }

  @Test func expressionsHaveTheValuesThatTerraformRecorded() throws {
    let file = Shown.recorded.appendingPathComponent("expressions.jsonl")
    if ProcessInfo.processInfo.environment["PLUMB_TF_RECORD"] != nil {
      let outputs = try Oracle.outputs(try Self.folder())
      let lines = Self.cases.indices.map { index in
        let output = outputs["c\(index)"]
        return Shown.text(output?["value"]) + " " + Shown.text(output?["type"])
      }
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { String($0) }
    let ours = try Self.ours()
    #expect(expected.count == Self.cases.count)
    var wrong: [String] = []
    for (index, text) in Self.cases.enumerated() where index < expected.count && ours[index] != expected[index] {
      wrong.append("\(text)\n    ours      \(ours[index])\n    Terraform \(expected[index])")
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(Self.cases.count) differ:\n\(wrong.joined(separator: "\n"))")
  }
}
