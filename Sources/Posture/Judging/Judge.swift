// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL

/// Judges an estate by checks.
///
///     let judge = Judge(checks: library.stable, defaults: try Defaults(content))
///     let verdicts = judge.judge(estate)
package struct Judge: Sendable {
  private let checks: [Check]
  private let defaults: Defaults

  package init(checks: [Check], defaults: Defaults = Defaults()) {
    self.checks = checks
    self.defaults = defaults
  }

  /// All verdicts. A check that fails while it runs makes its resources Unknown; it never hides them.
  ///
  /// - Parameter run: runs the work of each check, so that it can be measured.
  package func judge(_ estate: Estate, each run: (Check, () -> Void) -> Void = { $1() }) -> Verdicts {
    var bench = Bench(estate, checks: checks, defaults: defaults)
    for (index, check) in checks.enumerated() {
      guard case .predicate = check.rule else { continue }
      run(check) { bench.judgeRows(index) }
    }
    bench.clearStages()
    for (index, check) in checks.enumerated() {
      guard case .query(let text) = check.rule else { continue }
      run(check) { bench.judgeQuery(index, text) }
    }
    for index in checks.indices { bench.judgePlaces(index) }
    return bench.finish()
  }
}

/// The work of one judging.
struct Bench {
  let checks: [Check]
  let now: Int64
  let resources: Batch
  let catalog: Catalog
  let unknowns: Unknowns
  /// Regions in which types were covered whole; nil where that is not known.
  let covered: Coverage?
  /// Rows by type, each list in the order of ids.
  let rowsByType: [String: [Int]]
  var subjects: [Subject]
  var list: [Verdict] = []
  var texts = StringColumnBuilder()
  var evidence = EvidenceWriter()
  var failures: [(check: Check, message: String)] = []
  let index: RowIndex
  /// The columns of a type and the context in which its predicates share the paths they walk.
  private var stages: [String: (rows: [Int], batch: Batch, context: EvaluationContext)] = [:]
  private var places: [Subject: Int] = [:]

  init(_ estate: Estate, checks: [Check], defaults: Defaults) {
    self.checks = checks
    now = estate.now
    let subjects = Self.subjects(estate.resources)
    self.subjects = subjects
    let index = RowIndex(subjects)
    self.index = index
    unknowns = Unknowns(estate, index)
    covered = estate.covered.map(Coverage.init)
    var byType: [String: [Int]] = [:]
    for (row, subject) in subjects.enumerated() { byType[subject.type, default: []].append(row) }
    for (type, rows) in byType {
      byType[type] = rows.sorted { subjects[$0].id.utf8.lexicographicallyPrecedes(subjects[$1].id.utf8) }
    }
    rowsByType = byType
    resources = defaults.applied(to: estate.resources, rowsByType: byType)
    var catalog = estate.catalog
    let table = RowsByType(resources, byType)
    catalog.add("resources", table)
    catalog.add(EntityTable.name, EntityTable(over: table))
    self.catalog = catalog
  }

  static func subjects(_ batch: Batch) -> [Subject] {
    func texts(_ name: String) -> [String] {
      guard case .string(let column) = batch.columns[ResourceRows.index(of: name)] else {
        return [String](repeating: "", count: batch.count)
      }
      let pool = (0..<column.pool.count).map(column.pool.string)
      return column.codes.map { pool[Int($0)] }
    }
    let (ids, types, clouds) = (texts("id"), texts("type"), texts("cloud"))
    let (accounts, regions) = (texts("subscriptionId"), texts("location"))
    return (0..<batch.count).map {
      Subject(id: ids[$0], type: types[$0], cloud: clouds[$0], account: accounts[$0], region: regions[$0])
    }
  }

