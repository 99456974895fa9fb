// SPDX-License-Identifier: Apache-2.0

/// A place in a content file; lines and columns count from 1.
package struct ContentLocation: Sendable, Hashable, CustomStringConvertible {
  package let path: String
  package let line: Int?
  package let column: Int?

  package init(path: String, line: Int? = nil, column: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// `path:line:column`, as far as they are known.
  package var description: String {
    [path, line.map(String.init), line == nil ? nil : column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }
}

/// Why a content file cannot be used, and where in it.
package struct ContentError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unreadable, tooLarge, syntax, duplicateKey, unknownKey, missingKey, wrongType, invalidValue
  }

  package let code: Code
  package let message: String
  package let location: ContentLocation

  package init(_ code: Code, _ message: String, at location: ContentLocation) {
    self.code = code
    self.message = message
    self.location = location
  }

  package var description: String { "\(location): \(message)" }
}

/// The nearest of `candidates` to a word that is none of them, for "did you mean".
package func nearestWord(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = word.count < 4 ? 1 : max(2, word.count / 3)
  var best: (word: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (index, byte) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (other, otherByte) in right.enumerated() {
      let next = min(row[other] + 1, row[other + 1] + 1, diagonal + (byte == otherByte ? 0 : 1))
      diagonal = row[other + 1]
      row[other + 1] = next
    }
  }
  return row[right.count]
}
