// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder of code that is scanned: what lies in it, and nothing beside it, can be read.
package struct CodeFolder: Sendable {
  /// Files of one scan, and bytes of one file.
  package static let fileLimit = 200_000
  package static let sizeLimit = 64 << 20
  /// Folders that hold no code of the user's own, besides those whose name begins with a dot.
  private static let skipped: Set<String> = ["node_modules", "__pycache__"]

  /// The folder as the system knows it, and as the user named it.
  let root: String
  package let name: String
  /// Paths of the files below the folder, in order.
  package private(set) var files: [String]
  let isSingleFile: Bool

  /// - Parameter path: a folder, or a single file of one.
  /// - Throws: ``CodeError`` where there is nothing to read.
  package init(_ path: String) throws(CodeError) {
    let manager = FileManager.default
    var isFolder = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CodeError("there is no such file or folder", at: CodePlace(path: path, line: 1, column: 1))
    }
    isSingleFile = !isFolder
    if isFolder {
      name = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      root = URL(filePath: path).resolvingSymlinksInPath().path
      var found: [String] = []
      Self.walk(root, "", &found, depth: 0)
      files = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } else {
      let slash = path.lastIndex(of: "/")
      let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
      name = slash == nil ? "" : folder
      root = URL(filePath: folder).resolvingSymlinksInPath().path
      files = [slash.map { String(path[path.index(after: $0)...]) } ?? path]
    }
  }

  private static func walk(_ folder: String, _ prefix: String, _ found: inout [String], depth: Int) {
    guard depth < 64, found.count < fileLimit,
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return }
    for name in names.sorted() {
      let full = folder + "/" + name
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: full),
        let type = attributes[.type] as? FileAttributeType
      else { continue }
      // A link may lead out of the folder or round in a circle; what it names inside the folder is met anyway.
      if type == .typeDirectory {
        guard !name.hasPrefix("."), !skipped.contains(name) else { continue }
        walk(full, prefix + name + "/", &found, depth: depth + 1)
      } else if type == .typeRegular {
        found.append(prefix + name)
      }
    }
  }

  /// Passes over files; they can still be read where others name them.
  package mutating func exclude(_ isExcluded: (String) -> Bool) { files.removeAll(where: isExcluded) }

  /// The path to show to a person.
  package func shown(_ file: String) -> String { name.isEmpty || name == "." ? file : "\(name)/\(file)" }

  /// The file that ``shown(_:)`` gives this path for; nil where it is not of this folder.
  package func file(shown path: String) -> String? {
    if name.isEmpty || name == "." { return path.hasPrefix("/") ? nil : path }
    return path.hasPrefix(name + "/") ? String(path.dropFirst(name.count + 1)) : nil
  }

  /// The bytes of a file below the folder; nil where there is none, it is too large, or its path leads out.
  package func read(_ file: String) -> [UInt8]? {
    guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else { return nil }
    let path = URL(filePath: root + "/" + file).resolvingSymlinksInPath().path
    guard path.hasPrefix(root == "/" ? "/" : root + "/"),
      let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int, size <= Self.sizeLimit
    else { return nil }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }
}
