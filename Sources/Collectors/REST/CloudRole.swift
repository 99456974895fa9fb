// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Specs

/// The least-privilege role of a cloud, in the form in which people make one.
package enum CloudRole {
  package enum Form: String, Sendable, CaseIterable { case json, terraform, bicep, cloudformation }

  /// Azure's custom role, and the application permissions of Microsoft Graph; nil for a form that Azure has no use for.
  ///
  /// Resource Graph shows what the caller may read, so the role reads everything of the management plane: `*/read` has no
  /// action that lists keys or secrets, and no data actions.
  package static func azure(_ specs: [RESTSpec], _ form: Form) -> String? {
    let permissions = Set(specs.filter { $0.api == "graph" }.flatMap(\.entries).flatMap(\.permissions)).sorted()
    let description = "Reads the configuration of every resource, and no data or secrets."
    switch form {
    case .json:
      return pretty(
        .object([
          ("Name", .string(name)), ("IsCustom", .bool(true)), ("Description", .string(description)),
          ("Actions", .array([.string("*/read")])), ("NotActions", .array([])), ("DataActions", .array([])),
          ("NotDataActions", .array([])),
          (
            "AssignableScopes",
            .array([.string("/providers/Microsoft.Management/managementGroups/MANAGEMENT_GROUP")])
          ), ("MicrosoftGraphApplicationPermissions", .array(permissions.map(JSONDraft.string))),
        ]))
    case .terraform:
      return """
        # Application permissions of Microsoft Graph, to be consented to: \(permissions.joined(separator: ", "))
        variable "management_group_id" {
          description = "The management group that is scanned, as /providers/Microsoft.Management/managementGroups/NAME."
          type        = string
        }

        resource "azurerm_role_definition" "plumbline" {
          name              = "\(name)"
          scope             = var.management_group_id
          description       = "\(description)"
          assignable_scopes = [var.management_group_id]

          permissions {
            actions = ["*/read"]
          }
        }

        """
    case .bicep:
      return """
        // Application permissions of Microsoft Graph, to be consented to: \(permissions.joined(separator: ", "))
        targetScope = 'managementGroup'

        resource plumbline 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
          name: guid(managementGroup().id, '\(name)')
          properties: {
            roleName: '\(name)'
            description: '\(description)'
            type: 'CustomRole'
            permissions: [
              {
                actions: ['*/read']
              }
            ]
            assignableScopes: [managementGroup().id]
          }
        }

        """
    case .cloudformation: return nil
    }
  }

  /// Google's custom role; nil for a form that Google Cloud has no use for.
  package static func google(_ specs: [RESTSpec], _ form: Form) -> String? {
    let besides = [
      "cloudasset.assets.exportResource", "cloudasset.assets.listAccessPolicy", "cloudasset.assets.listIamPolicy",
      "cloudasset.assets.listOrgPolicy", "cloudasset.assets.listResource", "cloudasset.assets.searchAllIamPolicies",
      "resourcemanager.organizations.get", "resourcemanager.projects.get",
    ]
    let permissions = Set(specs.flatMap(\.entries).flatMap(\.permissions) + besides).sorted()
    switch form {
    case .json:
      return pretty(
        .object([
          ("title", .string(name)), ("description", .string("Reads the configuration of every resource.")),
          ("stage", .string("GA")), ("includedPermissions", .array(permissions.map(JSONDraft.string))),
        ]))
    case .terraform:
      return """
        variable "org_id" {
          description = "The number of the organisation that is scanned."
          type        = string
        }

        resource "google_organization_iam_custom_role" "plumbline" {
          org_id      = var.org_id
          role_id     = "plumblineReader"
          title       = "\(name)"
          description = "Reads the configuration of every resource."
          permissions = [
        \(permissions.map { "    \"\($0)\"," }.joined(separator: "\n"))
          ]
        }

        """
    case .bicep, .cloudformation: return nil
    }
  }

  /// AWS's policies, a line each as JSON; else a role that has them and that one other principal may take on. Nil for a
  /// form that AWS has no use for.
  package static func aws(_ specs: [CollectorSpec], _ form: Form) -> String? {
    let documents = LeastPrivilegePolicy.documents(specs).map(\.root)
    switch form {
    case .json: return documents.map { $0.text + "\n" }.joined()
    case .terraform: return terraform(documents)
    case .cloudformation: return pretty(cloudFormation(documents))
    case .bicep: return nil
    }
  }

  private static func terraform(_ documents: [JSONValue]) -> String {
    var text = """
      variable "principal" {
        description = "The ARN of who may take the role on: the user or role that Plumbline runs as."
        type        = string
      }

      resource "aws_iam_role" "plumbline" {
        name        = "\(roleName)"
        description = "\(awsDescription)"
        assume_role_policy = jsonencode({
          Version = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Action    = "sts:AssumeRole"
            Principal = { AWS = var.principal }
          }]
        })
      }

      """
    for (index, document) in documents.enumerated() {
      // A dollar and a brace would be read as an expression.
      let policy = pretty(.value(document)).split(separator: "${", omittingEmptySubsequences: false)
        .joined(separator: "$${").split(separator: "\n").joined(separator: "\n  ")
      text += """

        resource "aws_iam_policy" "plumbline_\(index + 1)" {
          name        = "\(roleName)\(index + 1)"
          description = "\(awsDescription)"
          policy = jsonencode(\(policy))
        }

        resource "aws_iam_role_policy_attachment" "plumbline_\(index + 1)" {
          role       = aws_iam_role.plumbline.name
          policy_arn = aws_iam_policy.plumbline_\(index + 1).arn
        }

        """
    }
    return text
  }

  private static func cloudFormation(_ documents: [JSONValue]) -> JSONDraft {
    var resources: [(key: String, value: JSONDraft)] = []
    for (index, document) in documents.enumerated() {
      let properties = JSONDraft.object([
        ("Description", .string(awsDescription)), ("PolicyDocument", .value(document)),
      ])
      resources.append(
        (
          "Policy\(index + 1)",
          .object([("Type", .string("AWS::IAM::ManagedPolicy")), ("Properties", properties)])
        ))
    }
    let trust = JSONDraft.object([
      ("Effect", .string("Allow")), ("Action", .string("sts:AssumeRole")),
      ("Principal", .object([("AWS", .object([("Ref", .string("Principal"))]))])),
    ])
    let role = JSONDraft.object([
      ("RoleName", .object([("Ref", .string("RoleName"))])), ("Description", .string(awsDescription)),
      (
        "AssumeRolePolicyDocument",
        .object([("Version", .string("2012-10-17")), ("Statement", .array([trust]))])
      ),
      ("ManagedPolicyArns", .array(resources.map { .object([("Ref", .string($0.key))]) })),
    ])
    resources.append(("Role", .object([("Type", .string("AWS::IAM::Role")), ("Properties", role)])))
    func parameter(_ description: String, standard: String? = nil) -> JSONDraft {
      .object(
        [("Type", .string("String")), ("Description", .string(description))]
          + (standard.map { [("Default", .string($0))] } ?? []))
    }
    return .object([
      ("AWSTemplateFormatVersion", .string("2010-09-09")), ("Description", .string(awsDescription)),
      (
        "Parameters",
        .object([
          ("Principal", parameter("The ARN of who may take the role on: the user or role that Plumbline runs as.")),
          ("RoleName", parameter("The name of the role.", standard: roleName)),
        ])
      ), ("Resources", .object(resources)),
      (
        "Outputs",
        .object([
          ("RoleArn", .object([("Value", .object([("Fn::GetAtt", .array([.string("Role"), .string("Arn")]))]))]))
        ])
      ),
    ])
  }

  private static let roleName = "PlumblineReader"
  private static let awsDescription = "Reads the configuration of resources, and no data or secrets."
  private static let name = "Plumbline Reader"

  /// JSON on several lines, as people paste it.
  package static func pretty(_ draft: JSONDraft) -> String {
    var text = ""
    write(draft.document().root, "", &text)
    return text + "\n"
  }

  private static func write(_ value: JSONValue, _ lead: String, _ text: inout String) {
    switch value.kind {
    case .object where value.count > 0:
      let lines = value.members.map { member in
        var line = "\(lead)  \(member.key.text): "
        write(member.value, lead + "  ", &line)
        return line
      }
      text += "{\n" + lines.joined(separator: ",\n") + "\n\(lead)}"
    case .array where value.count > 0:
      let lines = value.elements.map { element in
        var line = lead + "  "
        write(element, lead + "  ", &line)
        return line
      }
      text += "[\n" + lines.joined(separator: ",\n") + "\n\(lead)]"
    default: text += value.text
    }
  }
}

extension RESTSpec.Entry {
  /// The permissions that it needs: one, or several joined by `and`.
  var permissions: [String] { permission.split(separator: " ").filter { $0 != "and" }.map(String.init) }
}
