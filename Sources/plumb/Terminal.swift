// SPDX-License-Identifier: Apache-2.0
import KQL

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

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int { write(file, bytes, count) }

func endProcess(_ code: Int32) -> Never { exit(code) }

/// The terminal, or what stands in its place.
enum Terminal {
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colours go to terminals only, and not where the user asked for none (https://no-color.org).
  static func colors(_ noColor: Bool) -> Bool {
    outputIsTerminal && !noColor && !isDumb && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Whether a line can be written over another.
  static var showsProgress: Bool { errorIsTerminal && !isDumb }

  /// A terminal that prints control sequences in place of obeying them.
  private static var isDumb: Bool { ProcessInfo.processInfo.environment["TERM"] == "dumb" }

  /// Makes Ctrl-C and SIGTERM end the program with one line and 128 + the signal's number, as shells expect.
  ///
  /// The store needs no care: what it held is whole at any moment, and the next scan clears what was staged.
  static func endOnSignals() {
    for number in [SIGINT, SIGTERM] {
      let earlier = signal(number) { number in
        // Only calls that a signal handler may make.
        let clear: StaticString = "\r\u{1B}[K"
        let line: StaticString = "plumb: stopped; what was known before this scan is whole\n"
        if isatty(STDERR_FILENO) == 1 { _ = systemWrite(STDERR_FILENO, clear.utf8Start, clear.utf8CodeUnitCount) }
        _ = systemWrite(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
        _exit(128 + number)
      }
      // Whoever started the program had the signal ignored, as nohup does.
      if unsafeBitCast(earlier, to: Int.self) == 1 { _ = signal(number, SIG_IGN) }
    }
  }

  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  static var height: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
  }

  /// The width that tables have to fit, or nil where nobody looks: in a pipe nothing is cut.
  static var cut: Int? { outputIsTerminal ? width : nil }

  /// All of standard input.
  static func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes all of `bytes`. A reader that has gone away ends the program quietly, as `head` does.
  static func write(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  static func complain(_ message: String) { write(Array((message + "\n").utf8), to: STDERR_FILENO) }

  /// Text on the error stream without a line break.
  static func status(_ text: some StringProtocol) { write(Array(text.utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to file: Int32) {
    bytes.withUnsafeBytes { buffer in
      var at = 0
      while at < buffer.count {
        guard let base = buffer.baseAddress else { return }
        let written = systemWrite(file, base + at, buffer.count - at)
        if written < 0 {
          if errno == EINTR { continue }
          if errno == EPIPE { exit(0) }
          exit(2)
        }
        at += written
      }
    }
  }
}

/// The present as Kusto counts it.
func nowTicks() -> Int64 {
  DateTime.unixEpoch + Int64((Date().timeIntervalSince1970 * 1e7).rounded())
}
