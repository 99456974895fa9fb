// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// `/api/v1/scores`
enum ScoreEndpoints {
  static let all = [now, history, change]

  private static let number = Schema.optional(.number)
  private static let control = Schema.object([
    .init("control", .string), .init("title", .string), .init("max", .integer), .init("healthy", .integer),
    .init("unhealthy", .integer), .init("notApplicable", .integer), .init("unknown", .integer),
    .init("current", number, "Points; null where nothing is assessed."),
    .init("increase", .number, "By how much the score would grow if all were healthy."),
  ])
  private static let parts = Schema.array(.object([.init("name", .string), .init("adds", .number)]))
  private static let place: [Parameter] = [
    Parameter("cloud", "Only this cloud."), Parameter("account", "Only this account, subscription or project."),
  ]

  private static let now = APIRoute.ofState.endpoint(
    .get, "/scores", .read, "The secure score and the risk score of the newest scan", parameters: place,
    answers: [
      Answer(
        200, "The scores of the accounts that are seen whole.",
        .object([
          .init("time", .optional(.dateTime), "When they were judged; null before the first scan."),
          .init(
            "secureScore",
            .object([
              .init("percentage", number), .init("weight", .integer), .init("controls", .array(control)),
              .init(
                "accounts",
                .array(
                  .object([
                    .init("cloud", .string), .init("account", .string), .init("weight", .integer),
                    .init("current", .number), .init("max", .integer), .init("percentage", number),
                    .init("controls", .array(control)),
                  ]))),
            ])),
          .init(
            "riskScore",
            .object([
              .init("score", number, "Of the whole estate; null for whoever sees a part of it."),
              .init("accounts", parts), .init("controls", parts), .init("severities", parts),
              .init("factorsWithoutFacts", .texts),
              .init(
                "worst",
                .array(
                  .object([
                    .init("resource", .string), .init("resourceKey", .string), .init("type", .string),
                    .init("cloud", .string), .init("account", .string), .init("faults", .integer),
                    .init("risk", .number), .init("adds", .number),
                  ])), "What adds most, the first 25 of the estate that may be seen."),
            ])),
        ]))
    ]
  ) { call in
    let scores = call.estate.scores
    let secure = (call.view.secure ?? SecureScore(scopes: []))
      .filtered(cloud: call.text("cloud"), account: call.text("account"))
    let isWhole = call.view.reach.isAll && call.text("cloud") == nil && call.text("account") == nil
    return call.reply { json in
      json.member("time", time: scores?.time)
      json.member("secureScore") { json in
        json.member("percentage", secure.percentage.map(Self.rounded))
        json.member("weight", secure.weight)
        json.member("controls", call.estate.secureModel.controls) { json, control in
          json.object {
            write(secure.total(control.id), increase: secure.increase(of: control.id), call.estate, into: &$0)
          }
        }
        json.member("accounts", secure.scopes) { json, scope in
          json.object { json in
            json.member("cloud", scope.cloud)
            json.member("account", scope.account)
            json.member("weight", scope.weight)
            json.member("current", Self.rounded(scope.current))
            json.member("max", scope.max)
            json.member("percentage", scope.percentage.map(Self.rounded))
            json.member("controls", scope.controls) { json, control in
              json.object { write(control, increase: scope.increase(of: control.control), call.estate, into: &$0) }
            }
          }
        }
      }
      json.member("riskScore") { json in
        let risk = scores?.risk
        json.member("score", isWhole ? risk.map { units($0.units) } : nil)
        let accounts = (risk?.byAccount ?? []).filter { part in
          secure.scopes.contains { "\($0.cloud)/\($0.account)" == part.name }
        }
        write("accounts", accounts, into: &json)
        write("controls", isWhole ? risk?.byControl ?? [] : [], into: &json)
        write("severities", isWhole ? risk?.bySeverity ?? [] : [], into: &json)
        json.member("factorsWithoutFacts", risk?.absent ?? [])
        let worst = (risk?.worst ?? []).filter { resource in
          (call.text("cloud") ?? resource.cloud) == resource.cloud
            && (call.text("account") ?? resource.account) == resource.account
            && call.view.resources(id: resource.id).contains { $0.type == resource.type }
        }
        json.member("worst", worst) { json, resource in
          json.object { json in
            json.member("resource", resource.id)
            json.member("resourceKey", ResourceKey.text(type: resource.type, id: resource.id))
            json.member("type", resource.type)
            json.member("cloud", resource.cloud)
            json.member("account", resource.account)
            json.member("faults", resource.faults)
            json.member("risk", units(resource.risk))
            json.member("adds", units(resource.units))
          }
        }
      }
    }
  }

  /// Two decimals, as scores are shown everywhere.
  private static func rounded(_ value: Double) -> Double { Double(ScoreNumber.hundredths(value)) / 100 }
  private static func units(_ units: Int) -> Double { Double(units) / Double(RiskScore.scale) }

