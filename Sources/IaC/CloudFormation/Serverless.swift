// SPDX-License-Identifier: Apache-2.0

/// Expands AWS SAM resources into the CloudFormation resources that its transform makes of them.
///
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
enum Serverless {
  /// Sections of `Globals` and the types that take their values.
  private static let globals = [
    "AWS::Serverless::Function": "Function", "AWS::Serverless::Api": "Api", "AWS::Serverless::HttpApi": "HttpApi",
    "AWS::Serverless::SimpleTable": "SimpleTable", "AWS::Serverless::StateMachine": "StateMachine",
    "AWS::Serverless::LayerVersion": "LayerVersion",
  ]

  /// The template as a document in which SAM's types are replaced.
  static func expanded(_ template: Template) -> CodeNode {
    var resources: [CodeMember] = []
    for member in template.resources {
      guard let type = member.node["Type"]?.string, let section = globals[type] else {
        resources.append(member)
        continue
      }
      var properties = member.node["Properties"] ?? CodeNode(.map([]), at: member.place)
      if let shared = template.globals?[section] { properties = merged(shared, properties) }
      resources += make(type, member, properties)
    }
    var members = template.root.members.filter { $0.key != "Resources" && $0.key != "Transform" }
    members.append(CodeMember("Resources", CodeNode(.map(resources), at: template.root.place)))
    return CodeNode(.map(members), at: template.root.place)
  }

  /// Global values under a resource's own: maps are joined, lists are added up, a plain value gives way.
  private static func merged(_ shared: CodeNode, _ own: CodeNode) -> CodeNode {
    switch (shared.value, own.value) {
    case (.map(let left), .map(let right)) where !isCall(left) && !isCall(right):
      var members = left
      for member in right {
        if let index = members.firstIndex(where: { $0.key == member.key }) {
          members[index].node = merged(members[index].node, member.node)
        } else {
          members.append(member)
        }
      }
      return CodeNode(.map(members), at: own.place)
    case (.list(let left), .list(let right)): return CodeNode(.list(left + right), at: own.place)
    default: return own
    }
  }

  private static func isCall(_ members: [CodeMember]) -> Bool {
    members.count == 1 && (members[0].key == "Ref" || members[0].key.hasPrefix("Fn::"))
  }

  private static func make(_ type: String, _ member: CodeMember, _ properties: CodeNode) -> [CodeMember] {
    var made: Resource
    switch type {
    case "AWS::Serverless::Function": return function(member, properties)
    case "AWS::Serverless::StateMachine":
      made = Resource("AWS::StepFunctions::StateMachine", member)
      made.copy(
        properties,
        [
          "Name": "StateMachineName", "Type": "StateMachineType", "Logging": "LoggingConfiguration",
          "Tracing": "TracingConfiguration", "Definition": "Definition", "Role": "RoleArn", "Tags": "Tags",
        ])
      guard properties["Role"] == nil else { return [made.member] }
      let role = role(of: member, for: "states.amazonaws.com", properties)
      made.set("RoleArn", reference(to: role.key, member.place))
      return [made.member, role]
    case "AWS::Serverless::SimpleTable":
      made = Resource("AWS::DynamoDB::Table", member)
      made.copy(
        properties,
        [
          "TableName": "TableName", "SSESpecification": "SSESpecification",
          "PointInTimeRecoverySpecification": "PointInTimeRecoverySpecification", "Tags": "Tags",
        ])
      made.set("BillingMode", CodeNode(.string("PAY_PER_REQUEST"), at: member.place))
      return [made.member]
    case "AWS::Serverless::LayerVersion":
      made = Resource("AWS::Lambda::LayerVersion", member)
      made.copy(
        properties,
        [
          "LayerName": "LayerName", "ContentUri": "Content",
          "CompatibleRuntimes": "CompatibleRuntimes",
        ])
      return [made.member]
    default: return api(type, member, properties)
    }
  }

  private static func function(_ member: CodeMember, _ properties: CodeNode) -> [CodeMember] {
    var made = Resource("AWS::Lambda::Function", member)
    made.copy(
      properties,
      [
        "FunctionName", "Handler", "Runtime", "Description", "MemorySize", "Timeout", "VpcConfig", "Environment",
        "KmsKeyArn", "Layers", "PackageType", "ImageConfig", "CodeSigningConfigArn", "Architectures",
        "EphemeralStorage", "ReservedConcurrentExecutions", "FileSystemConfigs", "LoggingConfig",
      ])
    made.copy(properties, ["CodeUri": "Code", "DeadLetterQueue": "DeadLetterConfig", "Tags": "Tags"])
    if let tracing = properties["Tracing"] {
      var mode = CodeNode(.map([]), at: tracing.place)
      mode.set(["Mode"], tracing)
      made.set("TracingConfig", mode)
    }
    if let queue = properties["DeadLetterQueue"]?["TargetArn"] {
      var config = CodeNode(.map([]), at: queue.place)
      config.set(["TargetArn"], queue)
      made.set("DeadLetterConfig", config)
    }
    var all: [CodeMember] = []
    if let role = properties["Role"] {
      made.set("Role", role)
    } else {
      let role = role(of: member, for: "lambda.amazonaws.com", properties)
      made.set("Role", reference(to: role.key, member.place))
      all.append(role)
    }
    if let url = properties["FunctionUrlConfig"] {
      var config = Resource("AWS::Lambda::Url", CodeMember(member.key + "Url", member.node, at: member.place))
      config.copy(url, ["AuthType", "Cors", "InvokeMode"])
      config.set("TargetFunctionArn", call("Ref", .string(member.key), url.place))
      all.append(config.member)
    }
    return [made.member] + all
  }

