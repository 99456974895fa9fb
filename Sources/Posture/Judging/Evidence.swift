// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// Writes what a verdict rests on: `[{"path":"properties.X","value":true}]`, kept short.
struct EvidenceWriter {
  /// Longest text kept of one value, in bytes; what is cut ends in an ellipsis.
  static let valueLimit = 160
  static let itemLimit = 8

  private var out: [UInt8] = []
  private var value: [UInt8] = []

  /// Evidence of a predicate: the value at each path that it reads.
  mutating func write(_ leaves: [Leaf], of batch: Batch, row: Int, into texts: inout StringColumnBuilder) -> UInt32 {
    out.removeAll(keepingCapacity: true)
    out.append(UInt8(ascii: "["))
    for (index, leaf) in leaves.prefix(Self.itemLimit).enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out.append(contentsOf: leaf.prefix)
      switch batch.columns[leaf.column] {
      case .dynamic(let column): append(column[row]?.value(at: leaf.path))
      case .string(let column):
        column.pool.withUTF8(Int(column.codes[row])) { text in
          var builder = JSONBuilder()
          builder.append(utf8: text)
          append(builder.finish().root)
        }
      default: append(nil)
      }
      out.append(UInt8(ascii: "}"))
    }
    out.append(UInt8(ascii: "]"))
    return out.withUnsafeBufferPointer { texts.intern($0) }
  }

  /// Evidence that a query gave: a list of `{path, value}` as it is, anything else as one value.
  mutating func write(_ evidence: JSONValue?, into texts: inout StringColumnBuilder) -> UInt32 {
    out.removeAll(keepingCapacity: true)
    out.append(UInt8(ascii: "["))
    if let evidence, !evidence.isNull {
      let items = evidence.kind == .array ? Array(evidence.elements.prefix(Self.itemLimit)) : [evidence]
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        if let path = item["path"]?.string, item["value"] != nil, item.count == 2 {
          out.append(contentsOf: Leaf.prefix(path))
          append(item["value"])
        } else {
          out.append(contentsOf: Leaf.prefix(evidence.kind == .array ? "[\(index)]" : ""))
          append(item)
        }
        out.append(UInt8(ascii: "}"))
      }
    }
    out.append(UInt8(ascii: "]"))
    return out.withUnsafeBufferPointer { texts.intern($0) }
  }

  /// One value as JSON, cut as evidence is.
  mutating func text(_ value: JSONValue?) -> String {
    out.removeAll(keepingCapacity: true)
    append(value)
    return String(decoding: out, as: UTF8.self)
  }

  private mutating func append(_ item: JSONValue?) {
    guard let item else {
      out.append(contentsOf: "null".utf8)
      return
    }
    value.removeAll(keepingCapacity: true)
    item.write(into: &value)
    guard value.count > Self.valueLimit else {
      out.append(contentsOf: value)
      return
    }
    let whole = item.string.map { Array($0.utf8) } ?? value
    var end = Self.valueLimit
    while end > 0, whole[end] & 0xC0 == 0x80 { end -= 1 }
    var builder = JSONBuilder()
    builder.append(String(decoding: whole[..<end], as: UTF8.self) + "…")
    builder.finish().root.write(into: &out)
  }
}

/// A path that a predicate reads, ready for evidence.
struct Leaf: Sendable {
  let column: Int
  let path: JSONPath
  /// `properties.X`
  let name: String
  /// `{"path":"properties.X","value":`
  let prefix: [UInt8]

  init(_ keys: [String]) {
    column = ResourceRows.index(of: keys.first ?? "")
    path = JSONPath(steps: keys.dropFirst().map(JSONPath.Step.key))
    name = JSONPath(steps: keys.map(JSONPath.Step.key)).description
    prefix = Self.prefix(name)
  }

  static func prefix(_ path: String) -> [UInt8] {
    var builder = JSONBuilder()
    builder.append(path)
    return Array("{\"path\":".utf8) + builder.finish().root.serialized() + Array(",\"value\":".utf8)
  }
}
