// SPDX-License-Identifier: Apache-2.0
import JSON

extension ExtentWriter {
  /// Columns of few distinct values are quicker to read from a dictionary of them, while it is small.
  private static let largestDictionary = 1 << 20
  private static let leastRows = 64

  /// Writes JSON texts taken apart; false, with nothing written, where the column is better kept as texts.
  mutating func add(shredded texts: StringColumn, _ entry: inout [(key: String, value: JSONDraft)]) -> Bool {
    let count = texts.codes.count
    if count < Self.leastRows { return false }
    let size = texts.pool.bytes.count
    if texts.pool.count * 4 <= count, size <= Self.largestDictionary { return false }
    guard let shredder = Shredder(texts), shredder.residue * 2 <= size else { return false }
    let nodes = shredder.nodes.map { node -> JSONDraft in .object(write(node)) }
    let start = begin()
    out.append(contentsOf: JSONDraft.object([("nodes", .array(nodes))]).document().root.serialized())
    let header = end(start)
    // Readers that know no shredded columns ask for a place for each block.
    let empty = begin()
    let place = JSONDraft.object(end(empty))
    entry += [
      ("encoding", .string("shredded")), ("shapes", .object(header)),
      ("blocks", .array(Self.blocks(count).map { _ in place })),
    ]
    return true
  }

  private mutating func write(_ node: Shredder.Node) -> [(key: String, value: JSONDraft)] {
    var layout = NodeLayout(node)
    var entry: [(key: String, value: JSONDraft)] = []
    // Keys were checked to be UTF-8 when they were parsed.
    if let key = node.key { entry.append(("key", .string(String(decoding: key, as: UTF8.self)))) }
    if let elements = node.elements { entry.append(("elements", .int(Int64(elements)))) }
    entry.append(("shapes", .array(layout.shapes)))
    if layout.atomCount > 0 {
      let start = begin()
      out.append(contentsOf: layout.atoms)
      entry.append(
        (
          "atoms",
          .object(
            end(start) + [("count", .int(Int64(layout.atomCount))), ("nested", .bool(layout.atomsAreNested))])
        ))
    }
    var codes: [JSONDraft] = []
    var numbers: [JSONDraft] = []
    var texts: [UInt32] = []
    var textBlocks: [(block: Int, range: Range<Int>)] = []
    for (block, first) in node.starts.enumerated() {
      let last = block + 1 < node.starts.count ? node.starts[block + 1] : node.codes.count
      if first == last { continue }
      let part = layout.part(node, first..<last)
      let head: [(key: String, value: JSONDraft)] = [("block", .int(Int64(block)))]
      var start = begin()
      let packing = Self.number(NumberBlock.encode(part.codes, into: &out))
      codes.append(.object(head + [("rows", .int(Int64(last - first)))] + end(start) + packing))
      if !part.numbers.isEmpty {
        start = begin()
        let packing = Self.number(NumberBlock.encode(part.numbers, into: &out))
        numbers.append(.object(head + [("rows", .int(Int64(part.numbers.count)))] + end(start) + packing))
      }
      if !part.texts.isEmpty {
        textBlocks.append((block, texts.count..<texts.count + part.texts.count))
        texts += part.texts
      }
    }
    entry.append(("codes", .array(codes)))
    if !numbers.isEmpty { entry.append(("numbers", .array(numbers))) }
    if !textBlocks.isEmpty {
      let made = phrases(StringColumn(pool: layout.pool, codes: texts), textBlocks.map(\.range))
      let blocks = zip(textBlocks, made.blocks).map { part, block -> JSONDraft in
        .object([("block", .int(Int64(part.block))), ("rows", .int(Int64(part.range.count)))] + block)
      }
      entry.append(("texts", .object([("dictionary", made.dictionary), ("blocks", .array(blocks))])))
    }
    return entry
  }
}

/// How the values of a node are written: which of them are atoms, which stand in streams, and the codes of all.
private struct NodeLayout {
  typealias Code = Shredder.Code
  private(set) var shapes: [JSONDraft] = []
  /// JSON texts, one on each line.
  private(set) var atoms: [UInt8] = []
  private(set) var atomCount = 0
  private(set) var atomsAreNested = false
  let pool: StringPool
  private let emptyText: UInt32
  private var areNumbersAtoms = false
  private var areTextsAtoms = false
  /// Final code by shape, constant, string, JSON text and number of decimals or number; -1 where it does not occur.
  private var finals: [[Int64]] = []
  private var nextNumber = 0

