// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import KQL

/// Facts of geometry, most of them properties that any right answer has.
struct GeoTests {
  /// The same places on every run.
  struct Places {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func unit() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }

    /// Spread over the sphere, with some beside the corners of H3's icosahedron and the poles.
    mutating func next() -> LngLat {
      let choice = unit()
      if choice < 0.2 {
        let corner = Icosahedron.corners[Int(unit() * 12)].place
        return LngLat(lng: corner.lng + unit() * 2 - 1, lat: max(-90, min(90, corner.lat + unit() * 2 - 1)))
      }
      if choice < 0.25 { return LngLat(lng: unit() * 360 - 180, lat: unit() < 0.5 ? 90 : -90) }
      return LngLat(lng: unit() * 360 - 180, lat: unit() * 180 - 90)
    }

    /// A ring around a place, without crossings.
    mutating func star(_ centre: LngLat, _ size: Double) -> [LngLat] {
      let count = 3 + Int(unit() * 12)
      let middle = Vector3(centre)
      let (east, north) = (middle.orthogonal, middle.cross(middle.orthogonal))
      var points: [LngLat] = []
      for index in 0..<count {
        let angle = 2 * Double.pi * (Double(index) + 0.6 * unit()) / Double(count)
        let direction = (Self.cosine(angle) * east + Self.cosine(angle - .pi / 2) * north).normalized
        points.append(middle.along(direction, size * (0.3 + 0.7 * unit())).place)
      }
      return points + points.prefix(1)
    }

