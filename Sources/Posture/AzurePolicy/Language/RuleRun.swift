// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// What a condition says: it holds, it does not, or that is not known.
enum Truth: UInt8 {
  case no, yes, unknown

  @inline(__always) init(_ holds: Bool) { self = holds ? .yes : .no }
  @inline(__always) var negated: Truth { self == .yes ? .no : self == .no ? .yes : .unknown }
}

/// One evaluation of one program over one resource. Lives while the buffers that it is made of do.
struct RuleRun {
  /// Most conditions and elements that one evaluation visits.
  static let stepLimit = 1_000_000

  let program: PolicyProgram
  let rule: UnsafeBufferPointer<RuleNode>
  let paths: UnsafeBufferPointer<PathRange>
  let walk: PathWalk
  let definition: JSONNodes
  let constants: JSONNodes
  let subject: PolicySubject
  let root: Int
  let main: PolicySubject?
  let context: Surroundings
  let policy: CompiledPolicy
  let hasGaps: Bool

  /// Conditions that decided so far: those of a branch that did not decide are taken back.
  var trail: [LeafRecord] = []
  /// Nodes of the elements that counts are at; -1 for those that are no part of the resource.
  var elements: [Int] = []
  var scopes: [CountScope] = []
  var reason = ""
  var visited = 0
  /// Elements that met the `where` of an outermost count; nil where nobody asks.
  var matches: [Int]?

  /// Runs `body` over a program and a resource.
  static func with<R>(
    _ program: PolicyProgram, _ policy: CompiledPolicy, _ subject: PolicySubject, main: PolicySubject?,
    _ context: Surroundings, _ body: (inout RuleRun) -> R
  ) -> R {
    program.nodes.withUnsafeBufferPointer { rule in
      program.paths.withUnsafeBufferPointer { paths in
        program.steps.withUnsafeBufferPointer { steps in
          program.keys.withUnsafeBufferPointer { keys in
            program.definition.withNodes { definition in
              program.constants.withNodes { constants in
                subject.resource.document.withNodes { nodes in
                  var run = RuleRun(
                    program: program, rule: rule, paths: paths,
                    walk: PathWalk(steps: steps, keys: keys, nodes: nodes), definition: definition,
                    constants: constants, subject: subject, root: Int(subject.resource.node), main: main,
                    context: context, policy: policy, hasGaps: !subject.gaps.isEmpty)
                  return body(&run)
                }
              }
            }
          }
        }
      }
    }
  }

  private init(
    program: PolicyProgram, rule: UnsafeBufferPointer<RuleNode>, paths: UnsafeBufferPointer<PathRange>, walk: PathWalk,
    definition: JSONNodes, constants: JSONNodes, subject: PolicySubject, root: Int, main: PolicySubject?,
    context: Surroundings, policy: CompiledPolicy, hasGaps: Bool
  ) {
    self.program = program
    self.rule = rule
    self.paths = paths
    self.walk = walk
    self.definition = definition
    self.constants = constants
    self.subject = subject
    self.root = root
    self.main = main
    self.context = context
    self.policy = policy
    self.hasGaps = hasGaps
    trail.reserveCapacity(8)
  }

  mutating func unknown(_ why: String) -> Truth {
    if reason.isEmpty { reason = why }
    return .unknown
  }

  /// Whether the condition at `index` holds.
  mutating func truth(_ index: Int) -> Truth {
    visited &+= 1
    if visited > Self.stepLimit { return unknown("judging takes more than \(Self.stepLimit) steps") }
    let node = rule[index]
    switch node.kind {
    case .allOf: return group(node, index, decisive: .no)
    case .anyOf: return group(node, index, decisive: .yes)
    case .not: return truth(index + 1).negated
    case .path:
      let path = paths[Int(node.source)]
      if path.type != 0, subject.typeHash != 0, path.type != subject.typeHash {
        return node.hasWildcard ? leaf(index, node, all: path, from: -1) : leaf(index, node, -1)
      }
      return leaf(index, node, path, from: root)
    case .scoped:
      let element = elements[Int(node.scope)]
      return element < 0 ? leaf(index, node, -1) : leaf(index, node, paths[Int(node.source)], from: element)
    case .constant: return compared(index, node, NodeValue(nodes: constants, node: Int(node.source)), actual: 0)
    case .value: return value(index, node)
    case .namedField, .field: return field(index, node)
    case .count: return count(index, node)
    }
  }

  @inline(__always) private mutating func group(_ node: RuleNode, _ index: Int, decisive: Truth) -> Truth {
    let mark = trail.count
    var at = index + 1
    var result = decisive.negated
    while at < Int(node.end) {
      let before = trail.count
      let child = truth(at)
      if child == decisive {
        // The others did not decide.
        if before > mark { trail.removeSubrange(mark..<before) }
        return decisive
      }
      if child == .unknown { result = .unknown }
      at = Int(rule[at].end)
    }
    return result
  }

