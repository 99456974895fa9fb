// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import Logging
internal import Metrics

/// All that stands before an endpoint, in the order in which a request meets it: the size of its head, its host, the
/// address's rate, the route, who makes it, whether they may, their rate, where it comes from, and its body.
struct Responder: Sendable {
  /// A request as it came, its body not yet read.
  struct Incoming: Sendable {
    let head: HTTPRequest
    let address: String
    let requestID: String
    /// The whole body, or nil where it is longer than so many bytes.
    let collect: @Sendable (Int) async throws -> [UInt8]?
  }

  /// Bytes of the target and of all header fields.
  private static let (longestTarget, largestHead) = (8192, 16_384)
  private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options]

  let services: Services
  let router: Router
  private let hosts: HostCheck
  private let byAddress: RateLimiter
  private let byPrincipal: RateLimiter

  init(_ endpoints: [Endpoint], _ services: Services) {
    self.services = services
    router = Router(endpoints)
    hosts = HostCheck(services.settings)
    byAddress = RateLimiter(perMinute: services.settings.requestsPerMinute * 10)
    byPrincipal = RateLimiter(perMinute: services.settings.requestsPerMinute)
  }

  /// Whether a request is for an endpoint that takes as long as it likes.
  func takesLong(_ head: HTTPRequest) -> Bool {
    guard case .endpoint(let endpoint, _) = router.find(head.method, (head.path ?? "/").prefix { $0 != "?" }) else {
      return false
    }
    return endpoint.timeout == nil
  }

  func respond(to incoming: Incoming) async -> Reply {
    let start = ContinuousClock.now
    var route = "none"
    var principal = Principal.nobody
    var reply: Reply
    do {
      reply = try await answer(incoming, &route, &principal)
    } catch {
      reply = problem(of: error, incoming).reply(requestID: incoming.requestID)
    }
    secure(&reply, incoming)
    if incoming.head.method == .head { reply.body = .bytes([]) }
    tell(incoming, reply, route, principal, ContinuousClock.now - start)
    return reply
  }

  private func answer(
    _ incoming: Incoming, _ route: inout String, _ principal: inout Principal
  ) async throws -> Reply {
    let head = incoming.head
    let target = head.path ?? "/"
    guard target.utf8.count <= Self.longestTarget else { throw Problem(.uriTooLong) }
    let size = head.headerFields.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
    guard size <= Self.largestHead else { throw Problem(.requestHeaderFieldsTooLarge) }
    try hosts.check(host: head.authority)
    try limit(byAddress, incoming.address)

    let path = target.prefix { $0 != "?" }
    let endpoint: Endpoint
    let values: [String: String]
    switch router.find(head.method, path) {
    case .endpoint(let found, let parameters): (endpoint, values) = (found, parameters)
    case .nothing: throw Problem(.notFound)
    case .otherMethods(let methods):
      let allowed = Set(methods.map(\.rawValue)).union(methods.contains(.get) ? ["HEAD"] : []).sorted()
      throw Problem(.methodNotAllowed, headers: [.allow: allowed.joined(separator: ", ")])
    }
    route = endpoint.path

    let credentials = Credentials(head, isSecure: services.settings.isSecure)
    principal = try await self.principal(credentials)
    do {
      try admit(principal, to: endpoint)
      if principal.kind != .nobody { try limit(byPrincipal, principal.token ?? principal.id) }
      let isSafe = Self.safeMethods.contains(head.method)
      if !isSafe { try hosts.check(origin: head.headerFields[.origin], site: head.headerFields[.secFetchSite]) }
      if let length = head.headerFields[.contentLength].flatMap(Int.init), length > endpoint.bodyLimit {
        throw tooLarge(endpoint)
      }
      let late = Problem(.requestTimeout, "The body took longer than 30 seconds.")
      let body = try await Self.within(.seconds(30), else: late) { try await incoming.collect(endpoint.bodyLimit) }
      guard let body else { throw tooLarge(endpoint) }
      var csrf: String?
      if case .session(let secret) = credentials, principal.kind == .user { csrf = Secrets.csrf(session: secret) }
      let call = Call(
        head: head, pathParameters: values, query: URLText.pairs(target.dropFirst(path.count + 1)), body: body,
        principal: principal, csrf: csrf, address: incoming.address, requestID: incoming.requestID, services: services)
      if !isSafe, let csrf { try check(csrf, in: call) }
      return try await handle(endpoint, call)
    } catch {
      // A browser is shown where to sign in; a form that was sent in the meantime would be lost either way.
      if endpoint.isPage, (error as? Problem)?.status == .unauthorized, endpoint.access != .anyone {
        return .redirect("/sign-in?next=" + URLText.encoded(head.method == .get ? target : "/"))
      }
      guard endpoint.isPage, let page = Routes.problemPage else { throw error }
      return page(problem(of: error, incoming), principal, incoming.requestID)
    }
  }

  private func tooLarge(_ endpoint: Endpoint) -> Problem {
    Problem(.contentTooLarge, "The body is larger than \(endpoint.bodyLimit) bytes.")
  }

  private func principal(_ credentials: Credentials) async throws -> Principal {
    switch credentials {
    case .none: return .nobody
    case .session(let secret): return try services.accounts.principal(session: secret) ?? .nobody
    case .token(let text):
      // A token that is none is told so, even where nobody need sign in.
      guard let principal = try services.accounts.principal(token: text) else {
        throw Problem(
          .unauthorized, "The token is not known, or has expired.", headers: [.wwwAuthenticate: "Bearer"])
      }
      return principal
    }
  }

  private func admit(_ principal: Principal, to endpoint: Endpoint) throws(Problem) {
    guard case .signedIn(let permission) = endpoint.access else { return }
    guard principal.kind != .nobody else { throw Problem(.unauthorized, headers: [.wwwAuthenticate: "Bearer"]) }
    guard principal.may(permission) else { throw Problem(.forbidden) }
  }

  private func limit(_ limiter: RateLimiter, _ name: String) throws(Problem) {
    guard let wait = limiter.take(name, now: services.clock()) else { return }
    throw Problem(.tooManyRequests, "Wait \(wait) seconds.", headers: [.retryAfter: "\(wait)"])
  }

  private func check(_ csrf: String, in call: Call) throws(Problem) {
    var sent = call.header(.csrf) ?? ""
    if sent.isEmpty { sent = (try? call.form())?["csrf"] ?? "" }
    guard Secrets.areEqual(sent.utf8, csrf.utf8) else {
      throw Problem(.forbidden, "The form is not from this session: load the page again, then send it.")
    }
  }

  private func handle(_ endpoint: Endpoint, _ call: Call) async throws -> Reply {
    guard let timeout = endpoint.timeout else { return try await endpoint.handle(call) }
    let late = Problem(
      .serviceUnavailable, "This took longer than \(timeout.components.seconds) seconds; ask for less.")
    return try await Self.within(timeout, else: late) { try await endpoint.handle(call) }
  }

  private static func within<R: Sendable>(
    _ time: Duration, else problem: Problem, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    try await withThrowingTaskGroup(of: R.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: time)
        throw problem
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  /// What the client is told of an error; what it is not told is logged.
  private func problem(of error: any Error, _ incoming: Incoming) -> Problem {
    if let problem = error as? Problem { return problem }
    services.logger.error(
      "request failed", metadata: ["requestId": "\(incoming.requestID)", "error": "\(error)"])
    switch (error as? StoreError)?.code {
    case .busy, .full: return Problem(.serviceUnavailable, "The store is busy or full; try again later.")
    default: return Problem(.internalServerError)
    }
  }

  private func tell(
    _ incoming: Incoming, _ reply: Reply, _ route: String, _ principal: Principal, _ duration: Duration
  ) {
    let status = "\(reply.status.code)"
    let method = Self.known(incoming.head.method)
    Counter(
      label: "plumb_http_requests_total", dimensions: [("method", method), ("route", route), ("status", status)],
      factory: services.metrics
    ).increment()
    let (seconds, attoseconds) = duration.components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    Timer(label: "plumb_http_request_seconds", dimensions: [("route", route)], factory: services.metrics)
      .recordNanoseconds(nanoseconds)
    // The query may hold what was asked about, the path may not: it is told as the route where there is one.
    services.logger.info(
      "request",
      metadata: [
        "requestId": "\(incoming.requestID)", "method": "\(method)", "route": "\(route)", "status": "\(status)",
        "milliseconds": "\(Double(nanoseconds / 10_000) / 100)", "address": "\(incoming.address)",
        "user": "\(principal.id)", "token": "\(principal.token ?? "")",
      ])
  }

  /// Clients may make methods up; metrics know those that there are.
  private static func known(_ method: HTTPRequest.Method) -> String {
    let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
    return methods.contains(method) ? method.rawValue : "other"
  }

  private func secure(_ reply: inout Reply, _ incoming: Incoming) {
    reply.headers[.requestID] = incoming.requestID
    for (name, value) in SecurityHeaders.all where reply.headers[name] == nil { reply.headers[name] = value }
    if services.settings.isSecure { reply.headers[.strictTransportSecurity] = "max-age=31536000" }
    // What is answered to somebody is nobody else's; assets say themselves how long they may be kept.
    if reply.headers[.cacheControl] == nil { reply.headers[.cacheControl] = "no-store" }
  }
}
