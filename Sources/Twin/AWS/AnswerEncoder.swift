// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes an operation's answer as its service's protocol has it.
struct AnswerEncoder {
  let service: ServiceModel
  let operation: OperationModel
  /// The protocol that the client spoke: a service may know several.
  let style: WireProtocol
  let requestID: String

  func encode(_ output: JSONDraft) -> TwinAnswer {
    switch style {
    case .json: json(output, type: "application/x-amz-json-\(service.jsonVersion)")
    case .restJSON: json(output, type: "application/json")
    case .query, .ec2, .restXML: xml(output)
    }
  }

  /// Puts the members that travel as headers there; true where one of them is the whole body.
  private func headers(_ output: JSONDraft, _ shape: Shape?, into answer: inout TwinAnswer) {
    for member in shape?.members ?? [] where member.location == .header {
      guard
        let text = output[member.name].flatMap({ self.text($0, service.shapes[member.shape], member.format ?? .rfc822) }
        )
      else { continue }
      answer.headers.append((member.wireName, text))
    }
  }

  private var output: Shape? { operation.output.map { service.shapes[$0] } }

  /// The body of an answer that is one text: a policy, a file.
  private func plain(_ output: JSONDraft) -> [UInt8]? {
    guard let shape = self.output, let payload = shape.payload, let member = shape.member(named: payload),
      [.string, .blob].contains(service.shapes[member.shape].kind)
    else { return nil }
    return Array((output[payload]?.scalarText ?? "").utf8)
  }

  // MARK: JSON

  private func json(_ output: JSONDraft, type: String) -> TwinAnswer {
    var answer = TwinAnswer(headers: [("x-amzn-requestid", requestID), ("content-type", type)])
    headers(output, self.output, into: &answer)
    if let body = plain(output) {
      answer.body = body
      return answer
    }
    var builder = JSONBuilder()
    if let shape = self.output, let payload = shape.payload, let member = shape.member(named: payload) {
      write(output[payload] ?? .emptyObject, member.shape, nil, into: &builder)
    } else if let index = operation.output {
      write(output, index, nil, into: &builder)
    } else if style == .json {
      // Operations without an output answer an empty body, as AWS does.
      return answer
    } else {
      builder.beginObject()
      builder.endObject()
    }
    answer.body = builder.finish().root.serialized()
    return answer
  }

  private func write(_ value: JSONDraft, _ index: Int, _ format: Shape.TimeFormat?, into builder: inout JSONBuilder) {
    let shape = service.shapes[index]
    switch shape.kind {
    case .structure where value.isObject:
      builder.beginObject()
      for (key, inner) in value.thawed() {
        guard let member = shape.member(named: key) else {
          // What the tables do not know is passed on as it came.
          builder.key(key)
          inner.write(into: &builder)
          continue
        }
        guard member.location == .body else { continue }
        builder.key(member.wireName)
        write(inner, member.shape, member.format, into: &builder)
      }
      builder.endObject()
    case .list where value.isArray:
      builder.beginArray()
      for element in value.elementList { write(element, shape.element, nil, into: &builder) }
      builder.endArray()
    case .map where value.isObject:
      builder.beginObject()
      for (key, inner) in value.thawed() {
        builder.key(key)
        write(inner, shape.element, nil, into: &builder)
      }
      builder.endObject()
    case .timestamp:
      switch format ?? shape.format ?? .unixTimestamp {
      case .unixTimestamp:
        if let seconds = Self.seconds(value) { builder.append(seconds) } else { value.write(into: &builder) }
      case let format: builder.append(text(value, shape, format) ?? "")
      }
    case .blob: builder.append(Self.base64(Array((value.scalarText ?? "").utf8)))
    case .string where !value.isArray && !value.isObject && !value.isNull: builder.append(value.scalarText ?? "")
    case .boolean where value.string != nil: builder.append(value.string?.lowercased() == "true")
    case .integer where value.string != nil, .long where value.string != nil:
      if let number = Int64(value.string ?? "") { builder.append(number) } else { value.write(into: &builder) }
    default: value.write(into: &builder)
    }
  }

  private static func seconds(_ value: JSONDraft) -> JSONValue? {
    guard let text = value.string, let (time, milliseconds) = CivilTime.parse(iso: text) else { return nil }
    if milliseconds == 0 { return JSONDraft.int(time.epoch).finished }
    return JSONDraft.double(Double(time.epoch) + Double(milliseconds) / 1000).finished
  }

  // MARK: XML

