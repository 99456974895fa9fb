// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON
internal import KQL

/// Assessments in the shape of `regulatoryComplianceStandards`, `-Controls` and `-Assessments` of Azure Resource Graph:
/// parts of `securityresources`, account by account.
package struct RegulatoryResources: Sendable {
  private static let standardType = "microsoft.security/regulatorycompliancestandards"
  private static let controlType = standardType + "/regulatorycompliancecontrols"
  private static let assessmentType = controlType + "/regulatorycomplianceassessments"

  private let frameworks: [Framework]
  private let evidence: ComplianceEvidence
  private let attestations: [Attestation]
  private let titles: [String: String]
  private let tenants: [String: String]
  private let now: Int64

  /// - Parameters:
  ///   - checks: the checks that frameworks may name.
  ///   - now: ticks.
  package init(
    _ frameworks: [Framework], _ checks: [Check], _ evidence: ComplianceEvidence, _ attestations: [Attestation],
    _ store: Store, now: Int64
  ) throws(StoreError) {
    self.frameworks = frameworks
    self.evidence = evidence
    self.attestations = attestations
    self.now = now
    titles = Dictionary(checks.map { ($0.id, $0.title) }) { first, _ in first }
    tenants = try store.read(FindingStore.tenants)
  }

  /// - Parameter load: reads what the rows are made of, when a query asks for them.
  package static func part(_ load: @escaping @Sendable () throws -> RegulatoryResources) -> SecurityTable.Part {
    let types: Set<String> = [standardType, controlType, assessmentType]
    let table = LazyTable(schema: Snapshot.resourcesSchema) { request in
      let named = request.texts[ResourceRows.index(of: "type")].map { Set($0.map { $0.lowercased() }) }
      let wanted = named.map(types.intersection) ?? types
      let this = try load()
      return this.evidence.places.map { place in TablePart { this.rows(of: place, wanted) } }
    }
    return SecurityTable.Part(types, table)
  }

  private func rows(of place: ComplianceEvidence.Place, _ wanted: Set<String>) -> Batch {
    var builder = JSONBuilder()
    for framework in frameworks where framework.clouds.contains(place.cloud) {
      let assessment = Assessment(
        framework, in: ComplianceScope(cloud: place.cloud, account: place.account), evidence: evidence,
        attestations: attestations, now: now)
      if wanted.contains(Self.standardType) { write(assessment, place, &builder) }
      for result in assessment.results {
        if wanted.contains(Self.controlType) { write(result, framework, place, &builder) }
        guard wanted.contains(Self.assessmentType) else { continue }
        for check in result.checks { write(check, result.control, framework, place, &builder) }
      }
    }
    return Snapshot.rows(of: builder.finish(), Snapshot.resourcesSchema)
  }

  // MARK: Rows

  private func write(_ assessment: Assessment, _ place: ComplianceEvidence.Place, _ builder: inout JSONBuilder) {
    let states = assessment.results.map(State.init)
    let framework = assessment.framework
    row(place, id: Self.id(framework, place), name: framework.resourceName, Self.standardType, &builder) { builder in
      builder.member("state", State(of: states).rawValue)
      for (name, state) in [
        ("passedControls", State.passed), ("failedControls", .failed), ("skippedControls", .skipped),
        ("unsupportedControls", .unsupported),
      ] {
        builder.member(name, Int64(states.count { $0 == state }))
      }
      builder.key("additionalData")
      builder.beginObject()
      builder.member("standard", framework.id)
      builder.member("title", framework.title)
      builder.endObject()
    }
  }

  private func write(
    _ result: ControlResult, _ framework: Framework, _ place: ComplianceEvidence.Place, _ builder: inout JSONBuilder
  ) {
    let states = result.checks.map { State($0.tally) }
    let control = result.control
    row(place, id: Self.id(framework, place, control), name: control.id, Self.controlType, &builder) { builder in
      builder.member("description", control.title)
      builder.member("state", State(result).rawValue)
      for (name, state) in [
        ("passedAssessments", State.passed), ("failedAssessments", .failed), ("skippedAssessments", .skipped),
      ] {
        builder.member(name, Int64(states.count { $0 == state }))
      }
      builder.key("additionalData")
      builder.beginObject()
      builder.member("standard", framework.id)
      builder.member("state", result.state.rawValue)
      builder.member("reason", result.reason)
      builder.endObject()
    }
  }

  private func write(
    _ check: ControlResult.CheckTally, _ control: Framework.Control, _ framework: Framework,
    _ place: ComplianceEvidence.Place, _ builder: inout JSONBuilder
  ) {
    let name = SecurityKey.assessment(of: check.link.check)
    let id = Self.id(framework, place, control) + "/regulatoryComplianceAssessments/" + name
    row(place, id: id, name: name, Self.assessmentType, &builder) { builder in
      builder.member("description", titles[check.link.check] ?? check.link.check)
      builder.member("assessmentType", "Assessment")
      builder.member("assessmentDetailsLink", Self.root(place) + "/providers/Microsoft.Security/assessments/" + name)
      builder.member("state", State(check.tally).rawValue)
      builder.member("passedResources", Int64(check.tally.healthy))
      builder.member("failedResources", Int64(check.tally.unhealthy))
      builder.member("skippedResources", Int64(check.tally.exempt + check.tally.unknown))
      builder.member("unsupportedResources", 0)
      builder.key("additionalData")
      builder.beginObject()
      builder.member("standard", framework.id)
      builder.member("checkId", check.link.check)
      builder.member("trace", check.link.trace)
      builder.endObject()
    }
  }

  private func row(
    _ place: ComplianceEvidence.Place, id: String, name: String, _ type: String, _ builder: inout JSONBuilder,
    _ properties: (inout JSONBuilder) -> Void
  ) {
    builder.beginObject()
    builder.member("id", id)
    builder.member("name", name)
    builder.member("type", type)
    builder.member("tenantId", tenants[place.account] ?? "")
    builder.member("subscriptionId", place.account)
    builder.member("cloud", place.cloud)
    builder.member("source", "plumbline")
    builder.key("properties")
    builder.beginObject()
    builder.member("scope", "Subscription")
    properties(&builder)
    builder.endObject()
    builder.endObject()
  }

  private static func root(_ place: ComplianceEvidence.Place) -> String {
    place.account.isEmpty ? "" : "/\(place.cloud == "azure" ? "subscriptions" : place.cloud)/\(place.account)"
  }

  private static func id(
    _ framework: Framework, _ place: ComplianceEvidence.Place, _ control: Framework.Control? = nil
  ) -> String {
    root(place) + "/providers/Microsoft.Security/regulatoryComplianceStandards/" + framework.resourceName
      + (control.map { "/regulatoryComplianceControls/" + $0.id } ?? "")
  }

  /// Azure's words.
  private enum State: String {
    case passed = "Passed"
    case failed = "Failed"
    /// Nothing to judge, not known or all exempt.
    case skipped = "Skipped"
    /// No program can tell.
    case unsupported = "Unsupported"

    init(_ tally: Tally) {
      self = tally.unhealthy > 0 ? .failed : tally.unknown == 0 && tally.healthy > 0 ? .passed : .skipped
    }

    init(_ result: ControlResult) {
      switch result.state {
      case .failed: self = .failed
      // A person's word passes a control in Azure too.
      case .proved, .attested: self = .passed
      case .unproved: self = result.checks.isEmpty ? .unsupported : .skipped
      }
    }

    /// What several add up to: one failure fails all.
    init(of states: [State]) {
      self = [.failed, .passed, .skipped].first(where: states.contains) ?? .unsupported
    }
  }
}

extension Framework {
  /// The title as Azure names its standards: `Microsoft-cloud-security-benchmark`, `PCI-DSS-4.0.1`.
  package var resourceName: String {
    title.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }.joined(separator: "-")
  }
}
