// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Azure Policy in scans and on the command line.
@Suite struct PolicyCommandTests {
  private static let storage = "/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts"
  private static let policy = "/subscriptions/s1/providers/Microsoft.Authorization"

  private static let estate = """
    - {id: /providers/Microsoft.Management/managementGroups/top, type: microsoft.management/managementgroups, name: top, tenantId: t1, properties: {details: {}}}
    - {id: /subscriptions/s1, type: microsoft.resources/subscriptions, name: Shop, tenantId: t1, properties: {state: Enabled, managementGroupAncestorsChain: [{name: top, displayName: top}]}}
    - {id: /subscriptions/s1/resourceGroups/web, type: microsoft.resources/subscriptions/resourcegroups, name: web, tenantId: t1, location: westeurope}
    - {id: \(storage)/open, type: microsoft.storage/storageaccounts, name: open, tenantId: t1, kind: StorageV2, location: westeurope, properties: {supportsHttpsTrafficOnly: false, minimumTlsVersion: TLS1_2}}
    - {id: \(storage)/shut, type: microsoft.storage/storageaccounts, name: shut, tenantId: t1, kind: StorageV2, location: westeurope, properties: {supportsHttpsTrafficOnly: true, minimumTlsVersion: TLS1_2}}
    - id: \(policy)/policyDefinitions/https
      type: microsoft.authorization/policydefinitions
      name: https
      tenantId: t1
      properties:
        displayName: Accounts take https only
        policyType: Custom
        mode: Indexed
        parameters: {effect: {type: String, defaultValue: Audit, allowedValues: [Audit, Deny, Disabled]}}
        policyRule:
          if: {allOf: [{field: type, equals: Microsoft.Storage/storageAccounts}, {field: Microsoft.Storage/storageAccounts/supportsHttpsTrafficOnly, notEquals: true}]}
          then: {effect: "[parameters('effect')]"}
    - id: /providers/Microsoft.Management/managementGroups/top/providers/Microsoft.Authorization/policyAssignments/house
      type: microsoft.authorization/policyassignments
      name: house
      tenantId: t1
      properties: {displayName: House rules, scope: /providers/Microsoft.Management/managementGroups/top, policyDefinitionId: \(policy)/policyDefinitions/https, parameters: {effect: {value: Deny}}, enforcementMode: Default}

    """

