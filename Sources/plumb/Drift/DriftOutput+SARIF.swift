// SPDX-License-Identifier: Apache-2.0

import JSON
import Posture

extension DriftOutput {
  private static let rules: [(status: String, text: String)] = [
    ("drifted", "A resource differs from the state that Terraform has of it"),
    ("missing", "A resource of a state is not in the cloud any more"),
    ("moved", "A resource is known under another address"),
    ("unmanaged", "A resource of the cloud is in no state"),
  ]

  /// SARIF 2.1.0: a result for each difference and for each resource that is missing, moved or unmanaged.
  func sarif() -> JSONDraft {
    var results: [JSONDraft] = []
    for row in run.rows {
      guard let rule = Self.rules.firstIndex(where: { $0.status == row.status }) else { continue }
      let drifting = row.attributes.filter(\.isDrift)
      if drifting.isEmpty {
        results.append(result(row, rule, nil))
      } else {
        results += drifting.map { result(row, rule, $0) }
      }
    }
    let rules = Self.rules.map { rule -> JSONDraft in
      .object([
        ("id", .string("drift.\(rule.status)")), ("shortDescription", .object([("text", .string(rule.text))])),
        ("helpUri", .string("https://developer.hashicorp.com/terraform/tutorials/state/resource-drift")),
      ])
    }
    let driver = JSONDraft.object([
      ("name", .string("Plumbline")), ("version", .string(Plumb.version)), ("rules", .array(rules)),
    ])
    return .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            ("tool", .object([("driver", driver)])), ("columnKind", .string("utf16CodeUnits")),
            ("results", .array(results)),
          ])
        ])
      ),
    ])
  }

  private func result(_ row: DriftRow, _ rule: Int, _ attribute: DriftAttribute?) -> JSONDraft {
    let name = row.address.isEmpty ? row.resourceId : row.address
    var text = attribute.map { "\(name): \(Self.line($0))" } ?? "\(name): \(Self.rules[rule].text)"
    if attribute == nil, !row.reason.isEmpty { text += " (\(row.reason))" }
    let flips = attribute?.flips ?? []
    if !flips.isEmpty { text += "; turns \(Self.turns(flips))" }
    let level =
      switch attribute?.severity {
      case .critical, .high: "error"
      case .medium: "warning"
      case .low: "note"
      case nil: row.status == "unmanaged" ? "note" : "warning"
      }
    let place = attribute?.codeLocation ?? row.codeLocation
    var physical: [(key: String, value: JSONDraft)] = []
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count > 2, let line = Int64(parts[parts.count - 2]), let column = Int64(parts[parts.count - 1]), line > 0 {
      let uri = parts.dropLast(2).joined(separator: ":")
      physical = [
        ("artifactLocation", .object([("uri", .string(Report.uri(uri)))])),
        ("region", .object([("startLine", .int(line)), ("startColumn", .int(max(1, column)))])),
      ]
    } else {
      physical = [("artifactLocation", .object([("uri", .string(Report.uri(row.resourceId)))]))]
    }
    let logical = JSONDraft.object([("fullyQualifiedName", .string(name)), ("kind", .string("resource"))])
    let identity = [row.stateUri, row.address, row.resourceId, row.status, attribute?.path ?? ""]
    return .object([
      ("ruleId", .string("drift.\(row.status)")), ("ruleIndex", .int(Int64(rule))), ("level", .string(level)),
      ("message", .object([("text", .string(text))])),
      (
        "locations",
        .array([.object([("physicalLocation", .object(physical)), ("logicalLocations", .array([logical]))])])
      ),
      (
        "partialFingerprints",
        .object([
          (
            "plumblineDrift/v1",
            .string(JSONDigest(hashing: Array(identity.joined(separator: "\n").utf8)).hex)
          )
        ])
      ),
      (
        "properties",
        .object([
          ("resourceId", .string(row.resourceId)), ("resourceType", .string(row.resourceType)),
          ("checkIds", .array(flips.map { .string($0.check.id) })),
        ])
      ),
    ])
  }
}
