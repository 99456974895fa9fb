// SPDX-License-Identifier: Apache-2.0
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The Chromium or Chrome of this machine, which prints pages as PDF.
enum Browser {
  static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
  /// Seconds after which it is stopped.
  static let patience = 120

  /// Prints a page to a file, in a profile of its own and without a network.
  static func print(_ page: [UInt8], to path: String) throws {
    guard let program = Program.found(names) else {
      throw UsageError(
        "--format pdf needs Chromium or Chrome, and none is in PATH (\(names.joined(separator: ", "))); "
          + "write --format html and print that")
    }
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("plumb-pdf-\(UUID().uuidString)").path
    try files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? files.removeItem(atPath: folder) }
    let (source, printed) = (folder + "/report.html", folder + "/report.pdf")
    guard files.createFile(atPath: source, contents: Data(page)) else {
      throw UsageError("\(folder): cannot be written")
    }
    var arguments = [
      program, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
      "--disable-background-networking",
      "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder)/profile",
      "--no-pdf-header-footer", "--print-to-pdf=\(printed)",
    ]
    // Chromium does not run in its sandbox as root.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    try run(arguments + ["file://\(source)"])
    guard let pdf = files.contents(atPath: printed), pdf.starts(with: Array("%PDF-".utf8)) else {
      throw UsageError("\(program) printed nothing; write --format html and print that")
    }
    guard files.createFile(atPath: path, contents: pdf) else { throw UsageError("--output \(path): cannot be written") }
  }

  /// Runs a program in a process group of its own, quietly; stops all of it when it takes too long.
  private static func run(_ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawn(&process, arguments[0], &actions, &attributes, &words, environ) == 0 else {
      throw UsageError("\(arguments[0]): cannot be started")
    }
    var status: Int32 = 0
    for _ in 0..<(patience * 10) {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || ended < 0 && errno != EINTR { return }
      usleep(100_000)
    }
    kill(-process, SIGKILL)
    waitpid(process, &status, 0)
    throw UsageError(
      "\(arguments[0]) took longer than \(patience) s and was stopped; write --format html and print that")
  }
}
