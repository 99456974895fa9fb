// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

/// The weights of the risk score: `Content/scores/risk.yaml`. Factors and criticality are in percent.
package struct RiskModel: Sendable {
  /// What tags say: the highest value of those that the first of the keys with a known value has.
  struct Tags: Sendable {
    let keys: [String]
    let values: [String: Int]

    /// The value of a resource's tags; nil where they say nothing.
    func value(_ tags: JSONValue?) -> Int? {
      guard let tags, tags.kind == .object else { return nil }
      var found: [String: Int] = [:]
      for (key, text) in tags.members {
        guard let key = key.string?.lowercased(), let value = text.string.flatMap({ values[$0.lowercased()] }) else {
          continue
        }
        found[key] = value
      }
      return keys.lazy.compactMap { found[$0] }.first
    }
  }

  static let path = "scores/risk.yaml"

  /// Points of an unhealthy finding of each severity, of 100.
  let severity: [Severity: Int]
  /// Controls of the secure score whose unhealthy findings mean that strangers can reach the resource.
  let exposing: Set<String>
  let exposure: Int
  let data: Tags
  let criticality: Tags
  /// Factors without facts in this version.
  package let absent: [String]

  /// - Throws: ``ContentError`` where the file cannot be used.
  package init(_ content: ContentLibrary) throws(ContentError) {
    let location = ContentLocation(path: Self.path)
    guard let file = try content.file(at: Self.path) else {
      throw ContentError(.unreadable, "the file is missing", at: location)
    }
    let node = try YAMLDocument(file).node
    try node.allow(["severity", "exposure", "data", "criticality", "absent"])
    var severity: [Severity: Int] = [:]
    let points = try node.require("severity")
    try points.allow(Severity.allCases.map(\.rawValue))
    for name in Severity.allCases { severity[name] = try Self.percent(try points.require(name.rawValue), to: 100) }
    self.severity = severity
    let exposure = try node.require("exposure")
    try exposure.allow(["controls", "factor"])
    exposing = Set(try exposure.require("controls").texts)
    self.exposure = try Self.percent(try exposure.require("factor"))
    data = try Self.tags(try node.require("data"))
    criticality = try Self.tags(try node.require("criticality"))
    absent = try node.optional("absent")?.texts ?? []
  }

  private static func tags(_ node: ContentNode) throws(ContentError) -> Tags {
    try node.allow(["tags", "values"])
    var values: [String: Int] = [:]
    for (text, node) in try node.require("values").members { values[text.lowercased()] = try percent(node) }
    return Tags(keys: try node.require("tags").texts.map { $0.lowercased() }, values: values)
  }

  private static func percent(_ node: ContentNode, to limit: Int = 1000) throws(ContentError) -> Int {
    let value = try node.integer
    guard (1...limit).contains(value) else { throw node.error("a weight is 1 to \(limit)") }
    return value
  }
}
