// SPDX-License-Identifier: Apache-2.0

/// What a value hangs on that is not known before the code is applied.
package struct Reference: Sendable, Hashable {
  package enum Kind: String, Sendable {
    /// An attribute that a resource or data source gets when it is made or read.
    case resource, data
    /// An input variable without a value.
    case variable
    /// An output of a module whose code is not there.
    case module
    /// A function that depends on the time, on chance or on what is outside of the code.
    case function
    /// An expression that failed; the run's diagnostics tell why.
    case error
  }

  package let kind: Kind
  /// `aws_s3_bucket.logs["eu"]`, `data.aws_ami.this`, `var.region`, `module.vpc`, `timestamp()`: with the path of the module
  /// that it stands in.
  package let address: String
  /// What is taken of it: `.id`, `.root_block_device[0].volume_id`; empty for the whole.
  package let path: String

  package init(_ kind: Kind, _ address: String, path: String = "") {
    self.kind = kind
    self.address = address
    self.path = path
  }

  func adding(_ step: String) -> Reference { Reference(kind, address, path: path + step) }

  package var text: String { address + path }
}

/// A value that is not known, with what is known about it.
package final class Unknown: Sendable {
  /// What is known of an unknown value besides its type.
  package enum Twin: Sendable {
    /// The string is the JSON form of this value, parts of which are unknown.
    case json(Value)
    /// The string is these values one after the other.
    case text([Value])
    /// The value is one of these; which, hangs on a condition.
    case either(Value, Value)
    /// A set of these, of which it is not known whether they differ.
    case elements([Value])
    /// A collection of which each element is this; which there are is not known.
    case each(Value)
  }

  package let type: ValueType
  /// What would decide the value; the first few where there are many.
  package let sources: [Reference]
  /// Whether the value is what its one source names, and nothing made of it: two such values of one source are equal.
  package let isItself: Bool
  package let twin: Twin?
  /// The argument of a resource that it was read from, which others made.
  package let argument: Reference?

  private static let mostSources = 8

  package init(
    _ type: ValueType, sources: [Reference], isItself: Bool = false, twin: Twin? = nil, argument: Reference? = nil
  ) {
    self.type = type
    var unique: [Reference] = []
    for source in sources where unique.count < Self.mostSources && !unique.contains(source) { unique.append(source) }
    self.sources = unique
    self.isItself = isItself && unique.count == 1
    self.twin = twin
    self.argument = argument
  }

  /// The same value, read from an argument of a resource.
  func read(from argument: Reference) -> Unknown {
    Unknown(type, sources: sources, isItself: isItself, twin: twin, argument: argument)
  }

  /// The attribute of a resource, variable or output that this value is, where it is one.
  package var identity: Reference? { isItself ? sources.first : nil }
}
