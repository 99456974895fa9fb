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
