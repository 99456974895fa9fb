// SPDX-License-Identifier: Apache-2.0
internal import Charts
internal import HTTPTypes
internal import JSON
internal import KQL

/// The query page: running, exporting and keeping queries.
enum PageQueries {
  static let all = [
    PageEndpoints.page("/query", "The query editor", .query, place: .query) { call, board, viewer in
      let form = Form(call.query("q") ?? "", asOf: call.query("asOf") ?? "", span: call.query("span") ?? "")
      return try await page(call, board, form).page(viewer)
    },
    Endpoint(.post, "/query", .signedIn(.query), "Runs a query", bodyLimit: 262_144, isPage: true) { call in
      let form = Form(try call.form())
      // An address that can be kept and shared, where it is short enough to be one.
      if form.text.utf8.count < 3000 { return .redirect(form.address.text) }
      guard let board = try await call.services.boards.board(call.principal.reach) else { throw Problem(.notFound) }
      let viewer = PageEndpoints.viewer(call)
      return .html(try await page(call, board, form).page(viewer).document(for: viewer))
    },
    Endpoint(.post, "/query.csv", .signedIn(.query), "The rows of a query as CSV", bodyLimit: 262_144, isPage: true) {
      call in
      try await export(call, .csv, "rows.csv")
    },
    Endpoint(.post, "/query.json", .signedIn(.query), "The rows of a query as JSON", bodyLimit: 262_144, isPage: true) {
      call in
      try await export(call, .json, "rows.json")
    },
    Endpoint(
      .get, "/query/words.json", .signedIn(.query), "What the query editor completes",
      answers: [Answer(200, "Words by kind", .anything)]
    ) { call in
      let catalog = try await catalog(call)
      return .bytes(
        QueryPage.words(catalog), type: "application/json", headers: [.cacheControl: "private, max-age=300"])
    },
    PageForms.form("/query/keep", .query, "Keeps a query") { call, fields in
      let form = Form(fields)
      let name = (fields["name"] ?? "").trimmed
      guard !name.isEmpty, name.utf8.count <= 100, !form.text.trimmed.isEmpty else {
        throw Problem(.unprocessableContent, "Give the query a name of at most 100 bytes under 'Save as'.")
      }
      try SavedQueries.keep(name, form.text, call)
      return form.address.text
    },
    PageForms.form("/query/forget", .query, "Removes a kept query") { call, fields in
      try SavedQueries.remove(fields["id"] ?? "", call)
      return "/query"
    },
  ]

  /// What the editor's form holds.
  private struct Form {
    let text: String
    let asOf: String
    let span: String

    init(_ text: String, asOf: String, span: String) {
      // Browsers send the ends of lines as two characters.
      self.text = text.replacing("\r\n", with: "\n")
      (self.asOf, self.span) = (asOf, span)
    }

    init(_ fields: [String: String]) {
      self.init(fields["q"] ?? "", asOf: fields["asOf"] ?? "", span: fields["span"] ?? "")
    }

    var address: PageAddress { PageAddress("/query", [("q", text), ("asOf", asOf), ("span", span)]) }

    /// The state of the end of a day; nil for the newest.
    func time() throws -> Int64? {
      guard !asOf.isEmpty else { return nil }
      guard let ticks = DateTime.parse(asOf) else { throw Problem(.unprocessableContent, "'\(asOf)' is no day.") }
      return ticks + DateTime.ticksPerDay - 1
    }

    func result(_ call: Call) async throws -> QueryResult {
      var request = QueryRequest(text: text)
      request.time = try time()
      if !span.isEmpty {
        let end = request.time ?? call.services.clock()
        guard let length = TimeSpan.literal(span), length > 0, length < end else {
          throw Problem(.unprocessableContent, "'\(span)' is no time range.")
        }
        request.times = (end - length)...end
      }
      return try await request.result(call)
    }
  }

  private static func catalog(_ call: Call) async throws -> Catalog {
    let view = try await call.services.views.current().scoped(to: call.principal.reach)
    let services = call.services
    return try await Blocking.run { try QueryCatalog.make(view, services.inventory) { try services.extras(&$0) } }
  }

  private static func page(_ call: Call, _ board: Board, _ form: Form) async throws -> QueryPage {
    let catalog = try await catalog(call)
    var page = QueryPage(
      text: form.text, asOf: form.asOf, span: form.span, saved: try SavedQueries.list(call),
      tables: catalog.names.map { name in (name, catalog.table(name)?.source.schema.map(\.name) ?? []) }, board: board)
    guard !form.text.trimmed.isEmpty else { return page }
    let start = ContinuousClock.now
    do {
      let answer = try await form.result(call)
      page.answer = answer
      page.milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
      if answer.chart != nil { page.picture = (try? ChartData(answer)).map { Markup(picture: ChartSVG.text($0)) } }
    } catch let error as KQLError {
      page.problem = QueryPage.problem(error)
      page.offset = QueryPage.offset(error, in: form.text)
    }
    return page
  }

  private static func export(_ call: Call, _ kind: QueryForm, _ name: String) async throws -> Reply {
    do {
      var reply = try await Form(try call.form()).result(call).reply(kind)
      reply.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
      return reply
    } catch let error as KQLError {
      throw Problem(.unprocessableContent, error.description)
    }
  }
}
