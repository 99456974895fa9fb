// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: [
    (["query", "resorces | count"], "did you mean 'resources'"),
    (["query", "resources | wher x"], "line 1, column 13"),
    (["scan", "aws", "./Sources"], "in two runs"),
    (["scan", "mars"], "there is nothing to scan named 'mars'"), (["scan", "asw"], "did you mean 'aws'?"),
    (["scan", "aws", "--regions", ","], "--regions: no region is named"),
    (["scan", "aws", "--regions", "eu_west_1"], "'eu_west_1' is no AWS region"),
    (["scan", "aws", "--only", "s33"], "--only: there is no service or type 's33'; did you mean 's3'?"),
    (["scan", "aws", "--exclude", "aws::s3::bukcet"], "did you mean 'aws::s3::bucket'?"),
    (["scan", "aws", "--accounts", "12"], "'12' is no account id"),
    (["scan", "aws", "--role-name", "audit"], "--role-name needs --organization or --accounts"),
    (["scan", "aws", "--requests-per-second", "0"], "give 0.1 to 10000"),
    (["scan", "aws", "--fail-on", "hgih"], "'low', 'medium', 'high' or 'critical'"),
    (["scan", "aws", "--formt", "json"], "Did you mean '--format'?"), (["scan"], "Missing expected argument"),
    (["scan", "aws", "--data", ""], "--data is empty"),
    (["connect", "gcp", "--print-policy", "--form", "bicep"], "Google Cloud takes json or terraform"),
    (["check", "show", "aws.s3.nothing"], "there is no check"),
    (["check", "list", "--format", "sarif"], "table, json, ndjson or csv"),
    (["query", "resources", "--as-of", "soon"], "--as-of soon"),
    (["scn", "aws", "--data", "x"], "did you mean 'scan'?"),
    (["frobnicate"], "plumb --help names those there are"),
    (["check", "list", "--content", "/nowhere"], "there is no such folder"),
  ])
  func badInputGetsOneMessageAndCodeTwo(_ arguments: [String], _ part: String) throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let result = try run(plumb, arguments, ["PLUMB_DATA": data])
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [
    ("failOn: hihg", ":1:9: 'hihg' is not known here; did you mean 'high'?"),
    (
      "format: xml",
      ":1:9: 'xml' is not known here; one of table, json, ndjson, csv, sarif, ocsf, junit, github, gitlab, markdown"
    ),
    ("# mine\nfrmat: json", ":2:1: unknown key 'frmat'; did you mean 'format'?"),
    ("regions: 3", ":1:10: expected a text, found a number"), ("failOn: 3", ":1:9: expected a text, found a number"),
    ("regions: [eu-west-1, west]", ":1:22: 'west' is no AWS region"), ("regions: []", "regions' has none"),
    ("data: [x]", ":1:7: expected a text, found a list"), ("data: ''", ":1:7: 'data' is empty"),
    ("profile: {}", ":1:10: expected a text, found a mapping"),
    ("content: /nowhere", "/nowhere: there is no such folder"), ("a: [1", ":2:1: not valid YAML"),
    ("- aws", ":1:1: expected a mapping, found a list"), ("format: csv\nformat: json", ":2:1:"),
  ])
  func aBadConfigurationIsNamedWithItsPlace(_ text: String, _ part: String) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try (text + "\n").write(toFile: folder + "/plumb.yaml", atomically: true, encoding: .utf8)
    let arguments = ["scan", "aws", "--config", folder + "/plumb.yaml"]
    let result = try run(plumb, arguments, ["PLUMB_DATA": folder + "/data", "AWS_ENDPOINT_URL": "http://127.0.0.1:9"])
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
    #expect(result.complaint.split(separator: "\n").count == 1)
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [
    ["--help"], ["scan", "--help"], ["query", "--help"], ["ingest", "--help"], ["check", "--help"],
    ["check", "list", "--help"], ["check", "show", "--help"], ["check", "test", "--help"], ["connect", "--help"],
  ])
  func everyCommandHelpsWithExamples(_ arguments: [String]) throws {
    let result = try run(plumb, arguments)
    #expect(result.status == 0)
    #expect(result.output.contains("Examples:\n  plumb "), "\(result.output)")
    #expect(result.complaint.isEmpty)
  }

  @Test func aScanWithoutCredentialsSaysHowToGiveThem() throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let result = try run(
      plumb, ["scan", "aws"], ["PLUMB_DATA": data, "AWS_EC2_METADATA_DISABLED": "true", "HOME": data])
    #expect(result.status == 2)
    #expect(result.complaint.contains("AWS_ACCESS_KEY_ID"))
  }

  @Test func aScanWithoutNetworkSaysWhereItTried() throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    var environment = credentials
    environment["PLUMB_DATA"] = data
    environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    let result = try run(plumb, ["scan", "aws", "--regions", "us-east-1"], environment)
    #expect(result.status == 2)
    #expect(result.complaint.contains("127.0.0.1:9"), "\(result.complaint)")
    #expect(result.complaint.contains("AWS cannot be reached; check the network"), "\(result.complaint)")
  }

  @Test func everyShippedExampleHasItsVerdict() throws {
    let result = try run(plumb, ["check", "test"])
    #expect(result.status == 0, "\(result.output.suffix(2000))")
  }

  @Test func theLeastPrivilegePolicyIsReadOnly() throws {
    let result = try run(plumb, ["connect", "aws", "--print-policy"])
    #expect(result.status == 0)
    let statements = try JSONDocument.parse(result.output).root["Statement"]
    let actions = (statements?.values(at: JSONPath(steps: [.all, .key("Action"), .all])) ?? []).compactMap(\.string)
    #expect(actions.contains("s3:GetBucketLocation"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.utf8.count <= 6144 })
    let verbs = ["Get", "List", "Describe", "Generate", "BatchGet", "GET", "Lookup"]
    for action in actions {
      let verb = action.split(separator: ":").last ?? ""
      #expect(verbs.contains { verb.hasPrefix($0) }, "\(action) does not look like a reading action")
    }
  }

  @Test func aBrokenCheckIsNamedWithItsPlace() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/checks/aws/x", withIntermediateDirectories: true)
    try "id: aws.x.broken\ntitle: [\n".write(
      toFile: folder + "/checks/aws/x/broken.yaml", atomically: true, encoding: .utf8)
    let result = try run(plumb, ["check", "list", "--content", folder])
    #expect(result.status == 2)
    #expect(result.complaint.contains("broken.yaml:"), "\(result.complaint)")
  }
}

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct EstateTests {
  /// Plants an estate, scans it twice and compares with what was planted.
  @Test(arguments: [11, 12])
  func everyPlantedFlawIsFoundAndNothingElse(_ seed: Int) throws {
    let folder = scratch()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = """
      set -e
      regions=us-east-1,eu-west-1
      "$PYTHON" Scripts/plant_estate.py --endpoint "$AWS_ENDPOINT_URL" --resources 150 --regions $regions \
        --seed \(seed) --manifest "$WORK/truth.json" > "$WORK/plant.log" 2>&1 || { cat "$WORK/plant.log" >&2; exit 9; }
      for n in 1 2; do
        code=0
        "$PLUMB" scan aws --regions $regions --data "$WORK/data" --format json > "$WORK/scan$n.json" || code=$?
        [ $code = 0 ] || [ $code = 3 ] || exit 8
      done
      "$PYTHON" Scripts/compare_findings.py "$WORK/scan1.json" "$WORK/truth.json"
      """
    var environment = credentials
    environment["WORK"] = folder
    environment["PLUMB"] = plumb
    environment["PYTHON"] = python
    let result = try run(python, ["Scripts/moto.py", "run", "bash", "-c", script], environment)
    #expect(result.status == 0, "\(result.output.suffix(3000)) \(result.complaint.suffix(2000))")

    func findings(_ number: Int) throws -> [String] {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/scan\(number).json"))
      let found = try JSONDocument(parsing: Array(data)).root["findings"]
      return (found.map { Array($0.elements) } ?? []).map { finding in
        finding.members.filter { !["firstSeen", "lastSeen", "lastChanged"].contains($0.key.string ?? "") }
          .map { "\($0.key.text)=\($0.value.text)" }.joined(separator: ",")
      }
    }
    let (first, second) = (try findings(1), try findings(2))
    #expect(!first.isEmpty)
    #expect(first == second)
  }
}
