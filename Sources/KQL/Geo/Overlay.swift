// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Lays shapes over one another: every edge is cut where it meets another, and each piece learns how many times each shape
/// winds around the places to its left and right. What lies inside a result follows from these numbers.
///
/// Edges keep the number under which they came, since the vertex at which a ring of the result begins depends on it as it
/// does in S2: the ring ends with the edge that came last.
struct Overlay {
  /// Radians within which vertices are one; twice the error of an intersection, as in S2.
  static let tolerance = 4e-15
  /// Edges that one overlay takes.
  static let mostEdges = 200_000

  /// One of the shapes.
  enum Side: Int { case first, second }

  private struct Edge {
    let a: Int
    let b: Int
    let side: Side
    let isLine: Bool
  }

  /// A part of one or more edges, from the lower site to the higher.
  struct Piece {
    let from: Int
    let to: Int
    /// By side, how many rings run up the piece less those that run down: left windings less right ones.
    var net = SIMD2<Int>(0, 0)
    /// By side, whether a ring or a line has the piece.
    var isRing = SIMD2<Int>(0, 0)
    var isLine = SIMD2<Int>(0, 0)
    /// The least number of an edge that runs up, and of one that runs down.
    var up = Int.max
    var down = Int.max
    /// By side, the windings to the left.
    var left = SIMD2<Int>(0, 0)
    var right: SIMD2<Int> { left &- net }
  }

  private(set) var sites: [Vector3] = []
  private var grid: [SIMD3<Int64>: [Int]] = [:]
  private var edges: [Edge] = []
  /// Windings around `Loop.origin`, by side.
  private(set) var origin = SIMD2<Int>(0, 0)
  private(set) var pieces: [Piece] = []
  /// Pieces by site.
  private(set) var spokes: [[Int]] = []

  // MARK: Input

  private mutating func site(_ point: Vector3) -> Int {
    let scale = 1e13
    let cell = SIMD3<Int64>(Int64(point.x * scale), Int64(point.y * scale), Int64(point.z * scale))
    for x in -1...1 as ClosedRange<Int64> {
      for y in -1...1 as ClosedRange<Int64> {
        for z in -1...1 as ClosedRange<Int64> {
          for index in grid[cell &+ SIMD3(x, y, z)] ?? []
          where (sites[index] - point).squared <= Self.tolerance * Self.tolerance {
            return index
          }
        }
      }
    }
    sites.append(point)
    grid[cell, default: []].append(sites.count - 1)
    return sites.count - 1
  }

  private mutating func chain(_ points: some Sequence<Vector3>, _ side: Side, isLine: Bool) {
    var last: Int?
    for point in points {
      let next = site(point)
      if let last, last != next { edges.append(Edge(a: last, b: next, side: side, isLine: isLine)) }
      last = next
    }
  }

  mutating func add(_ region: Region, _ side: Side) {
    for chain in region.chains { self.chain(chain + chain.prefix(1), side, isLine: false) }
    origin[side.rawValue] += region.parts.count { $0.contains(Loop.origin) }
  }

  mutating func add(_ paths: Paths, _ side: Side) {
    for path in paths.paths { chain(path, side, isLine: true) }
  }

  /// A ring that may cross itself, whose windings around `Loop.origin` the caller knows.
  mutating func add(ring: [Vector3], windings: Int) {
    chain(ring + ring.prefix(1), .first, isLine: false)
    origin[0] += windings
  }

  /// Windings around `Loop.origin` that no ring tells of.
  mutating func add(windings: Int) { origin[0] += windings }

  /// Where an edge begins.
  func start(_ number: Int) -> Vector3 { sites[edges[number].a] }

  // MARK: Pieces

  mutating func set(_ piece: Int, _ left: SIMD2<Int>) { pieces[piece].left = left }

  /// Cuts the edges and counts the windings; false where there is too much.
  mutating func arrange() -> Bool {
    guard edges.count <= Self.mostEdges, let cuts = cuts() else { return false }
    var named: [SIMD2<Int>: Int] = [:]
    for (number, edge) in edges.enumerated() {
      let start = sites[edge.a]
      let stops = Set(cuts[number] + [edge.b]).subtracting([edge.a])
        .sorted { (sites[$0] - start).squared < (sites[$1] - start).squared }
      var last = edge.a
      for stop in stops {
        add(last, stop, edge, number, &named)
        last = stop
        if stop == edge.b { break }
      }
    }
    spokes = Array(repeating: [], count: sites.count)
    for (index, piece) in pieces.enumerated() {
      spokes[piece.from].append(index)
      spokes[piece.to].append(index)
    }
    return wind()
  }

  private mutating func add(_ a: Int, _ b: Int, _ edge: Edge, _ number: Int, _ named: inout [SIMD2<Int>: Int]) {
    let key = SIMD2(min(a, b), max(a, b))
    let index = named[key] ?? pieces.count
    if index == pieces.count {
      named[key] = index
      pieces.append(Piece(from: key.x, to: key.y))
    }
    let side = edge.side.rawValue
    if edge.isLine {
      pieces[index].isLine[side] = 1
    } else {
      pieces[index].isRing[side] = 1
      pieces[index].net[side] += a < b ? 1 : -1
    }
    if a < b {
      pieces[index].up = min(pieces[index].up, number)
    } else {
      pieces[index].down = min(pieces[index].down, number)
    }
  }

  /// For each edge, the sites on it.
  private mutating func cuts() -> [[Int]]? {
    let arcs = edges.map { Arc(a: sites[$0.a], b: sites[$0.b]) }
    var cuts: [[Int]] = Array(repeating: [], count: edges.count)
    var crossings: [(Int, Int)] = []
    let isDone = Sweep.pairs(arcs) { i, j in
      if Orientation.cross(arcs[i].a, arcs[i].b, arcs[j].a, arcs[j].b) { crossings.append((i, j)) }
      for (on, off) in [(i, j), (j, i)] {
        for end in [edges[off].a, edges[off].b] where end != edges[on].a && end != edges[on].b {
          if arcs[on].distance(sites[end]) <= Self.tolerance { cuts[on].append(end) }
        }
      }
      return crossings.count <= Self.mostEdges
    }
    guard isDone else { return nil }
    for (i, j) in crossings {
      let site = site(arcs[i].intersection(arcs[j]))
      cuts[i].append(site)
      cuts[j].append(site)
    }
    return cuts
  }
}
