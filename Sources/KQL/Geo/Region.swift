// SPDX-License-Identifier: Apache-2.0
import JSON

/// A polygon or several: each a shell and its holes.
struct Region: Sendable {
  struct Part: Sendable {
    var shell: Loop
    var holes: [Loop]

    func contains(_ point: Vector3) -> Bool {
      shell.contains(point) && !holes.contains { $0.contains(point) }
    }

    /// Chains with the inside of the polygon to the left: holes run clockwise.
    var chains: [[Vector3]] { [shell.vertices] + holes.map { $0.vertices.reversed() } }
  }

  var parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  /// Nil where a ring is none: too few places, one that comes twice, edges that cross.
  init?(_ polygons: [[[LngLat]]]) {
    parts = []
    for rings in polygons {
      var loops: [Loop] = []
      for ring in rings {
        guard let loop = Loop(ring: ring) else { return nil }
        loops.append(loop)
      }
      guard let shell = loops.first else { return nil }
      let part = Part(shell: shell, holes: Array(loops.dropFirst()))
      guard Sweep.isSimple(part.arcs) else { return nil }
      parts.append(part)
    }
    if parts.isEmpty { return nil }
  }

  /// Whether a point lies inside. Where regions divide the sphere, each point lies in one of them, on borders too.
  func contains(_ point: Vector3) -> Bool { parts.contains { $0.contains(point) } }

  var arcs: [Arc] { parts.flatMap(\.arcs) }
  var chains: [[Vector3]] { parts.flatMap(\.chains) }
  var vertexCount: Int {
    parts.reduce(0) { $0 + $1.shell.vertices.count + $1.holes.reduce(0) { $0 + $1.vertices.count } }
  }

  /// Steradians; the parts must not overlap.
  var area: Double { parts.reduce(0) { $0 + $1.shell.area - $1.holes.reduce(0) { $0 + $1.area } } }

  /// Radians.
  var perimeter: Double { parts.reduce(0) { $0 + $1.shell.length + $1.holes.reduce(0) { $0 + $1.length } } }

  var centroid: Vector3 {
    var sum = Vector3(0, 0, 0)
    for part in parts {
      sum = sum + part.shell.moment
      for hole in part.holes { sum = sum - hole.moment }
    }
    return sum.normalized
  }

  /// Radians; zero inside.
  func distance(_ point: Vector3) -> Double {
    contains(point) ? 0 : arcs.reduce(.infinity) { min($0, $1.distance(point)) }
  }

  /// The nearest point of the region; `point` itself where it lies inside.
  func nearest(_ point: Vector3) -> Vector3 {
    contains(point) ? point : Paths.nearest(point, arcs)
  }

  /// Closed rings in degrees, shells counterclockwise and holes clockwise.
  var places: [[[LngLat]]] {
    parts.map { part in
      part.chains.map { chain in
        let ring = chain.map(\.place)
        return ring + ring.prefix(1)
      }
    }
  }
}

extension Region.Part {
  var arcs: [Arc] { Array(shell.arcs) + holes.flatMap { Array($0.arcs) } }
}

/// Open chains of arcs.
struct Paths: Sendable {
  var paths: [[Vector3]]

  /// Nil where a place follows itself or its antipode.
  init?(_ lines: [[LngLat]]) {
    paths = lines.map { $0.map { Vector3($0) } }
    for path in paths {
      guard path.count >= 2 else { return nil }
      for (a, b) in zip(path, path.dropFirst()) where a == b || Arc.isHalf(a, b) { return nil }
    }
  }

  static func arcs(_ path: [Vector3]) -> [Arc] { zip(path, path.dropFirst()).map { Arc(a: $0, b: $1) } }
  var arcs: [Arc] { paths.flatMap(Self.arcs) }
  var length: Double { arcs.reduce(0) { $0 + $1.angle } }

  static func nearest(_ point: Vector3, _ arcs: [Arc]) -> Vector3 {
    var best = (point: point, distance: Double.infinity)
    for arc in arcs {
      let distance = arc.distance(point)
      if distance < best.distance { best = (arc.nearest(point), distance) }
    }
    return best.point
  }

  var centroid: Vector3 {
    // The integral of the position along an arc is the sum of its ends times tan of half its angle.
    var sum = Vector3(0, 0, 0)
    for arc in arcs {
      let (total, difference) = (arc.a + arc.b, arc.b - arc.a)
      sum = sum + (difference.squared / total.squared).squareRoot() * total
    }
    return sum.normalized
  }

  /// The point at a fraction of the length of the first path.
  func point(fraction: Double) -> Vector3 {
    let arcs = Self.arcs(paths[0])
    var rest = arcs.reduce(0) { $0 + $1.angle } * fraction
    if fraction <= 0 { return paths[0][0] }
    for arc in arcs {
      let angle = arc.angle
      if rest < angle { return arc.point(at: rest) }
      rest -= angle
    }
    return arcs[arcs.count - 1].b
  }

  /// The fraction of the length of the first path at which it comes nearest to `point`, by a measure of length.
  func fraction(_ point: Vector3, _ measure: (Vector3, Vector3) -> Double) -> Double {
    var (best, at, length) = (Double.infinity, 0.0, 0.0)
    for arc in Self.arcs(paths[0]) {
      let distance = arc.distance(point)
      if distance < best { (best, at) = (distance, length + measure(arc.a, arc.nearest(point))) }
      length += measure(arc.a, arc.b)
    }
    return length > 0 ? min(1, at / length) : 0
  }

  private init(paths: [[Vector3]]) { self.paths = paths }

  /// Each edge once.
  var united: Paths { paths.count < 2 ? self : Paths(paths: Paths.union([self])) }
}

extension Region {
  init?(_ value: JSONValue?) {
    guard let polygons = value.flatMap({ GeoJSONReader.polygons($0) }) else { return nil }
    self.init(polygons)
  }
}

extension Paths {
  init?(_ value: JSONValue?) {
    guard let lines = value.flatMap({ GeoJSONReader.lines($0) }) else { return nil }
    self.init(lines)
  }
}
