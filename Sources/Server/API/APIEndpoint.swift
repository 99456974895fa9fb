// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import HTTPTypes
internal import Inventory
internal import JSON
internal import KQL
internal import Posture

/// A request of the API whose parameters and body are of the declared form.
struct APICall: Sendable {
  let call: Call
  /// What the principal may see of the estate as it stands.
  let view: ScopedView
  /// The body; null where the endpoint takes none.
  let body: JSONValue
  private let arguments: [String: [String]]

  var services: Services { call.services }
  var estate: EstateView { view.estate }

  fileprivate init(_ call: Call, _ view: ScopedView, _ body: JSONValue, _ arguments: [String: [String]]) {
    (self.call, self.view, self.body, self.arguments) = (call, view, body, arguments)
  }

  func path(_ name: String) -> String { call.path(name) }
  func text(_ name: String) -> String? { arguments[name]?.first }
  func texts(_ name: String) -> Set<String> { Set(arguments[name] ?? []) }
  func list(_ name: String) -> [String] { arguments[name] ?? [] }
  func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
  func flag(_ name: String) -> Bool? { text(name).map { $0 == "true" } }
  /// Ticks.
  func time(_ name: String) -> Int64? { text(name).flatMap { DateTime.parse($0) } }

  /// All that decides which rows a list has: its path and its parameters but those of the page.
  var listName: String {
    let others = arguments.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
    return
      ([call.head.path?.prefix { $0 != "?" }.description ?? ""]
      + others.map { "\($0.key)=\($0.value.joined(separator: "\u{1F}"))" }).joined(separator: "\u{1E}")
  }
}

/// Declares endpoints of the API: what is the same for all of them stands here.
struct APIRoute: Sendable {
  /// Whether an answer is the same for as long as the state of the estate is: it has an ETag.
  var isOfState = false
  /// Whether the same request sent again is answered as before where it has an Idempotency-Key.
  var isOnce = false

  static let plain = APIRoute()
  static let ofState = APIRoute(isOfState: true)
  static let once = APIRoute(isOnce: true)

  func endpoint(
    _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, _ summary: String,
    parameters: [Parameter] = [], body: Schema? = nil, answers: [Answer], bodyLimit: Int = 1 << 20,
    timeout: Duration? = .seconds(30), handle: @escaping @Sendable (APICall) async throws -> Reply
  ) -> Endpoint {
    var parameters = parameters
    var answers = answers
    if isOfState {
      parameters.append(
        Parameter("if-none-match", in: .header, "The ETag of an earlier answer: 304 where it holds."))
      answers.append(Answer(304, "Nothing has changed."))
    }
    if isOnce {
      parameters.append(
        Parameter(
          IdempotencyStore.header, in: .header,
          "A word of the client's own; the same request with it is done once.", IdempotencyStore.keySchema))
    }
    let (declared, form, this) = (parameters, body, self)
    return Endpoint(
      method, "/api/v1" + path, .signedIn(permission), summary, parameters: declared, body: form, answers: answers,
      bodyLimit: bodyLimit, timeout: timeout
    ) { call in
      try await APIErrors.told {
        let arguments = try Self.arguments(call, declared)
        let json = try form.map { form in try Self.body(call, form) } ?? JSONValue.null
        let view = try await call.services.views.current().scoped(to: call.principal.reach)
        let request = APICall(call, view, json, arguments)
        if this.isOfState { return try await this.conditional(request, handle) }
        if this.isOnce { return try await IdempotencyStore.once(call) { try await handle(request) } }
        return try await handle(request)
      }
    }
  }

  private func conditional(
    _ request: APICall, _ handle: @Sendable (APICall) async throws -> Reply
  ) async throws -> Reply {
    let name = [request.view.version, request.call.head.path ?? "", request.services.version].joined(separator: "\n")
    let tag = "W/\"" + JSONDigest(hashing: Array(name.utf8)).hex.prefix(24) + "\""
    let known = request.call.header(.ifNoneMatch)
    var reply: Reply
    if let known,
      known == "*" || known.split(separator: ",").contains(where: { Self.opaque($0) == Self.opaque(tag[...]) })
    {
      reply = Reply(.notModified)
    } else {
      reply = try await handle(request)
    }
    reply.headers[.eTag] = tag
    reply.headers[.cacheControl] = "private, no-cache"
    reply.headers[.vary] = "Authorization, Cookie"
    return reply
  }

