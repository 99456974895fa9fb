// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb scan --fix-diff` prints patches that apply, and that mend.
@Suite struct CodeFixTests {
  static let yaml = """
    Resources:
      Key: # the first
        Type: AWS::KMS::Key
        Properties:
          Description: d
      Other: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: false, Description: d}}
      Flow: {Type: AWS::KMS::Key, Properties: {Description: d}}
      Logs:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: logs
          VersioningConfiguration:
            Status: Suspended # for now
      Plain:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: plain
      Db:
        Type: AWS::RDS::DBInstance
        Properties:
          PubliclyAccessible: "true"
          StorageEncrypted: !Equals [a, b]
    """
  static let json = """
    {
      "Resources": {
        "Key": {
          "Type": "AWS::KMS::Key",
          "Properties": {
            "Description": "d"
          }
        },
        "Old": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": false}}
      }
    }

    """
  static let arm = """
    {
      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "resources": [
        {
          "type": "Microsoft.Storage/storageAccounts", "name": "a", "apiVersion": "2023-01-01",
          "properties": {
            "supportsHttpsTrafficOnly": false,
            "minimumTlsVersion": "TLS1_0"
          }
        }
      ]
    }

    """
  /// What SAM makes of its types has other names than the type that is judged.
  static let sam = """
    Transform: AWS::Serverless-2016-10-31
    Resources:
      Fn:
        Type: AWS::Serverless::Function
        Properties: {Handler: a.b, Runtime: python3.12, InlineCode: x}
    """
  static let mended = [
    "aws.kms.key-rotation", "aws.s3.versioning", "aws.rds.not-public", "azure.storage.secure-transfer",
    "azure.storage.minimum-tls",
  ]

  private static func faults(_ code: borrowing CodeFolderRun) throws -> [String: Int] {
    let findings = try #require(try code.json(["."])["findings"]).elements
    return Dictionary(
      findings.filter { $0["status"]?.string == "Unhealthy" }.map { ($0["checkId"]?.string ?? "", 1) },
      uniquingKeysWith: +)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `the patch applies and mends what it says`(_ ending: String) throws {
    let files = ["a.yaml": Self.yaml, "b c/b.json": Self.json, "c.json": Self.arm, "sam.yaml": Self.sam]
    let code = try CodeFolderRun(files.mapValues { $0.replacing("\n", with: ending) })
    let before = try Self.faults(code)
    for check in Self.mended { #expect(before[check] != nil, "\(check): \(before)") }
    let result = try code.scan([".", "--fix-diff"])
    #expect(result.status == 0)
    #expect(!result.output.contains("sam.yaml"))
    try code.write("fix.diff", result.output)
    try code.git(["init", "-q"])
    try code.git(["apply", "--check", "fix.diff"])
    try code.git(["apply", "fix.diff"])
    let after = try Self.faults(code)
    for check in Self.mended { #expect(after[check] == nil, "\(check): \(result.output)") }
    // What one change mends may be a fault for two checks.
    let words = result.complaint.split(separator: " ")
    let counts = words.compactMap { Int($0) }
    try #require(counts.count == 2, "\(result.complaint)")
    #expect(counts[1] == before.values.reduce(0, +))
    #expect(counts[0] >= Self.mended.count && after.values.reduce(0, +) <= counts[1] - counts[0])
    let yaml = try code.read("a.yaml").replacing("\r\n", with: "\n")
    #expect(yaml.contains("        Status: Enabled # for now\n"))
    #expect(yaml.contains("      VersioningConfiguration:\n        Status: Enabled\n      BucketName: plain\n"))
    #expect(yaml.contains("Properties: {EnableKeyRotation: true, Description: d}"))
    #expect(yaml.contains("      EnableKeyRotation: true\n      Description: d\n"))
    #expect(yaml.contains("PubliclyAccessible: \"false\"") && yaml.contains("StorageEncrypted: !Equals [a, b]"))
    let second = try code.scan([".", "--fix-diff"])
    #expect(second.output.isEmpty)
  }

  @Test func `what is suppressed is not changed`() throws {
    let text =
      "Resources:\n  # plumb:skip=aws.kms.key-rotation meant\n  K: {Type: AWS::KMS::Key, Properties: {Description: d}}\n"
    let code = try CodeFolderRun(["a.yaml": text])
    #expect(try !code.scan([".", "--fix-diff"]).output.contains("EnableKeyRotation"))
  }

  @Test func `a value of a parameter or a shared mapping is left alone`() throws {
    let text = """
      Parameters: {Rotate: {Type: String, Default: "false"}}
      Resources:
        K:
          Type: AWS::KMS::Key
          Properties:
            EnableKeyRotation: !Ref Rotate
      """
    let code = try CodeFolderRun(["a.yaml": text])
    #expect(try !code.scan([".", "--fix-diff"]).output.contains("EnableKeyRotation"))
  }

  @Test func `arguments of Terraform are changed where they stand, and suppressed by comments above, in and on them`()
    throws
  {
    let text = """
      resource "aws_kms_key" "a" {
        description         = "x"
        enable_key_rotation = false // not yet
      }
      # plumb:skip=aws.kms.key-rotation above
      resource "aws_kms_key" "b" {
        enable_key_rotation = false
      }
      resource "aws_kms_key" "c" {
        /* checkov:skip=CKV_AWS_7:inside */
        enable_key_rotation = false
      }
      resource "aws_kms_key" "d" {
        enable_key_rotation = false #tfsec:ignore:aws-kms-auto-rotate-keys on it
      }
      variable "off" { default = false }
      resource "aws_kms_key" "e" {
        enable_key_rotation = var.off
      }
      """
    let code = try CodeFolderRun(["main.tf": text])
    let findings = try code.findings("aws.kms.key-rotation")
    #expect(findings.map { $0["suppression"]?["reason"]?.string } == [nil, "above", "inside", "on it", nil])
    let patch = try code.scan([".", "--fix-diff"]).output
    try code.write("fix.diff", patch)
    try code.git(["init", "-q"])
    try code.git(["apply", "fix.diff"])
    let mended = text.replacing("enable_key_rotation = false // not yet", with: "enable_key_rotation = true // not yet")
    #expect(try code.read("main.tf") == mended, "\(patch)")
  }

  @Test func `paths of the patch begin in the scanned folder where that is elsewhere`() throws {
    let code = try CodeFolderRun(["in/a.yaml": Self.yaml])
    let result = try run(plumb, ["scan", code.folder + "/in", "--fix-diff"])
    #expect(result.output.hasPrefix("--- a/a.yaml\n+++ b/a.yaml\n"))
    #expect(result.complaint.contains("apply it in \(code.folder)/in"))
  }
}
