// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb report` over the demo's estate: numbers that can be reckoned again, and packs that verify.
@Suite(.serialized) struct ReportTests {
  /// A store that the demo filled, for all tests.
  private static let data = scratch()
  private static let store = Result { () throws -> String in
    atexit { try? FileManager.default.removeItem(atPath: ReportTests.data) }
    let result = try run(plumb, ["demo", "--data", data], ["PLUMB_DATA": "/nowhere"])
    try #require(result.status == 0, "\(result.complaint)")
    return data
  }

  private func report(_ arguments: String..., environment: [String: String] = [:]) throws -> Run {
    try run(plumb, ["report"] + arguments + ["--data", try Self.store.get()], environment)
  }

  private func file(_ name: String) throws -> String { "\(try Self.store.get())/\(name)" }

  @Test(arguments: [nil, "cis-azure-3.0"] as [String?])
  func everyNumberFollowsFromTheRowsOfTheCSV(framework: String?) throws {
    let scope = framework.map { ["--framework", $0] } ?? []
    var paths: [String] = []
    for format in ["csv", "json", "html"] {
      paths.append(try file("report.\(format)"))
      let made = try run(
        plumb,
        ["report", "--format", format, "--output", paths[paths.count - 1], "--data", try Self.store.get()] + scope)
      #expect(made.status == 0 && made.output.isEmpty, "\(made.complaint)")
    }
    let script = root.appendingPathComponent("Scripts/recompute-report.py").path
    for shown in paths.dropFirst() {
      let result = try run("/usr/bin/env", ["python3", script, paths[0], shown])
      #expect(result.status == 0 && result.output.hasSuffix(", 0 differ\n"), "\(result.output)")
    }
    // A row that is changed makes numbers differ.
    let csv = try String(contentsOfFile: paths[0], encoding: .utf8)
    try csv.replacingOccurrences(of: ",Unhealthy,", with: ",Healthy,").write(
      toFile: paths[0], atomically: true, encoding: .utf8)
    #expect(try run("/usr/bin/env", ["python3", script, paths[0], paths[1]]).status == 1)
  }

  @Test func aPackVerifiesWithItsKeyAloneAndNamesWhatWasChanged() throws {
    let pack = try file("pack.zip")
    let made = try report("--evidence", pack, "--framework", "cis_gcp_5.0")
    #expect(made.status == 0, "\(made.complaint)")
    let key = try report("key")
    #expect(key.status == 0 && made.complaint.contains(key.output.dropLast()))
    // Elsewhere, without the store.
    func verify(_ path: String, _ more: String...) throws -> Run {
      try run(plumb, ["report", "verify", path] + more, ["PLUMB_DATA": "/nowhere", "HOME": "/nowhere"])
    }
    let good = try verify(pack, "--key", String(key.output.dropLast()))
    #expect(good.status == 0 && good.output.hasSuffix("The pack is whole.\n"), "\(good.output)")
    #expect(!good.output.contains("note "))
    #expect(try verify(pack).output.contains("whose key it is was not checked"))
    let strange = try verify(pack, "--key", Data(repeating: 9, count: 32).base64EncodedString())
    #expect(strange.status == 1 && strange.output.contains("WRONG  signature   it is signed with the key"))

    var bytes = try Data(contentsOf: URL(fileURLWithPath: pack))
    let place = try #require(bytes.range(of: Data("\"status\":\"Unhealthy\"".utf8)))
    bytes.replaceSubrange(place, with: Data("\"status\":\"Healthy\"  ".utf8))
    let changed = try file("changed.zip")
    try bytes.write(to: URL(fileURLWithPath: changed))
    let bad = try verify(changed, "--key", String(key.output.dropLast()))
    #expect(bad.status == 1)
    #expect(bad.output.contains("WRONG  manifest    verdicts.ndjson was changed"))
    #expect(bad.output.contains("the pack says Healthy, the documents give Unhealthy"))
    try Data("no pack".utf8).write(to: URL(fileURLWithPath: changed))
    #expect(try verify(changed).status == 2)
    #expect(try verify("/nowhere.zip").status == 2)
  }

