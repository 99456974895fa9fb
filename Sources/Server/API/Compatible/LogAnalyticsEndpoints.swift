// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// The query of Azure Monitor Logs, as its clients call it. There is one workspace here: any name of one is it.
enum LogAnalyticsEndpoints {
  static let all = [post, get, batch]

  private static let path = "/v1/workspaces/{workspace}/query"

  private static let post = Endpoint(
    .post, path, .signedIn(.query), "Azure Monitor Logs: a query over the tables", timeout: nil
  ) { call in
    try await AzureErrors.told { try await answer(try call.json(), call).0 }
  }

  private static let get = Endpoint(
    .get, path, .signedIn(.query), "Azure Monitor Logs: the same with the query in the address", timeout: nil
  ) { call in
    try await AzureErrors.told {
      let members = ["query", "timespan"].compactMap { name in call.query(name).map { (name, JSONDraft.string($0)) } }
      return try await answer(JSONDraft.object(members).document().root, call).0
    }
  }

  private static func answer(_ body: JSONValue, _ call: Call) async throws -> (Reply, QueryResult) {
    guard let text = body["query"]?.string, !text.isEmpty else {
      throw AzureErrors.refusal("BadArgumentError", "The request's body must have a query.")
    }
    var request = QueryRequest(text: text)
    if let span = body["timespan"]?.string, !span.isEmpty {
      guard let times = TimeRange(span, now: call.services.clock()) else {
        throw AzureErrors.refusal("BadArgumentError", "The timespan is no duration or pair of times of ISO 8601.")
      }
      request.times = times.range
    }
    let preferences = HTTPField.Name("prefer").flatMap { call.header($0) }?.lowercased() ?? ""
    if let wait = preferences.split(separator: ",").first(where: { $0.contains("wait=") }),
      let seconds = Int(wait.drop { $0 != "=" }.dropFirst().prefix { $0.isNumber })
    {
      request.timeLimit = .seconds(seconds)
    }
    let start = ContinuousClock.now
    let result = try await request.result(call)
    let duration = ContinuousClock.now - start
    let wantsStatistics = preferences.contains("include-statistics=true")
    let wantsRender = preferences.contains("include-render=true")
    let reply = Reply.stream(type: "application/json") { write in
      var out = Array("{\"tables\":[".utf8)
      let tables = [("PrimaryResult", result)] + result.others.map { ($0.name, $0.result) }
      for (index, table) in tables.enumerated() {
        if index > 0 { out.append(0x2C) }
        out += head(table.0, table.1)
        for row in 0..<table.1.rows.count {
          if row > 0 { out.append(0x2C) }
          writeRow(table.1, row, into: &out)
          if out.count >= QueryResult.chunk {
            try await write(out)
            out.removeAll(keepingCapacity: true)
          }
        }
        out += Array("]}".utf8)
      }
      out += Array("]".utf8)
      if wantsStatistics {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        out += Array(
          ",\"statistics\":{\"query\":{\"executionTime\":\(seconds),\"datasetStatistics\":[{\"tableRowCount\":\(result.rows.count)}]}}"
            .utf8)
      }
      if wantsRender, let chart = result.chart {
        var json = JSONWriter()
        json.object { json in
          json.member("visualization", chart.kind)
          json.member("title", orNull: chart.properties["title"]?.first)
        }
        out += Array(",\"render\":".utf8) + json.bytes
      }
      out.append(0x7D)
      try await write(out)
    }
    return (reply, result)
  }

  private static func head(_ name: String, _ result: QueryResult) -> [UInt8] {
    var json = JSONWriter()
    json.text(name)
    var columns = JSONWriter()
    columns.array(result.schema) { json, field in
      json.object { json in
        json.member("name", field.name)
        json.member("type", field.type.rawValue)
      }
    }
    return Array("{\"name\":".utf8) + json.bytes + Array(",\"columns\":".utf8) + columns.bytes
      + Array(",\"rows\":[".utf8)
  }

