// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Inventory
internal import JSON
internal import KQL

/// Why a report cannot be made, with the mend.
package struct DossierError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

/// Reads what reports tell from a store.
package struct DossierReader: Sendable {
  private let store: Store
  private let findings: FindingStore
  private let book: PolicyBook
  private let library: CheckLibrary
  private let frameworks: FrameworkLibrary
  private let scorer: Scorer
  private let version: String

  /// - Parameters:
  ///   - book: the exemptions and governance rules that there are.
  ///   - version: of plumb.
  package init(
    _ findings: FindingStore, _ book: PolicyBook, _ library: CheckLibrary, _ frameworks: FrameworkLibrary,
    _ scorer: Scorer, version: String
  ) {
    (self.findings, self.book, self.library) = (findings, book, library)
    (self.frameworks, self.scorer, self.version) = (frameworks, scorer, version)
    store = findings.store
  }

  /// What the newest judging at or before `time` found, as it is seen at `made`.
  ///
  /// The newest of all is read from the findings that stand; an earlier one is judged again from the documents of then,
  /// which needs the content of then.
  package func material(at time: Int64 = .max, made: Int64) throws -> Dossier.Material {
    let scores = try ScoreStore(store)
    guard let newest = try scores.newest(), let record = try scores.newest(at: time) else {
      throw DossierError(
        description: try scores.newest() == nil
          ? "nothing has been judged yet; plumb scan does it" : "nothing had been judged at that time")
    }
    let snapshot = try store.snapshot(asOf: record.state)
    let resources = snapshot.resourcesBatch()
    var notes: [String] = []
    let found: [Finding]
    let exemptions: [Exemption]
    let isNewest = record.time == newest.time
    if isNewest {
      let standing = try findings.standing(library.checks)
      guard standing.strangers.isEmpty else {
        throw DossierError(
          description: "the newest scan judged by \(standing.strangers[0]), which is not among these checks; give its "
            + "--content, or scan again")
      }
      found = try findings.marked(standing.findings, book, now: made)
      exemptions = book.standingExemptions.filter { $0.isActive(at: made) }
      if record.content != scorer.fingerprint {
        notes.append("The checks at hand differ from those that judged: texts may be newer than verdicts.")
      }
      if Set(found.lazy.filter(\.isExempt).map(\.key)) != Set(record.exempt) {
        notes.append("Exemptions were made or lapsed since the scan: counts and scores are by those in force now.")
      }
    } else {
      guard record.content == scorer.fingerprint else {
        throw DossierError(
          description: "the scan of that time judged by other checks than these; give its --content to report on it")
      }
      exemptions = book.exemptions.filter { entry in
        (entry.created ?? .min) <= record.time && (entry.removed ?? .max) > record.time
          && entry.body.isActive(at: record.time)
      }.map(\.body)
      found = try judged(record, snapshot, exemptions)
      notes.append("An earlier scan, judged again from the documents of then; owners and dues are those of today.")
    }
    let scan = Report.Scan(
      id: String(snapshot.scans.last?.key ?? 0), targets: Set(snapshot.scans.map(\.cloud)).sorted(),
      started: snapshot.scans.map(\.started).min() ?? record.time,
      finished: snapshot.scans.map(\.finished).max() ?? record.time, resources: resources.count,
      calls: snapshot.scans.reduce(0) { $0 + $1.calls }, gaps: snapshot.gaps, version: version)
    return Dossier.Material(
      scan: scan, judged: record.time, made: made, seen: isNewest ? made : record.time, content: record.content,
      findings: found, resources: resources,
      model: scorer.controls, risk: scorer.risk, frameworks: frameworks.frameworks,
      attestations: try AttestationStore(store).standing(), exemptions: exemptions, notes: notes)
  }

  /// When what a scan had read was judged first; nil where there is no such scan, or it was not judged.
  package func time(ofScan key: Int64) throws -> Int64? {
    let started = try store.read { db in
      try Int64.fetchOne(db, sql: "SELECT started FROM scan WHERE key = ?", arguments: [key])
    }
    guard let started else { return nil }
    return try ScoreStore(store).all(until: .max).first { $0.state >= started }?.time
  }

  /// The findings of an earlier judging.
  private func judged(_ record: ScoreRecord, _ snapshot: Snapshot, _ exemptions: [Exemption]) throws -> [Finding] {
    let estate = Estate(snapshot, catalog: store.catalog(asOf: record.state), now: record.time)
    let verdicts = scorer.judge.judge(estate)
    let lives = try findings.lives(until: record.state)
    let cover = try ExemptionCover(exemptions, estate.resources, now: record.time)
    let exempt = Set(record.exempt)
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    return verdicts.list.map { verdict in
      let (check, subject) = (verdicts.checks[verdict.check], verdicts.subjects[verdict.subject])
      let key = hashes[verdict.check].key(resource: subject.id)
      let life = lives[key]
      var finding = Finding(
        key: key, check: check, subject: subject, status: verdict.status, reason: verdicts.reason(verdict),
        evidence: verdicts.evidence(verdict), firstSeen: life?.first ?? record.time, lastSeen: record.time,
        lastChanged: life?.changed ?? record.time,
        faultSince: verdict.status == .unhealthy ? life?.faultSince ?? record.time : nil)
      if exempt.contains(key), let covered = cover.exempted(check: check.id, row: verdict.subject) {
        finding.mark = FindingMark(exemption: covered)
      }
      return finding
    }
  }

  /// What the documents were judged from, for a pack.
  package func estate(of material: Dossier.Material) throws -> (estate: Estate, documents: [[UInt8]]) {
    guard let record = try ScoreStore(store).newest(at: material.judged) else {
      throw DossierError(description: "nothing has been judged yet; plumb scan does it")
    }
    let snapshot = try store.snapshot(asOf: record.state)
    let documents = (0..<snapshot.documents.rootCount).map { snapshot.documents.root(at: $0).serialized() }
    return (Estate(snapshot, now: record.time), documents)
  }

  /// The scores of all judgings up to that of a dossier.
  package func history(until time: Int64) throws -> ScoreHistory {
    ScoreHistory(try ScoreStore(store).all(until: time))
  }

  /// What happened after `since`, up to and with `until`.
  package func period(since: Int64, until: Int64) throws -> Dossier.Period {
    let scores = try ScoreStore(store)
    var (change, note): (ScoreChange?, String?)
    if let before = try scores.newest(at: since), let after = try scores.newest(at: until), before.time < after.time {
      change = try scorer.change(from: before, to: after, in: store)
      if change == nil {
        note = "The later scan judged by other checks than these; why the scores moved cannot be said."
      }
    } else {
      note = "There are not two scans to compare: why the scores moved cannot be said."
    }
    return Dossier.Period(
      since: since, until: until, events: try findings.events(since: since, until: until), change: change, note: note)
  }
}
