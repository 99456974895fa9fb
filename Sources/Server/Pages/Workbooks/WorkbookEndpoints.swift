// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import GRDB
internal import HTTPTypes
internal import JSON
internal import KQL

/// Workbooks: those that ship, and those that were imported.
enum WorkbookEndpoints {
  static let migrations = [
    Migration(
      name: "workbook.1",
      sql: """
        CREATE TABLE workbook (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, ownerName TEXT NOT NULL, created INTEGER NOT NULL);
        """)
  ]

  /// Bytes of a workbook, at most.
  private static let most = 1 << 20

  private struct Entry {
    let id: String
    let name: String
    let words: String
    let body: String
    let isShipped: Bool
  }

  private static func shipped(_ content: ContentLibrary) throws -> [Entry] {
    try content.files(under: "workbooks", suffix: ".json").compactMap { file in
      guard let json = try? JSONDocument(parsing: file.bytes).root else { return nil }
      let id = String(file.path.dropFirst("workbooks/".count).dropLast(".json".count))
      return Entry(
        id: id, name: json["plumbline"]?["title"]?.string ?? id, words: json["plumbline"]?["about"]?.string ?? "",
        body: String(decoding: file.bytes, as: UTF8.self), isShipped: true)
    }
  }

  private static func list(_ call: Call) throws -> [Entry] {
    let imported = try call.services.store.read { db in
      try Row.fetchAll(db, sql: "SELECT id, name, body, ownerName FROM workbook ORDER BY name, id LIMIT 500").map {
        Entry(id: $0[0], name: $0[1], words: "Imported by \($0[3] as String)", body: $0[2], isShipped: false)
      }
    }
    return try shipped(call.services.content) + imported
  }

  static let all = [
    PageEndpoints.page("/workbooks", "Workbooks", .query, place: .workbooks) { call, _, viewer in
      let entries = try list(call)
      let items = entries.map { entry -> Markup in
        "<li><a class=\"name\" href=\"/workbooks/\(URLText.encoded(entry.id))\">\(entry.name)</a><p>\(entry.words)</p></li>"
      }
      let form: Markup = """
        <form method="post" action="/workbooks">\(viewer.tokenField)<label>Name<input name="name" required autocomplete="off"></label>
        <label>JSON, as Azure's advanced editor shows it (gallery or ARM template)<textarea class="code" name="body" rows="8" required spellcheck="false"></textarea></label>
        <p class="buttons"><button class="button main" type="submit">Import</button></p></form>
        """
      return Page(
        title: "Workbooks", place: .workbooks,
        lead: "Text, queries and pictures put together, in the form of Azure Monitor's workbooks.",
        body:
          "<div class=\"stack\"><ul class=\"pages\">\(items)</ul>\(if: call.principal.may(.curate), Parts.card("Import a workbook", form))</div>"
      )
    },
    PageEndpoints.page("/workbooks/{id}", "One workbook", .query, place: .workbooks) { call, board, viewer in
      guard let entry = try list(call).first(where: { $0.id == call.path("id") }) else { return nil }
      let book = try Workbook(try JSONDocument.parse(entry.body).root, name: entry.name)
      let page = WorkbookPage(book: book, address: viewer.address, board: board) { text in
        try await QueryRequest(text: text).result(call)
      }
      let remove: Markup =
        !entry.isShipped && call.principal.may(.curate)
        ? "<form method=\"post\" action=\"/workbooks/remove\" data-confirm=\"Remove the workbook?\">\(viewer.tokenField)<input type=\"hidden\" name=\"id\" value=\"\(entry.id)\"><button class=\"button\" type=\"submit\">Remove</button></form>"
        : ""
      return Page(
        title: entry.name, place: .workbooks,
        trail: [
          ("Workbooks", PageAddress("/workbooks")),
          (entry.name, PageAddress("/workbooks/" + URLText.encoded(entry.id))),
        ],
        lead: "\(entry.words)", actions: remove, body: try await page.body())
    },
    PageForms.form("/workbooks", .curate, "Imports a workbook", bodyLimit: most + 65_536) { call, fields in
      let (name, body) = ((fields["name"] ?? "").trimmed, fields["body"] ?? "")
      guard !name.isEmpty, name.utf8.count <= 100, body.utf8.count <= most else {
        throw Problem(.unprocessableContent, "A workbook has a name of at most 100 bytes, and at most a megabyte.")
      }
      do {
        _ = try Workbook(try JSONDocument(parsing: Array(body.utf8), limits: JSONLimits(depth: 64)).root, name: name)
      } catch {
        throw Problem(.unprocessableContent, "\(error)")
      }
      let id = "w-" + String(Secrets.make().filter { $0 != "_" && $0 != "-" }.prefix(12))
      let now = call.services.clock()
      try call.services.store.change(call.author, "workbook.import", at: now) { db, record in
        (record.target, record.after) = ("workbook:" + id, .object([("name", .string(name))]))
        try db.execute(
          sql: "INSERT INTO workbook (id, name, body, ownerName, created) VALUES (?, ?, ?, ?, ?)",
          arguments: [id, name, body, call.principal.name, now])
      }
      return "/workbooks/" + id
    },
    PageForms.form("/workbooks/remove", .curate, "Removes an imported workbook") { call, fields in
      let id = fields["id"] ?? ""
      try call.services.store.change(call.author, "workbook.remove", at: call.services.clock()) { db, record in
        record.target = "workbook:" + id
        try db.execute(sql: "DELETE FROM workbook WHERE id = ?", arguments: [id])
        guard db.changesCount == 1 else { throw Problem(.notFound) }
      }
      return "/workbooks"
    },
  ]
}
