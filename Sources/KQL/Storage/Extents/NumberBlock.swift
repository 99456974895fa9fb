// SPDX-License-Identifier: Apache-2.0

/// How a block of whole numbers is written.
///
/// `frame`: each number as its distance from `base`. `delta`: each as the distance from the one before it, less `step`;
/// the first as `base`. Both packed in `width` bits.
struct NumberBlock: Equatable {
  enum Encoding: String { case frame, delta }
  var encoding: Encoding
  var base: Int64
  var step: Int64
  var width: Int

  /// Appends the numbers in the shorter of the two encodings.
  static func encode(_ values: [Int64], into out: inout [UInt8]) -> NumberBlock {
    guard let first = values.first else { return NumberBlock(encoding: .frame, base: 0, step: 0, width: 0) }
    var (low, high) = (first, first)
    var (lowStep, highStep) = (Int64.max, Int64.min)
    var overflows = false
    var previous = first
    for value in values.dropFirst() {
      low = min(low, value)
      high = max(high, value)
      let (step, overflow) = value.subtractingReportingOverflow(previous)
      overflows = overflows || overflow
      lowStep = min(lowStep, step)
      highStep = max(highStep, step)
      previous = value
    }
    let span = UInt64(bitPattern: high &- low)
    let frame = BitPacking.width(of: span)
    if values.count > 1, !overflows {
      let (spread, overflow) = highStep.subtractingReportingOverflow(lowStep)
      let delta = BitPacking.width(of: UInt64(bitPattern: spread))
      // A sum is slower to undo than an addition: it has to save a fifth.
      if !overflow, delta * 5 < frame * 4 {
        var last = first
        let steps = values.lazy.enumerated().map { index, value -> UInt64 in
          if index == 0 { return 0 }
          defer { last = value }
          return UInt64(bitPattern: value &- last &- lowStep)
        }
        BitPacking.pack(Array(steps), count: values.count, width: delta, into: &out)
        return NumberBlock(encoding: .delta, base: first, step: lowStep, width: delta)
      }
    }
    BitPacking.pack(
      values.lazy.map { UInt64(bitPattern: $0 &- low) }, count: values.count, width: frame, into: &out)
    return NumberBlock(encoding: .frame, base: low, step: 0, width: frame)
  }

  func decode(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Int64] { decode(bytes, count: count) { $0 } }

  /// The numbers, at some rows or at all, each turned into what a column holds.
  @inline(__always) func decode<Cell: BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, count: Int, rows: [Int]? = nil, _ cell: (Int64) -> Cell
  ) -> [Cell] {
    if let rows {
      if encoding == .delta {
        let all = decode(bytes, count: count)
        return rows.map { cell(all[$0]) }
      }
      return rows.map { cell(base &+ Int64(bitPattern: BitPacking.number(bytes, at: $0, width: width))) }
    }
    return [Cell](unsafeUninitializedCapacity: count) { cells, initialized in
      switch encoding {
      case .frame:
        let base = base
        BitPacking.unpack(bytes, count: count, width: width) { index, value in
          cells[index] = cell(base &+ Int64(bitPattern: value))
        }
      case .delta:
        var sum = base
        let step = step
        BitPacking.unpack(bytes, count: count, width: width) { index, value in
          if index > 0 { sum = sum &+ step &+ Int64(bitPattern: value) }
          cells[index] = cell(sum)
        }
      }
      initialized = count
    }
  }
}
