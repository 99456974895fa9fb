// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Scans against a server that checks signatures and permissions.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct SignatureTests {
  /// moto hashes the request's headers in place of an empty body, so that it refuses every signed GET but S3's, those
  /// of boto3 too. This mends the server, in its own process.
  private static let mend = """
    import os
    if "INITIAL_NO_AUTH_ACTION_COUNT" in os.environ:
        from moto.iam import access_control
        plain = access_control.IAMRequestBase._create_aws_request
        def mended(self):
            request = plain(self)
            if self._method == "GET":
                request.data = b""
            return request
        access_control.IAMRequestBase._create_aws_request = mended
    """

  /// One resource for each way that AWS's services speak, and users with policies.
  private static let plant = """
    import json, os, sys
    import boto3
    def client(name):
        return boto3.client(name, endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
    client("sns").create_topic(Name="topic")
    client("dynamodb").create_table(TableName="table", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}])
    client("ecs").create_cluster(clusterName="cluster")
    client("s3").create_bucket(Bucket="bucket")
    client("account").put_alternate_contact(AlternateContactType="SECURITY", EmailAddress="a@example.com", Name="n",
        PhoneNumber="1", Title="t")
    vpc = client("ec2").describe_subnets()["Subnets"]
    iam = client("iam")
    role = iam.create_role(RoleName="cluster", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    client("eks").create_cluster(name="cluster", roleArn=role, resourcesVpcConfig={"subnetIds": [vpc[0]["SubnetId"]]})
    # The policy that plumb prints; moto has its own names for some actions.
    policy = json.load(sys.stdin)
    policy["Statement"].append({"Effect": "Allow", "Action": ["s3:*", "apigateway:*", "monitoring:DescribeAlarms"],
        "Resource": "*"})
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "arn:aws:iam::123456789012:user/reader"}}]}
    iam.create_role(RoleName="audit", AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName="audit", PolicyName="p", PolicyDocument=json.dumps(policy))
    policy["Statement"].append({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})
    denied = ["sns:ListTopics", "ec2:DescribeVpcs", "dynamodb:ListTables", "ecs:ListClusters", "eks:ListClusters",
        "s3:ListAllMyBuckets", "account:GetAlternateContact"]
    for name, more in [("reader", []), ("kept-out", [{"Effect": "Deny", "Action": denied, "Resource": "*"}])]:
        iam.create_user(UserName=name)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        iam.put_user_policy(UserName=name, PolicyName="p",
            PolicyDocument=json.dumps({**policy, "Statement": policy["Statement"] + more}))
        print(key["AccessKeyId"], key["SecretAccessKey"])
    """

  private static let script = """
    ask() { "$PLUMB" query --data "$WORK/$1" --format csv "$2"; }
    scan() {
      code=0
      "$PLUMB" scan aws --regions us-east-1 --data "$WORK/data-$1" > "$WORK/$1.out" 2> "$WORK/$1.err" || code=$?
      echo $code > "$WORK/$1.code"
      ask "data-$1" "resources | project strcat(type, ' ', id)" > "$WORK/$1.resources"
      ask "data-$1" "CoverageGaps | project strcat_delim(' ', service, operation, type, reason, permission)" \\
        > "$WORK/$1.gaps"
    }
    "$PLUMB" connect aws --print-policy | "$PYTHON" "$WORK/plant.py" > "$WORK/keys"
    scan unchecked
    # moto wants a signature of this exchange too, which has none.
    echo a.web.token > "$WORK/token"
    (
      unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
      export AWS_WEB_IDENTITY_TOKEN_FILE="$WORK/token" AWS_ROLE_ARN=arn:aws:iam::123456789012:role/audit
      scan federated
    )
    curl -sf -X POST -H 'Content-Type: text/plain' --data-binary 0 "$AWS_ENDPOINT_URL/moto-api/reset-auth" > /dev/null
    { read id secret; read id2 secret2; } < "$WORK/keys"
    AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret scan allowed
    AWS_ACCESS_KEY_ID=$id2 AWS_SECRET_ACCESS_KEY=$secret2 scan denied
    AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=not-the-secret scan wrong
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    mkdir "$WORK/.aws"
    printf '[reader]\\naws_access_key_id=%s\\naws_secret_access_key=%s\\n' $id $secret > "$WORK/.aws/credentials"
    printf '[profile audit]\\nrole_arn=arn:aws:iam::123456789012:role/audit\\nsource_profile=reader\\n' \\
      > "$WORK/.aws/config"
    AWS_PROFILE=audit scan assumed
    "$PLUMB" connect aws --profile audit > "$WORK/identity"
    """

  private static let outcome = Result {
    try MotoRun(script, tools: ["sitecustomize.py": mend, "plant.py": plant], checked: true)
  }

  private func outcome() throws -> MotoRun {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000))")
    return run
  }

  @Test func theServerAcceptsEveryCallOfThePrintedPolicy() throws {
    let run = try outcome()
    #expect(run.lines("allowed.resources") == run.lines("unchecked.resources"))
    #expect(run.lines("allowed.gaps") == run.lines("unchecked.gaps"))
  }

  /// The role's keys have a session token, which is signed too.
  @Test(arguments: ["assumed", "federated"])
  func theServerAcceptsTheKeysOfARole(_ way: String) throws {
    let run = try outcome()
    #expect(run["identity"].contains(":assumed-role/audit/plumbline"))
    #expect(run.lines("\(way).resources") == run.lines("unchecked.resources"), "\(run["\(way).err"])")
    #expect(run.lines("\(way).gaps") == run.lines("unchecked.gaps"))
  }

  @Test(arguments: [
    ("query", "aws::sns::topic"), ("ec2", "aws::ec2::vpc"), ("json 1.0", "aws::dynamodb::table"),
    ("json 1.1", "aws::ecs::cluster"), ("rest-json", "aws::eks::cluster"), ("rest-xml", "aws::s3::bucket"),
  ])
  func theServerAcceptsCallsOf(_ family: String, _ type: String) throws {
    let run = try outcome()
    #expect(run.lines("allowed.resources").contains { $0.contains("\(type) ") })
    #expect(!run.lines("allowed.gaps").contains { $0.contains("AccessDenied") })
  }

  @Test(arguments: [
    "sns ListTopics aws::sns::topic AccessDenied sns:ListTopics",
    "ec2 DescribeVpcs aws::ec2::vpc AccessDenied ec2:DescribeVpcs",
    "dynamodb ListTables aws::dynamodb::table AccessDenied dynamodb:ListTables",
    "ecs ListClusters aws::ecs::cluster AccessDenied ecs:ListClusters",
    "eks ListClusters aws::eks::cluster AccessDenied eks:ListClusters",
    "s3 ListBuckets aws::s3::bucket AccessDenied s3:ListAllMyBuckets",
    "account GetAlternateContact aws::::account AccessDenied account:GetAlternateContact",
  ])
  func aDeniedActionIsAGapThatNamesThePermission(_ gap: String) throws {
    let run = try outcome()
    #expect(run["denied.code"] == "3")
    #expect(run.lines("denied.gaps").contains(gap), "\(run["denied.gaps"])")
  }

  @Test func aWrongSecretIsOneMessageAndCodeTwo() throws {
    let run = try outcome()
    #expect(run["wrong.code"] == "2")
    #expect(run["wrong.out"].isEmpty)
    let message = run["wrong.err"]
    #expect(
      message.hasPrefix("plumb: AWS_ACCESS_KEY_ID of the environment: AWS refuses the keys (SignatureDoesNotMatch"))
    #expect(!message.contains("\n"))
    #expect(!message.contains("not-the-secret"))
  }
}
