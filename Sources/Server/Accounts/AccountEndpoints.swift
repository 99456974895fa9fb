// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON

/// Setting up, signing in and out, one's own account and tokens, and the users.
enum AccountEndpoints {
  static let all = signing + own + users

  private static let signing = [
    Endpoint(
      .post, "/api/v1/setup", .anyone, "Makes the first administrator, with the token that the server printed",
      body: .object([.init("token", .string), .init("name", .string), .init("password", .string)]),
      answers: [Answer(201, "Who was made, signed in", principalSchema)], bodyLimit: 4096
    ) { call in
      let (user, session) = try await setUp(call)
      return try signedIn(user, session, call, .json(draft(user.principal, session), status: .created))
    },
    Endpoint(
      .post, "/setup", .anyone, "As a form", bodyLimit: 4096, isPage: true
    ) { call in
      let (user, session) = try await setUp(call)
      return try signedIn(user, session, call, .redirect("/"))
    },
    Endpoint(
      .post, "/api/v1/session", .anyone, "Signs in with name and password",
      body: .object([.init("name", .string), .init("password", .string)]),
      answers: [Answer(200, "Who is signed in, and the token for unsafe requests", principalSchema)], bodyLimit: 4096
    ) { call in
      let (user, session) = try await signIn(call)
      return try signedIn(user, session, call, .json(draft(user.principal, session)))
    },
    Endpoint(
      .post, "/sign-in", .anyone, "As a form", bodyLimit: 4096, isPage: true
    ) { call in
      let next = safe(try call.form()["next"])
      do {
        let (user, session) = try await signIn(call)
        return try signedIn(user, session, call, .redirect(next))
      } catch let problem as Problem where problem.status == .unauthorized || problem.status == .tooManyRequests {
        let why = problem.status == .unauthorized ? "refused" : "wait"
        return .redirect("/sign-in?error=\(why)&next=\(URLText.encoded(next))")
      }
    },
  ]

  private static let own = [
    Endpoint(
      .get, "/api/v1/session", .signedIn(.account), "Who is signed in, and what they may",
      answers: [Answer(200, "The principal", principalSchema)]
    ) { call in .json(draft(call.principal, csrf: call.csrf)) },
    Endpoint(
      .delete, "/api/v1/session", .signedIn(.account), "Signs out",
      parameters: [Parameter("everywhere", "Ends the sessions of all browsers", .boolean)],
      answers: [Answer(204, "Signed out")]
    ) { call in try signOut(call, everywhere: call.query("everywhere") == "true", .noContent) },
    Endpoint(
      .post, "/sign-out", .signedIn(.account), "As a form", bodyLimit: 4096, isPage: true
    ) { call in
      try signOut(call, everywhere: call.form()["everywhere"] == "true", .redirect("/sign-in"))
    },
    Endpoint(
      .put, "/api/v1/session/password", .signedIn(.account), "Changes one's own password and ends other sessions",
      body: .object([.init("current", .string), .init("password", .string)]),
      answers: [Answer(204, "Changed")], bodyLimit: 4096
    ) { call in
      try person(call)
      let fields = try Fields(call, ["current", "password"])
      _ = try await call.services.accounts.check(
        name: call.principal.name, password: fields.text("current"), by: call.author)
      try await call.services.accounts.setPassword(
        of: call.principal.id, to: fields.text("password"), keeping: session(of: call), by: call.author)
      return .noContent
    },
    Endpoint(
      .get, "/api/v1/tokens", .signedIn(.account), "One's own API tokens, or all",
      parameters: [Parameter("all", "Of all users, for whoever may see to users", .boolean)],
      answers: [Answer(200, "The tokens", list(tokenSchema))]
    ) { call in
      let all = call.query("all") == "true"
      if all { try unbound(call) }
      let tokens = try call.services.accounts.tokens(of: all ? nil : call.principal.id)
      return .json(.object([("items", .array(tokens.map(\.draft)))]))
    },
    Endpoint(
      .post, "/api/v1/tokens", .signedIn(.account), "Makes an API token; its secret is told this once",
      body: .object([
        .init("name", .string), .init("permissions", .array(.string)), .init("reach", .anything, isRequired: false),
        .init("days", .integer, isRequired: false),
      ]), answers: [Answer(201, "The token with its secret", .anything)], bodyLimit: 65_536
    ) { call in
      try person(call)
      let fields = try Fields(call, ["name", "permissions", "reach", "days"])
      guard let permissions: Set<Permission> = try fields.choices("permissions") else {
        throw Problem(.unprocessableContent, "'permissions' is missing.")
      }
      guard let days = fields.value("days").map({ $0.int64 }) ?? 90 else {
        throw Problem(.unprocessableContent, "'days' is a whole number.")
      }
      let (token, secret) = try call.services.accounts.createToken(
        name: fields.text("name"), permissions: permissions, reach: Reach(json: fields.value("reach") ?? .null),
        days: days, of: call.principal, by: call.author)
      guard case .object(let members) = token.draft else { throw Problem(.internalServerError) }
      return .json(.object(members + [("secret", .string(secret))]), status: .created)
    },
    Endpoint(
      .delete, "/api/v1/tokens/{id}", .signedIn(.account), "Deletes an API token",
      parameters: [Parameter("id", in: .path, "Its id")], answers: [Answer(204, "Deleted")]
    ) { call in
      let owner = call.principal.may(.users) && call.principal.reach.isAll ? nil : call.principal.id
      try call.services.accounts.deleteToken(call.path("id"), of: owner, by: call.author)
      return .noContent
    },
  ]

