// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Testing

@testable import IaC

/// Terraform code in the shapes of its clouds.
struct TerraformMappingTests {
  private static let mapping = """
    aws_s3_bucket:
      type: aws::s3::bucket
      name: bucket
      settled: [properties.Lifecycle]
      set:
        properties.BucketName: "@name"
        properties.Versioning: {from: versioning.enabled, as: {true: Enabled, "*": Suspended}, otherwise: Off}
        properties.Tags: {from: tags, as: tags}
        properties.Policy: {from: policy, as: json}
        properties.Key: kms_key
        properties.Rules: {from: rule, each: {Name: name, Owner: /bucket}, spread: {Cidr: cidrs, Cidr6: cidrs6}}
    aws_kms_key:
      type: aws::kms::key
      set: {properties.Enabled: {from: [is_enabled, enabled], otherwise: true}}
    aws_s3_bucket_policy:
      merges:
        - into: aws::s3::bucket
          on: bucket
          set: {observed.BucketPolicy: {from: policy, as: json}}
    aws_s3_bucket_rule:
      merges:
        - {into: aws::s3::bucket, on: bucket, when: {type: ingress}, append: {properties.Rules: {block: {Name: name}}}, judged: true}
    """

  private static func estate(_ code: String) throws -> CodeEstate {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-map-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let content = folder.appending(path: "content/mappings/terraform/aws")
    try FileManager.default.createDirectory(at: content, withIntermediateDirectories: true)
    // The shipped mappings of AWS are overridden, so that the test says what it maps.
    let library = ContentLibrary(overrides: [folder.appending(path: "content").path])
    for file in try library.files(under: "mappings/terraform/aws") where !file.path.hasSuffix("provider.yaml") {
      try Data("{}".utf8).write(to: folder.appending(path: "content/" + file.path))
    }
    try Data(mapping.utf8).write(to: content.appending(path: "test.yaml"))
    let source = folder.appending(path: "code")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    try Data(code.utf8).write(to: source.appending(path: "main.tf"))
    return try CodeReader(library).evaluate(CodeFolder(source.path))
  }

