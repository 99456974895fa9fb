// SPDX-License-Identifier: Apache-2.0
package import JSON
internal import KQL

/// Where a value is not of a form, and how.
package struct SchemaFault: Sendable, CustomStringConvertible {
  /// `severity[0]`, or empty for the whole.
  package let path: String
  package let message: String
  package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension Schema {
  /// What is wrong with a value; the first few faults, none where it is of this form.
  package func faults(of value: JSONValue, limit: Int = 10) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    check(value, "", &faults, limit)
    return faults
  }

  private func check(_ value: JSONValue, _ path: String, _ faults: inout [SchemaFault], _ limit: Int) {
    guard faults.count < limit else { return }
    func fail(_ message: String) { faults.append(SchemaFault(path: path, message: message)) }
    switch self {
    case .anything: return
    case .boolean: if value.kind != .bool { fail("is to be true or false") }
    case .integer: if value.whole == nil { fail("is to be a whole number") }
    case .range(let range):
      guard let number = value.whole, range.contains(number) else {
        return fail("is to be a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
    case .choice(let numbers):
      guard let number = value.whole, numbers.contains(number) else {
        return fail("is to be one of \(numbers.map(String.init).joined(separator: ", "))")
      }
    case .number: if value.double == nil { fail("is to be a number") }
    case .string: if value.kind != .string { fail("is to be a text") }
    case .text, .word, .dateTime:
      guard let text = value.string else { return fail("is to be a text") }
      if let message = fault(of: text) { fail(message) }
    case .array(let element):
      guard value.kind == .array else { return fail("is to be a list") }
      for (index, item) in value.elements.enumerated() { element.check(item, "\(path)[\(index)]", &faults, limit) }
    case .object(let members):
      guard value.kind == .object else { return fail("is to be an object") }
      func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
      for member in members where member.isRequired && value[member.name] == nil {
        faults.append(SchemaFault(path: name(member.name), message: "is missing"))
      }
      var seen: Set<String> = []
      for (key, item) in value.members {
        let key = key.string ?? ""
        guard let member = members.first(where: { $0.name == key }) else {
          let names = members.map(\.name).joined(separator: ", ")
          faults.append(SchemaFault(path: name(key), message: "is not known; there are \(names)"))
          continue
        }
        if !seen.insert(key).inserted { faults.append(SchemaFault(path: name(key), message: "stands there twice")) }
        member.schema.check(item, name(key), &faults, limit)
      }
    case .map(let schema):
      guard value.kind == .object else { return fail("is to be an object") }
      for (key, item) in value.members { schema.check(item, "\(path).\(key.string ?? "")", &faults, limit) }
    case .optional(let schema): if !value.isNull { schema.check(value, path, &faults, limit) }
    case .either(let schemas):
      let all = schemas.map { schema in
        var own: [SchemaFault] = []
        schema.check(value, path, &own, limit)
        return own
      }
      if !all.contains(where: \.isEmpty) { faults += all.min { $0.count < $1.count } ?? [] }
    case .named(_, let schema): schema.check(value, path, &faults, limit)
    }
  }

  /// What is wrong with a text as one value of a parameter; nil where nothing is.
  func fault(of text: String) -> String? {
    switch self {
    case .string, .anything, .object, .map: return nil
    case .boolean: return text == "true" || text == "false" ? nil : "is to be true or false"
    case .integer: return Int(text) == nil ? "is to be a whole number" : nil
    case .number: return Double(text)?.isFinite == true ? nil : "is to be a number"
    case .range(let range):
      return Int(text).map(range.contains) == true
        ? nil : "is to be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let numbers):
      return Int(text).map(numbers.contains) == true
        ? nil : "is to be one of \(numbers.map(String.init).joined(separator: ", "))"
    case .word(let words):
      guard !words.contains(text) else { return nil }
      let hint = Spelling.nearest(to: text, in: words).map { "; did you mean '\($0)'?" } ?? ""
      return "is to be one of \(words.joined(separator: ", "))\(hint)"
    case .dateTime: return DateTime.parse(text) == nil ? "is to be a time such as 2027-01-31T12:00:00Z" : nil
    case .text(let rules):
      if let lengths = rules.lengths, !lengths.contains(text.unicodeScalars.count) {
        return "is to have \(lengths.lowerBound) to \(lengths.upperBound) characters"
      }
      if let pattern = rules.pattern, let expression = try? Regex(pattern),
        (try? expression.wholeMatch(in: text)) == nil
      {
        return "is to be of the form \(pattern)"
      }
      return text.unicodeScalars.contains { $0.value == 0 } ? "holds a character that cannot be" : nil
    case .optional(let schema), .named(_, let schema), .array(let schema): return schema.fault(of: text)
    case .either(let schemas):
      let faults = schemas.map { $0.fault(of: text) }
      return faults.contains { $0 == nil } ? nil : faults.first ?? nil
    }
  }
}

extension JSONValue {
  /// A whole number, also one that is written as 1.0.
  fileprivate var whole: Int? { int64.map(Int.init) ?? double.flatMap { Int(exactly: $0) } }
}
