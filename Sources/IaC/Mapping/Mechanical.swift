// SPDX-License-Identifier: Apache-2.0

/// Providers that are written mechanically from the cloud's own schema: `awscc`, `azapi`.
enum Mechanical {
  /// The resource in its native shape; nil where it is of another provider.
  static func resource(_ blank: CodeResource, _ arguments: CodeNode, _ mappings: TerraformMappings) -> CodeResource? {
    if blank.type.hasPrefix("awscc_") { return cloudControl(blank, arguments, mappings.spellings) }
    if blank.type == "azapi_resource" { return azure(blank, arguments) }
    return nil
  }

  /// `awscc_s3_bucket.bucket_name` is `AWS::S3::Bucket` and `BucketName`.
  private static func cloudControl(
    _ blank: CodeResource, _ arguments: CodeNode, _ spellings: [String: String]
  ) -> CodeResource {
    var resource = blank
    let parts = blank.type.split(separator: "_")
    resource.type = "aws::\(parts.dropFirst().first ?? "")::\(parts.dropFirst(2).joined())"
    resource.body.set(["properties"], pascal(arguments, spellings))
    return resource
  }

  private static func pascal(_ node: CodeNode, _ spellings: [String: String]) -> CodeNode {
    switch node.value {
    case .list(let elements): return CodeNode(.list(elements.map { pascal($0, spellings) }), at: node.place)
    case .map(let members):
      let made = members.filter { !$0.node.isNull }.map { member in
        let joined = member.key.filter { $0 != "_" }
        let plain = member.key.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return CodeMember(spellings[joined] ?? plain, pascal(member.node, spellings), at: member.place)
      }
      return CodeNode(.map(made), at: node.place)
    default: return node
    }
  }

  /// `azapi_resource` holds a type with its version, and the document as a `body`.
  private static func azure(_ blank: CodeResource, _ arguments: CodeNode) -> CodeResource? {
    guard let type = arguments["type"]?.string?.split(separator: "@").first.map(String.init) else { return nil }
    var resource = blank
    resource.type = type.lowercased()
    let name = arguments["name"]?.scalar ?? blank.address
    let parent = arguments["parent_id"]?.scalar ?? ""
    let isChild = type.split(separator: "/").count > 2
    resource.id =
      isChild ? "\(parent)/\(type.split(separator: "/").last ?? "")/\(name)" : "\(parent)/providers/\(type)/\(name)"
    resource.handles = [name, resource.id] + blank.handles
    let body = arguments["body"].map { Transform.json.apply($0) }
    if let body, body.unknown != nil {
      resource.body.set(["properties"], body)
    }
    for member in body?.members ?? [] { resource.body.set([member.key], member.node) }
    for key in ["location", "tags"] {
      if let value = arguments[key], !value.isNull { resource.body.set([key], value) }
    }
    if let identity = arguments["identity"]?.elements.first {
      if let kind = identity["type"] { resource.body.set(["identity", "type"], kind) }
    }
    return resource
  }
}
