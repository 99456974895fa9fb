// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import NIOCore
internal import Specs

/// Turns an answer's bytes into the document that boto3 users know: the model's member names, timestamps as ISO text.
struct AnswerDecoder {
  let service: ServiceModel
  let operation: OperationModel

  private var isXML: Bool {
    switch service.wireProtocol {
    case .query, .ec2, .restXML: true
    case .json, .restJSON: false
    }
  }

  private static let empty: JSONDocument = JSONDraft.emptyObject.document()

  func decode(_ answer: HTTPAnswer) throws(AWSFailure) -> JSONDocument {
    guard let output = operation.output else { return Self.empty }
    let shape = service.shapes[output]
    // A member that is the whole body and no structure: a policy, a file.
    if let payload = shape.payload, let member = shape.member(named: payload) {
      let kind = service.shapes[member.shape].kind
      if kind == .string || kind == .blob {
        var builder = JSONBuilder()
        builder.beginObject()
        headers(answer, shape, into: &builder)
        builder.key(payload)
        answer.body.withUnsafeReadableBytes { Self.appendText($0.bindMemory(to: UInt8.self), to: &builder) }
        builder.endObject()
        return builder.finish()
      }
    }
    return isXML ? try xml(answer, output) : try json(answer, output)
  }

  /// Bytes as text, where they are text.
  static func appendText(_ bytes: UnsafeBufferPointer<UInt8>, to builder: inout JSONBuilder) {
    builder.append(String(decoding: bytes, as: UTF8.self))
  }

  private func headers(_ answer: HTTPAnswer, _ shape: Shape, into builder: inout JSONBuilder) {
    for member in shape.members {
      switch member.location {
      case .header:
        guard let text = answer[member.wireName] else { continue }
        builder.key(member.name)
        ScalarDecoder.append(text, service.shapes[member.shape], format: member.format ?? .rfc822, to: &builder)
      case .statusCode:
        builder.key(member.name)
        builder.append(Int64(answer.status))
      default: continue
      }
    }
  }

  // MARK: XML

  private func xml(_ answer: HTTPAnswer, _ output: Int) throws(AWSFailure) -> JSONDocument {
    let result = answer.body.withUnsafeReadableBytes { raw -> Result<JSONDocument, AWSFailure> in
      let bytes = raw.bindMemory(to: UInt8.self)
      let shape = service.shapes[output]
      var builder = JSONBuilder()
      builder.beginObject()
      headers(answer, shape, into: &builder)
      if !bytes.allSatisfy(XMLDocument.isSpace) {
        do throws(XMLDocument.Failure) {
          let document = try XMLDocument(bytes)
          var root = 0
          if document.isNamed(0, "html") || document.isNamed(0, "HTML") { return .failure(Self.html(answer.status)) }
          if let wrapper = operation.wrapper {
            guard let wrapped = document.child(0, wrapper) else {
              return .failure(malformed("no \(wrapper) in the answer", answer.status))
            }
            root = wrapped
          }
          let decoder = XMLDecoder(service: service)
          if let member = operation.root {
            // Names from before S3 had regions: nothing is us-east-1, EU is eu-west-1.
            let text = document.text(root)
            builder.key(member)
            builder.append(text.isEmpty ? "us-east-1" : text == "EU" ? "eu-west-1" : text)
          } else if let payload = shape.payload, let member = shape.member(named: payload) {
            builder.key(payload)
            decoder.value(document, root, member.shape, format: nil, into: &builder)
          } else {
            decoder.members(document, root, output, into: &builder)
          }
        } catch {
          if Self.looksLikeHTML(bytes) { return .failure(Self.html(answer.status)) }
          return .failure(malformed("\(error.detail) at byte \(error.offset)", answer.status))
        }
      } else if operation.wrapper != nil || service.wireProtocol == .ec2 {
        return .failure(malformed("an empty answer", answer.status))
      }
      builder.endObject()
      return .success(builder.finish())
    }
    return try result.get()
  }

  // MARK: JSON

