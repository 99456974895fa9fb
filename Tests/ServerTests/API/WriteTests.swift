// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import NIOHTTP1
import Server
import Testing

/// What people decide through the API: it is done once, seen at once, and told by the audit log.
@Suite struct WriteTests {
  private static let exemption = """
    {"id":"lab","category":"Mitigated","checks":["aws.s3.*"],"scope":{"resource":["arn:aws:s3:::shop-1"]},
     "reason":"nothing in it","approver":"ada@example.org","expires":"2099-01-01T00:00:00Z"}
    """

  @Test func anExemptionExemptsUntilItIsRemoved() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let path = "/findings?resource=arn:aws:s3:::shop-1&isFault=true"
      let before = try await client.get(path)["total"]?.int64 ?? 0
      #expect(before > 0)
      let made = try await client.post("/exemptions", Self.exemption)
      #expect(made["findings"]?.int64 == before)
      #expect(made["state"]?.string == "active")
      #expect(try await client.get(path)["total"]?.int64 == 0)
      let exempt = try await client.get("/findings?exemption=lab")
      #expect(exempt["total"]?.int64 == before)
      #expect(exempt["items"]?[0]?["exemption"]?["category"]?.string == "Mitigated")
      #expect(try await client.get("/exemptions/lab")["reason"]?.string == "nothing in it")
      #expect(try await client.send(.POST, "/exemptions", json: Self.exemption).status == 409)
      #expect(try await client.send(.DELETE, "/exemptions/lab").status == 204)
      #expect(try await client.send(.DELETE, "/exemptions/lab").status == 404)
      #expect(try await client.get(path)["total"]?.int64 == before)
      #expect(try await client.get("/exemptions?state=removed")["total"]?.int64 == 1)
      let log = try await client.get("/audit?action=exemption")
      #expect(log["items"]?.elements.compactMap { $0["action"]?.string } == ["exemption.delete", "exemption.create"])
    }
  }

  @Test func exemptionsLapseByThemselves() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      _ = try await client.post(
        "/exemptions", Self.exemption.replacingOccurrences(of: "2099-01-01T00:00:00Z", with: "2027-01-15T09:00:00Z"))
      #expect(try await client.get("/findings?exemption=lab")["total"]?.int64 ?? 0 > 0)
      server.clock.advance(seconds: 86_400)
      try await server.services.views.refresh()
      #expect(try await client.get("/findings?exemption=lab")["total"]?.int64 == 0)
      #expect(try await client.get("/exemptions?state=lapsed")["total"]?.int64 == 1)
    }
  }

  @Test(
    "what cannot be exempted is refused with the place of the fault",
    arguments: [
      (#"{"category":"Waiver","checks":["aws.s3.nothing"],"scope":{"where":"true"},"reason":"r"}"#, 422, "checks[0]"),
      (#"{"category":"Waiver","checks":["aws.s3.*"],"scope":{},"reason":"r"}"#, 422, "scope"),
      (#"{"category":"Never","checks":["aws.s3.*"],"scope":{"where":"true"},"reason":"r"}"#, 400, "category"),
      (
        #"{"category":"Waiver","checks":["*"],"scope":{"where":"true"},"reason":"r","expires":"2001-01-01"}"#, 422,
        "expires"
      ),
      (#"{"category":"Waiver","checks":["*"],"scope":{"were":"true"},"reason":"r"}"#, 400, "scope.were"),
      (#"{"category":"Waiver","checks":["*"],"scope":{"tag":[]},"reason":"r"}"#, 422, "scope.tag"),
    ])
  func refusals(body: String, status: Int, path: String) async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let problem = try await client.post("/exemptions", body, status: status)
      #expect(problem["errors"]?[0]?["path"]?.string == path, "\(problem.text)")
    }
  }

  @Test func aPredicateThatIsNoneIsRefused() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let body = #"{"category":"Waiver","checks":["*"],"scope":{"where":"tags.env =="},"reason":"r"}"#
      #expect(try await client.send(.POST, "/exemptions", json: body).status == 422)
    }
  }

  @Test func theSameRequestWithAKeyIsDoneOnce() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let body = Self.exemption.replacingOccurrences(of: #""id":"lab","#, with: "")
      func send(_ key: String, _ body: String) async throws -> TestAnswer {
        try await client.send(.POST, "/exemptions", headers: [("idempotency-key", key)], json: body)
      }
      let first = try await send("one", body)
      let again = try await send("one", body)
      #expect(first.status == 201 && again.status == 201)
      #expect(first.body == again.body)
      #expect(again.headers.first(name: "idempotency-replayed") == "true")
      #expect(try await send("one", body.replacingOccurrences(of: "nothing", with: "much")).status == 422)
      #expect(try await send("two", body).status == 201)
      #expect(try await client.get("/exemptions")["total"]?.int64 == 2)
      // A key is of one principal.
      let other = APIClient(server, try await server.token())
      let theirs = try await other.send(.POST, "/exemptions", headers: [("idempotency-key", "one")], json: body)
      #expect(theirs.status == 201 && theirs.body != first.body)
      #expect(try await send(String(repeating: "k", count: 300), body).status == 400)
      // What was refused was not done: the key may be used again.
      let wrong = body.replacingOccurrences(of: "aws.s3.*", with: "nothing")
      #expect(try await send("three", wrong).status == 422)
      #expect(try await send("three", wrong).status == 422)
    }
  }

  @Test func rulesAssignFindings() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token())
      let rule = #"{"id":"urgent","priority":10,"severity":["critical","high"],"owner":"sec@example.org","days":7}"#
      let made = try await client.post("/governance/rules", rule)
      let count = made["findings"]?.int64 ?? 0
      #expect(count > 0)
      #expect(try await client.get("/findings?owner=sec@example.org")["total"]?.int64 == count)
      #expect(try await client.get("/findings?isOverdue=true")["total"]?.int64 == 0)
      let owners = try await client.get("/governance/owners")
      #expect(owners["items"]?.elements.contains { $0["owner"]?.string == "sec@example.org" } == true)
      server.clock.advance(seconds: 8 * 86_400)
      try await server.services.views.refresh()
      #expect(try await client.get("/findings?isOverdue=true")["total"]?.int64 == count)
      #expect(try await client.send(.POST, "/governance/rules", json: rule).status == 409)
      #expect(try await client.send(.DELETE, "/governance/rules/urgent").status == 204)
      #expect(try await client.get("/findings?owner=sec@example.org")["total"]?.int64 == 0)
      #expect(try await client.get("/governance/rules?removed=true")["total"]?.int64 == 1)
      let wrong = rule.replacingOccurrences(of: "sec@example.org", with: "nobody")
      #expect(try await client.send(.POST, "/governance/rules", json: wrong).status == 422)
      let days = rule.replacingOccurrences(of: "\"days\":7", with: "\"days\":8")
      #expect(try await client.send(.POST, "/governance/rules", json: days).status == 400)
    }
  }

  @Test func anAttestationCountsUntilItIsWithdrawnOrLapses() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      func state() async throws -> String? {
        try await client.get("/compliance/house/controls/A2")["state"]?.string
      }
      #expect(try await state() == "Unproved")
      let word =
        #"{"framework":"house","control":"A2","evidence":"minutes of 14 May","expires":"2027-02-01T00:00:00Z"}"#
      let made = try await client.post("/attestations", word)
      #expect(made["owner"]?.string?.hasPrefix("user-") == true && made["account"]?.isNull == true)
      #expect(try await state() == "Attested")
      #expect(try await client.get("/attestations?framework=house")["total"]?.int64 == 1)
      server.clock.advance(seconds: 60 * 86_400)
      try await server.services.views.refresh()
      #expect(try await state() == "Unproved")
      #expect(try await client.get("/attestations")["items"]?[0]?["isLapsed"]?.boolean == true)
      #expect(try await client.send(.DELETE, "/attestations/house/A2").status == 204)
      #expect(try await client.send(.DELETE, "/attestations/house/A2").status == 404)
      let missing = word.replacingOccurrences(of: "\"A2\"", with: "\"A9\"")
      #expect(try await client.send(.POST, "/attestations", json: missing).status == 422)
    }
  }

  @Test func keptQueriesAreOnesOwnUnlessTheyAreShared() async throws {
    try await TestServer.withEstate { server in
      let ada = APIClient(server, try await server.token([.analyst]))
      let bob = APIClient(server, try await server.token([.analyst]))
      let mine = try await ada.post("/queries", #"{"name":"mine","query":"resources | count"}"#)["id"]?.string ?? ""
      let ours = try await ada.post("/queries", #"{"name":"ours","query":"Scans","isShared":true}"#)["id"]?.string ?? ""
      #expect(try await ada.get("/queries")["total"]?.int64 == 2)
      #expect(try await bob.get("/queries")["items"]?.elements.compactMap { $0["name"]?.string } == ["ours"])
      #expect(try await bob.send(.GET, "/queries/\(mine)").status == 404)
      #expect(try await bob.get("/queries/\(ours)")["isOwn"]?.boolean == false)
      for (method, json) in [(HTTPMethod.PUT, #"{"name":"x","query":"y"}"#), (.DELETE, nil)] {
        #expect(try await bob.send(method, "/queries/\(ours)", json: json).status == 404)
      }
      let changed = try await ada.send(.PUT, "/queries/\(mine)", json: #"{"name":"new","query":"Scans | count"}"#)
      #expect(changed.status == 200)
      #expect(try await ada.get("/queries/\(mine)")["name"]?.string == "new")
      #expect(try await ada.send(.DELETE, "/queries/\(mine)").status == 204)
      #expect(try await ada.get("/queries")["total"]?.int64 == 1)
    }
  }
}
