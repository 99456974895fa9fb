// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// The pages of the dashboard.
enum PageEndpoints {
  static let all =
    assets + door + reading + files + PageForms.all + PageQueries.all + PageAdministration.all
    + WorkbookEndpoints.all + PolicyPages.all + LessonEndpoints.all + CodeEndpoints.all

  /// How a page comes about: from what is asked for, what there is, and who asks.
  typealias Make = @Sendable (Call, Board, PageViewer) async throws -> Page?

  /// A page that tells of the estate. Before the first scan it says so.
  static func page(
    _ path: String, _ summary: String, _ permission: Permission = .read, place: PageMenu = .overview,
    _ make: @escaping Make
  ) -> Endpoint {
    Endpoint(
      .get, path, .signedIn(permission), summary, answers: [Answer(200, "The page", contentType: "text/html")],
      isPage: true
    ) { call in
      let board = try await call.services.boards.board(call.principal.reach, fresh: call.query("fresh") != nil)
      var viewer = viewer(call)
      guard let board else { return .html(NothingPage.page(place).document(for: viewer)) }
      viewer.seen = "Scanned \(Parts.ago(board.dossier.scan.finished, now: call.services.clock()))"
      guard let page = try await make(call, board, viewer) else { throw Problem(.notFound) }
      return .html(page.document(for: viewer))
    }
  }

  static func viewer(_ call: Call) -> PageViewer {
    let who = call.principal
    let path = call.head.path.map { String($0.prefix { $0 != "?" }) } ?? "/"
    return PageViewer(
      name: who.name, roles: who.roles.sorted().map(\.title).joined(separator: ", "), token: call.csrf ?? "",
      mayChange: who.may(.exempt), mayAttest: who.may(.attest), mayGovern: who.may(.govern), mayQuery: who.may(.query),
      mayAdminister: who.may(.users) || who.may(.audit) || who.may(.govern) || who.may(.exempt),
      address: PageAddress(path, call.query.filter { $0.name != "fresh" }))
  }

  // MARK: Assets and doors

  private static let assets = [
    Endpoint(
      .get, "/assets/{path...}", .anyone, "Styles, scripts and pictures of the pages",
      parameters: [Parameter("path", in: .path, "Its name")],
      answers: [Answer(200, "The file", contentType: "text/css")]
    ) { call in
      guard let asset = WebAssets.asset(call.path("path")) else { throw Problem(.notFound) }
      // The address of a page's assets changes with their bytes.
      let keep = call.query("v") == nil ? "no-cache" : "public, max-age=31536000, immutable"
      return .bytes(asset.bytes, type: asset.type, headers: [.cacheControl: keep])
    }
  ]

  private static let door = [
    Endpoint(.get, "/sign-in", .anyone, "The page to sign in on", isPage: true) { call in
      if try call.services.accounts.users().isEmpty { return .redirect("/setup") }
      let next = AccountEndpoints.safe(call.query("next"))
      if call.principal.kind == .user { return .redirect(next) }
      return .html(
        DoorPages.signIn(next: next, error: call.query("error"), hasProvider: call.services.settings.oidc != nil))
    },
    Endpoint(.get, "/setup", .anyone, "The page on which the first administrator is made", isPage: true) { call in
      guard try call.services.accounts.users().isEmpty else { return .redirect("/sign-in") }
      return .html(DoorPages.setUp())
    },
  ]

  // MARK: Reading

