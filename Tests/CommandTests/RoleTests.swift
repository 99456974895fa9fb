// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// The least-privilege roles as `plumb connect --print-policy` prints them: what their own tools say of them.
@Suite struct RoleTests {
  private func printed(_ cloud: String, _ form: String) throws -> String {
    let result = try run(plumb, ["connect", cloud, "--print-policy", "--form", form])
    try #require(result.status == 0, "\(result.complaint)")
    return result.output
  }

  private static let terraform = ["/usr/local/bin/terraform", "/usr/bin/terraform"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(.enabled(if: terraform != nil, "terraform is not on this machine"), arguments: ["aws", "azure", "gcp"])
  func terraformReadsItsForm(_ cloud: String) throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try printed(cloud, "terraform").write(toFile: folder + "/role.tf", atomically: true, encoding: .utf8)
    let result = try run(try #require(Self.terraform), ["fmt", "-write=false", "-list=false", folder])
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
  }

  @Test(arguments: ["aws", "azure", "gcp"])
  func everyVariableOfATerraformFormIsDeclared(_ cloud: String) throws {
    let text = try printed(cloud, "terraform")
    let used = Set(text.matches(of: /var\.(\w+)/).map { String($0.output.1) })
    let declared = Set(text.matches(of: /variable "(\w+)"/).map { String($0.output.1) })
    #expect(!used.isEmpty && used == declared)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
  func theTemplateOfCloudFormationIsWithoutFault() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = try printed("aws", "cloudformation")
    try text.write(toFile: folder + "/role.json", atomically: true, encoding: .utf8)
    let result = try run(python, [".venv/bin/cfn-lint", folder + "/role.json"])
    #expect(result.status == 0, "\(result.output) \(result.complaint)")
  }

  @Test func everyFormOfAWSGrantsTheSame() throws {
    func actions(_ value: JSONValue) -> Set<String> {
      Set((value["Statement"]?.elements.flatMap { $0["Action"]?.elements.compactMap(\.string) ?? [] }) ?? [])
    }
    var policies: Set<String> = []
    for line in try printed("aws", "json").split(separator: "\n") {
      policies.formUnion(actions(try JSONDocument(parsing: Array(line.utf8)).root))
    }
    var granted: Set<String> = []
    let template = try JSONDocument(parsing: Array(try printed("aws", "cloudformation").utf8)).root
    for (_, resource) in template["Resources"]?.members.map({ $0 }) ?? [] {
      guard let document = resource["Properties"]?["PolicyDocument"] else { continue }
      granted.formUnion(actions(document))
      #expect(document.text.utf8.count <= 6144)
    }
    let terraform = try printed("aws", "terraform")
    #expect(policies.count > 50 && policies == granted)
    for action in policies { #expect(terraform.contains("\"\(action)\""), "\(action)") }
    let attached = template["Resources"]?["Role"]?["Properties"]?["ManagedPolicyArns"]?.count ?? 0
    #expect(attached == terraform.matches(of: /resource "aws_iam_policy"/).count)
  }

  @Test func azuresRoleHasTheShapeOfItsTemplates() throws {
    let role = try JSONDocument(parsing: Array(try printed("azure", "json").utf8)).root
    #expect(role["Actions"]?.elements.compactMap(\.string) == ["*/read"])
    #expect(role["DataActions"]?.count == 0 && role["IsCustom"]?.boolean == true)
    let bicep = try printed("azure", "bicep")
    #expect(bicep.contains("targetScope = 'managementGroup'"))
    #expect(
      bicep.firstMatch(of: /resource \w+ 'Microsoft\.Authorization\/roleDefinitions@\d{4}-\d{2}-\d{2}' = \{/) != nil)
    for part in ["roleName:", "type: 'CustomRole'", "actions: ['*/read']", "assignableScopes:"] {
      #expect(bicep.contains(part), "\(part)")
    }
    #expect(
      bicep.count { $0 == "{" } == bicep.count { $0 == "}" } && bicep.count { $0 == "[" } == bicep.count { $0 == "]" })
  }

  @Test(arguments: [
    ("aws", "bicep", "AWS takes json, terraform or cloudformation"),
    ("azure", "cloudformation", "Azure takes json, terraform or bicep"),
    ("gcp", "bicep", "Google Cloud takes json or terraform"),
  ])
  func aFormOfAnotherCloudIsRefused(_ cloud: String, _ form: String, _ part: String) throws {
    let result = try run(plumb, ["connect", cloud, "--print-policy", "--form", form])
    #expect(result.status == 2 && result.complaint.contains(part), "\(result.complaint)")
  }
}
