// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL
package import Posture

/// What the pages tell of one judging as one reader may see it, made once and then only read.
package final class Board: Sendable {
  /// What one check says of the estate.
  package struct Group: Sendable {
    package let check: Check
    /// Positions among the findings.
    package internal(set) var findings: Range<Int>
    package internal(set) var faults = 0
    package internal(set) var healthy = 0
    package internal(set) var unknown = 0
    package internal(set) var exempt = 0
    package internal(set) var notApplicable = 0
    /// Millionths of a point that its faults add to the risk score.
    package internal(set) var units = 0
  }

  /// What to mend first, and what comes of it.
  package struct Plan: Sendable {
    package let checks: [Check]
    package let after: ScoreRecord
  }

  /// What one account has, and what is against it.
  struct Account: Sendable {
    let cloud: String
    let account: String
    var resources = 0
    /// By severity, the least first.
    var faults = [0, 0, 0, 0]
    var units = 0
    var score: Double?
    var faultCount: Int { faults.reduce(0, +) }
  }

  package let dossier: Dossier
  /// Exemptions and governance rules, whatever they are about.
  let book: PolicyBook
  /// In the order of the ids of checks.
  package let groups: [Group]
  /// Of each finding what it adds to the risk score.
  package let units: [Int]
  package let plan: Plan?
  /// Of each finding the number of its check's group, and of what it is about.
  let groupOfFinding: [Int32]
  let subjectOfFinding: [Int32]
  /// Rows of `resources`.
  let resources: ResourceList
  /// Of each row the findings about it.
  let findingsOfRow: [[Int32]]
  /// Faults of each row, and the worst of them (0 for none, 4 for critical).
  let faultsOfRow: [(count: Int32, worst: Int8)]
  let clouds: [String]
  /// Those that add most to the risk first.
  let accounts: [Account]
  let accountNames: [String: String]
  /// Of each framework what is so in each cloud, in the order of ``clouds``.
  let byCloud: [[Assessment]]
  let findingFacets: FacetTable
  let resourceFacets: FacetTable
  private let positions: [Int64: Int]
  private let groupOfCheck: [String: Int]

  package init(_ dossier: Dossier, attestations: [Attestation], book: PolicyBook = PolicyBook(), now: Int64) {
    self.dossier = dossier
    self.book = book
    let findings = dossier.findings
    let units = dossier.riskUnits
    self.units = units
    var groups: [Group] = []
    for (position, finding) in findings.enumerated() {
      if groups.last?.check !== finding.check {
        groups.append(Group(check: finding.check, findings: position..<position))
      }
      let last = groups.count - 1
      groups[last].findings = groups[last].findings.lowerBound..<(position + 1)
      groups[last].units += units[position]
      switch finding.status {
      case .healthy: groups[last].healthy += 1
      case .notApplicable: groups[last].notApplicable += 1
      case .unknown: groups[last].unknown += 1
      case .unhealthy:
        if finding.isExempt { groups[last].exempt += 1 } else if finding.isFault { groups[last].faults += 1 }
      }
    }
    self.groups = groups
    groupOfCheck = Dictionary(groups.enumerated().map { ($1.check.id, $0) }) { first, _ in first }
    groupOfFinding = groups.enumerated().flatMap { number, group in group.findings.map { _ in Int32(number) } }
    subjectOfFinding = dossier.verdicts.list.map { Int32($0.subject) }
    positions = Dictionary(findings.enumerated().map { ($1.key, $0) }) { first, _ in first }

    let list = ResourceList(dossier.resources)
    resources = list
    var ofRow = [[Int32]](repeating: [], count: list.count)
    var faults = [(count: Int32, worst: Int8)](repeating: (0, 0), count: list.count)
    for (position, verdict) in dossier.verdicts.list.enumerated() where verdict.subject < list.count {
      ofRow[verdict.subject].append(Int32(position))
      if findings[position].isFault {
        let worst = Int8(Self.rank(findings[position].check.severity))
        faults[verdict.subject] = (faults[verdict.subject].count + 1, max(faults[verdict.subject].worst, worst))
      }
    }
    (findingsOfRow, faultsOfRow) = (ofRow, faults)
    resourceFacets = FacetTable(columns: [
      ("cloud", list.cloud), ("type", list.type), ("account", list.account), ("location", list.location),
      ("group", list.group), ("health", FacetColumn(faults.lazy.map { String($0.worst) })),
    ])
    clouds = Set(list.cloud.names).subtracting([""]).sorted()
    accountNames = list.accountNames

    accounts = Self.accounts(dossier, units)
    let evidence = ComplianceEvidence(findings)
    let clouds = clouds
    byCloud = dossier.assessments.map { assessment in
      clouds.map {
        Assessment(
          assessment.framework, in: ComplianceScope(cloud: $0), evidence: evidence, attestations: attestations, now: now
        )
      }
    }
    let five = groups.filter { $0.units > 0 }.sorted { ($1.units, $0.check.id) < ($0.units, $1.check.id) }.prefix(5)
    plan =
      five.isEmpty
      ? nil
      : dossier.scores(mending: Set(five.map(\.check.id))).map { Plan(checks: five.map(\.check), after: $0) }
    findingFacets = FacetTable(dossier, controlTitles: Self.controlTitles(dossier), now: now)
  }

  private static func accounts(_ dossier: Dossier, _ units: [Int]) -> [Account] {
    var list: [Account] = []
    var places: [String: [String: Int]] = [:]
    func place(_ cloud: String, _ account: String) -> Int {
      if let place = places[cloud]?[account] { return place }
      places[cloud, default: [:]][account] = list.count
      list.append(Account(cloud: cloud, account: account))
      return list.count - 1
    }
    for holding in dossier.holdings { list[place(holding.cloud, holding.account)].resources += holding.resources }
    for (position, finding) in dossier.findings.enumerated() where finding.isFault {
      let place = place(finding.subject.cloud, finding.subject.account)
      list[place].faults[rank(finding.check.severity) - 1] += 1
      list[place].units += units[position]
    }
    for scope in dossier.scores?.secure.scopes ?? [] {
      list[place(scope.cloud, scope.account)].score = scope.percentage
    }
    return list.sorted { ($1.units, $0.cloud, $0.account) < ($0.units, $1.cloud, $1.account) }
  }

  static func rank(_ severity: Severity) -> Int { (Severity.allCases.firstIndex(of: severity) ?? 0) + 1 }

  /// Of each check the title of the control of the secure score that it counts in.
  private static func controlTitles(_ dossier: Dossier) -> [String: String] {
    var titles: [String: String] = [:]
    for check in dossier.verdicts.checks {
      titles[check.id] =
        dossier.model.control(of: check).map { dossier.model.controls[$0].title } ?? "Outside of the score"
    }
    return titles
  }

  package func group(_ check: String) -> Group? { groupOfCheck[check].map { groups[$0] } }

  /// The position of a finding by its id.
  package func position(_ id: String) -> Int? {
    guard id.utf8.count == 16, let key = UInt64(id, radix: 16) else { return nil }
    return positions[Int64(bitPattern: key)]
  }

  /// The row of the resource that a finding is about; nil where it is about none that was seen.
  func row(of position: Int) -> Int? {
    let subject = dossier.verdicts.list[position].subject
    return subject < resources.count ? subject : nil
  }

  func accountName(_ account: String) -> String {
    account.isEmpty ? "(directory)" : accountNames[account.lowercased()] ?? account
  }

  /// The name of what a finding is about.
  func name(of position: Int) -> String {
    row(of: position).map { resources.name[$0] } ?? Parts.shortName(dossier.findings[position].subject.id)
  }

  /// All faults that count.
  var faultCount: Int { groups.reduce(0) { $0 + $1.faults } }
}

