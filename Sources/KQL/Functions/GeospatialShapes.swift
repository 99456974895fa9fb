// SPDX-License-Identifier: Apache-2.0
import JSON

/// Lines and polygons as a whole.
extension Functions {
  static let geospatial: [ScalarFunction] = geoPlaces + geoCells + geoHexagons + geoShapes + geoPairs

  /// Polygons as GeoJSON; null where there are none.
  static func polygons(_ region: Region?) -> Scalar? {
    guard let region, !region.parts.isEmpty else { return nil }
    return .dynamic(GeoJSONWriter.polygons(region.places))
  }

  static func lines(_ lines: [[Vector3]]) -> Scalar? {
    lines.isEmpty ? nil : .dynamic(GeoJSONWriter.lines(lines.map { $0.map(\.place) }))
  }

  private static let buffers =
    ", grown by metres; the border lies within a tolerance, of 10 metres where none is given."

  private static func buffering(_ call: GeoArguments, _ radius: Int) -> Buffering? {
    guard let metres = call.real(radius), let tolerance = call.real(radius + 1, default: 10) else { return nil }
    return Buffering(metres: metres, tolerance: min(tolerance, metres * 0.999))
  }

  private static func simplification(_ call: GeoArguments) -> Simplification? {
    call.real(1, default: 10).flatMap { Simplification(metres: $0) }
  }

  private static func tessellation(_ call: GeoArguments) -> Tessellation? {
    guard let tolerance = call.real(1, default: 10), Tessellation.tolerances.contains(tolerance) else { return nil }
    guard let wraps = call.bool(2, default: false) else { return nil }
    return Tessellation(metres: tolerance, wraps: wraps)
  }

  static let geoShapes: [ScalarFunction] = [
    geo(
      "geo_polygon_area", "geo_polygon_area(polygon)", "The area of a polygon in square metres.", arity: 1...1,
      [.dynamic], .real
    ) { $0.united(0).map { .real($0.area * Earth.radius * Earth.radius) } },
    geo(
      "geo_polygon_perimeter", "geo_polygon_perimeter(polygon)", "The length of the border of a polygon in metres.",
      arity: 1...1, [.dynamic], .real
    ) { $0.united(0).map { .real($0.perimeter * Earth.radius) } },
    geo(
      "geo_polygon_centroid", "geo_polygon_centroid(polygon)", "The centre of mass of a polygon.", arity: 1...1,
      [.dynamic], .dynamic
    ) { $0.united(0).map { .dynamic(GeoJSONWriter.point($0.centroid.place)) } },
    geo(
      "geo_point_buffer", "geo_point_buffer(lng, lat, radius, tolerance)", "A point" + buffers, arity: 3...4, [.real],
      .dynamic
    ) { call in
      guard let point = call.point(0), var buffering = buffering(call, 2) else { return nil }
      buffering.add(point)
      return polygons(buffering.region())
    },
    geo(
      "geo_line_buffer", "geo_line_buffer(line, radius, tolerance)", "A line" + buffers, arity: 2...3,
      [.dynamic, .real], .dynamic
    ) { call in
      guard let paths = call.paths(0), var buffering = buffering(call, 1) else { return nil }
      buffering.add(paths)
      return polygons(buffering.region())
    },
    geo(
      "geo_polygon_buffer", "geo_polygon_buffer(polygon, radius, tolerance)", "A polygon" + buffers, arity: 2...3,
      [.dynamic, .real], .dynamic
    ) { call in
      guard let region = call.united(0), var buffering = buffering(call, 1) else { return nil }
      buffering.add(region)
      return polygons(buffering.region())
    },
    geo(
      "geo_line_simplify", "geo_line_simplify(line, tolerance)",
      "A line with fewer vertices, within a tolerance of 10 metres where none is given.", arity: 1...2,
      [.dynamic, .real], .dynamic
    ) { call in
      guard let paths = call.paths(0), let simplification = simplification(call) else { return nil }
      return lines(Paths.union([paths]).compactMap(simplification.path))
    },
    geo(
      "geo_polygon_simplify", "geo_polygon_simplify(polygon, tolerance)",
      "A polygon with fewer vertices, within a tolerance of 10 metres where none is given.", arity: 1...2,
      [.dynamic, .real], .dynamic
    ) { call in
      guard let region = call.united(0), let simplification = simplification(call) else { return nil }
      return polygons(simplification.region(region))
    },
    geo(
      "geo_line_densify", "geo_line_densify(line, tolerance, preserve_crossing)",
      "A line whose arcs follow edges straight in degrees, within a tolerance of 10 metres where none is given.",
      arity: 1...3, [.dynamic, .real, .bool], .dynamic
    ) { call in
      guard let json = call.json(0), call.paths(0) != nil, let tessellation = tessellation(call),
        let lines = GeoJSONReader.lines(json).flatMap({ tessellation.lines($0) })
      else { return nil }
      return .dynamic(GeoJSONWriter.lines(lines))
    },
    geo(
      "geo_polygon_densify", "geo_polygon_densify(polygon, tolerance, preserve_crossing)",
      "A polygon whose arcs follow edges straight in degrees, within a tolerance of 10 metres where none is given.",
      arity: 1...3, [.dynamic, .real, .bool], .dynamic
    ) { call in
      guard let json = call.json(0), call.region(0) != nil, let tessellation = tessellation(call),
        let polygons = GeoJSONReader.polygons(json).flatMap({ tessellation.polygons($0) })
      else { return nil }
      return .dynamic(GeoJSONWriter.polygons(polygons))
    },
    geo(
      "geo_from_wkt", "geo_from_wkt(text)", "Well-known text as GeoJSON.", arity: 1...1, [.string], .dynamic
    ) { WellKnownText.json($0.cells[0].text).map { .dynamic($0) } },
  ]
}
