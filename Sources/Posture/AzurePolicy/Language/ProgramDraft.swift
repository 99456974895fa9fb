// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// The parts of a program while it is compiled. Paths that are the same are kept once.
struct ProgramDraft {
  /// Values that are not in the definition as they are compared.
  struct Constants {
    private var values: [ARMValue] = []

    mutating func add(_ value: ARMValue) -> Int {
      values.append(value)
      return values.count - 1
    }

    /// The document, and the node of each value.
    func nodes() -> (document: JSONDocument, nodes: [UInt32]) {
      var builder = JSONBuilder()
      for value in values { value.write(into: &builder) }
      let document = builder.finish()
      return (document, (0..<document.rootCount).map { document.rootNode(at: $0) })
    }

    func finish() -> JSONDocument { nodes().document }
  }

  var constants = Constants()
  var nodes: [RuleNode] = []
  var steps: [PathStep] = []
  var keys: [UInt8] = []
  var paths: [PathRange] = []
  var counts: [RuleCount] = []
  var templates: [PolicyTemplate] = []
  var fields: [FieldSource] = []
  var named: [String: FieldSource] = [:]
  private var known: [String: UInt32] = [:]

  /// The index of a path.
  mutating func path(_ path: FieldPath, type: String?) -> UInt32 {
    let key = "\(path.steps)\(path.isLoose)\(type ?? "")"
    if let index = known[key] { return index }
    let first = UInt32(steps.count)
    for step in path.steps {
      switch step {
      case .key(let name):
        let bytes = Array(name.utf8)
        steps.append(PathStep(kind: .key, length: UInt16(clamping: bytes.count), offset: UInt32(keys.count)))
        keys += bytes
      case .index(let index): steps.append(PathStep(kind: .index, length: 0, offset: UInt32(clamping: index)))
      case .all: steps.append(PathStep(kind: .all, length: 0, offset: 0))
      }
    }
    let index = UInt32(paths.count)
    paths.append(
      PathRange(
        first: first, count: UInt16(clamping: path.steps.count), isLoose: path.isLoose,
        type: type.map { TypeHash.of($0) } ?? 0))
    known[key] = index
    return index
  }

  /// Puts the nodes of constants where their indices stood.
  mutating func settle() {
    let at = constants.nodes().nodes
    for index in nodes.indices where nodes[index].wantedIn == .constants {
      nodes[index].wanted = at[Int(nodes[index].wanted)]
    }
    for index in nodes.indices where nodes[index].kind == .constant {
      nodes[index].source = at[Int(nodes[index].source)]
    }
    counts = counts.map { count in
      guard case .constant(let value, .constants) = count.source else { return count }
      return RuleCount(
        source: .constant(at[Int(value)], .constants), name: count.name, path: count.path, type: count.type)
    }
  }
}
