// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Testing

private func parse(_ text: String) throws(ContentError) -> YAMLDocument {
  try YAMLDocument(parsing: Array(text.utf8), path: "a.yaml")
}

@Suite struct YAMLTests {
  @Test(arguments: [
    ("a: 1", #"{"a":1}"#), ("a: -7", #"{"a":-7}"#), ("a: 0x1F", #"{"a":31}"#), ("a: 0.5", #"{"a":0.5}"#),
    ("a: 012345678901", #"{"a":"012345678901"}"#), ("a: 2012-10-17", #"{"a":"2012-10-17"}"#),
    ("a: yes", #"{"a":"yes"}"#), ("a: True", #"{"a":true}"#), ("a: 'true'", #"{"a":"true"}"#),
    ("a: ~", #"{"a":null}"#), ("a:", #"{"a":null}"#), ("a: '*'", #"{"a":"*"}"#), ("a: 1.2.3", #"{"a":"1.2.3"}"#),
    ("a: \"x\\u00e9\\n\"", "{\"a\":\"xé\\n\"}"), ("- 1\n- [2, {b: c}]", #"[1,[2,{"b":"c"}]]"#),
    ("a: |\n  x\n  y\n", #"{"a":"x\ny\n"}"#), ("a: >-\n  x\n  y\n", #"{"a":"x y"}"#), ("", "null"),
    ("a: &x {b: 1}\nc: *x", #"{"a":{"b":1},"c":{"b":1}}"#), ("a: 1e400", #"{"a":"1e400"}"#),
  ])
  func scalarsFollowTheCoreSchema(yaml: String, json: String) throws {
    #expect(try parse(yaml).root.text == json)
  }

  @Test(arguments: [
    ("a: 1\na: 2", ContentError.Code.duplicateKey, 2, 1), ("a: [1", .syntax, 2, 1), ("a: !tag 1", .syntax, 1, 4),
    ("a: 1\n---\nb: 2", .syntax, 2, 1), ("a: *x", .syntax, 1, 4), ("a: &x {b: 1}\nc:\n  <<: *x", .syntax, 3, 3),
    ("? [a]\n: 1", .syntax, 1, 3), ("a: {b: 1\nc: 2", .syntax, 2, 2),
  ])
  func brokenTextNamesItsPlace(yaml: String, code: ContentError.Code, line: Int, column: Int) {
    let error = #expect(throws: ContentError.self) { try parse(yaml) }
    #expect(error?.code == code)
    #expect(error?.location.line == line)
  }

  @Test func aliasesThatMultiplyAreRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let list = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    let error = #expect(throws: ContentError.self) { try parse(text) }
    #expect(error?.code == .tooLarge)
  }

  @Test func anAliasOfItselfIsRefused() {
    let error = #expect(throws: ContentError.self) { try parse("a: &a [*a]") }
    #expect(error?.code == .tooLarge)
  }

  @Test func nestingIsBounded() {
    let text = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(throws: ContentError.self) { try parse(text) }
  }

  @Test func everyValueKnowsItsPlace() throws {
    let document = try parse("a: 1\nb:\n  - c: x\n    d: [1, 2]\n")
    let place = try document.location(of: #require(JSONPath("b[0].d[1]")))
    #expect(place.description == "a.yaml:4:12")
    #expect(try document.location(of: #require(JSONPath("b[0].zz"))).description == "a.yaml:3:5")
  }

  @Test func keysAreCheckedWithASuggestion() throws {
    let node = try parse("title: x\nseverty: high\n").node
    let error = #expect(throws: ContentError.self) { try node.allow(["title", "severity"]) }
    #expect(error?.description == "a.yaml:2:1: unknown key 'severty'; did you mean 'severity'?")
  }

  @Test(arguments: [
    ("a: 1", "a.yaml:1:4: expected a text, found a number"), ("b: 1", "a.yaml:1:1: 'a' is missing"),
    ("[1]", "a.yaml:1:1: expected a mapping, found a list"),
  ])
  func typesAreChecked(yaml: String, message: String) throws {
    let node = try parse(yaml).node
    let error = #expect(throws: ContentError.self) { try node.require("a").text }
    #expect(error?.description == message)
  }
}

@Suite struct ContentLibraryTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Content")

  @Test func everyFileOfContentIsEmbedded() throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.root.path)
    let wanted = paths.filter { path in
      let name = path.split(separator: "/").last ?? ""
      return [".yaml", ".json", ".csv", ".kql", ".txt", ".css", ".js", ".svg"].contains { path.hasSuffix($0) }
        && !name.hasPrefix(".")
        && !name.hasPrefix("_")
    }
    #expect(Set(wanted) == Set(ContentLibrary.embeddedPaths), "run make content")
  }

  @Test func embeddedBytesAreTheFiles() throws {
    for file in try ContentLibrary().files(under: "checks") {
      let data = try Data(contentsOf: Self.root.appending(path: file.path))
      #expect(Array(data) == file.bytes, "\(file.path)")
    }
  }

  @Test func aFolderOverridesAndExtends() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "checks/aws/kms"), withIntermediateDirectories: true)
    try Data("x: 1".utf8).write(to: folder.appending(path: "checks/aws/kms/key-rotation.yaml"))
    try Data("x: 2".utf8).write(to: folder.appending(path: "checks/aws/kms/own.yaml"))
    let library = ContentLibrary(overrides: [folder.path])
    let files = try library.files(under: "checks/aws/kms")
    #expect(files.map(\.path).contains("checks/aws/kms/own.yaml"))
    #expect(files.first { $0.path.hasSuffix("key-rotation.yaml") }.map { $0.bytes } == Array("x: 1".utf8))
    #expect(files.map(\.path) == files.map(\.path).sorted())
    #expect(try library.file(at: "checks/aws/kms/own.yaml") != nil)
    #expect(try library.file(at: "checks/aws/kms/none.yaml") == nil)
  }

  @Test func aMissingFolderIsAnError() {
    let error = #expect(throws: ContentError.self) {
      try ContentLibrary(overrides: ["/nonexistent-content"]).files(under: "checks")
    }
    #expect(error?.code == .unreadable)
  }
}
