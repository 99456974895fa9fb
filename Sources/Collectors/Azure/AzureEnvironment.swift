// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Where a cloud's endpoints are: the public one, a sovereign one, or what a server's `/metadata/endpoints` names.
package struct AzureEnvironment: Sendable, Equatable {
  /// Base of Azure Resource Manager, without a slash at the end.
  package var resourceManager: String
  /// Base of Microsoft Entra's sign-in.
  package var authority: String
  /// Base of Microsoft Graph.
  package var graph: String
  /// What a token for Azure Resource Manager is asked for.
  package var audience: String
  /// What a token for Microsoft Graph is asked for.
  package var graphAudience: String

  package static let publicCloud = AzureEnvironment(
    resourceManager: "https://management.azure.com", authority: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com", audience: "https://management.azure.com/",
    graphAudience: "https://graph.microsoft.com/")

  /// The other clouds' bases of Azure Resource Manager, by the names that `az cloud list` gives them.
  package static let managers = [
    "AzureCloud": "https://management.azure.com", "AzureUSGovernment": "https://management.usgovcloudapi.net",
    "AzureChinaCloud": "https://management.chinacloudapi.cn",
  ]

  /// Asks `base` where everything is.
  ///
  /// The answer is one object, or an array of clouds of which the one whose `resourceManager` is `base` counts, else the
  /// first. <https://learn.microsoft.com/azure-stack/user/azure-stack-version-profiles-python> describes its members.
  package static func discover(_ base: String, _ client: RESTClient) async throws -> AzureEnvironment {
    let base = HostPort.base(base)
    let url = "\(base)/metadata/endpoints?api-version=2022-09-01"
    let document: JSONDocument
    do throws(APIFailure) {
      document = try await client.send(.init(url: url, audience: nil, account: "metadata")).document
    } catch {
      throw CredentialError("\(url) does not tell the cloud's endpoints: \(error)")
    }
    let clouds = document.root.kind == .array ? Array(document.root.elements) : [document.root]
    let named = clouds.first { HostPort.base($0["resourceManager"]?.string ?? "") == base }
    guard let cloud = named ?? clouds.first, cloud.kind == .object else {
      throw CredentialError("\(url) names no cloud")
    }
    let authentication = cloud["authentication"]
    let manager = HostPort.base(cloud["resourceManager"]?.string ?? base)
    guard let authority = authentication?["loginEndpoint"]?.string ?? cloud["activeDirectory"]?.string else {
      throw CredentialError("\(url): authentication.loginEndpoint is missing")
    }
    let graph = cloud["microsoftGraphResourceId"]?.string ?? publicCloud.graph
    let audience = authentication?["audiences"]?.elements.lazy.compactMap(\.string).first { !$0.isEmpty }
    return AzureEnvironment(
      resourceManager: manager, authority: HostPort.base(authority), graph: HostPort.base(graph),
      audience: audience ?? manager + "/", graphAudience: HostPort.base(graph) + "/")
  }
}
