// SPDX-License-Identifier: Apache-2.0
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Files that differ from a commit, as git tells: committed, staged, edited, or not yet added.
struct ChangedFiles {
  private var paths: Set<String> = []
  private var known: [String: Bool] = [:]
  private let git: String

  /// - Parameters:
  ///   - folders: a folder of each repository.
  ///   - reference: a commit, branch or tag. Where it and HEAD went different ways, what changed since they parted counts.
  init(in folders: [String], since reference: String) throws {
    guard let git = Program.found(["git"]) else { throw UsageError("--changed-since needs git, and none is in PATH") }
    self.git = git
    // A word that begins with a dash would be an option to git.
    let isName =
      !reference.isEmpty && !reference.hasPrefix("-") && reference.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    guard isName else { throw UsageError("--changed-since '\(reference)': name a commit, branch or tag") }
    for folder in folders {
      guard let top = text(folder, ["rev-parse", "--show-toplevel"]) else {
        throw UsageError("--changed-since: '\(folder)' is in no repository of git")
      }
      guard let commit = text(folder, ["rev-parse", "--verify", "--quiet", reference + "^{commit}"]) else {
        throw UsageError("--changed-since \(reference): the repository has no such commit, branch or tag")
      }
      let base = text(folder, ["merge-base", commit, "HEAD"]) ?? commit
      let changed = ["diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", base, "--"]
      let added = ["ls-files", "-z", "--others", "--exclude-standard", "--full-name"]
      for question in [changed, added] {
        guard let answer = run(top, question) else {
          throw UsageError("--changed-since: git \(question[0]) failed in \(top)")
        }
        for path in answer.split(separator: 0) {
          paths.insert(Self.whole(top + "/" + String(decoding: path, as: UTF8.self)))
        }
      }
    }
  }

  /// - Parameter path: from where the program runs.
  mutating func contains(_ path: String) -> Bool {
    if let answer = known[path] { return answer }
    let answer = paths.contains(Self.whole(path))
    known[path] = answer
    return answer
  }

  private static func whole(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

  private func text(_ folder: String, _ question: [String]) -> String? {
    guard let bytes = run(folder, question) else { return nil }
    let text = String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  private func run(_ folder: String, _ question: [String]) -> [UInt8]? {
    // The repository is not trusted: nothing that its configuration names is run. A hook of git, which may have started
    // us, sets variables that would point to another repository.
    Program.output(
      [git, "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", folder] + question,
      without: ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF"])
  }
}
