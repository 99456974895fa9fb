// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Server

/// An estate that pages are asked of: buckets of two accounts, and names and tags that try to be markup.
enum PageEstate {
  static let shop = "111122223333"
  static let bank = "444455556666"
  static let hostile = "b<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

  static func content() throws -> ContentLibrary {
    let shipped = ContentLibrary()
    var files: [ContentFile] = []
    for folder in ["checks/aws/s3", "scores", "defaults", "lessons"] { files += try shipped.files(under: folder) }
    files += try shipped.files(under: "workbooks", suffix: ".json")
    let framework = """
      id: house
      title: House rules
      version: "1"
      clouds: [aws]
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

  private static func bucket(_ name: String, _ account: String, versions: Bool) -> JSONDocument {
    JSONDraft.object([
      ("id", .string("arn:aws:s3:::\(name)")), ("name", .string(name)), ("type", .string("aws::s3::bucket")),
      ("cloud", .string("aws")), ("subscriptionId", .string(account)), ("location", .string("eu-west-1")),
      ("source", .string("live")), ("tags", .object([("env", .string("prod")), ("note", .string(hostile))])),
      (
        "properties",
        .object([
          ("BucketName", .string(name)),
          ("VersioningConfiguration", .object([("Status", .string(versions ? "Enabled" : "Suspended"))])),
        ])
      ),
    ]).document()
  }

  /// Two scans: in the second one bucket was mended and one is gone.
  static func fill(_ directory: String, at time: Int64) throws {
    let store = try Store(directory: directory)
    for second in [false, true] {
      var documents = [bucket("alpha", shop, versions: second), bucket(hostile, shop, versions: false)]
      for number in 0..<5 { documents.append(bucket("shop-\(number)", shop, versions: number % 2 == 0)) }
      for number in 0..<3 { documents.append(bucket("bank-\(number)", bank, versions: number == 0)) }
      if !second { documents.append(bucket("gone", shop, versions: true)) }
      try scan(store, documents, at: time + (second ? 3600 * DateTime.ticksPerSecond : 0))
    }
  }

  private static func scan(_ store: Store, _ documents: [JSONDocument], at time: Int64) throws {
    let session = try store.beginScan(started: time)
    for document in documents {
      let root = document.root
      let scope = Scope(
        cloud: "aws", account: root["subscriptionId"]?.string ?? "", region: "eu-west-1", type: "aws::s3::bucket")
      try session.add(ResourceRecord(scope: scope, document: document))
      session.covered(scope)
    }
    session.gap(
      CoverageGap(
        cloud: "aws", account: bank, region: "eu-west-1", service: "s3", operation: "GetBucketPolicy",
        type: "aws::s3::bucket", resourceId: "arn:aws:s3:::bank-1", paths: ["properties.Policy"], reason: .accessDenied,
        code: "AccessDenied", permission: "s3:GetBucketPolicy"))
    try session.commit(cloud: "aws", account: shop, finished: time + 10_000_000, calls: 3)
    let content = try content()
    let library = try CheckLibrary(content)
    let scorer = try Scorer(content, checks: library.stable)
    let estate = Estate(try store.snapshot(), catalog: store.catalog(), now: time)
    let verdicts = scorer.judge.judge(estate)
    _ = try FindingStore(store).record(verdicts, at: time)
    try ScoreStore(store).record(scorer.score(verdicts, estate, state: time))
  }
}

extension TestServer {
  /// Runs a server over the estate of pages.
  static func withPages<R: Sendable>(_ body: @escaping @Sendable (TestServer) async throws -> R) async throws -> R {
    let folder = NSTemporaryDirectory() + "plumb-pages-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let clock = TestClock()
    try PageEstate.fill(folder, at: clock.now - 2 * DateTime.ticksPerDay)
    return try await with(directory: folder, content: try PageEstate.content(), clock: clock) { settings in
      settings.requestsPerMinute = 100_000
    } _: { server in
      try await body(server)
    }
  }
}
