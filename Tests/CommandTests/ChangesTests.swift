// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb scan --changes`: what a feed tells is read, and the store equals that of a full scan.
@Suite struct ChangesTests {
  /// Two subscriptions and a project with many resources, of which each asks for more.
  private static let estate: String = {
    var lines: [String] = []
    for subscription in ["s1", "s2"] {
      let root = "/subscriptions/\(subscription)"
      lines.append(
        "- {id: \(root), type: microsoft.resources/subscriptions, name: \(subscription), tenantId: t1, properties: {state: Enabled}}"
      )
      lines.append(
        "- {id: \(root)/providers/Microsoft.Security/pricings/VMs, type: microsoft.security/pricings, tenantId: t1, properties: {pricingTier: Free}}"
      )
      for number in 0..<25 {
        let account = "\(root)/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a\(number)"
        lines.append(
          "- {id: \(account), type: microsoft.storage/storageaccounts, tenantId: t1, kind: StorageV2, location: westeurope, properties: {minimumTlsVersion: TLS1_2}}"
        )
        lines.append(
          "- {id: \(account)/blobServices/default, type: microsoft.storage/storageaccounts/blobservices, tenantId: t1, properties: {isVersioningEnabled: false}}"
        )
      }
    }
    lines.append(
      "- {id: /tenants/t1/providers/microsoft.graph/users/u1, type: microsoft.graph/users, tenantId: t1, properties: {id: u1}}"
    )
    lines.append(
      "- {id: //cloudresourcemanager.googleapis.com/projects/shop, type: cloudresourcemanager.googleapis.com/project, cloud: gcp, subscriptionId: shop, properties: {projectId: shop, projectNumber: \"42\"}, observed: {assetType: cloudresourcemanager.googleapis.com/Project, ancestors: [projects/42, organizations/9]}}"
    )
    for number in 0..<60 {
      lines.append(
        "- {id: //storage.googleapis.com/b\(number), type: storage.googleapis.com/bucket, cloud: gcp, subscriptionId: shop, location: eu, properties: {name: b\(number)}, observed: {assetType: storage.googleapis.com/Bucket, ancestors: [projects/42, organizations/9], updateTime: \"2026-01-01T00:00:00Z\"}}"
      )
      lines.append(
        "- {id: //storage.googleapis.com/buckets/b\(number)/acl/all, type: storage.googleapis.com/bucketaccesscontrol, cloud: gcp, subscriptionId: shop, properties: {bucket: b\(number), entity: all}, observed: {parent: //storage.googleapis.com/b\(number)}}"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private let twin: ServedTwin
  init() throws { twin = try ServedTwin(Self.estate) }

  /// What `Scans` says of the newest scan: its kind and its calls.
  private func newest() throws -> (kind: String, calls: Int) {
    let row = try #require(try twin.ask("Scans | top 1 by scanId desc | project kind, calls").first)
    let parts = row.split(separator: ",")
    return (String(parts[0]), Int(parts[1]) ?? -1)
  }

  /// Verdicts and rows of a store, times and scans apart.
  private func state(of data: String) throws -> [String] {
    try twin.ask("resources | order by type asc, id asc", of: data)
      + twin.ask("Findings | project checkId, resourceId, status | order by checkId asc, resourceId asc", of: data)
      + twin.ask("CoverageGaps | count", of: data)
  }

  @Test func ofAzureIsReadWhatChangedAndNoMore() throws {
    #expect(try twin.scan("azure").status == 0)
    let full = try newest()
    #expect(full.kind == "full" && full.calls > 400)
    let accounts = "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Storage/storageAccounts"
    #expect(
      try twin.send("PATCH", "\(accounts)/a1?api-version=1", #"{"properties": {"minimumTlsVersion": "TLS1_0"}}"#)
        == "200")
    #expect(try twin.send("DELETE", "\(accounts)/a2?api-version=1") == "200")
    let new = #"{"kind": "StorageV2", "location": "westeurope", "properties": {"minimumTlsVersion": "TLS1_1"}}"#
    #expect(try twin.send("PUT", "\(accounts)/new?api-version=1", new) == "202")
    #expect(try twin.send("PUT", "\(accounts)/new/blobServices/default?api-version=1", "{}") == "200")
    let result = try twin.scan("azure", with: ["--changes"])
    #expect(result.status == 0, "\(result.complaint)")
    let changes = try newest()
    #expect(changes.kind == "changes")
    #expect(changes.calls < full.calls / 4, "\(changes.calls) of \(full.calls)")
    let seen = try twin.ask(
      "resourcechanges | project k = tostring(properties.changeType), t = tostring(properties.targetResourceId) | order by k asc, t asc"
    )
    #expect(
      seen == [
        // A storage account comes with the services of its kind.
        "Create,\(accounts)/new", "Create,\(accounts)/new/blobServices/default",
        "Create,\(accounts)/new/fileServices/default", "Create,\(accounts)/new/queueServices/default",
        "Create,\(accounts)/new/tableServices/default", "Delete,\(accounts)/a2",
        "Delete,\(accounts)/a2/blobServices/default", "Update,\(accounts)/a1",
      ])
    #expect(try twin.scan("azure", into: "again").status == 0)
    #expect(try state(of: "data") == state(of: "again"))
    // What nobody changed costs no more than the asking.
    #expect(try twin.scan("azure", with: ["--changes"]).status == 0)
    #expect(try twin.ask("resourcechanges | count") == ["8"])
    #expect(try state(of: "data") == state(of: "again"))
  }

  @Test func ofGoogleCloudIsReadWhatChangedAndNoMore() throws {
    let scope = ["--gcp-organization", "9"]
    #expect(try twin.scan("gcp", with: scope).status == 0)
    let full = try newest()
    #expect(full.calls > 120)
    let policy = #"{"bindings": [{"role": "roles/storage.objectViewer", "members": ["allUsers"]}]}"#
    #expect(try twin.send("PATCH", "/storage/v1/b/b1", #"{"labels": {"team": "web"}}"#, cloud: "gcp") == "200")
    #expect(try twin.send("DELETE", "/storage/v1/b/b2", cloud: "gcp") == "204")
    #expect(try twin.send("PUT", "/storage/v1/b/b3/iam", policy, cloud: "gcp") == "200")
    #expect(
      try twin.send(
        "POST", "/compute/v1/projects/shop/global/firewalls", #"{"name": "open", "sourceRanges": ["0.0.0.0/0"]}"#,
        cloud: "gcp") == "200")
    let result = try twin.scan("gcp", with: scope + ["--changes"])
    #expect(result.status == 0, "\(result.complaint)")
    let changes = try newest()
    #expect(changes.kind == "changes")
    // What a project is asked for is asked each time; of its 60 buckets only those that changed are asked about.
    #expect(full.calls - changes.calls > 2 * 50, "\(changes.calls) of \(full.calls)")
    let seen = try twin.ask(
      "resourcechanges | project k = tostring(properties.changeType), t = tostring(properties.targetResourceId) | order by k asc, t asc"
    )
    #expect(
      seen == [
        "Create,//compute.googleapis.com/projects/shop/global/firewalls/open", "Delete,//storage.googleapis.com/b2",
        "Delete,//storage.googleapis.com/buckets/b2/acl/all", "Update,//storage.googleapis.com/b1",
        "Update,//storage.googleapis.com/b3",
      ])
    #expect(try twin.scan("gcp", into: "again", with: scope).status == 0)
    #expect(try state(of: "data") == state(of: "again"))
  }

