// SPDX-License-Identifier: Apache-2.0
internal import Crypto

/// A SHA-256 of a canonical form.
package struct JSONDigest: Hashable, Sendable {
  package let bytes: [UInt8]
  package var hex: String { Self.hex(bytes) }

  /// SHA-256 of bytes.
  package init(hashing bytes: [UInt8]) { self.bytes = Array(SHA256.hash(data: bytes)) }
  init(bytes: [UInt8]) { self.bytes = bytes }

  package static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension JSONValue {
  /// Compact JSON, members in the order of the document.
  package func serialized() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out)
    return out
  }

  /// Compact JSON text.
  package var text: String { String(decoding: serialized(), as: UTF8.self) }

  /// Compact JSON with members sorted by the bytes of their keys: equal values have equal canonical forms.
  ///
  /// - Parameter keepingNumbers: whether numbers stay as they are written, so that `1.0` and `1` differ.
  package func canonical(keepingNumbers: Bool = false) -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, sorted: true, keepingNumbers: keepingNumbers)
    return out
  }

  /// SHA-256 of the canonical form.
  package func sha256() -> JSONDigest { JSONDigest(hashing: canonical()) }

  /// Appends compact JSON to `out`.
  package func write(into out: inout [UInt8]) { write(into: &out, sorted: false, keepingNumbers: true) }

  private func write(into out: inout [UInt8], sorted: Bool, keepingNumbers: Bool) {
    switch kind {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool: out.append(contentsOf: boolean == true ? "true".utf8 : "false".utf8)
    case .integer where !keepingNumbers: out.append(contentsOf: (int64 ?? 0).description.utf8)
    case .integer, .number: withRawBytes { out.append(contentsOf: $0) }
    case .double:
      // Canonical numbers have one spelling: the integer where it is one, else Swift's shortest.
      if !keepingNumbers, let value = double, value.isFinite {
        out.append(contentsOf: (Int64(exactly: value)?.description ?? value.description).utf8)
      } else {
        withRawBytes { out.append(contentsOf: $0) }
      }
    case .string: writeString(into: &out)
    case .array:
      out.append(0x5B)
      var first = true
      for element in elements {
        if !first { out.append(0x2C) }
        first = false
        element.write(into: &out, sorted: sorted, keepingNumbers: keepingNumbers)
      }
      out.append(0x5D)
    case .object:
      out.append(0x7B)
      var first = true
      func write(_ key: JSONValue, _ value: JSONValue) {
        if !first { out.append(0x2C) }
        first = false
        key.writeString(into: &out)
        out.append(0x3A)
        value.write(into: &out, sorted: sorted, keepingNumbers: keepingNumbers)
      }
      if sorted {
        let entries = members.map { (key: $0.key.withUTF8 { Array($0) } ?? [], member: $0) }
        for entry in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
          write(entry.member.key, entry.member.value)
        }
      } else {
        for (key, value) in members { write(key, value) }
      }
      out.append(0x7D)
    }
  }

  private func writeString(into out: inout [UInt8]) {
    var copy = out
    out = []
    withUTF8 { JSONText.quote($0, into: &copy) }
    out = copy
  }
}
