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
  private struct Held {
    let version: Int
    let item: AWSItem?
  }
  private struct Group {
    let generation: Int
    let items: [AWSItem]
  }
  private struct GroupName: Hashable {
    let entry: Int
    let place: Where
  }
  private struct KeyName: Hashable {
    let number: Int
    let place: Where
  }
  private struct Keys {
    let generation: Int
    let rows: [String: [Int]]
  }
  private struct Rows {
    let generation: Int
    let byPlace: [Where: [TwinEstate.Row]]
    let byAccount: [String: [TwinEstate.Row]]
  }
  private struct State {
    var rows: [String: Rows] = [:]
    var held: [Int: [String: Held]] = [:]
    var groups: [GroupName: Group] = [:]
    var keys: [KeyName: Keys] = [:]
  }

  let estate: TwinEstate
  private let state = Mutex(State())

  /// The account of rows that name none.
  private let home: String

  init(_ estate: TwinEstate, home: String) {
    self.estate = estate
    self.home = home
  }

  /// The items of an entry in an account and, where the entry is asked by region, a region.
  func items(_ entry: AWSEntry, _ place: AWSPlace) -> [AWSItem] {
    let whole = Self.place(of: entry, place)
    let generation = estate.generation(ofType: entry.type)
    let name = GroupName(entry: entry.number, place: whole)
    if let group = state.withLock({ $0.groups[name] }), group.generation == generation { return group.items }
    let rows = rows(entry.type, generation)
    var wanted = whole.region.isEmpty ? rows.byAccount[whole.account] ?? [] : rows.byPlace[whole] ?? []
    if wanted.isEmpty, let document = Self.ownRow(entry, place) {
      wanted = [TwinEstate.Row(key: document["id"]?.string ?? "", version: -1, document: document)]
    }
    let before = state.withLock { $0.held[entry.number] ?? [:] }
    var after: [(String, Held)] = []
    var items: [AWSItem] = []
    let home = AWSPlace(
      partition: place.partition, account: place.account,
      region: whole.region.isEmpty ? Self.homeRegion(place.partition) : whole.region)
    for row in wanted {
      var held = before[row.key]
      if held?.version != row.version {
        held = Held(version: row.version, item: AWSItem(row.document, entry, home))
        if let held { after.append((row.key, held)) }
      }
      if let item = held?.item { items.append(item) }
    }
    let group = Group(generation: generation, items: items)
    state.withLock { [after] state in
      for (key, held) in after { state.held[entry.number, default: [:]][key] = held }
      state.groups[name] = group
    }
    return items
  }

  /// The items of a use that are what `inputs` of a request say.
  ///
  /// - Parameter key: the use's inputs as the request has them, in the order of the spec.
  func items(_ use: AWSCatalog.Use, _ place: AWSPlace, key: String) -> [AWSItem] {
    let items = items(use.entry, place)
    let found = rows(of: use, named: use.number * 2, use.entry, items, place, key) { use.key(of: $0) }
    return found.compactMap { items.indices.contains($0) ? items[$0] : nil }
  }

  /// Whether there is a resource of `parent` that a list for each of them can be asked of.
  func hasParent(_ use: AWSCatalog.Use, _ parent: AWSEntry, _ place: AWSPlace, key: String) -> Bool {
    !rows(of: use, named: use.number * 2 + 1, parent, items(parent, place), place, key) { use.key(ofParent: $0) }
      .isEmpty
  }

  private func rows(
    of use: AWSCatalog.Use, named number: Int, _ entry: AWSEntry, _ items: [AWSItem], _ place: AWSPlace,
    _ wanted: String,
    _ key: (AWSItem) -> String?
  ) -> [Int] {
    let generation = estate.generation(ofType: entry.type)
    let name = KeyName(number: number, place: Self.place(of: entry, place))
    if let keys = state.withLock({ $0.keys[name] }), keys.generation == generation { return keys.rows[wanted] ?? [] }
    var rows: [String: [Int]] = [:]
    for (index, item) in items.enumerated() {
      if let key = key(item) { rows[key, default: []].append(index) }
    }
    let keys = Keys(generation: generation, rows: rows)
    state.withLock { $0.keys[name] = keys }
    return keys.rows[wanted] ?? []
  }

  private func rows(_ type: String, _ generation: Int) -> Rows {
    if let rows = state.withLock({ $0.rows[type] }), rows.generation == generation { return rows }
    var byPlace: [Where: [TwinEstate.Row]] = [:]
    var byAccount: [String: [TwinEstate.Row]] = [:]
    for row in estate.rows(ofType: type) {
      var account = row.document["subscriptionId"]?.string ?? ""
      if account.isEmpty { account = home }
      byPlace[Where(account: account, region: row.document["location"]?.string ?? ""), default: []].append(row)
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
