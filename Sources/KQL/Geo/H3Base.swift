// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The 122 cells of resolution 0: one in the middle of each face, three around it, one across each edge and one at each
/// corner, numbered from north to south.
enum H3Base {
  static let count = 122

  /// The face whose axes a cell's digits follow. A cell at a corner lies at (2, 0) of its own.
  private static let homes = [
    1, 0, 1, 0, 3, 1, 1, 0, 3, 0, 1, 1, 2, 2, 5, 4, 3, 10, 3, 0, 11, 0, 3, 10, 6, 10, 2, 5, 4, 2, 3, 4, 12, 3, 11, 5,
    11, 6, 7, 10, 11, 4, 2, 2, 4, 10, 5, 13, 12, 8, 12, 7, 6, 4, 7, 11, 5, 6, 9, 6, 5, 14, 13, 10, 13, 14, 8, 12, 16,
    13, 12, 7, 11, 7, 6, 14, 9, 16, 15, 15, 16, 8, 9, 12, 13, 8, 14, 8, 18, 7, 16, 18, 15, 16, 14, 15, 9, 13, 9, 18, 17,
    8, 17, 18, 9, 18, 16, 14, 15, 15, 19, 19, 17, 18, 17, 19, 19, 17, 17, 19, 17, 19,
  ]
  private static let pentagons: Set<Int> = [4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]

  static func isPentagon(_ base: Int) -> Bool { pentagons.contains(base) }

  private static let lattice = HexNumber.steps + [(2, 0), (0, 2), (-2, -2)].map { HexNumber(x: $0.0, y: $0.1) }

  private static let centres: [Vector3] = {
    var points: [Vector3] = []
    for face in Icosahedron.faces {
      for number in lattice {
        let point = Icosahedron.Place(face, number.hex).point
        if !points.contains(where: { $0.dot(point) > 0.999 }) { points.append(point) }
      }
    }
    return points.sorted { $0.z > $1.z }
  }()

  private static let places: [(face: Icosahedron.Face, number: HexNumber)] = homes.indices.map { base in
    let face = Icosahedron.faces[homes[base]]
    let number = lattice.first { Icosahedron.Place(face, $0.hex).point.dot(centres[base]) > 0.999 }
    return (face, number ?? .zero)
  }

  // MARK: Finding

  /// The base cell at a lattice point of a face's plane.
  struct Found {
    let base: Int
    /// Sixths of a turn from the axes of the face to those of the base cell's own.
    let turn: Int
    /// Around a pentagon, how many faces clockwise from its own.
    let wedge: Int
  }

  private static let reach = -4...4
  private static let found: [[Found]] = Icosahedron.faces.map { face in
    reach.flatMap { x in reach.map { look(HexNumber(x: x, y: $0), face) } }
  }

  static func find(_ number: HexNumber, on face: Icosahedron.Face) -> Found {
    guard reach.contains(number.x), reach.contains(number.y) else { return look(number, face) }
    return found[Icosahedron.index(face)][(number.x + 4) * reach.count + number.y + 4]
  }

  private static func look(_ number: HexNumber, _ face: Icosahedron.Face) -> Found {
    var centre = Icosahedron.Place(face, number.hex)
    var step = Icosahedron.Place(face, (number + HexNumber(x: 1, y: 0)).hex)
    func cross(_ corner: Int) {
      centre.cross(corner)
      step.cross(corner)
    }
    for _ in 0..<8 {
      guard let corner = centre.outside else { break }
      cross(corner)
    }
    let point = centre.point
    let base = centres.indices.max { centres[$0].dot(point) < centres[$1].dot(point) } ?? 0
    let home = places[base].face
    var order = Icosahedron.faces[Icosahedron.index(centre.face)]
    if !isPentagon(base) {
      if Icosahedron.index(centre.face) != homes[base] {
        let away = (0..<3).first { centre.face[$0] != home.x && centre.face[$0] != home.y && centre.face[$0] != home.z }
        cross(away ?? 0)
      }
      order = home
    }
    let along = step.ordered(order).hex - centre.ordered(order).hex
    var turn = HexNumber.sixths(HexNumber(nearest: along))
    guard isPentagon(base) else { return Found(base: base, turn: turn, wedge: 0) }
    // The pentagon's corner comes first, then faces are counted from its own.
    while order.x != home.x {
      order = [order.y, order.z, order.x]
      turn += 4
      if order.x == Icosahedron.faces[Icosahedron.index(order)].x { break }
    }
    var wedge = 0
    var face = home
    while face != order, wedge < 5 {
      face = clockwise(face)
      wedge += 1
    }
    return Found(base: base, turn: turn - wedge, wedge: wedge)
  }

  /// The next face around the first corner.
  private static func clockwise(_ face: Icosahedron.Face) -> Icosahedron.Face {
    [face.x, Icosahedron.beyond(face.x, face.y, from: face.z), face.y]
  }

  // MARK: Places

  /// The place at a distance, in units of resolution 0, from a base cell.
  ///
  /// Around a pentagon the plane has 300°: the digits lie at 0 (JK), 60 (J), 120 (IJ), 180 (I) and -60 (IK) clockwise
  /// from its own face. `leading` is the first digit that is not zero, which tells where a place near the gap belongs.
  static func place(_ base: Int, _ offset: Hex, leading: Int) -> Icosahedron.Place {
    let (face, number) = places[base]
    guard isPentagon(base) else { return Icosahedron.Place(face, number.hex + offset).folded }
    let (x, y) = (offset.x - offset.y / 2, offset.y * 3.0.squareRoot() / 2)
    let nominal = [0, 0, 60, 0, 180, -60, 120][leading]
    // IK lies at 240, which is -60 in a circle of 300.
    let angle = 180 - atan2(y, x) * 180 / .pi + (leading == 5 ? 60 : 0)
    return polar(base, (x * x + y * y).squareRoot(), Double(nominal) + remainder(angle - Double(nominal), 360))
  }

  /// The place at a distance from a pentagon and an angle clockwise from its own face, in degrees.
  static func polar(_ base: Int, _ distance: Double, _ angle: Double) -> Icosahedron.Place {
    var (face, number) = places[base]
    // A place on the edge of two faces belongs to the one before, as H3 crosses an edge only to go past it.
    let passed = max(0, ((abs(angle) - 30) / 60 - 1e-9).rounded(.up))
    let turns = angle < 0 ? -passed : passed
    for _ in 0..<((Int(turns) % 5 + 5) % 5) { face = clockwise(face) }
    let within = (180 - (angle - 60 * turns)) * .pi / 180
    let y = distance * sin(within) * 2 / 3.0.squareRoot()
    return Icosahedron.Place(face, number.hex + Hex(x: distance * cos(within) + y / 2, y: y)).folded
  }
}
