// SPDX-License-Identifier: Apache-2.0

/// What an endpoint may ask for. A role is a set of these (``Role/permissions``); an API token is a choice of them.
package enum Permission: String, CaseIterable, Sendable {
  /// One's own account: who am I, sign out, password, saved views, own tokens.
  case account
  /// Resources, changes, findings, scores, compliance, policy states, scans: everything that only reads the estate.
  case read
  /// KQL of one's own, saved queries, the compatible query endpoints.
  case query
  /// Reports and other files of what may be read.
  case export
  /// Starts and cancels scans.
  case scan
  /// Owner and due date of findings, and answers to notifications.
  case respond
  /// Exempts findings.
  case exempt
  /// Attests controls.
  case attest
  /// Governance rules.
  case govern
  /// Uploads and tests policy definitions, assigns them.
  case policy
  /// Ingests rows, watchlists, functions and workbooks.
  case curate
  /// Connections, schedules, notifications and exports.
  case connect
  /// Users, their roles and all tokens.
  case users
  /// The audit log.
  case audit
  /// `/metrics`.
  case metrics
}

/// What somebody is here for. The order is that of the pages; none but the administrator contains all others.
package enum Role: String, CaseIterable, Comparable, Sendable {
  case viewer, analyst, policyAuthor, dataCurator, responder, administrator

  /// The table of roles.
  package var permissions: Set<Permission> {
    let basic: Set<Permission> = [.account, .read, .export]
    return switch self {
    case .viewer: basic
    case .analyst: basic.union([.query, .scan, .attest])
    case .policyAuthor: basic.union([.query, .policy, .exempt])
    case .dataCurator: basic.union([.query, .curate, .attest])
    case .responder: basic.union([.query, .scan, .respond, .exempt, .govern])
    case .administrator: Set(Permission.allCases)
    }
  }

  package static func < (left: Role, right: Role) -> Bool { left.place < right.place }
  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Who may call an endpoint.
package enum Access: Sendable, Equatable {
  case anyone
  case signedIn(Permission)
}
