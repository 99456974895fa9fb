# SPDX-License-Identifier: Apache-2.0
"""What has been planted and the truth about it."""

import json
import random
import threading

import boto3
from botocore.config import Config

ACCOUNT = "123456789012"
ANY4, ANY6 = "0.0.0.0/0", "::/0"


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
        self.vpcs = {r: [] for r in regions}  # planted networks: (vpc id, cidr prefix, [subnet ids])
        self.roles, self.profile = [], None
        self.flow_bucket = f"flow-logs-{self.tag}"

    def __call__(self, service, region=None):
        region = region or self.home
        with self.lock:
            client = self.clients.get((service, region))
            if client is None:
                client = self.clients[service, region] = boto3.client(
                    service,
                    endpoint_url=self.endpoint,
                    region_name=region,
                    aws_access_key_id="AKIAPLANTER",
                    aws_secret_access_key="planter",
                    config=Config(
                        s3={"addressing_style": "path"},
                        max_pool_connections=32,
                        retries={"max_attempts": 5, "mode": "standard"},
                        parameter_validation=False,
                    ),
                )
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
