// SPDX-License-Identifier: Apache-2.0
import Content
import IaC
import Inventory
import JSON
import KQL
import Posture

/// Judges the resources of code by the checks that judge live ones. Nothing is stored.
struct CodeJudging {
  let estate: CodeEstate
  let checks: [Check]
  let defaults: Defaults
  let now: Int64

  /// Findings in the order of checks and then of resources, each with the line to change.
  func findings(failed: (Check, String) -> Void) -> [Finding] { located(failed: failed).map(\.finding) }

  /// The findings, each with the place of its resource among all.
  func located(failed: (Check, String) -> Void) -> [(finding: Finding, resource: Int)] {
    var builder = JSONBuilder()
    var gaps: [Estate.Gap] = []
    var places: [[String: CodePlace]] = []
    let read = readPaths()
    // What no resource of a mapping can tell, worked out once for each mapping.
    var untold: [ObjectIdentifier: [[String]]] = [:]
    for (index, resource) in estate.resources.enumerated() {
      var body = resource.body
      // Two stacks may make a resource of one name; each is judged by itself.
      set("id", id(index), &body, resource)
      set("type", resource.type, &body, resource)
      set("cloud", resource.cloud, &body, resource)
      set("source", resource.source.rawValue, &body, resource)
      var here: [String: CodePlace] = [:]
      var unknown: [(path: String, value: CodeUnknown)] = []
      body.write(into: &builder, path: "") { path, node in
        here[path] = node.place
        if let value = node.unknown { unknown.append((path, value)) }
      }
      places.append(here)
      for (path, value) in unknown { gaps.append(gap(resource, id(index), [path], words: Self.words(value))) }
      var unseen = read[resource.type] ?? []
      if let told = resource.told {
        if let known = untold[ObjectIdentifier(told)] {
          unseen = known
        } else {
          unseen.removeAll { Self.isPlain($0) || told.contains($0) }
          untold[ObjectIdentifier(told)] = unseen
        }
        unseen.removeAll { path in
          resource.settled.contains { path.starts(with: $0) || $0.starts(with: path) }
        }
      } else {
        unseen.removeAll { path in
          path.first != "observed" || path.count == 1
            || resource.settled.contains { path.starts(with: $0) || $0.starts(with: path) }
        }
      }
      unseen.removeAll { resource.body.get($0) != nil }
      if !unseen.isEmpty {
        gaps.append(
          gap(
            resource, id(index), unseen.map { JSONPath(steps: $0.map(JSONPath.Step.key)).description },
            words: resource.told == nil
              ? "Not known: only the running resource tells, the code does not."
              : "Not known: the mapping from Terraform does not tell it."))
      }
    }
    for type in Set(estate.resources.map(\.cloud)).map({ "\($0)::::account" }).sorted() {
      gaps.append(
        Estate.Gap(
          cloud: "aws", account: "", region: "global", service: "", operation: "", type: type, reason: "NotInCode",
          words: "Not known: it hangs on settings of the account, which are not in this code."))
    }
    let rows = Estate(resources: Snapshot.rows(of: builder.finish(), ResourceRows.schema), gaps: gaps, now: now)
    let verdicts = Judge(checks: checks, defaults: defaults).judge(rows)
    for failure in verdicts.failures { failed(failure.check, failure.message) }
    let byId = Dictionary(uniqueKeysWithValues: estate.resources.indices.map { (id($0), $0) })
    var occurrences: [String: Int] = [:]
    // What queries read that judged a part of a resource, by the check's number.
    var queried: [Int: [[String]]] = [:]
    return verdicts.list.compactMap { verdict in
      let subject = verdicts.subjects[verdict.subject]
      guard let index = byId[subject.id] else { return nil }
      // Of a part of a resource only what it settles is told; the rest is said of the whole.
      if estate.resources[index].isPartial {
        guard verdict.status == .healthy || verdict.status == .unhealthy else { return nil }
        // What would make it good may stand in the rest, unless its mapping takes that for settled.
        let isSettled = !estate.resources[index].settled.isEmpty
        if verdict.status == .unhealthy, verdicts.checks[verdict.check].decides == .any, !isSettled { return nil }
        if case .query(let text) = verdicts.checks[verdict.check].rule, let told = estate.resources[index].told {
          let paths = queried[verdict.check] ?? Self.paths(in: text)
          queried[verdict.check] = paths
          guard paths.contains(where: told.contains) else { return nil }
        }
      }
      var finding = Finding(verdict, of: verdicts, seen: now)
      finding.place = place(estate.resources[index], places[index], evidence: finding.evidence)
      let fingerprint = finding.fingerprint
      occurrences[fingerprint, default: 0] += 1
      finding.place?.occurrence = occurrences[fingerprint] ?? 1
      return (finding, index)
    }
  }

