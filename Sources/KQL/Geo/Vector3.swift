// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The sphere that Kusto measures on.
enum Earth {
  /// Metres; the mean radius of S2Earth, which Kusto's distances agree with.
  static let radius = 6_371_010.0
}

/// A place in degrees.
struct LngLat: Equatable, Sendable {
  var lng: Double
  var lat: Double

  /// A point of Kusto's functions: longitude within ±180, latitude within ±90.
  var isPoint: Bool { abs(lng) <= 180 && abs(lat) <= 90 }

  /// A vertex of a GeoJSON shape. Longitudes past ±180 wrap around.
  var isVertex: Bool { lng.isFinite && abs(lng) <= 1e9 && abs(lat) <= 90 }
}

/// A vector; a point of the sphere where its length is one.
struct Vector3: Hashable, Sendable {
  var x: Double
  var y: Double
  var z: Double

  init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  init(_ place: LngLat) {
    let (lng, lat) = (place.lng * .pi / 180, place.lat * .pi / 180)
    self.init(cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat))
  }

  var place: LngLat {
    // Adding zero turns -0 into 0, so that no longitude of -180 comes from a sign of nothing.
    LngLat(lng: atan2(y + 0, x + 0) * 180 / .pi, lat: atan2(z, (x * x + y * y).squareRoot()) * 180 / .pi)
  }

  static func + (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func - (a: Vector3, b: Vector3) -> Vector3 { Vector3(a.x - b.x, a.y - b.y, a.z - b.z) }
  static func * (a: Double, b: Vector3) -> Vector3 { Vector3(a * b.x, a * b.y, a * b.z) }
  static prefix func - (a: Vector3) -> Vector3 { Vector3(-a.x, -a.y, -a.z) }

  func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }
  func cross(_ other: Vector3) -> Vector3 {
    Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }
  var squared: Double { dot(self) }
  var length: Double { squared.squareRoot() }
  var normalized: Vector3 {
    let length = length
    return length > 0 ? (1 / length) * self : self
  }

  /// The angle between two vectors, in radians; exact for small angles and for ones near π.
  func angle(_ other: Vector3) -> Double { atan2(cross(other).length, dot(other)) }

  /// A unit vector at a right angle to this one: the one that S2 chooses, as the first vertex of a buffer depends on it.
  var orthogonal: Vector3 {
    let (a, b, c) = (abs(x), abs(y), abs(z))
    let largest = a > b ? (a > c ? 0 : 2) : (b > c ? 1 : 2)
    var other = Vector3(0.012, 0.0053, 0.00457)
    switch largest {
    case 0: other.z = 1
    case 1: other.x = 1
    default: other.y = 1
    }
    return cross(other).normalized
  }

  /// The normal of the great circle through two points, stable where they are close together or nearly opposite.
  func normal(_ other: Vector3) -> Vector3 {
    let product = (self + other).cross(other - self)
    return product == Vector3(0, 0, 0) ? orthogonal : product
  }

  /// The point at `angle` radians from here in the direction of `tangent`, a unit vector at a right angle.
  func along(_ tangent: Vector3, _ angle: Double) -> Vector3 {
    (cos(angle) * self + sin(angle) * tangent).normalized
  }
}

/// The piece of a great circle between two points.
struct Arc: Sendable {
  let a: Vector3
  let b: Vector3

  var angle: Double { a.angle(b) }

  /// Whether two points are opposite, so that no one arc is the shortest.
  static func isHalf(_ a: Vector3, _ b: Vector3) -> Bool { (a + b).squared < 1e-29 }

  /// The point at `angle` radians from `a` towards `b`.
  func point(at angle: Double) -> Vector3 { a.along(a.normal(b).cross(a).normalized, angle) }

  func point(fraction: Double) -> Vector3 {
    if fraction <= 0 { return a }
    if fraction >= 1 { return b }
    return point(at: fraction * angle)
  }

  /// The point of the arc nearest to `point`.
  func nearest(_ point: Vector3) -> Vector3 {
    let normal = a.normal(b).normalized
    if a != b, normal.cross(a).dot(point) > 0, b.cross(normal).dot(point) > 0 {
      return (point - point.dot(normal) * normal).normalized
    }
    return (point - a).squared <= (point - b).squared ? a : b
  }

  /// Radians from `point` to the nearest point of the arc.
  func distance(_ point: Vector3) -> Double {
    let normal = a.normal(b).normalized
    if a != b, normal.cross(a).dot(point) > 0, b.cross(normal).dot(point) > 0 {
      return asin(min(1, abs(point.dot(normal))))
    }
    return min(point.angle(a), point.angle(b))
  }

  /// Where two arcs that cross do so.
  func intersection(_ other: Arc) -> Vector3 {
    let (n, m) = (a.normal(b).normalized, other.a.normal(other.b).normalized)
    let line = n.cross(m)
    // On one great circle, they meet where one has an end.
    if line.squared < 1e-28 { return [other.a, other.b].first { distance($0) < 1e-14 } ?? a }
    let point = line.normalized
    return point.dot(a + b + other.a + other.b) < 0 ? -point : point
  }
}
