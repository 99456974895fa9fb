// SPDX-License-Identifier: Apache-2.0
package import Specs

/// Which services and types a scan collects. Names are services as their files name them (`s3`) or types
/// (`aws::s3::bucket`), in any case.
package struct AWSSelection: Sendable {
  package var only: Set<String> = []
  package var except: Set<String> = []

  /// - Parameters:
  ///   - only: names of what to collect; empty for everything.
  ///   - except: names of what to leave out.
  package init(only: some Sequence<String> = [], except: some Sequence<String> = []) {
    self.only = Set(only.map { $0.lowercased() })
    self.except = Set(except.map { $0.lowercased() })
  }

  /// The names that can be used.
  package static func names(in specs: [CollectorSpec]) -> Set<String> {
    Set(specs.map(\.service)).union(specs.flatMap { $0.entries.map(\.lowerType) })
  }

  /// The specs with the entries wanted, and those that these are listed for.
  func applied(to specs: [CollectorSpec]) -> [CollectorSpec] {
    if only.isEmpty, except.isEmpty { return specs }
    return specs.compactMap { spec in
      var wanted = Set(spec.entries.filter { isWanted($0, of: spec.service) }.map(\.type))
      // Parents stand before their children.
      for entry in spec.entries.reversed() where wanted.contains(entry.type) {
        if case .operation(let listing) = entry.origin, let parent = listing.forEach { wanted.insert(parent) }
      }
      var spec = spec
      spec.entries.removeAll { !wanted.contains($0.type) }
      return spec.entries.isEmpty ? nil : spec
    }
  }

  /// What is not read of the account's or a region's own row, to which many services add.
  func unread(of type: String, in specs: [CollectorSpec]) -> [String] {
    specs.flatMap { spec in
      spec.entries.filter { $0.lowerType == type && !isWanted($0, of: spec.service) }
        .flatMap { $0.steps.flatMap(\.affected) }
    }
  }

  private func isWanted(_ entry: CollectorSpec.Entry, of service: String) -> Bool {
    let names: Set = [service, entry.lowerType]
    return (only.isEmpty || !only.isDisjoint(with: names)) && except.isDisjoint(with: names)
  }
}
