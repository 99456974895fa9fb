// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import JSON
internal import NIOCore
package import Specs
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Calls AWS operations: encodes, signs, paces, retries, decodes.
package final class AWSClient: Sendable {
  package struct Settings: Sendable {
    package var retry = RetryPolicy()
    /// Calls under way at once.
    package var concurrency = 32
    /// Calls per second to one service in one region while it does not complain.
    package var rate = 200.0
    /// Calls per second to the whole account.
    package var budget = 200.0
    /// Calls given up in a row for throttling after which the account is left alone.
    package var patience = 3
    package var requestTimeout = 60.0
    package init() {}
  }

  private struct Place: Hashable {
    let service: String
    let region: String
  }

  private let transport: HTTPTransport
  private let credentials: CredentialProvider?
  private let endpoints: AWSEndpoints
  private let settings: Settings
  private let signer = SignatureV4()
  private let gate: Gate
  private let budget: TokenBucket
  private let exhausted = Atomic<Int>(0)
  private let buckets = Mutex<[Place: TokenBucket]>([:])
  private let missing: MissingOperations
  private let calls = Atomic<Int>(0)

  /// - Parameters:
  ///   - credentials: nil for operations that are not signed.
  ///   - peer: a client of the same servers; what they do not have is found out once.
  package init(
    transport: HTTPTransport, credentials: CredentialProvider?, endpoints: AWSEndpoints, settings: Settings,
    peer: AWSClient? = nil
  ) {
    missing = peer?.missing ?? MissingOperations()
    self.transport = transport
    self.credentials = credentials
    self.endpoints = endpoints
    self.settings = settings
    gate = Gate(settings.concurrency)
    budget = TokenBucket(rate: settings.budget, burst: max(1, settings.budget))
  }

  /// Requests sent so far, retries included.
  package var callCount: Int { calls.load(ordering: .relaxed) }

  static var now: Double { Date().timeIntervalSince1970 }

  private func bucket(_ service: ServiceModel, _ region: String) -> TokenBucket {
    buckets.withLock { buckets in
      let place = Place(service: service.service, region: region)
      if let bucket = buckets[place] { return bucket }
      let bucket = TokenBucket(rate: settings.rate, burst: settings.rate)
      buckets[place] = bucket
      return bucket
    }
  }

  /// Whether the account answers with throttling only, so that nothing more is asked of it.
  package var isExhausted: Bool { exhausted.load(ordering: .relaxed) >= settings.patience }

  /// Whether the tables know the service in that region; a custom endpoint serves all.
  func isListed(_ service: ServiceModel, region: String) -> Bool {
    (try? endpoints.resolve(service, region: region))?.isListed ?? true
  }

  /// One answer of an operation.
  ///
  /// - Parameters:
  ///   - deadline: when to give up, retries included; nil for the attempts the policy allows.
  ///   - networkAttempts: how often to try where no connection comes about; nil for as often as after other failures.
  package func call(
    _ service: ServiceModel, _ name: String, input: JSONDraft = .emptyObject, region: String,
    deadline: ContinuousClock.Instant? = nil, networkAttempts: Int? = nil
  ) async throws(AWSFailure) -> JSONValue {
    guard let operation = service.operations[name] else {
      throw AWSFailure(reason: .error, code: "UnknownOperation", message: "no table for \(service.service):\(name)")
    }
    let missingKey = "\(service.service):\(name)"
    if let failure = missing.failures.withLock({ $0[missingKey] }) { throw failure }
    guard !isExhausted else {
      throw AWSFailure(
        reason: .throttled, code: "AccountThrottled",
        message: "not asked: \(settings.patience) calls in a row were throttled to the end; scan again later or with a "
          + "lower --requests-per-second")
    }
    var region = region
    var attempt = 0
    var redirected = false
    var refreshed = false
    while true {
      let failure: AWSFailure
      let used: AWSCredentials?
      do {
        used = operation.isUnsigned ? nil : try await credentials?.credentials(now: Self.now)
      } catch {
        throw AWSFailure(reason: .accessDenied, code: "NoCredentials", message: String(describing: error))
      }
      do throws(AWSFailure) {
        let answer = try await once(service, operation, input, region, used, deadline)
        exhausted.store(0, ordering: .relaxed)
        return answer
      } catch {
        failure = error
      }
      if failure.isExpired, let used, !refreshed {
        refreshed = true
        await credentials?.expire(used)
        continue
      }
      if let other = failure.redirectRegion, other != region, !redirected {
        redirected = true
        region = other
        continue
      }
      attempt += 1
      // A web page with status 500 may be a hiccup of something in between: ask once more, then believe it.
      let isPage = failure.reason == .notImplemented && failure.status == 500 && attempt < 2
      guard failure.isWorthRetrying || isPage, attempt < settings.retry.attempts, !Task.isCancelled else {
        if failure.reason == .notImplemented { missing.failures.withLock { $0[missingKey] = failure } }
        if failure.reason == .throttled { exhausted.wrappingAdd(1, ordering: .relaxed) }
        throw failure
      }
      if failure.reason == .network {
        if !isListed(service, region: region) { throw failure }
        if let networkAttempts, attempt >= networkAttempts { throw failure }
      }
      var pause = isPage ? 0 : settings.retry.pause(attempt: attempt)
      if let asked = failure.retryAfter {
        guard asked <= settings.retry.longestRetryAfter else {
          var failure = failure
          failure.reason = .throttled
          exhausted.wrappingAdd(1, ordering: .relaxed)
          throw failure
        }
        // A little later than asked: clocks and timers differ.
        pause = max(pause, asked + 0.02)
      }
      let until = ContinuousClock.now + .seconds(pause)
      if let deadline, until > deadline {
        var failure = failure
        if failure.reason != .throttled { failure.reason = .timeout }
        failure.message = "not answered within the service's deadline; last: \(failure.message)"
        throw failure
      }
      do { try await Task.sleep(until: until) } catch { throw failure }
    }
  }

  private func once(
    _ service: ServiceModel, _ operation: OperationModel, _ input: JSONDraft, _ region: String,
    _ credentials: AWSCredentials?, _ deadline: ContinuousClock.Instant?
  ) async throws(AWSFailure) -> JSONValue {
    let endpoint = try endpoints.resolve(service, region: region)
    var request = try RequestEncoder(service: service, operation: operation, endpoint: endpoint).encode(input)
    let bucket = bucket(service, region)
    do {
      try await budget.acquire()
      try await bucket.acquire()
    } catch {
      throw AWSFailure(reason: .timeout, code: "Cancelled", message: "cancelled")
    }
    await gate.enter()
    defer { gate.leave() }
    var timeout = settings.requestTimeout
    if let deadline {
      timeout = min(timeout, ContinuousClock.now.duration(to: deadline).seconds)
      guard timeout > 0 else {
        throw AWSFailure(reason: .timeout, code: "Timeout", message: "the service's deadline has passed")
      }
    }
    request.headers.append(("user-agent", "plumbline/\(service.service)"))
    if let credentials {
      signer.sign(
        &request, credentials: credentials, region: endpoint.signingRegion, service: service.signingName,
        epoch: Int64(Self.now))
    }
    calls.wrappingAdd(1, ordering: .relaxed)
    let answer: HTTPAnswer
    do throws(TransportError) {
      answer = try await transport.send(
        HTTPCall(method: request.method, url: request.url, headers: request.headers, body: request.body),
        timeout: .milliseconds(Int64(timeout * 1000)))
    } catch {
      throw Self.failure(error, endpoint)
    }
    let decoder = AnswerDecoder(service: service, operation: operation)
    guard (200..<300).contains(answer.status) else {
      var failure = decoder.failure(answer, now: Self.now)
      // Services repeat what was signed, the session token too.
      if let credentials { failure.message = credentials.redacted(failure.message) }
      if failure.isCredentialProblem { failure.message = String(failure.message.prefix { !$0.isNewline }) }
      if failure.reason == .throttled { bucket.throttled() }
      throw failure
    }
    bucket.succeeded()
    return try decoder.decode(answer).root
  }

  private static func failure(_ error: TransportError, _ endpoint: AWSEndpoint) -> AWSFailure {
    let at = "\(endpoint.scheme)://\(endpoint.host)"
    return switch error {
    case .timeout: AWSFailure(reason: .timeout, code: "Timeout", message: "\(at): no answer in time")
    case .tooLarge: AWSFailure(reason: .error, code: "TooLarge", message: "\(at): \(error)")
    case .invalidURL: AWSFailure(reason: .error, code: "InvalidEndpoint", message: "\(at): \(error)")
    case .cancelled: AWSFailure(reason: .timeout, code: "Cancelled", message: "cancelled")
    case .untrusted: AWSFailure(reason: .error, code: "UntrustedConnection", message: "\(at): \(error)")
    case .proxy: AWSFailure(reason: .network, code: "ProxyError", message: "\(at): \(error)")
    case .unreachable: AWSFailure(reason: .network, code: "Unreachable", message: "\(at): \(error)")
    case .dropped: AWSFailure(reason: .network, code: "ConnectionLost", message: "\(at): \(error)")
    }
  }
}

/// Operations that the server does not have; they are not asked again.
private final class MissingOperations: Sendable {
  let failures = Mutex<[String: AWSFailure]>([:])
}
