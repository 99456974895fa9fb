// SPDX-License-Identifier: Apache-2.0
import JSON

/// Shapes together: unions, intersections.
extension Functions {
  /// What two shapes share, as one shape or a collection; an empty one where they share nothing.
  private static func shared(_ result: OverlayResult?) -> Scalar? {
    guard let result else { return nil }
    var shapes: [(inout GeoJSONWriter) -> Void] = []
    if !result.points.isEmpty { shapes.append { $0.points(result.points.map(\.place)) } }
    if !result.lines.isEmpty { shapes.append { $0.lines(result.lines.map { $0.map(\.place) }) } }
    if !result.region.parts.isEmpty { shapes.append { $0.polygons(result.region.places) } }
    return .dynamic(
      GeoJSONWriter.document { writer in
        if shapes.count == 1 { shapes[0](&writer) } else { writer.collection(shapes.count) { shapes[$1](&$0) } }
      })
  }

  private static func meet(_ result: OverlayResult?) -> Scalar? {
    result.map { .bool(!$0.points.isEmpty || !$0.lines.isEmpty || !$0.region.parts.isEmpty) }
  }

  private static func twoLines(_ call: GeoArguments) -> OverlayResult? {
    guard let first = call.paths(0), let second = call.paths(1) else { return nil }
    return first.intersection(second)
  }

  private static func twoPolygons(_ call: GeoArguments) -> OverlayResult? {
    guard let first = call.united(0), let second = call.united(1) else { return nil }
    return first.intersection(second)
  }

  private static func lineAndPolygon(_ call: GeoArguments) -> OverlayResult? {
    guard let line = call.paths(0), let region = call.united(1) else { return nil }
    return line.intersection(region)
  }

  /// Every element of an array; nil where one is no such shape.
  private static func all<T>(_ value: JSONValue?, _ read: (JSONValue) -> T?) -> [T]? {
    guard let value, value.kind == .array else { return nil }
    var list: [T] = []
    for element in value.elements {
      guard let item = read(element) else { return nil }
      list.append(item)
    }
    return list.isEmpty ? nil : list
  }

  private static func union(_ value: JSONValue?) -> Region? {
    all(value) { Region($0)?.united }.flatMap { Region.union($0) }
  }

  static let geoPairs: [ScalarFunction] = [
    geo(
      "geo_intersection_2lines", "geo_intersection_2lines(line1, line2)", "What two lines share.", arity: 2...2,
      [.dynamic], .dynamic
    ) { shared(twoLines($0)) },
    geo(
      "geo_intersection_2polygons", "geo_intersection_2polygons(polygon1, polygon2)", "What two polygons share.",
      arity: 2...2, [.dynamic], .dynamic
    ) { shared(twoPolygons($0)) },
    geo(
      "geo_intersection_line_with_polygon", "geo_intersection_line_with_polygon(line, polygon)",
      "What a line and a polygon share.", arity: 2...2, [.dynamic], .dynamic
    ) { shared(lineAndPolygon($0)) },
    geo(
      "geo_intersects_2lines", "geo_intersects_2lines(line1, line2)", "Whether two lines meet.", arity: 2...2,
      [.dynamic], .bool
    ) { meet(twoLines($0)) },
    geo(
      "geo_intersects_2polygons", "geo_intersects_2polygons(polygon1, polygon2)", "Whether two polygons meet.",
      arity: 2...2, [.dynamic], .bool
    ) { meet(twoPolygons($0)) },
    geo(
      "geo_intersects_line_with_polygon", "geo_intersects_line_with_polygon(line, polygon)",
      "Whether a line and a polygon meet.", arity: 2...2, [.dynamic], .bool
    ) { meet(lineAndPolygon($0)) },
    geo(
      "geo_union_polygons_array", "geo_union_polygons_array(polygons)", "The polygons of an array as one.",
      arity: 1...1, [.dynamic], .dynamic
    ) { polygons(union($0.json(0))) },
    geo(
      "geo_union_lines_array", "geo_union_lines_array(lines)", "The lines of an array as one.", arity: 1...1,
      [.dynamic], .dynamic
    ) { all($0.json(0)) { Paths($0) }.flatMap { lines(Paths.union($0)) } },
    geo(
      "geo_simplify_polygons_array", "geo_simplify_polygons_array(polygons, tolerance)",
      "The polygons of an array as one with fewer vertices, within a tolerance of 10 metres where none is given.",
      arity: 1...2, [.dynamic, .real], .dynamic
    ) { call in
      guard let metres = call.real(1, default: 10), let simplification = Simplification(metres: metres) else {
        return nil
      }
      return polygons(union(call.json(0)).flatMap(simplification.region))
    },
  ]
}
