// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files packed with zstd (RFC 8878), unpacked by the `zstd` program into a file that has no name and goes with the process.
enum Zstandard {
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  /// A file that claims to hold more is stopped before it fills the disk.
  private static let mostBytes = 1 << 38

  /// - Parameter folder: where the unpacked bytes are kept.
  static func unpack(_ path: String, in folder: String) throws(KQLError) -> MappedFile {
    let (plain, errors) = (try nameless(folder), try nameless(folder))
    defer {
      close(plain)
      close(errors)
    }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw KQLError(.data, "\(path) cannot be unpacked: \(FileOutput.reason())")
    }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = try start(path, output: ends[1], errors: errors)
    let failure = copy(from: ends[0], to: plain)
    if failure != nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if let failure { throw KQLError(.data, "\(path) cannot be unpacked: \(failure)") }
    guard status == 0 else {
      let said = withUnsafeTemporaryAllocation(byteCount: 500, alignment: 1) { buffer in
        String(decoding: buffer.prefix(max(0, pread(errors, buffer.baseAddress, buffer.count, 0))), as: UTF8.self)
      }
      throw KQLError(.data, "\(path) cannot be unpacked: \(said.split(separator: "\n").first ?? "zstd failed")")
    }
    return try MappedFile(path: "/proc/self/fd/\(plain)")
  }

  private static func nameless(_ folder: String) throws(KQLError) -> Int32 {
    let path = "\(folder)/.unpacked-\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KQLError(.data, "\(path) cannot be made: \(FileOutput.reason())") }
    unlink(path)
    return file
  }

  /// Starts the program. Its output is closed here, so that it ends with the program.
  private static func start(_ path: String, output: Int32, errors: Int32) throws(KQLError) -> pid_t {
    defer { close(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var arguments = ["zstd", "-dcq", "--", path].map { (text: String) in strdup(text) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var child: pid_t = 0
    let failure = posix_spawnp(&child, "zstd", &actions, nil, arguments, nil)
    guard failure == 0 else {
      throw KQLError(
        .data,
        failure == ENOENT
          ? "\(path) is packed with zstd, and there is no program 'zstd' to unpack it; install it: apt-get install zstd"
          : "\(path) cannot be unpacked: zstd: \(String(cString: strerror(failure)))")
    }
    return child
  }

  /// Copies all bytes; returns what went wrong.
  private static func copy(from source: Int32, to target: Int32) -> String? {
    withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
      var total = 0
      while true {
        let count = read(source, buffer.baseAddress, buffer.count)
        if count == 0 { return nil }
        if count < 0 {
          if errno == EINTR { continue }
          return FileOutput.reason()
        }
        total += count
        if total > mostBytes { return "it holds more than \(mostBytes >> 30) GB" }
        var written = 0
        while written < count {
          let part = write(target, buffer.baseAddress.map { $0 + written }, count - written)
          if part < 0, errno != EINTR { return FileOutput.reason() }
          written += max(0, part)
        }
      }
    }
  }
}
