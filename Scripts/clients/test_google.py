# SPDX-License-Identifier: Apache-2.0
"""The twin of Google Cloud, driven by google-cloud-asset, google-cloud-storage and google-api-python-client."""
import unittest

import httplib2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.api_core.exceptions import BadRequest, NotFound, PreconditionFailed
from google.cloud import asset_v1, storage
from google.oauth2 import service_account
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from harness import FOLDER, ORGANIZATION, PROJECT, TwinCase

ACCOUNT = f"robot@{PROJECT}.iam.gserviceaccount.com"


class GoogleCase(TwinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.twin.bases["gcp"]
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        cls.credential = service_account.Credentials.from_service_account_info(
            {"type": "service_account", "project_id": PROJECT, "private_key_id": "k", "private_key": key.decode(),
             "client_email": f"scan@{PROJECT}.iam.gserviceaccount.com", "token_uri": cls.base + "/token"},
            scopes=["https://www.googleapis.com/auth/cloud-platform"])

    def api(self, name, version, path=""):
        return build(name, version, http=self.http(self.credential), cache_discovery=False,
                     client_options={"api_endpoint": self.base + path})

    def http(self, credential):
        # httplib2 reads whom to trust from the environment only once, and each class has a twin of its own.
        return AuthorizedHttp(credential, http=httplib2.Http(ca_certs=self.twin.authority))

    @property
    def assets(self):
        return asset_v1.AssetServiceClient(
            credentials=self.credential, transport="rest", client_options={"api_endpoint": self.base})

    @property
    def compute(self):
        return self.api("compute", "v1", "/compute/v1/")

    @property
    def storage(self):
        return storage.Client(project=PROJECT, credentials=self.credential, client_options={"api_endpoint": self.base})

    def inventoried(self):
        return [row for row in self.twin.rows if row.get("cloud") == "gcp" and "parent" not in row["observed"]]

    def refused(self, request, status):
        with self.assertRaises(HttpError) as caught:
            request.execute()
        self.assertEqual(caught.exception.status_code, status)
        return caught.exception


def every(collection, request, member):
    """All pages of a list."""
    items = []
    while request is not None:
        answer = request.execute()
        items += answer.get(member, [])
        request = collection.list_next(request, answer)
    return items


class AssetInventory(GoogleCase):
    def test_assets_of_each_content_are_what_the_estate_holds(self):
        content = asset_v1.ContentType
        def listed(kind, **more):
            return list(self.assets.list_assets(request={"parent": ORGANIZATION, "content_type": kind, **more}))
        rows = self.inventoried()
        resources = listed(content.RESOURCE)
        self.assertEqual([each.name for each in resources], [row["id"] for row in rows])
        for asset, row in zip(resources, rows):
            self.assertEqual(asset.asset_type, row["observed"]["assetType"])
            self.assertEqual(list(asset.ancestors), row["observed"]["ancestors"])
            if "status" in row["properties"]:
                self.assertEqual(asset.resource.data["status"], row["properties"]["status"])
        policies = listed(content.IAM_POLICY)
        self.assertEqual({each.name for each in policies}, {row["id"] for row in rows if "iamPolicy" in row["observed"]})
        bucket = next(each for each in policies if each.name == "//storage.googleapis.com/shop-data")
        self.assertEqual([(each.role, list(each.members)) for each in bucket.iam_policy.bindings],
                         [("roles/storage.objectViewer", ["allUsers"])])
        organization = listed(content.ORG_POLICY)
        self.assertEqual([each.org_policy[0].constraint for each in organization], ["constraints/compute.requireOsLogin"])
        access = listed(content.ACCESS_POLICY)
        self.assertEqual([each.access_level.title for each in access], ["office"])
        instances = listed(content.RESOURCE, asset_types=["compute.googleapis.com/Instance"], page_size=5)
        self.assertEqual(len(instances), 12)

    def test_data_is_as_it_is_in_the_estate(self):
        api = self.api("cloudasset", "v1").assets()
        found = every(api, api.list(parent=f"projects/{PROJECT}", contentType="RESOURCE", pageSize=4), "assets")
        rows = {row["id"]: row for row in self.inventoried()}
        self.assertGreater(len(found), 15)
        for asset in found:
            self.assertEqual(asset["resource"]["data"], rows[asset["name"]]["properties"])

    def test_types_may_be_patterns(self):
        api = self.api("cloudasset", "v1").assets()
        found = api.list(parent=ORGANIZATION, contentType="RESOURCE", assetTypes=["compute.googleapis.com.*"]).execute()
        self.assertEqual(len(found["assets"]), 15)

    def test_resources_are_searched(self):
        def names(**more):
            return [each.display_name for each in self.assets.search_all_resources(request={"scope": ORGANIZATION, **more})]
        self.assertEqual(len(names()), len(self.inventoried()))
        self.assertEqual(len(names(page_size=3, asset_types=["compute.googleapis.com/Instance"])), 12)
        self.assertEqual(names(query="name:shop-logs"), ["shop-logs"])
        self.assertEqual(names(query="labels.team:shop-web"), ["shop-web"])
        self.assertEqual(names(query="location=europe-west1-b AND vm-03"), ["vm-03"])
        self.assertEqual(names(query="vm-01 OR vm-02"), ["vm-01", "vm-02"])
        found = next(iter(self.assets.search_all_resources(
            request={"scope": ORGANIZATION, "asset_types": ["storage.googleapis.com/Bucket"]})))
        self.assertEqual((found.project, found.organization, found.location), ("projects/42", ORGANIZATION, "eu"))
        self.assertEqual(dict(found.labels), {"team": "shop-data"})
        with self.assertRaises(BadRequest):
            list(self.assets.search_all_resources(request={"scope": ORGANIZATION, "page_token": "what"}))

    def test_policies_are_searched(self):
        def resources(**more):
            return {each.resource for each in
                    self.assets.search_all_iam_policies(request={"scope": ORGANIZATION, **more})}
        buckets = {f"//storage.googleapis.com/{name}" for name in ["shop-data", "shop-logs", "shop-web"]}
        self.assertEqual(resources(query="policy:allUsers"), buckets)
        self.assertEqual(resources(query="policy:roles/owner"), {f"//cloudresourcemanager.googleapis.com/{ORGANIZATION}"})
        self.assertEqual(resources(query="memberTypes:allUsers"), buckets)
        self.assertEqual(len(resources(page_size=2)), 6)
        self.assertEqual(resources(asset_types=["storage.googleapis.com/Bucket"]), buckets)

    def test_a_scope_that_is_not_there_is_refused(self):
        self.refused(self.api("cloudasset", "v1").assets().list(parent="organizations/1"), 403)


class Hierarchy(GoogleCase):
    def test_projects_in_both_versions(self):
        old = self.api("cloudresourcemanager", "v1").projects()
        project = old.get(projectId=PROJECT).execute()
        self.assertEqual(project, self.twin.row(f"//cloudresourcemanager.googleapis.com/projects/{PROJECT}")["properties"])
        self.assertEqual([each["projectId"] for each in old.list().execute()["projects"]], [PROJECT])
        self.assertEqual([each["projectId"] for each in old.list(filter="lifecycleState:ACTIVE").execute()["projects"]],
                         [PROJECT])
        self.assertNotIn("projects", old.list(filter="name:nothing").execute())
        ancestry = old.getAncestry(projectId=PROJECT, body={}).execute()["ancestor"]
        self.assertEqual([each["resourceId"] for each in ancestry],
                         [{"type": "project", "id": PROJECT}, {"type": "folder", "id": "700"},
                          {"type": "organization", "id": "900"}])
        new = self.api("cloudresourcemanager", "v3").projects()
        for name in [f"projects/{PROJECT}", "projects/42"]:
            found = new.get(name=name).execute()
            self.assertEqual((found["name"], found["projectId"], found["parent"], found["state"], found["displayName"]),
                             ("projects/42", PROJECT, FOLDER, "ACTIVE", "Shop"))
        self.assertEqual([each["name"] for each in new.list(parent=FOLDER).execute()["projects"]], ["projects/42"])
        self.assertNotIn("projects", new.list(parent=ORGANIZATION).execute())
        self.assertEqual([each["name"] for each in new.search(query="id:shop-prod").execute()["projects"]], ["projects/42"])
        self.refused(new.get(name="projects/nothing"), 403)

    def test_folders_and_organisations(self):
        api = self.api("cloudresourcemanager", "v3")
        self.assertEqual(api.folders().get(name=FOLDER).execute()["displayName"], "Retail")
        self.assertEqual([each["name"] for each in api.folders().list(parent=ORGANIZATION).execute()["folders"]], [FOLDER])
        self.assertEqual([each["name"] for each in api.folders().search(query="").execute()["folders"]], [FOLDER])
        self.assertEqual(api.organizations().get(name=ORGANIZATION).execute()["displayName"], "shop.example")
        self.assertEqual([each["name"] for each in api.organizations().search().execute()["organizations"]], [ORGANIZATION])
        self.assertEqual(api.organizations().getIamPolicy(resource=ORGANIZATION, body={}).execute()["bindings"][0]["role"],
                         "roles/owner")
        old = self.api("cloudresourcemanager", "v1")
        self.assertEqual(old.organizations().search(body={}).execute()["organizations"][0]["name"], ORGANIZATION)
        self.assertEqual(old.organizations().get(name=ORGANIZATION).execute()["lifecycleState"], "ACTIVE")

    def test_policies_are_changed_by_those_who_read_them(self):
        api = self.api("cloudresourcemanager", "v3").projects()
        policy = api.getIamPolicy(resource=f"projects/{PROJECT}", body={}).execute()
        self.assertEqual(policy["bindings"][0]["members"], ["user:ada@shop.example", "allAuthenticatedUsers"])
        policy["bindings"][0]["members"].remove("allAuthenticatedUsers")
        written = api.setIamPolicy(resource=f"projects/{PROJECT}", body={"policy": policy}).execute()
        self.assertNotEqual(written["etag"], policy["etag"])
        self.assertEqual(api.getIamPolicy(resource="projects/42", body={}).execute(), written)
        old = self.api("cloudresourcemanager", "v1").projects()
        self.assertEqual(old.getIamPolicy(resource=PROJECT, body={}).execute(), written)
        self.refused(api.setIamPolicy(resource=f"projects/{PROJECT}", body={"policy": policy}), 409)
        tested = api.testIamPermissions(resource=f"projects/{PROJECT}", body={"permissions": ["a.b.c"]}).execute()
        self.assertEqual(tested["permissions"], ["a.b.c"])
        self.assertEqual([each["id"].split("/")[-1] for each in self.twin.changes()], [PROJECT])


class Compute(GoogleCase):
    def done(self, operation, zone=None, region=None):
        """Waits for an operation as gcloud does, and looks at it again."""
        self.assertEqual(operation["kind"], "compute#operation")
        name = operation["name"]
        if zone:
            api, place = self.compute.zoneOperations(), {"zone": zone}
        elif region:
            api, place = self.compute.regionOperations(), {"region": region}
        else:
            api, place = self.compute.globalOperations(), {}
        self.assertEqual(api.wait(project=PROJECT, operation=name, **place).execute()["status"], "DONE")
        found = api.get(project=PROJECT, operation=name, **place).execute()
        self.assertEqual((found["status"], found["name"]), ("DONE", name))
        self.assertNotIn("error", found)

    def test_instances_in_every_way_of_listing(self):
        api = self.compute.instances()
        zones = api.aggregatedList(project=PROJECT).execute()["items"]
        self.assertEqual({zone: len(each["instances"]) for zone, each in zones.items() if "instances" in each},
                         {f"zones/europe-west1-{letter}": 4 for letter in "bcd"})
        pages = []
        request = api.aggregatedList(project=PROJECT, maxResults=5)
        while request is not None:
            answer = request.execute()
            pages.append(sum(len(each.get("instances", [])) for each in answer.get("items", {}).values()))
            request = api.aggregatedList_next(request, answer)
        self.assertEqual(pages, [5, 5, 2])
        listed = every(api, api.list(project=PROJECT, zone="europe-west1-b", maxResults=3), "items")
        self.assertEqual([each["name"] for each in listed], ["vm-00", "vm-03", "vm-06", "vm-09"])
        self.assertEqual([each["name"] for each in api.list(
            project=PROJECT, zone="europe-west1-b", filter='name = "vm-03"').execute()["items"]], ["vm-03"])
        self.assertEqual([each["name"] for each in api.list(
            project=PROJECT, zone="europe-west1-b", filter="labels.n=6").execute()["items"]], ["vm-06"])
        row = self.twin.of_type("compute.googleapis.com/Instance")[1]
        self.assertEqual(api.get(project=PROJECT, zone="europe-west1-c", instance="vm-01").execute(), row["properties"])
        self.refused(api.get(project=PROJECT, zone="europe-west1-c", instance="nothing"), 404)

    def test_verbs_change_an_instance(self):
        api, place = self.compute.instances(), {"project": PROJECT, "zone": "europe-west1-b", "instance": "vm-00"}
        def now():
            return api.get(**place).execute()
        self.done(api.setMetadata(**place, body={"items": [{"key": "enable-oslogin", "value": "TRUE"}]}).execute(),
                  zone="europe-west1-b")
        self.assertEqual(now()["metadata"]["items"], [{"key": "enable-oslogin", "value": "TRUE"}])
        self.done(api.setLabels(**place, body={"labels": {"a": "b"}, "labelFingerprint": "x"}).execute(),
                  zone="europe-west1-b")
        self.assertEqual(now()["labels"], {"a": "b"})
        self.done(api.stop(**place).execute(), zone="europe-west1-b")
        self.assertEqual(now()["status"], "TERMINATED")
        self.done(api.start(**place).execute(), zone="europe-west1-b")
        self.assertEqual(now()["status"], "RUNNING")
        self.done(api.setDeletionProtection(
            project=PROJECT, zone="europe-west1-b", resource="vm-00", deletionProtection=True).execute(),
            zone="europe-west1-b")
        self.assertTrue(now()["deletionProtection"])
        self.done(api.updateShieldedInstanceConfig(**place, body={"enableSecureBoot": True}).execute(),
                  zone="europe-west1-b")
        self.assertEqual(now()["shieldedInstanceConfig"], {"enableSecureBoot": True})
        self.done(api.delete(**place).execute(), zone="europe-west1-b")
        self.refused(api.get(**place), 404)

    def test_firewalls_are_made_changed_and_deleted(self):
        api = self.compute.firewalls()
        self.assertEqual([each["name"] for each in api.list(project=PROJECT).execute()["items"]], ["ssh"])
        self.done(api.patch(project=PROJECT, firewall="ssh", body={"sourceRanges": ["10.0.0.0/8"]}).execute())
        found = api.get(project=PROJECT, firewall="ssh").execute()
        self.assertEqual((found["sourceRanges"], found["priority"]), (["10.0.0.0/8"], 1000))
        self.done(api.insert(project=PROJECT, body={
            "name": "web", "allowed": [{"IPProtocol": "tcp", "ports": ["443"]}]}).execute())
        made = api.get(project=PROJECT, firewall="web").execute()
        self.assertEqual((made["kind"], made["allowed"][0]["ports"]), ("compute#firewall", ["443"]))
        self.assertTrue(made["selfLink"].endswith(f"/projects/{PROJECT}/global/firewalls/web"))
        self.refused(api.insert(project=PROJECT, body={"name": "web"}), 409)
        self.done(api.update(project=PROJECT, firewall="web", body={"name": "web", "disabled": True}).execute())
        self.assertTrue(api.get(project=PROJECT, firewall="web").execute()["disabled"])
        self.done(api.delete(project=PROJECT, firewall="web").execute())
        self.refused(api.get(project=PROJECT, firewall="web"), 404)
        self.assertEqual([asset.resource.data["sourceRanges"][0] for asset in self.assets.list_assets(request={
            "parent": ORGANIZATION, "content_type": asset_v1.ContentType.RESOURCE,
            "asset_types": ["compute.googleapis.com/Firewall"]})], ["10.0.0.0/8"])

    def test_networks_subnetworks_and_projects(self):
        subnetworks, place = self.compute.subnetworks(), {"project": PROJECT, "region": "europe-west1"}
        self.assertEqual([each["name"] for each in subnetworks.list(**place).execute()["items"]], ["front"])
        items = subnetworks.aggregatedList(project=PROJECT).execute()["items"]
        self.assertEqual(len(items["regions/europe-west1"]["subnetworks"]), 1)
        self.done(subnetworks.patch(**place, subnetwork="front", body={"enableFlowLogs": True}).execute(),
                  region="europe-west1")
        self.done(subnetworks.setPrivateIpGoogleAccess(
            **place, subnetwork="front", body={"privateIpGoogleAccess": True}).execute(), region="europe-west1")
        found = subnetworks.get(**place, subnetwork="front").execute()
        self.assertEqual((found["enableFlowLogs"], found["privateIpGoogleAccess"]), (True, True))
        self.assertEqual([each["name"] for each in self.compute.networks().list(project=PROJECT).execute()["items"]],
                         ["default"])
        projects = self.compute.projects()
        self.assertEqual(projects.get(project=PROJECT).execute()["name"], PROJECT)
        self.done(projects.setCommonInstanceMetadata(
            project=PROJECT, body={"items": [{"key": "enable-oslogin", "value": "TRUE"}]}).execute())
        self.assertEqual(projects.get(project=PROJECT).execute()["commonInstanceMetadata"]["items"][0]["value"], "TRUE")
        self.assertIn("europe-west1-b", [each["name"] for each in self.compute.zones().list(project=PROJECT).execute()["items"]])
        self.assertIn("europe-west1", [each["name"] for each in self.compute.regions().list(project=PROJECT).execute()["items"]])

    def test_an_operation_that_is_not_there(self):
        self.refused(self.compute.globalOperations().get(project=PROJECT, operation="nothing"), 404)


class Storage(GoogleCase):
    def test_buckets_are_listed_and_read(self):
        self.assertEqual([each.name for each in self.storage.list_buckets()], ["shop-data", "shop-logs", "shop-web"])
        self.assertEqual([[each.name for each in page] for page in self.storage.list_buckets(page_size=2).pages],
                         [["shop-data", "shop-logs"], ["shop-web"]])
        self.assertEqual([each.name for each in self.storage.list_buckets(prefix="shop-w")], ["shop-web"])
        bucket = self.storage.get_bucket("shop-data")
        self.assertEqual((bucket.location, bucket.storage_class, bucket.labels), ("EU", "STANDARD", {"team": "shop-data"}))
        self.assertFalse(bucket.iam_configuration.uniform_bucket_level_access_enabled)
        self.assertTrue(bucket.exists())
        self.assertFalse(self.storage.bucket("nothing").exists())
        self.assertEqual(list(self.storage.list_blobs("shop-data")), [])
        with self.assertRaises(NotFound):
            self.storage.get_bucket("nothing")

    def test_a_bucket_is_hardened(self):
        bucket = self.storage.get_bucket("shop-logs")
        bucket.iam_configuration.uniform_bucket_level_access_enabled = True
        bucket.iam_configuration.public_access_prevention = "enforced"
        bucket.versioning_enabled = True
        bucket.patch()
        again = self.storage.get_bucket("shop-logs")
        self.assertTrue(again.iam_configuration.uniform_bucket_level_access_enabled)
        self.assertEqual(again.iam_configuration.public_access_prevention, "enforced")
        self.assertTrue(again.versioning_enabled)
        self.assertEqual(again.metageneration, 2)
        again.labels = {"a": "b"}
        with self.assertRaises(PreconditionFailed):
            again.patch(if_metageneration_match=1)
        again.patch(if_metageneration_match=2)
        policy = again.get_iam_policy(requested_policy_version=3)
        self.assertEqual(policy.bindings[0]["members"], {"allUsers"})
        policy.bindings = [each for each in policy.bindings if "allUsers" not in each["members"]]
        again.set_iam_policy(policy)
        self.assertEqual(again.get_iam_policy().bindings, [])
        self.assertEqual(again.test_iam_permissions(["storage.buckets.get"]), ["storage.buckets.get"])

    def test_a_bucket_is_made_and_deleted(self):
        made = self.storage.create_bucket("fresh", location="EU")
        self.assertEqual((made.name, made.location), ("fresh", "EU"))
        self.assertIn("fresh", [each.name for each in self.storage.list_buckets()])
        made.delete()
        self.assertFalse(self.storage.bucket("fresh").exists())

    def test_access_control_lists(self):
        api = self.api("storage", "v1", "/storage/v1/").bucketAccessControls()
        self.assertEqual([each["entity"] for each in api.list(bucket="shop-data").execute()["items"]], ["allUsers"])
        api.delete(bucket="shop-data", entity="allUsers").execute()
        self.assertNotIn("items", api.list(bucket="shop-data").execute())
        api.insert(bucket="shop-web", body={"entity": "allAuthenticatedUsers", "role": "READER"}).execute()
        self.assertEqual([each["role"] for each in api.list(bucket="shop-web").execute()["items"]], ["READER"])


class Services(GoogleCase):
    def test_sql_instances(self):
        for api in [self.api("sqladmin", "v1beta4"), self.api("sqladmin", "v1")]:
            self.assertEqual([each["name"] for each in api.instances().list(project=PROJECT).execute()["items"]], ["orders"])
            found = api.instances().get(project=PROJECT, instance="orders").execute()
            self.assertEqual(found["databaseVersion"], "POSTGRES_15")
            before = found["settings"]["ipConfiguration"]["requireSsl"]
            operation = api.instances().patch(project=PROJECT, instance="orders", body={
                "settings": {"ipConfiguration": {"requireSsl": not before, "authorizedNetworks": []}}}).execute()
            self.assertEqual(operation["kind"], "sql#operation")
            done = api.operations().get(project=PROJECT, operation=operation["name"]).execute()
            self.assertEqual((done["status"], done["targetId"]), ("DONE", "orders"))
            settings = api.instances().get(project=PROJECT, instance="orders").execute()["settings"]
            self.assertEqual(settings["ipConfiguration"],
                             {"ipv4Enabled": True, "requireSsl": not before, "authorizedNetworks": []})
            self.assertEqual(settings["tier"], "db-f1-micro")
            self.assertEqual([each["name"] for each in api.users().list(
                project=PROJECT, instance="orders").execute()["items"]], ["root"])
        self.refused(api.instances().get(project=PROJECT, instance="nothing"), 404)
        self.refused(api.operations().get(project=PROJECT, operation="nothing"), 404)
        api.instances().insert(project=PROJECT, body={"name": "second", "region": "europe-west1", "settings": {}}).execute()
        self.assertEqual(len(api.instances().list(project=PROJECT, maxResults=1).execute()["items"]), 1)
        api.instances().delete(project=PROJECT, instance="second").execute()
        self.assertEqual([each["name"] for each in api.instances().list(project=PROJECT).execute()["items"]], ["orders"])

    def test_service_accounts_and_roles(self):
        api = self.api("iam", "v1").projects()
        accounts, name = api.serviceAccounts(), f"projects/{PROJECT}/serviceAccounts/{ACCOUNT}"
        self.assertEqual([each["email"] for each in accounts.list(name=f"projects/{PROJECT}").execute()["accounts"]],
                         [ACCOUNT])
        for id in [ACCOUNT, "1234"]:
            found = accounts.get(name=f"projects/{PROJECT}/serviceAccounts/{id}").execute()
            self.assertEqual(found["displayName"], "Robot")
        self.assertEqual(accounts.get(name=f"projects/-/serviceAccounts/{ACCOUNT}").execute()["uniqueId"], "1234")
        keys = accounts.keys().list(name=name).execute()["keys"]
        self.assertEqual([each["name"].split("/")[-1] for each in keys], ["k1"])
        self.assertEqual(accounts.keys().get(name=f"{name}/keys/k1").execute()["keyType"], "USER_MANAGED")
        self.assertEqual(accounts.disable(name=name, body={}).execute(), {})
        self.assertTrue(accounts.get(name=name).execute()["disabled"])
        accounts.enable(name=name, body={}).execute()
        self.assertFalse(accounts.get(name=name).execute().get("disabled", False))
        policy = accounts.getIamPolicy(resource=name).execute()
        self.assertEqual(policy["bindings"][0]["role"], "roles/iam.serviceAccountUser")
        policy["bindings"] = []
        accounts.setIamPolicy(resource=name, body={"policy": policy}).execute()
        self.assertFalse(accounts.getIamPolicy(resource=name).execute().get("bindings"))
        accounts.keys().delete(name=f"{name}/keys/k1").execute()
        self.assertNotIn("keys", accounts.keys().list(name=name).execute())
        made = accounts.create(name=f"projects/{PROJECT}", body={
            "accountId": "second", "serviceAccount": {"displayName": "Second"}}).execute()
        self.assertEqual(made["email"], f"second@{PROJECT}.iam.gserviceaccount.com")
        self.assertEqual(accounts.get(name=made["name"]).execute()["displayName"], "Second")
        accounts.delete(name=made["name"]).execute()
        self.refused(accounts.get(name=made["name"]), 404)
        self.assertEqual([each["title"] for each in api.roles().list(parent=f"projects/{PROJECT}").execute()["roles"]],
                         ["Till"])
        self.assertEqual(api.roles().get(name=f"projects/{PROJECT}/roles/till").execute()["includedPermissions"],
                         ["storage.objects.get"])

    def test_predefined_roles_are_listed_and_read(self):
        roles = self.api("iam", "v1").roles()
        found, token = [], None
        while token != "":
            page = roles.list(pageSize=20, pageToken=token).execute()
            found += page["roles"]
            token = page.get("nextPageToken", "")
        self.assertTrue({"roles/owner", "roles/storage.objectViewer"} <= {each["name"] for each in found})
        self.assertEqual(len({each["name"] for each in found}), len(found))
        self.assertFalse(any("includedPermissions" in each for each in found))
        known = {each["name"]: each for each in roles.list(view="FULL", pageSize=1000).execute()["roles"]}
        self.assertEqual(known["roles/pubsub.publisher"]["includedPermissions"], ["pubsub.topics.publish"])
        shown = roles.get(name="roles/cloudsql.client").execute()
        self.assertEqual((shown["title"], shown["stage"]), ("Cloud SQL Client", "GA"))
        self.assertEqual(shown, known["roles/cloudsql.client"])
        self.refused(roles.get(name="roles/nothing"), 404)
        self.refused(self.api("iam", "v1").projects().roles().get(name=f"projects/{PROJECT}/roles/nothing"), 404)
        self.assertEqual(self.api("iam", "v1").organizations().roles().list(parent=ORGANIZATION).execute(), {})

    def test_what_the_inventory_has_its_own_service_has(self):
        rings = self.api("cloudkms", "v1").projects().locations().keyRings()
        name = f"projects/{PROJECT}/locations/eu/keyRings/ring"
        self.assertEqual(rings.get(name=name).execute(), {"name": name})
        for location in ["eu", "-"]:
            found = rings.list(parent=f"projects/{PROJECT}/locations/{location}").execute()
            self.assertEqual(found["keyRings"], [{"name": name}])
        self.assertNotIn("keyRings", rings.list(parent=f"projects/{PROJECT}/locations/us").execute())

    def test_a_bearer_of_nobody_is_refused(self):
        from google.oauth2.credentials import Credentials
        api = build("cloudresourcemanager", "v3", http=self.http(Credentials("nothing")), cache_discovery=False,
                    client_options={"api_endpoint": self.base})
        with self.assertRaises(Exception) as caught:
            api.projects().search().execute()
        self.assertIn(type(caught.exception).__name__, ["RefreshError", "HttpError"])


class Unsteady(GoogleCase):
    arguments = ["--fault-rate", "0.2"]

    def test_clients_outwait_what_goes_wrong(self):
        for _ in range(3):
            names = [each.name for each in self.storage.list_buckets()]
            self.assertEqual(names, ["shop-data", "shop-logs", "shop-web"])


if __name__ == "__main__":
    unittest.main()
