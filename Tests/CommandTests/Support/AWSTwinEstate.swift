// SPDX-License-Identifier: Apache-2.0

/// An organisation of two accounts, and what boto3 asks of it.
enum AWSTwinEstate {
  static let yaml = """
    - id: arn:aws:iam::111111111111:root
      type: aws::::account
      cloud: aws
      subscriptionId: "111111111111"
      location: global
      observed:
        Organization: {Id: o-1, Arn: "arn:aws:organizations::111111111111:organization/o-1", FeatureSet: ALL, ManagementAccountId: "111111111111"}
        PasswordPolicy: {MinimumPasswordLength: 8, RequireSymbols: false}
        RootCredentials: {PasswordLastUsed: no_information, AccessKey1Active: false}
    - {id: "arn:aws:iam::222222222222:root", type: aws::::account, cloud: aws, subscriptionId: "222222222222", location: global}
    - {id: "arn:aws:ec2:us-east-1:111111111111:region/us-east-1", type: aws::::region, cloud: aws, subscriptionId: "111111111111", location: us-east-1, observed: {EbsEncryptionByDefault: false}}
    - {id: "arn:aws:ec2:eu-west-1:111111111111:region/eu-west-1", type: aws::::region, cloud: aws, subscriptionId: "111111111111", location: eu-west-1, observed: {EbsEncryptionByDefault: false}}
    - {id: "arn:aws:organizations::111111111111:root/o-1/r-1", type: aws::organizations::root, cloud: aws, subscriptionId: "111111111111", location: global, name: Root, observed: {Id: r-1, Name: Root}}
    - {id: "arn:aws:organizations::111111111111:account/o-1/111111111111", type: aws::organizations::account, cloud: aws, subscriptionId: "111111111111", location: global, name: shop, properties: {AccountId: "111111111111", AccountName: shop, Status: ACTIVE, Arn: "arn:aws:organizations::111111111111:account/o-1/111111111111"}}
    - {id: "arn:aws:organizations::111111111111:account/o-1/222222222222", type: aws::organizations::account, cloud: aws, subscriptionId: "111111111111", location: global, name: bank, properties: {AccountId: "222222222222", AccountName: bank, Status: ACTIVE, Arn: "arn:aws:organizations::111111111111:account/o-1/222222222222"}}
    - id: arn:aws:s3:::shop-data
      type: aws::s3::bucket
      cloud: aws
      subscriptionId: "111111111111"
      location: us-east-1
      name: shop-data
      tags: {team: web}
      properties: {BucketName: shop-data, VersioningConfiguration: {Status: Suspended}}
      observed: {Region: us-east-1, CreationDate: "2025-01-02T03:04:05Z"}
    - id: arn:aws:s3:::shop-logs
      type: aws::s3::bucket
      cloud: aws
      subscriptionId: "111111111111"
      location: eu-west-1
      name: shop-logs
      properties: {BucketName: shop-logs}
      observed: {Region: eu-west-1, BucketPolicy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}]}}
    - {id: "arn:aws:s3:::bank-data", type: aws::s3::bucket, cloud: aws, subscriptionId: "222222222222", location: us-east-1, name: bank-data, properties: {BucketName: bank-data}, observed: {Region: us-east-1}}
    - id: arn:aws:iam::111111111111:user/ada
      type: aws::iam::user
      cloud: aws
      subscriptionId: "111111111111"
      location: global
      name: ada
      properties:
        UserName: ada
        Path: /
        Arn: arn:aws:iam::111111111111:user/ada
        ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
        Policies: [{PolicyName: own, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}]
      observed:
        UserId: AIDAADA
        AccessKeys: [{AccessKeyId: AKIAADA0000000000001, Status: Active, CreateDate: "2020-01-02T03:04:05Z"}]
        Credentials: {PasswordEnabled: true, AccessKey1Active: true, AccessKey1LastRotated: "2020-01-02T03:04:05+00:00"}
    - id: arn:aws:iam::111111111111:user/bob
      type: aws::iam::user
      cloud: aws
      subscriptionId: "111111111111"
      location: global
      name: bob
      properties: {UserName: bob, Path: /, Arn: "arn:aws:iam::111111111111:user/bob", ManagedPolicyArns: [], Policies: []}
      observed:
        AccessKeys: [{AccessKeyId: AKIABOB0000000000001, Status: Inactive}]
        Credentials: {PasswordEnabled: false, AccessKey1Active: false}
    - {id: "arn:aws:iam::111111111111:user/eve", type: aws::iam::user, cloud: aws, subscriptionId: "111111111111", location: global, name: eve, properties: {UserName: eve, Path: /, Arn: "arn:aws:iam::111111111111:user/eve"}, observed: {Credentials: {PasswordEnabled: false}}}
    - {id: "arn:aws:iam::222222222222:role/audit", type: aws::iam::role, cloud: aws, subscriptionId: "222222222222", location: global, name: audit, properties: {RoleName: audit, RoleId: AROAAUDIT, Path: /, Arn: "arn:aws:iam::222222222222:role/audit", AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []}}}
    - id: arn:aws:iam::111111111111:policy/all
      type: aws::iam::managedpolicy
      cloud: aws
      subscriptionId: "111111111111"
      location: global
      name: all
      properties: {ManagedPolicyName: all, PolicyArn: "arn:aws:iam::111111111111:policy/all", Path: /, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}
      observed: {DefaultVersionId: v1, AttachmentCount: 1}
    - id: arn:aws:ec2:us-east-1:111111111111:security-group/sg-1
      type: aws::ec2::securitygroup
      cloud: aws
      subscriptionId: "111111111111"
      location: us-east-1
      name: web
      properties:
        GroupId: sg-1
        GroupName: web
        GroupDescription: the shop
        VpcId: vpc-1
        SecurityGroupIngress:
          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0, Description: for now}
          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}
        SecurityGroupEgress: []
    - {id: "arn:aws:ec2:us-east-1:111111111111:security-group/sg-2", type: aws::ec2::securitygroup, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: other, properties: {GroupId: sg-2, GroupName: other, GroupDescription: o, VpcId: vpc-2, SecurityGroupIngress: [], SecurityGroupEgress: []}}
    - {id: "arn:aws:ec2:us-east-1:111111111111:instance/i-1", type: aws::ec2::instance, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: i-1, properties: {InstanceId: i-1, InstanceType: t3.micro, MetadataOptions: {HttpTokens: optional, HttpEndpoint: enabled}}, observed: {State: running}}
    - {id: "arn:aws:ec2:us-east-1::snapshot/snap-1", type: aws::ec2::snapshot, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: snap-1, properties: {SnapshotId: snap-1, Encrypted: false}, observed: {CreateVolumePermissions: [{Group: all}]}}
    - {id: "arn:aws:ec2:us-east-1::image/ami-1", type: aws::ec2::image, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: shop, properties: {ImageId: ami-1, Name: shop}, observed: {Public: true, LaunchPermissions: [{Group: all}]}}
    - {id: "arn:aws:rds:us-east-1:111111111111:db:orders", type: aws::rds::dbinstance, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: orders, properties: {DBInstanceIdentifier: orders, Engine: postgres, PubliclyAccessible: true, BackupRetentionPeriod: 0}}
    - {id: "arn:aws:rds:us-east-1:111111111111:snapshot:orders-1", type: aws::rds::dbsnapshot, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: orders-1, properties: {DBSnapshotIdentifier: orders-1, Engine: postgres}, observed: {Attributes: [{AttributeName: restore, AttributeValues: [all]}]}}
    - {id: "arn:aws:kms:us-east-1:111111111111:key/k-1", type: aws::kms::key, cloud: aws, subscriptionId: "111111111111", location: us-east-1, name: k-1, properties: {KeyId: k-1, Enabled: true, EnableKeyRotation: false}, observed: {KeyManager: CUSTOMER, KeyState: Enabled}}
    """

