// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1
import NIOPosix
import Specs
import Synchronization

@testable import Collectors

/// A loopback HTTP server that answers from a list, one entry a request, the last one for ever, or as a closure says.
final class ScriptedServer: Sendable {
  enum Answer: Sendable {
    case reply(Int, [(String, String)], String)
    /// Promises more than it sends, then closes.
    case cut
    /// Never answers.
    case silence
  }

  /// What a client asked.
  struct Request: Sendable {
    var method = ""
    /// Path and query.
    var uri = ""
    /// Lower-case names.
    var headers: [String: String] = [:]
    var body = ""

    /// A field of a form.
    subscript(_ field: String) -> String? {
      for pair in body.split(separator: "&") where pair.hasPrefix("\(field)=") {
        return PercentEncoding.decode(String(pair.dropFirst(field.count + 1)))
      }
      return nil
    }
    /// The access key that signed.
    var accessKey: String? {
      headers["authorization"]?.firstRange(of: "Credential=").flatMap { range in
        headers["authorization"]?[range.upperBound...].split(separator: "/").first.map(String.init)
      }
    }
  }

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let shared: SharedState

  convenience init(_ answers: [Answer]) async throws {
    let rest = Mutex(answers)
    try await self.init { _ in rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
  }

  init(respond: @escaping @Sendable (Request) -> Answer) async throws {
    let state = SharedState(respond)
    self.shared = state
    channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(state))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var url: String { "http://127.0.0.1:\(port)" }
  /// When each request came.
  var times: [ContinuousClock.Instant] { shared.state.withLock { $0.times } }
  var requests: [Request] { shared.state.withLock { $0.requests } }

  func stop() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }

  private final class SharedState: Sendable {
    let state = Mutex<(requests: [Request], times: [ContinuousClock.Instant])>(([], []))
    private let respond: @Sendable (Request) -> Answer
    init(_ respond: @escaping @Sendable (Request) -> Answer) { self.respond = respond }
    func answer(_ request: Request) -> Answer {
      state.withLock { state in
        state.times.append(.now)
        state.requests.append(request)
      }
      return respond(request)
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let shared: SharedState
    private var request = Request()
    init(_ shared: SharedState) { self.shared = shared }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        request = Request(method: head.method.rawValue, uri: head.uri)
        for header in head.headers { request.headers[header.name.lowercased()] = header.value }
        return
      case .body(let part):
        request.body += String(buffer: part)
        return
      case .end: break
      }
      switch shared.answer(request) {
      case .silence: return
      case .cut:
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "100"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "{"))))).assumeIsolated()
          .whenComplete { _ in
            context.close(promise: nil)
          }
      case .reply(let status, let headers, let body):
        var fields = HTTPHeaders(headers)
        fields.add(name: "content-length", value: String(body.utf8.count))
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      }
    }
  }
}
