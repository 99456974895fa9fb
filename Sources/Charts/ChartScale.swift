// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// A range of numbers with marks at round places.
package struct ChartScale {
  package let low: Double
  package let high: Double
  package let marks: [Double]

  /// A scale that holds the values and whose ends are marks.
  package init(_ values: [Double], marks wanted: Int, withZero: Bool) {
    var (low, high) = (values.min() ?? 0, values.max() ?? 0)
    if withZero { (low, high) = (min(low, 0), max(high, 0)) }
    if low == high { (low, high) = low == 0 ? (0, 1) : (min(low, 0), max(high, 0)) }
    let step = Self.step((high - low) / Double(max(1, wanted)))
    let (first, last) = ((low / step).rounded(.down), (high / step).rounded(.up))
    guard step.isFinite, step > 0, last - first < 100 else {
      (self.low, self.high, marks) = (low, high, [low, high])
      return
    }
    (self.low, self.high) = (first * step, last * step)
    marks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// 0 at the low end, 1 at the high end.
  package func place(_ value: Double) -> Double { high > low ? (value - low) / (high - low) : 0 }

  /// The least of 1, 2, 5 times a power of ten that is not less.
  package static func step(_ rough: Double) -> Double {
    guard rough > 0, rough.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= rough, power < 1e300 { power *= 10 }
    while power > rough, power > 1e-300 { power /= 10 }
    return ([1, 2, 5, 10].first { $0 * power >= rough * 0.999_999 } ?? 10) * power
  }

  /// A number with as few digits as tell it: `1.5M`, `0.25`.
  package static func label(_ value: Double) -> String {
    let size = value.magnitude
    for (unit, name) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")] where size >= unit {
      let base = name == "k" ? 1e3 : unit
      return decimal(value / base, 2) + name
    }
    return size >= 1e15 || (size > 0 && size < 1e-4) ? NumberText.format(value) : decimal(value, size < 1 ? 4 : 2)
  }

  /// A number with at most so many places and no zeros behind.
  package static func decimal(_ value: Double, _ places: Int) -> String {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    let scaled = (value * factor).rounded()
    guard scaled.magnitude < 9e15 else { return NumberText.format(value) }
    let number = Int64(scaled)
    let (whole, part) = (number.magnitude / UInt64(factor), number.magnitude % UInt64(factor))
    var text = (number < 0 ? "-" : "") + String(whole)
    if part > 0 {
      let digits = String(part)
      var tail = String(repeating: "0", count: places - digits.count) + digits
      while tail.last == "0" { tail.removeLast() }
      text += "." + tail
    }
    return text
  }

  /// Marks along an axis of times: whole seconds, minutes, hours, days, or parts of the span.
  package static func times(_ low: Double, _ high: Double, marks wanted: Int) -> [(place: Double, label: String)] {
    let second = 1e7
    let steps: [Double] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
      1_209_600, 2_592_000, 7_776_000, 31_536_000,
    ]
    let rough = (high - low) / Double(max(1, wanted)) / second
    var step = (steps.first { $0 >= rough } ?? Self.step(rough / 31_536_000) * 31_536_000) * second
    if rough < 0.5 { step = max(1, Self.step(rough * second)) }
    guard high > low, step > 0 else { return [(low, label(time: low, step: high - low))] }
    var marks: [(Double, String)] = []
    var at = (low / step).rounded(.up) * step
    while at <= high, marks.count < 100 {
      marks.append((at, label(time: at, step: step)))
      at += step
    }
    return marks.isEmpty ? [(low, label(time: low, step: step))] : marks
  }

  /// `2026-01-31`, `01-31 12:00`, `12:00:05`: what of a time the step between marks needs.
  private static func label(time: Double, step: Double) -> String {
    guard time >= 0, time < 3.2e18 else { return label(time) }
    let text = DateTime.text(Int64(time))  // 2026-01-31T12:00:00.0000000Z
    guard text.utf8.count >= 27 else { return text }
    let letters = Array(text)
    if step >= 86_400 * 1e7 { return String(letters[0..<10]) }
    if step >= 60 * 1e7 { return String(letters[5..<10]) + " " + String(letters[11..<16]) }
    return String(letters[11..<(step >= 1e7 ? 19 : 23)])
  }
}
