# SPDX-License-Identifier: Apache-2.0
"""What the tests of the twin with the clouds' own clients share: an estate, and a twin that serves it.

Each class of tests has a twin of its own, so that what one writes no other sees. The program under test is $PLUMB.
"""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

TENANT = "11111111-2222-4333-8444-555555555555"
SHOP = "aaaaaaaa-0000-4000-8000-000000000001"
BANK = "aaaaaaaa-0000-4000-8000-000000000002"
WEB = f"/subscriptions/{SHOP}/resourceGroups/web"
DATA = f"/subscriptions/{SHOP}/resourceGroups/data"
KEPT = f"/subscriptions/{SHOP}/resourceGroups/kept"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
ORGANIZATION = "organizations/900"
FOLDER = "folders/700"
PROJECT = "shop-prod"


def azure(id, type, **members):
    row = {"id": id, "type": type.lower(), "tenantId": TENANT, "location": "westeurope"}
    row.update(members)
    return row


def storage_account(number):
    name = f"shop{number:03}"
    return azure(
        f"{WEB}/providers/Microsoft.Storage/storageAccounts/{name}", "Microsoft.Storage/storageAccounts",
        kind="StorageV2", sku={"name": "Standard_LRS", "tier": "Standard"},
        tags={"owner": "web", "number": str(number)} if number % 2 else {},
        properties={
            "provisioningState": "Succeeded", "supportsHttpsTrafficOnly": number % 3 != 0, "minimumTlsVersion": "TLS1_2",
            "allowBlobPublicAccess": number % 4 == 0, "accessTier": "Hot", "creationTime": "2025-03-01T10:00:00.123Z",
            "primaryEndpoints": {"blob": f"https://{name}.blob.example.test/"},
            "encryption": {"keySource": "Microsoft.Storage", "services": {"blob": {"enabled": True, "keyType": "Account"}}},
            "networkAcls": {"bypass": "AzureServices", "defaultAction": "Allow", "ipRules": [], "virtualNetworkRules": []},
        })


def rule(group, name, priority, **more):
    return {
        "id": f"{group}/securityRules/{name}", "name": name, "etag": 'W/"1"',
        "type": "Microsoft.Network/networkSecurityGroups/securityRules",
        "properties": {
            "provisioningState": "Succeeded", "access": "Allow", "direction": "Inbound", "priority": priority,
            "protocol": "Tcp", "sourcePortRange": "*", "destinationPortRange": "22", "sourceAddressPrefix": "*",
            "destinationAddressPrefix": "*", **more},
    }


