// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import KQL
import Posture

/// Judges what a scan of Azure saw by the policies that are assigned there, and by those of the configuration.
struct PolicyScan {
  private let inventory: Store
  /// What stands in files; what was collected comes after it.
  private let files: PolicyCorpus

  /// Reads the files of the configuration, so that one which cannot be read is told before anything is collected.
  init(_ inventory: Store, _ settings: Settings) throws {
    self.inventory = inventory
    var files = PolicyCorpus()
    try files.load(settings.policies)
    self.files = files
  }

  /// Keeps the states and findings. Nothing happens where no policy is, or was, in force.
  ///
  /// - Returns: what is to be told.
  func run(
    _ snapshot: Snapshot, _ content: ContentLibrary, _ tables: FindingTables, at time: Int64
  ) throws -> [String] {
    var corpus = files
    corpus.add(rows: (0..<snapshot.documents.rootCount).lazy.map(snapshot.documents.root(at:)))
    let states = PolicyStateStore(inventory)
    guard try !corpus.assignments.isEmpty || states.hasStates() else { return [] }
    let policies = PoliciesInForce(corpus, try PolicyLanguage(catalogues: [], content: content))
    let run = try PolicyJudge(policies).judge(PolicyEstate(snapshot), now: tables.now)
    try states.record(run, at: time)
    try tables.findings.record(run, at: time)
    let sum = run.rollUp()
    let failing = sum.counts[.nonCompliant] ?? 0
    var notes = [
      "policy: \(policies.memberCount) policies of \(corpus.assignments.count) assignments: "
        + "\(failing) of \(sum.total) resources do not comply; plumb query PolicyStates names them"
    ]
    let faults = (corpus.problems + policies.faults).filter { !$0.isWarning }.count
    if faults > 0 {
      notes.append("policy: \(faults) mistakes in definitions and assignments; plumb policy list --check names them")
    }
    let absent = Set(policies.passed.filter { $0.reason.contains("at hand") }.map { $0.definition.lowercased() })
    if !absent.isEmpty {
      notes.append(
        "policy: \(absent.count) assigned definitions are not at hand; name a copy of the azure-policy repository under "
          + "'policies' of --config")
    }
    return notes
  }
}
