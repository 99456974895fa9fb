// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// HTML that is escaped by construction.
///
/// What stands literally in the source is markup; whatever is put into it (`\(name)`) is text and is escaped, in content and
/// in quoted attributes alike. A text that came from elsewhere cannot become markup: only `StaticString` literals do.
package struct Markup: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A picture that another room made and escaped.
  init(picture svg: String) { bytes = Array(svg.utf8) }

  package var isEmpty: Bool { bytes.isEmpty }

  package mutating func append(_ other: Markup) { bytes += other.bytes }

  package static func += (left: inout Markup, right: Markup) { left.append(right) }
  package static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum.append(right)
    return sum
  }

  /// One after the other.
  init(_ parts: some Sequence<Markup>, separator: Markup = Markup()) {
    var isFirst = true
    for part in parts {
      if !isFirst { append(separator) }
      append(part)
      isFirst = false
    }
  }

  fileprivate mutating func literal(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  fileprivate mutating func escape(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      for byte in buffer {
        switch byte {
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
        case 0x09, 0x0A: bytes.append(byte)
        // What cannot stand in a document at all is shown as what it is: a letter that is not one.
        case 0..<0x20, 0x7F: bytes.append(contentsOf: "\u{FFFD}".utf8)
        default: bytes.append(byte)
        }
      }
    }
  }
}

extension Markup: ExpressibleByStringInterpolation {
  package init(stringLiteral value: StaticString) { literal(value) }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.markup }

  package struct StringInterpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString
    fileprivate var markup = Markup()

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    package mutating func appendLiteral(_ literal: StaticString) { markup.literal(literal) }
    package mutating func appendInterpolation(_ text: String) { markup.escape(text) }
    package mutating func appendInterpolation(_ text: Substring) { markup.escape(String(text)) }
    package mutating func appendInterpolation(_ number: Int) { markup.escape(String(number)) }
    package mutating func appendInterpolation(_ part: Markup) { markup.append(part) }
    package mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { markup.append(part) } }
    /// Nothing where there is none.
    package mutating func appendInterpolation(_ part: Markup?) { if let part { markup.append(part) } }
    package mutating func appendInterpolation(if condition: Bool, _ part: @autoclosure () -> Markup) {
      if condition { markup.append(part()) }
    }
    package mutating func appendInterpolation(
      if condition: Bool, _ part: @autoclosure () -> Markup, else other: @autoclosure () -> Markup
    ) {
      markup.append(condition ? part() : other())
    }
    /// An address outside: only of the web, whatever else a document claims to link to.
    package mutating func appendInterpolation(link address: String) {
      markup.escape(address.hasPrefix("https://") || address.hasPrefix("http://") ? address : "#")
    }
  }
}

/// The address of a page with what was chosen on it, in the order in which it was chosen.
package struct PageAddress: Sendable {
  package var path: String
  package var items: [(name: String, value: String)]

  package init(_ path: String, _ items: [(name: String, value: String)] = []) {
    self.path = path
    self.items = items
  }

  package func value(_ name: String) -> String? { items.first { $0.name == name }?.value }
  package func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

  /// The same with one value of a name, or none.
  package func setting(_ name: String, _ value: String?) -> PageAddress {
    var copy = self
    copy.items.removeAll { $0.name == name || $0.name == "page" }
    if let value { copy.items.append((name, value)) }
    return copy
  }

  /// The same with a value more, or without it where it is there.
  package func toggling(_ name: String, _ value: String) -> PageAddress {
    var copy = setting("page", nil)
    let before = copy.items.count
    copy.items.removeAll { $0.name == name && $0.value == value }
    if copy.items.count == before { copy.items.append((name, value)) }
    return copy
  }

  package var text: String {
    let query = items.filter { !$0.value.isEmpty }
      .map { "\(URLText.encoded($0.name))=\(URLText.encoded($0.value))" }.joined(separator: "&")
    return query.isEmpty ? path : "\(path)?\(query)"
  }
}

extension Markup.StringInterpolation {
  package mutating func appendInterpolation(_ address: PageAddress) { appendInterpolation(address.text) }
}

extension PageAddress {
  static func check(_ id: String) -> PageAddress { PageAddress("/recommendations/" + URLText.encoded(id)) }
  static func finding(_ id: String) -> PageAddress { PageAddress("/findings/" + URLText.encoded(id)) }
  static func resource(_ id: String) -> PageAddress { PageAddress("/inventory/resource", [("id", id)]) }
  static func framework(_ id: String) -> PageAddress { PageAddress("/compliance/" + URLText.encoded(id)) }
  static func control(_ framework: String, _ id: String) -> PageAddress {
    PageAddress("/compliance/\(URLText.encoded(framework))/control", [("id", id)])
  }
  static func query(_ text: String) -> PageAddress { PageAddress("/query", [("q", text)]) }
}
