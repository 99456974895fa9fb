# SPDX-License-Identifier: Apache-2.0
"""The twin of Microsoft Graph driven by msgraph-sdk."""
import unittest

from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import GraphClientFactory, PageIterator

from harness import TENANT, TwinCase, guid

APPLICATION = "99999999-0000-4000-8000-000000000001"


class MicrosoftGraph(TwinCase, unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        base = self.twin.bases["azure"]
        self.credential = ClientSecretCredential(
            TENANT, APPLICATION, "a-secret-of-the-test", authority=base, disable_instance_discovery=True)
        provider = AzureIdentityAuthenticationProvider(
            self.credential, scopes=[base + "/.default"], allowed_hosts=["localhost"])
        self.http = GraphClientFactory.create_with_default_middleware(host=base)
        adapter = GraphRequestAdapter(provider, client=self.http)
        adapter.base_url = base + "/v1.0"
        self.client = GraphServiceClient(request_adapter=adapter)
        self.adapter = adapter

    async def asyncTearDown(self):
        await self.credential.close()
        await self.http.aclose()

    def users(self, **query):
        return RequestConfiguration(query_parameters=UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(**query))

    async def test_users_page_by_page(self):
        page = await self.client.users.get(request_configuration=self.users(top=7))
        self.assertEqual(len(page.value), 7)
        self.assertTrue(page.odata_next_link)
        seen = []

        def keep(user):
            seen.append(user.display_name)
            return True

        await PageIterator(page, self.adapter).iterate(keep)
        self.assertEqual(seen, [f"Person {number:02}" for number in range(30)])

    async def test_users_are_selected_and_filtered(self):
        async def found(**query):
            return (await self.client.users.get(request_configuration=self.users(**query))).value
        some = await found(select=["id", "displayName"], top=2)
        self.assertEqual([(each.id, each.display_name, each.user_principal_name) for each in some],
                         [(guid(1, 0), "Person 00", None), (guid(1, 1), "Person 01", None)])
        self.assertEqual(len(await found(filter="accountEnabled eq false")), 6)
        self.assertEqual([each.display_name for each in await found(filter="startswith(displayName, 'Person 2')", top=50)],
                         [f"Person 2{number}" for number in range(10)])
        self.assertEqual([each.display_name for each in await found(filter="displayName in ('Person 03', 'Person 05')")],
                         ["Person 03", "Person 05"])
        self.assertEqual([each.display_name for each in await found(orderby=["displayName desc"], top=1)], ["Person 29"])
        self.assertEqual(len(await found(filter="createdDateTime ge 2024-01-01T00:00:00Z")), 30)
        counted = await self.client.users.get(request_configuration=self.users(count=True, top=1))
        self.assertEqual(counted.odata_count, 30)

    async def test_one_user(self):
        for id in [guid(1, 4), "person04@shop.example"]:
            user = await self.client.users.by_user_id(id).get()
            self.assertEqual((user.display_name, user.account_enabled, user.mail), ("Person 04", True, None))
        with self.assertRaises(APIError) as caught:
            await self.client.users.by_user_id("nobody").get()
        self.assertEqual(caught.exception.response_status_code, 404)
        self.assertEqual(caught.exception.error.code, "Request_ResourceNotFound")

    async def test_how_many_there_are(self):
        configuration = RequestConfiguration()
        configuration.headers.add("ConsistencyLevel", "eventual")
        self.assertEqual(await self.client.users.count.get(request_configuration=configuration), 30)

    async def test_groups_and_members(self):
        query = GroupsRequestBuilder.GroupsRequestBuilderGetQueryParameters(filter="securityEnabled eq true")
        groups = await self.client.groups.get(request_configuration=RequestConfiguration(query_parameters=query))
        self.assertEqual([each.display_name for each in groups.value], ["Admins"])
        members = await self.client.groups.by_group_id(guid(2, 1)).members.get()
        self.assertEqual([(type(each).__name__, each.id) for each in members.value], [("User", guid(1, 3))])
        members = await self.client.groups.by_group_id(guid(2, 1)).transitive_members.get()
        self.assertEqual(len(members.value), 1)

    async def test_applications_and_service_principals(self):
        applications = await self.client.applications.get()
        self.assertEqual([(each.display_name, each.app_id) for each in applications.value], [("Till", guid(4, 1))])
        self.assertEqual(applications.value[0].password_credentials[0].end_date_time.year, 2027)
        principals = await self.client.service_principals.get()
        self.assertEqual([each.service_principal_type for each in principals.value], ["Application"])
        found = await self.client.service_principals_with_app_id(guid(4, 1)).get()
        self.assertEqual(found.id, guid(6, 1))

    async def test_policies(self):
        policies = await self.client.identity.conditional_access.policies.get()
        self.assertEqual([each.display_name for each in policies.value], ["Ask for a second factor"])
        self.assertEqual(policies.value[0].conditions.users.include_users, ["All"])
        self.assertEqual([each.value for each in policies.value[0].grant_controls.built_in_controls], ["mfa"])
        authorization = await self.client.policies.authorization_policy.get()
        self.assertTrue(authorization.default_user_role_permissions.allowed_to_create_apps)
        organization = await self.client.organization.get()
        self.assertEqual([each.display_name for each in organization.value], ["Shop & Bank"])


if __name__ == "__main__":
    unittest.main()