  @Test func `arguments stand where the cloud shows them`() throws {
    let estate = try Self.estate(
      """
      provider "aws" {
        region = "eu-west-1"
        default_tags { tags = { team = "a", stage = "x" } }
      }
      variable "key" {}
      resource "aws_kms_key" "k" {}
      resource "aws_s3_bucket" "b" {
        for_each = toset(["one", "two"])
        bucket   = "data-${each.key}"
        tags     = { stage = "y" }
        kms_key  = each.key == "one" ? aws_kms_key.k.arn : var.key
        policy   = jsonencode({ Statement = [{ Action = "s3:*" }] })
        versioning { enabled = true }
        dynamic "rule" {
          for_each = [1, 2]
          content {
            name   = "r${rule.value}"
            cidrs  = ["10.0.0.0/8", "0.0.0.0/0"]
            cidrs6 = ["::/0"]
          }
        }
      }
      resource "aws_s3_bucket_policy" "p" {
        bucket = aws_s3_bucket.b["one"].id
        policy = jsonencode({ Statement = [{ Resource = "${aws_s3_bucket.b["one"].arn}/*" }] })
      }
      resource "aws_s3_bucket_rule" "r" {
        bucket = aws_s3_bucket.b["two"].bucket
        type   = "ingress"
        name   = "late"
      }
      """)
    #expect(estate.errors.isEmpty)
    let one = try #require(estate.resources.first { $0.address == "aws_s3_bucket.b[\"one\"]" })
    #expect(one.type == "aws::s3::bucket")
    #expect(one.id == "arn:aws:s3:::data-one")
    #expect(one.place.line == 7)
    let body = one.body
    #expect(body.get(["properties", "BucketName"])?.string == "data-one")
    #expect(body.get(["location"])?.string == "eu-west-1")
    #expect(body.get(["tags", "team"])?.string == "a")
    #expect(body.get(["tags", "stage"])?.string == "y")
    #expect(body.get(["properties", "Versioning"])?.string == "Enabled")
    #expect(body.get(["properties", "Key"])?.string == "arn:aws:kms:eu-west-1:000000000000:key/k")
    let statement = try #require(body.get(["properties", "Policy", "Statement"])?.elements.first)
    #expect(statement["Action"]?.string == "s3:*")
    #expect(statement["Action"]?.place.line == 12)
    let rules = try #require(body.get(["properties", "Rules"])?.elements)
    #expect(rules.count == 6)
    #expect(
      rules.map { $0["Cidr"]?.string ?? $0["Cidr6"]?.string ?? "" }.prefix(3) == ["10.0.0.0/8", "0.0.0.0/0", "::/0"])
    #expect(rules.first?["Owner"]?.string == "data-one")
    #expect(
      body.get(["observed", "BucketPolicy", "Statement"])?.elements.first?["Resource"]?.string
        == "arn:aws:s3:::data-one/*")
    let two = try #require(estate.resources.first { $0.address == "aws_s3_bucket.b[\"two\"]" })
    #expect(two.body.get(["properties", "Key"])?.unknown?.decider == "var.key")
    #expect(two.body.get(["properties", "Rules"])?.elements.last?["Name"]?.string == "late")
    let rule = try #require(estate.resources.first { $0.address == "aws_s3_bucket_rule.r" })
    #expect(rule.isPartial)
    #expect(rule.told?.paths == [["properties", "Rules", "Name"]])
    let key = try #require(estate.resources.first { $0.address == "aws_kms_key.k" })
    #expect(key.body.get(["properties", "Enabled"])?.flag == true)
  }

  @Test func `what refers to a resource joins that one, whatever its name hangs on`() throws {
    let estate = try Self.estate(
      """
      variable "tail" {}
      resource "aws_s3_bucket" "a" { bucket = "data-${var.tail}" }
      resource "aws_s3_bucket" "b" { bucket = "data-${var.tail}" }
      resource "aws_s3_bucket" "c" { bucket = "logs" }
      resource "aws_s3_bucket" "d" { bucket = "logs" }
      resource "aws_s3_bucket_policy" "p" {
        bucket = aws_s3_bucket.b.bucket
        policy = jsonencode({ Statement = [] })
      }
      resource "aws_s3_bucket_policy" "q" {
        bucket = aws_s3_bucket.d.id
        policy = jsonencode({ Statement = [] })
      }
      """)
    let joined = estate.resources.filter { $0.body.get(["observed", "BucketPolicy"]) != nil }.map(\.address)
    #expect(joined == ["aws_s3_bucket.b", "aws_s3_bucket.d"])
  }

  @Test func `slips that Terraform refuses are read as they are meant`() throws {
    let estate = try Self.estate(
      """
      resource "aws_s3_bucket" "a" {
        bucket = "data"
        versioning { enabled = True }
      }
      resource "aws_kms_key" "k" {}
      resource "aws_kms_key" "k" { is_enabled = False }
      """)
    let bucket = try #require(estate.resources.first { $0.address == "aws_s3_bucket.a" })
    #expect(bucket.body.get(["properties", "Versioning"])?.string == "Enabled")
    let keys = estate.resources.filter { $0.address == "aws_kms_key.k" }
    #expect(keys.map { $0.body.get(["properties", "Enabled"])?.flag } == [true, false])
    #expect(estate.gaps.contains { $0.kind == .expression })
  }

  @Test func `types without a mapping come in Terraform's shape`() throws {
    let estate = try Self.estate(
      """
      resource "aws_odd_thing" "t" { size = 3 }
      resource "random_id" "r" {}
      """)
    let thing = try #require(estate.resources.first)
    #expect(estate.resources.count == 1)
    #expect(thing.type == "aws_odd_thing")
    #expect(thing.body.get(["properties", "tf", "size"])?.scalar == "3")
    #expect(estate.gaps.map(\.name) == ["aws_odd_thing", "random_id"])
  }

  @Test func `what may not be there is unknown`() throws {
    let estate = try Self.estate(
      """
      variable "on" { type = bool }
      variable "kind" { type = string }
      variable "secret" {
        type      = string
        sensitive = true
        default   = "hunter2"
      }
      resource "aws_s3_bucket" "b" { kms_key = var.secret }
      resource "aws_s3_bucket_policy" "p" {
        count  = var.on ? 1 : 0
        bucket = aws_s3_bucket.b.id
        policy = jsonencode({ Statement = [] })
      }
      resource "aws_s3_bucket_rule" "r" {
        bucket = aws_s3_bucket.b.id
        type   = var.kind
        name   = "late"
      }
      """)
    let bucket = try #require(estate.resources.first { $0.address == "aws_s3_bucket.b" })
    #expect(bucket.body.get(["observed", "BucketPolicy"])?.unknown != nil)
    #expect(bucket.body.get(["properties", "Rules"])?.unknown?.decider == "var.kind")
    #expect(bucket.body.get(["properties", "Key"])?.unknown?.reason == "the value is sensitive")
    #expect(!estate.resources.contains { $0.address == "aws_s3_bucket_rule.r" })
  }
}
