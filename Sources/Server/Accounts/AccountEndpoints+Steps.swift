// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON

extension AccountEndpoints {
  static let principalSchema = Schema.object([
    .init("id", .string), .init("name", .string), .init("kind", .string), .init("roles", .array(.string)),
    .init("permissions", .array(.string)), .init("reach", .anything), .init("csrf", .anything),
  ])
  static let userSchema = Schema.object([
    .init("id", .string), .init("name", .string), .init("roles", .array(.string)), .init("reach", .anything),
    .init("disabled", .boolean), .init("origin", .string), .init("created", .string), .init("signedIn", .anything),
  ])
  static let tokenSchema = Schema.object([
    .init("id", .string), .init("user", .string), .init("name", .string), .init("permissions", .array(.string)),
    .init("reach", .anything), .init("created", .string), .init("expires", .string), .init("seen", .anything),
  ])
  static func list(_ schema: Schema) -> Schema { .object([.init("items", .array(schema))]) }

  static func setUp(_ call: Call) async throws -> (User, String) {
    try attempt(call)
    let fields = try Fields(call, ["token", "name", "password"])
    let user = try await call.services.accounts.setUp(
      token: fields.text("token"), name: fields.text("name"), password: fields.text("password"), by: call.author)
    return try call.services.accounts.begin(user, "session.begin", by: call.author(of: user.principal))
  }

  static func signIn(_ call: Call) async throws -> (User, String) {
    try attempt(call)
    let fields = try Fields(call, ["name", "password"])
    let (name, password) = (try fields.text("name"), try fields.text("password"))
    return try await call.services.accounts.signIn(name: name, password: password, by: call.author)
  }

  /// Nobody gives, or takes over, what they may not do themselves: a token may be narrower than its user.
  static func within(_ roles: Set<Role>, _ call: Call) throws(Problem) {
    let given = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
    guard given.isSubset(of: call.principal.permissions) else {
      throw Problem(.forbidden, "These roles permit more than you may do here.")
    }
  }

  /// Guesses are slower than other requests.
  static func attempt(_ call: Call) throws(Problem) {
    guard let wait = call.services.signIns.take(call.address, now: call.services.clock()) else { return }
    throw Problem(
      .tooManyRequests, "Too many attempts from this address; wait \(wait) seconds.", headers: [.retryAfter: "\(wait)"])
  }

  /// A session begins under a new secret, whatever cookie the browser had before; that one's session ends.
  static func signedIn(_ user: User, _ session: String, _ call: Call, _ reply: Reply) throws -> Reply {
    if call.principal.kind == .user, let earlier = self.session(of: call) {
      try call.services.accounts.end(session: earlier, by: call.author)
    }
    var reply = reply
    reply.headers.append(Credentials.field(session: session, isSecure: call.services.settings.isSecure))
    return reply
  }

  static func signOut(_ call: Call, everywhere: Bool, _ reply: Reply) throws -> Reply {
    try person(call)
    if everywhere {
      try call.services.accounts.endSessions(of: call.principal.id, by: call.author)
    } else if let session = session(of: call) {
      try call.services.accounts.end(session: session, by: call.author)
    }
    var reply = reply
    reply.headers.append(Credentials.field(session: nil, isSecure: call.services.settings.isSecure))
    return reply
  }

  static func session(of call: Call) -> String? {
    guard case .session(let secret) = Credentials(call.head, isSecure: call.services.settings.isSecure) else {
      return nil
    }
    return secret
  }

  /// A token must not make another, which might reach further than itself.
  static func person(_ call: Call) throws(Problem) {
    guard call.principal.kind == .user else { throw Problem(.forbidden, "Sign in for this; a token does not do.") }
  }

  /// Whoever sees a part of the estate only must not make somebody who sees all of it.
  static func unbound(_ call: Call) throws(Problem) {
    guard call.principal.may(.users), call.principal.reach.isAll else {
      throw Problem(.forbidden, "Only whoever reaches all of the estate may see to users.")
    }
  }

  /// A path on this server, and nothing that a browser would take for another one.
  static func safe(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
      path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
    else { return "/" }
    return path
  }

  static func draft(_ principal: Principal, _ session: String) -> JSONDraft {
    draft(principal, csrf: Secrets.csrf(session: session))
  }

  static func draft(_ principal: Principal, csrf: String?) -> JSONDraft {
    .object([
      ("id", .string(principal.id)), ("name", .string(principal.name)), ("kind", .string(principal.kind.rawValue)),
      ("roles", .array(principal.roles.sorted().map { .string($0.rawValue) })),
      ("permissions", .array(principal.permissions.map(\.rawValue).sorted().map { .string($0) })),
      ("reach", principal.reach.draft), ("csrf", csrf.map(JSONDraft.string) ?? .null),
    ])
  }
}
