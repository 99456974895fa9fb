#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Content/collectors/aws/operations/SERVICE.json: how to call each operation the collector specs name, and
Content/twin/aws/operations/SERVICE.json: those that only the twin answers.

The facts come from botocore's service models. With --check nothing is written: the script says which files are stale
and which specs name an operation, an input member or a path that does not exist. A file that another release of botocore
made is current as long as its operations are called in the same way. docs/collectors.md has the formats.

Files are written with the botocore that Scripts/requirements.txt pins. To go on to a newer one, change the pin, run
`make venv` and this script.
"""
import argparse
import json
import os
import re
import sys
from pathlib import Path

import botocore
import botocore.session
import yaml

ROOT = Path(__file__).resolve().parent.parent / "Content/collectors/aws"
TWIN = ROOT.parent.parent / "twin/aws"
SUPPORTED = ["json", "rest-json", "query", "ec2", "rest-xml"]
# What the engine itself calls.
BUILT_IN = {
    "sts": ["GetCallerIdentity", "AssumeRole", "AssumeRoleWithWebIdentity"],
    "ec2": ["DescribeRegions"],
    "cloudtrail": ["LookupEvents"],
}
PARTITIONS = ["aws", "aws-cn", "aws-us-gov"]
SESSION = botocore.session.get_session()
LOADER = SESSION.get_component("data_loader")
ENDPOINTS = json.loads((Path(botocore.__file__).parent / "data/endpoints.json").read_text())


def check_version():
    """Ends the script where botocore is not the one that the files are made with."""
    pins = (Path(__file__).resolve().parent / "requirements.txt").read_text()
    pinned = re.search(r"^botocore==(\S+)$", pins, re.M).group(1)
    if botocore.__version__ != pinned:
        raise SystemExit(
            f"botocore is {botocore.__version__}, the files are made with {pinned} (Scripts/requirements.txt); "
            "use the one of .venv: make venv, then .venv/bin/python Scripts/aws-operations.py"
        )


TOKENS = [("NextToken", "NextToken"), ("nextToken", "nextToken"), ("NextMarker", "NextMarker"),
          ("Marker", "NextMarker"), ("Marker", "Marker"), ("pageToken", "nextPageToken")]


def paging(operation):
    """The paging of an operation that botocore has no paginator for, from the members that carry the token."""
    if operation.input_shape is None or operation.output_shape is None:
        return None
    for given, answered in TOKENS:
        if given in operation.input_shape.members and answered in operation.output_shape.members:
            lists = [n for n, m in operation.output_shape.members.items() if m.type_name == "list"]
            return {"input_token": given, "output_token": answered, "result_key": lists}
    return None


class Service:
    """One service's model, with the paginators."""

    def __init__(self, name):
        self.name = name
        self.model = SESSION.get_service_model(name)
        try:
            self.paginators = LOADER.load_service_model(name, "paginators-1")["pagination"]
        except botocore.exceptions.UnknownServiceError:
            self.paginators = {}
        self.operations = {}

    def operation(self, name):
        if name not in self.operations:
            if name not in self.model.operation_names:
                return None
            self.operations[name] = self.model.operation_model(name)
        return self.operations[name]


