#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares a scan with what was planted: compare_findings.py SCAN.json MANIFEST.json [--only CHECK ...]

SCAN.json is the output of `plumb scan aws --format json`. Every planted flaw must be found Unhealthy, every resource
known to be in order must be Healthy, and nothing else in the manifest's regions may be Unhealthy.
Exit code 1 when something differs.
"""

import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scan")
    parser.add_argument("manifest")
    parser.add_argument("--only", nargs="*", help="our check ids or Prowler ids; all by default")
    parser.add_argument(
        "--extra-checks", action="store_true", help="also list Unhealthy findings of checks not in the manifest"
    )
    args = parser.parse_args()
    with open(args.scan, encoding="utf-8") as file:
        findings = json.load(file)["findings"]
    with open(args.manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    regions = set(manifest["regions"]) | {"global", "", None}
    findings = [f for f in findings if f.get("region") in regions]

    wrong, absent, agreed, seen = [], [], 0, set()
    by_twin = {}
    for f in findings:
        for s in f.get("sameAs") or []:
            if s.startswith("prowler:"):
                by_twin.setdefault(s.removeprefix("prowler:"), []).append(f)
    for twin, truth in manifest["checks"].items():
        mine = by_twin.get(twin, [])
        seen.update(f["checkId"] for f in mine)
        if args.only and twin not in args.only and not any(f["checkId"] in args.only for f in mine):
            continue
        if not mine:
            absent.append(twin)
            continue
        status = {}
        for f in mine:
            status.setdefault(f["resourceId"], set()).add(f["status"].lower())
        name = mine[0]["checkId"]
        bad, good = set(truth["unhealthy"]), set(truth["healthy"])
        for r in sorted(bad):
            if "unhealthy" not in status.get(r, ()):
                wrong.append(f"{name}: missed {r} ({', '.join(sorted(status.get(r, {'no finding'})))})")
        for r in sorted(good):
            if status.get(r) != {"healthy"} and "unhealthy" not in status.get(r, ()):
                wrong.append(f"{name}: not healthy {r} ({', '.join(sorted(status.get(r, {'no finding'})))})")
        for r in sorted(k for k, v in status.items() if "unhealthy" in v):
            if r not in bad:
                wrong.append(f"{name}: false alarm {r}")
        agreed += sum("unhealthy" in status.get(r, ()) for r in bad)
    if args.extra_checks:
        for f in findings:
            if f["status"].lower() == "unhealthy" and f["checkId"] not in seen:
                print(f"not in the manifest: {f['checkId']} {f['resourceId']}")
    for line in wrong:
        print(line)
    if absent:
        print(f"no finding of these checks: {', '.join(absent)}")
    planted = sum(len(t["unhealthy"]) for t in manifest["checks"].values())
    print(f"{agreed} of {planted} planted flaws found, {len(wrong)} differences, {len(absent)} checks without findings")
    return 1 if wrong or (absent and not args.only) else 0


if __name__ == "__main__":
    sys.exit(main())
