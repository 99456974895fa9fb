// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs
internal import Synchronization

/// The estate's documents of AWS as operations look for them: by type, account and region, and by what a request names.
///
/// Everything is made when it is first asked for, and anew only where documents of its type were written since.
final class AWSIndex: Sendable {
  private struct Where: Hashable {
    let account: String
    /// Empty for what an account has once.
    let region: String
  }
  /// Positions of items by what they are looked for by.
  private struct Lookup {
    let key: @Sendable (AWSItem) -> String?
    var rows: [String: [Int]] = [:]
  }
  /// The items of an entry in a place.
  private struct Group {
    var generation: Int
    var items: [AWSItem]
    var positions: [String: Int]
    var lookups: [String: Lookup] = [:]
  }
  private struct GroupName: Hashable {
    let entry: Int
    let place: Where
  }
  private struct Rows {
    let generation: Int
    let byPlace: [Where: [JSONValue]]
    let byAccount: [String: [JSONValue]]
  }
  private struct State {
    var rows: [String: Rows] = [:]
    var groups: [GroupName: Group] = [:]
  }

  let estate: TwinEstate
  private let state = Mutex(State())
  private let writing = Mutex<Void>(())
  /// The account of rows that name none.
  private let home: String

  init(_ estate: TwinEstate, home: String) {
    self.estate = estate
    self.home = home
  }

  /// Runs a write by itself: what it read is what it changes.
  func exclusively<R, Failure>(_ body: () throws(Failure) -> sending R) throws(Failure) -> R {
    try writing.withLock { _ throws(Failure) in try body() }
  }

  /// The items of an entry in an account and, where the entry is asked by region, a region.
  func items(_ entry: AWSEntry, _ place: AWSPlace) -> [AWSItem] { group(entry, place).items }

  /// Those of them that have a key.
  ///
  /// - Parameters:
  ///   - name: what is looked for by; the same name has the same `key`.
  ///   - key: what an item is found by.
  func items(
    _ entry: AWSEntry, _ place: AWSPlace, by name: String, _ wanted: some Sequence<String>,
    _ key: @escaping @Sendable (AWSItem) -> String?
  ) -> [AWSItem] {
    var group = group(entry, place)
    if group.lookups[name] == nil {
      var lookup = Lookup(key: key)
      for (position, item) in group.items.enumerated() {
        if let key = key(item) { lookup.rows[key, default: []].append(position) }
      }
      group.lookups[name] = lookup
      let groupName = GroupName(entry: entry.number, place: Self.place(of: entry, place))
      state.withLock { [lookup, group] state in
        guard state.groups[groupName]?.generation == group.generation else { return }
        state.groups[groupName]?.lookups[name] = lookup
      }
    }
    return wanted.flatMap { group.lookups[name]?.rows[$0] ?? [] }.map { group.items[$0] }
  }

  /// The items of a use that are what a request says.
  ///
  /// - Parameter key: the use's inputs as the request has them, in the order of the spec.
  func items(_ use: AWSCatalog.Use, _ place: AWSPlace, key: String) -> [AWSItem] {
    items(use.entry, place, by: "use \(use.number)", [key]) { use.key(of: $0) }
  }

  /// An item by its ARN or its own name.
  func items(_ entry: AWSEntry, _ place: AWSPlace, named name: String) -> AWSItem? {
    items(entry, place, by: "id", [name]) { $0.id }.first
      ?? items(entry, place, by: "name", [name]) { $0.document["name"]?.string }.first
      ?? items(entry, place, by: "end", [name]) { item in
        item.id.lastIndex { $0 == "/" || $0 == ":" }.map { String(item.id[item.id.index(after: $0)...]) }
      }.first
  }

  /// Whether there is a resource of `parent` that a list for each of them can be asked of.
  func hasParent(_ use: AWSCatalog.Use, _ parent: AWSEntry, _ place: AWSPlace, key: String) -> Bool {
    !items(parent, place, by: "parent \(use.number)", [key]) { use.key(ofParent: $0) }.isEmpty
  }

