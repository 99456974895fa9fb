// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import Synchronization

/// The aliases that ship with the program: `Content/azurepolicy/aliases.txt`, whose format Scripts/azure-aliases.py
/// explains. A type's aliases are decoded when the first of them is asked for.
final class AliasTable: Sendable {
  private struct Section: Sendable {
    let type: String
    let range: Range<Int>
  }

  private struct Entry: Sendable {
    let name: String
    let source: FieldSource
  }

  private let bytes: [UInt8]
  private let segments: [String]
  /// By lower-case type.
  private let sections: [String: Section]
  /// Aliases that do not begin with a type: paths by lower-case type, by lower-case alias.
  private let typeless: [String: [String: FieldPath]]
  private let decoded = Mutex<[String: [String: Entry]]>([:])

  /// Nil where the text is not in the format.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    var segments: [String] = []
    var sections: [String: Section] = [:]
    var typeless: [String: [String: FieldPath]] = [:]
    var type: String?
    var at = 0
    while at < bytes.count {
      let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
      let mark = bytes[at]
      func text() -> String { String(decoding: bytes[(at + 1)..<end], as: UTF8.self) }
      if let name = type {
        sections[name.lowercased()] = Section(type: name, range: at..<end)
        type = nil
      } else if mark == UInt8(ascii: "=") {
        segments = text().split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      } else if mark == UInt8(ascii: ">") {
        type = text()
      } else if mark == UInt8(ascii: "~") {
        let parts = text().split(separator: "\t").map(String.init)
        guard parts.count == 3, let path = FieldPath(parts[2]) else { return nil }
        typeless[parts[0].lowercased(), default: [:]][parts[1].lowercased()] = path
      } else if mark != UInt8(ascii: "#") {
        return nil
      }
      at = end + 1
    }
    guard !segments.isEmpty, !sections.isEmpty else { return nil }
    self.segments = segments
    self.sections = sections
    self.typeless = typeless
  }

  /// Where the alias of that lower-case name is found; nil where the table has none.
  func field(_ key: String) -> FieldSource? {
    if let paths = typeless[key] { return FieldSource(.byType(paths)) }
    let head = key.prefix { $0 != "[" }
    guard let slash = head.lastIndex(of: "/") else { return nil }
    return entries(of: String(head[..<slash]))[String(key[key.index(after: slash)...])]?.source
  }

  /// The names of a lower-case type's aliases.
  func aliases(of type: String) -> [String] {
    guard let section = sections[type] else { return [] }
    return entries(of: type).values.map { section.type + "/" + $0.name }
  }

  func hasType(_ type: String) -> Bool { sections[type] != nil }

  private func entries(of type: String) -> [String: Entry] {
    guard let section = sections[type] else { return [:] }
    return decoded.withLock { decoded in
      if let found = decoded[type] { return found }
      let entries = decode(section)
      decoded[type] = entries
      return entries
    }
  }

  private func decode(_ section: Section) -> [String: Entry] {
    var found: [String: Entry] = [:]
    var paths: [[String]: [String]] = [:]
    var name: [String] = []
    var at = section.range.lowerBound
    let end = section.range.upperBound
    func segment() -> String? {
      guard at < end, bytes[at] >= 0x30 else { return nil }
      let wide = bytes[at] >= 0x70
      guard at + (wide ? 2 : 1) < end else { return nil }
      let low = Int(bytes[at + 1] &- 0x30)
      let index =
        wide
        ? 4096 + Int(bytes[at] - 0x70) * 4096 + low * 64 + Int(bytes[at + 2] &- 0x30) : Int(bytes[at] - 0x30) * 64 + low
      at += wide ? 3 : 2
      return index < segments.count ? segments[index] : nil
    }
    while at < end {
      let depth = Int(bytes[at]) - 0x21
      guard (0...14).contains(depth), depth <= name.count else { return found }
      at += 1
      name.removeSubrange(depth...)
      while at < end, bytes[at] >= 0x30, bytes[at] < 0x7B, let next = segment() { name.append(next) }
      guard !name.isEmpty else { return found }
      let lower = name.map { $0.lowercased() }
      let parent = (1..<max(1, name.count)).reversed().first { paths[Array(lower[..<$0])] != nil }
      let start = parent.flatMap { paths[Array(lower[..<$0])] } ?? ["properties"]
      let rest = name[(parent ?? 0)...]
      var path = start + rest
      if at < end, bytes[at] >= 0x7B {
        let mark = bytes[at]
        at += 1
        if mark == UInt8(ascii: "{") {
          path = name
        } else if mark == UInt8(ascii: "|") {
          path = start + ["properties"] + rest
        } else if at < end {
          path = []
          let count = Int(bytes[at]) - 0x21
          at += 1
          for _ in 0..<max(0, count) { path.append(segment() ?? "") }
        }
      }
      paths[lower] = path
      let text = Self.joined(name)
      let steps = path.map { $0 == "[*]" ? FieldPath.Step.all : .key(ARMText.folded($0)) }
      found[text.lowercased()] = Entry(
        name: text, source: FieldSource(.path(FieldPath(steps: steps)), type: section.type.lowercased()))
    }
    return found
  }

  private static func joined(_ segments: [String]) -> String {
    segments.reduce("") { $0.isEmpty || $1 == "[*]" ? $0 + $1 : $0 + "." + $1 }
  }
}
