// SPDX-License-Identifier: Apache-2.0

/// The form of a value: what the OpenAPI document tells of it, and what requests and answers are checked against.
package indirect enum Schema: Sendable {
  case string, integer, number, boolean, anything
  /// A text within bounds.
  case text(TextRules)
  /// One of these words.
  case word([String])
  /// A time of RFC 3339.
  case dateTime
  /// A whole number of a range.
  case range(ClosedRange<Int>)
  /// One of these numbers.
  case choice([Int])
  case array(Schema)
  /// These members and no others.
  case object([Member])
  /// Members of any names, all of one form.
  case map(Schema)
  /// The same or null.
  case optional(Schema)
  case either([Schema])
  /// Stands once among the components of the document.
  case named(String, Schema)

  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool
    package let summary: String?

    package init(_ name: String, _ schema: Schema, isRequired: Bool = true, _ summary: String? = nil) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
      self.summary = summary
    }
  }

  package struct TextRules: Sendable {
    /// Characters.
    package var lengths: ClosedRange<Int>?
    /// A regular expression that the whole text meets.
    package var pattern: String?
    package var format: String?

    package init(_ lengths: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil) {
      self.lengths = lengths
      self.pattern = pattern
      self.format = format
    }
  }

  package static func text(_ lengths: ClosedRange<Int>) -> Schema { .text(TextRules(lengths)) }
  /// A name as exemptions, rules and saved queries have it.
  static let name = Schema.text(TextRules(1...80, pattern: "[A-Za-z0-9._\\-]{1,80}"))
  static let texts = Schema.array(.string)
}

/// A parameter of an endpoint.
package struct Parameter: Sendable {
  package enum Place: String, Sendable { case path, query, header }
  package let name: String
  package let place: Place
  /// Of an array each value stands in a parameter of its own.
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
