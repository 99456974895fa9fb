// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Points, and points beside lines and polygons.
extension Functions {
  private static let unit = Earth.radius

  /// Radians clockwise from north, in [0, 2π); nil where the points are the same or opposite.
  private static func azimuth(_ a: LngLat, _ b: LngLat) -> Double? {
    let (from, to) = (Vector3(a), Vector3(b))
    guard from != to, !Arc.isHalf(from, to) else { return nil }
    let turn = (b.lng - a.lng) * .pi / 180
    let (p, q) = (a.lat * .pi / 180, b.lat * .pi / 180)
    let angle = atan2(sin(turn) * cos(q), cos(p) * sin(q) - sin(p) * cos(q) * cos(turn))
    return angle < 0 ? angle + 2 * .pi : angle
  }

  private static func point(_ point: Vector3) -> Scalar { .dynamic(GeoJSONWriter.point(point.place)) }

  static let geoPlaces: [ScalarFunction] = [
    geo(
      "geo_distance_2points", "geo_distance_2points(lng1, lat1, lng2, lat2, use_spheroid)",
      "Metres between two points, on a sphere or on the spheroid of WGS-84.",
      arity: 4...5, [.real, .real, .real, .real, .bool], .real
    ) { call in
      guard let a = call.place(0), let b = call.place(2), let isSpheroid = call.bool(4, default: false) else {
        return nil
      }
      return .real(isSpheroid ? Spheroid.distance(a, b) : Vector3(a).angle(Vector3(b)) * unit)
    },
    geo(
      "geo_azimuth", "geo_azimuth(lng1, lat1, lng2, lat2)",
      "Radians clockwise from north to the line from the first point to the second.", arity: 4...4, [.real], .real
    ) { call in
      guard let a = call.place(0), let b = call.place(2) else { return nil }
      return azimuth(a, b).map(Scalar.real)
    },
    geo(
      "geo_angle", "geo_angle(lng1, lat1, lng2, lat2, lng3, lat3)",
      "Radians clockwise from the line between the second and the first point to the one between the second and the third.",
      arity: 6...6, [.real], .real
    ) { call in
      guard let a = call.place(0), let b = call.place(2), let c = call.place(4), let first = azimuth(b, a),
        let second = azimuth(b, c)
      else { return nil }
      let angle = second - first
      return .real(angle < 0 ? angle + 2 * .pi : angle)
    },
    geo(
      "geo_point_in_circle", "geo_point_in_circle(lng, lat, centre_lng, centre_lat, radius)",
      "Whether a point lies within metres of another.", arity: 5...5, [.real], .bool
    ) { call in
      guard let point = call.point(0), let centre = call.point(2), let radius = call.real(4), radius >= 0 else {
        return nil
      }
      return .bool(point.angle(centre) * unit <= radius)
    },
    geo(
      "geo_point_in_polygon", "geo_point_in_polygon(lng, lat, polygon)", "Whether a point lies in a polygon.",
      arity: 3...3, [.real, .real, .dynamic], .bool
    ) { call in
      guard let point = call.point(0), let region = call.region(2) else { return nil }
      return .bool(region.contains(point))
    },
    geo(
      "geo_distance_point_to_polygon", "geo_distance_point_to_polygon(lng, lat, polygon)",
      "Metres from a point to a polygon, zero inside.", arity: 3...3, [.real, .real, .dynamic], .real
    ) { call in
      guard let point = call.point(0), let region = call.region(2) else { return nil }
      return .real(region.distance(point) * unit)
    },
    geo(
      "geo_distance_point_to_line", "geo_distance_point_to_line(lng, lat, line)", "Metres from a point to a line.",
      arity: 3...3, [.real, .real, .dynamic], .real
    ) { call in
      guard let point = call.point(0), let paths = call.paths(2) else { return nil }
      return .real(paths.arcs.reduce(.infinity) { min($0, $1.distance(point)) } * unit)
    },
    geo(
      "geo_closest_point_on_line", "geo_closest_point_on_line(lng, lat, line)",
      "The point of a line nearest to a point.",
      arity: 3...3, [.real, .real, .dynamic], .dynamic
    ) { call in
      guard let place = call.point(0), let paths = call.paths(2) else { return nil }
      return point(Paths.nearest(place, paths.arcs))
    },
    geo(
      "geo_closest_point_on_polygon", "geo_closest_point_on_polygon(lng, lat, polygon)",
      "The point of a polygon nearest to a point; the point itself where it lies inside.", arity: 3...3,
      [.real, .real, .dynamic], .dynamic
    ) { call in
      guard let place = call.place(0), let region = call.region(2) else { return nil }
      let from = Vector3(place)
      return .dynamic(GeoJSONWriter.point(region.contains(from) ? place : region.nearest(from).place))
    },
    geo(
      "geo_line_length", "geo_line_length(line)", "The length of a line in metres.", arity: 1...1, [.dynamic], .real
    ) { $0.paths(0).map { .real($0.united.length * unit) } },
    geo(
      "geo_line_centroid", "geo_line_centroid(line)", "The centre of mass of a line.", arity: 1...1, [.dynamic],
      .dynamic
    ) { $0.paths(0).map { point($0.united.centroid) } },
    geo(
      "geo_line_interpolate_point", "geo_line_interpolate_point(line, fraction)",
      "The point at a fraction of the length of a line.", arity: 2...2, [.dynamic, .real], .dynamic
    ) { call in
      guard let path = call.lineString(0), let fraction = call.real(1), (0...1).contains(fraction) else { return nil }
      return point(path.point(fraction: fraction))
    },
    geo(
      "geo_line_locate_point", "geo_line_locate_point(line, lng, lat, use_spheroid)",
      "The fraction of the length of a line at which it comes nearest to a point, measured on a sphere or the spheroid.",
      arity: 3...4, [.dynamic, .real, .real, .bool], .real
    ) { call in
      guard let path = call.lineString(0), let point = call.point(1),
        let isSpheroid = call.bool(3, default: false)
      else { return nil }
      return .real(path.fraction(point) { isSpheroid ? Spheroid.distance($0.place, $1.place) : $0.angle($1) })
    },
  ]
}
