// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import GRDB
internal import HTTPTypes
internal import JSON
internal import KQL
internal import Posture

/// Lessons: a short text, and a task that is done by a query over the estate. The answer is not kept as rows: the lesson's
/// own query is asked of the same estate, and both have to say the same.
enum LessonEndpoints {
  static let migrations = [
    Migration(
      name: "lesson.1",
      sql: """
        CREATE TABLE lesson_done (
          user TEXT NOT NULL, lesson TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (user, lesson)) WITHOUT ROWID;
        """)
  ]

  struct Lesson: Sendable {
    let id: String
    let title: String
    let family: String
    let text: String
    let task: String
    let start: String
    let answer: String
    let hint: String
    /// Whether the order of rows matters.
    let isOrdered: Bool
    let place: Int
  }

  static func lessons(_ content: ContentLibrary) throws -> [Lesson] {
    try content.files(under: "lessons").map { file in
      let node = try YAMLDocument(file).node
      try node.allow(["title", "family", "place", "text", "task", "start", "answer", "hint", "ordered"])
      return Lesson(
        id: String(file.path.dropFirst("lessons/".count).dropLast(".yaml".count)),
        title: try node.require("title").text,
        family: try node.require("family").text, text: try node.require("text").text,
        task: try node.require("task").text,
        start: try node.optional("start")?.text ?? "", answer: try node.require("answer").text,
        hint: try node.optional("hint")?.text ?? "", isOrdered: try node.optional("ordered")?.boolean ?? false,
        place: try node.optional("place")?.integer ?? 1000)
    }.sorted { ($0.place, $0.id) < ($1.place, $1.id) }
  }

  private static func done(_ call: Call) throws -> Set<String> {
    try call.services.store.read { db in
      Set(try String.fetchAll(db, sql: "SELECT lesson FROM lesson_done WHERE user = ?", arguments: [call.principal.id]))
    }
  }

  static let all = [
    PageEndpoints.page("/learn", "Lessons", .query, place: .learn) { call, _, _ in
      let (lessons, done) = (try lessons(call.services.content), try done(call))
      let items = lessons.map { lesson -> Markup in
        "<li><p class=\"small\">\(lesson.family)\(if: done.contains(lesson.id), " \(Parts.chip("Done", "good"))")</p><a class=\"name\" href=\"/learn/\(URLText.encoded(lesson.id))\">\(lesson.title)</a><p>\(Markdown.inline(lesson.task))</p></li>"
      }
      let count = lessons.count { done.contains($0.id) }
      let bar = PageChart.stack(
        [(Double(count), "good")], label: "\(count) of \(lessons.count) lessons done", of: Double(max(1, lessons.count))
      )
      return Page(
        title: "Learn", place: .learn,
        lead: "Short lessons, each with a task on this estate that a query answers.",
        body:
          "<div class=\"stack\"><div class=\"card\"><p><b>\(count)</b> of \(lessons.count) done</p>\(Markup(picture: bar))</div><ul class=\"pages\">\(items)</ul></div>"
      )
    },
    PageEndpoints.page("/learn/{id}", "One lesson", .query, place: .learn) { call, board, viewer in
      try await lesson(call, call.path("id"), "", board, viewer)
    },
    Endpoint(.post, "/learn/{id}", .signedIn(.query), "Grades an answer", bodyLimit: 65_536, isPage: true) { call in
      guard let board = try await call.services.boards.board(call.principal.reach) else { throw Problem(.notFound) }
      let viewer = PageEndpoints.viewer(call)
      let text = (try call.form()["q"] ?? "").replacing("\r\n", with: "\n")
      guard let page = try await lesson(call, call.path("id"), text, board, viewer) else { throw Problem(.notFound) }
      return .html(page.document(for: viewer))
    },
  ]

