// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Scans of an organisation of 40 accounts, of which one keeps its role to itself and one answers with throttling only.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct OrganizationTests {
  /// The management account and 39 others; one of them two units deep, and each with a bucket.
  private static let plant = """
    import os
    import boto3
    url = os.environ["AWS_ENDPOINT_URL"]
    c = boto3.client("organizations", endpoint_url=url, region_name="us-east-1")
    c.create_organization(FeatureSet="ALL")
    root = c.list_roots()["Roots"][0]["Id"]
    outer = c.create_organizational_unit(ParentId=root, Name="outer")["OrganizationalUnit"]["Id"]
    inner = c.create_organizational_unit(ParentId=outer, Name="inner")["OrganizationalUnit"]["Id"]
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
    stay = c.create_policy(Name="stay", Description="d", Type="SERVICE_CONTROL_POLICY", Content=policy)
    c.attach_policy(PolicyId=stay["Policy"]["PolicySummary"]["Id"], TargetId=outer)
    ids = [c.create_account(Email=f"a{n}@example.com", AccountName=f"account-{n}")["CreateAccountStatus"]["AccountId"]
        for n in range(39)]
    c.move_account(AccountId=ids[0], SourceParentId=root, DestinationParentId=inner)
    for id in ids:
        keys = boto3.client("sts", endpoint_url=url, region_name="us-east-1").assume_role(
            RoleArn=f"arn:aws:iam::{id}:role/role", RoleSessionName="session")["Credentials"]
        boto3.client("s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"]).create_bucket(
            Bucket=f"bucket-{id}")
    print("\\n".join(ids))
    """

  private static let script = """
    "$PYTHON" "$WORK/plant.py" > "$WORK/ids"
    denied=$(sed -n 2p "$WORK/ids"); throttled=$(sed -n 3p "$WORK/ids"); excluded=$(sed -n 4p "$WORK/ids")
    echo $denied > "$WORK/denied"; echo $throttled > "$WORK/throttled"
    "$PYTHON" Scripts/fault_proxy.py serve --upstream "$AWS_ENDPOINT_URL" --log "$WORK/log" --rate 0 --deny $denied \\
      --exhaust $throttled > "$WORK/url" &
    proxy=$!
    # What a test starts has TERM blocked.
    trap 'kill -KILL $proxy' EXIT
    while [ ! -s "$WORK/url" ]; do sleep 0.05; done
    ask() { "$PLUMB" query --data "$WORK/data-$1" --format csv "$2" | tail -n +2; }
    scan() {
      name=$1; shift
      code=0
      "$PLUMB" scan aws --organization --regions us-east-1 --data "$WORK/data-$name" "$@" \\
        > "$WORK/$name.out" 2> "$WORK/$name.err" || code=$?
      echo $code > "$WORK/$name.code"
    }
    AWS_ENDPOINT_URL=$(cat "$WORK/url") scan all --only s3,organizations,sqs,sns --accounts-at-once 20
    ask all "resources | where type == 'aws::s3::bucket' | project subscriptionId" > "$WORK/buckets"
    ask all "resources | where type startswith 'aws::organizations' | summarize count() by type" > "$WORK/types"
    ask all "resources | where type == 'aws::organizations::organizationalunit' | project name" > "$WORK/units"
    ask all "resources | where type == 'aws::organizations::account' and array_length(properties.ParentIds) == 1
      | summarize count()" > "$WORK/parents"
    ask all "resources | where type == 'aws::organizations::policy' and name == 'stay'
      | project tostring(properties.Content.Statement[0].Effect), array_length(properties.TargetIds)" > "$WORK/policy"
    ask all "resourcecontainers | summarize count() by type" > "$WORK/containers"
    ask all "CoverageGaps | where reason != 'NotImplemented' | distinct account, reason" > "$WORK/gaps"
    ask all "CoverageGaps | where operation == 'AssumeRole' | project permission, message" > "$WORK/advice"
    scan some --only s3 --accounts $denied,$throttled,$excluded --exclude-accounts $excluded --role-name audit
    ask some "resources | where type == 'aws::s3::bucket' | project subscriptionId" > "$WORK/some"
    scan none --accounts 999999999999
    """

  private static let outcome = Result { try MotoRun(script, tools: ["plant.py": plant]) }

  private func outcome() throws -> MotoRun {
    let run = try Self.outcome.get()
    try #require(run.program.status == 0, "\(run.program.complaint.suffix(3000)) \(run["all.err"].suffix(2000))")
    return run
  }

  @Test func allAccountsButTheTwoThatFailAreReadWhole() throws {
    let run = try outcome()
    let failed = run.lines("denied").union(run.lines("throttled"))
    #expect(run.lines("buckets") == run.lines("ids").subtracting(failed))
    #expect(run["all.code"] == "3")
    #expect(run["all.err"].contains("plumb: 38 of 40 accounts were read; "), "\(run["all.err"])")
  }

  @Test func theTwoThatFailAreNamedWithWhatToDo() throws {
    let run = try outcome()
    let (denied, throttled) = (run["denied"], run["throttled"])
    #expect(run.lines("gaps") == ["\(denied),AccessDenied", "\(throttled),Throttled"], "\(run["gaps"])")
    #expect(run["advice"].hasPrefix("sts:AssumeRole,"))
    for part in ["role/OrganizationAccountAccessRole", "AccessDenied: planted", "trust policy", "--exclude-accounts"] {
      #expect(run["advice"].contains(part), "\(run["advice"])")
    }
    for id in [denied, throttled] { #expect(run["all.err"].contains("account \(id) (account-"), "\(run["all.err"])") }
    #expect(run["all.err"].contains("--requests-per-second"))
  }

  @Test func accountsUnitsAndPoliciesAreRows() throws {
    let run = try outcome()
    #expect(run.lines("units") == ["outer", "inner"])
    #expect(run["parents"] == "40")
    #expect(run["policy"] == "Deny,1")
    // Of the account that keeps its role to itself there is the organisation's row only.
    #expect(run.lines("containers").contains("aws::::account,39"), "\(run["containers"])")
    #expect(run.lines("containers").contains("aws::organizations::organizationalunit,2"))
    #expect(run.lines("types").contains("aws::organizations::root,1"), "\(run["types"])")
    #expect(run.lines("types").contains("aws::organizations::account,40"), "\(run["types"])")
  }

  @Test func accountsAreChosenAndLeftOut() throws {
    let run = try outcome()
    #expect(run.lines("some") == run.lines("denied").union(run.lines("throttled")))
    #expect(run["none.code"] == "2")
    #expect(run["none.err"] == "plumb: the organisation has no active account 999999999999")
  }
}
