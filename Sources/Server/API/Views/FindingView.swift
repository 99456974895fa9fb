// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import KQL
package import Posture

/// What findings are filtered, counted and sorted by.
package enum FindingField: String, CaseIterable, Sendable {
  case status, severity, check, control, service, cloud, account, region, type, resource, owner, rule, exemption
}

/// The findings that stand in one state of the estate.
package struct FindingView: Sendable {
  let standing: StandingFindings
  /// By the fields' places.
  private let columns: [TextColumn]
  /// The row of each finding's resource in ``ResourceView``; -1 where it is of no resource that is there.
  package let resourceRow: [Int32]
  /// Ticks; nil where nobody has to mend it by a time.
  package let due: [Int64?]
  package let hasGrace: Bitmap
  /// Unhealthy, neither exempt nor told of by another check: what counts.
  package let isFault: Bitmap
  package let isExempt: Bitmap
  /// The finding that tells of the same fault.
  let twins: [Int32: Int64]
  /// When exemptions end, by their ids.
  let expiries: [String: Int64]
  let categories: [String: Exemption.Category]
  /// By the number of the check.
  let titles: StringColumn

  package var count: Int { standing.count }
  package func column(_ field: FindingField) -> TextColumn { columns[field.place] }
  package subscript(_ row: Int) -> FindingRow { FindingRow(view: self, row: row) }

  /// The row of a finding by its id.
  package func row(id: String) -> Int? { FindingStore.key(ofID: id).flatMap(row) }

  func row(key: Int64) -> Int? {
    var (low, high) = (0, standing.count)
    while low < high {
      let middle = (low + high) / 2
      if standing.keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < standing.count && standing.keys[low] == key ? low : nil
  }

  /// - Parameters:
  ///   - checks: those at hand, by id.
  ///   - judged: what the store knows of checks.
  init(
    _ standing: StandingFindings, _ checks: [String: Check], judged: [JudgedCheck], _ marks: [Int64: FindingMark],
    resources: ResourceView, old: FindingView? = nil
  ) {
    self.standing = standing
    let isSame = old?.standing.isSame(as: standing) == true
    let judged = Dictionary(judged.map { ($0.id, $0) }) { first, _ in first }
    /// A column that follows from the check.
    func ofCheck(_ text: (String) -> String) -> StringColumn {
      let pool = standing.check.pool
      var builder = StringColumnBuilder()
      let codes = (0..<pool.count).map { code -> UInt32 in
        var text = text(pool.string(code))
        return text.withUTF8 { builder.intern($0) }
      }
      builder.reserve(standing.count)
      for code in standing.check.codes { builder.appendCode(codes[Int(code)]) }
      return builder.finish()
    }
    var (owners, rules, exemptions) = (StringColumnBuilder(), StringColumnBuilder(), StringColumnBuilder())
    var (due, twins) = ([Int64?](), [Int32: Int64]())
    var (grace, fault, exempt) = (
      Bitmap(count: standing.count), Bitmap(count: standing.count), Bitmap(count: standing.count)
    )
    var (expiries, categories) = ([String: Int64](), [String: Exemption.Category]())
    due.reserveCapacity(standing.count)
    for (row, key) in standing.keys.enumerated() {
      let mark = marks.isEmpty ? nil : marks[key]
      owners.append(mark?.owner ?? "")
      rules.append(mark?.rule ?? "")
      exemptions.append(mark?.exemption?.id ?? "")
      due.append(mark?.due)
      if mark?.hasGrace == true { grace[row] = true }
      if let twin = mark?.twinOf { twins[Int32(row)] = twin }
      if let exemption = mark?.exemption {
        exempt[row] = true
        expiries[exemption.id] = exemption.expires
        categories[exemption.id] = exemption.category
      }
      if standing.status[row] == .unhealthy, mark?.exemption == nil, mark?.twinOf == nil { fault[row] = true }
    }
    (self.due, self.twins, self.expiries, self.categories) = (due, twins, expiries, categories)
    (hasGrace, isFault, isExempt) = (grace, fault, exempt)
    var columns = [FindingField: TextColumn]()
    if isSame, let old {
      // Marks alone are new: exemptions and rules change often, findings when a scan ends.
      for field in FindingField.allCases where ![.owner, .rule, .exemption].contains(field) {
        columns[field] = old.column(field)
      }
      (resourceRow, titles) = (old.resourceRow, old.titles)
    } else {
      columns[.status] = TextColumn(
        standing.status.lazy.map(\.rawValue), order: ["Unhealthy", "Unknown", "Healthy", "NotApplicable"])
      let severities = Severity.allCases.reversed().map(\.rawValue)
      columns[.severity] = TextColumn(
        ofCheck { (checks[$0]?.severity ?? judged[$0]?.severity ?? .low).rawValue }, order: severities)
      columns[.control] = TextColumn(ofCheck { checks[$0]?.control ?? "" })
      columns[.service] = TextColumn(ofCheck { String($0.split(separator: ".").dropFirst().first ?? "") })
      for (field, column) in [
        (FindingField.check, standing.check), (.cloud, standing.cloud), (.account, standing.account),
        (.region, standing.region), (.type, standing.type), (.resource, standing.resource),
      ] {
        columns[field] = TextColumn(column)
      }
      titles = StringColumn(
        (0..<standing.check.pool.count).lazy.map { code in
          let id = standing.check.pool.string(code)
          return checks[id]?.title ?? judged[id]?.title ?? id
        })
      resourceRow = Self.rows(of: standing, in: resources)
    }
    columns[.owner] = TextColumn(owners.finish())
    columns[.rule] = TextColumn(rules.finish())
    columns[.exemption] = TextColumn(exemptions.finish())
    self.columns = FindingField.allCases.compactMap { columns[$0] }
  }

  private static func rows(of standing: StandingFindings, in resources: ResourceView) -> [Int32] {
    // Of each text of an id the rows that have it: more than one where types share an id.
    let pool = standing.resource.pool
    let found = (0..<pool.count).map { resources.rows(id: pool.string($0)) }
    return (0..<standing.count).map { row in
      let rows = found[Int(standing.resource.codes[row])]
      if rows.isEmpty { return -1 }
      let type = standing.type[row]
      return rows.first { resources.column(.type)[$0] == type }.map { Int32($0) } ?? -1
    }
  }
}

extension FindingField {
  fileprivate var place: Int { Self.places[self] ?? 0 }
  private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

extension StandingFindings {
  /// Whether both are one reading of the store.
  fileprivate func isSame(as other: StandingFindings) -> Bool {
    keys.count == other.keys.count
      && keys.withUnsafeBufferPointer { ours in
        other.keys.withUnsafeBufferPointer { $0.baseAddress == ours.baseAddress }
      }
  }
}

/// One finding. Texts are made when they are asked for.
package struct FindingRow: Sendable {
  package let view: FindingView
  package let row: Int

  package var id: String { view.standing.id(row) }
  package var key: Int64 { view.standing.keys[row] }
  package var check: String { view.standing.check[row] }
  package var title: String { view.titles[Int(view.standing.check.codes[row])] }
  package var severity: String { view.column(.severity)[row] }
  package var control: String { view.column(.control)[row] }
  package var status: Status { view.standing.status[row] }
  package var reason: String { view.standing.reason[row] }
  package var resource: String { view.standing.resource[row] }
  package var type: String { view.standing.type[row] }
  package var cloud: String { view.standing.cloud[row] }
  package var account: String { view.standing.account[row] }
  package var region: String { view.standing.region[row] }
  /// Ticks.
  package var firstSeen: Int64 { view.standing.firstSeen[row] }
  package var lastSeen: Int64 { view.standing.lastSeen[row] }
  package var lastChanged: Int64 { view.standing.lastChanged[row] }
  package var faultSince: Int64? { view.standing.faultSince[row] }
  package var timesOpened: Int { Int(view.standing.timesOpened[row]) }
  /// Empty for none.
  package var owner: String { view.column(.owner)[row] }
  package var rule: String { view.column(.rule)[row] }
  package var due: Int64? { view.due[row] }
  package var hasGrace: Bool { view.hasGrace[row] }
  package var isFault: Bool { view.isFault[row] }
  /// The id of the exemption that stands, with its category and end.
  package var exemption: (id: String, category: Exemption.Category, expires: Int64?)? {
    let id = view.column(.exemption)[row]
    return view.categories[id].map { (id, $0, view.expiries[id]) }
  }
  /// The id of the finding that counts in its stead.
  package var twinOf: String? { view.twins[Int32(row)].map(FindingStore.id) }
  package var resourceRow: Int? { view.resourceRow[row] < 0 ? nil : Int(view.resourceRow[row]) }
}