class Shapes:
    """The table of the shapes an operation file needs, each once."""

    def __init__(self):
        self.rows, self.index = [], {}

    def add(self, shape):
        key = (shape.name, json.dumps(shape.serialization, sort_keys=True) if shape.type_name in ("list", "map") else "")
        if key in self.index:
            return self.index[key]
        number = self.index[key] = len(self.rows)
        row = {"t": shape.type_name}
        self.rows.append(row)
        if shape.type_name == "structure":
            if shape.serialization.get("payload"):
                row["payload"] = shape.serialization["payload"]
            if getattr(shape, "is_document_type", False):
                row["t"] = "document"
            row["m"] = {name: self.member(shape, name, member) for name, member in shape.members.items()}
        elif shape.type_name == "list":
            row["of"] = self.add(shape.member)
            if shape.member.serialization.get("name"):
                row["name"] = shape.member.serialization["name"]
            if shape.serialization.get("flattened"):
                row["flat"] = True
        elif shape.type_name == "map":
            row["key"], row["of"] = self.add(shape.key), self.add(shape.value)
            for end, member in (("keyName", shape.key), ("valueName", shape.value)):
                if member.serialization.get("name"):
                    row[end] = member.serialization["name"]
            if shape.serialization.get("flattened"):
                row["flat"] = True
        elif shape.type_name == "timestamp" and shape.serialization.get("timestampFormat"):
            row["format"] = shape.serialization["timestampFormat"]
        return number

    def member(self, owner, name, member):
        how = member.serialization
        row = {"s": self.add(member)}
        if how.get("name"):
            row["name"] = how["name"]
        if how.get("queryName"):
            row["query"] = how["queryName"]
        if how.get("location"):
            row["in"] = how["location"]
        if how.get("flattened"):
            row["flat"] = True
        if how.get("xmlAttribute"):
            row["attribute"] = True
        if how.get("timestampFormat"):
            row["format"] = how["timestampFormat"]
        if member.metadata.get("idempotencyToken"):
            row["token"] = True
        if member.metadata.get("hostLabel") or how.get("hostLabel"):
            row["host"] = True
        if name in owner.required_members:
            row["required"] = True
        return row


def endpoints(prefix):
    """Where a service answers, by partition: its regions, host names off the pattern, the one host of global ones."""
    result = {}
    for partition in ENDPOINTS["partitions"]:
        if partition["partition"] not in PARTITIONS:
            continue
        service = partition["services"].get(prefix)
        if service is None:
            continue
        row = {}
        known = service.get("endpoints", {})
        if service.get("isRegionalized") is False:
            home = known.get(service.get("partitionEndpoint"), {})
            row["global"] = {
                "host": home.get("hostname"),
                "region": home.get("credentialScope", {}).get("region"),
            }
        else:
            row["regions"] = sorted(r for r in known if r in partition["regions"])
            hosts = {
                r: known[r]["hostname"]
                for r in row["regions"]
                if known[r].get("hostname", "") not in ("", f"{prefix}.{r}.{partition['dnsSuffix']}")
                # S3 names us-east-1 without its region; the regional name serves as well and signs plainly.
                and prefix != "s3"
            }
            pattern = service.get("defaults", {}).get("hostname")
            if pattern and pattern != "{service}.{region}.{dnsSuffix}":
                for r in row["regions"]:
                    hosts.setdefault(
                        r, pattern.format(service=prefix, region=r, dnsSuffix=partition["dnsSuffix"])
                    )
            if hosts:
                row["hosts"] = hosts
        result[partition["partition"]] = row
    return result


def protocol(metadata):
    offered = metadata.get("protocols") or [metadata["protocol"]]
    if offered[0] in SUPPORTED:
        return offered[0]
    for wanted in ["query", "json", "rest-json", "rest-xml"]:
        if wanted in offered:
            return wanted
    raise SystemExit(f"no supported protocol among {offered}")