  @Test func pdfIsPrintedByTheBrowserThatThereIs() throws {
    let folder = try file("bin")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let out = try file("report.pdf")
    let without = try report("--format", "pdf", "--output", out, environment: ["PATH": folder])
    #expect(without.status == 2 && without.complaint.contains("needs Chromium or Chrome, and none is in PATH"))
    // One that takes its page and prints it.
    let script = """
      #!/bin/sh
      for word; do case $word in --print-to-pdf=*) out=${word#*=};; file://*) page=${word#file://};; esac; done
      { echo '%PDF-1.7'; grep -c '<h1>' "$page"; echo "$@"; } > "$out"

      """
    try script.write(toFile: folder + "/chromium", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/chromium")
    let path = folder + ":/usr/bin:/bin"
    let with = try report("--format", "pdf", "--output", out, "--framework", "gdpr", environment: ["PATH": path])
    #expect(with.status == 0, "\(with.complaint)")
    let text = try String(contentsOfFile: out, encoding: .utf8)
    #expect(text.hasPrefix("%PDF-1.7\n1\n") && text.contains("--host-resolver-rules=MAP * ~NOTFOUND"))
    try "#!/bin/sh\nexit 1\n".write(toFile: folder + "/chromium", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/chromium")
    let broken = try report("--format", "pdf", "--output", out, environment: ["PATH": path])
    #expect(broken.status == 2 && broken.complaint.contains("printed nothing"))
  }

  @Test(arguments: [
    (["--framework", "cis_azzure_3.0"], "did you mean 'cis_azure_3.0'?"),
    (["--format", "pdf"], "--format pdf needs --output FILE"),
    (["--until", "1d"], "--until needs --since"),
    (["--evidence", "x.zip", "--format", "csv"], "takes no --format"),
    (["--scan", "99"], "--scan 99: there is no such scan"),
    (["--scan", "1", "--as-of", "1d"], "each name the scan; give one"),
    (["--as-of", "2001-01-01"], "nothing had been judged at that time"),
    (["--since", "soon"], "--since soon: not a datetime"),
    (["--output", "/nowhere/at/all"], "--output /nowhere/at/all: cannot be written"),
    (["verify", "/nowhere", "--key", "abc"], "--key abc: is no public key"),
  ])
  func whatCannotBeDoneIsRefused(_ arguments: [String], _ part: String) throws {
    let more = arguments[0] == "verify" ? [] : ["--data", try Self.store.get()]
    let result = try run(plumb, ["report"] + arguments + more)
    #expect(result.status == 2 && result.complaint.contains(part), "\(result.complaint)")
  }

  @Test func aStoreWithoutAScanSaysSo() throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let result = try run(plumb, ["report", "--data", data])
    #expect(result.status == 2 && result.complaint.contains("nothing has been judged yet; plumb scan does it"))
  }
}

/// Reports of a stretch of time, and of earlier scans.
@Suite struct ReportPeriodTests {
  private static let account =
    "/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop"
  private static let estate = """
    - {id: /subscriptions/s1, type: microsoft.resources/subscriptions, name: Shop, tenantId: t1, properties: {state: Enabled}}
    - {id: /subscriptions/s1/resourceGroups/web, type: microsoft.resources/subscriptions/resourcegroups, name: web, tenantId: t1, location: westeurope}
    - {id: \(account), type: microsoft.storage/storageaccounts, tenantId: t1, kind: StorageV2, location: westeurope, properties: {supportsHttpsTrafficOnly: false, minimumTlsVersion: TLS1_2}}

    """

  @Test func aPeriodTellsWhatWasResolvedAndReopened() throws {
    let twin = try ServedTwin(Self.estate)
    func set(_ value: Bool) throws {
      let body = #"{"properties": {"supportsHttpsTrafficOnly": \#(value)}}"#
      #expect(try twin.send("PATCH", "\(Self.account)?api-version=1", body) == "200")
      #expect(try twin.scan("azure").status == 0)
    }
    func json(_ arguments: String...) throws -> JSONValue {
      let made = try run(plumb, ["report", "--format", "json", "--data", twin.folder + "/data"] + arguments)
      try #require(made.status == 0, "\(made.complaint)")
      return try JSONDocument(parsing: Array(made.output.utf8)).root
    }
    func times() throws -> [String] { try twin.ask("Scans | order by scanId asc | project startedAt") }
    func events(_ report: JSONValue) -> [String] {
      report["events"]?.elements.filter { $0["checkId"]?.string == "azure.storage.secure-transfer" }
        .compactMap { $0["event"]?.string } ?? []
    }
    #expect(try twin.scan("azure").status == 0)
    let before = try json()
    try set(true)
    try set(false)
    let scans = try times()
    try #require(scans.count == 3)
    #expect(events(try json("--since", scans[0])) == ["Resolved", "Reopened"])
    let middle = try json("--since", scans[0], "--until", scans[1])
    #expect(events(middle) == ["Resolved"])
    #expect(middle["scores"]?.count == 2)
    let moved = try #require(middle["scoreChanges"]?.elements.first { $0["score"]?.string == "secure" })
    func part(_ name: String) -> Double { moved[name]?.double ?? .nan }
    let sum = part("before") + part("byEstate") + part("byContent") + part("byExemptions")
    #expect(abs(sum - part("after")) < 0.001 && part("byEstate") > 0)

    // The report of an earlier scan is what it was then.
    func verdicts(_ report: JSONValue) -> [String] {
      report["findings"]?.elements.map { "\($0["id"]?.string ?? "") \($0["status"]?.string ?? "")" } ?? []
    }
    let earlier = try json("--as-of", scans[0])
    #expect(verdicts(try json("--scan", "1")) == verdicts(before))
    #expect(verdicts(earlier) == verdicts(before))
    for name in ["secure", "risk", "unhealthy"] {
      #expect(earlier["figures"]?[name]?.double == before["figures"]?[name]?.double, "\(name)")
    }
    #expect(middle["figures"]?["unhealthy"]?.double == before["figures"]?["unhealthy"]?.double.map { $0 - 1 })

    let page = try run(plumb, ["report", "--since", scans[0], "--data", twin.folder + "/data"])
    #expect(page.output.contains("<h1>What changed</h1>") && page.output.contains("Why the scores moved"))
    #expect(page.output.contains(#"<data data-figure="event.Reopened" value="1">"#))
    let parts = page.output.matches(of: /<th scope="row">Secure score<\/th>((?:<td[^>]*>[^<]*<\/td>)+)/).first
    let numbers = try #require(parts).1.matches(of: />([+-]?[0-9.]+)</).compactMap { Double($0.1) }
    #expect(numbers.count == 5 && abs(numbers[0] + numbers[1] + numbers[2] + numbers[3] - numbers[4]) < 0.001)
  }
}
