// SPDX-License-Identifier: Apache-2.0
import JSON

/// What is known of a pattern's variables while its conditions and columns are bound.
struct GraphScope: Sendable {
  enum Fold: String, Sendable { case any, all, map }
  struct Folded: Sendable {
    let fold: Fold
    /// The edge variable whose run is folded, and whether the nodes between its edges are meant.
    let edge: Int
    let isOfNodes: Bool
    let expression: Expression
  }
  var nodes: [String] = []
  var edges: [(name: String, isRun: Bool)] = []
  var nodeSchema: Schema
  var edgeSchema: Schema
  var id: Int
  var folds: [Folded] = []
  /// Set while the inside of any(), all() or map() is bound.
  var isInsideNodes = false
  var isInsideEdges = false

  /// Columns of a match: of each node its own and its degrees, of each edge its own, then the folds.
  var nodeWidth: Int { nodeSchema.count + 2 }
  func nodeStart(_ index: Int) -> Int { index * nodeWidth }
  func edgeStart(_ index: Int) -> Int { nodes.count * nodeWidth + index * edgeSchema.count }
  var width: Int { edgeStart(edges.count) }

  var types: [ScalarType] {
    let node = nodeSchema.map(\.type) + [.long, .long]
    return nodes.flatMap { _ in node }
      + edges.flatMap { edge in edgeSchema.map { edge.isRun ? ScalarType.dynamic : $0.type } }
      + folds.map { $0.fold == .map ? .dynamic : .bool }
  }
}

/// graph-match and graph-shortest-paths.
extension Binder {
  mutating func graphMatch(_ input: BoundQuery, _ syntax: GraphMatchSyntax, _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    let name = syntax.isShortest ? "graph-shortest-paths" : "graph-match"
    let graph = try graph(input, name, range)
    var pattern = GraphScope(nodeSchema: graph.nodeSchema, edgeSchema: graph.edgeSchema, id: graph.id)
    var patterns: [GraphMatcher.Pattern] = []
    var hidden = 0
    for part in syntax.patterns {
      var nodes: [Int] = []
      for node in part.nodes {
        hidden += 1
        let name = node ?? " node \(hidden)"
        if let known = pattern.nodes.firstIndex(of: name) {
          nodes.append(known)
        } else {
          nodes.append(pattern.nodes.count)
          pattern.nodes.append(name)
        }
      }
      var edges: [GraphMatcher.Edge] = []
      for edge in part.edges {
        hidden += 1
        let name = edge.name ?? " edge \(hidden)"
        guard !pattern.edges.contains(where: { $0.name == name }), !pattern.nodes.contains(name) else {
          throw fail(.arguments, "the edge '\(name)' stands in the pattern twice", range)
        }
        edges.append(
          GraphMatcher.Edge(variable: pattern.edges.count, direction: edge.direction, lengths: edge.lengths))
        pattern.edges.append((name, edge.lengths != nil))
      }
      patterns.append(GraphMatcher.Pattern(nodes: nodes, edges: edges))
    }
    if syntax.isShortest, patterns.count != 1 || patterns[0].edges.count != 1 {
      throw fail(.notSupported, "graph-shortest-paths takes one run of edges between two nodes", range)
    }
    let saved = (scope, members, graphScope)
    defer { (scope, members, graphScope) = saved }
    scope = []
    (members, graphScope) = (Self.members(of: pattern), pattern)
    let constraint = try syntax.constraint.map { c throws(KQLError) -> Expression in
      let bound = try bind(c)
      guard bound.type == .bool || bound.type == .dynamic else { throw fail(.type, "where needs a bool", c.range) }
      return convert(bound, to: .bool)
    }
    var names = Naming()
    var schema: Schema = []
    var expressions: [Expression] = []
    var columns = syntax.columns ?? []
    if syntax.columns == nil {
      // Without a projection every named element is given as a bag.
      let named = pattern.nodes + pattern.edges.map(\.name)
      columns = named.filter { !$0.hasPrefix(" ") }.map { self.syntax(.name($0), range) }
    }
    for column in columns {
      let (given, value) = named(column)
      let expression = try bind(value)
      schema.append(
        Field((given.first ?? derivedName(value)).map { names.unique($0) } ?? names.next(), expression.type))
      expressions.append(expression)
    }
    let filters = try filters(syntax.constraint, pattern)
    guard let bound = graphScope else { return input }
    let search = GraphSearch(
      graph: graph, scope: bound, patterns: patterns, syntax: (syntax.cycles, syntax.isShortest, syntax.givesAll),
      nodeFilters: filters.nodes, edgeFilters: filters.edges,
      used: Set((expressions + (constraint.map { [$0] } ?? [])).flatMap { $0.columnsRead }))
    var plan = Plan.step(.rows([[]], []), name: name) { _, context in try search.run(context) }
    if let constraint { plan = .filter(plan, constraint) }
    return BoundQuery(plan: .project(plan, expressions), schema: schema)
  }

