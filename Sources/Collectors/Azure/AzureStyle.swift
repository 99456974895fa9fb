// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Azure's answers as rows of `resources`: Resource Graph's columns, then ours.
struct AzureStyle: RESTStyle {
  let environment: AzureEnvironment
  let tenant: String
  let cloud = "azure"

  func place(of api: String) -> (base: String, audience: String)? {
    switch api {
    case "arm": (environment.resourceManager, environment.audience)
    case "graph": (environment.graph, environment.graphAudience)
    default: nil
    }
  }

  func next(after answer: JSONValue, of url: String) -> String? {
    let link = answer["nextLink"]?.string ?? answer["@odata.nextLink"]?.string
    return link.flatMap { $0.isEmpty ? nil : $0 }
  }

  func isAbsence(_ failure: APIFailure, isList: Bool) -> Bool {
    if failure.reason == .notImplemented { return false }
    if failure.status == 404 { return true }
    let codes = [
      "ResourceTypeNotSupported", "ResourceNotFound", "NotFound", "FeatureNotSupportedForAccount",
      "MissingSubscriptionRegistration", "SubscriptionNotRegistered", "NoRegisteredProviderFound",
      "UnsupportedResourceType", "OperationNotSupported",
    ]
    return codes.contains(failure.code)
  }

  /// A row of a Resource Graph table: it is as it comes, with our columns after its own.
  func row(_ row: JSONValue) -> (document: JSONDocument, type: String, account: String)? {
    guard let id = row["id"]?.string, !id.isEmpty, let type = row["type"]?.string else { return nil }
    let lower = type.lowercased()
    let account = row["subscriptionId"]?.string ?? ""
    var builder = JSONBuilder()
    builder.beginObject()
    for (key, value) in row.members {
      guard let name = key.string, !Self.ours.contains(name) else { continue }
      builder.key(name)
      if name == "type" { builder.append(lower) } else { builder.append(value) }
    }
    finish(&builder)
    return (builder.finish(), lower, account.isEmpty ? tenant : account)
  }

  func row(_ item: JSONValue, of entry: RESTSpec.Entry, parent: RESTParent) -> JSONDocument? {
    let source = RowSource(row: item)
    let isGraph = entry.type.hasPrefix("microsoft.graph/")
    let own = item["id"]?.string
    let given = entry.id?.resolve(ItemSource(item: item, parent: parent.row))?.scalarText
    // Microsoft Graph names an object by a GUID alone; what its id is unique in is put before it.
    guard let id = given ?? own.map({ isGraph ? "/tenants/\(tenant)/providers/\(entry.type)/\($0)" : $0 }), !id.isEmpty
    else { return nil }
    let name = entry.rowName?.resolve(source)?.scalarText ?? item["name"]?.string ?? item["displayName"]?.string
    let segments = ResourceSegments(id)
    var builder = JSONBuilder()
    builder.beginObject()
    let texts: [(String, String)] = [
      ("id", id), ("name", name ?? id.split(separator: "/").last.map(String.init) ?? id), ("type", entry.type),
      ("tenantId", tenant), ("kind", item["kind"]?.string ?? ""),
      ("location", item["location"]?.string ?? parent.row["location"]?.string ?? ""),
      ("resourceGroup", segments.resourceGroup), ("subscriptionId", segments.subscription),
      ("managedBy", item["managedBy"]?.string ?? ""),
    ]
    for (key, text) in texts {
      builder.key(key)
      builder.append(text)
    }
    for key in ["sku", "plan", "tags", "identity", "zones", "extendedLocation"] {
      guard let value = item[key], !value.isNull, !isGraph else { continue }
      builder.key(key)
      builder.append(value)
    }
    builder.key("properties")
    if let mapped = entry.properties?.resolve(source) {
      mapped.write(into: &builder)
    } else if !isGraph, let properties = item["properties"] {
      builder.append(properties)
    } else if isGraph {
      builder.append(item)
    } else {
      builder.beginObject()
      builder.endObject()
    }
    finish(&builder)
    return builder.finish()
  }

  private func finish(_ builder: inout JSONBuilder) {
    builder.key("cloud")
    builder.append(cloud)
    builder.key("source")
    builder.append("live")
    builder.key("observed")
    builder.beginObject()
    builder.endObject()
    builder.endObject()
  }

  private static let ours: Set<String> = ["cloud", "source", "observed"]
}

/// What an id of Azure Resource Manager says of where the resource is.
struct ResourceSegments {
  var subscription = ""
  /// Lower case, as Resource Graph has it.
  var resourceGroup = ""

  init(_ id: String) {
    let parts = id.split(separator: "/", maxSplits: 4, omittingEmptySubsequences: true)
    guard parts.count >= 2, parts[0].lowercased() == "subscriptions" else { return }
    subscription = String(parts[1])
    if parts.count >= 4, parts[2].lowercased() == "resourcegroups" { resourceGroup = parts[3].lowercased() }
  }
}