def azure_rows():
    rows = [
        azure(f"/subscriptions/{SHOP}", "Microsoft.Resources/subscriptions", name="Shop", properties={
            "state": "Enabled", "managementGroupAncestorsChain": [{"name": "corp", "displayName": "Corp"}]}),
        azure(f"/subscriptions/{BANK}", "Microsoft.Resources/subscriptions", name="Bank", properties={"state": "Enabled"}),
        azure("/providers/Microsoft.Management/managementGroups/corp", "Microsoft.Management/managementGroups",
              properties={"displayName": "Corp"}),
        azure(WEB, "Microsoft.Resources/subscriptions/resourceGroups", tags={"team": "web"},
              properties={"provisioningState": "Succeeded"}),
        azure(DATA, "Microsoft.Resources/subscriptions/resourceGroups", properties={"provisioningState": "Succeeded"}),
        azure(KEPT, "Microsoft.Resources/subscriptions/resourceGroups", properties={"provisioningState": "Succeeded"}),
        azure(f"/subscriptions/{BANK}/resourceGroups/web", "Microsoft.Resources/subscriptions/resourceGroups",
              properties={"provisioningState": "Succeeded"}),
    ]
    rows += [storage_account(number) for number in range(25)]
    shop = rows[-25]["id"]
    rows.append(azure(f"{shop}/blobServices/default", "Microsoft.Storage/storageAccounts/blobServices",
                      properties={"isVersioningEnabled": False, "deleteRetentionPolicy": {"enabled": True, "days": 7}}))
    for name, access in [("public", "Blob"), ("private", "None"), ("logs", "None")]:
        rows.append(azure(f"{shop}/blobServices/default/containers/{name}",
                          "Microsoft.Storage/storageAccounts/blobServices/containers",
                          properties={"publicAccess": access, "hasImmutabilityPolicy": False}))
    network = f"{WEB}/providers/Microsoft.Network"
    group = f"{network}/networkSecurityGroups/front"
    rows.append(azure(group, "Microsoft.Network/networkSecurityGroups", properties={
        "provisioningState": "Succeeded", "securityRules": [rule(group, "ssh", 100), rule(group, "web", 110)],
        "defaultSecurityRules": [], "subnets": [{"id": f"{network}/virtualNetworks/main/subnets/front"}]}))
    rows.append(azure(f"{network}/virtualNetworks/main", "Microsoft.Network/virtualNetworks", properties={
        "provisioningState": "Succeeded", "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [{"id": f"{network}/virtualNetworks/main/subnets/front", "name": "front",
                     "properties": {"addressPrefix": "10.0.0.0/24", "provisioningState": "Succeeded",
                                    "networkSecurityGroup": {"id": group}}}]}))
    rows.append(azure(f"{network}/publicIPAddresses/gate", "Microsoft.Network/publicIPAddresses",
                      sku={"name": "Standard", "tier": "Regional"}, zones=["1", "2"],
                      properties={"provisioningState": "Succeeded", "ipAddress": "203.0.113.7",
                                  "publicIPAllocationMethod": "Static", "publicIPAddressVersion": "IPv4"}))
    rows.append(azure(f"/subscriptions/{BANK}/resourceGroups/web/providers/Microsoft.KeyVault/vaults/safe",
                      "Microsoft.KeyVault/vaults",
                      properties={"enablePurgeProtection": True, "enableSoftDelete": True, "accessPolicies": [],
                                  "sku": {"family": "A", "name": "standard"}, "tenantId": TENANT}))
    rows.append(azure(f"{shop}/providers/Microsoft.Insights/diagnosticSettings/all", "Microsoft.Insights/diagnosticSettings",
                      properties={"logs": [{"category": "Audit", "enabled": True}]}))
    for name, principal in [("5f3c0000-0000-4000-8000-000000000001", "u1"), ("5f3c0000-0000-4000-8000-000000000002", "u2")]:
        rows.append(azure(
            f"/subscriptions/{SHOP}/providers/Microsoft.Authorization/roleAssignments/{name}",
            "Microsoft.Authorization/roleAssignments",
            properties={"principalId": principal, "principalType": "User", "scope": f"/subscriptions/{SHOP}",
                        "roleDefinitionId":
                        f"/subscriptions/{SHOP}/providers/Microsoft.Authorization/roleDefinitions/{READER}"}))
    rows.append(azure(f"/subscriptions/{SHOP}/providers/Microsoft.Authorization/roleDefinitions/{READER}",
                      "Microsoft.Authorization/roleDefinitions",
                      properties={"roleName": "Reader", "type": "BuiltInRole", "permissions": [{"actions": ["*/read"]}],
                                  "assignableScopes": ["/"]}))
    rows.append(azure(f"{KEPT}/providers/Microsoft.Authorization/locks/keep", "Microsoft.Authorization/locks",
                      properties={"level": "CanNotDelete", "notes": "customer data"}))
    return rows


def graph(type, **properties):
    """A row of Microsoft Graph."""
    id = properties["id"]
    return {"id": f"/tenants/{TENANT}/providers/microsoft.graph/{type}/{id}", "type": f"microsoft.graph/{type.lower()}",
            "tenantId": TENANT, "properties": properties}


