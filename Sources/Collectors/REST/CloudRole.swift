// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The least-privilege role of a cloud, in the form in which people make one.
package enum CloudRole {
  package enum Form: String, Sendable, CaseIterable { case json, terraform, bicep }

  /// Azure's custom role, and the application permissions of Microsoft Graph.
  ///
  /// Resource Graph shows what the caller may read, so the role reads everything of the management plane: `*/read` has no
  /// action that lists keys or secrets, and no data actions.
  package static func azure(_ specs: [RESTSpec], _ form: Form) -> String {
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
    }
  }

  /// Google's custom role; nil for a form that Google Cloud has no use for.
  package static func google(_ specs: [RESTSpec], _ form: Form) -> String? {
    let besides = [
      "cloudasset.assets.exportResource", "cloudasset.assets.listAccessPolicy", "cloudasset.assets.listIamPolicy", "cloudasset.assets.listOrgPolicy",
      "cloudasset.assets.listResource", "cloudasset.assets.searchAllIamPolicies", "resourcemanager.organizations.get",
      "resourcemanager.projects.get",
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
    case .bicep: return nil
    }
  }

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
