// SPDX-License-Identifier: Apache-2.0

/// Text operators over columns that are stored as codes of terms: the codes are searched, the texts stay as they are.
enum TermSearch {
  /// Rows whose text passes, or nil where the column is no such column or the needle tells nothing of terms.
  static func rows(_ texts: StringColumn, _ op: TextMatch.Op, _ needle: String, caseSensitive: Bool) -> Bitmap? {
    // Few rows of a block are quicker to look at one by one.
    guard let block = texts.pool.block, texts.codes.count * 32 >= block.count else { return nil }
    let bytes = Array(needle.utf8)
    let isTerm = !bytes.isEmpty && bytes.allSatisfy(TextMatch.isTerm)
    let candidates: Bitmap
    var isCertain = true
    if isTerm, op != .startswith, op != .endswith, op != .equals {
      candidates = found(block, op, needle, caseSensitive)
    } else if let machine = TextMachine(op, bytes, caseSensitive: caseSensitive) {
      candidates = block.rows("\(op.rawValue) \(caseSensitive) \(needle)", machine)
    } else {
      // A text that holds the needle holds its longest term, or a term that has it in it where it stands at an edge.
      // Letters of other scripts may fold to ASCII in the text as a whole (the Kelvin sign to k), not in a term.
      guard caseSensitive || bytes.allSatisfy({ $0 < 0x80 }), let run = longestRun(bytes) else { return nil }
      let isInside = run.lowerBound > 0 && run.upperBound < bytes.count
      let term = String(decoding: bytes[run], as: UTF8.self)
      candidates = found(block, isInside || op == .has ? .has : .contains, term, caseSensitive)
      isCertain = false
    }
    var result = Bitmap(count: texts.codes.count)
    let test = TextMatch.tester(op, needle, caseSensitive: caseSensitive)
    for (row, code) in texts.codes.enumerated() where candidates[Int(code)] {
      if isCertain || texts.pool.withUTF8(Int(code), test) { result[row] = true }
    }
    return result
  }

  /// Rows of the block with a term that passes.
  private static func found(_ block: TextBlock, _ op: TextMatch.Op, _ term: String, _ caseSensitive: Bool) -> Bitmap {
    let test = TextMatch.tester(op, term, caseSensitive: caseSensitive)
    let isPlain = caseSensitive || term.utf8.allSatisfy { $0 < 0x80 }
    let codes = block.dictionary.codes(
      "\(op.rawValue) \(caseSensitive) \(term)",
      literal: isPlain ? Array((caseSensitive ? term : term.lowercased()).utf8) : nil, folds: !caseSensitive, test)
    return block.rows(codes: codes, term: test)
  }

  private static func longestRun(_ bytes: [UInt8]) -> Range<Int>? {
    var best: Range<Int>?
    var start = 0
    for end in 0...bytes.count where end == bytes.count || !TextMatch.isTerm(bytes[end]) {
      if end - start > best?.count ?? 0 { best = start..<end }
      start = end + 1
    }
    return best
  }
}
