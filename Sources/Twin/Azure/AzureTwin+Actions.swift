// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What is asked by POST: names that are free, keys, moves, power.
extension AzureTwin {
  func action(_ request: TwinRequest, _ segments: [String]) -> TwinAnswer {
    let lower = segments.map { $0.lowercased() }
    let verb = lower.last ?? ""
    if verb == "checknameavailability" { return nameAvailability(request, lower) }
    if lower.count == 5, lower[2] == "resourcegroups" {
      switch verb {
      case "moveresources", "validatemoveresources": return move(request, isDone: verb == "moveresources")
      case "exporttemplate": return exported(request)
      default: break
      }
    }
    let id = "/" + segments.dropLast().joined(separator: "/")
    guard ResourcePath(id) != nil else {
      return .azure(404, "NotFound", "The action '\(verb)' is not served by the twin.")
    }
    if verb == "list", let path = ResourcePath(id), path.type.hasPrefix("microsoft.web/sites/"),
      estate.document(path.top) != nil
    {
      // Settings that are secret are shown to those who may do more than read.
      return TwinAnswer(json: estate.document(id).map(Self.item) ?? .object([("properties", .emptyObject)]))
    }
    guard let row = estate.document(id) else { return missing(id) }
    switch (row["type"]?.string ?? "", verb) {
    case ("microsoft.storage/storageaccounts", "listkeys"): return storageKeys(id)
    case ("microsoft.storage/storageaccounts", "listaccountsas"): return sharedAccess(request, id, ofAccount: true)
    case ("microsoft.storage/storageaccounts", "listservicesas"): return sharedAccess(request, id, ofAccount: false)
    case ("microsoft.storage/storageaccounts", "regeneratekey"):
      guard let name = request.json?["keyName"]?.string, ["key1", "key2"].contains(name) else { return Self.unreadable }
      keys.renew("\(id.lowercased())/\(name)")
      return storageKeys(id)
    case ("microsoft.documentdb/databaseaccounts", "listkeys"),
      ("microsoft.documentdb/databaseaccounts", "readonlykeys"):
      let names = ["primaryMasterKey", "secondaryMasterKey", "primaryReadonlyMasterKey", "secondaryReadonlyMasterKey"]
      return TwinAnswer(json: .object(names.map { ($0, .string(keys.key("\(id.lowercased())/\($0)"))) }))
    case (let type, "listkeys"), (let type, "listcredentials"), (let type, "listadminkeys"):
      // The other services' answers differ in their members; these are what most have.
      let names =
        type.hasPrefix("microsoft.search/") ? ["primaryKey", "secondaryKey"] : ["key1", "key2", "primaryKey"]
      return TwinAnswer(json: .object(names.map { ($0, .string(keys.key("\(id.lowercased())/\($0)"))) }))
    case ("microsoft.compute/virtualmachines", "start"), ("microsoft.compute/virtualmachines", "restart"),
      ("microsoft.compute/virtualmachines", "poweroff"), ("microsoft.compute/virtualmachines", "deallocate"):
      return operations.begin(request, subscription: id, status: 202, body: nil)
    case ("microsoft.web/sites", "start"), ("microsoft.web/sites", "stop"), ("microsoft.web/sites", "restart"):
      var draft = JSONDraft.value(row)
      draft.set(
        JSONPath(steps: [.key("properties"), .key("state")]), .string(verb == "stop" ? "Stopped" : "Running"))
      estate.write(id, draft.document().root, cloud: "azure", method: verb)
      return TwinAnswer()
    default: return .azure(404, "NotFound", "The action '\(verb)' of '\(id)' is not served by the twin.")
    }
  }

  /// Names of these types are one's own in the whole cloud.
  private func nameAvailability(_ request: TwinRequest, _ segments: [String]) -> TwinAnswer {
    guard let name = request.json?["name"]?.string else { return Self.unreadable }
    let namespace = segments.lastIndex(of: "providers").flatMap { place in
      segments.indices.contains(place + 1) ? segments[place + 1] : nil
    }
    // Storage does not say in its body of which type it asks.
    let asked = request.json?["type"]?.string?.lowercased()
    let type = asked?.hasPrefix(namespace ?? "") == true ? asked : nil
    let taken = estate.documents { row in
      guard row["name"]?.string?.lowercased() == name.lowercased(), let found = row["type"]?.string else {
        return false
      }
      return type.map { found == $0 }
        ?? (found.hasPrefix("\(namespace ?? "")/") && found.split(separator: "/").count == 2)
    }
    var members: [(key: String, value: JSONDraft)] = [("nameAvailable", .bool(taken.isEmpty))]
    if !taken.isEmpty {
      members.append(("reason", .string("AlreadyExists")))
      members.append(("message", .string("The name \(name) is already taken.")))
    }
    return TwinAnswer(json: .object(members))
  }