  private static func lesson(
    _ call: Call, _ id: String, _ text: String, _ board: Board, _ viewer: PageViewer
  ) async throws -> Page? {
    let lessons = try lessons(call.services.content)
    guard let index = lessons.firstIndex(where: { $0.id == id }) else { return nil }
    let lesson = lessons[index]
    var verdict: Markup = ""
    var rows: Markup = ""
    var isDone = try done(call).contains(id)
    if !text.trimmed.isEmpty {
      do {
        let given = try await QueryRequest(text: text).result(call)
        let wanted = try await QueryRequest(text: lesson.answer).result(call)
        let grade = LessonGrade(given, wanted, isOrdered: lesson.isOrdered)
        if let fault = grade.fault {
          verdict = Parts.note("<b>Not yet.</b> \(fault)")
        } else {
          verdict =
            "<div class=\"note good\" role=\"status\"><b>Right.</b> Your query says what the lesson's says.</div>"
          isDone = true
          try call.services.store.note { db in
            try db.execute(
              sql: "INSERT OR IGNORE INTO lesson_done VALUES (?, ?, ?)",
              arguments: [call.principal.id, id, call.services.clock()])
          }
        }
        let page = QueryPage(
          text: text, asOf: "", span: "", answer: given, problem: nil, offset: nil, picture: nil, milliseconds: nil,
          saved: [], tables: [], board: board)
        rows = Parts.card("\(Parts.count(given.rows.count, "row"))", page.grid(given))
      } catch let error as KQLError {
        verdict = QueryPage.problem(error)
      }
    }
    let next = lessons.indices.contains(index + 1) ? lessons[index + 1] : nil
    let shown = text.isEmpty ? lesson.start : text
    return Page(
      title: lesson.title, place: .learn,
      trail: [("Learn", PageAddress("/learn")), (lesson.title, PageAddress("/learn/" + URLText.encoded(id)))],
      lead: "\(lesson.family)\(if: isDone, " \(Parts.chip("Done", "good"))")",
      body: """
        <div class="grid"><div class="s5"><section class="card prose">\(Markdown.html(lesson.text))</section></div>
        <div class="s7 stack"><section class="card"><h2>Task</h2><p>\(Markdown.inline(lesson.task))</p>
        \(if: !lesson.hint.isEmpty, "<details><summary>A hint</summary><p>\(Markdown.inline(lesson.hint))</p></details>")
        <form method="post" action="/learn/\(URLText.encoded(id))">\(viewer.tokenField)<label for="editor" class="quiet">Your query</label>
        <div><div class="editor" data-editor data-words="/query/words.json"><textarea id="editor" name="q" rows="8" spellcheck="false" autocapitalize="off" autocomplete="off">\(shown)</textarea></div></div>
        <p class="buttons"><button class="button main" type="submit">Check</button>\(if: next != nil, "<a class=\"button\" href=\"/learn/\(URLText.encoded(next?.id ?? ""))\">Next lesson</a>")</p></form>
        <div aria-live="polite">\(verdict)</div></section>\(rows)</div></div>
        """, scripts: ["query.js"])
  }
}

/// Whether two queries say the same: the same rows, whatever their columns are called and in which order they stand.
struct LessonGrade {
  /// What differs, for whoever is to try again; nil where nothing does.
  let fault: String?

  init(_ given: QueryResult, _ wanted: QueryResult, isOrdered: Bool) {
    if given.schema.count != wanted.schema.count {
      fault = "The answer has \(Parts.count(wanted.schema.count, "column")), yours has \(given.schema.count)."
      return
    }
    if given.rows.count != wanted.rows.count {
      fault = "The answer has \(Parts.count(wanted.rows.count, "row")), yours has \(Parts.grouped(given.rows.count))."
      return
    }
    // Cells of a row are compared without their order: which column comes first is a matter of taste.
    func rows(_ result: QueryResult) -> [String] {
      (0..<result.rows.count).map { row in
        result.rows.columns.map { $0[row].text }.sorted().joined(separator: "\u{1F}")
      }
    }
    var (left, right) = (rows(given), rows(wanted))
    if !isOrdered {
      left.sort()
      right.sort()
    }
    fault = left == right ? nil : "The numbers of rows and columns are right, but the values are not."
  }
}