  // MARK: Fields

  @inline(__always) private mutating func leaf(_ index: Int, _ node: RuleNode, _ path: PathRange, from: Int) -> Truth {
    node.hasWildcard ? leaf(index, node, all: path, from: from) : leaf(index, node, walk.node(at: path, from: from))
  }

  @inline(__always) private mutating func leaf(_ index: Int, _ node: RuleNode, _ at: Int) -> Truth {
    if hasGaps, at < 0 || walk.nodes.kind(at) == .null, let gap = gap(node) { return unknown(gap) }
    return compared(index, node, NodeValue(nodes: walk.nodes, node: at), actual: UInt32(truncatingIfNeeded: at + 1))
  }

  private func gap(_ node: RuleNode) -> String? {
    guard node.kind == .path || node.kind == .scoped else { return subject.gaps.first { $0.path.isEmpty }?.reason }
    let own = path(node.source)
    let outer = node.kind == .scoped ? scopes[Int(node.scope)].count.path?.steps ?? [] : []
    return subject.gap(at: FieldPath(steps: outer + own.steps))
  }

  /// A compiled path as it was.
  func path(_ index: UInt32) -> FieldPath {
    let range = paths[Int(index)]
    return FieldPath(
      steps: (Int(range.first)..<Int(range.first) + Int(range.count)).map { at in
        let step = walk.steps[at]
        switch step.kind {
        case .key:
          let bytes = walk.keys[Int(step.offset)..<Int(step.offset) + Int(step.length)]
          return .key(String(decoding: bytes, as: UTF8.self))
        case .index: return .index(Int(step.offset))
        case .all: return .all
        }
      }, isLoose: range.isLoose)
  }

  /// All that a path selects must meet the condition; a selection of nothing does.
  private mutating func leaf(_ index: Int, _ node: RuleNode, all path: PathRange, from: Int) -> Truth {
    let mark = trail.count
    var result = Truth.yes
    var seen = 0
    if from >= 0 {
      // The elements are gathered first: judging them changes the run.
      var found: [Int] = []
      _ = walk.each(at: path, from: from) { at in
        found.append(at)
        return true
      }
      if found.isEmpty, hasGaps, let gap = gap(node) { return unknown(gap) }
      visited &+= found.count
      for at in found {
        seen += 1
        trail.removeSubrange(mark...)
        let one = compared(
          index, node, NodeValue(nodes: walk.nodes, node: at), actual: UInt32(truncatingIfNeeded: at + 1))
        if one == .no { return .no }
        if one == .unknown { result = .unknown }
      }
    }
    if seen == 0 { trail.append(LeafRecord(node: UInt32(index), actual: 0)) }
    return result
  }

  @inline(__always) mutating func compared(
    _ index: Int, _ node: RuleNode, _ actual: NodeValue, actual record: UInt32
  ) -> Truth {
    let holds: Bool
    switch node.wantedIn {
    case .definition where !node.isSpaceless:
      holds = PolicyComparison.holds(node.condition, actual, NodeValue(nodes: definition, node: Int(node.wanted)))
    case .constants where !node.isSpaceless:
      holds = PolicyComparison.holds(node.condition, actual, NodeValue(nodes: constants, node: Int(node.wanted)))
    default: return comparedSlowly(index, node, actual, actual: record)
    }
    trail.append(LeafRecord(node: UInt32(truncatingIfNeeded: index), actual: record))
    return Truth(holds != node.isNegated)
  }

  @inline(never) private mutating func comparedSlowly(
    _ index: Int, _ node: RuleNode, _ actual: NodeValue, actual record: UInt32
  ) -> Truth {
    var wanted: JSONValue
    switch node.wantedIn {
    case .definition: wanted = JSONValue(document: program.definition, node: node.wanted)
    case .constants: wanted = JSONValue(document: program.constants, node: node.wanted)
    case .template:
      let value = evaluated(program.templates[Int(node.wanted)])
      if let reason = value.firstReason { return unknown(reason) }
      if node.condition == .in, !value.isArray { return unknown("in needs an array, not \(value.kindName)") }
      wanted = (node.isSpaceless ? RuleCompilation.spaceless(value) : value).json
    }
    trail.append(LeafRecord(node: UInt32(truncatingIfNeeded: index), actual: record))
    let holds = wanted.document.withNodes { nodes in
      let wanted = NodeValue(nodes: nodes, node: Int(wanted.node))
      let hasSpace = node.isSpaceless && actual.isText && actual.withText { $0.contains(UInt8(ascii: " ")) } ?? false
      guard hasSpace else { return PolicyComparison.holds(node.condition, actual, wanted) }
      let text = actual.withText { String(decoding: $0.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self) } ?? ""
      let value = ARMValue.string(text).json
      return value.document.withNodes {
        PolicyComparison.holds(node.condition, NodeValue(nodes: $0, node: Int(value.node)), wanted)
      }
    }
    return Truth(holds != node.isNegated)
  }

