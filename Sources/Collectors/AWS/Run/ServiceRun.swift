// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs
internal import Synchronization

/// One service's spec at work in one region, or for the account as a whole.
final class ServiceRun: Sendable {
  /// An answer that all items share, with its rows by the columns they are matched on.
  struct Shared: Sendable {
    let answer: JSONValue
    let rows: [String: JSONValue]
  }

  struct State {
    var parents: [String: [JSONValue]] = [:]
    var failed: [String: AWSFailure] = [:]
    /// Types that were listed to the end.
    var listed: Set<String> = []
    var shared: [String: Task<Result<Shared, AWSFailure>, Never>] = [:]
    var resources = 0
    var gaps = 0
  }

  let spec: CollectorSpec
  let scan: AWSScan
  let place: RunPlace
  let levels: Set<CollectorSpec.Level>
  /// Whether lists are read, besides what the service says of the account or region itself.
  let readsLists: Bool
  /// Where what is listed goes.
  private let sink: CollectionSink
  let deadline: ContinuousClock.Instant
  let state = Mutex(State())

  init(spec: CollectorSpec, scan: AWSScan, place: RunPlace, levels: Set<CollectorSpec.Level>, readsLists: Bool = true) {
    let unit = readsLists ? scan.sink.unit("\(place.account) \(place.scopeRegion) \(spec.service)") : nil
    sink = unit ?? scan.sink
    self.readsLists = unit != nil
    self.spec = spec
    self.scan = scan
    self.place = place
    self.levels = levels
    deadline = .now + .seconds(scan.options.serviceDeadline)
  }

  /// Whether the spec has anything to do at these levels.
  static func has(_ spec: CollectorSpec, _ levels: Set<CollectorSpec.Level>) -> Bool {
    spec.entries.contains { levels.contains(level(of: $0, in: spec)) }
  }

