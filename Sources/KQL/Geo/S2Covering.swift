// SPDX-License-Identifier: Apache-2.0

/// The cells of one level that a shape, grown by a radius, touches.
struct S2Covering {
  static let mostCells = 65_536
  /// Tests of an arc against a cell.
  private static let mostWork = 20_000_000

  /// Radians.
  let radius: Double
  let region: Region?
  let arcs: [Arc]

  /// The cells in the order of the curve; nil where there are too many.
  func cells(level: Int) -> [S2Cell]? {
    var cells = S2Cell.faces
    var depth = 0
    var near = cells.map { _ in arcs }
    var work = 0
    while true {
      var kept: [(S2Cell, [Arc])] = []
      for (cell, arcs) in zip(cells, near) {
        work += arcs.count
        if work > Self.mostWork { return nil }
        if let touching = touching(cell, arcs) { kept.append((cell, touching)) }
        if kept.count > Self.mostCells { return nil }
      }
      if depth == level || kept.isEmpty { return kept.map(\.0) }
      // Cells inside the shape multiply by four a level; say so before making them.
      depth += 1
      cells = kept.flatMap(\.0.children)
      near = kept.flatMap { [$0.1, $0.1, $0.1, $0.1] }
    }
  }

  /// The arcs that come near the cell; nil where neither they nor the inside of the shape touch it.
  private func touching(_ cell: S2Cell, _ arcs: [Arc]) -> [Arc]? {
    let corners = cell.corners
    let square = Loop(oriented: corners)
    let sides = Array(square.arcs)
    let near = arcs.filter { arc in
      if square.contains(arc.a) || square.contains(arc.b) { return true }
      return sides.contains { side in
        Orientation.cross(side.a, side.b, arc.a, arc.b)
          || min(
            min(side.distance(arc.a), side.distance(arc.b)), min(arc.distance(side.a), arc.distance(side.b))) <= radius
      }
    }
    if !near.isEmpty { return near }
    return region?.contains(corners[0]) == true ? [] : nil
  }
}
