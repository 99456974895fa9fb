// SPDX-License-Identifier: Apache-2.0

/// A watchlist in a file of separated values whose first line names the columns. All columns are strings, and
/// `SearchKey` is the first one again where the file has none of that name, as queries expect of a watchlist.
package struct WatchlistFile: TableSource {
  package let schema: Schema
  private let folder: String
  private let name: String

  /// Reads the names of the columns; rows are read when a query wants them.
  package init(_ name: String, in folder: String) throws {
    (self.name, self.folder) = (name, folder)
    let bytes = try ExternalReader.bytes(of: name, in: folder)
    var text = SeparatedText(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes, 0x2C)
    var names = Naming()
    let columns = (text.next() ?? []).map { names.unique($0) }
    guard columns.contains(where: { !$0.isEmpty }) else {
      throw KQLError(.data, "'\(name)' has no first line with the names of columns")
    }
    schema = (columns + (columns.contains("SearchKey") ? [] : ["SearchKey"])).map { Field($0, .string) }
  }

  package func parts(_ request: ScanRequest) throws -> [TablePart] {
    [
      TablePart {
        let context = EvaluationContext(now: 0)
        let reader = ExternalReader(fields: schema, options: ["format": "csv", "ignorefirstrecord": "true"])
        var builders = schema.map { ColumnBuilder($0.type) }
        let bytes = try ExternalReader.bytes(of: name, in: folder)
        let count = try reader.append(bytes, name: name, into: &builders, context)
        var columns = builders.map { $0.finish() }
        let key = schema.count - 1
        // The reader leaves the column empty that the file does not have.
        if schema[key].name == "SearchKey", key > 0, case .string(let texts) = columns[key],
          (0..<count).allSatisfy({ texts[$0].isEmpty })
        {
          columns[key] = columns[0]
        }
        return Batch(columns: columns, count: count)
      }
    ]
  }
}
