// SPDX-License-Identifier: Apache-2.0

/// Terraform code, plans and what they report.
extension CodeReader {
  /// Every root module of a folder. A single file is evaluated with those beside it, and only its resources count.
  func terraform(_ folder: CodeFolder, options: TerraformOptions, region: String) -> CodeEstate {
    guard folder.files.contains(where: Self.isTerraform) else { return CodeEstate() }
    var options = options
    if folder.isSingleFile { options.roots = ["."] }
    var estate = CodeEstate()
    let start = CodePlace(path: folder.name, line: 1, column: 1)
    do throws(Diagnostic) {
      let result = try TerraformRun.scan(folder.root, options: options)
      let native = TerraformEstate(terraformMappings, files: result.files, shown: folder.shown, region: region)
      for root in result.roots {
        let made = native.resources(of: root.resources)
        estate.resources += made.resources
        estate.gaps += made.gaps
      }
      let shape = TerraformShape(files: result.files, shown: folder.shown) { _ in nil }
      let diagnostics = result.diagnostics.map { diagnostic in
        (diagnostic, diagnostic.place.map(shape.place) ?? start)
      }
      for (diagnostic, place) in diagnostics {
        switch diagnostic.code {
        case .syntax, .tooLarge, .file: estate.errors.append(CodeError(diagnostic.message, at: place))
        default: estate.gaps.append(CodeGap(.expression, diagnostic.code.rawValue, diagnostic.message, at: place))
        }
      }
      estate.gaps += Self.gaps(result.coverage, shape)
    } catch {
      estate.errors.append(CodeError(error.message, at: start))
    }
    guard folder.isSingleFile, let file = folder.files.first else { return estate }
    let shown = folder.shown(file)
    estate.resources.removeAll { $0.place.path != shown }
    estate.gaps.removeAll { $0.place.path != shown }
    estate.errors.removeAll { $0.place.path != shown && $0.place.path != start.path }
    return estate
  }

  private static func gaps(_ coverage: TerraformCoverage, _ shape: TerraformShape) -> [CodeGap] {
    let modules = coverage.modulesNotExpanded.map { call in
      CodeGap(.module, call.address, "\(call.source): \(call.reason)", at: shape.place(call.place))
    }
    let variables = coverage.variablesWithoutValue.map { variable in
      CodeGap(.variable, variable.name, "the variable has no value", at: shape.place(variable.place))
    }
    let functions = coverage.functionsNotEvaluated.map { call in
      CodeGap(.function, call.name, "it is not evaluated", at: shape.place(call.place))
    }
    return modules + variables + functions
  }

  static func isTerraform(_ file: String) -> Bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].contains { file.hasSuffix($0) }
  }

  /// What a plan (`terraform show -json`) will make; nil where the bytes are no plan.
  func plan(_ bytes: [UInt8], path: String, region: String) -> CodeEstate? {
    guard
      bytes.firstRange(of: Array("\"resource_changes\"".utf8)) != nil
        || bytes.firstRange(of: Array("\"planned_values\"".utf8)) != nil
    else { return nil }
    var estate = CodeEstate()
    var files = SourceFiles()
    do throws(Diagnostic) {
      let plan = try TerraformPlan.read(bytes, path: path, files: &files)
      let made = TerraformEstate(terraformMappings, files: files, region: region, source: .plan)
        .resources(of: plan.resources)
      estate.resources = made.resources
      estate.gaps = made.gaps
    } catch {
      estate.errors.append(CodeError(error.message, at: CodePlace(path: path, line: 1, column: 1)))
    }
    return estate
  }
}
