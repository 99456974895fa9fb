// SPDX-License-Identifier: Apache-2.0
package import Inventory
package import JSON
internal import Synchronization

/// What the twin serves: documents by their ids, in the shape of rows of `resources`, and what was written to them.
///
/// Ids but ARNs have no case, as in Azure; the case a document came with is kept.
package final class TwinEstate: Sendable {
  /// One write, with what was there before and after.
  package struct Change: Sendable {
    package let cloud: String
    package let method: String
    package let id: String
    package let before: JSONValue?
    package let after: JSONValue?
    /// Seconds since 1970.
    package let time: Double
    /// What went with it, as it was below it.
    package let below: [JSONValue]
  }

  private struct State {
    var documents: [String: JSONValue] = [:]
    /// Keys in the order in which the documents came, for lists that are the same each time: of all, of a type, of what is
    /// right below a path.
    var order: [String] = []
    var byType: [String: [String]] = [:]
    var byFolder: [String: [String]] = [:]
    var changes: [Change] = []
    /// Rises with each write: what is derived from the documents is kept until then.
    var generation = 0
    /// The generations in which documents of a type were written, with their keys, and the last in which one came or went.
    var written: [String: [(generation: Int, key: String)]] = [:]
    var regrouped: [String: Int] = [:]

    mutating func put(_ document: JSONValue, at key: String) {
      let type = document["type"]?.string ?? ""
      generation += 1
      if let before = documents.updateValue(document, forKey: key) {
        if Self.place(before) != Self.place(document) { regrouped[type] = generation }
        written[type, default: []].append((generation, key))
      } else {
        regrouped[type] = generation
        order.append(key)
        byType[type, default: []].append(key)
        byFolder[Self.folder(of: key), default: []].append(key)
      }
    }

    /// What documents are told apart by: one that moves is found anew.
    private static func place(_ document: JSONValue) -> [String?] {
      [document["type"]?.string, document["subscriptionId"]?.string, document["location"]?.string]
    }

    /// Takes a document away, and what lies below it.
    mutating func remove(_ key: String) {
      let gone = Set(order.filter { $0 == key || $0.hasPrefix(key + "/") })
      for key in gone {
        let type = documents[key]?["type"]?.string ?? ""
        byType[type]?.removeAll { gone.contains($0) }
        regrouped[type] = generation + 1
        byFolder[Self.folder(of: key)] = byFolder[Self.folder(of: key)]?.filter { !gone.contains($0) }
        documents[key] = nil
      }
      order.removeAll(where: gone.contains)
      generation += 1
    }

    static func folder(of key: String) -> String { key.lastIndex(of: "/").map { String(key[..<$0]) } ?? "" }
  }
  private let state = Mutex(State())
  private let journal: (@Sendable (Change) -> Void)?
  /// Types that Azure Resource Manager has and Resource Graph has not.
  private let lacking: Set<String>
  /// Documents that were collected from Resource Manager though Resource Graph may have their type.
  private let collectedApart: Set<String>
  /// What the scans that the documents come from could not read.
  let unread: [CoverageGap]

  /// - Parameters:
  ///   - lacking: lower-case types that Resource Graph does not have.
  ///   - collectedApart: lower-case ids that it does not have either.
  ///   - unread: what is not known of them.
  ///   - journal: is told of every write.
  package init(
    _ documents: some Sequence<JSONValue>, lacking: Set<String> = [], collectedApart: Set<String> = [],
    unread: [CoverageGap] = [], journal: (@Sendable (Change) -> Void)? = nil
  ) {
    self.journal = journal
    self.lacking = lacking
    self.collectedApart = collectedApart
    self.unread = unread
    for document in documents { put(document) }
  }

  /// Everything in a snapshot of the store. The scope a document was collected in tells which API it came from.
  package convenience init(
    _ snapshot: Snapshot, lacking: Set<String>, journal: (@Sendable (Change) -> Void)? = nil
  ) {
    let documents = snapshot.documents
    let apart = snapshot.states.filter { $0.scope.cloud == "azure" && $0.scope.region == "global" }
    self.init(
      (0..<documents.rootCount).lazy.map { documents.root(at: $0) }, lacking: lacking,
      collectedApart: Set(apart.map { $0.id.lowercased() }), unread: snapshot.gaps, journal: journal)
  }

  /// The table of Resource Graph that a document is in; nil for none.
  func table(of document: JSONValue) -> String? {
    guard let id = document["id"]?.string, let type = document["type"]?.string,
      document["cloud"]?.string ?? "azure" == "azure", !collectedApart.contains(Self.key(id))
    else { return nil }
    return TwinTable.of(type, lacking: lacking)
  }

  /// ARNs have case, and the slashes at their ends are theirs.
  private static func key(_ id: String) -> String {
    if id.hasPrefix("arn:") { return id }
    var id = Substring(id)
    while id.last == "/" { id.removeLast() }
    return id.lowercased()
  }

  private func put(_ document: JSONValue) {
    guard let id = document["id"]?.string else { return }
    state.withLock { $0.put(document, at: Self.key(id)) }
  }

  package var generation: Int { state.withLock { $0.generation } }
  package var count: Int { state.withLock { $0.documents.count } }
  package var changes: [Change] { state.withLock { $0.changes } }

  package func document(_ id: String) -> JSONValue? { state.withLock { $0.documents[Self.key(id)] } }

  /// Documents in the order in which they came.
  package func documents(where isWanted: (JSONValue) -> Bool = { _ in true }) -> [JSONValue] {
    state.withLock { state in state.order.compactMap { state.documents[$0] } }.filter(isWanted)
  }

  /// Documents of a type, in lower case.
  package func documents(ofType type: String) -> [JSONValue] {
    state.withLock { state in (state.byType[type] ?? []).compactMap { state.documents[$0] } }
  }

  /// The generation in which a document of a type, in lower case, was last written.
  func generation(ofType type: String) -> Int {
    state.withLock { max($0.written[type]?.last?.generation ?? 0, $0.regrouped[type] ?? 0) }
  }

  /// The documents of a type that were written since a generation; nil where one came, went or moved, so that everything
  /// is to be looked at again.
  func written(ofType type: String, since generation: Int) -> [JSONValue]? {
    state.withLock { state in
      guard state.regrouped[type] ?? 0 <= generation else { return nil }
      let newer = (state.written[type] ?? []).reversed().prefix { $0.generation > generation }
      return Set(newer.map(\.key)).compactMap { state.documents[$0] }
    }
  }

  /// Documents whose ids are a path and one segment more.
  package func documents(in folder: String) -> [JSONValue] {
    state.withLock { state in (state.byFolder[Self.key(folder)] ?? []).compactMap { state.documents[$0] } }
  }

  /// Puts a document in its place, or takes it away where `document` is nil.
  package func write(_ id: String, _ document: JSONValue?, cloud: String, method: String) {
    let key = Self.key(id)
    let change = state.withLock { state -> Change in
      let before = state.documents[key]
      let isBelow = { (other: String) in document == nil && other.hasPrefix(key + "/") }
      let below = state.order.filter(isBelow).compactMap { state.documents[$0] }
      if let document { state.put(document, at: key) } else { state.remove(key) }
      let change = Change(
        cloud: cloud, method: method, id: id, before: before, after: document, time: TokenIssuer.now, below: below)
      state.changes.append(change)
      return change
    }
    journal?(change)
  }
}

extension TwinEstate.Change {
  /// The write as one line of JSON.
  package var line: [UInt8] {
    JSONDraft.object([
      ("cloud", .string(cloud)), ("method", .string(method)), ("id", .string(id)),
      ("before", before.map(JSONDraft.value) ?? .null), ("after", after.map(JSONDraft.value) ?? .null),
    ]).document().root.serialized() + [0x0A]
  }
}
