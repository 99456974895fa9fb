// SPDX-License-Identifier: Apache-2.0
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The profiles of `~/.aws/config` and `~/.aws/credentials`; the latter's keys win.
package struct ProfileFiles: Sendable {
  /// A value and where it stands.
  package struct Setting: Sendable, Equatable {
    package let value: String
    /// `FILE:LINE`.
    package let place: String
  }

  package struct Profile: Sendable {
    package let name: String
    /// Where it begins: `FILE:LINE`.
    package let place: String
    package fileprivate(set) var settings: [String: Setting] = [:]

    /// The value of a setting; nil where it is absent or empty.
    package subscript(key: String) -> String? { setting(key)?.value }
    func setting(_ key: String) -> Setting? { settings[key].flatMap { $0.value.isEmpty ? nil : $0 } }
    /// Where to look to mend a setting.
    func place(of key: String) -> String { settings[key]?.place ?? place }
  }

  package private(set) var profiles: [String: Profile] = [:]
  /// What makes the files unreadable, the first of them: `FILE:LINE: what is wrong`.
  package private(set) var problem: CredentialError?
  /// The files that were looked for.
  package let paths: [String]

  package init(environment: [String: String]) {
    func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let home = environment["HOME"] ?? ""
    func full(_ path: String) -> String { path.hasPrefix("~/") ? home + path.dropFirst() : path }
    let config = full(given("AWS_CONFIG_FILE") ?? "~/.aws/config")
    let shared = full(given("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials")
    var problem: CredentialError?
    let texts = [config, shared].map { path in
      let (text, failure) = Self.read(path)
      problem = problem ?? failure
      return text
    }
    self.init(config: texts[0], credentials: texts[1], paths: [config, shared])
    self.problem = problem ?? self.problem
  }

  package init(config: String, credentials: String, paths: [String] = ["config", "credentials"]) {
    self.paths = paths
    var parser = Parser(file: paths[0])
    for section in parser.parse(config) {
      let words = section.name.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      let name: String
      if section.name == "default" {
        name = "default"
      } else if words.count == 2, words[0] == "profile" {
        name = Self.unquoted(words[1].trimmed)
      } else {
        continue
      }
      add(section, named: name)
    }
    problem = parser.problem
    parser = Parser(file: paths[1])
    for section in parser.parse(credentials) {
      // Keys come from one file whole: a key of one and a session token of the other do not belong together.
      if section.settings["aws_access_key_id"] != nil {
        for key in Self.keyNames { profiles[section.name]?.settings[key] = nil }
      }
      add(section, named: section.name)
    }
    problem = problem ?? parser.problem
  }

  private static let keyNames = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]

  private mutating func add(_ section: Section, named name: String) {
    profiles[name, default: Profile(name: name, place: section.place)].settings.merge(section.settings) { $1 }
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, first == "\"" || first == "'", text.last == first else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }

  private static func read(_ path: String) -> (String, CredentialError?) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return ("", nil) }
    guard !isFolder, let data = FileManager.default.contents(atPath: path) else {
      return ("", CredentialError("\(path): cannot be read"))
    }
    guard data.count < 4 << 20 else { return ("", CredentialError("\(path): too large to be a file of profiles")) }
    return (String(decoding: data, as: UTF8.self), nil)
  }

  private struct Section {
    let name: String
    let place: String
    var settings: [String: Setting] = [:]
  }

  /// Reads the INI dialect of the AWS tools. Messages never show a line, for it may hold a secret.
  private struct Parser {
    let file: String
    var problem: CredentialError?

    init(file: String) { self.file = file }

    private mutating func complain(_ line: Int, _ text: String) {
      problem = problem ?? CredentialError("\(file):\(line): \(text)")
    }

    mutating func parse(_ text: String) -> [Section] {
      var sections: [Section] = []
      // Deeper lines belong to a nested setting (`s3 =`), which we do not use.
      var indent: Int?
      let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
      for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        let number = index + 1
        let content = line.trimmed
        guard let first = content.first, first != "#", first != ";" else { continue }
        let depth = line.prefix(while: \.isWhitespace).count
        if first == "[" {
          indent = nil
          guard let close = content.firstIndex(of: "]"), content.index(after: content.startIndex) < close else {
            complain(number, "a section's name ends with ']', as in [default]; is the file written to its end?")
            continue
          }
          let name = content[content.index(after: content.startIndex)..<close].trimmed
          sections.append(Section(name: name, place: "\(file):\(number)"))
          continue
        }
        if let indent, depth > indent { continue }
        indent = depth
        guard let equals = content.firstIndex(of: "="), equals > content.startIndex else {
          complain(number, "not a setting (NAME = VALUE); is the file written to its end?")
          continue
        }
        guard !sections.isEmpty else {
          complain(number, "a setting before the first section, such as [default]")
          continue
        }
        var value = content[content.index(after: equals)...].trimmed
        if let comment = value.firstRange(of: " #") ?? value.firstRange(of: " ;") {
          value = value[..<comment.lowerBound].trimmed
        }
        sections[sections.count - 1].settings[content[..<equals].trimmed.lowercased()] = Setting(
          value: value, place: "\(file):\(number)")
      }
      return sections
    }
  }
}
