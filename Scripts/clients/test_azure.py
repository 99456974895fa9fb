# SPDX-License-Identifier: Apache-2.0
"""The twin of Azure Resource Manager and Resource Graph, driven by azure-identity and the azure-mgmt libraries."""
import datetime
import os
import tempfile
import unittest
import urllib.parse

import requests
from azure.core.exceptions import (
    ClientAuthenticationError, HttpResponseError, ResourceExistsError, ResourceNotFoundError)
from azure.identity import CertificateCredential, ClientSecretCredential
from azure.mgmt.network import NetworkManagementClient
from azure.mgmt.resource import ResourceManagementClient
from azure.mgmt.resource.locks import ManagementLockClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions
from azure.mgmt.storage import StorageManagementClient
from azure.mgmt.storage.models import AccountSasParameters, ServiceSasParameters
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from harness import BANK, DATA, KEPT, SHOP, TENANT, WEB, TwinCase

APPLICATION = "99999999-0000-4000-8000-000000000001"
VERSION = "2021-04-01"


class AzureCase(TwinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.twin.bases["azure"]
        cls.credential = ClientSecretCredential(
            TENANT, APPLICATION, "a-secret-of-the-test", authority=cls.base, disable_instance_discovery=True)

    def client(self, kind, *arguments, **more):
        return kind(more.pop("credential", self.credential), *arguments, base_url=self.base,
                    credential_scopes=[self.base + "/.default"], **more)

    @property
    def resources(self):
        return self.client(ResourceManagementClient, SHOP)

    @property
    def storage(self):
        return self.client(StorageManagementClient, SHOP)

    @property
    def network(self):
        return self.client(NetworkManagementClient, SHOP)

    def stored(self, id):
        """What the twin holds now, by a plain GET."""
        return self.resources.resources.get_by_id(id, VERSION)


class SigningIn(AzureCase):
    def test_a_secret_gives_a_token_that_reads(self):
        token = self.credential.get_token(self.base + "/.default")
        self.assertGreater(token.expires_on, datetime.datetime.now().timestamp() + 600)
        names = {each.display_name for each in self.client(SubscriptionClient).subscriptions.list()}
        self.assertEqual(names, {"Shop", "Bank"})

    def test_a_certificate_gives_a_token_that_reads(self):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "scanner")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                       .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
                       .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256()))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "scanner.pem")
            with open(path, "wb") as file:
                file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                             serialization.NoEncryption()))
                file.write(certificate.public_bytes(serialization.Encoding.PEM))
            credential = CertificateCredential(
                TENANT, APPLICATION, path, authority=self.base, disable_instance_discovery=True)
            groups = self.client(ResourceManagementClient, SHOP, credential=credential).resource_groups.list()
            self.assertEqual([each.name for each in groups], ["web", "data", "kept"])

    def test_a_token_of_another_is_refused(self):
        class Forged:
            def get_token(self, *scopes, **more):
                from azure.core.credentials import AccessToken
                return AccessToken("not.a.token", 4102444800)
        with self.assertRaises(ClientAuthenticationError) as caught:
            list(self.client(SubscriptionClient, credential=Forged()).subscriptions.list())
        self.assertEqual(caught.exception.status_code, 401)
        self.assertEqual(caught.exception.error.code, "InvalidAuthenticationToken")


