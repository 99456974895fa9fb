// SPDX-License-Identifier: Apache-2.0

/// The sections of a CloudFormation template, as they are written.
///
/// Format: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
struct Template: Sendable {
  let path: String
  let root: CodeNode
  let parameters: [CodeMember]
  let mappings: CodeNode?
  let conditions: [CodeMember]
  let resources: [CodeMember]
  let outputs: [CodeMember]
  let globals: CodeNode?
  let transforms: [String]

  /// Whether a document is a template: it has resources with types, or says its format version.
  static func isTemplate(_ root: CodeNode) -> Bool {
    if root["AWSTemplateFormatVersion"] != nil { return root["Resources"] != nil }
    return root["Resources"]?.members.contains { member in
      member.node["Type"]?.string?.contains("::") ?? member.key.hasPrefix("Fn::ForEach::")
    } ?? false
  }

  init(_ root: CodeNode, path: String) throws(CodeError) {
    self.path = path
    self.root = root
    func section(_ name: String) throws(CodeError) -> [CodeMember] {
      guard let node = root[name], !node.isNull else { return [] }
      guard case .map(let members) = node.value else {
        throw CodeError("'\(name)' must be a mapping of names", at: node.place)
      }
      return members
    }
    parameters = try section("Parameters")
    mappings = root["Mappings"]
    conditions = try section("Conditions")
    resources = try section("Resources")
    outputs = try section("Outputs")
    globals = root["Globals"]
    transforms = root["Transform"].map { $0.string.map { [$0] } ?? $0.elements.compactMap(\.string) } ?? []
  }

  var isServerless: Bool { transforms.contains { $0.hasPrefix("AWS::Serverless-") } }
}
