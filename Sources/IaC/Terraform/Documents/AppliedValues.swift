// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Makes values of what a plan or a state says of a resource. Secrets do not come along: what is marked as sensitive, and
/// what its name says is one, becomes an unknown value that is marked.
struct AppliedValues {
  let address: String
  /// What the code refers to, for attributes that are not known before they are applied.
  var references: [String: [Reference]] = [:]

  /// - Parameters:
  ///   - unknown: true, or an object or array that holds true where the value is not known yet.
  ///   - sensitive: likewise, where it is sensitive.
  func block(_ values: JSONValue, unknown: JSONValue?, sensitive: JSONValue?, at place: Place) -> EvaluatedBlock {
    var block = EvaluatedBlock(place: place)
    for (key, value) in values.members {
      let name = key.string ?? ""
      let value = self.value(value, unknown?[name], sensitive?[name], name, ".\(name)", top: name)
      block.arguments.append(.init(name: name, value: value, place: place, expression: nil))
    }
    for (key, mask) in unknown?.members ?? JSONValue.null.members where mask.boolean == true {
      let name = key.string ?? ""
      if values[name] == nil {
        block.arguments.append(
          .init(name: name, value: notKnown(".\(name)", top: name), place: place, expression: nil))
      }
    }
    return block
  }

  private func notKnown(_ path: String, top: String) -> Value {
    if path == "." + top, let found = references[top], !found.isEmpty {
      // The plan does not say what the code makes of a reference. One alone is taken for the value itself, which is what
      // nearly all code means; satellites are found by it.
      return Value(.unknown(Unknown(.any, sources: found, isItself: found.count == 1)))
    }
    return .unknown(.any, itself: Reference(.resource, address, path: path))
  }

  private func value(
    _ value: JSONValue, _ unknown: JSONValue?, _ sensitive: JSONValue?, _ name: String, _ path: String, top: String
  ) -> Value {
    if unknown?.boolean == true { return notKnown(path, top: top) }
    if value.isNull { return .null(.any) }
    if sensitive?.boolean == true || Self.isSecret(name) && value.kind == .string && value.string != "" {
      return Value.unknown(.any, itself: Reference(.resource, address, path: path)).marked()
    }
    switch value.kind {
    case .array:
      let elements = value.elements.enumerated().map { index, element in
        self.value(element, unknown?[index], sensitive?[index], name, "\(path)[\(index)]", top: top)
      }
      return Value(tuple: elements)
    case .object:
      var pairs = value.members.map { key, member -> (String, Value) in
        let name = key.string ?? ""
        return (name, self.value(member, unknown?[name], sensitive?[name], name, "\(path).\(name)", top: top))
      }
      for (key, mask) in unknown?.members ?? JSONValue.null.members where mask.boolean == true {
        let name = key.string ?? ""
        if value[name] == nil { pairs.append((name, notKnown("\(path).\(name)", top: top))) }
      }
      return Value(object: pairs)
    default: return Value(json: value)
    }
  }

  /// Ends of names under which providers keep secrets in clear.
  private static let secretNames = [
    "password", "passwd", "secret", "private_key", "private_key_pem", "private_key_openssh", "token", "access_key",
    "connection_string", "client_secret", "secret_string", "secret_binary", "sas_token", "shared_key", "auth_key",
    "master_key", "session_key", "credentials", "kube_config_raw", "client_key", "secret_key", "api_key", "primary_key",
    "secondary_key", "certificate_password", "user_password", "result",
  ]

  /// Whether a value under this name is a secret, though nothing marks it.
  static func isSecret(_ name: String) -> Bool {
    secretNames.contains { name == $0 || name.hasSuffix("_" + $0) && $0 != "result" }
  }
}
