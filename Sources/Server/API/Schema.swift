// SPDX-License-Identifier: Apache-2.0

/// The form of a value, as the OpenAPI document tells it.
package indirect enum Schema: Sendable {
  case string, integer, number, boolean, anything
  case array(Schema)
  case object([Member])

  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool

    package init(_ name: String, _ schema: Schema, isRequired: Bool = true) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
    }
  }
}

/// A parameter of an endpoint.
package struct Parameter: Sendable {
  package enum Place: String, Sendable { case path, query, header }
  package let name: String
  package let place: Place
  package let schema: Schema
  package let summary: String
  package let isRequired: Bool

  package init(
    _ name: String, in place: Place = .query, _ summary: String, _ schema: Schema = .string, isRequired: Bool = false
  ) {
    self.name = name
    self.place = place
    self.schema = schema
    self.summary = summary
    self.isRequired = isRequired || place == .path
  }
}

/// What an endpoint answers with, beside the problems that any may answer with.
package struct Answer: Sendable {
  package let status: Int
  package let summary: String
  package let contentType: String
  package let schema: Schema?

  package init(_ status: Int, _ summary: String, contentType: String = "application/json", _ schema: Schema? = nil) {
    self.status = status
    self.summary = summary
    self.contentType = contentType
    self.schema = schema
  }
}
