// SPDX-License-Identifier: Apache-2.0

/// Counting windings: one piece of each connected figure by a ray, the others by walking around sites.
extension Overlay {
  /// Sites that rays may pass.
  private static let mostWork = 400_000_000

  /// False where it would take too long.
  mutating func wind() -> Bool {
    var isDone = Array(repeating: false, count: pieces.count)
    var work = 0
    for index in pieces.indices where !isDone[index] {
      work += sites.count
      if work > Self.mostWork { return false }
      var figure = [index]
      isDone[index] = true
      set(index, cast(index))
      var isSound = true
      var next = 0
      while next < figure.count {
        for site in [pieces[figure[next]].from, pieces[figure[next]].to] {
          isSound = walk(site, from: figure[next], &isDone, &figure) && isSound
        }
        next += 1
      }
      // Where rounding has moved an edge past a site, the walks disagree; then every piece is counted by itself.
      if isSound { continue }
      work += figure.count * sites.count
      if work > Self.mostWork { return false }
      for index in figure { set(index, cast(index)) }
    }
    return true
  }

  /// Carries the windings beside a piece around one of its ends; false where that contradicts what is known.
  private mutating func walk(_ site: Int, from start: Int, _ isDone: inout [Bool], _ figure: inout [Int]) -> Bool {
    let spokes = ordered(site, from: start)
    // To the left of each spoke, seen from the site, is the right of the next.
    var windings = leaves(start, site) ? pieces[start].left : pieces[start].right
    var isSound = true
    for index in spokes {
      let isUp = leaves(index, site)
      let left = isUp ? windings &+ pieces[index].net : windings
      windings = isUp ? left : windings &- pieces[index].net
      if !isDone[index] {
        isDone[index] = true
        set(index, left)
        figure.append(index)
      } else if pieces[index].left != left {
        isSound = false
      }
    }
    return isSound && windings == (leaves(start, site) ? pieces[start].right : pieces[start].left)
  }

  private func leaves(_ index: Int, _ site: Int) -> Bool { pieces[index].from == site }

  /// The other pieces at a site, counterclockwise from one.
  private func ordered(_ site: Int, from start: Int) -> [Int] {
    let others = spokes[site].filter { $0 != start }
    if others.count < 2 { return others }
    func end(_ index: Int) -> Vector3 { sites[leaves(index, site) ? pieces[index].to : pieces[index].from] }
    let (first, centre) = (end(start), sites[site])
    return others.sorted { Orientation.isOrdered(first, end($0), end($1), around: centre) }
  }

  /// The windings to the left of a piece: those of the origin, changed by each ring between it and the piece.
  private func cast(_ index: Int) -> SIMD2<Int> {
    let piece = pieces[index]
    let middle = (sites[piece.from] + sites[piece.to]).normalized
    let far = Loop.origin
    let signs = sites.map { Orientation.sign(middle, far, $0) }
    var windings = origin
    for (other, edge) in pieces.enumerated() where other != index && edge.net != SIMD2(0, 0) {
      guard signs[edge.from] != signs[edge.to] else { continue }
      let (a, b) = (sites[edge.from], sites[edge.to])
      guard Orientation.cross(middle, far, a, b) else { continue }
      if Orientation.sign(a, b, middle) > 0 { windings = windings &+ edge.net } else { windings = windings &- edge.net }
    }
    let isLeft = Orientation.sign(sites[piece.from], sites[piece.to], far) > 0
    return isLeft ? windings : windings &+ piece.net
  }
}
