// SPDX-License-Identifier: Apache-2.0

@testable import KQL

/// Makes queries of every operator, function and aggregate, with arguments of right and wrong types and of sizes that
/// nobody asks for. They need not mean anything: they must give an answer or an error.
struct WildQueries {
  var dice: FuzzTests.Dice
  let catalog: Catalog
  /// Told each text before it is bound.
  let note: (String) throws -> Void
  private var columns: Schema = []
  private var names = 0

  init(_ catalog: Catalog, _ dice: FuzzTests.Dice, note: @escaping (String) throws -> Void) {
    (self.catalog, self.dice, self.note) = (catalog, dice, note)
  }

  private static let functions = Functions.scalar.values.sorted { $0.name < $1.name }
  private static let aggregates = Functions.aggregates.values.sorted { $0.name < $1.name }
  private static let types: [ScalarType] = [
    .bool, .int, .long, .real, .decimal, .datetime, .timespan, .string, .guid, .dynamic,
  ]

  // MARK: Queries

  mutating func query() throws -> String {
    names = 0
    var prefix = ""
    if dice.roll(8) == 0 {
      columns = []
      prefix =
        "let v0 = \(literal(dice.pick(Self.types))); let f0 = (a: long, b: dynamic = dynamic(null)) { "
        + "\(call(["a", "b"], 1)) }; let t0 = (t: (*)) { t | take \(dice.roll(9)) }; "
    }
    var text = prefix + source()
    for _ in 0...dice.roll(5) {
      try note(text)
      guard let schema = try? Query(text, catalog: catalog).schema else { break }
      columns = schema
      text += " | " + step()
    }
    return text
  }

  private mutating func source() -> String {
    switch dice.roll(9) {
    case 0: return "print " + (0...dice.roll(4)).map { "p\($0) = \(value(nil, 2))" }.joined(separator: ", ")
    case 1: return "range r from \(value(nil, 0)) to \(value(nil, 0)) step \(value(nil, 0))"
    case 2:
      let made = (0...dice.roll(3)).map { ("d\($0)", dice.pick(Self.types)) }
      let cells = (0..<made.count * (1 + dice.roll(5))).map { literal(made[$0 % made.count].1) }
      let fields = made.map { "\($0.0): \($0.1.rawValue)" }.joined(separator: ", ")
      return "datatable(\(fields)) [\(cells.joined(separator: ", "))]"
    case 3: return "union withsource=src kind=\(dice.pick(["outer", "inner"])) T, (S | take 3), (print k = 'x')"
    case 4: return dice.pick(["find in (T, S) where k == 1", "search in (T, S) 'a'", "find in (T) where * has '1'"])
    default: return dice.pick(["T", "T", "S", "(T | take 7)"])
    }
  }

  private mutating func fresh() -> String {
    names += 1
    return "n\(names)"
  }

  private mutating func name() -> String {
    guard !columns.isEmpty, dice.roll(40) > 0 else { return dice.pick(["nothing", "k", "v0"]) }
    let name = dice.pick(columns).name
    return KQLVocabulary.isName(name) ? name : "['\(name.replacing("'", with: "\\'"))']"
  }

  private mutating func list(_ most: Int) -> String {
    (0...dice.roll(most)).map { _ in name() }.joined(separator: ", ")
  }

