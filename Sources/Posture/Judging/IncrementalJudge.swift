// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import JSON
internal import KQL

/// Judges again what a change of one resource may have changed.
///
///     var judge = IncrementalJudge(checks: library.stable, defaults: defaults, estate: estate)
///     let again = judge.judge(document)
///     try amender.amend(again, at: time)
///
/// Checks that are predicates judge the one resource. A check that is a query relates resources: one that reads the type
/// is run again over the rows of the types that it reads, and all its verdicts are told anew. Where its plan shows that
/// rows of different accounts never meet, it is run over the resource's account alone.
package struct IncrementalJudge: Sendable {
  /// A check that is a query, and which types it reads.
  private struct Related {
    let check: Check
    let reads: QueryReads?
    /// Whether it can be asked of each account alone.
    let isByAccount: Bool
    var types: Set<String> = []

    init(_ check: Check, _ text: String) {
      self.check = check
      let query = try? Query(text, catalog: ResourceRows.emptyCatalog)
      reads = query.map { QueryReads(text, $0, judging: check.type) }
      isByAccount = query.map(IncrementalJudge.isByAccount) ?? false
    }

    /// A query of which it is not known what it reads may read anything.
    func canRead(_ type: String) -> Bool {
      type == check.type || reads?.isComplete != true || reads?.canRead(type) == true
    }
  }

  /// Whether rows of different accounts never meet in a query, so that it can be asked of each account alone.
  static func isByAccount(_ query: Query) -> Bool {
    query.isLocal(
      ["resources": (part: "subscriptionId", id: "id"), EntityTable.name: (part: nil, id: "Id")], naming: "Id")
  }

  private let defaults: Defaults
  private var own: [String: Judge] = [:]
  private var related: [Related] = []
  /// Queries that read a type.
  private var readers: [String: [Int]] = [:]
  /// Rows of each type in the order of their ids, as the store has them: lists in evidence keep their order.
  private var rows: [String: Batch] = [:]
  private var gaps: [String: [Estate.Gap]]
  private var notRefreshed: Set<String>
  private let covered: [String: Set<Scope>]?
  private let catalog: Catalog
  package var now: Int64

  package init(checks: [Check], defaults: Defaults = Defaults(), estate: Estate) {
    self.defaults = defaults
    for (type, checks) in Dictionary(grouping: checks.filter { !$0.isLongForm }, by: \.type) {
      own[type] = Judge(checks: checks, defaults: defaults)
    }
    for check in checks {
      guard case .query(let text) = check.rule else { continue }
      related.append(Related(check, text))
    }
    gaps = Dictionary(grouping: estate.gaps, by: \.type)
    notRefreshed = estate.notRefreshed
    covered = estate.covered.map { Dictionary(grouping: $0, by: \.type).mapValues(Set.init) }
    catalog = estate.catalog
    now = estate.now
    guard case .string(let types) = estate.resources.columns[ResourceRows.index(of: "type")] else { return }
    var places: [UInt32: [Int]] = [:]
    for (row, code) in types.codes.enumerated() { places[code, default: []].append(row) }
    for (code, places) in places {
      let batch = Self.compact(estate.resources.gather(places))
      let ids = Self.ids(batch)
      let order = ids.indices.sorted { ids[$0].utf8.lexicographicallyPrecedes(ids[$1].utf8) }
      meet(types.pool.string(Int(code)), batch.gather(order))
    }
  }

  /// Puts the resource in the place of what it was, and judges what it concerns.
  ///
  /// - Parameters:
  ///   - document: a row of `resources`.
  ///   - gaps: what could not be read of it now.
  package mutating func judge(_ document: JSONValue, gaps found: [Estate.Gap] = []) -> JudgedAgain {
    let id = document["id"]?.string ?? ""
    let type = document["type"]?.string ?? ""
    let row = ResourceRows.batch([document])
    notRefreshed.remove(id)
    gaps[type, default: []].removeAll { $0.resourceId == id }
    gaps[type]?.append(contentsOf: found)
    let account = replace(id, type, with: row)
    let alone = Estate(resources: row, gaps: found, covered: nil, catalog: catalog, now: now)
    let verdicts = own[type]?.judge(alone)
    return JudgedAgain(id: id, type: type, own: verdicts, related: judgeRelated(type, account))
  }

  /// Takes a resource out that is gone, and judges what it concerned.
  package mutating func judgeWithout(id: String, type: String) -> JudgedAgain {
    let account = replace(id, type, with: nil)
    gaps[type]?.removeAll { $0.resourceId == id }
    let none = own[type]?.judge(Estate(resources: ResourceRows.batch([]), now: now))
    return JudgedAgain(id: id, type: type, own: none, related: judgeRelated(type, account))
  }

  /// Ids of the checks that are run again over other resources too when one of the type changes.
  package func related(to type: String) -> [String] { (readers[type] ?? []).map { related[$0].check.id } }

  /// - Parameter account: that of the resource; nil where it was of another before.
  private func judgeRelated(_ type: String, _ account: String?) -> [JudgedAgain.Related] {
    // Queries that read the same rows share them, and what is made of them.
    struct Rows: Hashable {
      let types: Set<String>
      let account: String?
    }
    let groups = Dictionary(grouping: readers[type] ?? []) { index in
      Rows(types: related[index].types, account: related[index].isByAccount ? account : nil)
    }
    return groups.map { rows, indices in
      let judge = Judge(checks: indices.map { related[$0].check }, defaults: defaults)
      return JudgedAgain.Related(account: rows.account, verdicts: judge.judge(estate(of: rows.types, rows.account)))
    }
  }

  private func estate(of types: Set<String>, _ account: String?) -> Estate {
    let named = types.sorted()
    let parts = named.compactMap { rows[$0].map { Self.rows($0, of: account) } }
    var found = named.flatMap { gaps[$0] ?? [] } + (gaps[""] ?? [])
    if let account { found.removeAll { $0.account != account } }
    let scopes = covered.map { covered in
      (named + [Scope.everyType]).reduce(into: Set<Scope>()) { $0.formUnion(covered[$1] ?? []) }
    }
    return Estate(
      resources: Self.join(parts), gaps: found, notRefreshed: notRefreshed, covered: scopes, catalog: catalog, now: now)
  }

  /// Returns the account of the resource; nil where it was of another before.
  private mutating func replace(_ id: String, _ type: String, with row: Batch?) -> String? {
    func account(_ batch: Batch, _ row: Int) -> String? {
      guard case .string(let accounts) = batch.columns[Self.accountColumn] else { return nil }
      return accounts[row]
    }
    let own = row.flatMap { account($0, 0) }
    guard let all = rows[type] else {
      if let row { meet(type, row) }
      return own
    }
    let ids = Self.ids(all)
    let before = ids.indices.filter { ids[$0].utf8.lexicographicallyPrecedes(id.utf8) }
    let after = ids.indices.filter { id.utf8.lexicographicallyPrecedes(ids[$0].utf8) }
    rows[type] = Self.join([all.gather(before), row, all.gather(after)].compactMap { $0 })
    guard let place = ids.firstIndex(of: id) else { return own }
    let earlier = account(all, place)
    return own == nil || own == earlier ? earlier : nil
  }

  private static let accountColumn = ResourceRows.index(of: "subscriptionId")

  private static func rows(_ batch: Batch, of account: String?) -> Batch {
    guard let account, case .string(let accounts) = batch.columns[accountColumn] else { return batch }
    let matches = (0..<accounts.pool.count).map { accounts.pool.string($0) == account }
    return batch.gather(accounts.codes.indices.filter { matches[Int(accounts.codes[$0])] })
  }

  private static func ids(_ batch: Batch) -> [String] {
    guard case .string(let ids) = batch.columns[ResourceRows.index(of: "id")] else { return [] }
    return (0..<batch.count).map { ids[$0] }
  }

  /// Notes the rows of a type that was not there.
  private mutating func meet(_ type: String, _ batch: Batch) {
    rows[type] = batch
    for index in related.indices where related[index].canRead(type) {
      related[index].types.insert(type)
      readers[type, default: []].append(index)
    }
  }

  /// Texts of these rows alone: what many rows shared would be gone through for each.
  private static func compact(_ batch: Batch) -> Batch {
    var batch = batch
    for index in batch.columns.indices {
      guard case .string(let column) = batch.columns[index] else { continue }
      batch.columns[index] = .string(StringColumn((0..<batch.count).map { column[$0] }))
    }
    return batch
  }

  private static func join(_ parts: [Batch]) -> Batch {
    guard let first = parts.first, parts.count > 1 else { return parts.first ?? ResourceRows.batch([]) }
    let columns = first.columns.indices.map { index -> Column in
      let type = ResourceRows.schema[index].type
      // Of one type each, so that none has to be converted.
      return (try? Column.concatenate(parts.map { $0.columns[index] }, type: type)) ?? .absent
    }
    return Batch(columns: columns, count: parts.reduce(0) { $0 + $1.count })
  }
}

/// What was judged again when one resource changed.
package struct JudgedAgain: Sendable {
  /// The resource.
  package let id: String
  package let type: String
  /// Of the resource alone, by the checks of its type that are predicates; nil where there is none.
  package let own: Verdicts?
  /// All verdicts of the checks whose queries read the type.
  package let related: [Related]

  package struct Related: Sendable {
    /// The account that the verdicts are of; nil where they are of all.
    package let account: String?
    package let verdicts: Verdicts
  }

  package var count: Int { (own?.list.count ?? 0) + related.reduce(0) { $0 + $1.verdicts.list.count } }
}
