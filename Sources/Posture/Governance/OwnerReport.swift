// SPDX-License-Identifier: Apache-2.0
package import KQL

/// What each owner has to mend, and by when: queries over the table `Findings`, so that every figure can be asked again.
package enum OwnerReport {
  private static let open = """
    Findings
    | where status == 'Unhealthy' and isnull(exemption) and isempty(twinOf)
    | extend owner = iff(isempty(owner), 'unassigned', owner)
    """

  /// An owner per row.
  package static let query =
    open + """

      | summarize open = count(), overdue = countif(due < now()), onTime = countif(due >= now()),
          critical = countif(severity == 'critical'), high = countif(severity == 'high'), nextDue = minif(due, due >= now())
        by owner
      | order by overdue desc, open desc, owner asc
      """

  private static let tasks =
    open + """

      | where owner != 'unassigned'
      | extend rank = case(severity == 'critical', 0, severity == 'high', 1, severity == 'medium', 2, 3)
      | order by owner asc, due asc, rank asc, checkId asc, resourceId asc
      | project owner, due, severity, title, checkId, resourceId, reason
      """

  /// A message to one owner.
  package struct Digest: Sendable {
    package let owner: String
    /// A name for its file that is safe on every disk.
    package let fileName: String
    /// `To`, `Subject`, an empty line and the text.
    package let text: String
  }

  /// Tasks that are named in a message before the rest is only counted.
  private static let shown = 50

  /// A message per owner.
  package static func digests(_ catalog: Catalog, now: Int64) throws(KQLError) -> [Digest] {
    let result = try Query(tasks, catalog: catalog).run(now: now)
    var byOwner: [(owner: String, rows: [Int])] = []
    for row in 0..<result.rows.count {
      let owner = result.rows.columns[0][row].text
      if byOwner.last?.owner == owner {
        byOwner[byOwner.count - 1].rows.append(row)
      } else {
        byOwner.append((owner, [row]))
      }
    }
    var names: Set<String> = []
    return byOwner.map { owner, rows in
      var name = fileName(owner)
      var number = 1
      while !names.insert(name.lowercased()).inserted {
        number += 1
        name = "\(fileName(owner))-\(number)"
      }
      return Digest(owner: owner, fileName: name + ".txt", text: text(owner, rows, result, now))
    }
  }

  private static func text(_ owner: String, _ rows: [Int], _ result: QueryResult, _ now: Int64) -> String {
    func cell(_ row: Int, _ column: Int) -> String { line(result.rows.columns[column][row].text) }
    func due(_ row: Int) -> Int64? {
      if case .datetime(let ticks) = result.rows.columns[1][row] { ticks } else { nil }
    }
    let overdue = rows.filter { due($0).map { $0 < now } ?? false }
    let later = rows.filter { !overdue.contains($0) }
    let tasks = rows.count == 1 ? "1 finding" : "\(rows.count) findings"
    var out = "To: \(line(owner))\nSubject: \(tasks) to mend, \(overdue.count) overdue\n\n"
    out += "As of \(DateTime.text(now).prefix(16))Z you own \(tasks), \(overdue.count) of them overdue.\n"
    for (title, list) in [("Overdue", overdue), ("Due", later)] where !list.isEmpty {
      out += "\n\(title)\n"
      for row in list.prefix(shown) {
        out += "\n- \(due(row).map { String(DateTime.text($0).prefix(10)) } ?? "no date")  "
        out += "\(cell(row, 2)): \(cell(row, 3))\n  \(cell(row, 5))\n  \(cell(row, 6))\n"
        out += "  How to mend it: plumb check show \(cell(row, 4))\n"
      }
      if list.count > shown { out += "\nand \(list.count - shown) more\n" }
    }
    return out
  }

  /// On one line: what tags hold is anybody's to choose, and must not write headers of its own.
  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }

  private static func fileName(_ owner: String) -> String {
    let name = String(
      owner.prefix(100).map { character in
        character.isASCII && (character.isLetter || character.isNumber || "@-_+.".contains(character)) ? character : "_"
      })
    return name.hasPrefix(".") ? "_" + name : name
  }
}
