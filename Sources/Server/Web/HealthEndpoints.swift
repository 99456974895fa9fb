internal import GRDB
// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import Logging

/// What those ask who keep the server running.
enum HealthEndpoints {
  static let all = [
    Endpoint(
      .get, "/healthz", .anyone, "Whether the process answers",
      answers: [Answer(200, "It does", .object([.init("status", .string)]))]
    ) { _ in .json(.object([("status", .string("ok"))])) },
    Endpoint(
      .get, "/readyz", .anyone, "Whether requests can be answered",
      answers: [
        Answer(200, "They can", .object([.init("status", .string)])),
        Answer(503, "A store cannot be read", contentType: "application/problem+json"),
      ]
    ) { call in
      do {
        _ = try call.services.store.read { try Int.fetchOne($0, sql: "SELECT number FROM audit_head") }
        _ = try call.services.inventory.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM scan") }
      } catch {
        call.services.logger.error("not ready", metadata: ["error": "\(error)"])
        throw Problem(.serviceUnavailable, "A store cannot be read; the server's log tells why.")
      }
      return .json(.object([("status", .string("ready"))]))
    },
    Endpoint(
      .get, "/metrics", .signedIn(.metrics), "Metrics for Prometheus",
      answers: [Answer(200, "Text format 0.0.4", contentType: "text/plain", .string)]
    ) { call in
      ProcessMetrics.update(call.services.metrics)
      return .bytes(Array(call.services.metrics.exposition().utf8), type: "text/plain; version=0.0.4; charset=utf-8")
    },
  ]
}
