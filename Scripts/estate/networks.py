# SPDX-License-Identifier: Apache-2.0
"""VPCs with what belongs to them: groups, ACLs, flow logs, peerings, gateways."""

from .core import ANY4, ANY6


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
        GroupName=f"{variant}-{e.tag}-{n}", Description=f"planted {variant}", VpcId=vpc
    )["GroupId"]
    if variant == "none" and n % 2:
        rules = [rule(low=22, group=gid)]  # from its own members only
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
    "denied-first": (
        [
            entry(100, "allow", v4=ANY4),
            entry(10, "deny", "6", 22, v4=ANY4),
            entry(20, "deny", "6", 3000, 4000, v4=ANY4),
        ],
        1,
    ),
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
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"{prefix}.{i}.0/24", AvailabilityZone=f"{region}{'ab'[i]}")["Subnet"][
            "SubnetId"
        ]
        for i in (0, 1)
    ]
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
        e.say(
            "ec2_securitygroup_default_restrict_traffic",
            e.arn("ec2", region, f"security-group/{gid}"),
            closed == "closed",
        )
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
            ResourceIds=[vpc if variant == "vpc" else subnet],
            ResourceType="VPC" if variant == "vpc" else "Subnet",
            TrafficType="REJECT",
            LogDestinationType="s3",
            LogDestination=f"arn:aws:s3:::{e.flow_bucket}",
        )
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
    destination = {"narrow": f"{far}.1.0/24", "whole": f"{far}.0.0/16", "default": ANY4, "wider": "10.0.0.0/8"}.get(
        variant
    )
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
            pass  # the network has one: this one stays unattached
    else:
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        if variant == "nat":
            ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)
            e.count("AWS::EC2::NatGateway")
