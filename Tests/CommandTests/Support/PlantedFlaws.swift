// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import KQL

@testable import Twin

/// What an estate's authors made wrong on purpose: a line of `planted.yaml`.
struct PlantedFlaw {
  /// How a flaw shows in what a scan read.
  enum Sign {
    /// A value at a path; nil for none there.
    case value(JSONPath, JSONValue?)
    /// A resource that should be there.
    case missing(id: String)
    /// The resource itself.
    case presence
  }
  let id: String
  let flaw: String
  let sign: Sign
  /// Checks that find it, and the resource that they judge.
  let checks: [String]
  let subject: String

  /// Whether what was read, by ids in lower case, has the flaw.
  func isSeen(in documents: [String: JSONValue]) -> Bool {
    guard let document = documents[id.lowercased()] else { return false }
    switch sign {
    case .presence: return true
    case .missing(let id): return documents[id.lowercased()] == nil
    case .value(let path, let value):
      let found = document.value(at: path).flatMap { $0.isNull ? nil : $0 }
      return found?.canonical() == value?.canonical()
    }
  }
}

/// `planted.yaml` of an estate: its flaws, and the ways from the internet to the data, resource by resource.
struct Planted {
  var flaws: [PlantedFlaw] = []
  var paths: [[String]] = []

  init(_ estate: String, in content: ContentLibrary) throws {
    guard let head = try content.file(at: estate + "/about.yaml"),
      let file = try content.file(at: estate + "/planted.yaml")
    else { return }
    var values = EstateValues(now: DateTime.wallClock())
    try values.add(try YAMLDocument(head).node.require("values"))
    func text(_ node: ContentNode) throws -> String { try values.filled(node).string ?? "" }
    let root = try YAMLDocument(file).node
    for node in try root.require("flaws").elements {
      try node.allow(["story", "id", "flaw", "path", "value", "missing", "checks", "of"])
      let sign: PlantedFlaw.Sign =
        if let missing = try node.optional("missing") {
          .missing(id: try text(missing))
        } else if let path = try node.optional("path") {
          .value(try path.path, try node.optional("value").map { try values.filled($0).document().root })
        } else {
          .presence
        }
      flaws.append(
        PlantedFlaw(
          id: try text(try node.require("id")), flaw: try node.require("flaw").text, sign: sign,
          checks: try node.optional("checks")?.texts ?? [],
          subject: try text(try node.optional("of") ?? node.require("id"))))
    }
    for node in try root.require("paths").elements {
      paths.append(try node.require("steps").elements.map { try text(try $0.require("id")) })
    }
  }
}
