// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes

/// All endpoints of the API, and those of other services' clients.
enum APIEndpoints {
  static let all =
    FindingEndpoints.all + ResourceEndpoints.all + ExemptionEndpoints.all + GovernanceEndpoints.all
    + ComplianceEndpoints.all + ScoreEndpoints.all + ScanEndpoints.all + QueryEndpoints.all + ReportEndpoints.all
    + PolicyEndpoints.all + CheckEndpoints.all + [document]
    + ResourceGraphEndpoints.all + LogAnalyticsEndpoints.all + KustoEndpoints.all

  /// The document that describes them, and those of the other rooms.
  private static let document = Endpoint(
    .get, "/api/v1/openapi.json", .anyone, "This document",
    answers: [Answer(200, "An OpenAPI 3.1 document.", .anything)]
  ) { call in
    var reply = Reply.bytes(
      OpenAPI.document(of: Routes.all, version: call.services.version), type: "application/json")
    reply.headers[.cacheControl] = "public, max-age=300"
    return reply
  }
}