/// The rows of `resources` with what lists ask of them.
struct ResourceList: Sendable {
  let count: Int
  let id: [String]
  let name: [String]
  let type: FacetColumn
  let cloud: FacetColumn
  let account: FacetColumn
  let location: FacetColumn
  let group: FacetColumn
  /// Ids, names and tags: what is looked through when somebody searches.
  private let haystack: StringColumn
  /// Of each row its place in the order of names.
  let nameRank: [Int32]
  let rows: Batch
  private let byId: [String: Int]

  init(_ rows: Batch) {
    func texts(_ name: String) -> [String] {
      guard case .string(let column) = rows.columns[ResourceRows.index(of: name)] else { return [] }
      return (0..<rows.count).map { column[$0] }
    }
    self.rows = rows
    count = rows.count
    id = texts("id")
    let names = texts("name")
    let ids = id
    name = names.enumerated().map { $1.isEmpty ? Parts.shortName(ids[$0]) : $1 }
    type = FacetColumn(texts("type"))
    cloud = FacetColumn(texts("cloud"))
    account = FacetColumn(texts("subscriptionId"))
    location = FacetColumn(texts("location"))
    group = FacetColumn(texts("resourceGroup"))
    var tags: [JSONValue?] = []
    if case .dynamic(let column) = rows.columns[ResourceRows.index(of: "tags")] {
      tags = (0..<rows.count).map { column[$0] }
    }
    haystack = StringColumn(
      (0..<rows.count).lazy.map { row in
        var text = "\(ids[row]) \(names[row])"
        for tag in tags[row].map({ Array($0.members) }) ?? [] {
          text += " \(tag.key.string ?? "")=\(tag.value.string ?? "")"
        }
        return text
      })
    var ranks = [Int32](repeating: 0, count: rows.count)
    let shown = name
    for (rank, row) in (0..<rows.count).sorted(by: { (shown[$0], $0) < (shown[$1], $1) }).enumerated() {
      ranks[row] = Int32(rank)
    }
    nameRank = ranks
    byId = Dictionary(ids.enumerated().map { ($1.lowercased(), $0) }) { first, _ in first }
  }

  func row(_ id: String) -> Int? { byId[id.lowercased()] }

  /// Of each row whether what is said of it holds a text, in any case of its letters.
  func holding(_ text: String) -> [Bool] {
    let found = haystack.pool.holding(Array(text.lowercased().utf8))
    return haystack.codes.map { found[Int($0)] }
  }
  func document(_ row: Int) -> JSONValue { ResourceRows.document(rows, row) }

  /// What accounts are called, by their ids in lower case.
  var accountNames: [String: String] {
    var found: [String: String] = [:]
    for (row, type) in type.codes.enumerated() {
      switch self.type.names[Int(type)] {
      case "microsoft.resources/subscriptions": found[account[row].lowercased()] = name[row]
      default: continue
      }
    }
    return found
  }
}
