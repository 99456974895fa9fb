// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

struct GraphTests {
  private static let graph = """
    let people = datatable(name: string, age: long)['A', 30, 'B', 40, 'C', 50];
    let links = datatable(s: string, d: string, kind: string)['A', 'B', 'x', 'B', 'C', 'x', 'C', 'A', 'y', 'C', 'D', 'x'];
    let G = links | make-graph s --> d with people on name;
    """

  @Test(arguments: [
    // Two edges in a row, properties of nodes and edges.
    (
      "G | graph-match (a)-[e]->(b)-[f]->(c) where a.name == 'A' and f.kind == 'x' project a.name, b.age, c = c.name",
      #"[["A",40,"C"]]"#
    ),
    // Against the direction, and in either direction.
    ("G | graph-match (a)<-[e]-(b) where a.name == 'A' project b.name", #"[["C"]]"#),
    ("G | graph-match (a)-[e]-(b) where a.name == 'A' project b.name | order by b_name asc", #"[["B"],["C"]]"#),
    // Runs of edges: no edge is used twice.
    (
      "G | graph-match (a)-[e*1..3]->(b) where a.name == 'A' and b.name == 'D' project map(e, d), map(inner_nodes(e), age), n = array_length(e)",
      #"[[["B","C","D"],[40,50],3]]"#
    ),
    ("G | graph-match (a)-[e*0..1]->(b) where a.name == 'A' project b.name", #"[["A"],["B"]]"#),
    (
      "G | graph-match (a)-[e*3]->(b) where all(e, kind == 'x') and not(any(inner_nodes(e), age < 40)) project a.name, b.name",
      #"[["A","D"]]"#
    ),
    ("G | graph-match cycles=none (a)-[e*1..5]->(b) where a.name == 'A' and b.name == 'A' project b.name", "[]"),
    // A node named twice is one node; several patterns share their nodes.
    ("G | graph-match (a)-->(b)-->(c)-->(a) where a.name == 'A' project c.name", #"[["C"]]"#),
    (
      "G | graph-match (a)-->(b), (b)-->(c) where a.name == 'B' project c.name | order by c_name asc", #"[["A"],["D"]]"#
    ),
    (
      "G | graph-match (a) where node_degree_out(a) > 1 project node_id(a), node_degree_in(a), labels(a)",
      #"[["C",1,[]]]"#
    ),
    (
      "G | graph-match (a)-[e]->(b) where b.name == 'D' project a.name, e, b",
      #"[["C",{"s":"C","d":"D","kind":"x"},{"name":"D","age":null}]]"#
    ),
    (
      "G | graph-match (a)-[e*2]->(b) where b.name == 'D' project e",
      #"[[[{"s":"B","d":"C","kind":"x"},{"s":"C","d":"D","kind":"x"}]]]"#
    ),
    // Nodes that only edges name are added.
    ("G | graph-to-table nodes | where isnull(age) | project name", #"[["D"]]"#),
    ("G | graph-to-table edges | count", "[[4]]"),
    ("G | graph-mark-components with_component_id=c | graph-to-table nodes | summarize dcount(c)", "[[1]]"),
    (
      "G | graph-mark-components kind=strong with_component_id=c | graph-to-table nodes | summarize count() by c",
      "[[0,3],[1,1]]"
    ),
    (
      "G | graph-shortest-paths (a)-[e*1..5]->(b) where a.name == 'A' and b.name == 'D' project map(e, d)",
      #"[[["B","C","D"]]]"#
    ),
  ])
  func `patterns find their places`(query: String, rows: String) throws {
    #expect(try Ask.rows(Self.graph + query) == rows)
  }

  @Test func `all shortest paths are given where asked`() throws {
    let query = """
      datatable(s: string, d: string)['A', 'B', 'B', 'D', 'A', 'C', 'C', 'D', 'A', 'E', 'E', 'F', 'F', 'D']
      | make-graph s --> d with_node_id=n
      | graph-shortest-paths output=all (a)-[e*1..5]->(b) where a.n == 'A' and b.n == 'D' project path = map(e, d)
      | sort by tostring(path) asc
      """
    #expect(try Ask.rows(query) == #"[[["B","D"]],[["C","D"]]]"#)
  }

  @Test(arguments: [
    ("print x = 1 | graph-match (a) project a", "takes a graph"), ("G | where x > 1", "not a graph"),
    ("G | graph-match (a)-[e]->(b) where a.nam == 'A' project b", "has no column 'nam'"),
    ("G | graph-match (a)-[e]->(b) project any(f, kind == 'x')", "takes a run of edges"),
    ("links | make-graph s --> q with people on name", "there is no column 'q'"),
    ("graph('Simple') | graph-match (a) project a", "has no stored graphs"),
  ])
  func `mistakes in graphs are told`(query: String, message: String) throws {
    let error = try #require(Ask.error(Self.graph + query))
    #expect(error.message.contains(message) && error.line > 0, "\(error)")
  }
}
