// SPDX-License-Identifier: Apache-2.0
import Server
import Testing

@Suite struct SettingsTests {
  private func settings(
    _ flags: [ServerSettings.Key: String] = [:], _ environment: [String: String] = [:],
    _ file: [ServerSettings.Key: String] = [:]
  ) throws -> ServerSettings { try ServerSettings(flags: flags, environment: environment, file: file) }

  @Test("options go before the environment, that before the file, that before what is usual")
  func precedence() throws {
    #expect(try settings().port == 8443)
    #expect(try settings([:], [:], [.port: "1"]).port == 1)
    #expect(try settings([:], ["PLUMB_SERVER_PORT": "2"], [.port: "1"]).port == 2)
    #expect(try settings([.port: "3"], ["PLUMB_SERVER_PORT": "2"], [.port: "1"]).port == 3)
    #expect(try settings([:], ["PLUMB_SERVER_SESSION_IDLE_MINUTES": "5"]).sessionIdle == 3_000_000_000)
  }

  @Test(
    "plain HTTP leaves the machine only where that is said",
    arguments: [
      (["127.0.0.1"], true), (["localhost"], true), (["::1"], true), (["0.0.0.0"], false),
      (["0.0.0.0", "insecure-http"], true), (["10.0.0.1", "behind-proxy"], true), (["10.0.0.1", "tls"], true),
    ] as [([String], Bool)])
  func plain(words: [String], isTaken: Bool) throws {
    var flags: [ServerSettings.Key: String] = [.address: words[0]]
    if words.contains("insecure-http") { flags[.insecureHTTP] = "true" }
    if words.contains("behind-proxy") { flags[.behindProxy] = "true" }
    if words.contains("tls") { (flags[.tlsCertificate], flags[.tlsKey]) = ("c", "k") }
    #expect(((try? settings(flags)) != nil) == isTaken)
  }

  @Test(
    "what cannot be used is told with its name",
    arguments: [
      (.port, "x", "port"), (.port, "70000", "port"), (.behindProxy, "maybe", "behind-proxy"),
      (.tlsKey, "k", "tls-certificate"), (.logLevel, "loud", "log-level"), (.publicURL, "example.com", "public-url"),
      (.oidcIssuer, "https://id.example", "oidc-client-id"), (.passwordCost, "30", "password-cost"),
    ] as [(ServerSettings.Key, String, String)])
  func wrong(key: ServerSettings.Key, value: String, named: String) {
    let error = #expect(throws: SettingsError.self) { try settings([key: value]) }
    #expect(error?.description.contains(named) == true)
  }

  @Test("a variable that is no setting is told")
  func unknownVariable() {
    #expect(throws: SettingsError.self) { try settings([:], ["PLUMB_SERVER_PROT": "1"]) }
  }

  @Test("groups have roles, and a provider is asked over TLS")
  func oidc() throws {
    let base: [ServerSettings.Key: String] = [.oidcIssuer: "https://id.example", .oidcClient: "plumb"]
    let roles = "cloud = analyst+responder, auditors=viewer"
    let oidc = try #require(try settings(base.merging([.oidcRoles: roles]) { $1 }).oidc)
    #expect(oidc.roles == ["cloud": [.analyst, .responder], "auditors": [.viewer]])
    for wrong in ["", "cloud", "cloud=king"] {
      #expect(throws: SettingsError.self) { try settings(base.merging([.oidcRoles: wrong]) { $1 }) }
    }
    #expect(throws: SettingsError.self) {
      try settings([.oidcIssuer: "http://id.example", .oidcClient: "plumb", .oidcRoles: roles])
    }
  }
}
