// SPDX-License-Identifier: Apache-2.0

/// What names outside of an expression mean.
protocol ReferenceResolver: AnyObject {
  /// The value that a reference names.
  ///
  /// - Returns: the value and how many of the steps it took.
  func resolve(
    _ root: String, _ steps: [Expression.Step], at place: Place
  ) throws(Diagnostic) -> (value: Value, used: Int)

  /// Where functions may read files.
  var files: FileAccess { get }
  /// What the evaluation has cost so far.
  var budget: Budget { get }
  /// The file number of expressions that are parsed while others are evaluated (`templatefile`, `templatestring`).
  func number(ofFile path: String) -> UInt32
  func note(functionNotEvaluated name: String, at place: Place)
}

/// Bounds what hostile code may cost.
final class Budget {
  static let deepest = 1500
  private static let mostSteps = 200_000_000
  /// Most values that one value may hold.
  static let heaviest: UInt32 = 4_000_000
  /// Longest text in bytes.
  static let longest = 32 << 20

  private(set) var depth = 0
  private var steps = 0

  func enter(_ place: Place) throws(Diagnostic) {
    depth += 1
    steps += 1
    guard depth <= Self.deepest else {
      throw Diagnostic(.tooLarge, "references and calls are nested more than \(Self.deepest) deep", at: place)
    }
    guard steps <= Self.mostSteps else {
      throw Diagnostic(.tooLarge, "evaluating this code takes more than \(Self.mostSteps) steps", at: place)
    }
  }

  func leave() { depth -= 1 }

  static func check(_ value: Value, at place: Place) throws(Diagnostic) {
    if value.weight > heaviest {
      throw Diagnostic(.tooLarge, "this value holds more than \(heaviest) values", at: place)
    }
    if let text = value.string, text.utf8.count > longest {
      throw Diagnostic(.tooLarge, "this text is longer than \(longest) bytes", at: place)
    }
  }
}

/// The names that an expression may use.
struct Scope {
  /// Variables of `for`, `each`, `count`, `self` and of `templatefile`; later ones hide earlier ones.
  var names: [(name: String, value: Value)] = []
  /// What `.element` means within a splat.
  var element: Value?
  var resolver: (any ReferenceResolver)?

  static var empty: Scope { Scope() }

  func adding(_ name: String, _ value: Value) -> Scope {
    var scope = self
    scope.names.append((name, value))
    return scope
  }
}
