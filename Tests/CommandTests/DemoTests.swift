// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Testing

@testable import Twin

/// `plumb demo`: the estates that are inside, served by the twin and read by the real collectors.
@Suite(.serialized) struct DemoTests {
  private static let estates = ["contoso", "contoso-hardened"]

  /// What a demo printed and learned.
  private struct Seen {
    let result: Run
    /// Clouds that the twin served.
    let clouds: Set<String>
    /// By their ids in lower case.
    let documents: [String: JSONValue]
    /// Check and resource, in lower case, of what is not as it should be.
    let unhealthy: Set<String>
    let gaps: [JSONValue]
    /// `plumb score`, as JSON, CSV and a table, and what the tables say.
    let score: JSONValue
    let scoreCSV: String
    let scoreTable: String
    let scoreRows: [JSONValue]

    init(hardened: Bool) throws {
      let data = scratch()
      defer { try? FileManager.default.removeItem(atPath: data) }
      func lines(_ query: String) throws -> [JSONValue] {
        let result = try run(plumb, ["query", query, "--data", data, "--format", "ndjson"])
        try #require(result.status == 0, "\(result.complaint)")
        return try result.output.split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
      }
      // What the caller has for real clouds is put aside.
      let own = [
        "AWS_PROFILE": "nowhere", "AZURE_CLIENT_CERTIFICATE_PATH": "/nowhere.pem", "AZURE_CLIENT_ID": "mine",
        "GOOGLE_APPLICATION_CREDENTIALS": "/nowhere.json", "PLUMB_DATA": "/nowhere",
      ]
      result = try run(plumb, ["demo", "--data", data] + (hardened ? ["--hardened"] : []), own)
      try #require(result.status == 0, "\(result.complaint)")
      clouds = Set(
        result.output.split(separator: "\n").compactMap { line in
          let words = line.split(separator: " ")
          return words.count == 2 && words[1].hasPrefix("https://localhost:") ? String(words[0]) : nil
        })
      documents = Dictionary(
        try lines("resources | project id, cloud, properties, observed").map {
          ($0["id"]?.string?.lowercased() ?? "", $0)
        }, uniquingKeysWith: { $1 })
      unhealthy = Set(
        try lines("Findings | where status == 'Unhealthy' | project checkId, resourceId").map {
          "\($0["checkId"]?.string ?? "") \($0["resourceId"]?.string?.lowercased() ?? "")"
        })
      gaps = try lines("CoverageGaps")
      func scores(_ arguments: String...) throws -> String {
        let result = try run(plumb, ["score", "--data", data] + arguments)
        try #require(result.status == 0, "\(result.complaint)")
        return result.output
      }
      score = try JSONDocument(parsing: Array(try scores("--format", "json").utf8)).root
      scoreCSV = try scores("--format", "csv")
      scoreTable = try scores()
      scoreRows = try lines(
        """
        SecureScores | project cloud, account = subscriptionId, score = todouble(properties.score.percentage),
          controls = toscalar(SecureScoreControls | count)
        """)
    }
  }

  // Each estate is scanned once for all tests.
  private static let flawed = Result { try Seen(hardened: false) }
  private static let hardened = Result { try Seen(hardened: true) }

  private func seen(_ estate: String) throws -> Seen {
    try (estate.hasSuffix("-hardened") ? Self.hardened : Self.flawed).get()
  }

  @Test(arguments: estates) func everyDocumentThatIsServedIsRead(_ estate: String) throws {
    let served = try EstateFolder.documents("estates/" + estate, in: ContentLibrary())
    let seen = try seen(estate)
    #expect(seen.clouds == ["azure", "gcp", "aws"])
    #expect(seen.result.complaint.isEmpty, "\(seen.result.complaint)")
    for cloud in seen.clouds.sorted() {
      let ids = served.filter { ($0["cloud"]?.string ?? "azure") == cloud }.compactMap { $0["id"]?.string }
      let missing = ids.filter { seen.documents[$0.lowercased()] == nil }
      #expect(ids.count > 100, "\(cloud)")
      #expect(missing.isEmpty, "\(cloud): \(ids.count) served, not read: \(missing.joined(separator: ", "))")
    }
    #expect(seen.gaps.isEmpty, "\(seen.gaps.map(\.text))")
  }

