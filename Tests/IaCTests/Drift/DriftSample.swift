// SPDX-License-Identifier: Apache-2.0

import Content
import JSON

@testable import IaC

/// Values written as JSON, for tests of drift.
enum DriftSample {
  static let rules: DriftRules = {
    do {
      return try DriftRules(ContentLibrary())
    } catch {
      // Without the file of the content every test would fail for another reason.
      preconditionFailure("\(error)")
    }
  }()

  static func node(_ json: String) throws -> CodeNode {
    CodeNode(json: try JSONDocument.parse(json).root, at: CodePlace(path: "terraform.tfstate", line: 1, column: 1))
  }

  static func live(
    _ id: String, _ type: String, cloud: String = "aws", account: String = "111122223333", _ json: String,
    gaps: [(path: String, reason: String)] = [], isRefreshed: Bool = true
  ) throws -> LiveResource {
    LiveResource(
      id: id, type: type, cloud: cloud, account: account, region: "eu-west-1",
      document: try JSONDocument.parse(json).root, gaps: gaps, isRefreshed: isRefreshed)
  }

  static func stated(
    _ address: String, _ type: String?, _ id: String, cloud: String = "aws", state: String = "a.tfstate",
    account: String = "111122223333", _ json: String = "{}", settled: [[String]] = []
  ) throws -> StatedResource {
    let place = CodePlace(path: state, line: 1, column: 1)
    let resource = try type.map { type in
      CodeResource(
        source: .terraform, address: address, type: type, cloud: cloud, id: id, handles: [], place: place,
        body: try node(json))
    }
    return StatedResource(
      state: state, address: address, kind: String(address.split(separator: ".").first ?? ""), resource: resource,
      cloud: cloud, account: account, region: "eu-west-1", names: [id], settled: settled, place: place)
  }

  static func run(
    _ stated: [StatedResource], parts: [StatedPart] = [], _ live: [LiveResource], ignore: [String] = [],
    code: DriftCode? = nil
  ) -> DriftReport {
    DriftComparison(rules: rules, ignore: ignore.map { DriftIgnore($0) })
      .run(stated, parts: parts, LiveEstate(resources: live), code: code)
  }
}

/// SplitMix64: the same numbers everywhere for one seed.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
