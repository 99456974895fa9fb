// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inventory
import JSON
import KQL

/// A store in a folder of its own, removed at the end.
struct Scratch: ~Copyable {
  let directory = NSTemporaryDirectory() + "plumb-inventory-" + UUID().uuidString
  func open() throws -> Store { try Store(directory: directory) }
  deinit { try? FileManager.default.removeItem(atPath: directory) }
}

let type = "aws::s3::bucket"
func scope(_ region: String = "global", _ type: String = type) -> Scope {
  Scope(cloud: "aws", account: "1", region: region, type: type)
}
func bucket(_ name: String, _ properties: String = "{}", region: String = "global", gaps: [ResourceGap] = [])
  throws
  -> ResourceRecord
{
  let text =
    #"{"id":"arn:\#(name)","name":"\#(name)","type":"\#(type)","subscriptionId":"1","properties":\#(properties)}"#
  return ResourceRecord(scope: scope(region), document: try JSONDocument.parse(text), gaps: gaps)
}

func scan(
  _ store: Store, at time: Int64, _ records: [ResourceRecord], covered: [Scope] = [scope()], gaps: [CoverageGap] = [],
  account: String = "1"
)
  throws
{
  let session = try store.beginScan(started: time)
  for record in records { try session.add(record) }
  for scope in covered { session.covered(scope) }
  for gap in gaps { session.gap(gap) }
  try session.commit(cloud: "aws", account: account, finished: time + 1, calls: 3)
}

/// The rows of a query, a text each.
func rows(_ query: String, _ catalog: Catalog) throws -> [String] {
  let rows = try Query(query, catalog: catalog).run(now: 0).rows
  return (0..<rows.count).map { row in rows.columns.map { $0[row].text }.joined(separator: "|") }
}
