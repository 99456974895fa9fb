# SPDX-License-Identifier: Apache-2.0
"""The server's compatible endpoints, driven by the clients of Azure Resource Graph, Azure Monitor Logs and Kusto.

The estate of harness.py is scanned from the twin; `plumb serve` answers over TLS with a certificate of the test's.
"""
import datetime
import ipaddress
import json
import os
import subprocess
import tempfile
import time
import unittest

import requests
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.kusto.data import ClientRequestProperties, KustoClient, KustoConnectionStringBuilder
from azure.kusto.data.exceptions import KustoApiError
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import FacetRequest, FacetRequestOptions, QueryRequest, QueryRequestOptions
from azure.monitor.query import LogsBatchQuery, LogsQueryClient, LogsQueryStatus
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness import BANK, SHOP, TENANT, Twin, azure_rows

WORKSPACE = "77777777-0000-4000-8000-000000000001"


class Credential:
    """A token of the server in the place of one of Azure's directory."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **options):
        return AccessToken(self.token, int(time.time()) + 3600)


def certificate(folder):
    """A certificate for this machine and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(minutes=5)).not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256()))
    paths = f"{folder}/server.pem", f"{folder}/server.key"
    with open(paths[0], "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
    with open(paths[1], "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                     serialization.NoEncryption()))
    return paths


class ServerCase(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="plumb-server-")
        cls.data = f"{cls.folder}/data"
        cls.pem, key = certificate(cls.folder)
        twin = Twin(azure_rows())
        try:
            environment = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "PLUMB_"))}
            environment |= {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": "test", "AZURE_CLIENT_SECRET": "test",
                            "PLUMB_CA_FILE": twin.authority}
            scan = subprocess.run(
                [os.environ["PLUMB"], "scan", "azure", "--azure-endpoint", twin.bases["azure"], "--data", cls.data,
                 "--format", "json", "--quiet"], env=environment, capture_output=True, text=True, timeout=300)
            assert scan.returncode in (0, 3), scan.stderr
        finally:
            twin.stop()
        cls.process = subprocess.Popen(
            [os.environ["PLUMB"], "serve", "--port", "0", "--data", cls.data, "--set", f"tls-certificate={cls.pem}",
             "--set", f"tls-key={key}", "--set", "password-cost=10", "--set", "log-level=error"],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        cls.base = cls.process.stdout.readline().strip()
        setup = cls.process.stdout.readline().split()[-1]
        os.environ["REQUESTS_CA_BUNDLE"] = cls.pem  # The clients' pipelines and requests both look at it.
        session = requests.Session()
        made = session.post(f"{cls.base}/api/v1/setup", json={
            "token": setup, "name": "ada", "password": "correct horse battery"})
        assert made.status_code == 201, made.text
        token = session.post(
            f"{cls.base}/api/v1/tokens", json={"name": "clients", "permissions": ["query", "read"]},
            headers={"x-csrf-token": made.json()["csrf"]})
        assert token.status_code == 201, token.text
        cls.token = token.json()["secret"]
        cls.credential = Credential(cls.token)

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait(timeout=30)
        cls.process.stdout.close()

    def rows(self, query):
        """What our own API answers."""
        answer = requests.post(f"{self.base}/api/v1/queries/run", json={"query": query},
                               headers={"Authorization": f"Bearer {self.token}"})
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()["rows"]


class ResourceGraphTests(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = ResourceGraphClient(cls.credential, base_url=cls.base, credential_scopes=[cls.base + "/.default"])

    def ask(self, query, subscriptions=None, facets=None, **options):
        return self.client.resources(QueryRequest(
            query=query, subscriptions=subscriptions, facets=facets, options=QueryRequestOptions(**options)))

    def test_objects_are_rows_by_name(self):
        answer = self.ask("resources | where type =~ 'microsoft.storage/storageaccounts' | project id, name, properties",
                          result_format="objectArray")
        self.assertEqual(answer.total_records, len(answer.data))
        self.assertGreater(answer.count, 5)
        self.assertEqual(set(answer.data[0]), {"id", "name", "properties"})
        self.assertIn("minimumTlsVersion", answer.data[0]["properties"])

    def test_a_table_has_columns_of_the_services_types(self):
        answer = self.ask("resources | summarize n = count(), any = any(name) by type | extend big = n > 3, share = n / 2.0",
                          result_format="table")
        types = {column["name"]: column["type"] for column in answer.data["columns"]}
        self.assertEqual(types, {"type": "string", "n": "integer", "any": "string", "big": "boolean", "share": "number"})
        self.assertEqual(len(answer.data["rows"]), answer.count)

    def test_pages_go_on_where_the_one_before_ended(self):
        query = "resources | project id, name | order by id asc"
        whole = [row["id"] for row in self.ask(query).data]
        seen, token = [], None
        while True:
            page = self.ask(query, top=7, skip_token=token)
            self.assertEqual(page.total_records, len(whole))
            seen += [row["id"] for row in page.data]
            token = page.skip_token
            if not token:
                break
        self.assertEqual(seen, whole)
        self.assertEqual([row["id"] for row in self.ask(query, top=3, skip=4).data], whole[4:7])

    def test_a_token_is_for_its_own_query(self):
        token = self.ask("resources | project id", top=2).skip_token
        with self.assertRaises(HttpResponseError) as caught:
            self.ask("resources | project id, name", skip_token=token)
        self.assertEqual(caught.exception.status_code, 400)

    def test_only_the_subscriptions_that_are_named_are_seen(self):
        answer = self.ask("resources | distinct subscriptionId", subscriptions=[BANK])
        self.assertEqual([row["subscriptionId"] for row in answer.data], [BANK])
        both = self.ask("resources | distinct subscriptionId", subscriptions=[BANK, SHOP])
        self.assertEqual({row["subscriptionId"] for row in both.data}, {BANK, SHOP})

    def test_facets_count_values(self):
        answer = self.ask("resources", facets=[FacetRequest(expression="type", options=FacetRequestOptions(top=3)),
                                               FacetRequest(expression="no_such_column")])
        good, bad = answer.facets
        self.assertEqual(good.result_type, "FacetResult")
        self.assertEqual(len(good.data), 3)
        self.assertEqual(bad.result_type, "FacetError")

    def test_a_query_that_cannot_be_bound_says_where(self):
        with self.assertRaises(HttpResponseError) as caught:
            self.ask("resources | where nothing == 1")
        self.assertEqual(caught.exception.status_code, 400)
        self.assertIn("nothing", str(caught.exception))

    def test_a_token_that_is_none_is_refused(self):
        client = ResourceGraphClient(Credential("plumb_x_y"), base_url=self.base,
                                     credential_scopes=[self.base + "/.default"])
        with self.assertRaises(ClientAuthenticationError):
            client.resources(QueryRequest(query="resources"))


class LogsTests(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = LogsQueryClient(cls.credential, endpoint=cls.base, connection_verify=cls.pem)

    def test_rows_have_the_types_of_their_columns(self):
        answer = self.client.query_workspace(
            WORKSPACE, "print a = 1, b = 2.5, c = 'x', d = datetime(2026-01-02), e = true, f = dynamic({'k': [1]})",
            timespan=None)
        self.assertEqual(answer.status, LogsQueryStatus.SUCCESS)
        table = answer.tables[0]
        self.assertEqual(table.columns, ["a", "b", "c", "d", "e", "f"])
        self.assertEqual(table.columns_types, ["long", "real", "string", "datetime", "bool", "dynamic"])
        row = table.rows[0]
        self.assertEqual((row["a"], row["b"], row["c"], row["e"]), (1, 2.5, "x", True))
        self.assertEqual(row["d"], datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc))
        self.assertEqual(json.loads(row["f"]), {"k": [1]})

    def test_findings_are_those_of_our_own_api(self):
        answer = self.client.query_workspace(
            WORKSPACE, "Findings | summarize n = count() by status | order by status asc",
            timespan=datetime.timedelta(days=1), include_statistics=True)
        self.assertEqual([list(row) for row in answer.tables[0].rows],
                         self.rows("Findings | summarize n = count() by status | order by status asc"))
        self.assertIn("executionTime", answer.statistics["query"])

    def test_a_timespan_cuts_tables_that_tell_a_time(self):
        query = "datatable(TimeGenerated: datetime)[datetime(2026-01-01)] | count"
        self.assertEqual(self.client.query_workspace(WORKSPACE, query, timespan=None).tables[0].rows[0][0], 1)
        with open(f"{self.folder}/logs.jsonl", "w") as file:
            for day in range(1, 11):
                file.write(json.dumps({"TimeGenerated": f"2026-01-{day:02}T12:00:00Z", "n": day}) + "\n")
        subprocess.run([os.environ["PLUMB"], "ingest", "AppLogs", f"{self.folder}/logs.jsonl", "--data", self.data,
                        "--quiet"], check=True)
        start = datetime.datetime(2026, 1, 3, tzinfo=datetime.timezone.utc)
        answer = self.client.query_workspace(
            WORKSPACE, "AppLogs | summarize count(), min(n)", timespan=(start, datetime.timedelta(days=4)))
        self.assertEqual(list(answer.tables[0].rows[0]), [4, 3])
        whole = self.client.query_workspace(WORKSPACE, "AppLogs | count", timespan=None)
        self.assertEqual(whole.tables[0].rows[0][0], 10)

    def test_a_batch_answers_each_query(self):
        answers = self.client.query_batch([
            LogsBatchQuery(workspace_id=WORKSPACE, query="print 1", timespan=None),
            LogsBatchQuery(workspace_id=WORKSPACE, query="nonsense |", timespan=None),
            LogsBatchQuery(workspace_id=WORKSPACE, query="Scans | count", timespan=None)])
        self.assertEqual([answer.status for answer in answers],
                         [LogsQueryStatus.SUCCESS, LogsQueryStatus.FAILURE, LogsQueryStatus.SUCCESS])

    def test_a_query_in_the_address(self):
        answer = requests.get(f"{self.base}/v1/workspaces/{WORKSPACE}/query", params={"query": "print x = 7", "timespan": "P1D"},
                              headers={"Authorization": f"Bearer {self.token}"})
        self.assertEqual(answer.json()["tables"][0]["rows"], [[7]])

    def test_a_fault_of_the_query_is_told(self):
        with self.assertRaises(HttpResponseError) as caught:
            self.client.query_workspace(WORKSPACE, "Findings | where nothing == 1", timespan=None)
        self.assertEqual(caught.exception.status_code, 400)
        self.assertIn("nothing", str(caught.exception))


class KustoTests(ServerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = KustoClient(KustoConnectionStringBuilder.with_aad_application_token_authentication(cls.base, cls.token))

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        super().tearDownClass()

    def test_frames_of_the_second_version(self):
        answer = self.client.execute_query(
            "plumbline", "Findings | summarize n = count() by status | order by status asc")
        table = answer.primary_results[0]
        self.assertEqual([column.column_name for column in table.columns], ["status", "n"])
        self.assertEqual([[row["status"], row["n"]] for row in table],
                         self.rows("Findings | summarize n = count() by status | order by status asc"))
        self.assertFalse(answer.errors_count)

    def test_values_have_their_types(self):
        row = self.client.execute_query(
            "plumbline",
            "print a = 1, b = 2.5, c = datetime(2026-01-02T03:04:05Z), d = 1h, e = dynamic({'k': [1, 2]}), f = true, g = real(nan)"
        ).primary_results[0][0]
        self.assertEqual((row["a"], row["b"], row["f"]), (1, 2.5, True))
        self.assertEqual(row["c"], datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc))
        self.assertEqual(row["d"], datetime.timedelta(hours=1))
        self.assertEqual(row["e"], {"k": [1, 2]})

    def test_several_results(self):
        answer = self.client.execute_query("plumbline", "resources | fork (count) (summarize count() by cloud)")
        self.assertEqual(len(answer.primary_results), 2)

    def test_parameters_are_values(self):
        properties = ClientRequestProperties()
        properties.set_parameter("wanted", "'Unhealthy'")
        properties.set_parameter("most", 2)
        properties.set_option(ClientRequestProperties.request_timeout_option_name, datetime.timedelta(seconds=30))
        answer = self.client.execute_query(
            "plumbline", "declare query_parameters(wanted: string, most: long); Findings | where status == wanted | take most",
            properties)
        self.assertEqual({row["status"] for row in answer.primary_results[0]}, {"Unhealthy"})
        self.assertEqual(len(answer.primary_results[0]), 2)

    def test_what_clients_ask_to_find_their_way(self):
        show = lambda command: list(self.client.execute_mgmt("plumbline", command).primary_results[0])
        self.assertEqual([row["DatabaseName"] for row in show(".show databases")], ["plumbline"])
        self.assertTrue(show(".show version")[0]["ProductVersion"].startswith("Plumbline"))
        names = {row["TableName"] for row in show(".show tables")}
        self.assertTrue({"resources", "Findings", "SecureScores"} <= names)
        schema = show(".show table Findings cslschema")[0]["Schema"]
        self.assertIn("severity:string", schema)
        document = json.loads(show(".show table ['Findings'] schema as json")[0]["Schema"])
        self.assertIn({"Name": "due", "Type": "System.DateTime", "CslType": "datetime"}, document["OrderedColumns"])
        whole = json.loads(show(".show databases schema as json")[0]["DatabaseSchema"])
        self.assertIn("resources", whole["Databases"]["plumbline"]["Tables"])

    def test_the_first_version(self):
        answer = requests.post(f"{self.base}/v1/rest/query", json={"db": "plumbline", "csl": "print x = 1, y = 'a'"},
                               headers={"Authorization": f"Bearer {self.token}"}).json()
        self.assertEqual(answer["Tables"][0]["Rows"], [[1, "a"]])
        self.assertEqual([column["DataType"] for column in answer["Tables"][0]["Columns"]], ["Int64", "String"])

    def test_faults_are_told(self):
        for database, query in [("plumbline", "Findings | where nothing == 1"), ("plumbline", "Findings |"),
                                ("elsewhere", "Findings")]:
            with self.assertRaises(KustoApiError) as caught:
                self.client.execute_query(database, query)
            self.assertEqual(caught.exception.http_response.status_code, 400)
        with self.assertRaises(KustoApiError):
            self.client.execute_mgmt("plumbline", ".drop table resources")


if __name__ == "__main__":
    unittest.main()
