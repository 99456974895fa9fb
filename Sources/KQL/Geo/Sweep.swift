// SPDX-License-Identifier: Apache-2.0

/// Finds the pairs of arcs that may meet, by the boxes that hold them.
enum Sweep {
  private struct Box {
    var low: Vector3
    var high: Vector3

    /// An arc bulges past the box of its ends by no more than the height of its arch.
    init(_ arc: Arc) {
      let chord = arc.b - arc.a
      let room = 0.5 * chord.squared * 0.5 + 4e-15
      low = Vector3(min(arc.a.x, arc.b.x) - room, min(arc.a.y, arc.b.y) - room, min(arc.a.z, arc.b.z) - room)
      high = Vector3(max(arc.a.x, arc.b.x) + room, max(arc.a.y, arc.b.y) + room, max(arc.a.z, arc.b.z) + room)
    }

    func meets(_ other: Box) -> Bool {
      low.y <= other.high.y && other.low.y <= high.y && low.z <= other.high.z && other.low.z <= high.z
    }
  }

  /// Comparisons of boxes that one sweep may make.
  private static let mostComparisons = 400_000_000

  /// Calls `body` once for each pair of indices whose boxes overlap, until it returns false. False where it did, or where
  /// the arcs lie so that there is too much to compare.
  static func pairs(_ arcs: [Arc], _ body: (Int, Int) -> Bool) -> Bool {
    let boxes = arcs.map(Box.init)
    let order = arcs.indices.sorted { boxes[$0].low.x < boxes[$1].low.x }
    var open: [Int] = []
    var comparisons = 0
    for index in order {
      comparisons += 2 * open.count
      if comparisons > mostComparisons { return false }
      open.removeAll { boxes[$0].high.x < boxes[index].low.x }
      for other in open where boxes[index].meets(boxes[other]) {
        if !body(min(index, other), max(index, other)) { return false }
      }
      open.append(index)
    }
    return true
  }

  /// Whether no two arcs cross.
  static func isSimple(_ arcs: [Arc]) -> Bool {
    pairs(arcs) { i, j in !Orientation.cross(arcs[i].a, arcs[i].b, arcs[j].a, arcs[j].b) }
  }
}
