// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// Rows of a dynamic column that stand at one node of a shredded block. They are put together when somebody asks.
final class ShreddedRows: Sendable {
  let block: ShreddedBlock
  let node: Int
  /// The place of each row among the values of the node; -1 where it has none. nil where each row has its own.
  private let rows: [Int32]?
  let count: Int
  private let made = Mutex<DynamicColumn.Places?>(nil)

  init(_ block: ShreddedBlock, node: Int, places: [Int32]?, count: Int) {
    self.block = block
    self.node = node
    rows = places
    self.count = count
  }

  private var part: ShreddedBlock.Part { block.part(node) }
  private var shapes: [ShreddedColumn.Shape] { block.node(node).shapes }
  @inline(__always) private func place(_ row: Int) -> Int { rows.map { Int($0[row]) } ?? row }

  /// The rows in the form that serves best.
  var column: DynamicColumn {
    guard block.node(node).isCoded else { return DynamicColumn(.shredded(self)) }
    let part = part
    guard let values = part.atoms else { return .nulls(count) }
    guard let rows else { return DynamicColumn(.coded(CodedRows(values, spelt(part)))) }
    let null = values.nullCode
    let codes =
      part.codes.isEmpty
      ? rows.map { $0 < 0 ? null : 0 }
      : part.codes.withUnsafeBufferPointer { codes in rows.map { $0 < 0 ? null : codes[Int($0)] } }
    return DynamicColumn(.coded(CodedRows(values, codes)))
  }

  private func spelt(_ part: ShreddedBlock.Part) -> [UInt32] {
    part.codes.isEmpty ? [UInt32](repeating: 0, count: part.count) : part.codes
  }

  func isNull(_ row: Int) -> Bool {
    let place = place(row)
    if place < 0 { return true }
    let part = part
    let atom = part.code(place) - shapes.count
    guard atom >= 0, let atoms = part.atoms else { return false }
    return atoms.places.refs[atom] == DynamicColumn.null
  }

  func gather(_ chosen: [Int]) -> ShreddedRows {
    let places =
      rows.map { rows in chosen.map { $0 < 0 ? -1 : rows[$0] } } ?? chosen.map { Int32(truncatingIfNeeded: $0) }
    return ShreddedRows(block, node: node, places: places, count: chosen.count)
  }

  // MARK: Paths

  func walked(_ path: JSONPath) -> DynamicColumn { walked(path.steps[...]) }

  private func walked(_ steps: ArraySlice<JSONPath.Step>) -> DynamicColumn {
    let node = block.node(node)
    guard let step = steps.first else { return column }
    if node.isCoded { return column.walked(JSONPath(steps: Array(steps))) }
    if case .all = step { return DynamicColumn(places).walked(JSONPath(steps: Array(steps))) }
    let below = below(step)?.walked(steps.dropFirst())
    guard node.hasJSON else { return below ?? .nulls(count) }
    return merged(below, steps)
  }

  private func below(_ step: JSONPath.Step) -> ShreddedRows? {
    switch step {
    case .key(let key):
      guard let child = block.node(node).members[key] else { return nil }
      let isIn = shapes.map { if case .object(let children) = $0 { children.contains(child) } else { false } }
      guard let ranks = block.ranks(node, isIn) else {
        return ShreddedRows(block, node: child, places: rows, count: count)
      }
      let places = rows.map { rows in rows.map { $0 < 0 ? -1 : ranks[Int($0)] } } ?? ranks
      return ShreddedRows(block, node: child, places: places, count: count)
    case .index(let index):
      guard let elements = block.node(node).elements else { return nil }
      let (starts, lengths) = (block.starts(node), block.lengths(node))
      let part = part
      let places = (0..<count).map { row -> Int32 in
        let place = place(row)
        guard place >= 0, part.code(place) < lengths.count else { return -1 }
        let length = Int(lengths[part.code(place)])
        let position = index < 0 ? length &+ index : index
        return position >= 0 && position < length ? starts[place] &+ Int32(position) : -1
      }
      return ShreddedRows(block, node: elements, places: places, count: count)
    case .all: return nil
    }
  }

