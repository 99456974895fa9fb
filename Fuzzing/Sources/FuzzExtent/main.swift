// SPDX-License-Identifier: Apache-2.0
import FuzzDriver
import JSON

@testable import KQL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file with sums that hold, so that the reader looks at what is behind them.
private func sealed(_ data: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var bytes = Array(data)
  let tail = 24
  guard bytes.count >= tail + 8 else { return bytes }
  let size = bytes.withUnsafeBytes { Int(clamping: $0.loadUnaligned(fromByteOffset: $0.count - tail, as: UInt64.self)) }
  guard size >= 0, size <= bytes.count - tail - 8 else { return bytes }
  let footer = bytes.count - tail - size..<bytes.count - tail
  func seal(_ value: JSONValue) {
    if value.kind == .array { for element in value.elements { seal(element) } }
    guard value.kind == .object else { return }
    for (_, member) in value.members { seal(member) }
    guard let at = value["at"]?.int64.flatMap({ Int(exactly: $0) }), let sum = value["xxh64"]?.string,
      let length = value["bytes"]?.int64.flatMap({ Int(exactly: $0) }), sum.utf8.count == 16, at >= 0, length >= 0,
      at <= footer.lowerBound, length <= footer.lowerBound - at
    else { return }
    let new = bytes.withUnsafeBytes {
      ExtentWriter.hex(Checksum.xxh64(UnsafeRawBufferPointer(rebasing: $0[at..<at + length])))
    }
    let (old, fresh) = (Array(sum.utf8), Array(new.utf8))
    var place = footer.lowerBound
    while place + 16 <= footer.upperBound {
      if bytes[place..<place + 16].elementsEqual(old) { bytes.replaceSubrange(place..<place + 16, with: fresh) }
      place += 1
    }
  }
  if let document = try? JSONDocument(parsing: Array(bytes[footer])) { seal(document.root) }
  let sum = bytes.withUnsafeBytes { Checksum.xxh64(UnsafeRawBufferPointer(rebasing: $0[footer])) }
  withUnsafeBytes(of: sum.littleEndian) { bytes.replaceSubrange(bytes.count - 16..<bytes.count - 8, with: $0) }
  return bytes
}

private let path = "/tmp/plumb-fuzz-\(getpid()).extent"

/// The extent reader: a file gives cells or an error.
private func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = sealed(UnsafeBufferPointer(start: data, count: count))
  guard let file = fopen(path, "w") else { return 0 }
  _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
  fclose(file)
  guard let extent = try? Extent(path: path) else { return 0 }
  for index in extent.columns.indices {
    for block in 0..<extent.blockCount {
      guard let column = try? extent.column(index, block: block) else { continue }
      var sink: [UInt8] = []
      for row in 0..<column.count { QueryResult.write(column[row], into: &sink) }
      guard case .string(let texts) = column else { continue }
      for op in [TextMatch.Op.has, .contains, .hasprefix] {
        _ = TermSearch.rows(texts, op, "item", caseSensitive: false)
      }
    }
  }
  return 0
}

/// Extents of every type and of several shapes, to begin with.
private func writeSeeds(_ folder: String) throws {
  for (number, rows) in [1, 40, 1100].enumerated() {
    for shape in 0..<4 {
      var schema: Schema = []
      var columns: [Column] = []
      for type in [ScalarType.bool, .int, .long, .real, .datetime, .timespan, .string, .guid, .dynamic] {
        schema.append(Field(type.rawValue, type))
        var builder = ColumnBuilder(type)
        for row in 0..<rows {
          let value = shape == 0 ? 7 : shape == 1 ? row % 5 : shape == 2 ? row * 1000 : (row &* 7919) % 100_003
          let text = Scalar.string("\(value)")
          switch type {
          case _ where shape > 0 && row % 9 == 4: builder.append(.null(type))
          case .string: builder.append(.string("item \(value) user=u\(value % 9); a-b"))
          case .dynamic: builder.append(Scalar.string("{\"a\":\(value),\"b\":[1,\"x\"]}").parsed)
          case .guid: builder.append(.guid("74be27de-1e4e-49d9-b579-00000000000\(value % 9)"))
          case .datetime: builder.append(.datetime(638_712_864_000_000_000 + Int64(value)))
          case .timespan: builder.append(.timespan(Int64(value)))
          default: builder.append(text.converted(to: type))
          }
        }
        columns.append(builder.finish())
      }
      try ExtentWriter.write(
        Batch(columns: columns, count: rows), schema: schema, to: "\(folder)/seed\(number)\(shape)")
    }
  }
}

extension Scalar {
  fileprivate var parsed: Scalar {
    (try? JSONDocument.parse(string ?? "")).map { .dynamic($0.root) } ?? .null(.dynamic)
  }
}

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
  try writeSeeds(CommandLine.arguments[2])
  exit(0)
}
atexit { unlink(path) }
fuzz(test)