  /// The id of a resource; the second and later of one id get a number.
  private func id(_ index: Int) -> String { ids[index] }
  private let ids: [String]

  init(_ estate: CodeEstate, checks: [Check], defaults: Defaults, now: Int64) {
    self.estate = estate
    self.checks = checks
    self.defaults = defaults
    self.now = now
    var seen: [String: Int] = [:]
    ids = estate.resources.map { resource in
      seen[resource.id, default: 0] += 1
      let count = seen[resource.id] ?? 1
      return count == 1 ? resource.id : "\(resource.id)#\(count)"
    }
  }

  private func set(_ key: String, _ text: String, _ body: inout CodeNode, _ resource: CodeResource) {
    body.set([key], CodeNode(.string(text), at: resource.place))
  }

  private func gap(_ resource: CodeResource, _ id: String, _ paths: [String], words: String) -> Estate.Gap {
    Estate.Gap(
      cloud: resource.cloud, account: "", region: "", service: "", operation: "", type: resource.type, resourceId: id,
      paths: paths, reason: "NotInCode", words: words)
  }

  private static func words(_ unknown: CodeUnknown) -> String {
    let mend = unknown.decider.map { "; it hangs on \($0)" } ?? ""
    return "Not known: \(unknown.reason)\(mend)."
  }

  /// Paths that checks of each type read.
  private func readPaths() -> [String: [[String]]] {
    var paths: [String: Set<[String]>] = [:]
    for check in checks {
      guard case .predicate(let applies, let unhealthy) = check.rule else { continue }
      paths[check.type, default: []].formUnion((applies?.paths ?? []) + unhealthy.paths)
    }
    return paths.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  /// Paths below `properties` and `observed` that a query's text names.
  private static func paths(in query: String) -> [[String]] {
    query.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.compactMap { word in
      let steps = word.split(separator: ".").map(String.init)
      guard let start = steps.firstIndex(where: { $0 == "properties" || $0 == "observed" }) else { return nil }
      return Array(steps[start...])
    }
  }

  /// Whether every row has it.
  private static func isPlain(_ path: [String]) -> Bool {
    path.isEmpty || path.count == 1 && ["id", "type", "cloud", "source"].contains(path[0])
  }

  /// Where a part of the resource stands that a query gave as evidence, without a path: the uppermost that is the same.
  private static func place(of value: JSONValue, in node: CodeNode) -> CodePlace? {
    // What is long was cut, and ends in an ellipsis.
    let cut = value.string.flatMap { $0.hasSuffix("…") ? Array($0.dropLast().utf8) : nil }
    guard cut != nil || value.kind == .object || value.kind == .array else { return nil }
    let wanted = cut ?? value.serialized()
    func search(_ node: CodeNode) -> CodePlace? {
      guard !node.members.isEmpty || !node.elements.isEmpty else { return nil }
      let text = node.json().serialized()
      if cut == nil ? text == wanted : text.starts(with: wanted) { return node.place }
      guard text.count > wanted.count else { return nil }
      return (node.members.map(\.node) + node.elements).lazy.compactMap(search).first
    }
    return search(node)
  }

  /// The line of the value that decided; of the resource where it is one that is absent.
  private func place(_ resource: CodeResource, _ places: [String: CodePlace], evidence: String) -> FindingPlace {
    var place = resource.place
    let items = (try? JSONDocument(parsing: Array(evidence.utf8)))?.root.elements.map { $0 } ?? []
    search: for item in items {
      var path = item["path"]?.string ?? ""
      while path.contains(".") || path.contains("[") {
        if let found = places[path], path != "properties" {
          place = found
          break search
        }
        guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
        path = String(path[..<cut])
      }
    }
    if place == resource.place,
      let found = items.lazy.compactMap({ item in
        item["value"].flatMap { Self.place(of: $0, in: resource.body) }
      }).first
    {
      place = found
    }
    return FindingPlace(
      path: place.path, line: place.line, column: place.column, address: resource.address,
      chain: resource.chain.map { "\($0.path):\($0.line)" })
  }
}
