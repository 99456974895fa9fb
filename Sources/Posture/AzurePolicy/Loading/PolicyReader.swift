// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Finds policy objects in documents, whatever they are wrapped in: one object or `{"value": [...]}`, with the envelope
/// `properties` or without, exported by REST, ARM or Resource Graph, or written for Enterprise Policy as Code.
struct PolicyReader {
  /// Lists in lists: more are refused.
  private static let deepest = 8

  /// What definitions that have no id stand under.
  var definitionScope = ""
  private(set) var records: [PolicyRecord] = []
  private(set) var trees: [AssignmentTree] = []
  private(set) var problems: [PolicyFault] = []

  /// Reads all objects of a document. False where it holds none.
  mutating func read(_ source: PolicySource) -> Bool { read(source.root, source, depth: 0) }

  /// Reads one object of the inventory.
  mutating func read(row: JSONValue, _ source: PolicySource) -> Bool { read(row, source, depth: Self.deepest) }

  private mutating func read(_ value: JSONValue, _ source: PolicySource, depth: Int) -> Bool {
    switch value.kind {
    case .array: return list(value, source, depth)
    case .object: break
    default: return false
    }
    if let list = value.member(ignoringCase: "value") ?? value["data"], list.kind == .array {
      return self.list(list, source, depth)
    }
    if value.member(ignoringCase: "nodeName") != nil {
      trees.append(AssignmentTree(root: value, source: source))
      return true
    }
    if let list = value.member(ignoringCase: "exemptions"), list.kind == .array {
      for element in list.elements { record(.exemption, element, source) }
      return true
    }
    // An ARM template that deploys policy objects.
    if let list = value["resources"], list.kind == .array, value["$schema"] != nil {
      return self.list(list, source, depth)
    }
    guard let kind = Self.kind(of: value) else { return false }
    record(kind, value, source)
    return true
  }

  private mutating func list(_ list: JSONValue, _ source: PolicySource, _ depth: Int) -> Bool {
    guard depth < Self.deepest else {
      problems.append(
        PolicyFault(
          ContentError(
            .tooLarge, "lists stand in lists more than \(Self.deepest) deep", at: source.location(of: list))))
      return true
    }
    var found = false
    for element in list.elements where read(element, source, depth: depth + 1) { found = true }
    return found
  }

  /// Adds an object of a known kind.
  mutating func record(_ kind: PolicyRecord.Kind, _ object: JSONValue, _ source: PolicySource, id: String? = nil) {
    let properties = object.member(ignoringCase: "properties").flatMap { $0.kind == .object ? $0 : nil } ?? object
    let given = id ?? object.member(ignoringCase: "id")?.string
    let fileName = source.path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? ""
    let name =
      object.member(ignoringCase: "name")?.string ?? given?.split(separator: "/").last.map(String.init) ?? fileName
    let isDefinition = kind == .definition || kind == .initiative
    let scope = isDefinition ? definitionScope : properties.member(ignoringCase: "scope")?.string ?? ""
    let made = "\(scope)/providers/\(kind.provider)/\(kind.rawValue)/\(name)"
    records.append(
      PolicyRecord(
        kind: kind, id: given.flatMap { $0.isEmpty ? nil : $0 } ?? made, name: name, object: object,
        properties: properties, source: source))
  }

  /// What an object is: by its type, its id, or what it holds.
  private static func kind(of object: JSONValue) -> PolicyRecord.Kind? {
    if let type = object.member(ignoringCase: "type")?.string?.lowercased() {
      let parts = type.split(separator: "/")
      if parts.count == 3, parts[2] == "versions" { return kind(named: String(parts[1])) }
      if parts.count == 2, parts[0].hasPrefix("microsoft.") { return kind(named: String(parts[1])) }
    }
    if let id = object.member(ignoringCase: "id")?.string?.lowercased() {
      let parts = id.split(separator: "/")
      if parts.count >= 2, let kind = kind(named: String(parts[parts.count - 2])) { return kind }
    }
    let properties = object.member(ignoringCase: "properties").flatMap { $0.kind == .object ? $0 : nil } ?? object
    func has(_ name: String) -> Bool { properties.member(ignoringCase: name) != nil }
    if has("policyRule") { return .definition }
    if has("policyDefinitions") { return .initiative }
    if has("exemptionCategory") { return .exemption }
    if has("policyAssignmentId"), has("complianceState"), !has("policyDefinitionAction") { return .attestation }
    if has("policyDefinitionId"), !has("complianceState") { return .assignment }
    return nil
  }

  private static func kind(named name: String) -> PolicyRecord.Kind? {
    PolicyRecord.Kind.allCases.first { $0.rawValue.lowercased() == name }
  }

  mutating func tell(_ problem: PolicyFault) { problems.append(problem) }

  /// Drops records from `start` on that have the kind and id of one before.
  mutating func dropKnown(from start: Int) {
    func name(_ record: PolicyRecord) -> String { "\(record.kind.rawValue) \(record.key)" }
    let known = Set(records[..<start].map(name))
    records = records[..<start] + records[start...].filter { !known.contains(name($0)) }
  }
}
