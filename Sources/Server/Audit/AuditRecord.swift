// SPDX-License-Identifier: Apache-2.0
package import JSON
internal import KQL

/// Who does something, and from where.
package struct Author: Sendable {
  package let id: String
  package let name: String
  /// `user`, `token`, `nobody`, or `system` for what the server does by itself.
  package let kind: String
  package let token: String?
  package let address: String
  package let requestID: String

  package static let system = Author(id: "", name: "plumb", kind: "system", token: nil, address: "", requestID: "")
}

extension Call {
  /// The one who is told by the audit log.
  package var author: Author { author(of: principal) }

  /// Somebody who has only now shown who they are.
  func author(of principal: Principal) -> Author {
    Author(
      id: principal.id, name: principal.name, kind: principal.kind.rawValue, token: principal.token, address: address,
      requestID: requestID)
  }
}

/// One line of the audit log.
package struct AuditRecord: Sendable {
  /// Ticks of ``DateTime``.
  package let time: Int64
  package let author: Author
  package let action: String
  /// What it is done to: `user:u-1`, `connection:prod`.
  package var target = ""
  package var before: JSONDraft?
  package var after: JSONDraft?

  package init(time: Int64, author: Author, action: String) {
    self.time = time
    self.author = author
    self.action = action
  }

  /// The document that is hashed and kept.
  func draft(number: Int64) -> JSONDraft {
    .object([
      ("number", .int(number)), ("time", .string(DateTime.text(time))), ("action", .string(action)),
      ("target", .string(target)),
      (
        "by",
        .object([
          ("kind", .string(author.kind)), ("id", .string(author.id)), ("name", .string(author.name)),
          ("token", author.token.map(JSONDraft.string) ?? .null),
        ])
      ),
      ("address", .string(author.address)), ("requestId", .string(author.requestID)),
      ("before", Self.masked(before ?? .null)), ("after", Self.masked(after ?? .null)),
    ])
  }

  /// Members whose names tell of a secret keep their name only.
  static func masked(_ draft: JSONDraft) -> JSONDraft {
    switch draft {
    case .object, .value:
      if case .value(let value) = draft, value.kind == .array {
        return .array(value.elements.map { masked(.value($0)) })
      }
      if case .value(let value) = draft, value.kind != .object { return draft }
      return .object(
        draft.thawed().map { key, value in
          (key, isSecret(key) && !value.isNull ? .string("***") : masked(value))
        })
    case .array(let elements): return .array(elements.map(masked))
    default: return draft
    }
  }

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased().filter { $0 != "_" && $0 != "-" }
    return ["password", "secret", "credential", "privatekey", "apikey", "connectionstring", "authorization", "cookie"]
      .contains(where: name.contains)
  }
}
