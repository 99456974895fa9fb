// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// An element that a count is at.
struct CountScope {
  let value: ARMValue
  let count: RuleCount
  /// The path of the counted array where the version of the API chose another than the count's own.
  let chosen: FieldPath?

  /// The rest of a path that leads through the counted elements; nil where it does not.
  func rest(of path: FieldPath, type: String?) -> FieldPath? {
    guard let own = chosen ?? count.path, count.type == type, path.steps.starts(with: own.steps) else { return nil }
    return FieldPath(steps: Array(path.steps.dropFirst(own.steps.count)), isLoose: path.isLoose)
  }
}

/// What surrounds the expressions of a policy while a resource is judged.
struct PolicyEnvironment: ARMEnvironment {
  let subject: PolicySubject
  /// The resource of the `if`, while a related resource is judged: field() asks for it.
  let main: PolicySubject?
  let surroundings: Surroundings
  let scopes: [CountScope]
  let program: PolicyProgram
  let policy: CompiledPolicy

  private var context: PolicyContext { surroundings.context }
  var now: Double? { context.now }
  var missingIsNull: Bool { true }

  func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    switch name {
    case "field":
      guard arguments.count == 1, let field = arguments[0].string else {
        throw ARMError(.wrongArguments, at: offset, "field() takes the name of a field")
      }
      return try self.field(field, at: offset)
    case "current": return try current(arguments, at: offset)
    case "utcnow":
      guard let now else { return .unknown("utcNow(): the time is not known") }
      let date = ARMDate(seconds: Int64(now.rounded(.down)), nanoseconds: Int64((now - now.rounded(.down)) * 1e9))
      let format = arguments.first?.string ?? "yyyy-MM-ddTHH:mm:ss.fffffffK"
      do { return .string(try date.formatted(format)) } catch { throw ARMError(.failed, at: offset, error.message) }
    case "subscription": return surrounding(context.subscription, "the subscription")
    case "resourcegroup": return surrounding(context.resourceGroup, "the resource group")
    case "managementgroup": return surrounding(context.managementGroup, "the management group")
    case "tenant": return surrounding(context.tenant, "the tenant")
    case "policy": return surrounding(context.policy, "the assignment")
    case "requestcontext": return surrounding(context.requestContext, "the request")
    case "claims": return .unknown("claims() are known only while a request is made")
    default: throw ARMError(.unknownFunction, at: offset, "\(name)() has no meaning here")
    }
  }

  private func surrounding(_ value: JSONValue?, _ what: String) -> ARMValue {
    value.map { ARMValue($0) } ?? .unknown("\(what) is not known")
  }

  /// The source of a field whose name is known only now.
  func source(of name: String, at offset: Int) throws(ARMError) -> FieldSource {
    if let source = program.named[name] ?? program.named[name.lowercased()] { return source }
    switch policy.aliases.field(name, allowsPaths: policy.allowsPaths) {
    case .source(let source), .assumed(let source): return source
    case .unknown: throw ARMError(.failed, at: offset, "no field is called '\(name)'")
    }
  }

  // MARK: field()

  private func field(_ name: String, at offset: Int) throws(ARMError) -> ARMValue {
    let source = try source(of: name, at: offset)
    if let path = Self.path(of: source, subject), let (value, rest) = scoped(path, type: source.type) {
      return collected(rest, in: value, isCollection: true)
    }
    // In an existenceCondition the function asks for the resource of the `if`, unless the alias is only the related's.
    let owner: PolicySubject
    if let main, source.type == nil || source.type == main.type.lowercased() { owner = main } else { owner = subject }
    return Self.value(of: source, in: owner)
  }

  /// The path of a source for a subject; nil where it is none.
  static func path(of source: FieldSource, _ subject: PolicySubject) -> FieldPath? {
    switch source.kind {
    case .path(let path): path
    case .byType(let paths): paths[subject.type.lowercased()]
    case .byVersion(let paths, let path): subject.apiVersion.flatMap { paths[$0.lowercased()] } ?? path
    case .fullName, .apiVersion: nil
    }
  }

  /// What field() gives: all values of a path with wildcards, the one of another; "" where it is missing.
  static func value(of source: FieldSource, in subject: PolicySubject) -> ARMValue {
    switch source.kind {
    case .fullName: return fullName(subject).map { .string($0) } ?? .string("")
    case .apiVersion: return subject.apiVersion.map { .string($0) } ?? .string("")
    default: break
    }
    guard source.type == nil || subject.typeHash == 0 || source.type == subject.type.lowercased(),
      let path = path(of: source, subject)
    else { return source.hasWildcard ? .array([]) : .string("") }
    let found = path.nodes(in: subject.resource)
    if path.hasWildcard { return .array(found.compactMap { $0.map { ARMValue($0) } }) }
    if let value = found.first ?? nil, !value.isNull { return ARMValue(value) }
    if let gap = subject.gap(at: path) { return .unknown(gap) }
    return .string("")
  }

  private func collected(_ path: FieldPath, in value: ARMValue, isCollection: Bool) -> ARMValue {
    if path.steps.isEmpty { return isCollection ? .array([value]) : value }
    guard case .document(let json) = value else { return isCollection ? .array([]) : .null }
    let found = path.nodes(in: json).compactMap { $0.map { ARMValue($0) } }
    return isCollection || path.hasWildcard ? .array(found) : found.first ?? .null
  }

  /// The innermost element that a path leads through, and the rest of the path.
  private func scoped(_ path: FieldPath, type: String?) -> (ARMValue, FieldPath)? {
    for scope in scopes.reversed() {
      if let rest = scope.rest(of: path, type: type) { return (scope.value, rest) }
    }
    return nil
  }

  /// The name with those of its parents: from the id, else as the document has it.
  static func fullName(_ subject: PolicySubject) -> String? {
    if let own = subject.resource.member(ignoringCase: "fullName")?.string { return own }
    let name = subject.resource.member(ignoringCase: "name")?.string
    guard let id = subject.resource.member(ignoringCase: "id")?.string else { return name }
    let parts = id.split(separator: "/")
    guard let at = parts.lastIndex(where: { $0.lowercased() == "providers" }), parts.count > at + 3 else { return name }
    let names = stride(from: at + 3, to: parts.count, by: 2).map { String(parts[$0]) }
    return names.joined(separator: "/")
  }

  // MARK: current()

  private func current(_ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    guard let argument = arguments.first else {
      guard let scope = scopes.last else { throw ARMError(.failed, at: offset, "current() stands only in a count") }
      return scope.value
    }
    guard arguments.count == 1, let name = argument.string?.lowercased() else {
      throw ARMError(.wrongArguments, at: offset, "current() takes the name of a count")
    }
    if let scope = scopes.last(where: { $0.count.name == name }) { return scope.value }
    if name.contains("["), let source = try? source(of: name, at: offset), let path = Self.path(of: source, subject),
      let (value, rest) = scoped(path, type: source.type)
    {
      return collected(rest, in: value, isCollection: false)
    }
    let names = scopes.map(\.count.name).filter { !$0.isEmpty }.joined(separator: ", ")
    throw ARMError(
      .failed, at: offset, "no count around is called '\(name)'" + (names.isEmpty ? "" : "; there is \(names)"))
  }
}

extension PolicySubject {
  /// Why nothing is known at a path; nil where what is missing there is not there.
  func gap(at path: FieldPath) -> String? {
    if gaps.isEmpty { return nil }
    let keys = path.steps.map { step -> String in
      switch step {
      case .key(let key): key
      case .index(let index): "[\(index)]"
      case .all: "[*]"
      }
    }.joined(separator: ".").replacing(".[", with: "[")
    return gaps.first { gap in
      let (short, long) = gap.path.utf8.count < keys.utf8.count ? (gap.path, keys) : (keys, gap.path)
      guard long.hasPrefix(short) else { return false }
      let next = long.utf8.dropFirst(short.utf8.count).first
      return short.isEmpty || next == nil || next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
    }?.reason
  }
}
