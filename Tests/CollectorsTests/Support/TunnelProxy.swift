// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import Synchronization

/// An HTTP proxy on loopback that is asked to `CONNECT`, whatever the host, to one server of ours.
final class TunnelProxy: Sendable {
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel
  private let seen: Requests

  /// - Parameter refusal: the status line of an answer that refuses, such as `407 Proxy Authentication Required`.
  init(to port: Int, refusal: String? = nil) async throws {
    let seen = Requests()
    self.seen = seen
    channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Entrance(port, refusal, seen))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  /// The heads of the requests that came.
  var requests: [String] { seen.heads.withLock { $0 } }

  func stop() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }

  private final class Requests: Sendable { let heads = Mutex<[String]>([]) }

  /// Reads the request, connects, and then hands on what comes.
  private final class Entrance: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    private let port: Int
    private let refusal: String?
    private let seen: Requests
    private var head = ""
    private var peer: (any Channel)?

    init(_ port: Int, _ refusal: String?, _ seen: Requests) {
      (self.port, self.refusal, self.seen) = (port, refusal, seen)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let part = unwrapInboundIn(data)
      if let peer { return peer.writeAndFlush(part, promise: nil) }
      head += String(buffer: part)
      guard head.contains("\r\n\r\n") else { return }
      seen.heads.withLock { [head] in $0.append(head) }
      let client = context.channel
      if let refusal {
        client.writeAndFlush(ByteBuffer(string: "HTTP/1.1 \(refusal)\r\ncontent-length: 0\r\n\r\n"), promise: nil)
        return
      }
      ClientBootstrap(group: context.eventLoop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(Exit(client))
          }
        }
        .connect(host: "127.0.0.1", port: port).assumeIsolated().whenSuccess { server in
          self.peer = server
          client.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }
  }

  private final class Exit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let client: any Channel
    init(_ client: any Channel) { self.client = client }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      client.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }
    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
  }
}
