// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs
internal import Synchronization

/// A row that questions are asked about.
struct RESTParent: Sendable {
  let row: JSONValue
  /// Lower case.
  let type: String
  /// Whose it is: a subscription, a project, a tenant.
  let account: String
}

extension RESTParent {
  init(_ record: ResourceRecord) {
    self.init(row: record.document.root, type: record.scope.type, account: record.scope.account)
  }
}

/// Names of units of work.
enum RESTUnit {
  /// The same short name for the same parts.
  static func name(_ kind: String, _ parts: String...) -> String {
    kind + " " + JSONDigest(hashing: Array(parts.joined(separator: "\n").utf8)).hex.prefix(20)
  }
}

/// How a cloud's answers become rows, and where its APIs are.
protocol RESTStyle: Sendable {
  var cloud: String { get }
  /// The base of an API's URLs and what its token is for.
  func place(of api: String) -> (base: String, audience: String)?
  /// The row of `resources` for an item.
  func row(_ item: JSONValue, of entry: RESTSpec.Entry, parent: RESTParent) -> JSONDocument?
  /// The URL of the page after an answer; nil after the last.
  func next(after answer: JSONValue, of url: String) -> String?
  /// Whether an error of any call says that there is nothing there.
  func isAbsence(_ failure: APIFailure, isList: Bool) -> Bool
}

/// Asks what the specs want to know of each row, and of the rows that come of it.
final class RESTRun: Sendable {
  private struct Kind: Hashable {
    let account: String
    let type: String
  }
  private struct State {
    var asked: Set<Kind> = []
    var failed: Set<Kind> = []
    var seen: Set<String> = []
    /// `type parent`, in lower case: questions that were answered, where that is kept.
    var answered: Set<String> = []
    var resources = 0
    var gaps = 0
  }
  private let client: RESTClient
  private let style: any RESTStyle
  private let sink: CollectionSink
  let plan: ReadingPlan
  private let questions: [String: [(spec: RESTSpec, entry: RESTSpec.Entry)]]
  private let state = Mutex(State())
  /// Rows asked about at once.
  private let width: Int
  /// The most pages of one list: a server that never ends is left.
  private static let mostPages = 100_000

  init(client: RESTClient, style: any RESTStyle, plan: ReadingPlan, sink: CollectionSink, width: Int = 64) {
    self.plan = plan
    self.client = client
    self.style = style
    self.sink = sink
    self.width = width
    var questions: [String: [(spec: RESTSpec, entry: RESTSpec.Entry)]] = [:]
    for spec in plan.specs {
      for entry in spec.entries {
        for parent in entry.parents { questions[parent, default: []].append((spec, entry)) }
      }
    }
    self.questions = questions
  }

  var resourceCount: Int { state.withLock { $0.resources } }
  var gapCount: Int { state.withLock { $0.gaps } }

  /// Emits rows, each once. Returns those of which more is to be known.
  ///
  /// What a cloud's inventory service has is emitted before anything is asked: a row that an API has as well is then
  /// always the inventory's.
  func emit(
    _ rows: [(record: ResourceRecord, parent: RESTParent)], into sink: CollectionSink
  ) throws -> [RESTParent] {
    var asked: [RESTParent] = []
    for row in rows where try emit(row.record, into: sink) && questions[row.parent.type] != nil {
      asked.append(row.parent)
    }
    return asked
  }

