// SPDX-License-Identifier: Apache-2.0

/// Finds keys that occur twice in one object, while they are hot in cache.
///
/// The keys of the open objects stand on one stack, each with a seeded hash. An object remembers six bits of each of its
/// hashes in a 64-bit filter, so most keys are known to be new without a look at the others; those that are not are
/// compared. An object of more than 64 keys is checked when it closes, through a table.
struct KeyCheck: ~Copyable {
  struct Scope {
    fileprivate var first = 0
    fileprivate var count = 0
    fileprivate var filter: UInt64 = 0
  }

  private struct Entry {
    var hash: UInt64
    var node: Int
  }

  private static let seed = UInt64.random(in: 1...UInt64.max)
  private static let few = 64

  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 256
  private var count = 0
  private let seed = KeyCheck.seed

  init() { entries = .allocate(capacity: capacity) }

  deinit { entries.deallocate() }

  @inline(__always) func open() -> Scope { Scope(first: count) }

  /// Adds the key at `node`; false where the object has it already.
  @inline(__always) mutating func add(
    _ node: Int, _ scope: inout Scope, _ base: UnsafePointer<UInt8>, _ end: Int, _ tape: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    if count == capacity { grow() }
    let word = tape[node]
    let hash =
      Tape.tag(word) == .string
      ? hash(base + Tape.offset(word), Tape.length(word), room: end - Tape.offset(word)) : hashEscaped(base, word)
    let bit: UInt64 = 1 << (hash >> 58)
    if scope.filter & bit != 0, scope.count <= Self.few, contains(word, hash, scope, base, tape) { return false }
    scope.filter |= bit
    scope.count += 1
    entries[count] = Entry(hash: hash, node: node)
    count += 1
    return true
  }

  /// Takes the object's keys off the stack; the node of a key that occurs twice, if any.
  @inline(__always) mutating func close(
    _ scope: Scope, _ base: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<UInt64>
  ) -> Int? {
    count = scope.first
    return scope.count > Self.few ? duplicate(scope, base, tape) : nil
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }

  private func contains(
    _ word: UInt64, _ hash: UInt64, _ scope: Scope, _ base: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    for index in scope.first..<scope.first + scope.count where entries[index].hash == hash {
      if same(tape[entries[index].node], word, base) { return true }
    }
    return false
  }

  private func duplicate(
    _ scope: Scope, _ base: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<UInt64>
  ) -> Int? {
    var size = 256
    while size < scope.count * 2 { size *= 2 }
    var table = [Int32](repeating: -1, count: size)
    for offset in 0..<scope.count {
      let entry = entries[scope.first + offset]
      var slot = Int(truncatingIfNeeded: entry.hash) & (size - 1)
      while table[slot] >= 0 {
        let other = entries[scope.first + Int(table[slot])]
        if other.hash == entry.hash, same(tape[other.node], tape[entry.node], base) { return entry.node }
        slot = (slot + 1) & (size - 1)
      }
      table[slot] = Int32(offset)
    }
    return nil
  }

  private func same(_ left: UInt64, _ right: UInt64, _ base: UnsafePointer<UInt8>) -> Bool {
    if Tape.tag(left) == .string, Tape.tag(right) == .string {
      let length = Tape.length(left)
      guard length == Tape.length(right) else { return false }
      let (one, other) = (base + Tape.offset(left), base + Tape.offset(right))
      for index in 0..<length where one[index] != other[index] { return false }
      return true
    }
    return decoded(left, base) == decoded(right, base)
  }

  private func decoded(_ word: UInt64, _ base: UnsafePointer<UInt8>) -> [UInt8] {
    let bytes = UnsafeBufferPointer(start: base + Tape.offset(word), count: Tape.length(word))
    return Tape.tag(word) == .escaped ? JSONText.unescape(bytes) : Array(bytes)
  }

  private func hashEscaped(_ base: UnsafePointer<UInt8>, _ word: UInt64) -> UInt64 {
    decoded(word, base).withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { hash($0, bytes.count, room: bytes.count) } ?? hash(base, 0, room: 0)
    }
  }

  /// `room` bytes may be read from `start` on.
  @inline(__always) private func hash(_ start: UnsafePointer<UInt8>, _ length: Int, room: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    var hash = seed ^ UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    if length > 8 {
      var at = 0
      while at + 8 < length {
        hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      return mix(hash ^ raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self))
    }
    var word: UInt64 = 0
    if room >= 8 {
      let loaded = raw.loadUnaligned(as: UInt64.self)
      word = length == 8 ? loaded : loaded & (1 << UInt64(truncatingIfNeeded: length * 8) &- 1)
    } else {
      for index in 0..<length { word |= UInt64(start[index]) << UInt64(truncatingIfNeeded: index * 8) }
    }
    return mix(hash ^ word)
  }

  @inline(__always) private func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