  init(_ node: Shredder.Node) {
    let distinctTexts = node.texts.distinctCount
    var used = [
      [Bool](repeating: false, count: node.shapes.count), [Bool](repeating: false, count: 3),
      [Bool](repeating: false, count: distinctTexts), [Bool](repeating: false, count: distinctTexts),
      [Bool](repeating: false, count: DecimalText.mostDecimals + 1),
    ]
    var textUses = 0
    for bits in node.codes {
      let code = Code(bits: bits)
      used[Int(code.kind.rawValue)][code.number] = true
      if code.kind == .string || code.kind == .json { textUses += 1 }
    }
    finals = used.map { [Int64](repeating: -1, count: $0.count) }
    let distinctNumbers = node.numberCodes.values.count
    areNumbersAtoms = !node.numberCodes.isFull && (distinctNumbers <= 64 || distinctNumbers * 16 <= node.numbers.count)
    areTextsAtoms = !node.areTextsUnique && distinctTexts * 2 <= textUses + 1024
    emptyText = areTextsAtoms ? 0 : node.texts.intern(UnsafeBufferPointer(start: nil, count: 0))
    pool = node.texts.distinct().pool

    for (index, shape) in node.shapes.enumerated() where used[0][index] {
      finals[0][index] = Int64(shapes.count)
      switch shape {
      case .object(let children): shapes.append(.object([("object", .array(children.map { .int(Int64($0)) }))]))
      case .array(let count): shapes.append(.object([("array", .int(Int64(count)))]))
      case .text: break
      }
    }
    if !areTextsAtoms {
      for (kind, name) in [(2, "string"), (3, "json")] where used[kind].contains(true) {
        finals[kind] = finals[kind].map { _ in Int64(shapes.count) }
        shapes.append(.object([("text", .string(name))]))
      }
    }
    if !areNumbersAtoms {
      for decimals in used[4].indices where used[4][decimals] {
        finals[4][decimals] = Int64(shapes.count)
        shapes.append(.object([("number", .int(Int64(decimals)))]))
      }
    }
    addAtoms(node, used)
  }

  private mutating func addAtoms(_ node: Shredder.Node, _ used: [[Bool]]) {
    func next() -> Int64 { Int64(shapes.count + atomCount) }
    for (index, text) in Shredder.constants.enumerated() where used[1][index] {
      finals[1][index] = next()
      atoms.append(contentsOf: text.utf8)
      endAtom()
    }
    if areTextsAtoms {
      for number in used[2].indices {
        if used[2][number] {
          finals[2][number] = next()
          pool.withUTF8(number) { JSONText.quote($0, into: &atoms) }
          endAtom()
        }
        if used[3][number] {
          finals[3][number] = next()
          pool.withUTF8(number) { text in
            atoms.append(contentsOf: text)
            if text.first == 0x5B || text.first == 0x7B { atomsAreNested = true }
          }
          endAtom()
        }
      }
    }
    if areNumbersAtoms {
      finals[4] = []
      var text: [UInt8] = []
      for value in node.numberCodes.values {
        finals[4].append(next())
        value.write(into: &text)
        atoms.append(contentsOf: text)
        endAtom()
      }
    }
  }

  private mutating func endAtom() {
    atoms.append(0x0A)
    atomCount += 1
  }

  struct Part {
    var codes: [Int64] = []
    var numbers: [Int64] = []
    /// Texts by their number in the pool; an empty one comes last, for whoever has no text to name.
    var texts: [UInt32] = []
  }

  /// What is written of some of the values; the parts are asked for in order.
  mutating func part(_ node: Shredder.Node, _ range: Range<Int>) -> Part {
    var part = Part()
    part.codes.reserveCapacity(range.count)
    for bits in node.codes[range] {
      let code = Code(bits: bits)
      let kind = Int(code.kind.rawValue)
      switch code.kind {
      case .number:
        let value = DecimalText(value: node.numbers[nextNumber], decimals: code.number)
        nextNumber += 1
        if areNumbersAtoms {
          part.codes.append(finals[kind][node.numberCodes.code(value)])
        } else {
          part.codes.append(finals[kind][code.number])
          part.numbers.append(value.value)
        }
      case .string, .json:
        part.codes.append(finals[kind][code.number])
        if !areTextsAtoms { part.texts.append(UInt32(code.number)) }
      case .shape, .constant: part.codes.append(finals[kind][code.number])
      }
    }
    if !part.texts.isEmpty { part.texts.append(emptyText) }
    return part
  }
}