def operations_file(service, names):
    metadata = service.model.metadata
    shapes = Shapes()
    table = {}
    for name in sorted(names):
        operation = service.operation(name)
        http = operation.http
        row = {"method": http.get("method", "POST"), "uri": http.get("requestUri", "/")}
        if operation.input_shape is not None:
            row["input"] = shapes.add(operation.input_shape)
        if operation.output_shape is not None:
            row["output"] = shapes.add(operation.output_shape)
            if "resultWrapper" in operation.output_shape.serialization:
                row["wrapper"] = operation.output_shape.serialization["resultWrapper"]
        if service.name == "s3" and name == "GetBucketLocation":
            # The model leaves out that the root element is itself the member.
            row["root"] = "LocationConstraint"
        pages = service.paginators.get(name) or paging(operation)
        if pages:
            one = lambda value: value if isinstance(value, list) else [value]
            # "A || B": the first that is there.
            row["pages"] = {
                "in": one(pages["input_token"]),
                "out": [[t.strip() for t in token.split("||")] for token in one(pages["output_token"])],
                "items": one(pages["result_key"]),
            }
            if pages.get("more_results"):
                row["pages"]["more"] = pages["more_results"]
        if operation.auth_type == "none":
            row["unsigned"] = True
        if operation.endpoint and operation.endpoint.get("hostPrefix"):
            row["hostPrefix"] = operation.endpoint["hostPrefix"]
        checksum = operation.http_checksum or {}
        if checksum.get("requestChecksumRequired"):
            row["checksum"] = True
        errors = sorted({e.metadata.get("error", {}).get("code", e.name) for e in operation.error_shapes})
        if errors:
            row["errors"] = errors
        table[name] = row
    head = {
        "service": service.name,
        "botocore": botocore.__version__,
        "protocol": protocol(metadata),
        "apiVersion": metadata["apiVersion"],
        "endpointPrefix": metadata["endpointPrefix"],
        "signingName": metadata.get("signingName") or metadata["endpointPrefix"],
        "serviceId": metadata["serviceId"],
    }
    for key in ("targetPrefix", "jsonVersion"):
        if metadata.get(key):
            head[key] = metadata[key]
    if metadata.get("awsQueryCompatible") is not None:
        head["queryCompatible"] = True
    head["endpoints"] = endpoints(metadata["endpointPrefix"])
    head["operations"] = table
    text = json.dumps(head, sort_keys=False, separators=(",", ":"))[:-1] + ',"shapes":[\n'
    return text + ",\n".join(json.dumps(row, separators=(",", ":")) for row in shapes.rows) + "\n]}\n"


def current(path, text):
    """Whether a file says what the models say. One that another release of botocore made need only have the operations,
    called in the same way: newer models have more members, which no spec asks for yet."""
    if not path.exists():
        return False
    found, wanted = json.loads(path.read_text()), json.loads(text)
    if found.get("botocore") == wanted["botocore"]:
        return path.read_text() == text

    def wire(table):
        calls = {n: [o["method"], o["uri"], "output" in o] for n, o in table["operations"].items()}
        return [calls] + [table.get(k) for k in ("protocol", "apiVersion", "signingName", "targetPrefix", "jsonVersion")]

    return wire(found) == wire(wanted)


# --- Specs -----------------------------------------------------------------------------------------------------------

TRANSFORMS = {
    "json", "policy", "tags", "ingressRules", "egressRules", "bool", "int", "enabled", "csv", "flatten", "lower",
    "pairs", "basename", "upper", "string", "timestamp", "first", "count", "exists", "not", "grants", "split", "keys",
    "unpairs", "float", "s3region", "defaultPolicy", "pascal", "orEmpty",
}
STEP = re.compile(r"\[(\*|-?\d+|'[^']*'|\"[^\"]*\")\]|([^.\[\]]+)")
ENTRY_KEYS = {"type", "list", "id", "name", "region", "properties", "observed", "tags", "describe", "when"}
LIST_KEYS = {"operation", "items", "scope", "input", "item", "absent", "orElse", "forEach", "self", "permission",
             "decode", "poll", "when", "region", "nested"}
DESCRIBE_KEYS = {"operation", "input", "absent", "when", "properties", "observed", "tags", "permission", "batch", "once",
                 "row", "poll", "decode", "region", "forEach", "item", "orElse"}
FREE = object()  # a value of unknown shape