  private func json(_ answer: HTTPAnswer, _ output: Int) throws(AWSFailure) -> JSONDocument {
    let shape = service.shapes[output]
    var body = answer.body
    let bytes = body.readBytes(length: body.readableBytes) ?? []
    let document: JSONDocument
    if bytes.isEmpty {
      document = Self.empty
    } else {
      do {
        document = try JSONDocument(parsing: bytes)
      } catch {
        if bytes.withUnsafeBufferPointer(Self.looksLikeHTML) { throw Self.html(answer.status) }
        throw malformed(error.description, answer.status)
      }
    }
    guard document.root.kind == .object || shape.payload != nil else {
      throw malformed("the answer is no JSON object", answer.status)
    }
    guard shape.needsRewriting || shape.payload != nil else { return document }
    var builder = JSONBuilder()
    builder.beginObject()
    headers(answer, shape, into: &builder)
    let rewriter = JSONRewriter(service: service)
    if let payload = shape.payload, let member = shape.member(named: payload) {
      builder.key(payload)
      rewriter.value(document.root, member.shape, format: nil, into: &builder)
    } else {
      rewriter.members(document.root, output, into: &builder)
    }
    builder.endObject()
    return builder.finish()
  }

  private func malformed(_ detail: String, _ status: Int) -> AWSFailure {
    AWSFailure(
      reason: .malformed, code: "MalformedResponse", message: "\(service.service):\(operation.name): \(detail)",
      status: status)
  }

  // MARK: Errors

  static func looksLikeHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    return head.contains("<!doctype html") || head.contains("<html")
  }

  static func html(_ status: Int) -> AWSFailure {
    AWSFailure(
      reason: .notImplemented, code: "NotImplemented",
      message: "the server answered a web page (status \(status)), not the AWS API", status: status)
  }

  /// What an answer with an error status says.
  func failure(_ answer: HTTPAnswer, now: Double) -> AWSFailure {
    var body = answer.body
    let bytes = body.readBytes(length: min(body.readableBytes, 1 << 20)) ?? []
    var failure = bytes.withUnsafeBufferPointer { bytes -> AWSFailure in
      if Self.looksLikeHTML(bytes) { return Self.html(answer.status) }
      let (code, message) = isXML ? Self.xmlError(bytes) : Self.jsonError(bytes, answer)
      return AWSFailure(
        reason: .error, code: code ?? "HTTP\(answer.status)", message: message ?? "status \(answer.status)",
        status: answer.status)
    }
    if let both = answer["x-amzn-query-error"], let code = both.split(separator: ";").first {
      failure.alias = failure.code
      failure.code = String(code)
    }
    failure.retryAfter = RetryPolicy.retryAfter(answer["retry-after"], now: now)
    if [301, 307, 400].contains(answer.status) { failure.redirectRegion = answer["x-amz-bucket-region"] }
    if failure.isThrottling || failure.alias.map(AWSFailure.throttlingCodes.contains) == true {
      failure.reason = .throttled
    } else if failure.reason == .notImplemented {
      // A gateway's own page says nothing about the operation.
      if [502, 503, 504].contains(answer.status) { failure.reason = .error }
    } else if failure.code == "NotImplemented" || answer.status == 501 {
      failure.reason = .notImplemented
    } else if answer.status == 401 || answer.status == 403 || AWSFailure.deniedCodes.contains(failure.code)
      || AWSFailure.credentialCodes.contains(failure.code)
    {
      failure.reason = .accessDenied
    }
    return failure
  }

  private static func xmlError(_ bytes: UnsafeBufferPointer<UInt8>) -> (String?, String?) {
    do throws(XMLDocument.Failure) {
      let document = try XMLDocument(bytes)
      for index in document.elements.indices where document.isNamed(index, "Error") {
        guard let code = document.child(index, "Code") else { continue }
        return (document.text(code), document.child(index, "Message").map { document.text($0) })
      }
      if let code = document.child(0, "Code") {
        return (document.text(code), document.child(0, "Message").map { document.text($0) })
      }
    } catch {}
    return (nil, nil)
  }

  private static func jsonError(_ bytes: UnsafeBufferPointer<UInt8>, _ answer: HTTPAnswer) -> (String?, String?) {
    // Gateways in front of a JSON service may answer in XML.
    if bytes.first(where: { !XMLDocument.isSpace($0) }) == 0x3C { return xmlError(bytes) }
    let root = (try? JSONDocument(parsing: Array(bytes)))?.root ?? .null
    let name = answer["x-amzn-errortype"] ?? root["__type"]?.string ?? root["code"]?.string ?? root["Code"]?.string
    let message = root["message"]?.string ?? root["Message"]?.string ?? root["errorMessage"]?.string
    // `prefix#Code:http://...`
    let code = name.flatMap { $0.split(separator: ":").first }?.split(separator: "#").last.map(String.init)
    return (code, message)
  }
}
