// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Testing

@testable import Posture

/// Unit tests of policies, themselves tested.
@Suite struct PolicyUnitTestTests {
  private static let head = """
    definition:
      name: tls
      properties:
        displayName: TLS
        mode: All
        parameters: {wanted: {type: String, defaultValue: "1.2"}}
        policyRule:
          if:
            allOf:
              - {field: type, equals: Contoso.Shop/stores}
              - {field: Contoso.Shop/stores/tls, notEquals: "[parameters('wanted')]"}
          then: {effect: deny}
    tests:

    """

  private static func run(_ tests: String) throws -> PolicyTestRun {
    let suite = try PolicyTestSuite(bytes: Array((head + tests).utf8), path: "t.yaml")
    return PolicyTestRun(suite, PolicyLanguage(), now: PolicyFixture.now)
  }

  @Test func aGoodSuiteCoversAllBranchesAndNoticesAllMutants() throws {
    let run = try Self.run(
      """
        - {name: old, document: {type: Contoso.Shop/stores, properties: {tls: "1.0"}}, expect: NonCompliant, effect: Deny}
        - {name: new, document: {type: Contoso.Shop/stores, properties: {tls: "1.2"}}, expect: Compliant}
        - {name: other, document: {type: Contoso.Shop/carts, properties: {tls: "1.0"}}, expect: NotApplicable}
        - {name: strict, parameters: {wanted: "1.3"}, document: {type: Contoso.Shop/stores, properties: {tls: "1.2"}}, expect: NonCompliant}
      """)
    #expect(run.failures.map(\.message) == [])
    #expect(run.coveredBranches == 4)
    #expect(run.mutants >= 5)
    #expect(run.survivors.map { "\($0.path) \($0.change)" } == [])
  }

  @Test func aPoorSuiteIsToldWhatItMisses() throws {
    let run = try Self.run(
      #"  - {name: old, document: {type: Contoso.Shop/stores, properties: {tls: "1.0"}}, expect: NonCompliant}"#)
    #expect(run.failures.isEmpty)
    #expect(run.coveredBranches == 2)
    #expect(run.survivors.contains { $0.change == "left out" })
  }

  @Test func aFailureNamesItsPlaceAndWhatWasFound() throws {
    let run = try Self.run(
      """
        - {name: old, document: {type: Contoso.Shop/stores, properties: {tls: "1.0"}}, expect: Compliant}
        - {name: effect, document: {type: Contoso.Shop/stores, properties: {tls: "1.0"}}, expect: NonCompliant, effect: Audit}
        - {name: allowed, parameters: {wantd: x}, document: {type: Contoso.Shop/stores}, expect: Compliant}
      """)
    #expect(run.failures.map(\.test.location.line) == [14, 15, 16])
    #expect(run.failures[0].message.hasPrefix("expected Compliant, it is NonCompliant (properties.tls is \"1.0\""))
    #expect(run.failures[1].message == "expected the effect Audit, it is deny")
    #expect(run.failures[2].message.contains("did you mean 'wanted'?"))
    #expect(run.mutants == 0)
  }

  @Test(arguments: [
    ("  - {name: a, document: {type: x/y}, expect: NonCompliant, efect: x}", "unknown key 'efect'", 14),
    ("  - {name: a, document: {type: x/y}, expect: Noncompliant}", "did you mean 'NonCompliant'?", 14),
    ("  - {name: a, document: nowhere.json, expect: Compliant}", "there is no file", 14),
    ("  - {name: a, expect: Compliant}", "'document' is missing", 14),
    ("  []", "there are no tests", 14),
  ])
  func whatCannotBeReadIsToldWithLineAndColumn(tests: String, message: String, line: Int) {
    #expect {
      _ = try Self.run(tests)
    } throws: { error in
      guard let error = error as? ContentError else { return false }
      return error.message.contains(message) && error.location.line == line && error.location.column != nil
    }
  }

  @Test func definitionsAndDocumentsMayStandInFilesBeside() throws {
    let folder = try PolicyFolder([
      "tls.json": PolicyFixture.definition(), "a.json": PolicyFixture.store("a"),
      "tests/t.yaml": """
      definition: ../tls.json
      tests:
        - {name: a, document: ../a.json, expect: NonCompliant}
      """,
    ])
    defer { folder.remove() }
    let suite = try PolicyTestSuite(path: folder.path + "/tests/t.yaml")
    #expect(PolicyTestRun(suite, PolicyLanguage(), mutates: false, now: PolicyFixture.now).failures.isEmpty)
  }
}
