// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// Mappings run backwards: from what a resource's document says, the part of an answer that it was made of.
///
/// What a mapping says for sure goes in first. What it only lets one guess, as a name from the end of an ARN, fills what is
/// still open then.
struct Inverse {
  /// The answer so far, or a list's item.
  private(set) var answer = JSONDraft.emptyObject
  /// What is known of the resource that this one was listed for.
  private(set) var parent = JSONDraft.emptyObject
  /// What the item is known to have said, for the answers that were asked about it.
  private(set) var item = JSONDraft.emptyObject
  private let shapes: ShapeWalk
  private let variable: (String) -> String?
  private var guesses: [(value: JSONDraft, mapping: Mapping)] = []

  init(shapes: ShapeWalk, variable: @escaping (String) -> String?) {
    self.shapes = shapes
    self.variable = variable
  }

  /// Whether the document's value is one that these targets can have made: a constant must be itself.
  static func canHaveMade(_ document: JSONValue, _ targets: CollectorSpec.Targets) -> Bool {
    targets.allSatisfy { path, mapping in
      guard case .const(let constant) = mapping, let value = document.value(at: path) else { return true }
      return JSONDraft.value(value).finished == constant.finished
    }
  }

  /// Takes in what a document has at the targets.
  ///
  /// - Returns: whether it has anything there.
  @discardableResult
  mutating func take(_ targets: CollectorSpec.Targets, of values: JSONValue?) -> Bool {
    var has = false
    for (path, mapping) in targets {
      guard let value = values?.value(at: path), !value.isNull else { continue }
      has = true
      take(.value(value), mapping)
    }
    return has
  }

  mutating func take(_ value: JSONDraft, _ mapping: Mapping) {
    switch mapping {
    case .path(let path): plant(value, path, over: true)
    case .from(let path, let transforms):
      if transforms.contains(where: \.losesMuch) { return guesses.append((value, mapping)) }
      let kind = shapes.at(path)
      let source = transforms.reversed().reduce(Optional(value)) { value, transform in
        value.flatMap { transform.reversed($0, to: kind) }
      }
      if let source { plant(source, path, over: true) }
    case .each(let path, let members):
      guard value.isArray else { return }
      guard let members else { return plant(value, path, over: true) }
      let elements = value.elementList.map { element in
        var inner = Inverse(shapes: shapes.at(path).element, variable: variable)
        for (key, mapping) in members {
          if let value = element[key], !value.isNull { inner.take(value, mapping) }
        }
        inner.guess()
        return inner.answer
      }
      plant(.array(elements), path, over: true)
    case .object(let members):
      for (key, mapping) in members {
        if let value = value[key], !value.isNull { take(value, mapping) }
      }
    case .list(let mappings):
      let elements = value.elementList
      guard elements.count == mappings.count else { return }
      for (element, mapping) in zip(elements, mappings) { take(element, mapping) }
    case .template: guesses.append((value, mapping))
    case .const: break
    }
  }

  /// Fills what is still open.
  mutating func guess() {
    for (value, mapping) in guesses {
      switch mapping {
      case .from(let path, let transforms):
        let kind = shapes.at(path)
        let source = transforms.reversed().reduce(Optional(value)) { value, transform in
          value.flatMap { transform.reversed($0, to: kind) }
        }
        if let source { plant(source, path, over: false) }
      case .template(let template): if let text = value.string { fill(template, from: text) }
      case .path(let path): plant(value, path, over: false)
      default: break
      }
    }
    guesses = []
  }

  mutating func put(_ value: JSONDraft, at path: JSONPath) { plant(value, path, over: false) }

  /// Takes in what fills only what is open at the end: names and ids are made of other members.
  mutating func takeLater(_ value: JSONDraft, _ mapping: Mapping) { guesses.append((value, mapping)) }

  mutating func putLater(_ value: JSONDraft, at path: JSONPath) { guesses.append((value, .path(path))) }

  private mutating func plant(_ value: JSONDraft, _ path: JSONPath, over: Bool) {
    let rest = path.steps.dropFirst()
    if case .key(let head) = path.steps.first {
      switch head {
      case "parent": return parent.plant(value, rest, over: over)
      case "item": return item.plant(value, rest, over: over)
      case "properties", "observed": if !shapes.has(head) { return }
      default: break
      }
    }
    answer.plant(value, path.steps[...], over: over)
  }

