// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Server

/// A small estate: buckets of two AWS accounts and storage accounts of an Azure subscription, judged by shipped checks.
enum EstateFixture {
  static let shop = "111122223333"
  static let bank = "444455556666"
  static let subscription = "aaaaaaaa-0000-4000-8000-000000000001"

  /// The checks of these services, a framework of two controls, and what scores are made by.
  static func content() throws -> ContentLibrary {
    let shipped = ContentLibrary()
    var files: [ContentFile] = []
    for folder in ["checks/aws/s3", "checks/azure/storage", "scores", "defaults"] {
      files += try shipped.files(under: folder)
    }
    let framework = """
      id: house
      title: House rules
      version: "1"
      clouds: [aws, azure]
      groups:
        - id: A
          title: Storage
          controls:
            - {id: A1, title: Buckets keep versions, checks: {aws.s3.versioning: "hand: it says so"}}
            - {id: A2, title: People are trained, manual: true}
      """
    files.append(ContentFile(path: "frameworks/house.yaml", bytes: Array(framework.utf8)))
    return ContentLibrary(files: files)
  }

  static func bucket(
    _ name: String, account: String, versions: Bool, tags: [String: String] = [:]
  ) throws -> JSONDocument {
    let tags = tags.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
    return try JSONDocument.parse(
      #"""
      {"id":"arn:aws:s3:::\#(name)","name":"\#(name)","type":"aws::s3::bucket","cloud":"aws","subscriptionId":"\#(account)",
       "location":"eu-west-1","tags":{\#(tags)},"source":"aws",
       "properties":{"BucketName":"\#(name)","VersioningConfiguration":{"Status":"\#(versions ? "Enabled" : "Suspended")"}}}
      """#)
  }

  static func storage(_ name: String, isPublic: Bool) throws -> JSONDocument {
    let id = "/subscriptions/\(subscription)/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/\(name)"
    return try JSONDocument.parse(
      #"""
      {"id":"\#(id)","name":"\#(name)","type":"microsoft.storage/storageaccounts","cloud":"azure","location":"westeurope",
       "subscriptionId":"\#(subscription)","resourceGroup":"web","tags":{"env":"prod"},"source":"resources",
       "kind":"StorageV2","properties":{"allowBlobPublicAccess":\#(isPublic),"minimumTlsVersion":"TLS1_2"}}
      """#)
  }

  static func aws(firstHasVersions: Bool = false) throws -> [JSONDocument] {
    var documents = [
      try bucket("alpha", account: shop, versions: firstHasVersions, tags: ["Env": "prod", "team": "web"])
    ]
    for number in 0..<6 {
      documents.append(
        try bucket(
          "shop-\(number)", account: shop, versions: number % 2 == 0, tags: ["env": number % 3 == 0 ? "prod" : "dev"]))
    }
    for number in 0..<3 { documents.append(try bucket("bank-\(number)", account: bank, versions: number == 0)) }
    return documents
  }

  /// Fills a folder of data with two scans: in the second one bucket was mended and one is gone.
  static func fill(_ directory: String, at time: Int64) throws {
    let store = try Store(directory: directory)
    let azure = [
      try storage("stweb", isPublic: true), try storage("stdata", isPublic: false),
      try storage("st<script>alert(1)</script>", isPublic: false),
    ]
    try scan(store, try aws() + [try bucket("gone", account: shop, versions: true)], azure, at: time)
    try scan(store, try aws(firstHasVersions: true), azure, at: time + 3600 * DateTime.ticksPerSecond)
  }

  static func scan(_ store: Store, _ aws: [JSONDocument], _ azure: [JSONDocument], at time: Int64) throws {
    for (cloud, account, documents) in [("aws", shop, aws), ("azure", subscription, azure)] {
      let session = try store.beginScan(started: time)
      for document in documents {
        let root = document.root
        let place = root["subscriptionId"]?.string ?? ""
        let scope = Scope(
          cloud: cloud, account: place, region: root["location"]?.string ?? "", type: root["type"]?.string ?? "")
        try session.add(ResourceRecord(scope: scope, document: document))
        session.covered(scope)
      }
      if cloud == "aws" {
        session.gap(
          CoverageGap(
            cloud: "aws", account: bank, region: "eu-west-1", service: "s3", operation: "GetBucketPolicy",
            type: "aws::s3::bucket", resourceId: "arn:aws:s3:::bank-1", paths: ["properties.Policy"],
            reason: .accessDenied, code: "AccessDenied", permission: "s3:GetBucketPolicy"))
      }
      try session.commit(cloud: cloud, account: account, finished: time + 10_000_000, calls: 3)
    }
    let content = try content()
    let library = try CheckLibrary(content)
    let scorer = try Scorer(content, checks: library.stable)
    let snapshot = try store.snapshot()
    let estate = Estate(snapshot, catalog: store.catalog(), now: time)
    let verdicts = scorer.judge.judge(estate)
    _ = try FindingStore(store).record(verdicts, at: time)
    try ScoreStore(store).record(scorer.score(verdicts, estate, state: time))
  }
}

extension TestServer {
  /// Runs a server over the estate of the fixture.
  static func withEstate<R: Sendable>(_ body: @escaping @Sendable (TestServer) async throws -> R) async throws -> R {
    let folder = NSTemporaryDirectory() + "plumb-api-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let clock = TestClock()
    try EstateFixture.fill(folder, at: clock.now - 2 * DateTime.ticksPerDay)
    return try await with(directory: folder, content: try EstateFixture.content(), clock: clock) { settings in
      settings.requestsPerMinute = 100_000
    } _: { server in
      try await body(server)
    }
  }

  /// A token of a new user.
  func token(
    _ roles: Set<Role> = [.administrator], reach: Reach = .all, permissions: Set<Permission>? = nil
  ) async throws -> String {
    let accounts = services.accounts
    let user = try await accounts.create(
      name: "user-\(UUID().uuidString)", password: "correct horse battery", roles: roles, reach: reach, by: .system)
    let (_, secret) = try accounts.createToken(
      name: "test", permissions: permissions ?? user.principal.permissions, reach: .all, days: 300,
      of: user.principal, by: .system)
    return secret
  }
}
