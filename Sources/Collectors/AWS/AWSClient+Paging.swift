// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import JSON
package import Specs

extension AWSClient {
  /// Calls an operation to its last page. `page` sees each answer in turn and says whether to go on.
  ///
  /// - Throws: what a page failed with; a token that comes back again is a failure too, for the rest would not end.
  package func pages(
    _ service: ServiceModel, _ name: String, input: JSONDraft, region: String, deadline: ContinuousClock.Instant?,
    page: (JSONValue) async throws(AWSFailure) -> Void
  ) async throws(AWSFailure) {
    var input = input
    var seen: Set<[String]> = []
    while true {
      let answer = try await call(service, name, input: input, region: region, deadline: deadline)
      try await page(answer)
      guard let paging = service.operations[name]?.pages else { return }
      if let more = paging.more, answer.value(at: more)?.boolean == false { return }
      var tokens: [String] = []
      for (member, sources) in zip(paging.input, paging.output) {
        let token = sources.lazy.compactMap { answer.value(at: $0) }.first { !$0.isNull }
        guard let token, token.string != "" else { continue }
        tokens.append(token.string ?? token.text)
        input.set(JSONPath(steps: [.key(member)]), .value(token))
      }
      if tokens.isEmpty { return }
      guard seen.insert(tokens).inserted else {
        throw AWSFailure(
          reason: .malformed, code: "RepeatedToken", message: "\(service.service):\(name) gave a page token twice")
      }
    }
  }

  /// The answer with the lists of all its pages joined.
  package func whole(
    _ service: ServiceModel, _ name: String, input: JSONDraft, region: String, deadline: ContinuousClock.Instant?
  ) async throws(AWSFailure) -> JSONValue {
    var answers: [JSONValue] = []
    try await pages(service, name, input: input, region: region, deadline: deadline) { answers.append($0) }
    guard let first = answers.first else { return .null }
    guard answers.count > 1, let paging = service.operations[name]?.pages else { return first }
    var joined = JSONDraft.value(first)
    for path in paging.items where !path.hasWildcard {
      joined.set(path, .array(answers.flatMap { $0.value(at: path)?.elements.map(JSONDraft.value) ?? [] }))
    }
    return joined.document().root
  }
}
