// SPDX-License-Identifier: Apache-2.0
import JSON

/// The values of a block of a shredded column, node by node, as far as they were asked for.
final class ShreddedBlock: Sendable {
  /// The values at one node, in the order of their rows.
  struct Part: Sendable {
    var count = 0
    /// Shapes, then atoms; none where all are 0.
    var codes: [UInt32] = []
    var atoms: CodedValues?
    var numbers: [Int64] = []
    /// The last text is empty.
    var texts: StringPool?

    @inline(__always) func code(_ place: Int) -> Int { codes.isEmpty ? 0 : Int(codes[place]) }
  }

  let column: ShreddedColumn
  private let parts: [Part]

  /// Reads the nodes that are wanted, which are found from the root down; so nothing can go wrong later.
  init(_ column: ShreddedColumn, _ block: Int, rows: Int, nodes wanted: [Bool]) throws(KQLError) {
    self.column = column
    var parts = [Part](repeating: Part(), count: column.nodes.count)
    var counts = [Int](repeating: 0, count: column.nodes.count)
    counts[0] = rows
    var total = 0
    for index in column.nodes.indices where wanted[index] && counts[index] > 0 {
      total += counts[index]
      guard total <= ShreddedColumn.mostValues else { throw column.damage(block) }
      parts[index] = try Self.part(column, index, block, counts[index], &counts)
    }
    self.parts = parts
  }

  /// Reads a node of `count` values, and counts those below it.
  private static func part(
    _ column: ShreddedColumn, _ index: Int, _ block: Int, _ count: Int, _ counts: inout [Int]
  ) throws(KQLError) -> Part {
    let node = column.nodes[index]
    guard let entry = node.codes[block], entry.rows == count else { throw column.damage(block) }
    var uses = [Int](repeating: 0, count: node.shapes.count)
    var largest: UInt32 = 0
    let codes = try column.decode(entry, block, CodeCell())
    if uses.isEmpty {
      for code in codes { largest = max(largest, code) }
    } else {
      // Codes over the number of shapes are atoms, of which nothing has to be counted.
      let shapeCount = UInt32(uses.count)
      uses.withUnsafeMutableBufferPointer { uses in
        for code in codes {
          largest = max(largest, code)
          if code < shapeCount { uses[Int(code)] &+= 1 }
        }
      }
    }
    guard Int(largest) < node.codeCount else { throw column.damage(block) }
    var part = Part(count: count, codes: largest == 0 ? [] : codes)
    var (numbers, texts) = (0, 0)
    for (shape, uses) in zip(node.shapes, uses) where uses > 0 {
      switch shape {
      case .object(let children): for child in children { counts[child] += uses }
      case .array(let length):
        guard length > 0 else { continue }
        guard let elements = node.elements, uses <= ShreddedColumn.mostValues / length else {
          throw column.damage(block)
        }
        counts[elements] += uses * length
      case .string, .json: texts += uses
      case .number: numbers += uses
      }
    }
    if numbers > 0 {
      guard let entry = node.numbers[block], entry.rows == numbers else { throw column.damage(block) }
      part.numbers = try column.decode(entry, block, WholeCell())
    }
    if texts > 0 {
      guard let entry = node.texts[block], entry.rows == texts + 1 else { throw column.damage(block) }
      part.texts = try column.texts(of: index, entry, block)
    }
    part.atoms = try column.atoms(of: index)
    return part
  }

  func node(_ index: Int) -> ShreddedColumn.Node { column.nodes[index] }
  @inline(__always) func part(_ index: Int) -> Part { parts[index] }

  /// For each value of a node its place among those that `isIn` takes, by code; -1 for the others. nil where it takes
  /// all. What is not told of is not taken.
  func ranks(_ index: Int, _ isIn: [Bool]) -> [Int32]? {
    let part = parts[index]
    if part.codes.isEmpty { return isIn.first == true ? nil : [Int32](repeating: -1, count: part.count) }
    var next: Int32 = 0
    let limit = UInt32(isIn.count)
    let ranks = part.codes.withUnsafeBufferPointer { codes in
      isIn.withUnsafeBufferPointer { isIn in
        codes.map { code -> Int32 in
          guard code < limit, isIn[Int(code)] else { return -1 }
          next &+= 1
          return next &- 1
        }
      }
    }
    return Int(next) == part.count ? nil : ranks
  }

  /// For each value of a node the place of its first element.
  func starts(_ index: Int) -> [Int32] {
    let lengths = lengths(index)
    let part = parts[index]
    var next: Int32 = 0
    return (0..<part.count).map { place in
      let code = part.code(place)
      defer { if code < lengths.count { next &+= max(0, lengths[code]) } }
      return next
    }
  }

  /// The length of an array by shape; -1 for what is none.
  func lengths(_ index: Int) -> [Int32] {
    node(index).shapes.map { if case .array(let count) = $0 { Int32(count) } else { -1 } }
  }
}
