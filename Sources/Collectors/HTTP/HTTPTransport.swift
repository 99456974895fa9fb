// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
package import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One HTTP request, complete in memory.
package struct HTTPCall: Sendable {
  package var method: String
  package var url: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// The whole answer to a request.
package struct HTTPAnswer: Sendable {
  package let status: Int
  package let headers: [(name: String, value: String)]
  package let body: ByteBuffer

  package init(status: Int, headers: [(name: String, value: String)], body: ByteBuffer) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name; names have no case.
  package subscript(_ name: String) -> String? {
    let length = name.utf8.count
    for header in headers where header.name.utf8.count == length {
      if zip(header.name.utf8, name.utf8).allSatisfy({ $0 == $1 || ($0 ^ 0x20 == $1 && $1 | 0x20 >= 0x61) }) {
        return header.value
      }
    }
    return nil
  }
}

/// Why no whole answer came.
package enum TransportError: Error, Sendable, CustomStringConvertible {
  /// The name does not resolve or nobody accepts the connection.
  case unreachable(String)
  /// The peer closed, or sent what is not HTTP.
  case dropped(String)
  case timeout
  case tooLarge
  case invalidURL(String)
  /// The server's certificate, or the connection's encryption, is not to be relied on.
  case untrusted(String)
  /// The proxy did not let the request through.
  case proxy(String)
  case cancelled

  package var description: String {
    switch self {
    case .unreachable(let detail): "cannot connect (\(detail))"
    case .dropped(let detail): "the connection broke (\(detail))"
    case .timeout: "no answer in time"
    case .tooLarge: "the answer is larger than allowed"
    case .invalidURL(let url): "not a URL: \(url)"
    case .untrusted(let detail): "no trusted connection (\(detail)); --ca-file names an authority to trust as well"
    case .proxy(let detail): detail
    case .cancelled: "cancelled"
    }
  }
}

/// Connections to cloud APIs: kept alive, TLS verified, answers bounded, one event loop.
///
/// Call ``shutdown()`` when done.
package final class HTTPTransport: Sendable {
  package struct Limits: Sendable {
    package var connect: TimeAmount = .seconds(5)
    package var request: TimeAmount = .seconds(60)
    package var bodyBytes = 64 << 20
    package var connectionsPerHost = 32
    package init() {}
  }

  private let direct: HTTPClient
  private let proxied: [NetworkSettings.Proxy: HTTPClient]
  private let group: MultiThreadedEventLoopGroup
  private let network: NetworkSettings
  package let limits: Limits

  package init(limits: Limits = Limits(), network: NetworkSettings = NetworkSettings()) {
    self.limits = limits
    self.network = network
    // One loop keeps a call's hops on one thread; a second one costs more in wake-ups than it gains (I/O is light).
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.group = group
    var configuration = HTTPClient.Configuration()
    configuration.timeout = .init(connect: limits.connect, read: limits.request)
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connectionsPerHost
    configuration.connectionPool.idleTimeout = .seconds(20)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    configuration.decompression = .disabled
    if network.authorities != nil || network.addedAuthorities != nil {
      var tls = TLSConfiguration.makeClientConfiguration()
      if let authorities = network.authorities { tls.trustRoots = .file(authorities) }
      if let added = network.addedAuthorities { tls.additionalTrustRoots = [.file(added)] }
      configuration.tlsConfiguration = tls
    }
    direct = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    var proxied: [NetworkSettings.Proxy: HTTPClient] = [:]
    for proxy in Set([network.httpProxy, network.httpsProxy].compactMap { $0 }) {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
      proxied[proxy] = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }
    self.proxied = proxied
  }

  /// Runs `body` and its child tasks on the thread of the connections.
  package func onLoop<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withTaskExecutorPreference(LoopExecutor(group.next()), operation: body)
  }

  package func shutdown() async {
    for client in [direct] + proxied.values { try? await client.shutdown() }
    try? await group.shutdownGracefully()
  }

  /// Sends one request and reads the whole answer.
  ///
  /// - Parameter isDirect: whether to pass by the proxy, as for what only this machine can reach.
  package func send(
    _ call: HTTPCall, timeout: TimeAmount? = nil, isDirect: Bool = false
  ) async throws(TransportError) -> HTTPAnswer {
    let proxy = isDirect ? nil : network.proxy(for: call.url)
    let client = proxy.flatMap { proxied[$0] } ?? direct
    do {
      var headers = HTTPHeaders()
      headers.reserveCapacity(call.headers.count)
      for header in call.headers { headers.add(name: header.name, value: header.value) }
      let request = try HTTPClient.Request(
        url: call.url, method: HTTPMethod(rawValue: call.method), headers: headers,
        body: call.body.isEmpty ? nil : .bytes(call.body))
      let accumulator = ResponseAccumulator(request: request, maxBodySize: limits.bodyBytes)
      let deadline = NIODeadline.now() + (timeout ?? limits.request)
      let task = client.execute(request: request, delegate: accumulator, deadline: deadline)
      let response = try await withTaskCancellationHandler {
        try await task.futureResult.get()
      } onCancel: {
        task.fail(reason: HTTPClientError.cancelled)
      }
      return HTTPAnswer(
        status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
        body: response.body ?? ByteBuffer())
    } catch {
      let error = Self.translate(error, url: call.url)
      if let proxy {
        switch error {
        case .unreachable(let detail): throw .unreachable("through the proxy \(proxy.name): \(detail)")
        case .proxy(let detail): throw .proxy("the proxy \(proxy.name) \(detail)")
        default: break
        }
      }
      throw error
    }
  }

  private static func translate(_ error: any Error, url: String) -> TransportError {
    switch error {
    case let error as TransportError: return error
    case is CancellationError: return .cancelled
    case is ResponseAccumulator.ResponseTooBigError: return .tooLarge
    case let error as NIOConnectionError where error.connectionErrors.first?.error is BoringSSLError:
      return .untrusted("the file of authorities cannot be used")
    case is NIOConnectionError, is SocketAddressError: return .unreachable(brief(error))
    case is ChannelError: return .unreachable(brief(error))
    case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
      return .unreachable(brief(error))
    case is NIOSSLExtraError: return .untrusted("the server's certificate is for another host")
    case is BoringSSLError: return .untrusted("the file of authorities cannot be used")
    case let error as NIOSSLError:
      switch error {
      case .failedToLoadCertificate, .noSuchFilesystemObject:
        return .untrusted("the file of authorities cannot be used")
      case .handshakeFailed(let detail) where "\(detail)".contains("CERTIFICATE_VERIFY_FAILED"):
        return .untrusted("the server's certificate cannot be verified")
      default: return .dropped(brief(error))
      }
    case let error as HTTPClientError:
      switch error {
      case .deadlineExceeded, .readTimeout, .writeTimeout, .requestStreamCancelled: return .timeout
      case .connectTimeout, .getConnectionFromPoolTimeout: return .unreachable("timed out")
      case .cancelled: return .cancelled
      case .invalidURL, .emptyHost, .emptyScheme: return .invalidURL(url)
      case .proxyAuthenticationRequired: return .proxy("wants a name and a password")
      case .invalidProxyResponse, .httpProxyHandshakeTimeout: return .proxy("did not connect")
      default: return .dropped(error.shortDescription)
      }
    default: return .dropped(brief(error))
    }
  }

  private static func brief(_ error: any Error) -> String {
    if let error = error as? NIOConnectionError {
      if let failure = error.connectionErrors.first { return brief(failure.error) }
      if error.dnsAError != nil || error.dnsAAAAError != nil { return "the name \(error.host) does not resolve" }
    }
    if let error = error as? IOError {
      switch error.errnoCode {
      case ECONNREFUSED: return "connection refused"
      case EHOSTUNREACH, ENETUNREACH: return "no route to the host"
      default: return error.description
      }
    }
    return String(describing: error)
  }
}
