# SPDX-License-Identifier: Apache-2.0
"""Trails with their bucket and key, and the alarms on what they record."""

from .data import make_bucket, plain_bucket_truth


def trails(e):
    """One trail meant for the whole account, good or flawed in one way, and flawed ones beside it."""
    pick = e.random
    bucket_kind = pick.choice(["private", "private", "public"])
    logged = pick.random() < 0.5
    store = f"trail-{e.tag}"
    make_bucket(e, e.home, store)
    plain_bucket_truth(e, store)
    s3 = e("s3")
    if logged:
        s3.put_bucket_acl(Bucket=e.flow_bucket, ACL="log-delivery-write")
        s3.put_bucket_logging(
            Bucket=store,
            BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": e.flow_bucket, "TargetPrefix": "trail/"}},
        )
    if bucket_kind == "public":
        s3.put_bucket_acl(Bucket=store, ACL="public-read")
    group = f"/trail/{e.tag}"
    e("logs").create_log_group(logGroupName=group)
    e.count("AWS::Logs::LogGroup")
    group_arn = e.arn("logs", e.home, f"log-group:{group}:*")
    secret = e("kms").create_key(Description="trail")["KeyMetadata"]
    e("kms").enable_key_rotation(KeyId=secret["KeyId"])
    e.say("kms_cmk_rotation_enabled", secret["Arn"], True)
    e.count("AWS::KMS::Key")

    wide = pick.choice(["good", "good", "stopped", "one-region", "none"])
    events = pick.choice(["All", "WriteOnly", "ReadOnly", None])
    covered = False
    shapes = []
    if wide != "none":
        shapes.append((e.home, "wide", wide != "one-region", wide != "stopped", True, True, True))
    for n, region in enumerate(e.regions[1:3]):
        shapes.append((region, f"local-{n}", False, True, n == 0, False, False))
    feeds = False
    for region, name, multi, logging, validated, keyed, fed in shapes:
        more = {"KmsKeyId": secret["Arn"]} if keyed else {}
        if fed:
            more |= {
                "CloudWatchLogsLogGroupArn": group_arn,
                "CloudWatchLogsRoleArn": f"arn:aws:iam::{e.account}:role/{e.roles[0]}",
            }
        trail = e("cloudtrail", region)
        arn = trail.create_trail(
            Name=f"{name}-{e.tag}",
            S3BucketName=store,
            IsMultiRegionTrail=multi,
            IncludeGlobalServiceEvents=True,
            EnableLogFileValidation=validated,
            **more,
        )["TrailARN"]
        e.count("AWS::CloudTrail::Trail")
        if logging:
            trail.start_logging(Name=f"{name}-{e.tag}")
        if name == "wide" and events:
            trail.put_event_selectors(
                TrailName=f"{name}-{e.tag}",
                EventSelectors=[
                    {
                        "ReadWriteType": events,
                        "IncludeManagementEvents": True,
                        "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
                    }
                ],
            )
        covered |= multi and logging
        feeds |= multi and logging and fed
        e.say("cloudtrail_kms_encryption_enabled", arn, keyed)
        e.say("cloudtrail_log_file_validation_enabled", arn, validated)
        e.say("cloudtrail_cloudwatch_logging_enabled", arn, fed)
        e.say("cloudtrail_logs_s3_bucket_is_not_publicly_accessible", arn, bucket_kind == "private")
        e.say("cloudtrail_logs_s3_bucket_access_logging_enabled", arn, logged)
    # A trail that leaves out reads or writes of the management API is no record of the account.
    e.say("cloudtrail_multi_region_enabled", e.root, covered and events in ("All", None))
    e.say("cloudtrail_s3_dataevents_write_enabled", e.root, covered and events in ("All", "WriteOnly"))
    e.say("cloudtrail_s3_dataevents_read_enabled", e.root, covered and events in ("All", "ReadOnly"))
    alarms(e, group, feeds)


