// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KQL

/// A text operator read byte by byte tells what the operator itself tells.
struct TextMachineTests {
  @Test(arguments: [TextMatch.Op.has, .contains, .hasprefix, .hassuffix, .startswith, .endswith])
  func `a machine agrees with the operator`(_ op: TextMatch.Op) throws {
    var dice = FuzzTests.Dice(state: 5)
    let letters = ["a", "b", "A", "-", ".", " ", "é"]
    func text(_ most: Int) -> String { (0..<dice.roll(most + 1)).map { _ in dice.pick(letters) }.joined() }
    for _ in 0..<20_000 {
      let caseSensitive = dice.roll(2) == 0
      let needle = text(5)
      guard let machine = TextMachine(op, Array(needle.utf8), caseSensitive: caseSensitive) else {
        #expect(needle.isEmpty || !caseSensitive && needle.utf8.contains { $0 >= 0x80 })
        continue
      }
      let test = TextMatch.tester(op, needle, caseSensitive: caseSensitive)
      let parts = [text(4), text(4), text(4)]
      var state = TextMachine.start
      for part in parts { state = Array(part.utf8).withUnsafeBufferPointer { machine.state(state, after: $0) } }
      let expected = Array(parts.joined().utf8).withUnsafeBufferPointer(test)
      #expect(machine.passes(state) == expected, "'\(parts.joined())' \(op) '\(needle)'")
    }
  }
}
