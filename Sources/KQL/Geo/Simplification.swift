// SPDX-License-Identifier: Apache-2.0

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
      var best = at + 1
      for next in (at + 1)..<points.count {
        let arc = Arc(a: points[at], b: points[next])
        guard (at + 1..<next).allSatisfy({ arc.distance(points[$0]) <= tolerance }) else { break }
        best = next
      }
      if best < points.count - 1, points[best].angle(points[at]) < tolerance || points[best].angle(last) < tolerance {
        // Too near to stand.
        at = best
        continue
      }
      kept.append(points[best])
      at = best
    }
    return kept.count >= 2 ? kept : nil
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