class Resources(AzureCase):
    def test_all_resources_are_listed_without_properties(self):
        listed = {each.id for each in self.resources.resources.list()}
        expected = {row["id"] for row in self.twin.rows
                    if row["id"].startswith(f"/subscriptions/{SHOP}/resourceGroups/")
                    and row["type"] in ["microsoft.storage/storageaccounts", "microsoft.network/networksecuritygroups",
                                        "microsoft.network/virtualnetworks", "microsoft.network/publicipaddresses"]}
        self.assertEqual(listed, expected)
        self.assertEqual({each.properties for each in self.resources.resources.list()}, {None})

    def test_pages_are_turned(self):
        pages = [[each.name for each in page] for page in self.resources.resources.list(top=10).by_page()]
        self.assertEqual([len(page) for page in pages], [10, 10, 8])
        self.assertEqual(len({name for page in pages for name in page}), 28)

    def test_lists_are_filtered(self):
        def names(filter):
            return [each.name for each in self.resources.resources.list(filter=filter)]
        self.assertEqual(names("resourceType eq 'Microsoft.Network/virtualNetworks'"), ["main"])
        self.assertEqual(names("tagName eq 'number' and tagValue eq '7'"), ["shop007"])
        self.assertEqual(len(names("tagName eq 'owner'")), 12)
        self.assertEqual(names("substringof('shop01', name)"), [f"shop01{n}" for n in range(10)])
        self.assertEqual(names("name eq 'gate' or name eq 'front'"), ["front", "gate"])
        self.assertEqual(len(names("resourceGroup eq 'web' and location eq 'westeurope'")), 28)
        self.assertEqual(names("resourceGroup eq 'data'"), [])
        with self.assertRaises(HttpResponseError) as caught:
            names("name is 3")
        self.assertEqual(caught.exception.status_code, 400)

    def test_a_list_may_ask_for_more(self):
        listed = self.resources.resources.list(expand="createdTime,changedTime,provisioningState")
        self.assertEqual({each.provisioning_state for each in listed}, {"Succeeded"})

    def test_a_resource_has_what_the_estate_holds(self):
        for row in self.twin.of_type("Microsoft.Storage/storageAccounts"):
            found = self.stored(row["id"])
            self.assertEqual(found.properties, row["properties"])
            self.assertEqual((found.id, found.name, found.kind), (row["id"], row["id"].split("/")[-1], row["kind"]))
            self.assertEqual(found.type, "Microsoft.Storage/storageAccounts")
            self.assertEqual(found.tags or {}, row["tags"])
            self.assertEqual(found.sku.name, "Standard_LRS")

    def test_ids_have_no_case(self):
        row = self.twin.of_type("Microsoft.Storage/storageAccounts")[0]
        self.assertEqual(self.stored(row["id"].upper()).id, row["id"])

    def test_what_is_not_there_is_told_as_arm_tells_it(self):
        cases = [
            (f"{WEB}/providers/Microsoft.Storage/storageAccounts/nothing", "ResourceNotFound"),
            (f"/subscriptions/{SHOP}/resourceGroups/nothing/providers/Microsoft.Web/sites/x", "ResourceGroupNotFound"),
        ]
        for id, code in cases:
            with self.assertRaises(ResourceNotFoundError) as caught:
                self.stored(id)
            self.assertEqual(caught.exception.error.code, code)
        with self.assertRaises(ResourceNotFoundError) as caught:
            self.resources.resource_groups.get("nothing")
        self.assertEqual(caught.exception.error.code, "ResourceGroupNotFound")
        with self.assertRaises(ResourceNotFoundError) as caught:
            self.client(SubscriptionClient).subscriptions.get("00000000-0000-0000-0000-00000000000f")
        self.assertEqual(caught.exception.error.code, "SubscriptionNotFound")

    def test_existence_is_asked_by_head(self):
        row = self.twin.of_type("Microsoft.KeyVault/vaults")[0]
        self.assertTrue(self.resources.resources.check_existence_by_id(row["id"], VERSION))
        self.assertFalse(self.resources.resources.check_existence_by_id(row["id"] + "x", VERSION))
        self.assertTrue(self.resources.resource_groups.check_existence("web"))
        self.assertFalse(self.resources.resource_groups.check_existence("nothing"))


