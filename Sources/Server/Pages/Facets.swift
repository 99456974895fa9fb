// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Posture

/// Values of which a list is sorted out, each a number for the name that it has.
struct FacetColumn: Sendable {
  private(set) var names: [String] = []
  private(set) var codes: [Int32] = []

  init(_ texts: some Sequence<String>) {
    var known: [String: Int32] = [:]
    for text in texts {
      if let code = known[text] {
        codes.append(code)
      } else {
        known[text] = Int32(names.count)
        codes.append(Int32(names.count))
        names.append(text)
      }
    }
  }

  subscript(_ row: Int) -> String { names[Int(codes[row])] }
}

/// Rows that are chosen by the values of their columns: of one column any, of several all.
struct FacetTable: Sendable {
  let columns: [(name: String, column: FacetColumn)]

  init(columns: [(name: String, column: FacetColumn)]) { self.columns = columns }

  func codes(_ name: String) -> [Int32] { columns.first { $0.name == name }?.column.codes ?? [] }

  struct Choice {
    let rows: [Int]
    /// Of each column how many rows each value would give, with what is chosen in the others.
    let counts: [[Int]]
  }

  /// - Parameters:
  ///   - address: where the chosen values stand under the names of the columns.
  ///   - standard: what counts as chosen of a column of which nothing is.
  func choose(_ address: PageAddress, standard: [String: [String]] = [:], also isWanted: (Int) -> Bool) -> Choice {
    // Of each column whether a value is among those chosen; nil where nothing is.
    let chosen = columns.map { name, column -> [Bool]? in
      var values = address.values(name)
      if values.isEmpty { values = standard[name] ?? [] }
      guard !values.isEmpty else { return nil }
      let wanted = Set(values)
      return column.names.map(wanted.contains)
    }
    let limited = chosen.indices.filter { chosen[$0] != nil }
    let codes = columns.map(\.column.codes)
    var starts: [Int] = []
    var total = 0
    for (_, column) in columns {
      starts.append(total)
      total += column.names.count
    }
    var flat = [Int](repeating: 0, count: total)
    var rows: [Int] = []
    for row in 0..<(codes.first?.count ?? 0) where isWanted(row) {
      var (missed, miss) = (0, 0)
      for index in limited where chosen[index]?[Int(codes[index][row])] == false {
        missed += 1
        miss = index
        if missed > 1 { break }
      }
      if missed == 0 {
        rows.append(row)
        for index in codes.indices { flat[starts[index] + Int(codes[index][row])] += 1 }
      } else if missed == 1 {
        flat[starts[miss] + Int(codes[miss][row])] += 1
      }
    }
    let counts = columns.indices.map { index in
      Array(flat[starts[index]..<(starts[index] + columns[index].column.names.count)])
    }
    return Choice(rows: rows, counts: counts)
  }

  /// The values of a column with their counts, the most frequent first.
  func values(
    _ name: String, _ choice: Choice, label: (String) -> String = { $0 }
  ) -> [(value: String, label: String, count: Int)] {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return [] }
    let column = columns[index].column
    return column.names.indices.map { (column.names[$0], label(column.names[$0]), choice.counts[index][$0]) }
      .sorted { ($1.count, $0.label) < ($0.count, $1.label) }
  }
}

extension FacetTable {
  static let due = ["overdue", "week", "later", "none"]

  /// Of findings: what is said, how bad it is, where, of which control, whose, and by when.
  init(_ dossier: Dossier, controlTitles: [String: String], now: Int64) {
    let findings = dossier.findings
    func status(_ finding: Finding) -> String {
      switch finding.status {
      case .healthy: "healthy"
      case .notApplicable: "notapplicable"
      case .unknown: "unknown"
      case .unhealthy: finding.isExempt ? "exempt" : finding.isFault ? "unhealthy" : "twin"
      }
    }
    func due(_ finding: Finding) -> String {
      guard finding.isFault, let due = finding.mark?.due else { return "none" }
      return due < now ? "overdue" : due < now + 7 * DateTime.ticksPerDay ? "week" : "later"
    }
    columns = [
      ("status", FacetColumn(findings.lazy.map(status))),
      ("severity", FacetColumn(findings.lazy.map(\.check.severity.rawValue))),
      ("cloud", FacetColumn(findings.lazy.map(\.subject.cloud))),
      ("account", FacetColumn(findings.lazy.map(\.subject.account))),
      ("control", FacetColumn(findings.lazy.map { controlTitles[$0.check.id] ?? "" })),
      ("type", FacetColumn(findings.lazy.map(\.subject.type))),
      ("owner", FacetColumn(findings.lazy.map { $0.mark?.owner ?? "" })),
      ("due", FacetColumn(findings.lazy.map(due))),
    ]
  }
}
