// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Cells beside cells.
extension H3Cell {
  /// J, JK, K, IK, I, IJ: the sides of a ring that starts in the direction I.
  private static let sides = [2, 3, 1, 5, 4, 6].map { HexNumber.steps[$0] }

  private func cell(_ offset: HexNumber) -> H3Cell { H3Cell(place(offset), resolution) }

  /// The cells at each distance up to `k`, every ring counterclockwise as H3 walks it. Around a pentagon, where no ring
  /// closes so, they come in the order in which they are found.
  func rings(_ k: Int) -> [[H3Cell]] {
    if isPentagon { return spread(k) }
    var rings = [[self]]
    for ring in 1..<(k + 1) {
      var offset = number
      for _ in 0..<ring { offset = offset + HexNumber.steps[4] }
      var cells: [H3Cell] = []
      for side in Self.sides {
        for _ in 0..<ring {
          offset = offset + side
          let cell = cell(offset)
          if cell.isPentagon { return spread(k) }
          cells.append(cell)
        }
      }
      rings.append(cells)
    }
    return rings
  }

  private func spread(_ k: Int) -> [[H3Cell]] {
    var rings = [[self]]
    var seen: Set<H3Cell> = [self]
    for _ in 0..<k {
      rings.append((rings.last ?? []).flatMap { $0.neighbors.filter { seen.insert($0).inserted } })
    }
    return rings
  }

  /// Six cells, five beside a pentagon.
  var neighbors: [H3Cell] {
    if isPentagon {
      return [2, 3, 5, 4, 6].map { H3Cell(H3Base.place(base, HexNumber.steps[$0].hex * unit, leading: $0), resolution) }
    }
    var offset = number + HexNumber.steps[4]
    return Self.sides.map { side in
      offset = offset + side
      return cell(offset)
    }
  }
}

/// The cells whose centres lie in a polygon with edges straight in degrees, as H3 fills one.
struct H3Filling {
  static let mostCells = 61_680
  /// The mean length of an edge at resolution 0 in radians; it shrinks by the root of seven a level.
  private static let edge = 1281.256 / 6371.007

  let resolution: Int

  private struct Ring {
    var places: [LngLat]
    var west = Double.infinity
    var east = -Double.infinity

    /// Longitudes that do not jump.
    init(_ ring: [LngLat]) {
      places = []
      for place in ring {
        var place = place
        if let last = places.last { place.lng = last.lng + remainder(place.lng - last.lng, 360) }
        places.append(place)
        west = min(west, place.lng)
        east = max(east, place.lng)
      }
    }

    func contains(_ place: LngLat) -> Bool {
      var lng = west + (place.lng - west).truncatingRemainder(dividingBy: 360)
      if lng < west { lng += 360 }
      guard lng <= east else { return false }
      var isInside = false
      for (a, b) in zip(places, places.dropFirst()) where (a.lat > place.lat) != (b.lat > place.lat) {
        if lng < a.lng + (place.lat - a.lat) / (b.lat - a.lat) * (b.lng - a.lng) { isInside.toggle() }
      }
      return isInside
    }
  }

  /// Nil where there are too many.
  func cells(_ polygons: [[[LngLat]]]) -> [H3Cell]? {
    var found: Set<H3Cell> = []
    for polygon in polygons {
      let rings = polygon.map(Ring.init)
      guard let shell = rings.first, let seeds = trace(rings) else { return nil }
      var tried: Set<H3Cell> = []
      var waiting = seeds
      while let cell = waiting.popLast() {
        for near in [cell] + cell.neighbors where tried.insert(near).inserted {
          let centre = near.centre.place
          guard shell.contains(centre), !rings.dropFirst().contains(where: { $0.contains(centre) }) else { continue }
          if found.insert(near).inserted, found.count > Self.mostCells { return nil }
          waiting.append(near)
        }
      }
    }
    return found.sorted { $0.id < $1.id }
  }

  /// The cells along the rings.
  private func trace(_ rings: [Ring]) -> [H3Cell]? {
    var edge = Self.edge
    for _ in 0..<resolution { edge /= 7.0.squareRoot() }
    var cells: Set<H3Cell> = []
    var work = 0.0
    for ring in rings {
      for (a, b) in zip(ring.places, ring.places.dropFirst()) {
        let length = max(abs(b.lng - a.lng), abs(b.lat - a.lat)) * .pi / 180
        let steps = (length / (edge / 2)).rounded(.up) + 1
        work += steps
        guard work < 4_000_000 else { return nil }
        for step in 0..<Int(steps) {
          let part = Double(step) / steps
          let place = LngLat(lng: a.lng + part * (b.lng - a.lng), lat: a.lat + part * (b.lat - a.lat))
          cells.insert(H3Cell(Icosahedron.place(Vector3(place)), resolution))
          if cells.count > 2 * Self.mostCells { return nil }
        }
      }
    }
    return Array(cells)
  }
}
