// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

/// One question of the suite with its answer.
struct ConformanceCase: Sendable {
  let id: String
  let area: String
  let query: String
  let item: JSONValue
}

/// The suite's files.
enum Suite {
  static let package = CaseFiles.package
  static let file = CaseFiles.find("kql-conformance/cases.json")

  /// The self-contained, deterministic cases (class a).
  static func load() throws -> [ConformanceCase] {
    guard let file else { return [] }
    let document = try JSONDocument(parsing: Array(Data(contentsOf: file)))
    return (document.root["cases"] ?? .null).elements.compactMap { item in
      guard item["class"]?.string == "a", let id = item["id"]?.string, let query = item["query"]?.string else {
        return nil
      }
      return ConformanceCase(id: id, area: item["area"]?.string ?? "", query: query, item: item)
    }
  }

  /// Cases that must match, by area: a line each in `pinned/AREA.txt`.
  static func pinned() throws -> Set<String> {
    let folder = package.appending(path: "Tests/ConformanceTests/pinned")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return try files.filter { $0.pathExtension == "txt" }.reduce(into: []) { ids, file in
      ids.formUnion(try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init))
    }
  }

  static func pin(_ matched: [ConformanceCase]) throws {
    let folder = package.appending(path: "Tests/ConformanceTests/pinned")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (area, cases) in Dictionary(grouping: matched, by: \.area) {
      let text = cases.map(\.id).sorted().map { $0 + "\n" }.joined()
      try Data(text.utf8).write(to: folder.appending(path: "\(area).txt"))
    }
  }
}
