// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs
internal import Synchronization

extension ServiceRun {
  /// Asks one more question about an item and takes what the answer gives.
  func step(_ step: CollectorSpec.Step, _ entry: CollectorSpec.Entry, _ item: inout Item) async {
    if let condition = step.when, !condition.holds(item) { return }
    do throws(AWSFailure) {
      guard let answer = try await answer(step, item) else { return }
      item.take(step.properties, step.observed, step.tags, from: answer)
      item.answers.append(answer)
    } catch {
      note(error, step, entry, &item)
    }
  }

  private func note(
    _ failure: AWSFailure, _ step: CollectorSpec.Step, _ entry: CollectorSpec.Entry, _ item: inout Item
  ) {
    if failure.isOne(of: step.call.absent) { return }
    if let model = scan.models[step.call.service], failure.reason == .network,
      !scan.client.isListed(model, region: place.region)
    {
      return
    }
    item.gaps.append(gap(failure, step.call, type: entry.lowerType, paths: step.affected))
  }

  /// The answer, or its row, for an item; nil where there is none.
  private func answer(_ step: CollectorSpec.Step, _ item: Item) async throws(AWSFailure) -> JSONValue? {
    let region = step.region.flatMap { item.value(at: $0)?.scalarText } ?? self.region(of: item)
    var answer: JSONValue
    if step.isOnce {
      let shared = try await shared(step, region).get()
      if let row = step.row {
        var key: [String] = []
        for column in row.columns { key.append(column.mapping.resolve(item)?.scalarText ?? "") }
        return shared.rows[key.joined(separator: "\u{1}")]
      }
      answer = shared.answer
    } else {
      answer = try await ask(step.call, Self.input(step.call, item), region)
      if let row = step.row {
        let wanted = row.columns.map { ($0.path, $0.mapping.resolve(item)?.scalarText) }
        let found = answer.found(row.items)?.elementList.first { element in
          wanted.allSatisfy { element.get($0)?.scalarText == $1 }
        }
        guard let found else { return nil }
        answer = found.finished
      }
    }
    if let path = step.item { return answer.found(path)?.finished }
    return answer
  }

  /// Where questions about an item go: its own region, where the spec says how that is known.
  private func region(of item: Item) -> String {
    guard spec.service == "s3", let own = item.observed["Region"]?.scalarText, !own.isEmpty else { return place.region }
    return own
  }

  private func ask(_ call: CollectorSpec.Call, _ input: JSONDraft, _ region: String) async throws(AWSFailure)
    -> JSONValue
  {
    guard let model = scan.models[call.service] else { throw AWSFailure.noTable(call) }
    guard let poll = call.poll else {
      let answer = try await scan.client.whole(model, call.operation, input: input, region: region, deadline: deadline)
      return Self.decoded(answer, call)
    }
    var pause = 0.25
    var waited = 0.0
    while true {
      let answer = try await scan.client.call(model, call.operation, input: input, region: region, deadline: deadline)
      if answer.value(at: poll.path).map({ JSONDraft.value($0).scalarText == poll.value }) == true { return answer }
      guard waited < 120, .now < deadline else {
        throw AWSFailure(
          reason: .timeout, code: "NotReady", message: "\(call.operation) did not reach \(poll.path) = \(poll.value)")
      }
      do { try await Task.sleep(for: .seconds(pause)) } catch {
        throw AWSFailure(reason: .timeout, code: "Cancelled", message: "cancelled")
      }
      waited += pause
      pause = min(pause * 2, 5)
    }
  }

  /// An answer that is asked for once in this run.
  private func shared(_ step: CollectorSpec.Step, _ region: String) async -> Result<Shared, AWSFailure> {
    let input = Self.input(step.call, Item(base: .null, parent: nil, place: place))
    let columns =
      step.row.map { row in "\(row.items) " + row.columns.map { "\($0.path)" }.joined(separator: ",") } ?? ""
    let call = "\(step.call.service):\(step.call.operation) \(region) \(input.document().root.text)"
    let task = state.withLock { state -> Task<Result<Shared, AWSFailure>, Never> in
      let key = "\(call) \(columns)"
      if let task = state.shared[key] { return task }
      let plain = state.shared[call]
      let task = Task { () -> Result<Shared, AWSFailure> in
        do throws(AWSFailure) {
          let answer: JSONValue
          if let plain {
            answer = try await plain.value.get().answer
          } else {
            answer = try await self.ask(step.call, input, region)
          }
          return .success(Shared(answer: answer, rows: Self.rows(of: answer, step.row)))
        } catch {
          return .failure(error)
        }
      }
      state.shared[key] = task
      if plain == nil { state.shared[call] = task }
      return task
    }
    return await task.value
  }

  private static func rows(of answer: JSONValue, _ row: CollectorSpec.Row?) -> [String: JSONValue] {
    guard let row else { return [:] }
    var rows: [String: JSONValue] = [:]
    for element in answer.found(row.items)?.elementList ?? [] {
      let value = element.finished
      let key = row.columns.map { value.found($0.path)?.scalarText ?? "" }.joined(separator: "\u{1}")
      if rows[key] == nil { rows[key] = value }
    }
    return rows
  }

  /// Asks one question about many items.
  func batch(_ step: CollectorSpec.Step, _ entry: CollectorSpec.Entry, _ items: inout [Item]) async {
    guard let batch = step.batch else { return }
    var wanted = items.indices.filter { index in step.when.map { $0.holds(items[index]) } ?? true }
    while !wanted.isEmpty {
      // One call's other inputs (a cluster's name) must hold for all items of it; items of a run share their parent.
      let chunk = Array(wanted.prefix(batch.size))
      wanted.removeFirst(chunk.count)
      let keys = chunk.map { batch.key.resolve(items[$0])?.scalarText ?? "" }
      var input = Self.input(step.call, items[chunk[0]])
      input.set(JSONPath(steps: [.key(batch.parameter)]), .array(keys.map(JSONDraft.string)))
      do throws(AWSFailure) {
        let answer = try await ask(step.call, input, place.region)
        var found: [String: JSONValue] = [:]
        for element in answer.found(batch.items)?.elementList ?? [] {
          let value = element.finished
          if let key = value.found(batch.by)?.scalarText { found[key] = value }
        }
        for (index, key) in zip(chunk, keys) {
          guard let row = found[key] else { continue }
          items[index].take(step.properties, step.observed, step.tags, from: row)
          items[index].answers.append(row)
        }
      } catch {
        for index in chunk { note(error, step, entry, &items[index]) }
      }
    }
  }
}
