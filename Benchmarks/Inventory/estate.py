#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a store of many resources and measures queries over it.

    Benchmarks/Inventory/estate.py make  --plumb PROGRAM --data DIR [--resources 1000000] [--seed 1]
    Benchmarks/Inventory/estate.py query --plumb PROGRAM --data DIR [--runs 7]

`make` has the program lay out an empty store and writes one finished scan into its database: what a scan of so many
resources over the network would have left, in a minute. The extents are made by the first query of `query`.
Wall and CPU seconds; memory is the largest resident set.
"""
import argparse, hashlib, json, os, random, resource, sqlite3, subprocess, sys, time

TICKS = 638_900_000_000_000_000


def pick(r, *values):
    return values[int(r.random() * len(values))]


def hexes(r, count):
    return "%0*x" % (count, r.getrandbits(4 * count))


def guid(r):
    return "-".join(hexes(r, n) for n in (8, 4, 4, 4, 12))


def when(r):
    return "20%02d-%02d-%02dT%02d:%02d:%02dZ" % (
        r.randint(19, 26), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59))


def tags(r):
    all_tags = {"env": pick(r, "prod", "dev", "test"), "team": f"team-{r.randint(1, 60)}",
                "costCenter": str(r.randint(1000, 1200)), "createdBy": pick(r, "terraform", "bicep", "portal"),
                "app": f"app-{r.randint(1, 400)}"}
    return {k: v for k, v in all_tags.items() if r.random() < 0.7}


def rules(r, count):
    return [{"name": f"rule-{i}", "properties": {
        "protocol": pick(r, "Tcp", "Udp", "*"), "sourcePortRange": "*",
        "destinationPortRange": pick(r, "22", "443", "3389", "80", "1433"),
        "sourceAddressPrefix": pick(r, "*", "10.0.0.0/8", "Internet", f"203.0.113.{r.randint(0, 255)}/32"),
        "destinationAddressPrefix": "*", "access": pick(r, "Allow", "Deny"), "priority": 100 + 10 * i,
        "direction": pick(r, "Inbound", "Outbound")}} for i in range(count)]


def endpoints(r, name):
    return {k: f"https://{name}.{k}.core.windows.net/" for k in ("blob", "dfs", "file", "queue", "table", "web")}


def storage(r, n):
    return {"networkAcls": {"bypass": pick(r, "AzureServices", "None"), "defaultAction": pick(r, "Allow", "Deny", "Deny"),
                            "ipRules": [{"value": f"198.51.100.{r.randint(0, 255)}", "action": "Allow"} for _ in range(r.randint(0, 3))],
                            "virtualNetworkRules": []},
            "minimumTlsVersion": pick(r, "TLS1_0", "TLS1_2", "TLS1_2"), "allowBlobPublicAccess": r.random() < 0.2,
            "supportsHttpsTrafficOnly": r.random() < 0.9, "allowSharedKeyAccess": r.random() < 0.5,
            "publicNetworkAccess": pick(r, "Enabled", "Disabled"), "primaryEndpoints": endpoints(r, n),
            "encryption": {"keySource": pick(r, "Microsoft.Storage", "Microsoft.Keyvault"), "requireInfrastructureEncryption": r.random() < 0.1,
                           "services": {k: {"enabled": True, "keyType": "Account", "lastEnabledTime": when(r)} for k in ("blob", "file")}},
            "accessTier": pick(r, "Hot", "Cool"), "creationTime": when(r), "provisioningState": "Succeeded",
            "statusOfPrimary": "available", "primaryLocation": "westeurope", "isHnsEnabled": r.random() < 0.1,
            "privateEndpointConnections": [{"id": guid(r), "properties": {"privateLinkServiceConnectionState": {"status": "Approved"}}}
                                           for _ in range(r.randint(0, 2))]}


def machine(r, n):
    return {"vmId": guid(r), "hardwareProfile": {"vmSize": pick(r, "Standard_D2s_v5", "Standard_B2ms", "Standard_E4s_v5")},
            "storageProfile": {"imageReference": {"publisher": pick(r, "Canonical", "MicrosoftWindowsServer"), "offer": "server", "sku": "22_04-lts", "version": "latest"},
                               "osDisk": {"osType": pick(r, "Linux", "Windows"), "name": f"{n}_os", "caching": "ReadWrite", "diskSizeGB": pick(r, 30, 64, 128),
                                          "managedDisk": {"id": f"/disks/{n}_os", "storageAccountType": pick(r, "Premium_LRS", "StandardSSD_LRS")}},
                               "dataDisks": [{"lun": i, "name": f"{n}_d{i}", "diskSizeGB": 256, "managedDisk": {"id": f"/disks/{n}_{i}"}} for i in range(r.randint(0, 3))]},
            "osProfile": {"computerName": n, "adminUsername": pick(r, "azureuser", "admin"), "allowExtensionOperations": True,
                          "linuxConfiguration": {"disablePasswordAuthentication": r.random() < 0.8, "provisionVMAgent": True}},
            "securityProfile": {"encryptionAtHost": r.random() < 0.3, "securityType": pick(r, "TrustedLaunch", "Standard"),
                                "uefiSettings": {"secureBootEnabled": r.random() < 0.6, "vTpmEnabled": True}},
            "networkProfile": {"networkInterfaces": [{"id": f"/nics/{n}-{i}", "properties": {"primary": i == 0}} for i in range(r.randint(1, 2))]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": r.random() < 0.5}}, "timeCreated": when(r), "provisioningState": "Succeeded",
            "extended": {"instanceView": {"powerState": {"code": pick(r, "PowerState/running", "PowerState/deallocated")}}}}


def group(r, n):
    return {"resourceGuid": guid(r), "provisioningState": "Succeeded", "securityRules": rules(r, r.randint(2, 7)),
            "subnets": [{"id": f"/subnets/{hexes(r, 8)}"} for _ in range(r.randint(0, 3))], "flushConnection": False}


def vault(r, n):
    return {"tenantId": guid(r), "sku": {"family": "A", "name": pick(r, "standard", "premium")}, "enableSoftDelete": True,
            "enablePurgeProtection": r.random() < 0.6, "enableRbacAuthorization": r.random() < 0.5, "vaultUri": f"https://{n}.vault.azure.net/",
            "networkAcls": {"defaultAction": pick(r, "Allow", "Deny"), "bypass": "AzureServices", "ipRules": [], "virtualNetworkRules": []},
            "publicNetworkAccess": pick(r, "Enabled", "Disabled"), "softDeleteRetentionInDays": pick(r, 7, 90),
            "accessPolicies": [{"tenantId": guid(r), "objectId": guid(r), "permissions": {"keys": ["get", "list"], "secrets": ["get"], "certificates": []}}
                               for _ in range(r.randint(1, 6))]}


def site(r, n):
    return {"state": "Running", "hostNames": [f"{n}.azurewebsites.net"], "httpsOnly": r.random() < 0.7, "enabled": True,
            "clientCertEnabled": r.random() < 0.1, "serverFarmId": f"/serverfarms/{hexes(r, 6)}", "defaultHostName": f"{n}.azurewebsites.net",
            "siteConfig": {"minTlsVersion": pick(r, "1.0", "1.2"), "ftpsState": pick(r, "AllAllowed", "FtpsOnly", "Disabled"), "http20Enabled": r.random() < 0.5,
                           "alwaysOn": r.random() < 0.5, "linuxFxVersion": pick(r, "PYTHON|3.11", "NODE|20", "DOTNETCORE|8.0"), "numberOfWorkers": r.randint(1, 4),
                           "ipSecurityRestrictions": rules(r, r.randint(0, 2))},
            "outboundIpAddresses": ",".join(f"20.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(0, 255)}" for _ in range(8)),
            "possibleOutboundIpAddresses": ",".join(f"20.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(0, 255)}" for _ in range(20)),
            "lastModifiedTimeUtc": when(r), "customDomainVerificationId": hexes(r, 64)}


def bucket(r, n):
    return {"BucketName": n, "Arn": f"arn:aws:s3:::{n}", "DomainName": f"{n}.s3.amazonaws.com", "RegionalDomainName": f"{n}.s3.eu-west-1.amazonaws.com",
            "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"BucketKeyEnabled": r.random() < 0.4,
                "ServerSideEncryptionByDefault": {"SSEAlgorithm": pick(r, "AES256", "aws:kms"), "KMSMasterKeyID": guid(r)}}]},
            "VersioningConfiguration": {"Status": pick(r, "Enabled", "Suspended")},
            "PublicAccessBlockConfiguration": {k: r.random() < 0.9 for k in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")},
            "LifecycleConfiguration": {"Rules": [{"Id": f"r{i}", "Status": "Enabled", "ExpirationInDays": r.randint(30, 400), "Prefix": f"logs/{i}/",
                                                  "Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 30}]} for i in range(r.randint(0, 5))]},
            "OwnershipControls": {"Rules": [{"ObjectOwnership": pick(r, "BucketOwnerEnforced", "ObjectWriter")}]},
            "ReplicationConfiguration": {"Role": f"arn:aws:iam::{r.randint(10**11, 10**12 - 1)}:role/replication", "Rules": []},
            "LoggingConfiguration": {"DestinationBucketName": f"logs-{r.randint(0, 50)}", "LogFilePrefix": n}}


def instance(r, n):
    return {"InstanceId": n, "InstanceType": pick(r, "t3.micro", "m5.large", "c6i.xlarge", "r5.2xlarge"), "ImageId": f"ami-{hexes(r, 17)}",
            "State": {"Name": pick(r, "running", "stopped"), "Code": 16}, "PrivateIpAddress": f"10.0.{r.randint(0, 255)}.{r.randint(0, 255)}",
            "MetadataOptions": {"HttpTokens": pick(r, "required", "optional"), "HttpEndpoint": "enabled", "HttpPutResponseHopLimit": pick(r, 1, 2)},
            "SecurityGroups": [{"GroupId": f"sg-{hexes(r, 17)}", "GroupName": f"group-{r.randint(0, 900)}"} for _ in range(r.randint(1, 4))],
            "BlockDeviceMappings": [{"DeviceName": f"/dev/sd{c}", "Ebs": {"VolumeId": f"vol-{hexes(r, 17)}", "DeleteOnTermination": True, "AttachTime": when(r), "Status": "attached"}}
                                    for c in "abcd"[: r.randint(1, 4)]],
            "NetworkInterfaces": [{"NetworkInterfaceId": f"eni-{hexes(r, 17)}", "SubnetId": f"subnet-{hexes(r, 17)}", "MacAddress": hexes(r, 12), "SourceDestCheck": True,
                                   "PrivateDnsName": f"ip-10-0-{r.randint(0, 255)}-{r.randint(0, 255)}.ec2.internal"} for _ in range(r.randint(1, 2))],
            "IamInstanceProfile": {"Arn": f"arn:aws:iam::{r.randint(10**11, 10**12 - 1)}:instance-profile/p{r.randint(0, 90)}"},
            "Monitoring": {"State": pick(r, "enabled", "disabled")}, "EbsOptimized": r.random() < 0.5, "LaunchTime": when(r),
            "Placement": {"AvailabilityZone": pick(r, "eu-west-1a", "eu-west-1b"), "Tenancy": "default"}, "VirtualizationType": "hvm", "RootDeviceType": "ebs"}


def role(r, n):
    return {"RoleName": n, "RoleId": "AROA" + hexes(r, 16).upper(), "Path": "/", "CreateDate": when(r), "MaxSessionDuration": pick(r, 3600, 43200),
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": pick(r, {"Service": "ec2.amazonaws.com"}, {"AWS": f"arn:aws:iam::{r.randint(10**11, 10**12 - 1)}:root"}, {"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]})}]},
            "ManagedPolicyArns": [f"arn:aws:iam::aws:policy/Policy{r.randint(0, 300)}" for _ in range(r.randint(1, 6))],
            "Policies": [{"PolicyName": f"inline-{i}", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": [f"s3:{a}" for a in ("GetObject", "PutObject", "ListBucket")[: r.randint(1, 3)]], "Resource": pick(r, "*", f"arn:aws:s3:::b{r.randint(0, 999)}/*")}]}}
                for i in range(r.randint(0, 4))],
            "RoleLastUsed": {"LastUsedDate": when(r), "Region": "eu-west-1"}}


def database(r, n):
    return {"DBInstanceIdentifier": n, "Engine": pick(r, "postgres", "mysql", "aurora-postgresql"), "EngineVersion": pick(r, "15.4", "8.0.35"), "DBInstanceClass": pick(r, "db.t3.medium", "db.r6g.large"),
            "StorageEncrypted": r.random() < 0.8, "KmsKeyId": f"arn:aws:kms:eu-west-1:1:key/{guid(r)}", "MultiAZ": r.random() < 0.4, "PubliclyAccessible": r.random() < 0.1,
            "BackupRetentionPeriod": pick(r, 0, 1, 7, 35), "DeletionProtection": r.random() < 0.5, "AutoMinorVersionUpgrade": True, "AllocatedStorage": pick(r, 20, 100, 500),
            "Endpoint": {"Address": f"{n}.{hexes(r, 12)}.eu-west-1.rds.amazonaws.com", "Port": 5432, "HostedZoneId": hexes(r, 14).upper()}, "InstanceCreateTime": when(r), "DbiResourceId": "db-" + hexes(r, 26).upper(),
            "VpcSecurityGroups": [{"VpcSecurityGroupId": f"sg-{hexes(r, 17)}", "Status": "active"} for _ in range(r.randint(1, 3))],
            "DBSubnetGroup": {"DBSubnetGroupName": "default", "VpcId": f"vpc-{hexes(r, 17)}", "Subnets": [{"SubnetIdentifier": f"subnet-{hexes(r, 17)}", "SubnetStatus": "Active"} for _ in range(3)]},
            "DBParameterGroups": [{"DBParameterGroupName": "default.postgres15", "ParameterApplyStatus": "in-sync"}], "IAMDatabaseAuthenticationEnabled": r.random() < 0.3,
            "EnabledCloudwatchLogsExports": ["postgresql", "upgrade"][: r.randint(0, 2)], "CACertificateIdentifier": "rds-ca-rsa2048-g1"}


def function(r, n):
    return {"FunctionName": n, "Runtime": pick(r, "python3.12", "nodejs20.x", "java17", "go1.x"), "Handler": "index.handler", "Role": f"arn:aws:iam::1:role/r{r.randint(0, 900)}", "CodeSize": r.randint(300, 9000000),
            "Timeout": pick(r, 3, 30, 900), "MemorySize": pick(r, 128, 512, 2048), "LastModified": when(r), "CodeSha256": hexes(r, 44), "Version": "$LATEST", "PackageType": "Zip", "Architectures": ["arm64"],
            "Environment": {"Variables": {f"VAR_{i}": hexes(r, 24) for i in range(r.randint(0, 12))}}, "TracingConfig": {"Mode": pick(r, "Active", "PassThrough")},
            "VpcConfig": {"SubnetIds": [f"subnet-{hexes(r, 17)}" for _ in range(r.randint(0, 3))], "SecurityGroupIds": [f"sg-{hexes(r, 17)}"], "VpcId": f"vpc-{hexes(r, 17)}"},
            "Layers": [{"Arn": f"arn:aws:lambda:eu-west-1:1:layer:l{i}:3", "CodeSize": 1024} for i in range(r.randint(0, 4))],
            "LoggingConfig": {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{n}"}, "Policy": {"Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "lambda:InvokeFunction"}]}}


def plain(keys):
    """A type of `keys` flat settings beside a list of parts."""
    def make(r, n):
        body = {f"setting{k}": pick(r, True, False, "Enabled", k, f"value-{r.randint(0, 40)}") for k in range(keys)}
        body["configuration"] = {"mode": pick(r, "Standard", "Advanced"), "endpoint": f"https://{n}.example.com/{hexes(r, 16)}", "createdOn": when(r), "owner": {"objectId": guid(r), "kind": "User"}}
        body["parts"] = [{"id": guid(r), "name": f"part-{i}", "state": pick(r, "ready", "failed"), "weight": r.randint(0, 100), "updated": when(r)} for i in range(r.randint(4, 12))]
        return body
    return make


TYPES = [
    ("microsoft.storage/storageaccounts", storage, 12), ("microsoft.compute/virtualmachines", machine, 10),
    ("microsoft.network/networksecuritygroups", group, 8), ("microsoft.keyvault/vaults", vault, 5),
    ("microsoft.web/sites", site, 7), ("aws::s3::bucket", bucket, 9), ("aws::ec2::instance", instance, 11), ("aws::iam::role", role, 9),
    ("aws::rds::dbinstance", database, 4), ("aws::lambda::function", function, 7),
    ("microsoft.network/networkinterfaces", plain(9), 4), ("microsoft.network/publicipaddresses", plain(5), 2), ("microsoft.compute/disks", plain(12), 3),
    ("microsoft.sql/servers/databases", plain(14), 2), ("microsoft.containerservice/managedclusters", plain(24), 1), ("microsoft.authorization/roleassignments", plain(4), 2),
    ("aws::ec2::volume", plain(10), 2), ("aws::kms::key", plain(11), 1), ("aws::sqs::queue", plain(8), 1), ("aws::dynamodb::table", plain(16), 1),
]


def row(r, number, type, make):
    name = f"{type.split('/')[-1].split(':')[-1][:6]}{number:07d}"
    cloud = "aws" if type.startswith("aws") else "azure"
    account = f"{100000000000 + number % 40}" if cloud == "aws" else f"00000000-0000-0000-0000-{number % 40:012d}"
    region = pick(r, "eu-west-1", "us-east-1", "eu-central-1") if cloud == "aws" else pick(r, "westeurope", "northeurope", "eastus")
    group = "" if cloud == "aws" else f"rg-{number % 3000}"
    id = f"arn:aws:x:{region}:{account}:{name}" if cloud == "aws" else f"/subscriptions/{account}/resourceGroups/{group}/providers/{type}/{name}"
    body = {"id": id, "name": name, "type": type, "tenantId": "", "kind": "", "location": region, "resourceGroup": group, "subscriptionId": account, "cloud": cloud, "source": "benchmark",
            "properties": make(r, name), "tags": tags(r)}
    return body, account, region, cloud


def make(arguments):
    started = time.time()
    if os.path.exists(arguments.data + "/plumbline.sqlite"):
        sys.exit(f"{arguments.data} holds a store already")
    subprocess.run([arguments.plumb, "query", "--data", arguments.data, "Findings | count"], check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(arguments.data + "/plumbline.sqlite")
    db.execute("PRAGMA synchronous = OFF")
    r = random.Random(arguments.seed)
    total = sum(weight for _, _, weight in TYPES)
    db.execute("INSERT INTO scan VALUES (1, 'aws', '1', ?, ?, ?, 0)", (TICKS, TICKS + 1, arguments.resources))
    key = size = 0
    for type, shape, weight in sorted(TYPES):
        count = arguments.resources * weight // total
        if type == sorted(TYPES)[-1][0]:
            count = arguments.resources - key
        documents, resources, held = [], [], []
        for _ in range(count):
            key += 1
            body, account, region, cloud = row(r, key, type, shape)
            text = json.dumps(body, separators=(",", ":"), sort_keys=True).encode()
            size += len(text)
            documents.append((key, hashlib.sha256(text).digest(), text))
            resources.append((key, body["id"], cloud, account, region, type, 1))
            held.append((key, key, TICKS))
        db.executemany("INSERT INTO document VALUES (?, ?, ?)", documents)
        db.executemany("INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", resources)
        db.executemany("INSERT INTO held VALUES (?, ?, ?, NULL)", held)
    db.execute("UPDATE stamp SET value = lower(hex(randomblob(8))) WHERE name = 'resources'")
    db.commit()
    db.close()
    print(f"{key} resources of {len(TYPES)} types, {size / key:.0f} bytes each, {time.time() - started:.0f} s")


def run(arguments, *words):
    """Wall seconds, CPU seconds, MB and output of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen([arguments.plumb, "query", "--data", arguments.data, *words], stdout=subprocess.PIPE)
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        sys.exit(f"{words} failed")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


