// SPDX-License-Identifier: Apache-2.0

import Content
import JSON
import Testing

@testable import IaC

/// What of a state may be shown, and parts of resources.
@Suite struct DriftSecretTests {
  @Test(arguments: [
    (["properties", "MasterUserPassword"], #""x""#, #""(hidden)""#),
    (["properties", "Environment", "Variables", "A"], #""x""#, #""(hidden)""#),
    (["properties", "siteConfig", "appSettings"], #"[{"name":"a","value":"x"}]"#, #""(hidden)""#),
    (
      ["properties", "X"], #"{"a":1,"adminPassword":"x","b":["AccountKey=abc"]}"#,
      #"{"a":1,"adminPassword":"(hidden)","b":["(hidden)"]}"#
    ),
    (
      ["properties", "X"], #"[{"Name":"DB_PASSWORD","Value":"x"},{"Name":"PORT","Value":"1"}]"#,
      #"[{"Name":"DB_PASSWORD","Value":"(hidden)"},{"Name":"PORT","Value":"1"}]"#
    ),
    (["properties", "X"], #""-----BEGIN PRIVATE KEY-----""#, #""(hidden)""#),
    (["tags", "environment"], #""prod""#, #""prod""#),
    (["tags"], #"{"environment":"prod","api_key":"x"}"#, #"{"environment":"prod","api_key":"(hidden)"}"#),
    (["properties", "KmsKeyId"], #""arn:aws:kms:x""#, #""arn:aws:kms:x""#),
  ]) func valuesOfSecretsAreHidden(_ keys: [String], _ json: String, _ shown: String) throws {
    #expect(DriftSample.rules.shown(try DriftSample.node(json), at: keys).json().text == shown)
  }

  private static let mapping = """
    aws_security_group:
      type: aws::ec2::securitygroup
      set: {properties.Rules: {from: ingress, each: {Port: port}}, properties.Secret: some_secret, properties.Note: note}
    aws_security_group_rule:
      merges:
        - {into: aws::ec2::securitygroup, on: security_group_id, append: {properties.Rules: {block: {Port: port}}}}
    """

  private func report(_ resources: [JSONDraft], _ live: String, ignored: [String: [String]] = [:]) throws -> DriftReport
  {
    let shipped = try DriftGenerator.content()
    var files = try ["mappings/drift.yaml", "mappings/terraform/aws/provider.yaml"].compactMap {
      try shipped.file(at: $0)
    }
    files.append(.init(path: "mappings/terraform/aws/test.yaml", bytes: Array(Self.mapping.utf8)))
    let reader = try StateReader(.init(files: files))
    let list = resources.map { $0.document().root.text }.joined(separator: ",\n")
    let state = #"{"version":4,"resources":["# + "\n\(list)\n]}"
    let (stated, parts) = reader.resources(of: try StateReader.read(Array(state.utf8), name: "s"), ignored: ignored)
    let resource = try DriftSample.live(
      "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1", "aws::ec2::securitygroup", live)
    return DriftComparison(rules: DriftSample.rules).run(stated, parts: parts, LiveEstate(resources: [resource]))
  }

  private func group(_ more: [(key: String, value: JSONDraft)] = []) -> JSONDraft {
    DriftGenerator.resource(
      "aws_security_group", "g",
      [("id", .string("sg-1")), ("arn", .string("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1"))] + more)
  }

  private func rule(_ name: String, _ port: Int64) -> JSONDraft {
    DriftGenerator.resource(
      "aws_security_group_rule", name, [("security_group_id", .string("sg-1")), ("port", .int(port))])
  }

  @Test func eachRuleOfAGroupIsAPartOfItsOwn() throws {
    let report = try report(
      [group(), rule("gone", 80), rule("kept", 443)], #"{"properties":{"Rules":[{"Port":443},{"Port":22}]}}"#)
    #expect(
      report.resources.map(\.address) == [
        "aws_security_group.g", "aws_security_group_rule.gone", "aws_security_group_rule.kept",
      ])
    #expect(report.resources.map(\.status) == [.drifted, .drifted, .inSync])
    #expect(
      report.resources[0].differences.map { $0.added.count } == [1]
        && report.resources[0].differences[0].removed.isEmpty)
    #expect(report.resources[1].differences.map { $0.removed.count } == [1])
    #expect(report.managed == 1)
  }

  @Test func anArgumentWithoutAValueSaysThatThereIsNothingAndASecretSaysNothing() throws {
    let report = try report(
      [group([("note", .null), ("ingress", .array([])), ("some_secret", .string("x"))])],
      #"{"properties":{"Note":"by hand","Rules":[{"Port":22}],"Secret":"y"}}"#)
    #expect(report.resources[0].differences.map(\.path).sorted() == ["properties.Note", "properties.Rules"])
    // The state of another version of the provider does not have the arguments at all.
    let other = try self.report([group()], #"{"properties":{"Note":"by hand","Rules":[{"Port":22}]}}"#)
    #expect(other.resources[0].differences.isEmpty)
  }

  @Test(arguments: [
    (["tags"], []), (["tags[\"a\"]"], ["tags.b"]), (["tags.b", "note"], ["tags.a"]),
    (["all"], ["properties.Note", "tags.a", "tags.b"]),
    (["*"], []),
  ]) func ignoredChangesAreNotCompared(_ ignored: [String], _ paths: [String]) throws {
    let tags = JSONDraft.object([("b", .string("1"))])
    let report = try report(
      [group([("note", .string("x")), ("tags", .null), ("tags_all", tags)])],
      #"{"tags":{"a":"2","b":"2"},"properties":{"Note":"y"}}"#, ignored: ["aws_security_group.g": ignored])
    let expected = ignored == ["tags"] || ignored == ["tags[\"a\"]"] ? paths + ["properties.Note"] : paths
    #expect(report.resources[0].differences.map(\.path).sorted() == expected.sorted())
  }

  @Test func aPlanTellsWhatTerraformSawAndWhatMoved() throws {
    let plan = #"""
      {"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[
       {"address":"aws_security_group.new","previous_address":"aws_security_group.old","mode":"managed","type":"aws_security_group","name":"new",
        "change":{"actions":["no-op"],"before":{"id":"sg-1","note":"as seen"},"after":{"id":"sg-1","note":"as seen"}}},
       {"address":"aws_security_group.coming","mode":"managed","type":"aws_security_group","name":"coming","change":{"actions":["create"],"before":null,"after":{"note":"x"}}}],
       "resource_drift":[
       {"address":"aws_security_group.new","previous_address":"aws_security_group.old","mode":"managed","type":"aws_security_group","name":"new",
        "change":{"actions":["update"],"before":{"id":"sg-1","note":"as it was"},"after":{"id":"sg-1","note":"as seen"}}}]}
      """#
    let contents = try StateReader.read(Array(plan.utf8), name: "plan.json")
    #expect(contents.addresses == ["aws_security_group.new"])
    let reader = try StateReader(DriftGenerator.content())
    let stated = reader.resources(of: contents).stated
    #expect(stated.map(\.previousAddress) == ["aws_security_group.old"] && stated.map(\.names) == [["sg-1"]])
  }

  @Test(arguments: [
    (#"{"version":3}"#, "version 3"), ("{", "1"), (#"{"encrypted_data":"x"}"#, "encrypted"), ("[]", "no state"),
    (#"{"format_version":"9.0"}"#, "format 9.0"),
  ]) func whatIsNoStateIsRefusedWithItsPlace(_ text: String, _ words: String) {
    #expect {
      try StateReader.read(Array(text.utf8), name: "bad.tfstate")
    } throws: { error in
      "\(error)".contains(words) && "\(error)".contains("bad.tfstate:1")
    }
  }
}
