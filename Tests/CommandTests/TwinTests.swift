// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb twin serve`, and the collectors of Azure and Google Cloud against it.
@Suite struct TwinTests {
  /// A small estate: a row for each way in which a collector learns of one.
  static let estate = """
    - {id: /subscriptions/s1, type: microsoft.resources/subscriptions, name: Shop, tenantId: t1, properties: {state: Enabled}}
    - {id: /subscriptions/s1/resourceGroups/web, type: microsoft.resources/subscriptions/resourcegroups, tenantId: t1, location: westeurope}
    - id: /subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop
      type: microsoft.storage/storageaccounts
      tenantId: t1
      kind: StorageV2
      location: westeurope
      sku: {name: Standard_LRS}
      tags: {owner: "O'Neil & Söhne"}
      properties: {supportsHttpsTrafficOnly: false, numbers: [1.50, 9007199254740991, 1e3], empty: {}, none: null}
    - id: /subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop/blobServices/default
      type: microsoft.storage/storageaccounts/blobservices
      tenantId: t1
      properties: {isVersioningEnabled: false}
    - id: /subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop/blobServices/default/containers/public
      type: microsoft.storage/storageaccounts/blobservices/containers
      tenantId: t1
      properties: {publicAccess: Blob}
    - id: /subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop/providers/Microsoft.Insights/diagnosticSettings/all
      type: microsoft.insights/diagnosticsettings
      tenantId: t1
      properties: {logs: []}
    - {id: /subscriptions/s1/providers/Microsoft.Security/pricings/StorageAccounts, type: microsoft.security/pricings, tenantId: t1, properties: {pricingTier: Free}}
    - {id: /subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/r1, type: microsoft.authorization/roleassignments, tenantId: t1, properties: {principalId: u1}}
    - {id: /tenants/t1/providers/microsoft.graph/users/u1, type: microsoft.graph/users, tenantId: t1, properties: {id: u1, displayName: Ada, accountEnabled: true}}
    - id: //cloudresourcemanager.googleapis.com/projects/shop-prod
      type: cloudresourcemanager.googleapis.com/project
      cloud: gcp
      subscriptionId: shop-prod
      properties: {projectId: shop-prod, projectNumber: "42"}
      observed: {assetType: cloudresourcemanager.googleapis.com/Project, ancestors: [projects/42, organizations/9]}
    - id: //storage.googleapis.com/shop-data
      type: storage.googleapis.com/bucket
      cloud: gcp
      subscriptionId: shop-prod
      location: eu
      properties: {name: shop-data, labels: {team: web}}
      observed:
        assetType: storage.googleapis.com/Bucket
        ancestors: [projects/42, organizations/9]
        iamPolicy: {bindings: [{role: roles/storage.objectViewer, members: [allUsers]}]}
    - id: //storage.googleapis.com/buckets/shop-data/acl/allUsers
      type: storage.googleapis.com/bucketaccesscontrol
      cloud: gcp
      subscriptionId: shop-prod
      properties: {bucket: shop-data, entity: allUsers, role: READER}
      observed: {parent: //storage.googleapis.com/shop-data}
    """

