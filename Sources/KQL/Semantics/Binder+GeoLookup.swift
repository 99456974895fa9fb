// SPDX-License-Identifier: Apache-2.0
import JSON

/// geo_polygon_lookup and geo_line_lookup: rows of a table whose shape holds a point, or comes near enough to it.
extension Binder {
  static let geoPlugins = ["geo_polygon_lookup", "geo_line_lookup"]

  mutating func geoLookup(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let isLine = name == "geo_line_lookup"
    var plain: [ExprSyntax] = []
    var options: [String: Bool] = [:]
    for argument in arguments {
      guard case .named(let names, let value) = argument.kind, let option = names.first else {
        plain.append(argument)
        continue
      }
      guard case .bool(let flag)? = try fixed(value).folded() else {
        throw fail(.arguments, "'\(option)' is true or false", argument.range)
      }
      options[option] = flag
    }
    guard plain.count >= (isLine ? 5 : 4), let table = try inputTable(plain[0]), let shape = plain[1].plainName,
      let place = table.schema.firstIndex(where: { $0.name == shape })
    else {
      throw fail(
        .arguments,
        "\(name) takes a table, its column of shapes, a longitude, a latitude\(isLine ? " and a distance" : "")", range)
    }
    guard let test = Functions.find(isLine ? "geo_distance_point_to_line" : "geo_point_in_polygon") else {
      throw fail(.notSupported, "'\(name)' is not supported", range)
    }
    let point = (convert(try bind(plain[2]), to: .real), convert(try bind(plain[3]), to: .real))
    let radius = isLine ? convert(try fixed(plain[4]), to: .real) : nil
    // Flags may also stand without their names, after the rest.
    let flags = plain.dropFirst(isLine ? 5 : 4)
    for (option, flag) in zip(["return_unmatched", "lookup_area_radius", "return_lookup_key"], flags) {
      if case .bool(let value)? = try fixed(flag).folded() { options[option] = value }
    }
    let keepsUnmatched = options["return_unmatched"] ?? false
    let kept = table.schema.indices.filter { $0 != place || options["return_lookup_key"] ?? false }
    var names = Naming()
    let schema = (input.schema + kept.map { table.schema[$0] }).map { Field(names.unique($0.name), $0.type) }
    let shapes = Plan.shared(SharedPlan(table.plan, level: level))
    return BoundQuery(
      plan: .step(input.plan, name: name) { batch, context in
        let known = try shapes.execute(context, implicit: nil)
        let points = [try point.0.evaluate(batch, context), try point.1.evaluate(batch, context)]
        let limit = try radius?.single(context).double ?? 0
        var found = [[Int]](repeating: [], count: batch.count)
        for row in 0..<known.count {
          try context.check()
          let vectors = points + [Vector(constant: known.columns[place][row])]
          let result = try test.kernel(vectors, batch.count, context)
          for index in 0..<batch.count {
            switch result[index] {
            case .bool(true): found[index].append(row)
            case .real(let distance) where distance <= limit: found[index].append(row)
            default: break
            }
          }
        }
        var left: [Int] = []
        var right: [Int] = []
        for (index, rows) in found.enumerated() {
          for row in rows.isEmpty && keepsUnmatched ? [-1] : rows {
            left.append(index)
            right.append(row)
          }
        }
        let columns = batch.columns.map { $0.gather(left) } + kept.map { known.columns[$0].gather(right) }
        return Batch(columns: columns, count: left.count)
      }, schema: schema)
  }
}
