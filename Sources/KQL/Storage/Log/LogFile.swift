// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The log of a table as it is read: batches in the order in which they came, each the bytes of an extent behind a head
/// with its length and checksum (docs/extents.md).
///
/// What was being written when a process died stands at the end and is no record: it was not acknowledged. A record that
/// does not hold although others come after it was damaged later, and is told.
struct LogFile: Sendable {
  static let magic = Array("PLUMBLG1".utf8)
  private static let mark = Array("PLUMBREC".utf8)
  /// The mark, the length and the checksum.
  private static let head = 24

  let records: [TableFile]

  init(path: String) throws(KQLError) {
    let file = try MappedFile(path: path)
    let bytes = file.bytes
    guard bytes.starts(with: Self.magic) else { throw KQLError(.data, "\(path) is no log, or is damaged at its start") }
    var records: [TableFile] = []
    var at = Self.magic.count
    while true {
      if let payload = Self.payload(bytes, at) {
        let name = "\(path): the batch at byte \(at)"
        do throws(KQLError) {
          records.append(.open(try Extent(path: name, file: MappedFile(payload, of: file))))
        } catch {
          records.append(.damaged(error, rows: 0))
        }
        at = Self.aligned(payload.upperBound)
      } else if let next = Self.next(bytes, after: at) {
        records.append(
          .damaged(KQLError(.data, "\(path): bytes \(at) to \(next) are damaged; other batches can be read"), rows: 0))
        at = next
      } else {
        break
      }
    }
    self.records = records
  }

  /// Where the payload of the record at `at` stands; nil where there is no whole record.
  private static func payload(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Range<Int>? {
    guard at + head <= bytes.count, bytes[at..<at + mark.count].elementsEqual(mark) else { return nil }
    let length = Int(clamping: bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self).littleEndian)
    guard length <= bytes.count - at - head else { return nil }
    let payload = at + head..<at + head + length
    let sum = bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self).littleEndian
    guard Checksum.xxh64(UnsafeRawBufferPointer(rebasing: bytes[payload])) == sum else { return nil }
    return payload
  }

  private static func next(_ bytes: UnsafeRawBufferPointer, after at: Int) -> Int? {
    stride(from: at + 8, to: bytes.count, by: 8).first { payload(bytes, $0) != nil }
  }

  private static func aligned(_ at: Int) -> Int { (at + 7) / 8 * 8 }

  /// Appends a record to what is written next.
  static func put(_ payload: [UInt8], into out: inout [UInt8]) {
    out += mark
    withUnsafeBytes(of: UInt64(payload.count).littleEndian) { out.append(contentsOf: $0) }
    withUnsafeBytes(of: payload.withUnsafeBytes(Checksum.xxh64).littleEndian) { out.append(contentsOf: $0) }
    out += payload
    out += [UInt8](repeating: 0, count: aligned(payload.count) - payload.count)
  }
}

/// A log that is open for writing.
struct LogOutput: Sendable {
  private let path: String
  private let file: Int32
  private(set) var size: Int
  private(set) var records = 0

  /// Makes a new log.
  init(path: String) throws(KQLError) {
    try FileOutput.create(LogFile.magic, at: path)
    self.path = path
    size = LogFile.magic.count
    file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw KQLError(.data, "\(path) cannot be written: \(FileOutput.reason())") }
  }

  /// Appends records and has them on disk before it returns.
  mutating func append(_ payloads: [[UInt8]]) throws(KQLError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payloads.reduce(0) { $0 + $1.count + 32 })
    for payload in payloads { LogFile.put(payload, into: &bytes) }
    try FileOutput.write(bytes, to: file, at: size, path)
    size += bytes.count
    records += payloads.count
  }

  func end() { close(file) }
}
