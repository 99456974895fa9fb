// SPDX-License-Identifier: Apache-2.0

/// What an overlay gives: polygons, and where those are wanted the lines and points at which shapes only touch.
struct OverlayResult {
  var region = Region(parts: [])
  var lines: [[Vector3]] = []
  var points: [Vector3] = []

  /// A directed piece of the result, with the number of the edge that it comes from.
  struct Step {
    let from: Int
    let to: Int
    let number: Int
  }
}

extension Overlay {
  /// The region whose places satisfy a rule of the windings around them.
  func region(_ isInside: (SIMD2<Int>) -> Bool) -> Region {
    assemble(borders(isInside))
  }

  /// Directed pieces in the order of the edges that they come from; pieces of one edge by the places of their ends along
  /// S2's curve, as S2 numbers vertices.
  private func borders(_ isInside: (SIMD2<Int>) -> Bool) -> [OverlayResult.Step] {
    let steps: [OverlayResult.Step] = pieces.compactMap { piece in
      let (left, right) = (isInside(piece.left), isInside(piece.right))
      if left == right { return nil }
      let number = left ? piece.up : piece.down
      return OverlayResult.Step(
        from: left ? piece.from : piece.to, to: left ? piece.to : piece.from,
        number: number == .max ? min(piece.up, piece.down) : number)
    }
    return ordered(steps)
  }

  private func ordered(_ steps: [OverlayResult.Step]) -> [OverlayResult.Step] {
    let keyed = steps.map { ($0, from: S2Cell(sites[$0.from]).id, to: S2Cell(sites[$0.to]).id) }
    return keyed.sorted { a, b in
      a.0.number != b.0.number ? a.0.number < b.0.number : a.from != b.from ? a.from < b.from : a.to < b.to
    }.map(\.0)
  }

  /// What both shapes have, their borders included.
  func intersection(_ first: Dimension, _ second: Dimension) -> OverlayResult {
    var result = OverlayResult()
    var isUsed = Array(repeating: false, count: sites.count)
    var kept: [OverlayResult.Step] = []
    func keep(_ step: OverlayResult.Step) {
      kept.append(step)
      isUsed[step.from] = true
      isUsed[step.to] = true
    }
    if first == .area, second == .area {
      let steps = borders { $0.x > 0 && $0.y > 0 }
      for step in steps {
        isUsed[step.from] = true
        isUsed[step.to] = true
      }
      result.region = assemble(steps)
    }
    for piece in pieces {
      let isFirst = has(piece, 0, first), isSecond = has(piece, 1, second)
      guard isFirst, isSecond, first == .line || second == .line || piece.net.x * piece.net.y < 0 else { continue }
      // The piece runs as the first shape has it.
      let isUp = piece.up <= piece.down
      keep(
        OverlayResult.Step(
          from: isUp ? piece.from : piece.to, to: isUp ? piece.to : piece.from, number: min(piece.up, piece.down)))
    }
    result.lines = trace(ordered(kept))
    var touching: [(site: Int, number: Int)] = []
    for site in sites.indices where !isUsed[site] {
      let around = spokes[site].map { pieces[$0] }
      func least(_ side: Int) -> Int? {
        around.filter { $0.isRing[side] + $0.isLine[side] > 0 }.map { min($0.up, $0.down) }.min()
      }
      if let first = least(0), least(1) != nil { touching.append((site, first)) }
    }
    result.points = touching.sorted { a, b in
      // Along the first shape.
      a.number != b.number ? a.number < b.number : isBefore(a.site, b.site, a.number)
    }.map { sites[$0.site] }
    return result
  }

  private func isBefore(_ a: Int, _ b: Int, _ number: Int) -> Bool {
    let start = start(number)
    return (sites[a] - start).squared < (sites[b] - start).squared
  }

  enum Dimension { case line, area }

  /// Whether a piece belongs to a shape: to its line, or to the inside or the border of its area.
  private func has(_ piece: Piece, _ side: Int, _ dimension: Dimension) -> Bool {
    dimension == .line
      ? piece.isLine[side] > 0 : piece.isRing[side] > 0 || (piece.left[side] > 0 && piece.isLine != SIMD2(0, 0))
  }

  // MARK: Rings

