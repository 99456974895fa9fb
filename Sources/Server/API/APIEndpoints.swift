// SPDX-License-Identifier: Apache-2.0

/// All endpoints of the API proper.
enum APIEndpoints {
  static let all = FindingEndpoints.all + ResourceEndpoints.all + ComplianceEndpoints.all + CheckEndpoints.all
}