  private mutating func step() -> String {
    switch dice.roll(44) {
    case 0, 1, 2: return "where " + value(.bool, 2)
    case 3, 4, 5, 6:
      return "extend " + (0...dice.roll(2)).map { _ in "\(fresh()) = \(value(nil, 3))" }.joined(separator: ", ")
    case 7, 8:
      return "project " + (0...dice.roll(3)).map { _ in "\(fresh()) = \(value(nil, 2))" }.joined(separator: ", ")
    case 9, 10, 11, 12: return summarize()
    case 13: return "sort by " + keys()
    case 14: return "top \(number()) by \(keys())"
    case 15:
      return dice.pick(["take", "limit", "sample"]) + " " + number()
    case 16: return "sample-distinct \(number()) of \(name())"
    case 17: return "distinct " + (dice.roll(4) == 0 ? "*" : list(2))
    case 18: return dice.pick(["count", "getschema", "consume", "consume decodeblocks=true"])
    case 19, 20, 21:
      let kind = dice.pick([
        "inner", "innerunique", "leftouter", "rightouter", "fullouter", "leftsemi", "rightsemi", "leftanti",
        "rightanti",
      ])
      let side = dice.pick(["T", "S", "(S | take 3)", "(T | extend q = 1)"])
      let key = dice.pick(["k", "s", "$left.\(name()) == $right.\(dice.pick(["id", "k", "d", "r", "t"]))", name()])
      return dice.roll(5) == 0 ? "lookup \(side) on \(key)" : "join kind=\(kind) \(side) on \(key)"
    case 22: return "union " + dice.pick(["S", "(S | extend q = \(value(nil, 1)))", "(print k = \(literal(.real)))"])
    case 23, 24: return mvExpand()
    case 25: return "mv-apply \(fresh()) = \(value(.dynamic, 1)) on (\(step()))"
    case 26: return makeSeries()
    case 27, 28: return parse()
    case 29:
      return "scan declare (x: \(dice.pick(Self.types).rawValue) = \(literal(dice.pick(Self.types)))) with (step a: "
        + "\(value(.bool, 1)) => x = \(value(nil, 1)); step b output=\(dice.pick(["all", "last", "none"])): "
        + "\(value(.bool, 1)) and a.x != x;)"
    case 30: return "serialize \(fresh()) = \(call(nil, 1))"
    case 31: return "partition hint.strategy=native by \(name()) (\(step()))"
    case 32: return "top-nested \(number()) of \(name()) by \(aggregate()), top-nested of \(name()) by \(aggregate())"
    case 33: return "top-hitters \(number()) of \(name())" + (dice.roll(2) == 0 ? " by \(name())" : "")
    case 34: return "reduce by \(name())" + dice.pick(["", " with threshold=0.2", " with characters='/'"])
    case 35: return dice.pick(["fork (take 2) (\(step()))", "facet by \(list(1)) with (\(step()))"])
    case 36, 37, 38: return "evaluate " + plugin()
    case 39, 40: return graph()
    case 41: return dice.pick(["as A | union A", "invoke t0()", "render timechart", "search '\(dice.roll(9))'"])
    case 42:
      return dice.pick([
        "project-away \(list(1))", "project-keep \(list(2))", "project-rename \(fresh()) = \(name())",
        "project-reorder \(list(2)), *", "project-away n*", "project-reorder * granny-asc",
      ])
    default:
      return "where \(name()) in ((\(dice.pick(["T", "S"])) | project \(value(nil, 0)))) or "
        + "toscalar(T | summarize \(aggregate())) == \(value(nil, 1))"
    }
  }

  private mutating func keys() -> String {
    (0...dice.roll(2)).map { _ in
      value(nil, 1) + dice.pick(["", " asc", " desc"]) + dice.pick(["", " nulls first", " nulls last"])
    }.joined(separator: ", ")
  }

  private mutating func summarize() -> String {
    let made = (0...dice.roll(2)).map { _ in "\(fresh()) = \(aggregate())" }.joined(separator: ", ")
    guard dice.roll(4) > 0 else { return "summarize " + made }
    return "summarize \(made) by "
      + (0...dice.roll(2)).map { _ in "\(fresh()) = \(value(nil, 1))" }.joined(separator: ", ")
  }

  private mutating func aggregate() -> String {
    let function = dice.pick(Self.aggregates)
    return arguments(function.name, function.arity, function.parameters, nil, 1)
  }

  private mutating func mvExpand() -> String {
    let items = (0...dice.roll(2)).map { _ in
      "\(fresh()) = \(value(.dynamic, 1))" + (dice.roll(3) == 0 ? " to typeof(\(dice.pick(Self.types).rawValue))" : "")
    }
    return "mv-expand " + dice.pick(["", "", "with_itemindex=ix ", "bagexpansion=array ", "kind=array "])
      + items.joined(separator: ", ") + (dice.roll(4) == 0 ? " limit \(dice.roll(200))" : "")
  }

