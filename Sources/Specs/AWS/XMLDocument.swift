// SPDX-License-Identifier: Apache-2.0

/// The elements of an XML answer as a flat table over its bytes.
///
/// Enough XML for AWS: elements, attributes, character data, entities, CDATA, comments. No DTDs (so nothing expands),
/// bounded depth. Names lose their prefixes.
package struct XMLDocument: ~Copyable {
  package struct Element {
    package var nameStart: Int32
    package var nameLength: Int32
    package var attributesStart: Int32
    package var attributesLength: Int32
    /// The first run of character data, which is all of it unless `isMixed`.
    package var textStart: Int32 = 0
    package var textLength: Int32 = 0
    /// Index after the last descendant.
    package var end: Int32 = 0
    package var hasEntities = false
    package var isMixed = false
  }

  package struct Failure: Error {
    package let offset: Int
    package let detail: String
  }

  package static let depthLimit = 64
  package let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var elements: [Element] = []

  /// Reads `bytes`, which must outlive the document.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
    self.bytes = bytes
    elements.reserveCapacity(bytes.count / 24)
    var open: [Int] = []
    var at = 0
    let count = bytes.count
    if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    while at < count {
      if bytes[at] != 0x3C {
        let start = at
        var entities = false
        while at < count, bytes[at] != 0x3C {
          if bytes[at] == 0x26 { entities = true }
          at += 1
        }
        if let top = open.last { note(top, start, at - start, entities: entities) }
        continue
      }
      guard at + 1 < count else { throw Failure(offset: at, detail: "the text ends inside a tag") }
      switch bytes[at + 1] {
      case 0x3F:
        at = try skip(past: "?>", from: at)
      case 0x21:
        if matches("<!--", at) {
          at = try skip(past: "-->", from: at + 4)
        } else if matches("<![CDATA[", at) {
          let start = at + 9
          at = try skip(past: "]]>", from: start)
          if let top = open.last { note(top, start, at - 3 - start, entities: false) }
        } else {
          throw Failure(offset: at, detail: "a document type declaration")
        }
      case 0x2F:
        let start = at + 2
        var end = start
        while end < count, bytes[end] != 0x3E { end += 1 }
        guard end < count, let top = open.popLast() else { throw Failure(offset: at, detail: "an end without a start") }
        var length = end - start
        while length > 0, Self.isSpace(bytes[start + length - 1]) { length -= 1 }
        // Names have lost their prefixes, so compare the ends.
        let element = elements[top]
        let name = Int(element.nameLength)
        guard length >= name, same(start + length - name, Int(element.nameStart), name),
          length == name || bytes[start + length - name - 1] == 0x3A
        else { throw Failure(offset: at, detail: "an end tag that closes another element") }
        elements[top].end = Int32(elements.count)
        at = end + 1
      default:
        at = try start(at, &open)
      }
    }
    guard open.isEmpty else { throw Failure(offset: count, detail: "the text ends before the root element does") }
    guard !elements.isEmpty else { throw Failure(offset: 0, detail: "no element") }
  }

  private mutating func start(_ from: Int, _ open: inout [Int]) throws(Failure) -> Int {
    let count = bytes.count
    var at = from + 1
    var nameStart = at
    while at < count, bytes[at] != 0x3E, bytes[at] != 0x2F, !Self.isSpace(bytes[at]) {
      if bytes[at] == 0x3A { nameStart = at + 1 }
      at += 1
    }
    let nameLength = at - nameStart
    guard nameLength > 0 else { throw Failure(offset: from, detail: "an element without a name") }
    let attributes = at
    var quote: UInt8 = 0
    while at < count {
      let byte = bytes[at]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      at += 1
    }
    guard at < count else { throw Failure(offset: from, detail: "the text ends inside a tag") }
    let closed = bytes[at - 1] == 0x2F
    if open.isEmpty, !elements.isEmpty { throw Failure(offset: from, detail: "a second root element") }
    guard open.count < Self.depthLimit else { throw Failure(offset: from, detail: "nested too deep") }
    elements.append(
      Element(
        nameStart: Int32(nameStart), nameLength: Int32(nameLength), attributesStart: Int32(attributes),
        attributesLength: Int32(max(0, at - attributes - (closed ? 1 : 0)))))
    if closed { elements[elements.count - 1].end = Int32(elements.count) } else { open.append(elements.count - 1) }
    return at + 1
  }

  private mutating func note(_ index: Int, _ start: Int, _ length: Int, entities: Bool) {
    if elements[index].textLength == 0 {
      elements[index].textStart = Int32(start)
      elements[index].textLength = Int32(length)
      elements[index].hasEntities = entities
    } else {
      elements[index].isMixed = true
    }
  }

  private func skip(past text: StaticString, from: Int) throws(Failure) -> Int {
    var at = from
    while at < bytes.count {
      if matches(text, at) { return at + text.utf8CodeUnitCount }
      at += 1
    }
    throw Failure(offset: from, detail: "the text ends early")
  }

  private func matches(_ text: StaticString, _ at: Int) -> Bool {
    guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<text.utf8CodeUnitCount where bytes[at + index] != text.utf8Start[index] { return false }
    return true
  }

  private func same(_ left: Int, _ right: Int, _ length: Int) -> Bool {
    for index in 0..<length where bytes[left + index] != bytes[right + index] { return false }
    return true
  }

  @inline(__always) package static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  // MARK: Reading

  package func name(_ index: Int) -> String {
    let element = elements[index]
    return String(decoding: slice(element.nameStart, element.nameLength), as: UTF8.self)
  }

  package func isNamed(_ index: Int, _ name: String) -> Bool {
    let element = elements[index]
    guard name.utf8.count == Int(element.nameLength) else { return false }
    return slice(element.nameStart, element.nameLength).elementsEqual(name.utf8)
  }

  package func sameName(_ left: Int, _ right: Int) -> Bool {
    let length = elements[left].nameLength
    return length == elements[right].nameLength
      && same(Int(elements[left].nameStart), Int(elements[right].nameStart), Int(length))
  }

  /// The first child of that name.
  package func child(_ index: Int, _ name: String) -> Int? {
    var at = index + 1
    let end = Int(elements[index].end)
    while at < end {
      if isNamed(at, name) { return at }
      at = Int(elements[at].end)
    }
    return nil
  }

  package func hasChildren(_ index: Int) -> Bool { Int(elements[index].end) > index + 1 }

  private func slice(_ start: Int32, _ length: Int32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(start) + Int(length)])
  }

  /// Calls `body` with the element's character data, entities resolved.
  package func withText<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let element = elements[index]
    if element.isMixed { return Self.resolve(mixedText(index)).withUnsafeBufferPointer(body) }
    let raw = slice(element.textStart, element.textLength)
    return element.hasEntities ? Self.resolve(raw).withUnsafeBufferPointer(body) : body(raw)
  }

  /// Character data in several runs (around CDATA or comments): read again, which is rare.
  private func mixedText(_ index: Int) -> [UInt8] {
    var text: [UInt8] = []
    let element = elements[index]
    var at = Int(element.textStart)
    // Step back out of a CDATA section's head, so that the loop sees it.
    if at >= 9, matches("<![CDATA[", at - 9) { at -= 9 }
    while at < bytes.count {
      if matches("<![CDATA[", at) {
        at += 9
        while at < bytes.count, !matches("]]>", at) {
          // Not to be resolved again below.
          if bytes[at] == 0x26 { text.append(contentsOf: "&amp;".utf8) } else { text.append(bytes[at]) }
          at += 1
        }
        at += 3
      } else if matches("<!--", at) {
        while at < bytes.count, !matches("-->", at) { at += 1 }
        at += 3
      } else if bytes[at] == 0x3C {
        break
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    return text
  }

  package func text(_ index: Int) -> String { withText(index) { String(decoding: $0, as: UTF8.self) } }

  /// The value of an attribute, whose name may have a prefix.
  package func attribute(_ index: Int, _ name: String) -> String? {
    let element = elements[index]
    let text = String(decoding: slice(element.attributesStart, element.attributesLength), as: UTF8.self)
    var rest = Substring(text)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].filter { !$0.isWhitespace }
      let after = rest[rest.index(after: equals)...].drop { $0.isWhitespace }
      guard let quote = after.first, quote == "\"" || quote == "'" else { return nil }
      let inner = after.dropFirst()
      guard let close = inner.firstIndex(of: quote) else { return nil }
      if key == name {
        return String(decoding: Self.resolve(Array(inner[..<close].utf8)), as: UTF8.self)
      }
      rest = inner[inner.index(after: close)...]
    }
    return nil
  }

  private static func resolve(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let source = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var at = 0
    while at < source.count {
      guard source[at] == 0x26, let end = source[at...].prefix(12).firstIndex(of: 0x3B) else {
        result.append(source[at])
        at += 1
        continue
      }
      let name = String(decoding: source[(at + 1)..<end], as: UTF8.self)
      let scalar: Unicode.Scalar? =
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default:
          if name.hasPrefix("#x") {
            UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
          } else if name.hasPrefix("#") {
            UInt32(name.dropFirst()).flatMap { Unicode.Scalar($0) }
          } else {
            nil
          }
        }
      if let scalar {
        result.append(contentsOf: String(Character(scalar)).utf8)
      } else {
        result.append(contentsOf: source[at...end])
      }
      at = end + 1
    }
    return result
  }
}
