// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A closed chain of arcs that does not touch itself; its inside is the smaller of the two regions it divides the sphere
/// into, and lies to the left.
struct Loop: Sendable {
  /// Without the first repeated at the end.
  let vertices: [Vector3]
  private let holdsOrigin: Bool
  private let middle: Vector3
  /// The cosine of the radius of a cap that holds the loop; -2 where it does not fit in one.
  private let reach: Double

  /// A place that no vertex is likely to be, from which containment is counted.
  static let origin = Vector3(-0.0099994664350250197, 0.0025924542609324121, 0.99994664350250195)

  /// A loop of vertices in either order; nil where they make none.
  init?(_ points: [Vector3]) {
    let count = points.count
    guard count >= 3, Set(points).count == count else { return nil }
    for index in 0..<count where Arc.isHalf(points[index], points[(index + 1) % count]) { return nil }
    let isClockwise = Self.signedArea(points) < 0
    self.init(oriented: isClockwise ? points.reversed() : points)
  }

  /// A loop of vertices whose inside is to the left.
  init(oriented points: [Vector3]) {
    vertices = points
    let count = points.count
    let sum = points.reduce(Vector3(0, 0, 0), +)
    middle = sum.normalized
    var least = 1.0
    for point in points { least = min(least, point.dot(middle)) }
    reach = sum.length > 1e-9 && least > 1e-3 ? least - 1e-14 : -2
    guard count >= 3 else {
      holdsOrigin = false
      return
    }
    // Whether the second vertex belongs to the loop follows from its angle; crossings tell the rest.
    let second = points[1]
    let isInside = !Orientation.isOrdered(second.orthogonal, points[2], points[0], around: second)
    holdsOrigin = isInside != Self.isOdd(points, second)
  }

  /// Closed rings as GeoJSON has them: the first place repeated as the last, at least four places.
  init?(ring: [LngLat]) {
    guard ring.count >= 4, let first = ring.first, ring.last == first else { return nil }
    self.init(ring.dropLast().map { Vector3($0) })
  }

  private static func isOdd(_ points: [Vector3], _ point: Vector3) -> Bool {
    var isOdd = false
    for index in points.indices {
      let next = points[index + 1 == points.count ? 0 : index + 1]
      if crosses(point, origin, points[index], next) { isOdd.toggle() }
    }
    return isOdd
  }

  /// Whether ab crosses cd, where a crossing at a shared vertex counts for exactly one of the arcs around it.
  private static func crosses(_ a: Vector3, _ b: Vector3, _ c: Vector3, _ d: Vector3) -> Bool {
    if a == c { return Orientation.isOrdered(a.orthogonal, d, b, around: a) }
    if a == d { return Orientation.isOrdered(a.orthogonal, c, b, around: a) }
    if b == d { return Orientation.isOrdered(b.orthogonal, c, a, around: b) }
    if b == c { return Orientation.isOrdered(b.orthogonal, d, a, around: b) }
    return Orientation.cross(a, b, c, d)
  }

  /// Of the loops that share a vertex, exactly one holds it.
  func contains(_ point: Vector3) -> Bool {
    if reach > -2, point.dot(middle) < reach { return false }
    return Self.isOdd(vertices, point) != holdsOrigin
  }

  var arcs: some Sequence<Arc> {
    vertices.indices.lazy.map { [vertices] in Arc(a: vertices[$0], b: vertices[$0 + 1 == vertices.count ? 0 : $0 + 1]) }
  }

  /// Steradians.
  var area: Double {
    let area = Self.signedArea(vertices)
    return area < 0 ? area + 4 * .pi : area
  }

  var length: Double { arcs.reduce(0) { $0 + $1.angle } }

  /// The centre of mass times the area.
  var moment: Vector3 {
    var sum = Vector3(0, 0, 0)
    for index in vertices.indices.dropFirst().dropLast() {
      sum = sum + Self.moment(vertices[0], vertices[index], vertices[index + 1])
    }
    return sum
  }

  /// The area to the left of a chain, from -2π to 2π: negative where the smaller region is to the right.
  static func signedArea(_ points: [Vector3]) -> Double {
    guard points.count >= 3 else { return 0 }
    var sum = 0.0
    let a = points[0]
    for index in 1..<points.count - 1 {
      // Eriksson, "On the measure of solid angles"; differences keep the digits of a small triangle.
      let (b, c) = (points[index], points[index + 1])
      let volume = a.dot((b - a).cross(c - a))
      sum += 2 * atan2(volume, 1 + a.dot(b) + b.dot(c) + c.dot(a))
    }
    return remainder(sum, 4 * .pi)
  }

  /// The integral of the position over a triangle (Brock, "Centroid of a spherical triangle").
  private static func moment(_ a: Vector3, _ b: Vector3, _ c: Vector3) -> Vector3 {
    func ratio(_ angle: Double) -> Double { angle == 0 ? 1 : angle / sin(angle) }
    let (p, q, r) = (ratio(b.angle(c)), ratio(c.angle(a)), ratio(a.angle(b)))
    let x = Vector3(a.x, b.x - a.x, c.x - a.x)
    let y = Vector3(a.y, b.y - a.y, c.y - a.y)
    let z = Vector3(a.z, b.z - a.z, c.z - a.z)
    let ratios = Vector3(p, q - p, r - p)
    return 0.5 * Vector3(y.cross(z).dot(ratios), z.cross(x).dot(ratios), x.cross(y).dot(ratios))
  }
}
