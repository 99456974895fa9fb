// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Files in a folder of their own, and `plumb` run in it.
struct CodeFolderRun: ~Copyable {
  let folder = scratch()

  init(_ files: [String: String]) throws {
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ text: String) throws {
    let path = folder + "/" + name
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  /// Runs a program in the folder.
  func shell(_ words: [String]) throws -> Run {
    let identity = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
    return try run("/bin/sh", ["-c", "cd \"$0\" && exec \"$@\"", folder] + words, identity)
  }

  func scan(_ arguments: [String]) throws -> Run { try shell([plumb, "scan"] + arguments) }

  func git(_ arguments: [String]) throws {
    let result = try shell(["git", "-c", "user.name=a", "-c", "user.email=a@example.org"] + arguments)
    try #require(result.status == 0, "\(result.complaint)")
  }

  func json(_ arguments: [String]) throws -> JSONValue {
    let result = try scan(arguments + ["--format", "json"])
    return try JSONDocument.parse(result.output).root
  }

  /// Findings of a check, in the order of their places.
  func findings(_ check: String, _ arguments: [String] = ["."]) throws -> [JSONValue] {
    func place(_ finding: JSONValue) -> (String, Int64) {
      (finding["file"]?.string ?? "", finding["line"]?.int64 ?? 0)
    }
    return try #require(try json(arguments)["findings"]).elements.filter { $0["checkId"]?.string == check }
      .sorted { place($0) < place($1) }
  }
}

/// `plumb scan FOLDER` as its users meet it.
@Suite struct CodeScanTests {
  /// A bucket without versions, on line `6` the value.
  static func bucket(_ name: String = "Logs", above: String = "", inside: String = "", beside: String = "") -> String {
    """
    Resources:
      First: {Type: AWS::SNS::Topic}
    \(above.isEmpty ? "" : "  \(above)\n")  \(name):
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration: {Status: Suspended}\(beside.isEmpty ? "" : " \(beside)")
    \(inside.isEmpty ? "" : "      \(inside)\n")  Last:
        Type: AWS::S3::Bucket
        Properties: {VersioningConfiguration: {Status: Suspended}}

    """
  }
  static let versioning = "aws.s3.versioning"

  @Test func `a fault is shown with place, excerpt, instances and the calls that lead to it`() throws {
    let inner = """
      Resources:
        Data:
          Type: AWS::S3::Bucket
          Properties:
            VersioningConfiguration:
              Status: Suspended
      """
    let outer = """
      Resources:
        One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/inner.yaml}}
        Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/inner.yaml}}
      """
    let code = try CodeFolderRun(["code/outer.yaml": outer, "code/parts/inner.yaml": inner])
    let text = try code.scan(["code"]).output
    let part = try #require(text.components(separatedBy: "aws.s3.versioning: 2 of 2").last)
    #expect(
      part.hasPrefix(
        """
         not as they should be
                 - code/parts/inner.yaml:6:17
                   2 instances:
                     One.AWS::S3::Bucket.Data (called from code/outer.yaml:2)
                     Two.AWS::S3::Bucket.Data (called from code/outer.yaml:3)
                   Versioning was never switched on, or is suspended.
                     4 |     Properties:
                     5 |       VersioningConfiguration:
                   > 6 |         Status: Suspended

        """), "\(part)")
    #expect(!text.contains("\u{1B}"))
    let findings = try code.findings(Self.versioning, ["code"])
    #expect(findings.map { $0["line"]?.int64 } == [6, 6])
    #expect(findings.map { $0["calledFrom"]?[0]?.string } == ["code/outer.yaml:2", "code/outer.yaml:3"])
  }

  @Test func `text of code cannot steer the terminal`() throws {
    let bucket = """
      {"Resources": {
        "A": {"Type": "AWS::S3::Bucket"} // \u{1B}]0;x\u{7} \u{202E}
      }}
      """
    let code = try CodeFolderRun(["a.json": bucket])
    let text = try code.scan(["."]).output
    #expect(text.contains("AWS::S3::Bucket\"} // \u{FFFD}]0;x\u{FFFD} \u{FFFD}"), "\(text)")
  }

