// SPDX-License-Identifier: Apache-2.0

/// What a user gives besides the code.
package struct TerraformOptions: Sendable {
  /// Files of variables (`-var-file`) from wherever the user keeps them; later ones win. JSON where the name ends in `.json`.
  package var variableFiles: [(path: String, bytes: [UInt8])] = []
  /// `-var name=value`; later ones win over files.
  package var variables: [(name: String, text: String)] = []
  /// The environment, of which `TF_VAR_name` counts.
  package var environment: [String: String] = [:]
  package var workspace = "default"
  /// Folders to evaluate as roots; nil for those that no scanned module calls.
  package var roots: [String]?

  package init() {}
}

/// Evaluates the Terraform code of a folder.
package final class TerraformRun {
  static let mostResources = 500_000
  static let mostInstances = 20_000
  static let deepestModules = 40

  let tree: SourceTree
  let options: TerraformOptions
  let budget = Budget()
  private var modules: [String: Module] = [:]
  private var folderNames: [String: [String]] = [:]
  private var reported: Set<Diagnostic> = []
  private(set) var resourceCount = 0
  var result = TerraformResult()
  /// What is being evaluated, for messages about circles.
  var pending: [String] = []

  private init(_ tree: SourceTree, _ options: TerraformOptions) {
    self.tree = tree
    self.options = options
  }

  /// Evaluates every root module below a folder.
  ///
  /// - Throws: where the folder itself cannot be read; all else is reported in the result.
  package static func scan(
    _ folder: String, options: TerraformOptions = TerraformOptions()
  ) throws(Diagnostic) -> TerraformResult {
    let outcome: Result<TerraformResult, Diagnostic> = DeepStack.run {
      do throws(Diagnostic) {
        let run = TerraformRun(try SourceTree(folder), options)
        run.evaluate()
        return .success(run.result)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  func report(_ diagnostic: Diagnostic) {
    if reported.insert(diagnostic).inserted { result.diagnostics.append(diagnostic) }
  }

  /// Counts an instance; false where there are too many.
  func countResource() -> Bool {
    resourceCount += 1
    return resourceCount <= Self.mostResources
  }

  // MARK: Modules

  /// The module of a folder; nil where there is none.
  func module(_ folder: String) -> Module? {
    if let known = modules[folder] { return known }
    let names = folderNames[folder] ?? tree.list(folder).filter { !$0.isFolder }.map(\.name)
    guard names.contains(where: Module.isSource) else { return nil }
    let module = Module.load(folder, names, tree, &result.files)
    modules[folder] = module
    module.diagnostics.forEach(report)
    return module
  }

  static func isLocal(_ source: String) -> Bool {
    source.hasPrefix("./") || source.hasPrefix("../") || source == "." || source == ".."
  }

  private func findFolders() -> [String] {
    var found: [String] = []
    var open = ["."]
    var seen = 0
    while let folder = open.popLast() {
      var names: [String] = []
      for entry in tree.list(folder) {
        seen += 1
        if entry.isFolder {
          // `.terraform` holds copies of what is called; hidden folders are no code.
          if !entry.name.hasPrefix(".") { open.append(FilePaths.join(folder, entry.name)) }
        } else {
          names.append(entry.name)
        }
      }
      if seen > SourceTree.mostFiles {
        report(
          Diagnostic(.tooLarge, "the folder holds more than \(SourceTree.mostFiles) files; scan a part of it", at: nil))
        break
      }
      folderNames[folder] = names
      if names.contains(where: Module.isSource) { found.append(folder) }
    }
    return found.sorted()
  }

  private func evaluate() {
    let folders = findFolders()
    var called: [String: [String]] = [:]
    for folder in folders {
      guard let module = module(folder) else { continue }
      called[folder] = module.calls.values.compactMap { call in
        call.source.flatMap { Self.isLocal($0) ? FilePaths.join(folder, $0) : nil }
      }
    }
    let roots = options.roots?.map { FilePaths.join(".", $0) } ?? Self.roots(folders, called)
    result.coverage.roots = roots
    for folder in roots {
      guard let module = module(folder) else {
        report(Diagnostic(.file, "there is no Terraform code in '\(folder)'", at: nil))
        continue
      }
      let root = RootModule(self, module)
      result.roots.append(root.evaluate())
    }
    result.coverage.filesRead = result.files.paths.count
  }

  /// Folders that nobody calls. Where modules call each other in a circle that nobody enters, the first of them counts.
  private static func roots(_ folders: [String], _ called: [String: [String]]) -> [String] {
    let targets = Set(called.flatMap { folder, targets in targets.filter { $0 != folder } })
    var roots = folders.filter { !targets.contains($0) }
    var reached: Set<String> = []
    func reach(_ start: String) {
      var open = [start]
      while let folder = open.popLast() {
        if reached.insert(folder).inserted { open += called[folder] ?? [] }
      }
    }
    roots.forEach(reach)
    for folder in folders where !reached.contains(folder) {
      roots.append(folder)
      reach(folder)
    }
    return roots.sorted()
  }
}
