#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures judging a made estate by policy definitions.

    bench.py DEFINITIONS [--plumb PATH] [--resources N] [--policies N]

DEFINITIONS is a folder of definitions (such as built-in-policies of the azure-policy repository), or a JSON file whose
member `definitions` is an object of them by name. --policies repeats them under other names until there are so many.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("definitions")
    parser.add_argument("--plumb", default="plumb")
    parser.add_argument("--resources", type=int, default=100_000)
    parser.add_argument("--policies", type=int, default=0)
    options = parser.parse_args()
    path = pathlib.Path(options.definitions)
    with tempfile.TemporaryDirectory() as folder:
        source = str(path)
        if path.is_file():
            definitions = list(json.loads(path.read_text())["definitions"].values())
            if not definitions:
                sys.exit(f"{path}: 'definitions' is empty")
            for number in range(max(options.policies, len(definitions))):
                definition = dict(definitions[number % len(definitions)])
                name = f"d{number}"
                definition["name"] = name
                definition["id"] = f"/providers/Microsoft.Authorization/policyDefinitions/{name}"
                pathlib.Path(folder, f"{name}.json").write_text(json.dumps(definition))
            source = folder
        command = [
            options.plumb, "policy", "cost", "--data", f"{folder}/data", "--definitions", source,
            "--resources", str(options.resources),
        ]
        sys.exit(subprocess.run(["/usr/bin/time", "-v", *command] if pathlib.Path("/usr/bin/time").exists() else command).returncode)


if __name__ == "__main__":
    main()
