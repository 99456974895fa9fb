// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A plan as `terraform show -json` or `tofu show -json` prints it.
package struct TerraformPlan: Sendable {
  package struct Change: Sendable {
    package let address: String
    /// The address before a `moved` block took effect.
    package let previousAddress: String?
    /// `create`, `read`, `update`, `delete`, `no-op`, `forget`; two of them for a replacement.
    package let actions: [String]
    package let before: EvaluatedResource?
    /// As it will be; values that are not known yet are unknown.
    package let after: EvaluatedResource?
    /// The id of what is imported.
    package let importID: String?
    /// The key of an object that is left over from a replacement.
    package let deposed: String?
  }

  /// What the plan does, data sources included.
  package private(set) var changes: [Change] = []
  /// What was changed outside of Terraform since the last run.
  package private(set) var drift: [Change] = []
  /// Whether the plan ended with an error and holds only a part.
  package private(set) var isPartial = false
  package private(set) var terraformVersion = ""

  /// The resources as the plan leaves them.
  package var resources: [EvaluatedResource] {
    changes.compactMap { $0.deposed == nil ? $0.after : nil }
  }

  /// - Parameters:
  ///   - path: the name of the file in places.
  ///   - files: gets the file.
  package static func read(
    _ bytes: [UInt8], path: String, files: inout SourceFiles
  ) throws(Diagnostic) -> TerraformPlan {
    let number = files.add(path)
    let root = try DocumentJSON.parse(bytes, file: number)
    let lines = LineTable(bytes, file: number)
    try DocumentJSON.checkFormat(root, "a plan", file: number)
    guard root["resource_changes"] != nil || root["planned_values"] != nil else {
      throw Diagnostic(
        .invalid, "this is no plan; 'terraform show -json PLANFILE' prints one", at: lines.place(0))
    }
    var plan = TerraformPlan()
    plan.isPartial = root["errored"]?.boolean == true
    plan.terraformVersion = root["terraform_version"]?.string ?? ""
    let configuration = PlanConfiguration(root["configuration"])
    for change in root["resource_changes"]?.elements ?? JSONValue.null.elements {
      if let read = Self.change(change, path, lines, configuration) { plan.changes.append(read) }
    }
    for change in root["resource_drift"]?.elements ?? JSONValue.null.elements {
      if let read = Self.change(change, path, lines, configuration) { plan.drift.append(read) }
    }
    return plan
  }

  private static func change(
    _ entry: JSONValue, _ path: String, _ lines: LineTable, _ configuration: PlanConfiguration
  ) -> Change? {
    guard let address = entry["address"]?.string, let change = entry["change"] else { return nil }
    let place = lines.place(entry["address"]?.byteOffset ?? 0)
    var values = AppliedValues(address: address)
    values.references = configuration.references(of: address, module: entry["module_address"]?.string ?? "")
    func resource(_ name: String, _ values: AppliedValues) -> EvaluatedResource? {
      guard let object = change[name], object.kind == .object else { return nil }
      let body = values.block(
        object, unknown: name == "after" ? change["after_unknown"] : nil, sensitive: change["\(name)_sensitive"],
        at: place)
      return DocumentJSON.resource(entry, address, path, body, place)
    }
    return Change(
      address: address, previousAddress: entry["previous_address"]?.string,
      actions: change["actions"]?.elements.compactMap(\.string) ?? [], before: resource("before", values),
      after: resource("after", values), importID: change["importing"]?["id"]?.string, deposed: entry["deposed"]?.string)
  }
}

/// What plans and states have in common.
enum DocumentJSON {
  static func parse(_ bytes: [UInt8], file: UInt32) throws(Diagnostic) -> JSONValue {
    do throws(JSONError) {
      return try JSONDocument(parsing: bytes, limits: JSONLimits(depth: 256, bytes: 1 << 30)).root
    } catch {
      throw Diagnostic(
        .syntax, "not valid JSON: \(error.detail)",
        at: Place(
          file: file, byte: UInt32(clamping: error.offset), line: UInt32(clamping: error.line),
          column: UInt32(clamping: error.column)))
    }
  }

