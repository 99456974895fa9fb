// SPDX-License-Identifier: Apache-2.0
package import JSON
internal import KQL

/// Writes JSON text from front to back: pages of rows are made without a tree between.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    begin(0x7B)
    try body(&self)
    end(0x7D)
  }

  package mutating func array<Items: Sequence>(
    _ items: Items, _ body: (inout JSONWriter, Items.Element) throws -> Void
  ) rethrows {
    begin(0x5B)
    for item in items { try body(&self, item) }
    end(0x5D)
  }

  package mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  package mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(0x3A)
    needsComma = false
  }

  package mutating func text(_ value: String) {
    separate()
    quote(value)
  }

  package mutating func number(_ value: Int) { raw(String(value)) }
  package mutating func flag(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  package mutating func number(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    raw(value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description)
  }

  /// What is JSON already.
  package mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func raw(utf8 text: [UInt8]) {
    separate()
    bytes.append(contentsOf: text)
  }

  package mutating func value(_ value: JSONValue) {
    separate()
    value.write(into: &bytes)
  }

  // MARK: members

  package mutating func member(_ name: String, _ value: String) {
    key(name)
    text(value)
  }

  /// Null where there is none, or where it is empty.
  package mutating func member(_ name: String, orNull value: String?) {
    key(name)
    if let value, !value.isEmpty { text(value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  package mutating func member(_ name: String, _ value: Double?) {
    key(name)
    number(value)
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    flag(value)
  }

  package mutating func member(_ name: String, time ticks: Int64?) {
    key(name)
    if let ticks { text(DateTime.text(ticks)) } else { null() }
  }

  /// A text that is JSON already.
  package mutating func member(_ name: String, json: String) {
    key(name)
    raw(json)
  }

  package mutating func member(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try object(body)
  }

  package mutating func member<Items: Sequence>(
    _ name: String, _ items: Items, _ body: (inout JSONWriter, Items.Element) throws -> Void
  ) rethrows {
    key(name)
    try array(items, body)
  }

  package mutating func member(_ name: String, _ texts: some Sequence<String>) {
    member(name, texts) { $0.text($1) }
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    var text = text
    text.withUTF8 { JSONText.quote($0, into: &bytes) }
  }
}
