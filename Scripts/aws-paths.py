#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which paths the AWS checks read that no collector spec fills: a predicate that reads such a path sees null in
every account, and a fix that names it is left with a hole. --all lists every path read with its answer.

What a spec fills follows from its mappings and botocore's shapes (see aws-operations.py); `PATH.**` is a document whose
names botocore does not know. A query's path counts as filled where any of the types that it names has it.
"""
import argparse
import importlib.util
import json
import re
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("aws_operations", HERE / "aws-operations.py")
operations = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(operations)
CHECKS = HERE.parent / "Content/checks/aws"
# Templates have these where the API answers in another form.
TEMPLATES_ONLY = {
    ("aws.ec2.detailed-monitoring", "properties.Monitoring"),
    ("aws.ec2.security-group-used", "observed.AttachedTo"),
    ("aws.elbv2.multi-az", "properties.SubnetMappings"),
    ("aws.elbv2.waf-attached", "observed.WebAclArn"),
    ("aws.rds.tls-required", "observed.ParameterGroup.Family"),
    ("aws.rds.tls-required", "observed.ParameterGroup.Parameters"),
    ("aws.rds.tls-required", "properties.Parameters"),
}
# Resources that the API shows as a part of others, or that code alone judges well.
TYPES_OF_TEMPLATES = {
    "aws::config::configurationaggregator",
    "aws::guardduty::detector",
    "aws::lambda::permission",
}
READ = re.compile(r"(?<![\w.])(?:\w+\.)?((?:properties|observed)(?:\.\w+|\[\d+\]|\['[^']*'\])+)")
HOLE = re.compile(r"\{((?:properties|observed)\.[^}]*)\}")
DEEPEST = 8


def names(shape, path, pascal=False, depth=0):
    """The paths below `path` that a value of this shape has."""
    opaque = shape is operations.FREE or depth > DEEPEST or shape.type_name == "map"
    if opaque or getattr(shape, "is_document_type", False):
        yield f"{path}.**"
    elif shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from names(member, f"{path}.{name[:1].upper() + name[1:] if pascal else name}", pascal, depth + 1)
    elif shape.type_name == "list":
        yield from names(shape.member, path, pascal, depth + 1)
    else:
        yield path


def constants(value, path):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from constants(item, f"{path}.{key}")
    elif isinstance(value, list) and value:
        yield from constants(value[0], path)
    else:
        yield path


class Filled(operations.Checker):
    """Notes what the mappings of the specs fill while they are checked."""

    def __init__(self):
        super().__init__({})
        self.filled, self.type = {}, ""

    def entry(self, file, service, entry):
        self.type = entry["type"].lower()
        self.filled.setdefault(self.type, set())
        super().entry(file, service, entry)

    def mapping(self, value, shapes, where, what):
        # The places of a mapping are named by the path that it fills; `map` comes back here for each of its keys.
        if what.startswith(("properties.", "observed.")):
            for one in value if isinstance(value, list) else [value]:
                self.filled[self.type].update(self.paths(one, shapes, what))
        super().mapping(value, shapes, where, what)

    def paths(self, value, shapes, path):
        if isinstance(value, str):
            if "{" in value:
                yield path
                return
            value = {"from": value}
        if "const" in value:
            yield from constants(value["const"], path)
        elif "map" not in value:
            pascal = value.get("as") == "pascal"
            if value.get("as") and not pascal:
                yield f"{path}.**"
                return
            for shape in self.walk(shapes, value.get("from") or value.get("each"), "", ""):
                yield from names(shape, path, pascal)


def is_filled(path, filled):
    parts = path.split(".")
    above = {".".join([*parts[:count], "**"]) for count in range(1, len(parts) + 1)}
    return not above.isdisjoint(filled) or any(one == path or one.startswith(f"{path}.") for one in filled)


def plain(path):
    """`a['b c'][0].d` as `a.b c.d`."""
    return re.sub(r"\['([^']*)'\]", r".\1", re.sub(r"\[\d+\]", "", path))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="list what is filled too")
    options = parser.parse_args()
    specs = Filled()
    for path in sorted(operations.ROOT.glob("*.yaml")):
        specs.spec(path)
    count, missing = 0, 0
    for file in sorted(CHECKS.glob("*/*.yaml")):
        check = yaml.safe_load(file.read_text())
        if check["type"] in TYPES_OF_TEMPLATES:
            continue
        query = check.get("query", "")
        types = [check["type"], *re.findall(r"'(aws::[\w:]*)'", query)]
        text = query or f"{check.get('applies', '')}\n{check['unhealthy']}"
        reads = {plain(path) for path in READ.findall(text)}
        holes = {plain(path) for path in HOLE.findall(json.dumps(check["fix"]))}
        for path in sorted(reads | holes):
            found = any(is_filled(path, specs.filled.get(one, ())) for one in types)
            count += 1
            if not found and (check["id"], path) not in TEMPLATES_ONLY:
                missing += 1
                print(f"{check['id']}: no spec fills {path}")
            elif options.all:
                print(f"{check['id']}: {path}{'' if found else ' (templates only)'}")
        for one in types:
            if one not in specs.filled:
                missing += 1
                print(f"{check['id']}: no spec collects {one}")
    print(f"{count} paths read, {missing} not filled")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
