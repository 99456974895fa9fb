// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Tells a file from what stands under its name later.
struct FileStamp: Equatable {
  private let number: UInt
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// nil where there is no file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    number = UInt(status.st_ino)
    size = Int(status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}

/// Files that are there whole or not at all.
package enum FileOutput {
  /// Writes a new file and has it on disk before it returns.
  static func create(_ bytes: [UInt8], at path: String) throws(KQLError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KQLError(.data, "\(path) cannot be made: \(reason())") }
    defer { close(file) }
    try write(bytes, to: file, at: 0, path)
  }

  /// Writes bytes at a place of an open file and has them on disk before it returns.
  static func write(_ bytes: [UInt8], to file: Int32, at start: Int, _ path: String) throws(KQLError) {
    var at = 0
    while at < bytes.count {
      let written = bytes.withUnsafeBytes { buffer in
        pwrite(file, buffer.baseAddress.map { $0 + at }, buffer.count - at, off_t(start + at))
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw KQLError(.data, "\(path) cannot be written: \(reason())")
      }
      at += written
    }
    guard fsync(file) == 0 else { throw KQLError(.data, "\(path) cannot be written: \(reason())") }
  }

  /// Puts a file in the place of what stood at `path`, in one step.
  static func replace(_ path: String, with bytes: [UInt8]) throws(KQLError) {
    let fresh = path + ".new"
    try create(bytes, at: fresh)
    guard rename(fresh, path) == 0 else { throw KQLError(.data, "\(path) cannot be replaced: \(reason())") }
    syncFolder(of: path)
  }

  /// Makes names of a folder last: without it a new file may be nameless after a power cut.
  static func syncFolder(of path: String) {
    let file = open(folder(of: path), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  /// The folder that a path names something in.
  static func folder(of path: String) -> String {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return folder.isEmpty ? path.hasPrefix("/") ? "/" : "." : folder
  }

  static func reason() -> String { String(cString: strerror(errno)) }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Bytes of a file; nil where there is none.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The names in a folder.
  static func names(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  /// The whole of a small file; nil where there is none.
  static func read(_ path: String) throws(KQLError) -> [UInt8]? {
    guard exists(path) else { return nil }
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }
}
