// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Posture

extension PolicyCommand {
  struct Cost: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cost",
      abstract: "Measures what policies cost: on an estate that is made of what they ask for.",
      discussion: """
        Every definition given is assigned with the defaults of its parameters, unless there are assignments.

        Examples:
          plumb policy cost --definitions azure-policy/built-in-policies --resources 100000
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup(title: "Policy objects") var policies: PolicyArguments
    @Option(help: "Resources of the estate.") var resources = 100_000
    @Option(help: "table, json or csv.") var format: PolicyFormat = .table

    func validate() throws {
      if !(1...5_000_000).contains(resources) { throw ValidationError("--resources \(resources): 1 to 5,000,000") }
    }

    func run() throws {
      var rows: [[String]] = []
      func measure<R>(_ what: String, _ body: () throws -> R) rethrows -> (R, Duration) {
        let start = ContinuousClock.now
        let result = try body()
        let time = ContinuousClock.now - start
        rows.append([what, "\(time / .milliseconds(1))", ""])
        return (result, time)
      }
      let (loaded, _) = try measure("load") { try policies.corpus(nil) }
      var corpus = loaded
      if corpus.assignments.isEmpty { corpus.assignAll() }
      let language = try policies.language(try store.library(try store.settings()))
      let (inForce, _) = measure("compile") { PoliciesInForce(corpus, language) }
      guard inForce.memberCount > 0 else { throw UsageError("no policy is in force; give --definitions") }
      rows[1][2] = "\(inForce.memberCount) policies, \(inForce.heldBytes / inForce.memberCount) bytes each"
      let judge = PolicyJudge(inForce)
      let (estate, _) = measure("make the estate") { PolicyExampleEstate.make(of: inForce, count: resources) }
      rows[2][2] = "\(estate.count) resources"
      let now = nowTicks()
      let (run, all) = try measure("judge, all cores") { try judge.judge(estate, now: now) }
      rows[3][2] = "\(run.evaluations) evaluations, \(Int(Double(run.evaluations) / (all / .seconds(1)))) a second"
      let some = Array(0..<min(estate.count, 20_000))
      let (part, one) = measure("judge, one core") { judge.judgeAlone(estate, some, now: now) }
      rows[4][2] = "\(part.evaluations) evaluations, \(Int(Double(part.evaluations) / (one / .seconds(1)))) a second"
      let id = estate.resources[estate.count / 2].id
      _ = try measure("one changed resource") { try judge.rejudge(estate, changed: [id], now: now) }
      try PolicyRows.write(["what", "milliseconds", "of"], rows, format)
    }
  }
}