  @Test func aScanKeepsTheStatesOfWhatIsAssigned() throws {
    let twin = try ServedTwin(Self.estate)
    let scan = try twin.scan("azure")
    #expect(scan.status == 0, "\(scan.complaint)")
    #expect(scan.complaint.contains("1 of 2 resources do not comply"), "\(scan.complaint)")
    #expect(
      try twin.ask(
        """
        PolicyStates | order by resourceId asc
        | project tostring(split(resourceId, '/')[-1]), complianceState, policyDefinitionAction, managementGroupIds
        """) == ["open,NonCompliant,deny,top", "shut,Compliant,deny,top"])
    #expect(
      try twin.ask(
        "Findings | where checkId startswith 'azurepolicy.' | summarize count() by status | order by status asc")
        == ["Healthy,1", "Unhealthy,1"])
    #expect(
      try twin.ask(
        "policyresources | where type =~ 'microsoft.policyinsights/policystates' | where properties.complianceState == 'NonCompliant' | count"
      ) == ["1"])

    let states = try run(plumb, ["policy", "eval", "--data", twin.folder + "/data", "--format", "csv"])
    #expect(states.status == 1, "\(states.complaint)")
    #expect(
      states.output.contains("Accounts take https only,deny,house,NonCompliant,1,1,0,0,0,50.0"), "\(states.output)")
    let why = try run(plumb, ["policy", "explain", "open", "https", "--data", twin.folder + "/data"])
    #expect(why.status == 0, "\(why.complaint)")
    #expect(why.output.contains("NonCompliant: properties.supportsHttpsTrafficOnly is false"), "\(why.output)")
    #expect(why.output.contains("To comply: set properties.supportsHttpsTrafficOnly to true"), "\(why.output)")

    // Mended, the state is another and the finding is resolved.
    #expect(
      try twin.send(
        "PATCH", Self.storage + "/open?api-version=2023-01-01", #"{"properties":{"supportsHttpsTrafficOnly":true}}"#
      ).hasPrefix("2"))
    #expect(try twin.scan("azure").status == 0)
    #expect(try twin.ask("PolicyStates | summarize count() by complianceState") == ["Compliant,2"])
    #expect(
      try twin.ask("FindingHistory | where checkId startswith 'azurepolicy.' | project event, cause")
        == ["Opened,new", "Resolved,document"])
  }

  // MARK: Files

  private static let definition = """
    { // who reads this
      "name": "https", "properties": {
        "displayName": "Accounts take https only", "mode": "Indexed",
        "policyRule": {
          "if": {"allOf": [
            {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
            {"field": "Microsoft.Storage/storageAccounts/supportsHttpsTrafficOnly", "notEquals": true},
          ]},
          "then": {"effect": "deny"}
        }
      }
    }
    """
  private static let template = """
    {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
      {"type": "Microsoft.Storage/storageAccounts", "name": "shop", "location": "westeurope", "apiVersion": "2023-01-01",
       "properties": {"supportsHttpsTrafficOnly": HTTPS}}]}
    """

  /// Files in a folder that is removed after the body.
  private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      let url = URL(fileURLWithPath: folder + "/" + name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  @Test(arguments: [("false", Int32(1), "1 refused"), ("true", Int32(0), "0 refused")])
  func aTemplateIsJudgedBeforeItIsDeployed(https: String, status: Int32, words: String) throws {
    try withFiles([
      "https.json": Self.definition, "main.json": Self.template.replacing("HTTPS", with: https),
    ]) { folder in
      let result = try run(
        plumb,
        [
          "policy", "eval", "--data", folder + "/data", "--definitions", folder + "/https.json", "--against",
          folder + "/main.json",
        ])
      #expect(result.status == status, "\(result.complaint)")
      #expect(result.output.contains(words), "\(result.output)")
    }
  }

  @Test func mistakesAreToldWithLineAndColumn() throws {
    let broken = Self.definition.replacing("supportsHttpsTrafficOnly", with: "suportsHttpsTrafficOnly")
    try withFiles(["d/https.json": broken]) { folder in
      let result = try run(
        plumb, ["policy", "list", "--check", "--data", folder + "/data", "--definitions", folder + "/d"])
      #expect(result.status == 2)
      #expect(result.complaint.contains("https.json:7:"), "\(result.complaint)")
      #expect(result.complaint.lowercased().contains("did you mean"), "\(result.complaint)")
    }
  }

  @Test func unitTestsOfPoliciesRun() throws {
    let tests = """
      definition: ../https.json
      tests:
        - name: http is refused
          document: {type: Microsoft.Storage/storageAccounts, location: westeurope, properties: {supportsHttpsTrafficOnly: false}}
          expect: NonCompliant
          effect: Deny
        - name: https is taken
          document: {type: Microsoft.Storage/storageAccounts, location: westeurope, properties: {supportsHttpsTrafficOnly: true}}
          expect: Compliant

      """
    try withFiles(["https.json": Self.definition, "tests/https.yaml": tests]) { folder in
      let result = try run(plumb, ["policy", "test", folder + "/tests"])
      #expect(result.status == 0, "\(result.output)\(result.complaint)")
      #expect(result.output.contains("2 of 2 tests pass, 3 of 4 branches are covered"), "\(result.output)")
      #expect(result.output.contains("never false"), "\(result.output)")
      let strict = try run(plumb, ["policy", "test", folder + "/tests", "--coverage", "100"])
      #expect(strict.status == 1)
      try tests.replacing("expect: Compliant", with: "expect: NonCompliant")
        .write(toFile: folder + "/tests/https.yaml", atomically: true, encoding: .utf8)
      let failed = try run(plumb, ["policy", "test", folder + "/tests", "--format", "json"])
      #expect(failed.status == 1)
      let failure = try JSONDocument(parsing: Array(failed.output.utf8)).root[0]?["failures"]?[0]
      #expect(failure?["place"]?.string?.hasSuffix("https.yaml:7:5") == true, "\(failed.output)")
    }
  }

  @Test(arguments: [
    (["eval"], "no policy is in force"), (["eval", "--state", "NonCompliantt"], "did you mean 'NonCompliant'?"),
    (["eval", "--definitions", "/nowhere"], "there is no such file or folder"),
    (["explain", "x", "y"], "there is no resource 'x'"), (["test", "/nowhere"], "there is no such file or folder"),
    (["eval", "--record", "--as-of", "1d"], "--record keeps"),
  ])
  func badInputEndsWithAClearMessage(arguments: [String], words: String) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = try run(plumb, ["policy"] + arguments, ["PLUMB_DATA": folder])
    #expect(result.status == 2)
    #expect(result.complaint.contains(words), "\(result.complaint)")
  }
}
