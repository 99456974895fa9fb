// SPDX-License-Identifier: Apache-2.0

/// A cell of S2's hierarchy: six faces of a cube, each divided into four down to level 30, numbered along a Hilbert curve.
///
/// The number has three bits of face, two bits a level, then a one and zeros (s2geometry.io/devguide/s2cell_hierarchy).
struct S2Cell: Hashable, Sendable, Comparable {
  let id: UInt64

  static let levels = 0...30
  private static let size = 1 << 30

  init(id: UInt64) { self.id = id }

  static func < (a: S2Cell, b: S2Cell) -> Bool { a.id < b.id }

  /// Hexadecimal digits without the zeros at the end.
  init?(token: String) {
    let bytes = Array(token.utf8)
    guard (1...16).contains(bytes.count), let value = UInt64(token, radix: 16), bytes[0] != 0x2B else { return nil }
    id = value << UInt64(4 * (16 - bytes.count))
    guard id >> 61 < 6, lowest & 0x1555_5555_5555_5555 != 0 else { return nil }
  }

  var token: String {
    var text = String(id, radix: 16)
    text = String(repeating: "0", count: 16 - text.utf8.count) + text
    while text.hasSuffix("0") { text.removeLast() }
    return text
  }

  init?(_ place: LngLat, level: Int) {
    guard place.isPoint, Self.levels.contains(level) else { return nil }
    self = S2Cell(Vector3(place)).parent(level)
  }

  /// The cell of level 30 that holds a point.
  init(_ point: Vector3) {
    let (face, u, v) = Self.face(point)
    self.init(face: face, i: Self.index(Self.st(u)), j: Self.index(Self.st(v)))
  }

  private var lowest: UInt64 { id & (~id &+ 1) }
  var level: Int { 30 - lowest.trailingZeroBitCount / 2 }

  func parent(_ level: Int) -> S2Cell {
    let bit: UInt64 = 1 << UInt64(2 * (30 - level))
    return S2Cell(id: id & (~bit &+ 1) | bit)
  }

  var children: [S2Cell] {
    guard level < 30 else { return [] }
    let step = lowest >> 2
    return (0..<4).map { S2Cell(id: id - lowest + step * UInt64(2 * $0 + 1)) }
  }

  static let faces = (0..<6).map { S2Cell(id: UInt64($0) << 61 | 1 << 60) }

  // MARK: The Hilbert curve

  /// Position on the curve to i, j (as 2i + j), for the four orientations; then the turn that each quarter adds.
  private static let order: [[Int]] = [[0, 1, 3, 2], [0, 2, 3, 1], [3, 2, 0, 1], [3, 1, 0, 2]]
  private static let turns = [1, 0, 0, 3]

  private init(face: Int, i: Int, j: Int) {
    var id = UInt64(face)
    var orientation = face & 1
    for bit in (0..<30).reversed() {
      let quarter = (i >> bit & 1) << 1 | (j >> bit & 1)
      let position = Self.order[orientation].firstIndex(of: quarter) ?? 0
      id = id << 2 | UInt64(position)
      orientation ^= Self.turns[position]
    }
    self.id = id << 1 | 1
  }

  /// The face and the leaf cell of it in the middle (or beside the middle) of the cell.
  private var faceIJ: (face: Int, i: Int, j: Int) {
    let face = Int(id >> 61)
    var (i, j, orientation) = (0, 0, face & 1)
    for bit in (0..<30).reversed() {
      let position = Int(id >> UInt64(2 * bit + 1) & 3)
      let quarter = Self.order[orientation][position]
      i = i << 1 | quarter >> 1
      j = j << 1 | quarter & 1
      orientation ^= Self.turns[position]
    }
    return (face, i, j)
  }

  /// The least i and j of the cell's leaves, and how many leaves it spans.
  private var square: (face: Int, i: Int, j: Int, span: Int) {
    let span = 1 << (30 - level)
    let (face, i, j) = faceIJ
    return (face, i & ~(span - 1), j & ~(span - 1), span)
  }

