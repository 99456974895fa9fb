// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Follows edges that are straight in degrees by arcs, as S2EdgeTessellator does: an edge is halved until the arc comes
/// within a tolerance of it.
struct Tessellation {
  /// Metres.
  static let tolerances = 0.1...10_000.0
  static let mostVertices = 10_485_760

  /// Where along an edge a cubic curve through its ends is farthest from it, and what the farthest point is more than the
  /// larger of the two measured there.
  private static let sample = 0.31215691082248312
  private static let scale = 0.83829992569888509

  /// Radians.
  private let tolerance: Double

  /// Whether an edge of more than half a turn takes the shorter way, over the antimeridian.
  private let wraps: Bool

  init(metres: Double, wraps: Bool) {
    tolerance = Self.scale * metres / Earth.radius
    self.wraps = wraps
  }

  /// Paths as arcs; where edges do not wrap, those past the antimeridian are parted there.
  func lines(_ lines: [[LngLat]]) -> [[LngLat]]? {
    var all: [[LngLat]] = []
    for line in lines {
      guard let path = path(line) else { return nil }
      let places = path.map { Vector3($0).place }
      if wraps { all.append(places) } else { all += Self.parted(places) }
    }
    return all
  }

  func polygons(_ polygons: [[[LngLat]]]) -> [[[LngLat]]]? {
    var all: [[[LngLat]]] = []
    for polygon in polygons {
      var rings: [[LngLat]] = []
      for ring in polygon {
        guard let path = path(ring) else { return nil }
        rings.append(path.map { Vector3($0).place })
      }
      all.append(rings)
    }
    return all
  }

  private static func parted(_ places: [LngLat]) -> [[LngLat]] {
    // A hair before the antimeridian, where the sign of a longitude is certain.
    let limit = 180 - 1e-12
    func crossing(_ arc: Arc, _ lng: Double) -> LngLat {
      let (angle, normal) = (lng * .pi / 180, arc.a.normal(arc.b))
      let point = normal.cross(Vector3(-sin(angle), cos(angle), 0)).normalized
      return LngLat(lng: lng, lat: (point.dot(arc.a + arc.b) < 0 ? -point : point).place.lat)
    }
    var parts: [[LngLat]] = []
    var part: [LngLat] = []
    for place in places {
      if let last = part.last, abs(place.lng - last.lng) > 180 {
        let arc = Arc(a: Vector3(last), b: Vector3(place))
        let lng = last.lng < 0 ? -limit : limit
        parts.append(part + [crossing(arc, lng)])
        part = [crossing(arc, -lng)]
      }
      part.append(place)
    }
    return parts + [part]
  }

  private func path(_ places: [LngLat]) -> [LngLat]? {
    guard let first = places.first else { return nil }
    var path = [first]
    for next in places.dropFirst() {
      let start = path[path.count - 1]
      var end = next
      if wraps, abs(end.lng - start.lng) > 180 { end.lng = start.lng + remainder(end.lng - start.lng, 360) }
      guard append(start, Vector3(start), end, Vector3(end), 0, to: &path) else { return nil }
    }
    return path
  }

  private func append(
    _ a: LngLat, _ p: Vector3, _ b: LngLat, _ q: Vector3, _ depth: Int, to path: inout [LngLat]
  ) -> Bool {
    if depth > 40 || error(a, p, b, q) <= tolerance {
      path.append(b)
      return path.count <= Self.mostVertices
    }
    let middle = LngLat(lng: 0.5 * (a.lng + b.lng), lat: 0.5 * (a.lat + b.lat))
    let point = Vector3(middle)
    return append(a, p, middle, point, depth + 1, to: &path) && append(middle, point, b, q, depth + 1, to: &path)
  }

  private func error(_ a: LngLat, _ p: Vector3, _ b: LngLat, _ q: Vector3) -> Double {
    if p.dot(q) < -1e-14 { return .infinity }
    var most = 0.0
    for part in [Self.sample, 1 - Self.sample] {
      let place = LngLat(lng: a.lng + part * (b.lng - a.lng), lat: a.lat + part * (b.lat - a.lat))
      most = max(most, Arc(a: p, b: q).point(fraction: part).angle(Vector3(place)))
    }
    return most
  }
}
