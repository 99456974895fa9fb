// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Examples in which something could not be seen, made of a check's other examples.
///
/// A gap on a path that the check reads makes its first healthy example Unknown. So does a type that its query reads and
/// that could not be listed: the first healthy example of a check that demands all, the first unhealthy one of a check
/// that is content with any.
struct UnknownExamples {
  private let check: Check
  private let bench: ExampleBench

  init(_ check: Check, _ bench: ExampleBench) {
    self.check = check
    self.bench = bench
  }

  /// How many were made, and which did not come out as Unknown.
  func run() throws(ContentError) -> (count: Int, problems: [ContentError]) {
    var count = 0
    var problems: [ContentError] = []
    func expect(_ example: ExampleBench.Example, _ gaps: [Estate.Gap], _ what: String) {
      count += 1
      let verdicts = bench.judge(check, example.rows, gaps: gaps)
      // Where a list was not read, the place has a verdict of its own.
      let judged = verdicts.list.filter { verdicts.subjects[$0.subject].type == check.type }
      guard let wrong = judged.first(where: { $0.status != .unknown }) else {
        if judged.isEmpty { problems.append(example.node.error("without \(what) no resource was judged")) }
        return
      }
      problems.append(
        example.node.error(
          "without \(what) the verdict should be Unknown, it is \(wrong.status.rawValue) for "
            + verdicts.subjects[wrong.subject].id))
    }
    guard let healthy = try bench.examples(of: check, "healthy").first else { return (0, []) }
    var paths = bench.paths(of: check).map { JSONPath(steps: $0.map(JSONPath.Step.key)).description }
    // What no call can hide by itself; a query that reads no path at all is without the whole resource.
    if paths.isEmpty { paths = [""] }
    for path in paths {
      expect(
        healthy, healthy.rows.filter { $0["type"]?.string == check.type }.map { Self.gap($0, path: path) },
        path.isEmpty ? "the resource" : path)
    }
    guard case .query(let text) = check.rule, let reads = QueryReads(text, judging: check.type) else {
      return (count, problems)
    }
    let turning =
      check.decides == .all ? healthy : try bench.examples(of: check, "unhealthy").first ?? healthy
    for type in reads.types.subtracting([check.type]).sorted() {
      guard let row = turning.rows.first(where: { $0["type"]?.string == check.type }) else { continue }
      var gap = Self.gap(row, path: "")
      (gap.resourceId, gap.paths, gap.type) = (nil, [], type)
      expect(turning, [gap], "the list of \(type)")
    }
    return (count, problems)
  }

  /// What an example says could not be seen: `gap: PATH`, `gap: {path, resource, reason}`, `gap: {type, reason}`.
  static func gaps(of example: ExampleBench.Example, _ check: Check) throws(ContentError) -> [Estate.Gap] {
    guard let node = try example.node.optional("gap") else { return [] }
    var (path, resource, type, reason) = (String?.none, String?.none, String?.none, "AccessDenied")
    if node.value.kind == .string {
      path = try node.text
    } else {
      try node.allow(["path", "resource", "type", "reason"])
      path = try node.optional("path")?.text
      resource = try node.optional("resource")?.text
      type = try node.optional("type")?.text
      reason = try node.optional("reason")?.text ?? reason
      guard (path == nil) != (type == nil), type == nil || resource == nil else {
        throw node.error("a gap has a 'path', and may name a 'resource', or it has the 'type' that was not listed")
      }
    }
    let rows = example.rows.filter { row in
      resource.map { row["id"]?.string == $0 } ?? (row["type"]?.string == check.type)
    }
    guard let first = rows.first else { throw node.error("the example has no such resource") }
    guard let type else { return rows.map { gap($0, path: path ?? "", reason: reason) } }
    var list = gap(first, path: "", reason: reason)
    (list.resourceId, list.type) = (nil, type.lowercased())
    return [list]
  }

  /// - Parameter path: empty for all of the resource.
  private static func gap(_ row: JSONValue, path: String, reason: String = "AccessDenied") -> Estate.Gap {
    func text(_ key: String) -> String { row[key]?.string ?? "" }
    return Estate.Gap(
      cloud: text("cloud"), account: text("subscriptionId"), region: text("location"), service: "example",
      operation: "Read", type: text("type"), resourceId: text("id"), paths: path.isEmpty ? [] : [path], reason: reason)
  }
}
