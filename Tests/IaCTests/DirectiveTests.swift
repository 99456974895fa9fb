// SPDX-License-Identifier: Apache-2.0
import IaC
import Testing

/// Comments that suppress findings, and the lines that they are about.
struct DirectiveTests {
  private static func directives(_ text: String, _ path: String) -> [CodeDirective] {
    CodeDirective.all(in: SourceText(Array(text.utf8), path: path), path: path)
  }

  @Test(arguments: [
    ("# plumb:skip=aws.s3.versioning kept elsewhere", "a.yaml", ["plumb aws.s3.versioning 'kept elsewhere'"]),
    ("x: 1 # checkov:skip=CKV_AWS_18:no logs", "a.yaml", ["checkov CKV_AWS_18 'no logs'"]),
    ("# checkov:skip=CKV_AWS_18,CKV2_AWS_6: both", "a.tf", ["checkov CKV_AWS_18 'both'", "checkov CKV2_AWS_6 'both'"]),
    ("//bridgecrew:skip=CKV_AZURE_3", "a.tf", ["checkov CKV_AZURE_3 ''"]),
    ("{ /* checkov:skip=CKV_AZURE_3: old clients */ }", "a.json", ["checkov CKV_AZURE_3 'old clients'"]),
    (
      "#tfsec:ignore:aws-s3-enable-bucket-logging tfsec:ignore:aws-s3-enable-versioning", "a.tf",
      ["tfsec aws-s3-enable-bucket-logging ''", "tfsec aws-s3-enable-versioning ''"]
    ),
    ("#trivy:ignore:AVD-AWS-0086 meant to be", "a.tf", ["trivy AVD-AWS-0086 'meant to be'"]),
    ("#trivy:ignore:AWS-0086:exp:2027-01-31", "a.tf", ["trivy AWS-0086 '' until 2027-01-31"]),
    ("#tfsec:ignore:x:ws:prod", "a.tf", ["tfsec x '' where workspace prod"]),
    ("#trivy:ignore:x[name=a]", "a.tf", ["trivy x '' where [name=a]"]),
    ("a: 'plumb:skip=x # no comment'", "a.yaml", []), ("a = \"# plumb:skip=x\"", "a.tf", []),
    ("a = <<EOT\n# plumb:skip=x\nEOT\n", "a.tf", []), ("# plumb:skip=", "a.tf", []),
  ])
  func `every tool's comment is read`(_ text: String, _ path: String, _ expected: [String]) {
    let found = Self.directives(text, path).map { directive in
      "\(directive.tool) \(directive.id) '\(directive.reason)'"
        + (directive.lastDay.map { " until \($0)" } ?? "") + (directive.condition.map { " where \($0)" } ?? "")
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    // Above a block, on it, on an attribute, above one, behind the last one.
    ("Resources:\n  # plumb:skip=x\n  A:\n    Type: T\n  B: {}\n", "a.yaml", 3...4),
    ("Resources:\n  A: # plumb:skip=x\n    Type: T\n    L:\n    - 1\n  B: {}\n", "a.yaml", 2...5),
    ("A:\n  P: 1 # plumb:skip=x\n  Q: 2\n", "a.yaml", 2...2),
    ("A:\n  # plumb:skip=x\n  P:\n    Q: 2\n  R: 1\n", "a.yaml", 3...4),
    ("resource a b {\n  # plumb:skip=x\n  ingress {\n    p = 1\n  }\n  q = 2\n}\n", "a.tf", 3...5),
    ("# plumb:skip=x\nresource a b {\n  p = \"}\"\n  q = \"${f(\"{\")}\"\n}\nr {}\n", "a.tf", 2...5),
    ("/* plumb:skip=x\n*/\na {\n  b = <<-E\n  }\n  E\n}\n", "a.tf", 3...7),
    ("[\n  // plumb:skip=x\n  {\n    \"a\": [1]\n  }, {\n    \"b\": 2\n  }\n]\n", "a.json", 3...5),
  ])
  func `a comment is about a whole block`(_ text: String, _ path: String, _ lines: ClosedRange<Int>) throws {
    let directive = try #require(Self.directives(text, path).first)
    #expect(directive.scope == lines)
  }

  @Test(arguments: [
    ("A:\n  P: 1\n  # plumb:skip=x\nB:\n  Q: 1\n", "a.yaml"), ("# plumb:skip=x\n\nA: 1\n", "a.yaml"),
    ("# plumb:skip=x\n\nresource a b {\n}\n", "a.tf"), ("# plumb:skip=x", "a.tf"),
  ])
  func `a comment at the end of a block, or apart, is above nothing`(_ text: String, _ path: String) throws {
    let directive = try #require(Self.directives(text, path).first)
    #expect(directive.scope == nil)
  }

  @Test func `a comment at the end of a block lies in it`() {
    let text = SourceText(Array("A:\n  P: 1\n  # x\n  # y\nB:\n  Q: 1\n".utf8), path: "a.yaml")
    #expect(text.block(at: 1) == 1...4)
    #expect(text.sibling(of: 5, holding: 2) == 1)
  }

  @Test(arguments: [
    String(repeating: "\"${", count: 100_000), String(repeating: "{", count: 100_000),
    String(repeating: "/*", count: 50_000), "a = <<", "<<A", "\"\\", "\"\\\n", "/", "/*", "{\"a", "\u{0}\n\u{0}",
    String(repeating: "}\n", count: 1000), "a: \"\n'\n# plumb:skip=x", "",
  ])
  func `broken and hostile text ends`(_ text: String) {
    for path in ["a.tf", "a.json", "a.yaml"] {
      let source = SourceText(Array(text.utf8), path: path)
      for line in [0, 1, source.lineCount, source.lineCount + 1] {
        _ = source.block(at: line)
        _ = source.sibling(of: 1, holding: line)
        _ = source.line(line)
      }
      _ = CodeDirective.all(in: source, path: path)
    }
  }
}