  /// What was found below, with what the values have that are kept as JSON texts.
  private func merged(_ below: DynamicColumn?, _ steps: ArraySlice<JSONPath.Step>) -> DynamicColumn {
    let part = part
    let isJSON = shapes.map { if case .json = $0 { true } else { false } }
    let nested = block.node(node).atomsAreNested
    let texts = (0..<count).filter { row in
      let place = place(row)
      if place < 0 { return false }
      let code = part.code(place)
      return code < isJSON.count ? isJSON[code] : nested
    }
    if texts.isEmpty { return below ?? .nulls(count) }
    let found = gather(texts).places.walked(JSONPath(steps: Array(steps)))
    var places = (below ?? .nulls(count)).places
    let high = UInt64(places.documents.count) << 32
    places.documents += found.documents
    for (row, ref) in zip(texts, found.refs) where ref != DynamicColumn.null { places.refs[row] = high &+ ref }
    return DynamicColumn(places)
  }

  /// The elements of each row, where every row is an array or null, which gives one null; and the row of each.
  func elements() -> (column: DynamicColumn, rows: [Int])? {
    let node = block.node(node)
    let lengths = block.lengths(self.node)
    guard !node.isCoded else { return nil }
    let part = part
    let starts = block.starts(self.node)
    var owners: [Int] = []
    var places: [Int32] = []
    owners.reserveCapacity(count)
    places.reserveCapacity(count)
    for row in 0..<count {
      let place = place(row)
      let code = place < 0 ? -1 : part.code(place)
      if code < 0 || (code >= lengths.count && isNull(row)) {
        owners.append(row)
        places.append(-1)
        continue
      }
      guard code < lengths.count, lengths[code] >= 0 else { return nil }
      let start = starts[place]
      for position in 0..<lengths[code] {
        owners.append(row)
        places.append(start &+ position)
      }
    }
    guard let elements = node.elements else { return (.nulls(owners.count), owners) }
    return (ShreddedRows(block, node: elements, places: places, count: places.count).column, owners)
  }

  // MARK: Values

  /// The rows as strings or numbers where all that are not null are of one kind that is kept so.
  func converted(to type: ScalarType) -> Column? {
    let part = part
    let atoms = part.atoms?.places.refs ?? []
    guard shapes.count == 1, atoms.allSatisfy({ $0 == DynamicColumn.null }) else { return nil }
    let ranks = block.ranks(node, [true])
    func index(_ row: Int) -> Int {
      let place = place(row)
      return place < 0 ? -1 : ranks.map { Int($0[place]) } ?? place
    }
    switch (shapes[0], type) {
    case (.string, .string):
      guard let texts = part.texts else { return nil }
      let empty = UInt32(texts.count - 1)
      let codes = (0..<count).map { row -> UInt32 in
        let index = index(row)
        return index < 0 ? empty : UInt32(truncatingIfNeeded: index)
      }
      return .string(StringColumn(pool: texts, codes: codes))
    case (.number(0), .long), (.number(0), .int), (.number(0), .real):
      var hasNull = false
      let values = (0..<count).map { row -> Int64 in
        let index = index(row)
        if index < 0 { hasNull = true }
        return index < 0 ? 0 : part.numbers[index]
      }
      let validity = hasNull ? Bitmap(count: count) { index($0) >= 0 } : nil
      switch type {
      case .int: return .int(FixedColumn(values.map { Int32(truncatingIfNeeded: $0) }, validity: validity))
      case .real: return .real(FixedColumn(values.map(Double.init), validity: validity))
      default: return .long(FixedColumn(values, validity: validity))
      }
    default: return nil
    }
  }

  var places: DynamicColumn.Places {
    made.withLock { made in
      if let made { return made }
      let whole = assembled()
      made = whole
      return whole
    }
  }

  /// Values are put together in the order in which they stand in the block, each once.
  private func assembled() -> DynamicColumn.Places {
    var assembly = ShreddedAssembly(block, root: node)
    let rows = rows ?? Array(0..<Int32(count))
    if rows.first ?? 0 >= 0, zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 }) {
      let refs = rows.map { assembly.ref(Int($0)) }
      return DynamicColumn.Places(documents: [assembly.finish()], refs: refs)
    }
    var refs: [Int32: UInt64] = [:]
    for place in Set(rows).sorted() where place >= 0 { refs[place] = assembly.ref(Int(place)) }
    return DynamicColumn.Places(
      documents: [assembly.finish()], refs: rows.map { refs[$0] ?? DynamicColumn.null })
  }
}
