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

  func decode(_ bytes: UnsafeRawBufferPointer, count: Int) -> [Int64] { decode(bytes, count: count, WholeCell()) }

  /// The numbers, at some rows or at all, each turned into what a column holds.
  func decode<Maker: CellMaker>(
    _ bytes: UnsafeRawBufferPointer, count: Int, rows: [Int]? = nil, _ maker: Maker
  ) -> [Maker.Cell] {
    if let rows {
      if encoding == .delta {
        let all = decode(bytes, count: count)
        return rows.map { maker.cell(all[$0]) }
      }
      return rows.map { maker.cell(base &+ Int64(bitPattern: BitPacking.number(bytes, at: $0, width: width))) }
    }
    return [Maker.Cell](unsafeUninitializedCapacity: count) { cells, initialized in
      switch encoding {
      case .frame:
        let base = base
        BitPacking.unpack(bytes, count: count, width: width) { index, value in
          cells[index] = maker.cell(base &+ Int64(bitPattern: value))
        }
      case .delta:
        var sum = base
        let step = step
        BitPacking.unpack(bytes, count: count, width: width) { index, value in
          if index > 0 { sum = sum &+ step &+ Int64(bitPattern: value) }
          cells[index] = maker.cell(sum)
        }
      }
      initialized = count
    }
  }
}

/// What a number of a block becomes in a column. A type, not a closure: a closure would be called for every number.
protocol CellMaker {
  associatedtype Cell: BitwiseCopyable
  func cell(_ number: Int64) -> Cell
}

struct WholeCell: CellMaker {
  @inline(__always) func cell(_ number: Int64) -> Int64 { number }
}

/// A place in a dictionary; what is none becomes the last there can be.
struct CodeCell: CellMaker {
  @inline(__always) func cell(_ number: Int64) -> UInt32 {
    number >> 32 == 0 ? UInt32(truncatingIfNeeded: number) : .max
  }
}

struct RealCell: CellMaker {
  let power: Double
  @inline(__always) func cell(_ number: Int64) -> Double { Double(number) / power }
}