  // MARK: Making groups

  private func group(_ entry: AWSEntry, _ place: AWSPlace) -> Group {
    let whole = Self.place(of: entry, place)
    let name = GroupName(entry: entry.number, place: whole)
    let generation = estate.generation(ofType: entry.type)
    let home = AWSPlace(
      partition: place.partition, account: place.account,
      region: whole.region.isEmpty ? Self.homeRegion(place.partition) : whole.region)
    if let known = state.withLock({ $0.groups[name] }) {
      if known.generation == generation { return known }
      if let written = estate.written(ofType: entry.type, since: known.generation),
        let patched = patched(name, written, entry, home, generation)
      {
        return patched
      }
    }
    let rows = rows(entry.type, generation)
    var wanted = whole.region.isEmpty ? rows.byAccount[whole.account] ?? [] : rows.byPlace[whole] ?? []
    if wanted.isEmpty, let own = Self.ownRow(entry, place) { wanted = [own] }
    let items = wanted.compactMap { AWSItem($0, entry, home) }
    var positions: [String: Int] = [:]
    for (position, item) in items.enumerated() { positions[item.id] = position }
    let group = Group(generation: generation, items: items, positions: positions)
    state.withLock { $0.groups[name] = group }
    return group
  }

  /// The group with the documents that were written since in their places; nil where one is in no group or in another.
  private func patched(
    _ name: GroupName, _ written: [JSONValue], _ entry: AWSEntry, _ place: AWSPlace, _ generation: Int
  ) -> Group? {
    state.withLock { state in
      guard var group = state.groups.removeValue(forKey: name), group.generation <= generation else { return nil }
      for document in written {
        let id = document["id"]?.string ?? ""
        guard let position = group.positions[id] else {
          let region = document["location"]?.string ?? ""
          let isHere =
            document["subscriptionId"]?.string ?? "" == place.account
            && (name.place.region.isEmpty || name.place.region == region)
          if isHere, AWSItem(document, entry, place) != nil { return nil }
          continue
        }
        guard let item = AWSItem(document, entry, place) else { return nil }
        let before = group.items[position]
        group.items[position] = item
        for lookup in group.lookups.keys {
          guard let key = group.lookups[lookup]?.key, key(before) != key(item) else { continue }
          if let old = key(before) { group.lookups[lookup]?.rows[old]?.removeAll { $0 == position } }
          if let new = key(item) { group.lookups[lookup]?.rows[new, default: []].append(position) }
        }
      }
      group.generation = generation
      state.groups[name] = group
      return group
    }
  }

  private func rows(_ type: String, _ generation: Int) -> Rows {
    if let rows = state.withLock({ $0.rows[type] }), rows.generation == generation { return rows }
    var byPlace: [Where: [JSONValue]] = [:]
    var byAccount: [String: [JSONValue]] = [:]
    for row in estate.documents(ofType: type) {
      var account = row["subscriptionId"]?.string ?? ""
      if account.isEmpty { account = home }
      byPlace[Where(account: account, region: row["location"]?.string ?? ""), default: []].append(row)
      byAccount[account, default: []].append(row)
    }
    let rows = Rows(generation: generation, byPlace: byPlace, byAccount: byAccount)
    state.withLock { $0.rows[type] = rows }
    return rows
  }

  private static func place(of entry: AWSEntry, _ place: AWSPlace) -> Where {
    Where(account: place.account, region: entry.level == .region ? place.region : "")
  }

  static func homeRegion(_ partition: String) -> String {
    switch partition {
    case "aws-cn": "cn-north-1"
    case "aws-us-gov": "us-gov-west-1"
    default: "us-east-1"
    }
  }

