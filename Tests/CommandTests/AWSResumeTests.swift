// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb scan aws --resume` after scans that were killed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct AWSResumeTests {
  private static let script = """
    "$PYTHON" Scripts/plant_estate.py --endpoint "$AWS_ENDPOINT_URL" --resources 80 --regions us-east-1 --seed 21 \\
      --manifest "$WORK/truth.json" > "$WORK/plant.log" 2>&1 || { cat "$WORK/plant.log" >&2; exit 9; }
    only="--regions us-east-1 --only s3,ec2,iam,sqs,sns,kms,lambda,rds,dynamodb"
    scan() { name=$1; shift; code=0
      "$PLUMB" scan aws $only --data "$WORK/data-$name" "$@" > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      [ $code = 0 ] || [ $code = 3 ]; }
    ask() { "$PLUMB" query --data "$WORK/data-$1" --format csv "$2" | tail -n +2 | tr -d "\\r"; }
    scan whole
    ask whole "Scans | project calls" > "$WORK/full"
    # Slowly, so that units come to their ends one after another.
    kills=0; delay=2; units=0
    while [ "$units" -lt 4 ]; do
      "$PLUMB" scan aws $only --data "$WORK/data-one" --resume --requests-per-second 15 \\
        > /dev/null 2>&1 & pid=$!
      sleep "$((delay / 10)).$((delay % 10))"
      kill -9 $pid 2> /dev/null || true
      code=0; wait $pid 2> /dev/null || code=$?
      [ $code = 137 ] || exit 4
      kills=$((kills + 1)); delay=$((delay + delay / 4 + 1))
      units=$(ask one "UnfinishedScans | project units"); units=${units:-0}
      [ "$(ask one "resources | count")" = 0 ] || exit 6
      [ $delay -lt 1200 ] || exit 5
    done
    echo $kills > "$WORK/kills"; echo $units > "$WORK/units"
    scan one --resume
    ask one "Scans | project calls" > "$WORK/calls"
    state() {
      ask $1 "resources | order by type asc, id asc"
      ask $1 "Findings | project checkId, resourceId, status | order by checkId asc, resourceId asc"
      ask $1 "CoverageGaps | order by operation asc, region asc, type asc, resourceId asc"
    }
    state whole > "$WORK/state.whole"
    state one > "$WORK/state.one"
    """

  @Test func aScanThatWasKilledComesToTheSameEndWithFewerCalls() throws {
    let run = try MotoRun(Self.script)
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["one.err"].suffix(2000))")
    #expect(Int(run["kills"]) ?? 0 > 0)
    #expect(Int(run["units"]) ?? 0 >= 4)
    #expect(run["one.err"].contains("going on with the scan of aws"), "\(run["one.err"])")
    #expect(Int(run["calls"]) ?? .max < Int(run["full"]) ?? 0, "\(run["calls"]) of \(run["full"])")
    #expect(!run["state.one"].isEmpty)
    #expect(run["state.one"] == run["state.whole"])
  }
}
