#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times queries over a table on disk: wall and CPU seconds (best of N) and peak memory of each.

  bench.py QUERIES.kql --data DIR [--plumb .build/release/plumb] [--runs 3] [--only q01,q02] [--json OUT]

QUERIES.kql holds queries after lines `//## name`. One process answers them all (`plumb query --batch -`), as the peers'
scripts use one connection; peak memory is the process's high-water mark, set back before each query.
"""

import argparse
import json
import os
import re
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def cpu(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries")
    parser.add_argument("--data", required=True)
    parser.add_argument("--plumb", default=os.path.join(ROOT, ".build", "release", "plumb"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--json")
    args = parser.parse_args()
    with open(args.queries) as file:
        parts = re.split(r"(?m)^//## ", file.read())[1:]
    queries = [part.split("\n", 1) for part in parts]
    wanted = [name for name in args.only.split(",") if name]
    server = subprocess.Popen(
        [args.plumb, "query", "--data", args.data, "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    figures = {}
    print(f"{'query':24}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'rows':>8}  first row")
    for name, text in queries:
        name = name.strip()
        if wanted and not any(name.startswith(w) for w in wanted):
            continue
        line = json.dumps({"id": name, "query": text}).encode() + b"\n"
        walls, cpus = [], []
        with open(f"/proc/{server.pid}/clear_refs", "w") as file:
            file.write("5")
        for _ in range(args.runs):
            before, began = cpu(server.pid), time.monotonic()
            server.stdin.write(line)
            server.stdin.flush()
            answer = json.loads(server.stdout.readline())
            walls.append(time.monotonic() - began)
            cpus.append(cpu(server.pid) - before)
        if "error" in answer:
            print(f"{name:24}{answer['error']}")
            continue
        rows = answer["result"]["rows"]
        figures[name] = {"wall": min(walls), "cpu": min(cpus), "peak": peak(server.pid), "rows": len(rows)}
        f = figures[name]
        print(
            f"{name:24}{f['wall']:9.3f}{f['cpu']:9.2f}{f['peak']:9.0f}{len(rows):8}  {str(rows[:1])[:80]}", flush=True
        )
    server.stdin.close()
    server.wait()
    if args.json:
        with open(args.json, "w") as file:
            json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
