// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Paths as text.
enum FilePaths {
  /// Without `.`, `..` and doubled slashes where they can be resolved.
  static func clean(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        if let last = parts.last, last != ".." { parts.removeLast() } else if !isAbsolute { parts.append(part) }
      default: parts.append(part)
      }
    }
    let text = parts.joined(separator: "/")
    return isAbsolute ? "/" + text : text.isEmpty ? "." : text
  }

  /// A path seen from a folder; absolute paths stay.
  static func join(_ folder: String, _ path: String) -> String {
    clean(path.hasPrefix("/") ? path : folder.isEmpty || folder == "." ? path : folder + "/" + path)
  }

  /// How `path` is written from `folder`; both lie in one tree and are clean and relative to it.
  static func relative(_ path: String, from folder: String) -> String {
    let to = path == "." ? [] : path.split(separator: "/")
    let from = folder == "." ? [] : folder.split(separator: "/")
    let shared = zip(to, from).prefix { $0 == $1 }.count
    let up = [Substring](repeating: "..", count: from.count - shared)
    let text = (up + to[shared...]).joined(separator: "/")
    return text.isEmpty ? "." : text
  }
}

/// The scanned folder. Nothing outside of it is read, whatever links and `..` say.
package final class SourceTree {
  /// Largest file that is read.
  static let largest = 64 << 20
  /// Most files that a folder, or a search of one, may have.
  static let mostFiles = 200_000

  /// The folder, absolute and with links resolved.
  let root: String

  package init(_ folder: String) throws(Diagnostic) {
    guard let real = Self.real(folder) else {
      throw Diagnostic(.file, "the folder '\(folder)' cannot be read; does it exist?", at: nil)
    }
    root = real
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private func isWithin(_ absolute: String) -> Bool {
    root == "/" || absolute == root || absolute.utf8.starts(with: (root + "/").utf8)
  }

  /// The absolute path of what lies within the tree; nil where it does not or is not there.
  private func resolve(_ path: String) -> String? {
    guard let real = Self.real(FilePaths.join(root, path)), isWithin(real) else { return nil }
    return real
  }

  /// Whether a path, as it is written, leads out of the tree.
  func leads(out path: String) -> Bool { !isWithin(FilePaths.join(root, path)) }

  enum Failure: Error { case outside, missing, tooLarge }

  /// - Parameter path: relative to the tree, or absolute.
  func read(_ path: String) throws(Failure) -> [UInt8] {
    if leads(out: path) { throw .outside }
    guard let real = Self.real(FilePaths.join(root, path)) else { throw .missing }
    guard isWithin(real) else { throw .outside }
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .missing }
    guard status.st_size <= Self.largest else { throw .tooLarge }
    guard let data = FileManager.default.contents(atPath: real) else { throw .missing }
    return [UInt8](data)
  }

  func isFile(_ path: String) -> Bool {
    guard let real = resolve(path) else { return false }
    var status = stat()
    return stat(real, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The entries of a folder by name; none where it cannot be read.
  func list(_ folder: String) -> [(name: String, isFolder: Bool)] {
    guard let real = resolve(folder), let names = try? FileManager.default.contentsOfDirectory(atPath: real) else {
      return []
    }
    return names.sorted().prefix(Self.mostFiles).compactMap { name in
      var status = stat()
      guard lstat(real + "/" + name, &status) == 0 else { return nil }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return (name, true)
      case S_IFREG: return (name, false)
      // A link to a file counts as the file if that lies within; links to folders may lead in circles.
      case S_IFLNK: return isFile(FilePaths.join(folder, name)) ? (name, false) : nil
      default: return nil
      }
    }
  }
}

/// Where the functions of a root module read files: relative paths start at the root's folder.
final class FileAccess {
  let tree: SourceTree
  /// The root module's folder, relative to the tree.
  let folder: String

  init(_ tree: SourceTree, folder: String) {
    self.tree = tree
    self.folder = folder
  }

  private func path(_ path: String) -> String { FilePaths.join(folder, path) }

  func absolute(_ path: String) -> String { FilePaths.join(FilePaths.join(tree.root, folder), path) }

  func read(_ path: String) throws(FunctionFailure) -> [UInt8] {
    do {
      return try tree.read(self.path(path))
    } catch {
      switch error {
      case .outside: throw outside(path)
      case .missing: throw FunctionFailure("there is no file \"\(path)\"", code: .file)
      case .tooLarge: throw FunctionFailure("the file \"\(path)\" is too large", code: .tooLarge)
      }
    }
  }

  private func outside(_ path: String) -> FunctionFailure {
    FunctionFailure("\"\(path)\" lies outside of the scanned folder and is not read", code: .file)
  }

  func exists(_ path: String) throws(FunctionFailure) -> Bool {
    if tree.leads(out: self.path(path)) { throw outside(path) }
    return tree.isFile(self.path(path))
  }

  /// Files below a folder whose path from there matches a pattern.
  func matching(_ pattern: String, in folder: String) throws(FunctionFailure) -> [String] {
    if tree.leads(out: path(folder)) || pattern.split(separator: "/").contains("..") {
      throw outside(folder + "/" + pattern)
    }
    let globs = try Glob.alternatives(pattern)
    var found: [String] = []
    var folders = [""]
    var seen = 0
    while let next = folders.popLast() {
      for entry in tree.list(FilePaths.join(path(folder), next.isEmpty ? "." : next)) {
        seen += 1
        guard seen <= SourceTree.mostFiles else {
          throw FunctionFailure("the folder holds more than \(SourceTree.mostFiles) files", code: .tooLarge)
        }
        let name = next.isEmpty ? entry.name : next + "/" + entry.name
        if entry.isFolder {
          if name.utf8.count < 2000 { folders.append(name) }
        } else if globs.contains(where: { Glob.matches($0, name) }) {
          found.append(name)
        }
      }
    }
    return found.sorted()
  }
}

/// Patterns of `fileset`: `*`, `?`, `[a-z]`, `**` for any folders, `{a,b}` for either.
enum Glob {
  private static let mostAlternatives = 1000

  /// The patterns that one with braces stands for.
  static func alternatives(_ pattern: String) throws(FunctionFailure) -> [String] {
    var done: [String] = []
    var open = [pattern]
    while let next = open.popLast() {
      guard let start = next.firstIndex(of: "{"), let end = next[start...].firstIndex(of: "}") else {
        done.append(next)
        continue
      }
      let (before, inner, after) = (next[..<start], next[start..<end].dropFirst(), next[end...].dropFirst())
      for choice in inner.split(separator: ",", omittingEmptySubsequences: false) {
        open.append(String(before) + String(choice) + String(after))
      }
      guard open.count + done.count <= mostAlternatives else {
        throw FunctionFailure("the pattern has too many braces")
      }
    }
    return done
  }

  static func matches(_ pattern: String, _ path: String) -> Bool {
    matches(pattern.split(separator: "/")[...], path.split(separator: "/")[...])
  }

  private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == "**" {
      var rest = path
      while true {
        if matches(pattern.dropFirst(), rest) { return true }
        guard !rest.isEmpty else { return false }
        rest = rest.dropFirst()
      }
    }
    guard let name = path.first, component(Array(first), Array(name)) else { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }

  private static func component(_ pattern: [Character], _ name: [Character]) -> Bool {
    var (p, n) = (0, 0)
    var back: (p: Int, n: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        back = (p, n)
        p += 1
      } else if p < pattern.count, let next = one(pattern, p, name[n]) {
        p = next
        n += 1
      } else if let last = back {
        back = (last.p, last.n + 1)
        (p, n) = (last.p + 1, last.n + 1)
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == "*" { p += 1 }
    return p == pattern.count
  }

  /// Where the pattern goes on after the character; nil where it does not match.
  private static func one(_ pattern: [Character], _ at: Int, _ character: Character) -> Int? {
    switch pattern[at] {
    case "?": return at + 1
    case "\\" where at + 1 < pattern.count: return pattern[at + 1] == character ? at + 2 : nil
    case "[":
      guard let end = pattern[(at + 1)...].firstIndex(of: "]") else { return nil }
      var inner = pattern[(at + 1)..<end]
      let negated = inner.first == "^" || inner.first == "!"
      if negated { inner = inner.dropFirst() }
      var found = false
      while let low = inner.first {
        inner = inner.dropFirst()
        var high = low
        if inner.first == "-", inner.count > 1 {
          high = inner[inner.startIndex + 1]
          inner = inner.dropFirst(2)
        }
        if low <= character, character <= high { found = true }
      }
      return found != negated ? end + 1 : nil
    default: return pattern[at] == character ? at + 1 : nil
    }
  }
}
