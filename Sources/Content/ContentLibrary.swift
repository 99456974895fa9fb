// SPDX-License-Identifier: Apache-2.0
internal import CContent

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A file of knowledge: a check, a collector's specification, a table of defaults.
package struct ContentFile: Sendable {
  /// Path below the content root (`checks/aws/s3/versioning.yaml`).
  package let path: String
  /// The path to name to a person: a user's file as the system knows it, an embedded one as `Content/...`.
  package let displayPath: String
  package let bytes: [UInt8]

  package init(path: String, displayPath: String? = nil, bytes: [UInt8]) {
    self.path = path
    self.displayPath = displayPath ?? "Content/" + path
    self.bytes = bytes
  }
}

/// The content that ships inside the binary, extended or overridden by folders of the same layout.
///
/// Nothing is read until a folder is asked for, and then only what lies in that folder.
///
///     let library = ContentLibrary(overrides: ["my-content"])
///     for file in try library.files(under: "checks/aws") { ... }
package struct ContentLibrary: Sendable {
  /// A user's content larger than this is refused.
  package static let fileSizeLimit = 16 << 20

  private let overrides: [String]
  /// The files that take the place of all others, by path.
  private let fixed: [String: ContentFile]?

  /// - Parameter overrides: folders laid out as `Content/`; the last one that has a file wins.
  package init(overrides: [String] = []) {
    self.overrides = overrides
    fixed = nil
  }

  /// A library of these files alone: neither what ships inside the binary nor any folder is looked at.
  package init(files: [ContentFile]) {
    overrides = []
    fixed = Dictionary(files.map { ($0.path, $0) }) { $1 }
  }

  /// The files below `folder` in order of their paths.
  ///
  /// - Throws: ``ContentError`` where a user's folder is missing or a file of it cannot be read.
  package func files(under folder: String, suffix: String = ".yaml") throws(ContentError) -> [ContentFile] {
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    let wanted = { (path: String) in path.hasPrefix(prefix) && path.hasSuffix(suffix) }
    if let fixed {
      return fixed.values.filter { wanted($0.path) }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
    var found: [String: ContentFile] = [:]
    for index in 0..<plumb_content_count() {
      let file = plumb_content_at(index)
      let path = String(cString: file.path)
      guard wanted(path) else { continue }
      found[path] = ContentFile(path: path, bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
    for override in overrides {
      for path in try Self.paths(below: override) where wanted(path) {
        found[path] = try Self.read(path, below: override)
      }
    }
    return found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The file at exactly `path`; nil where there is none.
  package func file(at path: String) throws(ContentError) -> ContentFile? {
    if let fixed { return fixed[path] }
    for override in overrides.reversed() where FileManager.default.fileExists(atPath: "\(override)/\(path)") {
      return try Self.read(path, below: override)
    }
    for index in 0..<plumb_content_count() {
      let file = plumb_content_at(index)
      guard String(cString: file.path) == path else { continue }
      return ContentFile(path: path, bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
    return nil
  }

  /// Paths of all embedded files.
  package static var embeddedPaths: [String] {
    (0..<plumb_content_count()).map { String(cString: plumb_content_at($0).path) }
  }

  private static func paths(below root: String) throws(ContentError) -> [String] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isDirectory), isDirectory else {
      throw ContentError(.unreadable, "there is no content folder here", at: ContentLocation(path: root))
    }
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: root)
    } catch {
      throw ContentError(.unreadable, "cannot list the folder", at: ContentLocation(path: root))
    }
  }

  private static func read(_ path: String, below root: String) throws(ContentError) -> ContentFile {
    let full = root.hasSuffix("/") ? root + path : "\(root)/\(path)"
    guard let data = FileManager.default.contents(atPath: full) else {
      throw ContentError(.unreadable, "cannot read the file", at: ContentLocation(path: full))
    }
    guard data.count <= fileSizeLimit else {
      let limit = fileSizeLimit >> 20
      throw ContentError(.tooLarge, "the file is larger than \(limit) MB", at: ContentLocation(path: full))
    }
    return ContentFile(path: path, displayPath: full, bytes: Array(data))
  }
}
