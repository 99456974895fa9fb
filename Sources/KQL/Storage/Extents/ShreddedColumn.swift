// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// A dynamic column that is kept taken apart (docs/extents.md): nodes, each with the values that stand at one place of
/// the rows' values. What is read of it is what a query names.
final class ShreddedColumn: Sendable {
  enum Shape: Sendable {
    /// The nodes of its members.
    case object([Int])
    case array(Int)
    case string, json
    case number(decimals: Int)
  }

  struct Node: Sendable {
    let key: String?
    let depth: Int
    let shapes: [Shape]
    let members: [String: Int]
    let elements: Int?
    let atoms: (place: Extent.Place, count: Int)?
    let atomsAreNested: Bool
    /// Blocks by their number; a block without values at the node has none.
    let codes: [Int: Extent.Block]
    let numbers: [Int: Extent.Block]
    let texts: [Int: Extent.Block]
    let dictionary: Extent.DictionaryEntry?

    var codeCount: Int { shapes.count + (atoms?.count ?? 0) }
    /// Whether its values are all atoms.
    var isCoded: Bool { shapes.isEmpty }
    /// Whether a value may be an array or object that is not taken apart.
    var hasJSON: Bool {
      atomsAreNested || shapes.contains { if case .json = $0 { true } else { false } }
    }
  }

  private static let mostDepth = 64
  /// Values of all nodes in a block: numbers above it come from damage.
  static let mostValues = 1 << 26

  let nodes: [Node]
  let file: CheckedFile
  private let name: String
  private let rows: Int
  private let atoms = Mutex<[Int: CodedValues]>([:])
  private let dictionaries = Mutex<[Int: TermDictionary]>([:])

  init(_ file: CheckedFile, _ name: String, rows: Int, _ shapes: Extent.Place) throws(KQLError) {
    self.file = file
    self.name = name
    self.rows = rows
    let what = "the dictionary of shapes of column '\(name)'"
    let text = try file.bytes(shapes, what)
    let damaged = file.damage(what)
    guard let root = try? JSONDocument(parsing: Array(text)).root, let values = root["nodes"], values.count > 0 else {
      throw damaged
    }
    let reader = EntryReader(limit: file.mapped.bytes.count, damaged: damaged)
    var nodes: [Node] = []
    let all = Array(values.elements)
    let keys = all.map { $0["key"]?.string }
    var depths = [Int?](repeating: nil, count: all.count)
    depths[0] = 0
    for (index, value) in all.enumerated() {
      // A node is named by one before it, so that none is below itself.
      let depth = depths[index] ?? 0
      guard depth <= Self.mostDepth else { throw damaged }
      var owned: Set<Int> = []
      func own(_ child: Int) throws(KQLError) {
        guard child > index, child < all.count, owned.contains(child) || depths[child] == nil else { throw damaged }
        depths[child] = depth + 1
        owned.insert(child)
      }
      var members: [String: Int] = [:]
      var shapes: [Shape] = []
      for shape in value["shapes"]?.elements.map({ $0 }) ?? [] {
        let made = try Self.shape(shape, reader)
        if case .object(let children) = made {
          guard Set(children).count == children.count else { throw damaged }
          for child in children {
            try own(child)
            guard let key = keys[child], members[key] ?? child == child else { throw damaged }
            members[key] = child
          }
        }
        shapes.append(made)
      }
      let elements = reader.number(value, "elements")
      if let elements {
        try own(elements)
        guard keys[elements] == nil else { throw damaged }
      }
      nodes.append(try Self.node(value, depth, shapes, members, elements, reader, rows: rows))
    }
    self.nodes = nodes
  }

  private static func shape(_ value: JSONValue, _ reader: EntryReader) throws(KQLError) -> Shape {
    if let children = value["object"] {
      return .object(children.elements.map { $0.int64.flatMap { Int(exactly: $0) } ?? -1 })
    }
    if let count = reader.number(value, "array"), (0...mostValues).contains(count) { return .array(count) }
    if let decimals = reader.number(value, "number"), (0...DecimalText.mostDecimals).contains(decimals) {
      return .number(decimals: decimals)
    }
    switch value["text"]?.string {
    case "string": return .string
    case "json": return .json
    default: throw reader.damaged
    }
  }

