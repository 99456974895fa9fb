#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plumbline over the generated repository: every intended verdict is checked, CPU and peak memory are printed.

    bench.py [FOLDER] [--plumb .build/release/plumb] [--content DIR] [--seed N] [--scale N] [--runs N]

FOLDER is one that generate.py wrote; without it one is made and removed again. Exit code 1 where a verdict is wrong.
"""
import argparse
import collections
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def measure(command, out):
    """CPU seconds, peak memory in MB, wall seconds and exit code of a command."""
    began = time.monotonic()
    with open(out, "wb") as stdout, open(f"{out}.err", "wb") as stderr:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.monotonic() - began, child.returncode


@contextlib.contextmanager
def generated(folder, seed, scale):
    """The folder given, or a new one that is removed again."""
    if folder:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="code-bench-") as made:
        subprocess.run(
            [sys.executable, HERE / "generate.py", made, "--seed", str(seed), "--scale", str(scale)], check=True)
        yield pathlib.Path(made)


def report(name, expected, words):
    """Prints how many verdicts are right, and by which route the others came. `words(item)` is a set of pass and fail."""
    wrong = collections.defaultdict(list)
    for item in expected["verdicts"]:
        found = words(item)
        if found != {item["verdict"]}:
            wrong[item["route"]].append((item, found))
    bad = sum(map(len, wrong.values()))
    print(f"{name}: {len(expected['verdicts']) - bad} of {len(expected['verdicts'])} verdicts as intended")
    for route, items in sorted(wrong.items()):
        total = sum(item["route"] == route for item in expected["verdicts"])
        (item, found) = items[0]
        print(
            f"  {route}: {len(items)} of {total} are not, such as {item['root']} {item['address']} {item['check']}: "
            f"{item['verdict']} is said to be {' and '.join(sorted(found)) or 'nothing'}")
    return bad


def root(finding, code):
    """The root module that a finding is of: where the outermost call stands, or the resource itself."""
    chain = finding.get("calledFrom") or []
    place = chain[0].rsplit(":", 1)[0] if chain else finding["file"]
    path = pathlib.Path(place)
    return os.path.relpath(path.parent, code) if path.is_absolute() else str(path.parent)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--plumb", default=str(HERE.parent.parent / ".build/release/plumb"))
    parser.add_argument("--content")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with generated(options.folder, options.seed, options.scale) as folder:
        sys.exit(1 if scan(folder, options) else 0)


def scan(folder, options):
    """The number of wrong verdicts."""
    expected = json.loads((folder / "expected.json").read_text())
    code = (folder / "code").resolve()
    out = folder / "plumb.json"
    command = [options.plumb, "scan", str(code), "--format", "json"]
    command += ["--content", options.content] if options.content else []
    print(f"{expected['resources']} resources, {len(expected['verdicts'])} verdicts")
    for _ in range(options.runs):
        cpu, memory, wall, status = measure(command, out)
        if status not in (0, 1):
            sys.exit(f"plumb ended with {status}: " + pathlib.Path(f"{out}.err").read_text()[-2000:])
        print(f"  {cpu:6.2f} s CPU, {memory:5.0f} MB, {wall:6.2f} s on the clock")
    found = collections.defaultdict(set)
    for finding in json.loads(out.read_text())["findings"]:
        word = {"Healthy": "pass", "Unhealthy": "fail"}.get(finding["status"])
        # What does not apply to a resource is no verdict on it: of several checks of one name one is of its type.
        if word is None and finding["status"] == "NotApplicable":
            continue
        for name in finding["sameAs"]:
            if name.startswith("checkov:"):
                found[root(finding, code), finding["address"], name[8:]].add(word or "unknown")
    return report("plumb", expected, lambda item: found[item["root"], item["address"], item["check"]])


if __name__ == "__main__":
    main()