  private func xml(_ output: JSONDraft) -> TwinAnswer {
    let idHeader = service.service == "s3" ? "x-amz-request-id" : "x-amzn-requestid"
    var answer = TwinAnswer(headers: [(idHeader, requestID)])
    headers(output, self.output, into: &answer)
    if let body = plain(output) {
      answer.body = body
      if answer.headers.allSatisfy({ $0.name.lowercased() != "content-type" }) {
        answer.headers.append(("content-type", "application/json"))
      }
      return answer
    }
    var out = XMLWriter()
    let space: String
    switch style {
    case .ec2: space = "http://ec2.amazonaws.com/doc/\(service.apiVersion)/"
    case .query: space = "https://\(service.endpointPrefix).amazonaws.com/doc/\(service.apiVersion)/"
    default: space = service.service == "s3" ? "http://s3.amazonaws.com/doc/2006-03-01/" : ""
    }
    switch style {
    case .query:
      out.open("\(operation.name)Response", space: space)
      if let wrapper = operation.wrapper, let index = operation.output {
        out.open(wrapper)
        members(output, index, into: &out)
        out.close(wrapper)
      } else if let index = operation.output {
        members(output, index, into: &out)
      }
      out.open("ResponseMetadata")
      out.element("RequestId", requestID)
      out.close("ResponseMetadata")
      out.close("\(operation.name)Response")
    case .ec2:
      out.open("\(operation.name)Response", space: space)
      out.element("requestId", requestID)
      if let index = operation.output { members(output, index, into: &out) }
      out.close("\(operation.name)Response")
    default:
      guard let shape = self.output, let index = operation.output else { return answer }
      if let root = operation.root {
        out.open(root, space: space)
        out.text(output[root]?.scalarText ?? "")
        out.close(root)
      } else if let payload = shape.payload, let member = shape.member(named: payload) {
        value(output[payload] ?? .emptyObject, member.shape, member.wireName, nil, into: &out, space: space)
      } else if shape.members.contains(where: { $0.location == .body }) {
        let name = operation.name + "Result"
        out.open(name, space: space)
        members(output, index, into: &out)
        out.close(name)
      } else {
        return answer
      }
    }
    answer.body = out.bytes
    answer.headers.append(("content-type", style == .query ? "text/xml" : "application/xml"))
    return answer
  }

  private func members(_ value: JSONDraft, _ index: Int, into out: inout XMLWriter) {
    let shape = service.shapes[index]
    for (key, inner) in value.thawed() where !inner.isNull {
      guard let member = shape.member(named: key), member.location == .body, !member.isAttribute else { continue }
      let kind = service.shapes[member.shape]
      if member.isFlat || kind.isFlat, kind.kind == .list {
        for element in inner.elementList { self.value(element, kind.element, member.wireName, nil, into: &out) }
      } else {
        self.value(inner, member.shape, member.wireName, member.format, into: &out)
      }
    }
  }

  private func value(
    _ value: JSONDraft, _ index: Int, _ name: String, _ format: Shape.TimeFormat?, into out: inout XMLWriter,
    space: String = ""
  ) {
    let shape = service.shapes[index]
    switch shape.kind {
    case .structure:
      let attributes = shape.members.filter { $0.isAttribute }.compactMap { member in
        value[member.name]?.scalarText.map { (member.wireName, $0) }
      }
      out.open(name, space: space, attributes: attributes)
      members(value, index, into: &out)
      out.close(name)
    case .list:
      out.open(name, space: space)
      let element = shape.elementName ?? (style == .ec2 ? "item" : "member")
      for inner in value.elementList { self.value(inner, shape.element, element, nil, into: &out) }
      out.close(name)
    case .map:
      out.open(name, space: space)
      for (key, inner) in value.thawed() {
        out.open("entry")
        out.element(shape.keyName, key)
        self.value(inner, shape.element, shape.valueName, nil, into: &out)
        out.close("entry")
      }
      out.close(name)
    default: out.element(name, text(value, shape, format ?? shape.format ?? .iso8601) ?? "")
    }
  }

  // MARK: Scalars

  private func text(_ value: JSONDraft, _ shape: Shape, _ format: Shape.TimeFormat) -> String? {
    guard let text = value.scalarText else { return nil }
    switch shape.kind {
    case .blob: return Self.base64(Array(text.utf8))
    case .timestamp:
      guard let (time, milliseconds) = CivilTime.parse(iso: text) else { return text }
      switch format {
      case .iso8601: return time.iso(milliseconds: milliseconds)
      case .unixTimestamp: return String(time.epoch)
      case .rfc822: return time.http
      }
    default: return text
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

/// XML under construction.
struct XMLWriter {
  private(set) var bytes = Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8) + [0x0A]

  mutating func open(_ name: String, space: String = "", attributes: [(String, String)] = []) {
    bytes.append(0x3C)
    bytes += name.utf8
    if !space.isEmpty { bytes += " xmlns=\"\(space)\"".utf8 }
    if attributes.contains(where: { $0.0.hasPrefix("xsi:") }) {
      bytes += " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"".utf8
    }
    for (name, value) in attributes {
      bytes += " \(name)=\"".utf8
      text(value)
      bytes.append(0x22)
    }
    bytes.append(0x3E)
  }

  mutating func close(_ name: String) { bytes += "</\(name)>".utf8 }

  mutating func element(_ name: String, _ text: String) {
    open(name)
    self.text(text)
    close(name)
  }

  mutating func text(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case 0x26: bytes += "&amp;".utf8
      case 0x3C: bytes += "&lt;".utf8
      case 0x3E: bytes += "&gt;".utf8
      case 0x22: bytes += "&quot;".utf8
      case 0x0D: bytes += "&#13;".utf8
      case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20: bytes += "\u{FFFD}".utf8
      default: bytes.append(byte)
      }
    }
  }
}
