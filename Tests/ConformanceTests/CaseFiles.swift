// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Cases that nobody of this project wrote. They are not part of the repository: `PLUMB_CASES` names the folder that
/// holds them, or they are looked for beside the package under `shared/`.
enum CaseFiles {
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file or folder of the cases; nil where it is not there.
  static func find(_ path: String) -> URL? {
    let environment = ProcessInfo.processInfo.environment
    var folders = [package.deletingLastPathComponent().appending(path: "shared")]
    if let named = environment["PLUMB_CASES"] { folders.insert(URL(filePath: named), at: 0) }
    return folders.map { $0.appending(path: path) }.first { FileManager.default.fileExists(atPath: $0.path) }
  }
}

/// What became of the cases of one suite: tells, writes down what failed, and holds what once passed.
struct Tally {
  /// Name of the suite, of its file of pins and its file of failures.
  let suite: String
  private var outcomes: [(id: String, family: String, failure: String?)] = []

  init(_ suite: String) { self.suite = suite }

  /// - Parameter failure: nil where the case passed.
  mutating func add(_ id: String, family: String, failure: String?) { outcomes.append((id, family, failure)) }

  /// Prints a line per family, writes `.build/conformance/SUITE.txt`, and records an issue for each case that is pinned
  /// and failed. `PLUMB_PIN=1` pins what passes.
  func settle() throws {
    for (family, list) in Dictionary(grouping: outcomes, by: \.family).sorted(by: { $0.key < $1.key }) {
      print("conformance \(suite) \(family): \(list.count { $0.failure == nil }) of \(list.count) pass")
    }
    let folder = CaseFiles.package.appending(path: ".build/conformance")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let failures = outcomes.compactMap { outcome in
      outcome.failure.map { "\(outcome.family)\t\(outcome.id)\t\($0.replacing("\n", with: " "))\n" }
    }
    try Data(failures.joined().utf8).write(to: folder.appending(path: "\(suite).txt"))
    let pins = CaseFiles.package.appending(path: "Tests/ConformanceTests/pinned/\(suite)")
    if ProcessInfo.processInfo.environment["PLUMB_PIN"] != nil {
      let passed = Set(outcomes.filter { $0.failure == nil }.map(\.id)).sorted()
      try Data(passed.map { $0 + "\n" }.joined().utf8).write(to: pins)
    }
    let text = (try? String(contentsOf: pins, encoding: .utf8)) ?? ""
    let pinned = Set(text.split(separator: "\n").map(String.init))
    for outcome in outcomes where pinned.contains(outcome.id) {
      if let failure = outcome.failure { Issue.record("\(suite) \(outcome.id): \(failure)") }
    }
  }
}
