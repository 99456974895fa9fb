// SPDX-License-Identifier: Apache-2.0
internal import KQL

extension Dossier {
  /// The rows of the report and its figures: `{"scan":{...},"figures":{...},"findings":[...],...}`. Cells without a value
  /// are left out.
  package func json() -> [UInt8] {
    let tables = DossierTables(self)
    var out = Array("{\"figures\":{".utf8)
    let values = Figures.of(self).groups.flatMap { $0.values }.sorted { $0.key < $1.key }
    for (index, entry) in values.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      ReportText.quote(entry.key, into: &out)
      out.append(UInt8(ascii: ":"))
      QueryResult.write(.real(entry.value), into: &out)
    }
    out.append(UInt8(ascii: "}"))
    if let framework {
      out.append(contentsOf: ",\"framework\":".utf8)
      ReportText.quote(framework.id, into: &out)
    }
    out.append(contentsOf: ",\"notes\":\(ReportText.array(notes))".utf8)
    for table in tables.list {
      // One scan, many of all else.
      let isOne = table.name == "Scan"
      out.append(contentsOf: ",\n\"\(table.name.prefix(1).lowercased())\(table.name.dropFirst())\":".utf8)
      if !isOne { out.append(UInt8(ascii: "[")) }
      for row in 0..<table.rows.count {
        out.append(contentsOf: (row > 0 ? ",\n{" : isOne ? "{" : "\n{").utf8)
        var isFirst = true
        for (field, column) in zip(table.schema, table.rows.columns) {
          let cell = column[row]
          if case .string("") = cell { continue }
          if cell.isNull { continue }
          if !isFirst { out.append(UInt8(ascii: ",")) }
          isFirst = false
          ReportText.quote(field.name, into: &out)
          out.append(UInt8(ascii: ":"))
          // Evidence is JSON already.
          if field.name == "evidence" {
            out.append(contentsOf: cell.text.utf8)
          } else {
            QueryResult.write(cell, into: &out)
          }
        }
        out.append(UInt8(ascii: "}"))
      }
      if !isOne { out.append(UInt8(ascii: "]")) }
    }
    out.append(contentsOf: "}\n".utf8)
    return out
  }
}
