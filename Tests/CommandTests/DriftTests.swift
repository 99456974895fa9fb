// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Testing

/// `plumb drift`: contoso is served by the twin and scanned, and states written by hand are compared with it.
@Suite(.serialized) struct DriftTests {
  /// Mappings of the test's own, so that it says what is compared.
  static let mappings: [String: String] = [
    "aws": """
    aws_s3_bucket:
      type: aws::s3::bucket
      name: bucket
      set: {properties.BucketName: "@name", properties.VersioningConfiguration.Status: {from: versioning.enabled, as: {true: Enabled, false: Suspended}}}
    aws_s3_bucket_public_access_block:
      merges:
        - into: aws::s3::bucket
          on: bucket
          set:
            properties.PublicAccessBlockConfiguration.BlockPublicAcls: block_public_acls
            properties.PublicAccessBlockConfiguration.BlockPublicPolicy: block_public_policy
            properties.PublicAccessBlockConfiguration.IgnorePublicAcls: ignore_public_acls
            properties.PublicAccessBlockConfiguration.RestrictPublicBuckets: restrict_public_buckets
    aws_security_group:
      type: aws::ec2::securitygroup
      set:
        properties.GroupDescription: description
        properties.VpcId: vpc_id
        properties.SecurityGroupIngress:
          from: ingress
          each: {IpProtocol: protocol, FromPort: from_port, ToPort: to_port}
          spread: {CidrIp: cidr_blocks}
    aws_instance:
      type: aws::ec2::instance
      set: {properties.InstanceType: instance_type, properties.UserData: user_data, properties.MetadataOptions.HttpTokens: metadata_options.http_tokens}
    aws_vpc: {type: "aws::ec2::vpc", set: {properties.CidrBlock: cidr_block}}
    aws_ebs_volume: {type: "aws::ec2::volume", set: {properties.Size: size}}
    """,
    "azure": """
    azurerm_storage_account:
      type: microsoft.storage/storageaccounts
      set:
        properties.supportsHttpsTrafficOnly: https_traffic_only_enabled
        properties.minimumTlsVersion: min_tls_version
        properties.allowBlobPublicAccess: allow_nested_items_to_be_public
        sku.name: {text: "{account_tier}_{account_replication_type}"}
    """,
    "gcp": """
    google_compute_firewall:
      type: compute.googleapis.com/firewall
      set:
        properties.network: network
        properties.priority: priority
        properties.sourceRanges: source_ranges
        properties.allowed: {from: allow, each: {IPProtocol: protocol, ports: ports}}
    google_storage_bucket:
      type: storage.googleapis.com/bucket
      id: "//storage.googleapis.com/{name}"
      set: {properties.storageClass: storage_class, properties.iamConfiguration.publicAccessPrevention: public_access_prevention}
    """,
  ]

  private static let ec2 = "arn:aws:ec2:eu-west-1:444455556666:"

  private static func resource(_ type: String, _ name: String, _ attributes: String, sensitive: String = "[]") -> String
  {
    """
    {"mode":"managed","type":"\(type)","name":"\(name)","provider":"provider[\\"registry.terraform.io/hashicorp/x\\"]",
     "instances":[{"schema_version":0,"attributes":\(attributes),"sensitive_attributes":\(sensitive)}]}
    """
  }

  private static func state(_ resources: [String]) -> String {
    """
    {"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"a","outputs":{},"resources":[
    \(resources.joined(separator: ",\n"))
    ]}
    """
  }