  /// Whether the spec says something of the account or the region itself.
  static func tellsOfItself(_ spec: CollectorSpec, _ levels: Set<CollectorSpec.Level>) -> Bool {
    spec.entries.contains { entry in
      if case .operation = entry.origin { return false }
      return levels.contains(level(of: entry, in: spec))
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

  func run() async throws {
    report(done: false)
    for entry in spec.entries where levels.contains(Self.level(of: entry, in: spec)) {
      switch entry.origin {
      case .account, .region: await whole(entry)
      case .operation(let listing): if readsLists { try await list(entry, listing) }
      }
      try Task.checkCancellation()
    }
    // A type may have several lists; it was read whole if none of them failed.
    for type in state.withLock({ state in state.listed.filter { state.failed[$0] == nil } }) {
      sink.covered(Scope(cloud: "aws", account: place.account, region: place.scopeRegion, type: type.lowercased()))
    }
    if readsLists { try sink.finish() }
    report(done: true)
  }

  private func report(done: Bool) {
    let (resources, gaps) = state.withLock { ($0.resources, $0.gaps) }
    scan.sink.progress(
      .init(
        account: place.account, service: spec.service, region: place.scopeRegion, resources: resources, gaps: gaps,
        isDone: done))
  }

  // MARK: Gaps

  func gap(
    _ failure: AWSFailure, _ call: CollectorSpec.Call, type: String, resource: String = "", paths: [String] = []
  ) -> CoverageGap {
    CoverageGap(
      cloud: "aws", account: place.account, region: place.scopeRegion, service: call.service,
      operation: call.operation, type: type, resourceId: resource, paths: paths, reason: failure.reason,
      code: failure.code, message: failure.message,
      permission: failure.reason == .accessDenied ? call.permission : "")
  }

  private func record(_ gap: CoverageGap) {
    state.withLock { $0.gaps += 1 }
    sink.gap(gap)
  }

  /// The tables do not know the service here and nobody answers: it is not offered, which is no gap.
  private func isNotOffered(_ failure: AWSFailure, _ service: String) -> Bool {
    guard failure.reason == .network, let model = scan.models[service] else { return false }
    return !scan.client.isListed(model, region: place.region)
  }

  // MARK: Listing

  private func list(_ entry: CollectorSpec.Entry, _ listing: CollectorSpec.Listing) async throws {
    var failure: AWSFailure?
    if let parentType = listing.forEach {
      var parents = state.withLock { $0.parents[parentType] ?? [] }
      failure = state.withLock { $0.failed[parentType] }
      var descended = 0
      repeat {
        try await bounded(parents) { parent in
          do {
            try await self.pages(entry, listing, parent: parent)
          } catch let error as AWSFailure {
            self.state.withLock { $0.failed[entry.type] = error }
          }
        }
        guard listing.isNested else { break }
        let below = state.withLock { $0.parents[entry.type] ?? [] }
        parents = Array(below[descended...])
        descended = below.count
      } while !parents.isEmpty
      failure = failure ?? state.withLock { $0.failed[entry.type] }
    } else {
      do {
        try await pages(entry, listing, parent: nil)
      } catch let error as AWSFailure {
        failure = error
      }
    }
    if let failure, !isNotOffered(failure, listing.call.service) {
      state.withLock { $0.failed[entry.type] = failure }
      record(gap(failure, listing.call, type: entry.lowerType))
    } else {
      state.withLock { _ = $0.listed.insert(entry.type) }
    }
    report(done: false)
  }

  private func pages(_ entry: CollectorSpec.Entry, _ listing: CollectorSpec.Listing, parent: JSONValue?) async throws {
    let caller = Item(base: parent ?? .null, parent: parent, place: place)
    do throws(AWSFailure) {
      guard let model = scan.models[listing.call.service] else { throw AWSFailure.noTable(listing.call) }
      let input = Self.input(listing.call, caller)
      var items: [JSONValue] = []
      try await scan.client.pages(model, listing.call.operation, input: input, region: place.region, deadline: deadline)
      {
        answer throws(AWSFailure) in
        let answer = Self.decoded(answer, listing.call)
        if let path = listing.items {
          let found = answer.found(path)?.elementList ?? []
          items.append(contentsOf: found.map(\.finished))
        } else {
          let path = listing.item ?? JSONPath(steps: [])
          if let found = answer.found(path) { items.append(found.finished) }
        }
        // A page's items are finished before the next page is asked for, which bounds what is held.
        let page = items
        items = []
        try await self.finish(page, entry, parent: parent)
      }
    } catch {
      guard error.isOne(of: listing.call.absent) else { throw error }
      if let empty = listing.orElse { try await finish([empty.finished], entry, parent: parent) }
    }
  }

  static func input(_ call: CollectorSpec.Call, _ source: some MappingSource) -> JSONDraft {
    var members: [(key: String, value: JSONDraft)] = []
    for (key, mapping) in call.input {
      if let value = mapping.resolve(source) { members.append((key, value)) }
    }
    return .object(members)
  }

  static func decoded(_ answer: JSONValue, _ call: CollectorSpec.Call) -> JSONValue {
    if call.decode.isEmpty { return answer }
    var draft = JSONDraft.value(answer)
    for (path, transform) in call.decode {
      if let value = transform.apply(draft.get(path)) { draft.set(path, value) }
    }
    return draft.finished
  }

  // MARK: Items

  private func finish(_ bases: [JSONValue], _ entry: CollectorSpec.Entry, parent: JSONValue?) async throws(AWSFailure) {
    var items: [Item] = []
    var condition: CollectorSpec.Condition?
    if case .operation(let listing) = entry.origin { condition = listing.when }
    for base in bases {
      var item = Item(base: base, parent: parent, place: place)
      if let condition, !condition.holds(item) { continue }
      item.take(entry.properties, entry.observed, entry.tags, from: base)
      items.append(item)
    }
    // An id that the first answer gives tells doubles before anything is asked about them.
    items = items.filter { item in
      guard let id = entry.id?.resolve(item)?.scalarText else { return true }
      return scan.isNew("\(entry.lowerType) \(id)")
    }
    do {
      try await describe(items, entry)
    } catch let error as AWSFailure {
      throw error
    } catch {
      throw AWSFailure(reason: .error, code: "Aborted", message: String(describing: error))
    }
  }

  private func describe(_ items: [Item], _ entry: CollectorSpec.Entry) async throws {
    var items = items
    var steps = entry.steps[...]
    while true {
      let singles = steps.prefix { $0.batch == nil }
      steps = steps.dropFirst(singles.count)
      guard let batch = steps.popFirst() else {
        // The last steps: each item goes out as soon as it is whole.
        return try await bounded(items) { item in
          var item = item
          for step in singles { await self.step(step, entry, &item) }
          try self.emit(item, entry)
        }
      }
      if !singles.isEmpty {
        let done = Mutex<[Int: Item]>([:])
        try await bounded(Array(items.enumerated())) { index, item in
          var item = item
          for step in singles { await self.step(step, entry, &item) }
          done.withLock { [item] in $0[index] = item }
        }
        items = done.withLock { done in items.indices.compactMap { done[$0] } }
      }
      await self.batch(batch, entry, &items)
    }
  }

  /// Runs `body` for each element, a bounded number at once.
  private func bounded<Element: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    if elements.count == 1 { return try await body(elements[0]) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      var next = 0
      while next < elements.count {
        let element = elements[next]
        if next >= scan.options.itemsAtOnce { try await group.next() }
        group.addTask { try await body(element) }
        next += 1
      }
      try await group.waitForAll()
    }
  }

  private func emit(_ item: Item, _ entry: CollectorSpec.Entry) throws {
    guard let id = entry.id?.resolve(item)?.scalarText, !id.isEmpty else {
      var call = entry.id == nil ? nil : entry.steps.first?.call
      if case .operation(let listing) = entry.origin { call = listing.call }
      if let call {
        let failure = AWSFailure(
          reason: .malformed, code: "NoIdentity", message: "an item without what its id is made of")
        record(gap(failure, call, type: entry.lowerType))
      }
      return
    }
    let name = entry.name?.resolve(item)?.scalarText ?? ""
    let location = entry.region.flatMap { item.value(at: $0)?.scalarText } ?? place.scopeRegion
    try emit(item, type: entry.lowerType, id: id, name: name, location: location)
    if spec.entries.contains(where: { other in
      guard case .operation(let listing) = other.origin else { return false }
      return listing.forEach == entry.type || listing.isNested && other.type == entry.type
    }) {
      let row = item.row(type: entry.lowerType, id: id, name: name, location: location).root
      state.withLock { $0.parents[entry.type, default: []].append(row) }
    }
  }

  func emit(_ item: Item, type: String, id: String, name: String, location: String) throws {
    for var gap in item.gaps {
      gap.resourceId = id
      record(gap)
    }
    state.withLock { $0.resources += 1 }
    try sink.resource(
      ResourceRecord(
        scope: Scope(cloud: "aws", account: place.account, region: place.scopeRegion, type: type),
        document: item.row(type: type, id: id, name: name, location: location),
        gaps: item.gaps.map { ResourceGap(paths: $0.paths, reason: $0.reason.rawValue) }))
  }

  // MARK: The account and the region themselves

  private func whole(_ entry: CollectorSpec.Entry) async {
    var item = Item(base: .null, parent: nil, place: place)
    item.take(entry.properties, entry.observed, entry.tags, from: .null)
    for step in entry.steps { await self.step(step, entry, &item) }
    scan.merge(item, service: spec.service, type: entry.lowerType)
  }
}

extension AWSFailure {
  static func noTable(_ call: CollectorSpec.Call) -> AWSFailure {
    AWSFailure(
      reason: .error, code: "UnknownService",
      message: "no operation table for \(call.service); run Scripts/aws-operations.py")
  }
}
