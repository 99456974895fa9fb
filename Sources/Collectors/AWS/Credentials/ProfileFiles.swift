// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The profiles of `~/.aws/config` and `~/.aws/credentials`; the latter's keys win.
package struct ProfileFiles: Sendable {
  package private(set) var profiles: [String: [String: String]] = [:]

  package init(environment: [String: String]) {
    let home = environment["HOME"] ?? ""
    let config = environment["AWS_CONFIG_FILE"] ?? "~/.aws/config"
    let shared = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials"
    self.init(config: Self.read(config, home), credentials: Self.read(shared, home))
  }

  package init(config: String, credentials: String) {
    for (section, values) in Self.parse(config) {
      let name: String? =
        section == "default" ? "default" : section.hasPrefix("profile ") ? section.dropFirst(8).trimmed : nil
      if let name { profiles[name, default: [:]].merge(values) { $1 } }
    }
    for (section, values) in Self.parse(credentials) { profiles[section, default: [:]].merge(values) { $1 } }
  }

  private static func read(_ path: String, _ home: String) -> String {
    let full = path.hasPrefix("~/") ? home + path.dropFirst() : path
    guard let data = FileManager.default.contents(atPath: full), data.count < 4 << 20 else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  private static func parse(_ text: String) -> [(section: String, values: [String: String])] {
    var sections: [(section: String, values: [String: String])] = []
    for line in text.split(whereSeparator: \.isNewline) {
      // Indented lines belong to a nested setting (`s3 =`), which we do not use.
      guard let first = line.first, first != "#", first != ";", !first.isWhitespace else { continue }
      if first == "[" {
        sections.append((line.dropFirst().prefix { $0 != "]" }.trimmed, [:]))
      } else if let equals = line.firstIndex(of: "="), !sections.isEmpty {
        var value = line[line.index(after: equals)...].trimmed
        if let comment = value.firstRange(of: " #") ?? value.firstRange(of: " ;") {
          value = value[..<comment.lowerBound].trimmed
        }
        sections[sections.count - 1].values[line[..<equals].trimmed.lowercased()] = value
      }
    }
    return sections
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
