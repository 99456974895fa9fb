// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Plugins that find what many rows have in common: autocluster, basket, diffpatterns.
extension Binder {
  static let miningPlugins = ["autocluster", "basket", "diffpatterns"]

  mutating func mining(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    // '~' stands for a default.
    func given(_ place: Int) -> ExprSyntax? {
      guard place < arguments.count else { return nil }
      if case .literal(.string("~")) = arguments[place].kind { return nil }
      return arguments[place]
    }
    var split: (column: Int, a: Expression, b: Expression)?
    let first = name == "diffpatterns" ? 3 : 0
    if name == "diffpatterns" {
      guard arguments.count >= 3, case .column(let column, _) = try bind(arguments[0]) else {
        throw fail(.arguments, "diffpatterns takes a column and two of its values", range)
      }
      split = (
        column, convert(try fixed(arguments[1]), to: .string), convert(try fixed(arguments[2]), to: .string)
      )
    }
    // autocluster: size weight, weight, seeds; basket and diffpatterns: threshold, weight, dimensions.
    let weightPlace = first + (name == "diffpatterns" ? 0 : 1)
    let sharePlace = first + (name == "diffpatterns" ? 1 : 0)
    let share = try given(sharePlace).map { s throws(KQLError) in convert(try fixed(s), to: .real) }
    let most = try given(first + 2).map { m throws(KQLError) in convert(try fixed(m), to: .long) }
    var weight: Int?
    if let syntax = given(weightPlace) {
      guard case .column(let column, let type) = try bind(syntax), type.isNumeric else {
        throw fail(.arguments, "the weight of '\(name)' is a column of numbers", syntax.range)
      }
      weight = column
    }
    var wildcards: [ScalarType: Expression] = [:]
    for argument in arguments.dropFirst(first + 3) {
      if case .literal(.string("~")) = argument.kind { continue }
      let value = try fixed(argument)
      wildcards[value.type] = value
    }
    let columns = input.schema.indices.filter { $0 != weight && $0 != split?.column }
    var names = Naming()
    var schema = [Field(names.unique("SegmentId"), .long)]
    if split == nil {
      schema += [Field(names.unique("Count"), .long), Field(names.unique("Percent"), .real)]
    } else {
      schema += ["CountA", "CountB"].map { Field(names.unique($0), .long) }
      schema += ["PercentA", "PercentB", "PercentDiffAB"].map { Field(names.unique($0), .real) }
    }
    schema += columns.map { Field(names.unique(input.schema[$0].name), input.schema[$0].type) }
    let types = schema.map(\.type)
    let (blanks, sides, weightColumn) = (wildcards, split, weight)
    return BoundQuery(
      plan: .step(input.plan, name: name) { batch, context in
        let miner = PatternMiner(batch, columns: columns, weight: weightColumn, context)
        let chosen: [PatternMiner.Pattern]
        let least = try share?.single(context).double
        let width = Int(clamping: try most?.single(context).int64 ?? (sides == nil ? 5 : 3))
        var halves: (a: Bitmap, b: Bitmap)?
        if let sides {
          let (a, b) = (try sides.a.single(context).text, try sides.b.single(context).text)
          let column = batch.columns[sides.column]
          let texts = (0..<batch.count).map { column[$0].text }
          let found = (
            Bitmap(count: batch.count) { texts[$0] == a }, Bitmap(count: batch.count) { texts[$0] == b }
          )
          halves = found
          chosen = try miner.differences(found.0, found.1, least: least ?? 0.05, width: max(1, min(8, width)))
        } else if name == "basket" {
          chosen = try miner.closed(least: least ?? 0.05, width: max(1, min(8, width)))
        } else {
          chosen = try miner.clusters(sizeWeight: max(0, min(1, least ?? 0.5)))
        }
        var builders = types.map(ColumnBuilder.init)
        let defaults = try columns.indices.map { place -> Scalar in
          let type = types[types.count - columns.count + place]
          return try blanks[type]?.single(context) ?? Scalar.null(type).converted(to: type)
        }
        for (index, pattern) in chosen.enumerated() {
          builders[0].append(.long(Int64(index)))
          if let halves {
            let (a, b) = (miner.size(pattern.rows & halves.a), miner.size(pattern.rows & halves.b))
            let shares = (a / max(1, miner.size(halves.a)) * 100, b / max(1, miner.size(halves.b)) * 100)
            builders[1].append(.long(Int64(a)))
            builders[2].append(.long(Int64(b)))
            for (place, value) in [shares.0, shares.1, abs(shares.0 - shares.1)].enumerated() {
              builders[3 + place].append(.real((value * 100).rounded() / 100))
            }
          } else {
            builders[1].append(.long(Int64(pattern.size)))
            builders[2].append(.real(pattern.size / max(1, miner.total) * 100))
          }
          for place in columns.indices {
            let cell = pattern.items[place].map { batch.columns[columns[place]][$0] } ?? defaults[place]
            builders[types.count - columns.count + place].append(cell)
          }
        }
        return Batch(columns: builders.map { $0.finish() }, count: chosen.count)
      }, schema: schema)
  }
}

/// Patterns of values over columns, found level by level (Agrawal and Srikant, 1994): the rows of a pattern are the rows
/// that all its parts share.
struct PatternMiner {
  struct Pattern {
    /// A row that holds the value, by place of the column.
    var items: [Int: Int]
    var rows: Bitmap
    var size: Double
  }
  private let columns: [Column]
  private let count: Int
  private let weights: [Double]?
  private let context: EvaluationContext
  let total: Double

