// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import JSON
internal import Logging
internal import NIOCore
internal import NIOSSL

/// Serves one cloud's handler on a loopback port.
package struct TwinServer: Sendable {
  private let handler: @Sendable (TwinRequest) -> TwinAnswer
  private let authority: Authority?
  private let faults: Faults
  /// Larger requests are refused.
  private static let largestBody = 8 << 20

  /// - Parameter authority: where there is one it is served over TLS.
  package init(
    authority: Authority?, faults: Faults = Faults(), _ handler: @escaping @Sendable (TwinRequest) -> TwinAnswer
  ) {
    self.authority = authority
    self.faults = faults
    self.handler = handler
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - ready: is told the base of its URLs once it listens.
  package func run(port: Int, ready: @escaping @Sendable (String) async -> Void) async throws {
    let scheme = authority == nil ? "http" : "https"
    var logger = Logger(label: "twin")
    logger.logLevel = .error
    let application = Application(
      responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
        try await respond(to: request, scheme: scheme)
      },
      server: try server(), configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in await ready("\(scheme)://localhost:\(channel.localAddress?.port ?? port)") },
      logger: logger)
    try await application.run()
  }

  private func server() throws -> HTTPServerBuilder {
    guard let authority else { return .http1() }
    let certificate = try NIOSSLCertificate(bytes: Array(authority.certificatePEM.utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(authority.keyPEM.utf8), format: .pem)
    return try .tls(
      .http1(),
      tlsConfiguration: .makeServerConfiguration(
        certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
  }

  private func respond(to request: Request, scheme: String) async throws -> Response {
    var request = request
    let authority = request.head.authority ?? "localhost"
    let target = request.head.path ?? "/"
    let path = target.prefix { $0 != "?" }
    let query = target.dropFirst(path.count + 1)
    let body: ByteBuffer
    do {
      body = try await request.collectBody(upTo: Self.largestBody)
    } catch {
      return Response(status: .contentTooLarge)
    }
    let message = TwinRequest(
      method: request.method.rawValue, path: URLText.decoded(path), query: URLText.pairs(query),
      headers: request.headers.map { ($0.name.rawName, $0.value) }, body: Array(body.readableBytesView),
      base: "\(scheme)://\(authority)", rawPath: String(path))
    let fault = faults.next(message)
    if let pause = fault?.pause { try await Task.sleep(for: .seconds(pause)) }
    let answer = fault?.answer ?? handler(message)
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let status = HTTPResponse.Status(code: answer.status)
    let isBare = request.method == .head || answer.status == 204 || answer.status == 304
    let bytes = isBare ? [] : answer.body
    guard fault?.isCut == true, bytes.count > 1 else {
      return Response(
        status: status, headers: fields, body: isBare ? .init() : .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    // Half of what was promised, then the connection ends.
    return Response(
      status: status, headers: fields,
      body: .init(contentLength: bytes.count) { writer in
        try await writer.write(ByteBuffer(bytes: bytes[..<(bytes.count / 2)]))
        throw CutShort()
      })
  }

  private struct CutShort: Error {}
}
