// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import KQL
import Posture

/// Judges what a scan of Azure saw by the policies that are assigned there, and by those of the configuration.
struct PolicyScan {
  let inventory: Store
  let settings: Settings

  /// Keeps the states and findings. Nothing happens where no policy is, or was, in force.
  ///
  /// - Returns: what is to be told.
  func run(
    _ snapshot: Snapshot, _ content: ContentLibrary, _ tables: FindingTables, at time: Int64
  ) throws -> [String] {
    var corpus = PolicyCorpus()
    try corpus.load(settings.policies)
    corpus.add(rows: (0..<snapshot.documents.rootCount).lazy.map(snapshot.documents.root(at:)))
    let states = PolicyStateStore(inventory)
    guard try !corpus.assignments.isEmpty || states.hasStates() else { return [] }
    let policies = PoliciesInForce(corpus, try PolicyLanguage(catalogues: [], content: content))
    let run = try PolicyJudge(policies).judge(PolicyEstate(snapshot), now: tables.now)
    try states.record(run, at: time)
    try tables.findings.record(run, at: time)
    let sum = run.rollUp()
    let faults = sum.counts[.nonCompliant] ?? 0
    var notes = [
      "policy: \(policies.memberCount) policies of \(corpus.assignments.count) assignments: "
        + "\(faults) of \(sum.total) resources do not comply; plumb query PolicyStates names them"
    ]
    let absent = Set(policies.passed.filter { $0.reason.contains("at hand") }.map { $0.definition.lowercased() })
    if !absent.isEmpty {
      notes.append(
        "policy: \(absent.count) assigned definitions are not at hand; name a copy of the azure-policy repository under "
          + "'policies' of --config")
    }
    return notes
  }
}
