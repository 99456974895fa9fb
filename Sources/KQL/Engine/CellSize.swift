// SPDX-License-Identifier: Apache-2.0
import JSON

/// The most that a function may make as one cell: a text that is put to itself over and over ends here.
enum CellSize {
  static let most = 32 << 20

  static func check(_ bytes: Int) throws(KQLError) {
    guard bytes <= most else {
      throw KQLError(.limit, "a cell would take more than \(most >> 20) MB; shorten what it is made of")
    }
  }
}

/// Counts the large cells that a function makes, for as long as it makes them.
struct CellSizes {
  private var holding: Holding?

  mutating func add(_ value: Scalar) throws(KQLError) {
    let bytes: Int
    switch value {
    case .string(let text): bytes = text.utf8.count
    case .dynamic(let value): bytes = value.heldBytes
    default: return
    }
    guard bytes > 4096 else { return }
    try CellSize.check(bytes)
    guard let run = QueryRun.current else { return }
    if let holding { try holding.grow(by: bytes) } else { holding = try Holding(run, .cells, bytes) }
  }
}
