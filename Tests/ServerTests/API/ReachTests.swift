// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import NIOHTTP1
import Server
import Testing

/// Whoever sees a part of the estate sees nothing else of it, by whatever way.
@Suite struct ReachTests {
  private static let bank = Reach(subscriptions: [EstateFixture.bank])
  private static let tagged = Reach(subscriptions: [], tags: [.init(name: "team", value: "web")])

  @Test func listsAreCutToWhatMayBeSeen() async throws {
    try await TestServer.withEstate { server in
      let all = APIClient(server, try await server.token())
      let bank = APIClient(server, try await server.token(reach: Self.bank))
      let tagged = APIClient(server, try await server.token(reach: Self.tagged))
      func names(_ client: APIClient) async throws -> Set<String> {
        Set(try await client.get("/resources?limit=1000")["items"]?.elements.compactMap { $0["name"]?.string } ?? [])
      }
      #expect(try await names(all).count == 13)
      #expect(try await names(bank) == ["bank-0", "bank-1", "bank-2"])
      #expect(try await names(tagged) == ["alpha"])
      for path in ["/findings?limit=1000", "/resources/x/findings"] where path.contains("?") {
        let items = try await bank.get(path)["items"]?.elements.map { $0["account"]?.string ?? "" } ?? []
        #expect(!items.isEmpty && items.allSatisfy { $0 == EstateFixture.bank })
      }
      #expect(try await bank.get("/changes")["total"]?.int64 == 0)
      #expect(try await bank.get("/coverage")["total"]?.int64 == 1)
      #expect(try await tagged.get("/coverage")["total"]?.int64 == 0)
      #expect(try await bank.get("/scores")["secureScore"]?["accounts"]?.count == 1)
      #expect(try await bank.get("/scores")["riskScore"]?["score"]?.isNull == true)
      let control = try await bank.get("/compliance/house/controls/A1")
      #expect(control["findings"]?["healthy"]?.int64 == 1 && control["findings"]?["unhealthy"]?.int64 == 2)
    }
  }

  @Test func whatLiesBeyondIsAsIfItWereNotThere() async throws {
    try await TestServer.withEstate { server in
      let all = APIClient(server, try await server.token())
      let bank = APIClient(server, try await server.token(reach: Self.bank))
      let resource = try await all.get("/resources?name=alpha")["items"]?[0]
      let finding = try await all.get("/findings?resource=arn:aws:s3:::alpha")["items"]?[0]
      let key = resource?["key"]?.string ?? ""
      for path in [
        "/resources/\(key)", "/resources/arn:aws:s3:::alpha", "/resources/\(key)/versions",
        "/resources/\(key)/findings",
        "/findings/\(finding?["id"]?.string ?? "")",
      ] {
        #expect(try await all.send(.GET, path).status == 200, "\(path)")
        #expect(try await bank.send(.GET, path).status == 404, "\(path)")
      }
      #expect(try await bank.send(.GET, "/reports/json").status == 403)
      #expect(try await bank.send(.GET, "/scores/change").status == 403)
    }
  }

  @Test func queriesSeeNothingBeyond() async throws {
    try await TestServer.withEstate { server in
      let bank = APIClient(server, try await server.token(reach: Self.bank))
      let tagged = APIClient(server, try await server.token(reach: Self.tagged))
      func rows(_ client: APIClient, _ query: String) async throws -> [String] {
        let body = JSONDraft.object([("query", .string(query))]).document().root.text
        let answer = try await client.post("/queries/run", body, status: 200)
        return answer["rows"]?.elements.map { $0[0]?.string ?? $0[0]?.text ?? "" } ?? []
      }
      #expect(try await rows(bank, "resources | project name | order by name asc") == ["bank-0", "bank-1", "bank-2"])
      #expect(try await rows(tagged, "resources | project name") == ["alpha"])
      #expect(try await rows(bank, "Findings | distinct account") == [EstateFixture.bank])
      #expect(try await rows(tagged, "Findings | distinct resourceId") == ["arn:aws:s3:::alpha"])
      #expect(try await rows(bank, "RawEntityMetadata | count") == ["3"])
      #expect(try await rows(bank, "resourcechanges | count") == ["0"])
      #expect(try await rows(tagged, "FindingHistory | where resourceId !endswith 'alpha' | count") == ["0"])
      #expect(
        try await rows(bank, "securityresources | where subscriptionId != '\(EstateFixture.bank)' | count") == ["0"])
      #expect(
        try await rows(bank, "ComplianceAssessments | where account !in ('', '\(EstateFixture.bank)') | count") == ["0"]
      )
      let hidden = try await bank.send(.POST, "/queries/run", json: #"{"query":"Exemptions | count"}"#)
      #expect(hidden.status == 400, "\(hidden.text)")
    }
  }

  @Test func nobodyDecidesAboutWhatTheyDoNotSee() async throws {
    try await TestServer.withEstate { server in
      let bank = APIClient(server, try await server.token(reach: Self.bank))
      func exemption(_ scope: String) -> String {
        #"{"category":"Waiver","checks":["aws.s3.*"],"scope":\#(scope),"reason":"test"}"#
      }
      for scope in [
        #"{"where":"true"}"#, #"{"account":["\#(EstateFixture.shop)"]}"#, #"{"resource":["arn:aws:s3:::bank-1"]}"#,
        #"{"account":["\#(EstateFixture.bank)","\#(EstateFixture.shop)"]}"#,
      ] {
        #expect(try await bank.send(.POST, "/exemptions", json: exemption(scope)).status == 403, "\(scope)")
      }
      _ = try await bank.post("/exemptions", exemption(#"{"account":["\#(EstateFixture.bank)"]}"#))
      let word = #"{"framework":"house","control":"A2","evidence":"minutes","expires":"2099-01-01T00:00:00Z"}"#
      #expect(try await bank.send(.POST, "/attestations", json: word).status == 403)
      #expect(
        try await bank.send(
          .POST, "/attestations",
          json: word.replacingOccurrences(of: "{\"f", with: "{\"account\":\"\(EstateFixture.shop)\",\"f")
        ).status == 403)
      let rule = #"{"id":"all","priority":1,"owner":"a@b.c","days":7}"#
      #expect(try await bank.send(.POST, "/governance/rules", json: rule).status == 403)
    }
  }
}
