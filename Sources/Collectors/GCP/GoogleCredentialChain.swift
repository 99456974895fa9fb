// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import NIOCore
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where Google's APIs are: each at its own host, or all at one base (`--gcp-endpoint`).
package struct GoogleEndpoints: Sendable, Equatable {
  package var base: String?
  package init(base: String?) {
    self.base = base.map(HostPort.base)
  }

  /// The base of an API's URLs, without a slash at the end.
  func base(of host: String) -> String { base ?? "https://\(host)" }

  /// A URL of Google's own moved to the base; others, as of a company's own token service, stay.
  func moved(_ url: String) -> String {
    guard let base, let place = HostPort(url: url),
      place.host.hasSuffix(".googleapis.com") || place.host == "accounts.google.com",
      let scheme = url.firstRange(of: "://")
    else { return url }
    return base + url[scheme.upperBound...].drop { $0 != "/" }
  }
}

/// Application Default Credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, gcloud's own file, the metadata
/// server. <https://google.aip.dev/auth/4110>
///
/// What is there but broken ends the search with a ``CredentialError`` that names the place.
package struct GoogleCredentialChain: Sendable {
  let environment: [String: String]
  let transport: HTTPTransport
  let endpoints: GoogleEndpoints

  static let scope = "https://www.googleapis.com/auth/cloud-platform"

  package init(environment: [String: String], transport: HTTPTransport, endpoints: GoogleEndpoints) {
    self.environment = environment
    self.transport = transport
    self.endpoints = endpoints
  }

  func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  private var metadataBase: String { "http://\(value("GCE_METADATA_HOST") ?? "169.254.169.254")" }

  /// The file that holds credentials, and what named it; nil where there is none.
  private func file() throws(CredentialError) -> (path: String, origin: String)? {
    if let path = value("GOOGLE_APPLICATION_CREDENTIALS") {
      guard FileManager.default.fileExists(atPath: path) else {
        throw CredentialError("GOOGLE_APPLICATION_CREDENTIALS: there is no file \(path)")
      }
      return (path, "GOOGLE_APPLICATION_CREDENTIALS")
    }
    let folder = value("CLOUDSDK_CONFIG") ?? value("HOME").map { "\($0)/.config/gcloud" }
    guard let folder else { return nil }
    let path = "\(folder)/application_default_credentials.json"
    return FileManager.default.fileExists(atPath: path) ? (path, path) : nil
  }

  private func document(_ path: String) throws(CredentialError) -> JSONValue {
    guard let data = FileManager.default.contents(atPath: path) else { throw CredentialError("\(path) cannot be read") }
    do {
      return try JSONDocument(parsing: Array(data)).root
    } catch {
      throw CredentialError("\(path): \(error)")
    }
  }

  /// The project that the credentials or the environment name; nil where none does.
  package func project() async -> String? {
    if let given = value("GOOGLE_CLOUD_PROJECT") ?? value("CLOUDSDK_CORE_PROJECT") ?? value("GCLOUD_PROJECT") {
      return given
    }
    if let file = try? file(), let root = try? document(file.path) {
      return root["project_id"]?.string ?? root["quota_project_id"]?.string
    }
    let call = HTTPCall(
      method: "GET", url: "\(metadataBase)/computeMetadata/v1/project/project-id",
      headers: [("metadata-flavor", "Google")])
    guard let answer = try? await transport.send(call, timeout: .seconds(1), isDirect: true), answer.status == 200
    else {
      return nil
    }
    return String(decoding: answer.body.readableBytesView, as: UTF8.self).trimmed
  }

  package func token() async throws -> BearerToken {
    if let file = try file() {
      return try await token(of: try document(file.path), file.path, depth: 0)
    }
    if let found = try await metadata() { return found }
    throw CredentialError(
      """
      no Google credentials found; set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials, or sign in with \
      gcloud auth application-default login
      """)
  }

  private func token(of root: JSONValue, _ path: String, depth: Int) async throws -> BearerToken {
    func require(_ key: String) throws(CredentialError) -> String {
      guard let text = root[key]?.string, !text.isEmpty else { throw CredentialError("\(path): '\(key)' is missing") }
      return text
    }
    switch root["type"]?.string {
    case "service_account":
      return try await serviceAccount(try require("client_email"), try require("private_key"), root, path)
    case "authorized_user":
      let (secret, refresh) = (try require("client_secret"), try require("refresh_token"))
      return try await grant(
        [
          ("grant_type", "refresh_token"), ("client_id", try require("client_id")), ("client_secret", secret),
          ("refresh_token", refresh),
        ], root["token_uri"]?.string, path, secrets: [secret, refresh])
    case "external_account": return try await external(root, path)
    case "impersonated_service_account":
      guard depth < 4, let source = root["source_credentials"] else {
        throw CredentialError("\(path): 'source_credentials' is missing")
      }
      let token = try await token(of: source, path, depth: depth + 1)
      let delegates = root["delegates"]?.elements.compactMap(\.string) ?? []
      return try await impersonate(try require("service_account_impersonation_url"), delegates, token, path)
    case let type:
      throw CredentialError(
        "\(path): '\(type ?? "")' is no type of credentials that is known: service_account, authorized_user, "
          + "external_account, impersonated_service_account")
    }
  }

  /// A key signs a statement; a token endpoint, where one is named, gives a token for it (RFC 7523), else the statement is
  /// the token itself.
  private func serviceAccount(
    _ email: String, _ key: String, _ root: JSONValue, _ path: String
  ) async throws -> BearerToken {
    let now = Int64(RESTClient.now)
    let header: [(key: String, value: JSONDraft)] = root["private_key_id"]?.string.map { [("kid", .string($0))] } ?? []
    var claims: [(key: String, value: JSONDraft)] = [
      ("iss", .string(email)), ("scope", .string(Self.scope)), ("iat", .int(now)), ("exp", .int(now + 3600)),
    ]
    do {
      guard let named = root["token_uri"]?.string, !named.isEmpty else {
        claims.append(("sub", .string(email)))
        let text = try SignedToken.make(header: header, claims: claims, pem: key)
        return BearerToken(value: text, expires: Double(now + 3600), origin: path)
      }
      claims.append(("aud", .string(named)))
      let assertion = try SignedToken.make(header: header, claims: claims, pem: key)
      return try await grant(
        [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)], named, path,
        secrets: [assertion])
    } catch let error as CredentialError where !error.description.hasPrefix(path) {
      throw CredentialError("\(path): \(error)")
    }
  }

  private func grant(
    _ fields: [(String, String)], _ endpoint: String?, _ path: String, secrets: [String]
  ) async throws -> BearerToken {
    let call = HTTPCall(
      method: "POST", url: endpoints.moved(endpoint ?? "https://oauth2.googleapis.com/token"),
      headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
      body: Array(TokenAnswer.form(fields).utf8))
    return try await TokenAnswer.ask(call, transport, origin: path, secrets: secrets)
  }

  /// Workload identity federation: another issuer's token for one of Google's (RFC 8693).
  private func external(_ root: JSONValue, _ path: String) async throws -> BearerToken {
    guard let audience = root["audience"]?.string, let type = root["subject_token_type"]?.string,
      let endpoint = root["token_url"]?.string, let source = root["credential_source"]
    else {
      throw CredentialError(
        "\(path): 'audience', 'subject_token_type', 'token_url' and 'credential_source' are needed")
    }
    let subject = try await subjectToken(source, path)
    let token = try await grant(
      [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("audience", audience),
        ("scope", Self.scope), ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("subject_token_type", type), ("subject_token", subject),
      ], endpoint, path, secrets: [subject])
    guard let url = root["service_account_impersonation_url"]?.string else { return token }
    return try await impersonate(url, [], token, path)
  }

  private func subjectToken(_ source: JSONValue, _ path: String) async throws -> String {
    let bytes: [UInt8]
    if let file = source["file"]?.string {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw CredentialError("\(path): credential_source: \(file) cannot be read")
      }
      bytes = Array(data)
    } else if let url = source["url"]?.string {
      let headers = source["headers"]?.members.compactMap { member in
        member.value.string.map { (name: member.key.string ?? "", value: $0) }
      }
      let answer: HTTPAnswer
      do throws(TransportError) {
        answer = try await transport.send(
          HTTPCall(method: "GET", url: url, headers: headers ?? []), timeout: .seconds(10), isDirect: true)
      } catch {
        throw CredentialError("\(path): credential_source: \(error)")
      }
      guard answer.status == 200 else {
        throw CredentialError("\(path): credential_source answered with status \(answer.status)")
      }
      bytes = Array(answer.body.readableBytesView)
    } else {
      throw CredentialError(
        "\(path): credential_source must name a 'file' or a 'url'; for others set GOOGLE_APPLICATION_CREDENTIALS "
          + "to a file that gcloud iam workload-identity-pools create-cred-config made with one")
    }
    var text = String(decoding: bytes, as: UTF8.self).trimmed
    if source["format"]?["type"]?.string == "json" {
      let member = source["format"]?["subject_token_field_name"]?.string ?? "access_token"
      text = (try? JSONDocument(parsing: bytes))?.root[member]?.string ?? ""
    }
    guard !text.isEmpty else { throw CredentialError("\(path): credential_source gave no token") }
    return text
  }

  /// A token of a service account for another identity's.
  private func impersonate(
    _ url: String, _ delegates: [String], _ token: BearerToken, _ path: String
  ) async throws -> BearerToken {
    let body = JSONDraft.object([
      ("scope", .array([.string(Self.scope)])), ("delegates", .array(delegates.map(JSONDraft.string))),
    ]).document()
    let call = HTTPCall(
      method: "POST", url: endpoints.moved(url),
      headers: [("content-type", "application/json"), ("authorization", "Bearer \(token.value)")],
      body: body.root.serialized())
    let answer: HTTPAnswer
    do throws(TransportError) {
      answer = try await transport.send(call, timeout: .seconds(30))
    } catch {
      throw CredentialError("\(path): service_account_impersonation_url: \(error)")
    }
    guard answer.status == 200, let root = (try? JSONDocument(parsing: Array(answer.body.readableBytesView)))?.root,
      let text = root["accessToken"]?.string
    else {
      let failure = APIFailure(answer, now: RESTClient.now)
      throw CredentialError(
        "\(path): service_account_impersonation_url: \(AWSCredentials.redacted(failure.description, [token.value]))")
    }
    let expires = root["expireTime"]?.string.flatMap { CivilTime.parse(iso: $0) }.map { Double($0.time.epoch) }
    return BearerToken(value: text, expires: expires ?? RESTClient.now + 600, origin: path)
  }

  /// The metadata server of a machine, a container or a function on Google Cloud.
  private func metadata() async throws -> BearerToken? {
    let flavor = [(name: "metadata-flavor", value: "Google")]
    do {
      let answer = try await transport.send(
        HTTPCall(method: "GET", url: metadataBase, headers: flavor), timeout: .seconds(1), isDirect: true)
      guard answer["metadata-flavor"] == "Google" else { return nil }
    } catch {
      return nil
    }
    let call = HTTPCall(
      method: "GET",
      url: "\(metadataBase)/computeMetadata/v1/instance/service-accounts/default/token?scopes=\(Self.scope)",
      headers: flavor)
    return try await TokenAnswer.ask(call, transport, origin: "the metadata server", secrets: [], isDirect: true)
  }
}