  /// The row of the account or the region itself, for an estate that has none: nothing is set there.
  static func ownRow(_ entry: AWSEntry, _ place: AWSPlace) -> JSONValue? {
    switch entry.spec.origin {
    case .account:
      row(
        "arn:\(place.partition):iam::\(place.account):root", entry.type, name: place.account, location: "global",
        account: place.account)
    case .region:
      row(
        "arn:\(place.partition):ec2:\(place.region):\(place.account):region/\(place.region)", entry.type,
        name: place.region, location: place.region, account: place.account)
    case .operation: nil
    }
  }

  /// A row of `resources` without anything in it.
  static func row(_ id: String, _ type: String, name: String, location: String, account: String) -> JSONValue {
    JSONDraft.object([
      ("id", .string(id)), ("name", .string(name)), ("type", .string(type)), ("kind", .string("")),
      ("location", .string(location)), ("resourceGroup", .string("")), ("subscriptionId", .string(account)),
      ("tenantId", .string("")), ("cloud", .string("aws")), ("source", .string("live")), ("tags", .emptyObject),
      ("properties", .emptyObject), ("observed", .emptyObject),
    ]).document().root
  }
}

extension AWSCatalog.Use {
  /// The inputs by which a request names an item: those that are not the same for all.
  var named: [(key: String, mapping: Mapping)] {
    call.input.filter { !$0.mapping.isPlain }
  }

  /// What a request must say to mean the item; nil where the item does not tell.
  func key(of item: AWSItem) -> String? {
    var key = ""
    for (name, mapping) in named {
      let value: JSONDraft?
      if case .list = part {
        value = mapping.resolve(AWSParentSource(item: item)) ?? item.base[name]
      } else {
        value = mapping.resolve(item)
      }
      guard let text = value?.scalarText else { return nil }
      key += text + "\u{1}"
    }
    return key
  }

  /// What a request must say to ask for the children of a resource.
  func key(ofParent item: AWSItem) -> String? {
    var key = ""
    for (_, mapping) in named {
      guard let text = mapping.resolve(item)?.scalarText else { return nil }
      key += text + "\u{1}"
    }
    return key
  }

  /// The same of a request; nil where it lacks one of them.
  func key(of input: JSONDraft) -> String? {
    var key = ""
    for (name, _) in named {
      guard let text = input[name]?.scalarText else { return nil }
      key += text + "\u{1}"
    }
    return key
  }

  /// Whether the request asks for what this use is of: its constants are not contradicted.
  func fits(_ input: JSONDraft) -> Bool {
    call.input.allSatisfy { name, mapping in
      guard case .const(let constant) = mapping, let given = input[name], !given.isNull else { return true }
      if constant.isArray || given.isArray {
        let (wanted, asked) = (constant.elementList.map(\.scalarText), given.elementList.map(\.scalarText))
        return asked.isEmpty || wanted.contains { asked.contains($0) } || !isChoice(name)
      }
      if case .int = constant.finished.int64.map(JSONDraft.int) { return true }
      switch (constant.scalarText, given.scalarText) {
      // A wider question has the narrower one's answer in it.
      case ("false", "true"), ("false", "false"), ("true", "true"): return true
      case (let wanted, let asked): return wanted == asked
      }
    }
  }

  /// Whether a list of words in the input chooses what is listed, and does not only ask for more about it.
  private func isChoice(_ name: String) -> Bool { name == "Filter" }
}

extension Mapping {
  /// Whether the value is the same for all of a place.
  fileprivate var isPlain: Bool {
    switch self {
    case .const: true
    case .template(let template): template.parts.allSatisfy(\.isPlain)
    case .list(let mappings): mappings.allSatisfy(\.isPlain)
    default: false
    }
  }
}

extension Template.Part {
  /// Text, or what the account and region fill.
  fileprivate var isPlain: Bool {
    switch self {
    case .text: true
    case .hole(let name, _, let transform):
      transform == nil && ["partition", "account", "region", "dnsSuffix"].contains(name)
    }
  }
}
