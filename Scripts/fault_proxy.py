#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A loopback proxy that answers like a cloud on a bad day, and a judge of how a client took it.

  fault_proxy.py serve --upstream URL --log FILE [--port 0] [--seed 1] [--rate 0.2] [--most 2]
      prints its own URL; each request is hit by a fault with probability RATE, at most MOST times, and then served.
      Faults: throttle (429 with Retry-After), busy (503), cut (half a body), close (no answer), reset, slow (late answer).
      --deny ACCOUNT refuses the roles of an account of AWS; --exhaust ACCOUNT lets its role be assumed and answers
      whatever is asked with the role's keys by throttling. --events FILE answers CloudTrail's LookupEvents from a file:
      an object of lists of events by region, read anew each time.
  fault_proxy.py check FILE
      exit code 1 when a request came again before its Retry-After was over, or was given up.

A request is known by method, path, body and the region and service of its signature, so that a retry is told apart
from another call. The log has one JSON object a line: t, key, request, fault, status, retryAfter, served.
"""

import argparse
import asyncio
import hashlib
import json
import random
import re
import sys
import time
import urllib.parse

FAULTS = ["throttle", "busy", "cut", "close", "reset", "slow"]
SCOPE = re.compile(rb"Credential=[^/]+/\d+/([^/]+)/([^/]+)/", re.I)
VARYING = {b"connection", b"keep-alive", b"transfer-encoding", b"content-length"}


async def read_message(reader):
    """One HTTP message: first line, headers, whole body; None at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head[:-4].split(b"\r\n")
    headers = [(k.strip(), v.strip()) for k, _, v in (line.partition(b":") for line in lines)]
    find = {k.lower(): v for k, v in headers}
    if b"chunked" in find.get(b"transfer-encoding", b"").lower():
        body = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += (await reader.readexactly(size + 2))[:-2]
        while (await reader.readline()).strip():
            pass
    elif b"content-length" in find:
        body = await reader.readexactly(int(find[b"content-length"]))
    elif first.startswith(b"HTTP/"):
        body = b"" if first.split()[1] in (b"204", b"304") else await reader.read()
    else:
        body = b""
    return first, headers, body


