// SPDX-License-Identifier: Apache-2.0

/// A value for each group that may be replaced often: fixed-width cells as they are, others by number.
struct GroupValues {
  private let type: ScalarType
  private var words: [UInt64] = []
  private var isNull: [Bool] = []
  private var encoder: KeyEncoder?

  init(_ type: ScalarType) {
    self.type = type
    switch type {
    case .string, .guid, .dynamic: encoder = KeyEncoder(type)
    default: break
    }
  }

  var heldBytes: Int { words.count * 9 + (encoder?.heldBytes ?? 0) }

  mutating func grow(to total: Int) {
    words.grow(to: total, 0)
    isNull.grow(to: total, true)
  }

  /// Puts the cells of a column in the groups named, one each.
  mutating func put(_ column: Column, in groups: [Int]) {
    if encoder != nil {
      let numbers = encoder?.numbers(column, groups.count) ?? []
      for (index, group) in groups.enumerated() {
        words[group] = UInt64(numbers[index])
        isNull[group] = false
      }
      return
    }
    func fixed<E>(_ values: FixedColumn<E>, _ word: (E) -> UInt64) {
      for (index, group) in groups.enumerated() {
        isNull[group] = !values.isValid(index)
        words[group] = word(values.values[index])
      }
    }
    switch column {
    case .bool(let values):
      for (index, group) in groups.enumerated() {
        isNull[group] = values[index] == nil
        words[group] = values[index] == true ? 1 : 0
      }
    case .int(let values): fixed(values) { UInt64(bitPattern: Int64($0)) }
    case .long(let values), .datetime(let values), .timespan(let values): fixed(values) { UInt64(bitPattern: $0) }
    case .real(let values), .decimal(let values): fixed(values) { $0.bitPattern }
    case .string, .guid, .dynamic: break
    }
  }

  /// The values of the groups named; null for -1.
  func column(of groups: [Int]) -> Column {
    if let encoder {
      return encoder.column().gather(groups.map { $0 < 0 || isNull[$0] ? -1 : Int(words[$0]) })
    }
    let bits = Bitmap(count: groups.count) { groups[$0] >= 0 && !isNull[groups[$0]] }
    let validity = bits.isAllSet ? nil : bits
    return .fixed(groups.map { $0 < 0 ? 0 : words[$0] }, type, validity: validity)
  }
}
