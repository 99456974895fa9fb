// SPDX-License-Identifier: Apache-2.0

/// A place in a document: `a.b[0].c`, `Reservations[*].Instances[*]`, `tags['aws:name']`.
package struct JSONPath: Sendable, Hashable, CustomStringConvertible {
  package enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
    case all
  }

  package var steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  /// Reads the text form; nil where it is malformed. The empty text is the value itself.
  package init?(_ text: String) {
    steps = []
    var rest = Substring(text)
    var first = true
    while let character = rest.first {
      if character == "[" {
        guard let close = Self.close(of: rest) else { return nil }
        let inner = rest[rest.index(after: rest.startIndex)..<close]
        if inner == "*" {
          steps.append(.all)
        } else if let quote = inner.first, quote == "'" || quote == "\"" {
          guard inner.count >= 2, inner.last == quote else { return nil }
          steps.append(.key(String(inner.dropFirst().dropLast())))
        } else if let index = Int(inner) {
          steps.append(.index(index))
        } else {
          return nil
        }
        rest = rest[rest.index(after: close)...]
      } else {
        if character == "." {
          if first { return nil }
          rest = rest.dropFirst()
        } else if !first {
          return nil
        }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty else { return nil }
        steps.append(.key(String(key)))
        rest = rest[key.endIndex...]
      }
      first = false
    }
  }

  /// The bracket that closes the one at the start of `text`; a quoted key may hold brackets.
  private static func close(of text: Substring) -> Substring.Index? {
    let inner = text.dropFirst()
    guard let quote = inner.first, quote == "'" || quote == "\"" else { return text.firstIndex(of: "]") }
    var at = inner.index(after: inner.startIndex)
    while let end = text[at...].firstIndex(of: quote) {
      at = text.index(after: end)
      if at < text.endIndex, text[at] == "]" { return at }
    }
    return nil
  }

  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key):
        let plain = key.utf8.allSatisfy { $0 != 0x2E && $0 != 0x5B && $0 != 0x27 } && !key.isEmpty
        let quote = key.contains("']") ? "\"" : "'"
        if plain { text += text.isEmpty ? key : "." + key } else { text += "[\(quote)\(key)\(quote)]" }
      case .index(let index): text += "[\(index)]"
      case .all: text += "[*]"
      }
    }
    return text
  }

  package var hasWildcard: Bool { steps.contains(.all) }
}

extension JSONValue {
  /// The value at `path`; the first one where the path has wildcards.
  package func value(at path: JSONPath) -> JSONValue? {
    var value = self
    for (index, step) in path.steps.enumerated() {
      let next: JSONValue?
      switch step {
      case .key(let key): next = value[key]
      case .index(let position): next = value[position]
      case .all: return value.values(at: JSONPath(steps: Array(path.steps[index...]))).first
      }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// All values at `path`; `[*]` walks the elements of an array or the values of an object.
  package func values(at path: JSONPath) -> [JSONValue] {
    var values = [self]
    for step in path.steps {
      switch step {
      case .key(let key): values = values.compactMap { $0[key] }
      case .index(let index): values = values.compactMap { $0[index] }
      case .all: values = values.flatMap { $0.kind == .object ? $0.members.map(\.value) : Array($0.elements) }
      }
    }
    return values
  }
}
