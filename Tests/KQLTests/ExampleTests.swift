// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// The documentation of functions is what `plumb kql functions` prints: every part of it must be there and true.
struct ExampleTests {
  @Test func `every function has a signature, a meaning and an example that runs`() {
    for (name, function) in Functions.scalar.sorted(by: { $0.key < $1.key }) {
      #expect(!function.signature.isEmpty && function.meaning.hasSuffix("."), "\(name)")
      check(name, function.example)
    }
    for (name, function) in Functions.aggregates.sorted(by: { $0.key < $1.key }) {
      #expect(!function.signature.isEmpty && function.meaning.hasSuffix("."), "\(name)")
      check(name, function.example)
    }
  }

  private func check(_ name: String, _ example: String?) {
    guard let example else {
      Issue.record("\(name) has no example")
      return
    }
    do {
      let result = try Ask.result(example)
      #expect(result.rows.count > 0, "\(example)")
      #expect(example.contains(name) || name == "bag_pack_nonempty" || name == "index", "\(example)")
      for other in result.others { #expect(other.result.rows.count >= 0) }
    } catch {
      Issue.record("\(example): \(error)")
    }
  }

  @Test func `other names of a function are told`() {
    #expect(Functions.aliases(of: "iff") == ["iif"])
    #expect(Functions.aliases(of: "parse_json").contains("todynamic"))
  }
}
