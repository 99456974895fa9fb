#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the server as many users at once do, and tells how long it takes.

    Benchmarks/Server/load.py make --plumb PROGRAM --data DIR [--resources 10000] [--seed 1]
    Benchmarks/Server/load.py run  --plumb PROGRAM --data DIR [--users 50] [--seconds 30] [--path PATH ...]

`make` writes an estate of Azure (three findings for each resource, more or less), serves it from the twin and scans it.
`run` starts `plumb serve` over that store and has every user ask one endpoint after another, in an order of their own,
without a pause between. Server milliseconds are those of its own log, from the request's head to the answer being ready;
client milliseconds are of the whole request on this machine, the clients' own work included. Memory is the largest
resident set of the server.
"""
import argparse, collections, http.client, json, os, random, subprocess, sys, tempfile, threading, time
import urllib.parse, urllib.request

TENANT = "11111111-2222-4333-8444-555555555555"


def guid(r):
    return "-".join("%0*x" % (n, r.getrandbits(4 * n)) for n in (8, 4, 4, 4, 12))


def rows(count, seed):
    r = random.Random(seed)
    subscriptions = [guid(r) for _ in range(10)]
    places = ["westeurope", "northeurope", "eastus", "uksouth"]
    made = [{"id": f"/subscriptions/{s}", "type": "microsoft.resources/subscriptions", "tenantId": TENANT,
             "subscriptionId": s, "name": f"subscription-{n}", "properties": {"state": "Enabled"}}
            for n, s in enumerate(subscriptions)]
    kinds = [
        (45, "Microsoft.Network/networkInterfaces", lambda: {"enableIPForwarding": r.random() < 0.1, "ipConfigurations": []}),
        (38, "Microsoft.Network/publicIPAddresses", lambda: {"ipAddress": f"203.0.113.{r.randint(0, 255)}"}),
        (10, "Microsoft.Compute/disks", lambda: {"diskSizeGB": r.choice([32, 128]), "publicNetworkAccess": r.choice(
            ["Enabled", "Disabled"]), "networkAccessPolicy": r.choice(["AllowAll", "DenyAll"])}),
        (2, "Microsoft.Storage/storageAccounts", lambda: {
            "minimumTlsVersion": r.choice(["TLS1_0", "TLS1_2"]), "allowBlobPublicAccess": r.random() < 0.2,
            "supportsHttpsTrafficOnly": r.random() < 0.9, "networkAcls": {"defaultAction": r.choice(["Allow", "Deny"])}}),
        (2, "Microsoft.Compute/virtualMachines", lambda: {"hardwareProfile": {"vmSize": "Standard_D2s_v5"}, "osProfile": {
            "linuxConfiguration": {"disablePasswordAuthentication": r.random() < 0.7}}}),
        (1, "Microsoft.Network/networkSecurityGroups", lambda: {"securityRules": [{"name": "in", "properties": {
            "access": "Allow", "direction": "Inbound", "protocol": "Tcp", "sourceAddressPrefix": r.choice(["*", "10.0.0.0/8"]),
            "destinationPortRange": r.choice(["22", "443"]), "priority": 100}}]}),
        (1, "Microsoft.Network/virtualNetworks", lambda: {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": []}),
        (1, "Microsoft.KeyVault/vaults", lambda: {"enablePurgeProtection": r.random() < 0.5, "enableRbacAuthorization":
            r.random() < 0.5, "accessPolicies": []}),
    ]
    weights = [kind[0] for kind in kinds]
    for number in range(count - len(made)):
        _, type, properties = r.choices(kinds, weights)[0]
        subscription, group = r.choice(subscriptions), f"group-{r.randint(1, 40)}"
        name = f"{type.split('/')[-1][:6].lower()}{number:06}"
        made.append({
            "id": f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{type}/{name}", "name": name,
            "type": type.lower(), "tenantId": TENANT, "subscriptionId": subscription, "resourceGroup": group,
            "location": r.choice(places), "properties": properties(),
            "tags": {"env": r.choice(["prod", "dev", "test"]), "team": f"team-{r.randint(1, 30)}"}})
    return made


def make(options):
    folder = tempfile.mkdtemp(prefix="plumb-load-")
    os.makedirs(f"{folder}/content/estates/load")
    made = rows(options.resources, options.seed)
    for start in range(0, len(made), 10_000):  # A file of content has 16 MB at most.
        with open(f"{folder}/content/estates/load/{start:08}.yaml", "w") as file:
            json.dump(made[start:start + 10_000], file)
    twin = subprocess.Popen(
        [options.plumb, "twin", "serve", "--content", f"{folder}/content", "--estate", "load", "--data", f"{folder}/twin",
         "--ca-file", f"{folder}/ca.pem"], stdout=subprocess.PIPE, text=True)
    try:
        base = next(line.split()[1] for line in twin.stdout if line.startswith("azure "))
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "PLUMB_"))}
        environment |= {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": "load", "AZURE_CLIENT_SECRET": "load",
                        "PLUMB_CA_FILE": f"{folder}/ca.pem"}
        scan = subprocess.run([options.plumb, "scan", "azure", "--azure-endpoint", base, "--data", options.data,
                               "--format", "json"], env=environment, stdout=subprocess.DEVNULL)
        if scan.returncode not in (0, 1, 3):
            sys.exit(f"the scan ended with {scan.returncode}")
    finally:
        twin.terminate()
        twin.wait()
    for table in ["resources", "Findings"]:
        count = subprocess.run([options.plumb, "query", f"{table} | count", "--data", options.data, "--format", "csv"],
                               capture_output=True, text=True, check=True).stdout.split()[-1]
        print(f"{count} {table.lower()}")


class Server:
    def __init__(self, options):
        self.log = tempfile.NamedTemporaryFile("r", prefix="plumb-load-", suffix=".log")
        self.process = subprocess.Popen(
            [options.plumb, "serve", "--port", "0", "--data", options.data, "--set", "password-cost=10",
             "--set", "requests-per-minute=1000000"],
            stdout=subprocess.PIPE, stderr=open(self.log.name, "w"), text=True)
        self.base = self.process.stdout.readline().strip()
        self.host = urllib.parse.urlparse(self.base).netloc
        # A store that was served before has its administrator and token already.
        self.secret = f"{options.data}/load-token"
        if os.path.exists(self.secret):
            with open(self.secret) as file:
                self.token = file.read()
            return
        setup = self.process.stdout.readline().split()[-1]
        made, cookies = self.post("/api/v1/setup", {"token": setup, "name": "load", "password": "correct horse battery"})
        self.token = self.post(
            "/api/v1/tokens", {"name": "load", "permissions": made["permissions"]},
            {"Cookie": "; ".join(c.split(";")[0] for c in cookies), "x-csrf-token": made["csrf"]})[0]["secret"]
        with open(os.open(self.secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(self.token)

    def post(self, path, body, headers={}):
        request = urllib.request.Request(
            self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer), answer.headers.get_all("set-cookie") or []

    def get(self, path):
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        _, status, usage = os.wait4(self.process.pid, 0)
        return usage.ru_maxrss * 1024

    def times(self):
        """Milliseconds by route, of the server's own log."""
        found = collections.defaultdict(list)
        with open(self.log.name) as file:
            for line in file:
                if '"milliseconds"' in line:
                    entry = json.loads(line)
                    fields = entry.get("metadata", entry)
                    found[f"{fields['method']} {fields['route']}"].append(float(fields["milliseconds"]))
        return found


