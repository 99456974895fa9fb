// SPDX-License-Identifier: Apache-2.0

/// Cells of degrees named by base-32 digits (Niemeyer's geohash): the digits' bits halve the longitudes and the latitudes
/// in turn.
struct Geohash: Sendable {
  /// Columns and rows from the south-west, of 2^bits each.
  private let column: UInt64
  private let row: UInt64
  private let length: Int

  static let accuracies = 1...18
  private static let digits = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)

  private var columnBits: Int { (length * 5 + 1) / 2 }
  private var rowBits: Int { length * 5 / 2 }

  private init(column: UInt64, row: UInt64, length: Int) {
    self.column = column
    self.row = row
    self.length = length
  }

  init?(_ place: LngLat, accuracy: Int) {
    guard place.isPoint, Self.accuracies.contains(accuracy) else { return nil }
    func index(_ value: Double, _ limit: Double, _ bits: Int) -> UInt64 {
      let scale = Double(sign: .plus, exponent: bits, significand: 1)
      return UInt64(min(max(0, ((value + limit) / (2 * limit) * scale).rounded(.down)), scale - 1))
    }
    length = accuracy
    column = index(place.lng, 180, (accuracy * 5 + 1) / 2)
    row = index(place.lat, 90, accuracy * 5 / 2)
  }

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard Self.accuracies.contains(bytes.count) else { return nil }
    var (column, row): (UInt64, UInt64) = (0, 0)
    var isColumn = true
    for byte in bytes {
      let lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
      guard let digit = Self.digits.firstIndex(of: lower) else { return nil }
      for bit in (0..<5).reversed() {
        let value = UInt64(digit >> bit & 1)
        if isColumn { column = column << 1 | value } else { row = row << 1 | value }
        isColumn.toggle()
      }
    }
    self.init(column: column, row: row, length: bytes.count)
  }

  var text: String {
    var bytes: [UInt8] = []
    var (columnBit, rowBit) = (columnBits, rowBits)
    var isColumn = true
    for _ in 0..<length {
      var digit = 0
      for _ in 0..<5 {
        if isColumn { columnBit -= 1 } else { rowBit -= 1 }
        digit = digit << 1 | Int((isColumn ? column >> UInt64(columnBit) : row >> UInt64(rowBit)) & 1)
        isColumn.toggle()
      }
      bytes.append(Self.digits[digit])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func degrees(_ index: UInt64, half: Bool, _ limit: Double, _ bits: Int) -> Double {
    let scale = Double(sign: .plus, exponent: -bits, significand: 2 * limit)
    return (Double(index) + (half ? 0.5 : 0)) * scale - limit
  }

  var centre: LngLat {
    LngLat(lng: degrees(column, half: true, 180, columnBits), lat: degrees(row, half: true, 90, rowBits))
  }

  /// The corners from the south-west, counterclockwise, the first repeated.
  var ring: [LngLat] {
    let (west, east) = (
      degrees(column, half: false, 180, columnBits), degrees(column + 1, half: false, 180, columnBits)
    )
    let (south, north) = (degrees(row, half: false, 90, rowBits), degrees(row + 1, half: false, 90, rowBits))
    return [
      LngLat(lng: west, lat: south), LngLat(lng: east, lat: south), LngLat(lng: east, lat: north),
      LngLat(lng: west, lat: north), LngLat(lng: west, lat: south),
    ]
  }

  /// Clockwise from the north-west. None lies beyond a pole.
  var neighbors: [Geohash] {
    let steps = [(-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0)]
    let (columns, rows) = (UInt64(1) << UInt64(columnBits), UInt64(1) << UInt64(rowBits))
    var seen: [Geohash] = []
    for (across, up) in steps {
      let (row, column) = (
        row &+ UInt64(bitPattern: Int64(up)), (column &+ UInt64(bitPattern: Int64(across))) & (columns - 1)
      )
      if row < rows { seen.append(Geohash(column: column, row: row, length: length)) }
    }
    return seen
  }
}
