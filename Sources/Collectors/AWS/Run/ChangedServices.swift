// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Services in which something was written since a time, by region, as CloudTrail's history of management events tells.
/// It keeps 90 days in every account, with or without a trail.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>
struct ChangedServices: Sendable {
  /// First parts of event sources (`ec2` of `ec2.amazonaws.com`), by region.
  private(set) var sources: [String: Set<String>] = [:]
  /// A region was opened or closed, so that there is more than changes to read.
  private(set) var hasOtherRegions = false

  /// Seconds by which events may be late.
  private static let lateness = 900.0

  mutating func learn(_ event: JSONValue, in region: String) {
    guard let source = event["EventSource"]?.string else { return }
    sources[region, default: []].insert(String(source.prefix { $0 != "." }))
    if ["EnableRegion", "DisableRegion"].contains(event["EventName"]?.string) { hasOtherRegions = true }
  }

  /// Asks every region for what was written in it; nil where one does not tell.
  static func since(
    _ time: Double, regions: [String], _ client: AWSClient, _ model: ServiceModel, _ account: String,
    _ sink: CollectionSink
  ) async throws -> ChangedServices? {
    let input = JSONDraft.object([
      ("StartTime", .int(Int64(time - lateness))),
      (
        "LookupAttributes",
        .array([.object([("AttributeKey", .string("ReadOnly")), ("AttributeValue", .string("false"))])])
      ),
    ])
    do {
      return try await withThrowingTaskGroup(of: (String, [JSONValue]).self) { group in
        for region in regions {
          group.addTask {
            let answer = try await client.whole(
              model, "LookupEvents", input: input, region: region, deadline: .now + .seconds(600))
            return (region, answer["Events"].map { Array($0.elements) } ?? [])
          }
        }
        var changed = ChangedServices()
        for try await (region, events) in group {
          for event in events { changed.learn(event, in: region) }
        }
        return changed
      }
    } catch let failure as AWSFailure {
      if Task.isCancelled { throw CancellationError() }
      sink.note(
        "account \(account) does not tell what changed (cloudtrail:LookupEvents: \(failure.code)): everything is read")
      return nil
    }
  }

  /// Whether a spec's services were written to in a region, or in any where it is the account's.
  func touches(_ spec: CollectorSpec, in region: String?, _ models: [String: ServiceModel]) -> Bool {
    let written = region.map { sources[$0] ?? [] } ?? sources.values.reduce(into: []) { $0.formUnion($1) }
    return spec.services.contains { name in
      guard let model = models[name] else { return written.contains(name) }
      return !written.isDisjoint(with: [name, model.endpointPrefix, model.signingName])
    }
  }
}

extension CollectorSpec {
  /// The services that it asks.
  fileprivate var services: Set<String> {
    var services: Set = [service]
    for entry in entries {
      if case .operation(let listing) = entry.origin { services.insert(listing.call.service) }
      services.formUnion(entry.steps.map(\.call.service))
    }
    return services
  }
}