  /// What stands between the quotes of an ETag, weak or strong.
  private static func opaque(_ tag: Substring) -> Substring {
    tag.drop { $0 == " " }.drop { $0 == "W" || $0 == "/" }
  }

  private static func arguments(_ call: Call, _ declared: [Parameter]) throws(Problem) -> [String: [String]] {
    var arguments: [String: [String]] = [:]
    var faults: [SchemaFault] = []
    let known = Dictionary(
      declared.filter { $0.place == .query }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (name, value) in call.query {
      guard let parameter = known[name] else {
        let hint = Spelling.nearest(to: name, in: Array(known.keys)).map { "; did you mean '\($0)'?" } ?? ""
        faults.append(SchemaFault(path: name, message: "is no parameter of this\(hint)"))
        continue
      }
      if let message = parameter.schema.fault(of: value) { faults.append(SchemaFault(path: name, message: message)) }
      if arguments[name] != nil, !parameter.schema.isArray {
        faults.append(SchemaFault(path: name, message: "stands there twice"))
      }
      arguments[name, default: []].append(value)
    }
    for parameter in known.values where parameter.isRequired && arguments[parameter.name] == nil {
      faults.append(SchemaFault(path: parameter.name, message: "is missing"))
    }
    for parameter in declared where parameter.place == .path {
      if let message = parameter.schema.fault(of: call.path(parameter.name)) {
        // What cannot be a name names nothing.
        throw Problem(.notFound, "'\(parameter.name)' \(message).")
      }
    }
    guard faults.isEmpty else { throw APIErrors.problem(faults, "The parameters cannot be used.") }
    return arguments
  }

  private static func body(_ call: Call, _ form: Schema) throws(Problem) -> JSONValue {
    let json = try call.json()
    let faults = form.faults(of: json)
    guard faults.isEmpty else { throw APIErrors.problem(faults, "The body cannot be used.") }
    return json
  }
}

extension Schema {
  fileprivate var isArray: Bool {
    if case .array = self { true } else { false }
  }
}

/// What goes wrong in the rooms below, as problems.
enum APIErrors {
  static func problem(
    _ faults: [SchemaFault], _ detail: String, status: HTTPResponse.Status = .badRequest
  ) -> Problem {
    let list = faults.prefix(10).map { fault in
      JSONDraft.object([("path", .string(fault.path)), ("message", .string(fault.message))])
    }
    return Problem(status, detail, members: [("errors", .array(list))])
  }

  /// One value of the body that cannot be used.
  static func unusable(_ path: String, _ message: String) -> Problem {
    problem([SchemaFault(path: path, message: message)], "The request cannot be done.", status: .unprocessableContent)
  }

  static func told<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    do {
      return try await body()
    } catch let error as KQLError {
      throw problem(error)
    } catch let error as StoreError where error.code == .busy {
      throw Problem(.serviceUnavailable, "The store is busy; try again.", headers: [.retryAfter: "1"])
    } catch let error as ContentError {
      throw Problem(.unprocessableContent, error.message)
    } catch let error as DossierError {
      throw Problem(.conflict, error.description)
    }
  }

  /// A query that cannot be answered, with the place in its text.
  static func problem(_ error: KQLError) -> Problem {
    var members: [(key: String, value: JSONDraft)] = [("code", .string(error.code.rawValue))]
    if error.line > 0 {
      members += [("line", .int(Int64(error.line))), ("column", .int(Int64(error.column)))]
    }
    if let suggestion = error.suggestion { members.append(("suggestion", .string(suggestion))) }
    let status: HTTPResponse.Status =
      switch error.code {
      case .limit: .unprocessableContent
      case .cancelled: .serviceUnavailable
      case .data: .internalServerError
      default: .badRequest
      }
    return Problem(status, error.code == .data ? nil : error.message, members: members)
  }
}
