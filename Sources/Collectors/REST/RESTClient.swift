// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import JSON
internal import NIOCore
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Calls JSON APIs that are opened by bearer tokens: paces, retries, renews the token, decodes.
///
/// Azure Resource Manager, Microsoft Graph and Google's APIs share it; how their pages are chained is not its business.
package final class RESTClient: Sendable {
  package struct Settings: Sendable {
    package var retry = RetryPolicy()
    /// Calls under way at once.
    package var concurrency = 32
    /// Calls per second and at once after a pause, for one account of one API, while it does not complain.
    package var rate = 40.0
    package var burst = 250.0
    package var requestTimeout = 60.0
    package init() {}
  }

  /// One call. `audience` names what the token is for; nil where none is needed.
  package struct Call: Sendable {
    package var method = "GET"
    package var url: String
    package var audience: String?
    /// Whose budget of calls this one is taken from: a subscription, a project, a tenant.
    package var account: String
    package var headers: [(name: String, value: String)] = []
    package var body: JSONDocument?
    package init(url: String, audience: String?, account: String) {
      self.url = url
      self.audience = audience
      self.account = account
    }
  }

  private let transport: HTTPTransport
  private let tokens: BearerTokens?
  private let settings: Settings
  private let gate: Gate
  private let budgets = Mutex<[String: TokenBucket]>([:])
  private let calls = Atomic<Int>(0)

  package init(transport: HTTPTransport, tokens: BearerTokens?, settings: Settings = .init()) {
    self.transport = transport
    self.tokens = tokens
    self.settings = settings
    gate = Gate(settings.concurrency)
  }

  /// Requests sent so far, retries included.
  package var callCount: Int { calls.load(ordering: .relaxed) }

  static var now: Double { Date().timeIntervalSince1970 }

  private func budget(_ account: String, _ url: String) -> TokenBucket {
    let host = url.firstRange(of: "://").map { url[$0.upperBound...].prefix { $0 != "/" } } ?? ""
    return budgets.withLock { budgets in
      let key = "\(host) \(account)"
      if let known = budgets[key] { return known }
      let made = TokenBucket(rate: settings.rate, burst: settings.burst)
      budgets[key] = made
      return made
    }
  }

  /// The answer of a call, once it is 2xx and a whole document; null where it has no content (204).
  package func send(_ call: Call) async throws(APIFailure) -> (answer: HTTPAnswer, document: JSONDocument) {
    let budget = budget(call.account, call.url)
    var attempt = 0
    var renewed = false
    while true {
      var token: BearerToken?
      let failure: APIFailure
      do throws(APIFailure) {
        let answer = try await once(call, &token, budget)
        budget.succeeded()
        return answer
      } catch {
        failure = error
      }
      var isStale = false
      if failure.status == 401, let token, let audience = call.audience {
        await tokens?.expire(token, for: audience)
        // A token may be revoked before its time: one new one is worth asking for. One that ran out on the way says
        // nothing against the next.
        if !renewed {
          renewed = true
          continue
        }
        isStale = token.expires.map { $0 <= Self.now } ?? false || failure.saysExpired
      } else {
        // The server took this one; until the call is sent again it may have run out.
        renewed = false
      }
      attempt += 1
      guard failure.isWorthRetrying || isStale, attempt < settings.retry.attempts, !Task.isCancelled else {
        throw failure
      }
      var pause = settings.retry.pause(attempt: attempt)
      if let asked = failure.retryAfter {
        guard asked <= settings.retry.longestRetryAfter else {
          var failure = failure
          failure.reason = .throttled
          throw failure
        }
        // A little later than asked: clocks and timers differ. The account's other calls wait as well.
        pause = max(pause, asked + 0.02)
        if failure.reason == .throttled { budget.hold(for: asked + 0.02) }
      }
      do { try await Task.sleep(for: .seconds(pause)) } catch { throw failure }
    }
  }

  private func once(
    _ call: Call, _ token: inout BearerToken?, _ budget: TokenBucket
  ) async throws(APIFailure) -> (answer: HTTPAnswer, document: JSONDocument) {
    do { try await budget.acquire() } catch {
      throw APIFailure(reason: .timeout, code: "Cancelled", message: "cancelled")
    }
    await gate.enter()
    defer { gate.leave() }
    // Only now, as waiting for a turn can outlast a token.
    if let audience = call.audience, let tokens {
      do {
        token = try await tokens.token(for: audience, now: Self.now)
      } catch {
        throw APIFailure(reason: .accessDenied, code: "NoToken", message: String(describing: error))
      }
    }
    var headers = call.headers
    headers.append(("user-agent", "plumbline"))
    headers.append(("accept", "application/json"))
    if let token { headers.append(("authorization", "Bearer \(token.value)")) }
    var body: [UInt8] = []
    if let document = call.body {
      headers.append(("content-type", "application/json"))
      body = document.root.serialized()
    }
    calls.wrappingAdd(1, ordering: .relaxed)
    let answer: HTTPAnswer
    do throws(TransportError) {
      answer = try await transport.send(
        HTTPCall(method: call.method, url: call.url, headers: headers, body: body),
        timeout: .milliseconds(Int64(settings.requestTimeout * 1000)))
    } catch {
      throw Self.failure(error, call.url)
    }
    guard (200..<300).contains(answer.status) else {
      var failure = APIFailure(answer, now: Self.now)
      if let token { failure.message = AWSCredentials.redacted(failure.message, [token.value]) }
      // A server that names a time is taken at its word; one that only complains is asked more slowly.
      if failure.reason == .throttled, failure.retryAfter == nil { budget.throttled() }
      throw failure
    }
    if answer.status == 204 { return (answer, .null) }
    do {
      return (answer, try JSONDocument(parsing: Array(answer.body.readableBytesView)))
    } catch {
      throw APIFailure(
        reason: .malformed, code: "MalformedAnswer", message: "the answer is no whole JSON document (\(error))",
        status: answer.status)
    }
  }

  /// Holds back the calls of an account, as an answer's headers ask.
  func hold(_ account: String, _ url: String, for seconds: Double) { budget(account, url).hold(for: seconds) }

  private static func failure(_ error: TransportError, _ url: String) -> APIFailure {
    let place = HostPort(url: url).map { "\($0.host):\($0.port ?? 443)" } ?? "the server"
    let (reason, code): (APIFailure.Reason, String) =
      switch error {
      case .timeout: (.timeout, "Timeout")
      case .cancelled: (.timeout, "Cancelled")
      case .tooLarge: (.error, "TooLarge")
      case .invalidURL: (.error, "InvalidURL")
      case .untrusted: (.error, "UntrustedConnection")
      case .proxy: (.network, "ProxyError")
      case .unreachable: (.network, "Unreachable")
      case .dropped: (.network, "ConnectionLost")
      }
    // The URL may carry what should not be repeated: the place says enough.
    if case .invalidURL = error { return APIFailure(reason: reason, code: code, message: "\(place): not a URL") }
    return APIFailure(reason: reason, code: code, message: "\(place): \(error)")
  }
}
