// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Replaces chains of short edges by long ones that stay within a tolerance of them.
///
/// Vertices nearer than the tolerance to one already kept go first, then each edge reaches as far along the chain as all
/// vertices that it passes lie within the tolerance, like S2Builder with its option to simplify edge chains.
struct Simplification {
  /// Radians.
  let tolerance: Double

  init?(metres: Double) {
    guard metres > 0, metres <= 7_800_000 else { return nil }
    tolerance = metres / Earth.radius
  }

  /// An open path, whose ends stay; nil where it shrinks to a point.
  func path(_ points: [Vector3]) -> [Vector3]? {
    guard let first = points.first, let last = points.last else { return nil }
    if points.allSatisfy({ $0.angle(first) < tolerance }) { return nil }
    var kept = [first]
    var at = 0
    while at < points.count - 1 {
      let best = reach(points, at)
      // An end too near to stand gives way to the next, but the last stays.
      if best == points.count - 1
        || (points[best].angle(points[at]) >= tolerance && points[best].angle(last) >= tolerance)
      {
        kept.append(points[best])
      }
      at = best
    }
    return kept.count >= 2 ? kept : nil
  }

  /// The farthest vertex that an edge may go to from one, past all between.
  private func reach(_ points: [Vector3], _ at: Int) -> Int {
    let origin = points[at]
    let east = origin.orthogonal
    let north = origin.cross(east)
    var best = at + 1
    var farthest = 0.0
    // Directions that pass all vertices so far, counted from that of the first outside the tolerance.
    var (middle, low, high): (Double?, Double, Double) = (nil, -Double.pi, Double.pi)
    for next in (at + 1)..<points.count {
      let point = points[next]
      let distance = origin.angle(point)
      let direction = atan2(point.dot(north), point.dot(east))
      let turn = middle.map { remainder(direction - $0, 2 * .pi) } ?? 0
      // S2's chains end at the first vertex that an edge cannot go to, though one beyond might be reached.
      guard distance >= farthest, turn >= low, turn <= high else { break }
      best = next
      farthest = max(farthest, distance - tolerance)
      guard distance > tolerance else { continue }
      if middle == nil { middle = direction }
      let width = asin(min(1, sin(tolerance) / max(1e-300, sin(distance))))
      (low, high) = (max(low, turn - width), min(high, turn + width))
      if low > high { break }
    }
    return best
  }

  /// A ring; nil where it shrinks to less than a triangle.
  func ring(_ points: [Vector3]) -> [Vector3]? {
    // The vertices farthest from one another stay.
    guard let first = points.first, let far = points.max(by: { $0.angle(first) < $1.angle(first) }),
      let middle = points.firstIndex(of: far), middle > 0
    else { return nil }
    guard let there = path(Array(points[...middle])), let back = path(Array(points[middle...]) + [first]) else {
      return nil
    }
    let ring = Array(there.dropLast() + back.dropLast())
    return ring.count >= 3 ? ring : nil
  }

  /// Small parts disappear; nil where all do.
  func region(_ region: Region) -> Region? {
    var parts: [Region.Part] = []
    for part in region.parts {
      guard let shell = ring(part.shell.vertices), let loop = Loop(shell) else { continue }
      parts.append(Region.Part(shell: loop, holes: part.holes.compactMap { ring($0.vertices).flatMap { Loop($0) } }))
    }
    return parts.isEmpty ? nil : Region(parts: parts)
  }
}