  /// Asks what is to be known of rows, and of the rows that come of it.
  func ask(about parents: [RESTParent]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, parent) in Self.byTurns(parents).enumerated() {
        if index >= width { try await group.next() }
        group.addTask { try await self.askInUnits(about: parent) }
      }
      try await group.waitForAll()
    }
  }

  /// The parents of all accounts by turns: each account has a budget of calls, and one account after another would leave
  /// all others' unused.
  static func byTurns(_ parents: [RESTParent]) -> [RESTParent] {
    var counts: [String: Int] = [:]
    let turns = parents.map { parent in
      counts[parent.account, default: 0] += 1
      return counts[parent.account] ?? 0
    }
    return parents.indices.sorted { (turns[$0], $0) < (turns[$1], $1) }.map { parents[$0] }
  }

  /// Of an account there is a unit of work for each file of the content, of anything else one.
  private func askInUnits(about parent: RESTParent) async throws {
    let all = questions[parent.type] ?? []
    let isAccount = Self.accounts.contains(parent.type)
    for (name, part) in Dictionary(grouping: all, by: { isAccount ? $0.spec.name : "" }).sorted(by: { $0.key < $1.key })
    {
      let unit = RESTUnit.name("ask", parent.type, parent.row["id"]?.string ?? "", name)
      guard let sink = sink.unit(unit) else {
        try restore(unit, part.map(\.entry), parent)
        continue
      }
      for (spec, entry) in part { try await ask(spec, entry, about: parent, into: sink) }
      try sink.finish()
    }
  }

  private static let accounts: Set<String> = [
    "tenant", "organization", "microsoft.resources/subscriptions", "cloudresourcemanager.googleapis.com/project",
  ]

  private func askChildren(_ parents: [RESTParent], into sink: CollectionSink) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, parent) in parents.enumerated() {
        if index >= width { try await group.next() }
        group.addTask {
          for (spec, entry) in self.questions[parent.type] ?? [] {
            try await self.ask(spec, entry, about: parent, into: sink)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func ask(
    _ spec: RESTSpec, _ entry: RESTSpec.Entry, about parent: RESTParent, into sink: CollectionSink
  ) async throws {
    if let when = entry.when, !when.holds(RowSource(row: parent.row)) { return answered(entry, parent) }
    let kind = Kind(account: parent.account, type: entry.type)
    state.withLock { _ = $0.asked.insert(kind) }
    do throws(APIFailure) {
      try await pages(spec, entry, parent, into: sink)
      answered(entry, parent)
    } catch {
      if error.code == Self.sinkFailed { throw error }
      note(error, spec, entry, parent, into: sink)
      if error.reason == .timeout, Task.isCancelled { throw CancellationError() }
    }
  }

  private static let sinkFailed = "SinkFailed"

  private func pages(
    _ spec: RESTSpec, _ entry: RESTSpec.Entry, _ parent: RESTParent, into sink: CollectionSink
  ) async throws(APIFailure) {
    guard let place = style.place(of: spec.api) else {
      throw APIFailure(reason: .error, code: "UnknownAPI", message: "'\(spec.api)' is no API of \(style.cloud)")
    }
    let encode = { PercentEncoding.encode($0, keepingSlashes: true) }
    guard let path = entry.url.resolve(RowSource(row: parent.row), encode: encode) else {
      throw APIFailure(reason: .error, code: "MissingValue", message: "the URL's holes cannot be filled")
    }
    var url = place.base + path
    if !entry.query.isEmpty {
      url += "?" + entry.query.map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }
    var pages = 0
    var seen: Set<String> = []
    while true {
      var call = RESTClient.Call(url: url, audience: place.audience, account: parent.account)
      call.headers = spec.api == "graph" ? [("consistencylevel", "eventual")] : []
      let answer = try await client.send(call).document.root
      let items: [JSONValue]
      if let path = entry.items {
        // A list without its member is an empty one: Google leaves empty lists out.
        items = answer.found(path)?.elementList.map(\.finished) ?? []
      } else {
        items = answer.isNull ? [] : [answer]
      }
      var children: [(record: ResourceRecord, parent: RESTParent)] = []
      for item in items {
        if let filter = entry.filter, !filter.holds(RowSource(row: item)) { continue }
        guard let document = style.row(item, of: entry, parent: parent) else { continue }
        let scope = Scope(cloud: style.cloud, account: parent.account, region: "global", type: entry.type)
        children.append(
          (
            ResourceRecord(scope: scope, document: document),
            RESTParent(row: document.root, type: entry.type, account: parent.account)
          ))
      }
      do {
        try await askChildren(try emit(children, into: sink), into: sink)
      } catch let error as APIFailure {
        throw error
      } catch {
        throw APIFailure(reason: .error, code: Self.sinkFailed, message: String(describing: error))
      }
      guard entry.items != nil, let next = style.next(after: answer, of: url) else { return }
      pages += 1
      guard seen.insert(next).inserted, pages < Self.mostPages else {
        throw APIFailure(reason: .error, code: "PageLoop", message: "a page came back: rows after it are unknown")
      }
      // The token that goes along is for this host alone.
      guard HostPort.isSame(next, place.base) else {
        throw APIFailure(reason: .error, code: "ForeignPage", message: "the next page is on another host: not asked")
      }
      url = next
    }
  }

  private func emit(_ record: ResourceRecord, into sink: CollectionSink) throws -> Bool {
    let key = Self.key(record)
    let isNew = state.withLock { state in
      guard state.seen.insert(key).inserted else { return false }
      state.resources += 1
      return true
    }
    if isNew { try sink.resource(record) }
    return isNew
  }

  private static func key(_ record: ResourceRecord) -> String {
    record.scope.type + " " + (record.document.root["id"]?.string ?? "").lowercased()
  }

  private func note(
    _ failure: APIFailure, _ spec: RESTSpec, _ entry: RESTSpec.Entry, _ parent: RESTParent, into sink: CollectionSink
  ) {
    if failure.isOne(of: entry.absent) || style.isAbsence(failure, isList: entry.items != nil) {
      return answered(entry, parent)
    }
    state.withLock { state in
      state.failed.insert(Kind(account: parent.account, type: entry.type))
      state.gaps += 1
    }
    sink.gap(
      CoverageGap(
        cloud: style.cloud, account: parent.account, region: "global", service: spec.name,
        operation: entry.permission, type: entry.type, resourceId: parent.row["id"]?.string ?? "",
        reason: failure.reason, code: failure.code, message: failure.message,
        permission: failure.reason == .accessDenied ? entry.permission : ""))
  }

  private func answered(_ entry: RESTSpec.Entry, _ parent: RESTParent) {
    guard plan.isBounded || plan.isOfChanges, let id = parent.row["id"]?.string else { return }
    state.withLock { _ = $0.answered.insert("\(entry.type) \(id.lowercased())") }
  }

  // MARK: What an earlier run had done

  /// Takes up rows of the inventory. Returns those of which more is to be known.
  func restore(_ records: [ResourceRecord]) -> [RESTParent] {
    state.withLock { state in
      for record in records { state.seen.insert(Self.key(record)) }
      state.resources += records.count
    }
    return records.filter { questions[$0.scope.type] != nil }.map(RESTParent.init)
  }

  /// Takes up what was asked about a row: which questions failed, and where that is kept, which were answered.
  private func restore(_ unit: String, _ entries: [RESTSpec.Entry], _ parent: RESTParent) throws {
    let gaps = sink.gaps(ofDone: unit)
    state.withLock { state in
      for entry in entries { state.asked.insert(Kind(account: parent.account, type: entry.type)) }
      for gap in gaps { state.failed.insert(Kind(account: gap.account, type: gap.type)) }
      state.gaps += gaps.count
    }
    guard plan.isBounded || plan.isOfChanges else { return }
    func isLost(_ entry: RESTSpec.Entry, _ parent: RESTParent) -> Bool {
      gaps.contains { $0.type == entry.type && $0.resourceId == parent.row["id"]?.string }
    }
    for entry in entries where !isLost(entry, parent) { answered(entry, parent) }
    let records = try sink.resources(ofDone: unit)
    _ = restore(records)
    for row in records.map(RESTParent.init) {
      for (_, entry) in questions[row.type] ?? [] where !isLost(entry, row) { answered(entry, row) }
    }
  }

  /// Says which types were read whole, for every account that was asked about.
  ///
  /// - Parameters:
  ///   - accounts: all accounts of the scan: a type for which there was no row to ask about is covered too.
  ///   - whole: those that stand for the whole: what is not known of them is not known of any.
  func finish(accounts: [String], wholes: Set<String>, isWhole: Bool) {
    let state = state.withLock { $0 }
    let types = Set(questions.values.joined().map(\.entry.type)).subtracting(plan.partial)
    let lost = Set(state.failed.lazy.filter { wholes.contains($0.account) }.map(\.type))
    for account in accounts {
      for type in types where !lost.contains(type) {
        let kind = Kind(account: account, type: type)
        if state.failed.contains(kind) || (!isWhole && !state.asked.contains(kind)) { continue }
        // What is listed for resources of some locations is not all there is: as in ``ReadingPlan/cover``.
        for place in plan.locations.isEmpty ? ["global"] : plan.locations.names {
          sink.covered(Scope(cloud: style.cloud, account: account, region: place, type: type))
        }
      }
    }
  }

  /// Where a part was read: says what of it is gone.
  ///
  /// - Parameters:
  ///   - accounts: those that were read.
  ///   - isRead: whether a resource of the inventory would have come, were it there.
  func tellGone(_ known: [KnownResource], accounts: Set<String>, isRead: (KnownResource) -> Bool) {
    let state = state.withLock { $0 }
    var gone: Set<String> = []
    // What is listed for something comes after it, and so does what is below it.
    func order(_ resource: KnownResource) -> (Int, Int) {
      (resource.source == "global" ? 1 : 0, resource.id.utf8.count)
    }
    for resource in known.sorted(by: { order($0) < order($1) }) where accounts.contains(resource.account) {
      let id = resource.id.lowercased()
      if state.seen.contains("\(resource.type) \(id)") { continue }
      let isAnswered =
        resource.source == "global"
        ? resource.parents.contains { state.answered.contains("\(resource.type) \($0)") }
        : isRead(resource) && plan.reads(resource.type, in: resource.location)
      guard isAnswered || (plan.reads(resource.type) && resource.parents.contains(where: gone.contains)) else {
        continue
      }
      gone.insert(id)
      sink.gone(resource.type, resource.id)
    }
  }
}

extension KnownResource {
  /// Ids, in lower case, of what it may have been listed for: the row that its document names, else what its id is below.
  var parents: [String] {
    if let parent { return [parent.lowercased()] }
    let id = id.lowercased()
    return id.indices.dropFirst().filter { id[$0] == "/" }.map { String(id[..<$0]) }
  }
}

/// A row, or an item, as mappings and conditions see it.
struct RowSource: MappingSource {
  let row: JSONValue
  func value(at path: JSONPath) -> JSONDraft? { row.found(path) }
  func variable(_ name: String) -> String? { nil }
}

/// An item, and beyond it the row it was asked for, as `parent`.
struct ItemSource: MappingSource {
  let item: JSONValue
  let parent: JSONValue
  func value(at path: JSONPath) -> JSONDraft? {
    if case .key("parent") = path.steps.first { return parent.found(JSONPath(steps: Array(path.steps.dropFirst()))) }
    return item.found(path)
  }
  func variable(_ name: String) -> String? { nil }
}
