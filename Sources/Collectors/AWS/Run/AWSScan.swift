// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs
internal import Synchronization

/// One scan of one account: its runs, and what several of them say of the account and its regions.
final class AWSScan: Sendable {
  private struct Part {
    let service: String
    let item: Item
  }
  private struct Whole: Hashable {
    let type: String
    let region: String
  }

  let client: AWSClient
  let models: [String: ServiceModel]
  /// Of all specs those wanted.
  let specs: [CollectorSpec]
  private let all: [CollectorSpec]
  let identity: AWSIdentity
  let options: AWSScanOptions
  let sink: CollectionSink
  private let seen = Mutex<Set<String>>([])
  private let parts = Mutex<[Whole: [Part]]>([:])

  init(
    client: AWSClient, models: [String: ServiceModel], specs: [CollectorSpec], identity: AWSIdentity,
    options: AWSScanOptions, sink: CollectionSink
  ) {
    self.client = client
    self.models = models
    all = specs
    self.specs = options.selection.applied(to: specs)
    self.identity = identity
    self.options = options
    self.sink = sink
  }

  func isNew(_ id: String) -> Bool { seen.withLock { $0.insert(id).inserted } }

  func merge(_ item: Item, service: String, type: String) {
    parts.withLock { parts in
      parts[Whole(type: type, region: item.place.scopeRegion), default: []].append(Part(service: service, item: item))
    }
  }

  /// - Parameter changed: what is read again; nil for everything.
  func run(regions: [String], changed: ChangedServices? = nil) async throws {
    var runs: [ServiceRun] = []
    let global = RunPlace(
      partition: identity.partition, account: identity.account, region: identity.partition.homeRegion,
      scopeRegion: "global")
    let wide: Set<CollectorSpec.Level> =
      options.administersOrganization ? [.organization, .account] : [.account]
    var places: [RunPlace] = []
    for (place, levels) in [(global, wide)]
      + regions.map({ region in
        (
          RunPlace(partition: identity.partition, account: identity.account, region: region, scopeRegion: region),
          [.region]
        )
      })
    {
      let here = specs.filter { ServiceRun.has($0, levels) }
      let isGlobal = place.scopeRegion == "global"
      let touched = here.filter { changed?.touches($0, in: isGlobal ? nil : place.region, models) ?? true }
      // Many services add to the row of the account, and of a region: it is read whole or not at all.
      let hasRow = changed == nil || touched.contains { ServiceRun.tellsOfItself($0, levels) }
      if hasRow { places.append(place) }
      let names = Set(touched.map(\.service))
      for spec in here {
        let isTouched = names.contains(spec.service)
        guard isTouched || (hasRow && ServiceRun.tellsOfItself(spec, levels)) else { continue }
        runs.append(ServiceRun(spec: spec, scan: self, place: place, levels: levels, readsLists: isTouched))
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, run) in runs.enumerated() {
        if index >= options.servicesAtOnce { try await group.next() }
        group.addTask { try await run.run() }
      }
      try await group.waitForAll()
    }
    try finish(places)
  }

  /// Puts together what the runs said of the account and of each region.
  private func finish(_ places: [RunPlace]) throws {
    let parts = parts.withLock { $0 }
    func emit(_ type: String, _ place: RunPlace, id: String, name: String, location: String) throws {
      var whole = Item(base: .null, parent: nil, place: place)
      let pieces = (parts[Whole(type: type, region: place.scopeRegion)] ?? []).sorted { $0.service < $1.service }
      for piece in pieces {
        for (key, value) in piece.item.properties.thawed() { whole.properties.set(JSONPath(steps: [.key(key)]), value) }
        for (key, value) in piece.item.observed.thawed() { whole.observed.set(JSONPath(steps: [.key(key)]), value) }
        whole.tags = whole.tags ?? piece.item.tags
        whole.gaps += piece.item.gaps
      }
      for var gap in whole.gaps {
        gap.resourceId = id
        sink.gap(gap)
      }
      let paths = options.selection.unread(of: type, in: all)
      let unread = paths.isEmpty ? [] : [ResourceGap(paths: paths, reason: "NotSelected")]
      let scope = Scope(cloud: "aws", account: place.account, region: place.scopeRegion, type: type)
      try sink.resource(
        ResourceRecord(
          scope: scope, document: whole.row(type: type, id: id, name: name, location: location),
          gaps: whole.gaps.map { ResourceGap(paths: $0.paths, reason: $0.reason.rawValue) } + unread))
      sink.covered(scope)
    }
    let account = identity.account
    let partition = identity.partition.id
    for place in places {
      if place.scopeRegion == "global" {
        try emit(
          "aws::::account", place, id: "arn:\(partition):iam::\(account):root", name: account, location: "global")
      } else {
        let region = place.region
        try emit(
          "aws::::region", place, id: "arn:\(partition):ec2:\(region):\(account):region/\(region)", name: region,
          location: region)
      }
    }
  }
}
