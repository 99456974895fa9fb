// SPDX-License-Identifier: Apache-2.0
package import Content
package import Inventory
package import KQL
package import Logging

/// What endpoints work with. Each room adds what it needs of its own.
package struct Services: Sendable {
  package let settings: ServerSettings
  /// The estate: resources, findings, scans.
  package let inventory: Store
  package let content: ContentLibrary
  /// Accounts, the audit log and what else the server keeps.
  package let store: ServerStore
  package let accounts: Accounts
  /// Attempts to sign in, by address.
  let signIns: RateLimiter
  /// What the pages show.
  package let boards: Boards
  /// The identity provider, where sign-in is left to one.
  let oidc: OIDCProvider?
  /// Secrets that have to be read back.
  package let vault: Vault
  package let metrics: PrometheusMetrics
  package let logger: Logger
  /// Ticks of ``DateTime``.
  package let clock: @Sendable () -> Int64
  /// The estate as pages and the API read it.
  package let views: EstateViews
  package let api: APIState
  /// Adds the tables, functions and watchlists of the installation to what queries may name.
  package let extras: @Sendable (inout Catalog) throws -> Void
  /// Version of the program, for `/healthz` and the API document.
  package let version: String

  package init(
    settings: ServerSettings, inventory: Store, content: ContentLibrary, store: ServerStore, logger: Logger,
    clock: @escaping @Sendable () -> Int64, version: String, exemptions: String? = nil,
    extras: @escaping @Sendable (inout Catalog) throws -> Void = { _ in }
  ) {
    self.settings = settings
    self.inventory = inventory
    self.content = content
    self.store = store
    self.logger = logger
    self.clock = clock
    self.version = version
    self.extras = extras
    views = EstateViews(inventory, content, exemptions: exemptions, now: clock)
    api = APIState(store)
    accounts = Accounts(store, settings, clock: clock)
    oidc = settings.oidc.map { OIDCProvider($0, clock: clock) }
    signIns = RateLimiter(perMinute: settings.signInsPerMinute)
    boards = Boards(inventory, content, exemptions: exemptions, version: version, clock: clock)
    vault = Vault(key: settings.vaultKey, directory: inventory.directory)
    metrics = PrometheusMetrics()
  }
}
