// SPDX-License-Identifier: Apache-2.0

/// A point of the hexagonal lattice as an Eisenstein integer x + yω, where ω turns by 120°.
///
/// In these numbers H3's aperture-7 hierarchy is division: seven cells share a parent because 2 - ω and 3 + ω have norm 7,
/// the digit of a cell is its residue, and a turn by 60° is multiplication by 1 + ω.
struct HexNumber: Hashable {
  var x: Int
  var y: Int

  static let zero = HexNumber(x: 0, y: 0)
  /// The steps of H3's digits: none, K, J, JK, I, IK, IJ.
  static let steps = [
    zero, HexNumber(x: -1, y: -1), HexNumber(x: 0, y: 1), HexNumber(x: -1, y: 0), HexNumber(x: 1, y: 0),
    HexNumber(x: 0, y: -1), HexNumber(x: 1, y: 1),
  ]

  static func + (a: HexNumber, b: HexNumber) -> HexNumber { HexNumber(x: a.x + b.x, y: a.y + b.y) }
  static func - (a: HexNumber, b: HexNumber) -> HexNumber { HexNumber(x: a.x - b.x, y: a.y - b.y) }
  static func * (a: HexNumber, b: HexNumber) -> HexNumber {
    HexNumber(x: a.x * b.x - a.y * b.y, y: a.x * b.y + a.y * b.x - a.y * b.y)
  }

  var hex: Hex { Hex(x: Double(x), y: Double(y)) }

  /// Turned counterclockwise by a number of sixths.
  func turned(_ sixths: Int) -> HexNumber {
    var number = self
    for _ in 0..<((sixths % 6 + 6) % 6) { number = HexNumber(x: 1, y: 1) * number }
    return number
  }

  /// How many sixths of a turn a unit is from 1.
  static func sixths(_ unit: HexNumber) -> Int {
    (0..<6).first { HexNumber(x: 1, y: 0).turned($0) == unit } ?? 0
  }

  /// The lattice point nearest to a place.
  init(nearest place: Hex) {
    let (fx, fy) = (place.x.rounded(.down), place.y.rounded(.down))
    var best = (distance: Double.infinity, x: 0.0, y: 0.0)
    for (x, y) in [(fx, fy), (fx + 1, fy), (fx, fy + 1), (fx + 1, fy + 1)] {
      let (dx, dy) = (place.x - x, place.y - y)
      let distance = dx * dx - dx * dy + dy * dy
      if distance < best.distance { best = (distance, x, y) }
    }
    self.init(x: Int(best.x), y: Int(best.y))
  }

  init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  /// What one step of resolution 0 is in steps of another.
  static let scales: [HexNumber] = {
    var list = [HexNumber(x: 1, y: 0)]
    for resolution in 1...15 { list.append(list[resolution - 1] * factor(resolution)) }
    return list
  }()

  /// What one step of the resolution before is in steps of this one; the sense of the turn alternates.
  private static func factor(_ resolution: Int) -> HexNumber {
    resolution % 2 == 1 ? HexNumber(x: 2, y: -1) : HexNumber(x: 3, y: 1)
  }

  /// The cell with these digits, counted from the centre of its base cell.
  init(digits: [Int]) {
    self = .zero
    for (index, digit) in digits.enumerated() { self = self * Self.factor(index + 1) + Self.steps[digit] }
  }

  /// The digits of a cell, and what remains at resolution 0: the base cell's place.
  func digits(_ resolution: Int) -> (digits: [Int], base: HexNumber) {
    var digits: [Int] = []
    var number = self
    for level in stride(from: resolution, to: 0, by: -1) {
      // ω is 2 modulo 2 - ω, and 4 modulo 3 + ω.
      let residue = ((number.x + (level % 2 == 1 ? 2 : 4) * number.y) % 7 + 7) % 7
      let digit = (level % 2 == 1 ? [0, 4, 2, 6, 1, 5, 3] : [0, 4, 1, 5, 2, 6, 3])[residue]
      digits.append(digit)
      let factor = Self.factor(level)
      let product = (number - Self.steps[digit]) * HexNumber(x: factor.x - factor.y, y: -factor.y)
      number = HexNumber(x: product.x / 7, y: product.y / 7)
    }
    return (digits.reversed(), number)
  }
}
