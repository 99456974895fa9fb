// SPDX-License-Identifier: Apache-2.0
import JSON

/// Plugins. Columns of bag_unpack and pivot depend on the rows, so their input is run once when the query is bound.
extension Binder {
  static let plugins =
    ["bag_unpack", "pivot", "narrow", "schema_merge", "ipv4_lookup", "ipv6_lookup"] + activityPlugins
    + sequencePlugins + miningPlugins + geoPlugins

  /// Plugins of Kusto that reach out of the process or run other languages, with what Plumbline does not do.
  static let foreignPlugins: [String: String] = {
    var reasons: [String: String] = [:]
    for name in [
      "http_request", "http_request_post", "sql_request", "mysql_request", "postgresql_request", "cosmosdb_sql_request",
      "azure_digital_twins_query_request", "infer_storage_schema", "infer_storage_schema_with_suggestions",
    ] { reasons[name] = "calls no service from a query" }
    for name in ["python", "r"] { reasons[name] = "runs no other language in a query" }
    for name in ["ai_embed_text", "ai_embeddings", "ai_chat_completion", "ai_chat_completion_prompt"] {
      reasons[name] = "calls no model from a query"
    }
    for name in ["diffpatterns_text", "funnel_sequence", "estimate_rows_count", "preview", "identity_v3", "identity"] {
      reasons[name] = "does not have it yet"
    }
    for name in ["cluster_diagnostics", "azure_storage_list"] { reasons[name] = "has no cluster" }
    return reasons
  }()

  mutating func evaluate(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ output: OutputSchema?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    switch name {
    case "bag_unpack": return try bagUnpack(input, arguments, output, range)
    case "pivot": return try pivot(input, arguments, output, range)
    case "narrow": return narrow(input)
    case "schema_merge": return try schemaMerge(input, arguments, range)
    case "ipv4_lookup", "ipv6_lookup": return try addressLookup(input, name, arguments, range)
    case let name where Self.geoPlugins.contains(name): return try geoLookup(input, name, arguments, range)
    case let name where Self.activityPlugins.contains(name): return try activity(input, name, arguments, range)
    case let name where Self.sequencePlugins.contains(name): return try sequence(input, name, arguments, range)
    case let name where Self.miningPlugins.contains(name): return try mining(input, name, arguments, range)
    default:
      if let reason = Self.foreignPlugins[name] {
        throw fail(.notSupported, "the plugin '\(name)' is not supported: Plumbline \(reason)", range)
      }
      throw fail(
        .notSupported, "there is no plugin '\(name)' here", range,
        suggestion: Spelling.nearest(to: name, in: Self.plugins))
    }
  }

  /// The rows of a plan while the query is being bound.
  private func rows(_ plan: Plan, _ range: Range<Int>) throws(KQLError) -> Batch {
    do {
      // Within mv-apply and partition, all their rows stand for those of the part.
      var context = EvaluationContext(now: now, maxRows: 20_000_000, within: QueryRun.current)
      for rows in enclosing { context = context.within(try rows.execute(context, implicit: context.rows)) }
      return try plan.execute(context, implicit: context.rows)
    } catch let error as KQLError {
      throw error
    } catch {
      throw fail(.execution, "\(error)", range)
    }
  }

  private mutating func option(_ arguments: [ExprSyntax], _ name: String, at place: Int) throws(KQLError) -> Scalar? {
    for argument in arguments {
      if case .named(let names, let value) = argument.kind, names == [name] { return try fixed(value).folded() }
    }
    guard place < arguments.count else { return nil }
    if case .named = arguments[place].kind { return nil }
    return try fixed(arguments[place]).folded()
  }

  private mutating func bagUnpack(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ output: OutputSchema?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard let first = arguments.first, case .column(let bag, .dynamic) = try bind(first) else {
      throw fail(.arguments, "bag_unpack takes a dynamic column", range)
    }
    let prefix = try option(arguments, "OutputColumnPrefix", at: 1)?.text ?? ""
    let conflict = try option(arguments, "columnsConflict", at: 2)?.text ?? "error"
    let ignored =
      try option(arguments, "ignoredProperties", at: 3).map { Set($0.json.elements.compactMap(\.string)) } ?? []
    let kept = input.schema.indices.filter { $0 != bag }
    let shared = shareInput(input).plan
    var fields: [(key: String, type: ScalarType)] = []
    var isOpen = false
    // A schema without * may name columns of the input.
    let named = output.map { output in
      output.keepsSource
        ? kept : kept.filter { index in output.columns.contains { $0.name == input.schema[index].name } }
    }
    if let output {
      fields = output.columns.filter { column in
        output.keepsSource || !kept.contains { input.schema[$0].name == column.name }
      }.map { ($0.name.hasPrefix(prefix) ? String($0.name.dropFirst(prefix.count)) : $0.name, $0.type) }
    } else {
      let bags = try rows(shared, range)
      isOpen = bags.count == 0
      fields = Self.members(bags.columns[bag], ignored)
    }
    var schema = (named ?? kept).map { input.schema[$0] }
    var expressions: [Expression] = (named ?? kept).map { .column($0, input.schema[$0].type) }
    for field in fields {
      let value = convert(.path(.column(bag, .dynamic), JSONPath(steps: [.key(field.key)])), to: field.type)
      let name = prefix + field.key
      if let index = schema.firstIndex(where: { $0.name == name }) {
        switch conflict {
        case "replace_source":
          schema[index].type = field.type
          expressions[index] = value
        case "keep_source": break
        default: throw fail(.arguments, "bag_unpack makes a column '\(name)' that the input has already", range)
        }
        continue
      }
      schema.append(Field(name, field.type))
      expressions.append(value)
    }
    var result = BoundQuery(plan: .project(shared, expressions), schema: schema)
    result.isOpen = isOpen
    return result
  }

