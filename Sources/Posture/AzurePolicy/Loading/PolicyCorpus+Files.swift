// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PolicyCorpus {
  /// Folders in folders, and files in all: more are refused.
  private static let deepest = 32
  private static let mostFiles = 200_000

  /// Reads files, and folders with all below: exports, the layout of the public repository of built-in policies, or
  /// that of Enterprise Policy as Code.
  ///
  /// What is not about policy is passed over in a folder, and an error where it was named itself. What is wrong with
  /// objects is kept in ``problems``.
  ///
  /// - Parameters:
  ///   - paths: in their order; of two objects with one id the first counts.
  ///   - environment: the environment of Enterprise Policy as Code; all where it is nil.
  /// - Throws: ``ContentError`` where a path cannot be read.
  package mutating func load(_ paths: [String], environment: String? = nil) throws(ContentError) {
    var reader = PolicyReader()
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw ContentError(.unreadable, "there is no such file or folder", at: ContentLocation(path: path))
      }
      guard isFolder else {
        try load(file: path, &reader, isNamed: true)
        finish(&reader, PacSettings(), nil)
        continue
      }
      var files: [String] = []
      try Self.list(path, depth: 0, &files)
      let settings = try settings(above: path, among: files, &reader)
      if let environment, !settings.environments.isEmpty,
        !settings.environments.contains(where: { $0.selector.lowercased() == environment.lowercased() })
      {
        let names = settings.environments.map(\.selector)
        let hint = Spelling.nearest(to: environment, in: names).map { "did you mean '\($0)'?" }
        throw ContentError(
          .invalidValue,
          "there is no environment '\(environment)'; \(hint ?? "there are \(names.joined(separator: ", "))")",
          at: ContentLocation(path: path))
      }
      let chosen = environment ?? settings.environments.first?.selector
      reader.definitionScope = settings.environments.first { $0.selector == chosen }?.rootScope ?? ""
      // The clouds of governments have the same definitions under the same names: the public ones count.
      let isOther = { (file: String) in file.contains("/Azure Government/") }
      for file in files where !isOther(file) { try load(file: file, &reader, isNamed: false) }
      let known = reader.records.count
      for file in files where isOther(file) { try load(file: file, &reader, isNamed: false) }
      reader.dropKnown(from: known)
      finish(&reader, settings, environment)
    }
  }

  private mutating func finish(_ reader: inout PolicyReader, _ settings: PacSettings, _ environment: String?) {
    problems += reader.problems
    add(reader.records)
    for tree in reader.trees {
      let (records, wrong) = tree.assignments(settings, only: environment)
      problems += wrong
      add(records)
    }
    reader = PolicyReader()
  }

  private func settings(
    above folder: String, among files: [String], _ reader: inout PolicyReader
  ) throws(ContentError) -> PacSettings {
    let names = ["global-settings.jsonc", "global-settings.json"]
    let parent = folder.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let beside = names.map { "\(parent.isEmpty ? ".." : parent)/\($0)" }
    let inside = files.first { file in names.contains { file.lowercased().hasSuffix("/\($0)") } }
    guard let path = inside ?? beside.first(where: FileManager.default.fileExists) else { return PacSettings() }
    do {
      return try PacSettings(PolicySource(parsing: try Self.bytes(path), path: path))
    } catch {
      reader.tell(PolicyFault(error))
      return PacSettings()
    }
  }

  private func load(file path: String, _ reader: inout PolicyReader, isNamed: Bool) throws(ContentError) {
    let lower = path.lowercased()
    if lower.hasSuffix(".csv") {
      guard isNamed || lower.contains("/policyexemptions/") else { return }
      let (sources, problems) = ExemptionTable.read(try Self.bytes(path), path: path)
      problems.forEach { reader.tell($0) }
      for source in sources { reader.record(.exemption, source.root, source) }
      return
    }
    guard isNamed || lower.hasSuffix(".json") || lower.hasSuffix(".jsonc") else { return }
    guard isNamed || !lower.hasSuffix("/global-settings.jsonc") && !lower.hasSuffix("/global-settings.json") else {
      return
    }
    let source: PolicySource
    do {
      source = try PolicySource(parsing: try Self.bytes(path), path: path)
    } catch {
      reader.tell(PolicyFault(error))
      return
    }
    if !reader.read(source), isNamed {
      reader.tell(
        PolicyFault(
          ContentError(
            .invalidValue, "this is no policy definition, initiative, assignment, exemption or attestation",
            at: source.location(of: source.root))))
    }
  }

  static func bytes(_ path: String) throws(ContentError) -> [UInt8] {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    guard size <= PolicySource.fileSizeLimit else {
      throw ContentError(
        .tooLarge, "the file is larger than \(PolicySource.fileSizeLimit >> 20) MB", at: ContentLocation(path: path))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ContentError(.unreadable, "the file cannot be read", at: ContentLocation(path: path))
    }
    return Array(data)
  }

  static func list(_ folder: String, depth: Int, _ files: inout [String]) throws(ContentError) {
    guard depth < deepest else {
      throw ContentError(
        .tooLarge, "folders stand in folders more than \(deepest) deep", at: ContentLocation(path: folder))
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw ContentError(.unreadable, "the folder cannot be read", at: ContentLocation(path: folder))
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder {
        try list(path, depth: depth + 1, &files)
      } else {
        guard files.count < mostFiles else {
          throw ContentError(
            .tooLarge, "the folder holds more than \(mostFiles) files", at: ContentLocation(path: folder))
        }
        files.append(path)
      }
    }
  }
}

extension PolicyCorpus {
  /// All files below a folder, in their order.
  ///
  /// - Throws: ``ContentError`` where a folder cannot be read, or there are too many.
  package static func files(below folder: String) throws(ContentError) -> [String] {
    var files: [String] = []
    try list(folder, depth: 0, &files)
    return files
  }
}
