// SPDX-License-Identifier: Apache-2.0
import JSON

/// Puts values of a shredded block together as one document. Values have to be asked for in rising order: each node
/// keeps the place it has come to, and where the values below it begin there.
struct ShreddedAssembly: ~Copyable {
  private let block: ShreddedBlock
  private let root: Int
  private var document = JSONAssembler()
  /// The place that each node has come to, and how many values of its streams stand before it.
  private var reached: [Int]
  private var numbersBefore: [Int]
  private var textsBefore: [Int]
  /// How many values of a node stand before the place that the node above it has come to.
  private var starts: [Int]
  private var keys: [UInt64]
  /// Words of the atoms that have been placed, by node; 0 where they have not: no scalar but null has that word.
  private var words: [[UInt64]]
  private var digits: [UInt8] = []

  /// A word that marks an atom with values below it.
  private static let nested = UInt64.max

  init(_ block: ShreddedBlock, root: Int) {
    self.block = block
    self.root = root
    let count = block.column.nodes.count
    reached = [Int](repeating: 0, count: count)
    (numbersBefore, textsBefore, starts) = (reached, reached, reached)
    keys = [UInt64](repeating: 0, count: count)
    words = [[UInt64]](repeating: [], count: count)
  }

  /// Where the value at a place of the root is put; null where it is null.
  mutating func ref(_ place: Int) -> UInt64 {
    let node = document.next
    return add(root, place) ? UInt64(node) : DynamicColumn.null
  }

  consuming func finish() -> JSONDocument { document.finish() }

  /// Appends a value; returns false where it is null.
  @discardableResult private mutating func add(_ index: Int, _ place: Int) -> Bool {
    let part = block.part(index)
    guard place < part.count else {
      document.append(JSONAssembler.null)
      return false
    }
    advance(index, to: place, part)
    let node = block.node(index)
    let code = part.code(place)
    guard code < node.shapes.count else { return addAtom(index, code - node.shapes.count, part) }
    switch node.shapes[code] {
    case .object(let children):
      let start = document.open()
      for child in children {
        if keys[child] == 0 {
          var key = block.node(child).key ?? ""
          keys[child] = key.withUTF8 { document.place(string: $0) }
        }
        document.append(keys[child])
        add(child, starts[child])
      }
      document.close(start, isObject: true, count: children.count)
    case .array(let count):
      let start = document.open()
      if let elements = node.elements {
        for position in 0..<count { add(elements, starts[elements] + position) }
      }
      document.close(start, isObject: false, count: count)
    case .string: part.texts?.withUTF8(textsBefore[index]) { document.append(document.place(string: $0)) }
    case .json:
      let text = part.texts?.withUTF8(textsBefore[index]) { Array($0) } ?? []
      guard let value = try? JSONDocument(parsing: text).root, !value.isNull else {
        document.append(JSONAssembler.null)
        return false
      }
      document.append(copyOf: value)
    case .number(let decimals):
      DecimalText(value: part.numbers[numbersBefore[index]], decimals: decimals).write(into: &digits)
      let word = digits.withUnsafeBufferPointer {
        decimals == 0 ? document.place(integer: $0) : document.place(double: $0)
      }
      document.append(word)
    }
    return true
  }

  private mutating func addAtom(_ index: Int, _ atom: Int, _ part: ShreddedBlock.Part) -> Bool {
    guard let atoms = part.atoms, atoms.places.refs[atom] != DynamicColumn.null,
      let source = atoms.places.documents.first
    else {
      document.append(JSONAssembler.null)
      return false
    }
    if words[index].isEmpty { words[index] = [UInt64](repeating: 0, count: atoms.count) }
    let value = source.value(at: UInt32(truncatingIfNeeded: atoms.places.refs[atom]))
    if words[index][atom] == 0 { words[index][atom] = document.place(value) ?? Self.nested }
    if words[index][atom] == Self.nested {
      document.append(copyOf: value)
    } else {
      document.append(words[index][atom])
    }
    return true
  }

  /// Takes a node to a place, past the values before it.
  private mutating func advance(_ index: Int, to place: Int, _ part: ShreddedBlock.Part) {
    let gap = place - reached[index]
    if gap <= 0 { return }
    let shapes = block.node(index).shapes
    if part.codes.isEmpty {
      pass(shapes.first, gap, index)
    } else if gap < 32 {
      for passed in reached[index]..<place where Int(part.codes[passed]) < shapes.count {
        pass(shapes[Int(part.codes[passed])], 1, index)
      }
    } else {
      var uses = [Int](repeating: 0, count: shapes.count)
      for passed in reached[index]..<place where Int(part.codes[passed]) < uses.count {
        uses[Int(part.codes[passed])] &+= 1
      }
      for (shape, uses) in zip(shapes, uses) where uses > 0 { pass(shape, uses, index) }
    }
    reached[index] = place
  }

  private mutating func pass(_ shape: ShreddedColumn.Shape?, _ times: Int, _ index: Int) {
    switch shape {
    case .object(let children): for child in children { starts[child] += times }
    case .array(let count): if let elements = block.node(index).elements { starts[elements] += count * times }
    case .string, .json: textsBefore[index] += times
    case .number: numbersBefore[index] += times
    case nil: break
    }
  }
}
