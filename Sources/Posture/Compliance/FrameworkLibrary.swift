// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

/// All frameworks of the content, in order of their ids.
package struct FrameworkLibrary: Sendable {
  package let frameworks: [Framework]
  /// What is wrong with files that could not be read, in order of their paths.
  package let problems: [ContentError]

  /// Reads every framework below `frameworks/`. A broken file does not hide the others.
  ///
  /// - Throws: ``ContentError`` where a folder of the user cannot be read.
  package init(_ content: ContentLibrary, checks: CheckLibrary) throws(ContentError) {
    let reader = FrameworkReader(checks: Set(checks.checks.map(\.id)))
    var frameworks: [Framework] = []
    var problems: [ContentError] = []
    for file in try content.files(under: "frameworks") {
      do throws(ContentError) {
        var framework = try reader.read(file)
        guard file.path == "frameworks/\(framework.id).yaml" else {
          throw ContentError(
            .invalidValue, "framework '\(framework.id)' belongs in frameworks/\(framework.id).yaml",
            at: framework.location)
        }
        framework.addLinks(of: checks.checks)
        frameworks.append(framework)
      } catch {
        problems.append(error)
      }
    }
    self.frameworks = frameworks.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    self.problems = problems
  }

  private init(frameworks: [Framework], problems: [ContentError]) {
    self.frameworks = frameworks
    self.problems = problems
  }

  /// The same with frameworks that stand in no file.
  package func adding(_ others: [Framework]) -> FrameworkLibrary {
    FrameworkLibrary(frameworks: frameworks + others, problems: problems)
  }

  /// A framework by its id or a further name of it.
  package func framework(_ name: String) -> Framework? {
    let name = name.lowercased()
    return frameworks.first { $0.id.lowercased() == name }
      ?? frameworks.first { $0.aliases.contains { $0.lowercased() == name } }
  }

  /// The id nearest to one that is not there.
  package func suggestion(for id: String) -> String? { Spelling.nearest(to: id, in: frameworks.map(\.id)) }
}
