// SPDX-License-Identifier: Apache-2.0
import JSON

/// Rows with equal keys get one number, in order of first appearance.
enum Grouping {
  static func number(_ keys: [Column], _ count: Int) -> (groups: [Int], firsts: [Int]) {
    guard !keys.isEmpty else { return ([Int](repeating: 0, count: count), count > 0 ? [0] : []) }
    var table = GroupTable(keys.map(\.type))
    let numbers = table.numbers(keys, count)
    var firsts: [Int] = []
    firsts.reserveCapacity(table.count)
    // Numbers are dealt in order of first appearance, so a new one is always the next.
    for row in 0..<count where Int(numbers[row]) == firsts.count { firsts.append(row) }
    return (numbers.map(Int.init), firsts)
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
