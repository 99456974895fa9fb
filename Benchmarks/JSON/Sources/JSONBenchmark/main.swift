// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

// Parses a file of cloud resources (50 MB, written here unless a path is given) with our parser and with Foundation's
// JSONSerialization in one run. Prints MB/s (best of the runs), the ratio, and our peak memory beside the file's size.

let megabyte = 1_000_000.0
let given = CommandLine.arguments.dropFirst().first
let path =
  given ?? NSTemporaryDirectory() + "plumbline-json-benchmark-\(ProcessInfo.processInfo.processIdentifier).json"
if given == nil { try Estate.write(to: path, megabytes: 50) }
defer { if given == nil { try? FileManager.default.removeItem(atPath: path) } }

let bytes = try readWhole(path)
let megabytes = Double(bytes.count) / megabyte

Memory.reset()
var values = 0
let ours = try best(of: 7) { values = try JSONDocument(parsing: bytes).root.count }
let peak = Memory.peak()

let data = try Data(contentsOf: URL(fileURLWithPath: path))
let theirs = try best(of: 2) { _ = try JSONSerialization.jsonObject(with: data) }

print("file         \(rounded(megabytes)) MB, \(values) resources")
print(
  "ours         \(rounded(megabytes / ours)) MB/s, peak memory \(rounded(peak)) MB (\(rounded(peak / megabytes)) x file)"
)
print("Foundation   \(rounded(megabytes / theirs)) MB/s")
print("ratio        \(rounded(theirs / ours)) x")

func best(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var best = Double.infinity
  for _ in 0..<runs {
    let elapsed = try clock.measure(body)
    best = min(best, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
  }
  return best
}

func rounded(_ value: Double) -> String { String(format: "%.1f", value) }

func readWhole(_ path: String) throws -> [UInt8] {
  let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  var bytes: [UInt8] = []
  bytes.reserveCapacity(Int(try handle.seekToEnd()))
  try handle.seek(toOffset: 0)
  while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty { bytes.append(contentsOf: chunk) }
  return bytes
}

/// Peak memory of this process as Linux counts it.
enum Memory {
  static func reset() { try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8) }
  static func peak() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Double(line.filter(\.isNumber)) ?? .nan) * 1024 / megabyte
  }
}

/// Resources as a scan collects them: instances, buckets, roles and groups with tags, policies and rules.
enum Estate {
  static func write(to path: String, megabytes: Int) throws {
    try Data().write(to: URL(fileURLWithPath: path))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var written = 0
    var number = 0
    try handle.write(contentsOf: Data("[".utf8))
    while written < megabytes * 1_000_000 {
      var chunk = ""
      for _ in 0..<500 {
        if number > 0 { chunk += ",\n" }
        chunk += resource(number)
        number += 1
      }
      written += chunk.utf8.count
      try handle.write(contentsOf: Data(chunk.utf8))
    }
    try handle.write(contentsOf: Data("]\n".utf8))
    try handle.close()
  }

  static func resource(_ number: Int) -> String {
    let account = "1234567890\(10 + number % 90)"
    let region = ["eu-central-1", "us-east-1", "ap-southeast-2"][number % 3]
    let hex = String(UInt64(number) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
    let head = { (type: String, id: String, name: String) in
      #"{"id": "\#(id)", "name": "\#(name)", "type": "\#(type)", "kind": "", "location": "\#(region)", "#
        + #""resourceGroup": "", "subscriptionId": "\#(account)", "tenantId": "", "cloud": "aws", "source": "live", "#
        + #""tags": {"Name": "\#(name)", "env": "prod", "owner": "équipe \#(number % 40)", "cost-center": "\#(number % 700)"}, "#
    }
    switch number % 4 {
    case 0:
      return head("aws::ec2::instance", "arn:aws:ec2:\(region):\(account):instance/i-\(hex)", "web-\(number)")
        + #""properties": {"InstanceId": "i-\#(hex)", "InstanceType": "m5.large", "ImageId": "ami-\#(hex)", "#
        + #""EbsOptimized": false, "Monitoring": true, "PrivateIpAddress": "10.\#(number % 256).3.4", "#
        + #""MetadataOptions": {"HttpTokens": "optional", "HttpPutResponseHopLimit": 2, "HttpEndpoint": "enabled"}, "#
        + #""BlockDeviceMappings": [{"DeviceName": "/dev/sda1", "Ebs": {"VolumeId": "vol-\#(hex)", "VolumeSize": \#(number % 900), "#
        + #""Encrypted": true, "DeleteOnTermination": true}}], "SecurityGroupIds": ["sg-\#(hex)", "sg-0a1b2c3d"]}, "#
        + #""observed": {"LaunchTime": "2026-01-02T03:04:05Z", "State": "running", "CpuLoad": 0.\#(number % 97)}}"#
    case 1:
      return head("aws::s3::bucket", "arn:aws:s3:::data-\(hex)", "data-\(hex)")
        + #""properties": {"BucketName": "data-\#(hex)", "BucketEncryption": {"ServerSideEncryptionConfiguration": ["#
        + #"{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": null}, "BucketKeyEnabled": true}]}, "#
        + #""PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "#
        + #""RestrictPublicBuckets": false}, "VersioningConfiguration": {"Status": "Enabled"}}, "#
        + #""observed": {"CreationDate": "2025-11-12T13:14:15Z", "Objects": \#(number * 7919), "Note": "kept for \"audit\"\n"}}"#
    case 2:
      return head("aws::iam::role", "arn:aws:iam::\(account):role/service/app-\(number)", "app-\(number)")
        + #""properties": {"Path": "/service/", "MaxSessionDuration": 3600, "AssumeRolePolicyDocument": {"Version": "2012-10-17", "#
        + #""Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}, "#
        + #""Policies": [{"PolicyName": "inline", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "S\#(number)", "#
        + #""Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "kms:Decrypt"], "Resource": "arn:aws:s3:::data-\#(hex)/*"}]}}]}, "#
        + #""observed": {"LastUsed": null, "Score": 1.25e2}}"#
    default:
      return head(
        "aws::ec2::securitygroup", "arn:aws:ec2:\(region):\(account):security-group/sg-\(hex)", "sg-\(number)")
        + #""properties": {"GroupId": "sg-\#(hex)", "GroupDescription": "Rules for the service behind the load balancer", "#
        + #""VpcId": "vpc-\#(hex)", "SecurityGroupIngress": ["#
        + (0..<4).map {
          #"{"IpProtocol": "tcp", "FromPort": \#($0 * 443), "ToPort": \#($0 * 443), "CidrIp": "10.0.\#($0).0/24", "Description": "from subnet \#($0)"}"#
        }.joined(separator: ", ")
        + #"], "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}]}, "observed": {}}"#
    }
  }
}
