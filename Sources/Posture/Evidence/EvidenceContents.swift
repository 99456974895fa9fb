// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import Inventory
internal import JSON
internal import KQL

/// What an entry of a pack says that cannot be read.
struct EvidenceError: Error, CustomStringConvertible {
  let description: String
  init(_ path: String, _ message: String) { description = "\(path): \(message)" }
}

/// A pack's entries, read: what was judged, by what, and what was said.
struct EvidenceContents {
  let content: ContentLibrary
  let library: CheckLibrary
  let framework: Framework?
  let estate: Estate
  let documents: [[UInt8]]
  let findings: [Finding]
  let material: Dossier.Material

  init(_ entries: [ZipArchive.Entry]) throws {
    let files = EvidenceFiles(entries)
    let folder = EvidencePack.contentFolder
    content = ContentLibrary(
      files: entries.filter { $0.path.hasPrefix(folder) }.map {
        ContentFile(path: String($0.path.dropFirst(folder.count)), displayPath: $0.path, bytes: $0.bytes)
      })
    library = try CheckLibrary(content)
    if let problem = library.problems.first { throw problem }
    let frameworks = try FrameworkLibrary(content, checks: library)
    if let problem = frameworks.problems.first { throw problem }
    let scorer = try Scorer(content, checks: library.stable)

    let scan = try files.root(EvidencePack.scan)
    let name = scan.value["framework"]?.string
    framework = try name.map { name in
      guard let framework = frameworks.framework(name) else { throw scan.error("there is no framework '\(name)'") }
      return framework
    }
    documents = try files.bytes(EvidencePack.documents).split(separator: 0x0A).map(Array.init)
    estate = try files.estate(now: try scan.time("judged"))
    let exemptions = try files.exemptions()
    findings = try files.findings(library, exemptions)
    material = Dossier.Material(
      scan: Report.Scan(
        id: try scan.text("id"), targets: scan.texts("targets"), started: try scan.time("started"),
        finished: try scan.time("finished"), resources: estate.resources.count,
        calls: Int(scan.value["calls"]?.int64 ?? 0), gaps: try scan.list("gaps").map { try $0.coverageGap() },
        version: try scan.text("version")),
      judged: try scan.time("judged"), made: try scan.time("made"), seen: try scan.time("seen"),
      content: scorer.fingerprint, findings: findings,
      resources: estate.resources, model: scorer.controls, risk: scorer.risk, frameworks: frameworks.frameworks,
      attestations: try files.list(EvidencePack.attestations).map { try $0.attestation() }, exemptions: exemptions,
      notes: scan.texts("notes"))
  }

  /// The report that follows from the pack's verdicts.
  func dossier() -> Dossier { Dossier(material, framework: framework) }

  /// What its documents give by its checks.
  func judged() throws -> Verdicts {
    let wanted = framework.map { Set($0.controls.flatMap { $0.links.map(\.check) }) }
    let checks = library.stable.filter { wanted?.contains($0.id) ?? true }
    return Judge(checks: checks, defaults: try Defaults(content)).judge(estate)
  }
}

/// The entries by name.
private struct EvidenceFiles {
  private let byPath: [String: [UInt8]]

  init(_ entries: [ZipArchive.Entry]) {
    byPath = Dictionary(entries.map { ($0.path, $0.bytes) }) { first, _ in first }
  }

  func bytes(_ path: String) throws -> [UInt8] {
    guard let bytes = byPath[path] else { throw EvidenceError(path, "is missing") }
    return bytes
  }

  func root(_ path: String) throws -> EvidenceNode {
    do {
      return EvidenceNode(path: path, value: try JSONDocument(parsing: try bytes(path)).root)
    } catch let error as JSONError {
      throw EvidenceError(path, "\(error)")
    }
  }

  func list(_ path: String) throws -> [EvidenceNode] {
    try root(path).value.elements.map { EvidenceNode(path: path, value: $0) }
  }

  func lines(_ path: String) throws -> [EvidenceNode] {
    do {
      let document = try JSONDocument.lines(try bytes(path))
      return (0..<document.rootCount).map { EvidenceNode(path: "\(path) line \($0 + 1)", value: document.root(at: $0)) }
    } catch let error as JSONError {
      throw EvidenceError(path, "\(error)")
    }
  }

