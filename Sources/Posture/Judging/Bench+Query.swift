// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL

extension Bench {
  /// Judges the rows of the check's type by its query. A resource that the query does not return is not concerned.
  mutating func judgeQuery(_ index: Int, _ text: String) {
    let check = checks[index]
    // Of what is not there nothing can be said.
    guard let rows = rowsByType[check.type] else { return }
    let query: Query
    let result: QueryResult
    do throws(KQLError) {
      query = try Query(text, catalog: catalog)
      result = try query.run(now: now)
    } catch {
      return fail(index, rows, error)
    }
    guard case .string(let ids)? = result.column("Id"), case .string(let statuses)? = result.column("HealthStatus")
    else { return fail(index, rows, KQLError(.data, "the query does not return Id and HealthStatus")) }
    let reasons = reasons(of: check)
    let given = result.column("Reason")
    let evidenceColumn = result.column("Evidence")
    let reads = QueryReads(text, query, judging: check.type)
    var answers: [Int: (status: Status, at: Int)] = [:]
    var strange = 0
    var misspelt: [Int: String] = [:]
    for at in 0..<result.rows.count {
      guard let row = self.index.row(ids[at], type: check.type),
        let status = Status(healthStatus: statuses[at], isEntity: reads.readsEntities)
      else {
        strange += 1
        if reads.readsEntities, let row = self.index.row(ids[at], type: check.type) { misspelt[row] = statuses[at] }
        continue
      }
      // A resource that is named twice has its worst answer.
      if let earlier = answers[row], earlier.status.weight >= status.weight { continue }
      answers[row] = (status, at)
    }
    if strange > 0 {
      failures.append((check, "\(strange) rows of the query name no \(check.type) or no known HealthStatus"))
    }
    let others = unknowns.gaps(paths: reads.paths) { $0 != check.type && reads.canRead($0) }
    let types = reads.types.subtracting([check.type]).sorted()
    for row in rows {
      let answer = answers[row]
      if let word = misspelt[row] {
        add(
          index, row, .unknown, intern("Not known: HealthStatus is '\(word)', neither HEALTHY nor UNHEALTHY."),
          evidence.write(nil, into: &texts))
        continue
      }
      // What a custom recommendation leaves out it has no data of.
      if answer == nil, reads.readsEntities { continue }
      var status = answer?.status ?? .notApplicable
      var reason = reasons[status] ?? 0
      if let answer, let text = given?[answer.at].string, !text.isEmpty { reason = intern(text) }
      if unknowns.isStale(row) {
        status = .unknown
        reason = reasons[.unknown] ?? 0
      } else if let gap = unknowns.gap(row, reading: reads.paths) ?? hidden(status, check, row, others) {
        status = .unknown
        reason = intern(gap.sentence)
      } else if let type = notCollected(status, check, row, types) {
        status = .unknown
        reason = intern("Not known: the scan did not collect \(type) here.")
      }
      let value: JSONValue? = answer.flatMap { answer in
        guard case .dynamic(let value)? = evidenceColumn?[answer.at] else {
          return evidenceColumn.flatMap { $0[answer.at].isNull ? nil : $0[answer.at].json }
        }
        return value
      }
      add(index, row, status, reason, evidence.write(value, into: &texts))
    }
  }

  /// The gap behind which something may stand that would turn the verdict.
  private func hidden(_ status: Status, _ check: Check, _ row: Int, _ gaps: [Estate.Gap]) -> Estate.Gap? {
    guard check.couldTurn(status) else { return nil }
    return gaps.first { $0.account == subjects[row].account && subjects[row].isIn($0.region) }
  }

  /// The first of the types that the scan left out where the resource is, so that its absence tells nothing.
  private func notCollected(_ status: Status, _ check: Check, _ row: Int, _ types: [String]) -> String? {
    guard let covered, check.couldTurn(status) else { return nil }
    let subject = subjects[row]
    return types.first { type in
      !covered.regions(cloud: subject.cloud, account: subject.account, type: type).contains(where: subject.isIn)
    }
  }
}

extension Check {
  /// Whether something unseen could turn the verdict.
  fileprivate func couldTurn(_ status: Status) -> Bool { status == (decides == .all ? .healthy : .unhealthy) }
}

extension Subject {
  /// Whether what is in a region concerns the resource: either of the two may be everywhere.
  fileprivate func isIn(_ region: String) -> Bool {
    func isEverywhere(_ region: String) -> Bool { region.isEmpty || region == "global" }
    return region == self.region || isEverywhere(region) || isEverywhere(self.region)
  }
}

extension Status {
  /// The word a query uses, as Defender's custom recommendations do.
  ///
  /// - Parameter isEntity: of a query over `RawEntityMetadata`, which has two words, in capitals.
  init?(healthStatus text: String, isEntity: Bool = false) {
    if isEntity, !["HEALTHY", "UNHEALTHY"].contains(text) { return nil }
    switch text.uppercased() {
    case "HEALTHY": self = .healthy
    case "UNHEALTHY": self = .unhealthy
    case "NOTAPPLICABLE": self = .notApplicable
    case "UNKNOWN": self = .unknown
    default: return nil
    }
  }

  var weight: Int {
    switch self {
    case .notApplicable: 0
    case .healthy: 1
    case .unknown: 2
    case .unhealthy: 3
    }
  }
}