  /// Runs `body` beside a twin of the estate, or of a store.
  private func beside(
    _ arguments: [String], _ body: (_ bases: [String: String], _ folder: String) throws -> Void
  ) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/estates/small", withIntermediateDirectories: true)
    try Self.estate.write(toFile: folder + "/estates/small/all.yaml", atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: plumb)
    let source = arguments.contains("--from-store") ? [] : ["--content", folder, "--estate", "small"]
    process.arguments =
      ["twin", "serve", "--ca-file", folder + "/ca.pem"] + source
      + arguments.map { $0.replacingOccurrences(of: "FOLDER", with: folder) }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    var text = ""
    while text.split(separator: "\n").count < 3 {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "the twin ended: \(text)")
      text += String(decoding: more, as: UTF8.self)
    }
    var bases: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 2 { bases[words[0]] = words[1] }
    }
    try body(bases, folder)
  }

  private static let azure = [
    "AZURE_TENANT_ID": "t1", "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "a-secret-of-the-test",
  ]

  private func scan(
    _ cloud: String, _ base: String, _ folder: String, into data: String, _ environment: [String: String]
  ) throws -> Run {
    try run(
      plumb,
      [
        "scan", cloud, "--\(cloud)-endpoint", base, "--ca-file", folder + "/ca.pem", "--data", folder + "/" + data,
        "--quiet",
      ],
      environment)
  }

  private func rows(_ folder: String, _ data: String, _ query: String) throws -> String {
    let result = try run(plumb, ["query", query, "--data", folder + "/" + data, "--format", "json"])
    try #require(result.status == 0, "\(result.complaint)")
    return result.output
  }

  private func google(_ folder: String) throws -> [String: String] {
    let key = try run("/usr/bin/openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
    let file: [String: String] = [
      "type": "service_account", "project_id": "shop-prod", "private_key_id": "k1", "private_key": key.output,
      "client_email": "scan@shop-prod.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token",
    ]
    try JSONSerialization.data(withJSONObject: file).write(to: URL(fileURLWithPath: folder + "/key.json"))
    return ["GOOGLE_APPLICATION_CREDENTIALS": folder + "/key.json"]
  }

  @Test func anEstateIsScannedOverTheWireAndServedAgain() throws {
    let everything = "resources | order by type asc, id asc"
    try beside([]) { bases, folder in
      let google = try google(folder)
      for (cloud, environment) in [("azure", Self.azure), ("gcp", google)] {
        let base = try #require(bases[cloud])
        let result = try scan(cloud, base, folder, into: "first", environment)
        #expect(result.status == 0, "\(result.complaint)")
      }
      let first = try rows(folder, "first", everything)
      for part in [
        "storageAccounts/shop\"", "blobServices/default\"", "containers/public", "diagnosticSettings/all",
        "pricings/StorageAccounts",
        "roleAssignments/r1", "microsoft.graph/users", "//storage.googleapis.com/shop-data", "acl/allUsers",
        "roles/storage.objectViewer",
        "9007199254740991", "O'Neil & Söhne",
      ] { #expect(first.contains(part), "\(part)") }
      #expect(try rows(folder, "first", "CoverageGaps | count").contains("[[0]]"))
      // What was scanned is served and scanned again: document by document the same.
      try beside(["--from-store", "--data", folder + "/first"]) { again, authority in
        for (cloud, environment) in [("azure", Self.azure), ("gcp", google)] {
          let base = try #require(again[cloud])
          let result = try scan(cloud, base, authority, into: "second", environment)
          #expect(result.status == 0, "\(result.complaint)")
        }
        #expect(try rows(authority, "second", everything) == first)
      }
    }
  }

  @Test func faultsAndTokensThatRunOutChangeNothing() throws {
    let query = "resources | summarize by id | order by id asc"
    try beside([]) { bases, folder in
      _ = try scan("azure", try #require(bases["azure"]), folder, into: "calm", Self.azure)
      let calm = try rows(folder, "calm", query)
      try beside(["--fault-rate", "0.2", "--token-lifetime", "1"]) { bases, other in
        let result = try scan("azure", try #require(bases["azure"]), other, into: "rough", Self.azure)
        #expect(result.status == 0, "\(result.complaint)")
        #expect(try rows(other, "rough", query) == calm)
      }
    }
  }

  @Test func whatIsGoneFromTheEstateIsGoneFromTheStore() throws {
    try beside(["--journal", "FOLDER/writes.jsonl"]) { bases, folder in
      let base = try #require(bases["azure"])
      _ = try scan("azure", base, folder, into: "data", Self.azure)
      let token = try run(
        "/usr/bin/curl",
        [
          "-s", "--cacert", folder + "/ca.pem", "-d",
          "grant_type=client_credentials&client_id=a&client_secret=b&scope=x", "\(base)/t1/oauth2/v2.0/token",
        ])
      let bearer = try #require(JSONDocument(parsing: Array(token.output.utf8)).root["access_token"]?.string)
      let path = "/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/shop"
      let deleted = try run(
        "/usr/bin/curl",
        [
          "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", folder + "/ca.pem", "-X", "DELETE", "-H",
          "Authorization: Bearer \(bearer)", "\(base)\(path)?api-version=1",
        ])
      #expect(deleted.output == "200")
      let journal = try String(contentsOfFile: folder + "/writes.jsonl", encoding: .utf8)
      #expect(journal.contains(#""method":"DELETE""#) && journal.contains("supportsHttpsTrafficOnly"))
      #expect(!journal.contains(bearer))
      _ = try scan("azure", base, folder, into: "data", Self.azure)
      #expect(try rows(folder, "data", "resources | where type has 'storage' | count").contains("[[0]]"))
      #expect(
        try rows(folder, "data", "resourcechanges | where properties.changeType == 'Delete' | count").contains("[[4]]"))
    }
  }

  @Test(
    arguments: [
      (["scan", "azure"], [:], "no Azure credentials found"),
      (
        ["scan", "azure"], ["AZURE_CLIENT_SECRET": "s3cret-s3cret"],
        "AZURE_CLIENT_SECRET is set, but AZURE_TENANT_ID is not"
      ),
      (["scan", "gcp"], ["GOOGLE_APPLICATION_CREDENTIALS": "/nowhere.json"], "there is no file /nowhere.json"),
      (["scan", "azure", "--ca-file", "/nowhere.pem"], [:], "--ca-file: there is no file /nowhere.pem"),
      (["twin", "serve"], [:], "give one of --estate NAME and --from-store"),
      (["twin", "serve", "--estate", "nothing"], [:], "there is no such estate"),
    ] as [([String], [String: String], String)])
  func whatCannotBeUsedIsSaidInOneLine(_ arguments: [String], _ environment: [String: String], _ part: String) throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    var all = environment
    all["PLUMB_DATA"] = data
    all["PATH"] = "/nowhere"
    all["HOME"] = data
    // Nobody answers there: a machine that is on Azure would.
    all["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = "http://127.0.0.1:9"
    let result = try run(plumb, arguments, all)
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(!result.complaint.contains("s3cret-s3cret"))
    #expect(result.complaint.split(separator: "\n").count == 1)
  }
}
