// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// scan: rows are matched against steps, each of which keeps the last rows of its sequence.
extension Binder {
  mutating func scan(_ input: BoundQuery, _ scan: ScanSyntax, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    guard !scan.steps.isEmpty else { throw fail(.arguments, "scan needs a step", range) }
    var row = input.schema
    for declared in scan.declared {
      guard !row.contains(where: { $0.name == declared.field.name }) else {
        throw fail(.arguments, "scan declares '\(declared.field.name)', which is a column already", range)
      }
      row.append(declared.field)
    }
    var fallbacks: [Expression] = []
    for field in input.schema { fallbacks.append(.literal(.null(field.type).converted(to: field.type))) }
    for declared in scan.declared {
      let value = try declared.fallback.map { f throws(KQLError) in convert(try fixed(f), to: declared.field.type) }
      fallbacks.append(value ?? .literal(Scalar.null(declared.field.type).converted(to: declared.field.type)))
    }
    // Columns: the row, then the state's row of each step.
    let width = row.count
    var states: [String: [String: Expression]] = [:]
    for (index, step) in scan.steps.enumerated() {
      guard states[step.name] == nil else {
        throw fail(.arguments, "two steps are called '\(step.name)'", step.range)
      }
      var columns: [String: Expression] = [:]
      for (place, field) in row.enumerated() {
        columns[field.name] = .column(width * (index + 1) + place, field.type)
      }
      states[step.name] = columns
    }
    let types = Array(repeatElement(row.map(\.type), count: scan.steps.count + 1).joined())
    let saved = (scope, members)
    defer { (scope, members) = saved }
    (scope, members) = (row, states)
    var steps: [ScanMachine.Step] = []
    for step in scan.steps {
      let condition = try bind(step.condition)
      guard condition.type == .bool || condition.type == .dynamic else {
        throw fail(.type, "a step's condition must be a bool", step.condition.range)
      }
      var assignments: [(place: Int, value: RowExpression)] = []
      for assignment in step.assignments {
        guard let place = row.firstIndex(where: { $0.name == assignment.name }) else {
          throw fail(
            .unknownName, "there is no column '\(assignment.name)'", assignment.value.range,
            suggestion: Spelling.nearest(to: assignment.name, in: row.map(\.name)))
        }
        let value = convert(try bind(assignment.value), to: row[place].type)
        assignments.append((place, RowExpression(value, types: types)))
      }
      steps.append(
        ScanMachine.Step(
          condition: RowExpression(convert(condition, to: .bool), types: types), assignments: assignments,
          output: step.output))
    }
    let machine = ScanMachine(
      steps: steps, types: row.map(\.type), fallbacks: fallbacks, hasMatchID: scan.matchID != nil)
    return BoundQuery(
      plan: .step(input.plan, name: "scan") { try machine.run($0, $1) },
      schema: row + (scan.matchID.map { [Field($0, .long)] } ?? []))
  }
}

/// The rows that scan lets through.
///
/// Each step holds the last row of every step up to itself. A row is tried against the steps from the last to the
/// first: where the step before is active and the condition holds, that step's state moves on to this one; else, where
/// this step is active itself (or is the first), its own row is replaced.
struct ScanMachine: Sendable {
  struct Step: Sendable {
    let condition: RowExpression
    let assignments: [(place: Int, value: RowExpression)]
    let output: ScanStepSyntax.Output
  }
  private struct State {
    var rows: [[Scalar]]
    var match: Int64
  }
  let steps: [Step]
  let types: [ScalarType]
  let fallbacks: [Expression]
  let hasMatchID: Bool

  func run(_ batch: Batch, _ context: EvaluationContext) throws -> Batch {
    let width = types.count
    let defaults = try fallbacks.map { try $0.single(context) }
    var states = [State?](repeating: nil, count: steps.count)
    var held = [(row: [Scalar], match: Int64)?](repeating: nil, count: steps.count)
    var builders = (types + (hasMatchID ? [.long] : [])).map(ColumnBuilder.init)
    var count = 0
    var matches: Int64 = -1
    func emit(_ row: [Scalar], _ match: Int64) throws {
      for (index, cell) in row.enumerated() { builders[index].append(cell) }
      if hasMatchID { builders[width].append(.long(match)) }
      count += 1
      try context.check(rows: count)
    }
    func release(_ index: Int) throws {
      guard let last = held[index] else { return }
      held[index] = nil
      try emit(last.row, last.match)
    }
    for number in 0..<batch.count {
      if number % 1024 == 0 { try context.check() }
      let cells = batch.columns.map { $0[number] } + defaults[batch.columns.count...]
      func reader(_ state: State?) -> (Int) -> Scalar {
        { index in
          if index < width { return cells[index] }
          let (step, place) = (index / width - 1, index % width)
          guard let state, step < state.rows.count else { return defaults[place] }
          return state.rows[step][place]
        }
      }
      func matched(_ step: Step, _ state: State?) throws -> [Scalar]? {
        let read = reader(state)
        guard case .bool(true) = try step.condition.evaluate(context, read) else { return nil }
        var row = Array(cells)
        for assignment in step.assignments { row[assignment.place] = try assignment.value.evaluate(context, read) }
        return row
      }
      for index in steps.indices.reversed() {
        let step = steps[index]
        var made: [Scalar]?
        if index > 0, let before = states[index - 1], let row = try matched(step, before) {
          try release(index)
          try release(index - 1)
          states[index] = State(rows: before.rows + [row], match: before.match)
          states[index - 1] = nil
          made = row
        } else if index == 0 || states[index] != nil, let row = try matched(step, states[index]) {
          if states[index] == nil {
            matches += 1
            states[index] = State(rows: [row], match: matches)
          } else {
            states[index]?.rows[index] = row
          }
          made = row
        }
        guard let row = made, let match = states[index]?.match else { continue }
        switch step.output {
        case .all: try emit(row, match)
        case .last: held[index] = (row, match)
        case .none: break
        }
      }
    }
    for index in steps.indices { try release(index) }
    return Batch(columns: builders.map { $0.finish() }, count: count)
  }
}
