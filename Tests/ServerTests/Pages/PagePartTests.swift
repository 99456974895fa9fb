// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import KQL
import Testing

@testable import Server

/// What pages are made of.
@Suite struct PagePartTests {
  private func text(_ markup: Markup) -> String { String(decoding: markup.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("<script>", "&lt;script&gt;"), ("\"'&", "&quot;&#39;&amp;"), ("a\u{0}b\u{7F}", "a\u{FFFD}b\u{FFFD}"),
    ("é\n\t", "é\n\t"),
  ])
  func whatIsPutIntoMarkupIsText(_ given: String, _ wanted: String) {
    #expect(text("<b title=\"\(given)\">\(given)</b>") == "<b title=\"\(wanted)\">\(wanted)</b>")
  }

  @Test(arguments: ["javascript:alert(1)", "data:text/html,x", " https://a", "//a", "JaVaScRiPt:x"])
  func onlyAddressesOfTheWebAreLinks(_ address: String) {
    #expect(text("<a href=\"\(link: address)\">") == "<a href=\"#\">")
  }

  @Test func anAddressKeepsWhatIsChosenAndLosesThePage() {
    let address = PageAddress("/x", [("a", "1"), ("b", "&=?"), ("page", "3")])
    #expect(address.text == "/x?a=1&b=%26%3D%3F&page=3")
    #expect(address.toggling("a", "2").text == "/x?a=1&b=%26%3D%3F&a=2")
    #expect(address.toggling("a", "1").text == "/x?b=%26%3D%3F")
    #expect(address.setting("b", nil).text == "/x?a=1")
  }

  @Test(arguments: [
    ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"), ("# A\n\ntext", "<h2>A</h2>\n<p>text</p>\n"),
    ("- one\n- **two**", "<ul><li>one</li><li><strong>two</strong></li></ul>\n"),
    ("[x](javascript:alert)", "<p><a href=\"#\" rel=\"noreferrer noopener\">x</a></p>\n"),
    ("[x](//evil.example)", "<p><a href=\"#\" rel=\"noreferrer noopener\">x</a></p>\n"),
    ("[x](/query)", "<p><a href=\"/query\">x</a></p>\n"), ("`a*b*` *c*", "<p><code>a*b*</code> <em>c</em></p>\n"),
    ("```\n<x>\n```", "<pre><code>&lt;x&gt;</code></pre>\n"), ("snake_case_name **", "<p>snake_case_name **</p>\n"),
  ])
  func markdownBecomesMarkupAndHTMLInItIsText(_ given: String, _ wanted: String) {
    #expect(text(Markdown.html(given)) == wanted)
  }

  @Test func theValueThatDecidedIsMarkedAndWhereItIsNotTheNearestThatIs() throws {
    let value = try JSONDocument.parse(#"{"a":{"b":[1,{"c":"<x>"}]},"d":null}"#).root
    #expect(
      text(DocumentView.show(value, marked: ["a.b[1].c"])).contains(
        "<mark class=\"line\">        <span class=\"k\">\"c\"</span>"))
    #expect(
      text(DocumentView.show(value, marked: ["a.z.y"])).contains(
        "<mark class=\"line\">  <span class=\"k\">\"a\"</span>"))
    #expect(!text(DocumentView.show(value)).contains("<x>"))
  }

  @Test func facetsCountWhatEachValueWouldGive() {
    let table = FacetTable(columns: [
      ("color", FacetColumn(["red", "red", "blue", "blue"])), ("size", FacetColumn(["s", "l", "s", "l"])),
    ])
    let choice = table.choose(PageAddress("/", [("color", "red"), ("size", "s")])) { _ in true }
    #expect(choice.rows == [0])
    #expect(table.values("color", choice).map { "\($0.value) \($0.count)" } == ["blue 1", "red 1"])
    #expect(table.values("size", choice).map { "\($0.value) \($0.count)" } == ["l 1", "s 1"])
    #expect(table.choose(PageAddress("/", [("color", "green")])) { _ in true }.rows.isEmpty)
  }

  @Test func anErrorOfAQueryIsFoundInTheTextAsTheBrowserCounts() throws {
    let text = "print '\u{1F600}'\n| wher 1"
    do {
      _ = try Query(text, catalog: Catalog())
      Issue.record("the query binds")
    } catch {
      #expect(QueryPage.offset(error, in: text) == 13)
      #expect(self.text(QueryPage.problem(error)).contains("^^^^"))
    }
  }

  @Test(arguments: ["{}", #"{"items":1}"#, #"{"resources":[{"type":"x/workbooks"}]}"#])
  func whatIsNoWorkbookIsRefused(_ json: String) throws {
    let root = try JSONDocument.parse(json).root
    #expect(throws: WorkbookError.self) { try Workbook(root, name: "x") }
  }

  @Test func aWorkbookIsReadFromATemplateOfAzure() throws {
    let inner =
      #"{"items":[{"type":1,"content":{"json":"hi"}},{"type":12,"content":{"items":[{"type":3,"content":{"query":"print 1"}}]}}]}"#
    let template = JSONDraft.object([
      (
        "resources",
        .array([
          .object([
            ("type", .string("microsoft.insights/workbooks")),
            ("properties", .object([("displayName", .string("Ours")), ("serializedData", .string(inner))])),
          ])
        ])
      )
    ]).document()
    let book = try Workbook(template.root, name: "x")
    #expect(book.title == "Ours" && book.items.count == 2)
    guard case .group(_, let items) = book.items[1].body, case .query(let query) = items[0].body else {
      Issue.record("the group is not read")
      return
    }
    #expect(query.text == "print 1")
  }
}

/// The lessons that ship, with their own answers.
enum Lessons {
  static func all() throws -> [(id: String, answer: String)] {
    try LessonEndpoints.lessons(ContentLibrary()).map { ($0.id, $0.answer) }
  }
}
