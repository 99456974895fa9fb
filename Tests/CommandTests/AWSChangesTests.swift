// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb scan aws --changes`: services that CloudTrail tells of are read again where it tells of them.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct AWSChangesTests {
  private static let plant = """
    import json, os, sys, time
    import boto3
    url = os.environ["AWS_ENDPOINT_URL"]
    def client(name, region): return boto3.client(name, endpoint_url=url, region_name=region)
    regions = ["us-east-1", "eu-west-1"]
    if sys.argv[1] == "first":
        for region in regions:
            for n in range(3):
                client("sqs", region).create_queue(QueueName=f"queue-{n}")
                client("sns", region).create_topic(Name=f"topic-{n}")
        for name in ["one", "two", "three"]:
            client("s3", "us-east-1").create_bucket(Bucket=f"bucket-{name}")
        client("iam", "us-east-1").create_user(UserName="ada")
        events = {}
    else:
        sqs = client("sqs", "eu-west-1")
        sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="queue-0")["QueueUrl"])
        sqs.create_queue(QueueName="queue-new")
        client("s3", "us-east-1").delete_bucket(Bucket="bucket-two")
        client("s3", "us-east-1").put_bucket_versioning(Bucket="bucket-one", VersioningConfiguration={"Status": "Enabled"})
        now = int(time.time())
        def event(source, name): return {"EventId": name, "EventName": name, "ReadOnly": "false", "EventTime": now,
            "EventSource": source + ".amazonaws.com"}
        events = {"eu-west-1": [event("sqs", "DeleteQueue"), event("sqs", "CreateQueue")],
            "us-east-1": [event("s3", "DeleteBucket"), event("s3", "PutBucketVersioning"), event("signin", "ConsoleLogin")]}
    with open(os.environ["WORK"] + "/events.new", "w") as file: json.dump(events, file)
    os.replace(os.environ["WORK"] + "/events.new", os.environ["WORK"] + "/events")
    """

  private static let script = """
    "$PYTHON" "$WORK/plant.py" first
    "$PYTHON" Scripts/fault_proxy.py serve --upstream "$AWS_ENDPOINT_URL" --log "$WORK/log" --rate 0 \\
      --events "$WORK/events" > "$WORK/url" &
    proxy=$!
    trap 'kill -KILL $proxy' EXIT
    while [ ! -s "$WORK/url" ]; do sleep 0.05; done
    ask() { "$PLUMB" query --data "$WORK/data-$1" --format csv "$2" | tail -n +2; }
    scan() {
      name=$1; shift
      code=0
      AWS_ENDPOINT_URL=$(cat "$WORK/url") "$PLUMB" scan aws --regions us-east-1,eu-west-1 --only s3,sqs,sns,iam \\
        --data "$WORK/data-$name" "$@" > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      [ $code = 0 ] || [ $code = 3 ]
    }
    scan one
    : > "$WORK/before"; wc -l < "$WORK/log" > "$WORK/before"
    "$PYTHON" "$WORK/plant.py" second
    scan one --changes
    tail -n +$(($(cat "$WORK/before") + 1)) "$WORK/log" > "$WORK/changes.log"
    ask one "Scans | order by scanId asc | project kind" > "$WORK/kinds"
    ask one "Scans | where kind == 'changes' | project calls" > "$WORK/calls"
    ask one "Scans | where kind == 'full' | project calls" > "$WORK/fullcalls"
    ask one "resourcechanges | project k = tostring(properties.changeType), t = tostring(properties.targetResourceId)" \\
      > "$WORK/changes"
    state() {
      ask $1 "resources | where type !startswith 'aws::iam' | order by type asc, id asc"
      ask $1 "Findings | where resourceType !startswith 'aws::iam' | project checkId, resourceId, status
        | order by checkId asc, resourceId asc"
      ask $1 "CoverageGaps | distinct account, region, operation, type, resourceId | order by operation asc, region asc,
        type asc, resourceId asc"
    }
    scan two
    state one > "$WORK/state.one"
    state two > "$WORK/state.two"
    """

  private static let outcome = Result { try MotoRun(script, tools: ["plant.py": plant]) }

  private func outcome() throws -> MotoRun {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["one.err"].suffix(2000))")
    return run
  }

  @Test func whatWasWrittenToIsReadAgainAndNoMore() throws {
    let run = try outcome()
    #expect(run["kinds"] == "full\nchanges" || run["kinds"] == "full\r\nchanges", "\(run["one.err"])")
    let (calls, full) = (Int(run["calls"]) ?? 0, Int(run["fullcalls"]) ?? 0)
    #expect(calls > 0 && calls < full, "\(calls) of \(full)")
    // Nothing was asked of the services that nobody wrote to, nor of queues elsewhere.
    for absent in ["ListTopics", "ListUsers"] { #expect(!run["changes.log"].contains(absent), "\(absent)") }
    let queues = run.lines("changes.log").filter { $0.contains("ListQueues") }
    #expect(!queues.isEmpty && queues.allSatisfy { $0.contains("eu-west-1") })
  }

  @Test func whatChangedIsSeenAndTheStoreIsThatOfAFullScan() throws {
    let run = try outcome()
    #expect(
      run.lines("changes") == [
        "Delete,arn:aws:sqs:eu-west-1:123456789012:queue-0", "Create,arn:aws:sqs:eu-west-1:123456789012:queue-new",
        "Delete,arn:aws:s3:::bucket-two", "Update,arn:aws:s3:::bucket-one",
      ], "\(run["changes"])")
    #expect(!run["state.one"].isEmpty)
    #expect(run["state.one"] == run["state.two"])
  }
}
