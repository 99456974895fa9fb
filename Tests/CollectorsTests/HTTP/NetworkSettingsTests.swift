// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import Testing

@testable import Collectors

/// Proxies, who needs none, and whose certificates are believed.
@Suite(.timeLimit(.minutes(10))) struct NetworkSettingsTests {
  private static let proxies = ["HTTPS_PROXY": "http://proxy.test:3128", "HTTP_PROXY": "plain.test"]

  @Test(
    arguments: [
      ([:], "https://sts.amazonaws.com/", "proxy.test:3128"),
      ([:], "http://sts.test/", "plain.test:80"),
      (["https_proxy": "http://lower.test:1"], "https://sts.amazonaws.com/", "lower.test:1"),
      (["HTTPS_PROXY": "", "ALL_PROXY": "http://[fd00::1]:2/"], "https://sts.amazonaws.com/", "fd00::1:2"),
      // What runs here is reached directly.
      ([:], "http://127.0.0.1:5000/", nil), ([:], "https://localhost/", nil), ([:], "http://[::1]:80/", nil),
      (["NO_PROXY": "*"], "https://sts.amazonaws.com/", nil),
      (["NO_PROXY": "example.com, amazonaws.com"], "https://sts.amazonaws.com/", nil),
      (["NO_PROXY": ".AmazonAWS.com"], "https://STS.amazonaws.com/", nil),
      (["NO_PROXY": "aws.com"], "https://sts.amazonaws.com/", "proxy.test:3128"),
      (["NO_PROXY": "sts.test:8443"], "https://sts.test:8443/", nil),
      (["NO_PROXY": "sts.test:8443"], "https://sts.test/", "proxy.test:3128"),
      (["NO_PROXY": "sts.test:443"], "https://sts.test/", nil),
      (["NO_PROXY": "10.0.0.0/8"], "https://10.20.30.40/", nil),
      (["NO_PROXY": "10.0.0.0/8"], "https://11.20.30.40/", "proxy.test:3128"),
      (["no_proxy": "other", "NO_PROXY": "*"], "https://sts.test/", "proxy.test:3128"),
    ] as [([String: String], String, String?)])
  func aProxyIsChosenByHost(_ environment: [String: String], _ url: String, _ proxy: String?) throws {
    let settings = try NetworkSettings(environment: Self.proxies.merging(environment) { $1 })
    #expect(settings.proxy(for: url)?.name == proxy)
  }

  @Test func aProxysNameAndPasswordAreDecoded() throws {
    let settings = try NetworkSettings(environment: ["HTTPS_PROXY": "http://me:p%40ss:w@proxy.test:8080"])
    #expect(settings.httpsProxy == .init(host: "proxy.test", port: 8080, user: "me", password: "p@ss:w"))
  }

  @Test(arguments: [
    (["HTTPS_PROXY": "socks5://me:hidden@proxy.test"], "HTTPS_PROXY: only proxies of the form"),
    (["http_proxy": "http://me:hidden@proxy.test:port"], "http_proxy: not a proxy"),
    (["ALL_PROXY": "http://me:hidden@"], "ALL_PROXY: not a proxy"),
    (["AWS_CA_BUNDLE": "/nowhere/ca.pem"], "AWS_CA_BUNDLE: there is no file /nowhere/ca.pem"),
  ])
  func whatCannotBeUsedIsNamedWithoutThePassword(_ environment: [String: String], _ part: String) {
    let error = #expect(throws: NetworkSettingError.self) { try NetworkSettings(environment: environment) }
    #expect(error?.description.hasPrefix(part) == true, "\(String(describing: error))")
    #expect(error?.description.contains("hidden") == false)
  }

  /// The identity of the caller, asked of a host that only the proxy knows.
  private func ask(_ refusal: String?, port: Int? = nil) async throws -> (Result<String, AWSFailure>, [String]) {
    let server = try await ScriptedServer([
      .reply(
        200, [],
        """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>\
        </GetCallerIdentityResponse>
        """)
    ])
    let proxy = try await TunnelProxy(to: server.port, refusal: refusal)
    let transport = HTTPTransport(
      network: try NetworkSettings(environment: ["HTTP_PROXY": "http://me:pass@127.0.0.1:\(port ?? proxy.port)"]))
    var settings = AWSClient.Settings()
    settings.retry.attempts = 1
    let client = AWSClient(
      transport: transport, credentials: CredentialProvider(AWSCredentials(accessKey: "a", secretKey: "b")),
      endpoints: AWSEndpoints(environment: ["AWS_ENDPOINT_URL": "http://sts.test:8080"]), settings: settings)
    let result: Result<String, AWSFailure>
    do throws(AWSFailure) {
      let answer = try await client.call(try Self.sts.get(), "GetCallerIdentity", region: "us-east-1")
      result = .success(answer["Account"]?.string ?? "")
    } catch {
      result = .failure(error)
    }
    let requests = proxy.requests
    await transport.shutdown()
    try await proxy.stop()
    try await server.stop()
    return (result, requests)
  }

  private static let sts = Result { try WireTests.model("sts") }
    .mapError { AWSFailure(reason: .error, code: "Test", message: "\($0)") }

  @Test func aProxyIsAskedToConnectWithItsNameAndPassword() async throws {
    let (result, requests) = try await ask(nil)
    #expect(try result.get() == "1")
    let head = try #require(requests.first)
    #expect(head.hasPrefix("CONNECT sts.test:8080 HTTP/1.1\r\n"))
    #expect(head.lowercased().contains("proxy-authorization: basic bwu6cgfzcw==\r\n"), "\(head)")
    // Nothing of the request itself is for the proxy.
    #expect(!head.contains("AWS4"))
  }

  @Test(arguments: [
    ("407 Proxy Authentication Required", "wants a name and a password"), ("403 Forbidden", "did not connect"),
  ])
  func aProxyThatRefusesIsNamed(_ refusal: String, _ part: String) async throws {
    let (result, _) = try await ask(refusal)
    let failure = #expect(throws: AWSFailure.self) { try result.get() }
    #expect(failure?.code == "ProxyError")
    #expect(failure?.message.contains(part) == true, "\(String(describing: failure))")
    #expect(failure?.message.contains("the proxy 127.0.0.1:") == true)
    #expect(failure?.message.contains("pass@") == false)
  }

  @Test func aProxyThatIsNotThereIsNamed() async throws {
    let (result, _) = try await ask(nil, port: 9)
    let failure = #expect(throws: AWSFailure.self) { try result.get() }
    #expect(failure?.message.contains("through the proxy 127.0.0.1:9: connection refused") == true)
  }
}
