// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Specs

/// The IAM policies that let Plumbline read what the specs name, and nothing else.
package enum LeastPrivilegePolicy {
  /// Characters that AWS allows in a managed policy, white space left out.
  package static let limit = 6144

  /// Every action the specs need, in order.
  package static func actions(_ specs: [CollectorSpec]) -> [String] {
    var actions: Set<String> = ["cloudtrail:LookupEvents", "ec2:DescribeRegions", "sts:GetCallerIdentity"]
    for spec in specs {
      for entry in spec.entries {
        if case .operation(let listing) = entry.origin { actions.insert(listing.call.permission) }
        for step in entry.steps { actions.insert(step.call.permission) }
      }
    }
    return actions.sorted()
  }

  /// The policies, as few as AWS's limit allows: what the specs say may be granted by a pattern is.
  package static func documents(_ specs: [CollectorSpec]) -> [JSONDocument] {
    var actions = actions(specs)
    var statements: [[(key: String, value: JSONDraft)]] = []
    for (action, resources) in specs.flatMap(\.permissions.resources) where actions.contains(action) {
      actions.removeAll { $0 == action }
      statements.append(statement("PlumblineReadSome", [action], .array(resources.map(JSONDraft.string))))
    }
    for pattern in specs.flatMap(\.permissions.patterns) {
      let start = pattern.prefix { $0 != "*" }
      guard actions.filter({ $0.hasPrefix(start) }).count > 1 else { continue }
      actions.removeAll { $0.hasPrefix(start) }
      actions.append(pattern)
    }
    actions.sort()
    var documents: [JSONDocument] = []
    repeat {
      var taken: [String] = []
      var document = policy(statements)
      while let next = actions.first {
        let larger = policy([statement("PlumblineRead", taken + [next], .string("*"))] + statements)
        guard larger.root.text.utf8.count <= limit || taken.isEmpty else { break }
        (document, taken) = (larger, taken + [next])
        actions.removeFirst()
      }
      statements = []
      documents.append(document)
    } while !actions.isEmpty
    return documents
  }

  private static func statement(_ id: String, _ actions: [String], _ resource: JSONDraft) -> [(
    key: String, value: JSONDraft
  )] {
    [
      ("Sid", .string(id)), ("Effect", .string("Allow")), ("Action", .array(actions.map(JSONDraft.string))),
      ("Resource", resource),
    ]
  }

  private static func policy(_ statements: [[(key: String, value: JSONDraft)]]) -> JSONDocument {
    JSONDraft.object([
      ("Version", .string("2012-10-17")), ("Statement", .array(statements.map(JSONDraft.object))),
    ]).document()
  }
}
