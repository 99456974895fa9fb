// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The IAM policy that lets Plumbline read what the specs name, and nothing else.
package enum LeastPrivilegePolicy {
  /// Every action the specs need, in order.
  package static func actions(_ specs: [CollectorSpec]) -> [String] {
    var actions: Set<String> = ["sts:GetCallerIdentity", "ec2:DescribeRegions"]
    for spec in specs {
      for entry in spec.entries {
        if case .operation(let listing) = entry.origin { actions.insert(listing.call.permission) }
        for step in entry.steps { actions.insert(step.call.permission) }
      }
    }
    return actions.sorted()
  }

  package static func document(_ specs: [CollectorSpec]) -> JSONDocument {
    JSONDraft.object([
      ("Version", .string("2012-10-17")),
      (
        "Statement",
        .array([
          .object([
            ("Sid", .string("PlumblineRead")), ("Effect", .string("Allow")),
            ("Action", .array(actions(specs).map(JSONDraft.string))), ("Resource", .string("*")),
          ])
        ])
      ),
    ]).document()
  }
}
