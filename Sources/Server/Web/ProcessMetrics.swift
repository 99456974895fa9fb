// SPDX-License-Identifier: Apache-2.0
internal import CoreMetrics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the process takes, by the names that Prometheus has for it. Read when it is asked for.
enum ProcessMetrics {
  static func update(_ metrics: PrometheusMetrics) {
    // The second number is the pages that are in memory (proc(5)).
    if let pages = FileManager.default.contents(atPath: "/proc/self/statm").flatMap({ bytes in
      String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Double($0) }
    }) {
      Meter(label: "process_resident_memory_bytes", factory: metrics).set(pages * Double(sysconf(Int32(_SC_PAGESIZE))))
    }
    if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      Meter(label: "process_open_fds", factory: metrics).set(files.count)
    }
  }
}
