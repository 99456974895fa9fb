// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// Functions of places on a sphere. Degrees in, metres out; what is no place or no shape gives null.
extension Functions {
  /// The arguments of one call of a geospatial function.
  struct GeoArguments {
    let cells: [Scalar]
    fileprivate let shapes: ShapeCache

    var count: Int { cells.count }

    /// A finite number.
    func real(_ index: Int, default fallback: Double? = nil) -> Double? {
      guard index < cells.count else { return fallback }
      guard let value = cells[index].double, value.isFinite else { return nil }
      return value
    }

    func int(_ index: Int, default fallback: Int, in range: ClosedRange<Int>) -> Int? {
      guard index < cells.count else { return range.contains(fallback) ? fallback : nil }
      guard let value = cells[index].int64.map({ Int($0) }), range.contains(value) else { return nil }
      return value
    }

    func bool(_ index: Int, default fallback: Bool) -> Bool? {
      guard index < cells.count else { return fallback }
      guard case .bool(let value) = cells[index] else { return nil }
      return value
    }

    /// The longitude at `index` and the latitude after it.
    func place(_ index: Int) -> LngLat? {
      guard let lng = real(index), let lat = real(index + 1) else { return nil }
      let place = LngLat(lng: lng, lat: lat)
      return place.isPoint ? place : nil
    }

    func point(_ index: Int) -> Vector3? { place(index).map { Vector3($0) } }

    func json(_ index: Int) -> JSONValue? {
      guard index < cells.count, case .dynamic(let value) = cells[index] else { return nil }
      return value
    }

    /// Constant shapes are read once.
    func region(_ index: Int) -> Region? { json(index).flatMap { shapes.regions.find($0, index) { Region($0) } } }
    func paths(_ index: Int) -> Paths? { json(index).flatMap { shapes.paths.find($0, index) { Paths($0) } } }
    /// A region whose parts do not overlap.
    func united(_ index: Int) -> Region? {
      json(index).flatMap { shapes.unions.find($0, index) { Region($0)?.united } }
    }
    func lineString(_ index: Int) -> Paths? {
      guard json(index)?["type"]?.string == "LineString" else { return nil }
      return paths(index)
    }
  }

  /// The shapes that a call read last, by argument.
  fileprivate final class ShapeCache: Sendable {
    final class Shelf<Shape: Sendable>: Sendable {
      private let kept = Mutex<[Int: (value: JSONValue, shape: Shape?)]>([:])

      func find(_ value: JSONValue, _ index: Int, _ read: (JSONValue) -> Shape?) -> Shape? {
        let last = kept.withLock { $0[index] }
        if let last, last.value.node == value.node, last.value.document === value.document { return last.shape }
        let shape = read(value)
        kept.withLock { $0[index] = (value, shape) }
        return shape
      }
    }
    let regions = Shelf<Region>()
    let unions = Shelf<Region>()
    let paths = Shelf<Paths>()
  }

  static func geo(
    _ name: String, _ signature: String, _ meaning: String, arity: ClosedRange<Int>, _ parameters: [ScalarType?],
    _ result: ScalarType, _ body: @escaping @Sendable (GeoArguments) throws -> Scalar?
  ) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: signature, meaning: meaning, naming: .numbered, arity: arity, parameters: parameters,
      resultType: { _ in result }
    ) { vectors, count, _ in
      let shapes = ShapeCache()
      let missing: Scalar = result == .string ? .string("") : .null(result)
      return try run(vectors, count, result) { try body(GeoArguments(cells: $0, shapes: shapes)) ?? missing }
    }
  }
}