def guid(kind, number):
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def graph_rows():
    rows = [graph("organization", id=TENANT, displayName="Shop & Bank", verifiedDomains=[{"name": "shop.example"}])]
    for number in range(30):
        rows.append(graph("users", id=guid(1, number), displayName=f"Person {number:02}", accountEnabled=number % 5 != 0,
                          userPrincipalName=f"person{number:02}@shop.example", mail=None, userType="Member",
                          createdDateTime="2024-05-06T07:08:09Z"))
    rows.append(graph("groups", id=guid(2, 1), displayName="Admins", securityEnabled=True, mailEnabled=False, groupTypes=[]))
    rows.append({"id": f"/tenants/{TENANT}/providers/microsoft.graph/groups/{guid(2, 1)}/members/{guid(1, 3)}",
                 "type": "microsoft.graph/groupmembers", "tenantId": TENANT,
                 "properties": {"@odata.type": "#microsoft.graph.user", "id": guid(1, 3), "displayName": "Person 03"}})
    rows.append(graph("applications", id=guid(3, 1), appId=guid(4, 1), displayName="Till",
                      passwordCredentials=[{"keyId": guid(5, 1), "endDateTime": "2027-01-01T00:00:00Z"}]))
    rows.append(graph("servicePrincipals", id=guid(6, 1), appId=guid(4, 1), displayName="Till",
                      servicePrincipalType="Application"))
    rows.append(graph("conditionalAccessPolicies", id=guid(7, 1), displayName="Ask for a second factor", state="enabled",
                      conditions={"users": {"includeUsers": ["All"]}, "clientAppTypes": ["all"]},
                      grantControls={"operator": "OR", "builtInControls": ["mfa"]}))
    rows.append(graph("authorizationPolicy", id="authorizationPolicy", allowInvitesFrom="everyone",
                      defaultUserRolePermissions={"allowedToCreateApps": True}))
    return rows


ANCESTORS = ["projects/42", FOLDER, ORGANIZATION]


def google(id, type, properties, location="global", policy=None, ancestors=ANCESTORS, **observed):
    observed = {"assetType": type, "ancestors": ancestors, "updateTime": "2025-06-01T00:00:00Z", **observed}
    if policy is not None:
        observed["iamPolicy"] = policy
    return {"id": id, "type": type.lower(), "cloud": "gcp", "subscriptionId": PROJECT, "location": location,
            "name": properties.get("name", id.split("/")[-1]), "properties": properties,
            "tags": properties.get("labels", {}), "observed": observed}


