// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import GRDB
package import Inventory
internal import JSON
internal import KQL

/// Policies in force as checks, so that their states are findings with a history, and a fault that a check of ours finds
/// as well counts once.
///
/// A policy has no severity: its findings are medium, and yield to a check that is the same (`sameAs`).
enum PolicyChecks {
  static let prefix = "azurepolicy."

  /// `azurepolicy.ASSIGNMENT.MEMBER`, with a hash that tells those of several scopes apart.
  static func id(_ facts: PolicyMemberFacts) -> String {
    let member = facts.reference.isEmpty ? facts.definitionName : facts.reference
    let hash = FindingKey(check: "policy").key(resource: "\(facts.assignmentId)\n\(facts.reference)".lowercased())
    let digits = FindingKey.digits(UInt64(bitPattern: hash)).suffix(6)
    return "\(prefix)\(word(facts.assignmentName)).\(word(member))-\(digits)"
  }

  private static func word(_ text: String) -> String {
    let text = String(text.lowercased().prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return text.isEmpty ? "policy" : text
  }

  static func check(_ facts: PolicyMemberFacts) throws(ContentError) -> Check {
    // What tells two versions of the rule apart.
    let rule = JSONDraft.object([
      (
        "query",
        .string("\(facts.definitionId) \(facts.version) \(facts.effect) \(facts.effectiveParameters)")
      )
    ]).document().root
    return try check(
      id: id(facts), title: facts.displayName, sameAs: ["azurepolicy:\(facts.definitionName.lowercased())"],
      why: facts.category, rule: rule)
  }

  static func check(
    id: String, title: String, sameAs: [String], why: String = "",
    rule: JSONValue = JSONDraft.emptyObject.document().root
  ) throws(ContentError) -> Check {
    let document = try YAMLDocument(parsing: rule.serialized(), path: id)
    return Check(
      id: id, title: title, type: "", severity: .medium, maturity: .stable, control: "azure policy", why: why,
      rule: .query(""), decides: .all, message: nil,
      fix: Check.Fix(console: nil, cli: nil, terraform: nil, call: nil), effort: nil, attack: [], sameAs: sameAs,
      controls: [], references: [], location: ContentLocation(path: id), document: document)
  }
}

extension FindingStore {
  /// Keeps the states of policies as findings, as ``record(_:at:)`` keeps the verdicts of checks. What is exempt in Azure
  /// is no fault here either.
  package func record(_ run: PolicyRun, at time: Int64) throws {
    let earlier = try store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT id, title, sameAs FROM judgedCheck WHERE id LIKE ?", arguments: ["\(PolicyChecks.prefix)%"]
      ).map { ($0[0] as String, $0[1] as String, $0[2] as String) }
    }
    var checks: [Check] = []
    var numbers: [String: Int] = [:]
    var ofMember: [Int] = []
    for facts in run.members {
      let id = PolicyChecks.id(facts)
      if numbers[id] == nil {
        numbers[id] = checks.count
        checks.append(try PolicyChecks.check(facts))
      }
      ofMember.append(numbers[id] ?? 0)
    }
    // Findings of what is no longer assigned are closed.
    for (id, title, sameAs) in earlier where numbers[id] == nil {
      let names = (try? JSONDocument.parse(sameAs))?.root.elements.compactMap(\.string) ?? []
      checks.append(try PolicyChecks.check(id: id, title: title, sameAs: names))
    }
    guard !checks.isEmpty else { return }
    _ = try record(Self.verdicts(run, checks, ofMember), at: time)
  }

  private static func verdicts(_ run: PolicyRun, _ checks: [Check], _ ofMember: [Int]) -> Verdicts {
    let subjects = run.resources.map {
      Subject(id: $0.id, type: $0.type, cloud: "azure", account: $0.subscription, region: $0.location)
    }
    var texts = StringColumnBuilder()
    func intern(_ text: String) -> UInt32 {
      var text = text
      return text.withUTF8 { texts.intern($0) }
    }
    var evidence: [UInt32: UInt32] = [:]
    var list: [Verdict] = []
    list.reserveCapacity(run.rows.count)
    for row in run.rows {
      let facts = run.members[Int(row.member)]
      let own = run.reason(row)
      let status: Status
      var reason = own
      switch row.state {
      case .compliant: (status, reason) = (.healthy, own.isEmpty ? "\(facts.displayName)." : own)
      case .nonCompliant, .conflict: status = .unhealthy
      case .exempt: status = .notApplicable
      case .unknown: (status, reason) = (.unknown, "Not known: \(own)")
      }
      if reason.isEmpty { reason = "Not so: \(facts.displayName)." }
      let proof = evidence[row.proof] ?? intern(Self.evidence(run.proof(row)))
      evidence[row.proof] = proof
      list.append(
        Verdict(
          check: ofMember[Int(row.member)], subject: Int(row.resource), status: status, reason: intern(reason),
          evidence: proof))
    }
    return Verdicts(checks: checks, subjects: subjects, list: list, texts: texts.finish().pool, failures: [])
  }

  /// A proof as findings show theirs: `[{"path":…,"value":…}]`.
  private static func evidence(_ proof: String) -> String {
    guard let root = try? JSONDocument.parse(proof).root else { return "[]" }
    let items = root["evaluatedExpressions"]?.elements.map { leaf -> JSONDraft in
      .object([
        ("path", leaf["path"].map(JSONDraft.value) ?? .string("")),
        ("value", leaf["expressionValue"].map(JSONDraft.value) ?? .null),
      ])
    }
    return JSONDraft.array(items ?? []).document().root.text
  }
}

