// SPDX-License-Identifier: Apache-2.0
internal import AsyncAlgorithms
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import JSON
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
package import ServiceLifecycle
internal import UnixSignals

/// Serves endpoints over HTTP/1.1, and over TLS HTTP/2 as well.
package struct WebServer: Sendable {
  private let services: Services
  private let responder: Responder

  package init(_ services: Services, endpoints: [Endpoint] = Routes.all) {
    self.services = services
    responder = Responder(endpoints, services)
  }

  /// Serves until the task is cancelled, or until a signal: then no new connection is taken, requests have
  /// ``ServerSettings/drainSeconds`` to end, and it returns.
  ///
  /// - Parameters:
  ///   - stoppingOnSignals: whether SIGTERM and SIGINT end it.
  ///   - beside: services that start and stop with the server, such as the scheduler.
  ///   - ready: is told the base of its URLs once it listens.
  package func run(
    stoppingOnSignals: Bool = false, beside: [any Service] = [],
    ready: @escaping @Sendable (String) async -> Void = { _ in }
  ) async throws {
    let settings = services.settings
    let scheme = settings.tls == nil ? "http" : "https"
    let host = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
    var logger = services.logger
    // What the library tells of each connection is of use to nobody but its authors.
    logger.logLevel = max(logger.logLevel, .warning)
    let responder = responder
    let application = Application(
      responder: CallbackResponder { (request: Request, context: WebContext) in
        try await Self.respond(to: request, context, responder)
      },
      server: try server(),
      configuration: .init(address: .hostname(settings.address, port: settings.port)),
      onServerRunning: { channel in
        await ready("\(scheme)://\(host):\(channel.localAddress?.port ?? settings.port)")
      }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: beside.map { .init(service: $0) } + [.init(service: application)],
      gracefulShutdownSignals: stoppingOnSignals ? [.sigterm, .sigint] : [], logger: logger)
    // Whatever has not ended by then is cancelled.
    configuration.maximumGracefulShutdownDuration = .seconds(settings.drainSeconds)
    try await ServiceGroup(configuration: configuration).run()
  }

  private func server() throws -> HTTPServerBuilder {
    let stream = HTTP1Channel.Configuration(
      idleTimeout: .seconds(60),
      httpDecoderConfiguration: .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 65_536, maxHeaderFieldCount: 200))
    guard let tls = services.settings.tls else { return .http1(configuration: stream) }
    let chain: [NIOSSLCertificateSource]
    let key: NIOSSLPrivateKey
    do {
      chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map { .certificate($0) }
      key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
    } catch {
      throw SettingsError(
        description: "tls-certificate \(tls.certificate) and tls-key \(tls.key) cannot be read as PEM files: \(error)")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    return try .http2Upgrade(
      tlsConfiguration: configuration,
      configuration: .init(idleTimeout: .seconds(60), gracefulCloseTimeout: .seconds(5), streamConfiguration: stream))
  }

  private static func respond(
    to request: Request, _ context: WebContext, _ responder: Responder
  ) async throws -> Response {
    guard responder.takesLong(request.head) else { return await respond(to: request, request.body, context, responder) }
    // What may take long ends when its client has gone away. Such a connection is of no use for another request.
    var response = try await request.body.consumeWithCancellationOnInboundClose { body in
      await respond(to: request, body, context, responder)
    }
    // HTTP/2 has a channel for each request, and knows no such field.
    if !context.isStream { response.headers[.connection] = "close" }
    return response
  }

  private static func respond(
    to request: Request, _ body: RequestBody, _ context: WebContext, _ responder: Responder
  ) async -> Response {
    let settings = responder.services.settings
    var address = context.address
    // A proxy adds the address that it saw at the end; what stands before it the client may have made up.
    if settings.behindProxy, let told = request.headers[.forwardedFor]?.split(separator: ",").last {
      address = String(told.drop { $0 == " " })
    }
    let incoming = Responder.Incoming(
      head: request.head, address: address, requestID: String(Secrets.make().prefix(16)),
      collect: { limit in
        do {
          return Array(try await body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
          return nil
        } catch let error where !(error is CancellationError) {
          // The client's fault, or it has gone.
          throw Problem(.badRequest, "The body did not come whole, as the header told it.")
        }
      })
    let reply = await responder.respond(to: incoming)
    switch reply.body {
    case .bytes(let bytes):
      let body = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      return Response(status: reply.status, headers: reply.headers, body: body)
    case .stream(let write):
      return Response(
        status: reply.status, headers: reply.headers,
        body: ResponseBody { writer in
          // The channel holds one part at a time: who writes waits for who reads.
          let parts = AsyncThrowingChannel<[UInt8], any Error>()
          try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
              do {
                try await cancelWhenGracefulShutdown {
                  try await write { bytes in
                    try Task.checkCancellation()
                    await parts.send(bytes)
                  }
                }
                parts.finish()
              } catch {
                // Told to stop, what was written is whole as far as it goes: the client asks again.
                if Task.isShuttingDownGracefully { parts.finish() } else { parts.fail(error) }
              }
            }
            for try await bytes in parts { try await writer.write(ByteBuffer(bytes: bytes)) }
          }
          try await writer.finish(nil)
        })
    }
  }
}

/// What of a connection a request needs.
private struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let address: String
  /// Whether the request is one of several of its connection at once.
  let isStream: Bool

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    isStream = source.channel.parent?.parent != nil
    address = source.channel.remoteAddress?.ipAddress ?? ""
  }
}
