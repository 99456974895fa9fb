// SPDX-License-Identifier: Apache-2.0

import IaC
import JSON
import Posture

extension DriftRun {
  /// A comparison as it may be shown and kept: values below hidden names, and what looks like a secret, stay behind.
  ///
  /// - Parameter flips: what turns, by index of the live resource.
  init(_ report: DriftReport, states: [String], rules: DriftRules, flips: [Int: [DriftFlip]], time: Int64) {
    var rows = report.resources.map { resource in
      let attributes = resource.differences.map { difference in
        func text(_ node: CodeNode?) -> String {
          node.map { rules.shown($0, at: difference.keys).json().text } ?? ""
        }
        return DriftAttribute(
          path: difference.path, expected: text(difference.expected), actual: text(difference.actual),
          code: text(difference.code), removed: difference.removed.map(text), added: difference.added.map(text),
          verdict: difference.verdict?.rawValue ?? "", isDrift: difference.isDrift,
          codeLocation: difference.place?.description ?? "")
      }
      return DriftRow(
        status: resource.status.rawValue, reason: resource.reason, stateUri: resource.state,
        address: resource.address, previousAddress: resource.previousAddress ?? "", terraformType: resource.kind,
        resourceType: resource.type, cloud: resource.cloud, account: resource.account, region: resource.region,
        resourceId: resource.id, codeLocation: resource.place?.description ?? "",
        verdict: resource.verdict?.rawValue ?? "", attributes: attributes)
    }
    // What turns stands at the differences that decide, whether they are of the resource or of its parts.
    for (live, differences) in report.drifting {
      for flip in flips[live] ?? [] {
        let keys = differences.map { report.resources[$0.row].differences[$0.difference].keys }
        for decisive in DriftJudge.deciding(flip, among: keys) {
          let place = differences[decisive]
          rows[place.row].attributes[place.difference].flips.append(flip)
        }
      }
    }
    self.init(time: time, states: states, rows: rows, coverage: report.coverage)
  }
}

extension DriftReport {
  /// The differences between states and cloud, by index of the live resource.
  var drifting: [Int: [(row: Int, difference: Int)]] {
    var found: [Int: [(row: Int, difference: Int)]] = [:]
    for (row, resource) in resources.enumerated() where resource.status == .drifted {
      guard let live = resource.live else { continue }
      for (index, difference) in resource.differences.enumerated() where difference.isDrift {
        found[live, default: []].append((row, index))
      }
    }
    return found
  }

  /// The documents of drifted resources without the drift, by index of the live resource.
  func reverted(_ live: LiveEstate) -> [Int: JSONValue] {
    var documents: [Int: JSONValue] = [:]
    for (index, differences) in drifting {
      var draft = JSONDraft.value(live.resources[index].document)
      for place in differences {
        let difference = resources[place.row].differences[place.difference]
        draft.set(
          JSONPath(steps: difference.keys.map(JSONPath.Step.key)),
          difference.reverted.map { .value($0.json()) } ?? .null)
      }
      documents[index] = draft.document().root
    }
    return documents
  }
}
