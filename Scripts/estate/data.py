# SPDX-License-Identifier: Apache-2.0
"""Databases, keys, buckets."""

from .core import doc


def database(e, region, n, variant):
    public, encrypted, zones, minor = variant
    d = e("rds", region).create_db_instance(
        DBInstanceIdentifier=f"db-{e.tag}-{n}",
        Engine=("postgres", "mysql")[n % 2],
        DBInstanceClass="db.t3.micro",
        AllocatedStorage=10,
        MasterUsername="owner",
        MasterUserPassword="not-a-secret-1",
        PubliclyAccessible=public,
        StorageEncrypted=encrypted,
        MultiAZ=zones,
        AutoMinorVersionUpgrade=minor,
    )["DBInstance"]["DBInstanceArn"]
    database_truth(e, d, public, encrypted, zones, minor)


def database_truth(e, arn, public, encrypted, zones, minor):
    e.say("rds_instance_no_public_access", arn, not public)
    e.say("rds_instance_storage_encrypted", arn, encrypted)
    e.say("rds_instance_multi_az", arn, zones)
    e.say("rds_instance_minor_version_upgrade_enabled", arn, minor)


def database_cluster(e, region, n, variant):
    """Two members; in two zones the cluster spans them, and so do its members."""
    rds, name = e("rds", region), f"cluster-{e.tag}-{n}"
    rds.create_db_cluster(
        DBClusterIdentifier=name,
        Engine="aurora-mysql",
        MasterUsername="owner",
        MasterUserPassword="not-a-secret-1",
        StorageEncrypted=True,
    )
    arns = [
        rds.create_db_instance(
            DBInstanceIdentifier=f"{name}-{i}",
            DBClusterIdentifier=name,
            Engine="aurora-mysql",
            DBInstanceClass="db.r5.large",
            AvailabilityZone=f"{region}{'ab'[i] if variant else 'a'}",
        )["DBInstance"]["DBInstanceArn"]
        for i in (0, 1)
    ]
    found = {
        d["DBInstanceArn"]: d
        for d in rds.describe_db_instances(Filters=[{"Name": "db-cluster-id", "Values": [name]}])["DBInstances"]
    }
    for a in arns:
        database_truth(e, a, False, found[a]["StorageEncrypted"], variant, True)
    e.count("AWS::RDS::DBInstance", 2)


def key(e, region, n, variant):
    kms = e("kms", region)
    spec = {
        "asymmetric": {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"},
        "imported": {"Origin": "EXTERNAL"},
        "hmac": {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"},
    }.get(variant, {})
    k = kms.create_key(Description=f"planted {variant}", **spec)["KeyMetadata"]
    if variant == "rotating":
        kms.enable_key_rotation(KeyId=k["KeyId"])
    if variant == "disabled":
        kms.disable_key(KeyId=k["KeyId"])
    if variant == "deleted":
        kms.schedule_key_deletion(KeyId=k["KeyId"], PendingWindowInDays=7)
    if variant in ("rotating", "still"):
        e.say("kms_cmk_rotation_enabled", k["Arn"], variant == "rotating")


def bucket(e, region, n, variant):
    block, encrypted, tls, versioned, acl = variant
    s3, name = e("s3", region), f"bucket-{e.tag}-{n}"
    make_bucket(e, region, name)
    arn = f"arn:aws:s3:::{name}"
    if block:
        s3.put_public_access_block(
            Bucket=name,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": block == "all",
            },
        )
    if encrypted:
        s3.put_bucket_encryption(
            Bucket=name,
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": encrypted}}]
            },
        )
    if tls:
        both = [arn, arn + "/*"]
        plain = {"Bool": {"aws:SecureTransport": "false"}}
        s3.put_bucket_policy(
            Bucket=name,
            Policy=doc(
                {
                    "deny": {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": both,
                        "Condition": plain,
                    },
                    "deny-list": {
                        "Effect": "Deny",
                        "Principal": {"AWS": "*"},
                        "Action": ["s3:*"],
                        "Resource": both,
                        "Condition": {"Bool": {"aws:SecureTransport": ["false"]}},
                    },
                    "allow": {
                        "Effect": "Allow",
                        "Principal": {"AWS": e.root},
                        "Action": "s3:GetObject",
                        "Resource": arn + "/*",
                        "Condition": plain,
                    },
                    "wrong-key": {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": "s3:*",
                        "Resource": both,
                        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
                    },
                }[tls]
            ),
        )
    if versioned:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": versioned})
    if acl:
        s3.put_bucket_acl(Bucket=name, ACL=acl)
    e.say("s3_bucket_level_public_access_block", arn, block == "all")
    # S3 encrypts with its own keys where nothing is set.
    e.say("s3_bucket_default_encryption", arn, True)
    e.say("s3_bucket_secure_transport_policy", arn, tls in ("deny", "deny-list"))
    if versioned == "Enabled":
        e.say("s3_bucket_no_mfa_delete", arn, False)


def plain_bucket_truth(e, name, versioned=False):
    arn = f"arn:aws:s3:::{name}"
    e.say("s3_bucket_default_encryption", arn, True)
    for check in ("level_public_access_block", "secure_transport_policy"):
        e.say(f"s3_bucket_{check}", arn, False)
    if versioned:
        e.say("s3_bucket_no_mfa_delete", arn, False)


def make_bucket(e, region, name):
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    e("s3", region).create_bucket(Bucket=name, **where)
