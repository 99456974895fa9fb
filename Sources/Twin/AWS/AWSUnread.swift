// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// What the scan of an estate could not read. The twin refuses it as AWS refuses who may not: an empty answer would say
/// that there is nothing, and unknown is not nothing.
struct AWSUnread: Sendable {
  private var calls: [String: Set<String>] = [:]

  init(_ gaps: [CoverageGap]) {
    for gap in gaps where gap.cloud == "aws" {
      calls["\(gap.service):\(gap.operation) \(gap.type)", default: []]
        .insert("\(gap.account) \(gap.region) \(gap.resourceId)")
    }
  }

  private static func name(_ use: AWSCatalog.Use) -> String {
    "\(use.call.service):\(use.call.operation) \(use.entry.type)"
  }

  func hasAny(of use: AWSCatalog.Use) -> Bool { calls[Self.name(use)] != nil }

  /// - Parameter id: of the resource that was asked about; empty for the list of all.
  func isUnread(_ use: AWSCatalog.Use, _ place: AWSPlace, id: String) -> Bool {
    guard let places = calls[Self.name(use)] else { return false }
    return places.contains("\(place.account) \(use.entry.level == .region ? place.region : "global") \(id)")
  }

  func refusal(_ operation: AWSCatalog.Operation) -> AWSError {
    let message = "The scan that the estate comes from was not answered this call."
    return switch operation.service.wireProtocol {
    case .ec2: AWSError(403, "UnauthorizedOperation", message)
    case .query, .restXML: AWSError(403, "AccessDenied", message)
    case .restJSON: AWSError(403, "AccessDeniedException", message)
    case .json: AWSError(400, "AccessDeniedException", message)
    }
  }
}