def google_rows():
    link = "https://www.googleapis.com/compute/v1/projects/" + PROJECT
    compute = f"//compute.googleapis.com/projects/{PROJECT}"
    rows = [
        google(f"//cloudresourcemanager.googleapis.com/{ORGANIZATION}", "cloudresourcemanager.googleapis.com/Organization",
               {"name": ORGANIZATION, "displayName": "shop.example", "lifecycleState": "ACTIVE",
                "owner": {"directoryCustomerId": "C01"}}, ancestors=[ORGANIZATION],
               policy={"version": 1, "etag": "BwX=", "bindings": [
                   {"role": "roles/owner", "members": ["user:root@shop.example"]}]}),
        google(f"//cloudresourcemanager.googleapis.com/{FOLDER}", "cloudresourcemanager.googleapis.com/Folder",
               {"name": FOLDER, "displayName": "Retail", "lifecycleState": "ACTIVE", "parent": ORGANIZATION},
               ancestors=[FOLDER, ORGANIZATION]),
        google(f"//cloudresourcemanager.googleapis.com/projects/{PROJECT}", "cloudresourcemanager.googleapis.com/Project",
               {"projectId": PROJECT, "projectNumber": "42", "name": "Shop", "lifecycleState": "ACTIVE",
                "createTime": "2024-01-01T00:00:00Z", "parent": {"type": "folder", "id": "700"},
                "labels": {"team": "web"}},
               policy={"version": 1, "etag": "BwY=", "bindings": [
                   {"role": "roles/editor", "members": ["user:ada@shop.example", "allAuthenticatedUsers"]}]},
               orgPolicy=[{"constraint": "constraints/compute.requireOsLogin", "booleanPolicy": {"enforced": True}}]),
    ]
    for number in range(12):
        zone = f"europe-west1-{'bcd'[number % 3]}"
        rows.append(google(f"{compute}/zones/{zone}/instances/vm-{number:02}", "compute.googleapis.com/Instance",
                           {"name": f"vm-{number:02}", "id": str(1000 + number), "status": "RUNNING",
                            "zone": f"{link}/zones/{zone}", "selfLink": f"{link}/zones/{zone}/instances/vm-{number:02}",
                            "machineType": f"{link}/zones/{zone}/machineTypes/e2-small", "labels": {"n": str(number)},
                            "metadata": {"items": [{"key": "serial-port-enable", "value": "true"}]}}, location=zone))
    rows.append(google(f"{compute}/global/firewalls/ssh", "compute.googleapis.com/Firewall",
                       {"name": "ssh", "id": "77", "selfLink": f"{link}/global/firewalls/ssh", "direction": "INGRESS",
                        "priority": 1000, "network": f"{link}/global/networks/default",
                        "sourceRanges": ["0.0.0.0/0"], "allowed": [{"IPProtocol": "tcp", "ports": ["22"]}]}))
    rows.append(google(f"{compute}/global/networks/default", "compute.googleapis.com/Network",
                       {"name": "default", "id": "78", "selfLink": f"{link}/global/networks/default",
                        "autoCreateSubnetworks": False}))
    rows.append(google(f"{compute}/regions/europe-west1/subnetworks/front", "compute.googleapis.com/Subnetwork",
                       {"name": "front", "id": "79", "ipCidrRange": "10.0.0.0/24", "privateIpGoogleAccess": False,
                        "fingerprint": "abc=", "region": f"{link}/regions/europe-west1",
                        "selfLink": f"{link}/regions/europe-west1/subnetworks/front"}, location="europe-west1"))
    for name in ["shop-data", "shop-logs", "shop-web"]:
        rows.append(google(f"//storage.googleapis.com/{name}", "storage.googleapis.com/Bucket",
                           {"name": name, "id": name, "kind": "storage#bucket", "location": "EU", "storageClass": "STANDARD",
                            "metageneration": "1", "projectNumber": "42", "timeCreated": "2025-01-01T00:00:00.000Z",
                            "iamConfiguration": {"uniformBucketLevelAccess": {"enabled": False},
                                                 "publicAccessPrevention": "inherited"}, "labels": {"team": name}},
                           location="eu",
                           policy={"etag": "CAE=", "version": 1, "bindings": [
                               {"role": "roles/storage.objectViewer", "members": ["allUsers"]}]}))
    rows.append({"id": "//storage.googleapis.com/buckets/shop-data/acl/allUsers",
                 "type": "storage.googleapis.com/bucketaccesscontrol", "cloud": "gcp", "subscriptionId": PROJECT,
                 "properties": {"kind": "storage#bucketAccessControl", "bucket": "shop-data", "entity": "allUsers",
                                "role": "READER"}, "observed": {"parent": "//storage.googleapis.com/shop-data"}})
    rows.append(google(f"//cloudsql.googleapis.com/projects/{PROJECT}/instances/orders", "sqladmin.googleapis.com/Instance",
                       {"name": "orders", "kind": "sql#instance", "project": PROJECT, "databaseVersion": "POSTGRES_15",
                        "region": "europe-west1", "state": "RUNNABLE",
                        "settings": {"tier": "db-f1-micro", "settingsVersion": "3",
                                     "ipConfiguration": {"ipv4Enabled": True, "requireSsl": False,
                                                         "authorizedNetworks": [{"value": "0.0.0.0/0"}]}}},
                       location="europe-west1"))
    rows.append({"id": f"//cloudsql.googleapis.com/projects/{PROJECT}/instances/orders/users/root@",
                 "type": "sqladmin.googleapis.com/user", "cloud": "gcp", "subscriptionId": PROJECT,
                 "properties": {"kind": "sql#user", "name": "root", "host": "", "instance": "orders", "project": PROJECT},
                 "observed": {"parent": f"//cloudsql.googleapis.com/projects/{PROJECT}/instances/orders"}})
    rows.append(google(f"//cloudkms.googleapis.com/projects/{PROJECT}/locations/eu/keyRings/ring", "cloudkms.googleapis.com/KeyRing",
                       {"name": f"projects/{PROJECT}/locations/eu/keyRings/ring"}, location="eu"))
    account = f"robot@{PROJECT}.iam.gserviceaccount.com"
    rows.append(google(f"//iam.googleapis.com/projects/{PROJECT}/serviceAccounts/1234", "iam.googleapis.com/ServiceAccount",
                       {"name": f"projects/{PROJECT}/serviceAccounts/{account}", "projectId": PROJECT, "uniqueId": "1234",
                        "email": account, "displayName": "Robot"}, policy={"etag": "BwZ=", "bindings": [
                            {"role": "roles/iam.serviceAccountUser", "members": ["user:ada@shop.example"]}]}))
    rows.append({"id": f"//iam.googleapis.com/projects/{PROJECT}/serviceAccounts/{account}/keys/k1",
                 "type": "iam.googleapis.com/serviceaccountkey", "cloud": "gcp", "subscriptionId": PROJECT,
                 "properties": {"name": f"projects/{PROJECT}/serviceAccounts/{account}/keys/k1",
                                "keyType": "USER_MANAGED", "validAfterTime": "2024-01-01T00:00:00Z"},
                 "observed": {"parent": f"//iam.googleapis.com/projects/{PROJECT}/serviceAccounts/1234"}})
    rows.append(google(f"//iam.googleapis.com/projects/{PROJECT}/roles/till", "iam.googleapis.com/Role",
                       {"name": f"projects/{PROJECT}/roles/till", "title": "Till",
                        "includedPermissions": ["storage.objects.get"], "stage": "GA", "etag": "BwA="}))
    rows.append(google("//cloudresourcemanager.googleapis.com/accessPolicies/1/accessLevels/office",
                       "identity.accesscontextmanager.googleapis.com/AccessLevel",
                       {"name": "accessPolicies/1/accessLevels/office"}, ancestors=[ORGANIZATION],
                       accessLevel={"name": "accessPolicies/1/accessLevels/office", "title": "office"}))
    return rows


