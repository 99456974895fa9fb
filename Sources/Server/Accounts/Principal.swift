// SPDX-License-Identifier: Apache-2.0

/// Who makes a request, and what that may be.
package struct Principal: Sendable {
  package enum Kind: String, Sendable { case nobody, user, token }

  package let kind: Kind
  /// Of the user; a token acts as its user.
  package let id: String
  package let name: String
  package let roles: Set<Role>
  /// Of the roles; for a token those of them that it was given.
  package let permissions: Set<Permission>
  /// Every list and every single resource that is answered must lie within.
  package let reach: Reach
  /// The token's id; nil for a session.
  package let token: String?

  package init(
    kind: Kind, id: String, name: String, roles: Set<Role>, permissions: Set<Permission>? = nil, reach: Reach,
    token: String? = nil
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.roles = roles
    let most = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
    self.permissions = permissions.map { most.intersection($0) } ?? most
    self.reach = reach
    self.token = token
  }

  /// Whoever is not signed in.
  package static let nobody = Principal(kind: .nobody, id: "", name: "", roles: [], reach: .nothing)

  package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}
