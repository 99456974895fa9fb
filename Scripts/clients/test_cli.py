# SPDX-License-Identifier: Apache-2.0
"""The twin of Azure driven by azure-cli, as a person drives it. $AZ is the program."""
import json
import os
import subprocess
import unittest

from harness import BANK, KEPT, READER, SHOP, TENANT, WEB, TwinCase

APPLICATION = "99999999-0000-4000-8000-000000000001"


class CommandLine(TwinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = cls.base = cls.twin.bases["azure"]
        cls.environment = dict(
            os.environ, AZURE_CONFIG_DIR=cls.twin.folder + "/azure", AZURE_CORE_INSTANCE_DISCOVERY="false",
            AZURE_CORE_LOGIN_EXPERIENCE_V2="off", AZURE_CORE_COLLECT_TELEMETRY="false", AZURE_CORE_NO_COLOR="true",
            AZURE_CORE_ONLY_SHOW_ERRORS="true", AZURE_EXTENSION_DIR=cls.twin.folder + "/extensions")
        cls.az("cloud register -n twin --endpoint-resource-manager", base, "--endpoint-management", base,
                "--endpoint-active-directory", base, "--endpoint-active-directory-resource-id", base,
                "--endpoint-active-directory-graph-resource-id", base, "--endpoint-microsoft-graph-resource-id", base,
                "--suffix-storage-endpoint", "localhost", "--suffix-keyvault-dns", ".localhost")
        cls.az("cloud set -n twin")
        cls.az("login --service-principal -u", APPLICATION, "-p", "a-secret-of-the-test", "--tenant", TENANT)
        cls.az("account set -s", SHOP)

    @classmethod
    def az(cls, words, *more, fails=False):
        """What a command answers; with `fails`, what it complains of."""
        arguments = words.split() + list(more)
        done = subprocess.run([os.environ["AZ"], *arguments, "--output", "json"], env=cls.environment,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if (done.returncode != 0) != fails:
            raise AssertionError(f"az {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr[-3000:]}")
        if fails:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def test_accounts_and_groups(self):
        self.assertEqual({each["name"] for each in self.az("account list")}, {"Shop", "Bank"})
        self.assertEqual([each["name"] for each in self.az("group list")], ["web", "data", "kept"])
        self.assertEqual([each["name"] for each in self.az("group list --tag team=web")], ["web"])
        self.assertEqual(self.az("group show -n web")["tags"], {"team": "web"})
        self.assertEqual(self.az("group exists -n nothing"), False)
        made = self.az("group create -n brief -l westeurope --tags a=b")
        self.assertEqual(made["properties"]["provisioningState"], "Succeeded")
        self.assertEqual(self.az("group update -n brief --set tags.c=d")["tags"], {"a": "b", "c": "d"})
        self.az("group delete -n brief --yes")
        self.assertEqual(self.az("group exists -n brief"), False)
        self.assertIn("ScopeLocked", self.az("group delete -n kept --yes", fails=True))
        self.assertIn("westeurope", [each["name"] for each in self.az("account list-locations")])
        self.assertIn("Microsoft.Storage", [each["namespace"] for each in self.az("provider list")])
        self.assertEqual(self.az("account management-group list")[0]["displayName"], "Corp")

    def test_resources_of_any_type(self):
        rows = self.twin.of_type("Microsoft.Storage/storageAccounts")
        self.assertEqual(len(self.az("resource list")), 28)
        self.assertEqual([each["name"] for each in self.az("resource list --tag number=7")], ["shop007"])
        self.assertEqual(len(self.az("resource list --resource-type Microsoft.Storage/storageAccounts -g web")), 25)
        self.assertEqual([each["name"] for each in self.az("resource list --name gate")], ["gate"])
        shown = self.az("resource show --ids", rows[3]["id"])
        self.assertEqual(shown["properties"], rows[3]["properties"])
        shown = self.az("resource show -g web -n shop004 --resource-type Microsoft.Storage/storageAccounts")
        self.assertEqual(shown["properties"], rows[4]["properties"])
        changed = self.az("resource update --ids", rows[3]["id"], "--set", "properties.minimumTlsVersion=TLS1_3")
        self.assertEqual(changed["properties"]["minimumTlsVersion"], "TLS1_3")
        self.assertEqual(changed["properties"]["networkAcls"], rows[3]["properties"]["networkAcls"])
        self.assertEqual(self.az("resource tag --ids", rows[3]["id"], "--tags", "x=y")["tags"], {"x": "y"})
        made = self.az("resource create -g data -n way --resource-type Microsoft.Network/routeTables -p {}")
        self.assertEqual(made["name"], "way")
        self.az("resource move --destination-group web --ids", made["id"])
        self.assertEqual([each["name"] for each in self.az("resource list -g web --name way")], ["way"])
        self.az("resource delete -g web -n way --resource-type Microsoft.Network/routeTables")
        self.assertIn("ResourceNotFound", self.az(
            "resource show -g web -n way --resource-type Microsoft.Network/routeTables", fails=True))
        self.assertEqual(self.az("tag list --resource-id", rows[5]["id"])["properties"]["tags"],
                         {"number": "5", "owner": "web"})

    def test_storage(self):
        self.assertEqual(len(self.az("storage account list")), 25)
        changed = self.az("storage account update -g web -n shop006 --https-only true --min-tls-version TLS1_2 "
                          "--allow-blob-public-access false --default-action Deny")
        self.assertEqual((changed["enableHttpsTrafficOnly"], changed["allowBlobPublicAccess"],
                          changed["networkRuleSet"]["defaultAction"]), (True, False, "Deny"))
        self.assertEqual(self.az("storage account show -g web -n shop006")["enableHttpsTrafficOnly"], True)
        self.assertEqual(len(self.az("storage account keys list -g web -n shop006")), 2)
        self.assertEqual(self.az("storage account check-name -n shop006")["nameAvailable"], False)
        made = self.az("storage account create -g data -n fresh001 -l westeurope --sku Standard_LRS")
        self.assertEqual(made["provisioningState"], "Succeeded")
        self.az("storage account delete -g data -n fresh001 --yes")
        self.assertEqual(self.az("storage account blob-service-properties show -g web -n shop000")["isVersioningEnabled"],
                         False)
        self.az("storage account blob-service-properties update -g web -n shop000 --enable-versioning true")
        self.assertEqual(self.az("storage account blob-service-properties show -g web -n shop000")["isVersioningEnabled"],
                         True)
        self.assertEqual([each["name"] for each in self.az("storage container-rm list -g web --storage-account shop000")],
                         ["public", "private", "logs"])
        self.az("storage container-rm update -g web --storage-account shop000 -n private --public-access container")
        shown = self.az("storage container-rm show -g web --storage-account shop000 -n private")
        self.assertEqual(shown["publicAccess"].lower(), "container")

    def test_networks(self):
        self.assertEqual([each["name"] for each in self.az("network nsg list")], ["front"])
        self.assertEqual([each["name"] for each in self.az("network nsg rule list -g web --nsg-name front")],
                         ["ssh", "web"])
        rule = self.az("network nsg rule update -g web --nsg-name front -n ssh --source-address-prefixes 10.0.0.0/8")
        self.assertEqual(rule["sourceAddressPrefix"], "10.0.0.0/8")
        self.az("network nsg rule create -g web --nsg-name front -n no --priority 400 --access Deny")
        self.assertEqual([each["name"] for each in self.az("network nsg show -g web -n front")["securityRules"]],
                         ["ssh", "web", "no"])
        self.az("network nsg rule delete -g web --nsg-name front -n no")
        self.assertEqual(len(self.az("network nsg show -g web -n front")["securityRules"]), 2)
        self.assertEqual([each["name"] for each in self.az("network vnet subnet list -g web --vnet-name main")], ["front"])
        self.assertEqual(self.az("network public-ip show -g web -n gate")["ipAddress"], "203.0.113.7")
        made = self.az("network nsg create -g data -n back -l westeurope")
        self.assertEqual(made["NewNSG"]["name"], "back")
        self.az("network nsg delete -g data -n back")

    def test_access(self):
        shown = self.az("role assignment list --subscription", SHOP, "--fill-principal-name", "false",
                        "--fill-role-definition-name", "false", "--all")
        self.assertEqual({each["principalId"] for each in shown}, {"u1", "u2"})
        self.assertEqual([each["roleName"] for each in self.az("role definition list --name Reader")], ["Reader"])
        principal = "12345678-0000-4000-8000-000000000001"
        made = self.az("role assignment create --assignee-object-id", principal, "--assignee-principal-type",
                       "ServicePrincipal", "--role", READER, "--scope", WEB)
        self.assertEqual((made["principalId"], made["scope"]), (principal, WEB))
        self.az("role assignment delete --ids", made["id"])
        self.assertEqual([each["name"] for each in self.az("lock list")], ["keep"])
        self.az("lock delete --ids", KEPT + "/providers/Microsoft.Authorization/locks/keep")
        self.assertEqual(self.az("lock list"), [])
        made = self.az("lock create -n keep -g kept --lock-type CanNotDelete")
        self.assertEqual((made["level"], made["name"]), ("CanNotDelete", "keep"))

    def test_vaults_and_settings(self):
        vault = self.twin.of_type("Microsoft.KeyVault/vaults")[0]
        self.assertEqual([each["name"] for each in self.az("keyvault list --subscription", BANK)], ["safe"])
        self.assertEqual(self.az("keyvault show -n safe --subscription", BANK)["properties"]["enablePurgeProtection"], True)
        changed = self.az("keyvault update -n safe -g web --public-network-access Disabled --subscription", BANK)
        self.assertEqual(changed["properties"]["publicNetworkAccess"], "Disabled")
        account = self.twin.of_type("Microsoft.Storage/storageAccounts")[0]["id"]
        listed = self.az("monitor diagnostic-settings list --resource", account)
        self.assertEqual([each["name"] for each in listed], ["all"])
        self.assertTrue(vault)

    def test_resource_graph(self):
        body = json.dumps({"query": "resources | summarize n = count() by type | order by n desc | take 1"})
        answer = self.az("rest --method post --url",
                         f"{self.base}/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01",
                         "--body", body, "--resource", self.base)
        self.assertEqual(answer["data"], [{"type": "microsoft.storage/storageaccounts", "n": 25}])
        answer = self.az("rest --method get --url", f"{self.base}/v1.0/users?$top=3&$select=displayName", "--resource",
                         self.base)
        self.assertEqual([each["displayName"] for each in answer["value"]], ["Person 00", "Person 01", "Person 02"])

    def test_the_directory(self):
        users = self.az("ad user list")
        self.assertEqual(len(users), 30)
        self.assertEqual(self.az("ad user show --id person04@shop.example")["displayName"], "Person 04")
        self.assertEqual([each["displayName"] for each in self.az("ad user list --display-name", "Person 0")],
                         [f"Person 0{n}" for n in range(10)])
        self.assertEqual([each["displayName"] for each in self.az("ad group list")], ["Admins"])
        self.assertEqual([each["displayName"] for each in self.az("ad group member list -g Admins")], ["Person 03"])
        self.assertEqual([each["displayName"] for each in self.az("ad app list --all")], ["Till"])
        self.assertEqual([each["displayName"] for each in self.az("ad sp list --all")], ["Till"])


if __name__ == "__main__":
    unittest.main()
