// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads rows from a file of separated values, JSON or lines of text.
struct ExternalReader: Sendable {
  let fields: Schema
  let options: [String: String]

  private static let largest = 1 << 30

  /// The bytes of a regular file inside `folder`; links that lead out of it are refused.
  static func bytes(of name: String, in folder: String) throws(KQLError) -> [UInt8] {
    guard !name.contains("://") else {
      throw KQLError(
        .notSupported,
        "externaldata reads no '\(name.prefix { $0 != ":" })' addresses, only files of the configured folder")
    }
    guard let root = resolved(folder), let path = resolved(name.hasPrefix("/") ? name : folder + "/" + name),
      path.hasPrefix(root.hasSuffix("/") ? root : root + "/")
    else {
      throw KQLError(.notSupported, "there is no file '\(name)' in the folder configured for externaldata")
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest else {
      if file >= 0 { close(file) }
      throw KQLError(.notSupported, "'\(name)' is no file that can be read, or larger than 1 GiB")
    }
    defer { close(file) }
    let size = Int(status.st_size)
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while filled < size, let base = buffer.baseAddress {
        let got = read(file, base + filled, size - filled)
        if got <= 0 { break }
        filled += got
      }
      count = filled
    }
    if bytes.starts(with: [0x1F, 0x8B]) {
      guard let inflated = Deflate.ungzip(bytes) else { throw KQLError(.data, "'\(name)' is no gzip file") }
      return inflated
    }
    return bytes
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private func format(_ name: String) -> String {
    if let format = options["format"] { return format.lowercased() }
    let parts = name.lowercased().split(separator: ".").map(String.init)
    let last = parts.last == "gz" ? parts.dropLast().last : parts.last
    return ["csv", "tsv", "psv", "json", "txt", "jsonl", "ndjson"].contains(last ?? "") ? last ?? "csv" : "csv"
  }

  /// Appends the rows to the columns; returns how many.
  func append(
    _ bytes: [UInt8], name: String, into builders: inout [ColumnBuilder], _ context: EvaluationContext
  ) throws -> Int {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let skips = options["ignorefirstrecord"].map { $0.lowercased() == "true" || $0 == "1" } ?? false
    switch format(name) {
    case "csv": return try rows(SeparatedText(bytes, 0x2C), skips, &builders, context)
    case "tsv", "tsve": return try rows(SeparatedText(bytes, 0x09), skips, &builders, context)
    case "psv": return try rows(SeparatedText(bytes, 0x7C), skips, &builders, context)
    case "scsv": return try rows(SeparatedText(bytes, 0x3B), skips, &builders, context)
    case "sohsv": return try rows(SeparatedText(bytes, 0x01), skips, &builders, context)
    case "txt", "raw":
      let whole = format(name) == "raw"
      let lines = whole ? [bytes[...]] : bytes.split(separator: 0x0A)
      let kept = lines.dropFirst(skips ? 1 : 0)
      for line in kept {
        let text = String(decoding: line.last == 0x0D && !whole ? line.dropLast() : line, as: UTF8.self)
        for index in builders.indices { append(index == 0 ? text : "", index, &builders) }
      }
      return kept.count
    case "json", "multijson", "jsonl", "ndjson": return try documents(bytes, &builders, context)
    case let other: throw KQLError(.notSupported, "externaldata does not read the format '\(other)'")
    }
  }

  private func append(_ text: String, _ index: Int, _ builders: inout [ColumnBuilder]) {
    let type = fields[index].type
    if type == .string { return builders[index].append(.string(text)) }
    if type == .dynamic, let document = try? JSONDocument.parse(text) {
      return builders[index].append(.dynamic(document.root))
    }
    builders[index].append(Scalar.string(text).converted(to: type))
  }

  private func rows(
    _ text: SeparatedText, _ skips: Bool, _ builders: inout [ColumnBuilder], _ context: EvaluationContext
  ) throws -> Int {
    var text = text
    var count = skips ? -1 : 0
    while let cells = text.next() {
      count += 1
      if count == 0 { continue }
      for index in builders.indices { append(index < cells.count ? cells[index] : "", index, &builders) }
      if count % 4096 == 0 { try context.check(rows: count) }
    }
    return max(0, count)
  }

  private func documents(
    _ bytes: [UInt8], _ builders: inout [ColumnBuilder], _ context: EvaluationContext
  ) throws -> Int {
    var roots: [JSONValue] = []
    if let document = try? JSONDocument(parsing: bytes) {
      roots = document.root.kind == .array ? Array(document.root.elements) : [document.root]
    } else {
      let document = try JSONDocument.lines(bytes)
      roots = (0..<document.rootCount).map { document.root(at: $0) }
    }
    try context.check(rows: roots.count)
    for root in roots {
      for (index, field) in fields.enumerated() {
        let value = root[field.name]
        builders[index].append(
          value.map { Scalar.dynamic($0).converted(to: field.type) }
            ?? Scalar.null(field.type).converted(to: field.type))
      }
    }
    return roots.count
  }
}

/// Records of separated values, quotes doubled inside quotes (RFC 4180).
struct SeparatedText {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var at = 0

  init(_ bytes: [UInt8], _ separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  mutating func next() -> [String]? {
    guard at < bytes.count else { return nil }
    var cells: [String] = []
    while true {
      var cell: [UInt8] = []
      if at < bytes.count, bytes[at] == 0x22 {
        at += 1
        while at < bytes.count {
          if bytes[at] == 0x22 {
            guard at + 1 < bytes.count, bytes[at + 1] == 0x22 else { break }
            at += 1
          }
          cell.append(bytes[at])
          at += 1
        }
        at += 1
      }
      while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A, bytes[at] != 0x0D {
        cell.append(bytes[at])
        at += 1
      }
      cells.append(String(decoding: cell, as: UTF8.self))
      guard at < bytes.count else { return cells }
      let end = bytes[at]
      at += 1
      if end == separator { continue }
      if end == 0x0D, at < bytes.count, bytes[at] == 0x0A { at += 1 }
      return cells
    }
  }
}