  mutating func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { texts.intern($0) }
  }

  mutating func add(_ check: Int, _ subject: Int, _ status: Status, _ reason: UInt32, _ evidence: UInt32) {
    list.append(Verdict(check: check, subject: subject, status: status, reason: reason, evidence: evidence))
  }

  /// Reasons that do not depend on the resource.
  mutating func reasons(of check: Check) -> [Status: UInt32] {
    [
      .healthy: intern(check.title + "."),
      .unhealthy: intern(check.message ?? "Not so: \(check.title)."),
      .notApplicable: intern("The check does not apply to this resource."),
      .unknown: intern("Not known: the resource was not refreshed by the newest scan."),
    ]
  }

  // MARK: Short form

  /// Judges all rows of the check's type by its predicates, in one pass over the type's columns.
  mutating func judgeRows(_ index: Int) {
    let check = checks[index]
    guard case .predicate(let applies, let unhealthy) = check.rule, let rows = rowsByType[check.type] else { return }
    let stage = stages[check.type] ?? (rows, resources.gather(rows), EvaluationContext(now: now))
    stages[check.type] = stage
    let reasons = reasons(of: check)
    let concerned: Bitmap
    let bad: Bitmap
    do throws(KQLError) {
      concerned = try applies?.rows(of: stage.batch, stage.context) ?? Bitmap(count: rows.count, filledWith: true)
      bad = try unhealthy.rows(of: stage.batch, stage.context)
    } catch {
      return fail(index, rows, error)
    }
    let scope = (applies?.paths ?? []).map(Leaf.init)
    let deciding = unhealthy.paths.map(Leaf.init)
    let scopeNames = scope.map(\.name)
    let names = scopeNames + deciding.map(\.name)
    for (position, row) in rows.enumerated() {
      var status: Status = concerned[position] ? bad[position] ? .unhealthy : .healthy : .notApplicable
      var reason = reasons[status] ?? 0
      if !unknowns.isEmpty {
        if unknowns.isStale(row) {
          status = .unknown
          reason = reasons[.unknown] ?? 0
        } else if let gap = unknowns.gap(row, reading: status == .notApplicable ? scopeNames : names) {
          status = .unknown
          reason = intern(gap.sentence)
        }
      }
      let leaves = status == .notApplicable ? scope : deciding
      add(index, row, status, reason, evidence.write(leaves, of: stage.batch, row: position, into: &texts))
    }
  }

  /// Lets go of the columns of types: queries have their own.
  mutating func clearStages() { stages = [:] }

  mutating func fail(_ index: Int, _ rows: [Int], _ error: KQLError) {
    failures.append((checks[index], error.message))
    let reason = intern("Not known: the check failed (\(error.message)).")
    let none = evidence.write(nil, into: &texts)
    for row in rows { add(index, row, .unknown, reason, none) }
  }

  // MARK: Places

  /// Where resources of the check's type could not be listed, the place itself is Unknown.
  mutating func judgePlaces(_ index: Int) {
    let check = checks[index]
    var seen: Set<Int> = []
    for gap in unknowns.listGaps(of: check.type) {
      let subject = place(gap)
      guard seen.insert(subject).inserted else { continue }
      let reason = intern(gap.sentence)
      add(index, subject, .unknown, reason, evidence.write(nil, into: &texts))
    }
  }

  private mutating func place(_ gap: Estate.Gap) -> Int {
    let isGlobal = gap.region.isEmpty || gap.region == "global"
    let subject: Subject
    if gap.cloud == "aws" {
      let partition =
        gap.region.hasPrefix("cn-") ? "aws-cn" : gap.region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
      subject = Subject(
        id: isGlobal
          ? "arn:\(partition):iam::\(gap.account):root"
          : "arn:\(partition):ec2:\(gap.region):\(gap.account):region/\(gap.region)",
        type: isGlobal ? "aws::::account" : "aws::::region", cloud: gap.cloud, account: gap.account,
        region: isGlobal ? "global" : gap.region)
    } else {
      subject = Subject(
        id: isGlobal ? gap.account : "\(gap.account)/\(gap.region)", type: isGlobal ? "account" : "region",
        cloud: gap.cloud, account: gap.account, region: isGlobal ? "global" : gap.region)
    }
    if let known = places[subject] ?? index.row(subject.id, type: subject.type) { return known }
    subjects.append(subject)
    places[subject] = subjects.count - 1
    return subjects.count - 1
  }

  // MARK: End

  /// Puts the verdicts in their order. A check of accounts or regions may have judged a place that is also not listed:
  /// the first word, Unknown before others, stands.
  consuming func finish() -> Verdicts {
    var order = Array(subjects.indices)
    order.sort { subjects[$0].id.utf8.lexicographicallyPrecedes(subjects[$1].id.utf8) }
    var rank = [Int](repeating: 0, count: subjects.count)
    for (position, subject) in order.enumerated() {
      let isSame = position > 0 && subjects[order[position - 1]].id == subjects[subject].id
      rank[subject] = isSame ? rank[order[position - 1]] : position
    }
    // A check's verdicts lie together but for those of places, so that each check is sorted by itself.
    var ends = [Int](repeating: 0, count: checks.count)
    for verdict in list { ends[verdict.check] += 1 }
    for check in ends.indices.dropFirst() { ends[check] += ends[check - 1] }
    var places = ends
    var sorted = [UInt32](repeating: 0, count: list.count)
    for (index, verdict) in list.enumerated().reversed() {
      places[verdict.check] -= 1
      sorted[places[verdict.check]] = UInt32(index)
    }
    var result: [Verdict] = []
    result.reserveCapacity(list.count)
    for check in checks.indices {
      let range = places[check]..<ends[check]
      sorted[range].sort {
        let (left, right) = (list[Int($0)], list[Int($1)])
        let (first, second) = (rank[left.subject], rank[right.subject])
        return first != second ? first < second : left.status == .unknown && right.status != .unknown
      }
      var last = -1
      for index in sorted[range] {
        let verdict = list[Int(index)]
        if rank[verdict.subject] != last { result.append(verdict) }
        last = rank[verdict.subject]
      }
    }
    return Verdicts(checks: checks, subjects: subjects, list: result, texts: texts.finish().pool, failures: failures)
  }
}

/// Rows by id. Two resources of different types may share one: an account and its root user.
struct RowIndex {
  private var first: [String: Int] = [:]
  private var more: [String: [Int]] = [:]
  private let types: [String]

  init(_ subjects: [Subject]) {
    types = subjects.map(\.type)
    first.reserveCapacity(subjects.count)
    for (row, subject) in subjects.enumerated() {
      if first[subject.id] == nil { first[subject.id] = row } else { more[subject.id, default: []].append(row) }
    }
  }

  func rows(_ id: String) -> [Int] { first[id].map { [$0] + (more[id] ?? []) } ?? [] }

  func row(_ id: String, type: String) -> Int? {
    guard let row = first[id] else { return nil }
    return types[row] == type ? row : more[id]?.first { types[$0] == type }
  }

  func type(_ row: Int) -> String { types[row] }
}
