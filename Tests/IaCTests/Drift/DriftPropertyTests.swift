// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IaC

/// Generated estates: everything that was changed is found, and nothing else.
@Suite struct DriftPropertyTests {
  @Test(arguments: 0..<40 as Range<UInt64>) func precisionAndRecallAreOne(_ seed: UInt64) throws {
    var generator = DriftGenerator(seed: seed)
    try generator.make(40)
    let content = try DriftGenerator.content()
    let reader = try StateReader(content)
    let contents = try StateReader.read(generator.state, name: "generated.tfstate")
    let (stated, parts) = reader.resources(of: contents)
    let report = DriftComparison(rules: try DriftRules(content)).run(
      stated, parts: parts,
      LiveEstate(resources: generator.live.shuffled(using: &generator.random), manageable: reader.manageable))
    var found: Set<String> = []
    var statuses: [String: DriftStatus] = [:]
    for resource in report.resources {
      statuses[resource.address.isEmpty ? resource.id : resource.address] = resource.status
      for difference in resource.differences { found.insert("\(resource.address) \(difference.path)") }
    }
    let expected = Dictionary(
      uniqueKeysWithValues: generator.statuses.map { key, status in
        // Ids of Azure come back in any case.
        (report.resources.first { $0.id.lowercased() == key.lowercased() && $0.address.isEmpty }?.id ?? key, status)
      })
    #expect(found.subtracting(generator.labels) == [], "told without cause")
    #expect(generator.labels.subtracting(found) == [], "not found")
    #expect(statuses == expected)
  }

  @Test func theGeneratorMakesOfEachKind() throws {
    var statuses: Set<DriftStatus> = []
    var labels = 0
    for seed in 0..<40 as Range<UInt64> {
      var generator = DriftGenerator(seed: seed)
      try generator.make(40)
      statuses.formUnion(generator.statuses.values)
      labels += generator.labels.count
    }
    #expect(statuses == [.inSync, .drifted, .missing, .unmanaged])
    #expect(labels > 400)
  }
}
