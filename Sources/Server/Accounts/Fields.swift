// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON

/// The members of a small body: of a JSON object or of a form.
struct Fields: Sendable {
  private let json: JSONValue
  private let form: [String: String]?

  /// - Parameter names: members it may have.
  init(_ call: Call, _ names: Set<String>) throws(Problem) {
    guard call.header(.contentType)?.lowercased().hasPrefix("application/x-www-form-urlencoded") != true else {
      (json, form) = (.null, try call.form())
      return
    }
    (json, form) = (try call.json(), nil)
    guard json.kind == .object else { throw Problem(.badRequest, "The body is a JSON object.") }
    for (key, _) in json.members where !names.contains(key.string ?? "") {
      throw Problem(
        .unprocessableContent,
        "'\(key.string ?? "")' is no member here; there are \(names.sorted().joined(separator: ", ")).")
    }
  }

  func value(_ name: String) -> JSONValue? { json[name] }

  func optional(_ name: String) throws(Problem) -> String? {
    if let form { return form[name] }
    guard let value = json[name], !value.isNull else { return nil }
    guard let text = value.string else { throw Problem(.unprocessableContent, "'\(name)' is a text.") }
    return text
  }

  func text(_ name: String) throws(Problem) -> String {
    guard let text = try optional(name) else { throw Problem(.unprocessableContent, "'\(name)' is missing.") }
    return text
  }

  func choices<T: RawRepresentable & CaseIterable & Hashable>(_ name: String) throws(Problem) -> Set<T>?
  where T.RawValue == String {
    guard let value = json[name] else { return nil }
    let names = value.kind == .array ? value.elements.map(\.string) : [nil]
    let found = names.compactMap { $0.flatMap(T.init(rawValue:)) }
    guard found.count == names.count else {
      let all = T.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.unprocessableContent, "'\(name)' is a list of \(all).")
    }
    return Set(found)
  }

  func flag(_ name: String) throws(Problem) -> Bool? {
    guard let value = json[name] else { return nil }
    guard let flag = value.boolean else { throw Problem(.unprocessableContent, "'\(name)' is true or false.") }
    return flag
  }
}
