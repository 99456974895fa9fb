// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Checks and rows made for one test.
enum Fixture {
  static let now = CheckExamples.now

  static func withFolder<R>(_ body: (String) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// A library with one own check `test.unit.NAME` whose rule is `rule` (YAML lines).
  static func library(_ files: [String: String]) throws -> CheckLibrary {
    try withFolder { folder in
      for (path, text) in files {
        let url = URL(filePath: folder).appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      return try CheckLibrary(ContentLibrary(overrides: [folder]), cloud: "test")
    }
  }

  static func text(_ name: String, type: String = "aws::test::thing", rule: String) -> String {
    """
    id: test.unit.\(name)
    title: Thing is \(name)
    type: \(type)
    severity: high
    maturity: stable
    control: testing
    why: Because.
    \(rule)
    fix: {console: Press the button, cli: mend it}
    sameAs: [other:\(name)]
    examples: {healthy: [], unhealthy: []}
    """
  }

  static func check(_ name: String = "good", type: String = "aws::test::thing", rule: String) throws -> Check {
    let library = try library(["checks/test/unit/\(name).yaml": text(name, type: type, rule: rule)])
    #expect(library.problems.map(\.description) == [])
    return try #require(library.checks.first)
  }

  /// A row of `resources` from its id and further members in JSON.
  static func row(_ id: String, _ members: String = "", type: String = "aws::test::thing") throws -> JSONValue {
    let rest = members.isEmpty ? "" : "," + members
    return try JSONDocument.parse(
      #"{"id":"\#(id)","type":"\#(type)","cloud":"aws","subscriptionId":"1","location":"us-east-1"\#(rest)}"#
    ).root
  }

  static func estate(
    _ rows: [JSONValue], gaps: [Estate.Gap] = [], notRefreshed: Set<String> = [], covered: Set<Scope>? = nil
  ) -> Estate {
    Estate(resources: ResourceRows.batch(rows), gaps: gaps, notRefreshed: notRefreshed, covered: covered, now: now)
  }

  static func gap(
    type: String = "aws::test::thing", id: String? = nil, paths: [String] = [], account: String = "1",
    region: String = "us-east-1"
  ) -> Estate.Gap {
    Estate.Gap(
      cloud: "aws", account: account, region: region, service: "test", operation: "GetThing", type: type,
      resourceId: id, paths: paths, reason: "AccessDenied", permission: "test:GetThing")
  }
}

extension Verdicts {
  /// `id: Status` per verdict.
  var lines: [String] { list.map { "\(subjects[$0.subject].id): \($0.status.rawValue)" } }
}
