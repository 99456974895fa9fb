// SPDX-License-Identifier: Apache-2.0
internal import Inventory

/// What a scan of Azure or Google Cloud reads: types, with those that they are listed for, in locations.
struct ReadingPlan: Sendable {
  let names: TypeNames
  let locations: LocationChoice
  /// The questions to ask.
  let specs: [RESTSpec]
  /// Whether some types are left out.
  let isChosen: Bool
  private let only: TypePattern?
  private let except: TypePattern
  /// Types that are read because others are listed for them.
  private let parents: Set<String>
  /// Types that are listed for something that is left out, so that not all of them come.
  let partial: Set<String>
  /// Whether what a feed of changes tells of is read of the inventory, and not all of it.
  let isOfChanges: Bool

  /// - Parameter isWhole: in a scan of changes, whether a type of the inventory is read whole all the same.
  init(
    _ choice: ScanChoice, names: TypeNames, specs: [RESTSpec], ofChanges isWhole: ((String) -> Bool)? = nil
  ) {
    self.names = names
    isOfChanges = isWhole != nil
    locations = LocationChoice(choice.regions)
    isChosen = !choice.only.isEmpty || !choice.except.isEmpty
    let only = choice.only.isEmpty ? nil : names.pattern(choice.only)
    let except = names.pattern(choice.except)
    self.only = only
    self.except = except
    func isWanted(_ type: String) -> Bool { only?.holds(type) ?? true && !except.holds(type) }
    let entries = specs.flatMap(\.entries)
    var parents: Set<String> = []
    var open = Set(entries.map(\.type).filter(isWanted))
    var seen: Set<String> = []
    while let type = open.popFirst() {
      guard seen.insert(type).inserted else { continue }
      for parent in entries.filter({ $0.type == type }).flatMap(\.parents) where !except.holds(parent) {
        if !isWanted(parent) { parents.insert(parent) }
        open.insert(parent)
      }
    }
    self.parents = parents
    self.specs = specs.compactMap { spec in
      var spec = spec
      spec.entries.removeAll { !isWanted($0.type) && !parents.contains($0.type) }
      return spec.entries.isEmpty ? nil : spec
    }
    var partial = Set(entries.filter { $0.parents.contains { except.holds($0) } }.map(\.type))
    if let isWhole {
      // What is listed for something of which only the changed is read comes in parts as well.
      let listed = Set(entries.map(\.type))
      func isPart(_ parent: String) -> Bool {
        partial.contains(parent)
          || (!["tenant", "organization"].contains(parent) && !listed.contains(parent) && !isWhole(parent))
      }
      var count = -1
      while count < partial.count {
        count = partial.count
        for entry in entries where entry.parents.contains(where: isPart) { partial.insert(entry.type) }
      }
    }
    self.partial = partial
  }

  func reads(_ type: String) -> Bool {
    parents.contains(type) || (only?.holds(type) ?? true && !except.holds(type))
  }

  /// Whether a row of the inventory is one to read.
  func reads(_ type: String, in location: String) -> Bool { reads(type) && locations.holds(location) }

  /// Whether not all there is comes, so that what is gone has to be found among what is known.
  var isBounded: Bool { isChosen || !locations.isEmpty }

  /// The condition of Resource Graph for what is read of a table; nil where there is nothing to read, empty for all.
  func condition(table: String) -> String? {
    var terms: [String] = []
    func quoted(_ texts: some Sequence<String>) -> String {
      texts.sorted().map { "'" + $0.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'" }
        .joined(separator: ",")
    }
    func match(_ types: Set<String>, _ providers: Set<String>) -> String {
      var parts: [String] = []
      if !types.isEmpty { parts.append("type in~ (\(quoted(types)))") }
      for provider in providers.sorted() { parts.append("type startswith \(quoted([provider + "/"]))") }
      return parts.joined(separator: " or ")
    }
    if except.inventory.contains(table), !parents.contains(where: { ResourceGraphTable.name(of: $0) == table }) {
      return nil
    }
    if let only, !only.inventory.contains(table) {
      let types = only.types.union(parents).filter { ResourceGraphTable.name(of: $0) == table }
      let providers = only.providers.filter { ResourceGraphTable.names(withTypesOf: $0 + "/").contains(table) }
      guard !types.isEmpty || !providers.isEmpty else { return nil }
      terms.append(match(types, providers))
    }
    let left = match(except.types, except.providers)
    if !left.isEmpty {
      terms.append(parents.isEmpty ? "not(\(left))" : "not(\(left)) or type in~ (\(quoted(parents)))")
    }
    if !locations.isEmpty {
      terms.append("location in~ (\(quoted(locations.names + ["global", ""]))) or isempty(location)")
    }
    return terms.map { "(\($0))" }.joined(separator: " and ")
  }

  /// Says what was covered of one account, of which all that the plan reads came from a source.
  ///
  /// - Parameter types: those of what came, and of what is known there.
  func cover(
    _ cloud: String, _ account: String, source: String, types: Set<String>, _ sink: CollectionSink
  ) {
    guard isBounded else {
      return sink.covered(Scope(cloud: cloud, account: account, region: source, type: Scope.everyType))
    }
    let read = types.union(names.types).filter {
      reads($0) && (cloud != "azure" || ResourceGraphTable.name(of: $0) == source)
    }
    // Where only some locations were read, the places are named: no resource is kept under them, so none is taken away.
    for place in locations.isEmpty ? [source] : locations.names {
      for type in read { sink.covered(Scope(cloud: cloud, account: account, region: place, type: type)) }
    }
  }
}
