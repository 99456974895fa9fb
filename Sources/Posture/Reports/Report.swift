// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import KQL

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, sarif, ocsf, junit
}

/// What a scan found, ready to be written in any format.
///
/// The same findings give the same bytes; only times differ between two scans of an unchanged account.
package struct Report: Sendable {
  /// The scan that the findings come from.
  package struct Scan: Sendable {
    package var id: String
    /// What was asked for: `aws`, a path.
    package var targets: [String]
    /// Ticks.
    package var started: Int64
    package var finished: Int64
    package var resources: Int
    package var calls: Int
    package var gaps: [CoverageGap]
    /// Version of plumb.
    package var version: String

    package init(
      id: String, targets: [String], started: Int64, finished: Int64, resources: Int, calls: Int = 0,
      gaps: [CoverageGap] = [], version: String
    ) {
      self.id = id
      self.targets = targets
      self.started = started
      self.finished = finished
      self.resources = resources
      self.calls = calls
      self.gaps = gaps
      self.version = version
    }
  }

  package let scan: Scan
  /// Without those that are exempt, and those that tell of a fault of which another tells too.
  package let findings: [Finding]
  /// Faults that are left out: exempt ones, and those counted by another check.
  package let exempt: Int
  package let twins: Int

  /// - Parameter keepsAll: whether faults that do not count are told of as well.
  package init(scan: Scan, findings: [Finding], keepsAll: Bool = false) {
    self.scan = scan
    exempt = findings.count(where: \.isExempt)
    twins = findings.count { !$0.isExempt && $0.mark?.twinOf != nil }
    self.findings =
      keepsAll || exempt + twins == 0 ? findings : findings.filter { !$0.isExempt && $0.mark?.twinOf == nil }
  }

  /// What is left out, in a sentence; nil where nothing is.
  package var leftOut: String? {
    let parts = [
      exempt > 0 ? "\(exempt) exempt" : nil, twins > 0 ? "\(twins) counted by another check" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "left out: " + parts.joined(separator: ", ")
  }

  /// The whole report; it ends in a line break.
  /// - Parameter color: whether the table for people may use ANSI colours.
  package func text(_ format: ReportFormat, color: Bool = false) -> [UInt8] {
    switch format {
    case .table: table(color: color)
    case .json: json()
    case .ndjson: ndjson()
    case .csv: csv()
    case .sarif: sarif()
    case .ocsf: ocsf()
    case .junit: junit()
    }
  }

  package func count(_ status: Status) -> Int { findings.count { $0.status == status } }

  /// Whether anything is Unhealthy at or above `severity`.
  package func hasFault(atLeast severity: Severity) -> Bool { findings.contains { $0.isFault(atLeast: severity) } }
}

/// A JSON writer that appends to bytes.
struct ReportText {
  var bytes: [UInt8] = []
  private var needsComma = false

  mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func open(_ bracket: Character) {
    if needsComma { raw(",") }
    raw(String(bracket))
    needsComma = false
  }

  mutating func close(_ bracket: Character) {
    raw(String(bracket))
    needsComma = true
  }

  mutating func key(_ key: StaticString) {
    if needsComma { raw(",") }
    raw("\"")
    raw(key)
    raw("\":")
    needsComma = false
  }

  mutating func value(_ text: String) {
    if needsComma { raw(",") }
    Self.quote(text, into: &bytes)
    needsComma = true
  }

  mutating func value(_ number: Int64) {
    if needsComma { raw(",") }
    raw(String(number))
    needsComma = true
  }

  /// A value that is JSON already.
  mutating func json(_ text: String) {
    if needsComma { raw(",") }
    raw(text)
    needsComma = true
  }

  mutating func member(_ key: StaticString, _ text: String) {
    self.key(key)
    value(text)
  }

  mutating func member(_ key: StaticString, _ number: Int64) {
    self.key(key)
    value(number)
  }

  mutating func member(_ key: StaticString, json: String) {
    self.key(key)
    self.json(json)
  }

  mutating func member(_ key: StaticString, _ body: (inout ReportText) -> Void) {
    self.key(key)
    open("{")
    body(&self)
    close("}")
  }

  static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(0x22)
    defer { bytes.append(0x22) }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) { return bytes.append(contentsOf: text.utf8) }
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C:
        bytes.append(0x5C)
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
  }

  /// A JSON list of texts.
  static func array(_ texts: [String]) -> String {
    var bytes: [UInt8] = [0x5B]
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      quote(text, into: &bytes)
    }
    bytes.append(0x5D)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `2026-01-02T03:04:05.0000000Z`
  static func time(_ ticks: Int64) -> String { DateTime.text(ticks) }

  static func unixMilliseconds(_ ticks: Int64) -> Int64 { (ticks - DateTime.unixEpoch) / 10_000 }
}
