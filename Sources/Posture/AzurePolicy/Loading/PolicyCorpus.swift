// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// All policy objects at hand: what may be assigned, what is, and what is exempt from it.
package struct PolicyCorpus: Sendable {
  package private(set) var definitions: [PolicyRecord] = []
  package private(set) var initiatives: [PolicyInitiative] = []
  package private(set) var assignments: [PolicyAssignment] = []
  package private(set) var exemptions: [PolicyExemption] = []
  package private(set) var attestations: [PolicyAttestation] = []
  package var problems: [PolicyFault] = []

  private var definitionsByKey: [String: [Int]] = [:]
  private var definitionsByName: [String: [Int]] = [:]
  private var initiativesByKey: [String: [Int]] = [:]
  private var initiativesByName: [String: [Int]] = [:]
  private var others: [String: ContentLocation] = [:]

  package init() {}

  package var isEmpty: Bool { definitions.isEmpty && initiatives.isEmpty && assignments.isEmpty }

  /// Adds objects. Of two with one id the first counts.
  mutating func add(_ records: [PolicyRecord]) {
    for record in records {
      switch record.kind {
      case .definition: add(definition: record)
      case .initiative: add(initiative: record)
      case .assignment:
        if isNew(record), let assignment = PolicyAssignment(record, &problems) { assignments.append(assignment) }
      case .exemption:
        guard let exemption = PolicyExemption(record, &problems) else { continue }
        // Several entries of a table may have one name, each for scopes of its own.
        if record.object.member(ignoringCase: "id") == nil || isNew(record) { exemptions.append(exemption) }
      case .attestation:
        if isNew(record), let attestation = PolicyAttestation(record, &problems) { attestations.append(attestation) }
      }
    }
  }

  private mutating func isNew(_ record: PolicyRecord) -> Bool {
    let key = "\(record.kind.rawValue) \(record.key)"
    if let first = others[key] {
      if first != record.location { doubled(record, first, isSame: false) }
      return false
    }
    others[key] = record.location
    return true
  }

  private mutating func doubled(_ record: PolicyRecord, _ first: ContentLocation, isSame: Bool) {
    guard !isSame else { return }
    problems.append(
      PolicyFault(
        record.error("the \(record.kind.word) '\(record.name)' is also at \(first), which counts", code: .duplicateKey),
        isWarning: true))
  }

  private mutating func add(definition record: PolicyRecord) {
    let key = record.key
    for index in definitionsByKey[key] ?? [] where definitions[index].version == record.version {
      let known = definitions[index]
      return doubled(record, known.location, isSame: known.properties == record.properties)
    }
    definitionsByKey[key, default: []].append(definitions.count)
    definitionsByName[record.name.lowercased(), default: []].append(definitions.count)
    definitions.append(record)
  }

  private mutating func add(initiative record: PolicyRecord) {
    let key = record.key
    for index in initiativesByKey[key] ?? [] where initiatives[index].record.version == record.version {
      let known = initiatives[index].record
      return doubled(record, known.location, isSame: known.properties == record.properties)
    }
    initiativesByKey[key, default: []].append(initiatives.count)
    initiativesByName[record.name.lowercased(), default: []].append(initiatives.count)
    initiatives.append(PolicyInitiative(record, &problems))
  }

  // MARK: Looking up

  /// The versions of the definition that an id, or a name, tells of. Files of a folder may stand for any scope, so a
  /// name that is given once will do.
  func definitions(_ id: String) -> [PolicyRecord] {
    Self.find(id, definitionsByKey, definitionsByName).map { definitions[$0] }
  }

  func initiatives(_ id: String) -> [PolicyInitiative] {
    Self.find(id, initiativesByKey, initiativesByName).map { initiatives[$0] }
  }

  private static func find(_ id: String, _ byKey: [String: [Int]], _ byName: [String: [Int]]) -> [Int] {
    let key = AzureScope.normalized(id)
    if let found = byKey[key] { return found }
    return byName[key.split(separator: "/").last.map(String.init) ?? key] ?? []
  }

  /// Names near to one that is not there.
  func suggestion(_ kind: PolicyRecord.Kind, _ id: String) -> String {
    let name = id.split(separator: "/").last.map(String.init) ?? id
    let names = kind == .initiative ? initiatives.map(\.record.name) : definitions.map(\.name)
    // GUIDs are never near to one another by mistake.
    guard names.count < 20_000, name.utf8.count != 36 else { return "" }
    return Spelling.nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
  }
}

/// Which of several versions of a definition is meant.
enum PolicyVersion {
  /// Whether a version is one of those that `1.*.*`, `1.2.*` or `1.2.3-preview` tells of.
  static func matches(_ version: String, _ pattern: String) -> Bool {
    let (base, flavour) = parts(version)
    let (wanted, wantedFlavour) = parts(pattern)
    // A released pattern also means the previews and deprecations that carry its number.
    if !wantedFlavour.isEmpty, flavour != wantedFlavour { return false }
    return zip(wanted, base).allSatisfy { $0 == "*" || $0 == $1 }
  }

  private static func parts(_ version: String) -> (numbers: [Substring], flavour: Substring) {
    let halves = version.lowercased().split(separator: "-", maxSplits: 1)
    return (halves.first?.split(separator: ".") ?? [], halves.count > 1 ? halves[1] : "")
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (parts(left).numbers.map { Int($0) ?? 0 }, parts(right).numbers.map { Int($0) ?? 0 })
    return a.lexicographicallyPrecedes(b)
  }

  /// The newest of the records that a pattern lets choose; the newest of all where none matches, and then `false`.
  static func choose(_ records: [PolicyRecord], _ pattern: String?) -> (record: PolicyRecord, matches: Bool)? {
    func newest(_ records: [PolicyRecord]) -> PolicyRecord? {
      records.max { precedes($0.version ?? "", $1.version ?? "") }
    }
    guard let all = newest(records) else { return nil }
    guard let pattern else { return (all, true) }
    if let chosen = newest(records.filter { $0.version.map { matches($0, pattern) } ?? true }) { return (chosen, true) }
    return (all, false)
  }
}

extension PolicyCorpus {
  /// Assigns each definition to the tenant with the defaults of its parameters: for trying definitions that nobody has
  /// assigned yet.
  package mutating func assignAll() {
    for definition in definitions {
      let id = "/providers/Microsoft.Authorization/policyAssignments/\(definition.name)"
      let root = JSONDraft.object([
        ("id", .string(id)), ("name", .string(definition.name)),
        (
          "properties",
          .object([
            ("policyDefinitionId", .string(definition.id)), ("displayName", .string(definition.displayName)),
            ("scope", .string("/")),
          ])
        ),
      ]).document().root
      let source = PolicySource(root, at: definition.location)
      add([
        PolicyRecord(
          kind: .assignment, id: id, name: definition.name, object: root, properties: root["properties"] ?? root,
          source: source)
      ])
    }
  }
}
