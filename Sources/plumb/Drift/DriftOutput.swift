// SPDX-License-Identifier: Apache-2.0

import Charts
import IaC
import JSON
import KQL
import Posture

/// A comparison for people and programs.
struct DriftOutput {
  let run: DriftRun
  let time: Int64
  /// Whether the table shows what is in sync, left out, or a child as well.
  var showsAll = false

  init(_ run: DriftRun, time: Int64) {
    self.run = run
    self.time = time
  }

  func text(_ format: DriftFormat, color: Bool) -> [UInt8] {
    switch format {
    case .table: Array((table().joined(separator: "\n") + "\n").utf8)
    case .markdown: Array((markdown().joined(separator: "\n") + "\n").utf8)
    case .csv: csv()
    case .json: json().document().root.serialized() + [0x0A]
    case .sarif: sarif().document().root.serialized() + [0x0A]
    }
  }

  /// What a person has to look at, the gravest first.
  var shown: [DriftRow] {
    let quiet: Set<String> = ["in_sync", "child", "ignored"]
    let rows = run.rows.filter { showsAll || !quiet.contains($0.status) || $0.attributes.contains { !$0.isDrift } }
    func rank(_ row: DriftRow) -> (Int, Int) {
      let order = ["drifted", "missing", "moved", "unmanaged", "in_sync", "undetermined", "child", "ignored"]
      return (-(row.severity?.rank ?? 0), order.firstIndex(of: row.status) ?? order.count)
    }
    return rows.enumerated().sorted { left, right in
      let (first, second) = (rank(left.element), rank(right.element))
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
  }

  /// `12 in sync, 2 drifted, 1 missing; 80 % of 15 resources are managed`.
  var summary: String {
    var counts = run.counts.filter { $0.status != "in_sync" }.map { "\($0.count) \($0.status)" }
    counts.insert("\(run.counts.first { $0.status == "in_sync" }?.count ?? 0) in sync", at: 0)
    guard let coverage = run.coverage else { return counts.joined(separator: ", ") }
    return counts.joined(separator: ", ") + "; \(Int((coverage * 100).rounded(.down))) % of what could be is managed"
  }

  /// One line on a difference: `properties.X: "a" became "b"`, of lists what is more and what less.
  static func line(_ attribute: DriftAttribute) -> String {
    guard !attribute.path.isEmpty else { return "the code and the state differ about its being there" }
    let path = attribute.path
    func cut(_ text: String) -> String { text.utf8.count <= 200 ? text : String(text.prefix(199)) + "…" }
    guard attribute.isDrift else {
      return
        "\(path): \(cut(attribute.actual.isEmpty ? "nothing" : attribute.actual)) is to become \(cut(attribute.code))"
    }
    var line: String
    if !attribute.removed.isEmpty || !attribute.added.isEmpty {
      let parts = attribute.added.map { "+ \(cut($0))" } + attribute.removed.map { "- \(cut($0))" }
      line = "\(path): " + parts.joined(separator: "  ")
    } else if attribute.expected.isEmpty {
      line = "\(path): \(cut(attribute.actual)) was added"
    } else if attribute.actual.isEmpty {
      line = "\(path): \(cut(attribute.expected)) is gone"
    } else {
      line = "\(path): \(cut(attribute.expected)) became \(cut(attribute.actual))"
    }
    if !attribute.verdict.isEmpty, attribute.verdict != "drift" { line += " (\(attribute.verdict))" }
    return line
  }

  static func turns(_ flips: [DriftFlip]) -> String {
    flips.map { flip in
      "\(flip.check.id) (\(flip.check.severity.rawValue)\(flip.isWorse ? "" : ", better than the state"))"
    }.joined(separator: ", ")
  }

  private func name(_ row: DriftRow) -> String { row.address.isEmpty ? row.resourceId : row.address }

  private func table() -> [String] {
    var lines: [String] = []
    for row in shown {
      let severity = row.severity.map { "  \($0.rawValue)" } ?? ""
      lines.append(TextWidth.harmless("\(row.status)\(severity)  \(name(row))"))
      if !row.reason.isEmpty { lines.append("  " + TextWidth.harmless(row.reason)) }
      for attribute in row.attributes {
        lines.append("  " + TextWidth.harmless(Self.line(attribute)))
        if !attribute.codeLocation.isEmpty, !attribute.path.isEmpty {
          lines.append("    at " + TextWidth.harmless(attribute.codeLocation))
        }
      }
      if !row.flips.isEmpty { lines.append("  turns " + TextWidth.harmless(Self.turns(row.flips))) }
    }
    if !lines.isEmpty { lines.append("") }
    return lines + [summary]
  }

  private func markdown() -> [String] {
    // Values of live resources are anybody's to choose: nothing of them is formatted.
    func prose(_ text: String) -> String {
      TextWidth.harmless(text).unicodeScalars.map { scalar in
        "\\`*_{}[]<>#!|@&:~$".unicodeScalars.contains(scalar) ? "&#\(scalar.value);" : String(scalar)
      }.joined()
    }
    func cell(_ text: String) -> String {
      TextWidth.harmless(text).replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
        .replacing("`", with: "'")
    }
    var lines = ["## Drift", "", summary + "."]
    guard !shown.isEmpty else { return lines }
    lines += ["", "| Status | Resource | Difference | Severity | Checks |", "| --- | --- | --- | --- | --- |"]
    for row in shown {
      let differences = row.attributes.isEmpty ? [row.reason] : row.attributes.map(Self.line)
      lines.append(
        "| \(row.status) | `\(cell(name(row)))` | \(differences.map(prose).joined(separator: "<br>")) | "
          + "\(row.severity?.rawValue ?? "") | \(row.flips.map { "`\($0.check.id)`" }.joined(separator: "<br>")) |")
    }
    return lines
  }

  static let columns = [
    "status", "verdict", "severity", "address", "resourceId", "resourceType", "cloud", "account", "region", "path",
    "expected", "actual", "code", "checkIds", "codeLocation", "stateUri", "reason",
  ]

  /// A line for each difference, or for the resource where there is none.
  private func csv() -> [UInt8] {
    var out = Array((Self.columns.joined(separator: ",") + "\r\n").utf8)
    for row in run.rows {
      let lines: [DriftAttribute?] = row.attributes.isEmpty ? [nil] : row.attributes
      for line in lines {
        let cells = [
          row.status, line?.verdict ?? row.verdict, line?.severity?.rawValue ?? "", row.address,
          row.resourceId, row.resourceType, row.cloud, row.account, row.region, line?.path ?? "", line?.expected ?? "",
          line?.actual ?? "", line?.code ?? "", (line?.flips ?? []).map(\.check.id).joined(separator: " "),
          line?.codeLocation ?? row.codeLocation, row.stateUri, row.reason,
        ]
        for (index, cell) in cells.enumerated() {
          if index > 0 { out.append(UInt8(ascii: ",")) }
          Report.cell(cell, into: &out)
        }
        out.append(contentsOf: [0x0D, 0x0A])
      }
    }
    return out
  }

  private func json() -> JSONDraft {
    func value(_ text: String) -> JSONDraft {
      (try? JSONDocument.parse(text)).map { .value($0.root) } ?? .null
    }
    func optional(_ text: String) -> JSONDraft { text.isEmpty ? .null : .string(text) }
    func checks(_ flips: [DriftFlip]) -> JSONDraft {
      .array(
        flips.map { flip in
          .object([
            ("id", .string(flip.check.id)), ("severity", .string(flip.check.severity.rawValue)),
            ("title", .string(flip.check.title)), ("before", .string(flip.before.rawValue)),
            ("after", .string(flip.after.rawValue)),
          ])
        })
    }
    let resources = run.rows.map { row -> JSONDraft in
      .object([
        ("status", .string(row.status)), ("verdict", optional(row.verdict)), ("address", optional(row.address)),
        ("previousAddress", optional(row.previousAddress)), ("resourceId", .string(row.resourceId)),
        ("terraformType", optional(row.terraformType)), ("resourceType", .string(row.resourceType)),
        ("cloud", .string(row.cloud)), ("account", .string(row.account)), ("region", .string(row.region)),
        ("stateUri", optional(row.stateUri)), ("codeLocation", optional(row.codeLocation)),
        ("reason", optional(row.reason)), ("severity", optional(row.severity?.rawValue ?? "")),
        ("checks", checks(row.flips)),
        (
          "differences",
          .array(
            row.attributes.map { attribute in
              .object([
                ("path", .string(attribute.path)),
                ("expected", value(attribute.expected)), ("actual", value(attribute.actual)),
                ("code", value(attribute.code)), ("verdict", optional(attribute.verdict)),
                ("removed", .array(attribute.removed.map(value))), ("added", .array(attribute.added.map(value))),
                ("severity", optional(attribute.severity?.rawValue ?? "")),
                ("checkIds", .array(attribute.flips.map { .string($0.check.id) })),
                ("codeLocation", optional(attribute.codeLocation)),
              ])
            })
        ),
      ])
    }
    return .object([
      ("time", .string(DateTime.text(time))), ("states", .array(run.states.map(JSONDraft.string))),
      ("summary", .object(run.counts.map { ($0.status, .int(Int64($0.count))) })),
      ("coverage", run.coverage.map(JSONDraft.double) ?? .null), ("resources", .array(resources)),
    ])
  }
}
