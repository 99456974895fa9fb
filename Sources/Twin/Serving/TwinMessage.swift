// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A request as the clouds' handlers see it.
package struct TwinRequest: Sendable {
  package var method: String
  /// Decoded, without the query.
  package var path: String
  package var query: [(name: String, value: String)]
  /// The path as it was sent, which signatures cover.
  package var rawPath: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// Scheme and authority under which the client reached the twin: what links in answers begin with.
  package var base: String

  package init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], base: String = "http://localhost",
    rawPath: String? = nil
  ) {
    self.method = method
    self.path = path
    self.rawPath = rawPath ?? path
    self.query = query
    self.headers = headers
    self.body = body
    self.base = base
  }

  /// The first header of that name; names have no case.
  func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }

  /// The first parameter of that name; names have no case, as Azure's SDKs differ.
  func parameter(_ name: String) -> String? { query.first { $0.name.lowercased() == name.lowercased() }?.value }

  /// The body as JSON; nil where it is none.
  var json: JSONValue? { (try? JSONDocument(parsing: body))?.root }

  /// Fields of a form.
  var form: [String: String] {
    var fields: [String: String] = [:]
    for (name, value) in URLText.pairs(String(decoding: body, as: UTF8.self)) where fields[name] == nil {
      fields[name] = value
    }
    return fields
  }
}

package struct TwinAnswer: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  init(status: Int = 200, json: JSONDraft, headers: [(name: String, value: String)] = []) {
    self.init(
      status: status, headers: headers + [("content-type", "application/json; charset=utf-8")],
      body: json.document().root.serialized())
  }
}

/// Percent encoding of URLs and forms, read.
enum URLText {
  static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
    text.split(separator: "&").map { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (decoded(sides[0], plusIsSpace: true), sides.count == 2 ? decoded(sides[1], plusIsSpace: true) : "")
    }
  }

  static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2, let high = digit(rest[rest.startIndex]),
        let low = digit(rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == 0x2B ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// Only unreserved characters stay (RFC 3986).
  static func encoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