  @Test(arguments: [
    ("# plumb:skip=aws.s3.versioning old", "", "", "old"), ("", "# plumb:skip=aws.s3.* all of it", "", "all of it"),
    ("", "", "# checkov:skip=CKV_AWS_21:old", "old"), ("# checkov:skip=CKV_AWS_18,CKV_AWS_21", "", "", ""),
    ("", "", "# trivy:ignore:* here", "here"), ("", "", "# tfsec:ignore:*:exp:2999-01-01", ""),
    ("", "Metadata_", "", "why"),
  ])
  func `comments and metadata suppress one resource's finding`(
    _ above: String, _ inside: String, _ beside: String, _ reason: String
  ) throws {
    var text = Self.bucket(above: above, inside: inside == "Metadata_" ? "" : inside, beside: beside)
    if inside == "Metadata_" {
      let metadata = "\n    Metadata: {checkov: {skip: [{id: CKV_AWS_21, comment: why}]}}"
      text = text.replacing("  Logs:", with: "  Logs:" + metadata)
    }
    let code = try CodeFolderRun(["a.yaml": text])
    let findings = try code.findings(Self.versioning)
    #expect(findings.map { $0["suppression"]?["reason"]?.string } == [reason, nil])
    #expect(findings.allSatisfy { $0["status"]?.string == "Unhealthy" })
  }

