// SPDX-License-Identifier: Apache-2.0
import JSON

/// Geohashes and S2 cells.
extension Functions {
  static func texts(_ texts: some Sequence<String>) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for text in texts { builder.append(text) }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  static func ring(_ corners: [Vector3]) -> Scalar {
    let ring = corners.map(\.place)
    return .dynamic(GeoJSONWriter.polygons([[ring + ring.prefix(1)]]))
  }

  private static func hash(_ call: GeoArguments) -> Geohash? { Geohash(call.cells[0].text) }
  private static func square(_ call: GeoArguments) -> S2Cell? { S2Cell(token: call.cells[0].text) }

  /// The cells of a level and a radius in metres, the arguments after the shape.
  private static func covering(_ call: GeoArguments, _ region: Region?, _ arcs: [Arc]?) -> Scalar? {
    guard let arcs, let level = call.int(1, default: 11, in: S2Cell.levels),
      let radius = call.real(2, default: 0), radius >= 0
    else { return nil }
    let covering = S2Covering(radius: radius / Earth.radius, region: region, arcs: arcs)
    return covering.cells(level: level).map { texts($0.lazy.map(\.token)) }
  }

  static let geoCells: [ScalarFunction] = [
    geo(
      "geo_point_to_geohash", "geo_point_to_geohash(lng, lat, accuracy)", "The geohash of a point.", arity: 2...3,
      [.real, .real, .long], .string
    ) { call in
      guard let place = call.place(0), let accuracy = call.int(2, default: 5, in: Geohash.accuracies) else {
        return nil
      }
      return Geohash(place, accuracy: accuracy).map { .string($0.text) }
    },
    geo(
      "geo_geohash_to_central_point", "geo_geohash_to_central_point(geohash)", "The centre of a geohash.", arity: 1...1,
      [.string], .dynamic
    ) { hash($0).map { .dynamic(GeoJSONWriter.point($0.centre)) } },
    geo(
      "geo_geohash_to_polygon", "geo_geohash_to_polygon(geohash)", "The rectangle of a geohash.", arity: 1...1,
      [.string], .dynamic
    ) { hash($0).map { .dynamic(GeoJSONWriter.polygons([[$0.ring]])) } },
    geo(
      "geo_geohash_neighbors", "geo_geohash_neighbors(geohash)", "The geohashes that touch one.", arity: 1...1,
      [.string], .dynamic
    ) { hash($0).map { texts(HashOrder.listed($0.neighbors.map(\.text))) } },
    geo(
      "geo_point_to_s2cell", "geo_point_to_s2cell(lng, lat, level)", "The token of the S2 cell of a point.",
      arity: 2...3, [.real, .real, .long], .string
    ) { call in
      guard let place = call.place(0), let level = call.int(2, default: 11, in: S2Cell.levels) else { return nil }
      return S2Cell(place, level: level).map { .string($0.token) }
    },
    geo(
      "geo_s2cell_to_central_point", "geo_s2cell_to_central_point(token)", "The centre of an S2 cell.", arity: 1...1,
      [.string], .dynamic
    ) { square($0).map { .dynamic(GeoJSONWriter.point($0.centre.place)) } },
    geo(
      "geo_s2cell_to_polygon", "geo_s2cell_to_polygon(token)", "The square of an S2 cell.", arity: 1...1, [.string],
      .dynamic
    ) { square($0).map { ring($0.corners) } },
    geo(
      "geo_s2cell_neighbors", "geo_s2cell_neighbors(token)", "The S2 cells that touch one.", arity: 1...1, [.string],
      .dynamic
    ) { square($0).map { texts(HashOrder.listed($0.neighbors.map(\.token))) } },
    geo(
      "geo_polygon_to_s2cells", "geo_polygon_to_s2cells(polygon, level, radius)",
      "The S2 cells of a level that a polygon, grown by metres, touches; null where there are more than 65,536.",
      arity: 1...3, [.dynamic, .long, .real], .dynamic
    ) { call in covering(call, call.region(0), call.region(0)?.arcs) },
    geo(
      "geo_line_to_s2cells", "geo_line_to_s2cells(line, level, radius)",
      "The S2 cells of a level within metres of a line; null where there are more than 65,536.", arity: 1...3,
      [.dynamic, .long, .real], .dynamic
    ) { call in covering(call, nil, call.paths(0)?.arcs) },
  ]
}