class Twin:
    """`plumb twin serve` of an estate, from `with` to its end."""

    def __init__(self, rows, *arguments):
        self.rows = rows
        self.folder = tempfile.mkdtemp(prefix="plumb-clients-")
        os.makedirs(f"{self.folder}/content/estates/tried")
        with open(f"{self.folder}/content/estates/tried/all.yaml", "w") as file:
            json.dump(rows, file)  # JSON is YAML.
        self.authority = f"{self.folder}/ca.pem"
        self.journal = f"{self.folder}/writes.jsonl"
        self.process = subprocess.Popen(
            [os.environ["PLUMB"], "twin", "serve", "--content", f"{self.folder}/content", "--estate", "tried",
             "--data", f"{self.folder}/data", "--ca-file", self.authority, "--journal", self.journal, *arguments],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self.bases = {}
        while not {"azure", "gcp"} <= self.bases.keys():
            line = self.process.stdout.readline()
            if not line:
                self.stop()
                raise RuntimeError("the twin ended before it listened")
            words = line.split()
            if len(words) == 2:
                self.bases[words[0]] = words[1]
        for name in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "HTTPLIB2_CA_CERTS"]:
            os.environ[name] = self.authority

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def changes(self):
        """What was written, oldest first."""
        if not os.path.exists(self.journal):
            return []
        with open(self.journal) as file:
            return [json.loads(line) for line in file]

    def row(self, id):
        return next(row for row in self.rows if row["id"].lower() == id.lower())

    def of_type(self, type):
        return [row for row in self.rows if row["type"] == type.lower()]


class TwinCase(unittest.TestCase):
    """Tests beside a twin of their own."""

    arguments = []
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        for name in list(os.environ):
            if name.lower().endswith("_proxy"):
                del os.environ[name]
        cls.twin = Twin(azure_rows() + graph_rows() + google_rows(), *cls.arguments)

    @classmethod
    def tearDownClass(cls):
        cls.twin.stop()
