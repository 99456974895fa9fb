// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Reads `.tf.json` files: the same blocks and arguments, written as JSON.
struct JSONBodies {
  private let lines: LineTable
  private let file: UInt32
  private var diagnostics: [Diagnostic] = []

  /// How many labels each kind of block has.
  private static let topLevel: [String: Int] = [
    "resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "locals": 0,
    "terraform": 0, "moved": 0, "import": 0, "removed": 0, "check": 1,
  ]
  /// Blocks within blocks that Terraform itself knows; others cannot be told from arguments.
  private static let nested: [String: Int] = [
    "dynamic": 1, "lifecycle": 0, "provisioner": 1, "connection": 0, "validation": 0, "precondition": 0,
    "postcondition": 0, "backend": 1, "cloud": 0, "required_providers": 0, "assert": 0, "content": 0,
  ]

  static func parse(_ bytes: [UInt8], file: UInt32) -> ParsedFile {
    let start = Place(file: file, byte: 0, line: 1, column: 1)
    do throws(JSONError) {
      let document = try JSONDocument(parsing: bytes, limits: JSONLimits(depth: Parser.deepest))
      var reader = JSONBodies(bytes, file)
      let body = reader.body(document.root, start, blocks: Self.topLevel)
      return ParsedFile(body: body, diagnostics: reader.diagnostics)
    } catch {
      let place = Place(
        file: file, byte: UInt32(clamping: error.offset), line: UInt32(clamping: error.line),
        column: UInt32(clamping: error.column))
      return ParsedFile(body: Body(), diagnostics: [Diagnostic(.syntax, "not valid JSON: \(error.detail)", at: place)])
    }
  }

  /// The value of a `.tfvars.json` file: names and literal values.
  static func variables(_ bytes: [UInt8], file: UInt32) throws(Diagnostic) -> [(String, Value, Place)] {
    do throws(JSONError) {
      let document = try JSONDocument(parsing: bytes, limits: JSONLimits(depth: Parser.deepest))
      let reader = JSONBodies(bytes, file)
      return document.root.members.map { ($0.key.string ?? "", Value(json: $0.value), reader.place($0.key)) }
    } catch {
      let place = Place(
        file: file, byte: UInt32(clamping: error.offset), line: UInt32(clamping: error.line),
        column: UInt32(clamping: error.column))
      throw Diagnostic(.syntax, "not valid JSON: \(error.detail)", at: place)
    }
  }

  private init(_ bytes: [UInt8], _ file: UInt32) {
    self.file = file
    lines = LineTable(bytes, file: file)
  }

  /// Where a string or number stands; a string's place is that of its first character.
  private func place(_ scalar: JSONValue) -> Place { lines.place(scalar.byteOffset) }

  private mutating func body(_ value: JSONValue, _ at: Place, blocks: [String: Int]) -> Body {
    var body = Body()
    body.isJSON = true
    let objects = value.kind == .array ? Array(value.elements) : [value]
    for object in objects {
      guard object.kind == .object else {
        diagnostics.append(Diagnostic(.syntax, "an object is required here", at: at))
        continue
      }
      for (key, member) in object.members {
        let name = key.string ?? ""
        if name == "//" { continue }
        let place = place(key)
        if let labels = blocks[name] {
          self.blocks(name, member, labels, [], place, into: &body)
        } else {
          body.attributes.append(
            Attribute(name: name, expression: argument(name, member, place), place: place))
        }
      }
    }
    return body
  }

  private mutating func blocks(
    _ type: String, _ value: JSONValue, _ labelsLeft: Int, _ labels: [String], _ place: Place, into body: inout Body
  ) {
    if value.kind == .array {
      for element in value.elements { blocks(type, element, labelsLeft, labels, place, into: &body) }
    } else if labelsLeft > 0 {
      guard value.kind == .object else {
        diagnostics.append(Diagnostic(.syntax, "'\(type)' needs an object whose key is its label", at: place))
        return
      }
      for (key, member) in value.members where key.string != "//" {
        blocks(type, member, labelsLeft - 1, labels + [key.string ?? ""], self.place(key), into: &body)
      }
    } else {
      var inner = self.body(value, place, blocks: type == "check" ? ["data": 2, "assert": 0] : Self.nested)
      inner.isJSON = true
      body.blocks.append(Block(type: type, labels: labels, body: inner, place: place))
    }
  }

  /// Arguments that name things are expressions within a string; others are values whose strings are templates.
  private mutating func argument(_ name: String, _ value: JSONValue, _ place: Place) -> Expression {
    switch name {
    case "type", "provider", "from", "to":
      if let text = value.string, !text.contains("${") { return parsed(value, text) }
    case "depends_on", "ignore_changes", "replace_triggered_by":
      if value.kind == .array {
        return .tuple(value.elements.map { parsed($0, $0.string ?? "") }, place)
      }
      if let text = value.string { return parsed(value, text) }
    case "providers":
      return .object(
        value.members.map { key, member in
          Expression.ObjectItem(
            key: .literal(Value(key.string ?? ""), self.place(key)), value: parsed(member, member.string ?? ""),
            place: self.place(key))
        }, place)
    case "default": return .literal(Value(json: value), place)
    default: break
    }
    return expression(value, place)
  }

  private mutating func parsed(_ value: JSONValue, _ text: String) -> Expression {
    do throws(Diagnostic) {
      return try Parser.expression(Array(text.utf8), file: file, origin: place(value))
    } catch {
      return .literal(Value(text), place(value))
    }
  }

  private mutating func expression(_ value: JSONValue, _ around: Place) -> Expression {
    switch value.kind {
    case .string:
      let text = value.string ?? ""
      let place = place(value)
      guard text.utf8.contains(0x24) || text.utf8.contains(0x25) else { return .literal(Value(text), place) }
      do throws(Diagnostic) {
        return try Parser.template(Array(text.utf8), file: file, origin: place)
      } catch {
        diagnostics.append(error)
        return .literal(Value(text), place)
      }
    case .array: return .tuple(value.elements.map { expression($0, around) }, around)
    case .object:
      return .object(
        value.members.filter { $0.key.string != "//" }.map { key, member in
          let place = self.place(key)
          return Expression.ObjectItem(key: expression(key, place), value: expression(member, place), place: place)
        }, around)
    default: return .literal(Value(json: value), value.isNull || value.kind == .bool ? around : place(value))
    }
  }
}
