// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// How AWS services talk.
package enum WireProtocol: String, Sendable {
  case query, ec2, json
  case restJSON = "rest-json"
  case restXML = "rest-xml"
}

/// One service's wire facts, as `Scripts/aws-operations.py` writes them.
package struct ServiceModel: Sendable {
  package let service: String
  package let wireProtocol: WireProtocol
  let apiVersion: String
  let endpointPrefix: String
  package let signingName: String
  let serviceID: String
  let targetPrefix: String?
  let jsonVersion: String
  let endpoints: [String: PartitionEndpoints]
  package let operations: [String: OperationModel]
  let shapes: [Shape]
}

/// Where a service answers in a partition.
struct PartitionEndpoints: Sendable {
  var regions: Set<String> = []
  var hosts: [String: String] = [:]
  var globalHost: String?
  var globalRegion: String?
}

/// How one operation is called.
package struct OperationModel: Sendable {
  package let name: String
  let method: String
  let uri: String
  let input: Int?
  let output: Int?
  /// The element that wraps the answer of the query protocol.
  let wrapper: String?
  /// The one member that the root element itself is.
  let root: String?
  let hostPrefix: String?
  let isUnsigned: Bool
  let pages: Paging?
  let errors: [String]

  struct Paging: Sendable {
    let input: [String]
    /// For each input its sources, the first that is there holds.
    let output: [[JSONPath]]
    let items: [JSONPath]
    let more: JSONPath?
  }
}

/// The shape of a value on the wire.
struct Shape: Sendable {
  enum Kind: String, Sendable {
    case structure, list, map, string, character, integer, long, float, double, boolean, timestamp, blob, document
    case bigdecimal, biginteger
    case short, byte
  }
  enum TimeFormat: String, Sendable { case iso8601, rfc822, unixTimestamp }

  var kind: Kind
  var members: [Member] = []
  var byWireName: [String: Int] = [:]
  var payload: String?
  /// Elements of a list, values of a map.
  var element = 0
  var elementName: String?
  var key = 0
  var keyName = "key"
  var valueName = "value"
  var isFlat = false
  var format: TimeFormat?
  /// Whether JSON of this shape needs rewriting: it holds timestamps, blobs or renamed members.
  var needsRewriting = false

  struct Member: Sendable {
    enum Location: String, Sendable { case body, uri, querystring, header, headers, statusCode }
    let name: String
    let wireName: String
    let queryName: String?
    let shape: Int
    let location: Location
    let isFlat: Bool
    let isAttribute: Bool
    let isHostLabel: Bool
    let isToken: Bool
    let format: TimeFormat?
  }

  func member(named name: String) -> Member? { members.first { $0.name == name } }
}
