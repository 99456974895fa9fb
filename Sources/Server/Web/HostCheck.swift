// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes

/// Which names the server answers to. A page of elsewhere whose name is made to point here (DNS rebinding) is refused by
/// its host, a form of elsewhere by its origin.
struct HostCheck: Sendable {
  private let hosts: Set<String>

  init(_ settings: ServerSettings) {
    var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    if settings.address != "0.0.0.0", settings.address != "::" { hosts.insert(settings.address.lowercased()) }
    for host in settings.hosts { hosts.insert(host.lowercased()) }
    if let url = settings.publicURL { hosts.insert(Self.host(of: url)) }
    self.hosts = hosts
  }

  func check(host: String?) throws(Problem) {
    guard let host, hosts.contains(Self.name(host)) else {
      throw Problem(.misdirectedRequest, "This server does not answer to that host; 'hosts' and 'public-url' name it.")
    }
  }

  /// - Parameters:
  ///   - origin: the header `Origin`, which browsers send with unsafe requests.
  ///   - site: the header `Sec-Fetch-Site`.
  func check(origin: String?, site: String?) throws(Problem) {
    let isForeign =
      site == "cross-site" || site == "same-site" || origin.map { !hosts.contains(Self.host(of: $0)) } ?? false
    if isForeign { throw Problem(.forbidden, "The request comes from a page of another site.") }
  }

  private static func host(of url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound else { return url.lowercased() }
    return name(url[start...].prefix { $0 != "/" })
  }

  /// Without the port.
  private static func name(_ authority: some StringProtocol) -> String {
    if authority.hasPrefix("[") { return authority.prefix { $0 != "]" }.lowercased() + "]" }
    return authority.prefix { $0 != ":" }.lowercased()
  }
}
