// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// What a write's mappings see: the request, and as `item.X` the resource.
private struct WriteSource: MappingSource {
  let input: JSONDraft
  let item: AWSItem?
  let place: AWSPlace

  func value(at path: JSONPath) -> JSONDraft? {
    if case .key("item") = path.steps.first {
      return item?.value(at: JSONPath(steps: Array(path.steps.dropFirst())))
    }
    // As answers are looked into: lists of `[*]` are made flat.
    return input.finished.found(path)
  }

  func variable(_ name: String) -> String? { place.variable(name) }
}

extension Mapping {
  /// The ways in which a request may name a resource.
  fileprivate var ways: [Mapping] { if case .list(let ways) = self { ways } else { [self] } }
}

extension AWSTwin {
  /// Changes the document that a request names as its spec says, and answers.
  func write(
    _ operation: AWSCatalog.Operation, _ specs: [WriteSpec], _ input: JSONDraft, _ place: AWSPlace
  ) throws(AWSError) -> JSONDraft {
    let plain = WriteSource(input: input, item: nil, place: place)
    guard let spec = specs.first(where: { $0.when?.holds(plain) ?? true }), let entry = catalog.entry(of: spec.type)
    else {
      throw AWSError(400, "InvalidParameterValue", "The request asks for a change that is not one of this operation.")
    }
    if input["DryRun"]?.scalarText == "true" {
      throw AWSError(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
    }
    let item = try target(spec, entry, operation, input, place)
    let source = WriteSource(input: input, item: item, place: place)
    var document = JSONDraft.value(item.document)
    for path in spec.remove { document.unset(path) }
    for (path, mapping) in spec.put {
      if let value = mapping.resolve(source) {
        try Self.checkPolicy(value, mapping, spec)
        document.set(path, value)
      } else {
        document.unset(path)
      }
    }
    for (path, mapping) in spec.set {
      if let value = mapping.resolve(source) { document.set(path, value) }
    }
    for (path, mapping) in spec.otherwise where document.get(path) == nil {
      if let value = mapping.resolve(source) { document.set(path, value) }
    }
    for change in spec.lists where change.when?.holds(source) ?? true {
      try apply(change, to: &document, source)
    }
    document.settle(operation.key, spec)
    let written = document.finished
    let id = written["id"]?.string ?? ""
    estate.write(id, written, cloud: "aws", method: operation.key)
    guard !spec.answer.isEmpty else { return .emptyObject }
    let after = WriteSource(input: input, item: AWSItem(written, entry, item.place), place: place)
    var answer = JSONDraft.emptyObject
    for (path, mapping) in spec.answer {
      if let value = mapping.resolve(after) { answer.plant(value, path.steps[...], over: true) }
    }
    return answer
  }

  /// A policy that is no document is refused.
  private static func checkPolicy(_ value: JSONDraft, _ mapping: Mapping, _ spec: WriteSpec) throws(AWSError) {
    guard case .from(_, [.policy]) = mapping, !value.isObject else { return }
    let code = spec.service == "iam" || spec.service == "kms" ? "MalformedPolicyDocument" : "MalformedPolicy"
    throw AWSError(400, code, "The policy is not a JSON document.")
  }

  /// The resource that a request names, or a new one.
  private func target(
    _ spec: WriteSpec, _ entry: AWSEntry, _ operation: AWSCatalog.Operation, _ input: JSONDraft, _ place: AWSPlace
  ) throws(AWSError) -> AWSItem {
    let source = WriteSource(input: input, item: nil, place: place)
    if let creation = spec.creation {
      let id = creation.id.resolve(source)?.scalarText ?? ""
      guard estate.document(id) == nil else { throw AWSError(400, creation.exists, "\(id) exists already.") }
      let row = AWSIndex.row(
        id, spec.type, name: creation.name.resolve(source)?.scalarText ?? "",
        location: entry.level == .region ? place.region : "global", account: place.account)
      guard let item = AWSItem(row, entry, place) else {
        throw AWSError(500, "InternalFailure", "\(id) cannot be made.")
      }
      return item
    }
    // One name may be a resource's id, its ARN or its own name: what the request gives must be one of those.
    let named = spec.input.map { name, mapping in (name, input[name]?.scalarText, mapping) }
    if let lacking = named.first(where: { $0.1 == nil }) {
      throw AWSError(400, "MissingParameter", "The request must contain the parameter \(lacking.0)")
    }
    let near = named.first.map { name, given, mapping in
      mapping.ways.enumerated().flatMap { number, way in
        index.items(entry, place, by: "write \(operation.key) \(name) \(number)", [given ?? ""]) {
          way.resolve($0)?.scalarText
        }
      }
    }
    let found = (near ?? index.items(entry, place)).first { item in
      named.allSatisfy { _, given, mapping in mapping.ways.contains { $0.resolve(item)?.scalarText == given } }
    }
    if let found { return found }
    let code = spec.missing ?? operation.notFoundCode(of: entry.spec.type)
    let names = named.compactMap(\.1).joined(separator: ", ")
    throw AWSError(Self.status(of: code, operation), code, "The resource \(names) does not exist.")
  }

  // MARK: Lists

  private func apply(
    _ change: WriteSpec.ListChange, to document: inout JSONDraft, _ source: WriteSource
  ) throws(AWSError) {
    var values: [JSONDraft] = []
    if let value = change.value?.resolve(source) { values.append(value) }
    if let each = change.each?.resolve(source) { values += each.elementList }
    guard !values.isEmpty else { return }
    guard let within = change.within else {
      let before = document.get(change.list)?.elementList ?? []
      document.set(change.list, .array(try changed(before, values, change)))
      return
    }
    let key = within.equals.resolve(source)?.scalarText
    var outer = document.get(change.list)?.elementList ?? []
    if !outer.contains(where: { $0[within.by]?.scalarText == key }) {
      outer.append(.object([(within.by, .string(key ?? "")), (within.list, .array([]))]))
    }
    for index in outer.indices where outer[index][within.by]?.scalarText == key {
      let before = outer[index][within.list]?.elementList ?? []
      outer[index].set(JSONPath(steps: [.key(within.list)]), .array(try changed(before, values, change)))
    }
    document.set(change.list, .array(outer))
  }

  private func changed(
    _ before: [JSONDraft], _ values: [JSONDraft], _ change: WriteSpec.ListChange
  ) throws(AWSError) -> [JSONDraft] {
    func key(_ element: JSONDraft) -> String {
      if let by = change.by { return (element[by] ?? element).scalarText ?? "" }
      return element.withoutDescription.finished.text
    }
    var elements = before
    for value in values {
      let found = elements.firstIndex { key($0) == key(value) }
      switch (change.isAdded, found) {
      case (true, let index?):
        if let error = change.error { throw Self.listError(error, "It is there already.") }
        guard change.missing != nil else {
          elements[index] = value
          continue
        }
        // What the change does not say stays: a key that is switched off keeps its age.
        for (key, inner) in value.thawed() { elements[index].set(JSONPath(steps: [.key(key)]), inner) }
      case (true, nil):
        if let error = change.missing { throw Self.listError(error, "It is not there.") }
        elements.append(value)
      case (false, let index?): elements.remove(at: index)
      case (false, nil): if let error = change.error { throw Self.listError(error, "It is not there.") }
      }
    }
    return elements
  }

  private static func listError(_ code: String, _ message: String) -> AWSError {
    AWSError(code.hasPrefix("NoSuch") ? 404 : 400, code, message)
  }
}

extension JSONDraft {
  /// Takes away what is at a path of keys.
  fileprivate mutating func unset(_ path: JSONPath) {
    guard case .key(let key) = path.steps.first, isObject else { return }
    var members = thawed()
    guard let index = members.firstIndex(where: { $0.key == key }) else { return }
    if path.steps.count == 1 {
      members.remove(at: index)
    } else {
      members[index].value.unset(JSONPath(steps: Array(path.steps.dropFirst())))
    }
    self = .object(members)
  }