  @Test func withoutAnEarlierScanOrAFeedEverythingIsRead() throws {
    let first = try twin.scan("azure", with: ["--changes"])
    #expect(first.status == 0)
    #expect(first.complaint.contains("no earlier scan of the same"), "\(first.complaint)")
    #expect(try newest().kind == "full")
    // A scan of another choice is none to go on from.
    let other = try twin.scan("azure", with: ["--changes", "--only", "storage"])
    #expect(other.complaint.contains("no earlier scan of the same"), "\(other.complaint)")
    let denied = try ServedTwin(Self.estate, ["--deny", "/v1/organizations/9:batchGet"], in: twin.folder)
    #expect(try denied.scan("gcp", into: "g", with: ["--gcp-organization", "9"]).status == 0)
    #expect(try denied.send("PATCH", "/storage/v1/b/b1", #"{"labels": {"team": "web"}}"#, cloud: "gcp") == "200")
    let result = try denied.scan("gcp", into: "g", with: ["--gcp-organization", "9", "--changes"])
    #expect(result.complaint.contains("everything is read"), "\(result.complaint)")
    #expect(try denied.ask("Scans | top 1 by scanId desc | project kind", of: "g") == ["full"])
    #expect(try denied.ask("resources | where name == 'b1' | project tags", of: "g").first?.contains("web") == true)
  }

  @Test func whatWasNotKnownBeforeIsNotKnownAfterAScanOfChanges() throws {
    let denied = try ServedTwin(
      Self.estate, ["--deny", "/subscriptions/s2/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a7/"],
      in: twin.folder)
    #expect(try denied.scan("azure").status == 3)
    let gaps = try denied.ask("CoverageGaps | project operation, resourceId | order by operation asc")
    #expect(!gaps.isEmpty)
    #expect(try denied.scan("azure", with: ["--changes"]).status == 3)
    #expect(try denied.ask("CoverageGaps | project operation, resourceId | order by operation asc") == gaps)
  }
}
