// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A regular expression in RE2's syntax as far as Swift's engine shares it.
struct RegularExpression: Sendable {
  private nonisolated(unsafe) let regex: Regex<AnyRegexOutput>

  private static let cache = Mutex<[String: RegularExpression]>([:])

  static func cached(_ pattern: String) throws -> RegularExpression {
    if let found = cache.withLock({ $0[pattern] }) { return found }
    let made = try RegularExpression(pattern)
    cache.withLock {
      if $0.count > 256 { $0.removeAll() }
      $0[pattern] = made
    }
    return made
  }

  // The value is never changed after this and Regex has value semantics, so sharing it between tasks is safe.
  private init(_ pattern: String) throws {
    do {
      regex = try Regex(pattern).asciiOnlyWordCharacters(false)
    } catch {
      throw KQLError(.arguments, "'\(pattern)' is not a regular expression")
    }
  }

  func find(in text: String) -> [Substring?]? {
    guard let match = try? regex.firstMatch(in: text) else { return nil }
    return match.output.map(\.substring)
  }

  func all(in text: String) -> [[Substring?]] { text.matches(of: regex).map { $0.output.map(\.substring) } }

  /// Every match replaced; `\1` and `$1` name groups.
  func replace(in text: String, with rewrite: String) -> String {
    var result = ""
    var at = text.startIndex
    for match in text.matches(of: regex) {
      result += text[at..<match.range.lowerBound]
      var escaped = false
      for character in rewrite {
        if escaped {
          if let group = character.wholeNumberValue {
            if group < match.output.count { result += match.output[group].substring ?? "" }
          } else {
            result.append(character)
          }
          escaped = false
        } else if character == "\\" {
          escaped = true
        } else {
          result.append(character)
        }
      }
      at = match.range.upperBound
    }
    return result + text[at...]
  }
}
