// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension CheckCommand {
  struct Cost: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measures what judging costs.",
      discussion: """
        A made-up estate of the checks' own examples, each again and again, is judged by all checks. Figures are CPU time;
        the first check of a type pays for laying its rows out.

        Examples:
          plumb check cost
          plumb check cost --resources 10000 --slowest 20
          plumb check cost --resources 100000
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: "How many resources the estate has.") var resources = 10_000
    @Option(help: "How many of the slowest checks are listed.") var slowest = 10

    func validate() throws {
      if !(1...2_000_000).contains(resources) { throw ValidationError("--resources is 1 to 2000000") }
      if slowest < 0 { throw ValidationError("--slowest is 0 or more") }
    }

    func run() throws {
      let content = try store.library(try store.settings())
      var library: CheckLibrary?
      let loading = try seconds { library = try CheckCommand.library(content) }
      guard let checks = library?.stable else { return }
      let estate = try ExampleEstate.make(of: checks, count: resources)
      let defaults = try Defaults(content)
      say("\(checks.count) checks read in \(text(loading)) CPU")
      say("\(estate.resources.count) resources made; most memory so far \(peak) MB")
      let judge = Judge(checks: checks, defaults: defaults)
      var (count, costs, failures) = (0, [(id: String, seconds: Double)](), [String]())
      let judging = seconds {
        let verdicts = judge.judge(estate) { check, work in costs.append((check.id, seconds(work))) }
        count = verdicts.list.count
        failures = verdicts.failures.map { "\($0.check.id): \($0.message)" }
      }
      say("\(count) verdicts in \(text(judging)) CPU; most memory so far \(peak) MB")
      let sum = costs.reduce(0) { $0 + $1.seconds }
      say("\(text(judging - sum)) of that is not of single checks; the slowest are:")
      costs.sort { ($1.seconds, $0.id) < ($0.seconds, $1.id) }
      for (id, cost) in costs.prefix(slowest) { say("  \(text(cost))  \(id)") }
      for failure in failures { Terminal.complain("plumb: check \(failure)") }
    }

    private func say(_ line: String) { Terminal.write(Array((line + "\n").utf8)) }

    private func text(_ seconds: Double) -> String { "\((seconds * 1000).rounded() / 1000) s" }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
      let start = clock()
      try body()
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }

    /// The most memory that the process had, in megabytes; 0 where the system does not tell.
    private var peak: Int {
      let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) }
      let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return (line?.split(separator: " ").first { $0.first?.isNumber ?? false }.flatMap { Int($0) } ?? 0) / 1000
    }
  }
}
