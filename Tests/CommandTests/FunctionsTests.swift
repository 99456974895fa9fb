// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb kql functions`.
struct FunctionsTests {
  private func functions(_ arguments: String...) throws -> Run { try run(plumb, ["kql", "functions"] + arguments) }

  @Test func theReferenceInDocsIsWhatTheRegistrySays() throws {
    let result = try functions("--check", "docs/kql-functions.md")
    #expect(result.status == 0, "\(result.complaint)")
  }

  @Test func aStaleReferenceIsToldWithTheMend() throws {
    let result = try functions("--check", "README.md")
    #expect(result.status == 2)
    #expect(result.complaint.contains("make functions"))
  }

  @Test func oneFunctionIsShownWithSignatureMeaningAndExample() throws {
    let result = try functions("strcat")
    #expect(result.status == 0)
    for part in ["strcat(", "scalar", "Example:", "print result = strcat("] {
      #expect(result.output.contains(part), "\(part)")
    }
  }

  @Test func anotherNameFindsTheFunction() throws {
    #expect(try functions("toDouble").output.hasPrefix("toreal("))
  }

  @Test func aMisspeltNameGetsASuggestion() throws {
    let result = try functions("strcatt")
    #expect(result.status == 2)
    #expect(result.complaint.contains("did you mean 'strcat'?"))
  }

  @Test func theListHoldsEveryFunctionInEachFormat() throws {
    let entries = Array(try JSONDocument.parse(try functions("--format", "json").output).root.elements)
    #expect(entries.count > 400)
    #expect(entries.allSatisfy { $0["signature"]?.string?.isEmpty == false && $0["meaning"]?.string?.isEmpty == false })
    let kinds = Set(entries.compactMap { $0["kind"]?.string })
    #expect(kinds == ["scalar", "aggregate"])
    #expect(try functions().output.split(separator: "\n").count == entries.count + 2)
    let rows = try functions("--format", "markdown").output.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == entries.count)
  }
}
