// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import KQL
import Testing

@testable import Posture

/// What reports say, in each of their formats.
struct DossierTests {
  private static let sample = Result { try DossierSample() }

  private func dossier(ofFramework: Bool = false) throws -> Dossier {
    let sample = try Self.sample.get()
    return Dossier(sample.material, framework: ofFramework ? sample.framework : nil)
  }

  // MARK: Figures

  @Test(arguments: 1...24) func everyFigureIsWhatItsQueryGives(seed: UInt64) throws {
    let sample = try DossierSample(seed: seed)
    for framework in [nil, sample.framework] {
      let dossier = Dossier(sample.material, framework: framework)
      let groups = Figures.of(dossier).groups
      let asked = try Figures.asked(
        groups.map { ($0.title, $0.query) }, DossierTables(dossier).catalog, now: dossier.made)
      for (group, asked) in zip(groups, asked) {
        #expect(Figures.differences(group.values, asked) == [], "\(group.title)")
      }
      #expect(!groups.flatMap(\.values).isEmpty)
    }
  }

  @Test func exemptFaultsAreToldOfAndNotCounted() throws {
    let figures = Figures.of(try dossier())
    #expect(figures["exempt"] == 1)
    #expect(figures["unhealthy"] == 5)
    #expect(figures["severity.high"] == 2)
    #expect(figures["unknown"] == 1)
    #expect(figures["framework.house.failed"] == 3)
    #expect(figures["framework.house.attested"] == 1)
    #expect(figures["framework.house.unproved"] == 1)
    #expect(figures["framework.house.unprovedPercent"] == 20)
  }

  @Test func aReportOfAFrameworkHasItsFindingsOnlyAndNoScores() throws {
    let dossier = try dossier(ofFramework: true)
    #expect(dossier.scores == nil)
    #expect(dossier.assessments.map(\.framework.id) == ["house"])
    #expect(Figures.of(dossier)["secure"] == 0)
  }

  // MARK: The page

  @Test(arguments: [false, true]) func thePageEscapesEverything(ofFramework: Bool) throws {
    let page = String(decoding: try dossier(ofFramework: ofFramework).html(), as: UTF8.self)
    #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("rules <b>"))
    #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;x"))
    // Names, owners, reasons, notes and attestations all hold the markup.
    #expect(page.components(separatedBy: "&lt;script&gt;").count > 6)
  }

  @Test func thePageNeedsNothingFromAnywhere() throws {
    let page = String(decoding: try dossier().html(), as: UTF8.self)
    for word in ["src=", "<link", "@import", "url(", "javascript:"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("default-src 'none'"))
    let links = page.matches(of: /href="([^"]*)"/).map { String($0.1) }
    #expect(links.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("https://") })
    // Every place that is linked to is there, once.
    for link in links where link.hasPrefix("#") {
      #expect(page.components(separatedBy: "id=\"\(link.dropFirst())\"").count == 2, "\(link)")
    }
    for tag in [
      "table", "tr", "td", "th", "section", "div", "svg", "details", "article", "ul", "li", "p", "span", "bdi",
    ] {
      let opened = page.matches(of: try Regex("<\(tag)[ >]")).count
      #expect(opened == page.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
    let tables = page.components(separatedBy: "<table").count - 1
    #expect(tables > 5 && page.components(separatedBy: "<caption>").count - 1 == tables)
    #expect(page.components(separatedBy: "<h1").count == 2)
  }

