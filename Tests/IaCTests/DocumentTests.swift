// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import IaC

@Suite struct DocumentTests {
  private let plan = """
    {"format_version": "1.2", "terraform_version": "1.11.4",
     "resource_changes": [
      {"address": "module.m.aws_s3_bucket_public_access_block.p", "module_address": "module.m", "mode": "managed",
       "type": "aws_s3_bucket_public_access_block", "name": "p",
       "change": {"actions": ["create"], "before": null, "after": {"block_public_acls": true},
        "after_unknown": {"bucket": true, "id": true}, "before_sensitive": false, "after_sensitive": {}}},
      {"address": "aws_db_instance.d[0]", "mode": "managed", "type": "aws_db_instance", "name": "d", "index": 0,
       "change": {"actions": ["update"], "before": {"password": "hunter2", "tags": {"a": "b"}},
        "after": {"password": "hunter3", "user": "u", "key": "k", "list": [1, null]},
        "after_unknown": {"list": [false, true]}, "after_sensitive": {"key": true}}}],
     "configuration": {"root_module": {"module_calls": {"m": {"module": {"resources": [
       {"address": "aws_s3_bucket_public_access_block.p",
        "expressions": {"bucket": {"references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"]}}}]}}}}}}
    """

  @Test func plansGiveResourcesWithUnknownsThatNameWhatTheCodeRefersTo() throws {
    var files = SourceFiles()
    let read = try TerraformPlan.read(Array(plan.utf8), path: "plan.json", files: &files)
    let block = try #require(read.changes.first?.after)
    #expect(block.module == "module.m")
    #expect(
      block.body.value("bucket")?.unknown?.identity == Reference(.resource, "module.m.aws_s3_bucket.b", path: ".id"))
    #expect(block.body.value("id")?.unknown?.identity == Reference(.resource, block.address, path: ".id"))
    #expect(block.body.value("block_public_acls")?.bool == true)
    #expect(files.text(block.place) == "plan.json:3:16")
  }

  @Test func secretsDoNotLeaveThePlan() throws {
    var files = SourceFiles()
    let read = try TerraformPlan.read(Array(plan.utf8), path: "plan.json", files: &files)
    let change = try #require(read.changes.last)
    #expect(change.actions == ["update"])
    #expect(change.after?.key == .index(0))
    for name in ["password", "key"] {
      #expect(change.after?.body.value(name)?.isSensitive == true)
      #expect(change.after?.body.value(name)?.isKnown == false)
    }
    #expect(change.after?.body.value("user")?.string == "u")
    #expect(change.after?.body.value("list")?.elements?.last?.isKnown == false)
    #expect(!"\(change)".contains("hunter"))
  }

  @Test func statesGiveTheirInstances() throws {
    let text = """
      {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "l", "resources": [
       {"module": "module.m[\\"k\\"]", "mode": "managed", "type": "aws_x", "name": "a",
        "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
        "instances": [
         {"index_key": "i", "schema_version": 0, "attributes": {"id": "x-1", "secret_string": "s3cret", "note": "hush"},
          "sensitive_attributes": [[{"type": "get_attr", "value": "note"}]], "dependencies": ["aws_y.b"]},
         {"deposed": "1234", "attributes": {"id": "x-0"}}]},
       {"mode": "data", "type": "aws_z", "name": "c", "instances": [{"attributes": {"id": "z"}}]}]}
      """
    var files = SourceFiles()
    let state = try TerraformState.read(Array(text.utf8), path: "terraform.tfstate", files: &files)
    #expect(state.serial == 7)
    #expect(state.resources.map(\.address) == ["module.m[\"k\"].aws_x.a[\"i\"]", "data.aws_z.c"])
    #expect(state.instances[0].resource.body.value("id")?.string == "x-1")
    #expect(state.instances[0].dependencies == ["aws_y.b"])
    #expect(!"\(state)".contains("s3cret") && !"\(state)".contains("hush"))
    #expect(state.instances[1].deposed == "1234")
  }

  @Test func shownStatesGiveTheSame() throws {
    let text = """
      {"format_version": "1.0", "values": {"root_module": {"resources": [],
       "child_modules": [{"address": "module.m", "resources": [
        {"address": "module.m.aws_x.a[1]", "mode": "managed", "type": "aws_x", "name": "a", "index": 1,
         "provider_name": "p", "values": {"id": "x", "token": "t0p"}, "sensitive_values": {}}]}]}}}
      """
    var files = SourceFiles()
    let state = try TerraformState.read(Array(text.utf8), path: "s.json", files: &files)
    let resource = try #require(state.resources.first)
    #expect((resource.address, resource.module, resource.key) == ("module.m.aws_x.a[1]", "module.m", .index(1)))
    #expect(!"\(state)".contains("t0p"))
  }

  @Test(
    "Other documents are refused with a reason",
    arguments: [
      ("{", "JSON"), ("{}", "no state"), ("{\"version\": 3}", "version 3"), ("{\"format_version\": \"2.0\"}", "2.0"),
      ("{\"encrypted_data\": \"x\"}", "encrypted"), ("[1]", "no state"),
    ])
  func refused(text: String, word: String) {
    var files = SourceFiles()
    let error = #expect(throws: Diagnostic.self) {
      try TerraformState.read(Array(text.utf8), path: "s", files: &files)
    }
    #expect(error?.message.contains(word) == true)
  }
}