// MARK: Initiatives as frameworks

/// An initiative in force, with what each of its groups asks for.
package struct PolicyFramework: Sendable {
  package struct Group: Sendable {
    let name: String
    let title: String
    let category: String
    /// Ids of the checks that its policies are, and of the definitions.
    var links: [(check: String, definition: String)]
    /// Whether some policy of it is judged by a program.
    var isJudged: Bool
  }

  let assignmentId: String
  let assignmentName: String
  let title: String
  let version: String
  var groups: [Group]

  var json: String {
    JSONDraft.object([
      ("assignmentId", .string(assignmentId)), ("assignmentName", .string(assignmentName)), ("title", .string(title)),
      ("version", .string(version)),
      (
        "groups",
        .array(
          groups.map { group in
            .object([
              ("name", .string(group.name)), ("title", .string(group.title)), ("category", .string(group.category)),
              ("isJudged", .bool(group.isJudged)),
              (
                "links",
                .array(
                  group.links.map { .object([("check", .string($0.check)), ("definition", .string($0.definition))]) })
              ),
            ])
          })
      ),
    ]).document().root.text
  }

  init?(json: String) {
    guard let root = try? JSONDocument.parse(json).root else { return nil }
    assignmentId = root["assignmentId"]?.string ?? ""
    assignmentName = root["assignmentName"]?.string ?? ""
    title = root["title"]?.string ?? ""
    version = root["version"]?.string ?? ""
    groups =
      root["groups"]?.elements.map { group in
        Group(
          name: group["name"]?.string ?? "", title: group["title"]?.string ?? "",
          category: group["category"]?.string ?? "",
          links: group["links"]?.elements.map { ($0["check"]?.string ?? "", $0["definition"]?.string ?? "") } ?? [],
          isJudged: group["isJudged"]?.boolean ?? false)
      } ?? []
  }

  init(_ assignment: PolicyAssignment, _ initiative: PolicyInitiative, judged: [PolicyMemberFacts]) {
    assignmentId = assignment.id
    assignmentName = assignment.name
    title = initiative.displayName
    version = initiative.record.version ?? ""
    var byGroup: [String: [(check: String, definition: String)]] = [:]
    var seen: Set<String> = []
    for facts in judged where facts.assignmentId == assignment.id {
      for group in facts.groups {
        let check = PolicyChecks.id(facts)
        guard seen.insert("\(group.lowercased()) \(check)").inserted else { continue }
        byGroup[group.lowercased(), default: []].append((check, facts.definitionName.lowercased()))
      }
    }
    let manual = Set(judged.filter { $0.effect == PolicyEffect.manual.rawValue }.map { PolicyChecks.id($0) })
    groups = initiative.groups.map { group in
      let links = byGroup[group.name.lowercased()] ?? []
      return Group(
        name: group.name, title: group.displayName, category: group.category, links: links,
        isJudged: links.contains { !manual.contains($0.check) })
    }
  }

  /// The initiative as a framework of compliance: its groups are the controls.
  package func framework(id: String) -> Framework {
    let location = ContentLocation(path: assignmentId)
    var categories: [String] = []
    for group in groups where !categories.contains(group.category) { categories.append(group.category) }
    return Framework(
      id: id, title: title, version: version, clouds: ["azure"], aliases: [assignmentName],
      groups: categories.map { category in
        Framework.Group(
          id: category.isEmpty ? title : category, title: "",
          controls: groups.filter { $0.category == category }.map { group in
            Framework.Control(
              id: group.name, title: group.title, isManual: !group.isJudged && group.links.isEmpty,
              links: group.links.map { Framework.Link(check: $0.check, trace: "azurepolicy:\($0.definition)") },
              dropped: [:], location: location)
          }, groups: [])
      }, location: location)
  }
}

extension PolicyStateStore {
  /// The initiatives of the last judging as frameworks: `policy.ASSIGNMENT`, with a number where several assignments
  /// have one name.
  package func frameworks() throws(StoreError) -> [Framework] {
    let texts = try store.read { db in
      guard try db.tableExists("policyInitiative") else { return [String]() }
      return try String.fetchAll(db, sql: "SELECT body FROM policyInitiative ORDER BY assignment")
    }
    var used: [String: Int] = [:]
    return texts.compactMap { PolicyFramework(json: $0) }.map { framework in
      let name = "policy.\(framework.assignmentName.lowercased())"
      used[name, default: 0] += 1
      let count = used[name] ?? 1
      return framework.framework(id: count > 1 ? "\(name).\(count)" : name)
    }
  }
}