class Checker:
    def __init__(self, services):
        self.services, self.problems, self.needed, self.permissions = services, [], {}, {}

    def problem(self, where, text):
        self.problems.append(f"{where}: {text}")

    def service(self, name):
        if name not in self.services:
            try:
                self.services[name] = Service(name)
            except botocore.exceptions.UnknownServiceError:
                return None
        return self.services[name]

    def operation(self, where, service, text):
        """The model of `Operation` or `service:Operation`, noted as needed."""
        if not isinstance(text, str):
            return self.problem(where, "no operation")
        name, _, operation = text.rpartition(":")
        name = name or service
        model = self.service(name)
        found = model and model.operation(operation)
        if not found:
            return self.problem(where, f"operation {name}:{operation} does not exist")
        self.needed.setdefault(name, set()).add(operation)
        return found

    def walk(self, shapes, path, where, what):
        """The shapes at `path` from any of `shapes`."""
        if path is None or path == "":
            return shapes
        if not isinstance(path, str):
            self.problem(where, f"{what}: a path is a text, not {path!r}")
            return [FREE]
        steps = [(a, b) for a, b in STEP.findall(path)]
        here = list(shapes)
        for index, (bracket, key) in enumerate(steps):
            following = []
            for shape in here:
                if shape is FREE or shape.type_name in ("blob", "document") or getattr(shape, "is_document_type", False):
                    following.append(FREE)
                elif bracket == "*" or re.fullmatch(r"-?\d+", bracket or ""):
                    if shape.type_name == "list":
                        following.append(shape.member)
                    elif shape.type_name == "map" and bracket == "*":
                        following.append(shape.value)
                else:
                    name = key or bracket[1:-1]
                    if shape.type_name == "structure" and name in shape.members:
                        following.append(shape.members[name])
                    elif shape.type_name == "map":
                        following.append(shape.value)
                    elif shape.type_name == "string" and index > 0:
                        pass
            if not following:
                if index == 0 and (key in ("properties", "observed", "parent", "item")):
                    return [FREE]
                self.problem(where, f"{what}: {path!r} does not exist (at {key or bracket!r})")
                return [FREE]
            here = following
        return here

    def mapping(self, value, shapes, where, what):
        if isinstance(value, str):
            self.template(value, shapes, where, what) if "{" in value else self.walk(shapes, value, where, what)
        elif isinstance(value, dict):
            odd = set(value) - {"from", "as", "each", "map", "const", "when", "where", "default"}
            if odd:
                self.problem(where, f"{what}: unknown keys {sorted(odd)}")
            if "const" in value:
                return
            transforms = value.get("as", [])
            for transform in transforms if isinstance(transforms, list) else [transforms]:
                if transform not in TRANSFORMS:
                    self.problem(where, f"{what}: unknown transform {transform!r}")
            inner = shapes
            if "from" in value:
                inner = self.walk(shapes, value["from"], where, what)
                if transforms:
                    inner = [FREE]
            if "each" in value:
                inner = [s if s is FREE else s.member if s.type_name == "list" else FREE
                         for s in self.walk(inner, value["each"], where, what)]
            if "map" in value:
                if not isinstance(value["map"], dict):
                    return self.problem(where, f"{what}: map is not a map")
                for key, item in value["map"].items():
                    self.mapping(item, inner, where, f"{what}.{key}")
            if not set(value) & {"from", "each", "map"}:
                self.problem(where, f"{what}: needs from, each, map or const")
        elif not (isinstance(value, list) and value):
            self.problem(where, f"{what}: not a mapping: {value!r}")

    def template(self, text, shapes, where, what):
        for hole in re.findall(r"\{([^}]*)\}", text):
            path, _, transform = hole.partition("|")
            if transform and transform not in TRANSFORMS:
                self.problem(where, f"{what}: unknown transform {transform!r}")
            if path in ("partition", "account", "region", "parent.id", "id", "name", "dnsSuffix"):
                continue
            self.walk(shapes, path, where, what)

    def inputs(self, value, operation, shapes, where):
        members = operation.input_shape.members if operation.input_shape is not None else {}
        for key, source in (value or {}).items():
            if key not in members:
                self.problem(where, f"{operation.name} has no input {key!r}")
                continue
            if isinstance(source, str) and "{" in source:
                self.template(source, shapes, where, f"input.{key}")
            elif isinstance(source, list):
                for one in source:
                    self.mapping(one, shapes, where, f"input.{key}")
            else:
                self.mapping(source, shapes, where, f"input.{key}")
        return set(value or {})

    def required(self, operation, given, where):
        if operation.input_shape is None:
            return
        for name in operation.input_shape.required_members:
            shape = operation.input_shape.members[name]
            if name not in given and not shape.metadata.get("idempotencyToken"):
                self.problem(where, f"{operation.name} needs the input {name!r}")

    def output(self, operation):
        return [operation.output_shape] if operation.output_shape is not None else []

    def entry(self, file, service, entry):
        where = f"{file}: {entry.get('type', '?')}"
        for key in set(entry) - ENTRY_KEYS:
            self.problem(where, f"unknown key {key!r}")
        listing = entry.get("list")
        if not isinstance(listing, dict):
            return self.problem(where, "no list")
        for key in set(listing) - LIST_KEYS:
            self.problem(where, f"list: unknown key {key!r}")
        shapes = [FREE]
        if "self" in listing:
            if listing["self"] not in ("account", "region"):
                self.problem(where, "self is account or region")
        else:
            operation = self.operation(where, service, listing.get("operation"))
            if operation is None:
                return
            if listing.get("scope") not in ("account", "region", "organization") and "forEach" not in listing:
                self.problem(where, "scope is account, region or organization")
            given = self.inputs(listing.get("input"), operation, [FREE], where)
            self.required(operation, given, where)
            if "items" in listing:
                found = self.walk(self.output(operation), listing["items"], where, "items")
                shapes = [s if s is FREE else s.member if s.type_name == "list" else s for s in found]
            elif "item" in listing:
                shapes = self.walk(self.output(operation), listing["item"], where, "item")
            else:
                self.problem(where, "list has neither items nor item")
            if listing.get("decode"):
                shapes = [FREE]
            if listing.get("when"):
                self.walk(shapes, listing["when"].get("path"), where, "when")
            for key in ("id", "name"):
                if key not in entry:
                    self.problem(where, f"no {key}")
        seen = list(shapes)
        for step in entry.get("describe") or []:
            at = f"{where} {step.get('operation')}"
            for key in set(step) - DESCRIBE_KEYS:
                self.problem(at, f"unknown key {key!r}")
            operation = self.operation(at, service, step.get("operation"))
            if operation is None:
                continue
            given = self.inputs(step.get("input"), operation, seen, at)
            if step.get("when"):
                self.walk(seen, step["when"].get("path"), at, "when")
            answer = self.output(operation)
            batch = step.get("batch")
            if batch:
                members = operation.input_shape.members if operation.input_shape else {}
                if batch.get("param") not in members:
                    self.problem(at, f"batch: no input {batch.get('param')!r}")
                given.add(batch.get("param"))
                answer = [s if s is FREE else s.member if s.type_name == "list" else s
                          for s in self.walk(answer, batch.get("items"), at, "batch.items")]
                if "by" in batch:
                    self.walk(answer, batch["by"], at, "batch.by")
                self.walk(seen, batch.get("key"), at, "batch.key")
            if step.get("decode"):
                answer = [FREE]
            if step.get("row"):
                answer = [s if s is FREE else s.member if s.type_name == "list" else s
                          for s in self.walk(answer, step["row"].get("items"), at, "row.items")]
                for column, path in step["row"].get("where", {}).items():
                    self.walk(answer, column, at, "row.where")
                    if isinstance(path, str) and "{" not in path:
                        self.walk(seen, path, at, "row.where")
            if "item" in step:
                answer = self.walk(answer, step["item"], at, "item")
            self.required(operation, given, at)
            for part in ("properties", "observed"):
                for key, value in (step.get(part) or {}).items():
                    self.mapping(value, answer, at, f"{part}.{key}")
            if step.get("tags"):
                self.mapping(step["tags"], answer, at, "tags")
            seen += answer
        for part in ("properties", "observed"):
            for key, value in (entry.get(part) or {}).items():
                self.mapping(value, shapes, where, f"{part}.{key}")
        if entry.get("tags"):
            self.mapping(entry["tags"], shapes, where, "tags")
        for key in ("id", "name"):
            if key in entry:
                self.mapping(entry[key], seen, where, key)

    def spec(self, path):
        try:
            spec = yaml.safe_load(path.read_text())
        except yaml.YAMLError as error:
            return self.problem(path.name, str(error))
        if not isinstance(spec, dict) or "service" not in spec:
            return self.problem(path.name, "no service")
        for key in set(spec) - {"service", "resources", "permissions"}:
            self.problem(path.name, f"unknown key {key!r}")
        for pattern in (spec.get("permissions") or {}).get("patterns") or []:
            # Get* and more would grant to read data, and so would listing the objects of S3.
            if not re.fullmatch(r"(?!s3:)[a-z0-9-]+:(List|Describe)\w*\*", pattern):
                self.problem(path.name, f"permissions: {pattern!r} is not of the form SERVICE:List* or SERVICE:Describe*")
        if spec["service"] != path.stem:
            self.problem(path.name, f"service {spec['service']} in a file of another name")
        if self.service(spec["service"]) is None:
            return self.problem(path.name, f"botocore has no service {spec['service']}")
        for entry in spec.get("resources") or []:
            self.entry(path.name, spec["service"], entry)


    def writes(self, path):
        """A file of what the twin lets be written."""
        spec = yaml.safe_load(path.read_text())
        for write in spec.get("writes") or []:
            where = f"{path.name}: {write.get('operation')}"
            operation = self.operation(where, spec["service"], write.get("operation"))
            if operation is None:
                continue
            members = operation.input_shape.members if operation.input_shape is not None else {}
            for key in write.get("input") or {}:
                if key not in members:
                    self.problem(where, f"{operation.name} has no input {key!r}")
            for part in ("put", "set"):
                for key, value in (write.get(part) or {}).items():
                    self.mapping(value, [operation.input_shape or FREE], where, f"{part}.{key}")
            for path_, _ in (write.get("answer") or {}).items():
                self.walk(self.output(operation), path_, where, "answer")


