// SPDX-License-Identifier: Apache-2.0
package import KQL

/// The numbers of a report, each with the query that makes it from the report's rows.
package struct Figures: Sendable {
  /// Several figures that one query makes: it returns their names (`figure`) and values (`value`).
  package struct Group: Sendable {
    package let title: String
    package let query: String
    package let values: [String: Double]
  }

  package let groups: [Group]
  private let byName: [String: Double]

  package init(groups: [Group]) {
    self.groups = groups
    byName = groups.reduce(into: [:]) { $0.merge($1.values) { first, _ in first } }
  }

  /// The value of a figure; 0 where nothing is counted under its name.
  package subscript(_ name: String) -> Double { byName[name] ?? 0 }

  /// Figures as they follow from the rows, by the queries.
  package static func asked(_ queries: [(title: String, query: String)], _ catalog: Catalog, now: Int64) throws
    -> [[String: Double]]
  {
    try queries.map { entry in
      let result = try Query(entry.query, catalog: catalog).run(now: now)
      guard case .string(let names)? = result.column("figure"), let values = result.column("value") else {
        throw KQLError(.data, "the query for '\(entry.title)' does not return figure and value")
      }
      var found: [String: Double] = [:]
      for row in 0..<result.rows.count {
        switch values[row] {
        case .long(let value): found[names[row]] = Double(value)
        case .int(let value): found[names[row]] = Double(value)
        case .real(let value): found[names[row]] = value
        default: continue
        }
      }
      return found
    }
  }

  /// Names of figures on which two reckonings differ; what is absent is 0.
  package static func differences(_ left: [String: Double], _ right: [String: Double]) -> [String] {
    Set(left.keys).union(right.keys).filter { abs((left[$0] ?? 0) - (right[$0] ?? 0)) > 1e-9 }.sorted()
  }
}

extension Figures {
  private static let counting = "status == 'Unhealthy' and exemption == '' and twinOf == ''"

  /// Of each resource in each control of the secure score: what all its checks there say together.
  private static let states = """
    let states = Findings
    | where scoreControl != ''
    | extend word = iff(exemption != '', 'NotApplicable', status)
    | summarize bad = countif(word == 'Unhealthy'), unknown = countif(word == 'Unknown'), good = countif(word == 'Healthy')
        by cloud, account, resourceType, resourceId, scoreControl, scoreMax
    | extend state = case(bad > 0, 'unhealthy', unknown > 0, 'unknown', good > 0, 'healthy', 'notApplicable');
    let controls = states
    | summarize healthy = countif(state == 'healthy'), unhealthy = countif(state == 'unhealthy'),
        unknown = countif(state == 'unknown'), notApplicable = countif(state == 'notApplicable')
        by cloud, account, scoreControl, scoreMax;
    let accounts = controls
    | where healthy + unhealthy > 0
    | summarize current = sum(1.0 * scoreMax * healthy / (healthy + unhealthy)), most = sum(scoreMax) by cloud, account
    | where most > 0
    | join kind=inner (states | where scoreMax > 0 and state in ('healthy', 'unhealthy')
        | distinct cloud, account, resourceType, resourceId | summarize weight = count() by cloud, account)
        on cloud, account
    | extend share = 100.0 * current / most;

    """

