// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A root module with the values of its variables.
final class RootModule {
  /// Where a variable's value comes from: an expression or a value, and the text that may have to be converted.
  struct Input {
    let value: Value
    let place: Place?
    /// Whether the value is text from a command line or the environment, which is an expression where the type is no string.
    let isText: Bool
  }

  let run: TerraformRun
  let module: Module
  let files: FileAccess
  private(set) var inputs: [String: Input] = [:]
  /// Folders of modules that `terraform init` has fetched, by the names of the calls that lead there.
  let installed: [String: String]

  init(_ run: TerraformRun, _ module: Module) {
    self.run = run
    self.module = module
    files = FileAccess(run.tree, folder: module.folder)
    installed = Self.installedModules(run.tree, module.folder)
    readInputs()
  }

  func evaluate() -> EvaluatedRoot {
    let instance = ModuleInstance(self)
    var evaluated = EvaluatedRoot(folder: module.folder)
    instance.collect(into: &evaluated)
    evaluated.outputs = instance.outputs()
    return evaluated
  }

  // MARK: Modules that are installed

  private static func installedModules(_ tree: SourceTree, _ folder: String) -> [String: String] {
    let path = FilePaths.join(folder, ".terraform/modules/modules.json")
    guard let bytes = try? tree.read(path), let document = try? JSONDocument(parsing: bytes),
      let list = document.root["Modules"]
    else { return [:] }
    var folders: [String: String] = [:]
    for entry in list.elements {
      if let key = entry["Key"]?.string, let directory = entry["Dir"]?.string, !key.isEmpty {
        folders[key] = FilePaths.join(folder, directory)
      }
    }
    return folders
  }

  // MARK: Variables

  /// From weak to strong: TF_VAR_, terraform.tfvars, terraform.tfvars.json, *.auto.tfvars by name, -var-file, -var.
  private func readInputs() {
    let options = run.options
    for (name, text) in options.environment where name.hasPrefix("TF_VAR_") {
      inputs[String(name.dropFirst(7))] = Input(value: Value(text), place: nil, isText: true)
    }
    let names = run.tree.list(module.folder).filter { !$0.isFolder }.map(\.name)
    let automatic = names.filter { $0.hasSuffix(".auto.tfvars") || $0.hasSuffix(".auto.tfvars.json") }.sorted()
    for name in ["terraform.tfvars", "terraform.tfvars.json"].filter(names.contains) + automatic {
      let path = FilePaths.join(module.folder, name)
      do throws(SourceTree.Failure) {
        read(try run.tree.read(path), path)
      } catch {
        run.report(Diagnostic(.file, "the variable file '\(path)' cannot be read", at: nil))
      }
    }
    for file in options.variableFiles { read(file.bytes, file.path) }
    for (name, text) in options.variables {
      if module.variables[name] == nil { continue }
      inputs[name] = Input(value: Value(text), place: nil, isText: true)
    }
  }

  private func read(_ bytes: [UInt8], _ path: String) {
    let number = run.result.files.add(path)
    do throws(Diagnostic) {
      if path.hasSuffix(".json") {
        for (name, value, place) in try JSONBodies.variables(bytes, file: number) {
          set(name, value, place)
        }
        return
      }
      let parsed = Parser.file(bytes, file: number)
      parsed.diagnostics.forEach(run.report)
      for attribute in parsed.body.attributes {
        set(attribute.name, try Evaluator(.empty).value(attribute.expression), attribute.place)
      }
      for block in parsed.body.blocks {
        run.report(Diagnostic(.invalid, "a variable file holds only 'name = value'", at: block.place))
      }
    } catch {
      run.report(error)
    }
  }

  private func set(_ name: String, _ value: Value, _ place: Place) {
    guard module.variables[name] != nil else { return }
    inputs[name] = Input(value: value, place: place, isText: false)
  }
}
