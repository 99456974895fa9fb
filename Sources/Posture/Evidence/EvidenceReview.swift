// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import KQL

/// A pack, checked from its bytes alone: signature, hashes, and every verdict and figure derived anew.
package struct EvidenceReview: Sendable {
  /// One thing that was checked.
  package struct Step: Sendable {
    package let name: String
    /// What was found where all is well.
    package let said: String
    package let problems: [String]
  }

  /// Problems named of one step before the rest is only counted.
  static let shown = 20

  package private(set) var steps: [Step] = []
  /// The key that the pack says it is signed with; nil where it names none.
  package private(set) var key: PublicKey?
  /// Whether it is a zip file at all, be it a damaged one.
  package let isPack: Bool

  package var problems: [String] { steps.flatMap { step in step.problems.map { "\(step.name): \($0)" } } }

  /// - Parameter expected: the key that it has to be signed with; nil to take the one that it names.
  package init(of bytes: [UInt8], expecting expected: PublicKey?) {
    isPack = bytes.starts(with: [0x50, 0x4B]) || bytes.suffix(22).starts(with: [0x50, 0x4B])
    let entries: [ZipArchive.Entry]
    do throws(ZipError) {
      let archive = try ZipArchive.read(bytes)
      entries = archive.entries
      add("file", "\(entries.count) entries", archive.damage)
    } catch {
      add("file", "", [error.description])
      return
    }
    let manifest = entries.first { $0.path == EvidencePack.manifest }?.bytes
    signature(entries, manifest, expected)
    hashes(entries, manifest)
    let contents: EvidenceContents
    do {
      contents = try EvidenceContents(entries.filter { $0.path != EvidencePack.manifest })
    } catch {
      add("contents", "", ["\(error)"])
      return
    }
    documents(contents, entries)
    checks(contents, manifest)
    verdicts(contents)
    exemptions(contents)
    figures(contents, entries)
  }

  private mutating func add(_ name: String, _ said: String, _ problems: [String]) {
    let rest = problems.count - Self.shown
    steps.append(
      Step(
        name: name, said: said,
        problems: rest > 0 ? problems.prefix(Self.shown) + ["and \(rest) more"] : problems))
  }

  // MARK: Hashes

  private mutating func signature(_ entries: [ZipArchive.Entry], _ manifest: [UInt8]?, _ expected: PublicKey?) {
    guard let manifest else { return add("signature", "", ["manifest.json is missing"]) }
    guard let entry = entries.first(where: { $0.path == EvidencePack.signature }),
      let root = try? JSONDocument(parsing: entry.bytes).root,
      let named = root["publicKey"]?.string.flatMap(PublicKey.init),
      let signature = root["signature"]?.string.flatMap(Self.bytes(hex:))
    else { return add("signature", "", ["signature.json is missing or cannot be read"]) }
    key = named
    let signer = expected ?? named
    if let expected, expected != named {
      return add("signature", "", ["it is signed with the key \(named.text), not with \(expected.text)"])
    }
    add(
      "signature", "manifest.json is signed with \(signer.text)",
      signer.accepts(signature, of: manifest)
        ? [] : ["the signature is not that of manifest.json: one of them was changed"])
  }

  private static func bytes(hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var out: [UInt8] = []
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[at...(at + 1)], as: UTF8.self), radix: 16) else { return nil }
      out.append(byte)
    }
    return out
  }

  private mutating func hashes(_ entries: [ZipArchive.Entry], _ manifest: [UInt8]?) {
    guard let manifest, let root = try? JSONDocument(parsing: manifest).root,
      root["format"]?.string == EvidencePack.format
    else { return add("manifest", "", ["manifest.json cannot be read as one of \(EvidencePack.format)"]) }
    var problems: [String] = []
    var listed: Set<String> = [EvidencePack.manifest, EvidencePack.signature]
    let byPath = Dictionary(entries.map { ($0.path, $0.bytes) }) { first, _ in first }
    for entry in root["entries"]?.elements ?? JSONValue.null.elements {
      guard let path = entry["path"]?.string, let hash = entry["sha256"]?.string else {
        problems.append("an entry of manifest.json has no path or hash")
        continue
      }
      listed.insert(path)
      guard let bytes = byPath[path] else {
        problems.append("\(path) is missing")
        continue
      }
      if JSONDigest(hashing: bytes).hex != hash { problems.append("\(path) was changed: its SHA-256 is another") }
    }
    problems += entries.filter { !listed.contains($0.path) }.map { "\($0.path) is not in the manifest" }
    add("manifest", "\(listed.count - 2) files have the hashes of manifest.json", problems)
  }

  // MARK: What follows from what

  private mutating func documents(_ contents: EvidenceContents, _ entries: [ZipArchive.Entry]) {
    let index = entries.first { $0.path == EvidencePack.index }?.bytes ?? []
    let lines = (try? JSONDocument.lines(index)).map { document in
      (0..<document.rootCount).map { document.root(at: $0) }
    }
    guard let lines else { return add("documents", "", ["\(EvidencePack.index) cannot be read"]) }
    var problems: [String] = []
    if lines.count != contents.documents.count {
      problems.append("there are \(contents.documents.count) documents, and \(lines.count) in the index")
    }
    for (entry, document) in zip(lines, contents.documents)
    where JSONDigest(hashing: document).hex != entry["sha256"]?.string {
      problems.append("the document of \(entry["id"]?.string ?? "?") is not the one of the index")
    }
    add("documents", "\(contents.documents.count) documents have the hashes of the index", problems)
  }

  private mutating func checks(_ contents: EvidenceContents, _ manifest: [UInt8]?) {
    let named = manifest.flatMap { try? JSONDocument(parsing: $0).root["content"]?.string }
    let found = contents.material.content
    add(
      "content", "\(contents.library.checks.count) checks, version \(found)",
      named == found ? [] : ["the checks and weights are of version \(found), not \(named ?? "?") that judged"])
  }

  private mutating func verdicts(_ contents: EvidenceContents) {
    let derived: Verdicts
    do {
      derived = try contents.judged()
    } catch {
      return add("verdicts", "", ["\(error)"])
    }
    var said = Dictionary(contents.findings.map { ($0.key, $0) }) { first, _ in first }
    var problems: [String] = []
    if said.count != contents.findings.count { problems.append("a verdict is there twice") }
    let hashes = derived.checks.map { FindingKey(check: $0.id) }
    for verdict in derived.list {
      let (check, subject) = (derived.checks[verdict.check], derived.subjects[verdict.subject])
      let place = "\(check.id) on \(subject.id)"
      guard let finding = said.removeValue(forKey: hashes[verdict.check].key(resource: subject.id)) else {
        problems.append("\(place): the pack has no verdict, the documents give \(verdict.status.rawValue)")
        continue
      }
      if finding.status != verdict.status {
        problems.append(
          "\(place): the pack says \(finding.status.rawValue), the documents give \(verdict.status.rawValue)")
      } else if finding.check.id != check.id || finding.subject.id != subject.id || finding.subject.type != subject.type
        || finding.subject.account != subject.account || finding.subject.cloud != subject.cloud
      {
        problems.append("\(place): the pack names \(finding.check.id) on \(finding.subject.id)")
      } else if finding.reason != derived.reason(verdict) {
        problems.append("\(place): the reason is not what the documents give")
      } else if !Self.isSame(finding.evidence, derived.evidence(verdict)) {
        problems.append("\(place): the values that decided are not those of the documents")
      }
    }
    for finding in said.values.sorted(by: { $0.key < $1.key }) {
      problems.append("\(finding.check.id) on \(finding.subject.id): the documents give no such verdict")
    }
    add("verdicts", "\(derived.list.count) verdicts follow from the documents and checks", problems)
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    guard let left = try? JSONDocument.parse(left), let right = try? JSONDocument.parse(right) else { return false }
    return left.root == right.root
  }

  /// Whether what is exempt is covered by the exemptions in the pack.
  private mutating func exemptions(_ contents: EvidenceContents) {
    let material = contents.material
    let index = RowIndex(Bench.subjects(material.resources))
    var problems: [String] = []
    var count = 0
    do throws(KQLError) {
      for exemption in material.exemptions {
        let cover = try ExemptionCover([exemption], material.resources, now: material.seen)
        for finding in contents.findings where finding.mark?.exemption?.id == exemption.id {
          count += 1
          let row = index.row(finding.subject.id, type: finding.subject.type)
          if finding.status != .unhealthy || row.flatMap({ cover.exempted(check: finding.check.id, row: $0) }) == nil {
            problems.append("\(finding.check.id) on \(finding.subject.id): exemption \(exemption.id) does not cover it")
          }
        }
      }
    } catch {
      problems.append(error.message)
    }
    add("exemptions", "\(count) exempt faults are covered by \(material.exemptions.count) exemptions", problems)
  }

  private mutating func figures(_ contents: EvidenceContents, _ entries: [ZipArchive.Entry]) {
    let dossier = contents.dossier()
    let tables = DossierTables(dossier)
    var problems: [String] = []
    let kept = entries.first { $0.path == EvidencePack.figures }.flatMap { try? JSONDocument(parsing: $0.bytes).root }
    let ours = Figures.of(dossier).groups
    let groups = Array(kept?.elements ?? JSONValue.null.elements)
    var count = 0
    do {
      // Only our own queries are asked: a pack is anybody's to write.
      if groups.map({ $0["query"]?.string }) != ours.map(\.query) {
        problems.append("the queries are not those of this version of plumb")
      }
      let asked = try Figures.asked(ours.map { ($0.title, $0.query) }, tables.catalog, now: dossier.made)
      for ((group, asked), own) in zip(zip(groups, asked), ours) {
        let values = Dictionary(
          group["values"]?.members.map { ($0.key.string ?? "", $0.value.double ?? .nan) } ?? []
        ) { first, _ in first }
        count += values.count
        problems += Set(Figures.differences(values, asked) + Figures.differences(values, own.values)).sorted().map {
          name in
          "\(name): the pack says \(values[name] ?? 0), the verdicts give \(own.values[name] ?? 0), "
            + "its query \(asked[name] ?? 0)"
        }
      }
    } catch {
      problems.append("\(error)")
    }
    add("figures", "\(count) figures follow from the verdicts, by \(groups.count) queries", problems)
    var (same, wrong) = ([String](), [String]())
    for (path, bytes) in [(EvidencePack.csv, tables.csv()), (EvidencePack.html, dossier.html())] {
      let isSame = entries.first { $0.path == path }?.bytes == bytes
      if isSame { same.append(path) } else { wrong.append("\(path) is not what the verdicts give") }
    }
    add("report", "\(same.joined(separator: " and ")) follow from the verdicts", wrong)
  }
}
