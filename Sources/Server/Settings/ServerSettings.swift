// SPDX-License-Identifier: Apache-2.0
internal import Configuration
internal import KQL

/// How the server runs. Each setting has one name, which the file has under `server:`, the environment as
/// `PLUMB_SERVER_` and the command line as an option: `session-idle-minutes`, `PLUMB_SERVER_SESSION_IDLE_MINUTES`,
/// `--session-idle-minutes`.
package struct ServerSettings: Sendable {
  package enum Key: String, CaseIterable, Sendable {
    case address, port
    case publicURL = "public-url"
    case hosts
    case tlsCertificate = "tls-certificate"
    case tlsKey = "tls-key"
    case insecureHTTP = "insecure-http"
    case behindProxy = "behind-proxy"
    case sessionIdle = "session-idle-minutes"
    case sessionLongest = "session-longest-hours"
    case passwordCost = "password-cost"
    case requestsPerMinute = "requests-per-minute"
    case signInsPerMinute = "sign-ins-per-minute"
    case drainSeconds = "drain-seconds"
    case logLevel = "log-level"
    case vaultKey = "vault-key"
    case oidcIssuer = "oidc-issuer"
    case oidcClient = "oidc-client-id"
    case oidcSecret = "oidc-client-secret"
    case oidcName = "oidc-name-claim"
    case oidcGroups = "oidc-groups-claim"
    case oidcRoles = "oidc-roles"

    /// As `plumb serve --help` and the page about the server say it.
    package var help: String {
      switch self {
      case .address: "The address to listen on. Default: 127.0.0.1."
      case .port: "The port. Default: 8443; 0 for a free one, which is printed."
      case .publicURL: "The URL under which browsers reach the server, https://posture.example.com."
      case .hosts: "Further host names that requests may be for, separated by commas."
      case .tlsCertificate:
        "The certificate chain, a PEM file. With it and its key the server speaks TLS, HTTP/1.1 and 2."
      case .tlsKey: "The certificate's key, a PEM file."
      case .insecureHTTP: "Plain HTTP on addresses other than loopback: passwords cross the network as they are."
      case .behindProxy: "Plain HTTP behind a proxy that ends TLS and sets X-Forwarded-For; nothing else can reach it."
      case .sessionIdle: "Minutes after which a session that is not used ends. Default: 60."
      case .sessionLongest: "Hours after which any session ends. Default: 12."
      case .passwordCost: "How hard passwords are to guess, log2 of scrypt's rounds, 10 to 20. Default: 17 (128 MiB)."
      case .requestsPerMinute:
        "Requests that a user or token may make in a minute; an address ten times that. Default: 1200."
      case .signInsPerMinute: "Attempts to sign in that an address may make in a minute. Default: 10."
      case .drainSeconds: "Seconds that requests have to end once the server is told to stop. Default: 20."
      case .logLevel: "The least level that is logged: trace, debug, info, notice, warning, error. Default: info."
      case .vaultKey:
        "The key that secrets of connections are kept under, base64 of 32 bytes. Default: vault.key of the data folder, which is made."
      case .oidcIssuer: "The OIDC provider whose users may sign in, a URL."
      case .oidcClient: "The client id that the provider has for this server."
      case .oidcSecret: "Its secret; leave it out for a public client. Rather in the environment than anywhere else."
      case .oidcName: "The claim that names the user. Default: preferred_username, else email, else sub."
      case .oidcGroups: "The claim that lists the user's groups. Default: groups."
      case .oidcRoles:
        "Which group has which roles: cloud-team=analyst+responder,auditors=viewer. Others may not sign in."
      }
    }

    package var isSecret: Bool { self == .oidcSecret || self == .vaultKey }
  }

  package var address = "127.0.0.1"
  package var port = 8443
  package var publicURL: String?
  package var hosts: [String] = []
  package var tls: (certificate: String, key: String)?
  package var insecureHTTP = false
  package var behindProxy = false
  /// Ticks.
  package var sessionIdle = 60 * DateTime.ticksPerSecond * 60
  /// Ticks.
  package var sessionLongest = 12 * DateTime.ticksPerSecond * 3600
  package var passwordCost = 17
  package var requestsPerMinute = 1200
  package var signInsPerMinute = 10
  package var drainSeconds = 20
  package var logLevel = "info"
  package var vaultKey: String?
  package var oidc: OIDCSettings?

  package init() {}

  /// Whether cookies may be told to travel over TLS only.
  package var isSecure: Bool { tls != nil || behindProxy }

  package var isLoopback: Bool { address == "localhost" || address == "::1" || address.hasPrefix("127.") }
}

/// Whom sign-in is left to.
package struct OIDCSettings: Sendable {
  package var issuer: String
  package var client: String
  package var secret: String?
  package var nameClaim: String?
  package var groupsClaim = "groups"
  package var roles: [String: Set<Role>]

  package init(issuer: String, client: String, secret: String? = nil, roles: [String: Set<Role>]) {
    self.issuer = issuer
    self.client = client
    self.secret = secret
    self.roles = roles
  }
}

/// A setting that cannot be used, with the mend.
package struct SettingsError: Error, CustomStringConvertible {
  package let description: String
}