class WritingResources(AzureCase):
    def test_a_resource_is_made_changed_and_deleted(self):
        id = f"{DATA}/providers/Microsoft.Web/serverfarms/plan"
        body = {"location": "westeurope", "sku": {"name": "B1"}, "tags": {"a": "1"}, "properties": {"perSiteScaling": False}}
        made = self.resources.resources.begin_create_or_update_by_id(id, VERSION, body).result()
        self.assertEqual((made.id, made.location, made.tags), (id, "westeurope", {"a": "1"}))
        self.assertEqual(made.properties["provisioningState"], "Succeeded")
        changed = self.resources.resources.begin_update_by_id(id, VERSION, {"tags": {"b": "2"}}).result()
        self.assertEqual(changed.tags, {"b": "2"})
        self.assertEqual(changed.properties["perSiteScaling"], False)
        self.resources.resources.begin_delete_by_id(id, VERSION).result()
        with self.assertRaises(ResourceNotFoundError):
            self.stored(id)
        self.assertEqual([each["method"] for each in self.twin.changes() if each["id"] == id], ["PUT", "PATCH", "DELETE"])

    def test_a_change_by_parts_of_the_path(self):
        name = "shop020"
        update = self.resources.resources.begin_update(
            "web", "Microsoft.Storage", "", "storageAccounts", name, VERSION,
            {"properties": {"allowBlobPublicAccess": False}}).result()
        self.assertEqual(update.properties["allowBlobPublicAccess"], False)
        self.assertEqual(update.properties["minimumTlsVersion"], "TLS1_2")

    def test_a_group_is_made_and_deleted_with_what_is_in_it(self):
        groups = self.resources.resource_groups
        group = groups.create_or_update("brief", {"location": "northeurope", "tags": {"x": "y"}})
        self.assertEqual(group.properties.provisioning_state, "Succeeded")
        self.assertEqual(group.type, "Microsoft.Resources/resourceGroups")
        id = group.id + "/providers/Microsoft.Network/routeTables/way"
        self.resources.resources.begin_create_or_update_by_id(id, VERSION, {"location": "northeurope"}).result()
        self.assertEqual([each.id for each in self.resources.resources.list_by_resource_group("brief")], [id])
        groups.update("brief", {"tags": {"x": "z"}})
        self.assertEqual(groups.get("brief").tags, {"x": "z"})
        groups.begin_delete("brief").result()
        self.assertFalse(groups.check_existence("brief"))
        self.assertFalse(self.resources.resources.check_existence_by_id(id, VERSION))

    def test_nothing_is_made_in_a_group_that_is_not_there(self):
        id = f"/subscriptions/{SHOP}/resourceGroups/nothing/providers/Microsoft.Network/routeTables/way"
        with self.assertRaises(ResourceNotFoundError) as caught:
            self.resources.resources.begin_create_or_update_by_id(id, VERSION, {"location": "x"})
        self.assertEqual(caught.exception.error.code, "ResourceGroupNotFound")

    def test_a_lock_keeps_what_it_is_on(self):
        locks = self.client(ManagementLockClient, SHOP).management_locks
        self.assertEqual([(each.name, each.level) for each in locks.list_at_subscription_level()],
                         [("keep", "CanNotDelete")])
        self.assertEqual(locks.get_by_scope(KEPT, "keep").notes, "customer data")
        with self.assertRaises(ResourceExistsError) as caught:
            self.resources.resource_groups.begin_delete("kept")
        self.assertEqual(caught.exception.error.code, "ScopeLocked")
        scope = self.twin.of_type("Microsoft.KeyVault/vaults")[0]["id"]
        locks.create_or_update_by_scope(scope, "still", {"level": "ReadOnly"})
        with self.assertRaises(ResourceExistsError):
            self.resources.resources.begin_update_by_id(scope, VERSION, {"tags": {"a": "b"}})
        self.assertEqual([each.name for each in locks.list_by_scope(scope)], ["still"])
        locks.delete_by_scope(scope, "still")
        self.resources.resources.begin_update_by_id(scope, VERSION, {"tags": {"a": "b"}}).result()

    def test_resources_move_to_another_group(self):
        groups = self.resources.resource_groups
        groups.create_or_update("target", {"location": "westeurope"})
        ids = [f"{WEB}/providers/Microsoft.Storage/storageAccounts/shop02{n}" for n in (1, 2)]
        child = f"{ids[0]}/blobServices/default"
        self.resources.resources.begin_create_or_update_by_id(child, VERSION, {"properties": {"x": 1}}).result()
        parameters = {"resources": ids, "targetResourceGroup": f"/subscriptions/{SHOP}/resourceGroups/target"}
        self.resources.resources.begin_validate_move_resources("web", parameters).result()
        self.resources.resources.begin_move_resources("web", parameters).result()
        self.assertEqual([each.name for each in self.resources.resources.list_by_resource_group("target")],
                         ["shop021", "shop022"])
        self.assertEqual(self.stored(child.replace("groups/web", "groups/target").replace("Groups/web", "Groups/target"))
                         .properties["x"], 1)
        with self.assertRaises(ResourceNotFoundError):
            self.stored(ids[0])

    def test_tags_are_written_on_their_own(self):
        scope = f"{WEB}/providers/Microsoft.Storage/storageAccounts/shop005"
        tags = self.resources.tags
        self.assertEqual(tags.get_at_scope(scope).properties.tags, {"owner": "web", "number": "5"})
        def update(operation, values):
            tags.begin_update_at_scope(scope, {"operation": operation, "properties": {"tags": values}}).result()
            return self.stored(scope).tags
        self.assertEqual(update("Merge", {"a": "1"}), {"owner": "web", "number": "5", "a": "1"})
        self.assertEqual(update("Delete", {"owner": "web", "a": "2"}), {"number": "5", "a": "1"})
        self.assertEqual(update("Replace", {"z": "9"}), {"z": "9"})
        tags.begin_create_or_update_at_scope(scope, {"properties": {"tags": {"q": "r"}}}).result()
        self.assertEqual(self.stored(scope).tags, {"q": "r"})
        tags.begin_delete_at_scope(scope).result()
        self.assertFalse(self.stored(scope).tags)
        self.assertEqual({each.tag_name for each in tags.list()} >= {"owner", "number", "team"}, True)

    def test_a_simple_template_is_validated_and_deployed(self):
        name = "deployed001"
        template = {
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": name,
                           "location": "westeurope", "kind": "StorageV2", "sku": {"name": "Standard_LRS"},
                           "properties": {"minimumTlsVersion": "TLS1_2"}}]}
        deployments = self.resources.deployments
        body = {"properties": {"mode": "Incremental", "template": template, "parameters": {}}}
        self.assertIsNone(deployments.begin_validate("web", "one", body).result().error)
        done = deployments.begin_create_or_update("web", "one", body).result()
        self.assertEqual(done.properties.provisioning_state, "Succeeded")
        self.assertEqual(self.stored(f"{WEB}/providers/Microsoft.Storage/storageAccounts/{name}").properties
                         ["minimumTlsVersion"], "TLS1_2")
        self.assertEqual([each.name for each in deployments.list_by_resource_group("web")], ["one"])
        template["resources"][0]["name"] = "[parameters('name')]"
        with self.assertRaises(HttpResponseError) as caught:
            deployments.begin_create_or_update("web", "two", body)
        self.assertEqual(caught.exception.error.code, "InvalidTemplate")


