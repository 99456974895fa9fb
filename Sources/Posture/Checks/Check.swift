// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON
package import KQL

/// How much a fault weighs.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  case low, medium, high, critical

  /// 1 for low to 4 for critical.
  package var rank: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// How far a check has proved itself; only stable ones run by default.
package enum Maturity: String, Sendable, CaseIterable {
  case experimental, stable, deprecated
}

/// What a gap in what the query reads does to its verdicts.
package enum Decision: String, Sendable, CaseIterable {
  /// All that exists must be good: what was not seen may be bad, so Healthy is not known.
  case all
  /// One good thing is enough: what was not seen may be it, so Unhealthy is not known.
  case any
}

/// A rule about resources of one type, with all that a person needs to judge and mend what it finds.
///
/// A class, for every finding holds its check.
package final class Check: Sendable {
  package enum Rule: Sendable {
    /// Two predicates over a row of `resources`; all rows of a type are judged in one pass.
    case predicate(applies: Predicate?, unhealthy: Predicate)
    /// A query that returns `Id` and `HealthStatus`, and may return `Reason` and `Evidence`.
    case query(String)
  }

  package struct Fix: Sendable {
    package let console: String?
    package let cli: String?
    package let terraform: JSONValue?
    package let call: JSONValue?
  }

  package let id: String
  package let title: String
  /// Type of the resources judged, in lower case.
  package let type: String
  package let severity: Severity
  package let maturity: Maturity
  package let control: String
  package let why: String
  package let rule: Rule
  package let decides: Decision
  package let message: String?
  package let fix: Fix
  package let effort: String?
  package let attack: [String]
  package let sameAs: [String]
  /// Framework and its control ids, in the order of the file.
  package let controls: [(framework: String, ids: [String])]
  package let references: [String]
  package let location: ContentLocation
  /// The file, for what is read seldom: the examples and the texts of the rule.
  package let document: YAMLDocument

  init(
    id: String, title: String, type: String, severity: Severity, maturity: Maturity, control: String, why: String,
    rule: Rule, decides: Decision, message: String?, fix: Fix, effort: String?, attack: [String], sameAs: [String],
    controls: [(framework: String, ids: [String])], references: [String], location: ContentLocation,
    document: YAMLDocument
  ) {
    self.id = id
    self.title = title
    self.type = type
    self.severity = severity
    self.maturity = maturity
    self.control = control
    self.why = why
    self.rule = rule
    self.decides = decides
    self.message = message
    self.fix = fix
    self.effort = effort
    self.attack = attack
    self.sameAs = sameAs
    self.controls = controls
    self.references = references
    self.location = location
    self.document = document
  }

  /// The first part of the id: `aws`.
  package var cloud: String { String(id.prefix { $0 != "." }) }
  /// The second part of the id: `s3`.
  package var service: String { String(id.split(separator: ".").dropFirst().first ?? "") }
  package var isLongForm: Bool {
    if case .query = rule { true } else { false }
  }

  /// Texts of the rule as they stand in the file: `applies`, `unhealthy`, `query`.
  package func ruleText(_ key: String) -> String? { document.root[key]?.string }
}
