// SPDX-License-Identifier: Apache-2.0
internal import CYaml

/// What libyaml says of a text, event by event, with aliases resolved to the event they name.
///
/// Yams' own tree would cost a class and two strings per value and resolve scalars by regular expressions; content is
/// read at every start, so its parser is used directly.
package struct YAMLEvents {
  package enum Kind: Sendable {
    case scalar(isPlain: Bool)
    case sequence, mapping, end
    case alias(Int)
  }

  package struct Event: Sendable {
    package let kind: Kind
    package let mark: YAMLMark
    package var text = ""
    /// The tag, where tags are kept: `!Ref`.
    package var tag: String?
  }

  package let path: String
  package private(set) var list: [Event] = []
  private var anchors: [String: Int] = [:]
  private let keepsTags: Bool

  /// - Parameter keepsTags: whether `!Ref x` is let through with its tag; content has none.
  package init(_ bytes: [UInt8], path: String, keepsTags: Bool = false) throws(ContentError) {
    self.path = path
    self.keepsTags = keepsTags
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw ContentError(.tooLarge, "no memory for the YAML parser", at: ContentLocation(path: path))
    }
    defer { yaml_parser_delete(&parser) }
    // The parser keeps the address, so the whole reading happens while the buffer is pinned.
    let failure: ContentError? = bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      do throws(ContentError) {
        while try read(&parser) {}
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  package func isEnd(_ index: Int) -> Bool {
    guard index < list.count else { return true }
    if case .end = list[index].kind { return true }
    return false
  }

  package func error(_ code: ContentError.Code, _ message: String, at event: Event) -> ContentError {
    error(code, message, at: event.mark)
  }

  private func error(_ code: ContentError.Code, _ message: String, at mark: YAMLMark) -> ContentError {
    ContentError(
      code, message, at: ContentLocation(path: path, line: Int(mark.line), column: Int(mark.column)))
  }

  /// Takes one event; false at the end of the stream.
  private mutating func read(_ parser: inout yaml_parser_t) throws(ContentError) -> Bool {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      let mark = Self.mark(parser.problem_mark)
      let problem = parser.problem.map { String(cString: $0) } ?? "unreadable text"
      let context = parser.context.map { " " + String(cString: $0) } ?? ""
      throw error(.syntax, "not valid YAML: \(problem)\(context)", at: mark)
    }
    defer { yaml_event_delete(&event) }
    let mark = Self.mark(event.start_mark)
    switch event.type {
    case YAML_STREAM_END_EVENT:
      return false
    case YAML_DOCUMENT_START_EVENT:
      if !list.isEmpty { throw error(.syntax, "one document per file: a second one begins here", at: mark) }
    case YAML_SCALAR_EVENT:
      let data = event.data.scalar
      let tag = try anchor(data.anchor, tag: data.tag, mark)
      let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
      list.append(
        Event(kind: .scalar(isPlain: data.style == YAML_PLAIN_SCALAR_STYLE), mark: mark, text: text, tag: tag))
    case YAML_SEQUENCE_START_EVENT:
      let tag = try anchor(event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, mark)
      list.append(Event(kind: .sequence, mark: mark, tag: tag))
    case YAML_MAPPING_START_EVENT:
      let tag = try anchor(event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, mark)
      list.append(Event(kind: .mapping, mark: mark, tag: tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      list.append(Event(kind: .end, mark: mark))
    case YAML_ALIAS_EVENT:
      let name = Self.text(event.data.alias.anchor) ?? ""
      guard let target = anchors[name] else { throw error(.syntax, "no anchor '&\(name)' before this alias", at: mark) }
      list.append(Event(kind: .alias(target), mark: mark))
    default:
      break
    }
    return true
  }

  private mutating func anchor(
    _ name: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, _ mark: YAMLMark
  ) throws(ContentError) -> String? {
    if tag != nil, !keepsTags { throw error(.syntax, "YAML tags (!) are not supported", at: mark) }
    if let name = Self.text(name) { anchors[name] = list.count }
    return Self.text(tag)
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: UnsafePointer($0)) }
  }

  private static func mark(_ mark: yaml_mark_t) -> YAMLMark {
    YAMLMark(line: UInt32(clamping: mark.line + 1), column: UInt32(clamping: mark.column + 1))
  }
}
