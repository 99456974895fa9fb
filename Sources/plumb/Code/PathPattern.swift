// SPDX-License-Identifier: Apache-2.0

/// A pattern of paths as `.gitignore` has them: `*` stands for anything within a part, `**` for any parts, `?` for one
/// character. One without a slash fits in any folder; one that names a folder fits all below it.
struct PathPattern {
  private let pattern: [UInt8]
  private let crossesFolders: Bool

  /// - Parameter crossesFolders: whether `*` stands for anything at all; ids of checks have no folders.
  init(_ text: String, crossesFolders: Bool = false) {
    self.crossesFolders = crossesFolders
    var text = text
    if crossesFolders {
      pattern = Array(text.utf8)
      return
    }
    if text.hasPrefix("./") { text.removeFirst(2) }
    let isFolder = text.hasSuffix("/")
    if isFolder { text.removeLast() }
    let isAnchored = text.contains("/")
    if text.hasPrefix("/") { text.removeFirst() }
    pattern = Array((isAnchored ? text : "**/" + text).utf8)
  }

  func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    if crossesFolders { return fits(pattern[...], path[...]) }
    if fits(pattern[...], path[...]) { return true }
    return path.indices.contains { path[$0] == UInt8(ascii: "/") && fits(pattern[...], path[..<$0]) }
  }

  /// Goes back to the last star only, so that the work is bounded by the product of both lengths.
  private func fits(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    var (p, t) = (pattern.startIndex, path.startIndex)
    var deep: (p: Int, t: Int, startsPart: Bool)?
    var star: (p: Int, t: Int)?
    let (asterisk, slash) = (UInt8(ascii: "*"), UInt8(ascii: "/"))
    while t < path.endIndex {
      if p < pattern.endIndex, pattern[p] == asterisk {
        let isDeep = p + 1 < pattern.endIndex && pattern[p + 1] == asterisk
        if isDeep || crossesFolders {
          p += isDeep ? 2 : 1
          // `**/` stands for no folder too, and what is behind it begins a part.
          let startsPart = isDeep && p < pattern.endIndex && pattern[p] == slash
          if startsPart { p += 1 }
          deep = (p, t, startsPart)
          star = nil
        } else {
          p += 1
          star = (p, t)
        }
      } else if p < pattern.endIndex, pattern[p] == path[t] || pattern[p] == UInt8(ascii: "?") && path[t] != slash {
        p += 1
        t += 1
      } else if let from = star, path[from.t] != slash {
        star = (from.p, from.t + 1)
        (p, t) = (from.p, from.t + 1)
      } else if let from = deep {
        var next = from.t + 1
        while from.startsPart, next < path.endIndex, path[next - 1] != slash { next += 1 }
        deep = (from.p, next, from.startsPart)
        star = nil
        (p, t) = (from.p, next)
      } else {
        return false
      }
    }
    while p < pattern.endIndex, pattern[p] == asterisk { p += 1 }
    return p == pattern.endIndex
  }
}
