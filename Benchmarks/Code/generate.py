#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a repository of Terraform code of which the verdicts are known beforehand.

    generate.py FOLDER [--seed N] [--scale N]

40 root stacks that share modules make 2,000 resources; of 1,848 one property each is judged, and how its value gets
there is told: literals, defaults, tfvars, automatic tfvars over tfvars, locals, module arguments and their defaults,
dynamic blocks, for_each and count, objects with optional attributes through two modules. FOLDER/code is the repository,
FOLDER/expected.json the list of verdicts. --scale repeats all of it in so many folders.
"""
import argparse
import json
import pathlib
import random

STACKS = 40
# How many values of each route there are.
ROUTES = {
    "literal": 370, "default": 250, "tfvars": 250, "auto.tfvars": 150, "local": 250, "module argument": 200,
    "module default": 78, "dynamic": 130, "for_each": 120, "optional": 50,
}
# Buckets have a companion each, which says whether they are versioned.
BUCKETS = 72


class Kind:
    """A resource with one property that decides: `good` and `bad` are its values as Terraform writes them."""

    def __init__(self, type, check, values, kind, text):
        self.type, self.check, self.kind, self.text = type, check, kind, text
        self.good, self.bad = values

    def block(self, label, value, name=None, meta=""):
        name = name or f'"{label.replace("_", "-")}"'
        return f'resource "{self.type}" "{label}" {{\n{meta}{self.text(value, name)}}}\n'


def lines(*all):
    return "".join(f"  {line}\n" for line in all)


KINDS = {
    "volume": Kind(
        "aws_ebs_volume", "CKV_AWS_3", ("true", "false"), "bool",
        lambda v, n: lines('availability_zone = "eu-west-1a"', "size              = 20", f"encrypted         = {v}")),
    "database": Kind(
        "aws_db_instance", "CKV_AWS_16", ("true", "false"), "bool",
        lambda v, n: lines(
            f"identifier          = {n}", 'engine              = "postgres"', 'instance_class      = "db.t4g.small"',
            "allocated_storage   = 20", 'username            = "app"', "manage_master_user_password = true",
            "skip_final_snapshot = true", f"storage_encrypted   = {v}")),
    "reachable": Kind(
        "aws_db_instance", "CKV_AWS_17", ("false", "true"), "bool",
        lambda v, n: lines(
            f"identifier          = {n}", 'engine              = "mysql"', 'instance_class      = "db.t4g.small"',
            "allocated_storage   = 20", 'username            = "app"', "manage_master_user_password = true",
            "storage_encrypted   = true", f"publicly_accessible = {v}")),
    "key": Kind(
        "aws_kms_key", "CKV_AWS_7", ("true", "false"), "bool",
        lambda v, n: lines(f"description         = {n}", f"enable_key_rotation = {v}")),
    "topic": Kind(
        "aws_sns_topic", "CKV_AWS_26", ('"alias/aws/sns"', "null"), "string",
        lambda v, n: lines(f"name              = {n}", f"kms_master_key_id = {v}")),
    "group": Kind(
        "aws_security_group", "CKV_AWS_24", ('"10.20.0.0/16"', '"0.0.0.0/0"'), "string",
        lambda v, n: lines(
            f"name = {n}", "ingress {", "  from_port   = 22", "  to_port     = 22", '  protocol    = "tcp"',
            f"  cidr_blocks = [{v}]", "}")),
    "account": Kind(
        "azurerm_storage_account", "CKV_AZURE_44", ('"TLS1_2"', '"TLS1_0"'), "string",
        lambda v, n: lines(
            f"name                     = replace({n}, \"-\", \"\")", 'resource_group_name      = "shared"',
            'location                 = "westeurope"', 'account_tier             = "Standard"',
            'account_replication_type = "ZRS"', f"min_tls_version          = {v}")),
    "rules": Kind(
        "azurerm_network_security_group", "CKV_AZURE_10", ('"10.20.0.0/16"', '"*"'), "string",
        lambda v, n: lines(
            f"name                = {n}", 'resource_group_name = "shared"', 'location            = "westeurope"',
            "security_rule {", '  name                       = "ssh"', "  priority                   = 100",
            '  direction                  = "Inbound"', '  access                     = "Allow"',
            '  protocol                   = "Tcp"', '  source_port_range          = "*"',
            '  destination_port_range     = "22"', f"  source_address_prefix      = {v}",
            '  destination_address_prefix = "*"', "}")),
    "firewall": Kind(
        "google_compute_firewall", "CKV_GCP_2", ('"10.20.0.0/16"', '"0.0.0.0/0"'), "string",
        lambda v, n: lines(
            f"name          = {n}", 'network       = "prod"', f"source_ranges = [{v}]", "allow {",
            '  protocol = "tcp"', '  ports    = ["22"]', "}")),
    "store": Kind(
        "google_storage_bucket", "CKV_GCP_29", ("true", "false"), "bool",
        lambda v, n: lines(f"name     = {n}", 'location = "EU"', f"uniform_bucket_level_access = {v}")),
    "machine": Kind(
        "google_compute_instance", "CKV_GCP_36", ("false", "true"), "bool",
        lambda v, n: lines(
            f"name           = {n}", 'machine_type   = "e2-small"', 'zone           = "europe-west1-b"',
            f"can_ip_forward = {v}", "boot_disk {", "  initialize_params {", '    image = "debian-cloud/debian-12"',
            "  }", "}", "network_interface {", '  network = "prod"', "}")),
    "bucket": Kind(
        "aws_s3_bucket", "CKV_AWS_21", ('"Enabled"', '"Suspended"'), "string",
        lambda v, n: lines(f"bucket = {n}")),
}
PLAIN = [name for name in KINDS if name != "bucket"]
DYNAMIC = ["group", "rules", "firewall"]
OPTIONAL = ["volume", "key", "store"]


def versioning(label, value):
    return (
        f'resource "aws_s3_bucket_versioning" "{label}" {{\n  bucket = aws_s3_bucket.{label}.id\n'
        f"  versioning_configuration {{\n    status = {value}\n  }}\n}}\n")


def dynamic(kind, label, source, name):
    """A resource whose blocks are made of a list of ports, open to all."""
    if kind == "group":
        return (
            f'resource "aws_security_group" "{label}" {{\n  name = "{name}"\n  dynamic "ingress" {{\n'
            f"    for_each = {source}\n    content {{\n      from_port   = ingress.value\n"
            '      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n'
            "    }\n  }\n}\n")
    if kind == "firewall":
        return (
            f'resource "google_compute_firewall" "{label}" {{\n  name          = "{name}"\n'
            '  network       = "prod"\n  source_ranges = ["0.0.0.0/0"]\n  dynamic "allow" {\n'
            f"    for_each = {source}\n    iterator = port\n    content {{\n      protocol = \"tcp\"\n"
            '      ports    = ["${port.value}"]\n    }\n  }\n}\n')
    return (
        f'resource "azurerm_network_security_group" "{label}" {{\n  name                = "{name}"\n'
        '  resource_group_name = "shared"\n  location            = "westeurope"\n  dynamic "security_rule" {\n'
        f"    for_each = {source}\n    content {{\n"
        '      name                       = "port-${security_rule.value}"\n'
        "      priority                   = 100 + security_rule.key\n"
        '      direction                  = "Inbound"\n      access                     = "Allow"\n'
        '      protocol                   = "Tcp"\n      source_port_range          = "*"\n'
        '      destination_port_range     = "${security_rule.value}"\n      source_address_prefix      = "*"\n'
        '      destination_address_prefix = "*"\n    }\n  }\n}\n')


class Stack:
    def __init__(self, number, random):
        self.name = f"stack-{number:02}"
        self.random = random
        self.stage = random.choice(["prod", "test"])
        self.main, self.variables, self.locals, self.tfvars, self.auto = [], [], [], [], []
        self.expected = []
        self.resources = 0
        self.count = 0
        self.calls = 0

    def expect(self, kind, address, good, route):
        self.resources += 1
        self.expected.append({
            "root": f"stacks/{self.name}", "address": address, "check": KINDS[kind].check,
            "verdict": "pass" if good else "fail", "route": route})

    def label(self, kind):
        self.count += 1
        return f"{kind}_{self.count}"

    def variable(self, type, default=None):
        name = f"setting_{len(self.variables)}"
        given = "" if default is None else f"  default = {default}\n"
        self.variables.append(f'variable "{name}" {{\n  type = {type}\n{given}}}\n')
        return name

    def value(self, kind, good, route):
        """An expression by which the value comes to where it decides."""
        made = KINDS[kind]
        value, other = (made.good, made.bad) if good else (made.bad, made.good)
        if route == "literal":
            return value
        if route == "local":
            name = f"choice_{len(self.locals)}"
            first, second = (value, other) if self.stage == "prod" else (other, value)
            self.locals.append(f'  {name} = var.stage == "prod" ? {first} : {second}\n')
            return f"local.{name}"
        if route == "default":
            return "var." + self.variable(made.kind, value)
        name = self.variable(made.kind, other)
        if route == "tfvars":
            self.tfvars.append(f"{name} = {value}\n")
        else:
            self.tfvars.append(f"{name} = {other}\n")
            self.auto.append(f"{name} = {value}\n")
        return f"var.{name}"

    def plain(self, kind, good, route):
        label = self.label(kind)
        value = self.value(kind, good, route)
        self.main.append(KINDS[kind].block(label, value))
        if kind == "bucket":
            self.main.append(versioning(label, value))
            self.resources += 1
        self.expect(kind, f"{KINDS[kind].type}.{label}", good, route)

    def call(self, kind, good, route):
        # Stacks call modules by the same names on purpose: an address alone does not tell which stack it is in.
        name = f"part_{self.calls}"
        self.calls += 1
        given = ""
        if route == "module argument":
            given = f"  value  = {self.value(kind, good, self.random.choice(['literal', 'tfvars', 'local']))}\n"
        folder = kind if route == "module argument" or good else f"{kind}-lax"
        self.main.append(
            f'module "{name}" {{\n  source = "../../modules/{folder}"\n  name   = "{self.name}-{name}"\n{given}}}\n')
        if kind == "bucket":
            self.resources += 1
        self.expect(kind, f"module.{name}.{KINDS[kind].type}.this", good, route)

    def dynamic(self, kind, good):
        label = self.label(kind)
        ports = [443, 8443] if good else self.random.choice([[22, 443], [443, 22]])
        text = "[" + ", ".join(map(str, ports)) + "]"
        style = self.random.choice(["literal", "variable", "local", "concat"])
        if style == "variable":
            name = self.variable("list(number)", "[80]")
            self.tfvars.append(f"{name} = {text}\n")
            text = f"var.{name}"
        elif style == "local":
            name = f"choice_{len(self.locals)}"
            self.locals.append(f"  {name} = [for port in {text} : port if port > 0]\n")
            text = f"local.{name}"
        elif style == "concat":
            text = f"concat([{ports[0]}], [{ports[1]}])"
        self.main.append(dynamic(kind, label, text, label.replace("_", "-")))
        self.expect(kind, f"{KINDS[kind].type}.{label}", good, "dynamic")

    def each(self, kind, goods):
        """One block for several resources that differ by key, or by number."""
        made, label = KINDS[kind], self.label(kind)
        values = [made.good if good else made.bad for good in goods]
        name = f"choice_{len(self.locals)}"
        if self.random.random() < 0.5:
            keys = ["red", "green", "blue", "grey"][: len(goods)]
            members = "\n".join(f'    {key} = {{ value = {value} }}' for key, value in zip(keys, values))
            self.locals.append(f"  {name} = {{\n{members}\n  }}\n")
            meta = f"  for_each = local.{name}\n"
            self.main.append(made.block(label, "each.value.value", f'"{label.replace("_", "-")}-${{each.key}}"', meta))
            suffixes = [f'["{key}"]' for key in keys]
        else:
            self.locals.append(f"  {name} = [{', '.join(values)}]\n")
            meta = f"  count = length(local.{name})\n"
            self.main.append(
                made.block(
                    label, f"local.{name}[count.index]", f'"{label.replace("_", "-")}-${{count.index}}"', meta))
            suffixes = [f"[{number}]" for number in range(len(goods))]
        for suffix, good in zip(suffixes, goods):
            self.expect(kind, f"{made.type}.{label}{suffix}", good, "for_each")

    def optional(self, kind, good):
        name = f"part_{self.calls}"
        self.calls += 1
        given = f'    name = "{self.name}-{name}"\n' + ("" if good else "    value = false\n")
        self.main.append(
            f'module "{name}" {{\n  source   = "../../modules/team-{kind}"\n  settings = {{\n{given}  }}\n}}\n')
        self.expect(kind, f"module.{name}.module.inner.{KINDS[kind].type}.this", good, "optional")

    def write(self, folder):
        folder = folder / "stacks" / self.name
        folder.mkdir(parents=True)
        # Companions: nothing of them is expected.
        self.main.append('resource "aws_vpc" "net" {\n  cidr_block = "10.20.0.0/16"\n}\n')
        self.main.append('resource "azurerm_resource_group" "shared" {\n  name     = "shared"\n  location = "westeurope"\n}\n')
        self.resources += 2
        self.random.shuffle(self.main)
        self.variables.append('variable "stage" {\n  type = string\n}\n')
        self.tfvars.append(f'stage = "{self.stage}"\n')
        (folder / "main.tf").write_text("\n".join(self.main))
        (folder / "variables.tf").write_text("\n".join(self.variables))
        (folder / "locals.tf").write_text("locals {\n" + "".join(self.locals) + "}\n")
        (folder / "terraform.tfvars").write_text("".join(self.tfvars))
        (folder / "late.auto.tfvars").write_text("".join(self.auto))
        (folder / "providers.tf").write_text(
            'provider "aws" {\n  region = "eu-west-1"\n}\n\nprovider "azurerm" {\n  features {}\n}\n\n'
            'provider "google" {\n  project = "shop"\n}\n')


def modules(folder):
    for kind, made in KINDS.items():
        for name, default in ((kind, made.good), (f"{kind}-lax", made.bad)):
            body = made.block("this", "var.value", "var.name")
            if kind == "bucket":
                body += "\n" + versioning("this", "var.value")
            write(folder / name, body, 'variable "name" {\n  type = string\n}\n\n'
                  f'variable "value" {{\n  type    = {made.kind}\n  default = {default}\n}}\n')
    for kind in OPTIONAL:
        write(
            folder / f"team-{kind}",
            f'module "inner" {{\n  source = "../{kind}"\n  name   = var.settings.name\n  value  = var.settings.value\n}}\n',
            'variable "settings" {\n  type = object({\n    name  = string\n    value = optional(bool, true)\n  })\n}\n')


def write(folder, main, variables):
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(main)
    (folder / "variables.tf").write_text(variables)


def repository(folder, seed):
    """One repository; its resources and the verdicts."""
    chance = random.Random(seed)
    stacks = [Stack(number, random.Random(f"{seed} {number}")) for number in range(STACKS)]
    turn = 0

    def stack():
        nonlocal turn
        turn += 1
        return stacks[turn % STACKS]

    def is_good():
        return chance.random() < 0.55

    buckets = BUCKETS
    for route, number in ROUTES.items():
        if route == "for_each":
            for _ in range(number // 4):
                stack().each(chance.choice(PLAIN), [is_good() for _ in range(4)])
            continue
        for _ in range(number):
            if route == "dynamic":
                stack().dynamic(chance.choice(DYNAMIC), is_good())
            elif route == "optional":
                stack().optional(chance.choice(OPTIONAL), is_good())
            else:
                kind = chance.choice(PLAIN)
                if buckets and chance.random() < 0.1:
                    kind, buckets = "bucket", buckets - 1
                method = Stack.call if route.startswith("module") else Stack.plain
                method(stack(), kind, is_good(), route)
    for made in stacks:
        made.write(folder)
    modules(folder / "modules")
    return sum(made.resources for made in stacks), [item for made in stacks for item in made.expected]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1)
    options = parser.parse_args()
    code = options.folder / "code"
    if code.exists():
        parser.error(f"{code} is there already; name another folder")
    resources, expected = 0, []
    for number in range(options.scale):
        part = f"part-{number}/" if options.scale > 1 else ""
        made, verdicts = repository(code / part, options.seed + number)
        resources += made
        expected += [{**item, "root": part + item["root"]} for item in verdicts]
    (options.folder / "expected.json").write_text(
        json.dumps({"seed": options.seed, "resources": resources, "verdicts": expected}, indent=1))
    print(f"{resources} resources, {len(expected)} verdicts in {code}")


if __name__ == "__main__":
    main()
