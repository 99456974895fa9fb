// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/resources` and `/api/v1/changes`
enum ResourceEndpoints {
  static let all = [list, one, findings, versions, changes]

  private static let members: [Schema.Member] = [
    .init("key", .string, "Its name in paths of this API."), .init("id", .string), .init("name", .string),
    .init("type", .string), .init("cloud", .string), .init("account", .string), .init("location", .string),
    .init("resourceGroup", .string), .init("kind", .string), .init("tags", .map(.string)),
    .init("lastSeen", .optional(.dateTime), "The beginning of the scan that last read it."),
    .init("faults", .integer, "Findings of it that count."),
    .init("worst", .optional(.word(FindingEndpoints.severities)), "The severity of the most severe of these."),
  ]
  static let schema = Schema.named("Resource", .object(members))

  private static let key = Parameter(
    "key", in: .path, "The resource's key, or its id with each / written as %2F.")

  static let filters: [Parameter] = [
    Parameter("type", "Only of these types; may be given again, as the others.", .texts),
    Parameter("cloud", "Only of these clouds.", .texts),
    Parameter("account", "Only of these accounts, subscriptions or projects.", .texts),
    Parameter("location", "Only in these places.", .texts),
    Parameter("resourceGroup", "Only of these resource groups.", .texts),
    Parameter("kind", "Only of these kinds.", .texts),
    Parameter("source", "Only those that came from these sources.", .texts),
    Parameter("name", "Only of these names.", .texts),
    Parameter("tag", "Only those with one of these tags: name=value, or name.", .texts),
    Parameter("text", "A part of the id or the name.", .text(0...500)),
    Parameter("hasFaults", "Only those with findings that count, or only the others.", .boolean),
    Parameter("worst", "Only those whose worst fault is one of these.", .array(.word(FindingEndpoints.severities))),
  ]