  /// The queries for a report of everything, and for one of a framework, in the order of ``of(_:)``.
  package static func queries(isWhole: Bool) -> [(title: String, query: String)] {
    let counts: [(title: String, query: String)] = [
      ("Resources", "Inventory | summarize value = sum(resources) | extend figure = 'resources'"),
      ("Calls without an answer", "Gaps | summarize value = count() | extend figure = 'gaps'"),
      (
        "Findings by what they say",
        """
        Findings
        | extend figure = case(status == 'Healthy', 'healthy', status == 'Unknown', 'unknown',
            status == 'NotApplicable', 'notApplicable', exemption != '', 'exempt', twinOf != '', 'countedElsewhere',
            'unhealthy')
        | summarize value = count() by figure
        """
      ),
      (
        "Faults by severity",
        "Findings | where \(counting) | summarize value = count() by figure = strcat('severity.', severity)"
      ),
      (
        "Findings by check",
        """
        Findings
        | where status == 'Healthy' or \(counting)
        | summarize value = count() by figure = strcat('check.', checkId, '.', tolower(status))
        """
      ),
      (
        "Controls of frameworks by state",
        """
        let judged = Findings
        | summarize healthy = countif(status == 'Healthy'), unhealthy = countif(status == 'Unhealthy' and exemption == ''),
            unknown = countif(status == 'Unknown') by checkId;
        let states = Controls
        | extend checkId = split(checks, ' ')
        | mv-expand checkId to typeof(string)
        | join kind=leftouter judged on checkId
        | summarize healthy = sum(healthy), unhealthy = sum(unhealthy), unknown = sum(unknown),
            word = countif(attested) by framework, control
        | extend state = case(unhealthy > 0, 'failed', healthy > 0 and unknown == 0, 'proved', word > 0, 'attested',
            'unproved');
        let counts = states | summarize value = count() by framework, state;
        let totals = states | summarize total = count() by framework;
        union
          (counts | project figure = strcat('framework.', framework, '.', state), value = toreal(value)),
          (totals | project figure = strcat('framework.', framework, '.controls'), value = toreal(total)),
          (counts | join kind=inner totals on framework
            | project figure = strcat('framework.', framework, '.', state, 'Percent'),
                value = toreal((value * 2000 + total) / (2 * total)) / 10)
        """
      ),
    ]
    guard isWhole else { return counts }
    return counts + [
      (
        "Secure score",
        states + """
          union
            (accounts | summarize value = round(sum(share * weight) / sum(weight), 2) | extend figure = 'secure'),
            (accounts | project figure = strcat('secure.', cloud, '/', account), value = round(share, 2)),
            (accounts | project figure = strcat('secure.', cloud, '/', account, '.weight'), value = toreal(weight))
          | where isfinite(value)
          """
      ),
      (
        "Controls of the secure score",
        states + """
          controls
          | summarize healthy = sum(healthy), unhealthy = sum(unhealthy), unknown = sum(unknown) by scoreControl, scoreMax
          | extend points = iff(healthy + unhealthy == 0, 0.0, 1.0 * scoreMax * healthy / (healthy + unhealthy))
          | mv-expand part = pack_array('healthy', 'unhealthy', 'unknown', 'points') to typeof(string)
          | project figure = strcat('control.', scoreControl, '.', part),
              value = round(case(part == 'healthy', toreal(healthy), part == 'unhealthy', toreal(unhealthy),
                part == 'unknown', toreal(unknown), points), 2)
          """
      ),
      (
        "Risk score",
        """
        Findings
        | where scoreControl != '' and exemption == '' and status in ('Healthy', 'Unhealthy')
        | summarize points = sumif(riskPoints, status == 'Unhealthy'),
            exposure = maxif(exposurePercent, status == 'Unhealthy'), data = max(dataPercent),
            criticality = max(criticalityPercent) by resourceType, resourceId
        | extend risk = min_of(100000000, points * coalesce(exposure, 100) * data * 100)
        | summarize weighted = sum(criticality * risk), weights = sum(criticality)
        | where weights > 0
        | project figure = 'risk', value = toreal((weighted + weights / 2) / weights) / 1000000
        """
      ),
      (
        "What adds to the risk score",
        """
        union
          (Findings | summarize value = sum(riskAdds) by figure = strcat('risk.severity.', severity)),
          (Findings | summarize value = sum(riskAdds) by figure = strcat('risk.account.', cloud, '/', account)),
          (Findings | summarize value = sum(riskAdds) by figure = strcat('risk.control.', scoreControl))
        | where value > 0
        | project figure, value = toreal(value) / 1000000
        """
      ),
    ]
  }

