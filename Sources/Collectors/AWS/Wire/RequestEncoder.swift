// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Writes an operation's input as its service's protocol wants it.
struct RequestEncoder {
  let service: ServiceModel
  let operation: OperationModel
  let endpoint: AWSEndpoint

  func encode(_ input: JSONDraft) throws(AWSFailure) -> SignableRequest {
    switch service.wireProtocol {
    case .query: form(input, ec2: false)
    case .ec2: form(input, ec2: true)
    case .json: json(input)
    case .restJSON, .restXML: try rest(input)
    }
  }

  private func request(_ method: String, path: String = "/") -> SignableRequest {
    SignableRequest(
      method: method, scheme: endpoint.scheme, host: endpoint.host,
      path: endpoint.basePath.isEmpty ? path : endpoint.basePath + path)
  }

  // MARK: query and ec2

  private func form(_ input: JSONDraft, ec2: Bool) -> SignableRequest {
    var request = request(operation.method)
    var pairs: [UInt8] = Array("Action=\(operation.name)&Version=\(service.apiVersion)".utf8)
    if let shape = operation.input { structure(input, shape, prefix: "", ec2: ec2, into: &pairs) }
    request.body = pairs
    request.headers = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")]
    return request
  }

  private func structure(_ value: JSONDraft, _ shape: Int, prefix: String, ec2: Bool, into pairs: inout [UInt8]) {
    for member in service.shapes[shape].members {
      guard let draft = value[member.name], !draft.isNull else { continue }
      let name =
        ec2
        ? member.queryName ?? (member.wireName.prefix(1).uppercased() + member.wireName.dropFirst()) : member.wireName
      form(draft, member.shape, prefix: prefix.isEmpty ? name : "\(prefix).\(name)", ec2: ec2, into: &pairs)
    }
  }

  private func form(_ value: JSONDraft, _ index: Int, prefix: String, ec2: Bool, into pairs: inout [UInt8]) {
    let shape = service.shapes[index]
    switch shape.kind {
    case .structure: structure(value, index, prefix: prefix, ec2: ec2, into: &pairs)
    case .list:
      var base = prefix
      if !ec2 {
        if !shape.isFlat {
          base += "." + (shape.elementName ?? "member")
        } else if let name = shape.elementName {
          base = prefix.split(separator: ".").dropLast().joined(separator: ".")
          base = base.isEmpty ? name : "\(base).\(name)"
        }
      }
      for (position, element) in value.elementList.enumerated() {
        form(element, shape.element, prefix: "\(base).\(position + 1)", ec2: ec2, into: &pairs)
      }
    case .map:
      let base = shape.isFlat ? prefix : prefix + ".entry"
      for (position, member) in value.thawed().enumerated() {
        append("\(base).\(position + 1).\(shape.keyName)", member.key, to: &pairs)
        form(member.value, shape.element, prefix: "\(base).\(position + 1).\(shape.valueName)", ec2: ec2, into: &pairs)
      }
    default: append(prefix, value.scalarText ?? "", to: &pairs)
    }
  }

  private func append(_ name: String, _ value: String, to pairs: inout [UInt8]) {
    pairs.append(0x26)
    PercentEncoding.append(name.utf8, to: &pairs)
    pairs.append(0x3D)
    PercentEncoding.append(value.utf8, to: &pairs)
  }

  // MARK: json

  private func json(_ input: JSONDraft) -> SignableRequest {
    var request = request("POST")
    request.headers = [
      ("content-type", "application/x-amz-json-\(service.jsonVersion)"),
      ("x-amz-target", "\(service.targetPrefix ?? "").\(operation.name)"),
    ]
    var body = JSONBuilder()
    if let shape = operation.input, input.isObject {
      document(input, shape, into: &body)
    } else {
      body.beginObject()
      body.endObject()
    }
    request.body = body.finish().root.serialized()
    return request
  }

