// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON

/// What of one cloud a scan reads, as people name it. Empty lists choose everything.
package struct ScanChoice: Sendable, Equatable {
  /// Services, tables and types, in lower case.
  package var only: [String] = []
  package var except: [String] = []
  package var accounts: [String] = []
  package var exceptAccounts: [String] = []
  /// Regions or locations.
  package var regions: [String] = []
  package init() {}

  /// The same text for the same choice; empty for everything.
  package var text: String {
    [("only", only), ("except", except), ("accounts", accounts), ("not", exceptAccounts), ("regions", regions)]
      .filter { !$0.1.isEmpty }.map { "\($0.0)=\(Set($0.1).sorted().joined(separator: ","))" }.joined(separator: ";")
  }
}

/// The names by which types of Azure or Google Cloud can be chosen: files of the collector's content (`sql`), providers
/// (`microsoft.network` or `network`, `compute.googleapis.com` or `compute`), tables of the inventory
/// (`securityresources`, `assets`), and types.
package struct TypeNames: Sendable {
  private let cloud: String
  /// Types of the rows that each file of the content asks for.
  private let files: [String: Set<String>]
  private let tables: Set<String>
  package let types: Set<String>

  /// - Parameter types: lower-case types that are known besides those of the specs, as from checks.
  package init(cloud: String, specs: [RESTSpec], types: some Sequence<String> = []) {
    self.cloud = cloud
    files = Dictionary(specs.map { ($0.name, Set($0.entries.map(\.type))) }) { $0.union($1) }
    tables = cloud == "azure" ? Set(AzureCollector.tables) : ["assets"]
    let entries = specs.flatMap(\.entries)
    let named = entries.map(\.type) + entries.flatMap(\.parents) + types
    self.types = Set(named.filter { $0.contains("/") && Self.cloud(of: $0) == cloud })
  }

  /// The cloud that a type is of, by its form; nil for none of these.
  private static func cloud(of type: String) -> String? {
    if type.hasPrefix("microsoft.") { return "azure" }
    return type.prefix { $0 != "/" }.hasSuffix(".googleapis.com") ? "gcp" : nil
  }

  /// Everything that can be named, for "did you mean".
  package var all: [String] {
    let providers = Set(types.map { String($0.prefix { $0 != "/" }) })
    return (Set(files.keys).union(tables).union(types).union(providers).union(providers.map(short))).sorted()
  }

  private func short(_ provider: String) -> String {
    for affix in ["microsoft.", ".googleapis.com"] {
      if provider.hasPrefix(affix) { return String(provider.dropFirst(affix.count)) }
      if provider.hasSuffix(affix) { return String(provider.dropLast(affix.count)) }
    }
    return provider
  }

  /// Whether a name says something here. Inventory services have more types than are known beforehand.
  package func knows(_ name: String) -> Bool {
    all.contains(name) || (Self.cloud(of: name) == cloud && Spelling.nearest(to: name, in: types, within: 2) == nil)
  }

  func pattern(_ names: [String]) -> TypePattern {
    var pattern = TypePattern(
      inventory: tables.intersection(names), files: files.values.reduce(into: []) { $0.formUnion($1) })
    for name in names where !tables.contains(name) {
      if name.contains("/") {
        pattern.types.insert(name)
        continue
      }
      pattern.types.formUnion(files[name] ?? [])
      pattern.providers.insert(
        name.contains(".") ? name : cloud == "azure" ? "microsoft.\(name)" : "\(name).googleapis.com")
    }
    return pattern
  }
}

/// Types that names stand for.
struct TypePattern: Sendable {
  /// Tables of the inventory.
  let inventory: Set<String>
  /// All types that files of the content ask for, which are not the inventory's.
  let files: Set<String>
  var types: Set<String> = []
  var providers: Set<String> = []

  init(inventory: Set<String>, files: Set<String>) {
    self.inventory = inventory
    self.files = files
  }

  func holds(_ type: String) -> Bool {
    if types.contains(type) || providers.contains(String(type.prefix { $0 != "/" })) { return true }
    guard !inventory.isEmpty else { return false }
    if inventory.contains("assets") { return !files.contains(type) }
    let table = ResourceGraphTable.name(of: type)
    return inventory.contains(table) && (table != "resources" || !files.contains(type))
  }
}

/// Locations that a scan is bounded to. What is in no region is always among them.
struct LocationChoice: Sendable {
  private let chosen: Set<String>

  init(_ locations: [String]) { chosen = Set(locations.map(Self.plain)) }

  var isEmpty: Bool { chosen.isEmpty }
  var names: [String] { chosen.sorted() }

  /// `West Europe` and `westeurope` are one.
  static func plain(_ location: String) -> String { location.lowercased().replacing(" ", with: "") }

  func holds(_ location: String) -> Bool {
    let plain = Self.plain(location)
    if chosen.isEmpty || plain.isEmpty || plain == "global" { return true }
    // A zone is in its region.
    return chosen.contains { plain == $0 || plain.hasPrefix($0 + "-") }
  }
}
