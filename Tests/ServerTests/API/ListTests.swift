// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import NIOHTTP1
import Server
import Testing

/// Lists of the API: what is in them, in which order, page by page.
@Suite struct ListTests {
  @Test func everyListAndEveryItemOfItIsOfItsDeclaredForm() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      for path in [
        "/findings?facets=severity&facets=status&facets=goal", "/findings/by-check",
        "/resources?facets=type&facets=tag",
        "/changes", "/exemptions?state=active&state=removed", "/governance/rules?removed=true", "/governance/owners",
        "/compliance", "/compliance?cloud=aws&account=\(EstateFixture.shop)", "/compliance/house",
        "/compliance/house/controls/A1", "/attestations", "/scores", "/scores/history", "/scores/change", "/scans",
        "/coverage", "/queries", "/queries/tables", "/policies/assignments", "/policies/states?state=NonCompliant",
        "/checks?cloud=aws", "/checks/aws.s3.versioning", "/users", "/tokens", "/audit", "/session",
      ] {
        let answer = try await client.send(.GET, path)
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(300))")
      }
      let finding = try await client.get("/findings?limit=1")["items"]?[0]
      let detail = try await client.get("/findings/\(finding?["id"]?.string ?? "")")
      #expect(detail["why"]?.string?.isEmpty == false)
      #expect(detail["history"]?.kind == .array)
      let key = finding?["resourceKey"]?.string ?? ""
      for path in ["/resources/\(key)", "/resources/\(key)/findings", "/resources/\(key)/versions"] {
        #expect(try await client.send(.GET, path).status == 200)
      }
      let scan = try await client.get("/scans")["items"]?[0]?["id"]?.int64 ?? 0
      #expect(try await client.get("/scans/\(scan)")["id"]?.int64 == scan)
    }
  }

  @Test func filtersOfFindingsAreAllMet() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let all = try await client.get("/findings?limit=1000")
      let items = Array(try #require(all["items"]).elements)
      #expect(all["total"]?.int64 == Int64(items.count) && items.count > 30)
      func count(_ query: String, _ isWanted: (JSONValue) -> Bool) async throws {
        let found = try await client.get("/findings?limit=1000&\(query)")
        let wanted = items.filter(isWanted).compactMap { $0["id"]?.string }
        #expect(!wanted.isEmpty, "\(query)")
        #expect(Set(found["items"]?.elements.compactMap { $0["id"]?.string } ?? []) == Set(wanted), "\(query)")
      }
      try await count("status=Unhealthy&severity=medium") {
        $0["status"]?.string == "Unhealthy" && $0["severity"]?.string == "medium"
      }
      try await count("account=\(EstateFixture.bank)&account=\(EstateFixture.shop)") { $0["cloud"]?.string == "aws" }
      try await count("isFault=true&cloud=azure") { $0["isFault"]?.boolean == true && $0["cloud"]?.string == "azure" }
      try await count("framework=house") { $0["check"]?.string == "aws.s3.versioning" }
      try await count("tag=ENV%3Dprod&cloud=aws") {
        ["alpha", "shop-0", "shop-3"].map { "arn:aws:s3:::\($0)" }.contains($0["resource"]?.string ?? "")
      }
      try await count("text=VERSIONS%20of%20obj") { $0["title"]?.string?.contains("versions of obj") == true }
      try await count("resource=arn:aws:s3:::alpha") { $0["resource"]?.string == "arn:aws:s3:::alpha" }
    }
  }

  @Test func pagesTogetherAreTheWholeListInEveryOrder() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      func ids(_ path: String, _ name: String) async throws -> [String] {
        var (ids, cursor): ([String], String?) = ([], nil)
        repeat {
          let page = try await client.get(path + (cursor.map { "&cursor=\($0)" } ?? ""))
          ids += page["items"]?.elements.compactMap { $0[name]?.string } ?? []
          cursor = page["next"]?.string
        } while cursor != nil && ids.count < 10_000
        return ids
      }
      for sort in ["priority", "-severity", "resource", "due", "-lastChanged"] {
        let whole = try await ids("/findings?limit=1000&sort=\(sort)", "id")
        #expect(try await ids("/findings?limit=7&sort=\(sort)", "id") == whole, "\(sort)")
      }
      for sort in ["id", "-risk", "name"] {
        let whole = try await ids("/resources?limit=1000&sort=\(sort)", "key")
        #expect(whole.count == 13)
        #expect(try await ids("/resources?limit=4&sort=\(sort)", "key") == whole, "\(sort)")
        if sort == "name" { #expect(whole.count == Set(whole).count) }
      }
    }
  }

  @Test func aCursorIsOfUseForItsOwnListOnly() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let cursor = try await client.get("/findings?limit=3&status=Unhealthy")["next"]?.string ?? ""
      #expect(!cursor.isEmpty)
      #expect(try await client.send(.GET, "/findings?limit=5&status=Unhealthy&cursor=\(cursor)").status == 200)
      for path in [
        "/findings?limit=3&cursor=\(cursor)", "/resources?cursor=\(cursor)",
        "/findings?status=Unhealthy&cursor=x\(cursor)",
        "/findings?cursor=%00",
      ] {
        #expect(try await client.send(.GET, path).status == 400, "\(path)")
      }
    }
  }

  @Test(
    "what is no parameter, or no value of one, is named",
    arguments: [
      ("/findings?sevrity=high", "sevrity"), ("/findings?severity=hgih", "severity"), ("/findings?limit=0", "limit"),
      ("/findings?limit=3&limit=4", "limit"), ("/resources?hasFaults=maybe", "hasFaults"),
      ("/changes?since=yesterday", "since"), ("/findings?control=A1", "control"),
    ])
  func faults(path: String, name: String) async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let problem = try await client.get(path, status: 400)
      #expect(problem["errors"]?[0]?["path"]?.string == name, "\(problem.text)")
    }
  }

  @Test func anAnswerHasAnETagThatHoldsUntilTheStateChanges() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let first = try await client.send(.GET, "/findings?status=Unhealthy")
      let tag = try #require(first.headers.first(name: "etag"))
      let again = try await client.send(.GET, "/findings?status=Unhealthy", headers: [("if-none-match", tag)])
      #expect(again.status == 304 && again.body.isEmpty)
      let other = try await client.send(.GET, "/findings?status=Healthy", headers: [("if-none-match", tag)])
      #expect(other.status == 200)
      _ = try await client.post(
        "/exemptions",
        #"{"category":"Waiver","checks":["aws.s3.*"],"scope":{"resource":["arn:aws:s3:::alpha"]},"reason":"test"}"#)
      let changed = try await client.send(.GET, "/findings?status=Unhealthy", headers: [("if-none-match", tag)])
      #expect(changed.status == 200)
      #expect(changed.headers.first(name: "etag") != tag)
    }
  }

  @Test func changesTellWhatAScanSaw() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let changes = try await client.get("/changes?account=\(EstateFixture.shop)")
      #expect(
        Set(changes["items"]?.elements.map { "\($0["kind"]?.string ?? "") \($0["resource"]?.string ?? "")" } ?? [])
          == ["Update arn:aws:s3:::alpha", "Delete arn:aws:s3:::gone"])
      let key = changes["items"]?.elements.first { $0["kind"]?.string == "Update" }?["resourceKey"]?.string ?? ""
      let versions = try await client.get("/resources/\(key)/versions")
      #expect(versions["items"]?.count == 2)
      #expect(
        versions["items"]?[0]?["changes"]?[0]?["path"]?.string == "properties.VersioningConfiguration.Status")
      #expect(versions["items"]?[0]?["changes"]?[0]?["after"]?.string == "Enabled")
    }
  }
}
