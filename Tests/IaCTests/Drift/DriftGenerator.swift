// SPDX-License-Identifier: Apache-2.0

import Content
import JSON

@testable import IaC

/// Makes live documents, the state that Terraform would have of them by the inverse of a few rows of a mapping, and changes
/// with labels: what a comparison has to find, and nothing else.
struct DriftGenerator {
  static let mapping = """
    aws_s3_bucket:
      type: aws::s3::bucket
      name: bucket
      set:
        properties.BucketName: "@name"
        properties.VersioningConfiguration.Status: {from: versioning.enabled, as: {true: Enabled, false: Suspended}}
        observed.BucketPolicy: {from: policy, as: json}
    aws_s3_bucket_public_access_block:
      merges:
        - into: aws::s3::bucket
          on: bucket
          set:
            properties.PublicAccessBlockConfiguration.BlockPublicAcls: block_public_acls
            properties.PublicAccessBlockConfiguration.BlockPublicPolicy: block_public_policy
    aws_security_group:
      type: aws::ec2::securitygroup
      set:
        properties.SecurityGroupIngress:
          from: ingress
          each: {IpProtocol: protocol, FromPort: from_port, ToPort: to_port}
          spread: {CidrIp: cidr_blocks}
    """
  static let azure = """
    azurerm_storage_account:
      type: microsoft.storage/storageaccounts
      set:
        properties.supportsHttpsTrafficOnly: https_traffic_only_enabled
        properties.minimumTlsVersion: min_tls_version
        properties.networkAcls.ipRules: {from: network_rules.ip_rules, each: {value: "@value"}}
        sku.name: {text: "{account_tier}_{account_replication_type}"}
    """
  static let google = """
    google_compute_firewall:
      type: compute.googleapis.com/firewall
      set:
        properties.network: network
        properties.disabled: disabled
        properties.priority: priority
        properties.sourceRanges: source_ranges
        properties.allowed: {from: allow, each: {IPProtocol: protocol, ports: ports}}
    """

  /// The shipped content, with the mappings above in the place of its own.
  static func content() throws -> ContentLibrary {
    let shipped = ContentLibrary()
    var files: [ContentFile] = []
    for path in [
      "mappings/drift.yaml", "mappings/cloudformation/identities.yaml", "mappings/terraform/aws/provider.yaml",
      "mappings/terraform/azure/provider.yaml", "mappings/terraform/gcp/provider.yaml",
    ] {
      if let file = try shipped.file(at: path) { files.append(file) }
    }
    for (cloud, text) in [("aws", mapping), ("azure", azure), ("gcp", google)] {
      files.append(ContentFile(path: "mappings/terraform/\(cloud)/test.yaml", bytes: Array(text.utf8)))
    }
    return ContentLibrary(files: files)
  }

  /// One resource, as people think of it.
  struct Thing {
    enum Kind: CaseIterable { case bucket, group, account, firewall }
    let kind: Kind
    let number: Int
    var flag: Bool
    var word: String
    var ports: [Int]
    var tags: [(String, String)]
    /// A public access block, where it is a bucket.
    var block: Bool
    var principal: String
  }

  var random: SeededNumbers
  /// What was done to the live side: address and path, or address and status.
  private(set) var labels: Set<String> = []
  private(set) var statuses: [String: DriftStatus] = [:]
  private(set) var live: [LiveResource] = []
  private(set) var stateResources: [JSONDraft] = []

