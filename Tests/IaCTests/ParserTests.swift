// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import IaC

@Suite struct ParserTests {
  private func parse(_ text: String) -> ParsedFile {
    DeepStack.run { Parser.file(Array(text.utf8), file: 0) }
  }

  @Test func blocksAndArgumentsKeepTheirPlaces() throws {
    let body = parse("# note\nresource \"a\" b {\n  x = 1 /* c */\n  y { z = [\n    2] }\n}\n").body
    let block = try #require(body.blocks.first)
    #expect(block.labels == ["a", "b"])
    #expect((block.place.line, block.place.column, block.place.byte) == (2, 1, 7))
    let x = try #require(block.body.attribute("x"))
    #expect((x.place.line, x.place.column) == (3, 3))
    let z = try #require(block.body.blocks("y").first?.body.attribute("z"))
    #expect((z.place.line, z.place.column) == (4, 7))
    guard case .tuple(let elements, _) = z.expression else { throw Diagnostic(.invalid, "no list", at: nil) }
    #expect(elements.first?.place.line == 5)
  }

  @Test(
    "Mistakes are reported where they are, with what is expected",
    arguments: [
      ("a {\n  b = \n}\n", 2, 7, "expected a value"),
      ("a {\n  b = [1, 2\n}\n", 3, 1, "']'"),
      ("a {\n  b = \"x\n}\n", 2, 7, "ends on its line"),
      ("a {\n  b = \"${1\"\n}\n", 2, 11, ""),
      ("a {\n  b = 1\n", 3, 1, "'}'"),
      ("a \"${x}\" {\n}\n", 1, 3, "plain text"),
      ("a {\n  b = <<EOT\nx\n", 2, 7, "not ended"),
      ("a {\n  b = \"\\q\"\n}\n", 2, 8, "escape"),
      ("a {\n  b = \"%{if true}x\"\n}\n", 2, 8, "endif"),
      ("a {\n  b = 1 c = 2\n}\n", 2, 9, "new line"),
      ("a { b = 1\n c = 2\n}\n", 1, 10, "one line"),
      ("a {\n  b = 1\n  b = 2\n}\n", 3, 3, "twice"),
      ("a {\n  b = f(1,\n}\n", 3, 1, "value"),
      ("a {\n  b = x..y\n}\n", 2, 9, "attribute"),
      ("a {\n  b = {for}\n}\n", 2, 11, "'='"),
      ("a {\n  b = 1 ? 2\n}\n", 2, 12, "':'"),
    ])
  func mistakes(text: String, line: UInt32, column: UInt32, word: String) throws {
    let diagnostic = try #require(parse(text).diagnostics.first)
    #expect((diagnostic.place?.line, diagnostic.place?.column) == (line, column), "\(diagnostic.message)")
    #expect(diagnostic.message.contains(word), "\(diagnostic.message)")
  }

  @Test func blocksAfterAMistakeAreRead() {
    let file = parse("a {\n  b = [\n}\nc {\n  d = 1\n}\ne {\n  f = ]\n}\ng {}\n")
    #expect(file.body.blocks.map(\.type) == ["c", "g"])
    #expect(file.diagnostics.count == 2)
  }

  @Test func aMissingNewLineIsReportedAndTheBlockRead() {
    let file = parse("a {\n  b = 1 c = 2\n  d { e = 3 }\n  f = 4 }\n")
    #expect(file.body.blocks.first?.body.attributes.map(\.name) == ["b", "c", "f"])
    #expect(file.diagnostics.count == 2)
  }

  @Test func deepNestingIsAnErrorAndNoOverflow() {
    for (open, close) in [
      ("[", "]"), ("(", ")"), ("{a=", "}"), ("f(", ")"), ("\"${", "}\""), ("!", ""), ("-", ""), ("1?1:", ""),
    ] {
      let text = "a = " + String(repeating: open, count: 20_000) + "1" + String(repeating: close, count: 20_000) + "\n"
      #expect(parse(text).diagnostics.contains { $0.code == .tooLarge }, "\(open)")
    }
    let blocks = String(repeating: "a {\n", count: 20_000)
    #expect(parse(blocks).diagnostics.contains { $0.code == .tooLarge })
    let sum = "a = 1" + String(repeating: "+1", count: 20_000) + "\n"
    #expect(parse(sum).diagnostics.contains { $0.code == .tooLarge })
    let directives = "a = <<E\n" + String(repeating: "%{if true}", count: 20_000) + "\nE\n"
    #expect(!parse(directives).diagnostics.isEmpty)
  }

  @Test func mutatedProgramsNeverCrashTheParser() {
    var random = SeededRandom(7)
    let alphabet = Array("{}[]()\"'$%~<>=!&|?:.,*/+-\\\n #aE0\u{0}\u{ff}".utf8)
    for seed in 0..<60 {
      let program = ProgramGenerator.program(seed: UInt64(seed)).files
      let source = Array((program["main.tf"] ?? "").utf8)
      for _ in 0..<20 {
        var bytes = source
        for _ in 0..<(1 + random.below(6)) where !bytes.isEmpty {
          let at = random.below(bytes.count)
          switch random.below(4) {
          case 0: bytes[at] = random.pick(alphabet)
          case 1: bytes.insert(random.pick(alphabet), at: at)
          case 2: bytes.remove(at: at)
          default: bytes.removeSubrange(at..<min(bytes.count, at + random.below(40)))
          }
        }
        let parsed = DeepStack.run { Parser.file(bytes, file: 0) }
        for diagnostic in parsed.diagnostics {
          #expect(Int(diagnostic.place?.byte ?? 0) <= bytes.count)
        }
      }
    }
  }

  @Test func cutProgramsNeverCrashTheParser() {
    let source = Array((ProgramGenerator.program(seed: 3).files["main.tf"] ?? "").utf8)
    for end in source.indices { _ = DeepStack.run { Parser.file(Array(source[..<end]), file: 0) } }
  }
}
