// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs work that recurses as deep as its input is nested: the stacks of Swift's own threads are small.
package enum DeepStack {
  /// Bytes of address space; memory is taken as the stack is used.
  private static let size = 512 << 20

  private final class Work {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Runs `body` on a thread of its own and waits for it.
  package static func run<T>(_ body: () -> T) -> T {
    var result: T?
    withoutActuallyEscaping({ result = body() }) { body in
      let work = Unmanaged.passRetained(Work(body))
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, size)
      var thread = pthread_t()
      let failed = pthread_create(
        &thread, &attributes,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
          return nil
        }, work.toOpaque())
      if failed == 0 {
        pthread_join(thread, nil)
      } else {
        // No thread to be had: deep input may then overflow, but all else works.
        work.takeRetainedValue().run()
      }
    }
    guard let result else { preconditionFailure("the work was not run") }
    return result
  }
}
