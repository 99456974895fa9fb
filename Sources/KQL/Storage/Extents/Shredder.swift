// SPDX-License-Identifier: Apache-2.0
import JSON

/// Takes JSON values apart: every place in them becomes a node with the values that stand there in all rows, in order.
///
/// An object at a node is a shape, which is its keys; the values of a key are those of a node below. An array is a shape
/// by its length; its elements are those of one node below. What does not fit the bounds stays JSON text where it is.
final class Shredder {
  static let mostNodes = 4096
  /// Shapes of one node. Objects used as maps have no end of them.
  static let mostShapes = 8192
  static let mostKeys = 512
  static let mostElements = 4096
  static let mostDepth = 32
  /// Values of one node in one block: arrays of arrays could make any number.
  static let mostValues = 1 << 22

  /// What stands at a node in one row: the kind in the highest bits, then its number.
  struct Code {
    enum Kind: UInt32 { case shape = 0, constant, string, json, number }
    static let shift: UInt32 = 29
    static let most = 1 << 29
    let bits: UInt32
    @inline(__always) init(bits: UInt32) { self.bits = bits }
    @inline(__always) init(_ kind: Kind, _ number: UInt32) { bits = kind.rawValue << Self.shift | number }
    @inline(__always) var kind: Kind { Kind(rawValue: bits >> Self.shift) ?? .constant }
    @inline(__always) var number: Int { Int(bits & (1 << Self.shift - 1)) }
  }
  static let constants = ["null", "false", "true"]

  enum Shape {
    /// The nodes of the keys.
    case object([Int])
    case array(Int)
    /// Does not fit: its values are kept as text.
    case text
  }

  final class Node {
    /// The key of an object's member; nil for the whole value and for the elements of an array.
    let key: [UInt8]?
    var codes: [UInt32] = []
    /// How many values stood here when each block began.
    var starts: [Int]
    var shapes: [Shape] = []
    /// The keys of objects, each after its length, by shape.
    var signatures = StringColumnBuilder()
    var shapeOfSignature: [UInt32] = []
    var shapeOfLength: [Int: UInt32] = [:]
    var children: [[UInt8]: Int] = [:]
    var elements: Int?
    /// Strings and JSON texts.
    var texts = StringColumnBuilder()
    var textCount = 0
    var areTextsUnique = false
    var numbers: [Int64] = []
    var numberCodes = NumberCodes()

    init(key: [UInt8]?, blocks: Int) {
      self.key = key
      starts = [Int](repeating: 0, count: blocks)
    }

    @inline(__always) func append(text: UnsafeBufferPointer<UInt8>, _ kind: Code.Kind) {
      let number: UInt32
      if areTextsUnique {
        number = UInt32(truncatingIfNeeded: texts.distinctCount)
        texts.appendNew(text)
      } else {
        number = texts.intern(text)
        textCount += 1
        if textCount & 0xFFFF == 0 { areTextsUnique = texts.distinctCount * 10 > textCount * 9 }
      }
      codes.append(Code(kind, number).bits)
    }
  }

  private(set) var nodes: [Node] = [Node(key: nil, blocks: 0)]
  /// Bytes of JSON texts that did not fit.
  private(set) var residue = 0
  private var signature: [UInt8] = []
  private(set) var rows = 0

  /// Takes the texts of a column apart, the empty text being null; nil where one of them is no JSON.
  init?(_ texts: StringColumn) {
    var bytes: [UInt8] = []
    var row = 0
    while row < texts.codes.count {
      // As many rows as keep the document in the cache.
      bytes.removeAll(keepingCapacity: true)
      let start = row
      while row < texts.codes.count, bytes.count < 1 << 18 {
        texts.pool.withUTF8(Int(texts.codes[row])) { text in
          if text.isEmpty { bytes.append(contentsOf: "null".utf8) } else { bytes.append(contentsOf: text) }
        }
        bytes.append(0x0A)
        row += 1
      }
      guard let document = try? JSONDocument.lines(bytes), document.rootCount == row - start else { return nil }
      for root in 0..<document.rootCount { append(document, Int(document.rootNode(at: root))) }
    }
  }

