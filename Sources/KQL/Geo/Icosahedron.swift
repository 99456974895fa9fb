// SPDX-License-Identifier: Apache-2.0

/// The icosahedron of H3, in Buckminster Fuller's orientation with every corner in the sea.
///
/// A face is three corners, counterclockwise. A place of its plane is given by weights of the three corners, which sum to
/// one: a negative weight is past the edge opposite to its corner, and unfolding gives the weights on the face beyond.
enum Icosahedron {
  typealias Face = SIMD3<Int>

  /// Six corners in degrees; the other six are opposite, in reverse order.
  private static let half: [(lat: Double, lng: Double)] = [
    (64.70000012793487, 10.536199075467685), (50.103201482241346, -143.47849001502516),
    (39.10000003397593, 122.30000040778704), (23.71792527122296, -67.13232636643566),
    (10.44734518751103, 58.157705839572586), (2.3008821116267475, -5.245390296777324),
  ]
  static let corners: [Vector3] = {
    let first = half.map { Vector3(LngLat(lng: $0.lng, lat: $0.lat)) }
    return first + first.reversed().map { -$0 }
  }()

  /// The corner that the first axis of each face points to, then the other two.
  static let faces: [Face] = [
    [0, 1, 3], [0, 2, 1], [0, 3, 5], [0, 4, 2], [0, 5, 4], [1, 6, 7], [2, 8, 6], [3, 7, 9], [4, 10, 8], [5, 9, 10],
    [6, 1, 2], [7, 3, 1], [8, 2, 4], [9, 5, 3], [10, 4, 5], [11, 6, 8], [11, 7, 6], [11, 8, 10], [11, 9, 7],
    [11, 10, 9],
  ]
  private static func key(_ face: Face) -> Int { 1 << face.x | 1 << face.y | 1 << face.z }
  private static let indices = Dictionary(uniqueKeysWithValues: faces.indices.map { (key(faces[$0]), $0) })
  static func index(_ face: Face) -> Int { indices[key(face)] ?? 0 }

  private static let middles = faces.map { (corners[$0.x] + corners[$0.y] + corners[$0.z]).normalized }
  /// By the two ends of an edge, the corners on both sides of it.
  private static let across: [[[Int]]] = {
    func touch(_ a: Int, _ b: Int) -> Bool { a != b && corners[a].dot(corners[b]) > 0.4 }
    return corners.indices.map { a in
      corners.indices.map { b in corners.indices.filter { touch(a, b) && touch($0, a) && touch($0, b) } }
    }
  }()

  /// The corner beyond the edge ab of the face whose third corner is `c`.
  static func beyond(_ a: Int, _ b: Int, from c: Int) -> Int { across[a][b].first { $0 != c } ?? c }

  /// A place of the plane of a face.
  struct Place {
    var face: Face
    var weights: SIMD3<Double>

    init(_ face: Face, weights: SIMD3<Double>) {
      self.face = face
      self.weights = weights
    }

    /// A place in the axes of H3: the unit is the step between cells of resolution 0, a corner lies two units out.
    init(_ face: Face, _ hex: Hex) {
      let third = (1 - (hex.x + hex.y) / 2) / 3
      self.init(face, weights: SIMD3(third + hex.x / 2, third + hex.y / 2, third))
    }

    var hex: Hex { Hex(x: 2 * (weights.x - weights.z), y: 2 * (weights.y - weights.z)) }

    /// The corner whose opposite edge lies between the face and the place.
    var outside: Int? {
      let least = weights.min()
      guard least < -1e-9 else { return nil }
      return (0..<3).first { weights[$0] == least }
    }

    /// Carries the place over the edge opposite to a corner.
    mutating func cross(_ corner: Int) {
      let (p, q) = ((corner + 1) % 3, (corner + 2) % 3)
      face[corner] = Icosahedron.beyond(face[p], face[q], from: face[corner])
      let weight = weights[corner]
      weights[corner] = -weight
      weights[p] += weight
      weights[q] += weight
    }

    /// The place on the face where it lies, in that face's own axes.
    var folded: Place {
      var place = self
      for _ in 0..<8 {
        guard let corner = place.outside else { break }
        place.cross(corner)
      }
      return place.ordered(faces[Icosahedron.index(place.face)])
    }

    /// The same place with the corners in another order.
    func ordered(_ order: Face) -> Place {
      var place = Place(order, weights: .zero)
      for index in 0..<3 {
        for other in 0..<3 where face[other] == order[index] { place.weights[index] = weights[other] }
      }
      return place
    }

    var point: Vector3 {
      (weights.x * corners[face.x] + weights.y * corners[face.y] + weights.z * corners[face.z]).normalized
    }
  }

  /// The place of a point on the face that it lies on.
  static func place(_ point: Vector3) -> Place {
    var (nearest, best) = (0, -2.0)
    for index in faces.indices {
      let cosine = point.dot(middles[index])
      if cosine > best { (nearest, best) = (index, cosine) }
    }
    let face = faces[nearest]
    let (a, b, c) = (corners[face.x], corners[face.y], corners[face.z])
    let weights = SIMD3(point.dot(b.cross(c)), point.dot(c.cross(a)), point.dot(a.cross(b)))
    return Place(face, weights: weights / weights.sum())
  }
}

/// A place in a hexagonal lattice: x along the first axis, y along the second, which is 120° counterclockwise.
struct Hex: Equatable {
  var x: Double
  var y: Double

  static func + (a: Hex, b: Hex) -> Hex { Hex(x: a.x + b.x, y: a.y + b.y) }
  static func - (a: Hex, b: Hex) -> Hex { Hex(x: a.x - b.x, y: a.y - b.y) }
  static func * (a: Hex, b: Hex) -> Hex {
    Hex(x: a.x * b.x - a.y * b.y, y: a.x * b.y + a.y * b.x - a.y * b.y)
  }
  var inverse: Hex {
    let norm = x * x - x * y + y * y
    return Hex(x: (x - y) / norm, y: -y / norm)
  }
}
