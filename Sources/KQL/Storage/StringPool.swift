// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Texts by number. They stand one after another in memory, or are put together from a block of an extent when one is
/// asked for: rows are filtered, grouped and sorted by their numbers, and few texts are ever looked at.
package final class StringPool: Sendable {
  package let count: Int
  private let texts: [UInt8]
  private let places: [UInt32]
  /// The block that the texts are in, where they are not yet in memory.
  let block: TextBlock?
  private let whole = Mutex<StringPool?>(nil)
  private let asked = Atomic<Int>(0)

  package init(bytes: [UInt8], offsets: [UInt32]) {
    texts = bytes
    places = offsets
    count = offsets.count - 1
    block = nil
  }

  init(_ block: TextBlock) {
    texts = []
    places = []
    count = block.count
    self.block = block
  }

  package static let empty = StringPool(bytes: [], offsets: [0, 0])

  /// The bytes of all texts.
  package var bytes: [UInt8] { block == nil ? texts : flat().texts }
  /// Where each text begins in `bytes`, and where the last ends.
  package var offsets: [UInt32] { block == nil ? places : flat().places }

  /// The same texts in memory.
  private func flat() -> StringPool {
    guard let block else { return self }
    return whole.withLock { whole in
      if let whole { return whole }
      let made = block.flat()
      whole = made
      return made
    }
  }

  /// Bytes in memory; those of a file that is mapped are not counted.
  var heldBytes: Int {
    block == nil ? texts.count + places.count * 4 : whole.withLock { $0?.heldBytes ?? 0 }
  }

  package func withUTF8<R>(_ code: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    guard let block else {
      return try texts.withUnsafeBufferPointer {
        try body(UnsafeBufferPointer(rebasing: $0[Int(places[code])..<Int(places[code + 1])]))
      }
    }
    // A few texts are put together one by one; where many are wanted the whole block is quicker.
    if asked.wrappingAdd(1, ordering: .relaxed).newValue > count / 16 { return try flat().withUTF8(code, body) }
    return try block.text(code).withUnsafeBufferPointer(body)
  }

  package func string(_ code: Int) -> String { withUTF8(code) { String(decoding: $0, as: UTF8.self) } }
  package func length(_ code: Int) -> Int {
    block == nil ? Int(places[code + 1] - places[code]) : withUTF8(code) { $0.count }
  }
}

/// Puts texts one after another.
struct StringPoolBuilder {
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }
  /// Appends one text made of several.
  mutating func append(_ parts: some Sequence<Int>, of pool: StringPool) {
    for part in parts { pool.withUTF8(part) { bytes.append(contentsOf: $0) } }
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }
  consuming func finish() -> StringPool { StringPool(bytes: bytes, offsets: offsets) }
}
