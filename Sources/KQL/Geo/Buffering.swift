// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Grows shapes by a distance, as S2BufferOperation does: a curve at the distance runs around every edge, through the
/// vertices where it bends inwards, and what it winds around at least once is the grown shape (Chen & McMains, "Polygon
/// Offsetting by Computing Winding Numbers").
struct Buffering {
  /// Radians.
  private let radius: Double
  /// The greatest angle between points of an arc around a vertex, around a single point, and along an edge.
  private let vertexStep: Double
  private let pointStep: Double
  private let edgeStep: Double

  private var overlay = Overlay()
  private var path: [Vector3] = []
  /// The edge that sweeps over the area between the shape and the curve.
  private var sweep: (inner: Vector3, outer: Vector3?)?
  private var start: (inner: Vector3, outer: Vector3)?
  private var windings = 0

  static let mostVertices = 100_000

  /// `tolerance` is how far the border may lie within the radius; both in metres. Nil where they are not sensible.
  init?(metres: Double, tolerance: Double) {
    guard metres > 0, tolerance > 0, metres < .pi / 2 * Earth.radius * 0.999 else { return nil }
    radius = metres / Earth.radius
    let fraction = min(1, max(1e-6, tolerance / metres))
    let error = fraction * radius
    guard radius > error + 1e-15 else { return nil }
    vertexStep = Self.span(radius, error)
    pointStep = 2 * .pi / (2 * .pi / vertexStep).rounded(.up) + 1e-15
    edgeStep = Self.span(.pi / 2 - radius, error)
  }

  private static func span(_ radius: Double, _ error: Double) -> Double {
    let most = 2 * Double.pi / 3 + 1e-15
    let least = max(0, radius - error)
    return min(most, 2 * acos(min(1, tan(least) / tan(radius))))
  }

  // MARK: The curve

  private mutating func setInner(_ point: Vector3) {
    if let sweep, let outer = sweep.outer { count(sweep.inner, outer, point) }
    sweep = (point, sweep?.outer)
  }

  private mutating func addOuter(_ point: Vector3) {
    path.append(point)
    guard let sweep else { return }
    if let outer = sweep.outer { count(sweep.inner, outer, point) } else { start = (sweep.inner, point) }
    self.sweep = (sweep.inner, point)
  }

  private mutating func close() {
    if let sweep, let outer = sweep.outer, let start {
      count(sweep.inner, outer, start.inner)
      count(start.inner, outer, start.outer)
    }
    overlay.add(ring: path, windings: windings)
    (path, sweep, start, windings) = ([], nil, nil, 0)
  }

  /// Counts a triangle that the sweeping edge has covered, if the place from which windings are counted lies in it.
  private mutating func count(_ a: Vector3, _ b: Vector3, _ c: Vector3) {
    let sign = Orientation.sign(a, b, c)
    guard sign != 0 else { return }
    let origin = Loop.origin
    if Orientation.sign(a, b, origin) == sign, Orientation.sign(b, c, origin) == sign,
      Orientation.sign(c, a, origin) == sign
    {
      windings += sign
    }
  }

  /// The normal to the right of an edge.
  private func axis(_ a: Vector3, _ b: Vector3) -> Vector3 { b.normal(a).normalized }

  private mutating func vertexArc(_ vertex: Vector3, _ from: Vector3, _ to: Vector3) {
    let direction = vertex.cross(from).normalized
    let span = from.angle(to)
    var angle = 0.0
    repeat {
      addOuter(vertex.along(from.along(direction, angle), radius))
      angle += vertexStep
    } while angle < span
  }

  private mutating func edgeArc(_ a: Vector3, _ b: Vector3) {
    let axis = axis(a, b)
    let direction = a.cross(axis).normalized
    let span = a.angle(b)
    var angle = 0.0
    repeat {
      addOuter(a.along(direction, angle).along(axis, radius))
      angle += edgeStep
    } while angle < span
    setInner(b)
  }

  private mutating func edgeAndVertex(_ a: Vector3, _ b: Vector3, _ c: Vector3) {
    edgeArc(a, b)
    if Orientation.sign(a, b, c) >= 0 {
      vertexArc(b, axis(a, b), axis(b, c))
    } else {
      addOuter(b.along(axis(a, b), radius))
      addOuter(b)
    }
  }

  // MARK: Shapes

  mutating func add(_ point: Vector3) {
    setInner(point)
    var from = point.orthogonal
    var angle = 0.0
    for _ in 0..<4 {
      let direction = point.cross(from).normalized
      while angle < .pi / 2 {
        addOuter(point.along(from.along(direction, angle), radius))
        angle += pointStep
      }
      angle -= .pi / 2
      from = direction
    }
    close()
  }

  private mutating func add(line points: [Vector3]) {
    let count = points.count
    setInner(points[0])
    let first = axis(points[0], points[1])
    vertexArc(points[0], -first, first)
    for index in 0..<(count - 2) { edgeAndVertex(points[index], points[index + 1], points[index + 2]) }
    edgeArc(points[count - 2], points[count - 1])
    let last = axis(points[count - 2], points[count - 1])
    vertexArc(points[count - 1], last, -last)
    for index in stride(from: count - 3, through: 0, by: -1) {
      edgeAndVertex(points[index + 2], points[index + 1], points[index])
    }
    edgeArc(points[1], points[0])
    close()
  }

  mutating func add(_ paths: Paths) {
    for path in paths.paths { add(line: path) }
  }

  mutating func add(_ region: Region) {
    for chain in region.chains {
      let count = chain.count
      setInner(chain[0])
      for index in chain.indices {
        edgeAndVertex(chain[index], chain[(index + 1) % count], chain[(index + 2) % count])
      }
      close()
    }
    overlay.add(windings: region.parts.count { $0.contains(Loop.origin) })
  }

  /// Nil where there is too much.
  consuming func region() -> Region? {
    guard overlay.arrange() else { return nil }
    return overlay.region { $0.x > 0 }
  }
}
