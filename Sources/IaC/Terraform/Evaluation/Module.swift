// SPDX-License-Identifier: Apache-2.0

/// What the files of one folder declare, with override files merged in. Nothing is evaluated.
final class Module {
  struct Call {
    let name: String
    let block: Block
    /// The text of `source`, where it is a plain one.
    let source: String?
  }

  /// The folder, relative to the tree.
  let folder: String
  private(set) var variables: [String: Block] = [:]
  private(set) var locals: [String: Attribute] = [:]
  private(set) var outputs: [String: Block] = [:]
  /// Managed resources by `type.name`, data sources by `data.type.name`, in the order of the files.
  private(set) var resources: [String: Block] = [:]
  private(set) var resourceOrder: [String] = []
  /// Resources under a name that another one has; Terraform refuses them.
  private(set) var repeated: [String: [Block]] = [:]
  private(set) var calls: [String: Call] = [:]
  private(set) var callOrder: [String] = []
  /// Provider blocks by name, those with an alias by `name.alias`.
  private(set) var providers: [String: Block] = [:]
  /// `terraform`, `moved`, `import`, `removed` and `check` blocks.
  private(set) var others: [Block] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(folder: String) { self.folder = folder }

  /// Whether a folder's files make it a module.
  static func isSource(_ name: String) -> Bool { endings.contains { name.hasSuffix($0) } }

  private static let endings = [".tf", ".tf.json", ".tofu", ".tofu.json"]

  private static func isOverride(_ name: String) -> Bool {
    let stem = name.split(separator: ".", maxSplits: 1).first ?? ""
    return stem == "override" || stem.hasSuffix("_override")
  }

  /// Reads a folder's files; those that cannot be read or parsed are reported and the rest go on.
  static func load(_ folder: String, _ names: [String], _ tree: SourceTree, _ files: inout SourceFiles) -> Module {
    let module = Module(folder: folder)
    // OpenTofu reads a.tofu instead of a.tf where both are there.
    let sources = names.filter(isSource).filter { name in
      !name.contains(".tf") || !names.contains(name.replacing(".tf", with: ".tofu"))
    }
    for name in sources.filter({ !isOverride($0) }) + sources.filter(isOverride) {
      let path = FilePaths.join(folder, name)
      let number = files.add(path)
      let start = Place(file: number, byte: 0, line: 1, column: 1)
      let bytes: [UInt8]
      do throws(SourceTree.Failure) {
        bytes = try tree.read(path)
      } catch {
        let isLarge = error == .tooLarge
        module.diagnostics.append(
          Diagnostic(isLarge ? .tooLarge : .file, "the file \(isLarge ? "is too large" : "cannot be read")", at: start))
        continue
      }
      let parsed =
        name.hasSuffix(".json") ? JSONBodies.parse(bytes, file: number) : Parser.file(bytes, file: number)
      module.diagnostics += parsed.diagnostics
      for block in parsed.body.blocks { module.add(block, overrides: isOverride(name)) }
      if let stray = parsed.body.attributes.first {
        module.report("an argument cannot stand outside of a block", stray.place)
      }
    }
    return module
  }

  private var constraints: [String: TypeConstraint] = [:]

  /// What the type of a variable asks for.
  func constraint(of variable: String) throws(Diagnostic) -> TypeConstraint {
    if let known = constraints[variable] { return known }
    guard let type = variables[variable]?.body.attribute("type") else { return .any }
    let constraint = try TypeConstraint.parse(type.expression)
    constraints[variable] = constraint
    return constraint
  }

  private func report(_ message: String, _ place: Place) {
    diagnostics.append(Diagnostic(.invalid, message, at: place))
  }

  // MARK: Declarations

  private func add(_ block: Block, overrides: Bool) {
    func labels(_ count: Int) -> Bool {
      guard block.labels.count != count else { return true }
      let example = count == 1 ? "\"NAME\"" : "\"TYPE\" \"NAME\""
      report(
        count == 0
          ? "'\(block.type)' takes no labels"
          : "'\(block.type)' needs \(count) label\(count == 1 ? "" : "s"): "
            + "\(block.type) \(example) { ... }", block.place)
      return false
    }
    func declare(_ table: inout [String: Block], _ key: String) -> Bool {
      guard let before = table[key] else {
        table[key] = block
        return true
      }
      if overrides {
        table[key] = Self.merge(before, block)
      } else {
        report("\(block.type) \"\(block.labels.last ?? key)\" is declared a second time; rename one", block.place)
      }
      return false
    }
    switch block.type {
    case "variable": if labels(1) { _ = declare(&variables, block.labels[0]) }
    case "output": if labels(1) { _ = declare(&outputs, block.labels[0]) }
    case "resource", "data", "ephemeral":
      guard labels(2) else { return }
      let key = (block.type == "resource" ? "" : block.type + ".") + block.labels[0] + "." + block.labels[1]
      if declare(&resources, key) {
        resourceOrder.append(key)
      } else if !overrides {
        repeated[key, default: []].append(block)
      }
    case "module":
      guard labels(1) else { return }
      let name = block.labels[0]
      var merged = block
      if let before = calls[name] {
        guard overrides else { return report("module \"\(name)\" is called a second time; rename one", block.place) }
        merged = Self.merge(before.block, block)
      } else {
        callOrder.append(name)
      }
      let source = merged.body.attribute("source")?.expression.literalString
      calls[name] = Call(name: name, block: merged, source: source)
    case "provider":
      guard labels(1) else { return }
      let alias = block.body.attribute("alias")?.expression.literalString
      _ = declare(&providers, block.labels[0] + (alias.map { "." + $0 } ?? ""))
    case "locals":
      guard labels(0) else { return }
      for attribute in block.body.attributes {
        if locals[attribute.name] != nil, !overrides {
          report("the local value '\(attribute.name)' is given a second time; remove one", attribute.place)
        } else {
          locals[attribute.name] = attribute
        }
      }
    case "terraform", "moved", "import", "removed", "check": others.append(block)
    default:
      report(
        "there is no block '\(block.type)' in Terraform; there are resource, data, module, variable, output, locals, "
          + "provider, terraform, moved, import, removed, check and ephemeral", block.place)
    }
  }

  /// An override replaces arguments by name and nested blocks by type.
  private static func merge(_ base: Block, _ over: Block) -> Block {
    var body = base.body
    let names = Set(over.body.attributes.map(\.name))
    let types = Set(over.body.blocks.map { $0.type == "dynamic" ? $0.labels.first ?? "" : $0.type })
    body.attributes = body.attributes.filter { !names.contains($0.name) } + over.body.attributes
    body.blocks =
      body.blocks.filter { !types.contains($0.type == "dynamic" ? $0.labels.first ?? "" : $0.type) } + over.body.blocks
    return Block(type: base.type, labels: base.labels, body: body, place: base.place)
  }
}