  private func document(_ value: JSONDraft, _ index: Int, into body: inout JSONBuilder) {
    let shape = service.shapes[index]
    switch shape.kind {
    case .structure:
      body.beginObject()
      for member in shape.members where member.location == .body {
        guard let draft = value[member.name], !draft.isNull else { continue }
        body.key(member.wireName)
        document(draft, member.shape, into: &body)
      }
      body.endObject()
    case .list:
      body.beginArray()
      for element in value.elementList { document(element, shape.element, into: &body) }
      body.endArray()
    case .map:
      body.beginObject()
      for member in value.thawed() {
        body.key(member.key)
        document(member.value, shape.element, into: &body)
      }
      body.endObject()
    case .integer, .long, .short, .byte:
      if let number = Int64(value.scalarText ?? "") { body.append(number) } else { value.write(into: &body) }
    case .string: body.append(value.scalarText ?? "")
    default: value.write(into: &body)
    }
  }

  // MARK: rest-json and rest-xml

  private func rest(_ input: JSONDraft) throws(AWSFailure) -> SignableRequest {
    let members = operation.input.map { service.shapes[$0].members } ?? []
    var request = request(operation.method)
    var labels: [String: String] = [:]
    var bodyMembers: [Shape.Member] = []
    for member in members {
      guard let draft = input[member.name], !draft.isNull else { continue }
      switch member.location {
      case .uri: labels[member.wireName] = draft.scalarText ?? ""
      case .querystring:
        if draft.isArray {
          for element in draft.elementList { request.query.append((member.wireName, element.scalarText ?? "")) }
        } else if draft.isObject {
          for pair in draft.thawed() { request.query.append((pair.key, pair.value.scalarText ?? "")) }
        } else {
          request.query.append((member.wireName, draft.scalarText ?? ""))
        }
      case .header: request.headers.append((member.wireName.lowercased(), draft.scalarText ?? ""))
      case .headers:
        for pair in draft.thawed() {
          request.headers.append(((member.wireName + pair.key).lowercased(), pair.value.scalarText ?? ""))
        }
      case .statusCode: break
      case .body: bodyMembers.append(member)
      }
    }
    try path(labels, into: &request)
    if let prefix = operation.hostPrefix, !endpoint.isCustom {
      var host = prefix
      for member in members where member.isHostLabel {
        host = host.split(separator: "{\(member.name)}", omittingEmptySubsequences: false)
          .joined(separator: input[member.name]?.scalarText ?? "")
      }
      request.host = host + request.host
    }
    if !bodyMembers.isEmpty
      || (service.wireProtocol == .restJSON && ["POST", "PUT", "PATCH"].contains(operation.method))
    {
      guard service.wireProtocol == .restJSON, let shape = operation.input else {
        throw AWSFailure(
          reason: .error, code: "UnsupportedInput",
          message: "\(operation.name) takes a body, which no reading call does")
      }
      var body = JSONBuilder()
      document(input, shape, into: &body)
      request.body = body.finish().root.serialized()
      request.headers.append(("content-type", "application/json"))
    }
    return request
  }

  private func path(_ labels: [String: String], into request: inout SignableRequest) throws(AWSFailure) {
    let parts = operation.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var template = String(parts[0])
    // Buckets go into the host name, except where it would not resolve or does not fit a certificate.
    if service.service == "s3", !endpoint.isCustom, template.hasPrefix("/{Bucket}"), let bucket = labels["Bucket"],
      bucket.utf8.allSatisfy({ ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }),
      bucket.utf8.count >= 3
    {
      request.host = "\(bucket).\(request.host)"
      template = String(template.dropFirst("/{Bucket}".count))
      if !template.hasPrefix("/") { template = "/" + template }
    }
    var path = ""
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{") {
      path += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      var name = String(rest[rest.index(after: open)..<close])
      let isGreedy = name.hasSuffix("+")
      if isGreedy { name.removeLast() }
      guard let value = labels[name], !value.isEmpty else {
        throw AWSFailure(reason: .error, code: "MissingInput", message: "\(operation.name) needs \(name)")
      }
      path += PercentEncoding.encode(value, keepingSlashes: isGreedy)
      rest = rest[rest.index(after: close)...]
    }
    path += rest
    request.path = endpoint.basePath + (path.hasPrefix("/") ? path : "/" + path)
    if parts.count == 2 {
      for pair in parts[1].split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1)
        request.query.append((String(sides[0]), sides.count == 2 ? String(sides[1]) : ""))
      }
    }
  }
}
