#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checkov over the generated repository: how many of the intended verdicts it gets, its CPU and peak memory.

    checkov.py [FOLDER] [--seed N] [--scale N] [--version 3.3.30]

FOLDER is one that generate.py wrote; without it one is made. Checkov is installed from PyPI into a virtual environment
beside this file (.venv, kept), and runs without downloads.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

from bench import HERE, generated, measure, report


def installed(version):
    venv = HERE / ".venv"
    python = venv / "bin/python"
    if not (venv / "bin/checkov").exists():
        print(f"== Installing Checkov {version} into {venv}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"checkov=={version}"], check=True)
    return venv / "bin/checkov"


def root(record, code):
    """The root module that a result is of: that of the outermost call where there is one."""
    path = code + (record.get("caller_file_path") or record["file_path"])
    # Of a module within another, the caller that is named is that other; the way there is told besides.
    if record["resource"].count("module.") > 1:
        path = ((record.get("breadcrumbs") or {}).get("source_module_") or [{"path": path}])[0]["path"]
    return os.path.relpath(os.path.dirname(path), code)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--version", default="3.3.30")
    options = parser.parse_args()
    checkov = installed(options.version)
    with generated(options.folder, options.seed, options.scale) as folder:
        scan(checkov, folder)


def scan(checkov, folder):
    expected = json.loads((folder / "expected.json").read_text())
    code = (folder / "code").resolve()
    out = folder / "checkov.json"
    command = [
        str(checkov), "-d", str(code), "--framework", "terraform", "-o", "json", "--skip-download",
        "--soft-fail"]
    print(f"{expected['resources']} resources, {len(expected['verdicts'])} verdicts")
    cpu, memory, wall, status = measure(command, out)
    if status != 0:
        sys.exit(f"checkov ended with {status}: " + pathlib.Path(f"{out}.err").read_text()[-2000:])
    print(f"  {cpu:6.2f} s CPU, {memory:5.0f} MB, {wall:6.2f} s on the clock")
    result = json.loads(out.read_text())
    results = result[0]["results"] if isinstance(result, list) else result["results"]
    found = collections.defaultdict(set)
    for word, key in (("pass", "passed_checks"), ("fail", "failed_checks")):
        for record in results[key]:
            found[root(record, str(code)), record["resource"], record["check_id"]].add(word)
    report("checkov", expected, lambda item: found[item["root"], item["address"], item["check"]])


if __name__ == "__main__":
    main()
