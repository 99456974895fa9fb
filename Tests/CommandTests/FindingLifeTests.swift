// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Exemptions, owners and the history of findings on the command line, over an estate that a twin serves.
@Suite struct FindingLifeTests {
  private static let account =
    "/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop"

  private static let estate = """
    - {id: /subscriptions/s1, type: microsoft.resources/subscriptions, name: Shop, tenantId: t1, properties: {state: Enabled}}
    - {id: /subscriptions/s1/resourceGroups/web, type: microsoft.resources/subscriptions/resourcegroups, name: web, tenantId: t1, location: westeurope, tags: {owner: web@example.org}}
    - {id: \(account), type: microsoft.storage/storageaccounts, tenantId: t1, kind: StorageV2, location: westeurope, properties: {supportsHttpsTrafficOnly: false, minimumTlsVersion: TLS1_2}}
    - {id: /subscriptions/s1/providers/Microsoft.Security/pricings/StorageAccounts, type: microsoft.security/pricings, tenantId: t1, properties: {pricingTier: Free}}

    """

  private let twin: ServedTwin
  init() throws { twin = try ServedTwin(Self.estate) }

  private func plumbline(_ arguments: String...) throws -> Run {
    try run(plumb, arguments + ["--data", twin.folder + "/data"], ["USER": "tester"])
  }

  private let check = "azure.storage.secure-transfer"
  private var state: String {
    "Findings | where checkId == '\(check)' | project status, tostring(exemption.category), timesOpened"
  }

