// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// Runs tasks on an event loop's own thread. A scan does little between its calls: run where the answers arrive, it saves
/// the two wake-ups of threads that each call would cost otherwise (a third of the CPU of a large scan).
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
