// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Posture
import Testing

private let shipped = try? CheckLibrary(ContentLibrary())

@Suite struct ShippedChecksTests {
  @Test func everyCheckFileReads() throws {
    let library = try CheckLibrary(ContentLibrary())
    #expect(library.problems.map(\.description) == [])
    #expect(!library.checks.isEmpty)
  }

  @Test(arguments: shipped?.checks.map(\.id) ?? [])
  func examplesComeOutAsTheySay(id: String) throws {
    let check = try #require(shipped?.check(id))
    let outcome = CheckExamples(defaults: try Defaults(ContentLibrary())).run(check)
    #expect(outcome.problems.map(\.description) == [])
    #expect(outcome.count >= 2)
    // What happens where something cannot be seen is shown for each.
    #expect(outcome.derived >= 1)
  }

  /// Of every sixth check, lest it take long: `plumb check test` looks at all.
  @Test func changesOfWhatChecksReadTurnTheirExamples() throws {
    let mutation = CheckMutation(defaults: try Defaults(ContentLibrary()))
    let checks = try #require(shipped?.checks)
    let properties = try stride(from: 0, to: checks.count, by: 6).flatMap { try mutation.run(checks[$0]) }
    let flipped = properties.count(where: \.isFlipped)
    #expect(properties.count > 300 && flipped * 100 >= properties.count * 96, "\(flipped) of \(properties.count)")
  }

  @Test func examplesAreSetInTheNewYearOf2026() {
    #expect(CheckExamples.now == 639_040_320_000_000_000)
  }
}
