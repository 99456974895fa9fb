// SPDX-License-Identifier: Apache-2.0

import IaC
import JSON
import Posture

extension DriftRun {
  /// A comparison as it may be shown and kept: values below hidden names, and what looks like a secret, stay behind.
  ///
  /// - Parameter flips: what turns, by index of the live resource.
  init(_ report: DriftReport, states: [String], rules: DriftRules, flips: [Int: [DriftFlip]], time: Int64) {
    let rows = report.resources.map { resource in
      var attributes = resource.differences.map { difference in
        func text(_ node: CodeNode?) -> String {
          node.map { rules.shown($0, at: difference.keys).json().text } ?? ""
        }
        return DriftAttribute(
          path: difference.path, expected: text(difference.expected), actual: text(difference.actual),
          code: text(difference.code), removed: difference.removed.map(text), added: difference.added.map(text),
          verdict: difference.verdict?.rawValue ?? "", isDrift: difference.isDrift,
          address: difference.address ?? resource.address, codeLocation: difference.place?.description ?? "")
      }
      // What a part of a resource differs in stands at the resource alone.
      let own = resource.isPart ? [] : resource.live.flatMap { flips[$0] } ?? []
      let drifting = attributes.indices.filter { attributes[$0].isDrift }
      for flip in own {
        let keys = drifting.map { resource.differences[$0].keys }
        for index in DriftJudge.deciding(flip, among: keys) { attributes[drifting[index]].flips.append(flip) }
      }
      return DriftRow(
        status: resource.status.rawValue, reason: resource.reason, stateUri: resource.state,
        address: resource.address, previousAddress: resource.previousAddress ?? "", terraformType: resource.kind,
        resourceType: resource.type, cloud: resource.cloud, account: resource.account, region: resource.region,
        resourceId: resource.id, codeLocation: resource.place?.description ?? "",
        verdict: resource.verdict?.rawValue ?? "", attributes: attributes)
    }
    self.init(time: time, states: states, rows: rows, coverage: report.coverage)
  }
}

extension DriftReport {
  /// The documents of drifted resources without the drift, by index of the live resource.
  func reverted(_ live: LiveEstate) -> [Int: JSONValue] {
    var documents: [Int: JSONValue] = [:]
    for resource in resources where resource.status == .drifted && !resource.isPart {
      guard let index = resource.live else { continue }
      var draft = JSONDraft.value(live.resources[index].document)
      for difference in resource.differences where difference.isDrift && !difference.keys.isEmpty {
        draft.set(
          JSONPath(steps: difference.keys.map(JSONPath.Step.key)),
          difference.reverted.map { .value($0.json()) } ?? .null)
      }
      documents[index] = draft.document().root
    }
    return documents
  }
}