  private mutating func makeSeries() -> String {
    let axis = name()
    let type = columns.first { $0.name == axis }?.type ?? .long
    let bounds = dice.roll(3) == 0 ? "" : " from \(value(type, 0)) to \(value(type, 0))"
    let step = dice.pick([
      literal(type == .datetime ? .timespan : type),
      dice.pick(["1", "1.5", "1h", "1d", "1tick", "-1", "0", "10000000"]),
    ])
    return
      "make-series \(fresh()) = \(aggregate()) default = \(literal(dice.pick(Self.types))) on \(axis)\(bounds) step "
      + step + (dice.roll(2) == 0 ? " by \(name())" : "")
  }

  private mutating func parse() -> String {
    let texts = ["' '", "'code='", "'a'", "'/'", "'; '", "'é'", "''", "'('", "'[0-9]+'"]
    switch dice.roll(3) {
    case 0:
      return "parse-kv \(name()) as (a: \(dice.pick(Self.types).rawValue), code: long) with (pair_delimiter="
        + "\(dice.pick(texts)), kv_delimiter=\(dice.pick(["'='", "':'", "''", "' '"])), quote='\"', escape='\\\\', greedy=true)"
    default:
      let kind = dice.pick(["", "kind=simple ", "kind=relaxed ", "kind=regex ", "kind=regex flags=Ui "])
      var pattern = dice.pick(["", "* "])
      for _ in 0...dice.roll(3) {
        pattern += "\(dice.pick(texts)) \(fresh()):\(dice.pick(Self.types).rawValue) "
      }
      return dice.pick(["parse ", "parse-where "]) + "\(kind)\(name()) with \(pattern)" + dice.pick(["", "*", "' '"])
    }
  }

  private mutating func plugin() -> String {
    let time = columns.first { $0.type == .datetime }?.name ?? name()
    let span =
      "datetime(2025-01-01), datetime(2025-01-04), \(dice.pick(["1d", "6h", "1h", "0s", "-1d", "1tick", "400d"]))"
    return dice.pick([
      "bag_unpack(\(name())\(dice.pick(["", ", 'p_'"])))", "pivot(\(name()), \(aggregate()))", "narrow()",
      "schema_merge(dynamic([]))", "autocluster()", "autocluster(0.\(dice.roll(10)))", "basket(0.\(dice.roll(10)))",
      "diffpatterns(\(name()), '1', '2')", "rolling_percentile(\(name()), \(number()), \(time), 1d, \(number()))",
      "rows_near(\(value(.bool, 1)), \(number()))",
      "sequence_detect(\(time), 1d, 2d, a = \(value(.bool, 1)), b = \(value(.bool, 1)), \(name()))",
      "funnel_sequence_completion(\(name()), \(time), \(span), 1d, \(name()), dynamic(['a', 'Beta']), dynamic([1h, 1d]))",
      "active_users_count(\(name()), \(time), datetime(2025-01-01), datetime(2025-01-04), 3d, 1d, \(number()), 2, \(name()))",
      "activity_counts_metrics(\(name()), \(time), \(span))",
      "activity_engagement(\(name()), \(time), 1d, \(number()))",
      "activity_metrics(\(name()), \(time), \(span), \(name()))", "new_activity_metrics(\(name()), \(time), \(span))",
      "session_count(\(name()), \(time), 0, 100, 5, 2)",
      "session_count(\(name()), \(time), datetime(2025-01-01), datetime(2025-01-04), 1h, 1d)",
      "sliding_window_counts(\(name()), \(time), datetime(2025-01-01), datetime(2025-01-04), 2d, 1d)",
      "dcount_intersect(\(name()), \(name()))", "ipv4_lookup(S, \(name()), s, return_unmatched = true)",
      "ipv6_lookup(S, \(name()), s)", "preview(\(number()))", "infer_storage_schema(\(name()))",
    ])
  }

  private mutating func graph() -> String {
    let made =
      "make-graph \(name()) --> \(name())" + dice.pick([" with_node_id=node", " with S on s", " with T on k", ""])
    let edge = dice.pick(["-[e]->", "<-[e]-", "-[e*1..3]->", "-[e*0..2]-", "-[e*1..9]->"])
    let after = dice.pick([
      "graph-match cycles=\(dice.pick(["all", "none", "unique_edges"])) (a)\(edge)(b) where \(value(.bool, 1)) project a, b, e",
      "graph-match (a)\(edge)(b), (b)--(c) project a, c",
      "graph-match (a)-[e*1..4]->(b) where all(e, \(value(.bool, 1))) project n = array_length(e), inner_nodes(e)",
      "graph-shortest-paths output=all (a)\(edge)(b) project a, b, e",
      "graph-mark-components kind=\(dice.pick(["weak", "strong"])) | graph-to-table nodes", "graph-to-table edges",
    ])
    return made + " | " + after
  }

