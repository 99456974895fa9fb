// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What Azure has of a storage account beside its document: keys, what they sign, and the services that come with it.
extension AzureTwin {
  func storageKeys(_ id: String) -> TwinAnswer {
    let all = ["key1", "key2"].map { name in
      JSONDraft.object([
        ("keyName", .string(name)), ("value", .string(keys.key("\(id.lowercased())/\(name)"))),
        ("permissions", .string("FULL")), ("creationTime", .string("2026-01-01T00:00:00Z")),
      ])
    }
    return TwinAnswer(json: .object([("keys", .array(all))]))
  }

  // MARK: Shared access signatures

  private static let signatureVersion = "2022-11-02"

  /// Parameters of a token and the members of the request that they come from; those that must be there first.
  private static let accountToken = (
    needed: [
      ("ss", "signedServices"), ("srt", "signedResourceTypes"), ("sp", "signedPermission"), ("se", "signedExpiry"),
    ],
    others: [("st", "signedStart"), ("sip", "signedIp"), ("spr", "signedProtocol")]
  )
  private static let serviceToken = (
    needed: [("sr", "signedResource"), ("sp", "signedPermission"), ("se", "signedExpiry")],
    others: [
      ("st", "signedStart"), ("sip", "signedIp"), ("spr", "signedProtocol"), ("si", "signedIdentifier"),
    ]
  )

  /// A token that a made-up key has signed: no data answers to it.
  func sharedAccess(_ request: TwinRequest, _ id: String, ofAccount: Bool) -> TwinAnswer {
    guard let body = request.json, body.kind == .object else { return Self.unreadable }
    let parameters = ofAccount ? Self.accountToken : Self.serviceToken
    // What a stored policy says need not be said again.
    let hasPolicy = !ofAccount && body["signedIdentifier"]?.string != nil
    if let missing = parameters.needed.first(where: { name, member in
      body[member]?.string == nil && !(hasPolicy && name != "sr")
    }) {
      return .azure(
        400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: \(missing.1).")
    }
    guard ofAccount || body["canonicalizedResource"]?.string != nil else {
      return .azure(
        400, "InvalidValuesForRequestParameters",
        "Values for request parameters are invalid: canonicalizedResource.")
    }
    let said = (parameters.needed + parameters.others).compactMap { name, member in
      body[member]?.string.map { (name, $0) }
    }
    let key = body["keyToSign"]?.string ?? "key1"
    guard ["key1", "key2"].contains(key) else { return Self.unreadable }
    let own = keys.key("\(id.lowercased())/\(key)")
    let text = ([body["canonicalizedResource"]?.string ?? id] + said.map { "\($0)=\($1)" }).joined(separator: "\n")
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(own.utf8)))
    let pairs = [("sv", Self.signatureVersion)] + said + [("sig", Data(code).base64EncodedString())]
    let token = pairs.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    return TwinAnswer(json: .object([(ofAccount ? "accountSasToken" : "serviceSasToken", .string(token))]))
  }

  // MARK: Services

  private static let services: [String: JSONDraft] = {
    let cors = ("cors", JSONDraft.object([("corsRules", .array([]))]))
    let off = JSONDraft.object([("enabled", .bool(false))])
    let week = JSONDraft.object([("enabled", .bool(true)), ("days", .int(7))])
    return [
      "blobservices": .object([cors, ("deleteRetentionPolicy", off)]),
      "fileservices": .object([cors, ("shareDeleteRetentionPolicy", week)]),
      "queueservices": .object([cors]), "tableservices": .object([cors]),
    ]
  }()

  /// A service as a new account has it. Only of accounts that were made here: of those of the estate it is known what
  /// they have, or it is not known at all.
  func standardService(_ id: String) -> JSONDraft? {
    guard let path = ResourcePath(id), path.type.hasPrefix("microsoft.storage/storageaccounts/"),
      path.types.count == 2, path.names.last?.lowercased() == "default",
      let properties = Self.services[path.types[1].lowercased()], let account = estate.document(path.top),
      estate.changes.contains(where: { $0.before == nil && $0.id.lowercased() == path.top.lowercased() })
    else { return nil }
    return .object([
      ("id", .string(id)), ("name", .string("default")),
      ("type", .string("Microsoft.Storage/storageAccounts/\(path.types[1])")),
      ("sku", account["sku"].map(JSONDraft.value) ?? .null), ("properties", properties),
    ])
  }
}
