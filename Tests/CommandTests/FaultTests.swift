// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// A scan through a network on a bad day must see what a scan on a good day sees.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct FaultTests {
  /// moto's clock and address are not compared.
  private static let script = """
    regions=us-east-1,eu-west-1
    "$PYTHON" Scripts/plant_estate.py --endpoint "$AWS_ENDPOINT_URL" --resources 40 --regions $regions --seed 5 \\
      --manifest "$WORK/truth.json" > "$WORK/plant.log" 2>&1 || { cat "$WORK/plant.log" >&2; exit 9; }
    "$PYTHON" Scripts/fault_proxy.py serve --upstream "$AWS_ENDPOINT_URL" --log "$WORK/log" --rate 0.15 --seed 9 \\
      --slow 0.3 > "$WORK/url" &
    proxy=$!
    # What a test starts has TERM blocked.
    trap 'kill -KILL $proxy' EXIT
    while [ ! -s "$WORK/url" ]; do sleep 0.05; done
    ask() { "$PLUMB" query --data "$WORK/data-$1" --format csv "$2"; }
    scan() {
      code=0
      "$PLUMB" scan aws --regions $regions --data "$WORK/data-$1" --format json > "$WORK/$1.json" || code=$?
      echo $code > "$WORK/$1.code"
      ask $1 "resources | project id, type, location, tostring(properties), tostring(observed), tostring(tags)" \\
        | sed -E 's/127\\.0\\.0\\.1:[0-9]+/HOST/g; s/(LatestDeliveryTime"":"")[^"]+/\\1/g' > "$WORK/$1.resources"
      ask $1 "CoverageGaps | project service, operation, type, region, resourceId, code" > "$WORK/$1.gaps"
      ask $1 "resources | summarize n = count() by id, type | where n > 1" > "$WORK/$1.doubles"
    }
    scan plain
    AWS_ENDPOINT_URL=$(cat "$WORK/url") scan faulty
    "$PYTHON" Scripts/fault_proxy.py check "$WORK/log" > "$WORK/verdict" || echo "failed" >> "$WORK/verdict"
    """

  /// The findings of a report, without when they were seen.
  private static func findings(_ report: String) throws -> [String] {
    let found = try JSONDocument.parse(report).root["findings"]
    return (found.map { Array($0.elements) } ?? []).map { finding in
      finding.members.filter { !["firstSeen", "lastSeen", "lastChanged"].contains($0.key.string ?? "") }
        .map { "\($0.key.text)=\($0.value.text)" }.joined(separator: ",")
    }.sorted()
  }

  @Test func aBadDayChangesNothingOfWhatIsSeen() throws {
    let run = try MotoRun(Self.script)
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000))")
    #expect(run["faulty.code"] == run["plain.code"])
    #expect(run.lines("plain.resources").count > 40)
    for what in ["resources", "gaps"] {
      let difference = run.lines("faulty.\(what)").symmetricDifference(run.lines("plain.\(what)"))
      #expect(difference.isEmpty, "\(what)")
    }
    #expect(run.lines("faulty.doubles").count <= 1, "\(run["faulty.doubles"])")
    let plain = try Self.findings(run["plain.json"])
    #expect(!plain.isEmpty)
    #expect(try Self.findings(run["faulty.json"]) == plain)
    // Nothing was asked before its Retry-After was over, nothing was given up, and there were faults.
    #expect(run["verdict"].hasSuffix("; 0 wrong"), "\(run["verdict"])")
    for fault in ["throttle", "busy", "cut", "close", "reset", "slow"] {
      #expect(run["verdict"].contains(" \(fault)"), "\(run["verdict"])")
    }
  }
}
