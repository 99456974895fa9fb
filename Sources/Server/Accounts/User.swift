internal import GRDB
// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
package import JSON
internal import KQL

/// Somebody who may sign in.
package struct User: Sendable {
  package let id: String
  package let name: String
  package var roles: Set<Role>
  package var reach: Reach
  package var isDisabled: Bool
  /// Ticks of ``DateTime``.
  package let created: Int64
  package let signedIn: Int64?
  /// Comes from the OIDC provider; has no password here.
  package let isForeign: Bool

  init(_ row: Row) throws {
    id = row["id"]
    name = row["name"]
    roles = Set((row["roles"] as String).split(separator: ",").compactMap { Role(rawValue: String($0)) })
    reach = try Reach(json: JSONDocument.parse(row["reach"]).root)
    isDisabled = row["disabled"]
    created = row["created"]
    signedIn = row["signedIn"]
    isForeign = (row["subject"] as String?) != nil
  }

  package var principal: Principal {
    Principal(kind: .user, id: id, name: name, roles: roles, reach: reach)
  }

  /// As the API and the audit log show it.
  package var draft: JSONDraft {
    .object([
      ("id", .string(id)), ("name", .string(name)),
      ("roles", .array(roles.sorted().map { .string($0.rawValue) })), ("reach", reach.draft),
      ("disabled", .bool(isDisabled)), ("origin", .string(isForeign ? "oidc" : "local")),
      ("created", .string(DateTime.text(created))), ("signedIn", signedIn.map { .string(DateTime.text($0)) } ?? .null),
    ])
  }
}

extension Reach {
  /// Null for everything, else the clauses.
  package var draft: JSONDraft {
    isAll
      ? .null
      : .array(
        clauses.map { clause in
          .object([
            ("subscriptions", .array(clause.subscriptions.sorted().map { .string($0) })),
            (
              "tags",
              .array(
                clause.tags.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map {
                  .object([("name", .string($0.name)), ("value", .string($0.value))])
                })
            ),
          ])
        })
  }

  /// - Parameter json: null for everything, a clause, or a list of clauses that all must be met.
  /// - Throws: ``Problem`` 400 where it is something else.
  package init(json: JSONValue) throws(Problem) {
    switch json.kind {
    case .null: self = .all
    case .object: self = Reach(clauses: [try Self.clause(json)])
    case .array:
      var clauses: [Clause] = []
      for element in json.elements { clauses.append(try Self.clause(element)) }
      self = clauses.isEmpty ? .nothing : Reach(clauses: clauses)
    default:
      throw Problem(.badRequest, "'reach' is null for everything, or {\"subscriptions\": [...], \"tags\": [...]}.")
    }
  }

  private static func clause(_ json: JSONValue) throws(Problem) -> Clause {
    var subscriptions: [String] = []
    var tags: [Tag] = []
    for (key, value) in json.members {
      guard value.kind == .array, key.string == "subscriptions" || key.string == "tags" else {
        throw Problem(.badRequest, "'reach' has the lists 'subscriptions' and 'tags' and nothing else.")
      }
      for element in value.elements {
        if key.string == "subscriptions", let id = element.string {
          subscriptions.append(id)
        } else if let name = element["name"]?.string, let value = element["value"]?.string {
          tags.append(Tag(name: name, value: value))
        } else {
          throw Problem(
            .badRequest,
            "'reach.subscriptions' are texts, 'reach.tags' are of the form {\"name\": ..., \"value\": ...}.")
        }
      }
    }
    return Clause(subscriptions: subscriptions, tags: tags)
  }
}
