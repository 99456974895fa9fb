// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOHTTP1
import Server
import Testing

/// Somebody who is signed in and looks at pages.
struct PageReader: Sendable {
  let server: TestServer
  let cookie: String

  /// Signs a new user in by the form of the page.
  init(_ server: TestServer, _ roles: Set<Role> = [.administrator], reach: Reach = .all) async throws {
    let (name, password) = ("reader-\(UUID().uuidString.prefix(8))", "correct horse battery")
    _ = try await server.services.accounts.create(
      name: name, password: password, roles: roles, reach: reach, by: .system)
    let answer = try await server.send(
      .POST, "/sign-in", form: "name=\(name)&password=correct%20horse%20battery&next=%2F")
    let field = try #require(answer.headers.first(name: "set-cookie"))
    (self.server, cookie) = (server, String(field.prefix { $0 != ";" }))
  }

  func get(_ path: String) async throws -> TestAnswer {
    try await server.send(.GET, path, headers: [("cookie", cookie)])
  }

  /// Sends a form as the page at `page` would: with the token that stands in it.
  func post(_ path: String, _ fields: [(String, String)], from page: String) async throws -> TestAnswer {
    let token = try #require(try await get(page).text.firstMatch(of: /name="csrf" value="([^"]+)"/)?.1)
    let form = (fields + [("csrf", String(token))]).map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }
    return try await server.send(.POST, path, headers: [("cookie", cookie)], form: form.joined(separator: "&"))
  }

  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

/// What is wrong with the markup of a page: elements that are not closed, attributes without quotes, scripts and styles that
/// the server's policy would not run.
struct PageMarkup {
  private static let void: Set<String> = ["meta", "link", "input", "br", "hr", "img"]
  let faults: [String]
  /// Addresses on this server that it links to, without what follows `#`.
  let links: [String]

  init(_ html: String) {
    var faults: [String] = []
    var open: [String] = []
    var links: [String] = []
    var rest = Substring(html)
    if !rest.hasPrefix("<!doctype html>") { faults.append("no doctype") }
    rest = rest.dropFirst("<!doctype html>".count)
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else {
        faults.append("a tag is not closed: \(rest.prefix(40))")
        break
      }
      let tag = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        let name = String(tag.dropFirst())
        if open.last == name {
          open.removeLast()
        } else {
          faults.append("</\(name)> closes <\(open.last ?? "nothing")>")
        }
        continue
      }
      let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
      var attributes = tag.dropFirst(name.count)
      if attributes.hasSuffix("/") { attributes = attributes.dropLast() }
      let names = attributes.replacing(/="[^"]*"/, with: "=")
      let plain = names.replacing(/\s[a-zA-Z][a-zA-Z0-9-]*=?/, with: "")
      if !plain.allSatisfy(\.isWhitespace) { faults.append("attributes of <\(name)>: \(plain)") }
      if names.contains(/\s(style|on[a-z]+)=/) { faults.append("inline in <\(tag)>") }
      if name == "style" || (name == "script" && !attributes.contains(" src=\"/assets/")) {
        faults.append("inline <\(tag)>")
      }
      for match in attributes.matches(of: /\s(?:href|action|src)="([^"]*)"/) {
        let address = match.1.replacing("&amp;", with: "&").replacing("&#39;", with: "'")
        let isForm = name == "form" || name == "button"
        if address.hasPrefix("/"), !isForm { links.append(String(address.prefix { $0 != "#" })) }
        if address.lowercased().hasPrefix("javascript:") { faults.append("a script as an address: \(tag)") }
      }
      if !Self.void.contains(name), !tag.hasSuffix("/") { open.append(name) }
    }
    if !open.isEmpty { faults.append("not closed: \(open)") }
    self.faults = faults
    self.links = links
  }
}