extension ServerSettings {
  /// Settings of several places, the first of which that has one wins.
  ///
  /// - Parameters:
  ///   - flags: by the names of ``Key``.
  ///   - environment: all of it; only `PLUMB_SERVER_` is looked at.
  ///   - file: by the names of ``Key``.
  package init(flags: [Key: String], environment: [String: String], file: [Key: String]) throws(SettingsError) {
    for name in environment.keys where name.hasPrefix("PLUMB_SERVER_") {
      let key = name.dropFirst("PLUMB_SERVER_".count).lowercased().replacing("_", with: "-")
      guard Key(rawValue: key) != nil else {
        throw SettingsError(description: "the variable \(name) is no setting; plumb serve --help names those there are")
      }
    }
    func provider(_ name: String, _ values: [Key: String]) -> InMemoryProvider {
      InMemoryProvider(
        name: name,
        values: Dictionary(
          uniqueKeysWithValues: values.map {
            (
              AbsoluteConfigKey(["plumb", "server"] + $0.key.rawValue.split(separator: "-").map(String.init)),
              ConfigValue(.string($0.value), isSecret: $0.key.isSecret)
            )
          }))
    }
    let reader = ConfigReader(providers: [
      provider("options", flags), EnvironmentVariablesProvider(environmentVariables: environment),
      provider("file", file),
    ])
    self.init()
    try read { key in
      reader.string(
        forKey: ConfigKey(["plumb", "server"] + key.rawValue.split(separator: "-").map(String.init)),
        isSecret: key.isSecret)
    }
  }

  private mutating func read(_ value: (Key) -> String?) throws(SettingsError) {
    func number(_ key: Key, _ range: ClosedRange<Int>, _ usual: Int) throws(SettingsError) -> Int {
      guard let text = value(key) else { return usual }
      guard let number = Int(text), range.contains(number) else {
        throw SettingsError(
          description: "\(key.rawValue) is '\(text)'; give a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    func flag(_ key: Key) throws(SettingsError) -> Bool {
      switch value(key)?.lowercased() {
      case nil, "false", "no", "0": return false
      case "true", "yes", "1": return true
      case let text?: throw SettingsError(description: "\(key.rawValue) is '\(text)'; give true or false")
      }
    }
    address = value(.address) ?? address
    port = try number(.port, 0...65_535, port)
    publicURL = value(.publicURL)
    if let publicURL, !publicURL.hasPrefix("https://"), !publicURL.hasPrefix("http://") {
      throw SettingsError(description: "public-url is '\(publicURL)'; it begins with https://")
    }
    hosts = value(.hosts)?.split(separator: ",").map { $0.trimmed } ?? []
    insecureHTTP = try flag(.insecureHTTP)
    behindProxy = try flag(.behindProxy)
    switch (value(.tlsCertificate), value(.tlsKey)) {
    case (let certificate?, let key?): tls = (certificate, key)
    case (nil, nil): tls = nil
    default: throw SettingsError(description: "tls-certificate and tls-key go together; give both")
    }
    guard tls != nil || isLoopback || insecureHTTP || behindProxy else {
      throw SettingsError(
        description:
          "plain HTTP is for loopback only, and the address is \(address); give tls-certificate and tls-key, "
          + "or say behind-proxy where a proxy ends TLS, or insecure-http where passwords may be read by the network")
    }
    let minutes = try number(.sessionIdle, 1...10_080, 60)
    sessionIdle = Int64(minutes) * 60 * DateTime.ticksPerSecond
    let hours = try number(.sessionLongest, 1...720, 12)
    sessionLongest = Int64(hours) * 3600 * DateTime.ticksPerSecond
    passwordCost = try number(.passwordCost, 10...20, passwordCost)
    requestsPerMinute = try number(.requestsPerMinute, 1...1_000_000, requestsPerMinute)
    signInsPerMinute = try number(.signInsPerMinute, 1...10_000, signInsPerMinute)
    drainSeconds = try number(.drainSeconds, 0...600, drainSeconds)
    logLevel = value(.logLevel) ?? logLevel
    let levels = ["trace", "debug", "info", "notice", "warning", "error"]
    guard levels.contains(logLevel) else {
      throw SettingsError(description: "log-level is '\(logLevel)'; give one of \(levels.joined(separator: ", "))")
    }
    vaultKey = value(.vaultKey)
    try readOIDC(value)
  }

  /// Whether what comes from a URL comes from whom it names: over TLS, or from this machine.
  static func isTrustworthy(_ url: String) -> Bool {
    ["https://", "http://127.0.0.1:", "http://localhost:"].contains(where: url.hasPrefix)
  }

  private mutating func readOIDC(_ value: (Key) -> String?) throws(SettingsError) {
    guard let issuer = value(.oidcIssuer) else { return }
    guard let client = value(.oidcClient) else {
      throw SettingsError(description: "oidc-issuer needs oidc-client-id")
    }
    guard Self.isTrustworthy(issuer) else {
      throw SettingsError(description: "oidc-issuer is '\(issuer)'; it begins with https://")
    }
    var roles: [String: Set<Role>] = [:]
    for pair in value(.oidcRoles)?.split(separator: ",") ?? [] {
      let sides = pair.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      let names = sides.count == 2 ? sides[1].split(separator: "+").map { $0.trimmed } : []
      let found = names.compactMap(Role.init(rawValue:))
      guard !found.isEmpty, found.count == names.count else {
        let all = Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw SettingsError(description: "oidc-roles has '\(pair)'; write group=role+role with roles of \(all)")
      }
      roles[sides[0], default: []].formUnion(found)
    }
    guard !roles.isEmpty else {
      throw SettingsError(description: "oidc-issuer needs oidc-roles: which group has which roles")
    }
    var settings = OIDCSettings(issuer: issuer, client: client, secret: value(.oidcSecret), roles: roles)
    settings.nameClaim = value(.oidcName)
    settings.groupsClaim = value(.oidcGroups) ?? "groups"
    oidc = settings
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