  init(_ batch: Batch, columns: [Int], weight: Int?, _ context: EvaluationContext) {
    self.columns = columns.map { batch.columns[$0] }
    count = batch.count
    self.context = context
    weights = weight.map { column in
      (0..<batch.count).map { batch.columns[column][$0].converted(to: .real).double ?? 0 }
    }
    total = weights?.reduce(0, +) ?? Double(batch.count)
  }

  func size(_ rows: Bitmap) -> Double {
    guard let weights else { return Double(rows.popcount) }
    return rows.indices.reduce(0) { $0 + weights[$1] }
  }

  /// Single values whose size in one of the sets of rows reaches its limit.
  private func singles(_ reaches: (Bitmap) -> Bool) throws -> [(place: Int, pattern: Pattern)] {
    var found: [(place: Int, pattern: Pattern)] = []
    for (place, column) in columns.enumerated() {
      let (codes, firsts) = try Grouping.number([column], count)
      var rows = [[Int]](repeating: [], count: firsts.count)
      for (row, code) in codes.enumerated() { rows[code].append(row) }
      for (code, first) in firsts.enumerated() {
        // An empty text or null is the absence of a value, as the wildcard is.
        let cell = column[first]
        if cell.isNull || cell.text.isEmpty || (weights == nil && rows[code].count < 2 && count > 2) { continue }
        var bits = Bitmap(count: count)
        for row in rows[code] { bits[row] = true }
        if reaches(bits) { found.append((place, Pattern(items: [place: first], rows: bits, size: size(bits)))) }
      }
    }
    return found
  }

  private func frequent(width: Int, _ reaches: (Bitmap) -> Bool) throws -> [Pattern] {
    let singles = try singles(reaches)
    var all = singles.map(\.pattern)
    var level = singles.map { (last: $0.place, pattern: $0.pattern) }
    for _ in 1..<max(1, min(width, columns.count)) {
      try context.check()
      var next: [(last: Int, pattern: Pattern)] = []
      for (last, pattern) in level {
        for single in singles where single.place > last {
          let rows = pattern.rows & single.pattern.rows
          guard reaches(rows) else { continue }
          var items = pattern.items
          items[single.place] = single.pattern.items[single.place]
          next.append((single.place, Pattern(items: items, rows: rows, size: size(rows))))
        }
        guard all.count + next.count <= 20_000 else {
          throw KQLError(.limit, "there are more than 20000 patterns; raise the threshold")
        }
      }
      if next.isEmpty { break }
      all += next.map(\.pattern)
      level = next
    }
    return all
  }

  /// Of patterns with the same rows the one with the most values.
  private func withoutParts(_ patterns: [Pattern]) -> [Pattern] {
    var best: [[UInt64]: Pattern] = [:]
    for pattern in patterns {
      let key = pattern.rows.words
      if (best[key]?.items.count ?? 0) < pattern.items.count { best[key] = pattern }
    }
    return patterns.filter { best[$0.rows.words]?.items == $0.items }
  }

  func closed(least: Double, width: Int) throws -> [Pattern] {
    let limit = least * total
    return withoutParts(try frequent(width: width) { size($0) >= limit && !$0.isEmpty }).sorted {
      $0.size == $1.size ? $0.items.count > $1.items.count : $0.size > $1.size
    }
  }

  /// Patterns whose share in two sets of rows differs by at least `least`, the largest difference first. A pattern that
  /// differs no more than a part of it is left out.
  func differences(_ a: Bitmap, _ b: Bitmap, least: Double, width: Int) throws -> [Pattern] {
    let (sizeA, sizeB) = (max(1, size(a)), max(1, size(b)))
    func gap(_ rows: Bitmap) -> Double { abs(size(rows & a) / sizeA - size(rows & b) / sizeB) }
    let found = try frequent(width: width) { max(size($0 & a) / sizeA, size($0 & b) / sizeB) >= least }
    let wide = withoutParts(found).filter { gap($0.rows) >= least }.map { (pattern: $0, gap: gap($0.rows)) }
      .sorted { $0.gap > $1.gap }
    var kept: [Pattern] = []
    for candidate in wide {
      let isKnown = kept.contains { known in
        let shared = size(known.rows & candidate.pattern.rows)
        return shared >= 0.8 * min(known.size, candidate.pattern.size)
      }
      if !isKnown { kept.append(candidate.pattern) }
      if kept.count == 100 { break }
    }
    return kept
  }

  /// A few patterns that cover many rows with many values, chosen one after another from the rows not yet covered.
  func clusters(sizeWeight: Double) throws -> [Pattern] {
    var rest = Bitmap(count: count, filledWith: true)
    let found = withoutParts(
      try frequent(width: min(6, columns.count)) { size($0) >= max(2, 0.02 * total) })
    var kept: [Pattern] = []
    while kept.count < 25 {
      var best: (index: Int, score: Double)?
      for (index, pattern) in found.enumerated() {
        let fresh = size(pattern.rows & rest)
        // What is mostly covered already tells nothing new.
        guard fresh >= 0.05 * total, fresh >= 0.5 * pattern.size else { continue }
        let detail = Double(pattern.items.count) / Double(columns.count)
        let score = pow(fresh / total, sizeWeight) * pow(detail, 1 - sizeWeight)
        if score > best?.score ?? 0 { best = (index, score) }
      }
      guard let best else { break }
      kept.append(found[best.index])
      rest = rest & ~found[best.index].rows
      try context.check()
    }
    return kept.sorted { $0.size > $1.size }
  }
}
