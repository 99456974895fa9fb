// SPDX-License-Identifier: Apache-2.0

/// One check's verdict on one resource, as long as it stands.
package struct Finding: Sendable {
  /// Stays the same while check and resource do.
  package let key: Int64
  package let check: Check
  package let subject: Subject
  package let status: Status
  package let reason: String
  /// JSON: `[{"path":"properties.X","value":...}]`.
  package let evidence: String
  /// Ticks; `lastChanged` is when status, reason or evidence last changed.
  package let firstSeen: Int64
  package let lastSeen: Int64
  package let lastChanged: Int64
  /// Ticks from which it is a fault without a break that anybody saw; nil where it is none.
  package var faultSince: Int64?
  /// Who is to mend it by when, and what exempts it now.
  package var mark: FindingMark?
  /// Where it stands in code; nil for live resources.
  package var place: FindingPlace?

  package var isExempt: Bool { mark?.exemption != nil }

  /// The key as 16 hexadecimal digits.
  package var id: String { Self.text(key) }

  /// Of a finding in code: the same in a file of another name, and on another line. It hangs on check, address and the
  /// values that decided.
  package var fingerprint: String {
    Self.text(FindingKey(check: check.id).key(resource: "\(place?.address ?? subject.id)\u{0}\(evidence)"))
  }

  static func text(_ key: Int64) -> String { FindingKey.digits(UInt64(bitPattern: key)) }

  /// Whether the finding asks somebody to act: Unhealthy, and neither exempt nor told of twice.
  package var isFault: Bool { status == .unhealthy && mark?.isLeftOut != true }
}

extension Finding {
  /// A verdict that is not kept anywhere: of code, which has no history here.
  package init(_ verdict: Verdict, of verdicts: Verdicts, seen time: Int64) {
    let check = verdicts.checks[verdict.check]
    let subject = verdicts.subjects[verdict.subject]
    self.init(
      key: FindingKey(check: check.id).key(resource: subject.id), check: check, subject: subject,
      status: verdict.status, reason: verdicts.reason(verdict), evidence: verdicts.evidence(verdict), firstSeen: time,
      lastSeen: time, lastChanged: time, faultSince: verdict.status == .unhealthy ? time : nil)
  }
}

/// Where in code a finding is to be mended.
package struct FindingPlace: Sendable {
  /// The file as the user named it, and where in it; both count from 1.
  package let path: String
  package let line: Int
  package let column: Int
  /// How the code's language names the resource.
  package let address: String
  /// Calls of modules that lead there, outermost first: `main.tf:3`.
  package let chain: [String]
  /// How many findings of the run with this fingerprint come before it, and this one.
  package var occurrence = 1

  package init(path: String, line: Int, column: Int, address: String, chain: [String] = []) {
    self.path = path
    self.line = line
    self.column = column
    self.address = address
    self.chain = chain
  }
}

/// What says that code which a check finds at fault is meant to be so.
package struct Suppression: Sendable {
  /// As it is written: `checkov:skip=CKV_AWS_18`.
  package let directive: String
  /// Why; empty where nobody said.
  package let reason: String
  /// Where it is written: `main.tf:3`.
  package let place: String
  /// Whether that is in the code, and not in the configuration.
  package let isInSource: Bool

  package init(directive: String, reason: String, place: String, isInSource: Bool) {
    (self.directive, self.reason, self.place, self.isInSource) = (directive, reason, place, isInSource)
  }
}

/// Hashes check and resource to the key of a finding: FNV-1a, mixed, 63 bits.
struct FindingKey {
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private let start: UInt64

  init(check: String) {
    start = Self.hash(Self.seed, check.utf8)
  }

  func key(resource: String) -> Int64 {
    var hash = Self.hash((start ^ 0xFF) &* 0x100_0000_01B3, resource.utf8)
    hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return Int64(bitPattern: (hash ^ (hash >> 32)) >> 1)
  }

  static func hash(_ seed: UInt64, _ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// 16 hexadecimal digits.
  static func digits(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
