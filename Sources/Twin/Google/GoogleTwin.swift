// SPDX-License-Identifier: Apache-2.0
package import JSON
internal import Synchronization

/// A list or an object of a Google API that the estate has rows for, as the collector's content describes it.
package struct GoogleRoute: Sendable {
  /// Types of the rows that it is asked for; `organization` for the organisation itself.
  package var parents: [String]
  package var type: String
  /// Member of the answer that holds the rows; nil where the answer is the row.
  package var items: String?
  /// The path of a parent; nil where the parent has none.
  package var path: @Sendable (JSONValue) -> String?

  package init(
    parents: [String], type: String, items: String?, path: @escaping @Sendable (JSONValue) -> String?
  ) {
    self.parents = parents
    self.type = type
    self.items = items
    self.path = path
  }
}

/// Google's APIs over an estate, all at one base: tokens, Cloud Asset Inventory, Resource Manager, and the services whose
/// resources fixes change.
package struct GoogleTwin: Sendable {
  let estate: TwinEstate
  let tokens: TokenIssuer
  private let routes: [GoogleRoute]
  private let paths = RoutePaths()
  let operations = GoogleOperations()
  /// The roles that Google defines.
  let predefined: [JSONValue]

  package init(estate: TwinEstate, tokens: TokenIssuer, routes: [GoogleRoute], roles: [JSONValue]) {
    predefined = roles
    self.estate = estate
    self.tokens = tokens
    self.routes = routes
  }

  package func answer(_ request: TwinRequest) -> TwinAnswer {
    if request.path == "/token" || request.path == "/v1/token" { return tokens.google(request) }
    guard tokens.isGoogleBearer(request.header("authorization")) else {
      return .google(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    }
    return assets(request) ?? resourceManager(request) ?? compute(request) ?? storage(request) ?? cloudSQL(request)
      ?? routed(request) ?? roles(request) ?? identities(request) ?? named(request)
      ?? .google(404, "NOT_FOUND", "The twin does not serve \(request.method) \(request.path).")
  }

  /// Rows of Google Cloud.
  func rows(where isWanted: (JSONValue) -> Bool = { _ in true }) -> [JSONValue] {
    estate.documents { $0["cloud"]?.string == "gcp" && isWanted($0) }
  }

  /// A page of rows: `pageSize` and `pageToken`, with `nextPageToken` where there are more.
  func page(
    _ rows: [JSONValue], as member: String, _ request: TwinRequest, size standard: Int, most: Int,
    besides: [(key: String, value: JSONDraft)] = [], _ item: (JSONValue) -> JSONDraft = GoogleTwin.data
  ) -> TwinAnswer {
    guard let place = place(of: request, size: standard, most: most) else {
      return .google(400, "INVALID_ARGUMENT", "The page token is invalid.")
    }
    var members = besides
    let rest = rows.dropFirst(place.start)
    // Empty lists are left out, as Google leaves them out.
    if !rest.isEmpty { members.append((member, .array(rest.prefix(place.size).map(item)))) }
    if rest.count > place.size { members.append(("nextPageToken", .string(String(place.start + place.size)))) }
    return TwinAnswer(json: .object(members))
  }

  /// Where the page that is asked for begins and how long it may be; nil for a token that is none of ours.
  func place(of request: TwinRequest, size standard: Int, most: Int) -> (start: Int, size: Int)? {
    let asked = (request.parameter("pageSize") ?? request.parameter("maxResults")).flatMap { Int($0) } ?? 0
    let token = request.parameter("pageToken") ?? ""
    guard let start = token.isEmpty ? 0 : Int(token), start >= 0 else { return nil }
    return (start, asked > 0 ? min(asked, most) : standard)
  }

  static func data(_ row: JSONValue) -> JSONDraft { row["properties"].map(JSONDraft.value) ?? .emptyObject }

  /// What the content says there is to ask beside the inventory.
  func routed(_ request: TwinRequest) -> TwinAnswer? {
    guard request.method == "GET" else { return nil }
    let found = paths.find(request.path, generation: estate.generation) {
      var places: [String: RoutePaths.Place] = [:]
      for (index, route) in routes.enumerated() {
        let parents = route.parents.flatMap { estate.documents(ofType: $0) } + organizations(route)
        for parent in parents {
          guard let path = route.path(parent), let id = parent["id"]?.string else { continue }
          places[path] = RoutePaths.Place(route: index, parent: id)
        }
      }
      return places
    }
    guard let found else { return nil }
    let route = routes[found.route]
    let items = estate.documents(ofType: route.type).filter { $0["observed"]?["parent"]?.string == found.parent }
    if let member = route.items { return page(items, as: member, request, size: 100, most: 1000) }
    return items.first.map { TwinAnswer(json: Self.data($0)) } ?? .google(404, "NOT_FOUND", "Not found.")
  }

  /// Anything else that the inventory has, by the name that its service gives it too: `//HOST/` and the path below the
  /// version. A list is what has one more part; `-` stands for any.
  private func named(_ request: TwinRequest) -> TwinAnswer? {
    let path = request.path.split(separator: "/").drop { $0 != "projects" && $0 != "organizations" && $0 != "folders" }
    guard request.method == "GET", path.count >= 3 else { return nil }
    var isKnown = false
    let found = rows { row in
      guard let id = row["id"]?.string, id.hasPrefix("//"), row["observed"]?["parent"] == nil else { return false }
      let parts = id.dropFirst(2).split(separator: "/").dropFirst()
      guard parts.count == path.count || parts.count == path.count + 1 else { return false }
      if parts.count == path.count + 1, parts.dropLast().last == path.last { isKnown = true }
      return zip(parts, path).allSatisfy { $0 == $1 || $1 == "-" }
    }
    if let row = found.first(where: { $0["id"]?.string?.split(separator: "/").count == path.count + 1 }) {
      return TwinAnswer(json: Self.data(row))
    }
    return isKnown ? page(found, as: path.last.map(String.init) ?? "", request, size: 100, most: 1000) : nil
  }

  private func organizations(_ route: GoogleRoute) -> [JSONValue] {
    guard route.parents.contains("organization") else { return [] }
    return organizationNames.map { name in
      JSONDraft.object([
        ("id", .string("//cloudresourcemanager.googleapis.com/\(name)")), ("name", .string(name)),
      ]).document().root
    }
  }

  /// `organizations/123` of every ancestor.
  var organizationNames: [String] {
    var names: Set<String> = []
    for row in rows() {
      for ancestor in row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
      where ancestor.hasPrefix("organizations/") {
        names.insert(ancestor)
      }
    }
    return names.sorted()
  }
}

/// Paths that routes give for the rows of the estate, made anew after a write.
private final class RoutePaths: Sendable {
  struct Place: Sendable {
    let route: Int
    /// Id of the row that is asked about.
    let parent: String
  }
  private let state = Mutex<(generation: Int, places: [String: Place])>((-1, [:]))

  func find(_ path: String, generation: Int, _ make: () -> [String: Place]) -> Place? {
    state.withLock { state in
      if state.generation != generation { state = (generation, make()) }
      return state.places[path]
    }
  }
}

extension TwinAnswer {
  /// An error as Google's APIs write it (AIP-193).
  static func google(_ status: Int, _ code: String, _ message: String) -> TwinAnswer {
    let detail = JSONDraft.object([
      ("message", .string(message)), ("domain", .string("global")), ("reason", .string(reason(code))),
    ])
    let error = JSONDraft.object([
      ("code", .int(Int64(status))), ("message", .string(message)), ("status", .string(code)),
      ("errors", .array([detail])),
    ])
    return TwinAnswer(status: status, json: .object([("error", error)]))
  }

  /// `NOT_FOUND` as the older APIs spell it: `notFound`.
  private static func reason(_ code: String) -> String {
    let words = code.lowercased().split(separator: "_")
    return words.enumerated().map { $0.offset == 0 ? String($0.element) : $0.element.capitalizedASCII }.joined()
  }
}

extension Substring {
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
