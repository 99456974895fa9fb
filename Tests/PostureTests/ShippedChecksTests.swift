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
  }

  @Test func examplesAreSetInTheNewYearOf2026() {
    #expect(CheckExamples.now == 639_040_320_000_000_000)
  }
}