  /// Cells as the service writes them: what is dynamic is the text of its JSON.
  private static func writeRow(_ result: QueryResult, _ row: Int, into out: inout [UInt8]) {
    out.append(0x5B)
    for (index, column) in result.rows.columns.enumerated() {
      if index > 0 { out.append(0x2C) }
      let cell = column[row]
      if case .dynamic(let value) = cell, !value.isNull {
        Scalar.string(value.kind == .string ? value.string ?? "" : value.text).json.write(into: &out)
      } else {
        QueryResult.write(cell, into: &out)
      }
    }
    out.append(0x5D)
  }

  /// Of the answers of a batch together.
  private static let mostBytes = 64 << 20

  private static let batch = Endpoint(
    .post, "/v1/$batch", .signedIn(.query), "Azure Monitor Logs: several queries", timeout: nil
  ) { call in
    try await AzureErrors.told {
      let requests = try call.json()["requests"]?.elements.map { $0 } ?? []
      guard (1...100).contains(requests.count) else {
        throw AzureErrors.refusal("BadArgumentError", "A batch has 1 to 100 requests.")
      }
      var out = Array("{\"responses\":[".utf8)
      for (index, request) in requests.enumerated() {
        if index > 0 { out.append(0x2C) }
        let reply = try await AzureErrors.told { try await answer(request["body"] ?? .null, call).0 }
        var json = JSONWriter()
        json.object { json in
          json.member("id", request["id"]?.string ?? request["id"]?.text ?? "")
          json.member("status", reply.status.code)
          json.member("headers") { _ in }
        }
        out += json.bytes.dropLast()
        out += Array(",\"body\":".utf8) + (try await reply.whole(most: mostBytes - out.count)) + [0x7D]
      }
      return .bytes(out + Array("]}".utf8), type: "application/json")
    }
  }
}

extension Reply {
  /// All bytes of the body.
  fileprivate func whole(most: Int) async throws -> [UInt8] {
    switch body {
    case .bytes(let bytes): return bytes
    case .stream(let write):
      let parts = Parts()
      try await write { try await parts.add($0, most: most) }
      return await parts.bytes
    }
  }

  private actor Parts {
    var bytes: [UInt8] = []
    func add(_ more: [UInt8], most: Int) throws {
      guard bytes.count + more.count <= most else {
        throw KQLError(.limit, "the answers of the batch are too large together; ask for fewer at once")
      }
      bytes += more
    }
  }
}

/// A stretch of time as ISO 8601 writes it: `P1D`, `PT30M`, `2027-01-01/2027-01-02`, `2027-01-01/P1D`, `PT1H/2027-01-01`.
struct TimeRange {
  /// Ticks.
  let range: ClosedRange<Int64>

  /// - Parameter now: a duration alone ends here.
  init?(_ text: String, now: Int64) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let times = parts.map { DateTime.parse($0) }
    let spans = parts.map(Self.duration)
    let (start, end): (Int64, Int64)
    switch parts.count {
    case 1:
      guard let span = spans[0], span <= now else { return nil }
      (start, end) = (now - span, now)
    case 2:
      if let first = times[0], let last = times[1] {
        (start, end) = (first, last)
      } else if let first = times[0], let span = spans[1] {
        (start, end) = (first, first + span)
      } else if let span = spans[0], let last = times[1], span <= last {
        (start, end) = (last - span, last)
      } else {
        return nil
      }
    default: return nil
    }
    guard start <= end else { return nil }
    range = start...end
  }

  /// Ticks of a duration of weeks, days, hours, minutes and seconds; months and years have no length of their own.
  static func duration(_ text: String) -> Int64? {
    var rest = text.uppercased()[...]
    guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
    var (sum, isTime) = (0.0, false)
    while let first = rest.first {
      if first == "T", !isTime {
        isTime = true
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits), let unit = rest.dropFirst(digits.count).first else { return nil }
      rest = rest.dropFirst(digits.count + 1)
      switch (unit, isTime) {
      case ("W", false): sum += number * 604_800
      case ("D", false): sum += number * 86_400
      case ("H", true): sum += number * 3600
      case ("M", true): sum += number * 60
      case ("S", true): sum += number
      default: return nil
      }
    }
    return sum < 1e10 ? Int64(sum * 1e7) : nil
  }
}