  @Test(arguments: [
    "# trivy:ignore:*:exp:2001-01-01", "# tfsec:ignore:*:ws:prod", "# checkov:skip=CKV_AWS_1", "# plumb:skip=aws.iam.*",
  ])
  func `what does not hold suppresses nothing`(_ comment: String) throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket(above: comment)])
    #expect(try code.findings(Self.versioning).allSatisfy { $0["suppression"] == nil })
  }

  @Test func `a comment of Trivy on another attribute leaves the finding`() throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket(inside: "BucketName: x # trivy:ignore:*")])
    #expect(try code.findings(Self.versioning).allSatisfy { $0["suppression"] == nil })
  }

  @Test func `the policy of a bucket suppresses by its own comment`() throws {
    let text = """
      Resources:
        Logs: {Type: AWS::S3::Bucket}
        Policy:
          # plumb:skip=aws.s3.public-policy a web site
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Logs
            PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "*"}]}
      """
    let code = try CodeFolderRun(["a.yaml": text])
    let finding = try #require(try code.findings("aws.s3.public-policy").first)
    #expect(finding["suppression"]?["reason"]?.string == "a web site", "\(finding)")
  }

  @Test func `Azure templates suppress by comments and by metadata`() throws {
    let text = """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
        {
          // checkov:skip=CKV_AZURE_3: old clients
          "type": "Microsoft.Storage/storageAccounts", "name": "a", "apiVersion": "2023-01-01",
          "metadata": {"checkov": [{"id": "CKV_AZURE_44", "comment": "older ones"}]},
          "properties": {"supportsHttpsTrafficOnly": false, "minimumTlsVersion": "TLS1_0"}
        }
      ]}
      """
    let code = try CodeFolderRun(["main.json": text])
    let https = try code.findings("azure.storage.secure-transfer")
    let tls = try code.findings("azure.storage.minimum-tls")
    #expect(https.map { $0["suppression"]?["reason"]?.string } == ["old clients"])
    #expect(tls.map { $0["suppression"]?["reason"]?.string } == ["older ones"])
  }

  @Test func `suppressed findings fail nothing and every format shows their reason`() throws {
    let config = "code:\n  skip:\n    - {check: 'aws.*', reason: not <ours> | yet}\n"
    let code = try CodeFolderRun(["a.yaml": Self.bucket(), "plumb.yaml": config])
    let arguments = [".", "--config", "plumb.yaml", "--fail-on", "low"]
    let table = try code.scan(arguments)
    #expect(table.status == 0)
    #expect(table.output.contains("not <ours> | yet (skip aws.*, plumb.yaml:3)"))
    #expect(table.output.contains("0 unhealthy"))
    let sarif = try JSONDocument.parse(code.scan(arguments + ["--format", "sarif"]).output).root
    let results = try #require(sarif["runs"]?[0]?["results"]).elements.map { $0 }
    #expect(!results.isEmpty)
    for result in results {
      #expect(result["suppressions"]?[0]?["kind"]?.string == "external")
      #expect(result["suppressions"]?[0]?["justification"]?.string?.hasPrefix("not <ours>") == true)
    }
    let junit = try code.scan(arguments + ["--format", "junit"]).output
    #expect(junit.contains("failures=\"0\"") && junit.contains("skipped message=\"suppressed: not &lt;ours&gt; | yet"))
    let markdown = try code.scan(arguments + ["--format", "markdown"]).output
    #expect(markdown.contains("not &#60;ours&#62; &#124; yet"))
    #expect(try code.scan(arguments + ["--format", "csv"]).output.contains("\"not <ours> | yet (skip aws.*,"))
    for format in ["github", "gitlab"] {
      let output = try code.scan(arguments + ["--format", format]).output
      #expect(!output.contains(Self.versioning), "\(output)")
    }
  }

  @Test func `ids that no check goes by are told`() throws {
    let text = Self.bucket(above: "# checkov:skip=CKV_NONE_1:x", beside: "# plumb:skip=azure.storage.firewall")
    let code = try CodeFolderRun(["a.yaml": text])
    let complaint = try code.scan(["."]).complaint
    #expect(complaint.contains("a.yaml:3:4: checkov:skip=CKV_NONE_1: no check goes by that id"), "\(complaint)")
    #expect(!complaint.contains("azure.storage.firewall"))
  }

  // MARK: Baseline and git

  @Test func `with a baseline only new findings fail, wherever they have moved`() throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket()])
    let written = try code.scan([".", "--write-baseline", "base.json", "--fail-on", "low"])
    #expect(written.status == 0)
    let before = try code.read("base.json")
    _ = try code.scan([".", "--write-baseline", "base.json"])
    #expect(try code.read("base.json") == before)

    let moved = "# a comment\n\n" + Self.bucket()
    try FileManager.default.removeItem(atPath: code.folder + "/a.yaml")
    try code.write("sub/b.yaml", moved)
    let arguments = [".", "--baseline", "base.json", "--fail-on", "low"]
    let same = try code.scan(arguments)
    #expect(same.status == 0, "\(same.output)")
    #expect(same.output.contains("in the baseline"))

    try code.write("sub/b.yaml", moved + "  New: {Type: AWS::S3::Bucket}\n")
    let more = try code.scan(arguments)
    #expect(more.status == 1)
    #expect(
      more.output.contains(" (new)\n           AWS::S3::Bucket.New\n") && !more.output.contains("S3::Bucket.Logs"))
    let states = try code.findings(Self.versioning, arguments).map { $0["baseline"]?.string }
    #expect(states.compactMap(\.self).sorted() == ["known", "known", "new"])
    let sarif = try JSONDocument.parse(code.scan(arguments + ["--format", "sarif"]).output).root
    let results = try #require(sarif["runs"]?[0]?["results"]).elements
    #expect(Set(results.compactMap { $0["baselineState"]?.string }) == ["new", "unchanged"])
  }

  @Test func `a JSON report is a baseline, and each of its findings counts once`() throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket()])
    try code.write("report.json", code.scan([".", "--format", "json"]).output)
    try code.write("b.yaml", Self.bucket())
    let states = try code.findings(Self.versioning, ["a.yaml", "b.yaml", "--baseline", "report.json"])
      .map { $0["baseline"]?.string }
    #expect(states == ["known", "known", "new", "new"])
  }

  @Test(arguments: [
    (["--baseline", "none.json"], "none.json: cannot be read"), (["--baseline", "a.yaml"], "--baseline a.yaml:"),
    (["--baseline", "empty.json"], "no list 'findings'"), (["--baseline", "live.json"], "has no fingerprint"),
    (["--changed-since", "main"], "is in no repository of git"), (["--changed-since=--output=x"], "name a commit"),
    (["--changed-since", "a", "--write-baseline", "b"], "leave one out"),
    (["--write-baseline", "no/such/folder"], "cannot be written"),
  ])
  func `options that cannot be used are named`(_ arguments: [String], _ part: String) throws {
    let code = try CodeFolderRun([
      "a.yaml": Self.bucket(), "empty.json": "{}",
      "live.json": "{\"findings\":[{\"checkId\":\"x\",\"status\":\"Unhealthy\"}]}",
    ])
    let result = try code.shell(
      ["/usr/bin/env", "GIT_CEILING_DIRECTORIES=" + NSTemporaryDirectory(), plumb, "scan", "a.yaml"] + arguments)
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(result.output.isEmpty)
  }

  @Test func `options of code are refused for clouds`() throws {
    let result = try run(plumb, ["scan", "aws", "--baseline", "x"])
    #expect(result.status == 2 && result.complaint.contains("--baseline belongs to scans of code"))
  }

  @Test func `only what changed since a commit is told`() throws {
    let code = try CodeFolderRun(["old.yaml": Self.bucket(), "edited.yaml": Self.bucket("Edited")])
    try code.git(["init", "-q", "-b", "main"])
    try code.git(["add", "-A"])
    try code.git(["commit", "-qm", "first"])
    try code.write("edited.yaml", Self.bucket("Edited") + "# more\n")
    try code.write("ny å.yaml", Self.bucket("New"))
    let files = try code.findings(Self.versioning, [".", "--changed-since", "main"]).map { $0["file"]?.string }
    #expect(files == ["edited.yaml", "edited.yaml", "ny å.yaml", "ny å.yaml"])
    try code.git(["add", "-A"])
    try code.git(["commit", "-qm", "second"])
    #expect(try code.findings(Self.versioning, [".", "--changed-since", "main"]).isEmpty)
    #expect(try code.findings(Self.versioning, [".", "--changed-since", "main~1"]).count == 4)
    let unknown = try code.scan([".", "--changed-since", "nothing"])
    #expect(unknown.status == 2 && unknown.complaint.contains("no such commit, branch or tag"))
  }

  // MARK: Formats

  @Test func `fingerprints stay when lines move, and differ between instances`() throws {
    func prints(_ text: String) throws -> [String] {
      let code = try CodeFolderRun(["a.yaml": text, "b.yaml": text])
      let sarif = try JSONDocument.parse(code.scan([".", "--format", "sarif"]).output).root
      return try #require(sarif["runs"]?[0]?["results"]).elements.compactMap {
        $0["partialFingerprints"]?["primaryLocationLineHash"]?.string
      }
    }
    let first = try prints(Self.bucket())
    #expect(!first.isEmpty && Set(first).count == first.count)
    #expect(try prints("# moved\n" + Self.bucket()) == first)
  }

  @Test func `annotations of GitHub are escaped`() throws {
    let code = try CodeFolderRun(["a,b:c%d.yaml": Self.bucket()])
    let lines = try code.scan([".", "--format", "github"]).output.split(separator: "\n")
    let line = try #require(lines.first { $0.contains(Self.versioning) })
    #expect(
      line.hasPrefix(
        "::warning file=a%2Cb%3Ac%25d.yaml,line=6,col=41,title=Bucket keeps old versions of objects (aws.s3.versioning)::"
      )
    )
    #expect(line.hasSuffix("%0AAWS::S3::Bucket.Logs"))
    #expect(lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::warning ") || $0.hasPrefix("::notice ") })
  }

  @Test func `GitLab gets a list with one fingerprint each`() throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket(), "b.yaml": Self.bucket()])
    let list = try JSONDocument.parse(code.scan([".", "--format", "gitlab"]).output).root.elements.map { $0 }
    let ours = list.filter { $0["check_name"]?.string == Self.versioning }
    #expect(ours.count == 4)
    #expect(Set(list.compactMap { $0["fingerprint"]?.string }).count == list.count)
    #expect(Set(ours.compactMap { $0["location"]?["path"]?.string }) == ["a.yaml", "b.yaml"])
    #expect(Set(ours.compactMap { $0["location"]?["lines"]?["begin"]?.int64 }) == [6, 9])
    #expect(ours.first?["severity"]?.string == "major")
  }

  @Test func `Markdown has nothing that code could make of it`() throws {
    let text = "Resources:\n  \"x|`<b>@all[y](z)\": {Type: AWS::S3::Bucket}\n"
    let code = try CodeFolderRun(["a.yaml": text])
    let markdown = try code.scan([".", "--format", "markdown"]).output
    #expect(markdown.contains("x&#124;&#96;&#60;b&#62;&#64;all&#91;y&#93;(z)"), "\(markdown)")
    let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| medium") }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.count(where: { $0 == "|" }) == 5 })
  }

  @Test func `the CSV names the place`() throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket()])
    let lines = try code.scan([".", "--format", "csv"]).output.components(separatedBy: "\r\n")
    #expect(lines[0].hasSuffix(",place,address,calledFrom,suppression"))
    #expect(lines.contains { $0.contains(Self.versioning) && $0.hasSuffix(",a.yaml:6:41,AWS::S3::Bucket.Logs,,") })
  }

  // MARK: Configuration and coverage

  @Test func `paths are excluded, and folders that hold no code of the user's own`() throws {
    let files = [
      "a.yaml", "examples/b.yaml", "deep/examples/c.yaml", "deep/x.test.yaml", ".hidden/d.yaml", "node_modules/e.yaml",
      ".terraform/f.yaml", "keep/g.yaml",
    ]
    let code = try CodeFolderRun(Dictionary(uniqueKeysWithValues: files.map { ($0, Self.bucket()) }))
    try code.write("plumb.yml", "code: {exclude: [examples/, plumb.yml], failOn: low}\n")
    let arguments = [".", "--config", "plumb.yml", "--exclude-path", "deep/*.test.yaml"]
    let found = Set(try code.findings(Self.versioning, arguments).compactMap { $0["file"]?.string })
    #expect(found == ["a.yaml", "keep/g.yaml"])
    #expect(try code.scan(arguments).status == 1)
  }

  @Test(arguments: [
    ("code: {skip: [{check: x}]}", "'reason' is missing"), ("code: {skip: [{check: x, reason: ' '}]}", "say why"),
    ("code: {skp: []}", "unknown key 'skp'"), ("code: {failOn: hihg}", "did you mean 'high'?"),
  ])
  func `a section that cannot be used is named with its place`(_ text: String, _ part: String) throws {
    let code = try CodeFolderRun(["a.yaml": Self.bucket(), "plumb.yml": text + "\n"])
    let result = try code.scan(["a.yaml", "--config", "plumb.yml"])
    #expect(result.status == 2)
    #expect(result.complaint.contains("plumb.yml:1:") && result.complaint.contains(part), "\(result.complaint)")
  }

  @Test func `what could not be followed is counted, the first few are named, or all`() throws {
    let names = (1...5).map { "P\($0): {Type: String}" }.joined(separator: ", ")
    let template =
      "Parameters: {\(names)}\nResources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: no.yaml}}\n"
    let code = try CodeFolderRun(["a.yaml": template, "broken.yaml": "Resources: ["])
    let result = try code.scan(["."])
    #expect(result.status == 2)
    #expect(result.output.contains("1 module not expanded\n    a.yaml:3:3: N: the template 'no.yaml' is not in"))
    #expect(result.output.contains("5 variables without a value") && result.output.contains("and 2 more; --coverage"))
    #expect(result.output.contains("1 file not read\n    broken.yaml:"))
    #expect(!result.output.contains("P5"))
    #expect(try code.scan([".", "--coverage"]).output.contains("P5: the parameter 'P5' has no value"))
    let coverage = try #require(try code.json(["."])["scan"]?["coverage"])
    #expect(coverage["variable"]?["count"]?.int64 == 5)
    #expect(coverage["variable"]?["first"]?.count == 3)
    #expect(try code.json([".", "--coverage"])["scan"]?["coverage"]?["variable"]?["first"]?.count == 5)
    let quiet = try code.scan([".", "--format", "gitlab"])
    #expect(quiet.complaint.contains("5 variables without a value"))
  }
}
