// SPDX-License-Identifier: Apache-2.0
import JSON

/// Rows with equal keys get one number, in order of first appearance.
enum Grouping {
  /// Rows that are numbered before it is asked whether the query is to end.
  private static let chunk = 1 << 18

  static func number(_ keys: [Column], _ count: Int) throws -> (groups: [Int], firsts: [Int]) {
    guard !keys.isEmpty else { return ([Int](repeating: 0, count: count), count > 0 ? [0] : []) }
    var table = GroupTable(keys.map(\.type))
    var groups: [Int] = []
    var firsts: [Int] = []
    groups.reserveCapacity(count)
    for start in stride(from: 0, to: count, by: chunk) {
      try QueryRun.current?.check()
      let rows = start..<min(count, start + chunk)
      let numbers = table.numbers(rows.count == count ? keys : keys.map { $0.slice(rows) }, rows.count)
      // Numbers are dealt in order of first appearance, so a new one is always the next.
      for (row, number) in zip(rows, numbers) {
        if Int(number) == firsts.count { firsts.append(row) }
        groups.append(Int(number))
      }
    }
    return (groups, firsts)
  }

  /// A text of bytes that is equal for equal cells of one type.
  static func encode(_ column: Column, _ row: Int, into key: inout [UInt8]) {
    func fixed(_ value: UInt64?) {
      key.append(value == nil ? 0 : 1)
      if let value { withUnsafeBytes(of: value) { key.append(contentsOf: $0) } }
    }
    switch column {
    case .bool(let values): fixed(values[row].map { $0 ? 1 : 0 })
    case .int(let values): fixed(values[row].map { UInt64(bitPattern: Int64($0)) })
    case .long(let values), .datetime(let values), .timespan(let values):
      fixed(values[row].map(UInt64.init(bitPattern:)))
    case .real(let values), .decimal(let values):
      fixed(values[row].map { ($0 == 0 ? 0 : $0).bitPattern })
    case .string(let strings), .guid(let strings):
      fixed(UInt64(strings.pool.length(Int(strings.codes[row]))))
      strings.pool.withUTF8(Int(strings.codes[row])) { key.append(contentsOf: $0) }
    case .dynamic(let values):
      let bytes = values[row]?.canonical() ?? []
      fixed(UInt64(bytes.count))
      key.append(contentsOf: bytes)
    }
  }
}