  /// The shop as its team believes it to be.
  private static func shop(_ storage: String) -> String {
    let group = """
      {"id":"sg-0c0a1b2c3d4e50001","arn":"\(ec2)security-group/sg-0c0a1b2c3d4e50001","name":"shop-web","description":"Web servers","vpc_id":"vpc-0c0a1b2c3d4e50001",
       "ingress":[{"protocol":"tcp","from_port":443,"to_port":443,"cidr_blocks":["0.0.0.0/0"]}],"tags":{"owner":"shop-team"},
       "tags_all":{"owner":"shop-team"}}
      """
    func bucket(_ name: String, _ versioning: String, _ tags: String) -> String {
      """
      {"id":"\(name)","arn":"arn:aws:s3:::\(name)","bucket":"\(name)","versioning":[{"enabled":\(versioning)}],"tags":null,"tags_all":\(tags)}
      """
    }
    func block(_ name: String) -> String {
      """
      {"id":"\(name)","bucket":"\(name)","block_public_acls":true,"block_public_policy":true,"ignore_public_acls":true,"restrict_public_buckets":true}
      """
    }
    return state([
      resource(
        "aws_vpc", "shop",
        """
        {"id":"vpc-0c0a1b2c3d4e50001","arn":"\(ec2)vpc/vpc-0c0a1b2c3d4e50001","cidr_block":"10.60.0.0/16",
         "tags_all":{"owner":"shop-team","Name":"shop","environment":"prod"},"tags":{"Name":"shop"}}
        """),
      resource("aws_security_group", "web", group),
      resource(
        "aws_s3_bucket", "orders",
        bucket("contoso-shop-orders", "true", #"{"owner":"shop-team","data-classification":"confidential"}"#)),
      resource("aws_s3_bucket_public_access_block", "orders", block("contoso-shop-orders")),
      resource(
        "aws_s3_bucket", "exports",
        bucket(
          "contoso-shop-customer-exports", "false",
          #"{"owner":"shop-team","criticality":"high","data-classification":"confidential"}"#)),
      resource("aws_s3_bucket_public_access_block", "exports", block("contoso-shop-customer-exports")),
      resource("aws_s3_bucket", "gone", bucket("contoso-shop-gone", "true", "{}")),
      resource("aws_s3_bucket", "elsewhere", #"{"id":"x","arn":"arn:aws:s3:::x","bucket":"x"}"#),
      resource(
        "aws_instance", "web",
        """
        {"id":"i-0c0a1b2c3d4e50001","arn":"\(ec2)instance/i-0c0a1b2c3d4e50001","instance_type":"m6i.large",
         "user_data":"export DATABASE_PASSWORD=the-secret-of-the-state","password_data":"the-secret-of-the-state",
         "metadata_options":[{"http_tokens":"optional"}],
         "tags_all":{"Name":"shop-web-1","owner":"shop-team","environment":"prod","criticality":"high"},"tags":{}}
        """, sensitive: #"[[{"type":"get_attr","value":"user_data"}]]"#),
      resource(
        "azurerm_storage_account", "customers",
        """
        {"id":"\(storage)","name":"stcontosocustomers","location":"West Europe","https_traffic_only_enabled":true,"min_tls_version":"TLS1_0",
         "allow_nested_items_to_be_public":true,"account_tier":"Standard","account_replication_type":"LRS",
         "primary_access_key":"the-secret-of-the-state",
         "tags":{"owner":"shop-team","criticality":"high","data-classification":"confidential","environment":"prod"}}
        """),
      resource(
        "google_compute_firewall", "ssh",
        """
        {"id":"projects/contoso-shop-prod/global/firewalls/shop-allow-ssh","name":"shop-allow-ssh","project":"contoso-shop-prod",
         "network":"https://www.googleapis.com/compute/v1/projects/contoso-shop-prod/global/networks/shop","priority":1000,
         "source_ranges":["10.0.0.0/8"],"allow":[{"protocol":"tcp","ports":["22"]}]}
        """),
      resource(
        "google_storage_bucket", "clicks",
        """
        {"id":"contoso-shop-clicks","name":"contoso-shop-clicks","project":"contoso-shop-prod","storage_class":"STANDARD",
         "self_link":"https://www.googleapis.com/storage/v1/b/contoso-shop-clicks",
         "labels":{"owner":"shop-team"},"terraform_labels":{"owner":"shop-team","data-classification":"internal"}}
        """),
      resource("random_id", "suffix", #"{"id":"abc"}"#),
      resource("aws_thing", "strange", #"{"id":"t","arn":"arn:aws:thing:eu-west-1:444455556666:t"}"#),
    ])
  }

  private static let other = state([
    resource(
      "aws_vpc", "elsewhere",
      #"{"id":"vpc-1","arn":"arn:aws:ec2:eu-west-1:999999999999:vpc/vpc-1","cidr_block":"10.0.0.0/8"}"#)
  ])

  private struct Scanned {
    let folder: String

    init() throws {
      let folder = scratch()
      let data = folder + "/data"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let demo = try run(plumb, ["demo", "--data", data])
      try #require(demo.status == 0, "\(demo.complaint)")
      let found = try run(
        plumb,
        ["query", "resources | where name == 'stcontosocustomers' | project id", "--data", data, "--format", "csv"])
      let storage = found.output.split(whereSeparator: \.isNewline).dropFirst().first.map(String.init) ?? ""
      try #require(storage.hasPrefix("/subscriptions/"), "\(found.output)")
      self.folder = folder
      let content = ContentLibrary()
      for file in try content.files(under: "mappings/terraform") where !file.path.hasSuffix("provider.yaml") {
        try write("{}", "content/" + file.path)
      }
      for (cloud, text) in DriftTests.mappings { try write(text, "content/mappings/terraform/\(cloud)/test.yaml") }
      // Azure gives ids back in another case than it was given.
      let shouted = "/subscriptions/" + storage.dropFirst("/subscriptions/".count).uppercased()
      try write(DriftTests.shop(shouted), "shop.tfstate")
      try write(DriftTests.other, "other.tfstate")
    }

    func write(_ text: String, _ path: String) throws {
      let full = URL(fileURLWithPath: folder + "/" + path)
      try FileManager.default.createDirectory(at: full.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: full, atomically: true, encoding: .utf8)
    }

    func drift(_ arguments: String..., format: String = "json") throws -> Run {
      try run(
        plumb,
        ["drift", "--data", folder + "/data", "--content", folder + "/content", "--format", format] + arguments)
    }

    func rows(_ query: String) throws -> [JSONValue] {
      let result = try run(plumb, ["query", query, "--data", folder + "/data", "--format", "ndjson"])
      try #require(result.status == 0, "\(result.complaint)")
      return try result.output.split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
    }
  }

  // The estate is scanned once for all tests.
  private static let scanned = Result { try Scanned() }

  private func resources(_ run: Run) throws -> [String: JSONValue] {
    let root = try JSONDocument(parsing: Array(run.output.utf8)).root
    return Dictionary(
      (root["resources"]?.elements.map { $0 } ?? []).map {
        ($0["address"]?.string ?? $0["resourceId"]?.string ?? "", $0)
      }, uniquingKeysWith: { first, _ in first })
  }

  private func paths(_ resource: JSONValue?) -> [String] {
    (resource?["differences"]?.elements.map { $0 } ?? []).compactMap { $0["path"]?.string }.sorted()
  }

  private func checks(_ resource: JSONValue?) -> [String] {
    (resource?["checks"]?.elements.map { $0 } ?? []).compactMap { $0["id"]?.string }
  }

  @Test func eachResourceOfThreeCloudsIsTold() throws {
    let scanned = try Self.scanned.get()
    let run = try scanned.drift(
      "--state", scanned.folder + "/shop.tfstate", "--state", scanned.folder + "/other.tfstate")
    let found = try resources(run)
    func status(_ address: String) -> String? { found[address]?["status"]?.string }
    #expect(status("aws_vpc.shop") == "in_sync", "\(found["aws_vpc.shop"]?.text ?? "")")
    #expect(status("aws_s3_bucket.orders") == "in_sync", "\(found["aws_s3_bucket.orders"]?.text ?? "")")
    #expect(status("aws_s3_bucket_public_access_block.orders") == "in_sync")
    #expect(status("aws_instance.web") == "in_sync", "\(found["aws_instance.web"]?.text ?? "")")
    #expect(status("google_storage_bucket.clicks") == "in_sync", "\(found["google_storage_bucket.clicks"]?.text ?? "")")
    #expect(status("aws_s3_bucket.gone") == "missing")
    #expect(status("aws_vpc.elsewhere") == "undetermined")
    #expect(found["aws_vpc.elsewhere"]?["reason"]?.string == "the account 999999999999 was not scanned")
    #expect(status("aws_thing.strange") == "undetermined")
    #expect(status("random_id.suffix") == nil)

    #expect(status("aws_security_group.web") == "drifted")
    let ingress = found["aws_security_group.web"]?["differences"]?[0]
    #expect(paths(found["aws_security_group.web"]) == ["properties.SecurityGroupIngress"])
    #expect(ingress?["added"]?[0]?["FromPort"]?.int64 == 22 && ingress?["added"]?.count == 1)
    #expect(checks(found["aws_security_group.web"]).contains { $0.hasPrefix("aws.ec2.") })
    #expect(found["aws_security_group.web"]?["severity"]?.string != nil)

    // The bucket is as it was made; its public access block is not.
    #expect(status("aws_s3_bucket.exports") == "in_sync")
    let block = found["aws_s3_bucket_public_access_block.exports"]
    #expect(block?["status"]?.string == "drifted" && paths(block).count == 4, "\(block?.text ?? "")")
    #expect(checks(block).contains("aws.s3.public-access-block"))
    #expect(block?["severity"]?.string == "critical")

    #expect(status("azurerm_storage_account.customers") == "drifted")
    #expect(paths(found["azurerm_storage_account.customers"]) == ["properties.supportsHttpsTrafficOnly"])
    #expect(!checks(found["azurerm_storage_account.customers"]).isEmpty)
    #expect(paths(found["google_compute_firewall.ssh"]) == ["properties.sourceRanges"])
    #expect(!checks(found["google_compute_firewall.ssh"]).isEmpty)

    #expect(status(Self.ec2 + "volume/vol-0c0a1b2c3d4e50001") == "child")
    #expect(status(Self.ec2 + "volume/vol-0c0a1b2c3d4e50003") == "unmanaged")
    #expect(status(Self.ec2 + "security-group/sg-0c0a1b2c3d4e50004") == "unmanaged")
    #expect(status(Self.ec2 + "security-group/sg-0c0a1b2c3d4e50005") == "child")
    #expect(
      status("//compute.googleapis.com/projects/contoso-shop-prod/global/firewalls/shop-allow-rdp") == "unmanaged")
    // An account that was not scanned: it cannot be told.
    #expect(run.status == 3, "\(run.complaint)")
  }

  @Test func whatFailsIsChosen() throws {
    let scanned = try Self.scanned.get()
    let state = scanned.folder + "/shop.tfstate"
    #expect(try scanned.drift("--state", state, "--fail-on", "drift").status == 1)
    #expect(try scanned.drift("--state", state, "--fail-on", "low").status == 1)
    #expect(try scanned.drift("--state", state, "--fail-on", "pending").status == 0)
    let wrong = try scanned.drift("--state", state, "--fail-on", "drft")
    #expect(wrong.status == 2 && wrong.complaint.contains("did you mean 'drift'?"), "\(wrong.complaint)")
    let ignored = try scanned.drift("--state", state, "--ignore", "*", "--fail-on", "drift,unmanaged")
    #expect(ignored.status == 0, "\(ignored.complaint)")
  }

  @Test(arguments: ["table", "json", "csv", "sarif", "markdown"]) func noSecretIsEverShown(_ format: String) throws {
    let scanned = try Self.scanned.get()
    let run = try scanned.drift("--state", scanned.folder + "/shop.tfstate", format: format)
    #expect(run.output.contains("aws_security_group.web"))
    #expect(!run.output.contains("the-secret-of-the-state") && !run.complaint.contains("the-secret-of-the-state"))
    let store = try Data(contentsOf: URL(fileURLWithPath: scanned.folder + "/data/plumbline.sqlite"))
    #expect(store.range(of: Data("the-secret-of-the-state".utf8)) == nil)
  }

  @Test func tablesHoldTheComparison() throws {
    let scanned = try Self.scanned.get()
    _ = try scanned.drift("--state", scanned.folder + "/shop.tfstate")
    _ = try scanned.drift("--state", scanned.folder + "/shop.tfstate")
    let statuses = try scanned.rows("IacResources | where stateUri != '' | summarize n = count() by status")
    #expect(Set(statuses.compactMap { $0["status"]?.string }) == ["in_sync", "drifted", "missing", "undetermined"])
    let ports = try scanned.rows(
      """
      IacDrift | where time == toscalar(IacRuns | summarize max(time)) and address == 'aws_security_group.web'
      | project path, added = array_length(actual) - array_length(expected), severity, n = array_length(checkIds), codeLocation,
        old = firstSeen < time
      """)
    #expect(ports.count == 1)
    #expect(ports[0]["path"]?.string == "properties.SecurityGroupIngress" && ports[0]["added"]?.int64 == 1)
    #expect(ports[0]["severity"]?.string != "" && ports[0]["n"]?.int64 ?? 0 > 0 && ports[0]["old"]?.boolean == true)
    #expect(ports[0]["codeLocation"]?.string?.contains("shop.tfstate:") ?? false)
    let runs = try scanned.rows("IacRuns | project coverage, drifted = toint(counts.drifted), states")
    #expect(
      runs.count >= 2 && runs[runs.count - 1]["coverage"]?.double ?? 0 > 0 && runs[runs.count - 1]["states"]?.count == 1
    )
  }

  @Test func codeIsTheThirdSide() throws {
    let scanned = try Self.scanned.get()
    try scanned.write(
      """
      provider "aws" {
        region = "eu-west-1"
        default_tags { tags = { owner = "shop-team" } }
      }
      variable "cidr" { default = "10.60.0.0/16" }
      resource "aws_vpc" "shop" {
        cidr_block = var.cidr
        tags       = { Name = "shop", environment = "prod" }
      }
      resource "aws_security_group" "front" {
        name        = "shop-web"
        description = "Web servers"
        vpc_id      = aws_vpc.shop.id
        ingress {
          protocol    = "tcp"
          from_port   = 443
          to_port     = 443
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
      moved {
        from = aws_security_group.web
        to   = aws_security_group.front
      }
      resource "aws_s3_bucket" "exports" {
        bucket = "contoso-shop-customer-exports"
        tags   = { criticality = "high", data-classification = "public" }
      }
      resource "aws_s3_bucket_public_access_block" "exports" {
        bucket                  = aws_s3_bucket.exports.id
        block_public_acls       = false
        block_public_policy     = true
        ignore_public_acls      = true
        restrict_public_buckets = true
        lifecycle { ignore_changes = [restrict_public_buckets] }
      }
      resource "aws_s3_bucket" "images" {
        bucket = "contoso-shop-images"
      }
      resource "aws_s3_bucket" "coming" {
        bucket = "contoso-shop-coming"
      }
      """, "code/main.tf")
    let run = try scanned.drift(
      "--state", scanned.folder + "/shop.tfstate", "--code", scanned.folder + "/code", "--ignore", "aws_instance.*")
    let found = try resources(run)
    #expect(found["aws_vpc.shop"]?["verdict"]?.string == "in sync", "\(found["aws_vpc.shop"]?.text ?? run.complaint)")
    let group = found["aws_security_group.front"]
    #expect(group?["previousAddress"]?.string == "aws_security_group.web")
    // What the code refers to is taken from the state.
    #expect(paths(group) == ["properties.SecurityGroupIngress"])
    #expect(group?["differences"]?[0]?["verdict"]?.string == "drift")
    #expect(
      group?["differences"]?[0]?["codeLocation"]?.string?.contains("code/main.tf:14") ?? false, "\(group?.text ?? "")")
    func verdicts(_ address: String) -> [String: String] {
      let differences = found[address]?["differences"]?.elements.map { $0 } ?? []
      return Dictionary(
        differences.map { ($0["path"]?.string ?? "", $0["verdict"]?.string ?? "") }, uniquingKeysWith: { $1 })
    }
    #expect(verdicts("aws_s3_bucket.exports") == ["tags.data-classification": "pending change"])
    #expect(
      verdicts("aws_s3_bucket_public_access_block.exports") == [
        "properties.PublicAccessBlockConfiguration.BlockPublicAcls": "stale state",
        "properties.PublicAccessBlockConfiguration.BlockPublicPolicy": "drift",
        "properties.PublicAccessBlockConfiguration.IgnorePublicAcls": "drift",
      ])
    #expect(found["aws_s3_bucket_public_access_block.orders"]?["verdict"]?.string == "pending change")
    #expect(found["aws_s3_bucket.orders"]?["verdict"]?.string == "pending change")
    #expect(found["aws_s3_bucket.coming"]?["verdict"]?.string == "pending change")
    #expect(found["arn:aws:s3:::contoso-shop-images"]?["reason"]?.string?.contains("aws_s3_bucket.images") ?? false)
    #expect(found["aws_instance.web"]?["status"]?.string == "ignored")
  }

  @Test func badInputIsOneClearMessage() throws {
    let scanned = try Self.scanned.get()
    try scanned.write("{\n  \"version\": 3\n}", "old.tfstate")
    try scanned.write("{ \"secret\": \"the-secret-of-the-state\", ", "broken.tfstate")
    for (file, words) in [
      ("old.tfstate", "version 3"), ("broken.tfstate", "broken.tfstate:1"), ("none.tfstate", "cannot be read"),
    ] {
      let run = try scanned.drift("--state", scanned.folder + "/" + file)
      #expect(run.status == 2 && run.complaint.contains(words) && run.output.isEmpty, "\(run.complaint)")
      #expect(!run.complaint.contains("the-secret-of-the-state"))
    }
    let empty = try run(
      plumb, ["drift", "--state", scanned.folder + "/shop.tfstate", "--data", scanned.folder + "/other"])
    #expect(empty.status == 2 && empty.complaint.contains("plumb scan"), "\(empty.complaint)")
  }
}
