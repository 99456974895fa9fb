// SPDX-License-Identifier: Apache-2.0
import JSON

/// H3 cells.
extension Functions {
  private static func hexagon(_ call: GeoArguments) -> H3Cell? { H3Cell(call.cells[0].text) }

  /// More rings would give a list longer than a dynamic value may be.
  private static let mostRings = 142
  private static let mostGenerations = 5

  private static func grown(_ region: Region, _ metres: Double) -> Region? {
    guard let region = region.united, var buffering = Buffering(metres: metres, tolerance: min(10, metres / 10)) else {
      return nil
    }
    buffering.add(region)
    return buffering.region()
  }

  static let geoHexagons: [ScalarFunction] = [
    geo(
      "geo_point_to_h3cell", "geo_point_to_h3cell(lng, lat, resolution)", "The H3 cell of a point.", arity: 2...3,
      [.real, .real, .long], .string
    ) { call in
      guard let place = call.place(0), let resolution = call.int(2, default: 6, in: H3Cell.resolutions) else {
        return nil
      }
      return H3Cell(place, resolution: resolution).map { .string($0.text) }
    },
    geo(
      "geo_h3cell_to_central_point", "geo_h3cell_to_central_point(h3cell)", "The centre of an H3 cell.", arity: 1...1,
      [.string], .dynamic
    ) { hexagon($0).map { .dynamic(GeoJSONWriter.point($0.centre.place)) } },
    geo(
      "geo_h3cell_to_polygon", "geo_h3cell_to_polygon(h3cell)", "The outline of an H3 cell.", arity: 1...1, [.string],
      .dynamic
    ) { hexagon($0).map { ring($0.boundary) } },
    geo(
      "geo_h3cell_neighbors", "geo_h3cell_neighbors(h3cell)", "The H3 cells that touch one.", arity: 1...1, [.string],
      .dynamic
    ) { hexagon($0).map { texts(HashOrder.listed($0.neighbors.map(\.text))) } },
    geo(
      "geo_h3cell_rings", "geo_h3cell_rings(h3cell, distance)",
      "For each distance up to one, the H3 cells that lie so many steps away.", arity: 2...2, [.string, .long], .dynamic
    ) { call in
      guard let cell = hexagon(call), let distance = call.int(1, default: 0, in: 0...mostRings) else { return nil }
      var builder = JSONBuilder()
      builder.beginArray()
      for ring in cell.rings(distance) {
        builder.beginArray()
        for cell in ring { builder.append(cell.text) }
        builder.endArray()
      }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    geo(
      "geo_h3cell_level", "geo_h3cell_level(h3cell)", "The resolution of an H3 cell.", arity: 1...1, [.string], .int
    ) { hexagon($0).map { .int(Int32($0.resolution)) } },
    geo(
      "geo_h3cell_parent", "geo_h3cell_parent(h3cell, resolution)",
      "The H3 cell that holds one; of the next coarser resolution where none is given.", arity: 1...2,
      [.string, .long], .string
    ) { call in
      guard let cell = hexagon(call),
        let resolution = call.int(1, default: cell.resolution - 1, in: H3Cell.resolutions)
      else { return nil }
      return cell.parent(resolution).map { .string($0.text) }
    },
    geo(
      "geo_h3cell_children", "geo_h3cell_children(h3cell, resolution)",
      "The H3 cells within one; of the next finer resolution where none is given.", arity: 1...2, [.string, .long],
      .dynamic
    ) { call in
      guard let cell = hexagon(call),
        let resolution = call.int(1, default: cell.resolution + 1, in: H3Cell.resolutions),
        (cell.resolution...cell.resolution + mostGenerations).contains(resolution)
      else { return nil }
      return cell.children(resolution).map { texts($0.lazy.map(\.text)) }
    },
    geo(
      "geo_polygon_to_h3cells", "geo_polygon_to_h3cells(polygon, resolution, radius)",
      "The H3 cells whose centres lie in a polygon, grown by metres; null where there are more than 61,680.",
      arity: 1...3, [.dynamic, .long, .real], .dynamic
    ) { call in
      guard let json = call.json(0), let region = call.region(0),
        let resolution = call.int(1, default: 6, in: H3Cell.resolutions), let radius = call.real(2, default: 0),
        radius >= 0, let polygons = radius == 0 ? GeoJSONReader.polygons(json) : grown(region, radius)?.places
      else { return nil }
      return H3Filling(resolution: resolution).cells(polygons).map { texts($0.lazy.map(\.text)) }
    },
  ]
}
