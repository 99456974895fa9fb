// SPDX-License-Identifier: Apache-2.0

extension StateReader {
  /// The code beside a state.
  package struct Code: Sendable {
    package var code: DriftCode
    /// Paths of `ignore_changes`, by address without the keys of instances and with them.
    package var ignored: [String: [String]]
    package var gaps: [CodeGap]
    package var errors: [CodeError]
  }

  /// Evaluates a folder of Terraform code.
  ///
  /// - Parameter contents: the states, which have the computed attributes that code refers to. Where several root modules
  ///   have one address, the module that shares the most with the states is meant.
  package func code(
    _ folder: CodeFolder, options: TerraformOptions, region: String = "us-east-1", beside contents: [Contents]
  ) -> Code {
    var read = Code(code: DriftCode(resources: [], addresses: []), ignored: [:], gaps: [], errors: [])
    let start = CodePlace(path: folder.name, line: 1, column: 1)
    let result: TerraformResult
    do throws(Diagnostic) {
      result = try TerraformRun.scan(folder.root, options: options)
    } catch {
      read.errors.append(CodeError(error.message, at: start))
      return read
    }
    let shape = TerraformShape(files: result.files, shown: folder.shown) { _ in nil }
    for diagnostic in result.diagnostics {
      let place = diagnostic.place.map(shape.place) ?? start
      switch diagnostic.code {
      case .syntax, .tooLarge, .file: read.errors.append(CodeError(diagnostic.message, at: place))
      default: read.gaps.append(CodeGap(.expression, diagnostic.code.rawValue, diagnostic.message, at: place))
      }
    }
    // Defaults of the mappings say nothing here: the state does not have them either.
    var estate = TerraformEstate(mappings.forStates, files: result.files, shown: folder.shown, region: region)
    estate.applied = Dictionary(
      contents.flatMap(\.resources).map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let addresses = contents.reduce(into: Set<String>()) { $0.formUnion($1.addresses) }
    let roots = result.roots.map { root in (root, root.resources.count { addresses.contains($0.address) }) }
    for (root, _) in roots.sorted(by: { $0.1 > $1.1 }) {
      let own = Set(root.resources.filter { $0.mode == .managed }.map(\.address)).subtracting(read.code.addresses)
      read.code.addresses.formUnion(own)
      // A type that is not mapped keeps Terraform's name, which no cloud knows.
      read.code.resources += estate.resources(of: root.resources).resources.filter { resource in
        own.contains(resource.address) && !resource.isPartial && mappings.provider(of: resource.type) == nil
      }
      for resource in root.resources where own.contains(resource.address) && !resource.ignoredChanges.isEmpty {
        read.ignored[resource.address] = resource.ignoredChanges
        if resource.key == .unknown { read.ignored[CodeSide.withoutKeys(resource.address)] = resource.ignoredChanges }
      }
      for change in root.identityChanges {
        if change.kind == .moved, let from = change.from, let to = change.to { read.code.moves.append((from, to)) }
      }
    }
    return read
  }
}
