// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// One resource of every type that the tests' server makes, scanned.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct ServicesTests {
  private static let script = """
    "$PYTHON" Scripts/plant_services.py --endpoint "$AWS_ENDPOINT_URL" > "$WORK/planted"
    code=0
    "$PLUMB" scan aws --regions us-east-1 --data "$WORK/data" > "$WORK/out" 2> "$WORK/err" || code=$?
    echo $code > "$WORK/code"
    ask() { "$PLUMB" query --data "$WORK/data" --format csv "$1" | tail -n +2; }
    ask "resources | distinct type" > "$WORK/types"
    ask "resources | where isempty(name) | project type, id" > "$WORK/nameless"
    ask "resources | summarize n = count() by type, id | where n > 1" > "$WORK/doubles"
    ask "CoverageGaps | where reason != 'NotImplemented'
      | project strcat_delim(' ', service, operation, type, reason, code)" > "$WORK/gaps"
    ask "CoverageGaps | where isempty(resourceId) and array_length(paths) == 0 | distinct type" > "$WORK/unlisted"
    ask "resources | where tostring(properties) has_any ('hush-hush') or tostring(observed) has_any ('hush-hush')
      | project id" > "$WORK/secrets"
    ask "resources | where type == 'aws::apigateway::stage' | project tostring(properties.TracingEnabled)" \\
      > "$WORK/tracing"
    ask "resources | where type == 'aws::codebuild::project' | project tostring(properties.Environment.PrivilegedMode)" \\
      > "$WORK/privileged"
    ask "resources | where type == 'aws::wafv2::webacl' | project location" > "$WORK/acls"
    """

  private static let outcome = Result { try MotoRun(script) }

  private func outcome() throws -> MotoRun {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000))")
    return run
  }

  @Test func everySpecFitsTheServiceModels() throws {
    let result = try run(python, ["Scripts/aws-operations.py", "--check"])
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
  }

  @Test func everyPathThatAWSChecksReadIsFilledByASpec() throws {
    let result = try run(python, ["Scripts/aws-paths.py"])
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
  }

  @Test func everyTypePlantedIsCollected() throws {
    let run = try outcome()
    let planted = Set(run.lines("planted").map { $0.lowercased() })
    #expect(planted.count > 80)
    #expect(planted.subtracting(run.lines("types")) == [])
    #expect(run["doubles"].isEmpty)
  }

  /// What the server lacks it answers with a web page: a gap, and never "there are none".
  @Test func whatTheServerLacksIsAGap() throws {
    let run = try outcome()
    #expect(run["code"] == "3")
    #expect(run["gaps"].isEmpty, "\(run["gaps"])")
    #expect(run.lines("unlisted").contains("aws::lightsail::instance"))
    #expect(run.lines("unlisted").isDisjoint(with: run.lines("types")))
  }

  @Test func whatChecksAskAboutIsInItsPlace() throws {
    let run = try outcome()
    #expect(run["tracing"] == "true")
    #expect(run["privileged"] == "true")
    #expect(run.lines("acls") == ["us-east-1", "global"])
    #expect(run["secrets"].isEmpty)
  }
}
