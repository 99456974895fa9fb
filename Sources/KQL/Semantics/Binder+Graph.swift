// SPDX-License-Identifier: Apache-2.0
import JSON

/// A graph as tables: its nodes, its edges and where their ends stand.
struct BoundGraph: Sendable {
  var nodes: Plan
  var nodeSchema: Schema
  var id: Int
  var edges: Plan
  var edgeSchema: Schema
  var source: Int
  var target: Int

  func load(_ context: EvaluationContext) throws -> (graph: Graph, nodes: Batch, edges: Batch) {
    let (nodes, edges) = (
      try self.nodes.execute(context, implicit: nil), try self.edges.execute(context, implicit: nil)
    )
    let type = nodeSchema[id].type
    func ends(_ index: Int) -> Column { Convert.vector(Vector(edges.columns[index]), to: type).column }
    return (try Graph(ids: nodes.columns[id], sources: ends(source), targets: ends(target)), nodes, edges)
  }
}

/// make-graph, graph-to-table and graph-mark-components.
extension Binder {
  mutating func makeGraph(_ input: BoundQuery, _ syntax: MakeGraphSyntax, _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    func end(_ name: String) throws(KQLError) -> Int {
      guard let index = input.schema.firstIndex(where: { $0.name == name }) else {
        throw fail(
          .unknownName, "there is no column '\(name)'", range,
          suggestion: Spelling.nearest(to: name, in: input.schema.map(\.name)))
      }
      return index
    }
    let (source, target) = (try end(syntax.source), try end(syntax.target))
    let idType = input.schema[source].type
    let edges = Plan.shared(SharedPlan(input.plan, level: level))
    var tables: [(plan: Plan, places: [Int?])] = []
    var schema: Schema = []
    if syntax.nodes.isEmpty { schema = [Field(syntax.nodeID ?? "node_id", idType)] }
    var bound: [(query: BoundQuery, id: String)] = []
    for (table, id) in syntax.nodes {
      let query = try bind(table)
      guard query.schema.contains(where: { $0.name == id }) else {
        throw fail(
          .unknownName, "there is no column '\(id)'", table.range,
          suggestion: Spelling.nearest(to: id, in: query.schema.map(\.name)))
      }
      bound.append((query, id))
      for field in query.schema {
        // Ids of all tables stand in the first table's column.
        let name = field.name == id ? bound[0].id : field.name
        if !schema.contains(where: { $0.name == name }) {
          schema.append(Field(name, field.name == id ? idType : field.type))
        }
      }
    }
    let idName = bound.first?.id ?? schema[0].name
    for (query, id) in bound {
      let places = schema.map { field in
        query.schema.firstIndex { $0.name == (field.name == idName ? id : field.name) }
      }
      tables.append((query.plan, places))
    }
    let place = schema.firstIndex { $0.name == idName } ?? 0
    let (types, known) = (schema.map(\.type), tables)
    let nodes = Plan.step(edges, name: "make-graph") { rows, context in
      var builders = types.map(ColumnBuilder.init)
      var seen: Set<[UInt8]> = []
      var count = 0
      func isNew(_ cell: Scalar) -> Bool { !cell.isNull && seen.insert(cell.json.canonical()).inserted }
      for (plan, places) in known {
        let batch = try plan.execute(context, implicit: nil)
        guard let idPlace = places[place] else { continue }
        for row in 0..<batch.count {
          guard isNew(batch.columns[idPlace][row].converted(to: idType)) else { continue }
          for (index, source) in places.enumerated() {
            let cell = source.map { batch.columns[$0][row] } ?? .null(types[index])
            builders[index].append(cell.converted(to: types[index]))
          }
          count += 1
        }
      }
      for row in 0..<rows.count {
        for end in [source, target] {
          let cell = rows.columns[end][row].converted(to: idType)
          guard isNew(cell) else { continue }
          for index in types.indices {
            builders[index].append(index == place ? cell : Scalar.null(types[index]).converted(to: types[index]))
          }
          count += 1
        }
      }
      return Batch(columns: builders.map { $0.finish() }, count: count)
    }
    var result = BoundQuery(plan: edges, schema: input.schema)
    result.graph = BoundGraph(
      nodes: .shared(SharedPlan(nodes, level: level)), nodeSchema: schema, id: place, edges: edges,
      edgeSchema: input.schema,
      source: source, target: target)
    return result
  }

  func graph(_ input: BoundQuery, _ name: String, _ range: Range<Int>) throws(KQLError) -> BoundGraph {
    guard let graph = input.graph else { throw fail(.type, "\(name) takes a graph, as make-graph gives one", range) }
    return graph
  }

  func markComponents(_ input: BoundQuery, _ options: [String: String], _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    var graph = try graph(input, "graph-mark-components", range)
    let kind = options["kind"] ?? "weak"
    guard kind == "weak" || kind == "strong" else { throw fail(.syntax, "components are weak or strong", range) }
    let before = graph
    graph.nodes = .shared(
      SharedPlan(
        .step(.rows([[]], []), name: "graph-mark-components") { _, context in
          let (loaded, nodes, _) = try before.load(context)
          let marks = Column.long(FixedColumn(loaded.components(strong: kind == "strong")))
          return Batch(columns: nodes.columns + [marks], count: nodes.count)
        }, level: level))
    graph.nodeSchema.append(Field(options["with_component_id"] ?? "ComponentId", .long))
    var result = input
    result.graph = graph
    return result
  }

  mutating func graphToTable(
    _ input: BoundQuery, _ tables: [GraphTableSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let graph = try graph(input, "graph-to-table", range)
    var results: [BoundQuery.Named] = []
    for table in tables {
      var names = Naming()
      var ids: [(name: String, column: Int)] = []
      if let id = table.id { ids.append((id, graph.id)) }
      if let source = table.source { ids.append((source, graph.source)) }
      if let target = table.target { ids.append((target, graph.target)) }
      let own = table.isNodes ? graph.nodeSchema : graph.edgeSchema
      var expressions: [Expression] = []
      for (_, column) in ids {
        expressions.append(try apply(Functions.find("hash"), [.column(column, own[column].type)], range))
      }
      let schema = (ids.map { Field($0.name, .long) } + own).map { Field(names.unique($0.name), $0.type) }
      let plan = Plan.project(
        table.isNodes ? graph.nodes : graph.edges, expressions + own.enumerated().map { .column($0, $1.type) })
      let bound = BoundQuery(plan: plan, schema: schema)
      let name = table.name ?? (table.isNodes ? "nodes" : "edges")
      if table.name != nil { environment[name] = .table(bound) }
      results.append(BoundQuery.Named(name: name, query: bound))
    }
    guard var first = results.first?.query else { return input }
    first.others = Array(results.dropFirst())
    return first
  }
}
