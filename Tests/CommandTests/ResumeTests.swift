// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb scan --resume`: a scan that was killed goes on where it was, and comes to the same end.
@Suite struct ResumeTests {
  /// A tenant and a project in which much is asked of each resource.
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
      for number in 0..<40 {
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
    for number in 0..<200 {
      lines.append(
        "- {id: //storage.googleapis.com/b\(number), type: storage.googleapis.com/bucket, cloud: gcp, subscriptionId: shop, location: eu, properties: {name: b\(number)}, observed: {assetType: storage.googleapis.com/Bucket, ancestors: [projects/42, organizations/9], iamPolicy: {bindings: [{role: roles/viewer, members: [\"user:\(number)@example.com\"]}]}}}"
      )
      lines.append(
        "- {id: //storage.googleapis.com/buckets/b\(number)/acl/all, type: storage.googleapis.com/bucketaccesscontrol, cloud: gcp, subscriptionId: shop, properties: {bucket: b\(number), entity: all}, observed: {parent: //storage.googleapis.com/b\(number)}}"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  @Test(arguments: ["azure", "gcp"]) func whatWasDoneIsNotAskedForAgain(_ cloud: String) throws {
    let twin = try ServedTwin(Self.estate)
    let scope = cloud == "gcp" ? ["--gcp-organization", "9"] : []
    #expect(try twin.scan(cloud, into: "whole", with: scope).status == 0)
    let full = try #require(try twin.ask("Scans | project calls", of: "whole").first.flatMap { Int($0) })
    // Each is given longer than the one before, until there is something left behind. How fast the collector sends keeps
    // all of it from being done at once.
    var delay = 0.2
    var most = 0
    while most <= 20 {
      try #require(try twin.stop(cloud, into: "data", with: scope + ["--resume"], after: delay), "it came to its end")
      delay *= 1.25
      #expect(try twin.ask("resources | count") == ["0"])
      #expect(try twin.ask("Findings | count") == ["0"])
      let units = try twin.ask("UnfinishedScans | project units").first.flatMap { Int($0) } ?? 0
      #expect(units >= most, "\(units) after \(most)")
      most = units
    }
    let result = try twin.scan(cloud, with: scope + ["--resume"])
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.complaint.contains("going on with the scan of \(cloud)"), "\(result.complaint)")
    let whole = try twin.everything(of: "whole")
    #expect(try twin.everything() == whole)
    let calls = try #require(try twin.ask("Scans | project calls").first.flatMap { Int($0) })
    #expect(calls <= full - most, "\(calls) of \(full), \(most) units")
    #expect(try twin.ask("UnfinishedScans | count") == ["0"])
    let verdicts = "Findings | project checkId, resourceId, status | order by checkId asc, resourceId asc"
    let judged = try twin.ask(verdicts, of: "whole")
    #expect(try twin.ask(verdicts) == judged)
    // There is nothing left to go on with.
    let again = try twin.scan(cloud, with: scope + ["--resume"])
    #expect(again.complaint.contains("no stopped scan of \(cloud)"), "\(again.complaint)")
    #expect(try twin.ask("Scans | top 1 by scanId desc | project calls") == ["\(full)"])
  }

  @Test func anotherScanIsNotGoneOnWith() throws {
    let twin = try ServedTwin(Self.estate)
    var delay = 0.5
    while try twin.ask("UnfinishedScans | where units > 5 | count").first != "1" {
      try #require(try twin.stop("azure", into: "data", with: ["--resume"], after: delay), "it came to its end")
      delay *= 1.25
    }
    let other = try twin.scan("azure", with: ["--resume", "--only", "graph"])
    #expect(other.complaint.contains("no stopped scan of azure"), "\(other.complaint)")
    #expect(try twin.ask("resources | project type") == ["microsoft.graph/users"])
  }
}