  /// Keys of the bags in order of name, each with the type that all its values share.
  private static func members(_ column: Column, _ ignored: Set<String>) -> [(key: String, type: ScalarType)] {
    guard case .dynamic(let bags) = column else { return [] }
    var types: [String: ScalarType?] = [:]
    for row in bags.refs.indices {
      guard let bag = bags[row], bag.kind == .object else { continue }
      for (key, value) in bag.members {
        let name = key.string ?? ""
        if ignored.contains(name) { continue }
        let type: ScalarType?
        switch value.kind {
        case .null: type = nil
        case .bool: type = .bool
        case .integer: type = .long
        case .double, .number: type = .real
        case .string:
          type = value.string.flatMap { $0.utf8.count > 9 && DateTime.parse($0) != nil ? .datetime : nil } ?? .string
        case .array, .object: type = .dynamic
        }
        if let known = types[name] ?? nil, let type {
          types[name] =
            known == type
            ? type
            : known.isNumeric && type.isNumeric
              ? .real
              : [.string, .datetime].contains(known) && [.string, .datetime].contains(type) ? .string : .dynamic
        } else {
          types[name] = .some(type ?? types[name] ?? nil)
        }
      }
    }
    return types.map { ($0.key, $0.value ?? .dynamic) }.sorted { $0.key < $1.key }
  }

  private mutating func pivot(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ output: OutputSchema?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard let first = arguments.first, case .column(let pivot, let pivotType) = try bind(first) else {
      throw fail(.arguments, "pivot takes a column", range)
    }
    let measure = arguments.count > 1 ? arguments[1] : syntax(.call("count", []), range)
    var used: Set<Int> = [pivot]
    var keys: [ExprSyntax] = []
    if arguments.count > 2 {
      keys = Array(arguments[2...])
    } else {
      if case .call(_, let inputs) = measure.kind {
        for case .name(let name) in inputs.map(\.kind) {
          if let index = input.schema.firstIndex(where: { $0.name == name }) { used.insert(index) }
        }
      }
      keys = input.schema.indices.filter { !used.contains($0) }.map { syntax(.name(input.schema[$0].name), range) }
    }
    let key = pivotType == .string ? first : syntax(.call("tostring", [first]), range)
    let grouped = try apply(
      OperatorSyntax(
        kind: .summarize(
          [syntax(.named(["pivot value"], measure), range)], by: keys + [syntax(.named(["pivot key"], key), range)]),
        range: range), to: input)
    let width = keys.count
    guard grouped.schema.count == width + 2 else {
      throw fail(.arguments, "pivot takes an aggregate of one column", measure.range)
    }
    let shared = shareInput(grouped).plan
    let labels: [String]
    var isOpen = false
    if let output {
      let own = Set(grouped.schema[..<width].map(\.name))
      labels = output.columns.map(\.name).filter { !own.contains($0) }
    } else {
      let found = try rows(shared, range).columns[width]
      isOpen = found.count == 0
      labels = Set((0..<found.count).map { found[$0].text }).sorted()
    }
    guard labels.count <= 2000 else { throw fail(.limit, "pivot makes \(labels.count) columns", range) }
    let valueType = grouped.schema[width + 1].type
    var schema = Array(grouped.schema[..<width])
    var names = Naming()
    for field in schema { _ = names.unique(field.name) }
    schema += labels.map { Field(names.unique($0), valueType) }
    // What the aggregate gives where there is no row.
    var empty = Scalar.null(valueType)
    if case .call(let name, _) = measure.kind,
      ["count", "countif", "sum", "sumif", "dcount", "dcountif"].contains(name)
    {
      empty = Scalar.long(0).converted(to: valueType)
    }
    let fallback = empty
    var result = BoundQuery(
      plan: .step(shared, name: "pivot") { batch, _ in
        let (groups, firsts) = try Grouping.number(Array(batch.columns[..<width]), batch.count)
        var cells = labels.map { _ in [Scalar](repeating: fallback, count: firsts.count) }
        var places: [String: Int] = [:]
        for (index, label) in labels.enumerated() { places[label] = index }
        for (row, group) in groups.enumerated() {
          if let place = places[batch.columns[width][row].text] { cells[place][group] = batch.columns[width + 1][row] }
        }
        let pivoted = cells.map { cells -> Column in
          var builder = ColumnBuilder(valueType)
          for cell in cells { builder.append(cell) }
          return builder.finish()
        }
        return Batch(columns: batch.columns[..<width].map { $0.gather(firsts) } + pivoted, count: firsts.count)
      }, schema: schema)
    result.isOpen = isOpen
    return result
  }

