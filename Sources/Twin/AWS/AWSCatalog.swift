// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON
internal import Specs

/// What the twin knows of AWS: the collector's specs and its own, and how each operation goes over the wire.
package struct AWSCatalog: Sendable {
  /// A place in the specs that an operation's answer is made from.
  struct Use: Sendable {
    enum Part: Sendable {
      case list(CollectorSpec.Listing)
      case step(CollectorSpec.Step, Int)
    }
    let entry: AWSEntry
    let part: Part
    /// Names the use among all.
    let number: Int

    /// The same for the uses of entries of one type: of these, one answers for a document.
    var name: String { "\(entry.type) \(call.input.map { "\($0.key) \($0.mapping)" })" }

    var call: CollectorSpec.Call {
      switch part {
      case .list(let listing): listing.call
      case .step(let step, _): step.call
      }
    }
  }

  struct Operation: Sendable {
    let service: ServiceModel
    let model: OperationModel

    var key: String { "\(service.service):\(model.name)" }
  }

  let entries: [AWSEntry]
  /// By `service:Operation`.
  private(set) var uses: [String: [Use]] = [:]
  private(set) var writes: [String: [WriteSpec]] = [:]
  /// By the name that a service's requests are signed with.
  private(set) var operations: [String: [Operation]] = [:]

  /// Reads `collectors/aws` and `twin/aws`.
  package init(_ content: ContentLibrary) throws(ContentError) {
    var models: [ServiceModel] = []
    for folder in ["collectors/aws/operations", "twin/aws/operations"] {
      for file in try content.files(under: folder, suffix: ".json") { models.append(try ServiceModel(file)) }
    }
    var known: Set<String> = []
    var byName: [String: Operation] = [:]
    for model in models {
      for operation in model.operations.values.sorted(by: { $0.name < $1.name }) {
        let operation = Operation(service: model, model: operation)
        guard known.insert(operation.key).inserted else { continue }
        operations[model.signingName, default: []].append(operation)
        byName[operation.key] = operation
      }
    }
    var entries: [AWSEntry] = []
    for folder in ["collectors/aws", "twin/aws/reads"] {
      for file in try content.files(under: folder) {
        let spec = try CollectorSpec(file)
        for entry in spec.entries {
          entries.append(AWSEntry(entry, in: spec, number: entries.count, operations: byName))
        }
      }
    }
    self.entries = entries
    var count = 0
    func add(_ entry: AWSEntry, _ part: Use.Part) {
      let use = Use(entry: entry, part: part, number: count)
      count += 1
      uses["\(use.call.service):\(use.call.operation)", default: []].append(use)
    }
    for entry in entries {
      if case .operation(let listing) = entry.spec.origin { add(entry, .list(listing)) }
      for (index, step) in entry.spec.steps.enumerated() { add(entry, .step(step, index)) }
    }
    for file in try content.files(under: "twin/aws/writes") {
      for write in try WriteSpec.all(file) { writes["\(write.service):\(write.operation)", default: []].append(write) }
    }
  }

  /// The uses of an operation, also as other services that share its name and signature have it: RDS answers for
  /// DocumentDB and Neptune.
  func uses(of operation: Operation) -> [Use] {
    let same = (operations[operation.service.signingName] ?? []).filter {
      $0.model.name == operation.model.name && $0.service.apiVersion == operation.service.apiVersion
        && $0.service.targetPrefix == operation.service.targetPrefix
    }
    return same.flatMap { uses[$0.key] ?? [] }
  }

  /// The entry that makes a type's rows.
  func entry(of type: String) -> AWSEntry? { entries.first { $0.type == type } }
}

/// An entry of a spec with what its inverse needs.
struct AWSEntry: Sendable {
  let spec: CollectorSpec.Entry
  /// Lower case.
  let type: String
  let number: Int
  let level: CollectorSpec.Level
  /// Where the list's items are in the shapes of its answer.
  let items: ShapeWalk
  /// The answers of the steps, where their mappings look.
  let answers: [ShapeWalk]

  init(
    _ entry: CollectorSpec.Entry, in spec: CollectorSpec, number: Int, operations: [String: AWSCatalog.Operation]
  ) {
    self.spec = entry
    type = entry.lowerType
    self.number = number
    level = Self.level(of: entry, in: spec)
    func output(_ call: CollectorSpec.Call) -> ShapeWalk {
      let operation = operations["\(call.service):\(call.operation)"]
      return ShapeWalk(model: operation?.service, index: operation?.model.output)
    }
    if case .operation(let listing) = entry.origin {
      let whole = output(listing.call)
      items = listing.items.map { whole.at($0).element } ?? whole.at(listing.item ?? JSONPath(steps: []))
    } else {
      items = .nowhere
    }
    answers = entry.steps.map { step in
      var place = output(step.call)
      if let row = step.row { place = place.at(row.items).element }
      if let batch = step.batch { place = place.at(batch.items).element }
      return step.item.map { place.at($0) } ?? place
    }
  }

  /// Children are where their parents are.
  private static func level(of entry: CollectorSpec.Entry, in spec: CollectorSpec) -> CollectorSpec.Level {
    switch entry.origin {
    case .account: return .account
    case .region: return .region
    case .operation(let listing):
      if let parent = listing.forEach, let found = spec.entries.first(where: { $0.type == parent }) {
        return level(of: found, in: spec)
      }
      return listing.level
    }
  }
}