  static let calls = #"""
    import datetime, json, os, socket, urllib.error, urllib.request
    import boto3, botocore.auth
    from botocore.config import Config
    from botocore.exceptions import ClientError

    # Names below localhost are this machine, which not every resolver knows.
    resolve = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **named: resolve(
        "127.0.0.1" if isinstance(host, str) and host.endswith(".localhost") else host, *rest, **named)
    url = os.environ["AWS_ENDPOINT_URL"]

    def client(name, region="us-east-1", key="AKIAANYKEYATALL00001", secret="rehearsal", token=None, style="path"):
        return boto3.client(name, endpoint_url=url, region_name=region, aws_access_key_id=key,
            aws_secret_access_key=secret, aws_session_token=token,
            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": style}))

    def say(call, body):
        try:
            answer = body()
        except ClientError as error:
            meta = error.response["ResponseMetadata"]
            answer = f"{error.response['Error']['Code']} {meta['HTTPStatusCode']}"
        print(json.dumps({"call": call, "answer": answer}, default=str))

    def fault(client, kind):
        def mark(request, **_):
            # What a handler returns is taken for the answer.
            request.headers["x-twin-fault"] = kind
        client.meta.events.register("before-send", mark)
        return client

    s3, ec2, iam, sts, rds = client("s3"), client("ec2"), client("iam"), client("sts"), client("rds")
    kms, trail = client("kms"), client("cloudtrail")

    # Who may ask.
    say("wrong secret, query", lambda: client("iam", secret="no").list_users())
    say("wrong secret, s3", lambda: client("s3", secret="no").list_buckets())
    say("wrong secret, json", lambda: client("dynamodb", secret="no").list_tables())
    say("wrong secret, rest-json", lambda: client("lambda", secret="no").list_functions())
    def tampered():
        c = client("sts")
        def change(request, **_):
            body = request.body if isinstance(request.body, bytes) else request.body.encode()
            request.body = body.replace(b"GetCallerIdentity", b"GetCallerIdentitY")
        c.meta.events.register("before-send", change)
        return c.get_caller_identity()
    say("tampered", tampered)
    def late(name, ask):
        plain = botocore.auth.get_current_datetime
        botocore.auth.get_current_datetime = lambda *_: plain(*_) - datetime.timedelta(hours=1)
        try:
            return ask(client(name))
        finally:
            botocore.auth.get_current_datetime = plain
    say("late, ec2", lambda: late("ec2", lambda c: c.describe_vpcs()))
    say("late, s3", lambda: late("s3", lambda c: c.list_buckets()))
    def unsigned():
        try:
            urllib.request.urlopen(url + "/?Action=GetCallerIdentity&Version=2011-06-15")
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            return f"{text.split('<Code>')[1].split('<')[0]} {error.code}"
    say("unsigned", unsigned)
    say("no such account", lambda: client("sts", key="999999999999").get_caller_identity())
    say("key switched off", lambda: client("sts", key="AKIABOB0000000000001").get_caller_identity())
    say("identity", lambda: sts.get_caller_identity()["Arn"])
    say("identity of a user", lambda: client("sts", key="AKIAADA0000000000001").get_caller_identity()["Arn"])
    say("identity by account", lambda: client("sts", key="222222222222").get_caller_identity()["Arn"])
    role = sts.assume_role(RoleArn="arn:aws:iam::222222222222:role/audit", RoleSessionName="s1")["Credentials"]
    of = dict(key=role["AccessKeyId"], secret=role["SecretAccessKey"])
    say("identity of a role", lambda: client("sts", token=role["SessionToken"], **of).get_caller_identity()["Arn"])
    say("session, wrong token", lambda: client("sts", token="no", **of).get_caller_identity())
    say("role elsewhere", lambda: sts.assume_role(RoleArn="arn:aws:iam::222222222222:role/none", RoleSessionName="s1"))

    # What is not there.
    say("unknown, query", lambda: iam.create_user(UserName="x"))
    say("unknown, ec2", lambda: ec2.run_instances(MinCount=1, MaxCount=1))
    say("unknown, json", lambda: kms.create_key())
    say("unknown, rest-json", lambda: client("lambda").get_account_settings())
    say("unknown, s3", lambda: s3.put_object(Bucket="shop-data", Key="a/b c", Body=b"x"))
    say("unknown, rest-xml", lambda: client("route53").get_checker_ip_ranges())
    say("no bucket", lambda: s3.get_bucket_policy(Bucket="nothing-here"))
    say("no bucket policy", lambda: s3.get_bucket_policy(Bucket="shop-data"))
    say("no user", lambda: iam.get_user(UserName="nobody"))
    say("no group", lambda: ec2.describe_security_groups(GroupIds=["sg-none"]))
    say("no instance", lambda: ec2.describe_instances(InstanceIds=["i-none"]))
    say("no database", lambda: rds.describe_db_instances(DBInstanceIdentifier="none"))
    say("no key", lambda: kms.describe_key(KeyId="none"))
    say("no function", lambda: client("lambda").get_function(FunctionName="none"))
    say("no trail", lambda: trail.get_trail_status(Name="none"))
    say("no organization", lambda: client("organizations", key="222222222222").describe_organization())
    say("no page", lambda: iam.list_users(Marker="nonsense"))
    say("throttled, ec2", lambda: fault(client("ec2"), "throttle").describe_vpcs())
    say("throttled, json", lambda: fault(client("kms"), "throttle").list_keys())
    say("throttled, s3", lambda: fault(client("s3"), "throttle").list_buckets())
    say("unavailable, query", lambda: fault(client("iam"), "unavailable").list_users())
    say("expired, s3", lambda: fault(client("s3"), "expired").list_buckets())
    say("expired, json", lambda: fault(client("kms"), "expired").list_keys())

    # What is there.
    say("buckets", lambda: [b["Name"] for b in s3.list_buckets()["Buckets"]])
    say("buckets of the other", lambda: [b["Name"] for b in client("s3", key="222222222222").list_buckets()["Buckets"]])
    say("bucket by host", lambda: client("s3", style="virtual").get_bucket_versioning(Bucket="shop-data")["Status"])
    say("users in pages", lambda: [len(p["Users"]) for p in iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1})])
    say("regions", lambda: [r["RegionName"] for r in ec2.describe_regions()["Regions"]])
    say("groups by filter", lambda: [g["GroupId"] for g in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": ["vpc-1"]}])["SecurityGroups"]])
    def rules(**more):
        found = ec2.describe_security_group_rules(**more)["SecurityGroupRules"]
        return [[r["GroupId"], r["IsEgress"], r["FromPort"], r["CidrIpv4"], r["GroupOwnerId"]] for r in found]
    say("rules of a group", lambda: rules(Filters=[{"Name": "group-id", "Values": ["sg-1"]}]))
    say("rules of none", lambda: rules(Filters=[{"Name": "group-id", "Values": ["sg-2"]}]))
    ids = [r["SecurityGroupRuleId"] for r in ec2.describe_security_group_rules()["SecurityGroupRules"]]
    say("rule by id", lambda: [ids == sorted(set(ids), key=ids.index), len(rules(SecurityGroupRuleIds=ids[:1]))])
    say("no rule by id", lambda: rules(SecurityGroupRuleIds=["sgr-none"]))
    say("rules by another", lambda: rules(Filters=[{"Name": "colour", "Values": ["red"]}]))
    say("instances of eu-west-1", lambda: len(client("ec2", "eu-west-1").describe_instances()["Reservations"]))
    iam.generate_credential_report()
    say("report", lambda: [line.split(",")[0] for line in iam.get_credential_report()["Content"].decode().split("\n")[1:]])
    say("policy document", lambda: iam.get_user_policy(UserName="ada", PolicyName="own")["PolicyDocument"]["Statement"][0]["Action"])
    say("tags", lambda: s3.get_bucket_tagging(Bucket="shop-data")["TagSet"])
    say("keys of none", lambda: iam.list_access_keys(UserName="eve")["AccessKeyMetadata"])
    say("accounts", lambda: [a["Id"] for a in client("organizations").list_accounts()["Accounts"]])

    # What fixes do.
    bucket = dict(Bucket="shop-data")
    block = dict(BlockPublicAcls=True, IgnorePublicAcls=True, BlockPublicPolicy=True, RestrictPublicBuckets=True)
    s3.put_public_access_block(PublicAccessBlockConfiguration=block, **bucket)
    assert s3.get_public_access_block(**bucket)["PublicAccessBlockConfiguration"] == block
    s3.put_bucket_encryption(ServerSideEncryptionConfiguration={"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k-1"}}]}, **bucket)
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": "a<&>'b", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}
    s3.put_bucket_policy(Policy=json.dumps(policy), **bucket)
    assert json.loads(s3.get_bucket_policy(**bucket)["Policy"]) == policy
    say("bad policy", lambda: s3.put_bucket_policy(Policy="{", **bucket))
    s3.delete_bucket_policy(Bucket="shop-logs")
    s3.put_bucket_versioning(VersioningConfiguration={"Status": "Enabled"}, **bucket)
    s3.put_bucket_logging(BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "shop-logs", "TargetPrefix": "p/"}}, **bucket)
    client("s3control").put_public_access_block(AccountId="111111111111", PublicAccessBlockConfiguration=block)
    ssh = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.authorize_security_group_ingress(GroupId="sg-1", IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="10.9.0.0/16")
    ec2.revoke_security_group_ingress(GroupId="sg-1", IpPermissions=ssh)
    say("no rule", lambda: ec2.revoke_security_group_ingress(GroupId="sg-1", IpPermissions=ssh))
    say("rule again", lambda: ec2.authorize_security_group_ingress(
        GroupId="sg-1", IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="10.9.0.0/16"))
    ec2.authorize_security_group_egress(GroupId="sg-1", IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}])
    ec2.enable_ebs_encryption_by_default()
    ec2.modify_snapshot_attribute(SnapshotId="snap-1", Attribute="createVolumePermission", OperationType="remove", GroupNames=["all"])
    ec2.modify_image_attribute(ImageId="ami-1", LaunchPermission={"Remove": [{"Group": "all"}]})
    ec2.modify_instance_metadata_options(InstanceId="i-1", HttpTokens="required")
    iam.update_account_password_policy(MinimumPasswordLength=14, RequireSymbols=True)
    iam.update_access_key(UserName="ada", AccessKeyId="AKIAADA0000000000001", Status="Inactive")
    iam.delete_access_key(UserName="bob", AccessKeyId="AKIABOB0000000000001")
    iam.attach_user_policy(UserName="bob", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    iam.detach_user_policy(UserName="ada", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    iam.put_user_policy(UserName="bob", PolicyName="own", PolicyDocument='{"Version": "2012-10-17", "Statement": []}')
    iam.delete_user_policy(UserName="ada", PolicyName="own")
    iam.create_policy_version(PolicyArn="arn:aws:iam::111111111111:policy/all", SetAsDefault=True, PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}))
    rds.modify_db_instance(DBInstanceIdentifier="orders", PubliclyAccessible=False, BackupRetentionPeriod=7)
    rds.modify_db_snapshot_attribute(DBSnapshotIdentifier="orders-1", AttributeName="restore", ValuesToRemove=["all"])
    kms.enable_key_rotation(KeyId="arn:aws:kms:us-east-1:111111111111:key/k-1")
    trail.create_trail(Name="all", S3BucketName="shop-logs", IsMultiRegionTrail=True)
    trail.start_logging(Name="all")
    trail.put_event_selectors(TrailName="all", EventSelectors=[{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True,
        "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}])
    trail.update_trail(Name="all", EnableLogFileValidation=True)
    """#
}
