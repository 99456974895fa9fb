// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

/// Where values come from: an answer or an item, and around it the resource so far, its parent, the call's place.
package protocol MappingSource {
  func value(at path: JSONPath) -> JSONDraft?
  /// `{partition}`, `{account}`, `{region}` and such.
  func variable(_ name: String) -> String?
}

/// How a value of a resource, or of a call's input, is made.
package indirect enum Mapping: Sendable {
  case path(JSONPath)
  case template(Template)
  case from(JSONPath, [Transform])
  case each(JSONPath, [(key: String, mapping: Mapping)]?)
  case object([(key: String, mapping: Mapping)])
  case list([Mapping])
  case const(JSONDraft)

  package init(_ node: ContentNode) throws(ContentError) {
    switch node.value.kind {
    case .string:
      let text = try node.text
      self = text.contains("{") ? .template(try Template(node)) : .path(try node.path)
    case .array:
      var list: [Mapping] = []
      for element in try node.elements { list.append(try Mapping(element)) }
      self = .list(list)
    case .object:
      try node.allow(["from", "as", "each", "map", "const"])
      if let const = node.value["const"] {
        self = .const(.value(const))
      } else if let each = try node.optional("each") {
        self = .each(try each.path, try node.optional("map").map(Self.members))
      } else if let map = try node.optional("map") {
        self = .object(try Self.members(map))
      } else {
        var transforms: [Transform] = []
        if let names = try node.optional("as") {
          for name in try names.texts {
            guard let transform = Transform(rawValue: name) else {
              let hint = Spelling.nearest(to: name, in: Transform.allCases.map(\.rawValue))
              throw names.error("unknown transform '\(name)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
            }
            transforms.append(transform)
          }
        }
        self = .from(try node.require("from").path, transforms)
      }
    default: throw node.error("expected a path or {from, each, map, const}", code: .wrongType)
    }
  }

  package static func members(_ node: ContentNode) throws(ContentError) -> [(key: String, mapping: Mapping)] {
    var members: [(key: String, mapping: Mapping)] = []
    for (key, node) in try node.members { members.append((key, try Mapping(node))) }
    return members
  }

  /// The value; nil where its source is absent.
  package func resolve(_ source: some MappingSource) -> JSONDraft? {
    switch self {
    case .path(let path): return source.value(at: path)
    case .template(let template): return template.resolve(source).map(JSONDraft.string)
    case .from(let path, let transforms):
      return transforms.reduce(source.value(at: path)) { $1.apply($0) }
    case .each(let path, let members):
      guard let list = source.value(at: path), list.isArray else { return nil }
      guard let members else { return list }
      return .array(
        list.elementList.map { element in
          Self.object(members, ElementSource(element: element.finished, outer: source)) ?? .emptyObject
        })
    case .object(let members): return Self.object(members, source)
    case .list(let mappings): return .array(mappings.compactMap { $0.resolve(source) })
    case .const(let draft): return draft
    }
  }

  private static func object(_ members: [(key: String, mapping: Mapping)], _ source: some MappingSource) -> JSONDraft? {
    var made: [(key: String, value: JSONDraft)] = []
    for (key, mapping) in members {
      if let value = mapping.resolve(source) { made.append((key, value)) }
    }
    return made.isEmpty ? nil : .object(made)
  }
}

/// An element of a list, seen by the mappings of `each`.
private struct ElementSource: MappingSource {
  let element: JSONValue
  let outer: any MappingSource

  func value(at path: JSONPath) -> JSONDraft? { element.found(path) }
  func variable(_ name: String) -> String? { outer.variable(name) }
}

extension JSONValue {
  /// The value at `path`; with wildcards a list of all of them, nil where what they walk is absent. Null is absent.
  package func found(_ path: JSONPath) -> JSONDraft? {
    guard let wildcard = path.steps.firstIndex(of: .all) else {
      guard let value = value(at: path), !value.isNull else { return nil }
      return .value(value)
    }
    guard let base = value(at: JSONPath(steps: Array(path.steps[..<wildcard]))), !base.isNull else { return nil }
    let values = base.values(at: JSONPath(steps: Array(path.steps[wildcard...])))
    return .array(values.filter { !$0.isNull }.map(JSONDraft.value))
  }
}

/// A text with holes: `arn:{partition}:s3:::{Name}`, `{|basename}`.
package struct Template: Sendable {
  package enum Part: Sendable {
    case text(String)
    case hole(name: String, path: JSONPath, transform: Transform?)
  }
  package let parts: [Part]

  package init(_ node: ContentNode) throws(ContentError) {
    var parts: [Part] = []
    var rest = Substring(try node.text)
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else { throw node.error("a '{' without its '}'") }
      let sides = rest[rest.index(after: open)..<close].split(
        separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      guard let path = JSONPath(String(sides[0])) else { throw node.error("'\(sides[0])' is not a path") }
      let transform = sides.count == 2 ? Transform(rawValue: String(sides[1])) : nil
      if sides.count == 2, transform == nil { throw node.error("unknown transform '\(sides[1])'") }
      parts.append(.hole(name: String(sides[0]), path: path, transform: transform))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// The text; nil where a hole has nothing to fill it.
  ///
  /// - Parameter encode: how what fills a hole is written, as in a URL.
  package func resolve(_ source: some MappingSource, encode: (String) -> String = { $0 }) -> String? {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .hole(let name, let path, let transform):
        if transform == nil, let value = source.variable(name) {
          text += encode(value)
          continue
        }
        var draft = source.value(at: path)
        if let transform { draft = transform.apply(draft) }
        guard let value = draft?.scalarText else { return nil }
        text += encode(value)
      }
    }
    return text
  }
}
