// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import NIOCore
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Managed identity: the tokens that a machine on Azure, or one that Azure Arc manages, hands out. No proxy is used.
/// <https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token>
extension AzureCredentialChain {
  func managedIdentity(_ audience: String) async throws -> BearerToken? {
    // Endpoints take the resource with the slash that Azure Resource Manager's audience ends in.
    var query = [("resource", audience)]
    if let client = value("AZURE_CLIENT_ID") { query.append(("client_id", client)) }
    if let endpoint = value("IDENTITY_ENDPOINT") {
      if let secret = value("IDENTITY_HEADER") {
        return try await appService(endpoint, secret, query)
      }
      if value("IMDS_ENDPOINT") != nil { return try await arc(endpoint, query) }
    }
    return try await instance(query)
  }

  /// App Service, Functions, Container Apps.
  private func appService(_ endpoint: String, _ secret: String, _ query: [(String, String)]) async throws
    -> BearerToken
  {
    let fields = [("api-version", "2019-08-01")] + query
    let call = HTTPCall(
      method: "GET", url: "\(endpoint)?\(TokenAnswer.form(fields))",
      headers: [("x-identity-header", secret), ("accept", "application/json")])
    return try await TokenAnswer.ask(
      call, transport, origin: "managed identity (IDENTITY_ENDPOINT)", secrets: [secret], isDirect: true)
  }

  /// A virtual machine. Off Azure nobody listens there: one short try tells.
  private func instance(_ query: [(String, String)]) async throws -> BearerToken? {
    let base = value("AZURE_POD_IDENTITY_AUTHORITY_HOST") ?? metadataHost
    let call = HTTPCall(
      method: "GET",
      url: "\(base)/metadata/identity/oauth2/token?\(TokenAnswer.form([("api-version", "2018-02-01")] + query))",
      headers: [("metadata", "true"), ("accept", "application/json")])
    var probe = call
    // Without its header the service refuses at once, which shows that it is there.
    probe.headers = []
    do {
      _ = try await transport.send(probe, timeout: .seconds(1), isDirect: true)
    } catch {
      return nil
    }
    return try await TokenAnswer.ask(
      call, transport, origin: "managed identity of this machine", secrets: [], isDirect: true)
  }

  /// Azure Arc proves who asks by a file that only the machine's administrators can read.
  /// <https://learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication>
  private func arc(_ endpoint: String, _ query: [(String, String)]) async throws -> BearerToken {
    let origin = "managed identity of Azure Arc"
    let fields = [("api-version", "2020-06-01")] + query
    var call = HTTPCall(
      method: "GET", url: "\(endpoint)?\(TokenAnswer.form(fields))",
      headers: [("metadata", "true"), ("accept", "application/json")])
    let challenge: HTTPAnswer
    do throws(TransportError) {
      challenge = try await transport.send(call, timeout: .seconds(10), isDirect: true)
    } catch {
      throw CredentialError("\(origin): \(error)")
    }
    guard challenge.status == 401, let header = challenge["www-authenticate"],
      let equals = header.firstIndex(of: "=")
    else { throw CredentialError("\(origin): the agent sent no challenge (status \(challenge.status))") }
    let file = header[header.index(after: equals)...].trimmingPrefix("\"").prefix { $0 != "\"" }
    // The agent writes to one place only: another would have us read, and send, any file.
    guard file.hasPrefix(arcFolder + "/"), file.hasSuffix(".key"), !file.contains("/.."),
      let attributes = try? FileManager.default.attributesOfItem(atPath: String(file)),
      (attributes[.size] as? Int) ?? .max <= 4096,
      let data = FileManager.default.contents(atPath: String(file))
    else { throw CredentialError("\(origin): \(file) cannot be read; run as a member of the group himds") }
    let secret = String(decoding: data, as: UTF8.self).trimmed
    call.headers.append(("authorization", "Basic \(secret)"))
    return try await TokenAnswer.ask(call, transport, origin: origin, secrets: [secret], isDirect: true)
  }
}
