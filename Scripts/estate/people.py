# SPDX-License-Identifier: Apache-2.0
"""IAM users, policies and roles."""

from .core import allow, doc


def user(e, region, n, variant):
    console, mfa, keys, grant = variant
    iam, name = e("iam"), f"user-{e.tag}-{n}"
    arn = iam.create_user(UserName=name, Path=("/", "/staff/")[n % 2])["User"]["Arn"]
    if console:
        iam.create_login_profile(UserName=name, Password="Not-a-Secret-1!x")
        e.say("iam_user_mfa_enabled_console_access", arn, mfa)
        e.say("iam_user_console_access_unused", arn, True)
    if mfa:
        serial = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]["SerialNumber"]
        iam.enable_mfa_device(
            UserName=name, SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321"
        )
    for i, status in enumerate(keys):
        k = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
        e.count("AWS::IAM::AccessKey")
        if status == "Inactive":
            iam.update_access_key(UserName=name, AccessKeyId=k, Status=status)
    e.say("iam_user_two_active_access_key", arn, keys.count("Active") < 2)
    if grant == "inline":
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=doc(allow("s3:ListAllMyBuckets")))
    if grant == "attached":
        iam.attach_user_policy(UserName=name, PolicyArn=e.reader)
    if grant == "group":
        iam.add_user_to_group(GroupName=e.group, UserName=name)
    e.say("iam_policy_attached_only_to_group_or_roles", arn, grant not in ("inline", "attached"))


POLICIES = {
    "admin": (doc(allow("*")), 0),
    "admin-lists": (doc(allow("s3:GetObject"), allow(["ec2:DescribeVpcs", "*"], ["*"])), 0),
    "reader": (doc(allow(["s3:Get*", "s3:List*"])), 1),
    "denier": (doc({"Effect": "Deny", "Action": "*", "Resource": "*"}), 1),
    "narrow": (doc(allow("*", "arn:aws:s3:::only-this/*")), 1),
    "service": (doc(allow("iam:*")), 1),
}


def policy(e, region, n, variant):
    kind, attached = variant
    text, healthy = POLICIES[kind]
    arn = e("iam").create_policy(PolicyName=f"{kind}-{e.tag}-{n}", PolicyDocument=text)["Policy"]["Arn"]
    if attached and e.roles:
        e("iam").attach_role_policy(RoleName=e.roles[n % len(e.roles)], PolicyArn=arn)
    e.say("iam_customer_attached_policy_no_administrative_privileges", arn, healthy)


def role(e, region, n, variant):
    name = f"role-{e.tag}-{n}"
    who = {"service": {"Service": "ec2.amazonaws.com"}, "account": {"AWS": e.root}}[variant]
    e("iam").create_role(
        RoleName=name, AssumeRolePolicyDocument=doc({"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"})
    )
    with e.lock:
        e.roles.append(name)
