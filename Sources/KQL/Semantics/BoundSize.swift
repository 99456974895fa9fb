// SPDX-License-Identifier: Apache-2.0

/// How large a query is with its functions written out, told by all binders of the query: a short text of functions that
/// call each other twice, or of let statements that name each other, must not exhaust the time or the stack.
final class BoundSize {
  private static let mostOperators = 20_000
  private static let mostDepth = 500

  private var operators = 0
  /// Operators under the one that is being bound, through every name that it reads.
  private(set) var depth = 0
  private var scalars: [String: Int] = [:]

  /// Begins a query within another; gives the depth of the outer one.
  func begin() -> Int {
    defer { depth = 0 }
    return depth
  }

  /// Ends the query that was begun; gives its depth.
  @discardableResult func end(_ outer: Int) -> Int {
    defer { depth = max(outer, depth) }
    return depth
  }

  /// Counts an operator before what it stands on is bound, so that what grows without end is told in time.
  func count() throws(KQLError) {
    operators += 1
    guard operators <= Self.mostOperators else {
      throw KQLError(
        .limit, "the query has more than \(Self.mostOperators) operators once its functions are written out")
    }
  }

  /// Puts an operator on what was bound so far.
  func stack() throws(KQLError) {
    depth += 1
    guard depth <= Self.mostDepth else {
      throw KQLError(.limit, "more than \(Self.mostDepth) operators stand one on another; write the query in parts")
    }
  }

  func read(_ depth: Int) { self.depth = max(self.depth, depth) }

  /// Ends the value of a let statement; what reads the name reads as deep.
  func end(scalar name: String, _ outer: Int) { scalars[name] = max(scalars[name] ?? 0, end(outer)) }

  func read(scalar name: String) { if let depth = scalars[name] { read(depth) } }
}
