// SPDX-License-Identifier: Apache-2.0
package import JSON

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
  package let apiVersion: String
  package let endpointPrefix: String
  package let signingName: String
  package let serviceID: String
  package let targetPrefix: String?
  package let jsonVersion: String
  package let endpoints: [String: PartitionEndpoints]
  package let operations: [String: OperationModel]
  package let shapes: [Shape]
}

/// Where a service answers in a partition.
package struct PartitionEndpoints: Sendable {
  package var regions: Set<String> = []
  package var hosts: [String: String] = [:]
  package var globalHost: String?
  package var globalRegion: String?
}

/// How one operation is called.
package struct OperationModel: Sendable {
  package let name: String
  package let method: String
  package let uri: String
  package let input: Int?
  package let output: Int?
  /// The element that wraps the answer of the query protocol.
  package let wrapper: String?
  /// The one member that the root element itself is.
  package let root: String?
  package let hostPrefix: String?
  package let isUnsigned: Bool
  package let pages: Paging?
  package let errors: [String]

  package struct Paging: Sendable {
    package let input: [String]
    /// For each input its sources, the first that is there holds.
    package let output: [[JSONPath]]
    package let items: [JSONPath]
    package let more: JSONPath?
  }
}

/// The shape of a value on the wire.
package struct Shape: Sendable {
  package enum Kind: String, Sendable {
    case structure, list, map, string, character, integer, long, float, double, boolean, timestamp, blob, document
    case bigdecimal, biginteger
    case short, byte
  }
  package enum TimeFormat: String, Sendable { case iso8601, rfc822, unixTimestamp }

  package var kind: Kind
  package var members: [Member] = []
  package var byWireName: [String: Int] = [:]
  package var payload: String?
  /// Elements of a list, values of a map.
  package var element = 0
  package var elementName: String?
  package var key = 0
  package var keyName = "key"
  package var valueName = "value"
  package var isFlat = false
  package var format: TimeFormat?
  /// Whether JSON of this shape needs rewriting: it holds timestamps, blobs or renamed members.
  package var needsRewriting = false

  package struct Member: Sendable {
    package enum Location: String, Sendable { case body, uri, querystring, header, headers, statusCode }
    package let name: String
    package let wireName: String
    package let queryName: String?
    package let shape: Int
    package let location: Location
    package let isFlat: Bool
    package let isAttribute: Bool
    package let isHostLabel: Bool
    package let isToken: Bool
    package let format: TimeFormat?
  }

  package func member(named name: String) -> Member? { members.first { $0.name == name } }
}
