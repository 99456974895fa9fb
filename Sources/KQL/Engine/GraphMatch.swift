// SPDX-License-Identifier: Apache-2.0

/// A directed graph in memory: edges by the rows of their ends.
struct Graph {
  let nodeCount: Int
  let sources: [Int]
  let targets: [Int]
  /// Edges that leave or reach each node.
  let leaving: [[Int]]
  let reaching: [[Int]]

  /// `ids` are the nodes' ids. An edge with an end that is no node, as a null is none, is left out.
  init(ids: Column, sources: Column, targets: Column) throws {
    let all = try Column.concatenate([ids, sources, targets], type: ids.type)
    let (codes, firsts) = try Grouping.number([all], all.count)
    nodeCount = ids.count
    let width = ids.count
    // A code's node is the first row that has it.
    self.sources = (0..<sources.count).map { firsts[codes[width + $0]] }
    self.targets = (0..<targets.count).map { firsts[codes[width + sources.count + $0]] }
    var leaving = [[Int]](repeating: [], count: width)
    var reaching = [[Int]](repeating: [], count: width)
    for edge in self.sources.indices {
      let (source, target) = (self.sources[edge], self.targets[edge])
      guard source < width, target < width else { continue }
      leaving[source].append(edge)
      reaching[target].append(edge)
    }
    (self.leaving, self.reaching) = (leaving, reaching)
  }

  /// Numbers of the components, in order of their first node; strong ones are joined in both directions.
  func components(strong: Bool) -> [Int64] {
    strong ? strongComponents() : weakComponents()
  }

  private func weakComponents() -> [Int64] {
    var found = [Int64](repeating: -1, count: nodeCount)
    var next: Int64 = 0
    for start in 0..<nodeCount where found[start] < 0 {
      var stack = [start]
      found[start] = next
      while let node = stack.popLast() {
        let near = leaving[node].map { targets[$0] } + reaching[node].map { sources[$0] }
        for other in near where found[other] < 0 {
          found[other] = next
          stack.append(other)
        }
      }
      next += 1
    }
    return found
  }

  /// Kosaraju's two passes, without recursion.
  private func strongComponents() -> [Int64] {
    var order: [Int] = []
    var seen = [Bool](repeating: false, count: nodeCount)
    for start in 0..<nodeCount where !seen[start] {
      var stack = [(node: start, next: 0)]
      seen[start] = true
      while let (node, next) = stack.last {
        if next < leaving[node].count {
          stack[stack.count - 1].next += 1
          let other = targets[leaving[node][next]]
          if !seen[other] {
            seen[other] = true
            stack.append((other, 0))
          }
        } else {
          order.append(node)
          stack.removeLast()
        }
      }
    }
    var group = [Int](repeating: -1, count: nodeCount)
    var groups = 0
    for start in order.reversed() where group[start] < 0 {
      var stack = [start]
      group[start] = groups
      while let node = stack.popLast() {
        for edge in reaching[node] where group[sources[edge]] < 0 {
          group[sources[edge]] = groups
          stack.append(sources[edge])
        }
      }
      groups += 1
    }
    var names: [Int: Int64] = [:]
    return group.map { own in
      let name = names[own] ?? Int64(names.count)
      names[own] = name
      return name
    }
  }
}

/// Finds the places in a graph where a pattern fits.
struct GraphMatcher {
  struct Edge: Sendable {
    let variable: Int
    let direction: GraphPatternSyntax.Direction
    let lengths: ClosedRange<Int>?
  }
  struct Pattern: Sendable {
    let nodes: [Int]
    let edges: [Edge]
  }
  /// A run of edges with the nodes between them.
  struct Path {
    var edges: [Int]
    var inner: [Int]
  }
  struct Match {
    var nodes: [Int]
    var paths: [Path?]
  }

  let graph: Graph
  let cycles: GraphMatchSyntax.Cycles
  /// Nodes and edges that each variable may stand for; nil for all.
  let allowedNodes: [Bitmap?]
  let allowedEdges: [Bitmap?]
  let context: EvaluationContext

  private var matches: [Match] = []
  private var used: Set<Int> = []
  private var visited: Set<Int> = []
  private var steps = 0

  init(
    _ graph: Graph, cycles: GraphMatchSyntax.Cycles, nodes: [Bitmap?], edges: [Bitmap?], _ context: EvaluationContext
  ) {
    self.graph = graph
    self.cycles = cycles
    allowedNodes = nodes
    allowedEdges = edges
    self.context = context
  }

  mutating func run(_ patterns: [Pattern]) throws -> [Match] {
    let empty = Match(
      nodes: [Int](repeating: -1, count: allowedNodes.count), paths: [Path?](repeating: nil, count: allowedEdges.count))
    try extend(empty, patterns, 0)
    return matches
  }

  private func isAllowed(_ node: Int, _ variable: Int, _ match: Match) -> Bool {
    if match.nodes[variable] >= 0 { return match.nodes[variable] == node }
    return allowedNodes[variable]?[node] ?? true
  }

