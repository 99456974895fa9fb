// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Unit tests of one policy definition, in YAML:
///
///     definition: ../policyDefinitions/https.json
///     parameters: {effect: Deny}
///     tests:
///       - name: http is refused
///         document: {type: Microsoft.Storage/storageAccounts, properties: {supportsHttpsTrafficOnly: false}}
///         expect: NonCompliant
package struct PolicyTestSuite: Sendable {
  package enum Expectation: String, Sendable, CaseIterable {
    case nonCompliant = "NonCompliant"
    case compliant = "Compliant"
    case notApplicable = "NotApplicable"
    case unknown = "Unknown"
  }

  package struct Case: Sendable {
    package let name: String
    let document: JSONValue
    let parameters: [(name: String, value: JSONValue)]
    let related: [JSONValue]
    let expected: Expectation
    /// The effect that the rule must have.
    let effect: String?
    /// The document as `append` or `modify` must leave it.
    let modified: JSONValue?
    let requestContext: JSONValue?
    package let location: ContentLocation
  }

  package let path: String
  package let definition: PolicyRecord
  package let cases: [Case]

  private static let keys = ["definition", "parameters", "related", "tests"]
  private static let caseKeys = [
    "name", "document", "parameters", "related", "expect", "effect", "modified", "apiVersion", "requestContext",
  ]

  /// Reads a file of tests.
  ///
  /// - Throws: ``ContentError`` with file, line and column of what cannot be used.
  package init(path: String) throws(ContentError) {
    try self.init(bytes: try PolicyCorpus.bytes(path), path: path)
  }

  init(bytes: [UInt8], path: String) throws(ContentError) {
    self.path = path
    let node = try YAMLDocument(parsing: bytes, path: path).node
    try node.allow(Self.keys)
    definition = try Self.definition(try node.require("definition"), path)
    let shared = try Self.parameters(try node.optional("parameters"))
    let related = try Self.documents(try node.optional("related"), path)
    let list = try node.require("tests")
    var cases: [Case] = []
    for entry in try list.elements {
      try entry.allow(Self.caseKeys)
      let own = try Self.parameters(try entry.optional("parameters"))
      let names = Set(own.map { $0.name.lowercased() })
      let document = try Self.document(try entry.require("document"), path)
      let context = try entry.optional("requestContext")?.value
      let version = try entry.optional("apiVersion")?.scalarText
      cases.append(
        Case(
          name: try entry.require("name").scalarText, document: document,
          parameters: shared.filter { !names.contains($0.name.lowercased()) } + own,
          related: related + (try Self.documents(try entry.optional("related"), path)),
          expected: try entry.require("expect").choice(), effect: try entry.optional("effect")?.text,
          modified: try entry.optional("modified").map { node throws(ContentError) in try Self.document(node, path) },
          requestContext: context ?? version.map { JSONDraft.object([("apiVersion", .string($0))]).document().root },
          location: entry.location))
    }
    guard !cases.isEmpty else { throw list.error("there are no tests") }
    self.cases = cases
  }

  private static func parameters(_ node: ContentNode?) throws(ContentError) -> [(name: String, value: JSONValue)] {
    guard let node else { return [] }
    return try node.members.map { ($0.key, $0.node.value) }
  }

  /// A document that stands here, or the path of a JSON file beside this one.
  private static func document(_ node: ContentNode, _ path: String) throws(ContentError) -> JSONValue {
    if node.value.kind == .object { return node.value }
    let source = try source(node, path)
    guard source.root.kind == .object else { throw node.error("'\(source.path)' is no document, but a list") }
    return source.root
  }

  private static func documents(_ node: ContentNode?, _ path: String) throws(ContentError) -> [JSONValue] {
    guard let node else { return [] }
    if node.value.kind == .array {
      var list: [JSONValue] = []
      for element in try node.elements { list.append(try document(element, path)) }
      return list
    }
    if node.value.kind == .object { return [node.value] }
    let root = try source(node, path).root
    return root.kind == .array ? Array(root.elements) : root["value"].map { Array($0.elements) } ?? [root]
  }

  private static func definition(_ node: ContentNode, _ path: String) throws(ContentError) -> PolicyRecord {
    var reader = PolicyReader()
    if node.value.kind == .object {
      let source = PolicySource(node.value, at: node.location)
      guard reader.read(row: node.value, source), let record = reader.records.first, record.kind == .definition else {
        throw node.error("this is no policy definition: 'policyRule' is missing")
      }
      return record
    }
    let source = try source(node, path)
    guard reader.read(source), let record = reader.records.first(where: { $0.kind == .definition }) else {
      throw node.error("'\(source.path)' holds no policy definition")
    }
    return record
  }

  private static func source(_ node: ContentNode, _ path: String) throws(ContentError) -> PolicySource {
    let name = try node.text
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let file = name.hasPrefix("/") ? name : "\(folder.isEmpty ? "." : folder)/\(name)"
    guard FileManager.default.fileExists(atPath: file) else { throw node.error("there is no file '\(file)'") }
    return try PolicySource(parsing: try PolicyCorpus.bytes(file), path: file)
  }
}
