// SPDX-License-Identifier: Apache-2.0

/// fork and facet, which give several results, and reduce.
extension Binder {
  /// Every branch over the same rows, which are computed once. The first is the query's result, the rest go with it.
  mutating func fork(
    _ input: BoundQuery, _ branches: [(name: String?, query: QuerySyntax)]
  ) throws(KQLError) -> BoundQuery {
    let shared = shareInput(input)
    var results: [BoundQuery.Named] = []
    for (index, branch) in branches.enumerated() {
      let bound = try sub(branch.query, over: shared)
      results.append(BoundQuery.Named(name: branch.name ?? bound.name ?? "GenericResult\(index)", query: bound))
    }
    return several(results, input)
  }

  mutating func facet(
    _ input: BoundQuery, _ columns: [ExprSyntax], _ rest: QuerySyntax?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let shared = shareInput(input)
    let count = syntax(.named(["count_"], syntax(.call("count", []), range)), range)
    var results: [BoundQuery.Named] = []
    for column in columns {
      let bound = try apply(OperatorSyntax(kind: .summarize([count], by: [column]), range: range), to: shared)
      results.append(BoundQuery.Named(name: bound.schema.first?.name ?? "facet", query: bound))
    }
    if let rest { results.append(BoundQuery.Named(name: "with", query: try sub(rest, over: shared))) }
    return several(results, input)
  }

  /// A query in parentheses whose rows are those of `input`.
  private mutating func sub(_ query: QuerySyntax, over input: BoundQuery) throws(KQLError) -> BoundQuery {
    let outer = implicit
    implicit = input
    defer { implicit = outer }
    return try bind(query)
  }

  private func several(_ results: [BoundQuery.Named], _ input: BoundQuery) -> BoundQuery {
    guard var first = results.first?.query else { return input }
    first.name = results.first?.name
    first.others = Array(results.dropFirst())
    return first
  }

  // MARK: Reduce

  mutating func reduce(_ input: BoundQuery, _ reduce: ReduceSyntax, _ range: Range<Int>) throws(KQLError) -> BoundQuery
  {
    let (_, subject) = named(reduce.subject)
    let text = convert(try bind(subject), to: .string)
    let threshold = try reduce.threshold.map { t throws(KQLError) in convert(try fixed(t), to: .real) }
    let reducer = TextPatterns(separators: reduce.characters)
    return BoundQuery(
      plan: .step(input.plan, name: "reduce") { batch, context in
        let share = try threshold?.single(context).double ?? 0.1
        let vector = try text.evaluate(batch, context)
        let patterns = try reducer.patterns(of: (0..<batch.count).map { vector[$0].text }, share: share)
        var builders = [ColumnBuilder(.string), ColumnBuilder(.long), ColumnBuilder(.string)]
        for pattern in patterns {
          builders[0].append(.string(pattern.text))
          builders[1].append(.long(Int64(pattern.count)))
          builders[2].append(.string(pattern.example))
        }
        return Batch(columns: builders.map { $0.finish() }, count: patterns.count)
      }, schema: [Field("Pattern", .string), Field("Count", .long), Field("Representative", .string)])
  }
}

/// Texts grouped by the terms that many of them share, in the manner of LogCluster (Vaarandi and Pihelgas, 2015).
struct TextPatterns: Sendable {
  struct Pattern {
    var text: String
    var count: Int
    var example: String
  }
  private let separators: Set<Character>?

  init(separators: String?) { self.separators = separators.map { Set($0) } }

  private func terms(_ text: String, _ checkpoint: inout Checkpoint) throws -> [(text: String, isSeparator: Bool)] {
    var terms: [(text: String, isSeparator: Bool)] = []
    for character in text {
      try checkpoint.step()
      let separates = separators?.contains(character) ?? !(character.isLetter || character.isNumber)
      // The last term is not held here, or to append would copy it.
      if terms.last?.isSeparator == separates {
        terms[terms.count - 1].text.append(character)
      } else {
        terms.append((String(character), separates))
      }
    }
    return terms
  }

  /// Patterns by count, those that fewer than `share` of the texts have gathered under "others".
  func patterns(of texts: [String], share: Double) throws -> [Pattern] {
    var checkpoint = Checkpoint()
    let split = try texts.map { try terms($0, &checkpoint) }
    var support: [String: Int] = [:]
    for terms in split {
      try checkpoint.step()
      for term in Set(terms.filter { !$0.isSeparator }.map(\.text)) { support[term, default: 0] += 1 }
    }
    let least = max(1.0, share * Double(texts.count))
    var order: [String] = []
    var found: [String: Pattern] = [:]
    for (index, terms) in split.enumerated() {
      try QueryRun.current?.check()
      var parts: [String] = []
      let signs = Set(terms.filter { $0.isSeparator && !$0.text.allSatisfy(\.isWhitespace) }.map(\.text))
      for term in terms {
        if term.isSeparator {
          if parts.last != "*" || term.text.allSatisfy(\.isWhitespace) { parts.append(term.text) }
        } else if Double(support[term.text] ?? 0) >= least, !term.text.contains(where: \.isNumber) {
          parts.append(term.text)
        } else {
          // Signs around a term that varies vary with it; white space stays.
          if let last = parts.last, last != "*", signs.contains(last) { parts.removeLast() }
          if parts.last != "*" { parts.append("*") }
        }
      }
      let text = parts.joined()
      if found[text] == nil { order.append(text) }
      found[text, default: Pattern(text: text, count: 0, example: texts[index])].count += 1
    }
    var kept = order.compactMap { found[$0] }
    let others = kept.filter { $0.text == "*" || Double($0.count) < least }
    kept.removeAll { $0.text == "*" || Double($0.count) < least }
    kept.sort { $0.count > $1.count }
    let rest = others.reduce(0) { $0 + $1.count }
    if rest > 0 { kept.append(Pattern(text: "others", count: rest, example: "")) }
    return kept
  }
}
