// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `--only`, `--exclude`, `--regions`, `--accounts` and `--exclude-accounts` of Azure and Google Cloud.
@Suite struct SelectionTests {
  /// Two subscriptions and two projects, each with something in each of two places.
  private static let estate: String = {
    var lines: [String] = []
    for (subscription, name) in [("s1", "Shop One"), ("s2", "Shop Two")] {
      let root = "/subscriptions/\(subscription)"
      lines.append(
        "- {id: \(root), type: microsoft.resources/subscriptions, name: \(name), tenantId: t1, properties: {state: Enabled}}"
      )
      lines.append(
        "- {id: \(root)/providers/Microsoft.Security/pricings/VMs, type: microsoft.security/pricings, tenantId: t1, properties: {pricingTier: Free}}"
      )
      for place in ["westeurope", "northeurope"] {
        let group = "\(root)/resourceGroups/\(place)/providers"
        lines.append(
          "- {id: \(group)/Microsoft.Storage/storageAccounts/\(place)\(subscription), type: microsoft.storage/storageaccounts, tenantId: t1, kind: StorageV2, location: \(place)}"
        )
        lines.append(
          "- {id: \(group)/Microsoft.Storage/storageAccounts/\(place)\(subscription)/blobServices/default, type: microsoft.storage/storageaccounts/blobservices, tenantId: t1}"
        )
        lines.append(
          "- {id: \(group)/Microsoft.Network/virtualNetworks/net, type: microsoft.network/virtualnetworks, tenantId: t1, location: \(place)}"
        )
      }
    }
    lines.append(
      "- {id: /tenants/t1/providers/microsoft.graph/users/u1, type: microsoft.graph/users, tenantId: t1, properties: {id: u1}}"
    )
    for (project, number) in [("shop-prod", "42"), ("shop-test", "43")] {
      lines.append(
        "- {id: //cloudresourcemanager.googleapis.com/projects/\(project), type: cloudresourcemanager.googleapis.com/project, cloud: gcp, subscriptionId: \(project), properties: {projectId: \(project), projectNumber: \"\(number)\"}, observed: {assetType: cloudresourcemanager.googleapis.com/Project, ancestors: [projects/\(number), organizations/9]}}"
      )
      for place in ["europe-west1", "us-central1"] {
        lines.append(
          "- {id: //storage.googleapis.com/\(project)-\(place), type: storage.googleapis.com/bucket, cloud: gcp, subscriptionId: \(project), location: \(place), properties: {name: \(project)-\(place)}, observed: {assetType: storage.googleapis.com/Bucket, ancestors: [projects/\(number), organizations/9]}}"
        )
        lines.append(
          "- {id: //storage.googleapis.com/buckets/\(project)-\(place)/acl/all, type: storage.googleapis.com/bucketaccesscontrol, cloud: gcp, subscriptionId: \(project), properties: {bucket: \(project)-\(place), entity: all}, observed: {parent: //storage.googleapis.com/\(project)-\(place)}}"
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }()

  private let twin: ServedTwin
  init() throws { twin = try ServedTwin(Self.estate) }

  @Test(arguments: [
    (["--only", "network"], ["microsoft.network/virtualnetworks,4"]),
    (
      ["--only", "microsoft.storage/storageaccounts/blobservices"],
      ["microsoft.storage/storageaccounts,4", "microsoft.storage/storageaccounts/blobservices,4"]
    ),
    (["--only", "graph"], ["microsoft.graph/users,1"]),
    (["--only", "securityresources"], ["microsoft.resources/subscriptions,2", "microsoft.security/pricings,2"]),
    (
      ["--exclude", "microsoft.storage,security,graph"],
      ["microsoft.network/virtualnetworks,4", "microsoft.resources/subscriptions,2"]
    ),
    (
      ["--accounts", "shop two", "--exclude", "network"],
      [
        "microsoft.resources/subscriptions,1", "microsoft.security/pricings,1", "microsoft.storage/storageaccounts,2",
        "microsoft.storage/storageaccounts/blobservices,2",
      ]
    ),
    (
      ["--exclude-accounts", "s1", "--only", "network,graph"],
      ["microsoft.graph/users,1", "microsoft.network/virtualnetworks,2"]
    ),
    (
      ["--regions", "westeurope", "--only", "storage,securityresources"],
      [
        "microsoft.resources/subscriptions,2", "microsoft.security/pricings,2", "microsoft.storage/storageaccounts,2",
        "microsoft.storage/storageaccounts/blobservices,2",
      ]
    ),
  ])
  func aPartOfAzureIsRead(_ options: [String], _ types: [String]) throws {
    let data = UUID().uuidString
    let result = try twin.scan("azure", into: data, with: options)
    #expect(result.status == 0, "\(result.complaint)")
    #expect(try twin.ask("resources | summarize n = count() by type | order by type asc", of: data) == types)
  }

  @Test(
    arguments: [
      (["--only", "bucketaccesscontrol"], nil, "no service or type"),
      (
        ["--only", "storage.googleapis.com/bucket"],
        ["shop-prod,storage.googleapis.com/bucket,2", "shop-test,storage.googleapis.com/bucket,2"], ""
      ),
      (
        ["--accounts", "43", "--only", "storage.googleapis.com/bucket"], ["shop-test,storage.googleapis.com/bucket,2"],
        ""
      ),
      (
        ["--exclude-accounts", "shop-prod", "--exclude", "storage.googleapis.com/bucketaccesscontrol"],
        ["shop-test,cloudresourcemanager.googleapis.com/project,1", "shop-test,storage.googleapis.com/bucket,2"], ""
      ),
      (
        ["--regions", "europe-west1", "--only", "storage"],
        [
          "shop-prod,storage.googleapis.com/bucket,1", "shop-prod,storage.googleapis.com/bucketaccesscontrol,1",
          "shop-test,storage.googleapis.com/bucket,1", "shop-test,storage.googleapis.com/bucketaccesscontrol,1",
        ], ""
      ),
    ] as [([String], [String]?, String)])
  func aPartOfGoogleCloudIsRead(_ options: [String], _ types: [String]?, _ complaint: String) throws {
    let data = UUID().uuidString
    let result = try twin.scan("gcp", into: data, with: ["--gcp-organization", "9"] + options)
    guard let types else {
      #expect(result.status == 2 && result.complaint.contains(complaint), "\(result.complaint)")
      return
    }
    #expect(result.status == 0, "\(result.complaint)")
    let query = "resources | summarize n = count() by subscriptionId, type | order by subscriptionId asc, type asc"
    #expect(try twin.ask(query, of: data) == types)
  }

  @Test func whatIsLeftOutStaysAndWhatIsGoneInThePartGoes() throws {
    #expect(try twin.scan("azure").status == 0)
    for (subscription, place) in [("s1", "westeurope"), ("s1", "northeurope"), ("s2", "westeurope")] {
      let id = "/subscriptions/\(subscription)/resourceGroups/\(place)/providers/Microsoft.Storage/storageAccounts/"
      #expect(try twin.send("DELETE", "\(id)\(place)\(subscription)?api-version=1") == "200")
    }
    let storage = "resources | where type has 'storage' | project name | order by name asc"
    #expect(try twin.ask(storage).count == 8)
    let options = ["--regions", "westeurope", "--accounts", "s1", "--only", "storage"]
    #expect(try twin.scan("azure", with: options).status == 0)
    // Of s1 in westeurope the account and its blob service are gone; elsewhere nobody looked.
    #expect(
      try twin.ask(storage) == ["default", "default", "default", "northeuropes1", "northeuropes2", "westeuropes2"])
    #expect(try twin.scan("azure", with: ["--only", "microsoft.storage/storageaccounts"]).status == 0)
    #expect(try twin.ask(storage) == ["default", "default", "default", "northeuropes2"])
    // A verdict on what was left out is Unknown.
    #expect(
      try twin.ask(
        "Findings | where resourceType == 'microsoft.network/virtualnetworks' and status == 'Healthy' | count")
        == ["0"])
    #expect(try twin.scan("azure").status == 0)
    #expect(try twin.ask(storage) == ["default", "northeuropes2"])
    #expect(try twin.ask("resources | count") == ["11"])
  }

  @Test(arguments: [
    (["azure"], ["--only", "microsoft.storage/storageacounts"], "did you mean 'microsoft.storage/storageaccounts'?"),
    (["azure"], ["--exclude", "storge"], "--exclude: there is no service or type 'storge'; did you mean 'storage'?"),
    (
      ["azure"], ["--accounts", "Shop Won"], "--accounts: there is no subscription 'Shop Won'; did you mean 'Shop One'?"
    ),
    (["azure"], ["--regions", "westeuropa"], "Azure has no location 'westeuropa'; did you mean 'westeurope'?"),
    (["azure"], ["--regions", "eu-west-1"], "'eu-west-1' is no Azure location; write, for example, westeurope"),
    (
      ["gcp"], ["--gcp-organization", "9", "--accounts", "shop-prd"],
      "there is no project 'shop-prd'; did you mean 'shop-prod'?"
    ),
    (["azure", "gcp"], ["--only", "graph"], "--only names nothing of gcp"),
    (["azure", "gcp"], ["--regions", "westeurope"], "--regions names nothing of gcp"),
  ])
  func whatIsNotThereIsSaidWithWhatWasMeant(_ clouds: [String], _ options: [String], _ part: String) throws {
    let data = UUID().uuidString
    let result = try run(
      plumb, ["scan"] + clouds + ["--data", twin.folder + "/" + data] + options, try twin.environment())
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(result.complaint.split(separator: "\n").count == 1)
  }

  @Test func severalCloudsEachTakeWhatIsTheirs() throws {
    let result = try twin.scan(
      "azure", "gcp", into: "several",
      with: ["--only", "storage", "--regions", "westeurope,us-central1", "--accounts", "s2,42", "--quiet"])
    #expect(result.status == 0, "\(result.complaint)")
    #expect(
      try twin.ask("resources | project cloud, name | order by cloud asc, name asc", of: "several")
        == ["azure,default", "azure,westeuropes2", "gcp,all", "gcp,shop-prod-us-central1"])
  }
}
