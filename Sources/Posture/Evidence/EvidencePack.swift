// SPDX-License-Identifier: Apache-2.0
package import Content
internal import Inventory
internal import JSON
internal import KQL

/// A report with all that proves it, in one signed file: the documents that were judged, the checks that judged, the
/// verdicts with the values that decided, and the figures with the queries that make them.
package enum EvidencePack {
  static let format = "plumbline-evidence-1"
  static let manifest = "manifest.json"
  static let signature = "signature.json"
  static let contentFolder = "content/"
  static let documents = "inputs/documents.ndjson"
  static let index = "inputs/index.ndjson"
  static let coverage = "inputs/coverage.json"
  static let scan = "inputs/scan.json"
  static let exemptions = "inputs/exemptions.json"
  static let attestations = "inputs/attestations.json"
  static let verdicts = "verdicts.ndjson"
  static let figures = "figures.json"
  static let csv = "report.csv"
  static let html = "report.html"

  /// Makes a pack, and looks at it as a verifier would: one that does not verify is not given out.
  ///
  /// - Parameters:
  ///   - framework: the one that the report is about; nil for everything.
  ///   - estate: what was judged; `documents` are its rows as they were read.
  ///   - content: all that judged.
  package static func make(
    _ material: Dossier.Material, framework: Framework?, estate: Estate, documents lines: [[UInt8]],
    content: ContentLibrary, key: SigningKey
  ) throws -> [UInt8] {
    var entries: [ZipArchive.Entry] = []
    func add(_ path: String, _ bytes: [UInt8]) { entries.append(.init(path: path, bytes: bytes)) }
    add("README.txt", Array(readme.utf8))
    let wanted = framework.map { Set($0.controls.flatMap { $0.links.map(\.check) }) }
    let judged = wanted.map { wanted in material.findings.filter { wanted.contains($0.check.id) } }
    add(verdicts, lined((judged ?? material.findings).map(EvidenceText.verdict)))
    add(documents, lines.flatMap { $0 + [0x0A] })
    add(index, lined(lines.map(EvidenceText.index)))
    add(coverage, EvidenceText.coverage(estate))
    add(scan, EvidenceText.scan(material, framework))
    add(exemptions, text(.array(material.exemptions.map(\.draft))))
    add(attestations, text(.array(material.attestations.map(EvidenceText.attestation))))
    for folder in ["checks", "defaults", "frameworks", "scores"] {
      for file in try content.files(under: folder) {
        let isOther = folder == "frameworks" && framework.map { file.path != "frameworks/\($0.id).yaml" } ?? false
        if !isOther { add(contentFolder + file.path, file.bytes) }
      }
    }
    let dossier = try EvidenceContents(entries).dossier()
    add(figures, EvidenceText.figures(Figures.of(dossier)))
    add(csv, DossierTables(dossier).csv())
    add(html, dossier.html())
    let list = EvidenceText.manifest(entries, material, framework)
    let signed = EvidenceText.signature(try key.signature(of: list), key.publicKey)
    entries.append(.init(path: manifest, bytes: list))
    entries.append(.init(path: signature, bytes: signed))
    let pack = try ZipArchive.write(entries)
    let problems = EvidenceReview(of: pack, expecting: key.publicKey).problems
    guard problems.isEmpty else {
      throw DossierError(
        description: "the findings are not what these documents and checks give; scan again. "
          + problems.prefix(3).joined(separator: "; "))
    }
    return pack
  }

  static func text(_ draft: JSONDraft) -> [UInt8] { draft.document().root.serialized() + [0x0A] }

  private static func lined(_ drafts: [JSONDraft]) -> [UInt8] {
    var out: [UInt8] = []
    for draft in drafts { out += text(draft) }
    return out
  }

  private static let readme = """
    Evidence pack of Plumbline.

    plumb report verify PACK --key KEY    checks the signature and every hash, judges the documents again by the checks in
                                          this pack, and says where anything differs. KEY is what `plumb report key`
                                          prints where the pack was made.

    manifest.json              every file below with its SHA-256; signature.json is the Ed25519 signature of its bytes
    inputs/documents.ndjson    the documents that were judged, one a line; inputs/index.ndjson has the SHA-256 of each line
    inputs/coverage.json       what could not be read, and what was covered whole
    inputs/exemptions.json     the exemptions in force; inputs/attestations.json what people vouch for
    content/                   the checks, assumed values, weights and frameworks that judged
    verdicts.ndjson            each check's word on each resource, with the values that decided
    figures.json               each number of the report, with the query over the rows of report.csv that makes it
    report.html, report.csv    the report

    By hand: sha256sum of a file is in manifest.json; sed -n 'Np' inputs/documents.ndjson | head -c -1 | sha256sum is in
    line N of inputs/index.ndjson.

    """
}

