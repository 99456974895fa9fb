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

func endProcess(_ code: Int32) -> Never { exit(code) }

/// The terminal, or what stands in its place.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colours go to terminals only, and not where the user asked for none (https://no-color.org).
  static func colors(_ noColor: Bool) -> Bool {
    outputIsTerminal && !noColor && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
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
        #if canImport(Glibc)
          let written = Glibc.write(file, base + at, buffer.count - at)
        #else
          let written = Musl.write(file, base + at, buffer.count - at)
        #endif
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
