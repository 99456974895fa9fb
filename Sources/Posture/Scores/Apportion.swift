// SPDX-License-Identifier: Apache-2.0

/// Whole numbers shared out so that the parts add up to the whole.
package enum Apportion {
  /// Parts of `total` in proportion to `weights`, by the largest remainder; the earlier of two equal ones has the unit.
  ///
  /// Neither may be negative. Without any weight there is nobody to share with, and all parts are 0.
  package static func shares(of total: Int, by weights: [Int]) -> [Int] {
    let sum = weights.reduce(0) { Int128($0) + Int128($1) }
    guard sum > 0, total > 0 else { return weights.map { _ in 0 } }
    var shares: [Int] = []
    var remainders: [(rest: Int128, index: Int)] = []
    var given = 0
    for (index, weight) in weights.enumerated() {
      let (share, rest) = (Int128(total) * Int128(weight)).quotientAndRemainder(dividingBy: sum)
      shares.append(Int(share))
      given += Int(share)
      if rest > 0 { remainders.append((rest, index)) }
    }
    remainders.sort { ($1.rest, $0.index) < ($0.rest, $1.index) }
    for (_, index) in remainders.prefix(total - given) { shares[index] += 1 }
    return shares
  }
}