  // MARK: Expressions

  /// An expression that is mostly of this type.
  private mutating func value(_ type: ScalarType?, _ depth: Int) -> String {
    let wanted = dice.roll(8) == 0 ? dice.pick(Self.types) : type ?? dice.pick(Self.types)
    switch dice.roll(depth > 0 ? 9 : 4) {
    case 0: return literal(wanted)
    case 1, 2, 3:
      let fitting = columns.filter { $0.type == wanted }
      guard !fitting.isEmpty else { return depth > 0 ? convert(wanted, depth) : literal(wanted) }
      let name = dice.pick(fitting).name
      return KQLVocabulary.isName(name) ? name : "['\(name.replacing("'", with: "\\'"))']"
    case 4: return convert(wanted, depth)
    case 5 where wanted == .bool, 6 where wanted == .bool: return predicate(depth)
    case 5: return binary(wanted, depth)
    default: return call(nil, depth)
    }
  }

  private mutating func convert(_ type: ScalarType, _ depth: Int) -> String {
    let function: [ScalarType: String] = [
      .bool: "tobool", .int: "toint", .long: "tolong", .real: "toreal", .decimal: "todecimal", .datetime: "todatetime",
      .timespan: "totimespan", .string: "tostring", .guid: "toguid", .dynamic: "todynamic",
    ]
    return "\(function[type] ?? "tostring")(\(value(nil, depth - 1)))"
  }

  private mutating func binary(_ type: ScalarType, _ depth: Int) -> String {
    if type == .dynamic {
      return "\(value(.dynamic, 0))\(dice.pick([".a", "[0]", "['b']", "[-1]", ".l[1]", ".b.c", "[99999999999]"]))"
    }
    let op = dice.pick(["+", "-", "*", "/", "%"])
    return "(\(value(type, depth - 1)) \(op) \(value(dice.roll(2) == 0 ? type : nil, depth - 1)))"
  }

  private mutating func predicate(_ depth: Int) -> String {
    let type = dice.pick(Self.types)
    switch dice.roll(6) {
    case 0: return "(\(value(.bool, depth - 1)) \(dice.pick(["and", "or"])) \(value(.bool, depth - 1)))"
    case 1:
      let op = dice.pick([
        "has", "contains", "startswith", "endswith_cs", "hasprefix", "!hassuffix", "=~", "!~", "has_cs",
        "matches regex",
        "like",
      ])
      return "(\(value(.string, depth - 1)) \(op) \(value(.string, 0)))"
    case 2:
      let op = dice.pick(["in", "!in", "in~", "has_any", "has_all", "!in~"])
      return "(\(value(type, depth - 1)) \(op) (\(value(type, 0)), \(value(nil, 0))))"
    case 3: return "(\(value(type, depth - 1)) between (\(value(type, 0)) .. \(value(type, 0))))"
    default:
      return "(\(value(type, depth - 1)) \(dice.pick(["==", "!=", "<", "<=", ">", ">="])) \(value(type, depth - 1)))"
    }
  }

  private mutating func call(_ names: [String]?, _ depth: Int) -> String {
    let function = dice.pick(Self.functions)
    return arguments(function.name, function.arity, function.parameters, names, depth)
  }

  private mutating func arguments(
    _ name: String, _ arity: ClosedRange<Int>, _ parameters: [ScalarType?], _ names: [String]?, _ depth: Int
  ) -> String {
    let count = arity.lowerBound + dice.roll(min(4, arity.upperBound - arity.lowerBound + 1))
    let values = (0..<count).map { index in
      if let names, dice.roll(2) == 0 { return dice.pick(names) }
      let type = parameters.isEmpty ? nil : parameters[min(index, parameters.count - 1)]
      return value(type, depth - 1)
    }
    return "\(name)(\(values.joined(separator: ", ")))"
  }

