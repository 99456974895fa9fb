// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Where a run takes place.
struct RunPlace: Sendable {
  let partition: AWSPartition
  let account: String
  /// The region that is asked.
  let region: String
  /// The region under which results are kept: `global` for what the account has once.
  let scopeRegion: String

  func variable(_ name: String) -> String? {
    switch name {
    case "partition": partition.id
    case "account": account
    case "region": region
    case "dnsSuffix": partition.dnsSuffix
    default: nil
    }
  }
}

/// A resource on its way: what the list said of it, what was asked since, what came of it.
struct Item: Sendable {
  let base: JSONValue
  var answers: [JSONValue] = []
  var properties = JSONDraft.emptyObject
  var observed = JSONDraft.emptyObject
  var tags: JSONDraft?
  var gaps: [CoverageGap] = []
  let parent: JSONValue?
  let place: RunPlace

  init(base: JSONValue, parent: JSONValue?, place: RunPlace) {
    self.base = base
    self.parent = parent
    self.place = place
  }

  mutating func take(
    _ properties: CollectorSpec.Targets, _ observed: CollectorSpec.Targets, _ tags: Mapping?, from answer: JSONValue
  ) {
    let source = AnswerSource(answer: answer, item: self)
    for (path, mapping) in properties {
      if let value = mapping.resolve(source) { self.properties.set(path, value) }
    }
    for (path, mapping) in observed {
      if let value = mapping.resolve(source) { self.observed.set(path, value) }
    }
    if let value = tags?.resolve(source) { self.tags = Transform.pairs(value) ?? self.tags }
  }

  /// The row of `resources`.
  func row(type: String, id: String, name: String, location: String) -> JSONDocument {
    var builder = JSONBuilder()
    builder.beginObject()
    let texts: [(String, String)] = [
      ("id", id), ("name", name), ("type", type), ("kind", ""), ("location", location), ("resourceGroup", ""),
      ("subscriptionId", place.account), ("tenantId", ""), ("cloud", "aws"), ("source", "live"),
    ]
    for (key, text) in texts {
      builder.key(key)
      builder.append(text)
    }
    builder.key("tags")
    (tags ?? .emptyObject).write(into: &builder)
    builder.key("properties")
    properties.write(into: &builder)
    builder.key("observed")
    observed.write(into: &builder)
    builder.endObject()
    return builder.finish()
  }
}

extension Item: MappingSource {
  /// The list's item first, then the answers from the newest on; `properties`, `observed` and `parent` by their names.
  func value(at path: JSONPath) -> JSONDraft? {
    if case .key(let head) = path.steps.first {
      switch head {
      case "parent": if let parent { return parent.found(JSONPath(steps: Array(path.steps.dropFirst()))) }
      case "properties":
        if let found = properties.get(JSONPath(steps: Array(path.steps.dropFirst()))), !found.isNull { return found }
      case "observed":
        if let found = observed.get(JSONPath(steps: Array(path.steps.dropFirst()))), !found.isNull { return found }
      default: break
      }
    }
    if let found = base.found(path) { return found }
    for answer in answers.reversed() {
      if let found = answer.found(path) { return found }
    }
    return nil
  }

  func variable(_ name: String) -> String? { place.variable(name) }
}

/// An answer as a step's mappings see it. `item.X`, `parent.X`, `properties.X` reach beyond it.
struct AnswerSource: MappingSource {
  let answer: JSONValue
  let item: Item

  func value(at path: JSONPath) -> JSONDraft? {
    if let found = answer.found(path) { return found }
    guard case .key(let head) = path.steps.first else { return nil }
    switch head {
    case "item": return item.value(at: JSONPath(steps: Array(path.steps.dropFirst())))
    case "parent", "properties", "observed": return item.value(at: path)
    default: return nil
    }
  }

  func variable(_ name: String) -> String? { item.place.variable(name) }
}
