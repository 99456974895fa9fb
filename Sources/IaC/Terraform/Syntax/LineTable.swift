// SPDX-License-Identifier: Apache-2.0

/// Where the lines of a file begin.
struct LineTable {
  private let starts: [Int]
  private let file: UInt32

  init(_ bytes: [UInt8], file: UInt32) {
    self.file = file
    starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  func place(_ offset: Int) -> Place {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return Place(
      file: file, byte: UInt32(clamping: offset), line: UInt32(low + 1),
      column: UInt32(clamping: offset - starts[low] + 1))
  }
}
