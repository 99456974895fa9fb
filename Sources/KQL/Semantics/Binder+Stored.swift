// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What the catalog holds besides tables: stored functions and watchlists.
extension Binder {
  /// A function that can be called, with the text that its places refer to.
  struct Callable {
    let parameters: [ParameterSyntax]
    let body: [StatementSyntax]
    let closure: [String: Binding]
    let bytes: [UInt8]
    /// Whether the catalog holds the function, so that its text is not that of the query.
    var isStored = false
  }

  func isFunction(_ name: String) -> Bool {
    if case .function = environment[name] { return true }
    return environment[name] == nil && catalog.functions[name] != nil
  }

  /// The function of the query's let statements or of the catalog.
  func function(_ name: String, _ range: Range<Int>) throws(KQLError) -> Callable? {
    if case .function(let parameters, let body, let closure) = environment[name] {
      return Callable(parameters: parameters, body: body, closure: closure, bytes: bytes)
    }
    guard environment[name] == nil, let text = catalog.functions[name] else { return nil }
    do throws(KQLError) {
      var parser = try Parser("let stored =\n\(text)")
      guard case .letValue(_, .function(let parameters, let body), _) = try parser.statements().first else {
        throw fail(.data, "the stored function '\(name)' is written as no function: (a: long) { ... }", range)
      }
      return Callable(parameters: parameters, body: body, closure: [:], bytes: parser.bytes, isStored: true)
    } catch {
      throw error.inside(name)
    }
  }

  /// A table that is called with arguments, as parsers are that were given by their schema only: it binds, and a run says
  /// what is missing.
  func refused(_ table: BoundQuery, _ range: Range<Int>) -> BoundQuery {
    let text = bytes
    var refused = table
    refused.plan = .step(table.plan, name: "refuse") { _, _ in
      throw KQLError(
        .notSupported, "this is a table and takes no arguments; store a function of that name to give them a meaning",
        range, in: text)
    }
    return refused
  }

  mutating func watchlist(_ arguments: [ExprSyntax], _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    guard let first = arguments.first, let alias = try fixed(first).folded()?.string else {
      throw fail(.arguments, "_GetWatchlist() takes the alias of a watchlist as a text", range)
    }
    let named =
      catalog.watchlists[alias] ?? catalog.watchlists.first { $0.key.lowercased() == alias.lowercased() }?.value
    if let source = named ?? catalog.table(alias)?.source {
      return BoundQuery(plan: .scan(source), schema: source.schema, name: alias)
    }
    let missing = fail(
      .unknownName, "there is no watchlist '\(alias)'", range,
      suggestion: Spelling.nearest(to: alias, in: catalog.watchlists.keys))
    if forgivesMissing { throw missing }
    return absent(missing, [Field("SearchKey", .string)], name: alias)
  }

  /// Rows of which only the place is known: any name is a column, and a run says what is missing.
  func absent(_ missing: KQLError, _ schema: Schema, name: String) -> BoundQuery {
    var rows = BoundQuery(
      plan: .step(.rows([], schema.map(\.type)), name: "missing") { _, _ in throw missing }, schema: schema, name: name)
    rows.isOpen = true
    return rows
  }

  /// Whether a name is that of one of Microsoft Sentinel's parsers, which every workspace there has.
  static func isSentinelParser(_ name: String) -> Bool {
    if ["_Im_", "_ASim_", "_ASIM_"].contains(where: name.hasPrefix) { return true }
    guard let lead = ["im", "vim", "ASim"].first(where: name.hasPrefix) else { return false }
    let schemas = [
      "AlertEvent", "AuditEvent", "Authentication", "DhcpEvent", "Dns", "FileEvent", "NetworkSession", "ProcessCreate",
      "ProcessEvent", "ProcessTerminate", "Registry", "UserManagement", "WebSession",
    ]
    return schemas.contains { name.dropFirst(lead.count).hasPrefix($0) }
  }

  /// The rows of one of Microsoft Sentinel's parsers, where the catalog has none of that name.
  func sentinelRows(_ name: String, _ range: Range<Int>) throws(KQLError) -> BoundQuery? {
    guard Self.isSentinelParser(name), environment[name] == nil, catalog.functions[name] == nil,
      catalog.table(name) == nil
    else { return nil }
    let missing = fail(
      .unknownFunction, "there is no function '\(name)': store one that gives what Sentinel's parser does", range)
    if forgivesMissing { throw missing }
    return absent(missing, [Field("TimeGenerated", .datetime)], name: name)
  }

  /// The query that a pattern has for its arguments, where the expression calls one.
  mutating func choose(_ expression: ExprSyntax) throws(KQLError) -> BoundQuery? {
    var arguments: [ExprSyntax]
    let called: String
    switch expression.kind {
    case .call(let name, let list): (called, arguments) = (name, list)
    case .member(let base, let path):
      guard case .call(let name, let list) = base.kind else { return nil }
      (called, arguments) = (name, list + [ExprSyntax(kind: .literal(.string(path)), range: expression.range)])
    case .index(let base, let path):
      guard case .call(let name, let list) = base.kind else { return nil }
      (called, arguments) = (name, list + [path])
    default: return nil
    }
    guard let pattern = patterns[called] else { return nil }
    var values: [Scalar] = []
    for argument in arguments {
      guard let value = try fixed(argument).folded() else {
        throw fail(.arguments, "the arguments of a pattern are constants", argument.range)
      }
      values.append(value)
    }
    for choice in pattern.choices {
      var wanted: [Scalar] = []
      for argument in choice.arguments + (choice.path.map { [$0] } ?? []) {
        wanted.append(try fixed(argument).folded() ?? .null(.string))
      }
      guard wanted.count == values.count, zip(wanted, values).allSatisfy({ $0.text == $1.text }) else { continue }
      var inner = self
      for (parameter, value) in zip(pattern.parameters, values) {
        inner.environment[parameter.name] = .scalar(.literal(value))
      }
      return try inner.bind(choice.body)
    }
    throw fail(
      .unknownName, "the pattern '\(called)' has nothing for \(values.map(\.text).joined(separator: ", "))",
      expression.range)
  }
}
