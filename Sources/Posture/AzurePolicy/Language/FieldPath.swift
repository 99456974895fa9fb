// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// A place in a resource document: keys in any case, `[*]` for all elements of an array, `[0]` for one.
struct FieldPath: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// In lower case.
    case key(String)
    case index(Int)
    case all
  }

  var steps: [Step]
  /// Whether `properties` may stand between two keys, as it does where the name of an alias leaves it out.
  var isLoose = false

  init(steps: [Step], isLoose: Bool = false) {
    self.steps = steps
    self.isLoose = isLoose
  }

  /// Reads `properties.rules[*].name`, `tags['a.b']`, `tags[a]`; nil where it is malformed.
  init?(_ text: String) {
    var steps: [Step] = []
    let bytes = Array(text.utf8)
    var at = 0
    func key(_ bytes: ArraySlice<UInt8>) -> Step {
      .key(ARMText.folded(String(decoding: bytes, as: UTF8.self)))
    }
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "[") {
        let start = at + 1
        if start < bytes.count, bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"") {
          // A quoted key ends at the quote before a bracket; it may hold both.
          var end = start + 1
          while end < bytes.count,
            !(bytes[end] == bytes[start] && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "]"))
          { end += 1 }
          guard end < bytes.count else { return nil }
          steps.append(key(bytes[(start + 1)..<end]))
          at = end + 2
        } else {
          // A tag's name that is computed may be empty: nothing is there then.
          guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "]")), close > start || steps == [.key("tags")]
          else { return nil }
          let inner = bytes[start..<close]
          if inner.elementsEqual([UInt8(ascii: "*")]) {
            steps.append(.all)
          } else if let index = Int(String(decoding: inner, as: UTF8.self)), index >= 0, !steps.isEmpty,
            steps != [.key("tags")]
          {
            steps.append(.index(index))
          } else {
            steps.append(key(inner))
          }
          at = close + 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") { at += 1 }
        if at == bytes.count, bytes[at - 1] == UInt8(ascii: ".") { return nil }
      } else {
        // Tags are flat: what follows `tags.` is one name, with all its points.
        let isTag = steps == [.key("tags")]
        var end = at
        while end < bytes.count, bytes[end] != UInt8(ascii: "["), isTag || bytes[end] != UInt8(ascii: ".") { end += 1 }
        guard end > at else { return nil }
        steps.append(key(bytes[at..<end]))
        at = end
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
          at += 1
          if at == bytes.count { return nil }
        }
      }
    }
    guard !steps.isEmpty, steps.count <= 64 else { return nil }
    self.steps = steps
  }

  var hasWildcard: Bool { steps.contains(.all) }
  var wildcards: Int { steps.count { $0 == .all } }
}

/// Where a field of a policy is found in a document.
struct FieldSource: Sendable {
  enum Kind: Sendable {
    case path(FieldPath)
    /// The name with those of its parents.
    case fullName
    /// The version of the API by which the document was read.
    case apiVersion
    /// Paths by lower-case resource type: aliases that have no type of their own.
    case byType([String: FieldPath])
    /// Paths by lower-case API version, and one for all others.
    case byVersion([String: FieldPath], FieldPath)
  }

  let kind: Kind
  /// Lower-case type of the resources that have the field; nil where all may have it.
  let type: String?
  /// Whether `modify` may write it; nil where that is not known.
  var isModifiable: Bool?

  init(_ kind: Kind, type: String? = nil, isModifiable: Bool? = nil) {
    self.kind = kind
    self.type = type
    self.isModifiable = isModifiable
  }

  /// The array itself, of a source of its elements.
  var withoutElements: FieldSource {
    func cut(_ path: FieldPath) -> FieldPath {
      path.steps.last == .all ? FieldPath(steps: path.steps.dropLast(), isLoose: path.isLoose) : path
    }
    let kind: Kind =
      switch kind {
      case .path(let path): .path(cut(path))
      case .byType(let paths): .byType(paths.mapValues(cut))
      case .byVersion(let paths, let path): .byVersion(paths.mapValues(cut), cut(path))
      case .fullName, .apiVersion: kind
      }
    return FieldSource(kind, type: type, isModifiable: isModifiable)
  }

  var hasWildcard: Bool {
    switch kind {
    case .path(let path), .byVersion(_, let path): path.hasWildcard
    case .byType(let paths): paths.values.contains(where: \.hasWildcard)
    case .fullName, .apiVersion: false
    }
  }
}
