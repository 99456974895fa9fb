// SPDX-License-Identifier: Apache-2.0

/// What the catalog holds besides tables: stored functions and watchlists.
extension Binder {
  /// A function that can be called, with the text that its places refer to.
  struct Callable {
    let parameters: [ParameterSyntax]
    let body: [StatementSyntax]
    let closure: [String: Binding]
    let bytes: [UInt8]
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
    var parser = try Parser("let stored = \(text)")
    guard case .letValue(_, .function(let parameters, let body), _) = try parser.statements().first else {
      throw fail(.data, "the stored function '\(name)' is written as no function: (a: long) { ... }", range)
    }
    return Callable(parameters: parameters, body: body, closure: [:], bytes: parser.bytes)
  }

  mutating func watchlist(_ arguments: [ExprSyntax], _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    guard let first = arguments.first, let alias = try fixed(first).folded()?.string else {
      throw fail(.arguments, "_GetWatchlist() takes the alias of a watchlist as a text", range)
    }
    if let source = catalog.watchlists[alias] ?? catalog.table(alias)?.source {
      return BoundQuery(plan: .scan(source), schema: source.schema, name: alias)
    }
    throw fail(
      .unknownName, "there is no watchlist '\(alias)'", range,
      suggestion: Spelling.nearest(to: alias, in: catalog.watchlists.keys))
  }
}
