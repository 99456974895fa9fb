// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import NIOHTTP1
import Server
import Testing

/// Queries over HTTP: their forms, their limits, their faults.
@Suite struct QueryTests {
  private func body(_ query: String, _ more: String = "") -> String {
    "{\"query\":\(JSONDraft.string(query).document().root.text)\(more)}"
  }

  @Test func rowsComeInTheFormThatIsAskedFor() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      let query = "resources | summarize n = count() by cloud | order by cloud asc"
      let json = try await client.post("/queries/run", body(query), status: 200)
      #expect(
        json.text.hasPrefix(
          #"{"columns":[{"name":"cloud","type":"string"},{"name":"n","type":"long"}],"rows":[["aws",10],["azure",3]]"#))
      #expect(json["total"]?.int64 == 2 && json["isCut"]?.boolean == false)
      let lines = try await client.send(.POST, "/queries/run", json: body(query, #","format":"ndjson""#))
      #expect(lines.text == "{\"cloud\":\"aws\",\"n\":10}\n{\"cloud\":\"azure\",\"n\":3}\n")
      let csv = try await client.send(.POST, "/queries/run", json: body(query, #","format":"csv""#))
      #expect(csv.text == "cloud,n\r\naws,10\r\nazure,3\r\n")
      let cut = try await client.post(
        "/queries/run", body("range x from 1 to 50 step 1", #","rowLimit":10"#), status: 200)
      #expect(cut["rows"]?.count == 10 && cut["total"]?.int64 == 50 && cut["isCut"]?.boolean == true)
      let chart = try await client.post("/queries/run", body(query + " | render piechart"), status: 200)
      #expect(chart["chart"]?["kind"]?.string == "piechart")
    }
  }

  @Test func manyRowsAreStreamedWhole() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      let answer = try await client.send(
        .POST, "/queries/run", json: body("range x from 1 to 200000 step 1", #","format":"ndjson","rowLimit":200000"#))
      let lines = answer.body.split(separator: 0x0A)
      #expect(lines.count == 200_000)
      #expect(lines.last.map { String(decoding: $0, as: UTF8.self) } == #"{"x":200000}"#)
    }
  }

  @Test func parametersAndEarlierStatesAreTaken() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      let found = try await client.post(
        "/queries/run",
        body("resources | where name == wanted | project name", #","parameters":{"wanted":"alpha' or 1 == 1"}"#),
        status: 200)
      #expect(found["rows"]?.count == 0)
      let now = try await client.post("/queries/run", body("resources | where name == 'gone' | count"), status: 200)
      #expect(now["rows"]?[0]?[0]?.int64 == 0)
      let then = try await client.post(
        "/queries/run", body("resources | where name == 'gone' | count", #","asOf":"2027-01-13T08:30:00Z""#),
        status: 200)
      #expect(then["rows"]?[0]?[0]?.int64 == 1)
    }
  }

  @Test(
    "a query that cannot be answered is a problem with its place",
    arguments: [
      ("resources | wher name == 1", 400, "syntax"), ("resources | where nam == 'x'", 400, "unknownName"),
      ("nothing", 400, "unknownName"), ("range x from 1 to 100000000 step 1 | summarize count()", 422, "limit"),
    ])
  func faults(query: String, status: Int, code: String) async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      let problem = try await client.post("/queries/run", body(query), status: status)
      #expect(problem["code"]?.string == code, "\(problem.text)")
      if status == 400 { #expect(problem["line"]?.int64 == 1) }
    }
  }

  @Test func aQueryEndsAtItsTimeLimit() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.analyst]))
      let slow =
        "range x from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1600 step 1 | extend k = 1) on k"
        + " | where hash_sha256(strcat(x, y)) has 'zz' | count"
      let problem = try await client.post("/queries/run", body(slow, #","timeLimit":1"#), status: 422)
      #expect(problem["code"]?.string == "limit")
    }
  }

  @Test func aQueryEndsWhenItsClientHasGoneAway() async throws {
    try await TestServer.withEstate { server in
      let token = try await server.token([.analyst])
      let desk = server.services.api.desk
      let slow =
        "range x from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1600 step 1 | extend k = 1) on k"
        + " | where hash_sha256(strcat(x, y)) has 'zz' | count"
      let json = body(slow, #","timeLimit":120"#)
      let client = Task {
        try await server.send(
          .POST, "/api/v1/queries/run", headers: [("authorization", "Bearer \(token)")], json: json)
      }
      while desk.load == 0 { try await Task.sleep(for: .milliseconds(20)) }
      client.cancel()
      _ = await client.result
      let patience = ContinuousClock.now + .seconds(60)
      while desk.load > 0, ContinuousClock.now < patience { try await Task.sleep(for: .milliseconds(50)) }
      #expect(desk.load == 0)
    }
  }

  @Test func aViewerMayNotAsk() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.viewer]))
      #expect(try await client.send(.POST, "/queries/run", json: body("print 1")).status == 403)
      #expect(try await client.send(.GET, "/findings").status == 200)
    }
  }

  @Test(arguments: ["html", "csv", "json", "ocsf", "sarif", "oscal"])
  func reportsComeInEveryForm(format: String) async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.viewer]))
      let report = try await client.send(.GET, "/reports/\(format)")
      #expect(report.status == 200, "\(report.text.prefix(300))")
      #expect(report.body.count > 1000)
      #expect(report.headers.first(name: "content-disposition")?.hasPrefix("attachment") == true)
      #expect(try await client.send(.GET, "/reports/\(format)?until=2027-01-01T00:00:00Z").status == 400)
      #expect(try await client.send(.GET, "/reports/\(format)?scan=99").status == 409)
    }
  }

  @Test func evidenceIsAPack() async throws {
    try await TestServer.withEstate { server in
      let client = APIClient(server, try await server.token([.viewer]))
      let pack = try await client.send(.GET, "/reports/evidence?framework=house")
      #expect(pack.status == 200 && pack.body.starts(with: [0x50, 0x4B]))
    }
  }

  /// A parameter of Kusto's is a literal; one that is more than that must not be run, nor end the server.
  @Test(arguments: ["1 | project-away x", "1; drop", "'a' | where false", "-1d"])
  func aParameterOfKustoIsNoQuery(text: String) async throws {
    try await TestServer.withEstate { server in
      let token = try await server.token([.analyst])
      let parameters = "{\"Parameters\":{\"p\":\(JSONDraft.string(text).document().root.text)}}"
      let answer = try await server.send(
        .POST, "/v1/rest/query", headers: [("authorization", "Bearer \(token)")],
        json: "{\"csl\":\"declare query_parameters(p:string); print p\",\"properties\":\(parameters)}")
      #expect(answer.status < 500, "\(answer.text.prefix(300))")
    }
  }

  @Test(arguments: ["-1d", "-10000000d", "0s", "nonsense"])
  func aRangeOfTimeThatIsNoneIsRefused(span: String) async throws {
    try await TestServer.withEstate { server in
      let token = try await server.token([.analyst])
      let answer = try await server.send(
        .GET, "/query?q=print+1&span=\(span)", headers: [("authorization", "Bearer \(token)")])
      #expect(answer.status == 422, "\(answer.text.prefix(300))")
    }
  }
}
