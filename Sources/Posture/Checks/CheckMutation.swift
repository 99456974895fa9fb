// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON
internal import KQL

/// Changes the properties that a check reads, one at a time, in its healthy examples: some change of each must turn the
/// verdict, or the examples do not show that the check looks at it.
package struct CheckMutation: Sendable {
  /// What became of one property of a check.
  package struct Property: Sendable {
    /// `properties.Encrypted`
    package let path: String
    /// How many changes were tried.
    package let mutants: Int
    package let isFlipped: Bool
    /// The healthy example in which it stands.
    package let location: ContentLocation
  }

  private let bench: ExampleBench

  package init(defaults: Defaults = Defaults()) { bench = ExampleBench(defaults: defaults) }

  /// The properties that the check reads and one of its healthy examples has, in the order in which it reads them.
  ///
  /// One that no single change turns in any healthy example is not flipped.
  package func run(_ check: Check) throws(ContentError) -> [Property] {
    let healthy = try bench.examples(of: check, "healthy")
    let others = try bench.examples(of: check, "unhealthy") + bench.examples(of: check, "notApplicable")
    var properties: [Property] = []
    for path in bench.paths(of: check) {
      let steps = JSONPath(steps: path.map(JSONPath.Step.key))
      let foreign = others.flatMap(\.rows).compactMap { $0.value(at: steps) }
      var mutants = 0
      var place: ContentLocation?
      var isFlipped = false
      for example in healthy where !isFlipped {
        let variants = Self.variants(of: example, steps, foreign)
        guard !variants.isEmpty else { continue }
        place = place ?? example.location
        mutants += variants.count
        isFlipped = bench.hasOther(than: .healthy, variants, check)
      }
      guard let place else { continue }
      properties.append(
        Property(path: steps.description, mutants: mutants, isFlipped: isFlipped, location: place))
    }
    return properties
  }

  /// The example with another value at the path, in one of its rows.
  private static func variants(
    of example: ExampleBench.Example, _ path: JSONPath, _ foreign: [JSONValue]
  ) -> [[JSONValue]] {
    var variants: [[JSONValue]] = []
    for (index, row) in example.rows.enumerated() {
      guard let value = row.value(at: path), !value.isNull else { continue }
      for mutant in Mutants.of(value, foreign: foreign) {
        var draft = JSONDraft.value(row)
        draft.set(path, mutant)
        var rows = example.rows
        rows[index] = draft.document().root
        variants.append(rows)
      }
    }
    return variants
  }
}

/// Values in the place of another.
private enum Mutants {
  /// The most for one property, so that a large document does not take over.
  private static let most = 160

  static func of(_ value: JSONValue, foreign: [JSONValue]) -> [JSONDraft] {
    let others = foreign.filter { $0 != value }.map(JSONDraft.value)
    return Array((others + changes(of: value, foreign, depth: 0)).prefix(most))
  }

  private static func changes(of value: JSONValue, _ foreign: [JSONValue], depth: Int) -> [JSONDraft] {
    var mutants: [JSONDraft] = [.null]
    switch value.kind {
    case .null: return []
    case .bool: mutants.append(.bool(!(value.boolean ?? false)))
    case .integer, .double, .number:
      let number = value.double ?? 0
      mutants += [0, -1, number + 1, number - 1, number * 2, number * 1000, 1e12].map(number(_:))
    case .string: mutants += texts(of: value.string ?? "")
    case .array where depth < 6:
      let elements = Array(value.elements)
      mutants.append(.array([]))
      mutants.append(.array(elements.map(JSONDraft.value) + [.string(nonsense)]))
      for (index, element) in elements.enumerated() {
        func with(_ replacement: [JSONDraft]) -> JSONDraft {
          .array(
            elements[..<index].map(JSONDraft.value) + replacement + elements[(index + 1)...].map(JSONDraft.value))
        }
        mutants.append(with([]))
        let below = foreign.filter { $0.kind == .array }.flatMap { Array($0.elements) }
        mutants += below.filter { $0 != element }.map { with([.value($0)]) }
        mutants += changes(of: element, below, depth: depth + 1).map { with([$0]) }
      }
    case .object where depth < 6:
      mutants.append(.emptyObject)
      for (key, member) in value.members {
        guard let key = key.string else { continue }
        let below = foreign.compactMap { $0[key] }
        for mutant in below.filter({ $0 != member }).map(JSONDraft.value) + changes(of: member, below, depth: depth + 1)
        {
          var draft = JSONDraft.value(value)
          draft.set(JSONPath(steps: [.key(key)]), mutant)
          mutants.append(draft)
        }
      }
    case .array, .object: break
    }
    return mutants
  }

  private static let nonsense = "plumbline-nonsense"

  private static func number(_ value: Double) -> JSONDraft {
    Int64(exactly: value).map(JSONDraft.int) ?? .double(value)
  }

  /// Another word, none, everybody, and other times and numbers where it is one.
  private static func texts(of text: String) -> [JSONDraft] {
    var texts = [nonsense, "", "*", text + "-" + nonsense]
    if DateTime.parse(text) != nil {
      texts += ["2000-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2026-01-14T00:00:00Z"]
    }
    if let number = Double(text) { texts += ["0", "-1", "999999", String(number + 1)] }
    // `true` and `false` as texts, and networks that are all of the world.
    if let flag = Bool(text.lowercased()) { texts.append(String(!flag)) }
    // The first and the last address of a network, and of all.
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
    if octets.count == 4, octets.allSatisfy({ UInt8($0) != nil }) {
      let network = octets.dropLast().joined(separator: ".")
      texts += [network + ".0", network + ".255", "0.0.0.0", "255.255.255.255"]
    }
    if text.contains("/") || text.contains(":") { texts += ["0.0.0.0/0", "::/0"] }
    // A text that holds JSON, as policies do, in which everybody may do all.
    if text.hasPrefix("{") {
      texts.append(#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#)
    }
    return texts.map(JSONDraft.string)
  }
}
