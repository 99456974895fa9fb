// SPDX-License-Identifier: Apache-2.0
import JSON

/// Reads well-known text (OGC Simple Features, ISO 19125) into GeoJSON.
struct WellKnownText {
  private let bytes: [UInt8]
  private var at = 0
  private static let deepest = 16

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// Nil where the text is none, or has what GeoJSON has not.
  static func json(_ text: String) -> JSONValue? {
    guard text.utf8.count <= 10_000_000 else { return nil }
    var reader = WellKnownText(text)
    guard let shape = reader.shape(0) else { return nil }
    reader.space()
    guard reader.at == reader.bytes.count else { return nil }
    return GeoJSONWriter.document { shape.write(to: &$0) }
  }

  private enum Shape {
    case points([LngLat], isMulti: Bool)
    case lines([[LngLat]], isMulti: Bool)
    case polygons([[[LngLat]]], isMulti: Bool)
    case collection([Shape])

    func write(to writer: inout GeoJSONWriter) {
      switch self {
      case .points(let points, let isMulti): writer.points(points, isMulti: isMulti)
      case .lines(let lines, let isMulti): writer.lines(lines, isMulti: isMulti)
      case .polygons(let polygons, let isMulti): writer.polygons(polygons, isMulti: isMulti)
      case .collection(let shapes): writer.collection(shapes.count) { shapes[$1].write(to: &$0) }
      }
    }
  }

  private mutating func space() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    space()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func word() -> String {
    space()
    let start = at
    while at < bytes.count, bytes[at] | 0x20 >= 0x61, bytes[at] | 0x20 <= 0x7A { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self).uppercased()
  }

  private mutating func number() -> Double? {
    space()
    let start = at
    while at < bytes.count,
      bytes[at] >= 0x30 && bytes[at] <= 0x39 || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at])
    {
      at += 1
    }
    return Double(String(decoding: bytes[start..<at], as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// `(item, item, ...)`
  private mutating func list<T>(_ read: (inout WellKnownText) -> T?) -> [T]? {
    guard take(0x28) else { return nil }
    var items: [T] = []
    repeat {
      guard let item = read(&self) else { return nil }
      items.append(item)
    } while take(0x2C)
    return take(0x29) ? items : nil
  }

  private mutating func place() -> LngLat? {
    guard let lng = number(), let lat = number() else { return nil }
    return LngLat(lng: lng, lat: lat)
  }

  /// A point of a MULTIPOINT, which may stand in parentheses.
  private mutating func wrapped() -> LngLat? {
    guard take(0x28) else { return place() }
    guard let place = place(), take(0x29) else { return nil }
    return place
  }

  private mutating func shape(_ depth: Int) -> Shape? {
    guard depth < Self.deepest else { return nil }
    switch word() {
    case "POINT":
      guard let points = list({ $0.place() }), points.count == 1 else { return nil }
      return .points(points, isMulti: false)
    case "LINESTRING":
      return list({ $0.place() }).map { .lines([$0], isMulti: false) }
    case "POLYGON":
      return list({ $0.list { $0.place() } }).map { .polygons([$0], isMulti: false) }
    case "MULTIPOINT":
      return list({ $0.wrapped() }).map { .points($0, isMulti: true) }
    case "MULTILINESTRING":
      return list({ $0.list { $0.place() } }).map { .lines($0, isMulti: true) }
    case "MULTIPOLYGON":
      return list({ $0.list { $0.list { $0.place() } } }).map { .polygons($0, isMulti: true) }
    case "GEOMETRYCOLLECTION":
      return list({ $0.shape(depth + 1) }).map { .collection($0) }
    default:
      return nil
    }
  }
}
