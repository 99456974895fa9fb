// SPDX-License-Identifier: Apache-2.0

package import Inventory
package import JSON
package import KQL

/// Judges drifted resources twice, as they are and as they would be without the drift, by the checks that judge the live
/// estate.
package struct DriftJudge {
  private let checks: [Check]
  private let defaults: Defaults

  package init(checks: [Check], defaults: Defaults) {
    self.checks = checks
    self.defaults = defaults
  }

  /// - Parameters:
  ///   - reverted: documents without the drift, by their row in the snapshot.
  ///   - failed: hears of checks that could not be run.
  /// - Returns: what turns, by row.
  package func flips(
    _ snapshot: Snapshot, catalog: Catalog, reverted: [Int: JSONValue], now: Int64,
    failed: (Check, String) -> Void = { _, _ in }
  ) -> [Int: [DriftFlip]] {
    guard !reverted.isEmpty else { return [:] }
    let types = Set(reverted.keys.map { snapshot.states[$0].scope.type })
    let concerned = checks.filter { types.contains($0.type.lowercased()) }
    guard !concerned.isEmpty else { return [:] }
    // Queries may ask for any resource; predicates look at one.
    let rows = concerned.contains(where: \.isLongForm) ? Array(snapshot.states.indices) : reverted.keys.sorted()
    var estate = Estate(snapshot, catalog: catalog, now: now)
    let judge = Judge(checks: concerned, defaults: defaults)
    func verdicts(_ document: (Int) -> JSONValue) -> [String: Status] {
      var builder = JSONBuilder()
      for row in rows { builder.append(document(row)) }
      estate.resources = Snapshot.rows(of: builder.finish(), ResourceRows.schema)
      let verdicts = judge.judge(estate)
      for failure in verdicts.failures { failed(failure.check, failure.message) }
      var found: [String: Status] = [:]
      for verdict in verdicts.list {
        let subject = verdicts.subjects[verdict.subject]
        found["\(verdict.check) \(subject.type) \(subject.id)"] = verdict.status
      }
      return found
    }
    let live = verdicts { snapshot.documents.root(at: $0) }
    let stated = verdicts { reverted[$0] ?? snapshot.documents.root(at: $0) }
    var flips: [Int: [DriftFlip]] = [:]
    for row in reverted.keys {
      let state = snapshot.states[row]
      for (index, check) in concerned.enumerated() where check.type.lowercased() == state.scope.type {
        let key = "\(index) \(state.scope.type) \(state.id)"
        guard let before = stated[key], let after = live[key], before != after,
          before == .unhealthy || after == .unhealthy
        else { continue }
        flips[row, default: []].append(DriftFlip(check: check, before: before, after: after))
      }
    }
    return flips
  }

  /// Which of the differences of a resource a flip rests on: those that its check reads, or all where that cannot be told.
  ///
  /// - Parameter paths: keys of the differences.
  package static func deciding(_ flip: DriftFlip, among paths: [[String]]) -> [Int] {
    guard case .predicate(let applies, let unhealthy) = flip.check.rule else { return Array(paths.indices) }
    let read = (applies?.paths ?? []) + unhealthy.paths
    let found = paths.indices.filter { index in
      read.contains { path in path.starts(with: paths[index]) || paths[index].starts(with: path) }
    }
    return found.isEmpty ? Array(paths.indices) : found
  }
}
