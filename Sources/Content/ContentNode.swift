// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A value of a content file, read with its type and with errors that name the place.
///
///     let node = try YAMLDocument(file).node
///     try node.allow(["id", "title", "tags"])
///     let id = try node.require("id").text
///     let tags = try node.optional("tags")?.texts ?? []
package struct ContentNode: Sendable {
  package let document: YAMLDocument
  package let value: JSONValue

  package init(document: YAMLDocument, value: JSONValue) {
    self.document = document
    self.value = value
  }

  package var location: ContentLocation { document.location(of: value) }

  /// An error about this value.
  package func error(_ message: String, code: ContentError.Code = .invalidValue) -> ContentError {
    ContentError(code, message, at: location)
  }

  /// The name of the value's type, for messages.
  package var typeName: String {
    switch value.kind {
    case .null: "nothing"
    case .bool: "true or false"
    case .integer, .double, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "a mapping"
    }
  }

  private func expected(_ what: String) -> ContentError {
    error("expected \(what), found \(typeName)", code: .wrongType)
  }

  // MARK: Mappings

  /// Refuses a mapping with any key that is not among `keys`.
  package func allow(_ keys: [String]) throws(ContentError) {
    guard value.kind == .object else { throw expected("a mapping") }
    for (key, _) in value.members {
      let name = key.string ?? ""
      if keys.contains(name) { continue }
      let hint = Spelling.nearest(to: name, in: keys).map { "did you mean '\($0)'?" }
      let known = "known here: \(keys.joined(separator: ", "))"
      throw ContentError(.unknownKey, "unknown key '\(name)'; \(hint ?? known)", at: document.location(of: key))
    }
  }

  /// The value of `key`, which must be there and not null.
  package func require(_ key: String) throws(ContentError) -> ContentNode {
    guard let node = try optional(key) else { throw error("'\(key)' is missing", code: .missingKey) }
    return node
  }

  /// The value of `key`; nil where it is absent or null.
  package func optional(_ key: String) throws(ContentError) -> ContentNode? {
    guard value.kind == .object else { throw expected("a mapping") }
    guard let member = value[key], !member.isNull else { return nil }
    return ContentNode(document: document, value: member)
  }

  package func has(_ key: String) -> Bool { value[key].map { !$0.isNull } ?? false }

  /// Members of a mapping in the order of the file.
  package var members: [(key: String, node: ContentNode)] {
    get throws(ContentError) {
      guard value.kind == .object else { throw expected("a mapping") }
      return value.members.map { ($0.key.string ?? "", ContentNode(document: document, value: $0.value)) }
    }
  }

  // MARK: Lists

  package var elements: [ContentNode] {
    get throws(ContentError) {
      guard value.kind == .array else { throw expected("a list") }
      return value.elements.map { ContentNode(document: document, value: $0) }
    }
  }

  /// A list of texts; a single text stands for a list of one.
  package var texts: [String] {
    get throws(ContentError) {
      if let text = value.string { return [text] }
      var texts: [String] = []
      for element in try elements { texts.append(try element.text) }
      return texts
    }
  }

  // MARK: Scalars

  package var text: String {
    get throws(ContentError) {
      guard let text = value.string else { throw expected("a text") }
      return text
    }
  }

  /// A text, or the text of a number or truth value that was written without quotes.
  package var scalarText: String {
    get throws(ContentError) {
      switch value.kind {
      case .string, .integer, .double, .number, .bool: value.string ?? value.text
      default: throw expected("a text")
      }
    }
  }

  package var integer: Int {
    get throws(ContentError) {
      guard let integer = value.int64 else { throw expected("a whole number") }
      return Int(integer)
    }
  }

  package var boolean: Bool {
    get throws(ContentError) {
      guard let boolean = value.boolean else { throw expected("true or false") }
      return boolean
    }
  }

  /// A text that must be one of the raw values of an enumeration.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type = Choice.self
  ) throws(ContentError) -> Choice where Choice.RawValue == String {
    let text = try text
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    let hint = Spelling.nearest(to: text, in: names).map { "did you mean '\($0)'?" }
    throw error("'\(text)' is not known here; \(hint ?? "one of \(names.joined(separator: ", "))")")
  }

  /// The text read as a path (`a.b[0]`, `a['x.y']`).
  package var path: JSONPath {
    get throws(ContentError) {
      guard let path = JSONPath(try text) else { throw error("'\(try text)' is not a path") }
      return path
    }
  }
}
