// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON

/// The scores of one scan, as they are kept.
package struct ScoreRecord: Sendable, Codable, Equatable {
  /// When it was judged, in ticks: the time of its findings.
  package let time: Int64
  /// Ticks: the state of the inventory that was judged.
  package let state: Int64
  /// A hash of the checks, weights and assumed values that were in force.
  package let content: String
  /// Keys of the findings that were exempt.
  package let exempt: [Int64]
  package let secure: SecureScore
  package let risk: RiskScore
}

/// Makes scores of verdicts.
package struct Scorer: Sendable {
  package let controls: SecureScoreModel
  package let risk: RiskModel
  package let judge: Judge
  /// A hash of all that decides what a given estate's scores are.
  package let fingerprint: String

  /// - Parameter checks: those that are judged.
  package init(_ content: ContentLibrary, checks: [Check]) throws(ContentError) {
    controls = try SecureScoreModel(content)
    risk = try RiskModel(content)
    judge = Judge(checks: checks, defaults: try Defaults(content))
    var hash = FindingKey.seed
    func add(_ text: some Sequence<UInt8>) { hash = FindingKey.hash(FindingKey.hash(hash, text), [0xFF]) }
    for path in [SecureScoreModel.path, RiskModel.path] { add(try content.file(at: path)?.bytes ?? []) }
    for file in try content.files(under: "defaults") { add(file.bytes) }
    for check in checks {
      for text in [check.id, check.type, check.control, check.severity.rawValue, check.decides.rawValue] {
        add(text.utf8)
      }
      for key in ["applies", "unhealthy", "query"] { add(check.document.root[key]?.serialized() ?? []) }
    }
    fingerprint = FindingKey.digits(hash)
  }

  /// - Parameters:
  ///   - estate: what the verdicts are of.
  ///   - state: ticks of the inventory's state.
  package func score(_ verdicts: Verdicts, _ estate: Estate, state: Int64, exempt: Set<Int64> = []) -> ScoreRecord {
    ScoreRecord(
      time: estate.now, state: state, content: fingerprint, exempt: exempt.sorted(),
      secure: SecureScore(verdicts, controls, exempt: exempt),
      risk: RiskScore(verdicts, estate, risk, controls, exempt: exempt))
  }
}
