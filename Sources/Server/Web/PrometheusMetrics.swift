// SPDX-License-Identifier: Apache-2.0
package import CoreMetrics
internal import Synchronization

/// Metrics as Prometheus reads them (text format 0.0.4): counters, gauges, and histograms of durations in seconds.
package final class PrometheusMetrics: MetricsFactory {
  private struct Series: Hashable {
    let name: String
    /// As written between the braces.
    let labels: String
  }

  /// Upper bounds in seconds. What the pages are held to, 0.15 and 0.4, is among them.
  private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.4, 1, 2.5, 10]
  /// Series beyond this many are dropped: a label that a client chooses must not fill the memory.
  private static let mostSeries = 10_000

  private enum Kind: String { case counter, gauge, histogram }

  private final class Cell: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    let kind: Kind
    private struct State {
      var sum = 0.0
      var count: UInt64 = 0
      var buckets = [UInt64](repeating: 0, count: PrometheusMetrics.bounds.count)
    }
    private let state = Mutex(State())

    init(_ kind: Kind) { self.kind = kind }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLock { $0.sum += amount } }
    func decrement(by amount: Double) { increment(by: -amount) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.sum = value } }
    func reset() { set(0.0) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
      state.withLock { state in
        state.sum += value
        state.count += 1
        for (index, bound) in PrometheusMetrics.bounds.enumerated() where value <= bound { state.buckets[index] += 1 }
      }
    }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func write(_ series: Series, into out: inout String) {
      let state = state.withLock { $0 }
      let braced = series.labels.isEmpty ? "" : "{\(series.labels)}"
      guard kind == .histogram else {
        out += "\(series.name)\(braced) \(PrometheusMetrics.text(state.sum))\n"
        return
      }
      let before = series.labels.isEmpty ? "" : series.labels + ","
      for (index, bound) in PrometheusMetrics.bounds.enumerated() {
        out += "\(series.name)_bucket{\(before)le=\"\(PrometheusMetrics.text(bound))\"} \(state.buckets[index])\n"
      }
      out += "\(series.name)_bucket{\(before)le=\"+Inf\"} \(state.count)\n"
      out += "\(series.name)_sum\(braced) \(PrometheusMetrics.text(state.sum))\n"
      out += "\(series.name)_count\(braced) \(state.count)\n"
    }
  }

  private let cells = Mutex<[Series: Cell]>([:])

  package init() {}

  private func cell(_ kind: Kind, _ label: String, _ dimensions: [(String, String)]) -> Cell {
    let labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    let series = Series(name: Self.name(label), labels: labels)
    return cells.withLock { cells in
      if let cell = cells[series] { return cell }
      let cell = Cell(kind)
      if cells.count < Self.mostSeries { cells[series] = cell }
      return cell
    }
  }

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    cell(.counter, label, dimensions)
  }
  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler { cell(.counter, label, dimensions) }
  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    cell(.gauge, label, dimensions)
  }
  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler { cell(.histogram, label, dimensions) }
  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    cell(.histogram, label, dimensions)
  }
  // A series stays once it was seen: Prometheus takes one that ends for a restart.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  /// Everything, sorted by name.
  package func exposition() -> String {
    let cells = cells.withLock { $0 }.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }
    var out = ""
    var last = ""
    for (series, cell) in cells {
      if series.name != last { out += "# TYPE \(series.name) \(cell.kind.rawValue)\n" }
      last = series.name
      cell.write(series, into: &out)
    }
    return out
  }

  private static func name(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
