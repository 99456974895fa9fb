// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Server
import Testing

@Suite struct MetricsTests {
  @Test("counters add up, gauges are set, durations are counted in each bucket that is not below them")
  func exposition() {
    let metrics = PrometheusMetrics()
    for _ in 0..<3 { Counter(label: "a.b", dimensions: [("x", "1")], factory: metrics).increment() }
    Counter(label: "a.b", dimensions: [("x", "q\"\\\n")], factory: metrics).increment(by: 2)
    Meter(label: "level", factory: metrics).set(1.5)
    for nanoseconds in [4_000_000, 120_000_000, 20_000_000_000] as [Int64] {
      Timer(label: "took", factory: metrics).recordNanoseconds(nanoseconds)
    }
    let lines = metrics.exposition().split(separator: "\n").map(String.init)
    #expect(
      Array(lines.prefix(5)) == [
        "# TYPE a_b counter", #"a_b{x="1"} 3"#, #"a_b{x="q\"\\\n"} 2"#, "# TYPE level gauge", "level 1.5",
      ])
    #expect(lines.contains("# TYPE took histogram"))
    for line in [
      #"took_bucket{le="0.005"} 1"#, #"took_bucket{le="0.1"} 1"#, #"took_bucket{le="0.15"} 2"#,
      #"took_bucket{le="10"} 2"#, #"took_bucket{le="+Inf"} 3"#, "took_sum 20.124", "took_count 3",
    ] { #expect(lines.contains(line), "\(line)") }
  }
}
