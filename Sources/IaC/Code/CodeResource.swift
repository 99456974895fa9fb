// SPDX-License-Identifier: Apache-2.0

/// A resource that code describes, in the shape in which its cloud would show it.
package struct CodeResource: Sendable {
  /// Which kind of code it is of.
  package enum Source: String, Sendable { case terraform, arm, cloudformation, plan }

  package var source: Source
  /// How the language names it: `aws_s3_bucket.logs["eu"]`, `AWS::S3::Bucket.Logs`.
  package var address: String
  /// Lower case, as in `resources`: `aws::s3::bucket`.
  package var type: String
  /// `aws`, `azure`, `gcp`.
  package var cloud: String
  /// Unique in one run; a cloud's id as far as the code tells it.
  package var id: String
  /// What other resources may name it by: its name, its ARN, its address.
  package var handles: [String]
  /// Where the block that describes it begins.
  package var place: CodePlace
  /// Calls of modules or nested templates that lead here, outermost first.
  package var chain: [CodePlace]
  /// A row of `resources`: `properties`, `tags`, `location`, ...
  package var body: CodeNode
  /// Paths below `observed` that the code settles, so that an absent one is not there.
  package var settled: [[String]] = []
  /// What a mapping tells of; what stands elsewhere is not known. Nil where the code has the native shape itself.
  package var told: ToldPaths?
  /// Whether it is only a part of a resource, of which nothing is known but ``told``.
  package var isPartial = false
  /// What the code says of the resource to tools: `Metadata` of CloudFormation, `metadata` of ARM.
  package var metadata: CodeNode?

  package init(
    source: Source, address: String, type: String, cloud: String, id: String, handles: [String],
    place: CodePlace, chain: [CodePlace] = [], body: CodeNode
  ) {
    self.source = source
    self.address = address
    self.type = type
    self.cloud = cloud
    self.id = id
    self.handles = handles
    self.place = place
    self.chain = chain
    self.body = body
  }
}

/// Native paths that a mapping tells of, one object for all resources that it maps.
package final class ToldPaths: Sendable {
  package let paths: [[String]]

  init(_ paths: [[String]]) { self.paths = paths }

  /// Whether the mapping says what is at a path or below it, if only that nothing is there.
  package func contains(_ path: [String]) -> Bool {
    paths.contains { path.starts(with: $0) || $0.starts(with: path) }
  }
}

/// What could not be followed while code was evaluated; shown beside the findings.
package struct CodeGap: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case module, variable, function, type, file
    /// An expression that fails, or refers to what is not there.
    case expression
  }
  package var kind: Kind
  /// The name of the module, variable, function or type.
  package var name: String
  package var reason: String
  package var place: CodePlace

  package init(_ kind: Kind, _ name: String, _ reason: String, at place: CodePlace) {
    self.kind = kind
    self.name = name
    self.reason = reason
    self.place = place
  }
}

/// All that a folder of code describes.
package struct CodeEstate: Sendable {
  package var resources: [CodeResource] = []
  package var gaps: [CodeGap] = []
  /// Files that cannot be read, each with its place and mend; the others were read.
  package var errors: [CodeError] = []

  package init() {}
}