  init(seed: UInt64) { random = SeededNumbers(state: seed) }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  private mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: list.indices, using: &random)] }

  mutating func make(_ count: Int) throws {
    for number in 0..<count {
      let kind = pick(Thing.Kind.allCases)
      let thing = Thing(
        kind: kind, number: number, flag: chance(50), word: pick(words(kind)),
        ports: Array(Set((0..<Int.random(in: 1...4, using: &random)).map { _ in pick([22, 80, 443, 5432, 8080]) })),
        tags: [("owner", pick(["a", "b"])), ("Stage", pick(["Prod", "test"]))].filter { _ in chance(80) },
        block: chance(50), principal: "111122223333")
      let fate = Int.random(in: 0..<100, using: &random)
      if fate < 8 {
        try addLive(thing)
        statuses[id(thing)] = .unmanaged
        continue
      }
      addState(thing)
      guard fate >= 16 else {
        statuses[address(thing)] = .missing
        if thing.kind == .bucket, thing.block { statuses[blockAddress(thing)] = .missing }
        continue
      }
      var changed = thing
      let paths = chance(50) ? change(&changed) : []
      // What the public access block settles is its own.
      let ofBlock = paths.filter { $0.hasPrefix("properties.PublicAccessBlock") }
      statuses[address(thing)] = paths.subtracting(ofBlock).isEmpty ? .inSync : .drifted
      if thing.kind == .bucket, thing.block { statuses[blockAddress(thing)] = ofBlock.isEmpty ? .inSync : .drifted }
      for path in paths { labels.insert("\(ofBlock.contains(path) ? blockAddress(thing) : address(thing)) \(path)") }
      try addLive(changed)
    }
  }

  private func words(_ kind: Thing.Kind) -> [String] {
    switch kind {
    case .account: ["TLS1_2", "TLS1_0"]
    case .firewall: ["default", "shop"]
    default: ["x"]
    }
  }

  /// Changes one or two things, and tells the paths.
  private mutating func change(_ thing: inout Thing) -> Set<String> {
    var paths: Set<String> = []
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        if thing.tags.isEmpty {
          thing.tags.append(("new", "1"))
          paths.insert("tags.new")
        } else if !paths.contains(where: { $0.hasPrefix("tags.") }) {
          let removed = thing.tags.removeLast()
          paths.insert("tags.\(removed.0)")
        }
      case 1 where !paths.contains(where: { $0.hasPrefix("tags.") }) && !thing.tags.isEmpty:
        thing.tags[0].1 += "x"
        paths.insert("tags.\(thing.tags[0].0)")
      case 2:
        guard let path = portPath(thing.kind), !paths.contains(path) else { continue }
        thing.ports.append(3389)
        paths.insert(path)
      case 3:
        guard let path = portPath(thing.kind), !paths.contains(path), thing.ports.count > 1 else { continue }
        thing.ports.removeFirst()
        paths.insert(path)
      case 4:
        let path = flagPath(thing.kind)
        guard let path, paths.insert(path).inserted else { continue }
        thing.flag.toggle()
      default:
        switch thing.kind {
        case .bucket where thing.block && !paths.contains("properties.PublicAccessBlockConfiguration.BlockPublicAcls"):
          thing.block = false
          paths.formUnion([
            "properties.PublicAccessBlockConfiguration.BlockPublicAcls",
            "properties.PublicAccessBlockConfiguration.BlockPublicPolicy",
          ])
        case .bucket where paths.insert("observed.BucketPolicy").inserted: thing.principal = "*"
        case .account where paths.insert("properties.minimumTlsVersion").inserted:
          thing.word = thing.word == "TLS1_2" ? "TLS1_1" : "TLS1_2"
        case .firewall where paths.insert("properties.network").inserted: thing.word += "-2"
        default: continue
        }
      }
    }
    return paths
  }

  private func portPath(_ kind: Thing.Kind) -> String? {
    switch kind {
    case .bucket: nil
    case .group: "properties.SecurityGroupIngress"
    case .account: "properties.networkAcls.ipRules"
    case .firewall: "properties.allowed"
    }
  }

  private func flagPath(_ kind: Thing.Kind) -> String? {
    switch kind {
    case .bucket: "properties.VersioningConfiguration.Status"
    case .group: nil
    case .account: "properties.supportsHttpsTrafficOnly"
    case .firewall: "properties.disabled"
    }
  }

  // MARK: Names

  private func terraformType(_ kind: Thing.Kind) -> String {
    switch kind {
    case .bucket: "aws_s3_bucket"
    case .group: "aws_security_group"
    case .account: "azurerm_storage_account"
    case .firewall: "google_compute_firewall"
    }
  }

  func address(_ thing: Thing) -> String { "\(terraformType(thing.kind)).r\(thing.number)" }
  private func blockAddress(_ thing: Thing) -> String { "aws_s3_bucket_public_access_block.r\(thing.number)" }

  private func id(_ thing: Thing) -> String {
    switch thing.kind {
    case .bucket: "arn:aws:s3:::b\(thing.number)"
    case .group: "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-\(thing.number)"
    case .account:
      "/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/a\(thing.number)"
    case .firewall: "//compute.googleapis.com/projects/p/global/firewalls/f\(thing.number)"
    }
  }

  // MARK: Live

  private mutating func addLive(_ thing: Thing) throws {
    var properties: [(key: String, value: JSONDraft)] = [
      ("etag", .string("\(random.next())")), ("notMapped", .bool(true)),
    ]
    var members: [(key: String, value: JSONDraft)] = []
    let shuffled = thing.ports.shuffled(using: &random)
    let type: String
    switch thing.kind {
    case .bucket:
      type = "aws::s3::bucket"
      properties.append(("BucketName", .string("b\(thing.number)")))
      properties.append(
        ("VersioningConfiguration", .object([("Status", .string(thing.flag ? "Enabled" : "Suspended"))])))
      if thing.block {
        properties.append(
          (
            "PublicAccessBlockConfiguration",
            .object([("BlockPublicAcls", .bool(true)), ("BlockPublicPolicy", .bool(true)), ("Other", .bool(true))])
          ))
      }
      members.append(("observed", .object([("BucketPolicy", policy(thing, live: true))])))
    case .group:
      type = "aws::ec2::securitygroup"
      let rules = shuffled.map { port -> JSONDraft in
        .object([
          ("ToPort", .int(Int64(port))), ("FromPort", .int(Int64(port))), ("IpProtocol", .string("tcp")),
          ("CidrIp", .string("10.0.0.0/8")), ("Id", .string("sgr-\(port)")),
        ])
      }
      properties.append(("SecurityGroupIngress", .array(rules)))
    case .account:
      type = "microsoft.storage/storageaccounts"
      properties.append(("provisioningState", .string(chance(50) ? "Succeeded" : "Updating")))
      properties.append(("supportsHttpsTrafficOnly", .bool(thing.flag)))
      properties.append(("minimumTlsVersion", .string(chance(50) ? thing.word : thing.word.lowercased())))
      properties.append(
        (
          "networkAcls",
          .object([
            (
              "ipRules",
              .array(shuffled.map { .object([("value", .string("10.0.0.\($0)")), ("action", .string("Allow"))]) })
            )
          ])
        ))
      members.append(("sku", .object([("name", .string("Standard_LRS")), ("tier", .string("Standard"))])))
      members.append(("location", .string("westeurope")))
    case .firewall:
      type = "compute.googleapis.com/firewall"
      let link = "https://www.googleapis.com/compute/v1/projects/p/global/networks/\(thing.word)"
      properties.append(("network", .string(link)))
      // What is false is left out by Google's APIs.
      if thing.flag { properties.append(("disabled", .bool(true))) }
      properties.append(("priority", chance(50) ? .int(1000) : .string("1000")))
      properties.append(
        ("sourceRanges", .array([.string("10.0.0.0/8"), .string("0.0.0.0/0")].shuffled(using: &random))))
      properties.append(
        (
          "allowed",
          .array(shuffled.map { .object([("IPProtocol", .string("tcp")), ("ports", .array([.string("\($0)")]))]) })
        ))
    }
    let tags = thing.tags.shuffled(using: &random).map { (key: $0.0, value: JSONDraft.string($0.1)) }
    members += [("id", .string(id(thing))), ("properties", .object(properties))]
    members.append(("tags", .object(tags + (thing.kind == .bucket ? [("aws:x", .string("y"))] : []))))
    let account = thing.kind == .account ? "s1" : thing.kind == .firewall ? "p" : "111122223333"
    live.append(
      LiveResource(
        id: thing.kind == .account && chance(50) ? id(thing).lowercased() : id(thing), type: type,
        cloud: thing.kind == .account ? "azure" : thing.kind == .firewall ? "gcp" : "aws", account: account,
        region: "eu-west-1", document: JSONDraft.object(members).document().root))
  }

  private mutating func policy(_ thing: Thing, live: Bool) -> JSONDraft {
    let action: JSONDraft = chance(50) ? .string("s3:GetObject") : .array([.string("s3:getobject")])
    let principal: JSONDraft =
      thing.principal == "*"
      ? .string("*")
      : .object([("AWS", .string(chance(50) ? thing.principal : "arn:aws:iam::\(thing.principal):root"))])
    let resources = [JSONDraft.string("arn:a"), .string("arn:b")].shuffled(using: &random)
    let statement = JSONDraft.object([
      ("Effect", .string("Allow")), ("Action", action), ("Principal", principal), ("Resource", .array(resources)),
    ])
    let document = JSONDraft.object([
      ("Version", .string("2012-10-17")), ("Statement", chance(50) ? statement : .array([statement])),
    ])
    return live && chance(50) ? document : .string(document.document().root.text)
  }

  // MARK: State

  private mutating func addState(_ thing: Thing) {
    var attributes: [(key: String, value: JSONDraft)] = []
    let tags = JSONDraft.object(thing.tags.map { ($0.0, .string($0.1)) })
    let shuffled = thing.ports.shuffled(using: &random)
    switch thing.kind {
    case .bucket:
      attributes = [
        ("id", .string("b\(thing.number)")), ("arn", .string(id(thing))), ("bucket", .string("b\(thing.number)")),
        ("versioning", .array([.object([("enabled", .bool(thing.flag)), ("mfa_delete", .bool(false))])])),
        ("policy", policy(thing, live: false)), ("tags", .null), ("tags_all", tags),
      ]
    case .group:
      let rules = shuffled.map { port -> JSONDraft in
        .object([
          ("from_port", .int(Int64(port))), ("to_port", .int(Int64(port))), ("protocol", .string("tcp")),
          ("cidr_blocks", .array([.string("10.0.0.0/8")])), ("self", .bool(false)),
        ])
      }
      attributes = [
        ("id", .string("sg-\(thing.number)")), ("arn", .string(id(thing))), ("ingress", .array(rules)),
        ("tags", tags), ("tags_all", tags), ("name", .string("g\(thing.number)")),
      ]
    case .account:
      attributes = [
        ("id", .string(id(thing).replacing("resourceGroups", with: chance(50) ? "resourceGroups" : "resourcegroups"))),
        ("name", .string("a\(thing.number)")), ("location", .string(chance(50) ? "westeurope" : "West Europe")),
        ("https_traffic_only_enabled", .bool(thing.flag)), ("min_tls_version", .string(thing.word)),
        (
          "network_rules",
          .array([.object([("ip_rules", .array(shuffled.map { .string("10.0.0.\($0)") }))])])
        ), ("account_tier", .string("Standard")), ("account_replication_type", .string("LRS")), ("tags", tags),
        ("primary_access_key", .string("a-secret-of-the-state")),
      ]
    case .firewall:
      let rules = shuffled.map { port -> JSONDraft in
        .object([("protocol", .string("tcp")), ("ports", .array([.string("\(port)")]))])
      }
      attributes = [
        ("id", .string("projects/p/global/firewalls/f\(thing.number)")), ("name", .string("f\(thing.number)")),
        ("network", .string("projects/p/global/networks/\(thing.word)")), ("disabled", .bool(thing.flag)),
        ("priority", .int(1000)), ("source_ranges", .array([.string("0.0.0.0/0"), .string("10.0.0.0/8")])),
        ("allow", .array(rules)), ("labels", tags), ("project", .string("p")),
      ]
    }
    stateResources.append(Self.resource(terraformType(thing.kind), "r\(thing.number)", attributes))
    guard thing.kind == .bucket, thing.block else { return }
    stateResources.append(
      Self.resource(
        "aws_s3_bucket_public_access_block", "r\(thing.number)",
        [
          ("id", .string("b\(thing.number)")), ("bucket", .string("b\(thing.number)")),
          ("block_public_acls", .bool(true)), ("block_public_policy", .bool(true)),
        ]))
  }

  static func resource(_ type: String, _ name: String, _ attributes: [(key: String, value: JSONDraft)]) -> JSONDraft {
    let cloud = type.split(separator: "_").first ?? ""
    return .object([
      ("mode", .string("managed")), ("type", .string(type)), ("name", .string(name)),
      ("provider", .string("provider[\"registry.terraform.io/hashicorp/\(cloud)\"]")),
      ("instances", .array([.object([("schema_version", .int(0)), ("attributes", .object(attributes))])])),
    ])
  }

  var state: [UInt8] {
    // One resource per line: the place of a part is the line that it stands on.
    let head = #"{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","outputs":{},"resources":["#
    return Array((head + "\n" + stateResources.map { $0.document().root.text }.joined(separator: ",\n") + "\n]}").utf8)
  }
}
