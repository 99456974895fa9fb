// SPDX-License-Identifier: Apache-2.0

/// Words of the language, for those who complete or show queries.
package enum KQLVocabulary {
  /// Operators that may follow a `|`.
  package static let operators = [
    "as", "consume", "count", "distinct", "evaluate", "extend", "facet", "find", "fork", "getschema",
    "graph-mark-components", "graph-match", "graph-shortest-paths", "graph-to-table", "invoke", "join", "limit",
    "lookup",
    "make-graph", "make-series", "mv-apply", "mv-expand", "order", "parse", "parse-kv", "parse-where", "partition",
    "project", "project-away", "project-by-names", "project-keep", "project-rename", "project-reorder", "reduce",
    "render", "sample", "sample-distinct", "scan", "search", "serialize", "sort", "summarize", "take", "top",
    "top-hitters", "top-nested", "union", "where",
  ]

  /// Words that may begin a query, beside names of tables.
  package static let beginnings = ["datatable", "externaldata", "find", "let", "print", "range", "search", "union"]

  /// Words within an operator, and operators of expressions.
  package static let words = [
    "and", "asc", "between", "by", "contains", "contains_cs", "desc", "endswith", "from", "has", "has_all", "has_any",
    "has_cs", "hasprefix", "hassuffix", "in", "in~", "kind", "like", "matches regex", "nulls first", "nulls last", "on",
    "or", "startswith", "step", "to", "with",
  ]

  /// Kinds of charts that `render` names.
  package static let charts = [
    "anomalychart", "areachart", "barchart", "card", "columnchart", "linechart", "piechart", "scatterchart",
    "stackedareachart", "table", "timechart",
  ]

  /// Whether text is a name that needs no quotes.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first &- 0x30 > 9 else { return false }
    return text.utf8.allSatisfy { $0 == 0x5F || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 }
  }
}
