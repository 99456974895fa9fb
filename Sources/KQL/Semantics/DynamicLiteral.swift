// SPDX-License-Identifier: Apache-2.0
import JSON

/// Dynamic literals that are not JSON: single quotes, and datetime(...), timespan(...) and other literals inside.
struct DynamicLiteral {
  private let tokens: [PlacedToken]
  private var at = 0
  private var depth = 0
  private let range: Range<Int>
  private let bytes: [UInt8]

  init(_ text: String, _ range: Range<Int>, _ bytes: [UInt8]) throws(KQLError) {
    do throws(KQLError) {
      tokens = try Lexer.tokens(of: Array(text.utf8))
    } catch {
      throw KQLError(.syntax, "not a dynamic value: \(error.message)", range, in: bytes)
    }
    self.range = range
    self.bytes = bytes
  }

  mutating func parse() throws(KQLError) -> JSONValue {
    let draft = try value()
    guard tokens[at].token == .end else { throw bad() }
    return draft.document().root
  }

  private func bad() -> KQLError { KQLError(.syntax, "not a dynamic value", range, in: bytes) }
  private mutating func take(_ symbol: String) -> Bool {
    guard tokens[at].token == .symbol(symbol) else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(KQLError) -> JSONDraft {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw bad() }
    let token = tokens[at].token
    if token != .end { at += 1 }
    switch token {
    case .string(let text): return .string(text)
    case .quotedName(let text): return .array([.string(text)])
    case .long(let number): return .int(number)
    case .real(let number): return .double(number)
    case .timespan(let ticks): return .string(TimeSpan.text(ticks))
    case .typed(let type, let inner):
      guard let literal = Parser.typedLiteral(type, inner) else { throw bad() }
      return .value(literal.json)
    case .identifier("dynamic"):
      guard take("(") else { throw bad() }
      let inner = try value()
      guard take(")") else { throw bad() }
      return inner
    case .identifier("true"): return .bool(true)
    case .identifier("false"): return .bool(false)
    case .identifier("null"): return .null
    case .symbol("-"):
      switch try value() {
      case .int(let number): return .int(0 &- number)
      case .double(let number): return .double(-number)
      default: throw bad()
      }
    case .symbol("["):
      var items: [JSONDraft] = []
      while !take("]") {
        items.append(try value())
        if !take(","), tokens[at].token != .symbol("]") { throw bad() }
      }
      return .array(items)
    case .symbol("{"):
      var members: [(key: String, value: JSONDraft)] = []
      while !take("}") {
        guard case .string(let key) = tokens[at].token else { throw bad() }
        at += 1
        guard take(":") else { throw bad() }
        members.append((key, try value()))
        if !take(","), tokens[at].token != .symbol("}") { throw bad() }
      }
      return .object(members)
    default: throw bad()
    }
  }
}