def update(folder, services, needed, check):
    """Writes a folder of operation tables; the names of those that are not current."""
    wanted = {f"{n}.json": operations_file(services[n], ops) for n, ops in sorted(needed.items()) if ops}
    stale = []
    for name, text in wanted.items():
        path = folder / name
        fresh = current(path, text) if check else path.exists() and path.read_text() == text
        if not fresh:
            stale.append(name)
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    for path in sorted(folder.glob("*.json")):
        if path.name not in wanted:
            stale.append(path.name)
            if not check:
                path.unlink()
    return stale


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale or wrong")
    parser.add_argument("--specs-only", action="store_true", help="check the specs, not whether the files are current")
    parser.add_argument("spec", nargs="*", help="specs to check instead of all (implies --specs-only)")
    arguments = parser.parse_args()
    checker = Checker({})
    paths = [Path(p) for p in arguments.spec] or sorted(ROOT.glob("*.yaml"))
    for path in paths:
        checker.spec(path)
    for problem in checker.problems:
        print(problem, file=sys.stderr)
    if arguments.spec or arguments.specs_only:
        return 1 if checker.problems else 0
    if not arguments.check:
        check_version()
    for name, operations in BUILT_IN.items():
        checker.service(name)
        checker.needed.setdefault(name, set()).update(operations)
    stale = update(ROOT / "operations", checker.services, checker.needed, arguments.check)
    twin = Checker(checker.services)
    for path in sorted((TWIN / "reads").glob("*.yaml")):
        twin.spec(path)
    for path in sorted((TWIN / "writes").glob("*.yaml")):
        twin.writes(path)
    for problem in twin.problems:
        print(problem, file=sys.stderr)
    own = {name: found - checker.needed.get(name, set()) for name, found in twin.needed.items()}
    stale += update(TWIN / "operations", checker.services, own, arguments.check)
    checker.problems += twin.problems
    if stale:
        print(("stale: " if arguments.check else "wrote: ") + " ".join(stale))
    return 1 if checker.problems or (stale and arguments.check) else 0


if __name__ == "__main__":
    sys.exit(main())