  private static let reading = [
    page("/", "Where the estate stands") { call, board, viewer in
      let scans = try call.services.inventory.newestScans().scans.filter { scan in
        call.principal.reach.admits(subscription: scan.account) { _ in nil }
      }
      return OverviewPage(board: board, scans: scans, running: nil, now: call.services.clock()).page(viewer)
    },
    page("/recommendations", "What there is to mend", place: .recommendations) { call, board, viewer in
      RecommendationsPage(board: board, now: call.services.clock()).page(viewer)
    },
    page("/recommendations/{id}", "One recommendation", place: .recommendations) { call, board, viewer in
      board.group(call.path("id")).map { CheckPage(board: board, group: $0, now: call.services.clock()).page(viewer) }
    },
    page("/findings/{id}", "One finding", place: .recommendations) { call, board, viewer in
      guard let position = board.position(call.path("id")) else { return nil }
      let store = call.services.inventory
      let key = board.dossier.findings[position].key
      let detail = try await Blocking.run { try FindingStore(store).detail(key) }
      return FindingPage(board: board, position: position, history: detail?.events ?? [], now: call.services.clock())
        .page(viewer)
    },
    page("/inventory", "The resources that there are", place: .inventory) { call, board, viewer in
      InventoryPages(board: board, now: call.services.clock()).list(viewer)
    },
    page("/inventory/resource", "One resource", place: .inventory) { call, board, viewer in
      guard let row = call.query("id").flatMap({ board.resources.row($0) }) else { return nil }
      let (store, id, type) = (call.services.inventory, board.resources.id[row], board.resources.type[row])
      let versions = try await Blocking.run { try store.versions(type: type, id: id, limit: 50) }
      return InventoryPages(board: board, now: call.services.clock()).resource(row, versions: versions, viewer)
    },
    page("/compliance", "Frameworks", place: .compliance) { call, board, viewer in
      CompliancePages(board: board, now: call.services.clock()).overview(viewer)
    },
    page("/compliance/{framework}", "One framework", place: .compliance) { call, board, viewer in
      CompliancePages(board: board, now: call.services.clock()).framework(call.path("framework"), viewer)
    },
    page("/compliance/{framework}/control", "One control", place: .compliance) { call, board, viewer in
      CompliancePages(board: board, now: call.services.clock())
        .control(call.path("framework"), call.query("id") ?? "", viewer)
    },
  ]

  // MARK: Files

  /// A file of what may be read.
  private static func file(
    _ path: String, _ summary: String, _ type: String, _ name: String,
    _ make: @escaping @Sendable (Call, Board) throws -> [UInt8]?
  ) -> Endpoint {
    Endpoint(
      .get, path, .signedIn(.export), summary, answers: [Answer(200, "The file", contentType: type)], isPage: true
    ) { call in
      guard let board = try await call.services.boards.board(call.principal.reach) else { throw Problem(.notFound) }
      guard let bytes = try await Blocking.run({ try make(call, board) }) else { throw Problem(.notFound) }
      return .bytes(
        bytes, type: type, headers: [.contentDisposition: "attachment; filename=\"\(name)\""])
    }
  }

  private static let files = [
    file("/recommendations.csv", "Findings as CSV", "text/csv; charset=utf-8", "findings.csv") { call, board in
      let address = PageAddress("/recommendations", call.query)
      let rows = RecommendationsPage(board: board, now: call.services.clock()).choose(address).rows
      let findings = rows.map { board.dossier.findings[$0] }
      return Report(scan: board.dossier.scan, findings: findings, keepsAll: true).text(.csv)
    },
    file("/inventory.csv", "Resources as CSV", "text/csv; charset=utf-8", "inventory.csv") { call, board in
      InventoryPages(board: board, now: call.services.clock()).csv(PageAddress("/inventory", call.query))
    },
    file("/inventory/resource.json", "A resource's document", "application/json", "resource.json") { call, board in
      call.query("id").flatMap { board.resources.row($0) }.map { board.resources.document($0).serialized() }
    },
    file("/compliance/{framework}/controls.csv", "Controls as CSV", "text/csv; charset=utf-8", "controls.csv") {
      call, board in
      CompliancePages(board: board, now: call.services.clock()).csv(call.path("framework"))
    },
    file("/report.html", "The report as one page", "text/html; charset=utf-8", "plumbline-report.html") { call, board in
      // It is saved, not shown: its styles stand in it, which the server's policy does not allow pages.
      board.dossier.html()
    },
  ]
}

/// Before anything was scanned.
enum NothingPage {
  static func page(_ place: PageMenu) -> Page {
    Page(
      title: place.title, place: place,
      body: """
        <div class="card">\(Parts.empty("Nothing has been scanned yet", "Run <code>plumb scan azure</code>, <code>aws</code> or <code>gcp</code> with the same <code>--data</code> folder, or connect a cloud. What is found appears here as soon as the scan ends."))</div>
        """)
  }
}
