// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

extension RuleCompilation {
  /// Members of a condition beside its operator.
  private static let sources = ["field", "value", "count", "allof", "anyof", "not"]

  /// Compiles a condition and all below it.
  mutating func condition(_ value: JSONValue) throws(PolicyError) {
    depth += 1
    defer { depth -= 1 }
    if depth > compiler.options.depth {
      throw fail(.tooLarge, value, "conditions are nested deeper than \(compiler.options.depth)")
    }
    if draft.nodes.count >= compiler.options.conditions {
      throw fail(.tooLarge, value, "there are more than \(compiler.options.conditions) conditions")
    }
    guard value.kind == .object else { throw fail(.shape, value, "a condition must be an object") }
    var source: (name: String, key: JSONValue, value: JSONValue)?
    var condition: (PolicyOperator, JSONValue)?
    for (key, member) in value.members {
      let name = (key.string ?? "").lowercased()
      if Self.sources.contains(name) {
        if let source { throw fail(.shape, key, "a condition has one of \(source.name) and \(name), not both") }
        source = (name, key, member)
      } else if let found = PolicyOperator(named: name) {
        if condition != nil { throw fail(.shape, key, "a condition has one operator; '\(name)' is a second") }
        condition = (found, member)
      } else {
        let near = Spelling.nearest(
          to: name, in: PolicyOperator.names + ["field", "value", "count", "allOf", "anyOf", "not"])
        throw fail(
          .unknownOperator, key,
          "no condition is called '\(key.string ?? "")'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      }
    }
    guard let source else { throw fail(.shape, value, "a condition needs field, value, count, allOf, anyOf or not") }
    let isLogical = ["allof", "anyof", "not"].contains(source.name)
    if isLogical, let (found, _) = condition { throw fail(.shape, value, "\(source.name) has no operator '\(found)'") }
    if !isLogical, condition == nil { throw fail(.shape, source.key, "the condition has no operator") }
    switch source.name {
    case "allof": try group(.allOf, source.value, value)
    case "anyof": try group(.anyOf, source.value, value)
    case "not":
      let at = open(.not, value)
      try self.condition(source.value)
      close(at)
    case "count": try count(source.value, condition, value)
    default: try leaf(source, condition, value)
    }
  }

  private mutating func open(_ kind: RuleNode.Kind, _ value: JSONValue) -> Int {
    draft.nodes.append(RuleNode(kind: kind, place: value.node))
    return draft.nodes.count - 1
  }

  private mutating func close(_ at: Int) { draft.nodes[at].end = UInt32(draft.nodes.count) }

  private mutating func group(_ kind: RuleNode.Kind, _ list: JSONValue, _ value: JSONValue) throws(PolicyError) {
    guard list.kind == .array else { throw fail(.shape, value, "\(kind) must be an array of conditions") }
    let at = open(kind, value)
    for element in list.elements { try condition(element) }
    close(at)
  }

  private mutating func leaf(
    _ source: (name: String, key: JSONValue, value: JSONValue), _ condition: (PolicyOperator, JSONValue)?,
    _ value: JSONValue
  ) throws(PolicyError) {
    var node = RuleNode(kind: .constant, place: value.node)
    if source.name == "field" {
      guard source.value.kind == .string, let text = source.value.string, !text.isEmpty else {
        throw fail(.shape, source.key, "field must name a field")
      }
      try field(template(source.value, at: source.value), source.value, &node)
    } else {
      switch template(source.value, at: source.value) {
      case .constant(let constant): node.source = UInt32(draft.constants.add(constant))
      case let other:
        node.kind = .value
        node.source = add(other)
      }
      // An unknown constant is a template, so that its reason is told.
      if case .constant(let constant) = template(source.value, at: source.value), constant.reason != nil {
        node.kind = .value
        node.source = add(.failed(constant.reason ?? ""))
      }
    }
    try compare(condition, &node, value)
    node.end = UInt32(draft.nodes.count + 1)
    draft.nodes.append(node)
  }

  private mutating func add(_ template: PolicyTemplate) -> UInt32 {
    draft.templates.append(template)
    return UInt32(draft.templates.count - 1)
  }

  /// Says what a condition compares with.
  private mutating func compare(
    _ condition: (PolicyOperator, JSONValue)?, _ node: inout RuleNode, _ value: JSONValue
  ) throws(PolicyError) {
    guard let (found, wanted) = condition else { throw fail(.shape, value, "the condition has no operator") }
    (node.condition, node.isNegated) = found.positive
    let template = template(wanted, at: wanted)
    if let constant = constant(of: template), constant.reason == nil {
      if node.condition == .in, !constant.isArray {
        throw fail(.shape, wanted, "\(found) needs an array, not \(constant.kindName)")
      }
      if node.condition == .exists, constant.bool == nil,
        !["true", "false"].contains((constant.string ?? "").lowercased())
      {
        throw fail(.shape, wanted, "exists is true or false, not \(constant.kindName)")
      }
      let isAsWritten =
        wanted.kind != .string && constant.json.document === wanted.document || wanted.count == 0 && !isTemplate(wanted)
      if node.isSpaceless {
        node.wantedIn = .constants
        node.wanted = UInt32(draft.constants.add(Self.spaceless(constant)))
      } else if isAsWritten {
        node.wanted = wanted.node
      } else {
        node.wantedIn = .constants
        node.wanted = UInt32(draft.constants.add(constant))
      }
    } else {
      node.wantedIn = .template
      node.wanted = add(template)
    }
  }

  private func isTemplate(_ value: JSONValue) -> Bool { value.string?.hasPrefix("[") ?? false }

  /// Text without its spaces, as locations are compared.
  static func spaceless(_ value: ARMValue) -> ARMValue {
    if let text = value.string { return .string(text.filter { $0 != " " }) }
    return value.elements.map { .array($0.map(spaceless)) } ?? value
  }

  // MARK: Fields

  private mutating func field(
    _ name: PolicyTemplate, _ value: JSONValue, _ node: inout RuleNode
  ) throws(PolicyError) {
    guard case .constant(let constant) = name, constant.reason == nil else {
      node.kind = .namedField
      node.source = add(name)
      return
    }
    guard let text = constant.string, !text.isEmpty else {
      throw fail(.shape, value, "the name of a field is a string, not \(constant.kindName)")
    }
    switch text.lowercased() {
    case "type": node.role = .type
    case "name": node.role = .name
    case "kind": node.role = .kind
    case "location": node.isSpaceless = true
    default: break
    }
    guard let source = source(of: text, at: value) else {
      node.kind = .value
      node.source = add(.failed("no alias is called '\(text)'"))
      return
    }
    guard case .path(let path) = source.kind else {
      node.kind = .field
      node.source = UInt32(draft.fields.count)
      node.hasWildcard = source.hasWildcard
      draft.fields.append(source)
      return
    }
    if let (scope, rest) = scoped(path, type: source.type) {
      node.kind = .scoped
      node.scope = UInt8(clamping: scope)
      node.source = draft.path(rest, type: nil)
      node.hasWildcard = rest.hasWildcard
    } else {
      node.kind = .path
      node.source = draft.path(path, type: source.type)
      node.hasWildcard = path.hasWildcard
    }
  }

  /// The innermost count around whose elements a path leads through, and the rest of the path.
  private func scoped(_ path: FieldPath, type: String?) -> (Int, FieldPath)? {
    for index in scopes.indices.reversed() {
      guard let scope = scopes[index].path, scopes[index].type == type, path.steps.starts(with: scope.steps) else {
        continue
      }
      return (index, FieldPath(steps: Array(path.steps.dropFirst(scope.steps.count)), isLoose: path.isLoose))
    }
    return nil
  }

  // MARK: Counts

  private mutating func count(
    _ body: JSONValue, _ condition: (PolicyOperator, JSONValue)?, _ value: JSONValue
  ) throws(PolicyError) {
    guard body.kind == .object else { throw fail(.shape, value, "count must be an object with field or value") }
    var (fieldName, collection, filter): (JSONValue?, JSONValue?, JSONValue?)
    var name = ""
    for (key, member) in body.members {
      switch (key.string ?? "").lowercased() {
      case "field": fieldName = member
      case "value": collection = member
      case "where": filter = member
      case "name":
        guard let text = member.string, !text.isEmpty else {
          throw fail(.shape, key, "the name of a count is a string")
        }
        name = text.lowercased()
      case let other:
        let near = Spelling.nearest(to: other, in: ["field", "value", "where", "name"])
        throw fail(.shape, key, "count has no '\(other)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      }
    }
    if (fieldName == nil) == (collection == nil) { throw fail(.shape, body, "count needs field or value, one of them") }
    if scopes.count >= 16 { throw fail(.tooLarge, body, "counts are nested deeper than 16") }
    var scope: (path: FieldPath?, type: String?) = (nil, nil)
    let source: RuleCount.Source
    if let fieldName {
      guard let text = fieldName.string else {
        throw fail(.shape, fieldName, "the field of a count is the name of an array")
      }
      guard let resolved = constant(of: template(fieldName, at: fieldName))?.string else {
        throw fail(.expression, fieldName, "the field of a count must not depend on the resource: \(text)")
      }
      guard resolved.contains("[*]") else {
        throw fail(.shape, fieldName, "the field of a count names the elements of an array: \(resolved)[*]")
      }
      let found = self.source(of: resolved, at: fieldName)
      if case .path(let path)? = found?.kind {
        scope = (path, found?.type)
        if let (outer, rest) = scoped(path, type: found?.type) {
          source = .scoped(draft.path(rest, type: nil), UInt8(clamping: outer))
        } else {
          source = .path(draft.path(path, type: found?.type))
        }
      } else if let found {
        source = .field(UInt32(draft.fields.count))
        draft.fields.append(found)
        if case .byVersion(_, let path) = found.kind { scope = (path, found.type) }
      } else {
        source = .template(add(.failed("no alias is called '\(resolved)'")))
      }
      // current() may ask by the name of the alias.
      name = resolved.lowercased()
    } else {
      let template = template(collection ?? .null, at: body)
      if let constant = constant(of: template), constant.reason == nil {
        guard constant.isArray else {
          throw fail(.shape, body, "the value of a count is an array, not \(constant.kindName)")
        }
        source = .constant(UInt32(draft.constants.add(constant)), .constants)
      } else {
        source = .template(add(template))
      }
    }
    var node = RuleNode(kind: .count, place: value.node)
    try compare(condition, &node, value)
    node.source = UInt32(draft.counts.count)
    draft.counts.append(RuleCount(source: source, name: name, path: scope.path, type: scope.type))
    let at = draft.nodes.count
    draft.nodes.append(node)
    if let filter {
      scopes.append(scope)
      try self.condition(filter)
      scopes.removeLast()
    }
    close(at)
  }
}
