// SPDX-License-Identifier: Apache-2.0

/// What a report of code has besides findings.
package struct CodeContext: Sendable {
  /// What could not be followed.
  package struct Gap: Sendable {
    package let kind: Kind
    package let name: String
    package let reason: String
    /// `main.tf:3:1`
    package let place: String

    package init(_ kind: Kind, name: String, reason: String, place: String) {
      (self.kind, self.name, self.reason, self.place) = (kind, name, reason, place)
    }
  }

  package enum Kind: String, Sendable, CaseIterable {
    case module, variable, function, expression, type, file

    /// In plain words: `2 modules not expanded`.
    func words(_ count: Int) -> String {
      let (noun, rest) =
        switch self {
        case .module: ("module", "not expanded")
        case .variable: ("variable", "without a value")
        case .function: ("function", "not evaluated")
        case .expression: ("expression", "not evaluated")
        case .type: ("type", "not mapped")
        case .file: ("file", "not read")
        }
      return "\(count) \(noun)\(count == 1 ? "" : "s") \(rest)"
    }
  }

  /// Lines around a place.
  package struct Excerpt: Sendable {
    /// Number of the first line.
    package let first: Int
    package let lines: [String]

    package init(first: Int, lines: [String]) { (self.first, self.lines) = (first, lines) }
  }

  /// Gaps of a kind that are named unless all are asked for.
  private static let shownPerKind = 3

  package var gaps: [Gap] = []
  package var showsAllGaps = false
  /// By `file:line`.
  package var excerpts: [String: Excerpt] = [:]

  package init() {}

  /// The kinds that there are gaps of, and those of each that are told.
  var shownGaps: [(kind: Kind, count: Int, shown: ArraySlice<Gap>)] {
    Kind.allCases.compactMap { kind in
      let all = gaps.filter { $0.kind == kind }
      guard !all.isEmpty else { return nil }
      return (kind, all.count, all.prefix(showsAllGaps ? all.count : Self.shownPerKind))
    }
  }

  /// `"coverage":{"module":{"count":3,"first":[{name, reason, place}]}}`
  func write(into out: inout ReportText) {
    out.member("coverage") { out in
      for kind in Kind.allCases {
        let known = shownGaps.first { $0.kind == kind }
        out.key(kind.key)
        out.open("{")
        out.member("count", Int64(known?.count ?? 0))
        out.key("first")
        out.open("[")
        for gap in known?.shown ?? [] {
          out.open("{")
          out.member("name", gap.name)
          out.member("reason", gap.reason)
          out.member("place", gap.place)
          out.close("}")
        }
        out.close("]")
        out.close("}")
      }
    }
  }
}

extension CodeContext.Kind {
  /// The member of `coverage`.
  fileprivate var key: StaticString {
    switch self {
    case .module: "module"
    case .variable: "variable"
    case .function: "function"
    case .expression: "expression"
    case .type: "type"
    case .file: "file"
    }
  }
}

extension Suppression {
  /// Why, and what says so.
  package var text: String { "\(reason.isEmpty ? "no reason given" : reason) (\(directive), \(place))" }
}

extension FindingMark {
  /// Why a finding in code is listed and does not count; nil where it counts.
  var whyUncounted: String? {
    if let suppression { return "suppressed: \(suppression.text)" }
    return isKnown == true ? "known from the baseline" : nil
  }
}

/// Findings of one check that one place in code gives: of every instance of a module, of every turn of a loop.
struct CodePlaceFindings {
  let place: FindingPlace
  var findings: [Finding]

  /// In the order of their first findings.
  static func grouped(_ findings: some Sequence<Finding>) -> [CodePlaceFindings] {
    var groups: [CodePlaceFindings] = []
    var known: [String: Int] = [:]
    for finding in findings {
      guard let place = finding.place else { continue }
      let key = "\(place.path):\(place.line):\(place.column)"
      if let index = known[key] {
        groups[index].findings.append(finding)
      } else {
        known[key] = groups.count
        groups.append(CodePlaceFindings(place: place, findings: [finding]))
      }
    }
    return groups.sorted {
      ($0.place.path, $0.place.line, $0.place.column) < ($1.place.path, $1.place.line, $1.place.column)
    }
  }

  /// Each instance with the calls that lead to it: `module.a.aws_s3_bucket.b (called from main.tf:3)`.
  var instances: [String] {
    findings.map { finding in
      let chain = finding.place?.chain ?? []
      let address = finding.place?.address ?? finding.subject.id
      return chain.isEmpty ? address : "\(address) (called from \(chain.joined(separator: " > ")))"
    }
  }
}