class Conditions(AzureCase):
    def test_a_change_of_another_in_between_is_noticed(self):
        addresses = self.network.public_ip_addresses
        before = addresses.get("web", "gate")
        self.assertTrue(before.etag)
        addresses.update_tags("web", "gate", {"tags": {"a": "1"}})
        self.assertNotEqual(addresses.get("web", "gate").etag, before.etag)
        with self.assertRaises(HttpResponseError) as caught:
            self.resources.resources.begin_update_by_id(
                before.id, VERSION, {"tags": {"a": "2"}}, headers={"If-Match": before.etag})
        self.assertEqual(caught.exception.status_code, 412)
        self.assertEqual(addresses.get("web", "gate").tags, {"a": "1"})
        now = addresses.get("web", "gate").etag
        self.resources.resources.begin_update_by_id(
            before.id, VERSION, {"tags": {"a": "2"}}, headers={"If-Match": now}).result()
        self.assertEqual(addresses.get("web", "gate").tags, {"a": "2"})

    def test_what_is_there_is_not_made_again(self):
        id = self.twin.of_type("Microsoft.KeyVault/vaults")[0]["id"]
        with self.assertRaises(HttpResponseError) as caught:
            self.resources.resources.begin_create_or_update_by_id(
                id, VERSION, {"location": "x"}, headers={"If-None-Match": "*"})
        self.assertEqual(caught.exception.status_code, 412)


