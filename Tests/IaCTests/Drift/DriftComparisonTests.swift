// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IaC

/// What becomes of resources.
@Suite struct DriftComparisonTests {
  private static let bucket = "aws::s3::bucket"
  private static let group = "aws::ec2::securitygroup"

  private func statuses(_ report: DriftReport) -> [String: DriftStatus] {
    Dictionary(report.resources.map { ($0.address.isEmpty ? $0.id : $0.address, $0.status) }, uniquingKeysWith: { $1 })
  }

  @Test func eachResourceGetsItsStatus() throws {
    let report = DriftSample.run(
      [
        try DriftSample.stated("aws_s3_bucket.same", Self.bucket, "arn:aws:s3:::same", #"{"properties":{"A":1}}"#),
        try DriftSample.stated("aws_s3_bucket.other", Self.bucket, "arn:aws:s3:::other", #"{"properties":{"A":1}}"#),
        try DriftSample.stated("aws_s3_bucket.gone", Self.bucket, "arn:aws:s3:::gone", #"{"properties":{"A":1}}"#),
        try DriftSample.stated("aws_thing.there", nil, "arn:aws:s3:::there"),
        try DriftSample.stated("aws_thing.unknown", nil, "arn:aws:thing:::x"),
        try DriftSample.stated("aws_s3_bucket.left", Self.bucket, "arn:aws:s3:::left", #"{"properties":{"A":1}}"#),
      ],
      [
        try DriftSample.live("arn:aws:s3:::same", Self.bucket, #"{"properties":{"A":"1"}}"#),
        try DriftSample.live("arn:aws:s3:::other", Self.bucket, #"{"properties":{"A":2}}"#),
        try DriftSample.live("arn:aws:s3:::there", Self.bucket, #"{"properties":{"A":2}}"#),
        try DriftSample.live("arn:aws:s3:::left", Self.bucket, #"{"properties":{"A":2}}"#),
        try DriftSample.live("arn:aws:s3:::new", Self.bucket, #"{"properties":{"A":2}}"#),
        try DriftSample.live("arn:aws:s3:::elsewhere", Self.bucket, account: "9", #"{"properties":{"A":2}}"#),
      ], ignore: ["aws_s3_bucket.left"])
    #expect(
      statuses(report) == [
        "aws_s3_bucket.same": .inSync, "aws_s3_bucket.other": .drifted, "aws_s3_bucket.gone": .missing,
        "aws_thing.there": .undetermined, "aws_thing.unknown": .undetermined, "aws_s3_bucket.left": .ignored,
        "arn:aws:s3:::new": .unmanaged,
      ])
    #expect(report.coverage == 4.0 / 5.0)
  }

  @Test func nothingIsMissingWhereNobodyLooked() throws {
    let stated = try DriftSample.stated("aws_s3_bucket.a", Self.bucket, "arn:aws:s3:::a", #"{"properties":{"A":1}}"#)
    let report = DriftComparison(rules: DriftSample.rules).run(
      [stated], LiveEstate(resources: [], unseen: { _, _, _, _ in "s3:ListAllMyBuckets was denied" }))
    #expect(report.resources[0].status == .undetermined)
    #expect(report.resources[0].reason == "s3:ListAllMyBuckets was denied")
    #expect(report.resources[0].isUnseen)
  }

  @Test func whatWasNotReadAgainOrNotReadIsUndetermined() throws {
    let stated = try ["a", "b", "c"].map {
      try DriftSample.stated("aws_s3_bucket.\($0)", Self.bucket, "arn:aws:s3:::\($0)", #"{"properties":{"A":1,"B":1}}"#)
    }
    let gaps = [(path: "properties.A", reason: "s3:GetA was denied")]
    let report = DriftSample.run(
      stated,
      [
        try DriftSample.live("arn:aws:s3:::a", Self.bucket, #"{"properties":{"A":2,"B":1}}"#, isRefreshed: false),
        try DriftSample.live("arn:aws:s3:::b", Self.bucket, #"{"properties":{"B":1}}"#, gaps: gaps),
        try DriftSample.live("arn:aws:s3:::c", Self.bucket, #"{"properties":{"B":2}}"#, gaps: gaps),
      ])
    #expect(report.resources.map(\.status) == [.undetermined, .undetermined, .drifted])
    #expect(report.resources[1].reason == "s3:GetA was denied")
  }

  @Test func identityIsByIdArnLinkOrNameInItsPlace() throws {
    let vault = "/subscriptions/S1/resourceGroups/Web/providers/Microsoft.KeyVault/vaults/Shop"
    let report = DriftSample.run(
      [
        try DriftSample.stated(
          "azurerm_key_vault.v", "microsoft.keyvault/vaults", vault, cloud: "azure", account: "s1",
          #"{"properties":{"a":1}}"#),
        try DriftSample.stated("aws_security_group.g", Self.group, "sg-1", #"{"properties":{"A":1}}"#),
        try DriftSample.stated(
          "google_compute_network.n", "compute.googleapis.com/network",
          "https://www.googleapis.com/compute/v1/projects/p/global/networks/n", cloud: "gcp", account: "p",
          #"{"properties":{"a":1}}"#),
      ],
      [
        try DriftSample.live(
          vault.lowercased(), "microsoft.keyvault/vaults", cloud: "azure", account: "s1", #"{"properties":{"a":1}}"#),
        try DriftSample.live(
          "arn:aws:ec2:eu-west-1:9:security-group/sg-1", Self.group, account: "9", #"{"properties":{"A":2}}"#),
        try DriftSample.live(
          "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1", Self.group, #"{"properties":{"A":1}}"#),
        try DriftSample.live(
          "//compute.googleapis.com/projects/p/global/networks/n", "compute.googleapis.com/network", cloud: "gcp",
          account: "p", #"{"properties":{"a":1}}"#),
      ])
    #expect(report.resources.filter { !$0.address.isEmpty }.map(\.status) == [.inSync, .inSync, .inSync])
  }

  @Test func oneResourceUnderTwoAddressesHasMoved() throws {
    let report = DriftSample.run(
      [
        try DriftSample.stated("aws_s3_bucket.a", Self.bucket, "arn:aws:s3:::a", #"{"properties":{"A":1}}"#),
        try DriftSample.stated(
          "module.m.aws_s3_bucket.a", Self.bucket, "arn:aws:s3:::a", state: "b.tfstate", #"{"properties":{"A":1}}"#),
      ], [try DriftSample.live("arn:aws:s3:::a", Self.bucket, #"{"properties":{"A":1}}"#)])
    #expect(report.resources.map(\.status) == [.inSync, .moved])
    #expect(report.resources[1].previousAddress == "aws_s3_bucket.a")
  }

  @Test func partsOfManagedResourcesAreChildrenAndThoseOfOthersAreNot() throws {
    let place = "arn:aws:ec2:eu-west-1:111122223333"
    let report = DriftSample.run(
      [
        try DriftSample.stated(
          "aws_instance.a", "aws::ec2::instance", "\(place):instance/i-1", #"{"properties":{"A":1}}"#)
      ],
      [
        try DriftSample.live("\(place):instance/i-1", "aws::ec2::instance", #"{"properties":{"A":1}}"#),
        try DriftSample.live("\(place):instance/i-2", "aws::ec2::instance", #"{"properties":{"A":1}}"#),
        try DriftSample.live(
          "\(place):volume/vol-1", "aws::ec2::volume", #"{"observed":{"Attachments":[{"InstanceId":"i-1"}]}}"#),
        try DriftSample.live(
          "\(place):volume/vol-2", "aws::ec2::volume", #"{"observed":{"Attachments":[{"InstanceId":"i-2"}]}}"#),
        try DriftSample.live("\(place):vpc/vpc-1", "aws::ec2::vpc", #"{"observed":{"IsDefault":true}}"#),
        try DriftSample.live("\(place):vpc/vpc-2", "aws::ec2::vpc", #"{"observed":{"IsDefault":false}}"#),
        try DriftSample.live(
          "\(place):security-group/sg-1", Self.group, #"{"properties":{"GroupName":"default","VpcId":"vpc-1"}}"#),
        try DriftSample.live(
          "\(place):security-group/sg-2", Self.group, #"{"properties":{"GroupName":"open","VpcId":"vpc-1"}}"#),
        try DriftSample.live(
          "\(place):internet-gateway/igw-1", "aws::ec2::internetgateway",
          #"{"observed":{"Attachments":[{"VpcId":"vpc-1"}]}}"#),
        try DriftSample.live(
          "\(place):internet-gateway/igw-2", "aws::ec2::internetgateway",
          #"{"observed":{"Attachments":[{"VpcId":"vpc-2"}]}}"#),
        try DriftSample.live(
          "arn:aws:iam::111122223333:role/x", "aws::iam::role", #"{"properties":{"Path":"/aws-service-role/x/"}}"#),
      ])
    let children = report.resources.filter { $0.status == .child }.map { LiveIndex.lastPart($0.id) }.sorted()
    let unmanaged = report.resources.filter { $0.status == .unmanaged }.map { LiveIndex.lastPart($0.id) }.sorted()
    #expect(children == ["igw-1", "sg-1", "vol-1", "vpc-1", "x"])
    #expect(unmanaged == ["i-2", "igw-2", "sg-2", "vol-2", "vpc-2"])
  }

  @Test func childrenOfAzureAndGoogle() throws {
    let group = "/subscriptions/s1/resourceGroups/"
    let compute = "//compute.googleapis.com/projects/p/"
    let report = DriftSample.run(
      [
        try DriftSample.stated(
          "azurerm_storage_account.a", "microsoft.storage/storageaccounts",
          group + "web/providers/Microsoft.Storage/storageAccounts/a", cloud: "azure", account: "s1",
          #"{"properties":{"a":1}}"#),
        try DriftSample.stated(
          "google_compute_instance.i", "compute.googleapis.com/instance", compute + "zones/z/instances/i", cloud: "gcp",
          account: "p", #"{"properties":{"a":1}}"#),
      ],
      [
        try DriftSample.live(
          group + "web/providers/Microsoft.Storage/storageAccounts/a", "microsoft.storage/storageaccounts",
          cloud: "azure",
          account: "s1", #"{"properties":{"a":1}}"#),
        try DriftSample.live(
          group + "web/providers/Microsoft.Storage/storageAccounts/a/blobServices/default",
          "microsoft.storage/storageaccounts/blobservices", cloud: "azure", account: "s1", "{}"),
        try DriftSample.live(
          group + "MC_web_aks_westeurope", "microsoft.resources/subscriptions/resourcegroups", cloud: "azure",
          account: "s1",
          #"{"name":"MC_web_aks_westeurope"}"#),
        try DriftSample.live(
          group + "mc_web_aks_westeurope/providers/Microsoft.Network/loadBalancers/k",
          "microsoft.network/loadbalancers", cloud: "azure", account: "s1",
          #"{"id":"/subscriptions/s1/resourceGroups/mc_web_aks_westeurope/providers/Microsoft.Network/loadBalancers/k"}"#
        ),
        try DriftSample.live(
          group + "lab/providers/Microsoft.Network/loadBalancers/k", "microsoft.network/loadbalancers", cloud: "azure",
          account: "s1", #"{"id":"/subscriptions/s1/resourceGroups/lab/providers/Microsoft.Network/loadBalancers/k"}"#),
        try DriftSample.live(
          compute + "zones/z/instances/i", "compute.googleapis.com/instance", cloud: "gcp", account: "p",
          #"{"properties":{"a":1}}"#),
        try DriftSample.live(
          compute + "zones/z/disks/i", "compute.googleapis.com/disk", cloud: "gcp", account: "p",
          #"{"properties":{"users":["https://www.googleapis.com/compute/v1/projects/p/zones/z/instances/i"]}}"#),
        try DriftSample.live(
          compute + "zones/z/disks/j", "compute.googleapis.com/disk", cloud: "gcp", account: "p",
          #"{"properties":{"users":[]}}"#),
        try DriftSample.live(
          compute + "global/networks/default", "compute.googleapis.com/network", cloud: "gcp", account: "p",
          #"{"properties":{"name":"default"}}"#),
        try DriftSample.live(
          compute + "global/firewalls/default-allow-ssh", "compute.googleapis.com/firewall", cloud: "gcp", account: "p",
          #"{"properties":{"name":"default-allow-ssh","network":"https://www.googleapis.com/compute/v1/projects/p/global/networks/default"}}"#
        ),
      ])
    let unmanaged = report.resources.filter { $0.status == .unmanaged }.map { $0.id }.sorted()
    #expect(
      unmanaged == [compute + "zones/z/disks/j", group + "lab/providers/Microsoft.Network/loadBalancers/k"].sorted())
    #expect(report.count(.child) == 6)
  }

  @Test func rulesLeaveOutPaths() throws {
    let report = DriftSample.run(
      [
        try DriftSample.stated(
          "aws_s3_bucket.a", Self.bucket, "arn:aws:s3:::a", #"{"tags":{"cost":"1"},"properties":{"A":1}}"#),
        try DriftSample.stated(
          "aws_s3_bucket.b", Self.bucket, "arn:aws:s3:::b", #"{"tags":{"cost":"1"},"properties":{"A":1}}"#),
      ],
      [
        try DriftSample.live("arn:aws:s3:::a", Self.bucket, #"{"tags":{"cost":"2"},"properties":{"A":1}}"#),
        try DriftSample.live("arn:aws:s3:::b", Self.bucket, #"{"tags":{"cost":"2"},"properties":{"A":2}}"#),
      ], ignore: ["*#tags.cost"])
    #expect(report.resources.map(\.status) == [.inSync, .drifted])
    #expect(report.resources[1].differences.map(\.path) == ["properties.A"])
  }

  // MARK: With code

  private func code(
    _ resources: [(String, String, String)], moves: [(from: String, to: String)] = []
  ) throws -> DriftCode {
    let coded = try resources.map { address, id, json in
      CodeResource(
        source: .terraform, address: address, type: Self.bucket, cloud: "aws", id: id, handles: [],
        place: CodePlace(path: "main.tf", line: 3, column: 1), body: try DriftSample.node(json))
    }
    return DriftCode(resources: coded, addresses: Set(coded.map(\.address)), moves: moves)
  }

  @Test(arguments: [
    ("1", "1", "1", DriftStatus.inSync, DriftVerdict.inSync), ("1", "1", "2", .drifted, .drift),
    ("2", "1", "1", .inSync, .pendingChange), ("2", "1", "2", .drifted, .staleState),
    ("3", "1", "2", .drifted, .conflict),
  ])
  func codeStateAndCloudAreThreeSides(
    _ code: String, _ state: String, _ live: String, _ status: DriftStatus, _ verdict: DriftVerdict
  ) throws {
    let report = DriftSample.run(
      [try DriftSample.stated("aws_s3_bucket.a", Self.bucket, "arn:aws:s3:::a", #"{"properties":{"A":\#(state)}}"#)],
      [try DriftSample.live("arn:aws:s3:::a", Self.bucket, #"{"properties":{"A":\#(live)}}"#)],
      code: try self.code([("aws_s3_bucket.a", "arn:aws:s3:::a", #"{"properties":{"A":\#(code)}}"#)]))
    #expect(report.resources[0].status == status)
    #expect(report.resources[0].verdict == verdict)
    #expect(report.resources[0].differences.map(\.verdict) == (verdict == .inSync ? [] : [verdict]))
  }

  @Test func movedBlocksLeadFromStateToCode() throws {
    let stated = try ["aws_s3_bucket.old", "module.a.aws_s3_bucket.b"].enumerated().map {
      try DriftSample.stated($1, Self.bucket, "arn:aws:s3:::\($0)", #"{"properties":{"A":1}}"#)
    }
    let live = try (0..<2).map { try DriftSample.live("arn:aws:s3:::\($0)", Self.bucket, #"{"properties":{"A":1}}"#) }
    let report = DriftSample.run(
      stated, live,
      code: try code(
        [
          ("aws_s3_bucket.new", "x", #"{"properties":{"A":1}}"#),
          (#"module.b["k"].aws_s3_bucket.b"#, "y", #"{"properties":{"A":1}}"#),
        ], moves: [("aws_s3_bucket.old", "aws_s3_bucket.new"), ("module.a", #"module.b["k"]"#)]))
    #expect(report.resources.map(\.status) == [.moved, .moved])
    #expect(report.resources.map(\.address) == ["aws_s3_bucket.new", #"module.b["k"].aws_s3_bucket.b"#])
    #expect(report.resources.map(\.previousAddress) == ["aws_s3_bucket.old", "module.a.aws_s3_bucket.b"])
  }

  @Test func whatOnlyTheCodeOrOnlyTheStateHasWaits() throws {
    let report = DriftSample.run(
      [try DriftSample.stated("aws_s3_bucket.removed", Self.bucket, "arn:aws:s3:::r", #"{"properties":{"A":1}}"#)],
      [
        try DriftSample.live("arn:aws:s3:::r", Self.bucket, #"{"properties":{"A":1}}"#),
        try DriftSample.live("arn:aws:s3:::byhand", Self.bucket, #"{"properties":{"A":1}}"#),
      ],
      code: try code([
        ("aws_s3_bucket.new", "arn:aws:s3:::new", #"{"properties":{"A":1}}"#),
        ("aws_s3_bucket.byhand", "arn:aws:s3:::byhand", #"{"properties":{"A":1}}"#),
      ]))
    #expect(report.resources.map(\.status) == [.inSync, .undetermined, .unmanaged])
    #expect(report.resources.map(\.verdict) == [.pendingChange, .pendingChange, nil])
    #expect(report.resources[2].reason.contains("import"))
  }

  @Test(arguments: [
    ("a.b", "a.b"), ("a.b[0]", "a.b"), (#"module.m["x].y"].a.b[1]"#, "module.m.a.b"), (#"a.b["q\"]"]"#, "a.b"),
  ]) func keysOfInstancesAreTakenOff(_ address: String, _ bare: String) {
    #expect(CodeSide.withoutKeys(address) == bare)
  }
}
