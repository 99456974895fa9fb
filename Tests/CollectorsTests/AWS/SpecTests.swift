// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Specs
import Testing

@testable import Collectors

struct SpecTests {
  static func apply(_ transform: String, _ json: String) throws -> JSONValue? {
    let value = try JSONDocument.parse(json).root
    return try #require(Transform(rawValue: transform)).apply(.value(value))?.finished
  }

  @Test(arguments: [
    ("policy", #""%7B%22a%22%3A1%7D""#, #"{"a":1}"#),
    ("policy", #""{\"a\":1}""#, #"{"a":1}"#),
    ("tags", #"[{"Key":"a","Value":"b"}]"#, #"{"a":"b"}"#),
    ("bool", #""TRUE""#, "true"),
    ("int", #""30""#, "30"),
    ("enabled", #""ENABLED""#, "true"),
    ("policy", #""{\\\"a\\\":1}""#, #"{"a":1}"#),
    ("pascal", #"{"type":"S3","logs":[{"s3Key":"vpcId"}]}"#, #"{"Type":"S3","Logs":[{"S3Key":"vpcId"}]}"#),
    ("basename", #""arn:aws:sns:x:1:topic""#, #""topic""#),
    ("csv", #""user,note\na,\"x, y\"\n""#, #"[{"user":"a","note":"x, y"}]"#),
    (
      "ingressRules",
      #"[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]"#,
      #"[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"},{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv6":"::/0"}]"#
    ),
  ]) func transformsChangeValues(_ transform: String, _ from: String, _ to: String) throws {
    #expect(try Self.apply(transform, from) == JSONDocument.parse(to).root)
  }

  @Test func everySpecLoadsAndItsOperationsAreInTheTables() throws {
    let content = ContentLibrary()
    let specs = try CollectorSpec.all(in: content)
    #expect(specs.count >= 70)
    var models: [String: ServiceModel] = [:]
    for file in try content.files(under: "collectors/aws/operations", suffix: ".json") {
      let model = try ServiceModel(file)
      models[model.service] = model
    }
    for spec in specs {
      for entry in spec.entries {
        var calls = entry.steps.map(\.call)
        if case .operation(let listing) = entry.origin { calls.append(listing.call) }
        for call in calls { #expect(models[call.service]?.operations[call.operation] != nil, "\(call)") }
      }
    }
  }

  @Test func thePolicyNamesReadingActionsOnly() throws {
    let actions = LeastPrivilegePolicy.actions(try CollectorSpec.all(in: ContentLibrary()))
    #expect(actions.contains("s3:ListAllMyBuckets") && actions.contains("elasticloadbalancing:DescribeLoadBalancers"))
    for action in actions {
      let verb = action.split(separator: ":")[1]
      // API Gateway has one reading action, which the policy limits to what is read.
      #expect(
        ["Get", "List", "Describe", "Generate", "BatchGet", "Lookup"].contains { verb.hasPrefix($0) }
          || action == "apigateway:GET", "\(action)")
    }
    // What a role that looks at settings has no business with.
    let data = [
      "s3:GetObject", "secretsmanager:GetSecretValue", "dynamodb:GetItem", "ssm:GetParameter", "kms:Decrypt",
      "lambda:GetFunction", "ssm:GetDocument", "ec2:DescribeInstanceAttribute",
    ]
    #expect(Set(data).isDisjoint(with: actions))
    #expect(!actions.contains { action in ["s3:List", "s3:Get"].contains(action.prefix { $0 != "*" }) })
  }

  @Test func thePoliciesStayWithinTheLimitAndGrantEveryAction() throws {
    let specs = try CollectorSpec.all(in: ContentLibrary())
    func granted(_ documents: [JSONDocument]) -> [String] {
      documents.flatMap { document in
        (document.root["Statement"]?.values(at: JSONPath(steps: [.all, .key("Action"), .all])) ?? [])
          .compactMap(\.string)
      }
    }
    let documents = LeastPrivilegePolicy.documents(specs)
    for document in documents { #expect(document.root.text.utf8.count <= LeastPrivilegePolicy.limit) }
    let patterns = granted(documents)
    for action in LeastPrivilegePolicy.actions(specs) {
      let isGranted = patterns.contains { pattern in
        pattern == action || pattern.hasSuffix("*") && action.hasPrefix(pattern.dropLast())
      }
      #expect(isGranted, "\(action)")
    }
    // Twice as much takes several policies, and nothing is lost or doubled.
    let grown = try CollectorSpec(
      ContentFile(
        path: "collectors/aws/x.yaml",
        bytes: Array(
          ("service: x\nresources:\n"
            + (0..<300).map {
              "  - {type: T, list: {operation: ListManyThings\($0), item: '', scope: region}, id: x}\n"
            }
            .joined()).utf8)))
    let several = LeastPrivilegePolicy.documents(specs + [grown])
    #expect(several.count > 1)
    for document in several { #expect(document.root.text.utf8.count <= LeastPrivilegePolicy.limit) }
    #expect(granted(several).count == patterns.count + 300)
    #expect(Set(granted(several)).count == patterns.count + 300)
  }

  @Test(
    arguments: [
      (["s3"], [], "s3"), (["AWS::ECS::Service"], [], "ecs"), ([], ["s3", "ecs"], nil),
      (["ecs"], ["aws::ecs::cluster"], "ecs"),
    ] as [([String], [String], String?)])
  func servicesAndTypesAreChosen(_ only: [String], _ except: [String], _ service: String?) throws {
    let specs = try CollectorSpec.all(in: ContentLibrary())
    let chosen = AWSSelection(only: only, except: except).applied(to: specs)
    if let service {
      #expect(chosen.map(\.service) == [service])
    } else {
      #expect(chosen.count == specs.count - except.count)
    }
    if only == ["AWS::ECS::Service"] {
      // What it is listed for comes with it.
      #expect(chosen.first?.entries.map(\.type) == ["AWS::ECS::Cluster", "AWS::ECS::Service"])
    }
  }

  @Test(arguments: [
    "service: x\nresources: [{type: A, list: {operation: L, items: I, scope: planet}, id: x}]",
    "service: x\nresources: [{type: A, list: {operation: L, items: I, scope: region}}]",
    "service: x\nresources: [{type: A, list: {self: account}, observed: {A: {from: x, as: nonsense}}}]",
    "service: x\nresources: [{type: A, list: {operation: L, forEach: B}, id: x}]",
    "service: x\nresorces: []",
  ]) func brokenSpecsAreRefusedWithTheirPlace(_ text: String) throws {
    let error = try #require(throws: ContentError.self) {
      try CollectorSpec(ContentFile(path: "collectors/aws/x.yaml", bytes: Array(text.utf8)))
    }
    #expect(error.description.contains("x.yaml:"))
  }

  @Test func profilesJoinBothFiles() {
    let files = ProfileFiles(
      config:
        "[default]\nregion = eu-west-1\n[profile audit]\nrole_arn = r # why\nsource_profile=default\ns3 =\n  x = y\n",
      credentials: "[default]\naws_access_key_id = A\naws_secret_access_key = B\n")
    #expect(files.profiles["default"]?["region"] == "eu-west-1")
    #expect(files.profiles["default"]?["aws_access_key_id"] == "A")
    #expect(files.profiles["audit"]?["role_arn"] == "r")
    #expect(files.profiles["audit"]?["x"] == nil)
  }
}
