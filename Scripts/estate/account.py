# SPDX-License-Identifier: Apache-2.0
"""What there is one of per account or region."""

import http.client
import urllib.parse

from . import trails
from .data import make_bucket, plain_bucket_truth
from .networks import default_parts, flow_log
from .people import POLICIES, role


def account(e):
    iam, pick = e("iam"), e.random
    e.group = f"staff-{e.tag}"
    iam.create_group(GroupName=e.group)
    e.reader = iam.create_policy(PolicyName=f"shared-{e.tag}", PolicyDocument=POLICIES["reader"][0])["Policy"]["Arn"]
    e.say("iam_customer_attached_policy_no_administrative_privileges", e.reader, True)
    iam.attach_group_policy(GroupName=e.group, PolicyArn=e.reader)
    e.count("AWS::IAM::Group")
    for n in range(2):
        role(e, e.home, 9000 + n, "service")
    profile = f"profile-{e.tag}"
    e.profile = iam.create_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Arn"]
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=e.roles[0])

    length, reuse = pick.choice([(14, 24), (20, 24), (8, 24), (14, 5), (8, None), (None, None)])
    if length:
        iam.update_account_password_policy(
            MinimumPasswordLength=length, **({"PasswordReusePrevention": reuse} if reuse else {})
        )
    e.say("iam_password_policy_minimum_length_14", e.root, (length or 0) >= 14)
    e.say("iam_password_policy_reuse_24", e.root, (reuse or 0) >= 24)
    e.say("iam_no_root_access_key", e.root, True)
    e.say("iam_root_mfa_enabled", e.root, False)
    e.say("iam_root_hardware_mfa_enabled", e.root, False)
    e.say("iam_support_role_created", e.root, False)

    if pick.random() < 0.5:  # the server gives every certificate an end in 2012
        c = iam.upload_server_certificate(ServerCertificateName=f"cert-{e.tag}", CertificateBody="-", PrivateKey="-")
        e.say("iam_no_expired_server_certificates_stored", c["ServerCertificateMetadata"]["Arn"], False)

    blocked = pick.choice(["all", "three", None])
    if blocked:
        block_account(e, blocked == "all")
    e.say("s3_account_level_public_access_blocks", e.root, blocked == "all")
    make_bucket(e, e.home, e.flow_bucket)
    plain_bucket_truth(e, e.flow_bucket)
    trails.trails(e)


def block_account(e, every):
    """boto3 puts the account id before the host name, which no loopback server answers to."""
    where = urllib.parse.urlparse(e.endpoint)
    body = "".join(
        f"<{k}>{str(v).lower()}</{k}>"
        for k, v in [
            ("BlockPublicAcls", True),
            ("IgnorePublicAcls", True),
            ("BlockPublicPolicy", True),
            ("RestrictPublicBuckets", every),
        ]
    )
    link = http.client.HTTPConnection(where.hostname, where.port)
    link.request(
        "PUT",
        "/v20180820/configuration/publicAccessBlock",
        headers={
            "Host": f"{e.account}.s3-control.{e.home}.amazonaws.com",
            "x-amz-account-id": e.account,
            "Authorization": f"AWS4-HMAC-SHA256 Credential=AKIAPLANTER/20260101/{e.home}/s3/aws4_request, "
            "SignedHeaders=host, Signature=0",
        },
        body=f'<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">{body}'
        "</PublicAccessBlockConfiguration>",
    )
    answer = link.getresponse()
    if answer.status >= 300:
        raise SystemExit(f"public access block of the account: {answer.status} {answer.read()[:200]}")


def region_switches(e, region):
    pick, rid = e.random, e.region_id(region)
    on = pick.random() < 0.5
    if on:
        e("ec2", region).enable_ebs_encryption_by_default()
    e.say("ec2_ebs_default_encryption", rid, on)

    on = pick.random() < 0.5
    if on:
        e("securityhub", region).enable_security_hub()
    e.say("securityhub_enabled", rid, on)

    on = pick.random() < 0.5
    if not on:
        e("macie2", region).disable_macie()  # the server starts with Macie on everywhere
    e.say("macie_is_enabled", rid, on)

    if pick.random() < 0.5:
        e("guardduty", region).create_detector(Enable=True)
    recorder(e, region, pick.choice(["on", "on", "stopped", "none", "some-types"]))

    for vpc in e("ec2", region).describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]:
        default_parts(e, region, vpc["VpcId"], "open")  # what AWS puts into a new account counts as well
        flow_log(e, region, vpc["VpcId"], None, "none")


def recorder(e, region, variant):
    if variant != "none":
        config = e("config", region)
        group = (
            {"allSupported": True, "includeGlobalResourceTypes": True}
            if variant != "some-types"
            else {"allSupported": False, "includeGlobalResourceTypes": False, "resourceTypes": ["AWS::EC2::Instance"]}
        )
        config.put_configuration_recorder(
            ConfigurationRecorder={
                "name": "default",
                "roleARN": f"arn:aws:iam::{e.account}:role/{e.roles[0]}",
                "recordingGroup": group,
            }
        )
        config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": e.flow_bucket})
        if variant != "stopped":
            config.start_configuration_recorder(ConfigurationRecorderName="default")
    e.say("config_recorder_all_regions_enabled", e.region_id(region), variant == "on")
