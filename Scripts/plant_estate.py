#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plants an AWS estate with good and bad variants on a mock server and writes down what is wrong with it.

  plant_estate.py --endpoint URL --resources 500 --regions us-east-1,eu-west-1 --seed 7 --manifest out.json

The manifest says for each check which resources are unhealthy and which healthy. It comes from what was planted, not
from what a scanner sees, so a test may demand equality. Checks are known by the Prowler id that ours name under
`sameAs`; with the checks' folder beside this script the manifest also carries our own ids.
"""
import argparse
import glob
import http.client
import io
import itertools
import json
import os
import random
import re
import sys
import threading
import time
import urllib.parse
import zipfile
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

ACCOUNT = "123456789012"
ANY4, ANY6 = "0.0.0.0/0", "::/0"
HERE = os.path.dirname(os.path.abspath(__file__))


class Estate:
    """What has been planted, the truth about it, and the clients to plant with."""

    def __init__(self, endpoint, regions, seed, account=ACCOUNT):
        self.endpoint, self.regions, self.account = endpoint, regions, account
        self.home = regions[0]
        self.random = random.Random(seed)
        self.tag = f"{self.random.getrandbits(20):05x}"
        self.truth, self.counts, self.notes = {}, {}, []
        self.lock = threading.Lock()
        self.clients = {}
        self.root = f"arn:aws:iam::{account}:root"
        self.vpcs = {r: [] for r in regions}          # planted networks: (vpc id, cidr prefix, [subnet ids])
        self.roles, self.profile = [], None
        self.flow_bucket = f"flow-logs-{self.tag}"

    def __call__(self, service, region=None):
        region = region or self.home
        with self.lock:
            client = self.clients.get((service, region))
            if client is None:
                client = self.clients[service, region] = boto3.client(
                    service, endpoint_url=self.endpoint, region_name=region, aws_access_key_id="AKIAPLANTER",
                    aws_secret_access_key="planter", config=Config(
                        s3={"addressing_style": "path"}, max_pool_connections=32,
                        retries={"max_attempts": 5, "mode": "standard"}, parameter_validation=False))
            return client

    def arn(self, service, region, rest):
        return f"arn:aws:{service}:{region}:{self.account}:{rest}"

    def region_id(self, region):
        return self.arn("ec2", region, f"region/{region}")

    def say(self, check, resource, healthy):
        with self.lock:
            entry = self.truth.setdefault(check, {"unhealthy": set(), "healthy": set()})
            entry["healthy" if healthy else "unhealthy"].add(resource)

    def count(self, kind, number=1):
        with self.lock:
            self.counts[kind] = self.counts.get(kind, 0) + number


def doc(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


# --- networks ---------------------------------------------------------------------------------------------------

def rule(protocol="tcp", low=None, high=None, v4=None, v6=None, group=None):
    r = {"IpProtocol": protocol}
    if low is not None:
        r["FromPort"], r["ToPort"] = low, high if high is not None else low
    if v4:
        r["IpRanges"] = [{"CidrIp": c} for c in ([v4] if isinstance(v4, str) else v4)]
    if v6:
        r["Ipv6Ranges"] = [{"CidrIpv6": v6}]
    if group:
        r["UserIdGroupPairs"] = [{"GroupId": group}]
    return r


# name: (rules, SSH is safe, RDP is safe, all ports are safe)
GROUPS = {
    "none": ([], 1, 1, 1),
    "web": ([rule(low=443, v4=ANY4, v6=ANY6), rule(low=80, v4=ANY4)], 1, 1, 1),
    "ssh-office": ([rule(low=22, v4=["10.0.0.0/8", "203.0.113.0/24"])], 1, 1, 1),
    "all-inside": ([rule("-1", v4="10.0.0.0/8")], 1, 1, 1),
    "icmp": ([rule("icmp", -1, -1, v4=ANY4)], 1, 1, 1),
    "udp-22": ([rule("udp", 22, v4=ANY4)], 1, 1, 1),
    "beside": ([rule(low=23, high=3388, v4=ANY4), rule(low=0, high=21, v6=ANY6)], 1, 1, 1),
    "high-ports": ([rule(low=4000, high=65535, v4=ANY4)], 1, 1, 1),
    "half": ([rule(low=22, v4="128.0.0.0/2")], 1, 1, 1),
    "ssh4": ([rule(low=22, v4=ANY4)], 0, 1, 1),
    "ssh6": ([rule(low=22, v6=ANY6)], 0, 1, 1),
    "ssh-range": ([rule(low=20, high=30, v4=ANY4)], 0, 1, 1),
    "ssh-second": ([rule(low=443, v4=ANY4), rule(low=22, v4=["10.0.0.0/8", ANY4])], 0, 1, 1),
    "rdp4": ([rule(low=3389, v4=ANY4)], 1, 0, 1),
    "rdp6": ([rule(low=3389, v6=ANY6)], 1, 0, 1),
    "rdp-range": ([rule(low=1024, high=65535, v4=ANY4)], 1, 0, 1),
    "both": ([rule(low=22, high=3389, v4=ANY4)], 0, 0, 1),
    "tcp-all": ([rule(low=0, high=65535, v4=ANY4)], 0, 0, 0),
    "all4": ([rule("-1", v4=ANY4)], 0, 0, 0),
    "all6": ([rule("-1", v6=ANY6)], 0, 0, 0),
}


def security_group(e, region, n, variant):
    rules, ssh, rdp, every = GROUPS[variant]
    vpc = e.vpcs[region][n % len(e.vpcs[region])][0]
    gid = e("ec2", region).create_security_group(
        GroupName=f"{variant}-{e.tag}-{n}", Description=f"planted {variant}", VpcId=vpc)["GroupId"]
    if variant == "none" and n % 2:
        rules = [rule(low=22, group=gid)]             # from its own members only
    if rules:
        e("ec2", region).authorize_security_group_ingress(GroupId=gid, IpPermissions=rules)
    group_truth(e, region, gid, ssh, rdp, every)


def group_truth(e, region, gid, ssh=1, rdp=1, every=1):
    arn = e.arn("ec2", region, f"security-group/{gid}")
    stem = "ec2_securitygroup_allow_ingress_from_internet_to_"
    e.say(stem + "tcp_port_22", arn, ssh)
    e.say(stem + "tcp_port_3389", arn, rdp)
    e.say(stem + "all_ports", arn, every)


def entry(number, action, protocol="-1", low=None, high=None, v4=None, v6=None):
    x = {"RuleNumber": number, "RuleAction": action, "Protocol": protocol, "Egress": False}
    if low is not None:
        x["PortRange"] = {"From": low, "To": high if high is not None else low}
    if v4:
        x["CidrBlock"] = v4
    if v6:
        x["Ipv6CidrBlock"] = v6
    return x


ACLS = {
    "empty": ([], 1),
    "inside": ([entry(100, "allow", v4="10.0.0.0/8")], 1),
    "https": ([entry(100, "allow", "6", 443, v4=ANY4), entry(110, "allow", "6", 1024, 3000, v4=ANY4)], 1),
    "denied-first": ([entry(100, "allow", v4=ANY4), entry(10, "deny", "6", 22, v4=ANY4),
                      entry(20, "deny", "6", 3000, 4000, v4=ANY4)], 1),
    "udp": ([entry(100, "allow", "17", 0, 65535, v4=ANY4)], 1),
    "all4": ([entry(100, "allow", v4=ANY4)], 0),
    "all6": ([entry(100, "allow", v6=ANY6)], 0),
    "ssh": ([entry(100, "allow", "6", 22, v4=ANY4)], 0),
    "rdp-range": ([entry(100, "allow", "6", 3000, 4000, v4=ANY4)], 0),
    "denied-late": ([entry(100, "allow", v4=ANY4), entry(200, "deny", v4=ANY4)], 0),
    "one-denied": ([entry(10, "deny", "6", 22, v4=ANY4), entry(100, "allow", v4=ANY4)], 0),
    "denied-narrow": ([entry(10, "deny", v4="198.51.100.0/24"), entry(100, "allow", "6", 0, 65535, v4=ANY4)], 0),
    "denied-other-family": ([entry(10, "deny", v4=ANY4), entry(20, "allow", v6=ANY6)], 0),
}


def network_acl(e, region, n, variant):
    entries, healthy = ACLS[variant]
    ec2, vpc = e("ec2", region), e.vpcs[region][n % len(e.vpcs[region])][0]
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    for x in entries:
        ec2.create_network_acl_entry(NetworkAclId=acl, **x)
    e.say("ec2_networkacl_allow_ingress_any_port", e.arn("ec2", region, f"network-acl/{acl}"), healthy)


def network(e, region, n, variant):
    """A VPC with two subnets, its default group and ACL, and a flow log or none."""
    ec2 = e("ec2", region)
    prefix = f"10.{n % 250}"
    vpc = ec2.create_vpc(CidrBlock=f"{prefix}.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"{prefix}.{i}.0/24", AvailabilityZone=f"{region}{'ab'[i]}")
               ["Subnet"]["SubnetId"] for i in (0, 1)]
    closed, open_acl, flow = variant
    default_parts(e, region, vpc, closed, open_acl)
    flow_log(e, region, vpc, subnets[0], flow)
    with e.lock:
        e.vpcs[region].append((vpc, prefix, subnets))


def default_parts(e, region, vpc, closed, open_acl=True):
    ec2 = e("ec2", region)
    mine = [{"Name": "vpc-id", "Values": [vpc]}]
    for g in ec2.describe_security_groups(Filters=mine)["SecurityGroups"]:
        if g["GroupName"] != "default":
            continue
        gid = g["GroupId"]
        if closed in ("closed", "ingress"):
            ec2.revoke_security_group_egress(GroupId=gid, IpPermissions=[rule("-1", v4=ANY4)])
        if closed == "ingress":
            ec2.authorize_security_group_ingress(GroupId=gid, IpPermissions=[rule("-1", group=gid)])
        e.say("ec2_securitygroup_default_restrict_traffic", e.arn("ec2", region, f"security-group/{gid}"),
              closed == "closed")
        group_truth(e, region, gid)
    for a in ec2.describe_network_acls(Filters=mine)["NetworkAcls"]:
        acl = a["NetworkAclId"]
        if not open_acl:
            ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=False)
        e.say("ec2_networkacl_allow_ingress_any_port", e.arn("ec2", region, f"network-acl/{acl}"), not open_acl)


def flow_log(e, region, vpc, subnet, variant):
    ec2, arn = e("ec2", region), e.arn("ec2", region, f"vpc/{vpc}")
    if variant in ("vpc", "subnet"):
        ec2.create_flow_logs(
            ResourceIds=[vpc if variant == "vpc" else subnet], ResourceType="VPC" if variant == "vpc" else "Subnet",
            TrafficType="REJECT", LogDestinationType="s3", LogDestination=f"arn:aws:s3:::{e.flow_bucket}")
        e.count("AWS::EC2::FlowLog")
    e.say("vpc_flow_logs_enabled", arn, variant == "vpc")


def peering(e, region, n, variant):
    ec2 = e("ec2", region)
    (a, _, _), (b, far, _) = e.vpcs[region][n % len(e.vpcs[region])], e.vpcs[region][(n + 1) % len(e.vpcs[region])]
    if a == b:
        return
    pcx = ec2.create_vpc_peering_connection(VpcId=a, PeerVpcId=b)["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    arn = e.arn("ec2", region, f"vpc-peering-connection/{pcx}")
    if variant == "pending":
        return
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    destination = {"narrow": f"{far}.1.0/24", "whole": f"{far}.0.0/16", "default": ANY4, "wider": "10.0.0.0/8"}.get(variant)
    if destination:
        table = ec2.create_route_table(VpcId=a)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock=destination, VpcPeeringConnectionId=pcx)
        e.count("AWS::EC2::RouteTable")
    e.say("vpc_peering_routing_tables_with_least_privilege", arn, variant in ("narrow", "unrouted"))


def gateways(e, region, n, variant):
    ec2, (vpc, _, subnets) = e("ec2", region), e.vpcs[region][n % len(e.vpcs[region])]
    if variant == "internet":
        gw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        try:
            ec2.attach_internet_gateway(InternetGatewayId=gw, VpcId=vpc)
        except ec2.exceptions.ClientError:
            pass                                       # the network has one: this one stays unattached
    else:
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        if variant == "nat":
            ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)
            e.count("AWS::EC2::NatGateway")


# --- computing and disks -----------------------------------------------------------------------------------------

def instance(e, region, n, variant):
    tokens, endpoint, profile, state, encrypted = variant
    ec2, (_, _, subnets) = e("ec2", region), e.vpcs[region][n % len(e.vpcs[region])]
    more = {"IamInstanceProfile": {"Arn": e.profile}} if profile else {}
    i = ec2.run_instances(
        ImageId="ami-12345678", InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnets[n % 2],
        MetadataOptions={"HttpTokens": tokens, "HttpEndpoint": endpoint}, **more,
        BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {
            "VolumeSize": 8, "Encrypted": encrypted, "DeleteOnTermination": True}}],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": f"host-{n}"}]}])["Instances"][0]
    iid = i["InstanceId"]
    found = ec2.describe_instances(InstanceIds=[iid])["Reservations"][0]["Instances"][0]
    if state == "stopped":
        ec2.stop_instances(InstanceIds=[iid])
    if state == "terminated":
        ec2.terminate_instances(InstanceIds=[iid])
        return
    arn = e.arn("ec2", region, f"instance/{iid}")
    e.say("ec2_instance_imdsv2_enabled", arn, tokens == "required" or endpoint == "disabled")
    e.say("ec2_instance_profile_attached", arn, profile)
    for m in found["BlockDeviceMappings"]:
        e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{m['Ebs']['VolumeId']}"), encrypted)


def volume(e, region, n, variant):
    v = e("ec2", region).create_volume(AvailabilityZone=f"{region}a", Size=1, Encrypted=variant)["VolumeId"]
    e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{v}"), variant)


def snapshot(e, region, n, variant):
    ec2 = e("ec2", region)
    v = ec2.create_volume(AvailabilityZone=f"{region}a", Size=1, Encrypted=False)["VolumeId"]
    e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{v}"), False)
    e.count("AWS::EC2::Volume")
    s = ec2.create_snapshot(VolumeId=v)["SnapshotId"]
    if variant == "public":
        ec2.modify_snapshot_attribute(SnapshotId=s, Attribute="createVolumePermission", OperationType="add",
                                      GroupNames=["all"])
        e.say("ec2_ebs_public_snapshot", f"arn:aws:ec2:{region}::snapshot/{s}", False)


def file_system(e, region, n, variant):
    f = e("efs", region).create_file_system(CreationToken=f"fs-{e.tag}-{n}", Encrypted=variant)
    e.say("efs_encryption_at_rest_enabled", f["FileSystemArn"], variant)


# --- data --------------------------------------------------------------------------------------------------------

def database(e, region, n, variant):
    public, encrypted, zones, minor = variant
    d = e("rds", region).create_db_instance(
        DBInstanceIdentifier=f"db-{e.tag}-{n}", Engine=("postgres", "mysql")[n % 2], DBInstanceClass="db.t3.micro",
        AllocatedStorage=10, MasterUsername="owner", MasterUserPassword="not-a-secret-1", PubliclyAccessible=public,
        StorageEncrypted=encrypted, MultiAZ=zones, AutoMinorVersionUpgrade=minor)["DBInstance"]["DBInstanceArn"]
    database_truth(e, d, public, encrypted, zones, minor)


def database_truth(e, arn, public, encrypted, zones, minor):
    e.say("rds_instance_no_public_access", arn, not public)
    e.say("rds_instance_storage_encrypted", arn, encrypted)
    e.say("rds_instance_multi_az", arn, zones)
    e.say("rds_instance_minor_version_upgrade_enabled", arn, minor)


def database_cluster(e, region, n, variant):
    """Two members; in two zones the cluster spans them, and so do its members."""
    rds, name = e("rds", region), f"cluster-{e.tag}-{n}"
    rds.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-mysql", MasterUsername="owner",
                          MasterUserPassword="not-a-secret-1", StorageEncrypted=True)
    arns = [rds.create_db_instance(
        DBInstanceIdentifier=f"{name}-{i}", DBClusterIdentifier=name, Engine="aurora-mysql", DBInstanceClass="db.r5.large",
        AvailabilityZone=f"{region}{'ab'[i] if variant else 'a'}")["DBInstance"]["DBInstanceArn"] for i in (0, 1)]
    found = {d["DBInstanceArn"]: d for d in rds.describe_db_instances(
        Filters=[{"Name": "db-cluster-id", "Values": [name]}])["DBInstances"]}
    for a in arns:
        database_truth(e, a, False, found[a]["StorageEncrypted"], variant, True)
    e.count("AWS::RDS::DBInstance", 2)


def key(e, region, n, variant):
    kms = e("kms", region)
    spec = {"asymmetric": {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}, "imported": {"Origin": "EXTERNAL"},
            "hmac": {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}}.get(variant, {})
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
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={
            "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True,
            "RestrictPublicBuckets": block == "all"})
    if encrypted:
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": encrypted}}]})
    if tls:
        both = [arn, arn + "/*"]
        plain = {"Bool": {"aws:SecureTransport": "false"}}
        s3.put_bucket_policy(Bucket=name, Policy=doc({
            "deny": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both, "Condition": plain},
            "deny-list": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["s3:*"], "Resource": both,
                          "Condition": {"Bool": {"aws:SecureTransport": ["false"]}}},
            "allow": {"Effect": "Allow", "Principal": {"AWS": e.root}, "Action": "s3:GetObject", "Resource": arn + "/*",
                      "Condition": plain},
            "wrong-key": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": both,
                          "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}},
        }[tls]))
    if versioned:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": versioned})
    if acl:
        s3.put_bucket_acl(Bucket=name, ACL=acl)
    e.say("s3_bucket_level_public_access_block", arn, block == "all")
    e.say("s3_bucket_default_encryption", arn, bool(encrypted))
    e.say("s3_bucket_secure_transport_policy", arn, tls in ("deny", "deny-list"))
    if versioned == "Enabled":
        e.say("s3_bucket_no_mfa_delete", arn, False)


def plain_bucket_truth(e, name, versioned=False):
    arn = f"arn:aws:s3:::{name}"
    for check in ("level_public_access_block", "default_encryption", "secure_transport_policy"):
        e.say(f"s3_bucket_{check}", arn, False)
    if versioned:
        e.say("s3_bucket_no_mfa_delete", arn, False)


def make_bucket(e, region, name):
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    e("s3", region).create_bucket(Bucket=name, **where)


# --- people ------------------------------------------------------------------------------------------------------

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
        iam.enable_mfa_device(UserName=name, SerialNumber=serial, AuthenticationCode1="123456", AuthenticationCode2="654321")
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
    e("iam").create_role(RoleName=name, AssumeRolePolicyDocument=doc(
        {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}))
    with e.lock:
        e.roles.append(name)


# --- the rest, planted to be present -----------------------------------------------------------------------------

def code():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as z:
        z.writestr("main.py", "def handler(event, context): return 1\n")
    return body.getvalue()


CODE = code()


def function(e, region, n, variant):
    lam, name = e("lambda", region), f"fn-{e.tag}-{n}"
    lam.create_function(FunctionName=name, Runtime=("python3.12", "python3.8")[n % 2], Handler="main.handler",
                        Role=f"arn:aws:iam::{e.account}:role/{e.roles[0]}", Code={"ZipFile": CODE})
    if variant == "public":
        lam.add_permission(FunctionName=name, StatementId="all", Action="lambda:InvokeFunction", Principal="*")


def queue(e, region, n, variant):
    e("sqs", region).create_queue(QueueName=f"q-{e.tag}-{n}", Attributes={"KmsMasterKeyId": "alias/aws/sqs"} if variant else {})


def topic(e, region, n, variant):
    e("sns", region).create_topic(Name=f"topic-{e.tag}-{n}")


def secret(e, region, n, variant):
    e("secretsmanager", region).create_secret(Name=f"secret-{e.tag}-{n}", SecretString="not-a-secret")


def table(e, region, n, variant):
    e("dynamodb", region).create_table(
        TableName=f"table-{e.tag}-{n}", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    if variant:
        e("dynamodb", region).update_continuous_backups(
            TableName=f"table-{e.tag}-{n}", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})


def repository(e, region, n, variant):
    e("ecr", region).create_repository(repositoryName=f"repo-{e.tag}-{n}", imageScanningConfiguration={"scanOnPush": variant})


def container_cluster(e, region, n, variant):
    ecs, name = e("ecs", region), f"ecs-{e.tag}-{n}"
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(family=name, containerDefinitions=[
        {"name": "app", "image": "app:1", "memory": 64, "privileged": variant}])
    ecs.create_service(cluster=name, serviceName="app", taskDefinition=name, desiredCount=1)
    e.count("AWS::ECS::TaskDefinition")
    e.count("AWS::ECS::Service")


def kubernetes(e, region, n, variant):
    e("eks", region).create_cluster(
        name=f"eks-{e.tag}-{n}", roleArn=f"arn:aws:iam::{e.account}:role/{e.roles[0]}",
        resourcesVpcConfig={"subnetIds": e.vpcs[region][0][2], "endpointPublicAccess": variant})


def balancer(e, region, n, variant):
    elb, (vpc, _, subnets) = e("elbv2", region), e.vpcs[region][n % len(e.vpcs[region])]
    arn = elb.create_load_balancer(Name=f"lb-{e.tag}-{n}", Subnets=subnets, Scheme=variant)["LoadBalancers"][0]["LoadBalancerArn"]
    target = elb.create_target_group(Name=f"tg-{e.tag}-{n}", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]["TargetGroupArn"]
    elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80,
                        DefaultActions=[{"Type": "forward", "TargetGroupArn": target}])
    e.count("AWS::ElasticLoadBalancingV2::TargetGroup")
    e.count("AWS::ElasticLoadBalancingV2::Listener")


def log_group(e, region, n, variant):
    e("logs", region).create_log_group(logGroupName=f"/app/{e.tag}/{n}")


def product(*choices):
    return list(itertools.product(*choices))


YES_NO = [True, False]
# type, share of the estate, where it lives, planter, variants
CATALOGUE = [
    ("AWS::S3::Bucket", 14, "region", bucket, product(
        ["all", "three", None], ["AES256", "aws:kms", None], ["deny", "deny-list", "allow", "wrong-key", None],
        ["Enabled", None, "Suspended"], [None, None, "public-read"])),
    ("AWS::EC2::SecurityGroup", 14, "region", security_group, list(GROUPS)),
    ("AWS::EC2::Instance", 10, "region", instance, product(
        ["required", "optional"], ["enabled", "enabled", "disabled"], YES_NO, ["running", "running", "stopped", "terminated"], YES_NO)),
    ("AWS::IAM::User", 8, "account", user, product(
        YES_NO, YES_NO, [[], ["Active"], ["Active", "Inactive"], ["Active", "Active"]], ["none", "group", "inline", "attached"])),
    ("AWS::EC2::Volume", 6, "region", volume, YES_NO),
    ("AWS::KMS::Key", 6, "region", key, ["rotating", "still", "rotating", "still", "disabled", "deleted", "asymmetric", "imported", "hmac"]),
    ("AWS::IAM::ManagedPolicy", 5, "account", policy, product(list(POLICIES), YES_NO)),
    ("AWS::RDS::DBInstance", 5, "region", database, product(YES_NO, YES_NO, YES_NO, YES_NO)),
    ("AWS::Lambda::Function", 4, "region", function, ["public", "private"]),
    ("AWS::SQS::Queue", 3, "region", queue, YES_NO),
    ("AWS::SNS::Topic", 3, "region", topic, [None]),
    ("AWS::DynamoDB::Table", 3, "region", table, YES_NO),
    ("AWS::EFS::FileSystem", 3, "region", file_system, YES_NO),
    ("AWS::EC2::NetworkAcl", 3, "region", network_acl, list(ACLS)),
    ("AWS::EC2::Snapshot", 2, "region", snapshot, ["private", "public"]),
    ("AWS::SecretsManager::Secret", 2, "region", secret, [None]),
    ("AWS::ECR::Repository", 2, "region", repository, YES_NO),
    ("AWS::Logs::LogGroup", 2, "region", log_group, [None]),
    ("AWS::RDS::DBCluster", 1, "region", database_cluster, YES_NO),
    ("AWS::EC2::VPCPeeringConnection", 1, "region", peering, ["narrow", "whole", "default", "wider", "unrouted", "pending"]),
    ("AWS::EC2::EIP", 1, "region", gateways, ["address", "nat"]),
    ("AWS::EC2::InternetGateway", 1, "region", gateways, ["internet"]),
    ("AWS::ECS::Cluster", 1, "region", container_cluster, YES_NO),
    ("AWS::EKS::Cluster", 1, "region", kubernetes, YES_NO),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", 1, "region", balancer, ["internet-facing", "internal"]),
]
NETWORKS = product(["closed", "open", "ingress"], YES_NO, ["vpc", "none", "subnet", "vpc"])


def plan(e, total, networks):
    """Every job with its place and variant, chosen before anything is planted so that a seed means one estate."""
    share, jobs = sum(c[1] for c in CATALOGUE), []
    for kind, weight, scope, planter, variants in CATALOGUE:
        deck = variants[:]
        e.random.shuffle(deck)
        for n in range(max(1, round(total * weight / share))):
            region = e.regions[n % len(e.regions)] if scope == "region" else e.home
            jobs.append((kind, planter, region, n, deck[n % len(deck)]))
    return jobs


def run(e, jobs, workers):
    errors = []

    def one(job):
        kind, planter, region, n, variant = job
        try:
            planter(e, region, n, variant)
            e.count(kind)
        except Exception as error:                      # told in full at the end: a hole in the estate is an error
            errors.append(f"{kind} {region} {n} {variant}: {error}")

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, jobs))
    return errors


# --- what there is one of per account or region ------------------------------------------------------------------

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
        iam.update_account_password_policy(MinimumPasswordLength=length, **({"PasswordReusePrevention": reuse} if reuse else {}))
    e.say("iam_password_policy_minimum_length_14", e.root, (length or 0) >= 14)
    e.say("iam_password_policy_reuse_24", e.root, (reuse or 0) >= 24)
    e.say("iam_no_root_access_key", e.root, True)
    e.say("iam_root_mfa_enabled", e.root, False)
    e.say("iam_root_hardware_mfa_enabled", e.root, False)
    e.say("iam_support_role_created", e.root, False)

    if pick.random() < 0.5:                              # the server gives every certificate an end in 2012
        c = iam.upload_server_certificate(ServerCertificateName=f"cert-{e.tag}", CertificateBody="-", PrivateKey="-")
        e.say("iam_no_expired_server_certificates_stored", c["ServerCertificateMetadata"]["Arn"], False)

    blocked = pick.choice(["all", "three", None])
    if blocked:
        block_account(e, blocked == "all")
    e.say("s3_account_level_public_access_blocks", e.root, blocked == "all")
    make_bucket(e, e.home, e.flow_bucket)
    plain_bucket_truth(e, e.flow_bucket)
    trails(e)


def block_account(e, every):
    """boto3 puts the account id before the host name, which no loopback server answers to."""
    where = urllib.parse.urlparse(e.endpoint)
    body = "".join(f"<{k}>{str(v).lower()}</{k}>" for k, v in [
        ("BlockPublicAcls", True), ("IgnorePublicAcls", True), ("BlockPublicPolicy", True), ("RestrictPublicBuckets", every)])
    link = http.client.HTTPConnection(where.hostname, where.port)
    link.request("PUT", "/v20180820/configuration/publicAccessBlock", headers={
        "Host": f"{e.account}.s3-control.{e.home}.amazonaws.com", "x-amz-account-id": e.account,
        "Authorization": f"AWS4-HMAC-SHA256 Credential=AKIAPLANTER/20260101/{e.home}/s3/aws4_request, "
                         "SignedHeaders=host, Signature=0"},
        body=f'<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">{body}'
             '</PublicAccessBlockConfiguration>')
    answer = link.getresponse()
    if answer.status >= 300:
        raise SystemExit(f"public access block of the account: {answer.status} {answer.read()[:200]}")


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
        s3.put_bucket_logging(Bucket=store, BucketLoggingStatus={
            "LoggingEnabled": {"TargetBucket": e.flow_bucket, "TargetPrefix": "trail/"}})
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
            more |= {"CloudWatchLogsLogGroupArn": group_arn, "CloudWatchLogsRoleArn": f"arn:aws:iam::{e.account}:role/{e.roles[0]}"}
        trail = e("cloudtrail", region)
        arn = trail.create_trail(Name=f"{name}-{e.tag}", S3BucketName=store, IsMultiRegionTrail=multi,
                                 IncludeGlobalServiceEvents=True, EnableLogFileValidation=validated, **more)["TrailARN"]
        e.count("AWS::CloudTrail::Trail")
        if logging:
            trail.start_logging(Name=f"{name}-{e.tag}")
        if name == "wide" and events:
            trail.put_event_selectors(TrailName=f"{name}-{e.tag}", EventSelectors=[{
                "ReadWriteType": events, "IncludeManagementEvents": True,
                "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}])
        covered |= multi and logging
        feeds |= multi and logging and fed
        e.say("cloudtrail_kms_encryption_enabled", arn, keyed)
        e.say("cloudtrail_log_file_validation_enabled", arn, validated)
        e.say("cloudtrail_cloudwatch_logging_enabled", arn, fed)
        e.say("cloudtrail_logs_s3_bucket_is_not_publicly_accessible", arn, bucket_kind == "private")
        e.say("cloudtrail_logs_s3_bucket_access_logging_enabled", arn, logged)
    e.say("cloudtrail_multi_region_enabled", e.root, covered)
    e.say("cloudtrail_s3_dataevents_write_enabled", e.root, covered and events in ("All", "WriteOnly"))
    e.say("cloudtrail_s3_dataevents_read_enabled", e.root, covered and events in ("All", "ReadOnly"))
    alarms(e, group, feeds)


# What each control asks for, in the filter language of CloudWatch Logs.
FILTERS = {
    "cloudwatch_changes_to_network_acls_alarm_configured":
        ["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
         "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"],
    "cloudwatch_changes_to_vpcs_alarm_configured":
        ["CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
         "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
         "DisableVpcClassicLink", "EnableVpcClassicLink"],
    "cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled":
        ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"],
    "cloudwatch_log_metric_filter_for_s3_bucket_policy_changes":
        ["PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
         "DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"],
    "cloudwatch_log_metric_filter_policy_changes":
        ["DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
         "PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion",
         "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy",
         "DetachGroupPolicy"],
    "cloudwatch_log_metric_filter_security_group_changes":
        ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress",
         "RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"],
    "cloudwatch_log_metric_filter_root_usage":
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    "cloudwatch_log_metric_filter_sign_in_without_mfa":
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
        '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    "cloudwatch_log_metric_filter_unauthorized_api_calls":
        '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    "cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk":
        "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }",
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
                logGroupName=group, filterName=short,
                filterPattern=pattern if variant != "other-events" else "{ $.eventName = DescribeInstances }",
                metricTransformations=[{"metricName": short, "metricNamespace": "Trail", "metricValue": "1"}])
        if variant in ("good", "other-events"):
            e("cloudwatch").put_metric_alarm(
                AlarmName=short, MetricName=short, Namespace="Trail", Statistic="Sum", Period=300, EvaluationPeriods=1,
                Threshold=1, ComparisonOperator="GreaterThanOrEqualToThreshold", AlarmActions=[topic])
            e.count("AWS::CloudWatch::Alarm")
        e.say(check, e.root, feeds and variant == "good")


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
        e("macie2", region).disable_macie()              # the server starts with Macie on everywhere
    e.say("macie_is_enabled", rid, on)

    if pick.random() < 0.5:
        e("guardduty", region).create_detector(Enable=True)
    recorder(e, region, pick.choice(["on", "on", "stopped", "none", "some-types"]))

    for vpc in e("ec2", region).describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]:
        default_parts(e, region, vpc["VpcId"], "open")   # what AWS puts into a new account counts as well
        flow_log(e, region, vpc["VpcId"], None, "none")


def recorder(e, region, variant):
    if variant != "none":
        config = e("config", region)
        group = {"allSupported": True, "includeGlobalResourceTypes": True} if variant != "some-types" else \
            {"allSupported": False, "includeGlobalResourceTypes": False, "resourceTypes": ["AWS::EC2::Instance"]}
        config.put_configuration_recorder(ConfigurationRecorder={
            "name": "default", "roleARN": f"arn:aws:iam::{e.account}:role/{e.roles[0]}", "recordingGroup": group})
        config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": e.flow_bucket})
        if variant != "stopped":
            config.start_configuration_recorder(ConfigurationRecorderName="default")
    e.say("config_recorder_all_regions_enabled", e.region_id(region), variant == "on")


# --- the manifest ------------------------------------------------------------------------------------------------

def our_ids():
    """Prowler id -> our check id, read from the checks' `sameAs` lines."""
    ids = {}
    for path in glob.glob(os.path.join(HERE, "..", "Content", "checks", "aws", "*", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        check = re.search(r"^id: *(\S+)", text, re.M)
        for twin in re.findall(r"prowler:(\w+)", text):
            ids.setdefault(twin, check.group(1) if check else None)
    return ids


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--resources", type=int, default=150)
    parser.add_argument("--regions", default="us-east-1,eu-west-1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--manifest", default="-", help="file, or - for standard output")
    parser.add_argument("--workers", type=int, default=8)
    args = parser.parse_args()
    started = time.monotonic()
    e = Estate(args.endpoint, args.regions.split(","), args.seed)

    account(e)
    for region in e.regions:
        region_switches(e, region)
    networks = max(2, round(args.resources * 0.03 / len(e.regions)))
    deck = NETWORKS[:]
    e.random.shuffle(deck)
    first = [("AWS::EC2::VPC", network, region, n, deck[(n + 7 * i) % len(deck)])
             for i, region in enumerate(e.regions) for n in range(networks)]
    errors = run(e, first, args.workers)
    for region in e.regions:
        e.vpcs[region].sort(key=lambda v: int(v[1].split(".")[1]))    # threads finish in any order
    e.count("AWS::EC2::Subnet", 2 * len(first))
    roles = [("AWS::IAM::Role", role, e.home, n, ("service", "account")[n % 2]) for n in range(max(2, args.resources // 40))]
    errors += run(e, roles, args.workers)
    e.roles.sort()
    planted = sum(e.counts.values())
    errors += run(e, plan(e, max(25, int((args.resources - planted) * 0.9)), networks), args.workers)

    ids = our_ids()
    manifest = {
        "account": e.account, "regions": e.regions, "seed": args.seed, "resources": sum(e.counts.values()),
        "types": dict(sorted(e.counts.items())),
        "checks": {check: {"id": ids.get(check), **{k: sorted(v) for k, v in truth.items()}}
                   for check, truth in sorted(e.truth.items())},
    }
    text = json.dumps(manifest, indent=1) + "\n"
    if args.manifest == "-":
        sys.stdout.write(text)
    else:
        with open(args.manifest, "w", encoding="utf-8") as file:
            file.write(text)
    flaws = sum(len(t["unhealthy"]) for t in e.truth.values())
    print(f"planted {manifest['resources']} resources of {len(e.counts)} types in {len(e.regions)} regions, "
          f"{flaws} flaws, {time.monotonic() - started:.1f} s", file=sys.stderr)
    for error in errors[:10]:
        print(f"not planted: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