class Storage(AzureCase):
    def test_accounts_are_listed_with_what_they_hold(self):
        accounts = list(self.storage.storage_accounts.list())
        rows = self.twin.of_type("Microsoft.Storage/storageAccounts")
        self.assertEqual([each.id for each in accounts], [row["id"] for row in rows])
        for account, row in zip(accounts, rows):
            self.assertEqual(account.enable_https_traffic_only, row["properties"]["supportsHttpsTrafficOnly"])
            self.assertEqual(account.allow_blob_public_access, row["properties"]["allowBlobPublicAccess"])
            self.assertEqual(account.creation_time.year, 2025)
        self.assertEqual(len(list(self.storage.storage_accounts.list_by_resource_group("web"))), 25)
        self.assertEqual(list(self.storage.storage_accounts.list_by_resource_group("data")), [])

    def test_an_account_is_made_hardened_and_deleted(self):
        accounts = self.storage.storage_accounts
        self.assertFalse(accounts.check_name_availability({"name": "shop001"}).name_available)
        self.assertTrue(accounts.check_name_availability({"name": "fresh001"}).name_available)
        made = accounts.begin_create("data", "fresh001", {
            "location": "westeurope", "kind": "StorageV2", "sku": {"name": "Standard_LRS"},
            "properties": {"supportsHttpsTrafficOnly": False, "networkAcls": {"defaultAction": "Allow", "bypass": "None"}}}
        ).result()
        self.assertEqual((made.name, made.enable_https_traffic_only), ("fresh001", False))
        changed = accounts.update("data", "fresh001", {"properties": {
            "supportsHttpsTrafficOnly": True, "networkAcls": {"defaultAction": "Deny"}}})
        self.assertTrue(changed.enable_https_traffic_only)
        self.assertEqual(accounts.get_properties("data", "fresh001").network_rule_set.default_action, "Deny")
        accounts.delete("data", "fresh001")
        with self.assertRaises(ResourceNotFoundError):
            accounts.get_properties("data", "fresh001")

    def test_keys_are_made_up(self):
        first = self.storage.storage_accounts.list_keys("web", "shop001").keys_property
        self.assertEqual([each.key_name for each in first], ["key1", "key2"])
        again = self.storage.storage_accounts.list_keys("web", "shop001").keys_property
        self.assertEqual([each.value for each in first], [each.value for each in again])
        self.assertEqual(len({each.value for each in first}), 2)
        renewed = self.storage.storage_accounts.regenerate_key("web", "shop001", {"keyName": "key1"}).keys_property
        self.assertNotEqual(renewed[0].value, first[0].value)
        self.assertEqual(renewed[1].value, first[1].value)
        self.assertFalse(any(first[0].value in str(each) for each in self.twin.changes()))

    def test_signatures_are_made_with_keys_that_are_made_up(self):
        accounts = self.storage.storage_accounts
        asked = {"services": "bf", "resource_types": "sc", "permissions": "rl",
                 "shared_access_expiry_time": datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)}
        token = accounts.list_account_sas("web", "shop001", AccountSasParameters(**asked)).account_sas_token
        said = dict(urllib.parse.parse_qsl(token))
        self.assertEqual((said["ss"], said["srt"], said["sp"], said["se"][:10]), ("bf", "sc", "rl", "2030-01-01"))
        again = accounts.list_account_sas("web", "shop001", AccountSasParameters(**asked)).account_sas_token
        other = accounts.list_account_sas(
            "web", "shop001", AccountSasParameters(**asked, key_to_sign="key2")).account_sas_token
        self.assertTrue(said["sig"] and again == token and other != token)
        token = accounts.list_service_sas("web", "shop001", ServiceSasParameters(
            canonicalized_resource="/blob/shop001/public", resource="c", permissions="l",
            shared_access_expiry_time=asked["shared_access_expiry_time"])).service_sas_token
        self.assertEqual(dict(urllib.parse.parse_qsl(token))["sr"], "c")
        with self.assertRaises(HttpResponseError) as refused:
            accounts.list_service_sas("web", "shop001", ServiceSasParameters(
                canonicalized_resource="/blob/shop001/public", resource="c"))
        self.assertEqual(refused.exception.error.code, "InvalidValuesForRequestParameters")

    def test_an_account_that_is_made_comes_with_its_services(self):
        self.storage.storage_accounts.begin_create("data", "fresh002", {
            "location": "westeurope", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}}).result()
        self.assertFalse(
            self.storage.blob_services.get_service_properties("data", "fresh002").delete_retention_policy.enabled)
        self.assertEqual(
            self.storage.file_services.get_service_properties("data", "fresh002").share_delete_retention_policy.days, 7)
        for services in [self.storage.queue_services, self.storage.table_services]:
            self.assertEqual(services.get_service_properties("data", "fresh002").name, "default")
        services = self.storage.blob_services
        services.set_service_properties("data", "fresh002", {"properties": {"isVersioningEnabled": True}})
        self.assertTrue(services.get_service_properties("data", "fresh002").is_versioning_enabled)
        # What is not known of an account of the estate is not made up.
        with self.assertRaises(ResourceNotFoundError):
            self.storage.queue_services.get_service_properties("web", "shop001")
        self.storage.storage_accounts.delete("data", "fresh002")
        with self.assertRaises(ResourceNotFoundError):
            services.get_service_properties("data", "fresh002")

    def test_containers_and_services(self):
        containers = self.storage.blob_containers
        self.assertEqual([(each.name, each.public_access) for each in containers.list("web", "shop000")],
                         [("public", "Blob"), ("private", "None"), ("logs", "None")])
        self.assertEqual([[each.name for each in page] for page in
                          containers.list("web", "shop000", maxpagesize="2").by_page()], [["public", "private"], ["logs"]])
        containers.update("web", "shop000", "public", {"properties": {"publicAccess": "None"}})
        self.assertEqual(containers.get("web", "shop000", "public").public_access, "None")
        containers.create("web", "shop000", "extra", {"properties": {"publicAccess": "Container"}})
        self.assertEqual(len(list(containers.list("web", "shop000"))), 4)
        containers.delete("web", "shop000", "extra")
        self.assertEqual(len(list(containers.list("web", "shop000"))), 3)
        services = self.storage.blob_services
        self.assertFalse(services.get_service_properties("web", "shop000").is_versioning_enabled)
        services.set_service_properties("web", "shop000", {"properties": {"isVersioningEnabled": True}})
        self.assertTrue(services.get_service_properties("web", "shop000").is_versioning_enabled)
        self.assertEqual([each.name for each in services.list("web", "shop000")], ["default"])


