// SPDX-License-Identifier: Apache-2.0

/// Examples of geospatial functions: a square at the equator, a line across it and a city.
extension Functions {
  static let geoExamples: [String: String] = {
    let square = geo("Polygon", "[[0,0],[1,0],[1,1],[0,1],[0,0]]")
    let other = geo("Polygon", "[[0.5,0.5],[2,0.5],[2,2],[0.5,2],[0.5,0.5]]")
    let line = geo("LineString", "[-1,0.5],[2,0.5]")
    let bend = geo("LineString", "[0,0],[0.001,0.5],[0,1]")
    let crossing = geo("LineString", "[0.5,-1],[0.5,2]")
    return [
      "geo_angle": "geo_angle(0, 10, 0, 5, 3, -10)", "geo_azimuth": "geo_azimuth(5, 10, 10, -40)",
      "geo_closest_point_on_line": "geo_closest_point_on_line(0.5, 1, \(line))",
      "geo_closest_point_on_polygon": "geo_closest_point_on_polygon(2, 0.5, \(square))",
      "geo_distance_2points": "geo_distance_2points(-122.33, 47.61, -73.99, 40.73)",
      "geo_distance_point_to_line": "geo_distance_point_to_line(0.5, 1, \(line))",
      "geo_distance_point_to_polygon": "geo_distance_point_to_polygon(2, 0.5, \(square))",
      "geo_from_wkt": "geo_from_wkt('POINT (1 2)')", "geo_geohash_neighbors": "geo_geohash_neighbors('sunny')",
      "geo_geohash_to_central_point": "geo_geohash_to_central_point('sunny')",
      "geo_geohash_to_polygon": "geo_geohash_to_polygon('sunny')",
      "geo_h3cell_children": "geo_h3cell_children(geo_point_to_h3cell(-74.04, 40.69, 9))",
      "geo_h3cell_level": "geo_h3cell_level(geo_point_to_h3cell(-74.04, 40.69, 9))",
      "geo_h3cell_neighbors": "geo_h3cell_neighbors(geo_point_to_h3cell(-74.04, 40.69, 9))",
      "geo_h3cell_parent": "geo_h3cell_parent(geo_point_to_h3cell(-74.04, 40.69, 9), 6)",
      "geo_h3cell_rings": "geo_h3cell_rings(geo_point_to_h3cell(-74.04, 40.69, 9), 1)",
      "geo_h3cell_to_central_point": "geo_h3cell_to_central_point(geo_point_to_h3cell(-74.04, 40.69, 9))",
      "geo_h3cell_to_polygon": "geo_h3cell_to_polygon(geo_point_to_h3cell(-74.04, 40.69, 9))",
      "geo_intersection_2lines": "geo_intersection_2lines(\(line), \(crossing))",
      "geo_intersection_2polygons": "geo_intersection_2polygons(\(square), \(other))",
      "geo_intersection_line_with_polygon": "geo_intersection_line_with_polygon(\(line), \(square))",
      "geo_intersects_2lines": "geo_intersects_2lines(\(line), \(crossing))",
      "geo_intersects_2polygons": "geo_intersects_2polygons(\(square), \(other))",
      "geo_intersects_line_with_polygon": "geo_intersects_line_with_polygon(\(line), \(square))",
      "geo_line_buffer": "geo_line_buffer(\(line), 1000, 100)", "geo_line_centroid": "geo_line_centroid(\(line))",
      "geo_line_densify": "geo_line_densify(\(line), 1000)",
      "geo_line_interpolate_point": "geo_line_interpolate_point(\(line), 0.5)",
      "geo_line_length": "geo_line_length(\(line))", "geo_line_locate_point": "geo_line_locate_point(\(line), 0.5, 1)",
      "geo_line_simplify": "geo_line_simplify(\(bend), 1000)", "geo_line_to_s2cells": "geo_line_to_s2cells(\(line), 5)",
      "geo_point_buffer": "geo_point_buffer(-73.99, 40.73, 1000, 100)",
      "geo_point_in_circle": "geo_point_in_circle(-122.14, 47.65, -122.10, 47.67, 3500)",
      "geo_point_in_polygon": "geo_point_in_polygon(0.5, 0.5, \(square))",
      "geo_point_to_geohash": "geo_point_to_geohash(-80.19, 25.80, 8)",
      "geo_point_to_h3cell": "geo_point_to_h3cell(-74.04, 40.69, 10)",
      "geo_point_to_s2cell": "geo_point_to_s2cell(-80.19, 25.80, 8)", "geo_polygon_area": "geo_polygon_area(\(square))",
      "geo_polygon_buffer": "geo_polygon_buffer(\(square), 1000, 100)",
      "geo_polygon_centroid": "geo_polygon_centroid(\(square))",
      "geo_polygon_densify": "geo_polygon_densify(\(square), 1000)",
      "geo_polygon_perimeter": "geo_polygon_perimeter(\(square))",
      "geo_polygon_simplify": "geo_polygon_simplify(\(square), 1000)",
      "geo_polygon_to_h3cells": "geo_polygon_to_h3cells(\(square), 3)",
      "geo_polygon_to_s2cells": "geo_polygon_to_s2cells(\(square), 5)",
      "geo_s2cell_neighbors": "geo_s2cell_neighbors('89c259')",
      "geo_s2cell_to_central_point": "geo_s2cell_to_central_point('89c259')",
      "geo_s2cell_to_polygon": "geo_s2cell_to_polygon('89c259')",
      "geo_simplify_polygons_array": "geo_simplify_polygons_array(pack_array(\(square), \(other)), 1000)",
      "geo_union_lines_array": "geo_union_lines_array(pack_array(\(line), \(crossing)))",
      "geo_union_polygons_array": "geo_union_polygons_array(pack_array(\(square), \(other)))",
    ]
  }()

  private static func geo(_ type: String, _ points: String) -> String {
    "dynamic({\"type\":\"\(type)\",\"coordinates\":[\(points)]})"
  }
}