  private mutating func extend(_ match: Match, _ patterns: [Pattern], _ index: Int) throws {
    guard index < patterns.count else {
      matches.append(match)
      try context.check(rows: matches.count)
      return
    }
    let pattern = patterns[index]
    let first = pattern.nodes[0]
    let starts = match.nodes[first] >= 0 ? match.nodes[first]..<match.nodes[first] + 1 : 0..<graph.nodeCount
    for node in starts where isAllowed(node, first, match) {
      var next = match
      next.nodes[first] = node
      let before = visited
      visited = [node]
      try walk(next, patterns, index, 0, node)
      visited = before
    }
  }

  private mutating func walk(_ match: Match, _ patterns: [Pattern], _ index: Int, _ place: Int, _ node: Int) throws {
    let pattern = patterns[index]
    guard place < pattern.edges.count else { return try extend(match, patterns, index + 1) }
    let edge = pattern.edges[place]
    let lengths = edge.lengths ?? 1...1
    try run(match, patterns, index, place, node, edge, lengths, Path(edges: [], inner: []))
  }

  private mutating func run(
    _ match: Match, _ patterns: [Pattern], _ index: Int, _ place: Int, _ node: Int, _ edge: Edge,
    _ lengths: ClosedRange<Int>, _ path: Path
  ) throws {
    steps += 1
    if steps % 4096 == 0 { try context.check() }
    let end = patterns[index].nodes[place + 1]
    if path.edges.count >= lengths.lowerBound, isAllowed(node, end, match) {
      var next = match
      next.nodes[end] = node
      next.paths[edge.variable] = Path(edges: path.edges, inner: path.inner.dropLast())
      try walk(next, patterns, index, place + 1, node)
    }
    guard path.edges.count < lengths.upperBound else { return }
    for (number, other) in neighbours(node, edge.direction) {
      if let allowed = allowedEdges[edge.variable], !allowed[number] { continue }
      if cycles != .all, used.contains(number) { continue }
      if cycles == .none, visited.contains(other) { continue }
      used.insert(number)
      let isNew = visited.insert(other).inserted
      let longer = Path(edges: path.edges + [number], inner: path.inner + [other])
      try run(match, patterns, index, place, other, edge, lengths, longer)
      if isNew { visited.remove(other) }
      used.remove(number)
    }
  }

  private func neighbours(_ node: Int, _ direction: GraphPatternSyntax.Direction) -> [(edge: Int, node: Int)] {
    var found: [(edge: Int, node: Int)] = []
    if direction != .backward { found += graph.leaving[node].map { ($0, graph.targets[$0]) } }
    if direction != .forward {
      found += graph.reaching[node].map { ($0, graph.sources[$0]) }
        .filter { direction == .backward || graph.sources[$0.0] != graph.targets[$0.0] }
    }
    return found
  }

  /// The shortest runs of one edge between each two nodes that the ends may stand for: one of them, or all.
  func shortest(_ pattern: Pattern, all: Bool) throws -> [Match] {
    let edge = pattern.edges[0]
    let lengths = edge.lengths ?? 1...1
    let (from, to) = (pattern.nodes[0], pattern.nodes[1])
    var found: [Match] = []
    for start in 0..<graph.nodeCount where allowedNodes[from]?[start] ?? true {
      try context.check()
      var depths: [Int: Int] = [start: 0]
      var parents: [Int: [(edge: Int, node: Int)]] = [:]
      var level = [start]
      var reached: [Int] = [start]
      for depth in 1...max(1, lengths.upperBound) where lengths.upperBound > 0 {
        var next: [Int] = []
        for node in level {
          for (number, other) in neighbours(node, edge.direction) {
            if let allowed = allowedEdges[edge.variable], !allowed[number] { continue }
            if let known = depths[other] {
              if known == depth, all { parents[other, default: []].append((number, node)) }
              continue
            }
            depths[other] = depth
            parents[other] = [(number, node)]
            next.append(other)
          }
        }
        reached += next
        level = next
        if level.isEmpty { break }
      }
      for end in reached where allowedNodes[to]?[end] ?? true {
        let depth = depths[end] ?? 0
        guard depth >= lengths.lowerBound, from != to || start == end else { continue }
        // Paths are read backwards from the end.
        var open: [(node: Int, edges: [Int], inner: [Int])] = [(end, [], [])]
        while let (node, edges, inner) = open.popLast() {
          if node == start, edges.count == depth {
            var match = Match(
              nodes: [Int](repeating: -1, count: allowedNodes.count),
              paths: [Path?](repeating: nil, count: allowedEdges.count))
            match.nodes[from] = start
            match.nodes[to] = end
            match.paths[edge.variable] = Path(edges: edges.reversed(), inner: inner.reversed())
            found.append(match)
            try context.check(rows: found.count)
            continue
          }
          for (number, before) in parents[node] ?? [] {
            open.append((before, edges + [number], before == start ? inner : inner + [before]))
          }
        }
      }
    }
    return found
  }
}
