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

/// Queries of earlier sessions, in a file that only its owner may read: one a line, line breaks written as `\n`.
struct ShellHistory {
  private let path: String
  private(set) var entries: [String]
  static let most = 1000

  init(directory: String) {
    path = directory + "/query_history"
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    let all = bytes.split(separator: 0x0A).map { Self.decoded(String(decoding: $0, as: UTF8.self)) }
    entries = Array(all.suffix(Self.most))
    if !bytes.isEmpty { chmod(path, 0o600) }
    if all.count > 2 * Self.most { write(entries, O_WRONLY | O_CREAT | O_TRUNC) }
  }

  mutating func add(_ entry: String) {
    guard !entry.isEmpty, entry != entries.last else { return }
    entries.append(entry)
    write([entry], O_WRONLY | O_CREAT | O_APPEND)
  }

  /// A history that cannot be written is none; the session goes on.
  private func write(_ entries: [String], _ flags: Int32) {
    let file = open(path, flags | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    var bytes = Array(entries.map { Self.encoded($0) + "\n" }.joined().utf8)
    let count = bytes.count
    // One write, so that sessions beside each other do not mix their lines.
    #if canImport(Glibc)
      _ = Glibc.write(file, &bytes, count)
    #else
      _ = Musl.write(file, &bytes, count)
    #endif
  }

  static func encoded(_ text: String) -> String {
    text.map { $0 == "\\" ? "\\\\" : $0.isNewline ? "\\n" : String($0) }.joined()
  }

  static func decoded(_ line: String) -> String {
    var (out, isEscaped) = ("", false)
    for character in line {
      if isEscaped {
        out.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        out.append(character)
      }
    }
    return out
  }
}