  @Test func anExemptFindingKeepsItsStatusAndIsLeftOut() throws {
    #expect(try twin.scan("azure", with: ["--fail-on", "low"]).status == 1)
    let added = try plumbline(
      "exempt", "add", "--id", "lab", "--check", "azure.*", "--category", "waiver", "--subscription", "s1", "--reason",
      "a test", "--approver", "ada@example.org", "--expires", "90d")
    #expect(added.status == 0 && added.output == "lab\n", "\(added.complaint)")
    #expect(try twin.ask(state) == ["Unhealthy,Waiver,1"])
    let scan = try twin.scan("azure", with: ["--fail-on", "low", "--format", "json", "--only", "storage,security"])
    let root = try JSONDocument(parsing: Array(scan.output.utf8)).root
    let exempt = try #require(root["scan"]?["summary"]?["exempt"]?.int64)
    #expect(exempt > 0 && scan.complaint.contains("left out: \(exempt) exempt"))
    #expect(root["findings"]?.elements.contains { $0["checkId"]?.string == check } == false)
    #expect(
      try twin.ask("Exemptions | project id, state, approver, createdBy") == ["lab,active,ada@example.org,tester"])
    #expect(try plumbline("exempt", "show", "lab").output.contains(check))
    #expect(
      try twin.ask(
        "securityresources | where type == 'microsoft.security/assessments' | "
          + "where properties.additionalData.checkId == '\(check)' | project s = properties.status | "
          + "project tostring(s.code), tostring(s.cause)") == ["NotApplicable,Exempt"])
    #expect(try plumbline("exempt", "remove", "lab").status == 0)
    #expect(try twin.ask(state) == ["Unhealthy,,1"])
    #expect(try twin.ask("Exemptions | project state, removedBy") == ["removed,tester"])
    #expect(try twin.scan("azure", with: ["--fail-on", "low"]).status == 1)
  }

  @Test func exemptionsStandInAFileToo() throws {
    #expect(try twin.scan("azure").status == 0)
    let file = twin.folder + "/data/exemptions.yaml"
    let text = """
      exemptions:
        - {id: gitted, category: Mitigated, checks: [\(check)], scope: {tag: none}, reason: r, approver: p}

      """
    try text.replacingOccurrences(of: "tag: none", with: "resource: \(Self.account)")
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try twin.ask(state) == ["Unhealthy,Mitigated,1"])
    let removed = try plumbline("exempt", "remove", "gitted")
    #expect(removed.status == 2 && removed.complaint.contains("exemptions.yaml; remove it there"))
    try (text + "  - {id: bad}\n").write(toFile: file, atomically: true, encoding: .utf8)
    let scan = try twin.scan("azure")
    #expect(scan.status == 2 && scan.complaint.contains("exemptions.yaml:3:5: 'category' is missing"))
  }

  @Test func aFlipSaysWhatChangedAndAReturnReopens() throws {
    func set(_ value: Bool) throws {
      #expect(
        try twin.send(
          "PATCH", "\(Self.account)?api-version=1", #"{"properties": {"supportsHttpsTrafficOnly": \#(value)}}"#)
          == "200")
      #expect(try twin.scan("azure").status == 0)
    }
    #expect(try twin.scan("azure").status == 0)
    try set(true)
    try set(false)
    #expect(try twin.ask(state) == ["Unhealthy,,2"])
    let history = """
      FindingHistory | where checkId == '\(check)' | mv-apply c = changes on (
        where tostring(c.path) == 'properties.supportsHttpsTrafficOnly' | project before = c.before, after = c.after)
      | project event, cause, tostring(before), tostring(after)
      """
    #expect(try twin.ask(history) == ["Resolved,document,false,true", "Reopened,document,true,false"])
  }

  @Test func rulesAssignAndOwnersAreTold() throws {
    #expect(try twin.scan("azure").status == 0)
    #expect(
      try plumbline(
        "governance", "add", "all", "--priority", "10", "--owner-tag", "owner", "--owner", "rest@example.org", "--days",
        "30"
      ).status == 0)
    #expect(
      try twin.ask("Findings | where checkId == '\(check)' | project owner, rule, due - faultSince")
        == ["web@example.org,all,30.00:00:00"])
    let folder = twin.folder + "/mail"
    let report = try plumbline("governance", "report", "--format", "csv", "--digest", folder)
    let owners = report.output.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "," } }
    #expect(Set(owners) == ["web@example.org", "rest@example.org"])
    let mail = try String(contentsOfFile: folder + "/web@example.org.txt", encoding: .utf8)
    #expect(mail.hasPrefix("To: web@example.org\nSubject: ") && mail.contains(Self.account))
    #expect(try plumbline("governance", "remove", "all").status == 0)
    #expect(try twin.ask("Findings | where isnotempty(rule) | count") == ["0"])
  }

  @Test func queriesForDefendersTablesWork() throws {
    #expect(try twin.scan("azure").status == 0)
    let counts = try twin.ask(
      """
      securityresources | where type == 'microsoft.security/assessments' | extend status = properties.status.code
      | summarize count() by tostring(status) | order by status asc
      """)
    #expect(counts.contains { $0.hasPrefix("Healthy,") } && counts.contains { $0.hasPrefix("Unhealthy,") })
    #expect(
      try twin.ask("securityresources | where source != 'plumbline' | project type")
        == ["microsoft.security/pricings"])
    #expect(
      try twin.ask(
        """
        securityresources | where tolower(tostring(properties.resourceDetails.Id)) == tolower('\(Self.account)')
          and tostring(properties.additionalData.checkId) == '\(check)'
        | project resourceGroup, subscriptionId, tenantId, tostring(properties.metadata.severity)
        """
      ).count == 1)
  }

  /// A store of a version that kept no history goes on with its findings.
  @Test func anEarlierStoreIsKept() throws {
    #expect(try twin.scan("azure").status == 0)
    let first = try twin.ask("Findings | project id, firstSeen | order by id asc")
    let script = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      for table in ("findingHistory", "policy"): db.execute("DROP TABLE " + table)
      for table, columns in (("finding", ("faultSince", "faults", "changes")), ("judgedCheck", ("rule", "about"))):
          for column in columns: db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
      db.commit()
      """
    let made = try run(python, ["-c", script, twin.folder + "/data/plumbline.sqlite"])
    try #require(made.status == 0, "\(made.complaint)")
    #expect(try twin.scan("azure").status == 0)
    #expect(try twin.ask("Findings | project id, firstSeen | order by id asc") == first)
    #expect(try twin.ask("Findings | where status == 'Unhealthy' and isnull(faultSince) | count") == ["0"])
    #expect(try twin.ask("FindingHistory | count") == ["0"])
  }

  @Test(arguments: [
    (
      ["exempt", "add", "--check", "azure.storage.sekure-transfer", "--category", "waiver", "--where", "true"],
      "did you mean"
    ),
    (["exempt", "add", "--check", "azure.*", "--category", "waiver"], "no scope"),
    (["exempt", "add", "--check", "azure.*", "--category", "waiver", "--where", "nix =="], "ends too early"),
    (
      ["exempt", "add", "--check", "azure.*", "--category", "waiver", "--where", "true", "--expires", "2020-01-01"],
      "is past"
    ),
    (["exempt", "add", "--check", "azure.*", "--category", "weaver", "--where", "true"], "weaver"),
    (["exempt", "remove", "nothing"], "there is no exemption 'nothing'"),
    (["governance", "remove", "nothing"], "there is no governance rule 'nothing'"),
    (["governance", "add", "r", "--priority", "1", "--owner", "a@b.c", "--days", "8"], "7, 14, 30 or 90"),
    (["governance", "add", "r", "--priority", "1", "--days", "7"], "needs 'owner'"),
  ])
  func badOptionsAreRefused(arguments: [String], word: String) throws {
    let rest = arguments[1] == "add" && arguments[0] == "exempt" ? ["--reason", "r", "--approver", "p"] : []
    let result = try run(plumb, arguments + rest + ["--data", twin.folder + "/empty"])
    #expect(result.status == 2 && result.complaint.contains(word), "\(result.complaint)")
  }
}