  private func append(_ document: JSONDocument, _ node: Int) {
    if rows % ExtentWriter.blockRows == 0 {
      for node in nodes { node.starts.append(node.codes.count) }
    }
    rows += 1
    let nodes = self.nodes
    document.withNodes { values in add(node, values, to: nodes[0], depth: 0, document) }
  }

  private func add(_ at: Int, _ values: JSONNodes, to node: Node, depth: Int, _ document: JSONDocument) {
    switch values.kind(at) {
    case .null: node.codes.append(Code(.constant, 0).bits)
    case .bool: node.codes.append(Code(.constant, values.boolean(at) ? 2 : 1).bits)
    case .string: node.append(text: values.raw(at), .string)
    case .escaped: JSONText.unescape(values.raw(at)).withUnsafeBufferPointer { node.append(text: $0, .string) }
    case .integer, .double, .number:
      if let number = DecimalText.parse(values.raw(at)) {
        node.numbers.append(number.value)
        node.numberCodes.note(number)
        node.codes.append(Code(.number, UInt32(number.decimals)).bits)
      } else {
        node.append(text: values.raw(at), .json)
        residue += values.count(at)
      }
    case .array:
      guard depth < Self.mostDepth, let shape = shape(ofArray: values.count(at), node) else {
        return addText(at, to: node, document)
      }
      node.codes.append(Code(.shape, shape).bits)
      guard let elements = node.elements else { return }
      let below = nodes[elements]
      var element = at + 1
      for _ in 0..<values.count(at) {
        add(element, values, to: below, depth: depth + 1, document)
        element = values.next(element)
      }
    case .object:
      guard depth < Self.mostDepth, let shape = shape(ofObject: at, values, node),
        case .object(let children) = node.shapes[Int(shape)]
      else { return addText(at, to: node, document) }
      node.codes.append(Code(.shape, shape).bits)
      var member = at + 1
      for child in children {
        add(member + 1, values, to: nodes[child], depth: depth + 1, document)
        member = values.next(member + 1)
      }
    }
  }

  private func addText(_ at: Int, to node: Node, _ document: JSONDocument) {
    let text = document.value(at: UInt32(at)).serialized()
    residue += text.count
    text.withUnsafeBufferPointer { node.append(text: $0, .json) }
  }

  private func shape(ofArray count: Int, _ node: Node) -> UInt32? {
    if let elements = node.elements {
      let below = nodes[elements]
      if below.codes.count + count - (below.starts.last ?? 0) > Self.mostValues { return nil }
    }
    if let known = node.shapeOfLength[count] { return known }
    guard count <= Self.mostElements, node.shapes.count < Self.mostShapes else { return nil }
    if count > 0, node.elements == nil {
      guard let made = makeNode(key: nil) else { return nil }
      node.elements = made
    }
    node.shapes.append(.array(count))
    let shape = UInt32(node.shapes.count - 1)
    node.shapeOfLength[count] = shape
    return shape
  }

  private func shape(ofObject at: Int, _ values: JSONNodes, _ node: Node) -> UInt32? {
    signature.removeAll(keepingCapacity: true)
    var member = at + 1
    for _ in 0..<values.count(at) {
      let key = values.raw(member)
      guard values.kind(member) == .string, key.count < 256 else { return nil }
      signature.append(UInt8(key.count))
      signature.append(contentsOf: key)
      member = values.next(member + 1)
    }
    return signature.withUnsafeBufferPointer { bytes -> UInt32? in
      if node.shapes.count >= Self.mostShapes {
        return node.signatures.find(bytes).flatMap { usable(node.shapeOfSignature[Int($0)], node) }
      }
      let number = Int(node.signatures.intern(bytes))
      if number == node.shapeOfSignature.count {
        node.shapeOfSignature.append(UInt32(node.shapes.count))
        node.shapes.append(makeObject(bytes, values.count(at), node))
      }
      return usable(node.shapeOfSignature[number], node)
    }
  }