class Proxy:
    def __init__(self, upstream, log, seed, rate, most, slow, deny, exhaust, events):
        where = urllib.parse.urlparse(upstream)
        self.host, self.port = where.hostname, where.port
        self.log, self.random, self.rate, self.most, self.slow = log, random.Random(seed), rate, most, slow
        self.hits, self.first = {}, time.time()
        self.denied, self.exhausted, self.keys, self.events = deny, exhaust, set(), events

    def note(self, **record):
        self.log.write(json.dumps(record) + "\n")
        self.log.flush()

    async def forward(self, first, headers, body):
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            lines = [first] + [k + b": " + v for k, v in headers if k.lower() not in VARYING]
            lines += [b"Connection: close", b"Content-Length: %d" % len(body)]
            writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
            await writer.drain()
            answer = await read_message(reader)
            if answer is None:
                raise ConnectionError("no answer from the upstream server")
            return answer
        finally:
            writer.close()

    def answer(self, status, reason, headers, body):
        lines = [b"HTTP/1.1 %d %s" % (status, reason)]
        lines += [k + b": " + v for k, v in headers if k.lower() not in VARYING]
        return b"\r\n".join(lines) + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    async def serve(self, reader, writer):
        try:
            while message := await read_message(reader):
                if not await self.one(*message, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    async def one(self, first, headers, body, writer):
        """Answers one request; false when the connection is over."""
        began = time.time()
        find = {k.lower(): v for k, v in headers}
        scope = SCOPE.search(find.get(b"authorization", b""))
        scope = b"/".join(scope.groups()) if scope else b"-"
        method, path = first.split(b" ")[:2]
        target = find.get(b"x-amz-target", b"")
        key = hashlib.sha256(b"\0".join([method, path, scope, target, find.get(b"user-agent", b""), body])).hexdigest()[:24]
        action = target or (re.search(rb"Action=(\w+)", body) or [b"", b""])[1]
        record = {
            "t": began,
            "key": key,
            "request": f"{method.decode()} {path.decode()[:120]} {action.decode()}".strip(),
            "scope": scope.decode(),
            "fault": None,
            "status": None,
            "served": False,
        }
        role = re.search(rb"Action=AssumeRole&.*RoleArn=arn%3A[^%]+%3Aiam%3A%3A(\d+)%3A", body)
        account = role.group(1).decode() if role else None
        if account in self.denied:
            text = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>planted</Message></Error></ErrorResponse>"
            self.note(**{**record, "fault": "deny", "status": 403})
            writer.write(self.answer(403, b"Forbidden", [(b"Content-Type", b"text/xml")], text))
            await writer.drain()
            return True
        if self.events and target.endswith(b".LookupEvents"):
            asked = json.loads(body)
            with open(self.events, encoding="utf-8") as file:
                events = json.load(file).get(scope.split(b"/")[0].decode(), [])
            told = [e for e in events if e["EventTime"] >= asked.get("StartTime", 0)]
            headers = [(b"Content-Type", b"application/x-amz-json-1.1")]
            writer.write(self.answer(200, b"OK", headers, json.dumps({"Events": told}).encode()))
            await writer.drain()
            self.note(**{**record, "status": 200, "served": True})
            return True
        signer = re.search(rb"Credential=([^/]+)/", find.get(b"authorization", b""))
        if signer and signer.group(1) in self.keys:
            record["fault"] = "throttle"
            form = b"form-urlencoded" in find.get(b"content-type", b"") or b"/s3" in scope
            return await self.refuse("throttle", record, form, writer)
        if self.hits.get(key, 0) < self.most and self.random.random() < self.rate:
            self.hits[key] = self.hits.get(key, 0) + 1
            record["fault"] = fault = self.random.choice(FAULTS)
            if fault in ("throttle", "busy"):
                return await self.refuse(
                    fault, record, b"form-urlencoded" in find.get(b"content-type", b"") or b"/s3" in scope, writer
                )
            if fault in ("close", "reset"):
                self.note(**record)
                if fault == "reset":
                    writer.transport.abort()
                return False
        status_line, answer_headers, answer_body = await self.forward(first, headers, body)
        _, status, *reason = status_line.split(b" ", 2)
        record["status"] = int(status)
        if account in self.exhausted:
            self.keys.update(re.findall(rb"<AccessKeyId>([^<]+)<", answer_body))
        if method == b"HEAD":
            answer_body = b""
        data = self.answer(int(status), reason[0] if reason else b"", answer_headers, answer_body)
        if record["fault"] == "cut" and len(answer_body) > 1:
            self.note(**record)
            writer.write(data[: len(data) - len(answer_body) // 2 - 1])
            await writer.drain()
            return False
        if record["fault"] == "slow":
            await asyncio.sleep(self.slow)
        writer.write(data)
        await writer.drain()
        self.note(**{**record, "served": True})
        return True

    async def refuse(self, fault, record, xml, writer):
        wait = self.random.choice([1, 1, 2])
        status, reason, code = (
            (429, b"Too Many Requests", "ThrottlingException")
            if fault == "throttle"
            else (503, b"Service Unavailable", "ServiceUnavailable")
        )
        body = (
            f"<ErrorResponse><Error><Code>{code}</Code><Message>planted</Message></Error></ErrorResponse>"
            if xml
            else json.dumps({"__type": code, "message": "planted"})
        )
        headers = [(b"Content-Type", b"text/xml" if xml else b"application/json"), (b"x-amzn-errortype", code.encode())]
        if fault == "throttle":
            headers.append((b"Retry-After", b"%d" % wait))
            record["retryAfter"] = wait
        record["status"], record["answered"] = status, time.time()
        self.note(**record)
        writer.write(self.answer(status, reason, headers, body.encode()))
        await writer.drain()
        return True


async def serve(args):
    with open(args.log, "w", encoding="utf-8") as log:
        proxy = Proxy(args.upstream, log, args.seed, args.rate, args.most, args.slow, args.deny, args.exhaust, args.events)
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", args.port, limit=1 << 24)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        async with server:
            await server.serve_forever()


def check(path):
    with open(path, encoding="utf-8") as file:
        records = sorted((json.loads(line) for line in file), key=lambda r: r["t"])
    wrong, last, faults = [], {}, {}
    for r in records:
        before = last.get(r["key"])
        if before and before.get("retryAfter") and r["t"] < before["answered"] + before["retryAfter"] - 0.005:
            early = before["answered"] + before["retryAfter"] - r["t"]
            wrong.append(f"{early:.3f} s before Retry-After was over: {r['request']} ({r['scope']})")
        last[r["key"]] = r
        if r["fault"]:
            faults[r["fault"]] = faults.get(r["fault"], 0) + 1
    served = {r["key"] for r in records if r["served"]}
    wrong += [f"given up after {r['fault']}: {r['request']} ({r['scope']})" for k, r in last.items() if k not in served]
    for line in wrong:
        print(line)
    told = ", ".join(f"{n} {f}" for f, n in sorted(faults.items())) or "none"
    print(f"{len(records)} requests, {len(last)} different, {len(served)} served; faults: {told}; {len(wrong)} wrong")
    return 1 if wrong or not records else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = parser.add_subparsers(dest="action", required=True)
    run = sub.add_parser("serve")
    run.add_argument("--upstream", required=True)
    run.add_argument("--log", required=True)
    run.add_argument("--port", type=int, default=0)
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--rate", type=float, default=0.2)
    run.add_argument("--most", type=int, default=2, help="faults for one request before it is served")
    run.add_argument("--slow", type=float, default=2.0, help="seconds a slow answer takes")
    run.add_argument("--deny", action="append", default=[], metavar="ACCOUNT")
    run.add_argument("--exhaust", action="append", default=[], metavar="ACCOUNT")
    run.add_argument("--events", metavar="FILE")
    judge = sub.add_parser("check")
    judge.add_argument("log")
    args = parser.parse_args()
    if args.action == "check":
        return check(args.log)
    try:
        asyncio.run(serve(args))
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
