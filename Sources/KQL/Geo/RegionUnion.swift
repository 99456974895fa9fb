// SPDX-License-Identifier: Apache-2.0

extension Region {
  /// Both regions together; nil where there is too much.
  func union(_ other: Region) -> Region? {
    var overlay = Overlay()
    overlay.add(self, .first)
    overlay.add(other, .second)
    guard overlay.arrange() else { return nil }
    return overlay.region { $0.x > 0 || $0.y > 0 }
  }

  /// All regions together. The two with the fewest vertices are joined first, over and over, as S2 does: no vertex takes
  /// part in many joins.
  static func union(_ regions: [Region]) -> Region? {
    // Joined sizes never shrink, so two lists in order serve as a queue; at equal sizes what was there first comes first.
    var given = regions.map { (size: $0.vertexCount, region: $0) }.enumerated()
      .sorted { a, b in a.element.size != b.element.size ? a.element.size < b.element.size : a.offset < b.offset }
      .map(\.element)[...]
    var joined: ArraySlice<(size: Int, region: Region)> = []
    func next() -> (size: Int, region: Region)? {
      guard let first = joined.first else { return given.popFirst() }
      if let other = given.first, other.size <= first.size { return given.popFirst() }
      return joined.popFirst()
    }
    while let a = next() {
      guard let b = next() else { return a.region }
      guard let union = a.region.union(b.region) else { return nil }
      joined.append((a.size + b.size, union))
    }
    return nil
  }

  /// The region without overlaps between its parts.
  var united: Region? { parts.count < 2 ? self : Region.union(parts.map { Region(parts: [$0]) }) }

  func intersection(_ other: Region) -> OverlayResult? {
    var overlay = Overlay()
    overlay.add(self, .first)
    overlay.add(other, .second)
    return overlay.arrange() ? overlay.intersection(.area, .area) : nil
  }
}

extension Paths {
  func intersection(_ other: Paths) -> OverlayResult? {
    var overlay = Overlay()
    overlay.add(self, .first)
    overlay.add(other, .second)
    return overlay.arrange() ? overlay.intersection(.line, .line) : nil
  }

  func intersection(_ region: Region) -> OverlayResult? {
    var overlay = Overlay()
    overlay.add(self, .first)
    overlay.add(region, .second)
    return overlay.arrange() ? overlay.intersection(.line, .area) : nil
  }

  /// The edges of all lines, each once, as paths.
  static func union(_ lines: [Paths]) -> [[Vector3]] {
    var (sites, points): ([Vector3: Int], [Vector3]) = ([:], [])
    var seen: Set<SIMD2<Int>> = []
    var steps: [OverlayResult.Step] = []
    func site(_ point: Vector3) -> Int {
      if let site = sites[point] { return site }
      sites[point] = points.count
      points.append(point)
      return points.count - 1
    }
    for path in lines.flatMap(\.paths) {
      for (a, b) in zip(path, path.dropFirst()) {
        let (from, to) = (site(a), site(b))
        guard seen.insert(SIMD2(min(from, to), max(from, to))).inserted else { continue }
        steps.append(OverlayResult.Step(from: from, to: to, number: steps.count))
      }
    }
    return LineTrace.paths(steps).map { $0.map { points[$0] } }
  }
}
