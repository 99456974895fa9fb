// SPDX-License-Identifier: Apache-2.0

/// What the rows of a mapping are read from: a resource's arguments, and what is known of it besides.
struct MappingScope {
  /// All arguments of the resource.
  let resource: CodeNode
  /// What paths begin at.
  var element: CodeNode
  var key: String?
  /// `{name}`, `{id}`, `{region}`, ...
  var facts: [String: String]

  init(_ resource: CodeNode, facts: [String: String]) {
    self.resource = resource
    element = resource
    self.facts = facts
  }

  /// The value at a path; nil where it is absent or null.
  func get(_ path: ArgumentPath) -> CodeNode? {
    let start: CodeNode
    switch path.start {
    case .element, .value: start = element
    case .resource: start = resource
    case .key: return key.map { CodeNode(.string($0), at: element.place) }
    case .name: return fact("name")
    case .id: return fact("id")
    }
    return Self.get(start, path.steps[...])
  }

  private func fact(_ name: String) -> CodeNode? { facts[name].map { CodeNode(.string($0), at: element.place) } }

  private static func get(_ node: CodeNode, _ steps: ArraySlice<ArgumentPath.Step>) -> CodeNode? {
    guard let step = steps.first else { return node.isNull ? nil : node }
    if node.unknown != nil { return node }
    switch (step, node.value) {
    case (.all, .list(let elements)):
      return CodeNode(.list(elements.compactMap { get($0, steps.dropFirst()) }), at: node.place)
    case (.all, .map): return get(CodeNode(.list([node]), at: node.place), steps)
    case (.key, .list(let elements)):
      // A block that may stand once is stepped into; of several the first that has the argument counts.
      for element in elements {
        if let found = get(element, steps) { return found }
      }
      return nil
    case (.key(let key), .map): return node[key].flatMap { get($0, steps.dropFirst()) }
    default: return nil
    }
  }

  /// The text of a template; nil where an argument that it names is absent.
  func text(_ template: MappingTemplate) -> CodeNode? {
    var out = ""
    for part in template.parts {
      switch part {
      case .text(let text): out += text
      case .placeholder(let name, let path):
        if name.hasSuffix("/..") {
          // The id of what it is a part of: `{policy_id/../..}`.
          let path = ArgumentPath(name.replacing("/..", with: ""))
          guard let id = get(path)?.string else { return nil }
          out += id.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast(name.split(separator: "/").count(where: { $0 == ".." })).joined(separator: "/")
        } else if let fact = facts[name] {
          out += fact
        } else {
          guard let node = get(path) else { return nil }
          if node.unknown != nil { return node }
          guard let scalar = node.scalar else { return nil }
          out += scalar
        }
      }
    }
    return CodeNode(.string(out), at: place(template))
  }

  private func place(_ template: MappingTemplate) -> CodePlace {
    for case .placeholder(_, let path) in template.parts {
      if let node = get(path) { return node.place }
    }
    return element.place
  }

  /// The scope of an element.
  func entering(_ element: CodeNode, key: String? = nil) -> MappingScope {
    var scope = self
    scope.element = element
    scope.key = key
    return scope
  }
}

extension MappingSource {
  /// The native value; nil where there is none.
  func value(in scope: MappingScope) -> CodeNode? {
    for (path, values) in when {
      guard let node = scope.get(path) else { return nil }
      if node.unknown != nil { return node }
      guard let scalar = node.scalar, values.contains(where: { $0.lowercased() == scalar.lowercased() }) else {
        return nil
      }
    }
    let found = raw(in: scope).flatMap { $0.isNull ? nil : shaped($0, scope) }
    guard let found else {
      return otherwise.map { CodeNode($0, at: scope.element.place).moved(to: scope.element.place) }
    }
    guard found.unknown == nil else { return found }
    var node = found
    for conversion in conversions {
      switch conversion {
      case .transform(let transform): node = transform.apply(node)
      case .table(let table, let other):
        if case .list(let elements) = node.value, elements.contains(where: { $0.scalar != nil }) {
          // Of a list each element is looked up.
          node = CodeNode(.list(elements.map { Self.looked(up: $0, table, other) }), at: node.place)
        } else if node.scalar == nil {
          // A block that is there: `{from: customer_managed_key, as: {"*": true}}`.
          if let unknown = node.elements.first, node.elements.allSatisfy({ $0.unknown != nil }) { return unknown }
          if let other { node = CodeNode(other, at: node.place).moved(to: node.place) }
        } else {
          node = Self.looked(up: node, table, other)
        }
      }
      if node.isNull { return nil }
    }
    return node
  }