  /// The rings that directed pieces make, each a simple one, in S2's order.
  private func rings(_ steps: [OverlayResult.Step]) -> [[Vector3]] {
    var leaving: [Int: [Int]] = [:]
    for (index, step) in steps.enumerated() { leaving[step.from, default: []].append(index) }
    var isDone = Array(repeating: false, count: steps.count)
    var rings: [[Int]] = []
    for start in steps.indices where !isDone[start] {
      var path: [Int] = []
      var places: [Int: Int] = [:]
      var next: Int? = start
      while let step = next {
        isDone[step] = true
        places[steps[step].from] = path.count
        path.append(step)
        if let place = places[steps[step].to] {
          rings.append(Array(path[place...]))
          for index in path[place...] { places[steps[index].from] = nil }
          path.removeSubrange(place...)
        }
        next = turn(steps[step], (leaving[steps[step].to] ?? []).filter { !isDone[$0] }, steps)
      }
    }
    return rings.map { rotate($0, steps) }.sorted { steps[$0[0]].number < steps[$1[0]].number }
      .map { ring in ring.map { sites[steps[$0].from] } }
  }

  /// The sharpest turn to the left.
  private func turn(_ step: OverlayResult.Step, _ choices: [Int], _ steps: [OverlayResult.Step]) -> Int? {
    guard var best = choices.first else { return nil }
    for choice in choices.dropFirst() {
      // Clockwise from the way back, the first comes first.
      let (a, b) = (sites[steps[choice].to], sites[steps[best].to])
      if Orientation.isOrdered(b, a, sites[step.from], around: sites[step.to]) { best = choice }
    }
    return best
  }

  /// Turns a ring so that the edge with the highest number is the last; of several in a row, their last.
  private func rotate(_ ring: [Int], _ steps: [OverlayResult.Step]) -> [Int] {
    var (last, sawGap) = (0, false)
    for index in ring.indices.dropFirst() {
      let (number, highest) = (steps[ring[index]].number, steps[ring[last]].number)
      if number < highest {
        sawGap = true
      } else if number > highest || !sawGap {
        (last, sawGap) = (index, false)
      }
    }
    return Array(ring[(last + 1)...] + ring[...last])
  }

  /// Rings with the inside to the left as shells with their holes.
  private func assemble(_ steps: [OverlayResult.Step]) -> Region {
    var parts: [Region.Part] = []
    var holes: [[Vector3]] = []
    for ring in rings(steps) where ring.count >= 3 {
      if Loop.signedArea(ring) < 0 {
        holes.append(ring.reversed())
      } else {
        parts.append(Region.Part(shell: Loop(oriented: ring), holes: []))
      }
    }
    for hole in holes {
      let middle = (hole[0] + hole[1]).normalized
      let around = parts.indices.filter { parts[$0].shell.contains(middle) }
      guard let smallest = around.min(by: { parts[$0].shell.area < parts[$1].shell.area }) else { continue }
      parts[smallest].holes.append(Loop(oriented: hole))
    }
    return Region(parts: parts)
  }

  // MARK: Lines

  /// The longest paths between branches.
  private func trace(_ steps: [OverlayResult.Step]) -> [[Vector3]] {
    LineTrace.paths(steps).map { $0.map { sites[$0] } }
  }
}

/// Joins directed steps, in the order in which paths shall come, into paths.
enum LineTrace {
  /// Paths of sites, which end where a site has more or less than one step in and one out.
  static func paths(_ steps: [OverlayResult.Step]) -> [[Int]] {
    var leaving: [Int: [Int]] = [:]
    var arriving: [Int: Int] = [:]
    let order = Array(steps.indices)
    for index in order {
      leaving[steps[index].from, default: []].append(index)
      arriving[steps[index].to, default: 0] += 1
    }
    func isThrough(_ site: Int) -> Bool { leaving[site]?.count == 1 && arriving[site] == 1 }
    var isDone = Array(repeating: false, count: steps.count)
    var paths: [[Int]] = []
    // Paths between ends first, then what is left: closed ones.
    for starts in [order.filter { !isThrough(steps[$0].from) }, order] {
      for start in starts where !isDone[start] {
        var path = [steps[start].from]
        var next: Int? = start
        while let index = next, !isDone[index] {
          isDone[index] = true
          path.append(steps[index].to)
          next = isThrough(steps[index].to) ? leaving[steps[index].to]?.first : nil
        }
        paths.append(path)
      }
    }
    return paths
  }
}