  private static func node(
    _ value: JSONValue, _ depth: Int, _ shapes: [Shape], _ members: [String: Int], _ elements: Int?,
    _ reader: EntryReader, rows: Int
  ) throws(KQLError) -> Node {
    func blocks(_ value: JSONValue?, _ encoding: String) throws(KQLError) -> [Int: Extent.Block] {
      var blocks: [Int: Extent.Block] = [:]
      for block in value?.elements.map({ $0 }) ?? [] {
        guard let number = reader.number(block, "block"), let count = reader.number(block, "rows"),
          (0...mostValues).contains(count), blocks[number] == nil
        else { throw reader.damaged }
        blocks[number] = try reader.block(block, encoding, count: count)
      }
      return blocks
    }
    var atoms: (place: Extent.Place, count: Int)?
    if let value = value["atoms"] {
      let place = try reader.place(value)
      guard let count = reader.number(value, "count"), (0...place.bytes).contains(count) else { throw reader.damaged }
      atoms = (place, count)
    }
    let texts = value["texts"]
    return Node(
      key: value["key"]?.string, depth: depth, shapes: shapes, members: members, elements: elements, atoms: atoms,
      atomsAreNested: value["atoms"]?["nested"]?.boolean ?? false, codes: try blocks(value["codes"], "number"),
      numbers: try blocks(value["numbers"], "number"), texts: try blocks(texts?["blocks"], "phrases"),
      dictionary: try reader.dictionary(texts?["dictionary"]))
  }

  // MARK: Reading

  /// The cells of a block, of which only those at the paths are read; nil reads all.
  func column(_ block: Int, paths: [JSONPath]?) throws(KQLError) -> DynamicColumn {
    let count = min(ExtentWriter.blockRows, rows - block * ExtentWriter.blockRows)
    let loaded = try ShreddedBlock(self, block, rows: count, nodes: wanted(paths))
    return ShreddedRows(loaded, node: 0, places: nil, count: count).column
  }

  /// The nodes on and below these paths.
  private func wanted(_ paths: [JSONPath]?) -> [Bool] {
    guard let paths else { return [Bool](repeating: true, count: nodes.count) }
    var wanted = [Bool](repeating: false, count: nodes.count)
    var whole = wanted
    wanted[0] = true
    for path in paths {
      var node: Int? = 0
      for step in path.steps {
        guard let here = node else { break }
        wanted[here] = true
        switch step {
        case .key(let key): node = nodes[here].members[key]
        case .index: node = nodes[here].elements
        case .all:
          whole[here] = true
          node = nil
        }
      }
      if let node { whole[node] = true }
    }
    for (index, node) in nodes.enumerated() where whole[index] {
      wanted[index] = true
      for child in node.children { whole[child] = true }
    }
    return wanted
  }

  /// The atoms of a node, read once.
  func atoms(of index: Int) throws(KQLError) -> CodedValues {
    if let known = atoms.withLock({ $0[index] }) { return known }
    let what = "the dictionary of column '\(name)'"
    var values = DynamicColumn.Places()
    if let atoms = nodes[index].atoms {
      let bytes = try file.bytes(atoms.place, what)
      guard let document = try? JSONDocument.lines(Array(bytes)), document.rootCount == atoms.count else {
        throw file.damage(what)
      }
      values = DynamicColumn(roots: document).places
    }
    let made = CodedValues(values)
    return atoms.withLock { atoms in
      // Two workers may have read them: one set is used by both.
      if let first = atoms[index] { return first }
      atoms[index] = made
      return made
    }
  }

  /// The packed numbers of a block.
  func decode<Maker: CellMaker>(
    _ block: Extent.Block, _ number: Int, _ maker: Maker
  ) throws(KQLError) -> [Maker.Cell] {
    let bytes = try file.bytes(block.place, "block \(number) of column '\(name)'")
    return (block.number ?? .none).decode(bytes, count: block.rows, maker)
  }

  func texts(of index: Int, _ block: Extent.Block, _ number: Int) throws(KQLError) -> StringPool {
    _ = try file.bytes(block.place, "block \(number) of column '\(name)'")
    return StringPool(
      TextBlock(file.mapped, at: block.place.at, block.text, dictionary: try dictionary(of: index)))
  }

  private func dictionary(of index: Int) throws(KQLError) -> TermDictionary {
    if let known = dictionaries.withLock({ $0[index] }) { return known }
    guard let dictionary = nodes[index].dictionary else { throw damage() }
    let pieces = try file.texts(dictionary.place, count: dictionary.count, "the dictionary of column '\(name)'")
    let phrases = try dictionary.phrases.map { entry throws(KQLError) in try file.phrases(entry, of: pieces, name) }
    let made = TermDictionary(pieces, phrases)
    return dictionaries.withLock { dictionaries in
      if let first = dictionaries[index] { return first }
      dictionaries[index] = made
      return made
    }
  }

  func damage() -> KQLError { file.damage("the dictionary of shapes of column '\(name)'") }
  func damage(_ block: Int) -> KQLError { file.damage("block \(block) of column '\(name)'") }
}

extension ShreddedColumn.Node {
  /// The nodes directly below.
  var children: [Int] { Array(members.values) + (elements.map { [$0] } ?? []) }
}
