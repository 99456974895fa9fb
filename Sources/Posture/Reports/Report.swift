// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import KQL

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  case table, json, ndjson, csv, sarif, ocsf, junit, github, gitlab, markdown
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

  /// What one check found, without what is left out.
  struct Group {
    let check: Check
    /// Where its findings are among all.
    var range: Range<Int>
    private var counts = [Int](repeating: 0, count: Status.allCases.count)

    init(check: Check, range: Range<Int>) {
      self.check = check
      self.range = range
    }

    mutating func add(_ status: Status) { counts[status.code] += 1 }
    func count(_ status: Status) -> Int { counts[status.code] }
    /// Findings that do not count but are listed.
    fileprivate(set) var uncounted = 0
    var total: Int { counts.reduce(0, +) }
  }

  /// Findings as they were recorded, or as they were read.
  private enum Source: Sendable {
    case recorded(RecordedFindings)
    case list([Finding])

    var count: Int {
      switch self {
      case .recorded(let findings): findings.count
      case .list(let findings): findings.count
      }
    }

    func check(_ position: Int) -> Check {
      switch self {
      case .recorded(let findings): findings.verdicts.checks[findings.verdicts.list[position].check]
      case .list(let findings): findings[position].check
      }
    }

    func status(_ position: Int) -> Status {
      switch self {
      case .recorded(let findings): findings.verdicts.list[position].status
      case .list(let findings): findings[position].status
      }
    }

    func mark(_ position: Int) -> FindingMark? {
      switch self {
      case .recorded(let findings): findings.mark(position)
      case .list(let findings): findings[position].mark
      }
    }

    subscript(position: Int) -> Finding {
      switch self {
      case .recorded(let findings): findings[position]
      case .list(let findings): findings[position]
      }
    }
  }

  package let scan: Scan
  /// What a report of code has besides; nil for live resources.
  package let code: CodeContext?
  private let source: Source
  private let keepsAll: Bool
  /// Of the checks that found something.
  let groups: [Group]
  /// Faults that are left out: exempt ones, and those counted by another check.
  package let exempt: Int
  package let twins: Int
  /// Of code: what it says is meant to be so, and what an earlier report has.
  package let suppressed: Int
  package let known: Int

  /// What a scan recorded: each finding is made when it is asked for.
  package init(scan: Scan, findings: RecordedFindings) {
    self.init(scan, .recorded(findings), keepsAll: false)
  }

  /// - Parameters:
  ///   - findings: those of a check stand together.
  ///   - keepsAll: whether faults that do not count are told of as well.
  package init(scan: Scan, findings: [Finding], keepsAll: Bool = false) {
    self.init(scan, .list(findings), keepsAll: keepsAll)
  }

  /// A report of code. What does not count is listed with its reason where programs read it.
  package init(scan: Scan, findings: [Finding], code: CodeContext) {
    self.init(scan, .list(findings), keepsAll: false, code: code)
  }

  private init(_ scan: Scan, _ source: Source, keepsAll: Bool, code: CodeContext? = nil) {
    self.scan = scan
    self.source = source
    self.keepsAll = keepsAll
    self.code = code
    var (exempt, twins, suppressed, known) = (0, 0, 0, 0)
    var groups: [Group] = []
    var start = 0
    while start < source.count {
      let check = source.check(start)
      var group = Group(check: check, range: start..<start)
      while start < source.count, source.check(start) === check {
        let mark = source.mark(start)
        if mark?.exemption != nil {
          exempt += 1
        } else if mark?.twinOf != nil {
          twins += 1
        } else if mark?.suppression != nil {
          suppressed += 1
        } else if mark?.isKnown == true {
          known += 1
        }
        if keepsAll || mark?.isLeftOut != true {
          group.add(source.status(start))
        } else if code != nil {
          group.uncounted += 1
        }
        start += 1
      }
      group.range = group.range.lowerBound..<start
      if group.total + group.uncounted > 0 { groups.append(group) }
    }
    (self.groups, self.exempt, self.twins, self.suppressed, self.known) = (groups, exempt, twins, suppressed, known)
  }

  /// What is left out, in a sentence; nil where nothing is.
  package var leftOut: String? {
    let parts = [
      exempt > 0 ? "\(exempt) exempt" : nil, twins > 0 ? "\(twins) counted by another check" : nil,
      suppressed > 0 ? "\(suppressed) suppressed" : nil, known > 0 ? "\(known) in the baseline" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "left out: " + parts.joined(separator: ", ")
  }

  /// Without those that are exempt, and those that tell of a fault of which another tells too.
  package var findings: some Sequence<Finding> { groups.lazy.flatMap { findings(of: $0) } }

  /// Those of a check that say one of `statuses`, each made when it is asked for.
  /// - Parameter listed: whether what code suppresses, and what a baseline has, is among them.
  func findings(
    of group: Group, _ statuses: [Status] = Status.allCases, listed: Bool = false
  ) -> some Sequence<Finding> {
    let (source, keepsAll) = (source, keepsAll || listed && code != nil)
    return group.range.lazy
      .filter { statuses.contains(source.status($0)) && (keepsAll || source.mark($0)?.isLeftOut != true) }
      .map { source[$0] }
  }

  /// The whole report, a piece at a time; it ends in a line break.
  /// - Parameter color: whether the table for people may use ANSI colours.
  package func write<Failure: Error>(
    _ format: ReportFormat, color: Bool = false, to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var last: [UInt8]
    let flush = { (bytes: inout [UInt8]) throws(Failure) in
      guard bytes.count >= Self.pieceSize else { return }
      try sink(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    switch format {
    case .table: last = code.map { codeTable($0, color: color) } ?? table(color: color)
    case .json: last = try json(flush)
    case .ndjson: last = try ndjson(flush)
    case .csv: last = try csv(flush)
    case .sarif: last = try sarif(flush)
    case .ocsf: last = try ocsf(flush)
    case .junit: last = try junit(flush)
    case .github: last = try github(flush)
    case .gitlab: last = try gitlab(flush)
    case .markdown: last = markdown()
    }
    try sink(last)
  }

  /// Bytes that are held back before they are handed on.
  private static let pieceSize = 1 << 16

  package func text(_ format: ReportFormat, color: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    write(format, color: color) { text += $0 }
    return text
  }

  package func count(_ status: Status) -> Int { groups.reduce(0) { $0 + $1.count(status) } }

  /// Whether anything is Unhealthy at or above `severity`.
  package func hasFault(atLeast severity: Severity) -> Bool {
    groups.contains { $0.check.severity >= severity && $0.count(.unhealthy) > 0 }
  }
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
