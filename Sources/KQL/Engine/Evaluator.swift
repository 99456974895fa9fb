// SPDX-License-Identifier: Apache-2.0
package import JSON

extension Expression {
  /// The cells of the expression over the rows of `batch`.
  package func evaluate(_ batch: Batch, _ context: EvaluationContext, memoise: Bool = false) throws -> Vector {
    switch self {
    case .column(let index, _): return Vector(batch.columns[index])
    case .literal(let value): return Vector(constant: value)
    case .path(let base, let path):
      if memoise, case .column(let index, _) = base {
        return context.path("\(index):\(path)") { Self.walk(Vector(batch.columns[index]), path) }
      }
      return Self.walk(try base.evaluate(batch, context, memoise: memoise), path)
    case .call(let function, let arguments, _):
      let vectors = try arguments.map { try $0.evaluate(batch, context, memoise: memoise) }
      return try function.kernel(vectors, batch.count, context)
    case .scalarQuery(let plan, let type):
      let rows = try plan.execute(context, implicit: nil)
      guard rows.count > 0, let column = rows.columns.first else { return Vector(constant: .null(type)) }
      return Vector(constant: column[0])
    case .listQuery(let plan):
      guard case .shared(let shared) = plan else { return try Self.list(plan, context) }
      return try context.enclosing(level: shared.level).list(of: shared) { try Self.list(plan, context) }
    }
  }

  /// The first column of a plan as an array.
  private static func list(_ plan: Plan, _ context: EvaluationContext) throws -> Vector {
    let rows = try plan.execute(context, implicit: nil)
    var builder = JSONBuilder()
    builder.beginArray()
    if let column = rows.columns.first {
      for row in 0..<column.count { builder.append(column[row]) }
    }
    builder.endArray()
    return Vector(constant: .dynamic(builder.finish().root))
  }

  private static func walk(_ vector: Vector, _ path: JSONPath) -> Vector {
    guard case .dynamic(let column) = vector.column else { return Vector(constant: .null(.dynamic)) }
    return Vector(.dynamic(column.walked(path)), isConstant: vector.isConstant)
  }

  /// Rows for which a predicate is true; null counts as false.
  package func selection(_ batch: Batch, _ context: EvaluationContext, memoise: Bool = false) throws -> Bitmap {
    let vector = try evaluate(batch, context, memoise: memoise)
    guard case .bool(let column) = vector.column else {
      throw KQLError(.type, "a predicate must be a bool, this is a \(vector.type.rawValue)")
    }
    if vector.isConstant { return Bitmap(count: batch.count, filledWith: column[0] ?? false) }
    return column.validity.map { column.values & $0 } ?? column.values
  }
}

extension JSONBuilder {
  /// Appends a cell as Kusto puts it in a dynamic: datetimes and timespans as texts.
  mutating func append(_ value: Scalar) {
    switch value {
    case .null: appendNull()
    case .bool(let value): append(value)
    case .int(let value): append(Int64(value))
    case .long(let value): append(value)
    case .real(let value), .decimal(let value): append(value)
    case .string(let value), .guid(let value): append(value)
    case .datetime(let ticks): append(DateTime.text(ticks))
    case .timespan(let ticks): append(TimeSpan.text(ticks))
    case .dynamic(let value): append(value)
    }
  }
}

extension Scalar {
  /// The cell as a value of a dynamic.
  package var json: JSONValue {
    if case .dynamic(let value) = self { return value }
    var builder = JSONBuilder()
    builder.append(self)
    return builder.finish().root
  }
}
