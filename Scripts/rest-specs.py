#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks Content/collectors/gcp and azure against public descriptions of the APIs that they ask.

Google: the discovery documents that google-api-python-client ships. Each path must be a GET method of its API, each query
parameter one of the method's, the rows a list of the answer, what an id is made of members of a row, and an answer that
has pages must take their token.

Azure: each path is well formed (types and names by turns, ending as its kind asks), has an api-version, is of the type
that it says and names a permission to read it. A path of a provider whose azure-mgmt library is installed must be one
that the library asks for by GET.

Prints a line for each fault; exits with 1 where there are any.
"""
import json
import re
import sys
from pathlib import Path

import googleapiclient
import yaml

ROOT = Path(__file__).resolve().parent.parent / "Content/collectors"
DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache/documents"
faults = []
checked = {"gcp": 0, "azure": 0, "azure against a library": 0}


def fault(place, text):
    faults.append(f"{place}: {text}")


def specs(cloud):
    for path in sorted((ROOT / cloud).glob("*.yaml")):
        spec = yaml.safe_load(path.read_text())
        for number, entry in enumerate(spec["resources"]):
            yield f"{cloud}/{path.name} {number + 1} ({entry['type']})", spec, entry


def holes(text):
    return re.findall(r"\{([^}|]*)(?:\|[^}]*)?\}", text)


# MARK: Google

class Discovery:
    """The methods of one version of an API."""
    loaded = {}

    def __init__(self, name, version):
        self.document = json.loads((DOCUMENTS / f"{name}.{version}.json").read_text())
        self.schemas = self.document["schemas"]
        self.methods = list(self.walk(self.document))

    @classmethod
    def of(cls, name, version):
        if (name, version) not in cls.loaded:
            exists = (DOCUMENTS / f"{name}.{version}.json").exists()
            cls.loaded[name, version] = cls(name, version) if exists else None
        return cls.loaded[name, version]

    def walk(self, node):
        yield from node.get("methods", {}).values()
        for child in node.get("resources", {}).values():
            yield from self.walk(child)

    def find(self, path):
        """The GET method that a path is of."""
        for method in self.methods:
            if method["httpMethod"] != "GET":
                continue
            template = self.document["servicePath"] + (method.get("flatPath") or method["path"])
            pattern = re.sub(r"\\\{\+?[^}]*\\\}", "[^/]+", re.escape("/" + template.lstrip("/")))
            if re.fullmatch(pattern, path):
                return method

    def members(self, reference):
        return self.schemas[reference].get("properties", {})


def check_google(place, host, path, query, items, used, of):
    name = host.removesuffix(".googleapis.com")
    # A hole may stand for a name of several parts.
    filled = re.sub(r"\{name\}", "organizations/1" if "organization" in of else "n", path)
    filled = re.sub(r"\{[^}]*\}", "x", filled)
    version = next((part for part in filled.split("/") if re.fullmatch(r"v\d+\w*", part)), None)
    api = Discovery.of(name, version)
    if api is None:
        return fault(place, f"there is no version {version} of {host}")
    method = api.find(filled)
    if method is None:
        return fault(place, f"{host} has no method GET {path}")
    parameters = {**api.document.get("parameters", {}), **method.get("parameters", {})}
    for key in query:
        if key not in parameters:
            fault(place, f"{method['id']} takes no {key}")
        allowed = parameters.get(key, {}).get("enum")
        if allowed and query[key] not in allowed:
            fault(place, f"{method['id']}: {key} is not {query[key]}")
    answer = api.members(method["response"]["$ref"])
    pages = "nextPageToken" in answer and not answer["nextPageToken"].get("description", "").startswith("Unused")
    if pages != ("pageToken" in parameters):
        fault(place, f"{method['id']} answers with pages that it does not take, or the other way")
    row = answer
    if items:
        if answer.get(items, {}).get("type") != "array":
            return fault(place, f"the answer of {method['id']} has no list {items}")
        row = api.members(answer[items]["items"]["$ref"])
    elif "nextPageToken" in answer:
        fault(place, f"{method['id']} is a list")
    for member in used:
        if member.split(".")[0] not in row:
            fault(place, f"a row of {method['id']} has no {member}")


def google():
    for place, spec, entry in specs("gcp"):
        checked["gcp"] += 1
        path = entry.get("list") or entry.get("get")
        used = [hole for hole in holes(entry.get("id", "")) if not hole.startswith("parent.")]
        if isinstance(entry.get("name"), str):
            used.append(entry["name"])
        if "id" not in entry:
            used.append("name")
        # A parameter that holds the parent's name stands in the path.
        path, _, asked = path.partition("?")
        query = {**entry.get("query", {}), **dict(part.split("=", 1) for part in asked.split("&") if part)}
        check_google(place, spec["api"], path, query, entry.get("items") if "list" in entry else None, used, entry["of"])
        if not re.fullmatch(r"[a-z]+(\.[a-zA-Z]+){2,}", entry["permission"]):
            fault(place, f"{entry['permission']} is no permission")
    # What the collector asks without a spec (Sources/Collectors/GCP).
    for content in ["RESOURCE", "IAM_POLICY", "ORG_POLICY", "ACCESS_POLICY"]:
        for parent in ["organizations/x", "folders/x", "projects/x"]:
            check_google(f"assets of {parent}", "cloudasset.googleapis.com", f"/v1/{parent}/assets",
                         {"contentType": content, "pageSize": "1000"}, "assets", ["name", "assetType", "resource.data"], [])
            check_google(f"policies of {parent}", "cloudasset.googleapis.com", f"/v1/{parent}:searchAllIamPolicies",
                         {"pageSize": "500"}, "results", ["resource", "policy"], [])
    check_google("organisations", "cloudresourcemanager.googleapis.com", "/v3/organizations:search", {}, "organizations",
                 ["name"], [])


# MARK: Azure

# Providers of the libraries that are not named as theirs is. Of access the library of resources has only a part.
LIBRARIES = {
    "monitor": ["microsoft.insights"], "cosmosdb": ["microsoft.documentdb"], "resource": [],
    "postgresqlflexibleservers": ["microsoft.dbforpostgresql"], "mysqlflexibleservers": ["microsoft.dbformysql"],
    "recoveryservicesbackup": ["microsoft.recoveryservices"],
}
# Types of providers that have libraries of their own.
ELSEWHERE = ["microsoft.dbforpostgresql/servers", "microsoft.network/privatednszones", "microsoft.network/dnszones",
             "microsoft.network/frontdoors",
             "microsoft.network/frontdoorwebapplicationfirewallpolicies"]
# A list of what lies deeper.
DEEPER = ["microsoft.recoveryservices/vaults/backupprotecteditems", "microsoft.security/jitnetworkaccesspolicies"]


def library_paths():
    """Paths that the installed azure-mgmt libraries ask for by GET, in lower case, with `*` for each hole; by namespace.
    Each library counts for its own provider only: of others it knows little."""
    import azure
    found = {}
    for folder in azure.__path__:
        for path in Path(folder).glob("mgmt/**/*_operations.py"):
            if "aio" in path.parts:
                continue
            library = path.relative_to(folder).parts[1]
            own = LIBRARIES.get(library, [f"microsoft.{library}"])
            for body in path.read_text().split("\ndef build_")[1:]:
                url = re.search(r'_url = \(?\s*((?:"[^"]*"\s*(?:#[^\n]*)?\s*)+)', body)
                if not url or 'method="GET"' not in body.split("\ndef ")[0].split("\nclass ")[0]:
                    continue
                text = re.sub(r"\{[^}]*\}", "*", "".join(re.findall(r'"([^"]*)"', url.group(1)))).lower()
                place = text.rfind("/providers/")
                if place >= 0 and text[place:].split("/")[2] in own:
                    found.setdefault(text[place:].split("/")[2], set()).add(text[place:].rstrip("/"))
    return found


def fits(path, templates):
    parts = path.split("/")
    for template in templates:
        others = template.split("/")
        if len(others) == len(parts) and all("*" in (a, b) or a == b for a, b in zip(parts, others)):
            return True
    return False


def azure_path(place, entry, path, libraries):
    """The path from its last provider on, in lower case."""
    whole = path
    if path.startswith("{id}"):
        of = entry["of"] if isinstance(entry["of"], str) else entry["of"][0]
        of = of.lower()
        if of in ("microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups"):
            parent = ""
        elif of == "tenant":
            return fault(place, "a tenant has no id")
        else:
            namespace, *types = of.split("/")
            parent = f"/providers/{namespace}" + "".join(f"/{each}/*" for each in types)
        whole = parent + path.removeprefix("{id}")
    whole = re.sub(r"\{[^}]*\}", "*", whole).lower()
    start = whole.rfind("/providers/")
    if start < 0:
        return fault(place, f"{path} names no provider")
    whole = whole[start:]
    _, _, namespace, *rest = whole.split("/")
    if not re.fullmatch(r"microsoft\.[a-z.]+", namespace):
        fault(place, f"{namespace} is no provider")
    if "" in rest or len(rest) % 2 != (1 if "list" in entry else 0):
        return fault(place, f"{path} does not end as a {'list' if 'list' in entry else 'resource'} does")
    type = "/".join([namespace] + rest[0::2])
    # What a list of parents leaves out is read from each by itself and has a type of ours.
    own = type + "/details" if path == "{id}" else type
    if own != entry["type"].lower() and type not in DEEPER:
        fault(place, f"{path} is of {type}")
    permission = entry["permission"].lower()
    if not permission.startswith(namespace + "/") or permission.split("/")[-1] not in ("read", "action"):
        fault(place, f"{entry['permission']} is no permission to read {type}")
    if namespace in libraries and not any(type.startswith(each) for each in ELSEWHERE):
        checked["azure against a library"] += 1
        if not fits(whole, libraries[namespace]):
            fault(place, f"the library of {namespace} has no GET {whole}")


def azure_specs():
    libraries = library_paths()
    for place, spec, entry in specs("azure"):
        checked["azure"] += 1
        path = entry.get("list") or entry.get("get")
        version = str(entry.get("version") or spec.get("version") or "")
        if spec["api"] == "graph":
            if version or not re.match(r"/(v1\.0|beta)/\w", path):
                fault(place, f"{path} is no path of Microsoft Graph")
            if int(entry.get("query", {}).get("$top", 1)) > 999:
                fault(place, "Microsoft Graph gives at most 999 rows at once")
            continue
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])(-preview)?", version):
            fault(place, f"'{version}' is no api-version")
        if "?" in path or not re.match(r"(\{id\})?/\w|\{id\}$", path):
            fault(place, f"{path} is no path")
        azure_path(place, entry, path, libraries)


google()
azure_specs()
for line in faults:
    print(line)
print(", ".join(f"{name}: {count}" for name, count in checked.items()), f"; faults: {len(faults)}", sep="")
sys.exit(1 if faults else 0)