  private mutating func number() -> String {
    dice.pick([
      "0", "1", "3", "10", "-1", "100000", "9223372036854775807", "-9223372036854775808", "int(null)", "1.5", "50",
    ])
  }

  private mutating func literal(_ type: ScalarType) -> String {
    switch type {
    case .bool: dice.pick(["true", "false", "bool(null)"])
    case .int: dice.pick(["int(0)", "int(-1)", "int(2147483647)", "int(-2147483648)", "int(null)", "int(7)"])
    case .long:
      dice.pick([
        "0", "1", "-1", "2", "7", "63", "64", "100", "-2", "1000000", "4294967296", "9223372036854775807",
        "-9223372036854775808", "9007199254740993", "long(null)",
      ])
    case .real:
      dice.pick([
        "0.0", "1.5", "-0.5", "1e308", "-1e308", "1e-320", "real(nan)", "real(+inf)", "real(-inf)", "real(null)",
        "9.3e18", "0.1",
      ])
    case .decimal: dice.pick(["decimal(1.5)", "decimal(0)", "decimal(null)", "decimal(-123456789012345678901234)"])
    case .datetime:
      dice.pick([
        "datetime(2025-01-02)", "datetime(0001-01-01)", "datetime(9999-12-31 23:59:59.9999999)", "datetime(null)",
        "datetime(2025-01-02 03:04:05.6789)", "datetime(1970-01-01)", "datetime(2024-02-29)",
      ])
    case .timespan:
      dice.pick(
        [
          "1h", "1d", "-1d", "0s", "1tick", "timespan(null)", "10675199.02:48:05.4775807", "-10675199.02:48:05.4775808",
          "36500d", "100ms",
        ].map { $0.contains(":") ? "timespan(\($0))" : $0 })
    case .string:
      dice.pick([
        "''", "'a'", "'alpha beta'", "'é日本'", "'{\"a\":[1,{\"b\":null}]}'", "'10.0.0.1/8'", "'fe80::1/64'", "'1.5'",
        "'2025-01-02T03:04:05Z'", "'yyyy-MM-dd HH:mm:ss.fffffff'", "'[a-z]+(b|c)*'", "'(('", "'%41%ff'", "'AAAA=='",
        "'http://u:p@h:1/p;x?q=1#f'", "'k=v;a=b'", "'<a b=\"c\">d</a>'", "'1,2,\"3\"'", "'month'", "'$.a[0]'",
        "'\\0\\n'",
        "'Mozilla/5.0 (X11; Linux) Firefox/1.2'", "'POLYGON((0 0,1 0,1 1,0 0))'", "'9q8yyk8yuv9z'", "'8a2a1072b59ffff'",
        "'1h'", "'-9223372036854775808'", "'ffffffffffffffff'", "'UTC'", "'Europe/Berlin'", "'max'", "'x'",
      ])
    case .guid: dice.pick(["guid(74be27de-1e4e-49d9-b579-000000000001)", "guid(null)"])
    case .dynamic:
      dice.pick([
        "dynamic(null)", "dynamic([])", "dynamic({})", "dynamic([1,2,3])", "dynamic([1,null,'a',1.5,true,[2],{'x':1}])",
        "dynamic({'a':1,'b':{'c':'x'},'l':[1,2]})", "dynamic('x')", "dynamic(5)", "dynamic([1e308,-1e308,1e-320])",
        "dynamic([9223372036854775807,-9223372036854775808])", "dynamic([[[[]]]])", "dynamic(['a','b','a'])",
        "dynamic({'type':'Point','coordinates':[1,2]})",
        "dynamic({'type':'Polygon','coordinates':[[[0,0],[10,0],[10,10],[0,0]]]})",
        "dynamic({'type':'LineString','coordinates':[[0,0],[180,90],[-180,-90]]})",
        "dynamic([1,2,1,2,9,1,2,1,2,1,null,2])", "dynamic([true,false])", "dynamic([0,0,0,0,0,0,0,0])",
        "dynamic([datetime(2025-01-01),1h])", "range(1, 20)", "range(1, 9000000000)", "repeat(1, 50)",
        "dynamic([-1,99999999999,2])",
      ])
    }
  }
}