  private static func members(of pattern: GraphScope) -> [String: [String: Expression]] {
    var members: [String: [String: Expression]] = [:]
    for (index, node) in pattern.nodes.enumerated() {
      var columns: [String: Expression] = [:]
      for (place, field) in pattern.nodeSchema.enumerated() {
        columns[field.name] = .column(pattern.nodeStart(index) + place, field.type)
      }
      members[node] = columns
    }
    for (index, edge) in pattern.edges.enumerated() {
      var columns: [String: Expression] = [:]
      for (place, field) in pattern.edgeSchema.enumerated() {
        columns[field.name] = .column(pattern.edgeStart(index) + place, edge.isRun ? .dynamic : field.type)
      }
      members[edge.name] = columns
    }
    return members
  }

  /// Conditions that ask of one node or one edge only: they are tested once per node or edge, before anything is matched.
  private mutating func filters(
    _ constraint: ExprSyntax?, _ pattern: GraphScope
  ) throws(KQLError) -> (nodes: [[Expression]], edges: [[Expression]]) {
    var nodes = [[Expression]](repeating: [], count: pattern.nodes.count)
    var edges = [[Expression]](repeating: [], count: pattern.edges.count)
    func parts(_ syntax: ExprSyntax) -> [ExprSyntax] {
      if case .binary("and", let a, let b) = syntax.kind { parts(a) + parts(b) } else { [syntax] }
    }
    guard let constraint else { return (nodes, edges) }
    let saved = (scope, members, graphScope)
    defer { (scope, members, graphScope) = saved }
    for part in parts(constraint) {
      if case .call("all", let arguments) = part.kind, arguments.count == 2, case .name(let name) = arguments[0].kind,
        let index = pattern.edges.firstIndex(where: { $0.name == name && $0.isRun })
      {
        (scope, members, graphScope) = (pattern.edgeSchema, [:], saved.2)
        graphScope?.isInsideEdges = true
        if let test = try? bind(arguments[1]), test.type == .bool { edges[index].append(test) }
        continue
      }
      let names = elements(in: part, pattern)
      guard names.count == 1, let name = names.first else { continue }
      if let index = pattern.nodes.firstIndex(of: name) {
        // The same layout as in a match whose only node is this one.
        var single = pattern
        (single.nodes, single.edges, single.folds) = ([name], [], [])
        (scope, members, graphScope) = ([], Self.members(of: single), single)
        if let test = try? bind(part), test.type == .bool, graphScope?.folds.isEmpty ?? false {
          nodes[index].append(test)
        }
      } else if let index = pattern.edges.firstIndex(where: { $0.name == name && !$0.isRun }) {
        var single = pattern
        (single.nodes, single.edges, single.folds) = ([], [pattern.edges[index]], [])
        (scope, members, graphScope) = ([], Self.members(of: single), single)
        if let test = try? bind(part), test.type == .bool, graphScope?.folds.isEmpty ?? false {
          edges[index].append(test)
        }
      }
    }
    return (nodes, edges)
  }

  /// The pattern's variables that an expression names.
  private func elements(in syntax: ExprSyntax, _ pattern: GraphScope) -> Set<String> {
    var found: Set<String> = []
    for name in names(in: syntax)
    where pattern.nodes.contains(name) || pattern.edges.contains(where: { $0.name == name }) {
      found.insert(name)
    }
    return found
  }

