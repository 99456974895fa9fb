// SPDX-License-Identifier: Apache-2.0

/// A scalar expression as it was written.
struct ExprSyntax {
  indirect enum Kind {
    case literal(Scalar)
    /// `dynamic(...)`: its JSON text.
    case dynamic(String)
    case name(String)
    case member(ExprSyntax, String)
    case index(ExprSyntax, ExprSyntax)
    case call(String, [ExprSyntax])
    /// `name = value` or `(a, b) = value` where a list of columns or arguments is written.
    case named([String], ExprSyntax)
    case unary(String, ExprSyntax)
    case binary(String, ExprSyntax, ExprSyntax)
    case inList(String, ExprSyntax, [ExprSyntax])
    case between(ExprSyntax, ExprSyntax, ExprSyntax, negated: Bool)
    case star
    /// A query where a value is expected: `toscalar(T | ...)`, `in (T | ...)`.
    case query(QuerySyntax)
  }
  var kind: Kind
  var range: Range<Int>

  static let places: Set<String> = ["database", "cluster", "workspace", "app", "resource", "arg", "adx"]

  /// Whether this names where a table is: `database('d')`, `cluster('c').database('d')`, `workspace('w')`, `app('a')`.
  var isPlace: Bool {
    switch kind {
    case .call(let name, _): Self.places.contains(name)
    case .member(let base, let name): base.isPlace && (name == "database" || name == "workspace")
    default: false
    }
  }

  var plainName: String? { if case .name(let name) = kind { name } else { nil } }

  /// The table's name in `database('d').T`, where there is one database.
  var placedName: String? {
    guard case .member(let base, let name) = kind, base.isPlace, !isPlace else { return nil }
    return name
  }
}

/// A tabular expression: a source and the operators it is piped through.
struct QuerySyntax {
  indirect enum Source {
    case table(ExprSyntax)
    case call(String, [ExprSyntax])
    case search(SearchSyntax)
    case query(QuerySyntax)
    case print([ExprSyntax])
    case datatable([(name: String, type: ScalarType)], [ExprSyntax])
    case range(String, ExprSyntax, ExprSyntax, ExprSyntax)
    case union(UnionSyntax)
    case find(FindSyntax)
    case externalData(ExternalDataSyntax)
    /// The rows of the enclosing operator, as in mv-apply's sub-query.
    case implicit
  }
  var source: Source
  var range: Range<Int>
  var operators: [OperatorSyntax] = []
}

struct UnionSyntax {
  var inner = false
  var withSource: String?
  var isFuzzy = false
  var inputs: [QuerySyntax] = []
}

struct SortKeySyntax {
  var expression: ExprSyntax
  var ascending = false
  var nullsFirst: Bool?
}

struct MvExpandColumn {
  var name: String?
  var expression: ExprSyntax
  var type: ScalarType?
}

enum ParsePart {
  case text(String)
  case star
  case column(String, ScalarType)
}

/// `: (*, name: type)` after a plugin.
struct OutputSchema {
  var keepsSource = false
  var columns: [Field] = []
}

struct TopNestedSyntax {
  var count: ExprSyntax?
  var key: ExprSyntax
  var others: ExprSyntax?
  var by: ExprSyntax
  var ascending = false
}

struct MakeSeriesSyntax {
  var aggregates: [(value: ExprSyntax, fallback: ExprSyntax?)] = []
  var axis: ExprSyntax
  var from: ExprSyntax?
  var to: ExprSyntax?
  var step: ExprSyntax
  /// `in range(...)`: the stop is included and bins are those of bin().
  var isRange = false
  var isNonEmpty = false
  var by: [ExprSyntax] = []
}

struct SearchSyntax {
  var tables: [String] = []
  var isCaseSensitive = false
  var predicate: ExprSyntax
}

struct OperatorSyntax {
  enum Kind {
    case filter(ExprSyntax)
    case extend([ExprSyntax])
    case project([ExprSyntax])
    case projectAway([String])
    case projectKeep([String])
    case projectRename([(new: String, old: String)])
    case projectReorder([(pattern: String, ascending: Bool?)])
    case summarize([ExprSyntax], by: [ExprSyntax])
    case distinct([ExprSyntax])
    case sort([SortKeySyntax])
    case top(ExprSyntax, SortKeySyntax)
    case take(ExprSyntax)
    case count(as: String)
    case join(kind: String, QuerySyntax, on: [ExprSyntax])
    case lookup(kind: String, QuerySyntax, on: [ExprSyntax])
    case mvExpand([MvExpandColumn], itemIndex: String?, limit: ExprSyntax?, asArrays: Bool)
    case mvApply([MvExpandColumn], itemIndex: String?, QuerySyntax)
    case union(UnionSyntax)
    case parse(kind: String, flags: String, ExprSyntax, [ParsePart], filters: Bool)
    case serialize([ExprSyntax])
    case alias(String)
    case getSchema
    case render(ChartDescription)
    case evaluate(String, [ExprSyntax], OutputSchema?)
    case sample(ExprSyntax)
    case sampleDistinct(ExprSyntax, of: ExprSyntax)
    case topHitters(ExprSyntax, of: ExprSyntax, by: ExprSyntax?)
    case topNested([TopNestedSyntax])
    case partition(by: ExprSyntax, QuerySyntax)
    case makeSeries(MakeSeriesSyntax)
    case parseKeyValues(ExprSyntax, [Field], options: [String: String])
    case projectByNames([ExprSyntax])
    case search(SearchSyntax)
    case consume
    case invoke(String, [ExprSyntax])
    case scan(ScanSyntax)
    case fork([(name: String?, query: QuerySyntax)])
    case facet([ExprSyntax], rest: QuerySyntax?)
    case reduce(ReduceSyntax)
    case makeGraph(MakeGraphSyntax)
    case graphMatch(GraphMatchSyntax)
    case graphMarkComponents([String: String])
    case graphToTable([GraphTableSyntax])
  }
  var kind: Kind
  var range: Range<Int>
}

struct ParameterSyntax {
  var name: String
  /// nil for a tabular parameter.
  var type: ScalarType?
  var fallback: ExprSyntax?
}

/// A table chosen by constants: `country("Canada").Alberta`.
struct PatternSyntax {
  struct Choice {
    var arguments: [ExprSyntax]
    var path: ExprSyntax?
    var body: [StatementSyntax]
  }
  var name: String
  var parameters: [ParameterSyntax]
  var choices: [Choice]
}

enum LetSyntax {
  case scalar(ExprSyntax)
  case tabular(QuerySyntax)
  case function([ParameterSyntax], [StatementSyntax])
}

enum StatementSyntax {
  case letValue(String, LetSyntax, Range<Int>)
  case query(QuerySyntax)
  /// `declare query_parameters(...)`
  case parameters([ParameterSyntax])
  /// `declare pattern`
  case pattern(PatternSyntax)
  /// `set name = value`
  case option(String, ExprSyntax)
}
