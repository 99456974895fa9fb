// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Resources of code that are part of another as the cloud shows it, and properties that stand elsewhere there:
/// `merges.yaml` of a folder of mappings.
///
///     merges:
///       - from: aws::s3::bucketpolicy
///         into: aws::s3::bucket
///         on: properties.Bucket                       # names the other: its name, ARN, address
///         set: {observed.BucketPolicy: properties.PolicyDocument}
///     derive:
///       aws::s3::bucket:
///         observed.Grants: {from: properties.AccessControl, as: cannedAcl}
struct Merges: Sendable {
  struct Merge: Sendable {
    let into: String
    let on: [String]
    var set: [(to: [String], from: [String])] = []
    /// What is so because the other resource is there: `observed.RotationEnabled: true`.
    var constants: [(to: [String], value: CodeValue)] = []
    /// The element that is appended: a path, or names of members below `properties`.
    var append: [(to: [String], from: [String], keys: [String])] = []
  }
  struct Derivation: Sendable {
    let to: [String]
    /// Empty where the value is always the same.
    let from: [String]
    let transform: Transform?
    /// The value where `from` is absent.
    let otherwise: CodeValue?
  }

  private var merges: [String: [Merge]] = [:]
  private var derivations: [String: [Derivation]] = [:]

  init(_ content: ContentLibrary, folder: String) throws(ContentError) {
    guard let file = try content.file(at: folder + "/merges.yaml") else { return }
    let root = try YAMLDocument(file).node
    try root.allow(["merges", "derive"])
    for node in try root.optional("merges")?.elements ?? [] {
      try node.allow(["from", "into", "on", "set", "append"])
      var merge = Merge(into: try node.require("into").text, on: Self.keys(try node.require("on").text))
      for (to, from) in try node.optional("set")?.members ?? [] {
        guard from.value.kind == .string else {
          merge.constants.append((Self.keys(to), try Self.constant(from)))
          continue
        }
        merge.set.append((Self.keys(to), Self.keys(try from.text)))
      }
      for (to, from) in try node.optional("append")?.members ?? [] {
        if from.value.kind == .array {
          merge.append.append((Self.keys(to), [], try from.texts))
        } else {
          merge.append.append((Self.keys(to), Self.keys(try from.text), []))
        }
      }
      for type in try node.require("from").texts { merges[type, default: []].append(merge) }
    }
    for (type, rows) in try root.optional("derive")?.members ?? [] {
      for (to, node) in try rows.members {
        try node.allow(["from", "as", "otherwise"])
        var otherwise: CodeValue?
        if let node = try node.optional("otherwise") { otherwise = try Self.constant(node) }
        let from = try node.optional("from")?.text ?? ""
        derivations[type, default: []].append(
          Derivation(
            to: Self.keys(to), from: Self.keys(from),
            transform: try node.optional("as")?.choice(), otherwise: otherwise))
      }
    }
  }

  /// Paths that code settles for a type: where nothing sets them, they are not there.
  func settled(of type: String) -> [[String]] {
    let derived = (derivations[type] ?? []).map(\.to)
    let merged = merges.values.joined().filter { $0.into == type }.flatMap { $0.set.map(\.to) + $0.append.map(\.to) }
    return derived + merged
  }

  private static func constant(_ node: ContentNode) throws(ContentError) -> CodeValue {
    if let flag = node.value.boolean { return .bool(flag) }
    if let number = node.value.numberLiteral { return .number(number) }
    return .string(try node.text)
  }

  private static func keys(_ path: String) -> [String] { path.split(separator: ".").map(String.init) }

  /// The resources with what belongs to them; those that were merged into others stay as well.
  func merged(_ resources: [CodeResource]) -> [CodeResource] {
    var resources = resources
    for index in resources.indices {
      for row in derivations[resources[index].type] ?? [] {
        guard resources[index].body.get(row.to) == nil else { continue }
        if !row.from.isEmpty, let value = resources[index].body.get(row.from) {
          let made = value.unknown == nil ? row.transform.map { $0.apply(value) } ?? value : value
          resources[index].body.set(row.to[...], made)
        } else if let otherwise = row.otherwise {
          resources[index].body.set(row.to[...], CodeNode(otherwise, at: resources[index].place))
        }
      }
    }
    var byHandle: [String: [Int]] = [:]
    for (index, resource) in resources.enumerated() {
      for handle in resource.handles { byHandle["\(resource.type) \(handle)", default: []].append(index) }
    }
    for satellite in resources {
      for merge in merges[satellite.type] ?? [] {
        let named = satellite.body.get(merge.on)
        let names = named.map { node in ([node] + node.elements).compactMap(\.string) } ?? []
        for index in Set(names.flatMap { byHandle["\(merge.into) \($0)"] ?? [] }).sorted() {
          Self.merge(satellite, into: &resources[index], merge)
        }
      }
    }
    return resources
  }

  private static func merge(_ satellite: CodeResource, into target: inout CodeResource, _ merge: Merge) {
    for (to, from) in merge.set {
      if let value = satellite.body.get(from) { target.body.set(to[...], value) }
    }
    for (to, value) in merge.constants { target.body.set(to[...], CodeNode(value, at: satellite.place)) }
    for (to, from, keys) in merge.append {
      var element: CodeNode?
      if keys.isEmpty {
        element = satellite.body.get(from)
      } else {
        var picked = CodeNode(.map([]), at: satellite.place)
        for key in keys {
          if let value = satellite.body.get(["properties", key]) { picked.set([key], value) }
        }
        element = picked
      }
      guard let element else { continue }
      let known = target.body.get(to)
      // A list that is not known stays so: what is in it besides cannot be told.
      if known?.unknown != nil { continue }
      target.body.set(to[...], CodeNode(.list((known?.elements ?? []) + [element]), at: known?.place ?? element.place))
    }
  }
}
