// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The findings of a data folder with the exemptions and governance rules that stand, as commands and queries see them.
struct FindingTables {
  let store: Store
  let findings: FindingStore
  let policies: PolicyStore
  let book: PolicyBook
  let now: Int64

  init(_ options: StoreOptions, now: Int64) throws {
    let settings = try options.settings()
    let directory = try options.directory(settings)
    try self.init(try Store(directory: directory), settings, now: now)
  }

  init(_ store: Store, _ settings: Settings, now: Int64) throws {
    self.store = store
    self.now = now
    findings = try FindingStore(store)
    policies = PolicyStore(findings)
    book = try policies.book(file: try Self.file(settings, store.directory))
  }

  /// `exemptions.yaml` of the data folder, or what the configuration names.
  private static func file(_ settings: Settings, _ directory: String) throws -> ContentFile? {
    let path = settings.exemptions ?? directory + "/exemptions.yaml"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      if settings.exemptions == nil, !FileManager.default.fileExists(atPath: path) { return nil }
      throw UsageError("\(path): the file of exemptions cannot be read")
    }
    return ContentFile(path: path, displayPath: path, bytes: Array(bytes))
  }

  /// Keys of the findings that are exempt now.
  func exempt() throws -> Set<Int64> {
    Set(try findings.marks(book, now: now).filter { $0.value.exemption != nil }.keys)
  }

  /// Adds what is known of findings to the tables that queries may name.
  ///
  /// - Parameter security: further rows of `securityresources`.
  func add(to catalog: inout Catalog, _ derived: DerivedFolder, security: [SecurityTable.Part] = []) {
    catalog.add("Findings", findings.table(in: derived, book, now: now))
    catalog.add("FindingHistory", findings.history)
    catalog.add("Exemptions", book.exemptionsTable(now: now))
    catalog.add("GovernanceRules", book.rulesTable)
    let states = PolicyStateStore(store)
    catalog.add("PolicyStates", states.states)
    catalog.add("policyresources", states.policyResources)
    let drift = DriftStore(store)
    catalog.add("IacResources", drift.resources)
    catalog.add("IacDrift", drift.drift)
    catalog.add("IacRuns", drift.runs)
    catalog.add("securityresources", findings.securityResources(in: derived, book, now: now).adding(security))
  }

  var catalog: Catalog {
    let derived = DerivedFolder(store) { Terminal.complain("plumb: \($0)") }
    var catalog = store.catalog(derived: derived)
    add(to: &catalog, derived)
    return catalog
  }

  /// Answers a query over the tables.
  func answer(_ query: String, _ format: QueryFormat, parameters: [String: Scalar] = [:]) throws {
    var runner = QueryRunner(catalog: catalog, parameters: parameters)
    (runner.format, runner.now) = (format, now)
    Terminal.write(try runner.answer(query))
  }

  /// Who uses the program, to be written down beside what they add or remove.
  static func person(_ given: String?) throws -> String {
    if let given {
      guard !given.allSatisfy(\.isWhitespace) else { throw UsageError("--by is empty; name who does it") }
      return given
    }
    let environment = ProcessInfo.processInfo.environment
    return environment["USER"] ?? environment["LOGNAME"] ?? "unknown"
  }

  /// Refuses a pattern that no check has.
  static func check(patterns: [String], _ library: CheckLibrary) throws {
    for pattern in patterns where !library.checks.contains(where: { CheckPattern(pattern).matches($0.id) }) {
      let hint = library.suggestion(for: pattern).map { "did you mean '\($0)'?" } ?? "plumb check list names them"
      throw UsageError("--check \(pattern): no check has that id or pattern; \(hint)")
    }
  }

  /// A name that nobody has to think of.
  static func newName(_ prefix: String) -> String {
    prefix + "-" + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 36).suffix(8)
  }
}

/// What an exemption or a governance rule is about, as options.
struct PolicyScopeArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Of this tenant; may be given again, as the others.", valueName: "id")) var tenant:
    [String] = []
  @Option(help: ArgumentHelp("In this management group of Azure, or below it.", valueName: "name"))
  var managementGroup: [String] = []
  @Option(
    name: [.long, .customLong("subscription")],
    help: ArgumentHelp("Of this account, subscription or project.", valueName: "id"))
  var account: [String] = []
  @Option(help: ArgumentHelp("In this resource group.", valueName: "name")) var resourceGroup: [String] = []
  @Option(help: ArgumentHelp("This resource, and what is below its id.", valueName: "id")) var resource: [String] = []
  @Option(help: ArgumentHelp("Resources that carry this tag.", valueName: "name=value")) var tag: [String] = []
  @Option(help: ArgumentHelp("Resources of which this is true: KQL over a row of resources.", valueName: "predicate"))
  var `where`: String?

  var draft: JSONDraft {
    var members: [(key: String, value: JSONDraft)] = []
    for (key, values) in [
      ("tenant", tenant), ("managementGroup", managementGroup), ("account", account), ("resourceGroup", resourceGroup),
      ("resource", resource), ("tag", tag),
      ("where", `where`.map { [$0] } ?? []),
    ] where !values.isEmpty {
      members.append((key, key == "where" ? .string(values[0]) : .array(values.map(JSONDraft.string))))
    }
    return .object(members)
  }
}

extension ContentError {
  /// An option that cannot be used has no place in a file.
  var asUsage: UsageError { UsageError(location.path == "options" ? message : "\(self)") }
}
