// SPDX-License-Identifier: Apache-2.0
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Why the settings of the network cannot be used. Names no password.
package struct NetworkSettingError: Error, Sendable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// A host and a port, without the brackets of IPv6.
struct HostPort: Sendable, Hashable {
  var host: String
  var port: Int?

  init?(authority: some StringProtocol) {
    if authority.first == "[" {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<close].lowercased()
      let rest = authority[authority.index(after: close)...]
      guard rest.isEmpty || rest.first == ":" else { return nil }
      port = Int(rest.dropFirst())
      if rest.count > 1, port == nil { return nil }
    } else {
      let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      host = parts[0].lowercased()
      port = parts.count == 2 ? Int(parts[1]) : nil
      if parts.count == 2, port == nil { return nil }
    }
    guard !host.isEmpty, port.map({ (1...65535).contains($0) }) ?? true else { return nil }
  }

  /// Of a whole URL; the port is the scheme's where none is named.
  init?(url: some StringProtocol) {
    guard let separator = url.firstRange(of: "://") else { return nil }
    let authority = url[separator.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let found = HostPort(authority: authority.split(separator: "@").last ?? "") else { return nil }
    self = found
    port = port ?? (url.hasPrefix("https:") ? 443 : 80)
  }

  /// Whether a URL that an answer names is of the same host as a base: no token goes anywhere else.
  static func isSame(_ url: String, _ base: String) -> Bool {
    guard let a = HostPort(url: url), let b = HostPort(url: base) else { return false }
    return a == b && url.hasPrefix("https:") == base.hasPrefix("https:")
  }

  /// A URL that paths are put after: without slashes at its end.
  static func base(_ url: String) -> String {
    var url = Substring(url)
    while url.last == "/" { url.removeLast() }
    return String(url)
  }

  /// Whether it names this machine.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
  }
}

/// How the outside is reached: proxies, who needs none, whose certificates are believed.
package struct NetworkSettings: Sendable {
  /// An HTTP proxy, asked to connect through (`CONNECT`).
  struct Proxy: Sendable, Hashable {
    var host: String
    var port: Int
    var user: String?
    var password: String?
    var name: String { "\(host):\(port)" }
  }

  var httpProxy: Proxy?
  var httpsProxy: Proxy?
  /// Hosts that are reached without a proxy.
  var exceptions: [String] = []
  /// A file of certificates, in PEM, to be believed instead of the system's.
  package private(set) var authorities: String?
  /// A file of certificates, in PEM, to be believed besides: `--ca-file`, `PLUMB_CA_FILE`.
  package private(set) var addedAuthorities: String?

  package init() {}

  /// Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` (lower case goes first) and `AWS_CA_BUNDLE`.
  ///
  /// - Parameters:
  ///   - profileBundle: `ca_bundle` of the AWS profile.
  ///   - addedAuthorities: `--ca-file`; `PLUMB_CA_FILE` where it is nil.
  package init(
    environment: [String: String], profileBundle: String? = nil, addedAuthorities: String? = nil
  ) throws(NetworkSettingError) {
    func value(_ name: String) -> (name: String, text: String)? {
      for name in [name.lowercased(), name] {
        if let text = environment[name], !text.isEmpty { return (name, text) }
      }
      return nil
    }
    let fallback = value("ALL_PROXY")
    httpProxy = try (value("HTTP_PROXY") ?? fallback).map(Self.proxy)
    httpsProxy = try (value("HTTPS_PROXY") ?? fallback).map(Self.proxy)
    exceptions = (value("NO_PROXY")?.text ?? "").split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    let bundle = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
    authorities = bundle ?? profileBundle
    if let authorities, !FileManager.default.fileExists(atPath: authorities) {
      throw NetworkSettingError("\(bundle == nil ? "ca_bundle" : "AWS_CA_BUNDLE"): there is no file \(authorities)")
    }
    let variable = environment["PLUMB_CA_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    self.addedAuthorities = addedAuthorities ?? variable
    if let added = self.addedAuthorities, !FileManager.default.fileExists(atPath: added) {
      throw NetworkSettingError("\(addedAuthorities == nil ? "PLUMB_CA_FILE" : "--ca-file"): there is no file \(added)")
    }
  }

  private static func proxy(_ given: (name: String, text: String)) throws(NetworkSettingError) -> Proxy {
    var rest = given.text[...]
    if let separator = rest.firstRange(of: "://") {
      guard rest[..<separator.lowerBound].lowercased() == "http" else {
        throw NetworkSettingError("\(given.name): only proxies of the form http://HOST:PORT are supported")
      }
      rest = rest[separator.upperBound...]
    }
    rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    var user: String?
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = PercentEncoding.decode(String(parts[0]))
      password = parts.count == 2 ? PercentEncoding.decode(String(parts[1])) : ""
      rest = rest[rest.index(after: at)...]
    }
    guard let place = HostPort(authority: rest) else {
      throw NetworkSettingError("\(given.name): not a proxy; its form is http://HOST:PORT")
    }
    return Proxy(host: place.host, port: place.port ?? 80, user: user, password: password)
  }

  /// The proxy for a URL; nil where there is none to use. What runs on this machine is always reached directly.
  func proxy(for url: String) -> Proxy? {
    guard let proxy = url.hasPrefix("https:") ? httpsProxy : httpProxy else { return nil }
    guard let place = HostPort(url: url) else { return proxy }
    if place.isLoopback { return nil }
    return exceptions.contains { Self.covers($0, place) } ? nil : proxy
  }

  /// `*`, a host, a domain with or without a dot before it, each with a port or not, or a block of IPv4 addresses.
  private static func covers(_ exception: String, _ place: HostPort) -> Bool {
    if exception == "*" { return true }
    if let slash = exception.firstIndex(of: "/") {
      guard let base = address(exception[..<slash]), let asked = address(place.host),
        let bits = Int(exception[exception.index(after: slash)...]), (0...32).contains(bits)
      else { return false }
      let mask: UInt32 = bits == 0 ? 0 : ~0 << (32 - UInt32(bits))
      return base & mask == asked & mask
    }
    var name = exception
    var port: Int?
    if name.utf8.count(where: { $0 == 0x3A }) <= 1 || name.hasPrefix("["), let parts = HostPort(authority: name) {
      (name, port) = (parts.host, parts.port)
    }
    if let port, port != place.port { return false }
    while name.hasPrefix("*") || name.hasPrefix(".") { name.removeFirst() }
    guard !name.isEmpty else { return false }
    return place.host == name || place.host.hasSuffix("." + name)
  }

  private static func address(_ text: some StringProtocol) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count == 4 else { return nil }
    var address: UInt32 = 0
    for part in parts {
      guard let part else { return nil }
      address = address << 8 | UInt32(part)
    }
    return address
  }
}