class Network(AzureCase):
    def test_rules_are_part_of_their_group(self):
        def names():
            return [each.name for each in self.network.network_security_groups.get("web", "front").security_rules]
        rules = self.network.security_rules
        self.assertEqual([each.name for each in rules.list("web", "front")], ["ssh", "web"])
        self.assertEqual(rules.get("web", "front", "ssh").destination_port_range, "22")
        made = rules.begin_create_or_update("web", "front", "deny", {"properties": {
            "access": "Deny", "direction": "Inbound", "priority": 4000, "protocol": "*", "sourcePortRange": "*",
            "destinationPortRange": "*", "sourceAddressPrefix": "*", "destinationAddressPrefix": "*"}}).result()
        self.assertEqual((made.name, made.priority, made.provisioning_state), ("deny", 4000, "Succeeded"))
        self.assertEqual(names(), ["ssh", "web", "deny"])
        rules.begin_create_or_update("web", "front", "ssh", {"properties": {
            "access": "Allow", "direction": "Inbound", "priority": 100, "protocol": "Tcp", "sourcePortRange": "*",
            "destinationPortRange": "22", "sourceAddressPrefix": "10.0.0.0/8", "destinationAddressPrefix": "*"}}).result()
        group = self.network.network_security_groups.get("web", "front")
        self.assertEqual(group.security_rules[0].source_address_prefix, "10.0.0.0/8")
        rules.begin_delete("web", "front", "deny").result()
        self.assertEqual(names(), ["ssh", "web"])
        with self.assertRaises(ResourceNotFoundError):
            rules.get("web", "front", "deny")
        graph = self.client(ResourceGraphClient)
        found = graph.resources(QueryRequest(query="""
            resources | where type =~ 'microsoft.network/networksecuritygroups'
            | mv-expand rule = properties.securityRules
            | project name = tostring(rule.name), source = tostring(rule.properties.sourceAddressPrefix)"""))
        self.assertEqual(found.data[0], {"name": "ssh", "source": "10.0.0.0/8"})

    def test_networks_and_subnets(self):
        network = self.network.virtual_networks.get("web", "main")
        self.assertEqual(network.address_space.address_prefixes, ["10.0.0.0/16"])
        made = self.network.subnets.begin_create_or_update(
            "web", "main", "back", {"properties": {"addressPrefix": "10.0.1.0/24"}}).result()
        self.assertEqual(made.address_prefix, "10.0.1.0/24")
        self.assertEqual([each.name for each in self.network.subnets.list("web", "main")], ["front", "back"])
        self.network.subnets.begin_delete("web", "main", "back").result()
        self.assertEqual([each.name for each in self.network.virtual_networks.get("web", "main").subnets], ["front"])
        self.assertEqual([each.name for each in self.network.virtual_networks.list_all()], ["main"])

    def test_groups_and_addresses_are_made_and_deleted(self):
        groups = self.network.network_security_groups
        groups.begin_create_or_update("data", "back", {"location": "westeurope"}).result()
        self.assertEqual({each.name for each in groups.list_all()}, {"front", "back"})
        self.assertEqual([each.name for each in groups.list("data")], ["back"])
        groups.begin_delete("data", "back").result()
        self.assertEqual([each.name for each in groups.list_all()], ["front"])
        addresses = self.network.public_ip_addresses
        made = addresses.begin_create_or_update("web", "second", {
            "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}}).result()
        self.assertEqual(made.public_ip_allocation_method, "Static")
        self.assertEqual({each.name for each in addresses.list_all()}, {"gate", "second"})
        addresses.begin_delete("web", "second").result()
        self.assertEqual([each.name for each in addresses.list("web")], ["gate"])


class Subscriptions(AzureCase):
    def test_tenants_subscriptions_places_and_providers(self):
        client = self.client(SubscriptionClient)
        self.assertEqual([each.tenant_id for each in client.tenants.list()], [TENANT])
        found = client.subscriptions.get(SHOP)
        self.assertEqual((found.display_name, found.state, found.tenant_id), ("Shop", "Enabled", TENANT))
        places = {each.name for each in client.subscriptions.list_locations(SHOP)}
        self.assertIn("westeurope", places)
        provider = self.resources.providers.get("Microsoft.Storage")
        self.assertEqual(provider.registration_state, "Registered")
        self.assertIn("storageAccounts", [each.resource_type for each in provider.resource_types])
        self.assertIn("Microsoft.Network", [each.namespace for each in self.resources.providers.list()])
        self.assertEqual(self.resources.providers.register("Microsoft.Storage").registration_state, "Registered")

    def test_groups_are_those_of_the_subscription(self):
        self.assertEqual([each.name for each in self.resources.resource_groups.list()], ["web", "data", "kept"])
        self.assertEqual([each.name for each in self.resources.resource_groups.list(
            filter="tagName eq 'team' and tagValue eq 'web'")], ["web"])
        bank = self.client(ResourceManagementClient, BANK)
        self.assertEqual([each.name for each in bank.resource_groups.list()], ["web"])
        self.assertEqual([each.name for each in bank.resources.list()], ["safe"])


class ResourceGraph(AzureCase):
    def ask(self, query, **more):
        options = more.pop("options", None)
        return self.client(ResourceGraphClient).resources(QueryRequest(
            query=query, options=QueryRequestOptions(**options) if options else None, **more))

    def test_rows_are_what_the_estate_holds(self):
        answer = self.ask("resources | where type =~ 'Microsoft.Storage/storageAccounts' | order by id asc")
        rows = self.twin.of_type("Microsoft.Storage/storageAccounts")
        self.assertEqual((answer.total_records, answer.count, answer.result_truncated), (25, 25, "false"))
        self.assertEqual([row["properties"] for row in answer.data], [row["properties"] for row in rows])
        self.assertEqual(answer.data[0]["type"], "microsoft.storage/storageaccounts")
        self.assertEqual((answer.data[0]["subscriptionId"], answer.data[0]["resourceGroup"]), (SHOP, "web"))

    def test_pages_are_turned_by_the_token(self):
        ids, token, pages = [], None, 0
        while True:
            answer = self.ask("resources | where type has 'storage' | order by id asc",
                              options={"top": 10, "skip_token": token})
            ids += [row["id"] for row in answer.data]
            pages += 1
            token = answer.skip_token
            if not token:
                break
        self.assertEqual((pages, len(ids), len(set(ids))), (3, 25, 25))
        self.assertEqual(self.ask("resources | where type has 'storage' | order by id asc",
                                  options={"top": 5, "skip": 20}).data[0]["id"], ids[20])

    def test_a_table_has_columns_with_types(self):
        answer = self.ask("resources | summarize n = count() by type | order by n desc | take 2",
                          options={"result_format": "table"})
        self.assertEqual([(each["name"], each["type"]) for each in answer.data["columns"]],
                         [("type", "string"), ("n", "integer")])
        self.assertEqual(answer.data["rows"][0], ["microsoft.storage/storageaccounts", 25])

    def test_subscriptions_narrow(self):
        self.assertEqual([row["name"] for row in self.ask("resources", subscriptions=[BANK]).data], ["safe"])
        self.assertEqual(self.ask("resources | summarize n = count()", subscriptions=[SHOP]).data, [{"n": 28}])
        self.assertEqual({row["name"] for row in self.ask("resourcecontainers | where type endswith 'resourcegroups'",
                                                          subscriptions=[SHOP]).data}, {"web", "data", "kept"})
        self.assertEqual(len(self.ask("authorizationresources | where type endswith 'roleassignments'").data), 2)

    def test_management_groups_hold_subscriptions(self):
        def count(*groups):
            return self.ask("resources | summarize n = count()", management_groups=list(groups)).data
        self.assertEqual((count("Corp"), count("none"), count(TENANT)), ([{"n": 28}], [{"n": 0}], [{"n": 29}]))

    def test_the_request_of_the_command_line(self):
        """What `az graph query` posts, with the subscriptions that it knows or with management groups."""
        token = self.credential.get_token(self.base + "/.default").token
        options = {"$top": 100, "$skip": 0, "resultFormat": "objectArray", "allowPartialScopes": False}
        query = "resources | where type =~ 'microsoft.keyvault/vaults' | project name, location"
        for version, scope in [("2021-03-01", {"subscriptions": [SHOP, BANK]}), ("2022-10-01", {"managementGroups": [TENANT]})]:
            answer = requests.post(
                f"{self.base}/providers/Microsoft.ResourceGraph/resources?api-version={version}",
                json={**scope, "query": query, "options": options}, headers={"Authorization": "Bearer " + token}, timeout=60)
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(answer.json(), {
                "totalRecords": 1, "count": 1, "data": [{"name": "safe", "location": "westeurope"}], "facets": [],
                "resultTruncated": "false"})
            self.assertIn("x-ms-user-quota-remaining", answer.headers)

    def test_facets_count(self):
        answer = self.client(ResourceGraphClient).resources(QueryRequest(
            query="resources", facets=[{"expression": "type", "options": {"sortBy": "count_", "sortOrder": "desc", "$top": 1}}]))
        self.assertEqual(answer.facets[0].data, [{"type": "microsoft.storage/storageaccounts", "count": 25}])

    def test_a_query_that_is_wrong_is_told_where(self):
        for query, code in [("resources | wher x == 1", "ParserFailure"), ("nowhere | take 1", "InvalidQuery"),
                            ("resources | project nothing", "InvalidQuery")]:
            with self.assertRaises(HttpResponseError) as caught:
                self.ask(query)
            self.assertEqual(caught.exception.status_code, 400)
            self.assertEqual(caught.exception.error.code, "BadRequest")
            self.assertIn("InvalidQuery", [each.code for each in caught.exception.error.details])


class Throttled(AzureCase):
    arguments = ["--fault-rate", "0.2"]

    def test_clients_outwait_what_goes_wrong(self):
        for _ in range(3):
            self.assertEqual(len(list(self.resources.resources.list())), 28)


if __name__ == "__main__":
    unittest.main()