  private static func looked(up node: CodeNode, _ table: [String: CodeValue], _ other: CodeValue?) -> CodeNode {
    guard let scalar = node.scalar else { return node }
    let entry = table[scalar] ?? table.first { $0.key.lowercased() == scalar.lowercased() }?.value ?? other
    return entry.map { CodeNode($0, at: node.place).moved(to: node.place) } ?? node
  }

  private func raw(in scope: MappingScope) -> CodeNode? {
    switch origin {
    case .paths(let paths):
      for path in paths {
        if let node = scope.get(path) { return node }
      }
      return nil
    case .text(let template): return scope.text(template)
    case .constant(let value): return CodeNode(value, at: scope.element.place).moved(to: scope.element.place)
    case .first(let sources):
      for source in sources {
        if let node = source.value(in: scope) { return node }
      }
      return nil
    case .concat(let sources):
      var all: [CodeNode] = []
      var place: CodePlace?
      for source in sources {
        guard let node = source.value(in: scope) else { continue }
        if node.unknown != nil { return node }
        if place == nil { place = node.place }
        if case .list(let elements) = node.value { all += elements } else { all.append(node) }
      }
      return place.map { CodeNode(.list(all), at: $0) }
    }
  }

  /// The rows of `each` or `block` over a value.
  private func shaped(_ node: CodeNode, _ scope: MappingScope) -> CodeNode? {
    if let block {
      guard node.unknown == nil else { return node }
      let element = node.elements.first ?? node
      guard case .map = element.value else { return nil }
      return MappingRow.map(block, scope.entering(element))
    }
    guard let each else { return node }
    guard node.unknown == nil else { return node }
    if let key { return keyed(node, by: key, each, scope) }
    var made: [CodeNode] = []
    switch node.value {
    case .list(let elements):
      for element in elements where !element.isNull { append(element, nil, each, scope, to: &made) }
    case .map(let members):
      // A map of objects has an element for each; an object is one itself.
      let isMapOfObjects = !members.isEmpty && members.allSatisfy { !$0.node.members.isEmpty }
      if isMapOfObjects {
        for member in members { append(member.node, member.key, each, scope, to: &made) }
      } else {
        append(node, nil, each, scope, to: &made)
      }
    default: append(node, nil, each, scope, to: &made)
    }
    return CodeNode(.list(made), at: node.place)
  }

  /// A list of blocks as a map.
  private func keyed(
    _ node: CodeNode, by key: ArgumentPath, _ rows: [MappingRow], _ scope: MappingScope
  ) -> CodeNode {
    var map = CodeNode(.map([]), at: node.place)
    for element in node.elements where !element.isNull {
      let inner = scope.entering(element)
      guard element.unknown == nil, let name = inner.get(key)?.scalar else {
        return CodeNode(.unknown(element.unknown ?? CodeUnknown("the code does not settle it")), at: element.place)
      }
      map.set([name], MappingRow.map(rows, inner))
    }
    return map
  }

  private func append(
    _ element: CodeNode, _ key: String?, _ rows: [MappingRow], _ scope: MappingScope, to made: inout [CodeNode]
  ) {
    if element.unknown != nil { return made.append(element) }
    let scope = scope.entering(element, key: key)
    let base = MappingRow.map(rows, scope)
    let count = made.count
    for (to, path) in spread {
      guard let list = scope.get(path) else { continue }
      let values = list.unknown == nil ? (list.elements.isEmpty && list.scalar != nil ? [list] : list.elements) : [list]
      for value in values {
        var copy = base
        copy.set([to], value)
        made.append(copy)
      }
    }
    // What has none of the lists, as a rule for the group itself, is one element all the same.
    if made.count == count { made.append(base) }
  }
}

extension MappingRow {
  /// The object that rows make of an element.
  static func map(_ rows: [MappingRow], _ scope: MappingScope) -> CodeNode {
    var node = CodeNode(.map([]), at: scope.element.place)
    for row in rows {
      if let value = row.source.value(in: scope) { node.set(row.to[...], value) }
    }
    return node
  }
}