  private static let id = Parameter("id", in: .path, "The user's id")

  private static let users = [
    Endpoint(
      .get, "/api/v1/users", .signedIn(.users), "The users", answers: [Answer(200, "All of them", list(userSchema))]
    ) { call in
      try unbound(call)
      return .json(.object([("items", .array(try call.services.accounts.users().map(\.draft)))]))
    },
    Endpoint(
      .get, "/api/v1/users/{id}", .signedIn(.users), "A user", parameters: [id],
      answers: [Answer(200, "The user", userSchema)]
    ) { call in
      try unbound(call)
      return .json(try call.services.accounts.user(call.path("id")).draft)
    },
    Endpoint(
      .post, "/api/v1/users", .signedIn(.users), "Makes a user",
      body: .object([
        .init("name", .string), .init("password", .string), .init("roles", .array(.string)),
        .init("reach", .anything, isRequired: false),
      ]), answers: [Answer(201, "The user", userSchema)], bodyLimit: 65_536
    ) { call in
      try unbound(call)
      let fields = try Fields(call, ["name", "password", "roles", "reach"])
      let roles: Set<Role> = try fields.choices("roles") ?? [.viewer]
      try within(roles, call)
      let user = try await call.services.accounts.create(
        name: fields.text("name"), password: fields.text("password"), roles: roles,
        reach: Reach(json: fields.value("reach") ?? .null), by: call.author)
      return .json(user.draft, status: .created, headers: [.location: "/api/v1/users/\(user.id)"])
    },
    Endpoint(
      .patch, "/api/v1/users/{id}", .signedIn(.users), "Changes roles, reach or password, or disables a user",
      parameters: [id],
      body: .object([
        .init("roles", .array(.string), isRequired: false), .init("reach", .anything, isRequired: false),
        .init("disabled", .boolean, isRequired: false), .init("password", .string, isRequired: false),
      ]), answers: [Answer(200, "The user", userSchema)], bodyLimit: 65_536
    ) { call in
      try unbound(call)
      let fields = try Fields(call, ["roles", "reach", "disabled", "password"])
      let accounts = call.services.accounts
      let (roles, isDisabled): (Set<Role>?, Bool?) = (try fields.choices("roles"), try fields.flag("disabled"))
      let reach = try fields.value("reach").map { value throws(Problem) in try Reach(json: value) }
      try within(roles ?? [], call)
      try within(try accounts.user(call.path("id")).roles, call)
      if let password = try fields.optional("password") {
        try await accounts.setPassword(of: call.path("id"), to: password, by: call.author)
      }
      let user = try accounts.update(call.path("id"), by: call.author) { user in
        user.roles = roles ?? user.roles
        user.reach = reach ?? user.reach
        user.isDisabled = isDisabled ?? user.isDisabled
      }
      return .json(user.draft)
    },
    Endpoint(
      .delete, "/api/v1/users/{id}", .signedIn(.users), "Deletes a user with their sessions and tokens",
      parameters: [id], answers: [Answer(204, "Deleted")]
    ) { call in
      try unbound(call)
      try within(try call.services.accounts.user(call.path("id")).roles, call)
      try call.services.accounts.delete(call.path("id"), by: call.author)
      return .noContent
    },
    Endpoint(
      .delete, "/api/v1/users/{id}/sessions", .signedIn(.users), "Signs a user out everywhere", parameters: [id],
      answers: [Answer(204, "Signed out")]
    ) { call in
      try unbound(call)
      try call.services.accounts.endSessions(of: call.path("id"), by: call.author)
      return .noContent
    },
  ]
}
