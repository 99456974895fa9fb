// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import Testing

@testable import Posture

@Suite struct PolicyLoadingTests {
  @Test func commentsAndTrailingCommasKeepThePlacesOfWhatIsBehindThem() throws {
    let text = """
      // one
      {
        "a": "x // no comment", /* two
        lines */ "b": [1, 2, /* three */],
        "c": {"d": true,},
      }
      """
    let source = try PolicySource(parsing: Array(text.utf8), path: "p.jsonc")
    #expect(source.root.text == #"{"a":"x // no comment","b":[1,2],"c":{"d":true}}"#)
    let second = try #require(source.root["b"]?[1])
    #expect(source.location(of: second).description == "p.jsonc:4:21")
    let deep = try #require(source.root["c"]?["d"])
    #expect(source.location(of: deep).description == "p.jsonc:5:14")
  }

  @Test(arguments: [
    ("{\"a\": 1,, }", "p.json:1:9"), ("{\n  \"a\": nope }", "p.json:2:9"), ("{\"a\": 1} x", "p.json:1:10"),
    ("{ /* open", "p.json:1:3"), ("{\"a\": 1, \"a\": 2}", "p.json:1:10"),
  ])
  func whatIsNoJSONIsToldWithItsPlace(text: String, place: String) {
    #expect {
      try PolicySource(parsing: Array(text.utf8), path: "p.json")
    } throws: { error in
      (error as? ContentError)?.location.description == place
    }
  }

  @Test func aByteOrderMarkIsPassedOver() throws {
    let source = try PolicySource(parsing: [0xEF, 0xBB, 0xBF] + Array("{\"a\":1}".utf8), path: "p.json")
    #expect(source.root["a"]?.int64 == 1)
  }

  @Test func nestingBeyondTheLimitIsRefused() {
    let text = String(repeating: "[", count: 5_000)
    #expect(throws: ContentError.self) { try PolicySource(parsing: Array(text.utf8), path: "p.json") }
  }

  private static let rule = #"{"if":{"field":"type","equals":"a/b"},"then":{"effect":"audit"}}"#

  @Test(arguments: [
    (#"{"properties":{"policyRule":RULE},"id":"/providers/Microsoft.Authorization/policyDefinitions/d1","name":"d1"}"#),
    (#"{"value":[{"policyRule":RULE,"name":"d1"}]}"#),
    (#"[{"policyRule":RULE,"name":"d1","type":"Microsoft.Authorization/policyDefinitions"}]"#),
    (#"{"data":[{"type":"microsoft.authorization/policydefinitions","name":"d1","properties":{"policyRule":RULE}}]}"#),
    (#"{"$schema":"x","resources":[{"type":"Microsoft.Authorization/policyDefinitions","name":"d1","properties":{"PolicyRule":RULE}}]}"#),
  ])
  func definitionsAreFoundWhateverWrapsThem(text: String) throws {
    var reader = PolicyReader()
    let text = text.replacing("RULE", with: Self.rule)
    #expect(reader.read(try PolicySource(parsing: Array(text.utf8), path: "p.json")))
    let record = try #require(reader.records.first)
    #expect(record.kind == .definition)
    #expect(record.id == "/providers/Microsoft.Authorization/policyDefinitions/d1")
    #expect(record.properties.member(ignoringCase: "policyrule") != nil)
  }

  @Test(arguments: [
    ("policyDefinitions", #"{"properties":{"policyDefinitions":[]}}"#, PolicyRecord.Kind.initiative),
    ("", #"{"properties":{"policyDefinitionId":"/x","scope":"/subscriptions/s"}}"#, .assignment),
    ("", #"{"properties":{"policyAssignmentId":"/x","exemptionCategory":"Waiver"}}"#, .exemption),
    ("", #"{"properties":{"policyAssignmentId":"/x","complianceState":"Compliant"}}"#, .attestation),
  ])
  func objectsWithoutTypeAreToldByWhatTheyHold(_: String, text: String, kind: PolicyRecord.Kind) throws {
    var reader = PolicyReader()
    #expect(reader.read(try PolicySource(parsing: Array(text.utf8), path: "p.json")))
    #expect(reader.records.first?.kind == kind)
  }

  @Test func whatAzureItselfSaysOfStatesIsNoPolicyObject() throws {
    var reader = PolicyReader()
    let text =
      #"{"policyAssignmentId":"/a","policyDefinitionId":"/d","complianceState":"Compliant","policyDefinitionAction":"audit"}"#
    #expect(!reader.read(try PolicySource(parsing: Array(text.utf8), path: "p.json")))
  }

  @Test func theFolderOfThePublicRepositoryLoadsAndGovernmentTwinsYield() throws {
    let folder = try PolicyFolder([
      "built-in-policies/policyDefinitions/Storage/a.json":
        #"{"name":"d1","properties":{"displayName":"public","policyRule":\#(Self.rule)}}"#,
      "built-in-policies/policyDefinitions/Azure Government/Storage/a.json":
        #"{"name":"d1","properties":{"displayName":"other","policyRule":\#(Self.rule)}}"#,
      "built-in-policies/policyDefinitions/Azure Government/Storage/b.json":
        #"{"name":"d2","properties":{"displayName":"only there","policyRule":\#(Self.rule)}}"#,
      "built-in-policies/policySetDefinitions/set.json": #"{"name":"s1","properties":{"policyDefinitions":[]}}"#,
      "README.md": "# no policy", "samples/parameters.json": #"{"tagName":{"type":"String"}}"#,
    ])
    defer { folder.remove() }
    var corpus = PolicyCorpus()
    try corpus.load([folder.path])
    #expect(corpus.problems.map(\.description) == [])
    #expect(Set(corpus.definitions.map { $0.properties["displayName"]?.string }) == ["public", "only there"])
    #expect(corpus.initiatives.map(\.record.name) == ["s1"])
  }

  @Test func aFileThatIsNamedMustBeAboutPolicy() throws {
    let folder = try PolicyFolder(["x.json": #"{"a": 1}"#])
    defer { folder.remove() }
    var corpus = PolicyCorpus()
    try corpus.load([folder.path + "/x.json"])
    #expect(corpus.problems.first?.error.location.line == 1)
    #expect(throws: ContentError.self) { try corpus.load([folder.path + "/nothing"]) }
  }

  @Test func anInitiativeThatHoldsItselfOrAnotherIsRefused() throws {
    let folder = try PolicyFolder([
      "s.json": """
      {"name": "s1", "properties": {"policyDefinitions": [
        {"policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/s1"},
        {"policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/s2"}]}}
      """
    ])
    defer { folder.remove() }
    var corpus = PolicyCorpus()
    try corpus.load([folder.path])
    #expect(corpus.problems.map(\.error.location.line) == [2, 3])
    #expect(corpus.problems.first?.error.message.contains("holds itself") == true)
  }

  @Test(arguments: [
    ("1.2.3", "1.*.*", true), ("2.0.0", "1.*.*", false), ("1.2.3", "1.2.*", true), ("1.3.0", "1.2.*", false),
    ("1.2.3-preview", "1.*.*", true), ("1.2.3", "1.*.*-preview", false), ("1.2.3-preview", "1.*.*-preview", true),
  ])
  func versionPatternsChoose(version: String, pattern: String, matches: Bool) {
    #expect(PolicyVersion.matches(version, pattern) == matches)
  }
}

/// A folder of files that is removed after a test.
struct PolicyFolder {
  let path: String

  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "plumb-policy-" + UUID().uuidString
    for (name, text) in files {
      let file = path + "/" + name
      try FileManager.default.createDirectory(
        atPath: String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
