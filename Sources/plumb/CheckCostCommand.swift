// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
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
        the first check of a type pays for laying its rows out. Then one resource of each type takes the properties of
        another and is judged again, with all that reads its type; --record keeps the findings in a store that is removed
        again, and measures the keeping too.

        Examples:
          plumb check cost
          plumb check cost --resources 10000 --slowest 20
          plumb check cost --resources 100000
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: "How many resources the estate has.") var resources = 10_000
    @Option(help: "How many of the slowest checks are listed.") var slowest = 10
    @Flag(help: "Keep the findings in a store of a temporary folder as well.") var record = false

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
      var judged: Verdicts?
      let judging = seconds {
        let verdicts = judge.judge(estate) { check, work in costs.append((check.id, seconds(work))) }
        count = verdicts.list.count
        failures = verdicts.failures.map { "\($0.check.id): \($0.message)" }
        judged = verdicts
      }
      say("\(count) verdicts in \(text(judging)) CPU; most memory so far \(peak) MB")
      let sum = costs.reduce(0) { $0 + $1.seconds }
      say("\(text(judging - sum)) of that is not of single checks; the slowest are:")
      costs.sort { ($1.seconds, $0.id) < ($0.seconds, $1.id) }
      for (id, cost) in costs.prefix(slowest) { say("  \(text(cost))  \(id)") }
      for failure in failures { Terminal.complain("plumb: check \(failure)") }
      if let judged { try again(checks, defaults, estate, judged) }
    }

    /// Judges one resource of each type again.
    private func again(_ checks: [Check], _ defaults: Defaults, _ estate: Estate, _ verdicts: Verdicts) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-cost-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      var amender: FindingAmender?
      if record {
        let findings = try FindingStore(Store(directory: folder))
        say("all findings kept in \(text(try seconds { _ = try findings.record(verdicts, at: 1) })) CPU")
        amender = FindingAmender(findings)
      }
      var judge = IncrementalJudge(checks: checks, defaults: defaults, estate: estate)
      var runs: [(type: String, own: Double, all: Double, kept: Double, changed: Int)] = []
      for (time, pair) in pairs(estate.resources).enumerated() {
        let type = pair["type"]?.string ?? ""
        // The first time a check is run its query is prepared, and the amender reads the texts of the store.
        var alone = IncrementalJudge(
          checks: checks.filter { !$0.isLongForm && $0.type == type }, defaults: defaults,
          estate: Estate(resources: ResourceRows.batch([]), now: estate.now))
        let own = seconds { _ = alone.judge(pair) }
        var found: JudgedAgain?
        let all = seconds { found = judge.judge(pair) }
        guard let found else { continue }
        if time == 0 { _ = try amender?.amend(found, at: 2) }
        var changed = 0
        let kept = try seconds { changed = try amender?.amend(found, at: Int64(time) + 3) ?? 0 }
        runs.append((type, own, all, kept, changed))
      }
      guard !runs.isEmpty else { return }
      func line(_ name: String, _ values: [Double]) {
        let sorted = values.sorted()
        say(
          "  \(name): median \(milliseconds(sorted[sorted.count / 2])), 95 of 100 below "
            + "\(milliseconds(sorted[sorted.count * 95 / 100])), most \(milliseconds(sorted[sorted.count - 1]))")
      }
      say("one resource judged again, of each of \(runs.count) types, in CPU time:")
      line("by the checks of its own properties", runs.map(\.own))
      line("with the queries that read its type", runs.map(\.all))
      if record {
        line("its findings kept", runs.map(\.kept))
        line("judged with the queries and kept", runs.map { $0.all + $0.kept })
        say("  \(runs.reduce(0) { $0 + $1.changed }) findings changed")
      }
      runs.sort { ($1.all, $0.type) < ($0.all, $1.type) }
      for run in runs.prefix(slowest) {
        let queries = judge.related(to: run.type).count
        say("  \(milliseconds(run.all))  \(run.type), read by \(queries) \(queries == 1 ? "query" : "queries")")
      }
    }

    /// Of each type the first resource with the properties of another of the type.
    private func pairs(_ rows: Batch) -> [JSONValue] {
      guard case .string(let types) = rows.columns[ResourceRows.index(of: "type")] else { return [] }
      var places: [UInt32: [Int]] = [:]
      for (row, code) in types.codes.enumerated() { places[code, default: []].append(row) }
      return places.values.sorted { $0[0] < $1[0] }.map { places in
        var draft = JSONDraft.value(ResourceRows.document(rows, places[0]))
        let other = ResourceRows.document(rows, places[min(1, places.count - 1)])
        for key in ["properties", "observed", "tags", "kind", "sku", "identity"] {
          draft.set(JSONPath(steps: [.key(key)]), other[key].map(JSONDraft.value) ?? .null)
        }
        return draft.document().root
      }
    }

    private func milliseconds(_ seconds: Double) -> String { "\((seconds * 100_000).rounded() / 100) ms" }

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
