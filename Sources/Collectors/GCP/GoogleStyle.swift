// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Google's answers as rows of `resources`: an asset's `resource.data` is its `properties`.
struct GoogleStyle: RESTStyle {
  let endpoints: GoogleEndpoints
  let cloud = "gcp"

  func place(of api: String) -> (base: String, audience: String)? { (endpoints.base(of: api), "google") }

  func next(after answer: JSONValue, of url: String) -> String? {
    guard let token = answer["nextPageToken"]?.string, !token.isEmpty else { return nil }
    return Self.page(token, of: url)
  }

  static func page(_ token: String, of url: String) -> String {
    var bare = url
    for mark in ["?pageToken=", "&pageToken="] {
      if let range = bare.firstRange(of: mark) { bare = String(bare[..<range.lowerBound]) }
    }
    return bare + (bare.contains("?") ? "&" : "?") + "pageToken=\(PercentEncoding.encode(token))"
  }

  func isAbsence(_ failure: APIFailure, isList: Bool) -> Bool {
    if failure.reason == .notImplemented { return false }
    if failure.status == 404 { return true }
    // An API that a project never switched on has nothing in it.
    return failure.status == 403
      && (failure.message.contains("has not been used in project") || failure.message.contains("it is disabled"))
  }

  func row(_ item: JSONValue, of entry: RESTSpec.Entry, parent: RESTParent) -> JSONDocument? {
    let source = ItemSource(item: item, parent: parent.row)
    guard let id = entry.id?.resolve(source)?.scalarText ?? item["name"]?.string else { return nil }
    let host = entry.type.prefix { $0 != "/" }
    let full = id.hasPrefix("//") ? id : "//\(host)/\(id)"
    let name = entry.rowName?.resolve(source)?.scalarText ?? full.split(separator: "/").last.map(String.init) ?? full
    let location = entry.location?.resolve(source)?.scalarText ?? "global"
    var builder = JSONBuilder()
    start(&builder, id: full, name: name, type: entry.type, location: location, project: parent.account)
    builder.key("tags")
    if let labels = item["labels"] ?? item["userLabels"], labels.kind == .object {
      builder.append(labels)
    } else {
      builder.beginObject()
      builder.endObject()
    }
    builder.key("properties")
    (entry.properties?.resolve(source) ?? .value(item)).write(into: &builder)
    builder.key("observed")
    builder.beginObject()
    if let id = parent.row["id"] {
      builder.key("parent")
      builder.append(id)
    }
    builder.endObject()
    builder.endObject()
    return builder.finish()
  }

  func start(
    _ builder: inout JSONBuilder, id: String, name: String, type: String, location: String, project: String
  ) {
    builder.beginObject()
    let texts: [(String, String)] = [
      ("id", id), ("name", name), ("type", type), ("tenantId", ""), ("kind", ""), ("location", location),
      ("resourceGroup", ""), ("subscriptionId", project), ("managedBy", ""), ("cloud", cloud), ("source", "live"),
    ]
    for (key, text) in texts {
      builder.key(key)
      builder.append(text)
    }
  }
}