  /// The sample in the README, line by line and in its order; `…` stands for what is cut there.
  @Test func theReadmeShowsWhatAppears() throws {
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```\nThe twin serves"))
    let sample = readme[start.lowerBound...].dropFirst(4)
    let lines = sample[..<(sample.range(of: "\n```")?.lowerBound ?? sample.endIndex)].split(separator: "\n")
    #expect(lines.count > 15)
    var shown = try seen("contoso").result.output.split(separator: "\n")[...]
    for line in lines where line != "…" {
      let part = line.split(separator: "…", omittingEmptySubsequences: false).first ?? ""
      let isCut = part.count < line.count
      let found = shown.firstIndex { isCut ? $0.hasPrefix(part) : $0 == line }
      #expect(found != nil, "\(line)")
      if let found { shown = shown[(found + 1)...] }
    }
  }

  @Test(arguments: estates) func whatWasPlantedIsFoundAndIsGoneOnceHardened(_ estate: String) throws {
    let content = ContentLibrary()
    let planted = try Planted("estates/contoso", in: content)
    #expect(planted.flaws.count > 60 && planted.paths.count == 3)
    let seen = try seen(estate)
    let isHardened = estate.hasSuffix("-hardened")
    for flaw in planted.flaws {
      #expect(flaw.isSeen(in: seen.documents) == !isHardened, "\(flaw.id): \(flaw.flaw)")
      for check in flaw.checks {
        let path = "checks/\(check.split(separator: ".").joined(separator: "/")).yaml"
        guard try content.file(at: path) != nil else { continue }
        #expect(
          seen.unhealthy.contains("\(check) \(flaw.subject.lowercased())") == !isHardened,
          "\(check) of \(flaw.subject)")
      }
    }
    for id in planted.paths.joined() where !isHardened {
      #expect(seen.documents[id.lowercased()] != nil, "\(id)")
    }
  }

  /// Every percentage again from the counts of the CSV.
  @Test(arguments: estates) func scoresFollowFromTheirCounts(_ estate: String) throws {
    let seen = try seen(estate)
    struct Account {
      var (weight, current, max, shown) = (0.0, 0.0, 0.0, "")
    }
    var accounts: [String: Account] = [:]
    for line in seen.scoreCSV.split(separator: "\r\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = cells.map { Double($0) ?? 0 }
      var account = accounts["\(cells[1]) \(cells[2])"] ?? Account()
      (account.weight, account.shown) = (numbers[3], String(cells[4]))
      if numbers[8] + numbers[9] > 0 {
        account.max += numbers[7]
        account.current += numbers[7] / (numbers[8] + numbers[9]) * numbers[8]
      }
      accounts["\(cells[1]) \(cells[2])"] = account
    }
    let scored = accounts.values.filter { $0.max > 0 }
    #expect(scored.count > 3)
    for account in scored {
      #expect(abs(100 * account.current / account.max - (Double(account.shown) ?? -1)) < 0.006)
    }
    let whole =
      scored.reduce(0) { $0 + $1.weight * 100 * $1.current / $1.max } / scored.reduce(0) { $0 + $1.weight }
    let shown = seen.score["secureScore"]?["percentage"]?.double ?? -1
    #expect(abs(whole - shown) < 0.006, "\(whole) \(shown)")
    #expect(seen.scoreRows.count == scored.count)
    #expect(seen.scoreRows.first?["controls"]?.int64 == Int64(15 * scored.count))
    #expect(seen.scoreTable.hasPrefix("Secure score: "))
    // The hardened estate is the better one in both ways.
    let other = try self.seen(Self.estates.first { $0 != estate } ?? "").score
    let isBetter = (other["secureScore"]?["percentage"]?.double ?? 0) < shown
    #expect(isBetter == estate.hasSuffix("-hardened"))
    let risk = seen.score["riskScore"]?["score"]?.double ?? -1
    #expect((risk < other["riskScore"]?["score"]?.double ?? -1) == estate.hasSuffix("-hardened"))
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
    // Whoever runs the tests in the background has the signal ignored, which a program passes on.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT", plumb, "demo", "--data", data, "--serve"]
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
