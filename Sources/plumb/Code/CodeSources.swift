// SPDX-License-Identifier: Apache-2.0
import IaC
import Posture

/// The files of a scan of code by the paths that people are told; each is read once.
struct CodeSources {
  private let folders: [CodeFolder]
  private var files: [String: [UInt8]] = [:]
  private var texts: [String: SourceText] = [:]

  init(_ folders: [CodeFolder]) { self.folders = folders }

  /// nil where there is no such file in a scanned folder.
  mutating func bytes(_ path: String) -> [UInt8]? {
    if let known = files[path] { return known }
    for folder in folders {
      guard let file = folder.file(shown: path), let bytes = folder.read(file) else { continue }
      files[path] = bytes
      return bytes
    }
    return nil
  }

  mutating func text(_ path: String) -> SourceText? {
    if let known = texts[path] { return known }
    guard let bytes = bytes(path) else { return nil }
    let text = SourceText(bytes, path: path)
    texts[path] = text
    return text
  }

  /// The lines around a place; of a block that begins there the first.
  mutating func excerpt(_ path: String, line: Int, isStart: Bool) -> CodeContext.Excerpt? {
    guard let text = text(path), line >= 1, line <= text.lineCount else { return nil }
    let first = isStart ? line : max(1, line - 2)
    let last = isStart ? min(line + 3, text.block(at: line).upperBound) : min(text.lineCount, line + 2)
    return CodeContext.Excerpt(first: first, lines: (first...last).map { text.line($0) })
  }
}
