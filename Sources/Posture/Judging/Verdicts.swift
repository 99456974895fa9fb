// SPDX-License-Identifier: Apache-2.0
package import KQL

/// What is said of a resource by a check.
package enum Status: String, Sendable, CaseIterable {
  case healthy = "Healthy"
  case unhealthy = "Unhealthy"
  case notApplicable = "NotApplicable"
  case unknown = "Unknown"

  /// Number in the store.
  var code: Int { Self.allCases.firstIndex(of: self) ?? 3 }
  init(code: Int) { self = Self.allCases.indices.contains(code) ? Self.allCases[code] : .unknown }
}

/// What a verdict is about: a resource, or the place whose resources could not be listed.
package struct Subject: Sendable, Hashable {
  package let id: String
  package let type: String
  package let cloud: String
  package let account: String
  package let region: String
}

/// One check's word on one subject. Texts are codes into ``Verdicts/texts``.
package struct Verdict: Sendable {
  // A large estate has millions: twenty bytes each.
  private let checkCode: UInt32
  private let subjectCode: UInt32
  package let reason: UInt32
  package let evidence: UInt32
  package let status: Status

  package init(check: Int, subject: Int, status: Status, reason: UInt32, evidence: UInt32) {
    (checkCode, subjectCode) = (UInt32(check), UInt32(subject))
    (self.status, self.reason, self.evidence) = (status, reason, evidence)
  }

  package var check: Int { Int(checkCode) }
  package var subject: Int { Int(subjectCode) }
}

/// The verdicts of one judging, in the order of check ids and then of resource ids.
package struct Verdicts: Sendable {
  package let checks: [Check]
  package let subjects: [Subject]
  package let list: [Verdict]
  package let texts: StringPool
  /// Checks that could not be run, and why.
  package let failures: [(check: Check, message: String)]

  package func reason(_ verdict: Verdict) -> String { texts.string(Int(verdict.reason)) }
  /// JSON: `[{"path":"properties.X","value":...}]`.
  package func evidence(_ verdict: Verdict) -> String { texts.string(Int(verdict.evidence)) }
}

extension Verdicts {
  /// The verdicts that findings stand for.
  ///
  /// - Parameter resources: rows of `resources`, which are the first of the subjects.
  package init(_ findings: [Finding], of resources: Batch) {
    var subjects = Bench.subjects(resources)
    let index = RowIndex(subjects)
    var places: [Subject: Int] = [:]
    var positions: [String: Int] = [:]
    var checks: [Check] = []
    var texts = StringColumnBuilder()
    var list: [Verdict] = []
    list.reserveCapacity(findings.count)
    for finding in findings {
      if positions[finding.check.id] == nil {
        positions[finding.check.id] = checks.count
        checks.append(finding.check)
      }
      let known = index.row(finding.subject.id, type: finding.subject.type) ?? places[finding.subject]
      let subject = known ?? subjects.count
      if known == nil {
        places[finding.subject] = subject
        subjects.append(finding.subject)
      }
      guard let check = positions[finding.check.id] else { continue }
      var (reason, evidence) = (finding.reason, finding.evidence)
      list.append(
        Verdict(
          check: check, subject: subject, status: finding.status, reason: reason.withUTF8 { texts.intern($0) },
          evidence: evidence.withUTF8 { texts.intern($0) }))
    }
    self.init(checks: checks, subjects: subjects, list: list, texts: texts.finish().pool, failures: [])
  }
}
