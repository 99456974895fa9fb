// SPDX-License-Identifier: Apache-2.0

/// What a state or a plan tells of a resource's identity: there the computed attributes have their values.
struct AppliedIdentity {
  /// The cloud's id, as `resources` has it.
  let id: String?
  /// What the cloud calls it, where no argument does: the last part of its id.
  let name: String?
  /// `{account}`, `{subscription}`, ... that stand in the id.
  private(set) var facts: [String: String] = [:]

  /// - Parameter text: gives an attribute's text, where it is known.
  init(cloud: String, type: String, text: (String) -> String?) {
    name = text("id").map(LiveIndex.lastPart)
    switch cloud {
    case "aws":
      let arn = [text("arn"), text("id")].compactMap(\.self).first { $0.hasPrefix("arn:") }
      id = arn
      let parts = (arn ?? "").split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6 else { return }
      if !parts[3].isEmpty { facts["region"] = String(parts[3]) }
      if !parts[4].isEmpty { facts["account"] = String(parts[4]) }
    case "azure":
      id = text("id").flatMap { $0.hasPrefix("/") && !$0.contains("|") ? $0 : nil }
      let parts = (id ?? "").split(separator: "/")
      guard parts.count > 1, parts[0].lowercased() == "subscriptions" else { return }
      facts["subscription"] = String(parts[1])
      if parts.count > 3, parts[2].lowercased() == "resourcegroups" { facts["resourceGroup"] = String(parts[3]) }
    default:
      let path = [text("self_link"), text("id")].compactMap(\.self).compactMap(DriftNormaliser.googlePath).first
      let host = type.split(separator: "/").first.map(String.init)
      id = path.flatMap { path in host.map { "//\($0)/\(path)" } }
      let parts = (path ?? "").split(separator: "/")
      if parts.count > 1 { facts["project"] = String(parts[1]) }
    }
  }
}
