// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// Azure's management plane over an estate: sign-in, Resource Manager, Resource Graph and Microsoft Graph at one base.
///
/// Requests are routed by their paths, never by `api-version`: SDKs move.
package struct AzureTwin: Sendable {
  let estate: TwinEstate
  let tenant: String
  let tokens: TokenIssuer
  let operations = AzureOperations()
  let graphTables = GraphTables()
  let scopes = AzureScopes()
  let keys = MadeUpKeys()

  package init(estate: TwinEstate, tenant: String, tokens: TokenIssuer) {
    self.estate = estate
    self.tenant = tenant
    self.tokens = tokens
  }

  package func answer(_ request: TwinRequest) -> TwinAnswer {
    // Libraries leave parts of a path empty, or put a slash before a scope that has one.
    var request = request
    request.path = "/" + request.path.split(separator: "/").joined(separator: "/")
    let path = request.path.lowercased()
    if path == "/metadata/endpoints" { return endpoints(request.base) }
    if path.hasSuffix("/.well-known/openid-configuration") { return openIDConfiguration(request) }
    if path.hasSuffix("/discovery/instance") || path.hasSuffix("/common/discovery/instance") {
      return discovery(request)
    }
    if path.hasSuffix("/oauth2/v2.0/token") || path.hasSuffix("/oauth2/token") { return tokens.oauth(request) }
    if let refusal = refusal(of: request) { return refusal }
    if path.hasPrefix("/v1.0/") || path.hasPrefix("/beta/") { return microsoftGraph(request) }
    return resourceManager(request)
  }

  /// 401 for a request without a token of ours that still holds.
  private func refusal(of request: TwinRequest) -> TwinAnswer? {
    switch tokens.check(request.header("authorization")) {
    case .valid: return nil
    case .missing:
      return .azure(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
    case .expired: return .azure(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is in the past.")
    case .unknown: return .azure(401, "InvalidAuthenticationToken", "The access token is invalid.")
    }
  }

  // MARK: Where everything is

  private func endpoints(_ base: String) -> TwinAnswer {
    let host = base.firstRange(of: "://").map { String(base[$0.upperBound...].prefix { $0 != ":" && $0 != "/" }) }
    let suffixes: [(key: String, value: JSONDraft)] = [
      ("storage", .string(host ?? "localhost")), ("keyVaultDns", .string(".vault.\(host ?? "localhost")")),
      ("sqlServerHostname", .string(".database.\(host ?? "localhost")")),
      ("acrLoginServer", .string("azurecr.\(host ?? "localhost")")),
      ("mhsmDns", .string("managedhsm.\(host ?? "localhost")")),
      ("storageSyncEndpointSuffix", .string("afs.\(host ?? "localhost")")),
      ("azureFrontDoorEndpointSuffix", .string("azurefd.\(host ?? "localhost")")),
      ("mysqlServerEndpoint", .string(".mysql.database.\(host ?? "localhost")")),
      ("postgresqlServerEndpoint", .string(".postgres.database.\(host ?? "localhost")")),
      ("mariadbServerEndpoint", .string(".mariadb.database.\(host ?? "localhost")")),
      ("synapseAnalytics", .string("dev.azuresynapse.\(host ?? "localhost")")),
      ("attestationEndpoint", .string("attest.\(host ?? "localhost")")),
    ]
    let authentication: [(key: String, value: JSONDraft)] = [
      ("loginEndpoint", .string(base)), ("audiences", .array([.string(base + "/"), .string(base)])),
      ("tenant", .string("common")), ("identityProvider", .string("AAD")),
    ]
    let cloud: [(key: String, value: JSONDraft)] = [
      ("name", .string("twin")), ("resourceManager", .string(base)), ("portal", .string(base)),
      ("authentication", .object(authentication)), ("graph", .string(base)), ("graphAudience", .string(base)),
      ("microsoftGraphResourceId", .string(base)), ("gallery", .string(base)), ("batch", .string(base)),
      ("sqlManagement", .string(base)), ("media", .string(base)), ("activeDirectoryDataLake", .string(base)),
      ("logAnalyticsResourceId", .string(base)), ("logAnalyticsEndpoint", .string(base)),
      ("suffixes", .object(suffixes)),
    ]
    // One cloud, not an array: what azure-cli makes of `az cloud register --endpoint-resource-manager` wants it so.
    return TwinAnswer(json: .object(cloud))
  }

  private func openIDConfiguration(_ request: TwinRequest) -> TwinAnswer {
    let tenant = request.path.split(separator: "/").first.map(String.init) ?? "common"
    let root = "\(request.base)/\(tenant)"
    return TwinAnswer(
      json: .object([
        ("token_endpoint", .string("\(root)/oauth2/v2.0/token")),
        ("token_endpoint_auth_methods_supported", .array([.string("client_secret_post"), .string("private_key_jwt")])),
        ("jwks_uri", .string("\(root)/discovery/v2.0/keys")), ("issuer", .string("\(root)/v2.0")),
        ("authorization_endpoint", .string("\(root)/oauth2/v2.0/authorize")),
        ("device_authorization_endpoint", .string("\(root)/oauth2/v2.0/devicecode")),
        ("response_types_supported", .array([.string("code"), .string("id_token")])),
        ("subject_types_supported", .array([.string("pairwise")])),
        ("id_token_signing_alg_values_supported", .array([.string("RS256")])),
        ("tenant_region_scope", .string("EU")), ("cloud_instance_name", .string("twin")),
        ("msgraph_host", .string(request.base)),
      ]))
  }

  private func discovery(_ request: TwinRequest) -> TwinAnswer {
    let root = "\(request.base)/\(tenant)"
    return TwinAnswer(
      json: .object([
        ("tenant_discovery_endpoint", .string("\(root)/v2.0/.well-known/openid-configuration")),
        ("api-version", .string("1.1")), ("metadata", .array([])),
      ]))
  }
}

extension TwinAnswer {
  /// An error as Azure Resource Manager writes it.
  static func azure(_ status: Int, _ code: String, _ message: String) -> TwinAnswer {
    let error = JSONDraft.object([("code", .string(code)), ("message", .string(message))])
    return TwinAnswer(status: status, json: .object([("error", error)]))
  }
}

extension TwinRequest {
  /// The URL of a later page of a list: the same question with the place where it goes on.
  func link(toPageAt place: Int) -> String {
    var query = query.filter { $0.name.lowercased() != "$skiptoken" }
    query.append(("$skiptoken", String(place)))
    let text = query.map { "\(URLText.encoded($0.name))=\(URLText.encoded($0.value))" }.joined(separator: "&")
    return "\(base)\(path)?\(text)"
  }
}
