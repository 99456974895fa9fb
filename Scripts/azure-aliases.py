#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Content/azurepolicy/aliases.txt, the aliases that Azure Policy has, from a dump.

    Get-AzPolicyAlias -ListAvailable | ConvertTo-Json -Depth 10 > dump.json
    az rest --url '/providers?$expand=resourceTypes/aliases&api-version=2021-04-01' > dump.json
    Scripts/azure-aliases.py dump.json

The names of a type form a tree, and most aliases lead where their names say. So the file has, for each type, its aliases
in order, each as what it shares with the one before, the segments that are new, and, only where the path is not the one
that follows from the name, a mark:

    # a comment
    = segments, by tabs: the most frequent first; a segment is known by its place
    > type
    entries, one after the other without a break:
        depth   one of ! to /: how many segments are those of the alias before (0 to 14)
        ids     of the segments that follow: two of 0 to o (64 x 64), or one of p to z before two of them
        mark    none: the path of the longest alias that this one continues, and the rest; properties.NAME without one
                {     the name itself is the path
                |     as none, with properties before the rest
                }     the path: its number of segments (one of ! to ~), and their ids
    ~ alias, type, path, by tabs: aliases that do not begin with a type

A segment is a key, or [*]. Names are compared whatever their case; a path keeps its own.
"""
import collections
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "Content/azurepolicy/aliases.txt"


def segments(path):
    parts = []
    for part in re.findall(r"\[\*\]|[^.\[]+(?:\[(?!\*\])[^\]]*\])*", path):
        parts.append(part)
    return parts


def joined(parts):
    text = ""
    for part in parts:
        text += part if part == "[*]" or not text else "." + part
    return text


def lower(node):
    """Members by lower-case names: PowerShell and REST write them differently."""
    return {key.lower(): value for key, value in node.items()}


def read(document):
    """Yields type, alias, path."""
    if isinstance(document, dict) and "types" in document:
        for kind, (plain, others) in document["types"].items():
            for rest in plain:
                yield kind, f"{kind}/{rest}", "properties." + rest
            for rest, path in others.items():
                yield kind, rest[1:] if rest.startswith("!") else f"{kind}/{rest}", path
        return
    for provider in map(lower, document.get("value", []) if isinstance(document, dict) else document):
        for kind in map(lower, provider.get("resourcetypes") or [provider]):
            name = f"{provider['namespace']}/{kind['resourcetype']}"
            for alias in map(lower, kind.get("aliases") or []):
                path = alias.get("defaultpath") or next((lower(p)["path"] for p in alias.get("paths") or []), None)
                if path:
                    yield name, alias["name"], path


def number(index):
    if index < 64 * 64:
        return chr(0x30 + index // 64) + chr(0x30 + index % 64)
    index -= 64 * 64
    if index >= 11 * 64 * 64:
        sys.exit("there are more segments than the format can name")
    return chr(0x70 + index // 4096) + chr(0x30 + index // 64 % 64) + chr(0x30 + index % 64)


def expected(parts, known):
    """The path that follows from the name, with and without properties in between."""
    for count in range(len(parts) - 1, 0, -1):
        parent = known.get(tuple(part.lower() for part in parts[:count]))
        if parent is not None:
            return parent + parts[count:], parent + ["properties"] + parts[count:]
    return ["properties"] + parts, None


def entries(aliases, use):
    """The entries of one type; `use` gets each segment."""
    known, before = {}, []
    for parts, path in sorted(aliases):
        plain, inner = expected(parts, known)
        depth = 0
        while depth < min(len(before), len(parts) - 1, 14) and before[depth] == parts[depth]:
            depth += 1
        mark, explicit = "", []
        if path == plain:
            pass
        elif path == inner:
            mark = "|"
        elif path == parts:
            mark = "{"
        else:
            mark, explicit = "}" + chr(0x21 + len(path)), path
        known[tuple(part.lower() for part in parts)] = path
        before = parts
        yield chr(0x21 + depth) + use(parts[depth:]) + mark + use(explicit)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: azure-aliases.py DUMP.json")
    types, others, count = collections.defaultdict(dict), [], 0
    for kind, alias, path in read(json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8-sig"))):
        if alias.lower().startswith(kind.lower() + "/"):
            parts = segments(alias[len(kind) + 1 :])
            key = tuple(part.lower() for part in parts)
            if key not in types[kind]:
                types[kind][key] = (parts, segments(path))
                count += 1
        else:
            others.append(f"~{alias}\t{kind}\t{path}")
            count += 1
    seen = collections.Counter()

    def look(parts):
        seen.update(parts)
        return ""

    for aliases in types.values():
        collections.deque(entries(aliases.values(), look), maxlen=0)
    order = [segment for segment, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))]
    if any("\t" in segment or "\n" in segment for segment in order):
        sys.exit("a segment holds a tab or a line break")
    place = {segment: index for index, segment in enumerate(order)}
    lines = [
        f"# {count} aliases of {len(types)} types: names and paths as Azure's providers give them.",
        "# Written by Scripts/azure-aliases.py, which explains the format; do not edit.",
        "=" + "\t".join(order),
    ]
    for kind in sorted(types, key=str.lower):
        lines.append(">" + kind)
        lines.append("".join(entries(types[kind].values(), lambda parts: "".join(number(place[p]) for p in parts))))
    lines += sorted(others)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n")
    print(f"{count} aliases, {len(order)} segments, {TARGET.stat().st_size} bytes")


main()