  static func checkFormat(_ root: JSONValue, _ what: String, file: UInt32) throws(Diagnostic) {
    let place = Place(file: file, byte: 0, line: 1, column: 1)
    if root["encrypted_data"] != nil || root["encryption"] != nil {
      throw Diagnostic(
        .invalid, "the file is encrypted; decrypt it with 'tofu show -json' or 'tofu state pull'", at: place)
    }
    if let version = root["format_version"]?.string, version.split(separator: ".").first != "1" {
      throw Diagnostic(.invalid, "this is \(what) of format \(version); formats 1.x are read", at: place)
    }
  }

  static func resource(
    _ entry: JSONValue, _ address: String, _ path: String, _ body: EvaluatedBlock, _ place: Place
  ) -> EvaluatedResource {
    let key: InstanceKey =
      (entry["index"] ?? entry["index_key"]).map { index in
        index.int64.map { .index(Int($0)) } ?? index.string.map { .key($0) } ?? .none
      } ?? .none
    return EvaluatedResource(
      address: address, root: path, mode: entry["mode"]?.string == "data" ? .data : .managed,
      type: entry["type"]?.string ?? "", name: entry["name"]?.string ?? "", key: key,
      module: (entry["module_address"] ?? entry["module"])?.string ?? "", body: body, provider: nil, place: place,
      callChain: [], isIndeterminate: false, ignoredChanges: [])
  }
}

/// The code's references, as a plan lists them per argument.
private struct PlanConfiguration {
  /// Expressions by the address of the resource, without keys.
  private var expressions: [String: JSONValue] = [:]

  init(_ configuration: JSONValue?) {
    guard let root = configuration?["root_module"] else { return }
    var open: [(String, JSONValue)] = [("", root)]
    while let (prefix, module) = open.popLast() {
      for resource in module["resources"]?.elements ?? JSONValue.null.elements {
        if let address = resource["address"]?.string { expressions[prefix + address] = resource["expressions"] }
      }
      for (name, call) in module["module_calls"]?.members ?? JSONValue.null.members {
        if let inner = call["module"] { open.append((prefix + "module.\(name.string ?? "").", inner)) }
      }
    }
  }

  /// What each argument of a resource refers to; addresses get the path of the module.
  func references(of address: String, module: String) -> [String: [Reference]] {
    guard let object = expressions[Self.withoutKeys(address)] else { return [:] }
    var found: [String: [Reference]] = [:]
    for (key, expression) in object.members {
      var texts = expression["references"]?.elements.compactMap(\.string) ?? []
      // Each reference is followed by its shorter forms: only the longest counts.
      texts = texts.filter { text in
        !texts.contains { $0 != text && ($0.hasPrefix(text + ".") || $0.hasPrefix(text + "[")) }
      }
      found[key.string ?? ""] = texts.compactMap { Self.reference($0, module) }
    }
    return found
  }

  private static func withoutKeys(_ address: String) -> String {
    var out = ""
    var (depth, quoted) = (0, false)
    for character in address {
      switch character {
      case "\"" where depth > 0: quoted.toggle()
      case "[" where !quoted: depth += 1
      case "]" where !quoted: depth -= 1
      default: if depth == 0 { out.append(character) }
      }
    }
    return out
  }

  private static func reference(_ text: String, _ module: String) -> Reference? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let prefix = module.isEmpty ? "" : module + "."
    func make(_ kind: Reference.Kind, _ count: Int) -> Reference? {
      guard parts.count >= count else { return nil }
      let rest = parts[count...].map { "." + $0 }.joined()
      return Reference(kind, prefix + parts[..<count].joined(separator: "."), path: rest)
    }
    switch parts.first {
    case "var": return make(.variable, 2)
    case "data": return make(.data, 3)
    case "module": return make(.module, 2)
    case "each", "count", "local", "path", "terraform", "self": return nil
    default: return make(.resource, 2)
    }
  }
}
