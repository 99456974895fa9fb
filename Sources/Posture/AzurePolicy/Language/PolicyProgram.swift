// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// A node of a compiled condition. Nodes lie in one array, each followed by what is below it.
struct RuleNode: Sendable {
  enum Kind: UInt8, Sendable {
    case allOf, anyOf, not
    /// A field at a path of the resource.
    case path
    /// A field at a path below the element that a count is at.
    case scoped
    /// A field that is found in another way.
    case field
    /// A value that is the same for all resources.
    case constant
    /// A value, or a field's name, that is computed for each resource.
    case value, namedField
    case count
  }

  /// Where what is compared with stands.
  enum Wanted: UInt8, Sendable { case definition, constants, template }
  /// What a condition says about which resource it is, for applicability.
  enum Role: UInt8, Sendable { case other, type, name, kind }

  var kind: Kind
  var condition: PolicyOperator = .equals
  var isNegated = false
  var role = Role.other
  var wantedIn = Wanted.definition
  var hasWildcard = false
  /// Whether spaces do not count: `East US` is `eastus`.
  var isSpaceless = false
  /// The count whose element a scoped field is below, from the outermost.
  var scope: UInt8 = 0
  /// The node after all that is below this one.
  var end: UInt32 = 0
  /// Index of the path, the template, the field or the count.
  var source: UInt32 = 0
  /// Node of the value that is compared with, or index of its template.
  var wanted: UInt32 = 0
  /// Node of the condition in the definition's document.
  var place: UInt32
}

/// A step of a compiled path.
struct PathStep: Sendable {
  enum Kind: UInt8, Sendable { case key, index, all }
  let kind: Kind
  let length: UInt16
  /// Where the key's bytes begin; the index of an element.
  let offset: UInt32
}

struct PathRange: Sendable {
  let first: UInt32
  let count: UInt16
  let isLoose: Bool
  /// Hash of the type that has the field; 0 where all may have it.
  let type: UInt64
}

/// A collection that is counted.
final class RuleCount: Sendable {
  enum Source: Sendable {
    /// Elements at a path of the resource, or below the element of an outer count.
    case path(UInt32)
    case scoped(UInt32, UInt8)
    case constant(UInt32, RuleNode.Wanted)
    case template(UInt32)
    case field(UInt32)
  }
  let source: Source
  /// The name by which current() asks for the element.
  let name: String
  /// The path of the collection in the resource, and the lower-case type that has it; nil for values.
  let path: FieldPath?
  let type: String?

  init(source: Source, name: String, path: FieldPath?, type: String?) {
    self.source = source
    self.name = name
    self.path = path
    self.type = type
  }
}

/// A compiled condition: a rule's `if` and the existenceCondition of its details.
final class PolicyProgram: Sendable {
  let definition: JSONDocument
  let constants: JSONDocument
  let nodes: [RuleNode]
  let steps: [PathStep]
  let keys: [UInt8]
  let paths: [PathRange]
  let counts: [RuleCount]
  let templates: [PolicyTemplate]
  let fields: [FieldSource]
  /// The fields that expressions name, by lower-case name.
  let named: [String: FieldSource]

  init(_ draft: ProgramDraft, definition: JSONDocument) {
    self.definition = definition
    constants = draft.constants.finish()
    nodes = Array(draft.nodes[...])
    steps = Array(draft.steps[...])
    keys = Array(draft.keys[...])
    paths = Array(draft.paths[...])
    counts = draft.counts
    templates = draft.templates
    fields = draft.fields
    named = draft.named
  }

  /// Bytes that the program takes beyond the definition and what is shared; expressions are estimated by their texts.
  var heldBytes: Int {
    128 + constants.heldBytes + nodes.count * MemoryLayout<RuleNode>.stride + keys.count
      + steps.count * MemoryLayout<PathStep>.stride + paths.count * MemoryLayout<PathRange>.stride
      + counts.count * 96 + templates.count * 160
      + fields.count * MemoryLayout<FieldSource>.stride + named.count * 96
  }
}

/// Hashes of lower-case resource types (FNV-1a, 64 bits).
enum TypeHash {
  static func of(_ type: String) -> UInt64 {
    var type = type
    return type.withUTF8 { of($0) }
  }

  static func of(_ type: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in type { hash = (hash ^ UInt64(ARMText.lower(byte))) &* 0x0000_0100_0000_01B3 }
    return hash == 0 ? 1 : hash
  }
}