  @Test func theNumbersOnThePageAreTheFigures() throws {
    let dossier = try dossier()
    let figures = Figures.of(dossier)
    let page = String(decoding: dossier.html(), as: UTF8.self)
    let shown = page.matches(of: /<data data-figure="([^"]+)" value="([^"]+)">/)
    #expect(shown.count > 60)
    for match in shown { #expect(Double(match.2) == figures[String(match.1)], "\(match.1)") }
  }

  /// Contrast of texts by WCAG 2: at least 4.5 to 1.
  @Test(arguments: [0, 1]) func textsStandOutFromWhatIsBehindThem(scheme: Int) throws {
    let schemes = PageStyle.css.matches(of: /:root\{([^}]*)\}/).prefix(2).map { block in
      Dictionary(
        block.1.matches(of: /--([a-z-]+):\s*#([0-9a-f]{3,6})/).map { (String($0.1), String($0.2)) },
        uniquingKeysWith: { $1 })
    }
    let colors = schemes[0].merging(schemes[scheme]) { $1 }
    func light(_ name: String) throws -> Double {
      let text = try #require(colors[name])
      let digits = text.count == 3 ? text.flatMap { [$0, $0] } : Array(text)
      let parts = [0, 2, 4].map { at -> Double in
        let value = Double(Int(String(digits[at...(at + 1)]), radix: 16) ?? 0) / 255
        return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let chips = ["critical", "high", "medium", "low", "good", "none"].map { ($0, $0 + "-bg") }
    let texts = ["ink", "muted", "accent"].flatMap { text in ["bg", "card", "code"].map { (text, $0) } }
    for (text, ground) in chips + texts {
      let both = [try light(text), try light(ground)].sorted()
      #expect((both[1] + 0.05) / (both[0] + 0.05) >= 4.5, "\(text) on \(ground)")
    }
  }

  // MARK: Programs

  @Test func machineFormatsTellOwnerDueAndExemption() throws {
    let dossier = try dossier()
    let json = try JSONDocument(parsing: dossier.json()).root
    let exempt = try #require(json["findings"]?.elements.first { $0["exemption"] != nil })
    #expect(exempt["exemption"]?.string == "ex-1" && exempt["exemptionCategory"]?.string == "Waiver")
    #expect(exempt["owner"]?.string == DossierSample.markup && exempt["due"] != nil)
    #expect(exempt["evidence"]?[0]?["path"]?.string == "properties.bad")
    #expect(json["figures"]?["unhealthy"]?.double == 5)

    let sarif = try JSONDocument(parsing: dossier.report.text(.sarif)).root
    let results = try #require(sarif["runs"]?[0]?["results"]).elements.map { $0 }
    let suppressed = results.filter { $0["suppressions"] != nil }
    #expect(suppressed.count == 1 && suppressed.first?["properties"]?["exemption"]?["id"]?.string == "ex-1")
    #expect(results.filter { $0["properties"]?["owner"]?.string == DossierSample.markup }.count == 6)

    let ocsf = try JSONDocument(parsing: dossier.report.text(.ocsf)).root.elements.map { $0 }
    #expect(ocsf.filter { $0["status_id"]?.int64 == 3 && $0["status"]?.string == "Suppressed" }.count == 1)
    #expect(ocsf.filter { $0["unmapped"]?["due"] != nil }.count == 6)

    let csv = String(decoding: DossierTables(dossier).csv(), as: UTF8.self)
    #expect(csv.hasPrefix("record,"))
    for record in ["scan", "gap", "inventory", "finding", "control", "exemption"] {
      #expect(csv.contains("\r\n\(record),"), "\(record)")
    }
  }

  @Test(arguments: [false, true]) func oscalHasWhatItRequiresAndRefersToNothingThatIsNotThere(ofFramework: Bool) throws
  {
    let dossier = try dossier(ofFramework: ofFramework)
    let bytes = dossier.oscal()
    #expect(bytes == dossier.oscal())
    let root = try #require(try JSONDocument(parsing: bytes).root["assessment-results"])
    func require(_ value: JSONValue?, _ keys: String...) throws -> JSONValue {
      let value = try #require(value)
      for key in keys { #expect(value[key] != nil, "\(key)") }
      return value
    }
    _ = try require(root, "uuid", "metadata", "import-ap", "results")
    _ = try require(root["metadata"], "title", "last-modified", "version", "oscal-version")
    let plan = try #require(root["import-ap"]?["href"]?.string)
    #expect(root["back-matter"]?["resources"]?[0]?["uuid"]?.string == String(plan.dropFirst()))
    let result = try require(root["results"]?[0], "uuid", "title", "description", "start", "reviewed-controls")
    var (defined, referred) = (Set<String>(), Set<String>())
    func walk(_ value: JSONValue) {
      for (key, item) in value.members {
        if key.string == "uuid", let id = item.string { #expect(defined.insert(id).inserted, "\(id) is there twice") }
        if ["subject-uuid", "observation-uuid", "risk-uuid"].contains(key.string), let id = item.string {
          referred.insert(id)
        }
        walk(item)
      }
      for item in value.elements { walk(item) }
    }
    walk(root)
    #expect(referred.isSubset(of: defined) && referred.count > 10)
    let form = /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    #expect(defined.allSatisfy { $0.wholeMatch(of: form) != nil })
    for observation in try #require(result["observations"]).elements {
      _ = try require(observation, "uuid", "description", "methods", "collected", "subjects")
    }
    for risk in try #require(result["risks"]).elements {
      _ = try require(risk, "uuid", "title", "description", "statement", "status")
    }
    let reviewed = Set(
      result["reviewed-controls"]?["control-selections"]?.elements.flatMap { selection in
        selection["include-controls"]?.elements.compactMap { $0["control-id"]?.string } ?? []
      } ?? [])
    var states: [String: String] = [:]
    for finding in try #require(result["findings"]).elements {
      _ = try require(finding, "uuid", "title", "description", "target")
      let target = try require(finding["target"], "type", "target-id", "status")
      let id = try #require(target["target-id"]?.string)
      #expect(reviewed.contains(id) && id.wholeMatch(of: /[A-Za-z_][A-Za-z0-9._-]*/) != nil)
      states[id] = target["status"]?["state"]?.string
    }
    let good = ["house-A3": "satisfied"]
    for (id, state) in states { #expect(state == good[id] ?? "not-satisfied", "\(id)") }
    #expect(states.count == 5)
    let exempt = result["risks"]?.elements.filter { $0["status"]?.string == "deviation-approved" }
    #expect(exempt?.count == 1)
  }
}
