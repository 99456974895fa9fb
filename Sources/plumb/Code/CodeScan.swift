// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import IaC
import Inventory
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `plumb scan DIRECTORY`: evaluates code, judges it, reports. It asks no cloud and keeps nothing.
struct CodeScan {
  private let command: ScanCommand
  private let paths: [String]

  init(_ command: ScanCommand, _ paths: [String]) {
    self.command = command
    self.paths = paths
  }

  /// The targets where they are files and folders; nil where they are clouds.
  static func paths(in targets: [String]) throws -> [String]? {
    let clouds = targets.filter { ["aws", "azure", "gcp"].contains($0) }
    let paths = targets.filter { !clouds.contains($0) && FileManager.default.fileExists(atPath: $0) }
    guard !paths.isEmpty else { return nil }
    if let cloud = clouds.first {
      throw UsageError("scan \(cloud) and \(paths[0]) in two runs: one asks a cloud, the other reads code")
    }
    if let missing = targets.first(where: { !paths.contains($0) }) {
      throw UsageError("'\(missing)': there is no such file or folder")
    }
    return paths
  }

  func run() throws {
    let started = nowTicks()
    let arguments = command.code
    try arguments.check()
    let settings = try command.store.settings()
    let content = try command.store.library(settings)
    let format = command.format ?? settings.format ?? .table
    var baseline = try arguments.baseline.map(CodeBaseline.init(path:))
    let excluded = (settings.code.exclude + arguments.excludePath).map { PathPattern($0) }
    let folders = try folders(excluded)
    var changed = try arguments.changedSince.map { try ChangedFiles(in: folders.map(\.folder), since: $0) }
    let estate = try evaluate(folders.map(\.code), excluded, content, settings)
    let library = try CheckCommand.library(content, types: Set(estate.resources.map(\.type)))
    let judging = CodeJudging(estate, checks: library.stable, defaults: try Defaults(content), now: started)
    var found = judging.located { check, message in
      Terminal.complain("plumb: check \(check.id): \(message)")
    }
    var sources = CodeSources(folders.map(\.code))
    var suppressor = CodeSuppressor(
      estate, sources, skips: settings.code.skip, today: String(DateTime.text(started).prefix(10)))
    let all = found.count
    if changed != nil { found.removeAll { changed?.contains($0.finding.place?.path ?? "") != true } }
    for index in found.indices where [.unhealthy, .unknown].contains(found[index].finding.status) {
      let finding = found[index].finding
      let suppression = suppressor.suppression(of: finding, resource: found[index].resource)
      let isKnown = suppression == nil && finding.status == .unhealthy ? baseline?.takes(finding) : nil
      found[index].finding.mark = .ofCode(suppression: suppression, isKnown: isKnown)
    }
    let findings = found.map(\.finding)
    if let path = arguments.writeBaseline { try CodeBaseline.write(findings, to: path) }

    if arguments.fixDiff { try writePatch(CodeFixes(judging, sources, found), folders.map(\.code)) }
    var context = CodeContext()
    context.gaps = Self.gaps(estate)
    context.showsAllGaps = arguments.coverage
    if format == .table, !arguments.fixDiff {
      // A plan holds in clear what its findings leave out.
      for (finding, index) in found where finding.isFault && estate.resources[index].source != .plan {
        guard let place = finding.place, context.excerpts["\(place.path):\(place.line)"] == nil else { continue }
        let start = estate.resources[index].place
        context.excerpts["\(place.path):\(place.line)"] = sources.excerpt(
          place.path, line: place.line, isStart: start.line == place.line && start.path == place.path)
      }
    }
    let report = Report(
      scan: .init(
        id: "code", targets: paths, started: started, finished: nowTicks(), resources: estate.resources.count,
        version: Plumb.version),
      findings: findings, code: context)
    if !arguments.fixDiff { try command.write(report, format) }
    for error in estate.errors { Terminal.complain("plumb: \(error)") }
    if !command.quiet {
      let unknown = try suppressor.unknownIds(library.checks) { try CheckCommand.library(content).checks }
      for note in suppressor.notes + unknown { Terminal.complain("plumb: \(note)") }
      if changed != nil { Terminal.complain("plumb: \(all - found.count) findings are in files that have not changed") }
      if arguments.fixDiff || ![.table, .markdown].contains(format) { tell(report) }
    }
    let threshold = command.failOn ?? settings.code.failOn ?? settings.failOn
    if let threshold, arguments.writeBaseline == nil, report.hasFault(atLeast: threshold) { throw ExitCode(1) }
    if !estate.errors.isEmpty { throw ExitCode(2) }
  }

  /// What is scanned, each with the folder that it is or lies in.
  private func folders(_ excluded: [PathPattern]) throws -> [(code: CodeFolder, folder: String)] {
    try paths.map { path in
      var code = try CodeFolder(path)
      code.exclude { file in excluded.contains { $0.matches(file) } }
      return (code, code.name.isEmpty ? "." : code.name)
    }
  }

  private func evaluate(
    _ folders: [CodeFolder], _ excluded: [PathPattern], _ content: ContentLibrary, _ settings: Settings
  ) throws -> CodeEstate {
    let reader = try CodeReader(content)
    let options = try command.code.options(region: settings.regions.first)
    let terraform = try command.code.terraform()
    var estate = CodeEstate()
    for folder in folders {
      var part = reader.evaluate(folder, options: options, terraform: terraform)
      if !excluded.isEmpty {
        // What others call, and what is called from there, is passed over as well.
        func isExcluded(_ place: CodePlace) -> Bool {
          folder.file(shown: place.path).map { file in excluded.contains { $0.matches(file) } } ?? false
        }
        part.resources.removeAll { isExcluded($0.place) || $0.chain.first.map(isExcluded) ?? false }
        part.gaps.removeAll { isExcluded($0.place) }
        part.errors.removeAll { isExcluded($0.place) }
      }
      estate.resources += part.resources
      estate.gaps += part.gaps
      estate.errors += part.errors
    }
    return estate
  }

  /// Writes what mends faults in place of the report.
  private func writePatch(_ fixes: CodeFixes, _ folders: [CodeFolder]) throws {
    var outside: Set<String> = []
    // git takes no path that leads out of where it is applied.
    let patch = fixes.patch { path in
      guard path.hasPrefix("/") || path.split(separator: "/").contains("..") else {
        return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
      }
      guard let folder = folders.first(where: { $0.file(shown: path) != nil }) else { return path }
      outside.insert(folder.name)
      return folder.file(shown: path) ?? path
    }
    try command.write(patch)
    guard !command.quiet else { return }
    Terminal.complain(
      "plumb: the patch mends \(fixes.mended) of \(fixes.faults) faults; the others take more than one literal")
    for folder in outside.sorted() { Terminal.complain("plumb: apply it in \(folder)") }
  }

  /// What could not be followed or read.
  private static func gaps(_ estate: CodeEstate) -> [CodeContext.Gap] {
    let errors = estate.errors.map {
      CodeContext.Gap(.file, name: $0.place.path, reason: $0.message, place: "\($0.place)")
    }
    return errors
      + estate.gaps.compactMap { gap in
        CodeContext.Kind(rawValue: gap.kind.rawValue).map {
          CodeContext.Gap($0, name: gap.name, reason: gap.reason, place: "\(gap.place)")
        }
      }
  }

  /// The coverage where the report itself goes to a program.
  private func tell(_ report: Report) {
    for line in report.coverageLines { Terminal.complain("plumb: \(line)") }
  }
}
