// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import KQL

/// Why scores differ between two scans: what the estate did, what the content did, and what exemptions did.
///
/// The parts are differences of whole numbers that are taken one after another, so they add up exactly: first the new
/// checks and weights are put to the old estate, then the estate is exchanged, then the exemptions.
package struct ScoreChange: Sendable, Equatable {
  /// One score, in its units.
  package struct Parts: Sendable, Equatable {
    package let before: Int
    package let content: Int
    package let estate: Int
    package let exemptions: Int
    package var after: Int { before + content + estate + exemptions }

    /// - Parameters:
    ///   - content: the score of the old estate by the new content, with the old exemptions.
    ///   - estate: that of the new estate, with the old exemptions.
    package init(before: Int, content: Int, estate: Int, after: Int) {
      self.before = before
      self.content = content - before
      self.estate = estate - content
      exemptions = after - estate
    }
  }

  package struct Scope: Sendable, Equatable {
    package let cloud: String
    package let account: String
    package let parts: Parts
  }

  /// Ticks.
  package let from: Int64
  package let to: Int64
  /// Whether checks, weights or assumed values differ.
  package let isContentChanged: Bool
  /// Hundredths of a percent; a score that there was not counts as 0.
  package let secure: Parts
  /// Units of ``RiskScore``.
  package let risk: Parts
  /// Of each account of either scan; hundredths of a percent.
  package let scopes: [Scope]

  /// - Parameters:
  ///   - content: the scores of the old estate by the new content, with the old exemptions.
  ///   - estate: those of the new estate, with the old exemptions.
  package init(from before: ScoreRecord, content: ScoreRecord, estate: ScoreRecord, to after: ScoreRecord) {
    func parts(_ value: (ScoreRecord) -> Int) -> Parts {
      Parts(before: value(before), content: value(content), estate: value(estate), after: value(after))
    }
    from = before.time
    to = after.time
    isContentChanged = before.content != after.content
    secure = parts { ScoreNumber.hundredths($0.secure.percentage ?? 0) }
    risk = parts { $0.risk.units }
    var scopes: [Scope] = []
    for cloud in Set(before.secure.clouds + after.secure.clouds).sorted() {
      let accounts = [before, after].flatMap { $0.secure.filtered(cloud: cloud).scopes.map(\.account) }
      for account in Set(accounts).sorted() {
        let parts = parts { record in
          let scope = record.secure.scopes.first { $0.cloud == cloud && $0.account == account }
          return ScoreNumber.hundredths(scope?.percentage ?? 0)
        }
        scopes.append(Scope(cloud: cloud, account: account, parts: parts))
      }
    }
    self.scopes = scopes
  }
}

extension Scorer {
  /// Explains the step from one scan's scores to a later one's; nil where the later one was made by other content than
  /// this, which alone can be put to the old estate.
  package func change(from before: ScoreRecord, to after: ScoreRecord, in store: Store) throws(StoreError)
    -> ScoreChange?
  {
    guard after.content == fingerprint else { return nil }
    let content = before.content == fingerprint ? before : try scores(of: before, exempt: before.exempt, in: store)
    let estate = before.exempt == after.exempt ? after : try scores(of: after, exempt: before.exempt, in: store)
    return ScoreChange(from: before, content: content, estate: estate, to: after)
  }

  /// The scores of an earlier scan's estate by this content.
  private func scores(of scan: ScoreRecord, exempt: [Int64], in store: Store) throws(StoreError) -> ScoreRecord {
    let snapshot = try store.snapshot(asOf: scan.state)
    let estate = Estate(snapshot, catalog: store.catalog(asOf: scan.state), now: scan.time)
    return score(judge.judge(estate), estate, state: scan.state, exempt: Set(exempt))
  }
}

/// Numbers of scores as they are shown.
package enum ScoreNumber {
  /// To the nearest hundredth.
  package static func hundredths(_ value: Double) -> Int { Int((value * 100).rounded()) }

  /// `61.42`; with a sign where `isSigned`.
  package static func text(_ hundredths: Int, isSigned: Bool = false) -> String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : isSigned && hundredths > 0 ? "+" : ""
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  package static func text(_ value: Double) -> String { text(hundredths(value)) }

  /// Units of a risk score in full: `37.204512`.
  package static func risk(_ units: Int, isSigned: Bool = false) -> String {
    let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(RiskScore.scale))
    let digits = String(rest)
    let sign = units < 0 ? "-" : isSigned && units > 0 ? "+" : ""
    return "\(sign)\(whole)." + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