  // MARK: Moving

  private func move(_ request: TwinRequest, isDone: Bool) -> TwinAnswer {
    guard let body = request.json, let target = body["targetResourceGroup"]?.string else { return Self.unreadable }
    let ids = body["resources"]?.elements.compactMap(\.string) ?? []
    guard !ids.isEmpty else { return Self.unreadable }
    guard estate.document(target) != nil else { return missing(target) }
    for id in ids {
      guard estate.document(id) != nil else { return missing(id) }
      guard id.lowercased().hasPrefix(source(of: request).lowercased() + "/") else {
        return .azure(400, "InvalidResourceMoveRequest", "The resource '\(id)' is not in the source group.")
      }
    }
    if isDone { for id in ids { relocate(id, from: source(of: request), to: target) } }
    return operations.begin(request, subscription: request.path, status: 202, body: nil)
  }

  private func source(of request: TwinRequest) -> String {
    "/" + request.path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// A resource and what lies below it under new ids.
  private func relocate(_ id: String, from source: String, to target: String) {
    let key = id.lowercased()
    let rows = estate.documents { row in
      guard let own = row["id"]?.string?.lowercased() else { return false }
      return own == key || own.hasPrefix(key + "/")
    }
    estate.write(id, nil, cloud: "azure", method: "MOVE")
    for row in rows {
      let moved = target + String((row["id"]?.string ?? "").dropFirst(source.count))
      let place = ResourcePlace(moved)
      var draft = JSONDraft.value(row)
      let subscription = moved.split(separator: "/").dropFirst().first.map(String.init) ?? ""
      for (key, text) in [
        ("id", moved), ("resourceGroup", place.group ?? ""), ("subscriptionId", subscription),
      ] { draft.set(JSONPath(steps: [.key(key)]), .string(text)) }
      estate.write(moved, draft.document().root, cloud: "azure", method: "MOVE")
    }
  }

  /// A group's resources as a template.
  private func exported(_ request: TwinRequest) -> TwinAnswer {
    let group = source(of: request)
    guard estate.document(group) != nil else { return missing(group) }
    let resources = estate.documents { row in
      row["id"]?.string?.lowercased().hasPrefix(group.lowercased() + "/") == true
        && estate.table(of: row) == "resources"
    }.map { row -> JSONDraft in
      let path = ResourcePath(row["id"]?.string ?? "")
      let members = Self.item(row).thawed().filter { !["id", "etag", "name"].contains($0.key) }
      let name = path?.names.joined(separator: "/") ?? ""
      return .object([("apiVersion", .string("2025-01-01")), ("name", .string(name))] + members)
    }
    return TwinAnswer(
      json: .object([
        (
          "template",
          .object([
            (
              "$schema",
              .string("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")
            ), ("contentVersion", .string("1.0.0.0")), ("parameters", .emptyObject), ("variables", .emptyObject),
            ("resources", .array(resources)),
          ])
        )
      ]))
  }
}

/// Keys that accounts show: made up, the same as long as the twin runs, never those of the estate.
final class MadeUpKeys: Sendable {
  private let secret = SymmetricKey(size: .bits256)
  private let renewals = Mutex<[String: Int]>([:])

  func key(_ name: String) -> String {
    let count = renewals.withLock { $0[name] ?? 0 }
    let half = HMAC<SHA256>.authenticationCode(for: Array("\(name)#\(count)".utf8), using: secret)
    let rest = HMAC<SHA256>.authenticationCode(for: Array("\(name)#\(count)+".utf8), using: secret)
    return Data(Array(half) + Array(rest)).base64EncodedString()
  }

  func renew(_ name: String) { renewals.withLock { $0[name, default: 0] += 1 } }
}