  func estate(now: Int64) throws -> Estate {
    let documents = try lines(EvidencePack.documents).map(\.value)
    let coverage = try root(EvidencePack.coverage)
    var covered: Set<Scope>?
    if let list = coverage.value["covered"], !list.isNull {
      covered = Set(
        list.elements.compactMap { scope in
          let texts = scope.elements.compactMap(\.string)
          return texts.count == 4 ? Scope(cloud: texts[0], account: texts[1], region: texts[2], type: texts[3]) : nil
        })
    }
    var catalog = Catalog()
    let containers = documents.filter { Scope.containerTypes.contains($0["type"]?.string ?? "") }
    catalog.add(
      "resourcecontainers",
      MemoryTable(schema: ResourceRows.schema, batches: [ResourceRows.batch(containers)]))
    return Estate(
      resources: ResourceRows.batch(documents), gaps: try coverage.list("gaps").map { try $0.estateGap() },
      notRefreshed: Set(coverage.texts("notRefreshed")), covered: covered, catalog: catalog, now: now)
  }

  func exemptions() throws -> [Exemption] {
    try list(EvidencePack.exemptions).map { node in
      try Exemption(try YAMLDocument(parsing: node.value.serialized(), path: EvidencePack.exemptions).node)
    }
  }

  func findings(_ library: CheckLibrary, _ exemptions: [Exemption]) throws -> [Finding] {
    let checks = Dictionary(library.checks.map { ($0.id, $0) }) { first, _ in first }
    let known = Dictionary(exemptions.map { ($0.id, $0) }) { first, _ in first }
    return try lines(EvidencePack.verdicts).map { node in
      let id = try node.text("checkId")
      guard let check = checks[id] else { throw node.error("there is no check '\(id)' in the pack") }
      guard let status = Status(rawValue: try node.text("status")) else { throw node.error("its status is no status") }
      guard let key = UInt64(try node.text("id"), radix: 16) else { throw node.error("its id is no id") }
      var mark = FindingMark()
      if let name = node.value["exemption"]?.string {
        guard let exemption = known[name] else { throw node.error("there is no exemption '\(name)' in the pack") }
        mark.exemption = .init(id: name, category: exemption.category, expires: exemption.expires)
      }
      mark.owner = node.value["owner"]?.string ?? ""
      mark.rule = node.value["rule"]?.string ?? ""
      mark.due = node.value["due"] == nil ? nil : try node.time("due")
      mark.hasGrace = node.value["grace"]?.boolean ?? false
      mark.twinOf = (node.value["twinOf"]?.string).flatMap { UInt64($0, radix: 16) }.map { Int64(bitPattern: $0) }
      let subject = Subject(
        id: try node.text("resourceId"), type: try node.text("resourceType"), cloud: try node.text("cloud"),
        account: try node.text("account"), region: try node.text("region"))
      return Finding(
        key: Int64(bitPattern: key), check: check, subject: subject, status: status, reason: try node.text("reason"),
        evidence: node.value["evidence"]?.text ?? "[]", firstSeen: try node.time("firstSeen"),
        lastSeen: try node.time("lastSeen"), lastChanged: try node.time("lastChanged"),
        faultSince: node.value["faultSince"] == nil ? nil : try node.time("faultSince"), mark: mark)
    }
  }
}

/// A value of a pack, with the place to name.
private struct EvidenceNode {
  let path: String
  let value: JSONValue

  func error(_ message: String) -> EvidenceError { EvidenceError(path, message) }

  func text(_ key: String) throws -> String {
    guard let text = value[key]?.string else { throw error("'\(key)' is missing") }
    return text
  }

  func time(_ key: String) throws -> Int64 {
    guard let ticks = DateTime.parse(try text(key)) else { throw error("'\(key)' is no time") }
    return ticks
  }

  func texts(_ key: String) -> [String] { value[key]?.elements.compactMap(\.string) ?? [] }

  func list(_ key: String) -> [EvidenceNode] {
    value[key]?.elements.map { EvidenceNode(path: "\(path) \(key)", value: $0) } ?? []
  }

  func estateGap() throws -> Estate.Gap {
    Estate.Gap(
      cloud: try text("cloud"), account: try text("account"), region: try text("region"), service: try text("service"),
      operation: try text("operation"), type: try text("type"), resourceId: value["resourceId"]?.string,
      paths: texts("paths"), reason: try text("reason"), permission: try text("permission"))
  }

  func coverageGap() throws -> CoverageGap {
    CoverageGap(
      cloud: try text("cloud"), account: try text("account"), region: try text("region"), service: try text("service"),
      operation: try text("operation"), type: try text("type"), resourceId: try text("resourceId"),
      paths: texts("paths"), reason: CoverageGap.Reason(rawValue: try text("reason")) ?? .error,
      code: try text("code"), message: try text("message"), permission: try text("permission"))
  }

  func attestation() throws -> Attestation {
    Attestation(
      framework: try text("framework"), control: try text("control"), account: try text("account"),
      owner: try text("owner"), evidence: try text("evidence"), note: try text("note"), made: try time("made"),
      expires: try time("expires"))
  }
}
