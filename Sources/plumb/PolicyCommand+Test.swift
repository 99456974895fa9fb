// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import JSON
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PolicyCommand {
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs unit tests of policy definitions.",
      discussion: """
        A file of tests is YAML: the definition, its parameters, and documents with the state that is expected.

          definition: ../policyDefinitions/https.json     # or the definition itself
          parameters: {effect: Deny}
          tests:
            - name: http is refused
              document: {type: Microsoft.Storage/storageAccounts, location: westeurope,
                         properties: {supportsHttpsTrafficOnly: false}}
              expect: NonCompliant                        # Compliant, NotApplicable, Unknown
              effect: Deny

        A test may have its own parameters, related documents (related: a list, or the path of a JSON file), apiVersion,
        requestContext, and modified, the document as append or modify must leave it. Of each definition is told which
        conditions the tests never saw true, or false, and which changes of its rule no test notices.

        Exit codes: 0 all pass; 1 a test fails, or coverage is below --coverage; 2 a file cannot be used.

        Examples:
          plumb policy test policies/tests
          plumb policy test https.test.yaml --no-mutation
          plumb policy test policies/tests --coverage 90 --format json
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: ArgumentHelp("Files and folders of tests.", valueName: "path")) var paths: [String]
    @Option(help: ArgumentHelp("A catalogue of aliases, as of plumb policy eval.", valueName: "file"))
    var aliases: [String] = []
    @Flag(inversion: .prefixedNo, help: "Change each rule in all ways that a test should notice.") var mutation = true
    @Option(help: ArgumentHelp("Fail where fewer of the branches are covered.", valueName: "percent")) var coverage:
      Int?
    @Option(help: "table or json.") var format: PolicyFormat = .table

    func validate() throws {
      if format == .csv { throw ValidationError("--format csv: tests are told as table or json") }
      if let coverage, !(0...100).contains(coverage) { throw ValidationError("--coverage \(coverage): 0 to 100") }
    }

    func run() throws {
      let content = try store.library(try store.settings())
      let language = try PolicyLanguage(catalogues: aliases, content: content)
      var (suites, broken) = ([PolicyTestSuite](), 0)
      for file in try files() {
        do {
          suites.append(try PolicyTestSuite(path: file))
        } catch {
          Terminal.complain("\(error)")
          broken += 1
        }
      }
      let now = nowTicks()
      let runs = suites.map { PolicyTestRun($0, language, mutates: mutation, now: now) }
      for run in runs { try PolicyArguments.tell(run.faults) }
      Terminal.write(Array((format == .json ? json(runs) : text(runs)).utf8))
      if broken > 0 || runs.contains(where: { $0.faults.contains { !$0.isWarning } }) { throw ExitCode(2) }
      let (covered, all) = branches(runs)
      if runs.contains(where: { !$0.failures.isEmpty }) { throw ExitCode(1) }
      if let coverage, all > 0, covered * 100 < coverage * all {
        Terminal.complain("plumb: \(covered * 100 / all) % of the branches are covered, fewer than \(coverage) %")
        throw ExitCode(1)
      }
    }

    /// YAML files; of a folder all below.
    private func files() throws -> [String] {
      var found: [String] = []
      for path in paths {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
          throw UsageError("\(path): there is no such file or folder")
        }
        guard isFolder else {
          found.append(path)
          continue
        }
        let names = try PolicyCorpus.files(below: path).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        guard !names.isEmpty else { throw UsageError("\(path): the folder holds no tests (*.yaml)") }
        found += names
      }
      return found
    }

    private func branches(_ runs: [PolicyTestRun]) -> (covered: Int, all: Int) {
      (runs.reduce(0) { $0 + $1.coveredBranches }, runs.reduce(0) { $0 + $1.coverage.count * 2 })
    }

    private func text(_ runs: [PolicyTestRun]) -> String {
      var out = ""
      for run in runs {
        out += "\(run.suite.path): \(run.suite.definition.displayName)\n"
        out += "  tests     \(run.passed) of \(run.suite.cases.count) pass\n"
        for failure in run.failures {
          out += "    \(failure.test.location): \(failure.test.name): \(failure.message)\n"
        }
        out += "  branches  \(run.coveredBranches) of \(run.coverage.count * 2) covered\n"
        for leaf in run.coverage where !leaf.isWhole {
          let what = leaf.wasTrue ? "never false" : leaf.wasFalse ? "never true" : "never decided"
          out += "    \(leaf.place): \(leaf.path) \(what): \(leaf.text)\n"
        }
        if run.mutants > 0 {
          out += "  mutants   \(run.mutants - run.survivors.count) of \(run.mutants) noticed\n"
          for survivor in run.survivors {
            out += "    \(survivor.place): \(survivor.path): no test notices: \(survivor.change)\n"
          }
        }
      }
      let (covered, all) = branches(runs)
      let (passed, tests) = (runs.reduce(0) { $0 + $1.passed }, runs.reduce(0) { $0 + $1.suite.cases.count })
      out += "\(passed) of \(tests) tests pass, \(covered) of \(all) branches are covered\n"
      return out.split(separator: "\n", omittingEmptySubsequences: false).map { TextWidth.harmless(String($0)) }
        .joined(separator: "\n")
    }

    private func json(_ runs: [PolicyTestRun]) -> String {
      JSONDraft.array(
        runs.map { run in
          .object([
            ("file", .string(run.suite.path)), ("policy", .string(run.suite.definition.displayName)),
            ("tests", .int(Int64(run.suite.cases.count))), ("passed", .int(Int64(run.passed))),
            (
              "failures",
              .array(
                run.failures.map {
                  .object([
                    ("test", .string($0.test.name)), ("place", .string("\($0.test.location)")),
                    ("message", .string($0.message)),
                  ])
                })
            ), ("branches", .int(Int64(run.coverage.count * 2))), ("covered", .int(Int64(run.coveredBranches))),
            (
              "uncovered",
              .array(
                run.coverage.filter { !$0.isWhole }.map {
                  .object([
                    ("path", .string($0.path)), ("place", .string($0.place)), ("wasTrue", .bool($0.wasTrue)),
                    ("wasFalse", .bool($0.wasFalse)),
                  ])
                })
            ), ("mutants", .int(Int64(run.mutants))),
            (
              "survivors",
              .array(
                run.survivors.map {
                  .object([
                    ("path", .string($0.path)), ("place", .string($0.place)), ("change", .string($0.change)),
                  ])
                })
            ),
          ])
        }
      ).document().root.text + "\n"
    }
  }
}