  /// Functions of a pattern's elements; nil where the name is none of them.
  mutating func graphCall(_ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>) throws(KQLError)
    -> Expression?
  {
    guard let graph = graphScope else { return nil }
    switch name {
    case "node_degree_in", "node_degree_out", "node_id", "labels":
      guard arguments.count <= 1 else { throw fail(.arguments, "'\(name)' takes an element of the pattern", range) }
      if let first = arguments.first {
        guard case .name(let element) = first.kind else {
          throw fail(.arguments, "'\(name)' takes an element of the pattern", range)
        }
        if let index = graph.nodes.firstIndex(of: element) {
          return attribute(name, graph.nodeSchema, graph.id, at: graph.nodeStart(index))
        }
        if name == "labels", let index = graph.edges.firstIndex(where: { $0.name == element }) {
          return attribute(name, graph.edgeSchema, 0, at: graph.edgeStart(index))
        }
        throw fail(.unknownName, "the pattern has no node '\(element)'", first.range)
      }
      if graph.isInsideNodes { return attribute(name, graph.nodeSchema, graph.id, at: 0) }
      if graph.isInsideEdges, name == "labels" { return attribute(name, graph.edgeSchema, 0, at: 0) }
      throw fail(.arguments, "'\(name)' takes an element of the pattern", range)
    case "any", "all", "map":
      guard arguments.count == 2, let fold = GraphScope.Fold(rawValue: name) else {
        throw fail(.arguments, "'\(name)' takes a run of edges and an expression", range)
      }
      var element = arguments[0]
      var isOfNodes = false
      if case .call("inner_nodes", let inner) = element.kind, let first = inner.first {
        (element, isOfNodes) = (first, true)
      }
      guard case .name(let edge) = element.kind,
        let index = graph.edges.firstIndex(where: { $0.name == edge })
      else { throw fail(.unknownName, "'\(name)' takes a run of edges of the pattern", element.range) }
      let saved = (scope, members)
      (scope, members) = (isOfNodes ? graph.nodeSchema : graph.edgeSchema, [:])
      graphScope?.isInsideNodes = isOfNodes
      graphScope?.isInsideEdges = !isOfNodes
      defer {
        (scope, members) = saved
        graphScope?.isInsideNodes = false
        graphScope?.isInsideEdges = false
      }
      var inner = try bind(arguments[1])
      if fold != .map { inner = convert(inner, to: .bool) }
      return folded(GraphScope.Folded(fold: fold, edge: index, isOfNodes: isOfNodes, expression: inner))
    case "inner_nodes": throw fail(.arguments, "inner_nodes() stands inside any(), all() or map()", range)
    default: return nil
    }
  }

  private mutating func folded(_ fold: GraphScope.Folded) -> Expression {
    let place = (graphScope?.width ?? 0) + (graphScope?.folds.count ?? 0)
    graphScope?.folds.append(fold)
    return .column(place, fold.fold == .map ? .dynamic : .bool)
  }

  private func attribute(_ name: String, _ schema: Schema, _ id: Int, at start: Int) -> Expression {
    switch name {
    case "node_degree_in": return .column(start + schema.count, .long)
    case "node_degree_out": return .column(start + schema.count + 1, .long)
    case "node_id": return .column(start + id, schema[id].type)
    default:
      guard let labels = schema.firstIndex(where: { ["labels", "label", "lbl"].contains($0.name) }) else {
        return .literal(Functions.array([]))
      }
      return convert(.column(start + labels, schema[labels].type), to: .dynamic)
    }
  }

  /// An element named by itself: its columns as a bag, or a bag for each edge of a run.
  mutating func graphElement(_ name: String, _ range: Range<Int>) throws(KQLError) -> Expression? {
    guard let graph = graphScope, !graph.isInsideNodes, !graph.isInsideEdges else { return nil }
    func bag(_ schema: Schema, _ start: Int) throws(KQLError) -> Expression {
      var packed: [Expression] = []
      for (place, field) in schema.enumerated() {
        packed += [.literal(.string(field.name)), .column(start + place, field.type)]
      }
      return try apply(Functions.find("bag_pack"), packed, range)
    }
    if let index = graph.nodes.firstIndex(of: name) { return try bag(graph.nodeSchema, graph.nodeStart(index)) }
    guard let index = graph.edges.firstIndex(where: { $0.name == name }) else { return nil }
    guard graph.edges[index].isRun else { return try bag(graph.edgeSchema, graph.edgeStart(index)) }
    return folded(
      GraphScope.Folded(fold: .map, edge: index, isOfNodes: false, expression: try bag(graph.edgeSchema, 0)))
  }
}