  // MARK: Values that are computed

  var environment: PolicyEnvironment {
    PolicyEnvironment(
      subject: subject, main: main, surroundings: context, scopes: scopes, program: program, policy: policy)
  }

  /// The value of a template; unknown where an expression fails.
  func evaluated(_ template: PolicyTemplate) -> ARMValue { template.value(in: environment) }

  private mutating func compared(_ index: Int, _ node: RuleNode, _ value: ARMValue) -> Truth {
    if let reason = value.firstReason { return unknown(reason) }
    let json = value.json
    return json.document.withNodes {
      compared(index, node, NodeValue(nodes: $0, node: Int(json.node)), actual: 0)
    }
  }

  private mutating func value(_ index: Int, _ node: RuleNode) -> Truth {
    // An expression costs as much as some conditions.
    visited &+= 7
    let value = evaluated(program.templates[Int(node.source)])
    let result = compared(index, node, value)
    guard value.isNull, result != .unknown, node.condition == .equals || node.condition == .in else { return result }
    // A property that is missing, such as a tag of the resource group, is "" as well: so do Azure's own policies ask
    // whether it is there.
    trail.removeLast()
    let empty = compared(index, node, .string(""))
    return node.isNegated ? (result == .yes ? empty : result) : (result == .yes ? result : empty)
  }

  /// A field whose name, path or value is found only now.
  private mutating func field(_ index: Int, _ node: RuleNode) -> Truth {
    let source: FieldSource
    if node.kind == .field {
      source = program.fields[Int(node.source)]
    } else {
      let name = evaluated(program.templates[Int(node.source)])
      if let reason = name.reason { return unknown(reason) }
      guard let text = name.string else { return unknown("the name of a field is a string, not \(name.kindName)") }
      do throws(ARMError) { source = try environment.source(of: text, at: 0) } catch { return unknown(error.message) }
    }
    switch source.kind {
    case .fullName: return compared(index, node, PolicyEnvironment.fullName(subject).map { .string($0) } ?? .null)
    case .apiVersion: return compared(index, node, subject.apiVersion.map { .string($0) } ?? .null)
    default: break
    }
    let isOther = source.type.map { subject.typeHash != 0 && TypeHash.of($0) != subject.typeHash } ?? false
    guard !isOther, let path = PolicyEnvironment.path(of: source, subject) else {
      return source.hasWildcard ? .yes : leaf(index, node, -1)
    }
    var (from, rest) = (subject.resource, path)
    for scope in scopes.reversed() {
      guard let inner = scope.rest(of: path, type: source.type) else { continue }
      if case .document(let element) = scope.value { (from, rest) = (element, inner) }
      break
    }
    if hasGaps, let gap = subject.gap(at: path), rest.nodes(in: from).allSatisfy({ $0?.isNull ?? true }) {
      return unknown(gap)
    }
    let mark = trail.count
    var result = Truth.yes
    for found in rest.nodes(in: from) {
      trail.removeSubrange(mark...)
      let one = leaf(index, node, found.map { Int($0.node) } ?? -1)
      if one == .no { return .no }
      if one == .unknown { result = .unknown }
    }
    if trail.count == mark { trail.append(LeafRecord(node: UInt32(index), actual: 0)) }
    return result
  }

  // MARK: Applicability

  /// Whether the conditions on type, name and kind alone let the rule hold: all others are taken to say what they must.
  ///
  /// - Parameters:
  ///   - positive: whether the condition must hold for the rule to; false below a `not`.
  ///   - onlyType: whether name and kind are left out as well.
  mutating func relaxed(_ index: Int, positive: Bool, onlyType: Bool) -> Truth {
    let node = rule[index]
    switch node.kind {
    case .allOf, .anyOf:
      let decisive: Truth = node.kind == .allOf ? .no : .yes
      var result = decisive.negated
      var at = index + 1
      while at < Int(node.end) {
        let child = relaxed(at, positive: positive, onlyType: onlyType)
        if child == decisive { return decisive }
        if child == .unknown { result = .unknown }
        at = Int(rule[at].end)
      }
      return result
    case .not: return relaxed(index + 1, positive: !positive, onlyType: onlyType).negated
    case .count: return Truth(positive)
    default:
      let isAsked = node.role == .type || !onlyType && node.role != .other
      return isAsked ? truth(index) : Truth(positive)
    }
  }
}
