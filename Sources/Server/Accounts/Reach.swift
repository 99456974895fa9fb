// SPDX-License-Identifier: Apache-2.0

/// The part of the estate that somebody may see: everything, or what lies in one of some subscriptions or carries one of
/// some tags.
///
/// A token that reaches less than its user has the clauses of both: a resource must meet every clause.
package struct Reach: Sendable, Hashable {
  package struct Tag: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Met by a resource of one of the subscriptions or with one of the tags; with neither, by none.
  package struct Clause: Sendable, Hashable {
    /// Subscriptions, accounts or projects, in lower case.
    package let subscriptions: Set<String>
    package let tags: Set<Tag>

    package init(subscriptions: some Sequence<String> = [], tags: some Sequence<Tag> = []) {
      self.subscriptions = Set(subscriptions.map { $0.lowercased() })
      self.tags = Set(tags)
    }

    func admits(subscription: String, tag: (String) -> String?) -> Bool {
      subscriptions.contains(subscription.lowercased()) || tags.contains { tag($0.name) == $0.value }
    }
  }

  package private(set) var clauses: [Clause]

  package static let all = Reach(clauses: [])
  package static let nothing = Reach(clauses: [Clause()])

  package init(clauses: [Clause]) { self.clauses = clauses }
  package init(subscriptions: [String], tags: [Tag] = []) {
    clauses = [Clause(subscriptions: subscriptions, tags: tags)]
  }

  package var isAll: Bool { clauses.isEmpty }

  /// Whether a resource lies within.
  ///
  /// - Parameter tag: the value of the resource's tag of a name.
  package func admits(subscription: String, tag: (String) -> String?) -> Bool {
    clauses.allSatisfy { $0.admits(subscription: subscription, tag: tag) }
  }

  /// What lies within both.
  package func within(_ other: Reach) -> Reach {
    Reach(clauses: clauses + other.clauses.filter { !clauses.contains($0) })
  }
}
