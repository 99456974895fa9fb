// SPDX-License-Identifier: Apache-2.0
import JSON

/// Reads the shapes of RFC 7946 that Kusto's functions take. Anything else gives nil; nothing is guessed.
enum GeoJSONReader {
  /// Points that one shape may have, so that a hostile document costs no more than it weighs.
  static let mostVertices = 1_000_000

  private static func coordinates(_ value: JSONValue, _ type: String) -> JSONValue? {
    guard value.kind == .object, value["type"]?.string == type else { return nil }
    guard let list = value["coordinates"], list.kind == .array else { return nil }
    return list
  }

  private static func place(_ value: JSONValue) -> LngLat? {
    guard value.kind == .array, (2...4).contains(value.count), let lng = value[0]?.double, let lat = value[1]?.double
    else { return nil }
    let place = LngLat(lng: lng, lat: lat)
    return place.isVertex ? place : nil
  }

  private static func path(_ value: JSONValue) -> [LngLat]? {
    guard value.kind == .array, (2...mostVertices).contains(value.count) else { return nil }
    var path: [LngLat] = []
    path.reserveCapacity(value.count)
    for element in value.elements {
      guard let place = place(element) else { return nil }
      path.append(place)
    }
    return path
  }

  private static func list<T>(_ value: JSONValue, _ read: (JSONValue) -> T?) -> [T]? {
    guard value.kind == .array, value.count > 0 else { return nil }
    var list: [T] = []
    for element in value.elements {
      guard let item = read(element) else { return nil }
      list.append(item)
    }
    return list
  }

  static func point(_ value: JSONValue) -> LngLat? { coordinates(value, "Point").flatMap(place) }

  /// The paths of a LineString or a MultiLineString.
  static func lines(_ value: JSONValue) -> [[LngLat]]? {
    if let one = coordinates(value, "LineString") { return path(one).map { [$0] } }
    return coordinates(value, "MultiLineString").flatMap { list($0, path) }
  }

  /// The rings of a Polygon or of each part of a MultiPolygon, the shell first, as they are written.
  static func polygons(_ value: JSONValue) -> [[[LngLat]]]? {
    if let one = coordinates(value, "Polygon") { return list(one, path).map { [$0] } }
    return coordinates(value, "MultiPolygon").flatMap { list($0) { list($0, path) } }
  }
}

/// Writes shapes as GeoJSON.
struct GeoJSONWriter: ~Copyable {
  private var builder = JSONBuilder()

  static func document(_ body: (inout GeoJSONWriter) -> Void) -> JSONValue {
    var writer = GeoJSONWriter()
    body(&writer)
    return writer.builder.finish().root
  }

  private mutating func shape(_ type: String, _ key: String = "coordinates", _ body: (inout GeoJSONWriter) -> Void) {
    builder.beginObject()
    builder.key("type")
    builder.append(type)
    builder.key(key)
    body(&self)
    builder.endObject()
  }

  private mutating func array<T>(_ items: [T], _ body: (inout GeoJSONWriter, T) -> Void) {
    builder.beginArray()
    for item in items { body(&self, item) }
    builder.endArray()
  }

  private mutating func place(_ place: LngLat) {
    builder.beginArray()
    builder.append(place.lng)
    builder.append(place.lat)
    builder.endArray()
  }

  private mutating func path(_ path: [LngLat]) { array(path) { $0.place($1) } }

  mutating func points(_ places: [LngLat], isMulti: Bool = false) {
    if places.count == 1, !isMulti {
      shape("Point") { $0.place(places[0]) }
    } else {
      shape("MultiPoint") { $0.path(places) }
    }
  }

  mutating func lines(_ lines: [[LngLat]], isMulti: Bool = false) {
    if lines.count == 1, !isMulti {
      shape("LineString") { $0.path(lines[0]) }
    } else {
      shape("MultiLineString") { $0.array(lines) { $0.path($1) } }
    }
  }

  /// Polygons as lists of closed rings.
  mutating func polygons(_ polygons: [[[LngLat]]], isMulti: Bool = false) {
    if polygons.count == 1, !isMulti {
      shape("Polygon") { $0.array(polygons[0]) { $0.path($1) } }
    } else {
      shape("MultiPolygon") { $0.array(polygons) { $0.array($1) { $0.path($1) } } }
    }
  }

  mutating func collection(_ count: Int, _ body: (inout GeoJSONWriter, Int) -> Void) {
    shape("GeometryCollection", "geometries") { $0.array(Array(0..<count)) { body(&$0, $1) } }
  }

  static func point(_ place: LngLat) -> JSONValue { document { $0.points([place]) } }
  static func lines(_ lines: [[LngLat]]) -> JSONValue { document { $0.lines(lines) } }
  static func polygons(_ polygons: [[[LngLat]]]) -> JSONValue { document { $0.polygons(polygons) } }
}