  private func narrow(_ input: BoundQuery) -> BoundQuery {
    let names = input.schema.map(\.name)
    return BoundQuery(
      plan: .step(input.plan, name: "narrow") { batch, _ in
        var rows = ColumnBuilder(.long)
        var columns = ColumnBuilder(.string)
        var values = ColumnBuilder(.string)
        for row in 0..<batch.count {
          for (index, name) in names.enumerated() {
            rows.append(.long(Int64(row)))
            columns.append(.string(name))
            values.append(.string(batch.columns[index][row].text))
          }
        }
        return Batch(columns: [rows.finish(), columns.finish(), values.finish()], count: batch.count * names.count)
      }, schema: [Field("Row", .long), Field("Column", .string), Field("Value", .string)])
  }

  private mutating func schemaMerge(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let places = ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"].compactMap { name in
      input.schema.firstIndex { $0.name == name }
    }
    guard places.count == 4 else { throw fail(.arguments, "schema_merge takes the rows of getschema", range) }
    return BoundQuery(
      plan: .step(input.plan, name: "schema_merge") { batch, _ in
        let columns = places.map { batch.columns[$0] }
        // Each name after those that precede it in every schema that has it.
        var order: [String] = []
        var first: [String: Int] = [:]
        var before = -1
        var at = 0
        for row in 0..<batch.count {
          let name = columns[0][row].text
          let ordinal = Int(columns[1][row].int64 ?? 0)
          if ordinal <= before { at = 0 }
          before = ordinal
          if let place = order.firstIndex(of: name) {
            at = place + 1
          } else {
            order.insert(name, at: min(at, order.count))
            first[name] = row
            at += 1
          }
        }
        let rows = order.compactMap { first[$0] }
        let ordinals = Column.long(FixedColumn((0..<rows.count).map(Int64.init)))
        return Batch(
          columns: [columns[0].gather(rows), ordinals, columns[2].gather(rows), columns[3].gather(rows)],
          count: rows.count)
      },
      schema: [
        Field("ColumnName", .string), Field("ColumnOrdinal", .long), Field("DataType", .string),
        Field("ColumnType", .string),
      ])
  }

  private mutating func addressLookup(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let plain = arguments.filter { if case .named = $0.kind { false } else { true } }
    guard plain.count >= 3, let table = try tabular(plain[0]), case .name(let network) = plain[2].kind,
      let right = table.schema.firstIndex(where: { $0.name == network })
    else { throw fail(.arguments, "\(name) takes a table, an address and the table's column of ranges", range) }
    let address = convert(try bind(plain[1]), to: .string)
    // Further columns of both sides that must be equal.
    var extras: [(left: Int, right: Int)] = []
    for extra in plain.dropFirst(3) {
      guard let name = extra.plainName else { continue }
      guard let own = input.schema.firstIndex(where: { $0.name == name }),
        let other = table.schema.firstIndex(where: { $0.name == name })
      else { throw fail(.unknownName, "both sides need a column '\(name)'", extra.range) }
      extras.append((own, other))
    }
    let equals = extras
    var keepsUnmatched = false
    if let flag = try option(arguments, "return_unmatched", at: plain.count > 3 ? arguments.count - 1 : .max),
      case .bool(true) = flag
    {
      keepsUnmatched = true
    }
    let (keeps, isV4) = (keepsUnmatched, name == "ipv4_lookup")
    var names = Naming()
    // Kusto puts the table's columns first for IPv6.
    let schema = (isV4 ? input.schema + table.schema : table.schema + input.schema).map {
      Field(names.unique($0.name), $0.type)
    }
    let ranges = shareInput(table).plan
    return BoundQuery(
      plan: .step(input.plan, name: name) { batch, context in
        let known = try ranges.execute(context, implicit: nil)
        let networks = (0..<known.count).map { known.columns[right][$0].text }
        let addresses = try address.evaluate(batch, context)
        var left: [Int] = []
        var matched: [Int] = []
        for row in 0..<batch.count {
          let text = addresses[row].text
          var found = false
          for (index, network) in networks.enumerated() {
            let isIn: Bool
            if isV4 {
              isIn = IPv4.parse(text).flatMap { a in IPv4.parse(network).map { IPv4.contains($0, a) } } ?? false
            } else {
              isIn = IPv6.isIn(text, network) ?? false
            }
            let isEqual = equals.allSatisfy { batch.columns[$0.left][row].text == known.columns[$0.right][index].text }
            guard isIn, isEqual else { continue }
            found = true
            left.append(row)
            matched.append(index)
          }
          if !found, keeps {
            left.append(row)
            matched.append(-1)
          }
        }
        let columns = batch.columns.map { $0.gather(left) }
        let found = known.columns.map { $0.gather(matched) }
        return Batch(columns: isV4 ? columns + found : found + columns, count: left.count)
      }, schema: schema)
  }
}
