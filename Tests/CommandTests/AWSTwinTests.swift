// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// The AWS side of `plumb twin serve`: a scanned account served again, and boto3 against a written estate.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct AWSTwinTests {
  /// Starts a twin and waits for its address; what it is scanned with.
  private static let helpers = """
    serve() {
      rm -f "$WORK/twin.out"
      "$PLUMB" twin serve "$@" > "$WORK/twin.out" 2> "$WORK/twin.err" &
      twin=$!
      # What a test starts has TERM blocked.
      trap 'kill -KILL $twin 2> /dev/null || true' EXIT
      for _ in $(seq 1200); do grep -q '^aws ' "$WORK/twin.out" && break; sleep 0.1; done
      export AWS_ENDPOINT_URL=$(sed -n 's/^aws //p' "$WORK/twin.out") AWS_SECRET_ACCESS_KEY=rehearsal
    }
    stop() { kill -KILL $twin; wait $twin 2> /dev/null || true; }
    scan() {
      name=$1; shift
      code=0
      "$PLUMB" scan aws --regions us-east-1,eu-west-1 --data "$WORK/data-$name" "$@" \\
        > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      echo $code > "$WORK/$name.code"
      ask $name "resources | order by type asc, id asc" > "$WORK/$name.rows"
      ask $name "CoverageGaps | summarize count() by service, operation, type, region, resourceId
        | order by service asc, operation asc, type asc, region asc, resourceId asc" > "$WORK/$name.gaps"
      # Not the times of checks, nor how long it took.
      tail -n 1 "$WORK/$name.out" > "$WORK/$name.sum"
    }
    ask() { "$PLUMB" query --data "$WORK/data-$1" --format ndjson "$2"; }
    """

  // MARK: Round trip

  private static let roundTrip = """
    \(helpers)
    "$PYTHON" Scripts/plant_services.py --endpoint "$AWS_ENDPOINT_URL" > "$WORK/planted"
    "$PYTHON" Scripts/plant_estate.py --endpoint "$AWS_ENDPOINT_URL" --resources 120 --regions us-east-1,eu-west-1 \\
      --seed 3 --manifest "$WORK/manifest" > "$WORK/plant.out"
    scan first
    serve --http --from-store --data "$WORK/data-first"
    scan second
    stop
    serve --http --from-store --data "$WORK/data-first" --fault-rate 0.03
    scan rough --only s3,s3control,iam,ec2,lambda,kms,dynamodb
    stop
    ask first "resources | where type startswith 'aws::s3::' or type startswith 'aws::iam::'
      or type startswith 'aws::kms::' or type startswith 'aws::lambda::' or type startswith 'aws::dynamodb::'
      | summarize by id, tostring(properties), tostring(observed) | order by id asc" > "$WORK/calm.part"
    ask rough "resources | where type startswith 'aws::s3::' or type startswith 'aws::iam::'
      or type startswith 'aws::kms::' or type startswith 'aws::lambda::' or type startswith 'aws::dynamodb::'
      | summarize by id, tostring(properties), tostring(observed) | order by id asc" > "$WORK/rough.part"
    """

  private static let served = Result { try MotoRun(roundTrip) }

  @Test func aScannedAccountIsServedAndScannedAgainDocumentByDocument() throws {
    let run = try Self.served.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["twin.err"])")
    let (first, second) = (run["first.rows"].split(separator: "\n"), run["second.rows"].split(separator: "\n"))
    #expect(first.count > 250)
    #expect(first.count == second.count)
    for (one, other) in zip(first, second) where one != other {
      Issue.record("\(one.prefix(2000))\n\(other.prefix(2000))")
    }
  }

  /// Unknown is not nothing: what the first scan could not read, the second cannot either, and the verdicts are the same.
  @Test func whatAScanCouldNotReadIsRefusedAndNotAnsweredAsEmpty() throws {
    let run = try Self.served.get()
    #expect(run["first.gaps"].contains("accessanalyzer"))
    #expect(run["first.gaps"] == run["second.gaps"])
    #expect(run["first.sum"] == run["second.sum"])
  }

  @Test func faultsChangeNothing() throws {
    let run = try Self.served.get()
    #expect(run["calm.part"].split(separator: "\n").count > 20)
    #expect(run["calm.part"] == run["rough.part"], "\(run["rough.err"])")
  }

  // MARK: A written estate

  private static let outcome = Result {
    try MotoRun(
      """
      \(helpers)
      mkdir -p "$WORK/content/estates/small"
      mv "$WORK/estate.yaml" "$WORK/content/estates/small/"
      serve --http --content "$WORK/content" --estate small --journal "$WORK/journal"
      scan before
      "$PYTHON" "$WORK/calls.py" > "$WORK/calls"
      scan after
      stop
      serve --content "$WORK/content" --estate small --ca-file "$WORK/ca.pem"
      scan members --organization --ca-file "$WORK/ca.pem"
      ask members "resources | where type == 'aws::s3::bucket' | project subscriptionId, name | order by name asc" \\
        > "$WORK/buckets"
      stop
      """,
      tools: ["estate.yaml": AWSTwinEstate.yaml, "calls.py": AWSTwinEstate.calls])
  }

  /// What boto3 answered to a call of the script.
  private func answers() throws -> [String: JSONValue] {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["twin.err"])")
    var answers: [String: JSONValue] = [:]
    for line in run["calls"].split(separator: "\n") {
      let root = try JSONDocument(parsing: Array(line.utf8)).root
      answers[root["call"]?.string ?? ""] = root["answer"]
    }
    return answers
  }

  @Test(
    arguments: [
      ("wrong secret, query", "SignatureDoesNotMatch 403"), ("wrong secret, s3", "SignatureDoesNotMatch 403"),
      ("wrong secret, json", "SignatureDoesNotMatch 403"), ("wrong secret, rest-json", "SignatureDoesNotMatch 403"),
      ("tampered", "SignatureDoesNotMatch 403"), ("late, ec2", "RequestExpired 400"),
      ("late, s3", "RequestTimeTooSkewed 403"), ("unsigned", "MissingAuthenticationToken 403"),
      ("no such account", "InvalidClientTokenId 403"), ("key switched off", "InvalidClientTokenId 403"),
      ("role elsewhere", "AccessDenied 403"), ("session, wrong token", "InvalidClientTokenId 403"),
    ])
  func aRequestThatNobodyMaySendIsRefused(_ call: String, _ error: String) throws {
    #expect(try answers()[call]?.string == error)
  }

  @Test(
    arguments: [
      ("unknown, query", "InvalidAction 400"), ("unknown, ec2", "InvalidAction 400"),
      ("unknown, json", "UnknownOperationException 400"), ("unknown, rest-json", "UnknownOperationException 404"),
      ("unknown, s3", "MethodNotAllowed 405"), ("unknown, rest-xml", "UnknownOperationException 404"),
    ])
  func anActionThatTheTwinLacksIsAnsweredAsAWSAnswersAnUnknownOne(_ call: String, _ error: String) throws {
    #expect(try answers()[call]?.string == error)
  }

  @Test(
    arguments: [
      ("no bucket", "NoSuchBucket 404"), ("no bucket policy", "NoSuchBucketPolicy 404"),
      ("no user", "NoSuchEntity 404"), ("no group", "InvalidGroup.NotFound 400"),
      ("no instance", "InvalidInstanceID.NotFound 400"), ("no database", "DBInstanceNotFound 404"),
      ("no key", "NotFoundException 400"), ("no function", "ResourceNotFoundException 404"),
      ("no trail", "TrailNotFoundException 400"), ("no organization", "AWSOrganizationsNotInUseException 400"),
      ("no rule by id", "InvalidSecurityGroupRuleId.NotFound 400"), ("rules by another", "InvalidParameterValue 400"),
      ("no page", "InvalidNextToken 400"), ("bad policy", "MalformedPolicy 400"),
      ("rule again", "InvalidPermission.Duplicate 400"), ("no rule", "InvalidPermission.NotFound 400"),
      ("throttled, ec2", "RequestLimitExceeded 503"), ("throttled, json", "ThrottlingException 400"),
      ("throttled, s3", "SlowDown 503"), ("unavailable, query", "ServiceUnavailable 503"),
      ("expired, s3", "ExpiredToken 400"), ("expired, json", "ExpiredTokenException 403"),
    ])
  func errorsHaveTheCodesOfAWS(_ call: String, _ error: String) throws {
    #expect(try answers()[call]?.string == error)
  }

  @Test(
    arguments: [
      ("identity", #""arn:aws:iam::111111111111:root""#),
      ("identity of a user", #""arn:aws:iam::111111111111:user/ada""#),
      ("identity by account", #""arn:aws:iam::222222222222:root""#),
      ("identity of a role", #""arn:aws:sts::222222222222:assumed-role/audit/s1""#),
      ("buckets", #"["shop-data","shop-logs"]"#), ("buckets of the other", #"["bank-data"]"#),
      ("bucket by host", #""Suspended""#), ("users in pages", "[1,1,1]"), ("regions", #"["us-east-1","eu-west-1"]"#),
      (
        "rules of a group",
        #"[["sg-1",false,22,"0.0.0.0/0","111111111111"],["sg-1",false,22,"10.0.0.0/8","111111111111"]]"#
      ), ("rules of none", "[]"), ("rule by id", "[true,1]"),
      ("groups by filter", #"["sg-1"]"#), ("instances of eu-west-1", "0"),
      ("report", #"["<root_account>","ada","bob","eve"]"#),
      ("keys of none", "[]"), ("policy document", #""s3:*""#), ("tags", #"[{"Key":"team","Value":"web"}]"#),
      ("accounts", #"["111111111111","222222222222"]"#),
    ])
  func boto3ReadsTheEstate(_ call: String, _ answer: String) throws {
    #expect(try answers()[call]?.text == answer)
  }

  /// Each write is seen by the call that reads it, by the next scan, and in the journal.
  @Test(
    arguments: [
      (
        "s3:PutPublicAccessBlock", "arn:aws:s3:::shop-data",
        "properties.PublicAccessBlockConfiguration.BlockPublicAcls", "true"
      ),
      (
        "s3:PutBucketEncryption", "arn:aws:s3:::shop-data",
        "properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm",
        #""aws:kms""#
      ),
      ("s3:PutBucketPolicy", "arn:aws:s3:::shop-data", "observed.BucketPolicy.Statement[0].Sid", #""a<&>'b""#),
      ("s3:DeleteBucketPolicy", "arn:aws:s3:::shop-logs", "observed.BucketPolicy", ""),
      ("s3:PutBucketVersioning", "arn:aws:s3:::shop-data", "properties.VersioningConfiguration.Status", #""Enabled""#),
      (
        "s3:PutBucketLogging", "arn:aws:s3:::shop-data", "properties.LoggingConfiguration.DestinationBucketName",
        #""shop-logs""#
      ),
      (
        "s3control:PutPublicAccessBlock", "arn:aws:iam::111111111111:root",
        "observed.PublicAccessBlock.RestrictPublicBuckets", "true"
      ),
      (
        "ec2:RevokeSecurityGroupIngress", "arn:aws:ec2:us-east-1:111111111111:security-group/sg-1",
        "properties.SecurityGroupIngress[*].CidrIp", #"["10.0.0.0/8","10.9.0.0/16"]"#
      ),
      (
        "ec2:AuthorizeSecurityGroupEgress", "arn:aws:ec2:us-east-1:111111111111:security-group/sg-1",
        "properties.SecurityGroupEgress[*].CidrIp", #"["10.0.0.0/8"]"#
      ),
      (
        "ec2:EnableEbsEncryptionByDefault", "arn:aws:ec2:us-east-1:111111111111:region/us-east-1",
        "observed.EbsEncryptionByDefault", "true"
      ),
      (
        "ec2:ModifySnapshotAttribute", "arn:aws:ec2:us-east-1::snapshot/snap-1", "observed.CreateVolumePermissions",
        "[]"
      ),
      ("ec2:ModifyImageAttribute", "arn:aws:ec2:us-east-1::image/ami-1", "observed.Public", "false"),
      (
        "ec2:ModifyInstanceMetadataOptions", "arn:aws:ec2:us-east-1:111111111111:instance/i-1",
        "properties.MetadataOptions.HttpTokens", #""required""#
      ),
      (
        "iam:UpdateAccountPasswordPolicy", "arn:aws:iam::111111111111:root",
        "observed.PasswordPolicy.MinimumPasswordLength", "14"
      ),
      ("iam:UpdateAccessKey", "arn:aws:iam::111111111111:user/ada", "observed.Credentials.AccessKey1Active", "false"),
      ("iam:DeleteAccessKey", "arn:aws:iam::111111111111:user/bob", "observed.AccessKeys", "[]"),
      (
        "iam:AttachUserPolicy", "arn:aws:iam::111111111111:user/bob", "properties.ManagedPolicyArns",
        #"["arn:aws:iam::aws:policy/ReadOnlyAccess"]"#
      ),
      ("iam:DetachUserPolicy", "arn:aws:iam::111111111111:user/ada", "properties.ManagedPolicyArns", "[]"),
      (
        "iam:PutUserPolicy", "arn:aws:iam::111111111111:user/bob", "properties.Policies[0].PolicyDocument.Version",
        #""2012-10-17""#
      ),
      ("iam:DeleteUserPolicy", "arn:aws:iam::111111111111:user/ada", "properties.Policies", "[]"),
      (
        "iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/all",
        "properties.PolicyDocument.Statement[0].Action", #""s3:Get*""#
      ),
      (
        "rds:ModifyDBInstance", "arn:aws:rds:us-east-1:111111111111:db:orders", "properties.PubliclyAccessible", "false"
      ),
      (
        "rds:ModifyDBSnapshotAttribute", "arn:aws:rds:us-east-1:111111111111:snapshot:orders-1",
        "observed.Attributes[0].AttributeValues", "[]"
      ),
      ("kms:EnableKeyRotation", "arn:aws:kms:us-east-1:111111111111:key/k-1", "properties.EnableKeyRotation", "true"),
      (
        "cloudtrail:CreateTrail", "arn:aws:cloudtrail:us-east-1:111111111111:trail/all",
        "properties.IsMultiRegionTrail", "true"
      ),
      (
        "cloudtrail:StartLogging", "arn:aws:cloudtrail:us-east-1:111111111111:trail/all", "properties.IsLogging", "true"
      ),
      (
        "cloudtrail:PutEventSelectors", "arn:aws:cloudtrail:us-east-1:111111111111:trail/all",
        "properties.EventSelectors[0].DataResources[0].Type", #""AWS::S3::Object""#
      ),
      (
        "cloudtrail:UpdateTrail", "arn:aws:cloudtrail:us-east-1:111111111111:trail/all",
        "properties.EnableLogFileValidation", "true"
      ),
    ])
  func aWriteIsInTheJournalAndSeenByTheNextScan(_ method: String, _ id: String, _ path: String, _ value: String) throws
  {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["twin.err"])")
    let place = try #require(JSONPath(path))
    func text(_ document: JSONValue?) -> String {
      guard let document else { return "" }
      if place.hasWildcard { return "[\(document.values(at: place).map(\.text).joined(separator: ","))]" }
      return document.value(at: place)?.text ?? ""
    }
    let changes = try run["journal"].split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
    let change = try #require(changes.last { $0["method"]?.string == method && $0["id"]?.string == id })
    #expect(text(change["after"]) == value)
    #expect(text(change["before"]) != value)
    let rows = try run["after.rows"].split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
    #expect(text(rows.first { $0["id"]?.string == id }) == value)
  }

  @Test func nothingElseIsWritten() throws {
    let run = try Self.outcome.get()
    let written = Set(
      try run["journal"].split(separator: "\n").compactMap {
        try JSONDocument(parsing: Array($0.utf8)).root["id"]?.string
      })
    func rows(_ name: String) throws -> [String: String] {
      var rows: [String: String] = [:]
      for line in run[name].split(separator: "\n") {
        rows[try JSONDocument(parsing: Array(line.utf8)).root["id"]?.string ?? ""] = String(line)
      }
      return rows
    }
    let (before, after) = (try rows("before.rows"), try rows("after.rows"))
    #expect(before.count >= 15)
    for (id, row) in before where !written.contains(id) { #expect(after[id] == row) }
    #expect(Set(after.keys).subtracting(before.keys) == ["arn:aws:cloudtrail:us-east-1:111111111111:trail/all"])
    #expect(run["before.gaps"].isEmpty, "\(run["before.gaps"])")
    #expect(!run["journal"].contains("rehearsal"))
  }

  @Test func everyAccountOfTheOrganizationIsScannedOverTLS() throws {
    let run = try Self.outcome.get()
    #expect(run["members.code"] != "3", "\(run["members.err"])")
    for part in ["bank-data", "222222222222", "shop-data"] { #expect(run["buckets"].contains(part)) }
  }
}
