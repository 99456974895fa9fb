// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Posture

extension ReportFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Shows the checks and runs their examples.",
    discussion: """
      Examples:
        plumb check list --severity critical
        plumb check show aws.s3.public-access-block
        plumb check test
        plumb check cost
      """,
    subcommands: [List.self, Show.self, Test.self, Cost.self])

  /// The checks, after every file that cannot be used has been named.
  static func library(_ content: ContentLibrary, types: Set<String>? = nil) throws -> CheckLibrary {
    let library = try CheckLibrary(content, types: types)
    guard library.problems.isEmpty else {
      for problem in library.problems { Terminal.complain("\(problem)") }
      throw ExitCode(2)
    }
    return library
  }

  private static func missing(_ id: String, _ library: CheckLibrary) -> UsageError {
    let hint = library.suggestion(for: id).map { "did you mean '\($0)'?" } ?? "plumb check list names them"
    return UsageError("there is no check '\(id)'; \(hint)")
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the checks.",
      discussion: """
        Examples:
          plumb check list
          plumb check list --severity high --format csv
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: "Only checks of this severity or worse: critical, high, medium, low.") var severity: Severity?
    @Option(help: "table, json, ndjson or csv.") var format: ReportFormat = .table
    @Flag(help: "Never write colours.") var noColor = false

    func run() throws {
      let library = try CheckCommand.library(try store.library(try store.settings()))
      let checks = library.checks.filter { check in severity.map { check.severity >= $0 } ?? true }
      guard let text = CheckText.list(checks, format, color: Terminal.colors(noColor)) else {
        throw UsageError("checks are listed as table, json, ndjson or csv, not as \(format.rawValue)")
      }
      Terminal.write(text)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows a check: why it matters and how to put it right.",
      discussion: """
        Examples:
          plumb check show aws.s3.public-access-block
          plumb check show mine.s3.names --content ./my-content
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The check's id.") var id: String
    @Flag(help: "Never write colours.") var noColor = false

    func run() throws {
      let library = try CheckCommand.library(try store.library(try store.settings()))
      guard let check = library.check(id) else {
        throw CheckCommand.missing(id, library)
      }
      Terminal.write(CheckText.page(check, color: Terminal.colors(noColor)))
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the examples of checks, and changes what they show.",
      discussion: """
        Each property that a check reads is changed in its healthy examples, one at a time: a change of it must turn the
        verdict. How many do is counted; --mutants names the others.

        Examples:
          plumb check test
          plumb check test --mutants
          plumb check test aws.kms.key-rotation
          plumb check test --content ./my-content
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "Ids of checks; all where none is given.") var ids: [String] = []
    @Flag(help: "Name each property of which no change turns a healthy example.") var mutants = false

    func run() throws {
      let content = try store.library(try store.settings())
      let library = try CheckCommand.library(content)
      let defaults = try Defaults(content)
      let examples = CheckExamples(defaults: defaults)
      let mutation = CheckMutation(defaults: defaults)
      var checks = library.checks
      if !ids.isEmpty {
        checks = try ids.map { id in
          guard let check = library.check(id) else {
            throw CheckCommand.missing(id, library)
          }
          return check
        }
      }
      let outcomes = checks.map(examples.run)
      // Examples that do not come out as they say are mended first.
      let properties = try outcomes.filter(\.problems.isEmpty).map { ($0.check, try mutation.run($0.check)) }
      Terminal.write(CheckText.outcomes(outcomes, properties, listsMutants: mutants, library: library))
      if outcomes.contains(where: { !$0.problems.isEmpty }) { throw ExitCode(2) }
    }
  }
}
