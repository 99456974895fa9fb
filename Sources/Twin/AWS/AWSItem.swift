// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// Where a request is answered.
struct AWSPlace: Sendable, Hashable {
  let partition: String
  let account: String
  let region: String

  func variable(_ name: String) -> String? {
    switch name {
    case "partition": partition
    case "account": account
    case "region": region
    case "dnsSuffix": partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"
    default: nil
    }
  }
}

/// A document as the operations of an entry answer with it: the list's item, and the answer of each step.
final class AWSItem: Sendable {
  let document: JSONValue
  let entry: AWSEntry
  let place: AWSPlace
  /// The item that a list has of it, and what is known of its parent.
  let base: JSONDraft
  let parent: JSONDraft

  /// Nil where the document is none that the entry can have made.
  init?(_ document: JSONValue, _ entry: AWSEntry, _ place: AWSPlace) {
    let (properties, observed) = (document["properties"] ?? .null, document["observed"] ?? .null)
    guard Inverse.canHaveMade(properties, entry.spec.properties), Inverse.canHaveMade(observed, entry.spec.observed)
    else {
      return nil
    }
    self.document = document
    self.entry = entry
    self.place = place
    var inverse = Inverse(shapes: entry.items, variable: place.variable)
    inverse.take(entry.spec.properties, of: properties)
    inverse.take(entry.spec.observed, of: observed)
    if let tags = entry.spec.tags, let value = document["tags"], value.count > 0 {
      inverse.take(Transform.listed(.value(value), entry.items.at(tags.path ?? JSONPath(steps: []))), tags)
    }
    if let name = entry.spec.name, let value = document["name"], value.string?.isEmpty == false {
      inverse.takeLater(.value(value), name)
    }
    if let id = entry.spec.id, let value = document["id"] { inverse.takeLater(.value(value), id) }
    if case .operation(let listing) = entry.spec.origin, let when = listing.when, when.contained == nil, !when.isNegated
    {
      // What the list says to be one of these: the document need not have kept it.
      if let value = when.equals?.first { inverse.putLater(.string(value), at: when.path) }
    }
    inverse.guess()
    parent = inverse.parent
    var base = inverse.answer
    for step in entry.spec.steps {
      var inverse = Inverse(shapes: .nowhere, variable: place.variable)
      inverse.take(step.properties, of: properties)
      inverse.take(step.observed, of: observed)
      for (key, value) in inverse.item.thawed() { base.plant(value, [.key(key)], over: false) }
    }
    self.base = base
    if case .operation(let listing) = entry.spec.origin, let when = listing.when, !when.holds(self) { return nil }
  }

  var id: String { document["id"]?.string ?? "" }

  /// What a step's mappings saw; nil where the document has nothing of it.
  func answer(_ index: Int) -> JSONDraft? {
    let step = entry.spec.steps[index]
    var inverse = Inverse(shapes: entry.answers[index], variable: place.variable)
    // A row's own columns come first, as a table has its key first.
    for column in step.row?.columns ?? [] {
      if let value = column.mapping.resolve(self) { inverse.put(value, at: column.path) }
    }
    if let batch = step.batch, let key = batch.key.resolve(self) { inverse.put(key, at: batch.by) }
    var has = inverse.take(step.properties, of: document["properties"])
    if inverse.take(step.observed, of: document["observed"]) { has = true }
    if let tags = step.tags, let value = document["tags"], value.count > 0 {
      has = true
      inverse.take(Transform.listed(.value(value), entry.answers[index].at(tags.path ?? JSONPath(steps: []))), tags)
    }
    if step.properties.isEmpty, step.observed.isEmpty, step.tags == nil { has = true }
    guard has else { return nil }
    inverse.guess()
    return inverse.answer
  }
}

extension AWSItem: MappingSource {
  /// As the collector's items look: the list's item, then the answers from the newest on.
  func value(at path: JSONPath) -> JSONDraft? {
    if case .key(let head) = path.steps.first {
      let rest = JSONPath(steps: Array(path.steps.dropFirst()))
      switch head {
      case "parent": return Self.present(parent.get(rest))
      case "properties", "observed":
        if let found = document[head]?.value(at: rest), !found.isNull { return .value(found) }
      default: break
      }
    }
    if let found = Self.present(base.get(path)) { return found }
    for index in entry.spec.steps.indices.reversed() {
      // The key that a row or a batch is found by is not looked for in the answer it finds.
      guard entry.spec.steps[index].row == nil, entry.spec.steps[index].batch == nil else { continue }
      if let found = Self.present(answer(index)?.get(path)) { return found }
    }
    return nil
  }

  func variable(_ name: String) -> String? { place.variable(name) }

  private static func present(_ draft: JSONDraft?) -> JSONDraft? { draft.flatMap { $0.isNull ? nil : $0 } }
}

/// What a list for each parent is asked with: the parent's document, or what is known of it from its child.
struct AWSParentSource: MappingSource {
  let item: AWSItem

  func value(at path: JSONPath) -> JSONDraft? { item.parent.get(path) }
  func variable(_ name: String) -> String? { item.place.variable(name) }
}

extension Mapping {
  /// Where it looks, if that is one place.
  var path: JSONPath? {
    switch self {
    case .path(let path), .from(let path, _), .each(let path, _): path
    default: nil
    }
  }
}
