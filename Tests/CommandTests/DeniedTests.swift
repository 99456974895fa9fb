// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Scans of a twin that refuses some of what is asked.
@Suite struct DeniedTests {
  /// Two subscriptions with resources of several kinds, some below others.
  private static let estate: String = {
    var lines: [String] = []
    for subscription in ["s1", "s2"] {
      let root = "/subscriptions/\(subscription)"
      lines.append(
        "- {id: \(root), type: microsoft.resources/subscriptions, name: \(subscription), tenantId: t1, properties: {state: Enabled}}"
      )
      lines.append(
        "- {id: \(root)/resourceGroups/g, type: microsoft.resources/subscriptions/resourcegroups, tenantId: t1, location: westeurope}"
      )
      let group = "\(root)/resourceGroups/g/providers"
      for number in 0..<40 {
        lines.append(
          "- {id: \(group)/Microsoft.Network/virtualNetworks/net\(number), type: microsoft.network/virtualnetworks, tenantId: t1, location: westeurope, tags: {n: \"\(number)\"}, properties: {addressSpace: {addressPrefixes: [10.0.0.0/16]}}}"
        )
      }
      lines.append(
        "- {id: \(group)/Microsoft.Sql/servers/sql, type: microsoft.sql/servers, tenantId: t1, location: westeurope, properties: {version: '12.0'}}"
      )
      lines.append(
        "- {id: \(group)/Microsoft.Sql/servers/sql/databases/db, type: microsoft.sql/servers/databases, tenantId: t1, location: westeurope, sku: {name: S0}, properties: {status: Online}}"
      )
      lines.append(
        "- {id: \(group)/Microsoft.Storage/storageAccounts/\(subscription)store, type: microsoft.storage/storageaccounts, tenantId: t1, kind: StorageV2, location: westeurope, properties: {allowBlobPublicAccess: true}}"
      )
      lines.append(
        "- {id: \(group)/Microsoft.Storage/storageAccounts/\(subscription)store/blobServices/default, type: microsoft.storage/storageaccounts/blobservices, tenantId: t1, properties: {isVersioningEnabled: false}}"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  @Test func withoutResourceGraphSubscriptionsAreReadFromLists() throws {
    let denied = try ServedTwin(Self.estate, ["--deny", "/providers/microsoft.resourcegraph"])
    let open = try ServedTwin(Self.estate)
    let result = try denied.scan("azure", with: ["--format", "json"])
    #expect(result.status == 3)
    let notes = result.complaint.split(separator: "\n").filter { $0.contains("listed and read one by one") }
    #expect(notes.count == 1, "\(result.complaint)")
    #expect(try open.scan("azure").status == 0)
    let all = "resources | where type != 'microsoft.resources/subscriptions' | order by type asc, id asc"
    let rows = try denied.ask(all)
    #expect(rows.count == 2 * 45)
    #expect(try open.ask(all) == rows)
    #expect(try denied.ask("resourcecontainers | count") == ["4"])
    #expect(
      try denied.ask("CoverageGaps | where type == '*' | project region, permission | order by region asc") == [
        "advisorresources,Microsoft.ResourceGraph/resources/read",
        "authorizationresources,Microsoft.ResourceGraph/resources/read",
        "policyresources,Microsoft.ResourceGraph/resources/read",
        "securityresources,Microsoft.ResourceGraph/resources/read",
      ])
    // What was deleted is gone, though no feed and no table told it.
    let group = "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks"
    #expect(try denied.send("DELETE", "\(group)/net7?api-version=1") == "202")
    #expect(try denied.scan("azure", with: ["--quiet"]).complaint.isEmpty)
    #expect(try denied.ask("resources | where type has 'virtualnetworks' | count") == ["79"])
  }

  @Test func aResourceThatMayNotBeReadKeepsWhatWasSeen() throws {
    let twin = try ServedTwin(Self.estate)
    #expect(try twin.scan("azure").status == 0)
    let secret = "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Sql/servers/sql"
    let denied = try ServedTwin(
      Self.estate, ["--deny", "/providers/Microsoft.ResourceGraph", "--deny", secret], in: twin.folder)
    #expect(try denied.scan("azure").status == 3)
    let query = "resources | where type == 'microsoft.sql/servers' | project subscriptionId, v = properties.version"
    #expect(try denied.ask(query + " | order by subscriptionId asc") == ["s1,12.0", "s2,12.0"])
    #expect(
      try denied.ask(
        "CoverageGaps | where service == 'arm' | project resourceId, permission | order by resourceId asc")
        == ["\(secret),Microsoft.Sql/servers/read", "\(secret)/databases/db,Microsoft.Sql/servers/databases/read"])
  }

  @Test func googleRefusesInItsOwnWords() throws {
    let project =
      "- {id: //cloudresourcemanager.googleapis.com/projects/p, type: cloudresourcemanager.googleapis.com/project, cloud: gcp, subscriptionId: p, properties: {projectId: p, projectNumber: \"4\"}, observed: {assetType: cloudresourcemanager.googleapis.com/Project, ancestors: [projects/4, organizations/9]}}\n"
    let twin = try ServedTwin(project, ["--deny", "/v2/projects/p/metrics"])
    #expect(try twin.scan("gcp", with: ["--gcp-project", "p"]).status == 3)
    #expect(
      try twin.ask("CoverageGaps | project type, reason, permission")
        == ["logging.googleapis.com/logmetric,AccessDenied,logging.logMetrics.list"])
  }
}
