// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that are there whole or not at all.
package enum FileOutput {
  /// Writes a new file and has it on disk before it returns.
  static func create(_ bytes: [UInt8], at path: String) throws(KQLError) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KQLError(.data, "\(path) cannot be made: \(reason())") }
    defer { close(file) }
    var at = 0
    while at < bytes.count {
      let written = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + at }, bytes.count - at) }
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

  /// The whole of a small file; nil where there is none.
  static func read(_ path: String) throws(KQLError) -> [UInt8]? {
    guard access(path, F_OK) == 0 else { return nil }
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }
}
