// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// How a scan ends: what it says, on which stream, and with which code.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct StoppingTests {
  /// Starts a scan of a server that takes connections and never answers, and interrupts it.
  private static let interrupt = """
    import os, signal, socket, subprocess, sys
    server = socket.create_server(("127.0.0.1", 0))
    number = getattr(signal, sys.argv[1])
    environment = dict(os.environ, AWS_ENDPOINT_URL="http://127.0.0.1:%d" % server.getsockname()[1])
    # What a test starts has signals blocked.
    scan = subprocess.Popen([os.environ["PLUMB"], "scan", "aws", "--regions", "us-east-1", "--data", sys.argv[2]],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: (signal.signal(number, signal.SIG_DFL), signal.pthread_sigmask(signal.SIG_SETMASK, [])))
    # Kept, or it would be closed at once.
    peer = server.accept()
    scan.send_signal(number)
    out, err = scan.communicate(timeout=60)
    print(scan.returncode, out, err, sep="|", end="")
    """

  @Test(arguments: [("SIGINT", 130), ("SIGTERM", 143)])
  func aStoppedScanSaysSoInOneLine(_ signal: String, _ code: Int) throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    var environment = credentials
    environment["PLUMB"] = plumb
    let result = try run(python, ["-c", Self.interrupt, signal, data], environment)
    #expect(
      result.output == "\(code)||plumb: stopped; what was known before this scan is whole\n", "\(result.complaint)")
    #expect(try run(plumb, ["query", "resources | count", "--data", data]).status == 0)
  }

  private static let formats = """
    client() { "$PYTHON" -c 'import boto3,os,sys; getattr(boto3.client(sys.argv[1],
      endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1"), sys.argv[2])(**eval(sys.argv[3]))' "$@"; }
    client ec2 create_volume '{"AvailabilityZone": "us-east-1a", "Size": 1}'
    client s3 create_bucket '{"Bucket": "bucket"}'
    printf 'regions: us-east-1\nfailOn: critical\nformat: csv\ndata: %s/data\n' "$WORK" > "$WORK/plumb.yaml"
    scan() {
      code=0; name=$1; shift
      "$PLUMB" scan aws --config "$WORK/plumb.yaml" "$@" > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      echo $code > "$WORK/$name.code"
    }
    scan config
    scan low --fail-on low --format json
    scan quiet --fail-on low --quiet
    scan twice aws
    for format in table json ndjson csv sarif ocsf junit; do
      for n in 1 2; do scan $format$n --format $format; done
    done
    """

  private static let outcome = Result { try MotoRun(formats) }

  @Test func aConfigurationGivesTheDefaults() throws {
    let run = try Self.outcome.get()
    #expect(run.program.status == 0, "\(run.program.complaint)")
    #expect(run["config.out"].hasPrefix("id,checkId,"))
    #expect(!run["config.out"].contains("\u{1B}"))
    // moto has no answer to every call; the account has no root user with MFA there, which is critical.
    #expect(["1", "3"].contains(run["config.code"]))
  }

  @Test func findingsComeBeforeGapsInTheCode() throws {
    let run = try Self.outcome.get()
    #expect(run["low.code"] == "1")
    #expect(run["low.err"].hasPrefix("plumb: the scan is incomplete"))
    #expect(run["quiet.code"] == "1")
    #expect(run["quiet.err"].isEmpty)
  }

  @Test func aTargetThatIsNamedTwiceIsScannedOnce() throws {
    #expect(try Self.outcome.get()["twice.out"] != "")
  }

  @Test(arguments: ["table", "json", "ndjson", "csv", "sarif", "ocsf", "junit"])
  func twoScansGiveTheSameBytesTimesApart(_ format: String) throws {
    let run = try Self.outcome.get()
    func plain(_ name: String) -> String {
      run[name].replacing(/20\d\d-\d\d-\d\dT[0-9:.]+Z?/, with: "")
        .replacing(/"[a-z_]*time":\d+/, with: "").replacing(/"scan":{"id":"\d+"/, with: "")
    }
    #expect(!run["\(format)1.out"].isEmpty)
    #expect(plain("\(format)1.out") == plain("\(format)2.out"))
  }
}