  /// A rule is the same whatever is said about it.
  fileprivate var withoutDescription: JSONDraft {
    guard isObject else { return self }
    let said = ["Description", "SourceSecurityGroupOwnerId"]
    return .object(thawed().filter { !said.contains($0.key) }.sorted { $0.key < $1.key })
  }

  /// What AWS derives from what was changed.
  fileprivate mutating func settle(_ operation: String, _ spec: WriteSpec) {
    switch (operation, spec.type) {
    case (_, "aws::iam::user"): reportKeys()
    case ("ec2:ModifyImageAttribute", _):
      let permissions = get(Self.observed("LaunchPermissions"))?.elementList ?? []
      set(Self.observed("Public"), .bool(permissions.contains { $0["Group"]?.scalarText == "all" }))
    case ("iam:CreatePolicyVersion", _) where !spec.put.isEmpty:
      let before = get(Self.observed("DefaultVersionId"))?.scalarText?.dropFirst() ?? "1"
      set(Self.observed("DefaultVersionId"), .string("v\((Int(before) ?? 1) + 1)"))
    default: break
    }
  }

  private static func observed(_ keys: String...) -> JSONPath {
    JSONPath(steps: [.key("observed")] + keys.map { .key($0) })
  }

  /// The credential report says of a user's first and second key whether they are active.
  private mutating func reportKeys() {
    guard get(Self.observed("Credentials"))?.isObject == true else { return }
    let keys = get(Self.observed("AccessKeys"))?.elementList ?? []
    for number in 1...2 {
      let isActive = keys.indices.contains(number - 1) && keys[number - 1]["Status"]?.scalarText == "Active"
      set(Self.observed("Credentials", "AccessKey\(number)Active"), .bool(isActive))
    }
  }
}
