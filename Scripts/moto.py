#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Starts moto, the AWS API server of our tests, on a free loopback port, and stops it.

  moto.py [--free-calls N] run COMMAND...   start, run COMMAND with AWS_ENDPOINT_URL and credentials set, stop
  moto.py --state FILE start                start in the background; FILE keeps its address and process id
  moto.py --state FILE stop
With --free-calls N the server checks signatures and permissions after N calls.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def python():
    """The interpreter of .venv, made on first use."""
    subprocess.run([os.path.join(ROOT, "Scripts", "venv.sh")], check=True, stdout=sys.stderr)
    return os.path.join(ROOT, ".venv", "bin", "python")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def environment(url):
    """What an AWS client needs to talk to the server at `url`."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEEXAMPLE00",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def start(free_calls=None, log=None):
    """Starts a server; returns (process, url) once it answers."""
    port = free_port()
    env = dict(os.environ, MOTO_EC2_LOAD_DEFAULT_AMIS="false")
    if free_calls is not None:
        env["INITIAL_NO_AUTH_ACTION_COUNT"] = str(free_calls)
    server = subprocess.Popen(
        [python(), "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log or subprocess.DEVNULL,
        stderr=log or subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"moto ended at once with code {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5):
                return server, url
        except OSError:
            time.sleep(0.1)
    stop(server.pid)
    raise SystemExit("moto did not answer within a minute")


def stop(pid):
    """Ends the server and waits until it is gone."""
    try:
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            done, _ = os.waitpid(pid, os.WNOHANG)
            if done:
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, ChildProcessError):
        pass  # gone, or started by an earlier call of this script


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["run", "start", "stop"])
    parser.add_argument("--state")
    parser.add_argument("--free-calls", type=int)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    if args.action != "run" and not args.state:
        parser.error("start and stop need --state FILE")
    if args.action == "stop":
        try:
            with open(args.state, encoding="utf-8") as file:
                stop(json.load(file)["pid"])
            os.remove(args.state)
        except FileNotFoundError:
            pass
        return 0
    if args.action == "run" and not args.command:
        parser.error("run needs a command")
    server, url = start(args.free_calls)
    if args.action == "start":
        with open(args.state, "w", encoding="utf-8") as file:
            json.dump({"pid": server.pid, "url": url}, file)
        print(url)
        return 0
    try:
        return subprocess.run(args.command, env={**os.environ, **environment(url)}).returncode
    finally:
        stop(server.pid)


if __name__ == "__main__":
    sys.exit(main())
