// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IaC

@Suite struct HostileCodeTests: Scanning {
  @Test(
    "Hostile code ends in a clear error",
    arguments: [
      (
        "locals {\n  a = local.b\n  b = local.a\n}\noutput \"o\" {\n  value = local.a\n}\n", Diagnostic.Code.cycle,
        "local.a -> local.b -> local.a"
      ),
      ("module \"m\" {\n  source = \"./\"\n}\n", .cycle, "calls itself"),
      ("resource \"a_b\" \"c\" {\n  count = 1000000000\n}\n", .tooLarge, "count"),
      ("output \"o\" {\n  value = file(\"../../../../etc/passwd\")\n}\n", .file, "outside"),
      ("output \"o\" {\n  value = file(\"/etc/passwd\")\n}\n", .file, "outside"),
      ("output \"o\" {\n  value = fileset(\"..\", \"**\")\n}\n", .file, "outside"),
      ("output \"o\" {\n  value = templatefile(\"/etc/hostname\", {})\n}\n", .file, "outside"),
      ("output \"o\" {\n  value = nothing(1)\n}\n", .undeclared, "nothing"),
      ("output \"o\" {\n  value = uper(1)\n}\n", .undeclared, "did you mean 'upper'"),
      ("output \"o\" {\n  value = aws_x.nowhere.id\n}\n", .undeclared, "aws_x.nowhere"),
      ("output \"o\" {\n  value = setproduct(range(1000), range(1000), range(1000))\n}\n", .tooLarge, "2000000"),
      ("variable \"v\" {\n  type = lst(string)\n}\n", .invalid, "lst"),
      ("resorce \"a\" \"b\" {}\n", .invalid, "resorce"),
      ("resource \"a_b\" {}\n", .invalid, "2 labels"),
      ("resource \"a_b\" \"c\" {}\nresource \"a_b\" \"c\" {}\n", .invalid, "second time"),
      ("resource \"a_b\" \"c\" {\n  d = a_b.c.e\n}\n", .cycle, "a_b.c -> a_b.c"),
      (
        "variable \"v\" {\n  type = number\n  default = \"x\"\n}\noutput \"o\" {\n  value = var.v\n}\n", .evaluation,
        "number"
      ),
      ("output \"o\" {\n  value = 1 / 0\n}\n", .evaluation, "zero"),
    ])
  func hostile(text: String, code: Diagnostic.Code, word: String) throws {
    let result = try scan(["main.tf": text])
    #expect(
      result.diagnostics.contains { $0.code == code && $0.message.contains(word) && $0.place != nil },
      "\(messages(result))")
  }

  @Test func valuesThatGrowByDoublingEndInAnError() throws {
    var locals = "locals {\n  s0 = \"0123456789\"\n  l0 = [1, 2]\n  t0 = { a = 1 }\n"
    for index in 1...60 {
      locals += "  s\(index) = \"${local.s\(index - 1)}${local.s\(index - 1)}\"\n"
      locals += "  l\(index) = [local.l\(index - 1), local.l\(index - 1)]\n"
      locals += "  t\(index) = { a = local.t\(index - 1), b = local.t\(index - 1) }\n"
    }
    let result = try scan([
      "main.tf": locals
        + "}\noutput \"o\" {\n  value = [local.s60, local.l60, local.t60]\n}\noutput \"p\" {\n  value = local.l60\n}\noutput \"q\" {\n  value = local.t60\n}\n"
    ])
    #expect(result.diagnostics.filter { $0.code == .tooLarge }.count >= 3, "\(messages(result))")
  }

  @Test func longChainsOfLocalsEndInAValueOrAnError() throws {
    let chain = (1...5000).map { "  a\($0) = local.a\($0 - 1) + 1\n" }.joined()
    let result = try scan([
      "main.tf":
        "locals {\n  a0 = 0\n\(chain)}\noutput \"o\" {\n  value = local.a5000\n}\noutput \"p\" {\n  value = local.a300\n}\n"
    ])
    #expect(result.diagnostics.contains { $0.code == .tooLarge })
    let p = try #require(result.roots.first?.outputs.last)
    #expect(p.value.number?.int == 300)
  }

  @Test func whatIsNotDeclaredLeavesTheRestOfAValueKnown() throws {
    let result = try scan([
      "main.tf":
        "resource \"aws_x\" \"a\" {\n  p = jsonencode({ a = aws_y.b.arn, c = \"d\" })\n  q = aws_y.b[0].id\n}\n"
    ])
    let a = try resource(result, "aws_x.a")
    guard case .json(let twin) = a.body.value("p")?.unknown?.twin else {
      throw Diagnostic(.invalid, "no twin", at: nil)
    }
    #expect(twin.members?["c"]?.string == "d")
    #expect(twin.members?["a"]?.unknown?.identity == Reference(.resource, "aws_y.b", path: ".arn"))
    #expect(a.body.value("q")?.unknown?.identity == Reference(.resource, "aws_y.b", path: "[0].id"))
    #expect(result.diagnostics.map(\.code) == [.undeclared, .undeclared])
  }

  @Test func linksOutOfTheFolderAreNotFollowed() throws {
    let folder = try TemporaryFolder(["main.tf": "output \"o\" {\n  value = file(\"link\")\n}\n"])
    try #require(symlink("/etc/passwd", folder.path + "/link") == 0)
    try #require(symlink("/etc/hostname", folder.path + "/other.tf") == 0)
    let result = try TerraformRun.scan(folder.path)
    #expect(result.diagnostics.map(\.code) == [.file], "\(messages(result))")
  }

  @Test func oneBadFileLeavesTheOthers() throws {
    let result = try scan([
      "a.tf": "resource \"a_b\" \"c\" {\n  d = [\n", "b.tf": "resource \"a_b\" \"e\" {}\n", "c.tf.json": "{",
    ])
    #expect(result.roots[0].resources.map(\.address) == ["a_b.e"])
    #expect(result.diagnostics.map(\.code) == [.syntax, .syntax])
  }

  @Test func mutatedProgramsNeverCrashTheEvaluator() throws {
    var random = SeededRandom(11)
    let words = [
      "local.", "null", "each.value", "count.index", "[*]", "...", "{}", "[]", "jsonencode(", ")", "for", "\"\"",
      "var.v1", "1e400", "try(",
    ]
    for seed in 0..<25 {
      let folder = try TemporaryFolder()
      for copy in 0..<4 {
        for (name, text) in ProgramGenerator.program(seed: UInt64(seed)).files {
          var parts = text.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
          for _ in 0..<3 { parts[random.below(parts.count)] = random.pick(words) }
          try folder.write("p\(copy)/\(name)", parts.joined(separator: " "))
        }
      }
      _ = try TerraformRun.scan(folder.path)
    }
  }
}
