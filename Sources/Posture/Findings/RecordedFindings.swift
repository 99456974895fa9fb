// SPDX-License-Identifier: Apache-2.0

/// The findings of one judging as they were recorded, in the order of its verdicts.
///
/// A large estate has millions, most of which nobody looks at one by one: a ``Finding`` is made of its verdict when it is
/// asked for.
package struct RecordedFindings: RandomAccessCollection, Sendable {
  /// What the store knows of a finding beside its verdict; most of a scan share few of these.
  struct Times: Hashable {
    let firstSeen: Int64
    let lastChanged: Int64
    let faultSince: Int64?
  }

  package let verdicts: Verdicts
  private let time: Int64
  /// By verdict.
  private let keys: [Int64]
  private var codes: [UInt32]
  private var times: [Times] = []
  private var known: [Times: UInt32] = [:]
  private var marks: [Int64: FindingMark] = [:]

  /// - Parameter keys: of the findings, by verdict.
  init(_ verdicts: Verdicts, keys: [Int64], at time: Int64) {
    (self.verdicts, self.keys, self.time) = (verdicts, keys, time)
    codes = [UInt32](repeating: 0, count: keys.count)
  }

  mutating func set(_ position: Int, _ own: Times) {
    if let code = known[own] {
      codes[position] = code
    } else {
      codes[position] = UInt32(times.count)
      known[own] = codes[position]
      times.append(own)
    }
  }

  /// The same with what exemptions and governance rules say.
  func marked(_ marks: [Int64: FindingMark]) -> RecordedFindings {
    var findings = self
    findings.marks = marks
    return findings
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { keys.count }

  package subscript(position: Int) -> Finding {
    let verdict = verdicts.list[position]
    let own = times[Int(codes[position])]
    return Finding(
      key: keys[position], check: verdicts.checks[verdict.check], subject: verdicts.subjects[verdict.subject],
      status: verdict.status, reason: verdicts.reason(verdict), evidence: verdicts.evidence(verdict),
      firstSeen: own.firstSeen, lastSeen: time, lastChanged: own.lastChanged,
      faultSince: verdict.status == .unhealthy ? own.faultSince : nil, mark: marks[keys[position]])
  }

  /// What exemptions and rules say of a finding, without making it.
  func mark(_ position: Int) -> FindingMark? { marks.isEmpty ? nil : marks[keys[position]] }

  /// Keys of the findings that are exempt.
  package var exempt: Set<Int64> {
    marks.isEmpty ? [] : Set(keys.lazy.filter { marks[$0]?.exemption != nil })
  }
}