    private static func cosine(_ angle: Double) -> Double {
      Vector3(LngLat(lng: angle * 180 / .pi, lat: 0)).x
    }
  }

  static func near(_ a: Double, _ b: Double, _ room: Double = 1e-9) -> Bool {
    abs(a - b) <= room * max(1, abs(a), abs(b))
  }

  // MARK: The sphere

  @Test(arguments: [
    ("0, 0, 0, 0", 0), ("0, 0, 180, 0", 180), ("30, 90, 12, -90", 180), ("0, 0, 0, 90", 90), ("0, 0, 1, 0", 1),
    ("179.5, 0, -179.5, 0", 1), ("17, 89, -163, 89", 2),
  ])
  func `a distance is the angle times the radius`(places: String, degrees: Double) throws {
    let metres = Double(try Ask.cell("geo_distance_2points(\(places))")) ?? -1
    #expect(Self.near(metres, degrees * .pi / 180 * 6_371_010))
  }

  @Test(arguments: [
    ("0, 0, 1, 0", 111_319.490793), ("0, 0, 0, 90", 10_001_965.729312), ("0, 0, 180, 0", 20_003_931.458624),
    ("144.42486788888888, -37.95103341666667, 143.92649552777777, -37.65282113888889", 54_972.271),
  ])
  func `a distance on the spheroid is the one of the survey tables`(places: String, metres: Double) throws {
    // Meridian and equator of WGS-84; Flinders Peak to Buninyong, whose published length is on a slightly other spheroid.
    let answer = Double(try Ask.cell("geo_distance_2points(\(places), true)")) ?? -1
    #expect(abs(answer - metres) < 0.02)
  }

  @Test(arguments: ["300, 1, 1, 1", "0, 91, 0, 0", "real(null), 0, 0, 0", "real(nan), 0, 0, 0", "real(+inf), 0, 0, 0"])
  func `places that are none give null`(places: String) throws {
    #expect(try Ask.cell("geo_distance_2points(\(places))") == "null")
    #expect(try Ask.cell("geo_azimuth(\(places))") == "null")
    #expect(try Ask.cell("geo_point_in_circle(\(places), 10)") == "null")
    #expect(
      try Ask.cell("geo_point_to_geohash(\(places.split(separator: ",")[..<2].joined(separator: ",")))") == "\"\"")
  }

  @Test func `orientation is antisymmetric and never zero for three points, in line or not`() {
    var places = Places(1)
    var points = (0..<12).map { _ in Vector3(places.next()) }
    points += (0..<6).map { Vector3(Double(1 << $0), 1, 0).normalized }
    points += [Vector3(1, 0, 0), Vector3(0, 1, 0), Vector3(0, 0, 1), Vector3(-1, 0, 0)]
    for (i, a) in points.enumerated() {
      for (j, b) in points.enumerated() {
        for (k, c) in points.enumerated() where a != b && b != c && c != a {
          let sign = Orientation.sign(a, b, c)
          #expect(
            abs(sign) == 1 && sign == Orientation.sign(b, c, a) && sign == -Orientation.sign(c, b, a), "\(i) \(j) \(k)")
        }
      }
    }
  }

  // MARK: Cells

  @Test(arguments: [("-5.603, 42.605", 5, "ezs42"), ("10.40744, 57.64911", 11, "u4pruydqqvj"), ("-180, -90", 3, "000")])
  func `a geohash is the published one`(place: String, accuracy: Int, hash: String) throws {
    #expect(try Ask.cell("geo_point_to_geohash(\(place), \(accuracy))") == "\"\(hash)\"")
  }

  @Test(arguments: [
    ("-122.0553238, 37.3615593", 7, "87283472bffffff"), ("-122.418459323, 37.776702349", 9, "8928308280fffff"),
    ("10.53619907, 64.70000013", 0, "8009fffffffffff"),
  ])
  func `an H3 cell is the published one`(place: String, resolution: Int, cell: String) throws {
    #expect(try Ask.cell("geo_point_to_h3cell(\(place), \(resolution))") == "\"\(cell)\"")
  }

  @Test(arguments: [("0, 0", "1"), ("90, 0", "3"), ("0, 90", "5"), ("180, 0", "7"), ("-90, 0", "9"), ("0, -90", "b")])
  func `the faces of the S2 cube have the odd tokens`(place: String, token: String) throws {
    #expect(try Ask.cell("geo_point_to_s2cell(\(place), 0)") == "\"\(token)\"")
  }

  @Test func `a cell holds its points, its parent holds it, and its centre leads back to it`() throws {
    var places = Places(2)
    for _ in 0..<400 {
      let place = places.next()
      let level = Int(places.unit() * 31)
      let square = try #require(S2Cell(place, level: level))
      #expect(S2Cell(square.centre).parent(level) == square)
      #expect(S2Cell(token: square.token) == square && square.level == level)
      if level < 30 { #expect(square.children.allSatisfy { $0.parent(level) == square }) }

      let resolution = Int(places.unit() * 16)
      let hexagon = try #require(H3Cell(place, resolution: resolution))
      #expect(H3Cell(hexagon.centre.place, resolution: resolution) == hexagon)
      #expect(H3Cell(hexagon.text) == hexagon)
      #expect(Loop(oriented: hexagon.boundary).contains(hexagon.centre))
      if resolution > 0 { #expect(hexagon.parent(resolution - 1)?.children(resolution)?.contains(hexagon) == true) }

      let accuracy = 1 + Int(places.unit() * 12)
      let hash = try #require(Geohash(place, accuracy: accuracy))
      #expect(Geohash(hash.centre, accuracy: accuracy)?.text == hash.text && Geohash(hash.text)?.centre == hash.centre)
      #expect(hash.ring[0].lng <= place.lng && place.lng <= hash.ring[2].lng && hash.ring[0].lat <= place.lat)
    }
  }

  @Test func `neighbours are mutual`() throws {
    var places = Places(3)
    for _ in 0..<150 {
      let place = places.next()
      let hexagon = try #require(H3Cell(place, resolution: Int(places.unit() * 10)))
      #expect(Set(hexagon.neighbors).count == (hexagon.isPentagon ? 5 : 6))
      #expect(hexagon.neighbors.allSatisfy { $0.neighbors.contains(hexagon) && $0 != hexagon })
      #expect(Set(hexagon.rings(2)[1]) == Set(hexagon.neighbors))
      let square = try #require(S2Cell(place, level: 2 + Int(places.unit() * 28)))
      #expect((7...8).contains(square.neighbors.count))
      #expect(square.neighbors.allSatisfy { $0.neighbors.contains(square) && $0.level == square.level })
    }
  }

  @Test(arguments: 0...3) func `resolution after resolution has twelve pentagons and covers the sphere`(resolution: Int)
  {
    let cells = (0..<H3Base.count).flatMap { base in
      H3Cell(base: base, digits: []).children(resolution) ?? []
    }
    var powers = 1
    for _ in 0..<resolution { powers *= 7 }
    #expect(cells.count == 2 + 120 * powers && cells.count { $0.isPentagon } == 12)
    if resolution < 3 {
      let area = cells.reduce(0) { $0 + Loop(oriented: $1.boundary).area }
      #expect(Self.near(area, 4 * .pi))
    }
  }

  // MARK: Polygons

  @Test func `an octant is an eighth of the sphere`() throws {
    let octant = #"dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})"#
    #expect(Self.near(Double(try Ask.cell("geo_polygon_area(\(octant))")) ?? 0, .pi / 2 * 6_371_010 * 6_371_010))
    #expect(Self.near(Double(try Ask.cell("geo_polygon_perimeter(\(octant))")) ?? 0, 1.5 * .pi * 6_371_010))
    #expect(try Ask.cell("round(todouble(geo_polygon_centroid(\(octant)).coordinates[0]), 6)") == "45.0")
  }

  @Test func `union and intersection together have the area of both, and hold what they should`() throws {
    var places = Places(4)
    for _ in 0..<60 {
      let centre = places.next()
      let size = [0.001, 0.05, 0.4][Int(places.unit() * 3)]
      let beside = Vector3(centre).along(Vector3(centre).orthogonal, size * places.unit()).place
      let a = try #require(Region([[places.star(centre, size)]]))
      let b = try #require(Region([[places.star(beside, size)]]))
      let union = try #require(a.union(b))
      let shared = try #require(a.intersection(b)).region
      #expect(abs(union.area + shared.area - a.area - b.area) < 1e-12 + 1e-9 * (a.area + b.area))
      for _ in 0..<20 {
        let tangent = Vector3(places.next()).cross(Vector3(centre)).normalized
        let point = Vector3(centre).along(tangent, 2 * size * places.unit())
        #expect(union.contains(point) == (a.contains(point) || b.contains(point)))
        #expect(shared.contains(point) == (a.contains(point) && b.contains(point)))
      }
    }
  }

  @Test func `the border of a buffer lies at the radius, within the tolerance`() throws {
    var places = Places(5)
    for index in 0..<30 {
      let region = try #require(Region([[places.star(places.next(), 0.01)]]))
      let metres = 500 + 20_000 * places.unit()
      var buffering = try #require(Buffering(metres: metres, tolerance: metres / 20))
      buffering.add(region)
      let grown = try #require(buffering.region())
      #expect(grown.area > region.area)
      for arc in grown.arcs {
        for point in [arc.a, arc.point(fraction: 0.5)] {
          let distance = region.distance(point) * Earth.radius
          #expect(abs(distance - metres) <= metres / 20 * 1.000001, "\(index)")
        }
      }
    }
  }

  @Test func `the buffer of a star with many spikes is a rounded disc`() throws {
    let centre = Vector3(LngLat(lng: 10, lat: 10))
    let (east, north) = (centre.orthogonal, centre.cross(centre.orthogonal))
    let ring = (0..<120).map { index in
      let turn = Vector3(LngLat(lng: Double(index) * 3, lat: 0))
      return centre.along((turn.x * east + turn.y * north).normalized, index % 2 == 0 ? 0.02 : 0.01)
    }
    var buffering = try #require(Buffering(metres: 30_000, tolerance: 300))
    buffering.add(Region(parts: [Region.Part(shell: try #require(Loop(ring)), holes: [])]))
    let grown = try #require(buffering.region())
    #expect(grown.parts.count == 1 && grown.parts[0].holes.isEmpty)
    for vertex in grown.parts[0].shell.vertices {
      #expect((0.02...0.02 + 30_300 / Earth.radius).contains(vertex.angle(centre)))
    }
  }

  @Test func `a covering touches every point of its shape, and a filling takes centres`() throws {
    var places = Places(6)
    for _ in 0..<10 {
      let ring = places.star(LngLat(lng: 100 * places.unit(), lat: 100 * places.unit() - 50), 0.02)
      let region = try #require(Region([[ring]]))
      let cells = Set(try #require(S2Covering(radius: 0, region: region, arcs: region.arcs).cells(level: 10)))
      let hexagons = try #require(H3Filling(resolution: 5).cells([[ring]]))
      #expect(hexagons.allSatisfy { $0.resolution == 5 } && Set(hexagons).count == hexagons.count)
      for _ in 0..<200 {
        let middle = Vector3(ring[0])
        let point = middle.along(middle.cross(Vector3(places.next())).normalized, 0.04 * places.unit())
        if region.contains(point) { #expect(cells.contains(S2Cell(point).parent(10))) }
      }
    }
  }

  @Test(arguments: [0.1, 10, 1000]) func `a densified line stays within the tolerance`(tolerance: Double) throws {
    let line = [LngLat(lng: -100, lat: 10), LngLat(lng: 40, lat: 70)]
    let path = try #require(Tessellation(metres: tolerance, wraps: false).lines([line])?.first)
    #expect(path.count > 3 && Self.near(path[0].lat, 10) && Self.near(path[path.count - 1].lng, 40))
    for (a, b) in zip(path, path.dropFirst()) {
      let arc = Arc(a: Vector3(a), b: Vector3(b))
      for part in [0.25, 0.5, 0.75] {
        let straight = LngLat(lng: a.lng + part * (b.lng - a.lng), lat: a.lat + part * (b.lat - a.lat))
        #expect(arc.distance(Vector3(straight)) * Earth.radius <= tolerance * 1.01)
      }
    }
  }

  @Test func `a simplified line keeps its ends and its distance`() throws {
    var places = Places(7)
    var points: [Vector3] = []
    for step in 0..<200 {
      points.append(Vector3(LngLat(lng: Double(step) * 0.01, lat: 0.002 * places.unit())))
    }
    let path = try #require(Simplification(metres: 300)?.path(points))
    #expect(path.count < 40 && path.first == points.first && path.last == points.last)
    let arcs = Paths.arcs(path)
    for point in points {
      #expect(arcs.contains { $0.distance(point) * Earth.radius < 600 })
    }
  }

  // MARK: Texts

  @Test(arguments: [
    ("POINT(1 -2.5e0)", #"{"type":"Point","coordinates":[1.0,-2.5]}"#),
    ("multipoint ((1 2), (3 4))", #"{"type":"MultiPoint","coordinates":[[1.0,2.0],[3.0,4.0]]}"#),
    (
      "MULTILINESTRING ((1 1, 2 2), (4 4, 5 5))",
      #"{"type":"MultiLineString","coordinates":[[[1.0,1.0],[2.0,2.0]],[[4.0,4.0],[5.0,5.0]]]}"#
    ),
    (
      "GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 2 0, 2 2, 0 0)))",
      #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.0,1.0]},{"type":"Polygon","coordinates":[[[0.0,0.0],[2.0,0.0],[2.0,2.0],[0.0,0.0]]]}]}"#
    ),
    ("POINT 1 2", "null"), ("POINT (1)", "null"), ("POINT (1 2) x", "null"), ("LINESTRING (1 2, 3", "null"),
    ("", "null"),
    ("POINT (1e999 0)", "null"), (String(repeating: "GEOMETRYCOLLECTION (", count: 99), "null"),
  ])
  func `well-known text becomes GeoJSON or null`(text: String, json: String) throws {
    #expect(try Ask.cell("geo_from_wkt('\(text)')") == json)
  }

  @Test(arguments: [
    "{}", "[]", "1", "null", #"{"type":"Polygon"}"#, #"{"type":"Polygon","coordinates":[]}"#,
    #"{"type":"Polygon","coordinates":[[]]}"#, #"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
    #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#,
    #"{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}"#,
    #"{"type":"Polygon","coordinates":[[["a","b"],[1,0],[1,1],["a","b"]]]}"#,
    #"{"type":"Polygon","coordinates":[[[0,0],[1e308,0],[1,1],[0,0]]]}"#,
    #"{"type":"Polygon","coordinates":[[[0,0],[180,0],[1,1],[0,0]]]}"#,
    #"{"type":"MultiPolygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
    #"{"type":"LineString","coordinates":[[0,0],[0,0]]}"#, #"{"type":"LineString","coordinates":[[0,0],[180,0]]}"#,
    #"{"type":"LineString","coordinates":[[0,0],[null,1]]}"#, #"{"type":"LineString","coordinates":[[0,0],[1,91]]}"#,
    #"{"type":["Polygon"],"coordinates":{"0":1}}"#,
  ])
  func `shapes that are none give null everywhere`(shape: String) throws {
    let shape = "dynamic(\(shape))"
    for call in [
      "geo_point_in_polygon(1, 1, \(shape))", "geo_polygon_area(\(shape))", "geo_polygon_buffer(\(shape), 10)",
      "geo_polygon_simplify(\(shape))", "geo_polygon_densify(\(shape))", "geo_polygon_to_s2cells(\(shape), 3)",
      "geo_polygon_to_h3cells(\(shape), 3)", "geo_line_length(\(shape))", "geo_line_buffer(\(shape), 10)",
      "geo_line_simplify(\(shape))", "geo_line_densify(\(shape))", "geo_line_to_s2cells(\(shape))",
      "geo_line_interpolate_point(\(shape), 0.5)", "geo_line_locate_point(\(shape), 1, 1)",
      "geo_union_polygons_array(pack_array(\(shape)))", "geo_union_lines_array(pack_array(\(shape)))",
      "geo_simplify_polygons_array(pack_array(\(shape)))", "geo_intersection_2polygons(\(shape), \(shape))",
      "geo_intersection_2lines(\(shape), \(shape))", "geo_intersects_line_with_polygon(\(shape), \(shape))",
      "geo_distance_point_to_polygon(1, 1, \(shape))", "geo_closest_point_on_line(1, 1, \(shape))",
    ] {
      #expect(try Ask.cell(call) == "null", "\(call)")
    }
  }

  @Test(arguments: [
    "", "a", "x", "+1", "-1", "0x1", "zzzz", "ffffffffffffffff", "00000000000000001",
  ])
  func `tokens that are none give null`(token: String) throws {
    for call in ["to_central_point", "to_polygon", "neighbors"] {
      #expect(try Ask.cell("geo_s2cell_\(call)('\(token)')") == "null")
      #expect(try Ask.cell("geo_h3cell_\(call)('\(token)')") == "null")
    }
    #expect(try Ask.cell("geo_h3cell_level('\(token)')") == "null")
    #expect(try Ask.cell("geo_h3cell_parent('\(token)')") == "\"\"")
  }
}
