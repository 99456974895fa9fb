// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody meant who wrote a name that is not there, for "did you mean".
package enum Spelling {
  /// The candidate nearest to `name`, where one is near enough to be meant.
  ///
  /// - Parameter limit: the most slips that a name may be away; nil for a third of its length.
  package static func nearest(
    to name: String, in candidates: some Sequence<String>, within limit: Int? = nil
  ) -> String? {
    let name = Array(name.lowercased().prefix(64))
    let limit = limit ?? max(1, name.count / 3)
    var best: (String, Int)?
    for candidate in candidates.sorted() {
      let distance = distance(name, Array(candidate.lowercased().prefix(64)))
      if distance <= limit, distance < best?.1 ?? .max { best = (candidate, distance) }
    }
    return best?.0
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    // Two neighbours exchanged count as one slip of the finger.
    var before: [Int] = []
    var above = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        var cost = min(row[j] + 1, above[j + 1] + 1, above[j] + (x == y ? 0 : 1))
        if i > 0, j > 0, x == b[j - 1], y == a[i - 1] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = above
      above = row
    }
    return above[b.count]
  }
}
