// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A state: a `terraform.tfstate` file of version 4, or what `terraform show -json` prints of one.
package struct TerraformState: Sendable {
  package struct Instance: Sendable {
    package let resource: EvaluatedResource
    /// The provider as the state names it.
    package let provider: String
    /// The key of an object that is left over from a replacement.
    package let deposed: String?
    /// Addresses of what it was made after.
    package let dependencies: [String]
  }

  package private(set) var instances: [Instance] = []
  package private(set) var serial: Int?
  package private(set) var lineage: String?
  package private(set) var terraformVersion = ""

  package var resources: [EvaluatedResource] { instances.filter { $0.deposed == nil }.map(\.resource) }

  /// - Parameters:
  ///   - path: the name of the file in places.
  ///   - files: gets the file.
  package static func read(
    _ bytes: [UInt8], path: String, files: inout SourceFiles
  ) throws(Diagnostic) -> TerraformState {
    let number = files.add(path)
    let root = try DocumentJSON.parse(bytes, file: number)
    let lines = LineTable(bytes, file: number)
    try DocumentJSON.checkFormat(root, "a state", file: number)
    var state = TerraformState()
    state.terraformVersion = root["terraform_version"]?.string ?? ""
    if root["format_version"] != nil {
      if let module = root["values"]?["root_module"] { state.readShown(module, path, lines) }
      return state
    }
    guard let version = root["version"]?.int64 else {
      throw Diagnostic(
        .invalid, "this is no state; 'terraform state pull' or 'terraform show -json' prints one", at: lines.place(0))
    }
    guard version == 4 else {
      throw Diagnostic(
        .invalid, "this state has version \(version); version 4 is read, which Terraform from 0.12 on writes",
        at: lines.place(root["version"]?.byteOffset ?? 0))
    }
    state.serial = root["serial"]?.int64.map { Int($0) }
    state.lineage = root["lineage"]?.string
    for resource in root["resources"]?.elements ?? JSONValue.null.elements {
      for instance in resource["instances"]?.elements ?? JSONValue.null.elements {
        if let read = Self.instance(resource, instance, path, lines) { state.instances.append(read) }
      }
    }
    return state
  }

  private static func instance(
    _ resource: JSONValue, _ instance: JSONValue, _ path: String, _ lines: LineTable
  ) -> Instance? {
    guard let type = resource["type"]?.string, let name = resource["name"]?.string,
      let attributes = instance["attributes"] ?? instance["attributes_flat"]
    else { return nil }
    let module = resource["module"]?.string ?? ""
    let key: InstanceKey =
      instance["index_key"].map { index in
        index.int64.map { .index(Int($0)) } ?? index.string.map { .key($0) } ?? .none
      } ?? .none
    let isData = resource["mode"]?.string == "data"
    let address = (module.isEmpty ? "" : module + ".") + (isData ? "data." : "") + "\(type).\(name)\(key.text)"
    let place = lines.place(resource["name"]?.byteOffset ?? 0)
    let values = AppliedValues(address: address)
    let body = values.block(attributes, unknown: nil, sensitive: mask(instance["sensitive_attributes"]), at: place)
    let evaluated = EvaluatedResource(
      address: address, root: path, mode: isData ? .data : .managed, type: type, name: name, key: key, module: module,
      body: body, provider: nil, place: place, callChain: [], isIndeterminate: false, ignoredChanges: [])
    return Instance(
      resource: evaluated, provider: resource["provider"]?.string ?? "", deposed: instance["deposed"]?.string,
      dependencies: instance["dependencies"]?.elements.compactMap(\.string) ?? [])
  }

  /// The paths of sensitive attributes as a mask of the shape that plans have. What lies below an element is masked with the
  /// whole attribute: better too much than too little.
  private static func mask(_ paths: JSONValue?) -> JSONValue? {
    guard let paths, paths.count > 0 else { return nil }
    var names: Set<String> = []
    for path in paths.elements {
      if let first = path[0]?["value"]?.string { names.insert(first) }
    }
    var builder = JSONBuilder()
    builder.beginObject()
    for name in names.sorted() {
      builder.key(name)
      builder.append(true)
    }
    builder.endObject()
    return builder.finish().root
  }

  private mutating func readShown(_ root: JSONValue, _ path: String, _ lines: LineTable) {
    var open = [root]
    while let module = open.popLast() {
      let address = module["address"]?.string ?? ""
      for resource in module["resources"]?.elements ?? JSONValue.null.elements {
        guard let own = resource["address"]?.string, let values = resource["values"] else { continue }
        let place = lines.place(resource["address"]?.byteOffset ?? 0)
        let body = AppliedValues(address: own).block(
          values, unknown: nil, sensitive: resource["sensitive_values"], at: place)
        let read = DocumentJSON.resource(resource, own, path, body, place)
        instances.append(
          Instance(
            resource: EvaluatedResource(
              address: own, root: path, mode: read.mode, type: read.type, name: read.name, key: read.key,
              module: address, body: body, provider: nil, place: place, callChain: [], isIndeterminate: false,
              ignoredChanges: []),
            provider: resource["provider_name"]?.string ?? "", deposed: resource["deposed_key"]?.string,
            dependencies: resource["depends_on"]?.elements.compactMap(\.string) ?? []))
      }
      open += module["child_modules"]?.elements.map { $0 } ?? []
    }
  }
}
