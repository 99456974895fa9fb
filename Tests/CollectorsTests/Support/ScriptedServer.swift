// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A loopback HTTP server that answers from a list, one entry a request, the last one for ever.
final class ScriptedServer: Sendable {
  enum Answer: Sendable {
    case reply(Int, [(String, String)], String)
    /// Promises more than it sends, then closes.
    case cut
    /// Never answers.
    case silence
  }

  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let shared: SharedState

  init(_ answers: [Answer]) async throws {
    let state = SharedState(answers)
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

  var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
  /// When each request came.
  var times: [ContinuousClock.Instant] { shared.state.withLock { $0.times } }

  func stop() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }

  private final class SharedState: Sendable {
    let state: Mutex<(answers: [Answer], times: [ContinuousClock.Instant])>
    init(_ answers: [Answer]) { state = Mutex((answers, [])) }
    func next() -> Answer {
      state.withLock { state in
        state.times.append(.now)
        return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
      }
    }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let shared: SharedState
    init(_ shared: SharedState) { self.shared = shared }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .end = unwrapInboundIn(data) else { return }
      switch shared.next() {
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