# What each control asks for, in the filter language of CloudWatch Logs.
FILTERS = {
    "cloudwatch_changes_to_network_acls_alarm_configured": [
        "CreateNetworkAcl",
        "CreateNetworkAclEntry",
        "DeleteNetworkAcl",
        "DeleteNetworkAclEntry",
        "ReplaceNetworkAclEntry",
        "ReplaceNetworkAclAssociation",
    ],
    "cloudwatch_changes_to_vpcs_alarm_configured": [
        "CreateVpc",
        "DeleteVpc",
        "ModifyVpcAttribute",
        "AcceptVpcPeeringConnection",
        "CreateVpcPeeringConnection",
        "DeleteVpcPeeringConnection",
        "RejectVpcPeeringConnection",
        "AttachClassicLinkVpc",
        "DetachClassicLinkVpc",
        "DisableVpcClassicLink",
        "EnableVpcClassicLink",
    ],
    "cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled": [
        "CreateTrail",
        "UpdateTrail",
        "DeleteTrail",
        "StartLogging",
        "StopLogging",
    ],
    "cloudwatch_log_metric_filter_for_s3_bucket_policy_changes": [
        "PutBucketAcl",
        "PutBucketPolicy",
        "PutBucketCors",
        "PutBucketLifecycle",
        "PutBucketReplication",
        "DeleteBucketPolicy",
        "DeleteBucketCors",
        "DeleteBucketLifecycle",
        "DeleteBucketReplication",
    ],
    "cloudwatch_log_metric_filter_policy_changes": [
        "DeleteGroupPolicy",
        "DeleteRolePolicy",
        "DeleteUserPolicy",
        "PutGroupPolicy",
        "PutRolePolicy",
        "PutUserPolicy",
        "CreatePolicy",
        "DeletePolicy",
        "CreatePolicyVersion",
        "DeletePolicyVersion",
        "AttachRolePolicy",
        "DetachRolePolicy",
        "AttachUserPolicy",
        "DetachUserPolicy",
        "AttachGroupPolicy",
        "DetachGroupPolicy",
    ],
    "cloudwatch_log_metric_filter_security_group_changes": [
        "AuthorizeSecurityGroupIngress",
        "AuthorizeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
        "RevokeSecurityGroupEgress",
        "CreateSecurityGroup",
        "DeleteSecurityGroup",
    ],
    "cloudwatch_log_metric_filter_root_usage": '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    "cloudwatch_log_metric_filter_sign_in_without_mfa": '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
    '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    "cloudwatch_log_metric_filter_unauthorized_api_calls": '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    "cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk": "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }",
}


def alarms(e, group, feeds):
    """For each control a filter with an alarm that tells somebody, or one of the three missing."""
    topic = e("sns").create_topic(Name=f"alarms-{e.tag}")["TopicArn"]
    e("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="security@example.com")
    e.count("AWS::SNS::Topic")
    for check, pattern in FILTERS.items():
        variant = e.random.choice(["good", "good", "none", "no-alarm", "other-events"])
        short = check.removeprefix("cloudwatch_")[-40:]
        if isinstance(pattern, list):
            pattern = "{ " + " || ".join(f"($.eventName = {name})" for name in pattern) + " }"
            if check.endswith("bucket_policy_changes"):
                pattern = "{ ($.eventSource = s3.amazonaws.com) && (" + pattern[2:-2] + ") }"
        if variant != "none":
            e("logs").put_metric_filter(
                logGroupName=group,
                filterName=short,
                filterPattern=pattern if variant != "other-events" else "{ $.eventName = DescribeInstances }",
                metricTransformations=[{"metricName": short, "metricNamespace": "Trail", "metricValue": "1"}],
            )
        if variant in ("good", "other-events"):
            e("cloudwatch").put_metric_alarm(
                AlarmName=short,
                MetricName=short,
                Namespace="Trail",
                Statistic="Sum",
                Period=300,
                EvaluationPeriods=1,
                Threshold=1,
                ComparisonOperator="GreaterThanOrEqualToThreshold",
                AlarmActions=[topic],
            )
            e.count("AWS::CloudWatch::Alarm")
        e.say(check, e.root, feeds and variant == "good")
