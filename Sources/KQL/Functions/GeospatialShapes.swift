// SPDX-License-Identifier: Apache-2.0
import JSON

/// Polygons and lines as a whole.
extension Functions {
  static let geospatial: [ScalarFunction] = geoPlaces + geoCells + geoShapes

  static let geoShapes: [ScalarFunction] = [
    geo(
      "geo_polygon_area", "geo_polygon_area(polygon)", "The area of a polygon in square metres.", arity: 1...1,
      [.dynamic], .real
    ) { $0.region(0).map { .real($0.area * Earth.radius * Earth.radius) } },
    geo(
      "geo_polygon_perimeter", "geo_polygon_perimeter(polygon)", "The length of the border of a polygon in metres.",
      arity: 1...1, [.dynamic], .real
    ) { $0.region(0).map { .real($0.perimeter * Earth.radius) } },
    geo(
      "geo_polygon_centroid", "geo_polygon_centroid(polygon)", "The centre of mass of a polygon.", arity: 1...1,
      [.dynamic], .dynamic
    ) { $0.region(0).map { .dynamic(GeoJSONWriter.point($0.centroid.place)) } },
  ]
}
