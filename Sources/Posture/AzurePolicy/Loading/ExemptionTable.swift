// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Exemptions in a CSV file, as Enterprise Policy as Code keeps them.
enum ExemptionTable {
  private static let columns: Set<String> = [
    "name", "displayname", "description", "exemptioncategory", "expireson", "scope", "scopes", "policyassignmentid",
    "assignmentid", "assignmentreferenceid", "policydefinitionreferenceids", "metadata", "assignmentscopevalidation",
    "resourceselectors", "policydefinitionid", "policydefinitionname", "policysetdefinitionid",
    "policysetdefinitionname",
  ]

  /// The exemptions of a file, each with the line that it begins at.
  static func read(_ bytes: [UInt8], path: String) -> (sources: [PolicySource], problems: [PolicyFault]) {
    var (sources, problems) = ([PolicySource](), [PolicyFault]())
    let rows = rows(bytes)
    guard let header = rows.first else { return ([], []) }
    let names = header.cells.map { $0.filter { !$0.isWhitespace } }
    for (column, name) in names.enumerated() where !columns.contains(name.lowercased()) && !name.isEmpty {
      let hint = Spelling.nearest(to: name, in: columns).map { "; did you mean '\($0)'?" } ?? ""
      problems.append(
        PolicyFault(
          ContentError(
            .unknownKey, "unknown column '\(name)'\(hint)",
            at: ContentLocation(path: path, line: header.line, column: column + 1)), isWarning: true))
    }
    for row in rows.dropFirst() where row.cells.contains(where: { !$0.isEmpty }) {
      let place = ContentLocation(path: path, line: row.line)
      var members: [(key: String, value: JSONDraft)] = []
      for (name, cell) in zip(names, row.cells) where !cell.isEmpty {
        switch name.lowercased() {
        case "scopes", "policydefinitionreferenceids":
          members.append((name, .array(cell.split { $0 == "&" || $0 == "," }.map { .string(trimmed($0)) })))
        case "metadata", "resourceselectors":
          guard let value = try? JSONDocument.parse(cell) else {
            problems.append(PolicyFault(ContentError(.syntax, "the cell '\(name)' is not JSON", at: place)))
            continue
          }
          members.append((name, .value(value.root)))
        case "assignmentid": members.append(("policyAssignmentId", .string(cell)))
        case "assignmentreferenceid": members.append(reference(cell))
        default: members.append((name, .string(cell)))
        }
      }
      sources.append(PolicySource(JSONDraft.object(members).document().root, at: place))
    }
    return (sources, problems)
  }

  /// `policyDefinitions/NAME`, `policySetDefinitions/NAME`, or the id of an assignment or definition.
  private static func reference(_ cell: String) -> (key: String, value: JSONDraft) {
    let lower = cell.lowercased()
    let key: String
    if lower.hasPrefix("policydefinitions/") {
      return ("policyDefinitionName", .string(String(cell.dropFirst("policyDefinitions/".count))))
    } else if lower.hasPrefix("policysetdefinitions/") {
      return ("policySetDefinitionName", .string(String(cell.dropFirst("policySetDefinitions/".count))))
    } else if lower.contains("/policydefinitions/") {
      key = "policyDefinitionId"
    } else if lower.contains("/policysetdefinitions/") {
      key = "policySetDefinitionId"
    } else {
      key = "policyAssignmentId"
    }
    return (key, .string(cell))
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// Cells of RFC 4180 with the line at which each row begins.
  private static func rows(_ bytes: [UInt8]) -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    var (cells, cell) = ([String](), [UInt8]())
    var (line, start, isQuoted, wasQuoted) = (1, 1, false, false)
    func text() -> String {
      wasQuoted ? String(decoding: cell, as: UTF8.self) : trimmed(String(decoding: cell, as: UTF8.self)[...])
    }
    func endCell() {
      cells.append(text())
      (cell, wasQuoted) = ([], false)
    }
    func endRow() {
      endCell()
      rows.append((start, cells))
      cells = []
    }
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if byte != 0x22 {
          cell.append(byte)
        } else if at + 1 < bytes.count, bytes[at + 1] == 0x22 {
          cell.append(byte)
          at += 1
        } else {
          isQuoted = false
        }
      } else {
        switch byte {
        case 0x22 where cell.isEmpty: (isQuoted, wasQuoted) = (true, true)
        case 0x2C: endCell()
        case 0x0A:
          endRow()
          start = line
        case 0x0D: break
        default: cell.append(byte)
        }
      }
      at += 1
    }
    if !cell.isEmpty || !cells.isEmpty || wasQuoted { endRow() }
    return rows
  }
}
