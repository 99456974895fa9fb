// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Writes XML elements as the JSON of their shapes.
package struct XMLDecoder {
  package let service: ServiceModel

  package init(service: ServiceModel) { self.service = service }

  /// Writes the members of a structure, without the braces.
  package func members(_ document: borrowing XMLDocument, _ index: Int, _ shape: Int, into builder: inout JSONBuilder) {
    let structure = service.shapes[shape]
    var at = index + 1
    let end = Int(document.elements[index].end)
    var previous: [Int] = []
    while at < end {
      defer { at = Int(document.elements[at].end) }
      guard let position = member(structure, document, at) else { continue }
      let member = structure.members[position]
      guard member.location == .body, !member.isAttribute, !previous.contains(position) else { continue }
      previous.append(position)
      builder.key(member.name)
      let inner = service.shapes[member.shape]
      if inner.isFlat || member.isFlat, inner.kind == .list || inner.kind == .map {
        flat(document, at, end, inner, into: &builder)
      } else {
        value(document, at, member.shape, format: member.format, into: &builder)
      }
    }
    for member in structure.members where member.isAttribute {
      let name = member.wireName.split(separator: ":").last.map(String.init) ?? member.wireName
      guard let text = document.attribute(index, member.wireName) ?? document.attribute(index, name) else { continue }
      builder.key(member.name)
      ScalarDecoder.append(text, service.shapes[member.shape], format: member.format, to: &builder)
    }
  }

  private func member(_ structure: Shape, _ document: borrowing XMLDocument, _ index: Int) -> Int? {
    // Most structures are small: comparing bytes is cheaper than making a key.
    if structure.members.count <= 24 {
      for (position, member) in structure.members.enumerated() where document.isNamed(index, member.wireName) {
        return position
      }
      // A flattened list may go by the name of its elements.
      for (position, member) in structure.members.enumerated() {
        let inner = service.shapes[member.shape]
        if inner.isFlat, let name = inner.elementName, document.isNamed(index, name) { return position }
      }
      return nil
    }
    return structure.byWireName[document.name(index)]
  }

  /// Elements of one name among siblings.
  private func flat(
    _ document: borrowing XMLDocument, _ first: Int, _ end: Int, _ shape: Shape, into builder: inout JSONBuilder
  ) {
    if shape.kind == .list { builder.beginArray() } else { builder.beginObject() }
    var at = first
    while at < end {
      if document.sameName(at, first) {
        if shape.kind == .list {
          value(document, at, shape.element, format: nil, into: &builder)
        } else {
          entry(document, at, shape, into: &builder)
        }
      }
      at = Int(document.elements[at].end)
    }
    if shape.kind == .list { builder.endArray() } else { builder.endObject() }
  }

  private func entry(_ document: borrowing XMLDocument, _ index: Int, _ shape: Shape, into builder: inout JSONBuilder) {
    guard let key = document.child(index, shape.keyName), let item = document.child(index, shape.valueName) else {
      return
    }
    builder.key(document.text(key))
    value(document, item, shape.element, format: nil, into: &builder)
  }

  package func value(
    _ document: borrowing XMLDocument, _ index: Int, _ shape: Int, format: Shape.TimeFormat?,
    into builder: inout JSONBuilder
  ) {
    let row = service.shapes[shape]
    switch row.kind {
    case .structure:
      builder.beginObject()
      members(document, index, shape, into: &builder)
      builder.endObject()
    case .list:
      builder.beginArray()
      var at = index + 1
      let end = Int(document.elements[index].end)
      while at < end {
        value(document, at, row.element, format: nil, into: &builder)
        at = Int(document.elements[at].end)
      }
      builder.endArray()
    case .map:
      builder.beginObject()
      var at = index + 1
      let end = Int(document.elements[index].end)
      while at < end {
        entry(document, at, row, into: &builder)
        at = Int(document.elements[at].end)
      }
      builder.endObject()
    case .string, .character:
      document.withText(index) { builder.append(utf8: $0) }
    default:
      ScalarDecoder.append(document.text(index), row, format: format ?? .iso8601, to: &builder)
    }
  }
}

/// Scalars that came as text.
package enum ScalarDecoder {
  package static func append(_ text: String, _ shape: Shape, format: Shape.TimeFormat?, to builder: inout JSONBuilder) {
    switch shape.kind {
    case .integer, .long, .short, .byte:
      if let number = Int64(text) { builder.append(number) } else { builder.append(text) }
    case .float, .double:
      if let number = Double(text) { builder.append(number) } else { builder.append(text) }
    case .boolean:
      switch text.lowercased() {
      case "true": builder.append(true)
      case "false": builder.append(false)
      default: builder.append(text)
      }
    case .timestamp: builder.append(timestamp(text))
    case .blob: builder.append(decodedBase64(text) ?? text)
    default: builder.append(text)
    }
  }

  /// ISO text, an HTTP date or seconds, as ISO text.
  package static func timestamp(_ text: String) -> String {
    if let (time, milliseconds) = CivilTime.parse(iso: text) { return time.iso(milliseconds: milliseconds) }
    if let seconds = Double(text) { return timestamp(seconds: seconds) }
    if let time = CivilTime(http: text) { return time.iso() }
    return text
  }

  package static func timestamp(seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 250_000_000_000 else { return String(seconds) }
    let milliseconds = Int64((seconds * 1000).rounded())
    let whole = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    return CivilTime(epoch: whole).iso(milliseconds: Int(milliseconds - whole * 1000))
  }

  /// Base64 whose content is text.
  package static func decodedBase64(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      case 0x3D, 0x0A, 0x0D: continue
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