  private static let sorts = ResourceSort.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }
  private static let facetFields: [ResourceField] = [
    .type, .cloud, .account, .location, .resourceGroup, .kind, .source,
  ]

  static func filter(_ call: APICall) -> ResourceFilter {
    var filter = ResourceFilter()
    for field in ResourceField.allCases where field != .id {
      let values = call.texts(field.rawValue)
      if !values.isEmpty { filter.values[field] = values }
    }
    filter.text = call.text("text") ?? ""
    (filter.tags, filter.hasFaults, filter.worst) = (call.texts("tag"), call.flag("hasFaults"), call.texts("worst"))
    return filter
  }

  private static let list = APIRoute.ofState.endpoint(
    .get, "/resources", .read, "The resources that are there",
    parameters: filters + [
      Parameter("sort", "By what; risk has the most severe faults first. - turns it round.", .word(sorts)),
      Parameter(
        "facets", "Fields of which the values are counted.", .array(.word(facetFields.map(\.rawValue) + ["tag"]))),
    ] + Paging.parameters, answers: [Answer(200, "A page of resources.", Paging.schema(schema, facets: true))]
  ) { call in
    let filter = filter(call)
    let sort = call.text("sort") ?? "id"
    let cursor = try call.cursor()
    let view = call.estate.resources
    let page = call.view.resources(
      filter, by: ResourceSort(rawValue: sort.hasPrefix("-") ? String(sort.dropFirst()) : sort) ?? .id,
      descending: sort.hasPrefix("-"), skipping: cursor?.skipped ?? 0,
      after: cursor.flatMap { ResourceKey.resource($0.after, call.view)?.row }, limit: call.limit)
    let wanted = call.texts("facets")
    var facets = facetFields.filter { wanted.contains($0.rawValue) }
      .map { (name: $0.rawValue, values: call.view.facet($0, filter)) }
    // Values of tags may be as many as resources: the most frequent tell what there is to choose from.
    if wanted.contains("tag") { facets.append(("tag", Array(call.view.tagFacet(filter).prefix(200)))) }
    return try call.page(page, name: { ResourceKey.text(view[$0]) }, facets: facets) { json, row in
      write(view[row], call.estate, into: &json)
    }
  }

  static func write(_ resource: ResourceRow, _ estate: EstateView, into json: inout JSONWriter) {
    json.member("key", ResourceKey.text(resource))
    json.member("id", resource.id)
    json.member("name", resource.name)
    json.member("type", resource.type)
    json.member("cloud", resource.cloud)
    json.member("account", resource.account)
    json.member("location", resource.location)
    json.member("resourceGroup", resource.resourceGroup)
    json.member("kind", resource.kind)
    json.member("tags") { json in for tag in resource.tags { json.member(tag.name, tag.value) } }
    json.member("lastSeen", time: resource.lastSeen)
    json.member("faults", Int(estate.faults[resource.row]))
    let worst = Int(estate.worst[resource.row])
    json.member("worst", orNull: worst == 0 ? nil : Severity.allCases[worst - 1].rawValue)
  }

  static func resource(_ call: APICall) throws(Problem) -> ResourceRow {
    guard let resource = ResourceKey.resource(call.path("key"), call.view) else { throw Problem(.notFound) }
    return resource
  }

  private static let one = APIRoute.ofState.endpoint(
    .get, "/resources/{key}", .read, "A resource with its document", parameters: [key],
    answers: [
      Answer(
        200, "The resource.",
        .named(
          "ResourceDetail",
          .object(
            members + [
              .init("document", .anything, "The row of `resources`: columns of Azure Resource Graph, then ours."),
              .init("since", .dateTime, "Since when it is so."),
            ])))
    ]
  ) { call in
    let resource = try resource(call)
    let (store, type, id) = (call.services.inventory, resource.type, resource.id)
    guard let newest = try await Blocking.run({ try store.versions(type: type, id: id, limit: 1).first }) else {
      throw Problem(.notFound)
    }
    return call.reply { json in
      write(resource, call.estate, into: &json)
      json.key("document")
      json.value(newest.document.root)
      json.member("since", time: newest.since)
    }
  }

  private static let findings = APIRoute.ofState.endpoint(
    .get, "/resources/{key}/findings", .read, "The findings of a resource, what counts first",
    parameters: [key] + Paging.parameters,
    answers: [Answer(200, "A page of findings.", Paging.schema(FindingEndpoints.schema))]
  ) { call in
    let rows = call.view.findings(of: try resource(call))
    return try call.page(of: rows, name: \.id) { json, row in FindingEndpoints.write(row, call.estate, into: &json) }
  }

  static let difference = Schema.array(
    .object([.init("path", .string), .init("before", .anything), .init("after", .anything)]))

  private static let versions = APIRoute.ofState.endpoint(
    .get, "/resources/{key}/versions", .read, "What a resource was over time, and what changed",
    parameters: [key],
    answers: [
      Answer(
        200, "The newest 200 states, the newest first.",
        .object([
          .init(
            "items",
            .array(
              .object([
                .init("since", .dateTime), .init("until", .optional(.dateTime)),
                .init("changes", difference, "Against the state before; empty for the first."),
              ])))
        ]))
    ]
  ) { call in
    let resource = try resource(call)
    let (store, type, id) = (call.services.inventory, resource.type, resource.id)
    let versions = try await Blocking.run { try store.versions(type: type, id: id) }
    return call.reply { json in
      json.member("items", versions.indices) { json, index in
        json.object { json in
          json.member("since", time: versions[index].since)
          json.member("until", time: versions[index].until)
          let before = index + 1 < versions.count ? versions[index + 1].document.root : nil
          let changes = before.map { JSONDiff.changes(from: $0, to: versions[index].document.root) } ?? []
          write(changes, into: &json)
        }
      }
    }
  }

  static func write(_ changes: [JSONChange], into json: inout JSONWriter) {
    json.member("changes", changes) { json, change in
      json.object { json in
        json.member("path", change.path.description)
        json.key("before")
        json.value(change.before ?? .null)
        json.key("after")
        json.value(change.after ?? .null)
      }
    }
  }

  private static let changes = APIRoute.ofState.endpoint(
    .get, "/changes", .read, "What changed in resources, the newest first",
    parameters: [
      Parameter("since", "Only at this time or later.", .dateTime),
      Parameter("until", "Only before this time.", .dateTime),
      Parameter("kind", "Only of these kinds.", .array(.word(ChangeKind.allCases.map(\.rawValue)))),
      Parameter("type", "Only of resources of these types.", .texts),
      Parameter("account", "Only of these accounts.", .texts),
      Parameter("resource", "Only of the resources with these ids.", .texts),
    ] + Paging.parameters,
    answers: [
      Answer(
        200,
        "A page of changes; of \(EstateViewMaker.changeLimit) of the newest, what is older is in `resourcechanges`.",
        Paging.schema(
          .object([
            .init("time", .dateTime), .init("kind", .word(ChangeKind.allCases.map(\.rawValue))),
            .init("resource", .string), .init("resourceKey", .string), .init("type", .string),
            .init("cloud", .string), .init("account", .string),
          ])))
    ]
  ) { call in
    let changes = call.estate.changes
    let (kinds, resources) = (call.texts("kind"), call.texts("resource"))
    let types = Set(call.texts("type").map { $0.lowercased() })
    let accounts = Set(call.texts("account").map { $0.lowercased() })
    let until = call.time("until") ?? .max
    let rows = call.view.changes(since: call.time("since") ?? .min) { row in
      changes.time[row] < until && (kinds.isEmpty || kinds.contains(changes.kind[row].rawValue))
        && (types.isEmpty || types.contains(changes.type[row].lowercased()))
        && (accounts.isEmpty || accounts.contains(changes.account[row].lowercased()))
        && (resources.isEmpty || resources.contains(changes.resource[row]))
    }
    func name(_ row: Int) -> String { "\(changes.time[row]) \(changes.type[row]) \(changes.resource[row])" }
    return try call.page(of: rows, name: name) { json, row in
      json.member("time", time: changes.time[row])
      json.member("kind", changes.kind[row].rawValue)
      json.member("resource", changes.resource[row])
      json.member("resourceKey", ResourceKey.text(type: changes.type[row], id: changes.resource[row]))
      json.member("type", changes.type[row])
      json.member("cloud", changes.cloud[row])
      json.member("account", changes.account[row])
    }
  }
}