  /// The figures of a dossier, reckoned by the program.
  package static func of(_ dossier: Dossier) -> Figures {
    var values: [[String: Double]] = [
      ["resources": Double(dossier.holdings.reduce(0) { $0 + $1.resources })],
      ["gaps": Double(dossier.scan.gaps.count)],
      byStatus(dossier), bySeverity(dossier), byCheck(dossier), frameworks(dossier),
    ]
    if let scores = dossier.scores {
      values += [secure(scores.secure), controls(scores.secure, dossier.model), risk(scores.risk), parts(scores.risk)]
    }
    return Figures(
      groups: zip(queries(isWhole: dossier.scores != nil), values).map {
        Group(title: $0.title, query: $0.query, values: $1.filter { $0.value != 0 })
      })
  }

  private static func byStatus(_ dossier: Dossier) -> [String: Double] {
    dossier.findings.reduce(into: [:]) { counts, finding in
      let name =
        switch finding.status {
        case .healthy: "healthy"
        case .unknown: "unknown"
        case .notApplicable: "notApplicable"
        case .unhealthy: finding.isExempt ? "exempt" : finding.mark?.twinOf != nil ? "countedElsewhere" : "unhealthy"
        }
      counts[name, default: 0] += 1
    }
  }

  private static func bySeverity(_ dossier: Dossier) -> [String: Double] {
    dossier.faults.reduce(into: [:]) { $0["severity.\($1.check.severity.rawValue)", default: 0] += 1 }
  }

  private static func byCheck(_ dossier: Dossier) -> [String: Double] {
    dossier.findings.reduce(into: [:]) { counts, finding in
      guard finding.status == .healthy || finding.isFault else { return }
      counts["check.\(finding.check.id).\(finding.status == .healthy ? "healthy" : "unhealthy")", default: 0] += 1
    }
  }

  private static func frameworks(_ dossier: Dossier) -> [String: Double] {
    var values: [String: Double] = [:]
    for assessment in dossier.assessments {
      let name = "framework.\(assessment.framework.id)"
      values["\(name).controls"] = Double(assessment.results.count)
      for state in ControlState.allCases {
        values["\(name).\(state.rawValue.lowercased())"] = Double(assessment.count(state))
        values["\(name).\(state.rawValue.lowercased())Percent"] = assessment.percentage(state)
      }
    }
    return values
  }

  static func hundredths(_ value: Double) -> Double { Double(ScoreNumber.hundredths(value)) / 100 }

  private static func secure(_ score: SecureScore) -> [String: Double] {
    var values: [String: Double] = [:]
    values["secure"] = score.percentage.map(hundredths)
    for scope in score.scopes {
      guard let percentage = scope.percentage else { continue }
      values["secure.\(scope.cloud)/\(scope.account)"] = hundredths(percentage)
      values["secure.\(scope.cloud)/\(scope.account).weight"] = Double(scope.weight)
    }
    return values
  }

  private static func controls(_ score: SecureScore, _ model: SecureScoreModel) -> [String: Double] {
    var values: [String: Double] = [:]
    for control in model.controls {
      let total = score.total(control.id)
      values["control.\(control.id).healthy"] = Double(total.healthy)
      values["control.\(control.id).unhealthy"] = Double(total.unhealthy)
      values["control.\(control.id).unknown"] = Double(total.unknown)
      values["control.\(control.id).points"] = hundredths(total.current)
    }
    return values
  }

  private static func points(_ units: Int) -> Double { Double(units) / Double(RiskScore.scale) }

  private static func risk(_ score: RiskScore) -> [String: Double] { ["risk": points(score.units)] }

  private static func parts(_ score: RiskScore) -> [String: Double] {
    var values: [String: Double] = [:]
    for (name, parts) in [
      ("severity", score.bySeverity), ("account", score.byAccount), ("control", score.byControl),
    ] {
      for part in parts { values["risk.\(name).\(part.name)"] = points(part.units) }
    }
    return values
  }
}