  // MARK: The cube

  private static func point(_ face: Int, _ u: Double, _ v: Double) -> Vector3 {
    switch face {
    case 0: Vector3(1, u, v)
    case 1: Vector3(-u, 1, v)
    case 2: Vector3(-u, -v, 1)
    case 3: Vector3(-1, -v, -u)
    case 4: Vector3(v, -1, -u)
    default: Vector3(v, u, -1)
    }
  }

  private static func face(_ p: Vector3) -> (face: Int, u: Double, v: Double) {
    let (x, y, z) = (abs(p.x), abs(p.y), abs(p.z))
    if x > y && x > z || x > y && x == z || x == y && x > z {
      return p.x > 0 ? (0, p.y / p.x, p.z / p.x) : (3, p.z / p.x, p.y / p.x)
    }
    if y > z || y == z && y >= x {
      return p.y > 0 ? (1, -p.x / p.y, p.z / p.y) : (4, p.z / p.y, -p.x / p.y)
    }
    return p.z > 0 ? (2, -p.x / p.z, -p.y / p.z) : (5, -p.y / p.z, -p.x / p.z)
  }

  /// The quadratic map that makes cells of one level nearly alike in area.
  private static func uv(_ s: Double) -> Double {
    s >= 0.5 ? (1 / 3.0) * (4 * s * s - 1) : (1 / 3.0) * (1 - 4 * (1 - s) * (1 - s))
  }

  private static func st(_ u: Double) -> Double {
    u >= 0 ? 0.5 * (1 + 3 * u).squareRoot() : 1 - 0.5 * (1 - 3 * u).squareRoot()
  }

  private static func index(_ s: Double) -> Int {
    s.isNaN ? 0 : Int(min(max(0, (s * Double(size)).rounded(.down)), Double(size - 1)))
  }

  // MARK: Geometry

  private func corner(_ face: Int, _ i: Int, _ j: Int) -> Vector3 {
    let scale = 1 / Double(Self.size)
    return Self.point(face, Self.uv(Double(i) * scale), Self.uv(Double(j) * scale)).normalized
  }

  var centre: Vector3 {
    let (face, i, j, span) = square
    let scale = 0.5 / Double(Self.size)
    return Self.point(face, Self.uv(Double(2 * i + span) * scale), Self.uv(Double(2 * j + span) * scale)).normalized
  }

  /// The corners, counterclockwise.
  var corners: [Vector3] {
    let (face, i, j, span) = square
    return [
      corner(face, i, j), corner(face, i + span, j), corner(face, i + span, j + span), corner(face, i, j + span),
    ]
  }

  /// The cells of the same level that touch this one, row by row as S2 lists them, each once.
  var neighbors: [S2Cell] {
    let (face, i, j, span) = square
    let level = level
    let steps = [(-1, -1), (1, -1), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, 1), (1, 1)]
    var list: [S2Cell] = []
    for (across, up) in steps {
      let cell = Self.wrapped(face, i + across * span, j + up * span).parent(level)
      if cell != self, !list.contains(cell) { list.append(cell) }
    }
    return list
  }

  /// The leaf at i, j of a face; one that lies just off the face is found on the face beside it.
  private static func wrapped(_ face: Int, _ i: Int, _ j: Int) -> S2Cell {
    if (0..<size).contains(i), (0..<size).contains(j) { return S2Cell(face: face, i: i, j: j) }
    func outside(_ index: Int) -> Double {
      let index = min(max(-1, index), size)
      let limit = 1.0.nextUp
      return min(max(-limit, Double((index << 1) + 1 - size) / Double(size)), limit)
    }
    let (other, u, v) = Self.face(Self.point(face, outside(i), outside(j)))
    return S2Cell(face: other, i: index(0.5 * (u + 1)), j: index(0.5 * (v + 1)))
  }
}
