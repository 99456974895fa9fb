// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOHTTP1
import Server
import Testing

/// The dashboard over loopback.
@Suite struct PageTests {
  /// Pages that are there whatever the estate holds.
  static let pages = [
    "/", "/recommendations", "/recommendations?group=resource&sort=severity",
    "/recommendations?group=none&status=healthy",
    "/recommendations?group=account", "/recommendations?group=control&q=bucket", "/inventory",
    "/inventory?q=alpha&sort=name",
    "/compliance", "/query", "/query?q=resources%20%7C%20count", "/query?q=resources%20%7C%20wher", "/policy", "/code",
    "/workbooks", "/learn", "/account", "/administration/exemptions", "/administration/governance",
    "/administration/users", "/administration/tokens", "/administration/audit",
  ]

  @Test func everyPageIsWholeAndEveryLinkOfItLeadsSomewhere() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      var (seen, waiting) = (Set(Self.pages), Self.pages)
      var count = 0
      while let path = waiting.popLast(), count < 120 {
        count += 1
        let answer = try await reader.get(path)
        #expect(answer.status == 200 || answer.status == 303, "\(path): \(answer.status)")
        guard answer.headers.first(name: "content-type")?.hasPrefix("text/html") == true, path != "/report.html" else {
          continue
        }
        let page = PageMarkup(answer.text)
        #expect(page.faults.isEmpty, "\(path): \(page.faults.prefix(3))")
        // Of the many lists that filters lead to, one step is enough.
        for link in page.links where seen.insert(link).inserted && (path.contains("?") ? !link.contains("&") : true) {
          waiting.append(link)
        }
      }
      #expect(count == 120)
    }
  }

  @Test func namesAndTagsOfResourcesAreTextOnEveryPage() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      var found = 0
      for path in [
        "/", "/recommendations?group=none&status=healthy&status=unhealthy&status=unknown&status=notapplicable",
        "/recommendations?group=resource&status=healthy", "/inventory",
        "/inventory?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/query?q=resources%20%7C%20project%20id%2C%20name%2C%20tags",
        "/inventory/resource?id=\(PageReader.encoded("arn:aws:s3:::" + PageEstate.hostile))",
      ] {
        let text = try await reader.get(path).text
        #expect(!text.contains("<script>alert") && !text.contains("<img"), "\(path)")
        #expect(PageMarkup(text).faults.isEmpty, "\(path)")
        if text.contains("b&lt;script&gt;alert(1)&lt;/script&gt;") { found += 1 }
      }
      #expect(found >= 4)
    }
  }

  @Test func nobodySeesWhatLiesBeyondTheirReach() async throws {
    try await TestServer.withPages { server in
      let all = try await PageReader(server)
      let some = try await PageReader(server, [.analyst], reach: Reach(subscriptions: [PageEstate.bank]))
      for path in [
        "/", "/inventory", "/recommendations?group=none&status=healthy&status=unhealthy", "/inventory.csv",
        "/recommendations.csv?status=healthy&status=unhealthy", "/report.html",
        "/query?q=resources%20%7C%20project%20id%20%7C%20take%20400", "/query?q=Findings%20%7C%20take%20400",
      ] {
        let mine = try await some.get(path).text
        #expect(!mine.contains("shop-1"), "\(path)")
        #expect(!mine.contains("alpha"), "\(path)")
      }
      #expect(try await some.get("/inventory").text.contains("bank-1"))
      #expect(try await all.get("/inventory").text.contains("shop-1"))
      let other = "/inventory/resource?id=\(PageReader.encoded("arn:aws:s3:::shop-1"))"
      #expect(try await all.get(other).status == 200)
      #expect(try await some.get(other).status == 404)
      #expect(try await some.get(other.replacing("resource?", with: "resource.json?")).status == 404)
      let list = try await all.get("/recommendations?group=none&account=\(PageEstate.shop)").text
      let finding = try #require(list.firstMatch(of: #/href="(/findings/[0-9a-f]{16})"/#)?.1)
      #expect(try await all.get(String(finding)).status == 200)
      #expect(try await some.get(String(finding)).status == 404)
    }
  }

  @Test func aFaultIsExemptByTheFormAndComesBackWhenTheExemptionIsRemoved() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      let list = try await reader.get("/recommendations?group=none").text
      let finding = String(try #require(list.firstMatch(of: #/href="(/findings/[0-9a-f]{16})"/#)?.1))
      let page = try await reader.get(finding).text
      let check = String(try #require(page.firstMatch(of: /name="check" value="([^"]+)"/)?.1))
      let resource = String(try #require(page.firstMatch(of: /name="resource" value="([^"]+)"/)?.1))
      let fields = [
        ("check", check), ("resource", resource), ("category", "Waiver"), ("reason", "a <b>test</b>"),
        ("approver", "ada"),
        ("back", finding),
      ]
      // Without the token of the session nothing is done.
      let forged = try await server.send(
        .POST, "/exemptions", headers: [("cookie", reader.cookie)],
        form: fields.map { "\($0.0)=\(PageReader.encoded($0.1))" }.joined(separator: "&"))
      #expect(forged.status == 403)
      let answer = try await reader.post("/exemptions", fields, from: finding)
      #expect(answer.status == 303)
      #expect(try await reader.get(finding + "?fresh=1").text.contains(">Exempt</span>"))
      let book = try await reader.get("/administration/exemptions").text
      #expect(book.contains("a &lt;b&gt;test&lt;/b&gt;"))
      #expect(try await reader.get("/administration/audit").text.contains("exemption.create"))
      let id = String(try #require(book.firstMatch(of: /name="id" value="(ex-[^"]+)"/)?.1))
      #expect(
        try await reader.post("/exemptions/remove", [("id", id)], from: "/administration/exemptions").status == 303)
      #expect(try await reader.get(finding + "?fresh=1").text.contains(">Unhealthy</span>"))
    }
  }

  @Test func aControlIsAttestedByTheForm() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      let page = "/compliance/house/control?id=A2"
      #expect(try await reader.get(page).text.contains(">Unproved</span>"))
      let answer = try await reader.post(
        "/attestations",
        [
          ("framework", "house"), ("control", "A2"), ("owner", "ana"), ("evidence", "the register"),
          ("expires", "2036-01-01"),
        ],
        from: page)
      #expect(answer.status == 303)
      #expect(try await reader.get(page + "&fresh=1").text.contains(">Attested</span>"))
    }
  }

  @Test func aPolicyDefinitionIsTriedAndItsMistakesAreTold() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      for (definition, wanted) in [
        ("{", "That is no JSON"),
        (#"{"policyRule":{"if":{"field":"type","equals":"x"},"then":{"effect":"audit"}}}"#, "What it finds"),
        (#"{"policyRule":{"if":{"fjeld":"type","equals":"x"},"then":{"effect":"audit"}}}"#, "note bad"),
      ] {
        let page = try await reader.post("/policy/try", [("definition", definition)], from: "/policy").text
        #expect(page.contains(wanted), "\(definition)")
        #expect(PageMarkup(page).faults.isEmpty)
      }
    }
  }

  @Test func aQueryIsKeptExportedAndForgotten() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      let query = "resources | project name | take 3"
      let kept = try await reader.post("/query/keep", [("q", query), ("name", "three <b>")], from: "/query")
      #expect(kept.status == 303)
      let page = try await reader.get("/query").text
      #expect(page.contains("three &lt;b&gt;"))
      let rows = try await reader.post("/query.csv", [("q", query)], from: "/query")
      #expect(rows.text.split(separator: "\r\n").count == 4)
      #expect(rows.headers.first(name: "content-disposition")?.contains("attachment") == true)
      let other = try await PageReader(server)
      #expect(try await !other.get("/query").text.contains("three &lt;b&gt;"))
      let id = String(try #require(page.firstMatch(of: /name="id" value="(q-[^"]+)"/)?.1))
      #expect(try await other.post("/query/forget", [("id", id)], from: "/query").status == 404)
      #expect(try await reader.post("/query/forget", [("id", id)], from: "/query").status == 303)
      #expect(try await !reader.get("/query").text.contains("three &lt;b&gt;"))
    }
  }

  @Test func rolesSeeTheFormsThatTheyMaySend() async throws {
    try await TestServer.withPages { server in
      let viewer = try await PageReader(server, [.viewer])
      for (path, status) in [
        ("/", 200), ("/recommendations", 200), ("/query", 403), ("/administration/users", 403),
        ("/administration/audit", 403),
      ] {
        let answer = try await viewer.get(path)
        #expect(answer.status == status, "\(path)")
        #expect(PageMarkup(answer.text).faults.isEmpty, "\(path)")
      }
      #expect(try await !viewer.get("/compliance/house/control?id=A2").text.contains("action=\"/attestations\""))
      let answer = try await viewer.post("/attestations", [("framework", "house")], from: "/account")
      #expect(answer.status == 403)
    }
  }

  @Test func aBrowserThatIsNotSignedInIsShownWhereToSignIn() async throws {
    try await TestServer.withPages { server in
      _ = try await PageReader(server)
      let answer = try await server.send(.GET, "/recommendations?severity=high")
      #expect(answer.status == 303)
      let next = try #require(answer.headers.first(name: "location"))
      #expect(next.hasPrefix("/sign-in?next="))
      let door = try await server.send(.GET, next)
      #expect(door.status == 200 && PageMarkup(door.text).faults.isEmpty)
      #expect(door.text.contains("value=\"/recommendations?severity=high\""))
    }
  }

  @Test func assetsAreKeptByTheirHashAndEveryPageNamesThem() async throws {
    try await TestServer.withPages { server in
      let door = PageMarkup(try await server.send(.GET, "/setup").text)
      let assets = door.links.filter { $0.hasPrefix("/assets/") }
      #expect(assets.count >= 4)
      for asset in assets {
        let answer = try await server.send(.GET, asset)
        #expect(answer.status == 200 && !answer.body.isEmpty, "\(asset)")
        #expect(answer.headers.first(name: "cache-control")?.contains("immutable") == true)
      }
      #expect(try await server.send(.GET, "/assets/..%2F..%2Fetc%2Fpasswd").status == 404)
    }
  }

  @Test func shippedWorkbooksAnswerWithoutAMistakeAndLessonsAreDoneByTheirOwnAnswers() async throws {
    try await TestServer.withPages { server in
      let reader = try await PageReader(server)
      for book in ["posture", "identity", "change", "identity?p.Tab=principals"] {
        let text = try await reader.get("/workbooks/" + book).text
        #expect(!text.contains("note bad"), "\(book)")
        #expect(PageMarkup(text).faults.isEmpty, "\(book)")
      }
      let lessons = try Lessons.all()
      #expect(lessons.count >= 10)
      for (id, answer) in lessons {
        let page = try await reader.post("/learn/\(id)", [("q", answer)], from: "/learn/\(id)").text
        #expect(page.contains("<b>Right.</b>"), "\(id)")
        let other = try await reader.post("/learn/\(id)", [("q", "print 1, 2, 3, 4")], from: "/learn/\(id)").text
        #expect(other.contains("<b>Not yet.</b>"), "\(id)")
      }
      #expect(try await reader.get("/learn").text.contains("<b>\(lessons.count)</b> of \(lessons.count) done"))
    }
  }
}
