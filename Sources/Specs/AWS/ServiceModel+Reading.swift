// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

extension ServiceModel {
  /// Reads an operation table.
  package init(_ file: ContentFile) throws(ContentError) {
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: file.bytes)
    } catch {
      throw ContentError(.syntax, error.description, at: ContentLocation(path: file.displayPath))
    }
    let root = document.root
    func text(_ key: String) -> String? { root[key]?.string }
    guard let service = text("service"), let name = text("protocol"), let wire = WireProtocol(rawValue: name) else {
      throw ContentError(.invalidValue, "not an operation table", at: ContentLocation(path: file.displayPath))
    }
    self.service = service
    wireProtocol = wire
    apiVersion = text("apiVersion") ?? ""
    endpointPrefix = text("endpointPrefix") ?? service
    signingName = text("signingName") ?? service
    serviceID = text("serviceId") ?? service
    targetPrefix = text("targetPrefix")
    jsonVersion = text("jsonVersion") ?? "1.1"
    var endpoints: [String: PartitionEndpoints] = [:]
    for (key, value) in root["endpoints"]?.members ?? JSONValue.null.members {
      var row = PartitionEndpoints()
      for region in value["regions"]?.elements ?? JSONValue.null.elements { row.regions.insert(region.string ?? "") }
      for (region, host) in value["hosts"]?.members ?? JSONValue.null.members {
        row.hosts[region.string ?? ""] = host.string
      }
      row.globalHost = value["global"]?["host"]?.string
      row.globalRegion = value["global"]?["region"]?.string
      endpoints[key.string ?? ""] = row
    }
    self.endpoints = endpoints
    var operations: [String: OperationModel] = [:]
    for (key, value) in root["operations"]?.members ?? JSONValue.null.members {
      let operation = OperationModel(name: key.string ?? "", value)
      operations[operation.name] = operation
    }
    self.operations = operations
    var shapes = (root["shapes"]?.elements ?? JSONValue.null.elements).map(Shape.init)
    let count = shapes.count
    for shape in shapes
    where shape.element >= count || shape.key >= count || shape.members.contains(where: { $0.shape >= count }) {
      throw ContentError(.invalidValue, "a shape is missing", at: ContentLocation(path: file.displayPath))
    }
    Self.markRewriting(&shapes)
    self.shapes = shapes
  }

  /// A shape needs rewriting if one that it reaches does; shapes may be recursive, so this runs to the fixed point.
  private static func markRewriting(_ shapes: inout [Shape]) {
    var changed = true
    while changed {
      changed = false
      for index in shapes.indices where !shapes[index].needsRewriting {
        let shape = shapes[index]
        let needs =
          switch shape.kind {
          case .timestamp, .blob: true
          case .structure:
            shape.members.contains { $0.wireName != $0.name || shapes[$0.shape].needsRewriting || $0.location != .body }
          case .list, .map: shapes[shape.element].needsRewriting
          default: false
          }
        if needs {
          shapes[index].needsRewriting = true
          changed = true
        }
      }
    }
  }
}

extension OperationModel {
  fileprivate init(name: String, _ value: JSONValue) {
    self.name = name
    method = value["method"]?.string ?? "POST"
    uri = value["uri"]?.string ?? "/"
    input = value["input"]?.int64.map(Int.init)
    output = value["output"]?.int64.map(Int.init)
    wrapper = value["wrapper"]?.string
    root = value["root"]?.string
    hostPrefix = value["hostPrefix"]?.string
    isUnsigned = value["unsigned"]?.boolean ?? false
    errors = (value["errors"]?.elements ?? JSONValue.null.elements).compactMap(\.string)
    pages = value["pages"].map { pages in
      Paging(
        input: (pages["in"]?.elements ?? JSONValue.null.elements).compactMap(\.string),
        output: (pages["out"]?.elements ?? JSONValue.null.elements).map { sources in
          sources.elements.compactMap { JSONPath($0.string ?? "") }
        },
        items: (pages["items"]?.elements ?? JSONValue.null.elements).compactMap { JSONPath($0.string ?? "") },
        more: pages["more"]?.string.flatMap { JSONPath($0) })
    }
  }
}

extension Shape {
  fileprivate init(_ value: JSONValue) {
    kind = Kind(rawValue: value["t"]?.string ?? "") ?? .string
    payload = value["payload"]?.string
    element = value["of"]?.int64.map(Int.init) ?? 0
    elementName = value["name"]?.string
    key = value["key"]?.int64.map(Int.init) ?? 0
    keyName = value["keyName"]?.string ?? "key"
    valueName = value["valueName"]?.string ?? "value"
    isFlat = value["flat"]?.boolean ?? false
    format = value["format"]?.string.flatMap(TimeFormat.init)
    for (key, member) in value["m"]?.members ?? JSONValue.null.members {
      let name = key.string ?? ""
      members.append(
        Member(
          name: name, wireName: member["name"]?.string ?? name, queryName: member["query"]?.string,
          shape: member["s"]?.int64.map(Int.init) ?? 0,
          location: member["in"]?.string.flatMap(Member.Location.init) ?? .body,
          isFlat: member["flat"]?.boolean ?? false, isAttribute: member["attribute"]?.boolean ?? false,
          isHostLabel: member["host"]?.boolean ?? false, isToken: member["token"]?.boolean ?? false,
          format: member["format"]?.string.flatMap(TimeFormat.init)))
    }
    for (index, member) in members.enumerated() { byWireName[member.wireName] = index }
  }
}
