// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSON
import NIOHTTP1
import Server
import Testing

/// The OpenAPI document: every endpoint is in it, and what it says holds together.
@Suite struct OpenAPITests {
  private static func document() throws -> JSONValue {
    try JSONDocument(parsing: OpenAPI.document(of: Routes.all, version: "1")).root
  }

  @Test func everyEndpointOfTheAPIIsInIt() throws {
    let paths = try #require(Self.document()["paths"])
    let shown = Routes.all.filter { $0.path.hasPrefix("/api/v1/") && !$0.isPage }
    #expect(shown.count > 50)
    for endpoint in shown {
      let operation = paths[endpoint.path]?[endpoint.method.rawValue.lowercased()]
      #expect(operation != nil, "\(endpoint.method.rawValue) \(endpoint.path)")
      let named = Set(operation?["parameters"]?.elements.compactMap { $0["name"]?.string } ?? [])
      let inPath = endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
        String($0.dropFirst().dropLast())
      }
      #expect(Set(inPath).isSubset(of: named), "\(endpoint.path): a parameter of the path is not described")
      #expect(!endpoint.answers.isEmpty, "\(endpoint.path)")
      if case .signedIn(let permission) = endpoint.access {
        #expect(operation?["x-permission"]?.string == permission.rawValue)
      }
    }
  }

  @Test func namesOfOperationsAreTheirOwn() throws {
    let paths = try #require(Self.document()["paths"])
    let names = paths.members.flatMap { $0.value.members.compactMap { $0.value["operationId"]?.string } }
    #expect(Set(names).count == names.count)
  }

  @Test func everyReferenceLeadsToAComponent() throws {
    let document = try Self.document()
    let text = document.text
    let names = text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.1) }
    #expect(names.count > 20)
    for name in Set(names) { #expect(document["components"]?["schemas"]?[name] != nil, "\(name)") }
  }

  @Test func whoeverAsksGetsIt() async throws {
    try await TestServer.with { server in
      let answer = try await server.send(.GET, "/api/v1/openapi.json")
      #expect(answer.status == 200)
      #expect(try answer.json()["openapi"]?.string == "3.1.0")
    }
  }

  @Test func theAPIHasNoEndpointForWhoeverIsNotSignedIn() async throws {
    try await TestServer.withEstate { server in
      for endpoint in Routes.all where endpoint.access != .anyone && !endpoint.isPage {
        let path = endpoint.path.split(separator: "/", omittingEmptySubsequences: false)
          .map { $0.hasPrefix("{") ? "x" : String($0) }.joined(separator: "/")
        let answer = try await server.send(HTTPMethod(rawValue: endpoint.method.rawValue), path)
        #expect(answer.status == 401, "\(endpoint.method.rawValue) \(path)")
      }
    }
  }
}
