// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

/// Reads a request into the input of its operation, with the model's member names.
struct RequestDecoder {
  let service: ServiceModel
  let operation: OperationModel

  struct Malformed: Error {
    let message: String
  }

  private static let depthLimit = 24

  /// The input of an operation of the query or ec2 protocol.
  func form(_ fields: [(name: String, value: String)]) throws(Malformed) -> JSONDraft {
    guard let input = operation.input else { return .emptyObject }
    var tree = FieldTree()
    for (name, value) in fields where name != "Action" && name != "Version" {
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= Self.depthLimit else { throw Malformed(message: "\(name) is nested too deep") }
      tree.insert(value, at: parts[...])
    }
    return value(tree, input) ?? .emptyObject
  }

  /// Form fields by the parts of their dotted names.
  private struct FieldTree {
    var text: String?
    private var children: [(name: Substring, tree: FieldTree)] = []
    private var positions: [Substring: Int] = [:]

    subscript(_ name: String) -> FieldTree? { positions[name[...]].map { children[$0].tree } }

    mutating func insert(_ value: String, at path: ArraySlice<Substring>) {
      guard let head = path.first else {
        text = value
        return
      }
      if let index = positions[head] {
        children[index].tree.insert(value, at: path.dropFirst())
      } else {
        var child = FieldTree()
        child.insert(value, at: path.dropFirst())
        positions[head] = children.count
        children.append((head, child))
      }
    }

    /// Children that are numbered, in the order of their numbers.
    var numbered: [FieldTree] {
      children.compactMap { child in Int(child.name).map { ($0, child.tree) } }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private var isEC2: Bool { service.wireProtocol == .ec2 }

  private func value(_ tree: FieldTree, _ index: Int) -> JSONDraft? {
    let shape = service.shapes[index]
    switch shape.kind {
    case .structure:
      var members: [(key: String, value: JSONDraft)] = []
      for member in shape.members {
        let inner = service.shapes[member.shape]
        var name =
          isEC2
          ? member.queryName ?? (member.wireName.prefix(1).uppercased() + member.wireName.dropFirst()) : member.wireName
        // A flattened list goes by the name of its elements.
        if !isEC2, inner.isFlat, inner.kind == .list, let element = inner.elementName { name = element }
        if let child = tree[name], let value = value(child, member.shape) { members.append((member.name, value)) }
      }
      return .object(members)
    case .list:
      let elements = (isEC2 || shape.isFlat ? nil : tree[shape.elementName ?? "member"]) ?? tree
      return .array(elements.numbered.compactMap { value($0, shape.element) })
    case .map:
      let entries = (shape.isFlat ? nil : tree["entry"]) ?? tree
      return .object(
        entries.numbered.compactMap { entry in
          guard let key = entry[shape.keyName]?.text, let tree = entry[shape.valueName],
            let value = value(tree, shape.element)
          else { return nil }
          return (key, value)
        })
    default: return tree.text.map { Self.scalar($0, shape.kind) }
    }
  }

  private static func scalar(_ text: String, _ kind: Shape.Kind) -> JSONDraft {
    switch kind {
    case .boolean:
      text.lowercased() == "true" ? .bool(true) : text.lowercased() == "false" ? .bool(false) : .string(text)
    case .integer, .long, .short, .byte: Int64(text).map(JSONDraft.int) ?? .string(text)
    case .float, .double: Double(text).map(JSONDraft.double) ?? .string(text)
    case .blob: .string(ScalarDecoder.decodedBase64(text) ?? text)
    default: .string(text)
    }
  }

  /// The input of an operation of the json protocols.
  func json(_ body: [UInt8]) throws(Malformed) -> JSONDraft {
    if body.allSatisfy(XMLDocument.isSpace) { return .emptyObject }
    guard let root = (try? JSONDocument(parsing: body))?.root, root.kind == .object else {
      throw Malformed(message: "the body is no JSON object")
    }
    guard let input = operation.input else { return .emptyObject }
    return rewritten(root, input)
  }

  private func rewritten(_ value: JSONValue, _ shape: Int) -> JSONDraft {
    guard service.shapes[shape].needsRewriting else { return .value(value) }
    var builder = JSONBuilder()
    builder.beginObject()
    JSONRewriter(service: service).members(value, shape, into: &builder)
    builder.endObject()
    return .value(builder.finish().root)
  }

  /// The input of an operation of the rest protocols.
  ///
  /// - Parameter labels: what stands for the holes of the operation's path.
  func rest(_ request: TwinRequest, labels: [String: String]) throws(Malformed) -> JSONDraft {
    guard let input = operation.input else { return .emptyObject }
    let shape = service.shapes[input]
    var members: [(key: String, value: JSONDraft)] = []
    for member in shape.members {
      let inner = service.shapes[member.shape]
      switch member.location {
      case .uri: if let text = labels[member.wireName] { members.append((member.name, Self.scalar(text, inner.kind))) }
      case .querystring:
        let values = request.query.filter { $0.name == member.wireName }.map(\.value)
        if inner.kind == .list {
          if !values.isEmpty { members.append((member.name, .array(values.map(JSONDraft.string)))) }
        } else if let text = values.first {
          members.append((member.name, Self.scalar(text, inner.kind)))
        }
      case .header:
        if let text = request.header(member.wireName.lowercased()) {
          members.append((member.name, Self.scalar(text, inner.kind)))
        }
      case .headers, .statusCode, .body: break
      }
    }
    guard !request.body.isEmpty else { return .object(members) }
    if let payload = shape.payload, let member = shape.member(named: payload) {
      members.append((payload, try content(request.body, member.shape)))
    } else if shape.members.contains(where: { $0.location == .body }) {
      let body = try content(request.body, input)
      members += body.thawed().filter { key, _ in shape.member(named: key)?.location == .body }
    }
    return .object(members)
  }

  private func content(_ body: [UInt8], _ index: Int) throws(Malformed) -> JSONDraft {
    let kind = service.shapes[index].kind
    if kind == .string || kind == .blob { return .string(String(decoding: body, as: UTF8.self)) }
    if service.wireProtocol == .restJSON {
      guard let root = (try? JSONDocument(parsing: body))?.root else {
        throw Malformed(message: "the body is no JSON")
      }
      return rewritten(root, index)
    }
    let result = body.withUnsafeBufferPointer { bytes -> Result<JSONDraft, Malformed> in
      do throws(XMLDocument.Failure) {
        let document = try XMLDocument(bytes)
        guard !document.elements.isEmpty else { return .success(.emptyObject) }
        var builder = JSONBuilder()
        XMLDecoder(service: service).value(document, 0, index, format: nil, into: &builder)
        return .success(.value(builder.finish().root))
      } catch {
        return .failure(Malformed(message: error.detail))
      }
    }
    return try result.get()
  }
}
