// SPDX-License-Identifier: Apache-2.0
internal import ServiceLifecycle

/// Looks at the store again and again for as long as the server runs, so that what other processes scan is seen too.
package struct EstateWatch: Service {
  private let views: EstateViews

  package init(_ views: EstateViews) { self.views = views }

  package func run() async throws {
    await cancelWhenGracefulShutdown { await views.watch() }
  }
}