WARM = {
    "three paths": "resources | where properties.networkAcls.defaultAction == 'Allow' and properties.minimumTlsVersion == 'TLS1_0' and properties.allowBlobPublicAccess == true | count",
    "three paths of a type": "resources | where type == 'aws::ec2::instance' | where properties.MetadataOptions.HttpTokens == 'optional' and properties.State.Name == 'running' and properties.EbsOptimized == false | count",
    "three paths, ten rows": "resources | where properties.StorageEncrypted == false and properties.PubliclyAccessible == true and properties.BackupRetentionPeriod < 7 | project id | take 10",
    "group by a path": "resources | where type == 'microsoft.compute/virtualmachines' | summarize count() by tostring(properties.hardwareProfile.vmSize)",
    "count by type": "resources | summarize count() by type",
    "a tag": "resources | where tags.env == 'prod' and location == 'westeurope' | count",
}


def query(arguments):
    def line(name, wall, cpu=None, memory=None, more=""):
        print(f"{name:32} {wall * 1000:9.1f} ms" + (f"  {cpu * 1000:9.1f} ms CPU  {memory:7.0f} MB" if cpu is not None else "") + more, flush=True)
    subprocess.run(["rm", "-rf", arguments.data + "/derived"], check=True)
    wall, cpu, memory, _ = run(arguments, "resources | count")
    disk = sum(os.path.getsize(os.path.join(f, n)) for f, _, names in os.walk(arguments.data + "/derived") for n in names)
    line("make the extents", wall, cpu, memory, f"  {disk / 1e6:.0f} MB on disk, database {os.path.getsize(arguments.data + '/plumbline.sqlite') / 1e6:.0f} MB")
    for name, text in [("cold: print 1", "print 1"), ("cold: count", "resources | count"), ("cold: take 1", "resources | take 1 | project id"), ("cold: three paths", WARM["three paths"])]:
        line(name, *min((run(arguments, text)[:3] for _ in range(arguments.runs))))
    line("--as-of: count by type", *run(arguments, "--as-of", "0s", WARM["count by type"])[:3])
    process = subprocess.Popen([arguments.plumb, "query", "--data", arguments.data, "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for name, text in WARM.items():
        times = []
        for _ in range(arguments.runs):
            started = time.perf_counter()
            process.stdin.write(json.dumps({"id": name, "query": text}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            times.append(time.perf_counter() - started)
        rows = answer.get("result", {}).get("rows")
        line("warm: " + name, min(times), more=f"  first {times[0] * 1000:.0f} ms, {json.dumps(rows)[:60] if rows is not None else answer}")
    process.stdin.close()
    process.wait()


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("step", choices=["make", "query"])
parser.add_argument("--plumb", required=True)
parser.add_argument("--data", required=True)
parser.add_argument("--resources", type=int, default=1_000_000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--runs", type=int, default=7)
chosen = parser.parse_args()
{"make": make, "query": query}[chosen.step](chosen)
