// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A cell of Uber's H3: hexagons (and twelve pentagons) on an icosahedron, each with seven children.
///
/// The number has a mode of 1 in bits 59-62, the resolution in 52-55, the base cell in 45-51, then fifteen digits of three
/// bits, 7 past the resolution (h3geo.org/docs/core-library/h3Indexing).
struct H3Cell: Hashable, Sendable {
  let resolution: Int
  let base: Int
  let digits: [Int]

  static let resolutions = 0...15

  init(base: Int, digits: [Int]) {
    self.base = base
    self.digits = digits
    resolution = digits.count
  }

  init?(_ text: String) {
    guard (1...16).contains(text.utf8.count), text.utf8.first != 0x2B, let id = UInt64(text, radix: 16) else {
      return nil
    }
    self.init(id: id)
  }

  init?(id: UInt64) {
    let (resolution, base) = (Int(id >> 52 & 15), Int(id >> 45 & 127))
    guard id >> 59 == 1, id >> 56 & 7 == 0, base < H3Base.count else { return nil }
    let all = (1...15).map { Int(id >> UInt64(45 - 3 * $0) & 7) }
    guard all[..<resolution].allSatisfy({ $0 < 7 }), all[resolution...].allSatisfy({ $0 == 7 }) else { return nil }
    self.init(base: base, digits: Array(all[..<resolution]))
    if H3Base.isPentagon(base), leading == 1 { return nil }
  }

  var id: UInt64 {
    var id: UInt64 = 1 << 59 | UInt64(resolution) << 52 | UInt64(base) << 45
    for index in 0..<15 { id |= UInt64(index < resolution ? digits[index] : 7) << UInt64(42 - 3 * index) }
    return id
  }
  var text: String { String(id, radix: 16) }

  private var leading: Int { digits.first { $0 != 0 } ?? 0 }
  var isPentagon: Bool { H3Base.isPentagon(base) && leading == 0 }

  // MARK: Hierarchy

  func parent(_ resolution: Int) -> H3Cell? {
    guard (0...self.resolution).contains(resolution) else { return nil }
    return H3Cell(base: base, digits: Array(digits[..<resolution]))
  }

  /// The number of children at a resolution.
  func childCount(_ resolution: Int) -> Int {
    var count = 1
    for _ in self.resolution..<resolution { count *= 7 }
    return isPentagon ? 1 + 5 * (count - 1) / 6 : count
  }

  /// In the order of their numbers; nil where the resolution is coarser.
  func children(_ resolution: Int) -> [H3Cell]? {
    guard resolution >= self.resolution, resolution <= 15 else { return nil }
    var list = [self]
    for _ in self.resolution..<resolution {
      list = list.flatMap { cell in
        (0..<7).compactMap { digit in
          cell.isPentagon && digit == 1 ? nil : H3Cell(base: cell.base, digits: cell.digits + [digit])
        }
      }
    }
    return list
  }

  // MARK: From points

  init?(_ place: LngLat, resolution: Int) {
    guard place.isPoint, Self.resolutions.contains(resolution) else { return nil }
    self.init(Icosahedron.place(Vector3(place)), resolution)
  }

  /// The cell of a place on the face that it lies on.
  init(_ place: Icosahedron.Place, _ resolution: Int) {
    let scale = HexNumber.scales[resolution]
    let number = HexNumber(nearest: place.hex * scale.hex)
    let origin = number.digits(resolution).base
    // Counted from its base cell, the cell has the same digits on whichever face, but for a turn.
    let relative = number - origin * scale
    let found = H3Base.find(origin, on: place.face)
    var digits = relative.turned(found.turn).digits(resolution).digits
    if H3Base.isPentagon(found.base), digits.first(where: { $0 != 0 }) == 1 {
      // In the sixth of the plane that a pentagon lacks: one edge of the gap is the other.
      digits = relative.turned(found.turn + (found.wedge == 0 ? 1 : -1)).digits(resolution).digits
    }
    self.init(base: found.base, digits: digits)
  }

  // MARK: Geometry

  /// The cell's place counted from its base cell, in steps of its resolution.
  var number: HexNumber { HexNumber(digits: digits) }
  /// One step of the resolution in units of resolution 0.
  var unit: Hex { HexNumber.scales[resolution].hex.inverse }
  func place(_ number: HexNumber) -> Icosahedron.Place {
    H3Base.place(base, number.hex * unit, leading: leading)
  }

  var centre: Vector3 { place(number).point }

  /// The corners counterclockwise, and the places where an edge passes from face to face.
  var boundary: [Vector3] {
    isPentagon ? pentagon : hexagon
  }

  private var hexagon: [Vector3] {
    let centre = place(number)
    let (middle, unit) = (centre.hex, unit)
    let corners = (0..<6).map { sixth in
      let corner = Hex(x: 2 / 3.0, y: 1 / 3.0) * HexNumber(x: 1, y: 0).turned(sixth).hex
      return Icosahedron.Place(centre.face, middle + corner * unit)
    }
    var points: [Vector3] = []
    for (index, corner) in corners.enumerated() {
      points.append(corner.folded.point)
      // At even resolutions the edges of a face pass through corners of cells.
      if resolution % 2 == 1 { points += Self.crossings(corner, corners[(index + 1) % 6]) }
    }
    return points
  }

  /// Where the edge between two places of one plane leaves or enters the face.
  private static func crossings(_ a: Icosahedron.Place, _ b: Icosahedron.Place) -> [Vector3] {
    var list: [(part: Double, point: Vector3)] = []
    for corner in 0..<3 {
      let (from, to) = (a.weights[corner], b.weights[corner])
      guard min(from, to) < -1e-9, max(from, to) > 1e-9 else { continue }
      let part = from / (from - to)
      let weights = a.weights + part * (b.weights - a.weights)
      if weights.min() > -1e-9 { list.append((part, Icosahedron.Place(a.face, weights: weights).point)) }
    }
    return list.sorted { $0.part < $1.part }.map(\.point)
  }

  /// Corners every 60° of the 300 around a corner of the icosahedron, where five faces meet.
  private var pentagon: [Vector3] {
    let corner = Hex(x: 2 / 3.0, y: 1 / 3.0) * unit
    let (x, y) = (corner.x - corner.y / 2, corner.y * 3.0.squareRoot() / 2)
    let distance = (x * x + y * y).squareRoot()
    let first = 180 - atan2(y, x) * 180 / .pi
    var points: [Vector3] = []
    for index in 0..<5 {
      let angle = first - 60 * Double(index)
      points.append(H3Base.polar(base, distance, angle).point)
      guard resolution % 2 == 1 else { continue }
      // The edge of the icosahedron between this corner and the next.
      let edge = ((angle - 30) / 60).rounded(.down) * 60 + 30
      let along = distance * cos(.pi / 6) / cos((angle - 30 - edge) * .pi / 180)
      points.append(H3Base.polar(base, along, edge).point)
    }
    return points
  }
}
