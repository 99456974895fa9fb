// SPDX-License-Identifier: Apache-2.0

/// What a path of Azure Resource Manager names: the last provider in it, its types and names by turns.
struct ResourcePath {
  let scope: String
  let namespace: String
  let types: [String]
  let names: [String]
  /// How many providers the path names: more than one where a resource lies on another.
  let providers: Int

  /// Of a resource; nil for other paths.
  init?(_ path: String) {
    self.init(path, isCollection: false)
  }

  /// Of a collection, whose last type has no name.
  init?(collection path: String) {
    self.init(path, isCollection: true)
  }

  private init?(_ path: String, isCollection: Bool) {
    let parts = path.split(separator: "/").map(String.init)
    guard let place = parts.lastIndex(where: { $0.lowercased() == "providers" }), place + 2 < parts.count else {
      return nil
    }
    let rest = parts[(place + 2)...]
    guard rest.count % 2 == (isCollection ? 1 : 0) else { return nil }
    namespace = parts[place + 1]
    types = rest.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    names = rest.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    providers = parts.count { $0.lowercased() == "providers" }
    // A collection below a resource has that resource for its scope, one right below a provider what is before it.
    let end = isCollection && types.count > 1 ? parts.count - 1 : place
    scope = end == 0 ? "" : "/" + parts[..<end].joined(separator: "/")
  }

  /// Lower case, as in `resources`.
  var type: String { spelledType.lowercased() }
  var spelledType: String { namespace + "/" + types.joined(separator: "/") }
  var isTopLevel: Bool { types.count == 1 }

  /// The id of the resource that the first of the types and names is.
  var top: String { "\(scope)/providers/\(namespace)/\(types[0])/\(names.first ?? "")" }
}

/// Subscription and resource group of an id, in lower case.
struct ResourcePlace {
  let subscription: String?
  let group: String?

  init(_ id: String) {
    let parts = id.split(separator: "/", maxSplits: 4).map { $0.lowercased() }
    subscription = parts.count >= 2 && parts[0] == "subscriptions" ? parts[1] : nil
    group = subscription != nil && parts.count >= 4 && parts[2] == "resourcegroups" ? parts[3] : nil
  }
}