  /// Reads a text back into the holes of its template; what is known of them is text.
  private mutating func fill(_ template: Template, from text: String) {
    enum Piece {
      case text(String)
      case hole(JSONPath, Transform?)
    }
    var pieces: [Piece] = []
    for part in template.parts {
      var piece: Piece
      switch part {
      case .text(let literal): piece = .text(literal)
      case .hole(let name, let path, let transform):
        if transform == nil, let value = variable(name) {
          piece = .text(value)
        } else if let known = known(path), let value = transform.map({ $0.apply(known) }) ?? known,
          value.scalarText != nil
        {
          piece = .text(value.scalarText ?? "")
        } else {
          piece = .hole(path, transform)
        }
      }
      if case .text(let next) = piece, case .text(let before) = pieces.last {
        pieces.removeLast()
        piece = .text(before + next)
      }
      pieces.append(piece)
    }
    var rest = Substring(text)
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let literal):
        guard rest.hasPrefix(literal) else { return }
        rest = rest.dropFirst(literal.count)
      case .hole(let path, _):
        var end = rest.endIndex
        if index + 1 < pieces.count, case .text(let next) = pieces[index + 1] {
          guard let found = rest.firstRange(of: next) else { return }
          end = found.lowerBound
        }
        if end > rest.startIndex { plant(.string(String(rest[..<end])), path, over: false) }
        rest = rest[end...]
      }
    }
  }

  private func known(_ path: JSONPath) -> JSONDraft? {
    if case .key("parent") = path.steps.first { return parent.get(JSONPath(steps: Array(path.steps.dropFirst()))) }
    let found = path.steps.isEmpty ? (answer.isObject ? nil : answer) : answer.get(path)
    return found.flatMap { $0.isNull ? nil : $0 }
  }
}

extension JSONDraft {
  /// Puts a value at a path, making objects and lists on the way. A list of the values of `[*]` gives each element its own.
  ///
  /// - Parameter over: whether it takes the place of what is there.
  mutating func plant(_ value: JSONDraft, _ steps: ArraySlice<JSONPath.Step>, over: Bool) {
    guard let step = steps.first else {
      let isOpen = isNull || (isObject && thawed().isEmpty)
      if over || isOpen { self = value }
      return
    }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      var members = thawed()
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value.plant(value, rest, over: over)
      } else {
        var child = JSONDraft.emptyObject
        child.plant(value, rest, over: over)
        members.append((key, child))
      }
      self = .object(members)
    case .index(let position):
      var elements = elementList
      while elements.count <= max(0, position) { elements.append(.emptyObject) }
      elements[max(0, position)].plant(value, rest, over: over)
      self = .array(elements)
    case .all:
      var elements = elementList
      // Lists in a list were made flat: one outer element has them all.
      let values = rest.contains(.all) ? [value] : value.elementList
      while elements.count < values.count { elements.append(.emptyObject) }
      for (index, value) in values.enumerated() { elements[index].plant(value, rest, over: over) }
      self = .array(elements)
    }
  }
}

/// A place in the shapes of an answer; nowhere where the tables do not know.
struct ShapeWalk {
  let model: ServiceModel?
  let index: Int?

  static let nowhere = ShapeWalk(model: nil, index: nil)

  var shape: Shape? {
    guard let model, let index, model.shapes.indices.contains(index) else { return nil }
    return model.shapes[index]
  }

  func has(_ name: String) -> Bool { shape?.member(named: name) != nil }

  var element: ShapeWalk {
    guard let shape, shape.kind == .list || shape.kind == .map else { return .nowhere }
    return ShapeWalk(model: model, index: shape.element)
  }

  func member(_ name: String) -> ShapeWalk {
    guard let shape else { return .nowhere }
    if shape.kind == .map { return element }
    return ShapeWalk(model: model, index: shape.member(named: name)?.shape)
  }

  func at(_ path: JSONPath) -> ShapeWalk {
    path.steps.reduce(self) { place, step in
      switch step {
      case .key(let key): place.member(key)
      case .index, .all: place.element
      }
    }
  }
}
