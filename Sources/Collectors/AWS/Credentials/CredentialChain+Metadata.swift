// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import NIOCore
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Credentials that the machine itself hands out: a container's endpoint, an instance's metadata. No proxy is used.
extension CredentialChain {
  /// The container's credentials; nil where no endpoint is named.
  func container() async throws -> AWSCredentials? {
    let url: String
    let origin: String
    if let relative = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      origin = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
      guard relative.hasPrefix("/") else { throw CredentialError("\(origin) must begin with '/'") }
      url = containerHost + relative
    } else if let full = value("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      origin = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
      guard Self.mayHandOut(full) else {
        throw CredentialError(
          "\(origin) must be an https URL, or http to this machine or to the endpoints of ECS and EKS")
      }
      url = full
    } else {
      return nil
    }
    var headers: [(name: String, value: String)] = []
    if let token = try containerToken() { headers.append((name: "authorization", value: token)) }
    let answer = try await ask("GET", url, headers, attempts: 3, origin)
    guard let answer else { throw CredentialError("\(origin): the endpoint has no keys (status 404)") }
    return try Self.keys(answer, origin)
  }

  private func containerToken() throws -> String? {
    let token: String
    let origin: String
    if let file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      origin = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
      guard let data = FileManager.default.contents(atPath: file) else {
        throw CredentialError("\(origin): \(file) cannot be read")
      }
      token = String(decoding: data, as: UTF8.self).trimmed
      guard !token.isEmpty else { throw CredentialError("\(file):1: the authorization token file is empty") }
    } else if let given = value("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
      origin = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
      token = given
    } else {
      return nil
    }
    guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw CredentialError("\(origin): the token has a line break or another control character")
    }
    return token
  }

  /// Whether keys may be asked for there: in the clear only from this machine and the known link-local endpoints.
  private static func mayHandOut(_ url: String) -> Bool {
    if url.hasPrefix("https://") { return true }
    guard let place = HostPort(url: url), url.hasPrefix("http://") else { return false }
    return place.isLoopback || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(place.host)
  }

  /// IMDSv2: a token first, then the role's keys. Nothing there, or no role, means none.
  func instance() async throws -> AWSCredentials? {
    if value("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" { return nil }
    let isIPv6 = value("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() == "ipv6"
    var base =
      value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? (isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
    while base.hasSuffix("/") { base.removeLast() }
    let life = [(name: "x-aws-ec2-metadata-token-ttl-seconds", value: "21600")]
    // Off an instance nobody answers: one short attempt.
    let answer = try? await transport.send(
      HTTPCall(method: "PUT", url: "\(base)/latest/api/token", headers: life), timeout: .seconds(2), isDirect: true)
    guard let answer, answer.status == 200 else { return nil }
    let header = [(name: "x-aws-ec2-metadata-token", value: String(buffer: answer.body).trimmed)]
    let origin = "the instance's metadata"
    let url = "\(base)/latest/meta-data/iam/security-credentials/"
    guard let names = try await ask("GET", url, header, attempts: 3, origin) else { return nil }
    guard let role = String(buffer: names.body).split(whereSeparator: \.isNewline).first?.trimmed, !role.isEmpty else {
      return nil
    }
    guard let found = try await ask("GET", url + role, header, attempts: 3, origin) else { return nil }
    return try Self.keys(found, "\(origin) (role \(role))")
  }

  /// An answer of status 200; nil for 404. What else there is, is tried again and then an error.
  private func ask(
    _ method: String, _ url: String, _ headers: [(name: String, value: String)], attempts: Int, _ origin: String
  ) async throws -> HTTPAnswer? {
    var last = ""
    for attempt in 1...attempts {
      do throws(TransportError) {
        let call = HTTPCall(method: method, url: url, headers: headers)
        let answer = try await transport.send(call, timeout: .seconds(5), isDirect: true)
        if answer.status == 200 { return answer }
        if answer.status == 404 { return nil }
        last = "status \(answer.status)"
        guard answer.status >= 500 || answer.status == 429 else { break }
      } catch {
        // The URL may hold a secret in its query.
        if case .invalidURL = error { throw CredentialError("\(origin): not a URL") }
        last = error.description
      }
      if attempt < attempts { try await Task.sleep(for: .milliseconds(100 << attempt)) }
    }
    throw CredentialError("\(origin): the credentials endpoint gave no keys: \(last)")
  }

  private static func keys(_ answer: HTTPAnswer, _ origin: String) throws -> AWSCredentials {
    var body = answer.body
    guard let root = try? JSONDocument(parsing: body.readBytes(length: body.readableBytes) ?? []).root else {
      throw CredentialError("\(origin): the credentials endpoint answered no whole JSON document")
    }
    if let code = root["Code"]?.string, code != "Success" {
      throw CredentialError("\(origin): the credentials endpoint answered \(code.prefix(64))")
    }
    guard let key = root["AccessKeyId"]?.string, let secret = root["SecretAccessKey"]?.string else {
      throw CredentialError("\(origin): the credentials endpoint answered without AccessKeyId or SecretAccessKey")
    }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: root["Token"]?.string,
      expires: epoch(root["Expiration"]?.string), origin: origin)
  }
}
