// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Testing

@testable import Twin

/// `plumb demo`: the estates that are inside, served by the twin and read by the real collectors.
@Suite struct DemoTests {
  private static let estates = ["contoso", "contoso-hardened"]

  /// What the demo learned of an estate.
  private struct Seen {
    /// Clouds that the twin served.
    let clouds: Set<String>
    /// By their ids in lower case.
    let documents: [String: JSONValue]
    /// Check and resource, in lower case, of what is not as it should be.
    let unhealthy: Set<String>
  }

  private func lines(_ query: String, _ data: String) throws -> [JSONValue] {
    let result = try run(plumb, ["query", query, "--data", data, "--format", "ndjson"])
    try #require(result.status == 0, "\(result.complaint)")
    return try result.output.split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
  }

  private func demo(_ estate: String, _ body: (Run, Seen, _ data: String) throws -> Void) throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let hardened = estate.hasSuffix("-hardened") ? ["--hardened"] : []
    let result = try run(plumb, ["demo", "--data", data] + hardened)
    try #require(result.status == 0, "\(result.complaint)")
    let served = result.output.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      return words.count == 2 && words[1].hasPrefix("https://localhost:") ? String(words[0]) : nil
    }
    var documents: [String: JSONValue] = [:]
    for line in try lines("resources | project id, cloud, properties, observed", data) {
      documents[line["id"]?.string?.lowercased() ?? ""] = line
    }
    let unhealthy = try lines("Findings | where status == 'Unhealthy' | project checkId, resourceId", data)
    let seen = Seen(
      clouds: Set(served), documents: documents,
      unhealthy: Set(
        unhealthy.map { "\($0["checkId"]?.string ?? "") \($0["resourceId"]?.string?.lowercased() ?? "")" }))
    try body(result, seen, data)
  }

  @Test(arguments: estates) func everyDocumentThatIsServedIsRead(_ estate: String) throws {
    let served = try EstateFolder.documents("estates/" + estate, in: ContentLibrary())
    try demo(estate) { result, seen, data in
      #expect(seen.clouds.isSuperset(of: ["azure", "gcp"]))
      #expect(result.complaint.isEmpty, "\(result.complaint)")
      for cloud in seen.clouds.sorted() {
        let ids = served.filter { ($0["cloud"]?.string ?? "azure") == cloud }.compactMap { $0["id"]?.string }
        let missing = ids.filter { seen.documents[$0.lowercased()] == nil }
        #expect(ids.count > 100, "\(cloud)")
        #expect(missing.isEmpty, "\(cloud): \(ids.count) served, not read: \(missing.joined(separator: ", "))")
      }
      let gaps = try lines("CoverageGaps", data)
      #expect(gaps.isEmpty, "\(gaps.map(\.text))")
    }
  }

  /// The sample in the README, line by line and in its order; `…` stands for what is cut there.
  @Test func theReadmeShowsWhatAppears() throws {
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```\nThe twin serves"))
    let sample = readme[start.lowerBound...].dropFirst(4)
    let lines = sample[..<(sample.range(of: "\n```")?.lowerBound ?? sample.endIndex)].split(separator: "\n")
    #expect(lines.count > 15)
    try demo("contoso") { result, _, _ in
      var shown = result.output.split(separator: "\n", omittingEmptySubsequences: true)[...]
      for line in lines where line != "…" {
        let part = line.split(separator: "…", omittingEmptySubsequences: false).first ?? ""
        let isCut = part.count < line.count
        let found = shown.firstIndex { isCut ? $0.hasPrefix(part) : $0 == line }
        #expect(found != nil, "\(line)")
        if let found { shown = shown[(found + 1)...] }
      }
    }
  }

  @Test(arguments: estates) func whatWasPlantedIsFoundAndIsGoneOnceHardened(_ estate: String) throws {
    let content = ContentLibrary()
    let planted = try Planted("estates/contoso", in: content)
    #expect(planted.flaws.count > 60 && planted.paths.count == 3)
    try demo(estate) { _, seen, _ in
      let isHardened = estate.hasSuffix("-hardened")
      for flaw in planted.flaws where seen.clouds.contains(flaw.cloud) {
        #expect(flaw.isSeen(in: seen.documents) == !isHardened, "\(flaw.id): \(flaw.flaw)")
        for check in flaw.checks {
          let path = "checks/\(check.split(separator: ".").joined(separator: "/")).yaml"
          guard try content.file(at: path) != nil else { continue }
          #expect(
            seen.unhealthy.contains("\(check) \(flaw.subject.lowercased())") == !isHardened,
            "\(check) of \(flaw.subject)")
        }
      }
      if !isHardened {
        for id in planted.paths.joined() where seen.documents[id.lowercased()] == nil {
          let cloud = id.hasPrefix("arn:") ? "aws" : id.hasPrefix("//") ? "gcp" : "azure"
          #expect(!seen.clouds.contains(cloud), "\(id)")
        }
      }
    }
  }

  @Test(arguments: estates) func whatAResourceNamesIsThere(_ estate: String) throws {
    let documents = try EstateFolder.documents("estates/" + estate, in: ContentLibrary())
    let ids = Set(documents.compactMap { $0["id"]?.string?.lowercased() })
    let names = Set(ids.compactMap { $0.split { "/:".contains($0) }.last.map(String.init) })
    var dangling: Set<String> = []
    func look(_ value: JSONValue) {
      for (_, member) in value.members { look(member) }
      for element in value.elements { look(element) }
      guard let text = value.string?.lowercased() else { return }
      if text.hasPrefix("/subscriptions/"), text.contains("/providers/") {
        // What is inside a resource, as a subnet, is named below its id.
        var parts = text.split(separator: "/")
        while parts.count > 5, !ids.contains("/" + parts.joined(separator: "/")) { parts.removeLast() }
        if parts.count <= 5, !ids.contains("/" + parts.joined(separator: "/")) { dangling.insert(text) }
      } else if ["sg-0", "subnet-0", "vpc-0", "vol-0", "i-0"].contains(where: text.hasPrefix) {
        if !names.contains(text) { dangling.insert(text) }
      } else if text.hasPrefix("arn:aws:iam::"), text.contains(":role/") || text.contains(":policy/"),
        !text.hasPrefix("arn:aws:iam::aws:"), !ids.contains(text)
      {
        dangling.insert(text)
      }
    }
    for document in documents {
      look(document["properties"] ?? document)
      if let observed = document["observed"] { look(observed) }
    }
    #expect(dangling.isEmpty, "\(dangling.sorted())")
  }

  @Test(
    arguments: [
      (["--estate", "nothing"], "there is no such estate"), (["--data", "FULL"], "the folder is not empty"),
      (["--data", ""], "--data is empty"),
    ])
  func whatCannotBeUsedIsSaidInOneLine(_ arguments: [String], _ part: String) throws {
    let full = scratch()
    defer { try? FileManager.default.removeItem(atPath: full) }
    try FileManager.default.createDirectory(atPath: full, withIntermediateDirectories: true)
    try "mine".write(toFile: full + "/note.txt", atomically: true, encoding: .utf8)
    let result = try run(plumb, ["demo"] + arguments.map { $0 == "FULL" ? full : $0 })
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(result.complaint.split(separator: "\n").count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: full) == ["note.txt"])
  }

  @Test func itGoesOnServingUntilItIsStopped() throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: plumb)
    process.arguments = ["demo", "--data", data, "--serve"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !text.contains("Ctrl-C") {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the demo ended: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    let base = try #require(text.split(separator: "\n").first { $0.hasPrefix("  azure  ") }?.dropFirst(9))
    let ask = ["-s", "--cacert", data + "/demo-ca.pem", "\(base)/metadata/endpoints?api-version=2022-09-01"]
    #expect(try run("/usr/bin/curl", ask).output.contains("loginEndpoint"))
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try run("/usr/bin/curl", ask).status != 0)
  }
}
