// SPDX-License-Identifier: Apache-2.0

struct MakeGraphSyntax {
  var source: String
  var target: String
  var nodes: [(table: QuerySyntax, id: String)] = []
  var nodeID: String?
}

/// `(a)-[e*1..3]->(b)<-[f]-(c)`: one node more than edges.
struct GraphPatternSyntax {
  enum Direction: Sendable { case forward, backward, any }
  struct Edge {
    var name: String?
    var direction: Direction
    /// How many edges in a row, where not one.
    var lengths: ClosedRange<Int>?
  }
  var nodes: [String?] = []
  var edges: [Edge] = []
}

struct GraphMatchSyntax {
  enum Cycles: Sendable { case all, none, uniqueEdges }
  var patterns: [GraphPatternSyntax] = []
  var cycles = Cycles.uniqueEdges
  var constraint: ExprSyntax?
  var columns: [ExprSyntax]?
  var isShortest = false
  var givesAll = false
}

/// `nodes as N with_node_id=Id, edges with_source_id=S with_target_id=T`
struct GraphTableSyntax {
  var isNodes: Bool
  var name: String?
  var id: String?
  var source: String?
  var target: String?
}

extension Parser {
  mutating func makeGraph() throws(KQLError) -> MakeGraphSyntax {
    let source = try name()
    try arrow()
    var graph = MakeGraphSyntax(source: source, target: try name())
    if takeWord("with_node_id") {
      try expect("=")
      graph.nodeID = try name()
    } else if takeWord("with") {
      repeat {
        let start = range.lowerBound
        let table: QuerySyntax
        if take("(") {
          table = try query()
          try expect(")")
        } else {
          table = QuerySyntax(source: try tableSource(), range: since(start))
        }
        try expectWord("on")
        graph.nodes.append((table, try name()))
      } while take(",")
    }
    if isWord("partitioned"), ahead == .symbol("-") { throw notSupported("make-graph partitioned-by") }
    return graph
  }

  private mutating func arrow() throws(KQLError) {
    guard take("-"), take("-"), take(">") else { throw fail("expected '-->'") }
  }

  /// `graph-match` and `graph-shortest-paths`.
  mutating func graphMatch(isShortest: Bool) throws(KQLError) -> GraphMatchSyntax {
    var match = GraphMatchSyntax()
    match.isShortest = isShortest
    while case .identifier(let word) = token, ahead == .symbol("=") {
      advance()
      advance()
      let value = try name()
      switch (word, value) {
      case ("cycles", "all"): match.cycles = .all
      case ("cycles", "none"): match.cycles = .none
      case ("cycles", "unique_edges"): match.cycles = .uniqueEdges
      case ("output", "all"): match.givesAll = true
      case ("output", "any"): match.givesAll = false
      default: throw fail("'\(word)=\(value)' is no option of graph-match")
      }
    }
    match.patterns = try list { p throws(KQLError) in try p.graphPattern() }
    if takeWord("where") { match.constraint = try expression() }
    if takeWord("project") { match.columns = try list { p throws(KQLError) in try p.namedExpression() } }
    return match
  }

  private mutating func graphPattern() throws(KQLError) -> GraphPatternSyntax {
    var pattern = GraphPatternSyntax()
    pattern.nodes.append(try graphNode())
    while token == .symbol("-") || token == .symbol("<") {
      pattern.edges.append(try graphEdge())
      pattern.nodes.append(try graphNode())
    }
    return pattern
  }

  private mutating func graphNode() throws(KQLError) -> String? {
    try expect("(")
    let name = token == .symbol(")") ? nil : try name()
    try expect(")")
    return name
  }

  private mutating func graphEdge() throws(KQLError) -> GraphPatternSyntax.Edge {
    let isBackward = take("<")
    try expect("-")
    var edge = GraphPatternSyntax.Edge(name: nil, direction: .any)
    if take("[") {
      if token != .symbol("*"), token != .symbol("]") { edge.name = try name() }
      if take("*") {
        guard case .long(let low) = token, low >= 0, low <= 1000 else { throw fail("expected a number of edges") }
        advance()
        var high = low
        if take("..") {
          guard case .long(let end) = token, end >= low, end <= 1000 else { throw fail("expected a number of edges") }
          advance()
          high = end
        }
        edge.lengths = Int(low)...Int(high)
      }
      try expect("]")
    }
    try expect("-")
    let isForward = take(">")
    if isForward && isBackward { throw fail("an edge has one direction, or none") }
    edge.direction = isForward ? .forward : isBackward ? .backward : .any
    return edge
  }

  mutating func graphToTable() throws(KQLError) -> [GraphTableSyntax] {
    try list { p throws(KQLError) in
      let word = try p.name()
      guard word == "nodes" || word == "edges" else { throw p.fail("graph-to-table gives nodes or edges") }
      var table = GraphTableSyntax(isNodes: word == "nodes")
      if p.takeWord("as") { table.name = try p.name() }
      while case .identifier(let option) = p.token, p.ahead == .symbol("=") {
        p.advance()
        p.advance()
        let value = try p.name()
        switch option {
        case "with_node_id": table.id = value
        case "with_source_id": table.source = value
        case "with_target_id": table.target = value
        default: throw p.fail("'\(option)' is no option of graph-to-table")
        }
      }
      return table
    }
  }
}
