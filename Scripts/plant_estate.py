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
import itertools
import json
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from estate import account, computing, data, networks, others, people
from estate.core import Estate

HERE = os.path.dirname(os.path.abspath(__file__))


def product(*choices):
    return list(itertools.product(*choices))


YES_NO = [True, False]
# type, share of the estate, where it lives, planter, variants
CATALOGUE = [
    (
        "AWS::S3::Bucket",
        14,
        "region",
        data.bucket,
        product(
            ["all", "three", None],
            ["AES256", "aws:kms", None],
            ["deny", "deny-list", "allow", "wrong-key", None],
            ["Enabled", None, "Suspended"],
            [None, None, "public-read"],
        ),
    ),
    ("AWS::EC2::SecurityGroup", 14, "region", networks.security_group, list(networks.GROUPS)),
    (
        "AWS::EC2::Instance",
        10,
        "region",
        computing.instance,
        product(
            ["required", "optional"],
            ["enabled", "enabled", "disabled"],
            YES_NO,
            ["running", "running", "stopped", "terminated"],
            YES_NO,
        ),
    ),
    (
        "AWS::IAM::User",
        8,
        "account",
        people.user,
        product(
            YES_NO,
            YES_NO,
            [[], ["Active"], ["Active", "Inactive"], ["Active", "Active"]],
            ["none", "group", "inline", "attached"],
        ),
    ),
    ("AWS::EC2::Volume", 6, "region", computing.volume, YES_NO),
    (
        "AWS::KMS::Key",
        6,
        "region",
        data.key,
        ["rotating", "still", "rotating", "still", "disabled", "deleted", "asymmetric", "imported", "hmac"],
    ),
    ("AWS::IAM::ManagedPolicy", 5, "account", people.policy, product(list(people.POLICIES), YES_NO)),
    ("AWS::RDS::DBInstance", 5, "region", data.database, product(YES_NO, YES_NO, YES_NO, YES_NO)),
    ("AWS::Lambda::Function", 4, "region", others.function, ["public", "private"]),
    ("AWS::SQS::Queue", 3, "region", others.queue, YES_NO),
    ("AWS::SNS::Topic", 3, "region", others.topic, [None]),
    ("AWS::DynamoDB::Table", 3, "region", others.table, YES_NO),
    ("AWS::EFS::FileSystem", 3, "region", computing.file_system, YES_NO),
    ("AWS::EC2::NetworkAcl", 3, "region", networks.network_acl, list(networks.ACLS)),
    ("AWS::EC2::Snapshot", 2, "region", computing.snapshot, ["private", "public"]),
    ("AWS::SecretsManager::Secret", 2, "region", others.secret, [None]),
    ("AWS::ECR::Repository", 2, "region", others.repository, YES_NO),
    ("AWS::Logs::LogGroup", 2, "region", others.log_group, [None]),
    ("AWS::RDS::DBCluster", 1, "region", data.database_cluster, YES_NO),
    (
        "AWS::EC2::VPCPeeringConnection",
        1,
        "region",
        networks.peering,
        ["narrow", "whole", "default", "wider", "unrouted", "pending"],
    ),
    ("AWS::EC2::EIP", 1, "region", networks.gateways, ["address", "nat"]),
    ("AWS::EC2::InternetGateway", 1, "region", networks.gateways, ["internet"]),
    ("AWS::ECS::Cluster", 1, "region", others.container_cluster, YES_NO),
    ("AWS::EKS::Cluster", 1, "region", others.kubernetes, YES_NO),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", 1, "region", others.balancer, ["internet-facing", "internal"]),
]
NETWORKS = product(["closed", "open", "ingress"], YES_NO, ["vpc", "none", "subnet", "vpc"])


def plan(e, total):
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
        except Exception as error:  # told in full at the end: a hole in the estate is an error
            errors.append(f"{kind} {region} {n} {variant}: {error}")

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, jobs))
    return errors


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

    account.account(e)
    for region in e.regions:
        account.region_switches(e, region)
    number = max(2, round(args.resources * 0.03 / len(e.regions)))
    deck = NETWORKS[:]
    e.random.shuffle(deck)
    first = [
        ("AWS::EC2::VPC", networks.network, region, n, deck[(n + 7 * i) % len(deck)])
        for i, region in enumerate(e.regions)
        for n in range(number)
    ]
    errors = run(e, first, args.workers)
    for region in e.regions:
        e.vpcs[region].sort(key=lambda v: int(v[1].split(".")[1]))  # threads finish in any order
    e.count("AWS::EC2::Subnet", 2 * len(first))
    roles = [
        ("AWS::IAM::Role", people.role, e.home, n, ("service", "account")[n % 2])
        for n in range(max(2, args.resources // 40))
    ]
    errors += run(e, roles, args.workers)
    e.roles.sort()
    planted = sum(e.counts.values())
    errors += run(e, plan(e, max(25, int((args.resources - planted) * 0.9))), args.workers)

    ids = our_ids()
    manifest = {
        "account": e.account,
        "regions": e.regions,
        "seed": args.seed,
        "resources": sum(e.counts.values()),
        "types": dict(sorted(e.counts.items())),
        "checks": {
            check: {"id": ids.get(check), **{k: sorted(v) for k, v in truth.items()}}
            for check, truth in sorted(e.truth.items())
        },
    }
    text = json.dumps(manifest, indent=1) + "\n"
    if args.manifest == "-":
        sys.stdout.write(text)
    else:
        with open(args.manifest, "w", encoding="utf-8") as file:
            file.write(text)
    flaws = sum(len(t["unhealthy"]) for t in e.truth.values())
    print(
        f"planted {manifest['resources']} resources of {len(e.counts)} types in {len(e.regions)} regions, "
        f"{flaws} flaws, {time.monotonic() - started:.1f} s",
        file=sys.stderr,
    )
    for error in errors[:10]:
        print(f"not planted: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
