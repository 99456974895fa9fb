#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plumbline beside Prowler on one planted estate, on one server, in one run.

  Benchmarks/prowler/compare.py [--resources 500] [--regions a,b,c] [--plumb .build/release/plumb]

Makes its own virtual environment with Prowler (Benchmarks/prowler/.venv, kept), starts moto, plants the estate with
Scripts/plant_estate.py, runs both scanners one after the other and prints CPU seconds, peak memory, wall time and API
calls of each. Calls are the requests in the server's own log. Plumbline's findings are held against what was planted.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "Scripts"))
import moto  # noqa: E402  (Scripts/moto.py, not the package)

PROWLER = "5.46.0"
CALL = re.compile(rb'"(?:\x1b\[[\d;]*m)*(?:GET|POST|PUT|HEAD|DELETE|PATCH) [^"]*" (\d{3})')


def prowler_python():
    venv = os.path.join(HERE, ".venv")
    python = os.path.join(venv, "bin", "python")
    if not os.path.exists(os.path.join(venv, "bin", "prowler")):
        print(f"== Installing Prowler {PROWLER} into Benchmarks/prowler/.venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"prowler=={PROWLER}"], check=True
        )
    return os.path.join(venv, "bin", "prowler")


def calls(path, since):
    """Requests the server logged from byte `since`: all, failed, and the new end."""
    with open(path, "rb") as file:
        file.seek(since)
        text = file.read()
    codes = [int(c) for c in CALL.findall(text)]
    return len(codes), sum(c >= 400 for c in codes), since + len(text)


def measure(command, env, out, log):
    since = os.path.getsize(log)
    began = time.monotonic()
    with open(out, "wb") as stdout, open(out + ".err", "wb") as stderr:
        child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
        _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    number, failed, _ = calls(log, since)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "rss": used.ru_maxrss / 1024,
        "calls": number,
        "failed": failed,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--regions", default="us-east-1,eu-west-1,eu-central-1,ap-southeast-2,us-west-2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plumb", default=os.path.join(ROOT, ".build", "release", "plumb"))
    parser.add_argument("--skip-prowler", action="store_true", help="measure Plumbline alone")
    parser.add_argument("--services", nargs="+", help="Prowler's names of services, to have it read no others")
    parser.add_argument("--json", help="also write the figures here")
    args = parser.parse_args()
    if not os.access(args.plumb, os.X_OK):
        parser.error(f"{args.plumb} is missing: swift build -c release --product plumb")
    regions = args.regions.split(",")
    prowler = None if args.skip_prowler else prowler_python()
    rows = {}
    with tempfile.TemporaryDirectory(prefix="compare-") as work:
        log = os.path.join(work, "server.log")
        with open(log, "wb") as server_log:
            server, url = moto.start(log=server_log)
        try:
            # A clean environment: no credentials, proxies or settings of the person who runs this.
            keep = {k: os.environ[k] for k in ("PATH", "LANG", "LD_LIBRARY_PATH") if k in os.environ}
            env = {**keep, **moto.environment(url), "HOME": work}
            manifest = os.path.join(work, "manifest.json")
            subprocess.run(
                [
                    os.path.join(ROOT, ".venv", "bin", "python"),
                    os.path.join(ROOT, "Scripts", "plant_estate.py"),
                    "--endpoint",
                    url,
                    "--resources",
                    str(args.resources),
                    "--regions",
                    args.regions,
                    "--seed",
                    str(args.seed),
                    "--manifest",
                    manifest,
                ],
                check=True,
            )
            scan = os.path.join(work, "scan.json")
            rows["plumb"] = measure(
                [
                    args.plumb,
                    "scan",
                    "aws",
                    "--regions",
                    args.regions,
                    "--data",
                    os.path.join(work, "data"),
                    "--format",
                    "json",
                    "--quiet",
                ],
                env,
                scan,
                log,
            )
            if prowler:
                rows["prowler"] = measure(
                    [
                        prowler,
                        "aws",
                        *(["--services", *args.services] if args.services else []),
                        "--region",
                        *regions,
                        "--no-banner",
                        "--ignore-exit-code-3",
                        "-M",
                        "csv",
                        "-o",
                        os.path.join(work, "prowler"),
                    ],
                    env,
                    os.path.join(work, "prowler.txt"),
                    log,
                )
        finally:
            moto.stop(server.pid)

        print(
            f"\n{args.resources} resources, {len(regions)} regions, {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}"
        )
        print(f"{'':10}{'CPU s':>9}{'peak MB':>9}{'wall s':>9}{'calls':>9}{'failed':>9}{'exit':>6}")
        for name, r in rows.items():
            print(f"{name:10}{r['cpu']:9.2f}{r['rss']:9.1f}{r['wall']:9.1f}{r['calls']:9}{r['failed']:9}{r['code']:6}")
        if prowler:
            a, b = rows["prowler"], rows["plumb"]
            print(
                f"{'ratio':10}{a['cpu'] / max(b['cpu'], 0.001):9.1f}{a['rss'] / b['rss']:9.1f}{a['wall'] / b['wall']:9.1f}"
                f"{a['calls'] / max(b['calls'], 1):9.1f}"
            )
        for name, out in (("plumb", scan), ("prowler", os.path.join(work, "prowler.txt"))):
            if name in rows and rows[name]["code"] not in (0, 1, 3):
                with open(out + ".err", "rb") as file:
                    print(
                        f"{name} ended with code {rows[name]['code']}:\n{file.read()[-2000:].decode(errors='replace')}"
                    )
        print("\nAgainst what was planted:", flush=True)
        held = subprocess.run([sys.executable, os.path.join(ROOT, "Scripts", "compare_findings.py"), scan, manifest])
        if args.json:
            with open(args.json, "w", encoding="utf-8") as file:
                json.dump({"resources": args.resources, "regions": len(regions), "rows": rows}, file, indent=1)
    return held.returncode


if __name__ == "__main__":
    sys.exit(main())
