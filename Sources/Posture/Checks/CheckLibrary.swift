// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON
internal import KQL

/// All checks of the content, in order of their ids.
package struct CheckLibrary: Sendable {
  package let checks: [Check]
  /// What is wrong with files that could not be read, in order of their paths.
  package let problems: [ContentError]

  /// Reads every check below `checks/`, or below one cloud's folder.
  ///
  /// Broken files do not hide the others: they are listed in ``problems``. A scan should refuse to run with any.
  ///
  /// - Throws: ``ContentError`` where a folder of the user cannot be read.
  package init(_ content: ContentLibrary, cloud: String? = nil) throws(ContentError) {
    let reader = CheckReader(schema: ResourceRows.schema, catalog: ResourceRows.emptyCatalog)
    var checks: [Check] = []
    var problems: [ContentError] = []
    var seen: [String: ContentLocation] = [:]
    for file in try content.files(under: cloud.map { "checks/" + $0 } ?? "checks") {
      do throws(ContentError) {
        let check = try reader.read(file)
        if let first = seen[check.id] {
          throw ContentError(.duplicateKey, "check '\(check.id)' is also defined at \(first)", at: check.location)
        }
        seen[check.id] = check.location
        let parts = check.id.split(separator: ".", maxSplits: 2)
        let expected = "checks/\(parts[0])/\(parts[1])/\(parts[2]).yaml"
        if file.path != expected {
          throw ContentError(.invalidValue, "check '\(check.id)' belongs in \(expected)", at: check.location)
        }
        checks.append(check)
      } catch {
        problems.append(error)
      }
    }
    self.checks = checks.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    self.problems = problems
  }

  package func check(_ id: String) -> Check? { checks.first { $0.id == id } }

  /// The id nearest to one that is not there.
  package func suggestion(for id: String) -> String? { Spelling.nearest(to: id, in: checks.map(\.id)) }

  /// The checks that run by default.
  package var stable: [Check] { checks.filter { $0.maturity == .stable } }
}
