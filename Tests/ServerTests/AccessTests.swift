// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSON
import NIOHTTP1
import Testing

@testable import Server

@Suite struct AccessTests {
  /// What each role may, written down a second time: a change of the table is a decision.
  private static let table: [(role: Role, permissions: String)] = [
    (.viewer, "account export read"), (.analyst, "account attest export query read scan"),
    (.policyAuthor, "account exempt export policy query read"),
    (.dataCurator, "account attest curate export query read"),
    (.responder, "account exempt export govern query read respond scan"),
    (
      .administrator,
      "account attest audit connect curate exempt export govern metrics policy query read respond scan users"
    ),
  ]

  /// All that may be asked without being signed in.
  private static let open: Set<String> = [
    "GET /healthz", "GET /readyz", "POST /setup", "POST /api/v1/setup", "POST /sign-in", "POST /api/v1/session",
    "GET /sign-in/oidc", "GET /sign-in/oidc/callback", "GET /sign-in", "GET /setup", "GET /assets/{path...}",
    "GET /api/v1/openapi.json", "GET /favicon.ico", "GET /favicon.svg",
  ]

  @Test("roles have the permissions that the table says")
  func roles() {
    #expect(Self.table.map(\.role) == Role.allCases)
    for (role, permissions) in Self.table {
      #expect(role.permissions.map(\.rawValue).sorted().joined(separator: " ") == permissions, "\(role)")
    }
  }

  @Test("only what is listed is open, and nothing is written by a right to read")
  func declarations() {
    for endpoint in Routes.all {
      let name = "\(endpoint.method.rawValue) \(endpoint.path)"
      switch endpoint.access {
      case .anyone: #expect(Self.open.contains(name), "\(name) is open to anyone")
      case .signedIn(let permission):
        let writes = endpoint.method != .get && endpoint.method != .post
        #expect(!writes || permission != .read, "\(name) writes with the permission to read")
      }
    }
  }

  @Test("every endpoint answers each role, and whoever is signed out, as the table says")
  func walk() async throws {
    // The endpoints as they are declared, without what they do.
    let declared = Routes.all.map { endpoint in
      Endpoint(endpoint.method, endpoint.path, endpoint.access, endpoint.summary) { _ in .noContent }
    }
    try await TestServer.with(served: declared) {
      $0.requestsPerMinute = 100_000
    } _: { server async throws in
      var people: [(role: Role?, headers: [(String, String)])] = [(nil, [])]
      for role in Role.allCases {
        let accounts = server.services.accounts
        _ = try await accounts.create(
          name: "a \(role)", password: TestServer.password, roles: [role], reach: .all, by: .system)
        let session = try await accounts.signIn(name: "a \(role)", password: TestServer.password, by: .system).session
        people.append((role, [("cookie", "plumb=" + session), ("x-csrf-token", Secrets.csrf(session: session))]))
      }
      for endpoint in declared {
        let path = endpoint.path.split(separator: "/").map { $0.hasPrefix("{") ? "x" : String($0) }
        for (role, headers) in people {
          let answer = try await server.send(
            HTTPMethod(rawValue: endpoint.method.rawValue), "/" + path.joined(separator: "/"), headers: headers)
          let wanted =
            switch (endpoint.access, role) {
            case (.anyone, _): 204
            case (.signedIn, nil): 401
            case (.signedIn(let permission), let role?):
              Self.table.first { $0.role == role }?.permissions.split(separator: " ").contains(
                Substring(permission.rawValue))
                == true ? 204 : 403
            }
          let name = role.map { "\($0)" } ?? "nobody"
          #expect(answer.status == wanted, "\(endpoint.method.rawValue) \(endpoint.path) by \(name)")
        }
      }
    }
  }

  @Test("somebody sees what lies in their reach and nothing else, be it asked for one by one")
  func reach() async throws {
    let estate: [String: (subscription: String, tags: [String: String])] = [
      "a": ("sub-1", [:]), "b": ("sub-2", ["team": "shop"]), "c": ("sub-2", ["team": "bank"]),
    ]
    let sample = Endpoint(.get, "/test/resources/{id}", .signedIn(.read), "A resource") { call in
      guard let found = estate[call.path("id")] else { throw Problem(.notFound) }
      try call.check(subscription: found.subscription) { found.tags[$0] }
      return .noContent
    }
    let shop = Reach(subscriptions: ["SUB-1"], tags: [.init(name: "team", value: "shop")])
    try await TestServer.with(endpoints: [sample]) { server async throws in
      func seen(_ session: TestSession, _ headers: [(String, String)]? = nil) async throws -> String {
        var seen = ""
        for id in ["a", "b", "c", "d"] {
          let answer = try await server.send(
            .GET, "/test/resources/\(id)", headers: headers ?? [("cookie", session.cookie)])
          // What lies beyond reach cannot be told from what is not there.
          #expect(answer.status == 204 || answer.status == 404)
          if answer.status == 204 { seen += id }
        }
        return seen
      }
      let one = try await server.user("one", [.viewer], reach: shop)
      let all = try await server.user("all", [.viewer])
      let none = try await server.user("none", [.viewer], reach: .nothing)
      #expect(try await seen(one) == "ab")
      #expect(try await seen(all) == "abc")
      #expect(try await seen(none) == "")

      // A token reaches what both it and its user reach.
      let made = try await one.send(
        .POST, "/api/v1/tokens",
        json: #"{"name":"t","permissions":["read"],"reach":{"subscriptions":["sub-2"],"tags":[]}}"#)
      #expect(made.status == 201)
      let secret = try #require(try made.json()["secret"]?.string)
      #expect(try await seen(one, [("authorization", "Bearer \(secret)")]) == "b")
    }
  }

  @Test("an administrator of a part of the estate makes nobody who sees more")
  func partialAdministrator() async throws {
    try await TestServer.with { server async throws in
      _ = try await server.setUp()
      let partial = try await server.user("partial", [.administrator], reach: Reach(subscriptions: ["sub-1"]))
      let body = #"{"name":"other","password":"correct horse battery","roles":["administrator"]}"#
      #expect(try await partial.send(.POST, "/api/v1/users", json: body).status == 403)
      let widen = try await partial.send(.PATCH, "/api/v1/users/\(partial.user)", json: #"{"reach":null}"#)
      #expect(widen.status == 403)
      #expect(try await partial.send(.GET, "/api/v1/tokens?all=true").status == 403)
      #expect(try await partial.send(.GET, "/api/v1/audit").status == 403)
    }
  }

  @Test("a token that may only manage users makes nobody who may do more")
  func narrowToken() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let made = try await admin.send(.POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["users"]}"#)
      let secret = try #require(try made.json()["secret"]?.string)
      let token = [("authorization", "Bearer \(secret)")]
      let body = #"{"name":"other","password":"correct horse battery","roles":["administrator"]}"#
      let other = try await server.send(.POST, "/api/v1/users", headers: token, json: body)
      #expect(other.status == 403)
      let change = #"{"password":"another horse battery"}"#
      let taken = try await server.send(.PATCH, "/api/v1/users/\(admin.user)", headers: token, json: change)
      #expect(taken.status == 403)
    }
  }
}
