// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// What is wrong with a file that should be an evidence pack.
package struct ZipError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

/// A zip file of stored entries, as any unzip reads it. The same entries give the same bytes.
///
/// Only what this writes is read: entries are stored, one after another, and every byte of the file is accounted for.
package enum ZipArchive {
  package struct Entry: Sendable, Equatable {
    /// Relative, with `/`; letters, digits and `._-` only.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The form has 32 bits for sizes; no pack is nearly as large.
  package static let sizeLimit = 2 << 30
  static let entryLimit = 20_000

  private static let local: UInt32 = 0x0403_4B50
  private static let central: UInt32 = 0x0201_4B50
  private static let end: UInt32 = 0x0605_4B50

  /// - Throws: ``ZipError`` where the entries are too many or too large.
  package static func write(_ entries: [Entry]) throws(ZipError) -> [UInt8] {
    let size = entries.reduce(22) { $0 + $1.bytes.count + 2 * $1.path.utf8.count + 76 }
    guard entries.count <= entryLimit, size <= sizeLimit else {
      throw ZipError(description: "the pack would be larger than \(sizeLimit >> 30) GB; choose --framework")
    }
    var out: [UInt8] = []
    out.reserveCapacity(size)
    var directory: [UInt8] = []
    for entry in entries {
      let offset = out.count
      put(local, into: &out)
      let common = header(entry)
      out += common
      out += Array(entry.path.utf8)
      out += entry.bytes
      put(central, into: &directory)
      // Made by Unix, so that the mode below is looked at.
      put(UInt16(0x031E), into: &directory)
      directory += common
      for _ in 0..<3 { put(UInt16(0), into: &directory) }
      put(UInt32(0o100_644) << 16, into: &directory)
      put(UInt32(offset), into: &directory)
      directory += Array(entry.path.utf8)
    }
    let start = out.count
    out += directory
    put(end, into: &out)
    put(UInt32(0), into: &out)
    put(UInt16(entries.count), into: &out)
    put(UInt16(entries.count), into: &out)
    put(UInt32(directory.count), into: &out)
    put(UInt32(start), into: &out)
    put(UInt16(0), into: &out)
    return out
  }

  /// What an entry's two headers share: from the version needed to the length of the extra field.
  private static func header(_ entry: Entry) -> [UInt8] {
    var out: [UInt8] = []
    put(UInt16(20), into: &out)
    // Names are UTF-8; stored; 1980-01-01 00:00, for a time of day would make two equal packs differ.
    put(UInt16(0x0800), into: &out)
    put(UInt16(0), into: &out)
    put(UInt16(0), into: &out)
    put(UInt16(0x0021), into: &out)
    put(Deflate.crc(entry.bytes), into: &out)
    put(UInt32(entry.bytes.count), into: &out)
    put(UInt32(entry.bytes.count), into: &out)
    put(UInt16(entry.path.utf8.count), into: &out)
    put(UInt16(0), into: &out)
    return out
  }

  /// The entries of a file, and what is damaged about it.
  ///
  /// - Throws: ``ZipError`` where no entries can be made out.
  package static func read(_ bytes: [UInt8]) throws(ZipError) -> (entries: [Entry], damage: [String]) {
    var entries: [Entry] = []
    var seen: Set<String> = []
    var at = 0
    while number(bytes, at, 4) == Int(local) {
      guard entries.count < entryLimit else { throw ZipError(description: "it has more than \(entryLimit) entries") }
      guard let size = number(bytes, at + 22, 4), let length = number(bytes, at + 26, 2),
        let extra = number(bytes, at + 28, 2), at + 30 + length + extra + size <= bytes.count
      else { throw ZipError(description: "an entry that begins at byte \(at) ends beyond the file") }
      let path = String(decoding: bytes[(at + 30)..<(at + 30 + length)], as: UTF8.self)
      guard isSafe(path) else { throw ZipError(description: "the name of the entry at byte \(at) is not allowed") }
      guard seen.insert(path).inserted else { throw ZipError(description: "\(path) is there twice") }
      let start = at + 30 + length + extra
      entries.append(Entry(path: path, bytes: Array(bytes[start..<(start + size)])))
      at = start + size
    }
    guard !entries.isEmpty else { throw ZipError(description: "it is no zip file of stored entries") }
    // What was written from these entries is one file only: whatever differs has been changed.
    let expected = try write(entries)
    guard expected != bytes else { return (entries, []) }
    let first = zip(expected, bytes).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, bytes.count)
    return (entries, ["byte \(first), in \(place(of: first, entries)), is not as it was written"])
  }

  private static func place(of byte: Int, _ entries: [Entry]) -> String {
    var at = 0
    for entry in entries {
      at += 30 + entry.path.utf8.count
      if byte < at { return "the header of \(entry.path)" }
      at += entry.bytes.count
      if byte < at { return entry.path }
    }
    return "the zip's directory"
  }

  /// Whether a name stays below whatever folder it is unpacked in.
  static func isSafe(_ path: String) -> Bool {
    guard !path.isEmpty, path.utf8.count <= 240 else { return false }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.first != "."
        && part.utf8.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
          case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
          default: false
          }
        }
    }
  }

  private static func put(_ number: some FixedWidthInteger, into out: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { out.append(contentsOf: $0) }
  }

  private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int? {
    guard at >= 0, at + count <= bytes.count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
  }
}