  private func usable(_ shape: UInt32, _ node: Node) -> UInt32? {
    if case .text = node.shapes[Int(shape)] { nil } else { shape }
  }

  private func makeObject(_ signature: UnsafeBufferPointer<UInt8>, _ count: Int, _ node: Node) -> Shape {
    guard count <= Self.mostKeys else { return .text }
    var children: [Int] = []
    var at = 0
    while at < signature.count {
      let end = at + 1 + Int(signature[at])
      let key = Array(signature[(at + 1)..<end])
      at = end
      guard let child = node.children[key] ?? makeNode(key: key) else { return .text }
      node.children[key] = child
      children.append(child)
    }
    return Set(children).count == children.count ? .object(children) : .text
  }

  private func makeNode(key: [UInt8]?) -> Int? {
    guard nodes.count < Self.mostNodes else { return nil }
    nodes.append(Node(key: key, blocks: nodes[0].starts.count))
    return nodes.count - 1
  }
}

/// Numbers of few distinct values, by code.
struct NumberCodes {
  static let most = 4096
  private var slots = [Int32](repeating: -1, count: 64)
  private(set) var values: [DecimalText] = []
  private(set) var isFull = false

  /// Takes up a number; once there are too many, nothing more.
  @inline(__always) mutating func note(_ number: DecimalText) {
    if isFull { return }
    let slot = slot(number)
    if slots[slot] >= 0 { return }
    guard values.count < Self.most else {
      isFull = true
      return
    }
    slots[slot] = Int32(values.count)
    values.append(number)
    if values.count * 2 > slots.count { grow() }
  }

  func code(_ number: DecimalText) -> Int { Int(slots[slot(number)]) }

  @inline(__always) private func slot(_ number: DecimalText) -> Int {
    let mask = slots.count - 1
    let hash = ByteHash.mix(UInt64(bitPattern: number.value) &+ UInt64(number.decimals) &* 0x9E37_79B9_7F4A_7C15)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0, values[Int(slots[slot])] != number { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (code, value) in values.enumerated() { slots[slot(value)] = Int32(code) }
  }
}

/// A number as JSON writes it without an exponent: its digits as a whole number, and how many are decimals.
struct DecimalText: Equatable {
  let value: Int64
  let decimals: Int
  static let mostDecimals = 15

  /// The number whose text is `literal`, byte for byte; nil where there is none.
  static func parse(_ literal: UnsafeBufferPointer<UInt8>) -> DecimalText? {
    guard literal.count <= 20, let first = literal.first else { return nil }
    let isNegative = first == 0x2D
    var value: Int64 = 0
    var point = -1
    for index in (isNegative ? 1 : 0)..<literal.count {
      let byte = literal[index]
      if byte == 0x2E {
        point = index
        continue
      }
      guard byte &- 0x30 < 10 else { return nil }
      let (shifted, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, low) = shifted.addingReportingOverflow(Int64(byte - 0x30))
      if high || low { return nil }
      value = sum
    }
    // There is no negative zero, and doubles of more digits are kept as they are written.
    if isNegative && value == 0 { return nil }
    let decimals = point < 0 ? 0 : literal.count - 1 - point
    guard decimals == 0 || literal.count <= 17, decimals <= mostDecimals else { return nil }
    return DecimalText(value: isNegative ? -value : value, decimals: decimals)
  }

  /// The text, as it was.
  func write(into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    var rest = value.magnitude
    var count = 0
    repeat {
      out.append(0x30 + UInt8(rest % 10))
      rest /= 10
      count += 1
      if count == decimals { out.append(0x2E) }
    } while rest > 0 || count <= decimals
    if value < 0 { out.append(0x2D) }
    out.reverse()
  }
}
