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
  /// - Parameter types: leaves checks of other types out; their files are not read beyond the line that names the type.
  /// - Throws: ``ContentError`` where a folder of the user cannot be read.
  package init(_ content: ContentLibrary, cloud: String? = nil, types: Set<String>? = nil) throws(ContentError) {
    let reader = CheckReader(schema: ResourceRows.schema, catalog: ResourceRows.emptyCatalog)
    var checks: [Check] = []
    var problems: [ContentError] = []
    var seen: [String: ContentLocation] = [:]
    for file in try content.files(under: cloud.map { "checks/" + $0 } ?? "checks") {
      if let types, let type = Self.type(of: file), !types.contains(type) { continue }
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

  /// The type that a check file names on a line of its own; nil where it has to be read to tell.
  private static func type(of file: ContentFile) -> String? {
    guard let range = file.bytes.firstRange(of: Array("\ntype:".utf8)) else { return nil }
    let line = file.bytes[range.upperBound...].prefix { $0 != 0x0A }
    let text = String(decoding: line, as: UTF8.self).prefix { $0 != "#" }.filter { !$0.isWhitespace }
    return text.isEmpty || text.contains("\"") || text.contains("'") ? nil : text
  }

  package func check(_ id: String) -> Check? { checks.first { $0.id == id } }

  /// The id nearest to one that is not there.
  package func suggestion(for id: String) -> String? { Spelling.nearest(to: id, in: checks.map(\.id)) }

  /// The checks that run by default.
  package var stable: [Check] { checks.filter { $0.maturity == .stable } }
}
