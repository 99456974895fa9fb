// SPDX-License-Identifier: Apache-2.0

/// The arguments of a Terraform resource as values of code with their places, lists of blocks as lists.
struct TerraformShape {
  /// The files as people are to be told of them, by the number that a place holds.
  private let paths: [String]
  /// What a reference to a computed attribute gives, where it is made up.
  let resolve: (Reference) -> String?

  init(files: SourceFiles, shown: (String) -> String, resolve: @escaping (Reference) -> String?) {
    paths = files.paths.map(shown)
    self.resolve = resolve
  }

  func place(_ place: Place) -> CodePlace {
    let path = paths.indices.contains(Int(place.file)) ? paths[Int(place.file)] : "(unknown file)"
    return CodePlace(path: path, line: Int(place.line), column: Int(place.column))
  }

  func node(_ block: EvaluatedBlock) -> CodeNode {
    var members = block.arguments.map { argument in
      CodeMember(argument.name, node(argument, of: block), at: place(argument.place))
    }
    var seen: Set<String> = []
    for nested in block.blocks where seen.insert(nested.type).inserted {
      let all = block.blocks(nested.type)
      let list = all.map { inner in
        inner.isIndeterminate ? unknown(inner.object(nil), at: place(inner.place)) : node(inner)
      }
      members.append(CodeMember(nested.type, CodeNode(.list(list), at: place(all.first?.place ?? block.place))))
    }
    return CodeNode(.map(members), at: place(block.place))
  }

  /// One argument alone.
  func node(_ argument: EvaluatedBlock.Argument, of block: EvaluatedBlock) -> CodeNode {
    node(argument.value, [.attribute(argument.name)], block)
  }

  /// - Parameter isDocument: whether the value is a part of a document, as of a policy. A text of it that is known in part
  ///   is taken as it is written: what it stands for hardly ever decides.
  private func node(
    _ value: Value, _ path: [Expression.Step], _ block: EvaluatedBlock, isDocument: Bool = false
  ) -> CodeNode {
    let place = place(block.place(of: path))
    func made(_ value: CodeValue) -> CodeNode { CodeNode(value, at: place) }
    // What is sensitive is told to nobody, and a mask would be judged as if it were the value.
    if value.isSensitive, value.unknown == nil, !value.isNull {
      return made(.unknown(CodeUnknown("the value is sensitive")))
    }
    switch value.content {
    case .null: return made(.null)
    case .bool(let flag): return made(.bool(flag))
    case .number(let number): return made(.number(number.text))
    case .string(let text):
      if path.count == 1, let document = document(text, path, block) { return document }
      return made(.string(text))
    case .list(let elements, _), .set(let elements, _), .tuple(let elements):
      return made(
        .list(
          elements.enumerated().map { index, element in
            node(element, path + [.index(index)], block, isDocument: isDocument)
          }))
    case .map(let members, _), .object(let members, _):
      return made(
        .map(
          members.entries.map { entry in
            CodeMember(
              entry.key, node(entry.value, path + [.attribute(entry.key)], block, isDocument: isDocument))
          }))
    case .unknown(let unknown):
      return known(unknown, path, block, isDocument).map { CodeNode($0, at: place) } ?? self.unknown(value, at: place)
    }
  }

  /// The document behind `jsonencode(...)`, whose parts stand where they were written.
  private func document(_ text: String, _ path: [Expression.Step], _ block: EvaluatedBlock) -> CodeNode? {
    guard case .attribute(let name) = path[0], case .call("jsonencode", _, _, _) = block.argument(name)?.expression,
      let json = try? DocumentJSON.parse(Array(text.utf8), file: block.place.file)
    else { return nil }
    return node(Value(json: json), path, block)
  }

  /// What is known of an unknown value after all: made-up ids, and what is made of them.
  private func known(
    _ unknown: Unknown, _ path: [Expression.Step], _ block: EvaluatedBlock, _ isDocument: Bool
  ) -> CodeValue? {
    for reference in [unknown.identity, unknown.argument] {
      if let reference, let text = resolve(reference) { return .string(text) }
    }
    switch unknown.twin {
    case .json(let value): return node(value, path, block, isDocument: true).value
    case .text(let parts):
      var out = ""
      var open: [String: Value] = [:]
      for part in parts {
        if let text = node(part, path, block).scalar {
          out += text
        } else {
          let written = "${\(part.sources.first?.text ?? "?")}"
          open[written] = part
          out += written
        }
      }
      if open.isEmpty { return .string(out) }
      if isDocument { return open[out] == nil ? .string(out) : nil }
      return document(out, open, block)
    case .either(let left, let right):
      let (first, second) = (node(left, path, block), node(right, path, block))
      return first.isSame(as: second) ? first.value : nil
    default: return nil
    }
  }

  /// The document that a text holds parts of which are unknown; nil where it holds none.
  private func document(_ text: String, _ open: [String: Value], _ block: EvaluatedBlock) -> CodeValue? {
    let place = place(block.place)
    guard text.drop(while: \.isWhitespace).first == "{",
      let document = try? CodeJSON.read(Array(text.utf8), path: place.path)
    else { return nil }
    return marked(document.moved(to: place), open).value
  }

  /// The document with unknown values where a text is nothing but one.
  private func marked(_ node: CodeNode, _ open: [String: Value]) -> CodeNode {
    switch node.value {
    case .string(let text): open[text].map { unknown($0, at: node.place) } ?? node
    case .list(let elements): CodeNode(.list(elements.map { marked($0, open) }), at: node.place)
    case .map(let members):
      CodeNode(.map(members.map { CodeMember($0.key, marked($0.node, open), at: $0.place) }), at: node.place)
    default: node
    }
  }

  private func unknown(_ value: Value, at place: CodePlace) -> CodeNode {
    guard let source = value.sources.first else {
      return CodeNode(.unknown(CodeUnknown("the code does not settle it")), at: place)
    }
    let unknown =
      switch source.kind {
      case .variable: CodeUnknown("the variable '\(source.address)' has no value", decider: source.address)
      case .resource: CodeUnknown("\(source.text) is known only after it is made", decider: source.text)
      case .data: CodeUnknown("\(source.text) is read when the code is applied", decider: source.text)
      case .module: CodeUnknown("the code of \(source.address) is not here", decider: source.text)
      case .function: CodeUnknown("\(source.address) gives another value each time")
      case .error: CodeUnknown("the expression cannot be evaluated: \(source.address)")
      }
    return CodeNode(.unknown(unknown), at: place)
  }
}