  /// The role that SAM makes for a function or state machine without one.
  private static func role(of member: CodeMember, for service: String, _ properties: CodeNode) -> CodeMember {
    let place = properties["Policies"]?.place ?? member.place
    func text(_ text: String) -> CodeNode { CodeNode(.string(text), at: place) }
    func map(_ members: [(String, CodeNode)]) -> CodeNode {
      CodeNode(.map(members.map { CodeMember($0.0, $0.1) }), at: place)
    }
    let trust = map([
      ("Version", text("2012-10-17")),
      (
        "Statement",
        CodeNode(
          .list([
            map([
              ("Effect", text("Allow")), ("Action", text("sts:AssumeRole")),
              ("Principal", map([("Service", text(service))])),
            ])
          ]), at: place)
      ),
    ])
    var managed: [CodeNode] = []
    var inline: [CodeNode] = []
    let policies = properties["Policies"].map { $0.elements.isEmpty ? [$0] : $0.elements } ?? []
    for (index, policy) in policies.enumerated() {
      if policy["Statement"] != nil {
        let document = policy["Version"] == nil ? withVersion(policy) : policy
        inline.append(map([("PolicyName", text("\(member.key)Policy\(index)")), ("PolicyDocument", document)]))
      } else if let name = policy.string, !name.hasPrefix("arn:") {
        managed.append(text("arn:aws:iam::aws:policy/\(name)"))
      } else if !isPolicyTemplate(policy) {
        managed.append(policy)
      }
    }
    var role = Resource("AWS::IAM::Role", CodeMember(member.key + "Role", member.node, at: member.place))
    role.set("AssumeRolePolicyDocument", properties["AssumeRolePolicyDocument"] ?? trust)
    if !managed.isEmpty { role.set("ManagedPolicyArns", CodeNode(.list(managed), at: place)) }
    if !inline.isEmpty { role.set("Policies", CodeNode(.list(inline), at: place)) }
    if let boundary = properties["PermissionsBoundary"] { role.set("PermissionsBoundary", boundary) }
    return role.member
  }

  private static func withVersion(_ policy: CodeNode) -> CodeNode {
    var policy = policy
    policy.set(["Version"], CodeNode(.string("2012-10-17"), at: policy.place))
    return policy
  }

  /// `{S3ReadPolicy: {BucketName: x}}`: scoped to what it names.
  private static func isPolicyTemplate(_ node: CodeNode) -> Bool {
    guard case .map(let members) = node.value, members.count == 1 else { return false }
    return !isCall(members)
  }

  private static func api(_ type: String, _ member: CodeMember, _ properties: CodeNode) -> [CodeMember] {
    let isHTTP = type == "AWS::Serverless::HttpApi"
    let family = isHTTP ? "AWS::ApiGatewayV2" : "AWS::ApiGateway"
    var made = Resource(isHTTP ? family + "::Api" : family + "::RestApi", member)
    made.copy(
      properties, ["Name", "Description", "BinaryMediaTypes", "MinimumCompressionSize", "DisableExecuteApiEndpoint"])
    made.copy(properties, ["DefinitionBody": "Body", "CorsConfiguration": "CorsConfiguration", "Tags": "Tags"])
    if let kind = properties["EndpointConfiguration"]?["Type"] ?? properties["EndpointConfiguration"], !isHTTP {
      var configuration = CodeNode(.map([]), at: kind.place)
      configuration.set(["Types"], CodeNode(.list([kind]), at: kind.place))
      made.set("EndpointConfiguration", configuration)
    }
    var stage = Resource(family + "::Stage", CodeMember(member.key + "Stage", member.node, at: member.place))
    stage.set(isHTTP ? "ApiId" : "RestApiId", call("Ref", .string(member.key), member.place))
    let name = properties["StageName"] ?? CodeNode(.string(isHTTP ? "$default" : "Prod"), at: member.place)
    stage.set("StageName", name)
    stage.copy(
      properties,
      isHTTP
        ? ["AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "StageVariables"]
        : ["TracingEnabled", "MethodSettings", "CacheClusterEnabled", "CacheClusterSize", "Variables"])
    if !isHTTP { stage.copy(properties, ["AccessLogSetting": "AccessLogSetting"]) }
    return [made.member, stage.member]
  }

  private static func reference(to name: String, _ place: CodePlace) -> CodeNode {
    call("Fn::GetAtt", .string(name + ".Arn"), place)
  }

  private static func call(_ function: String, _ argument: CodeValue, _ place: CodePlace) -> CodeNode {
    CodeNode(.map([CodeMember(function, CodeNode(argument, at: place))]), at: place)
  }

  /// A CloudFormation resource under construction.
  private struct Resource {
    private var node: CodeNode
    private let key: String
    private let place: CodePlace

    init(_ type: String, _ member: CodeMember) {
      key = member.key
      place = member.place
      node = CodeNode(.map([]), at: member.node.place)
      node.set(["Type"], CodeNode(.string(type), at: member.place))
      for name in ["Condition", "Metadata"] {
        if let value = member.node[name] { node.set([name], value) }
      }
      node.set(["Properties"], CodeNode(.map([]), at: member.place))
    }

    mutating func set(_ name: String, _ value: CodeNode) { node.set(["Properties", name], value) }

    mutating func copy(_ properties: CodeNode, _ names: [String]) {
      for name in names {
        if let value = properties[name] { set(name, value) }
      }
    }

    mutating func copy(_ properties: CodeNode, _ names: [String: String]) {
      for (from, to) in names.sorted(by: { $0.key < $1.key }) {
        if let value = properties[from] { set(to, value) }
      }
    }

    var member: CodeMember { CodeMember(key, node, at: place) }
  }
}
