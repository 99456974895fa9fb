// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import KQL
import Testing

@testable import Posture

/// Packs that are whole verify from their bytes alone; whatever is changed in one is named.
struct EvidenceTests {
  private static let sample = Result { try DossierSample() }
  /// A pack with its key, made once.
  private static let made = Result { () throws -> (pack: [UInt8], key: SigningKey) in
    let key = try Fixture.withFolder { try SigningKey(directory: $0) }
    return (try sample.get().pack(key), key)
  }

  private func review(_ pack: [UInt8]) throws -> [String] {
    EvidenceReview(of: pack, expecting: try Self.made.get().key.publicKey).problems
  }

  @Test(arguments: [false, true]) func aWholePackVerifies(isOfFramework: Bool) throws {
    let (sample, key) = (try Self.sample.get(), try Self.made.get().key)
    let pack = try sample.pack(key, framework: isOfFramework ? sample.framework : nil)
    let review = EvidenceReview(of: pack, expecting: nil)
    #expect(review.problems == [])
    #expect(
      review.steps.map(\.name) == [
        "file", "signature", "manifest", "documents", "content", "verdicts", "exemptions", "figures", "report",
      ])
    #expect(review.key == key.publicKey)
    // The same findings give the same pack, signatures apart: Ed25519 of this library is not deterministic.
    let again = try ZipArchive.read(try sample.pack(key, framework: isOfFramework ? sample.framework : nil)).entries
    #expect(again.dropLast() == (try ZipArchive.read(pack).entries.dropLast()))
  }

  @Test func noByteCanBeFlippedUnnoticed() throws {
    let pack = try Self.made.get().pack
    let step = max(1, pack.count / 60)
    let places =
      Array(stride(from: 0, to: pack.count, by: step)) + [1, 10, 18, 22, 26, 28, pack.count - 1, pack.count - 22]
    for at in places {
      var changed = pack
      changed[at] ^= 0x20
      let review = EvidenceReview(of: changed, expecting: try Self.made.get().key.publicKey)
      #expect(!review.problems.isEmpty, "byte \(at) of \(pack.count)")
      #expect(review.isPack, "byte \(at) of \(pack.count)")
    }
    #expect(try !review(pack + [0]).isEmpty)
    #expect(try !review(Array(pack.dropLast())).isEmpty)
    #expect(!EvidenceReview(of: Array("no pack".utf8), expecting: nil).isPack)
  }

  // MARK: Changes with a purpose

  /// How much of the seals whoever changes a pack can put right again.
  enum Reach: CaseIterable { case entry, manifest, signature, strangersSignature }

  /// The pack with one entry rewritten.
  private func changed(
    _ path: String, _ reach: Reach, _ edit: (String) -> String?
  ) throws -> [UInt8] {
    let (pack, key) = try Self.made.get()
    var entries = try ZipArchive.read(pack).entries
    let index = try #require(entries.firstIndex { $0.path == path })
    let text = try #require(edit(String(decoding: entries[index].bytes, as: UTF8.self)), "nothing to edit in \(path)")
    #expect(Array(text.utf8) != entries[index].bytes)
    entries[index] = .init(path: path, bytes: Array(text.utf8))
    guard reach != .entry else { return try ZipArchive.write(entries) }
    var (manifest, signature) = (entries[entries.count - 2], entries[entries.count - 1])
    entries.removeLast(2)
    let old = try JSONDocument(parsing: manifest.bytes).root
    let list = entries.map { entry in
      JSONDraft.object([
        ("path", .string(entry.path)), ("bytes", .int(Int64(entry.bytes.count))),
        ("sha256", .string(JSONDigest(hashing: entry.bytes).hex)),
      ])
    }
    var members = JSONDraft.value(old).thawed()
    let place = try #require(members.firstIndex { $0.key == "entries" })
    members[place].value = .array(list)
    manifest = .init(path: manifest.path, bytes: EvidencePack.text(.object(members)))
    if reach == .signature || reach == .strangersSignature {
      let signer = reach == .signature ? key : try Fixture.withFolder { try SigningKey(directory: $0) }
      signature = .init(
        path: signature.path,
        bytes: EvidenceText.signature(try signer.signature(of: manifest.bytes), signer.publicKey))
    }
    return try ZipArchive.write(entries + [manifest, signature])
  }

  private func replace(_ from: String, _ to: String) -> (String) -> String? {
    { text in text.contains(from) ? text.replacing(from, with: to, maxReplacements: 1) : nil }
  }

  @Test(arguments: Reach.allCases) func anEditedVerdictIsNamed(reach: Reach) throws {
    let pack = try changed(EvidencePack.verdicts, reach, replace(#""status":"Unhealthy""#, #""status":"Healthy""#))
    let problems = try review(pack)
    #expect(
      problems.contains { $0 == "verdicts: test.unit.bad on a: the pack says Healthy, the documents give Unhealthy" },
      "\(problems)")
    #expect(problems.contains { $0.hasPrefix("manifest: verdicts.ndjson was changed") } == (reach == .entry))
    #expect(problems.contains { $0.hasPrefix("signature: ") } == (reach == .manifest || reach == .strangersSignature))
    if reach == .strangersSignature {
      #expect(problems.contains { $0.hasPrefix("signature: it is signed with the key ") })
    }
  }

  @Test(arguments: Reach.allCases) func aSwappedDocumentIsNamed(reach: Reach) throws {
    let problems = try review(
      try changed(EvidencePack.documents, reach, replace(#""properties":{"bad":true}"#, #""properties":{}"#)))
    #expect(problems.contains("documents: the document of a is not the one of the index"), "\(problems)")
    #expect(
      problems.contains("verdicts: test.unit.bad on a: the pack says Unhealthy, the documents give Healthy"),
      "\(problems)")
    #expect(problems.contains { $0.hasPrefix("manifest: inputs/documents.ndjson was changed") } == (reach == .entry))
  }

  @Test(arguments: [
    ("verdicts.ndjson", #""value":true"#, #""value":false"#, "the values that decided are not those of the documents"),
    ("verdicts.ndjson", #""account":"1""#, #""account":"9""#, ": the pack names test.unit.bad on "),
    ("verdicts.ndjson", #""exemption":"ex-1","#, "", "report: report.csv is not what the verdicts give"),
    ("content/checks/test/unit/bad.yaml", "properties.bad == true", "properties.bad == false", "content: the checks"),
    ("content/scores/risk.yaml", "high: 12", "high: 13", "content: the checks and weights are of version"),
    (
      "inputs/exemptions.json", #""resource":["x"]"#, #""resource":["y"]"#,
      "exemptions: test.unit.bad on x: exemption ex-1"
    ),
    (
      "inputs/coverage.json", #""resourceId":"c""#, #""resourceId":"b""#, "verdicts: test.unit.open on b: the pack says"
    ),
    ("inputs/attestations.json", "ana@", "eve@", "report: report.csv is not what the verdicts give"),
    ("figures.json", #""unhealthy":"#, #""unhealthy":1"#, "figures: unhealthy: the pack says 1"),
    ("figures.json", "summarize value = sum(resources)", "summarize value = sum(1)", "figures: the queries are not"),
    ("report.csv", "Unhealthy", "Healthy", "report: report.csv is not what the verdicts give"),
    ("report.html", "<h1>", "<h1 >", "report: report.html is not what the verdicts give"),
  ])
  func whatIsSignedHasToFollowFromTheDocuments(path: String, from: String, to: String, said: String) throws {
    let problems = try review(try changed(path, .signature, replace(from, to)))
    #expect(problems.contains { $0.contains(said) }, "\(problems)")
    #expect(!problems.contains { $0.hasPrefix("signature") || $0.hasPrefix("manifest") })
  }

  @Test func entriesCannotBeAddedOrLeftOut() throws {
    var entries = try ZipArchive.read(try Self.made.get().pack).entries
    entries.append(.init(path: "more.txt", bytes: [1]))
    #expect(try review(try ZipArchive.write(entries)) == ["manifest: more.txt is not in the manifest"])
    entries.removeLast()
    entries.removeAll { $0.path == "report.csv" }
    #expect(try review(try ZipArchive.write(entries)).first == "manifest: report.csv is missing")
  }

  // MARK: The file and the key

  @Test(arguments: ["../up", "/etc/x", "a//b", "a/../b", ".hidden", "a/.b", "a\\b", "", "a b", "c:x"])
  func namesThatLeaveTheirFolderAreRefused(name: String) throws {
    let bytes = try ZipArchive.write([.init(path: name, bytes: [1, 2, 3])])
    #expect(throws: ZipError.self) { try ZipArchive.read(bytes) }
  }

  @Test func anEntryThatIsThereTwiceIsRefused() throws {
    let entry = ZipArchive.Entry(path: "a", bytes: [1])
    #expect(throws: ZipError.self) { try ZipArchive.read(try ZipArchive.write([entry, entry])) }
  }

  @Test func otherProgramsReadThePack() throws {
    try Fixture.withFolder { folder in
      try Data(try Self.made.get().pack).write(to: URL(filePath: folder + "/pack.zip"))
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["python3", "-m", "zipfile", "-e", folder + "/pack.zip", folder + "/out"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      for entry in try ZipArchive.read(try Self.made.get().pack).entries {
        #expect(
          FileManager.default.contents(atPath: "\(folder)/out/\(entry.path)") == Data(entry.bytes), "\(entry.path)")
      }
    }
  }

  @Test func theKeyIsItsOwnersAloneAndStaysTheSame() throws {
    try Fixture.withFolder { folder in
      let key = try SigningKey(directory: folder)
      let path = folder + "/" + SigningKey.fileName
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try SigningKey(directory: folder).publicKey == key.publicKey)
      #expect(PublicKey(key.publicKey.text + "\n") == key.publicKey)
      #expect(PublicKey("no key") == nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [SigningKey.fileName])
      let secret = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
      let pack = try Self.sample.get().pack(key)
      for entry in try ZipArchive.read(pack).entries {
        #expect(!String(decoding: entry.bytes, as: UTF8.self).contains(secret), "\(entry.path)")
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      #expect(throws: SigningKeyError.self) { try SigningKey(directory: folder) }
      try Data("nothing".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(throws: SigningKeyError.self) { try SigningKey(directory: folder) }
    }
  }

  @Test func findingsThatTheDocumentsDoNotGiveMakeNoPack() throws {
    let sample = try Self.sample.get()
    var material = sample.material
    material.findings.removeLast()
    #expect(throws: DossierError.self) {
      try EvidencePack.make(
        material, framework: nil, estate: sample.estate, documents: sample.documents, content: sample.content,
        key: try Self.made.get().key)
    }
  }
}