/// The texts of a pack.
enum EvidenceText {
  static func verdict(_ finding: Finding) -> JSONDraft {
    let (subject, mark) = (finding.subject, finding.mark)
    var members: [(key: String, value: JSONDraft)] = [
      ("id", .string(finding.id)), ("checkId", .string(finding.check.id)), ("resourceId", .string(subject.id)),
      ("resourceType", .string(subject.type)), ("cloud", .string(subject.cloud)), ("account", .string(subject.account)),
      ("region", .string(subject.region)), ("status", .string(finding.status.rawValue)),
      ("reason", .string(finding.reason)),
      ("evidence", (try? JSONDocument.parse(finding.evidence)).map { .value($0.root) } ?? .array([])),
      ("firstSeen", time(finding.firstSeen)), ("lastSeen", time(finding.lastSeen)),
      ("lastChanged", time(finding.lastChanged)),
    ]
    if let since = finding.faultSince { members.append(("faultSince", time(since))) }
    guard let mark else { return .object(members) }
    if let exemption = mark.exemption { members.append(("exemption", .string(exemption.id))) }
    for (key, text) in [("owner", mark.owner), ("rule", mark.rule)] where !text.isEmpty {
      members.append((key, .string(text)))
    }
    if let due = mark.due { members.append(("due", time(due))) }
    if mark.hasGrace { members.append(("grace", .bool(true))) }
    if let twin = mark.twinOf { members.append(("twinOf", .string(Finding.text(twin)))) }
    return .object(members)
  }

  static func index(_ line: [UInt8]) -> JSONDraft {
    let root = try? JSONDocument(parsing: line).root
    return .object([
      ("sha256", .string(JSONDigest(hashing: line).hex)), ("type", .string(root?["type"]?.string ?? "")),
      ("id", .string(root?["id"]?.string ?? "")),
    ])
  }

  static func coverage(_ estate: Estate) -> [UInt8] {
    EvidencePack.text(
      .object([
        (
          "gaps",
          .array(
            estate.gaps.map { gap in
              .object([
                ("cloud", .string(gap.cloud)), ("account", .string(gap.account)), ("region", .string(gap.region)),
                ("service", .string(gap.service)), ("operation", .string(gap.operation)), ("type", .string(gap.type)),
                ("resourceId", gap.resourceId.map(JSONDraft.string) ?? .null),
                ("paths", .array(gap.paths.map(JSONDraft.string))), ("reason", .string(gap.reason)),
                ("permission", .string(gap.permission)),
              ])
            })
        ),
        ("notRefreshed", .array(estate.notRefreshed.sorted().map(JSONDraft.string))),
        (
          "covered",
          estate.covered.map { covered in
            .array(
              covered.map { [$0.cloud, $0.account, $0.region, $0.type] }
                .sorted { $0.lexicographicallyPrecedes($1) }.map { .array($0.map(JSONDraft.string)) })
          } ?? .null
        ),
      ]))
  }

  static func scan(_ material: Dossier.Material, _ framework: Framework?) -> [UInt8] {
    let scan = material.scan
    return EvidencePack.text(
      .object([
        ("id", .string(scan.id)), ("targets", .array(scan.targets.map(JSONDraft.string))),
        ("started", time(scan.started)), ("finished", time(scan.finished)), ("judged", time(material.judged)),
        ("made", time(material.made)), ("seen", time(material.seen)), ("calls", .int(Int64(scan.calls))),
        ("version", .string(scan.version)),
        ("content", .string(material.content)), ("framework", framework.map { .string($0.id) } ?? .null),
        ("notes", .array(material.notes.map(JSONDraft.string))),
        (
          "gaps",
          .array(
            scan.gaps.map { gap in
              .object([
                ("cloud", .string(gap.cloud)), ("account", .string(gap.account)), ("region", .string(gap.region)),
                ("service", .string(gap.service)), ("operation", .string(gap.operation)), ("type", .string(gap.type)),
                ("resourceId", .string(gap.resourceId)), ("paths", .array(gap.paths.map(JSONDraft.string))),
                ("reason", .string(gap.reason.rawValue)), ("code", .string(gap.code)),
                ("message", .string(gap.message)), ("permission", .string(gap.permission)),
              ])
            })
        ),
      ]))
  }

  static func attestation(_ word: Attestation) -> JSONDraft {
    .object([
      ("framework", .string(word.framework)), ("control", .string(word.control)), ("account", .string(word.account)),
      ("owner", .string(word.owner)), ("evidence", .string(word.evidence)), ("note", .string(word.note)),
      ("made", time(word.made)), ("expires", time(word.expires)),
    ])
  }

  static func figures(_ figures: Figures) -> [UInt8] {
    EvidencePack.text(
      .array(
        figures.groups.map { group in
          .object([
            ("title", .string(group.title)), ("query", .string(group.query)),
            ("values", .object(group.values.sorted { $0.key < $1.key }.map { ($0.key, .double($0.value)) })),
          ])
        }))
  }

  static func manifest(
    _ entries: [ZipArchive.Entry], _ material: Dossier.Material, _ framework: Framework?
  ) -> [UInt8] {
    EvidencePack.text(
      .object([
        ("format", .string(EvidencePack.format)), ("made", time(material.made)),
        ("version", .string(material.scan.version)), ("scan", .string(material.scan.id)),
        ("content", .string(material.content)), ("framework", framework.map { .string($0.id) } ?? .null),
        (
          "entries",
          .array(
            entries.map { entry in
              .object([
                ("path", .string(entry.path)), ("bytes", .int(Int64(entry.bytes.count))),
                ("sha256", .string(JSONDigest(hashing: entry.bytes).hex)),
              ])
            })
        ),
      ]))
  }

  static func signature(_ bytes: [UInt8], _ key: PublicKey) -> [UInt8] {
    EvidencePack.text(
      .object([
        ("algorithm", .string("Ed25519")), ("of", .string(EvidencePack.manifest)), ("publicKey", .string(key.text)),
        ("signature", .string(JSONDigest.hex(bytes))),
      ]))
  }

  private static func time(_ ticks: Int64) -> JSONDraft { .string(DateTime.text(ticks)) }
}
