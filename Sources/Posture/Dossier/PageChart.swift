// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// The pictures of a report as SVG, in the colours of the page.
package enum PageChart {
  /// A ring of which a share is drawn, with a text in its middle.
  ///
  /// - Parameter share: 0 to 1; nil leaves the ring empty.
  package static func ring(_ share: Double?, _ text: String, color: String, label: String) -> String {
    let length = 2 * Double.pi * 50
    let arc = share.map { share in
      "<circle cx=\"60\" cy=\"60\" r=\"50\" fill=\"none\" stroke=\"var(--\(color)-fill)\" stroke-width=\"9\" "
        + "stroke-linecap=\"round\" stroke-dasharray=\"\(number(max(0, min(1, share)) * length)) \(number(length))\" "
        + "transform=\"rotate(-90 60 60)\"/>"
    }
    return "<svg viewBox=\"0 0 120 120\" role=\"img\" aria-label=\"\(XMLText.escaped(label))\">"
      + "<circle cx=\"60\" cy=\"60\" r=\"50\" fill=\"none\" stroke=\"var(--soft)\" stroke-width=\"9\"/>"
      + ((share ?? 0) > 0 ? arc ?? "" : "")
      + "<text class=\"value\" x=\"60\" y=\"69\" text-anchor=\"middle\">\(XMLText.escaped(text))</text></svg>"
  }

  /// One bar of parts side by side, as wide as its place.
  package static func stack(_ parts: [(value: Double, color: String)], label: String, of whole: Double? = nil) -> String
  {
    let sum = whole ?? parts.reduce(0) { $0 + $1.value }
    var out = "<svg class=\"bar\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\" role=\"img\" "
    out += "aria-label=\"\(XMLText.escaped(label))\"><rect width=\"1000\" height=\"12\" fill=\"var(--soft)\"/>"
    var at = 0.0
    for part in parts where part.value > 0 && sum > 0 {
      let width = 1000 * part.value / sum
      out += "<rect x=\"\(number(at))\" width=\"\(number(width))\" height=\"12\" fill=\"var(--\(part.color)-fill)\"/>"
      at += width
    }
    return out + "</svg>"
  }

  /// Lines over time, each from 0 to 100.
  package static func lines(_ points: [ScoreHistory.Point], label: String) -> String {
    guard let first = points.first?.time, let last = points.last?.time, last > first else { return "" }
    let (width, height, left, top) = (640.0, 170.0, 30.0, 10.0)
    func x(_ time: Int64) -> Double { left + (width - left - 10) * Double(time - first) / Double(last - first) }
    func y(_ value: Double) -> Double { top + (height - 40) * (1 - max(0, min(100, value)) / 100) }
    var out = "<svg viewBox=\"0 0 640 170\" role=\"img\" aria-label=\"\(XMLText.escaped(label))\">"
    for mark in [0.0, 50, 100] {
      out += "<line x1=\"\(number(left))\" x2=\"630\" y1=\"\(number(y(mark)))\" y2=\"\(number(y(mark)))\" "
      out += "stroke=\"var(--line)\"/><text x=\"\(number(left - 6))\" y=\"\(number(y(mark) + 4))\" "
      out += "text-anchor=\"end\">\(Int(mark))</text>"
    }
    let secure = points.compactMap { point in point.secure.map { (point.time, $0) } }
    for (values, color) in [(secure, "good"), (points.map { ($0.time, $0.risk) }, "high")] where !values.isEmpty {
      let path = values.map { "\(number(x($0.0))),\(number(y($0.1)))" }.joined(separator: " ")
      out += "<polyline points=\"\(path)\" fill=\"none\" stroke=\"var(--\(color)-fill)\" stroke-width=\"2.5\" "
      out += "stroke-linejoin=\"round\"/>"
      if let end = values.last {
        out += "<circle cx=\"\(number(x(end.0)))\" cy=\"\(number(y(end.1)))\" r=\"3.5\" fill=\"var(--\(color)-fill)\"/>"
      }
    }
    out += "<text x=\"\(number(left))\" y=\"160\">\(DateTime.text(first).prefix(10))</text>"
    return out + "<text x=\"630\" y=\"160\" text-anchor=\"end\">\(DateTime.text(last).prefix(10))</text></svg>"
  }

  /// At most two decimals, with a point whatever the place.
  private static func number(_ value: Double) -> String { ScoreNumber.text(value) }
}