  private static func write(
    _ control: ControlScore, increase: Double, _ estate: EstateView, into json: inout JSONWriter
  ) {
    json.member("control", control.control)
    json.member("title", estate.secureModel.title(of: control.control))
    json.member("max", control.max)
    json.member("healthy", control.healthy)
    json.member("unhealthy", control.unhealthy)
    json.member("notApplicable", control.notApplicable)
    json.member("unknown", control.unknown)
    json.member("current", control.assessed == 0 ? nil : rounded(control.current))
    json.member("increase", rounded(increase))
  }

  private static func write(_ name: String, _ parts: [RiskScore.Part], into json: inout JSONWriter) {
    json.member(name, parts) { json, part in
      json.object { json in
        json.member("name", part.name)
        json.member("adds", units(part.units))
      }
    }
  }

  private static let history = APIRoute.ofState.endpoint(
    .get, "/scores/history", .read, "The scores of all scans, the earliest first",
    parameters: place + [Parameter("since", "Only at this time or later.", .dateTime)],
    answers: [
      Answer(
        200, "A point for each scan.",
        .object([
          .init(
            "items",
            .array(.object([.init("time", .dateTime), .init("secureScore", number), .init("riskScore", number)])))
        ]))
    ]
  ) { call in
    let since = call.time("since") ?? .min
    let (cloud, account) = (call.text("cloud"), call.text("account"))
    let isWhole = call.view.reach.isAll && cloud == nil && account == nil
    return call.reply { json in
      json.member("items", call.estate.history.lazy.filter { $0.time >= since }) { json, point in
        json.object { json in
          json.member("time", time: point.time)
          let seen = SecureScore(scopes: point.accounts.filter { call.view.sees(account: $0.account) })
          json.member("secureScore", seen.filtered(cloud: cloud, account: account).percentage.map(Self.rounded))
          json.member("riskScore", isWhole ? units(point.risk) : nil)
        }
      }
    }
  }

  private static let steps = Schema.object([
    .init("before", .number), .init("content", .number), .init("estate", .number), .init("exemptions", .number),
    .init("after", .number),
  ])

  private static let change = APIRoute.ofState.endpoint(
    .get, "/scores/change", .read, "Why the scores are others than they were: what checks, estate and exemptions did",
    parameters: [Parameter("since", "Against what stood at this time. Default: the scan before.", .dateTime)],
    answers: [
      Answer(
        200, "The parts of the difference add up exactly.",
        .object([
          .init("from", .dateTime), .init("to", .dateTime), .init("contentChanged", .boolean),
          .init("secureScore", steps), .init("riskScore", steps),
          .init(
            "accounts",
            .array(.object([.init("cloud", .string), .init("account", .string), .init("secureScore", steps)]))),
        ])), Answer(409, "There are not two scans to compare, or the newer one was judged by other checks."),
    ], timeout: .seconds(120)
  ) { call in
    guard call.view.reach.isAll else {
      throw Problem(.forbidden, "Why scores moved is told to those who see the whole estate.")
    }
    let (estate, services) = (call.estate, call.services)
    guard let newest = estate.scores else { throw Problem(.conflict, "Nothing has been scored yet.") }
    let time = min(newest.time - 1, call.time("since") ?? .max)
    // An earlier estate may have to be judged again, which takes as long as a scan's judging.
    let change = try await services.api.desk.run { _ in
      guard let before = try ScoreStore(services.inventory).newest(at: time) else {
        throw Problem(.conflict, "There is no earlier scan to compare with.")
      }
      let scorer = try Scorer(services.content, checks: estate.checks.stable)
      guard let change = try scorer.change(from: before, to: newest, in: services.inventory) else {
        throw Problem(.conflict, "The newest scan was judged by other checks than those at hand.")
      }
      return change
    }
    return call.reply { json in
      json.member("from", time: change.from)
      json.member("to", time: change.to)
      json.member("contentChanged", change.isContentChanged)
      write("secureScore", change.secure, 100, into: &json)
      write("riskScore", change.risk, RiskScore.scale, into: &json)
      json.member("accounts", change.scopes) { json, scope in
        json.object { json in
          json.member("cloud", scope.cloud)
          json.member("account", scope.account)
          write("secureScore", scope.parts, 100, into: &json)
        }
      }
    }
  }

  private static func write(_ name: String, _ parts: ScoreChange.Parts, _ scale: Int, into json: inout JSONWriter) {
    json.member(name) { json in
      for (step, value) in [
        ("before", parts.before), ("content", parts.content), ("estate", parts.estate),
        ("exemptions", parts.exemptions), ("after", parts.after),
      ] {
        json.member(step, Double(value) / Double(scale))
      }
    }
  }
}
