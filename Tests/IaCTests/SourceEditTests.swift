// SPDX-License-Identifier: Apache-2.0
import IaC
import Testing

/// Literals of code are changed where they stand, and nothing else is.
struct SourceEditTests {
  /// The text with the literal at the mark `^` changed; nil where it is left alone.
  private static func changed(_ marked: String, _ path: String, _ old: CodeLiteral, _ new: CodeLiteral) -> String? {
    let before = marked.prefix { $0 != "^" }
    let text = marked.replacing("^", with: "")
    let line = before.count(where: { $0 == "\n" }) + 1
    let column =
      before.utf8.count
      - (before.lastIndex(of: "\n").map { before.utf8.distance(from: before.startIndex, to: $0) + 1 } ?? 0) + 1
    var edits = SourceEdits(SourceText(Array(text.utf8), path: path))
    let place = CodePlace(path: path, line: line, column: column)
    guard edits.replace(at: place, old, with: new) else { return nil }
    return String(decoding: edits.text, as: UTF8.self)
  }

  @Test(arguments: [
    ("a: ^false # why\n", "a.yaml", "a: true # why\n"), ("a: {b: ^False, c: 1}", "a.yaml", "a: {b: true, c: 1}"),
    ("a: ^\"false\"\n", "a.yaml", "a: \"true\"\n"), ("{\"a\": ^false}", "a.json", "{\"a\": true}"),
    ("{\"a\": ^\"false\", \"b\": 1}", "a.json", "{\"a\": \"true\", \"b\": 1}"),
    ("r {\n  ^a = false\n}\n", "a.tf", "r {\n  a = true\n}\n"),
    ("r {\n  a   = ^false // x\n}\n", "a.tf", "r {\n  a   = true // x\n}\n"),
    ("r { ^a=false }", "a.tf", "r { a=true }"),
  ])
  func `a truth value is turned`(_ text: String, _ path: String, _ expected: String) {
    #expect(Self.changed(text, path, .bool(false), .bool(true)) == expected)
  }

  @Test(arguments: [
    ("a: ^!Ref X\n", "a.yaml"), ("a: ^falsehood\n", "a.yaml"), ("a: ^false or not\n", "a.yaml"),
    ("r {\n  ^a = var.x\n}\n", "a.tf"), ("r {\n  ^a = false || var.x\n}\n", "a.tf"),
    ("r {\n  ^a = \"${false}\"\n}\n", "a.tf"), ("{\"a\": ^\"[parameters('x')]\"}", "a.json"), ("a: 1^", "a.yaml"),
  ])
  func `what is no literal of that value is left alone`(_ text: String, _ path: String) {
    #expect(Self.changed(text, path, .bool(false), .bool(true)) == nil)
  }

  @Test(arguments: [
    ("a: ^Off\n", "a.yaml", CodeLiteral.text("Enabled"), "a: Enabled\n"),
    ("a: ^Off\n", "a.yaml", .text("1.2"), "a: \"1.2\"\n"),
    ("a: ^Off\n", "a.yaml", .text("yes"), "a: \"yes\"\n"), ("a: ^'Off'\n", "a.yaml", .text("On x"), "a: 'On x'\n"),
    ("{\"a\": ^\"Off\"}", "a.json", .bool(true), "{\"a\": \"true\"}"), ("a: ^Off\n", "a.yaml", .number("7"), "a: 7\n"),
    ("a {\n  ^b = \"Off\"\n}", "a.tf", .text("On"), "a {\n  b = \"On\"\n}"),
  ])
  func `texts are quoted as the language asks for`(
    _ text: String, _ path: String, _ new: CodeLiteral, _ expected: String
  ) {
    #expect(Self.changed(text, path, .text("Off"), new) == expected)
  }

  @Test(arguments: ["a\"b", "a'b", "a\\b", "${x}", "%{x}", "a\nb"])
  func `what would need escapes is not written`(_ text: String) {
    for (code, path) in [("a: ^Off\n", "a.yaml"), ("{\"a\": ^\"Off\"}", "a.json"), ("a {\n  ^b = \"Off\"\n}", "a.tf")] {
      #expect(Self.changed(code, path, .text("Off"), .text(text)) == nil)
    }
  }

  @Test func `one place takes one value`() {
    var edits = SourceEdits(SourceText(Array("a: false\n".utf8), path: "a.yaml"))
    let place = CodePlace(path: "a.yaml", line: 1, column: 4)
    let taken = [.bool(true), .bool(true), .text("x")].map { edits.replace(at: place, .bool(false), with: $0) }
    #expect(taken == [true, true, false])
    #expect(edits.text == Array("a: true\n".utf8))
  }
}
