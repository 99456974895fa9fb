// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON
package import KQL

extension ScoreStore {
  /// Columns of `SecureScores` and `SecureScoreControls`: those of Resource Graph's `securityresources`, and the cloud.
  package static let schema: Schema = [
    Field("id", .string), Field("name", .string), Field("type", .string), Field("tenantId", .string),
    Field("kind", .string), Field("location", .string), Field("resourceGroup", .string),
    Field("subscriptionId", .string), Field("properties", .dynamic), Field("cloud", .string),
  ]

  private static let environments = ["azure": "Azure", "aws": "AWS", "gcp": "GCP"]

  /// A row for each account: its score at the newest scan, or at the newest before an instant.
  package func scores(at time: Int64 = .max, schema: Schema = Self.schema) -> LazyTable {
    table(schema, at: time) { scope, tenant, builder in
      Self.row(scope, nil, tenant, &builder) { builder in
        builder.member("displayName", "Secure score")
        Self.score(current: scope.current, max: scope.max, &builder)
        builder.member("weight", Int64(scope.weight))
      }
    }
  }

  /// A row for each control of each account.
  package func controls(
    _ model: SecureScoreModel, at time: Int64 = .max, schema: Schema = Self.schema
  ) -> LazyTable {
    table(schema, at: time) { scope, tenant, builder in
      for control in scope.controls {
        Self.row(scope, control.control, tenant, &builder) { builder in
          builder.member("displayName", model.title(of: control.control))
          builder.member("healthyResourceCount", Int64(control.healthy))
          builder.member("unhealthyResourceCount", Int64(control.unhealthy))
          builder.member("notApplicableResourceCount", Int64(control.notApplicable))
          builder.member("unknownResourceCount", Int64(control.unknown))
          Self.score(current: control.current, max: control.max, &builder)
          builder.member("weight", Int64(control.assessed))
          builder.key("definition")
          builder.beginObject()
          builder.member("id", "/providers/Microsoft.Security/secureScoreControlDefinitions/\(control.control)")
          builder.member("name", control.control)
          builder.member("type", "Microsoft.Security/secureScoreControlDefinitions")
          builder.key("properties")
          builder.beginObject()
          builder.member("displayName", model.title(of: control.control))
          builder.member("maxScore", Int64(control.max))
          builder.key("source")
          builder.beginObject()
          builder.member("sourceType", "BuiltIn")
          builder.endObject()
          builder.endObject()
          builder.endObject()
        }
      }
    }
  }

  /// Both as parts of `securityresources`.
  package func securityResources(_ model: SecureScoreModel) -> [SecurityTable.Part] {
    [
      .init([Self.type], scores(schema: Snapshot.resourcesSchema)),
      .init([Self.controlType], controls(model, schema: Snapshot.resourcesSchema)),
    ]
  }

  private static let type = "microsoft.security/securescores"
  private static let controlType = type + "/securescorecontrols"

  private func table(
    _ schema: Schema, at time: Int64, _ write: @escaping @Sendable (ScopeScore, String, inout JSONBuilder) -> Void
  ) -> LazyTable {
    let this = self
    return LazyTable(schema: schema) {
      let tenants = try this.store.read(FindingStore.tenants)
      var builder = JSONBuilder()
      for scope in try this.newest(at: time)?.secure.scopes ?? [] where scope.percentage != nil {
        write(scope, tenants[scope.account] ?? "", &builder)
      }
      return Snapshot.rows(of: builder.finish(), schema)
    }
  }

  private static func row(
    _ scope: ScopeScore, _ control: String?, _ tenant: String, _ builder: inout JSONBuilder,
    _ properties: (inout JSONBuilder) -> Void
  ) {
    let isDirectory = scope.cloud == "azure" && scope.account.isEmpty
    let place =
      isDirectory ? "" : "/\(scope.cloud == "azure" ? "subscriptions" : scope.cloud)/\(scope.account)"
    let id = "\(place)/providers/Microsoft.Security/secureScores/ascScore"
    builder.beginObject()
    builder.member("id", control.map { "\(id)/secureScoreControls/\($0)" } ?? id)
    builder.member("name", control ?? "ascScore")
    builder.member("type", control == nil ? type : controlType)
    builder.member("subscriptionId", scope.account)
    builder.member("tenantId", tenant)
    builder.member("cloud", scope.cloud)
    builder.member("source", "plumbline")
    builder.key("properties")
    builder.beginObject()
    builder.member("environment", environments[scope.cloud] ?? scope.cloud)
    properties(&builder)
    builder.endObject()
    builder.endObject()
  }

  /// Points to the hundredth and, as Azure has it, their share of the most from 0 to 1.
  private static func score(current: Double, max: Int, _ builder: inout JSONBuilder) {
    builder.key("score")
    builder.beginObject()
    builder.key("current")
    builder.append(Double(ScoreNumber.hundredths(current)) / 100)
    builder.member("max", Int64(max))
    builder.key("percentage")
    builder.append(max == 0 ? 0 : (current / Double(max) * 10_000).rounded() / 10_000)
    builder.endObject()
  }
}

extension JSONBuilder {
  mutating func member(_ key: String, _ text: String) {
    self.key(key)
    append(text)
  }

  mutating func member(_ key: String, _ number: Int64) {
    self.key(key)
    append(number)
  }
}