extension Expression {
  var columnsRead: [Int] {
    var found: [Int] = []
    eachColumn { found.append($0) }
    return found
  }
}

/// A pattern with all that is needed to find where it fits.
struct GraphSearch: Sendable {
  let graph: BoundGraph
  let scope: GraphScope
  let patterns: [GraphMatcher.Pattern]
  let syntax: (cycles: GraphMatchSyntax.Cycles, isShortest: Bool, givesAll: Bool)
  let nodeFilters: [[Expression]]
  let edgeFilters: [[Expression]]
  /// Columns of the match that are read; the others are left null.
  let used: Set<Int>

  func run(_ context: EvaluationContext) throws -> Batch {
    let (loaded, nodes, edges) = try graph.load(context)
    var wide = nodes
    wide.columns.append(.long(FixedColumn(loaded.reaching.map { Int64($0.count) })))
    wide.columns.append(.long(FixedColumn(loaded.leaving.map { Int64($0.count) })))
    func allowed(_ filters: [[Expression]], _ batch: Batch) throws -> [Bitmap?] {
      try filters.map { tests in
        try tests.reduce(nil as Bitmap?) { known, test in
          let selection = try test.selection(batch, context)
          return known.map { $0 & selection } ?? selection
        }
      }
    }
    let (nodeSets, edgeSets) = (try allowed(nodeFilters, wide), try allowed(edgeFilters, edges))
    var matcher = GraphMatcher(loaded, cycles: syntax.cycles, nodes: nodeSets, edges: edgeSets, context)
    let matches =
      syntax.isShortest
      ? try matcher.shortest(patterns[0], all: syntax.givesAll) : try matcher.run(patterns)
    return try batch(matches, wide, edges, context)
  }

  private func batch(
    _ matches: [GraphMatcher.Match], _ nodes: Batch, _ edges: Batch, _ context: EvaluationContext
  ) throws -> Batch {
    let types = scope.types
    var columns: [Column] = []
    func add(_ make: () -> Column) {
      let place = columns.count
      columns.append(
        used.contains(place) ? make() : Column.constant(.null(types[place]), type: types[place], count: matches.count))
    }
    for index in scope.nodes.indices {
      let rows = matches.map { $0.nodes[index] }
      for column in nodes.columns { add { column.gather(rows) } }
    }
    for (index, edge) in scope.edges.enumerated() {
      for column in edges.columns {
        add {
          if !edge.isRun { return column.gather(matches.map { $0.paths[index]?.edges.first ?? -1 }) }
          var builder = JSONBuilder()
          for match in matches {
            builder.beginArray()
            for row in match.paths[index]?.edges ?? [] { builder.append(column[row]) }
            builder.endArray()
          }
          return .dynamic(DynamicColumn(roots: builder.finish()))
        }
      }
    }
    for fold in scope.folds {
      let lists = matches.map { match -> [Int] in
        let path = match.paths[fold.edge]
        return (fold.isOfNodes ? path?.inner : path?.edges) ?? []
      }
      let flat = (fold.isOfNodes ? nodes : edges).gather(lists.flatMap { $0 })
      let values = try fold.expression.evaluate(flat, context)
      var at = 0
      if fold.fold == .map {
        var builder = JSONBuilder()
        for list in lists {
          builder.beginArray()
          for _ in list {
            builder.append(values[at])
            at += 1
          }
          builder.endArray()
        }
        columns.append(.dynamic(DynamicColumn(roots: builder.finish())))
      } else {
        var bits = Bitmap(count: lists.count)
        for (row, list) in lists.enumerated() {
          let truths = list.indices.map { offset in
            if case .bool(true) = values[at + offset] { true } else { false }
          }
          bits[row] = fold.fold == .any ? truths.contains(true) : !truths.contains(false)
          at += list.count
        }
        columns.append(.bool(BoolColumn(bits)))
      }
    }
    return Batch(columns: columns, count: matches.count)
  }
}