def endpoints(server):
    """Requests of every kind: method, path, body."""
    finding = server.get("/api/v1/findings?limit=1&isFault=true")["items"][0]
    framework = server.get("/api/v1/compliance")["items"][0]["id"]
    check, key = finding["check"], finding["resourceKey"]
    query = "resources | summarize count() by type | top 5 by count_"
    paths = [
        "/findings?limit=100", "/findings?limit=50&severity=high&status=Unhealthy&facets=severity&facets=account&facets=check",
        "/findings?limit=50&text=storage&sort=-lastChanged", "/findings/by-check", f"/findings/{finding['id']}",
        "/resources?limit=100", "/resources?limit=50&sort=risk&facets=type&facets=tag&tag=env%3Dprod", f"/resources/{key}",
        f"/resources/{key}/findings", f"/resources/{key}/versions", "/changes", "/compliance", f"/compliance/{framework}",
        "/scores", "/scores/history", "/coverage", "/scans", "/exemptions", "/governance/rules", "/governance/owners",
        "/attestations", f"/checks/{check}", "/checks?limit=100", "/policies/assignments", "/queries"]
    return [("GET", "/api/v1" + path, None) for path in paths] + [
        ("POST", "/api/v1/queries/run", {"query": query}),
        ("POST", "/v2/rest/query", {"db": "plumbline", "csl": query}),
        ("POST", "/v1/workspaces/w/query", {"query": "Findings | summarize count() by status"}),
        ("POST", "/providers/Microsoft.ResourceGraph/resources", {"query": query}),
    ] + ([("GET", path, None) for path in getattr(server, "more", [])])


def user(server, requests, number, until, results):
    r = random.Random(number)
    headers = {"Authorization": f"Bearer {server.token}"}
    connection = http.client.HTTPConnection(server.host, timeout=120)
    while time.time() < until:
        for method, path, body in r.sample(requests, len(requests)):
            start = time.perf_counter()
            try:
                connection.request(method, path, json.dumps(body) if body else None,
                                   headers | ({"Content-Type": "application/json"} if body else {}))
                answer = connection.getresponse()
                size = len(answer.read())
                status = answer.status
            except (http.client.HTTPException, OSError):
                # A connection that a long request had is closed after it.
                connection.close()
                continue
            results.append((path.split("?")[0], (time.perf_counter() - start) * 1000, status, size))
            if time.time() >= until:
                break


def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def run(options):
    server = Server(options)
    try:
        server.more = options.path
        requests = endpoints(server)
        results, until = [], time.time() + options.seconds
        threads = [threading.Thread(target=user, args=(server, requests, n, until, results)) for n in range(options.users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        memory = server.stop()
    failed = collections.Counter(status for _, _, status, _ in results if status >= 400)
    times = server.times()
    print(f"{'server ms':>50}  median     p99     max   requests")
    for route, values in sorted(times.items(), key=lambda entry: -at(entry[1], 0.5)):
        print(f"{route:>50} {at(values, .5):7.1f} {at(values, .99):7.1f} {max(values):7.1f} {len(values):10}")
    every = [value for values in times.values() for value in values]
    client = [milliseconds for _, milliseconds, _, _ in results]
    print(f"{'all, server':>50} {at(every, .5):7.1f} {at(every, .99):7.1f} {max(every):7.1f} {len(every):10}")
    print(f"{'all, client':>50} {at(client, .5):7.1f} {at(client, .99):7.1f} {max(client):7.1f} {len(client):10}")
    print(f"{len(results) / options.seconds:.0f} requests a second of {options.users} users; "
          f"memory {memory / 1e6:.0f} MB; statuses from 400: {dict(failed) or 'none'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "run"])
    parser.add_argument("--plumb", default=".build/release/plumb")
    parser.add_argument("--data", required=True)
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--path", action="append", default=[], help="A further page to ask for; may be given again.")
    options = parser.parse_args()
    options.plumb = os.path.abspath(options.plumb)
    {"make": make, "run": run}[options.what](options)
